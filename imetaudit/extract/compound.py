"""Compound files: the container of Office before 2007, and of locked documents since.

It knows which program's document lies in one and whether it has a password. It does not read the document.
"""

from __future__ import annotations

from enum import StrEnum


class Compound(StrEnum):
    """What a compound file holds."""

    WORD = "word"
    SLIDES = "slides"
    SHEETS = "sheets"
    LOCKED = "locked"
    OTHER = "other"


_LOCKED_WORD = 0x0100
"""The bit of a Word file's header that tells of a password. Source: [MS-DOC] 2.5.2, FibBase, fEncrypted."""
_LOCKED_SLIDES = b"\xdf\xc4\xd1\xf3"
"""The mark of a locked presentation's current user. Source: [MS-PPT] 2.3.2, CurrentUserAtom, headerToken."""


def compound_kind(data: bytes) -> Compound:
    """Tell what a compound file holds; of a broken one, what its bytes look like."""
    import olefile

    try:
        with olefile.OleFileIO(data) as container:
            if container.exists("EncryptedPackage"):
                return Compound.LOCKED
            if container.exists("WordDocument"):
                flags = int.from_bytes(container.openstream("WordDocument").read(12)[10:12], "little")
                return Compound.LOCKED if flags & _LOCKED_WORD else Compound.WORD
            if container.exists("PowerPoint Document"):
                user = container.openstream("Current User").read(16) if container.exists("Current User") else b""
                locked = container.exists("EncryptedSummary") or user[12:16] == _LOCKED_SLIDES
                return Compound.LOCKED if locked else Compound.SLIDES
            sheets = container.exists("Workbook") or container.exists("Book")
            return Compound.SHEETS if sheets else Compound.OTHER
    except Exception:  # olefile promises no kind of error for a broken file
        return _by_names(data)


def _by_names(data: bytes) -> Compound:
    for name, kind in (
        ("EncryptedPackage", Compound.LOCKED),
        ("WordDocument", Compound.WORD),
        ("PowerPoint Document", Compound.SLIDES),
        ("Workbook", Compound.SHEETS),
    ):
        if name.encode("utf-16-le") in data:
            return kind
    return Compound.OTHER
