"""The table of a `courses.csv` or `.xlsx`: its encoding, delimiter, header and lines, with the line of every fault.

It knows CSV as spreadsheet programs of several countries write it. It does not look at any other file.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from imetaudit.catalog.rules import CatalogRules
from imetaudit.errors import DataFileError, Problem
from imetaudit.extract.build import Refusal
from imetaudit.extract.delimited import after_hint
from imetaudit.extract.descriptions import roles_of
from imetaudit.extract.sheet import Table
from imetaudit.extract.sniff import Format, sniff
from imetaudit.extract.tabular import read_table as read_table_of
from imetaudit.extract.thresholds import load_thresholds
from imetaudit.folding import plain

DELIMITERS = (",", ";", "\t")
Rows = tuple[list[tuple[int, list[str]]], list[Problem], list[str]]
"""The rows that are not empty, each with its first line; faults; warnings."""
_WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True)
class Line:
    """One course as the catalogue has it."""

    line: int
    """1-based, of its first cell."""
    id: str
    title: str
    files: str
    """As written; empty where there is none."""
    department: str
    edition: str
    attributes: Mapping[str, str]
    """The other columns by their header as written; without empty cells."""


def read_table(data: bytes, name: str, rules: CatalogRules) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """Read the lines of a catalogue, and what is doubtful about it.

    Args:
        data: The bytes of the file.
        name: Its path as the operator gave it, for problems.
        rules: The names of columns.

    Raises:
        DataFileError: with every fault of the file.
    """
    rows, problems, warnings = (_workbook_rows if data.startswith(_WORKBOOK) else _text_rows)(data, name, rules)
    if not rows:
        raise DataFileError(problems or [Problem(name, 0, "is empty", "write a header and a line for each course")])
    at, header = rows[0]
    columns = rules.fields_of(header)
    problems += _header_faults(header, columns, Problem(name, at, "", ""))
    if "id" in columns:
        lines = list(_lines(rows[1:], header, columns, name, problems))
        problems += _twice(lines, name)
        if not lines and not problems:
            problems.append(Problem(name, at, "names no course", "write a line for each course below the header"))
    if problems:
        raise DataFileError(problems)
    return tuple(lines), (*warnings, *_undescribed(header, lines, name))


def _undescribed(header: list[str], lines: list[Line], name: str) -> Iterator[str]:
    """Say that descriptions in the list of courses are not audited, where it looks as if they were meant to be."""
    figures = load_thresholds().descriptions
    named = [header[column] for column, role in sorted(roles_of(header, figures).items()) if role == "text"]
    if named and not any(line.files for line in lines):
        columns = " and ".join(f"“{column}”" for column in named)
        yield (
            f"{name}: is read as the list of courses, and what it says under {columns} is not audited; to audit that, "
            "put a copy under another name, such as descriptions.csv, into the folder"
        )


def _text_rows(data: bytes, name: str, rules: CatalogRules) -> Rows:
    """Return the rows of a CSV that are not empty."""
    text, warnings = _decode(data, name)
    if not text.strip():
        raise DataFileError([Problem(name, 0, "is empty", "write a header and a line for each course")])
    skipped, text, delimiter = after_hint(text)
    rows, problems = _rows(text, delimiter or _delimiter(text, rules), name, skipped)
    return rows, problems, warnings


def _workbook_rows(data: bytes, name: str, rules: CatalogRules) -> Rows:
    """Return the rows of the first sheet whose header has ids, or else of the first."""
    sniffed = sniff(data, "")
    table: Table | Refusal | None = None
    # Not .xls: its reader can end the process on a damaged file, and the catalogue is read by no worker.
    if sniffed.format in (Format.XLSX, Format.ODS):
        with suppress(Exception):  # whatever is wrong with it, to save it anew is the remedy
            table = read_table_of(data, sniffed.format, load_thresholds())
    if not isinstance(table, Table):
        detail = table.detail if table else sniffed.detail or "It is not XLSX, or breaks its format."
        problem = Problem(name, 0, f"cannot be read as a spreadsheet ({detail})", "save it as XLSX or “CSV UTF-8”")
        raise DataFileError([problem])
    if not table.sheets:
        return [], [], []
    named = [sheet for sheet in table.sheets if "id" in rules.fields_of(list(sheet.rows[0].texts))]
    chosen = (named or table.sheets)[0]
    warnings = [f"{name}: {warning}" for warning in table.warnings]
    others = [sheet.name for sheet in table.sheets if sheet is not chosen]
    if others:
        warnings.append(f"{name}: the list of courses is sheet {chosen.name}; not used: {', '.join(others)}")
    return [(row.number, [_one_line(text) for text in row.texts]) for row in chosen.rows], [], warnings


def _decode(data: bytes, name: str) -> tuple[str, list[str]]:
    """Return the text, and a warning where its encoding was guessed."""
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        if encoding == "cp1252":
            return text, [
                f"{name}: is not UTF-8 and was read as Windows-1252; check the accents, or save it as “CSV UTF-8”"
            ]
        return text, []
    raise DataFileError([Problem(name, 0, "is not text in UTF-8 or Windows-1252", "save it as “CSV UTF-8”")])


def _delimiter(text: str, rules: CatalogRules) -> str:
    """Choose the delimiter under which the header has the most known columns, then the most columns."""
    header = next(line for line in text.splitlines() if line.strip())

    def known(delimiter: str) -> tuple[int, int]:
        cells = next(csv.reader([header], delimiter=delimiter), [])
        return len(rules.fields_of(cells)), len(cells)

    return max(DELIMITERS, key=known)


def _rows(text: str, delimiter: str, name: str, skipped: int) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    """Return the rows that are not empty, each with its first line, and the fault at which reading stopped, if any."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    before = skipped
    try:
        for cells in reader:
            clean = [_one_line(cell) for cell in cells]
            if any(clean):
                rows.append((before + 1, clean))
            before = skipped + reader.line_num
    except csv.Error as error:
        remedy = "double each quotation mark inside a cell, and close the cell with one"
        return rows, [Problem(name, before + 1, f"the line is not CSV ({error})", remedy)]
    return rows, []


