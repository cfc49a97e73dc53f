"""ZIP archives of files: what is in them, under names that harm no one, and the bytes of one member.

It knows how an archive can lie (sizes, overlapping members, paths that climb out) and what to refuse. It does not know
what a member holds, and writes nothing to the disk.
"""

from __future__ import annotations

import lzma
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePosixPath
from typing import IO

from imetaudit.extract.build import Refusal
from imetaudit.extract.thresholds import Limits
from imetaudit.model import UnreadableReason

ZIP_START = (b"PK\x03\x04", b"PK\x05\x06")
_LOCAL_HEADER_BYTES = 30
_UTF8_NAME = 0x800
_LOCKED = 0x1
_UNIX = 3
_FAULTS = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, RuntimeError)


@dataclass(frozen=True)
class Archive:
    """An open archive whose directory was checked."""

    entries: Mapping[str, zipfile.ZipInfo]
    """The members that are read, by names that are safe and distinct, in the order of the archive."""
    refusal: Refusal | None
    """Why not all of the archive is read; None where it is."""
    file: zipfile.ZipFile
    limits: Limits

    def read(self, name: str, most: int | None = None) -> bytes | Refusal:
        """Return the bytes of a member, or only the first so many, or why they cannot be had."""
        entry = self.entries.get(name)
        if entry is None:
            return Refusal(UnreadableReason.MISSING, "The archive has no such member; see what it holds.")
        refusal = _refused(entry, self.limits)
        if refusal:
            return refusal
        try:
            with self.file.open(entry) as member:
                # What a member says of its size is not believed: zipfile stops at it, and so does this.
                return member.read(self.limits.file_bytes if most is None else most)
        except NotImplementedError:
            detail = "This member is packed by a method that cannot be read; unpack the archive and audit the file."
            return Refusal(UnreadableReason.UNSUPPORTED, detail)
        except _FAULTS as error:
            detail = f"This member of the archive is damaged ({type(error).__name__}); ask for the file itself."
            return Refusal(UnreadableReason.DAMAGED, detail)


def open_archive(source: IO[bytes], limits: Limits) -> Archive | Refusal:
    """Open an archive, or refuse it where its directory cannot be read or is made to harm; close its `file` after."""
    try:
        file = zipfile.ZipFile(source)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        detail = f"The archive cannot be opened ({type(error).__name__}); ask for it again, or for the files in it."
        return Refusal(UnreadableReason.DAMAGED, detail)
    entries = file.infolist()
    if _overlap(entries):
        file.close()
        detail = "The members of the archive overlap, as in one made to do harm; ask for the files themselves."
        return Refusal(UnreadableReason.DAMAGED, detail)
    named = dict(_named([entry for entry in entries if entry.file_size or not entry.filename.endswith("/")]))
    kept, left = _within(named, limits)
    refusal = None
    if left:
        detail = f"Only {len(kept)} of the archive's {len(named)} members are read, as far as limits allow; part it."
        refusal = Refusal(UnreadableReason.TOO_LARGE, detail)
    return Archive(kept, refusal, file, limits)


def _within(named: Mapping[str, zipfile.ZipInfo], limits: Limits) -> tuple[dict[str, zipfile.ZipInfo], int]:
    """Return the first members that the limits allow, and how many are left."""
    kept: dict[str, zipfile.ZipInfo] = {}
    total = 0
    for name, entry in named.items():
        # A member that is refused by itself takes nothing of what the others may.
        size = 0 if _refused(entry, limits) else entry.file_size
        if len(kept) >= limits.members or total + size > limits.member_bytes:
            break
        total += size
        kept[name] = entry
    return kept, len(named) - len(kept)


def _refused(entry: zipfile.ZipInfo, limits: Limits) -> Refusal | None:
    """Return why a member is not unpacked; None where it can be."""
    if entry.create_system == _UNIX and stat.S_ISLNK(entry.external_attr >> 16):
        detail = "This member is a link, and links in archives are not followed; audit the file that it leads to."
        return Refusal(UnreadableReason.UNSUPPORTED, detail)
    if entry.flag_bits & _LOCKED:
        detail = "This member of the archive has a password; supply it without one."
        return Refusal(UnreadableReason.ENCRYPTED, detail)
    swollen = entry.file_size > limits.archive_ratio_from and (
        entry.file_size > limits.archive_ratio * max(1, entry.compress_size)
    )
    if swollen or entry.file_size > limits.file_bytes:
        detail = f"This member unpacks to {entry.file_size >> 20} MiB, more than is read; supply the file by itself."
        return Refusal(UnreadableReason.TOO_LARGE, detail)
    return None


def _overlap(entries: list[zipfile.ZipInfo]) -> bool:
    """Tell whether two members claim the same bytes of the archive."""
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    return any(
        one.header_offset + _LOCAL_HEADER_BYTES + one.compress_size > other.header_offset
        for one, other in pairwise(ordered)
    )


def _named(entries: list[zipfile.ZipInfo]) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """Yield each member with a name of its own: equal names are numbered."""
    taken: set[str] = set()
    for entry in entries:
        path = PurePosixPath(safe_name(_decoded(entry)))
        name, ordinal = str(path), 1
        while name.casefold() in taken:
            ordinal += 1
            name = str(path.with_name(f"{path.stem} ({ordinal}){path.suffix}"))
        taken.add(name.casefold())
        yield name, entry


def _decoded(entry: zipfile.ZipInfo) -> str:
    """Return the name as it was meant: programs write UTF-8 without saying so, and zipfile takes it for CP437."""
    name = entry.orig_filename.partition("\0")[0]
    if entry.flag_bits & _UTF8_NAME or name.isascii():
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


def safe_name(name: str) -> str:
    r"""Return the name as a path that stays below the archive and can be printed.

    >>> safe_name("../../etc/passwd"), safe_name("C:\\syllabi\\a.pdf"), safe_name("/")
    ('__/__/etc/passwd', 'C_/syllabi/a.pdf', '_')
    """
    clean = re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]", "_", name.replace("\\", "/"))
    clean = re.sub(r"^([A-Za-z]):", r"\1_", clean)
    parts = [part for part in clean.split("/") if part not in ("", ".")]
    return "/".join("__" if part == ".." else part for part in parts) or "_"
