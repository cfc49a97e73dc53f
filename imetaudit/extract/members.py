"""Files that hold several syllabi: what their members are called, and how one is had by its name.

It knows two kinds, archives of files and tables of courses, and archives within archives. A member is named by the
file it is in, `!/`, and its path there: `archive.zip!/folder/course.pdf`, `descriptions.xlsx!/Sheet1/HR-101`. It does
not read what a member says.
"""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from imetaudit.extract.archive import ZIP_START, Archive, open_archive
from imetaudit.extract.build import Reading, Refusal
from imetaudit.extract.descriptions import Described
from imetaudit.extract.sniff import Format, Sniffed, sniff, sniff_package
from imetaudit.extract.tabular import TEXTS, WORKBOOKS, courses_in, looks_described
from imetaudit.extract.thresholds import Thresholds, load_thresholds
from imetaudit.model import MEMBER, UnreadableReason

_HEAD = 1 << 16
_COMPOUND = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Member:
    """One syllabus among those of a file."""

    name: str
    """What follows the file's own name and `!/`."""
    file: str
    """The part of the name that stands for files in archives; empty for a row of a table that is not in one."""


@dataclass(frozen=True)
class Members:
    """What a file holds; nothing where it is a syllabus itself."""

    members: tuple[Member, ...] = ()
    """In the order of the file."""
    refusal: Refusal | None = None
    """Why not all of it can be read; None where it can."""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableRow:
    """One course of a table of descriptions."""

    reading: Reading
    table: Sniffed
    sha256: str
    """Over what the row says, so that it changes with the course and not with its neighbours."""


