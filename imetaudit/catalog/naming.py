"""Which files the line of a course names.

It knows the spellings of a cell of files (separators, patterns, folders, other capitals).
It does not open a file; whether one exists it asks the listing, and for what the listing does not have, the disk.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from imetaudit.catalog.folder import Listing, leaves, relative
from imetaudit.catalog.rules import natural
from imetaudit.catalog.table import Line
from imetaudit.errors import Problem
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


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
