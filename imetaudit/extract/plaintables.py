"""Tables in plain text: rows parted by tabs, or by blanks that line up.

It knows only lines. A column is where words begin after two blanks or more in most lines of a stretch without blank
lines; a line without a first cell goes on with the row before it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from imetaudit.extract.lines import looks_like_list_item
from imetaudit.extract.thresholds import Lines

_COLUMN = re.compile(r"(?<=\s\s)\S")
_TAB = re.compile(r"\S.*\t+.*\S|\t+\S")


@dataclass(frozen=True)
class TextTable:
    """A table's rows, each a tuple of cells, and the line after it."""

    rows: tuple[tuple[str, ...], ...]
    end: int
    """The 0-based number of the first line that is not of the table."""


def find_text_tables(lines: Sequence[str], figures: Lines) -> dict[int, TextTable]:
    """Return the tables by the 0-based number of their first line."""
    tables: dict[int, TextTable] = {}
    start = 0
    for number in range(len(lines) + 1):
        if number < len(lines) and lines[number].strip():
            continue
        if number - start >= figures.table_rows:
            tables |= _tables_in(lines[start:number], start, figures)
        start = number + 1
    return tables


def _tables_in(stretch: Sequence[str], first: int, figures: Lines) -> dict[int, TextTable]:
    if sum("\t" in line.strip() for line in stretch) >= figures.table_rows:
        return _tabbed(stretch, first, figures)
    spaced = [line.expandtabs(8).rstrip() for line in stretch]
    begin = 0
    # Titles may stand on the lines over a table without a blank line between.
    while begin < len(spaced) and not _COLUMN.search(spaced[begin].lstrip()):
        begin += 1
    rows = _aligned(spaced[begin:], figures)
    return {first + begin: TextTable(rows, first + len(spaced))} if rows else {}


def _tabbed(stretch: Sequence[str], first: int, figures: Lines) -> dict[int, TextTable]:
    tables: dict[int, TextTable] = {}
    start = 0
    for number in range(len(stretch) + 1):
        if number < len(stretch) and _TAB.search(stretch[number]):
            continue
        rows = tuple(tuple(cell.strip() for cell in line.rstrip().split("\t")) for line in stretch[start:number])
        if _is_table(rows, figures):
            tables[first + start] = TextTable(rows, first + number)
        start = number + 1
    return tables


def _aligned(lines: Sequence[str], figures: Lines) -> tuple[tuple[str, ...], ...]:
    begun = Counter(match.start() for line in lines for match in _COLUMN.finditer(line))
    columns = sorted(place for place, count in begun.items() if count >= max(figures.table_rows, len(lines) / 2))
    if not columns:
        return ()
    rows: list[list[str]] = []
    across = 0
    for line in lines:
        if any(line[place - 1 : place].strip() for place in columns):
            across += 1
            rows.append([line])
            continue
        ends = [*columns, len(line)]
        cells = [line[begin:end].strip() for begin, end in zip([0, *columns], ends, strict=True)]
        if rows and len(rows[-1]) == len(cells) and not cells[0]:
            rows[-1] = ["\n".join(filter(None, pair)) for pair in zip(rows[-1], cells, strict=True)]
        else:
            rows.append(cells)
    if across > figures.table_across * len(lines):
        return ()
    found = tuple(map(tuple, rows))
    return found if _is_table(found, figures) else ()


def _is_table(rows: Sequence[Sequence[str]], figures: Lines) -> bool:
    """Tell whether enough rows have two cells or more, and these are not items and their marks."""
    full = [row for row in rows if sum(map(bool, row)) > 1]
    marks = sum(looks_like_list_item(f"{next(filter(None, row))} x") for row in full)
    return len(full) >= figures.table_rows and marks < len(full) / 2
