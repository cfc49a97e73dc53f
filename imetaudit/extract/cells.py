"""Tables of any format: whether one holds data or only lays out a page, and how its rows become blocks.

It knows cells as text with the rows and columns they span. It does not know which format they came from.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from imetaudit.extract.build import Block
from imetaudit.extract.thresholds import Tables
from imetaudit.model import SegmentKind


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as written, before merged cells are laid out."""

    text: str
    columns: int = 1
    rows: int = 1
    crowded: bool = False
    """Whether it holds what no cell of data holds, such as a heading with text under it or a big table."""


def flat(block: Block) -> str:
    """Return a block's text on one line, a table row's cells parted by blanks."""
    return " ".join(filter(None, block.cells)) if block.cells else block.text


def is_data(rows: Sequence[Sequence[Cell]], figures: Tables) -> bool:
    """Tell whether the table holds data: more than one column, and cells short enough to be read as a row."""
    cells = [cell for row in rows for cell in row if cell.text.strip()]
    columns = max((sum(cell.columns for cell in row) for row in rows), default=0)
    if not cells or not 2 <= columns <= figures.columns:
        return False
    if max(len([cell for cell in row if cell.text.strip()]) for row in rows) < 2:
        return False
    if any(cell.crowded or len(cell.text) > figures.cell for cell in cells):
        return False
    return sum(len(cell.text) for cell in cells) <= figures.cell_mean * len(cells)


def row_blocks(rows: Sequence[Sequence[Cell]], table: int, *, page: int | None = None) -> list[Block]:
    """Return a block a row, merged cells once and as empty ranges where they go on; rows without text are dropped."""
    blocks: list[Block] = []
    held: dict[int, int] = {}
    for row in rows:
        laid: list[str] = []
        waiting = deque(row)
        while waiting or held.get(len(laid), 0) > 0:
            column = len(laid)
            if held.get(column, 0) > 0:
                held[column] -= 1
                laid.append("")
                continue
            cell = waiting.popleft()
            for offset in range(min(cell.columns, 64)):
                laid.append(cell.text if offset == 0 else "")
                if cell.rows > 1:
                    held[column + offset] = cell.rows - 1
        texts = _without_span(laid, row)
        if any(text.strip() for text in texts):
            blocks.append(Block(SegmentKind.TABLE_ROW, page=page, cells=texts, table=table))
    return blocks


def _without_span(laid: list[str], row: Sequence[Cell]) -> tuple[str, ...]:
    # A cell across the whole row is a title between rows: it has no empty neighbours to show.
    return (laid[0],) if len(row) == 1 and laid and row[0].columns == len(laid) else tuple(laid)
