"""Which files a course has: those that its line names, or those whose names hold its id or title.

It knows the spellings of a cell of files (separators, patterns, folders, other capitals) and finds ids in file names.
It does not open a file; whether one exists it asks the listing, and for what the listing does not have, the disk.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from imetaudit.catalog.folder import Listing, leaves, relative
from imetaudit.catalog.rules import CatalogRules, natural
from imetaudit.catalog.table import Line
from imetaudit.errors import Problem
from imetaudit.folding import plain
from imetaudit.model import MEMBER


class NamedFiles:
    """Finds the files that a cell of the catalogue names."""

    def __init__(self, listing: Listing, catalog: Path) -> None:
        """Keep the listing, and the file whose problems are reported."""
        self._root = listing.root
        self._files = listing.files
        self._apart = listing.apart
        self._catalog = catalog
        self._by_key: dict[str, list[str]] = defaultdict(list)
        for name in listing.files:
            self._by_key[_key(name)].append(name)

    def find(self, line: Line) -> tuple[list[str], list[str], list[Problem]]:
        """Return the files of a line, sorted, with warnings and problems.

        A file that does not exist is among the files: to read it is to find out that it is missing.
        """
        files: set[str] = set()
        warnings: list[str] = []
        problems: list[Problem] = []
        for name in self._parts(line.files):
            inside = self._inside(name)
            if inside is None:
                what = f"{name!r} lies outside the audited folder"
                problems.append(Problem(str(self._catalog), line.line, what, "move the file into the folder"))
                continue
            found, remark = self._one(inside)
            files.update(found)
            if remark:
                warnings.append(f"{line.id}: {remark}")
        return sorted(files, key=lambda each: (natural(each), each)), warnings, problems

    def _parts(self, cell: str) -> Iterator[str]:
        """Yield the names in a cell; a separator that belongs to the name of a file does not part it."""
        for part in [cell] if self._exists(cell) else re.split(r"[;|\n\r]", cell):
            name = part.strip().strip('"').strip()
            commas = [each.strip() for each in name.split(",") if each.strip()]
            if len(commas) > 1 and not self._exists(name) and all(Path(each).suffix for each in commas):
                yield from commas
            elif name:
                yield name

    def _exists(self, name: str) -> bool:
        return _key(name) in self._by_key

    def _inside(self, name: str) -> str | None:
        """Return the name relative to the root with forward slashes; None where it lies outside."""
        slashed = name if self._exists(name) else name.replace("\\", "/")
        if re.match(r"[A-Za-z]:/|/", slashed):
            path = Path(slashed)
        else:
            path = self._root / slashed
            beside = self._catalog.parent / slashed
            if not path.exists() and beside.exists() and not leaves(beside, self._root):
                path = beside
        try:
            if leaves(path, self._root):
                return None
            parts = relative(path, self._root)
        except (ValueError, OSError):
            return None
        return unicodedata.normalize("NFC", parts) if parts not in self._files else parts

    def _one(self, name: str) -> tuple[list[str], str]:
        """Return the files that one name stands for, and what is to be said of it."""
        if name in self._files:
            return [name], ""
        # What an archive or a table of courses holds stands below it as files stand below a folder.
        below = [each for each in self._files if name == "." or each.startswith((f"{name}/", f"{name}{MEMBER}"))]
        if below:
            return below, ""
        alike = self._by_key.get(_key(name), [])
        if len(alike) == 1:
            exact = unicodedata.normalize("NFC", alike[0]) == name
            return alike, "" if exact else f"the file named {name!r} is taken to be {alike[0]!r}"
        if re.search(r"[*?\[]", name):
            matching = [each for each in self._files if fnmatchcase(_key(each), _key(name))]
            if matching:
                return matching, ""
            return [name], f"no file matches {name!r}"
        if name in self._apart or (self._root / name).is_file():
            return [name], ""
        return [name], f"the file {name!r} does not exist"


def match_by_name(
    lines: Sequence[Line], files: Collection[str], rules: CatalogRules
) -> tuple[dict[str, list[str]], list[str]]:
    """Find files for the courses whose lines name none: by id in the file's path, then by title.

    Returns:
        The files of each course id that has any, and warnings for what is doubtful.
    """
    found: dict[str, list[str]] = defaultdict(list)
    warnings: list[str] = []
    patterns = {line.id: _id_pattern(line.id) for line in lines}
    for name in files:
        spans = _holders(stem(name), patterns) or _holders(str(Path(name).parent), patterns)
        longest = max((length for _, length in spans), default=0)
        holders = [course for course, length in spans if length == longest]
        for course in holders:
            found[course].append(name)
        if len(holders) > 1:
            warnings.append(f"{name}: its name holds the ids of {' and '.join(holders)}; it was given to each")
    for line in lines:
        if found.get(line.id):
            if len(plain(line.id).replace(" ", "")) <= rules.doubtful_id_length:
                warnings.append(f"{line.id}: its files were found by so short an id that they may be others")
            if len(found[line.id]) > 1:
                warnings.append(f"{line.id}: {len(found[line.id])} files hold its id and all were given to it")
            continue
        title = plain(line.title)
        if len(title.split()) < rules.least_title_words:
            continue
        by_title = [name for name in files if f" {title} " in f" {plain(f'{Path(name).parent}/{stem(name)}')} "]
        if by_title:
            found[line.id] = by_title
            warnings.append(f"{line.id}: {', '.join(by_title)} found by the title only")
    return dict(found), warnings


def stem(name: str) -> str:
    """Return the last part of a path without its ending, which the id of a row in a table does not have.

    >>> stem("a/nav-310.pdf"), stem("descriptions.csv!/HR.101")
    ('nav-310', 'HR.101')
    """
    last = Path(name).name
    return re.sub(r"(?<=.)\.[A-Za-z][A-Za-z0-9]{0,7}$", "", last)


def _holders(text: str, patterns: dict[str, re.Pattern[str]]) -> list[tuple[str, int]]:
    """Return the ids that a part of a path holds, each with the length of what matched."""
    words = plain(text)
    matches = ((course, pattern.search(words)) for course, pattern in patterns.items())
    return [(course, match.end() - match.start()) for course, match in matches if match]


def _id_pattern(course: str) -> re.Pattern[str]:
    """Return what finds an id in plain text, with or without its hyphens, not within a longer number or word."""
    pieces = re.findall(r"[0-9]+|[^0-9\s]+", plain(course))
    if not pieces:
        return re.compile(r"(?!)")
    before = "(?<![0-9])" if pieces[0].isdecimal() else r"(?<![^\W0-9])"
    after = "(?![0-9])" if pieces[-1].isdecimal() else r"(?![^\W0-9])"
    return re.compile(before + " ?".join(map(re.escape, pieces)) + after)


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