def _one_line(cell: str) -> str:
    return " ".join(unicodedata.normalize("NFC", cell).split(" ")).strip()


def _header_faults(header: list[str], columns: Mapping[str, int], at: Problem) -> Iterator[Problem]:
    """Yield what is wrong with the header."""
    if "id" not in columns:
        shown = ", ".join(cell for cell in header if cell) or "nothing"
        what = f"no column has the ids of the courses; the header has {shown}"
        yield Problem(at.file, at.line, what, "name one column id, code, course_id or código")
    names = [plain(cell) for cell in header]
    for name in sorted({name for name in names if name and names.count(name) > 1}):
        yield Problem(at.file, at.line, f"two columns are called {name!r}", "rename one of them")


def _lines(
    rows: list[tuple[int, list[str]]], header: list[str], columns: Mapping[str, int], name: str, problems: list[Problem]
) -> Iterator[Line]:
    """Yield the courses, and add to the problems."""
    for at, cells in rows:
        if any(cells[len(header) :]):
            what = f"the line has {len(cells)} cells, the header {len(header)}"
            problems.append(Problem(name, at, what, "put a cell that holds the delimiter in quotation marks"))
            continue
        cells = [*cells, *[""] * (len(header) - len(cells))]
        fields = {field: cells[index] for field, index in columns.items()}
        fields["id"] = " ".join(fields["id"].split())
        if not fields["id"]:
            problems.append(Problem(name, at, "the course has no id", "give it one"))
            continue
        others = {
            header[index]: cell
            for index, cell in enumerate(cells[: len(header)])
            if index not in columns.values() and header[index] and cell
        }
        empty = {"title": "", "files": "", "department": "", "edition": ""}
        yield Line(line=at, attributes=others, **{**empty, **fields})


def _twice(lines: list[Line], name: str) -> Iterator[Problem]:
    """Yield the courses whose id another line has; capitals do not tell two ids apart."""
    first: dict[str, int] = {}
    for line in lines:
        key = line.id.casefold()
        if key in first:
            what = f"the id {line.id!r} stands twice, first in line {first[key]}"
            yield Problem(name, line.line, what, "give each course one line; put its files in one cell, with ; between")
        first.setdefault(key, line.line)
