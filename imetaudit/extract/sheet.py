"""A sheet of cells, from whatever kind of file: its rows as texts, and as blocks of a document.

It knows that a sheet may hold a table, several with blank rows between, or a page laid out in cells. It does not know
file formats, and not what the columns mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from imetaudit.extract.build import Block
from imetaudit.extract.cells import Cell, is_data, row_blocks
from imetaudit.extract.plain import plain_blocks
from imetaudit.extract.thresholds import Thresholds
from imetaudit.model import SegmentKind


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is shown and holds text."""

    number: int
    """1-based, as a spreadsheet program shows it."""
    cells: tuple[Cell, ...]
    """With the columns and rows they span; cells under a span from above or from the left are empty."""

    @property
    def texts(self) -> tuple[str, ...]:
        """The text of each cell."""
        return tuple(cell.text for cell in self.cells)

    @property
    def filled(self) -> int:
        """How many cells hold text."""
        return sum(bool(cell.text) for cell in self.cells)


@dataclass(frozen=True)
class Sheet:
    """The rows of one sheet, without hidden ones and blank ones."""

    name: str
    """Empty for a file that has no sheets."""
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Table:
    """All that a file of sheets shows."""

    sheets: tuple[Sheet, ...]
    extractor: str
    warnings: tuple[str, ...] = ()


def sheet_blocks(table: Table, thresholds: Thresholds) -> Iterator[Block]:
    """Yield the sheets as blocks: each name a heading where there are several, tables as rows, the rest as text."""
    ordinal = 0
    for sheet in table.sheets:
        if len(table.sheets) > 1:
            yield Block(SegmentKind.HEADING, sheet.name, level=1)
        for rows in _regions(sheet.rows):
            cells = [_spanning(row.cells) for row in rows]
            if is_data(cells, thresholds.tables):
                yield from row_blocks(cells, ordinal)
                ordinal += 1
            else:
                for row in rows:
                    for text in filter(None, row.texts):
                        yield from plain_blocks(text, thresholds.lines)


def _regions(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Yield the rows that stand together; rows of one cell above a table are no part of it."""
    region: list[Row] = []
    for row in rows:
        apart = region and row.number > region[-1].number + 1
        opens = region and row.filled > 1 and all(other.filled == 1 for other in region)
        if apart or opens:
            yield region
            region = []
        region.append(row)
    if region:
        yield region


def _spanning(cells: Sequence[Cell]) -> list[Cell]:
    """Drop the cells that a span from the left covers, which `row_blocks` lays out again, and spans from above."""
    kept: list[Cell] = []
    covered = 0
    for cell in cells:
        if covered:
            covered -= 1
            continue
        kept.append(Cell(cell.text, cell.columns))
        covered = cell.columns - 1
    return kept
