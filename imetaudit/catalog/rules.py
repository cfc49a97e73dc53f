"""The rules of `taxonomies/catalog.yaml`: names of columns, words for "no file", and files that are never syllabi.

It knows how the rules are applied to a single name. It does not know folders or catalogues.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path

from imetaudit.datafile import check_shape, load_yaml, taxonomies_dir
from imetaudit.errors import DataFileError
from imetaudit.folding import fold, plain

CATALOG_NAMES = ("courses.csv", "courses.xlsx")
FIELDS = ("id", "title", "files", "department", "edition")


@dataclass(frozen=True)
class CatalogRules:
    """How a catalogue and a folder are read."""

    columns: Mapping[str, tuple[str, ...]]
    """The names of each field's column, best first."""
    no_file: tuple[str, ...]
    doubtful_id_length: int
    """A match by an id of at most so many characters is doubtful."""
    least_title_words: int
    """A title of fewer words is not looked for in file names, and is too little alone."""
    near_title: float
    """Two titles that are alike to so much, 0 to 1, are one."""
    title_overlap: float
    """A syllabus whose title shares less than this of the words of its line's title contradicts it."""
    number_columns: tuple[str, ...]
    """Columns with another number of the course."""
    skip_names: tuple[str, ...]
    skip_folders: tuple[str, ...]
    not_documents: tuple[str, ...]

    @cached_property
    def _plain_columns(self) -> dict[str, tuple[str, ...]]:
        return {name: tuple(dict.fromkeys(map(plain, names))) for name, names in self.columns.items()}

    @cached_property
    def plain_number_columns(self) -> frozenset[str]:
        """The number columns, in plain words."""
        return frozenset(map(plain, self.number_columns))

    def fields_of(self, header: list[str]) -> dict[str, int]:
        """Return the index of the column of each field that the header has."""
        names = [plain(cell) for cell in header]
        taken: dict[str, int] = {}
        for field in FIELDS:
            for name in self._plain_columns[field]:
                if name in names and names.index(name) not in taken.values():
                    taken[field] = names.index(name)
                    break
        return taken

    def means_no_file(self, cell: str) -> bool:
        """Tell whether a cell says in words that there is no file."""
        return _folded(cell) in {_folded(word) for word in self.no_file}

    def skips_file(self, name: str) -> bool:
        """Tell whether a file of this name is never a syllabus."""
        return any(fnmatchcase(_folded(name), pattern.lower()) for pattern in self.skip_names)

    def is_catalog(self, name: str) -> bool:
        """Tell whether a file of this name is the list of the courses of its folder."""
        return name.lower() in CATALOG_NAMES

    def skips_folder(self, name: str) -> bool:
        """Tell whether a folder of this name never holds syllabi."""
        return any(fnmatchcase(_folded(name), pattern.lower()) for pattern in self.skip_folders)

    def is_no_document(self, name: str) -> bool:
        """Tell whether the ending of a file's name says that it is no document."""
        return Path(name).suffix.lower().removeprefix(".") in self.not_documents


def load_rules(path: Path | None = None) -> CatalogRules:
    """Read the rules; without a path, those that come with the program.

    Raises:
        DataFileError: with every fault of the file.
    """
    from pydantic import BaseModel, ConfigDict, Field

    class RulesShape(BaseModel):
        """The shape of the file."""

        model_config = ConfigDict(extra="forbid")
        columns: dict[str, tuple[str, ...]]
        no_file: tuple[str, ...]
        doubtful_id_length: int = Field(ge=0)
        least_title_words: int = Field(ge=1)
        near_title: float = Field(gt=0, le=1)
        title_overlap: float = Field(ge=0, le=1)
        number_columns: tuple[str, ...]
        skip_names: tuple[str, ...]
        skip_folders: tuple[str, ...]
        not_documents: tuple[str, ...]

    data, lines = load_yaml(path or taxonomies_dir() / "catalog.yaml")
    shape, problems = check_shape(RulesShape, data, lines)
    if shape is not None:
        for field in sorted(set(FIELDS) ^ set(shape.columns)):
            what = f"columns: {field!r} is {'missing' if field in FIELDS else 'unknown'}"
            problems.append(lines.problem(("columns", field), what, f"give the fields {', '.join(FIELDS)}"))
    if shape is None or problems:
        raise DataFileError(problems)
    return CatalogRules(**shape.model_dump())


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that sorts numbers in a text by value.

    >>> sorted(["NAV-10", "NAV-9"], key=natural)
    ['NAV-9', 'NAV-10']
    """
    parts = re.split(r"([0-9]+)", _folded(text))
    return tuple((1, int(part), "") if part.isdecimal() else (0, 0, part) for part in parts if part)


def _folded(text: str) -> str:
    return fold(unicodedata.normalize("NFC", text)).strip()