def may_hold_members(path: Path) -> bool:
    """Tell, by its first bytes alone, whether a file may hold several syllabi; False where it cannot be opened."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except (OSError, ValueError):
        return False
    if head.startswith((*ZIP_START, _COMPOUND)):
        return True
    form = sniff(head, path.suffix).format
    return form is Format.CSV or (form is Format.TEXT and looks_described(head, load_thresholds(None)))


def members_of(path: Path, thresholds: Path | None = None) -> Members:
    """Return what a file holds, with what the archives in it hold.

    Args:
        path: The file.
        thresholds: Another `extraction.yaml` than the one that comes with the program.
    """
    figures = load_thresholds(thresholds)
    walk = _Walk(figures, thresholds)
    try:
        if _is_archive(path):
            with path.open("rb") as file:
                walk.archive_of(open_archive(file, figures.limits), "", 1)
        elif path.stat().st_size <= figures.limits.file_bytes:
            walk.table_of(path.read_bytes(), path.suffix, "", "")
    except Exception:  # whatever is wrong with the file is told when it is read as a document
        return Members()
    return Members(tuple(walk.members), walk.refusal, tuple(walk.warnings))


def _is_archive(path: Path) -> bool:
    """Tell whether the file is an archive and no document; it is not loaded for that, as it may be large."""
    with path.open("rb") as file:
        if not file.read(4).startswith(ZIP_START):
            return False
        return sniff_package(file).format is Format.ARCHIVE


@dataclass
class _Walk:
    """A walk through a file and the archives in it."""

    figures: Thresholds
    thresholds: Path | None
    members: list[Member] = field(default_factory=list)
    refusal: Refusal | None = None
    warnings: list[str] = field(default_factory=list)

    def archive_of(self, archive: Archive | Refusal, prefix: str, depth: int) -> bool:
        """Add the members of an archive; tell whether it could be opened."""
        if isinstance(archive, Refusal):
            self.refusal = archive if not prefix else self.refusal
            return False
        with closing(archive.file):
            if archive.refusal:
                self.refusal = self.refusal or archive.refusal
            for name in archive.entries:
                self._member(archive, name, prefix, depth)
        return True

    def _member(self, archive: Archive, name: str, prefix: str, depth: int) -> None:
        """Add a member, or what it holds itself."""
        suffix = PurePosixPath(name).suffix
        head = archive.read(name, _HEAD)
        if isinstance(head, bytes):
            whole: bytes | Refusal = head
            if len(head) == _HEAD or head.startswith(ZIP_START):
                may = head.startswith((*ZIP_START, _COMPOUND)) or sniff(head, suffix).format in TEXTS
                whole = archive.read(name) if may else b""
            if isinstance(whole, bytes) and whole and self._inner(whole, name, suffix, prefix, depth):
                return
        self._add(Member(prefix + name, prefix + name))

    def _inner(self, data: bytes, name: str, suffix: str, prefix: str, depth: int) -> bool:
        """Add the members of a member; tell whether it has any."""
        if data.startswith(ZIP_START) and sniff(data, suffix).format is Format.ARCHIVE:
            if depth >= self.figures.limits.member_depth:
                return False
            inner = open_archive(io.BytesIO(data), self.figures.limits)
            before = len(self.members)
            return self.archive_of(inner, f"{prefix}{name}{MEMBER}", depth + 1) and len(self.members) > before
        return self.table_of(data, suffix, f"{prefix}{name}{MEMBER}", prefix + name)

    def table_of(self, data: bytes, suffix: str, prefix: str, file: str) -> bool:
        """Add the courses of a table; tell whether it has any."""
        described = _described(data, suffix, self.thresholds)
        if described is None:
            return False
        where = f"{file}: " if file else ""
        self.warnings += [f"{where}{warning}" for warning in described.warnings]
        for name in described.parts:
            self._add(Member(prefix + name, file))
        return True

    def _add(self, member: Member) -> None:
        limit = self.figures.limits.members
        if len(self.members) < limit:
            self.members.append(member)
        elif self.refusal is None:
            detail = f"Only the first {limit} syllabi in the file are read, and it holds more; part it."
            self.refusal = Refusal(UnreadableReason.TOO_LARGE, detail)


def part(path: Path) -> tuple[Path, str] | None:
    """Return the file that a path names and the name of the member in it; None where it names no member of a file."""
    text = str(path)
    for at in _signs(text):
        file = Path(text[:at])
        if os.path.isfile(file):  # noqa: PTH113  Path.is_file raises for names that no disk can have
            return file, text[at + len(MEMBER) :]
    return None


def load_member(file: Path, name: str, thresholds: Path | None = None) -> bytes | TableRow | Refusal:
    """Return a member of a file: its bytes, its reading where it is a row of a table, or why it cannot be had."""
    try:
        return _load(file, name, thresholds)
    except Exception as error:
        detail = f"The file that holds it is damaged or cannot be opened ({type(error).__name__}); ask for it again."
        return Refusal(UnreadableReason.DAMAGED, detail)


def _load(file: Path, name: str, thresholds: Path | None) -> bytes | TableRow | Refusal:
    figures = load_thresholds(thresholds)
    if not _is_archive(file):
        data = file.read_bytes() if file.stat().st_size <= figures.limits.file_bytes else b""
        return _row(data, file.suffix, name, thresholds)
    with file.open("rb") as opened:
        return _from_archive(open_archive(opened, figures.limits), name, thresholds, 1)


def _from_archive(
    archive: Archive | Refusal, name: str, thresholds: Path | None, depth: int
) -> bytes | TableRow | Refusal:
    """Return a member of an archive, or of an archive or table in it."""
    if isinstance(archive, Refusal):
        return archive
    with closing(archive.file):
        own = name in archive.entries
        inner = name if own else next((name[:at] for at in _signs(name) if name[:at] in archive.entries), "")
        data = archive.read(inner)
    if isinstance(data, Refusal):
        return data
    if own:
        return data
    name, suffix = name[len(inner) + len(MEMBER) :], PurePosixPath(inner).suffix
    if sniff(data, suffix).format is not Format.ARCHIVE:
        return _row(data, suffix, name, thresholds)
    limits = load_thresholds(thresholds).limits
    if depth >= limits.member_depth:
        return Refusal(UnreadableReason.UNSUPPORTED, "Archives within archives are not opened so deep; unpack it.")
    return _from_archive(open_archive(io.BytesIO(data), limits), name, thresholds, depth + 1)


def _row(data: bytes, suffix: str, name: str, thresholds: Path | None) -> TableRow | Refusal:
    """Return the course of that name in a table."""
    described = _described(data, suffix, thresholds)
    found = described.parts.get(name) if described else None
    if found is None:
        return Refusal(UnreadableReason.MISSING, "The file has no such part; see what it holds.")
    reading = found.read(load_thresholds(thresholds))
    if isinstance(reading, Refusal):
        return reading
    told = "\n".join("\t".join((block.text, *block.cells)) for block in reading.blocks)
    return TableRow(reading, sniff(data, suffix), hashlib.sha256(told.encode("utf-8", "replace")).hexdigest())


def _signs(text: str) -> Iterator[int]:
    """Yield where a name may end and that of a member begin."""
    at = text.find(MEMBER)
    while at >= 0:
        yield at
        at = text.find(MEMBER, at + 1)


def _described(data: bytes, suffix: str, thresholds: Path | None) -> Described | None:
    sniffed = sniff(data, suffix)
    if sniffed.format not in WORKBOOKS | TEXTS:
        return None
    try:
        return courses_in(data, sniffed.format, thresholds)
    except Exception:  # a workbook that breaks its format is told of when it is read as a document
        return None
