"""From a folder, files and perhaps a catalogue to courses.

It knows the order of things: list the files, read the table, and give each course the files that its line names. It
reads nothing but names and the catalogue itself: which files are the others' is for `matching`, when they are read.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from imetaudit.catalog.folder import Listing, list_files, relative
from imetaudit.catalog.likeness import stem
from imetaudit.catalog.members import Expand, expand_here, with_members
from imetaudit.catalog.naming import NamedFiles
from imetaudit.catalog.rules import CATALOG_NAMES, CatalogRules, load_rules, natural
from imetaudit.catalog.table import Line, read_table
from imetaudit.errors import DataFileError, Problem, UsageError
from imetaudit.model import Course


@dataclass(frozen=True)
class Catalog:
    """The courses to audit."""

    root: Path
    """The audited folder; all paths of files are relative to it."""
    courses: tuple[Course, ...]
    """By id, numbers by value."""
    unnamed: tuple[str, ...]
    """Files that no line names; empty without a catalogue, where every file is a course."""
    warnings: tuple[str, ...]
    """What is doubtful or was passed over, sorted."""
    sha256: str | None
    """Of the catalogue file; None where there is none."""
    open: frozenset[str] = frozenset()
    """Ids of the courses whose lines say nothing of files, so that they may be found."""


def read_catalog(
    inputs: Sequence[Path],
    catalog: Path | None = None,
    rules: Path | None = None,
    exclude: Iterable[Path] = (),
    expand: Expand = expand_here,
) -> Catalog:
    """Read the courses of a folder or of files.

    Args:
        inputs: Folders and files to audit.
        catalog: The catalogue; None takes the `courses.csv` or `courses.xlsx` of a folder among the inputs, if any.
        rules: The rules of reading; None takes those that come with the program.
        exclude: Folders not to enter, such as the one that reports are written to.
        expand: Tells what files hold that hold several syllabi; by default in this process.

    Raises:
        UsageError: an input or the catalogue does not exist, or two folders have a catalogue each.
        DataFileError: with every fault of the catalogue.
    """
    reading = load_rules(rules)
    if catalog is None:
        catalog = _own_catalog(inputs)
    elif not catalog.is_file():
        raise UsageError(f"{catalog}: no such file; give the path of a catalogue in CSV or XLSX")
    listing = list_files(inputs, reading, exclude)
    # The catalogue is taken off before files are looked into: it may look like a table of courses' descriptions.
    listing = with_members(_without(listing, catalog) if catalog else listing, reading, expand)
    if catalog is None:
        return Catalog(listing.root, _file_courses(listing.files), (), listing.warnings, None)
    return _with_table(listing, catalog, reading)


def _own_catalog(inputs: Sequence[Path]) -> Path | None:
    """Return the catalogue that lies in one of the folders."""
    found = []
    for folder in inputs:
        if folder.is_dir():
            found += sorted(path for path in folder.iterdir() if path.name.lower() in CATALOG_NAMES and path.is_file())
    if len(found) > 1:
        raise UsageError(f"{' and '.join(map(str, found))}: more than one catalogue; name one with --catalog")
    return found[0] if found else None


def _with_table(listing: Listing, catalog: Path, rules: CatalogRules) -> Catalog:
    """Give each course of the table its files."""
    try:
        data = catalog.read_bytes()
    except OSError as error:
        raise DataFileError(
            [Problem(str(catalog), 0, f"cannot be read ({error.strerror})", "check the path")]
        ) from error
    lines, remarks = read_table(data, str(catalog), rules)
    warnings = [*listing.warnings, *remarks]
    files, more = _files_of(lines, listing, catalog, rules)
    warnings += more
    named = {name for names in files.values() for name in names}
    unnamed = tuple(name for name in listing.files if name not in named)
    courses = [_course(line, files.get(line.id, [])) for line in lines]
    return Catalog(
        listing.root,
        tuple(sorted(courses, key=lambda course: (natural(course.id), course.id))),
        unnamed,
        tuple(sorted(warnings)),
        hashlib.sha256(data).hexdigest(),
        frozenset(line.id for line in lines if not line.files),
    )


def _without(listing: Listing, catalog: Path) -> Listing:
    """Take the catalogue itself, where it has another name, off the listing."""
    try:
        own = relative(catalog, listing.root)
    except ValueError:
        return listing
    return Listing(listing.root, tuple(name for name in listing.files if name != own), listing.warnings)


def _files_of(
    lines: Sequence[Line], listing: Listing, catalog: Path, rules: CatalogRules
) -> tuple[dict[str, list[str]], list[str]]:
    """Return the files of each course by its id, and warnings."""
    finder = NamedFiles(listing, catalog)
    files: dict[str, list[str]] = {}
    warnings: list[str] = []
    problems: list[Problem] = []
    for line in lines:
        if rules.means_no_file(line.files):
            files[line.id] = []
        elif line.files:
            files[line.id], remarks, faults = finder.find(line)
            warnings += remarks
            problems += faults
    if problems:
        raise DataFileError(problems)
    return files, warnings


def _course(line: Line, files: Sequence[str]) -> Course:
    return Course(
        line.id, line.title, tuple(files), line.edition, line.department, dict(sorted(line.attributes.items()))
    )


def _file_courses(files: Sequence[str]) -> tuple[Course, ...]:
    """Make every file a course, with an id from its name that no other file has."""
    ids = {name: stem(name) for name in files}
    # A stem that two files share gets its folder, and then its ending, so that no id hangs on the order of files.
    for longer in (lambda path: str(path.with_name(stem(path.name))), str):
        counts = Counter(course.casefold() for course in ids.values())
        ids = {
            name: longer(PurePosixPath(name)) if counts[course.casefold()] > 1 else course
            for name, course in ids.items()
        }
    courses = (Course(id=course, files=(name,)) for name, course in ids.items())
    return tuple(sorted(courses, key=lambda course: (natural(course.id), course.id)))
