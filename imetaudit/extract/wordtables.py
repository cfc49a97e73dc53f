"""The tables of a Word document: rows and cells through what may stand around them, merged and deleted ones.

It knows tables, and what is noted of a document on the way. It does not know what stands in a cell: the walk reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from imetaudit.extract.build import Block
from imetaudit.extract.cells import Cell, flat, is_data, row_blocks
from imetaudit.extract.package import child, plain_name, word
from imetaudit.extract.thresholds import Tables
from imetaudit.extract.wordstyles import is_on, number_of
from imetaudit.model import SegmentKind

_WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"})
_COLUMNS = 64
"""As many as Word lets a table have (63), and one."""

CellReader = Callable[[Any], list[Block]]


@dataclass
class Met:
    """What was met in a document that its officer should know of."""

    hidden: bool = False
    tracked: bool = False
    comments: bool = False
    objects: bool = False
    pictures: int = 0
    large_pictures: int = 0
    tables: int = 0
    """How many tables were begun: the ordinal of the next."""
    chunks: dict[str, bool] = field(default_factory=dict)
    """The embedded documents by part, and whether each could be read."""
    said_within: list[str] = field(default_factory=list)
    """The warnings of the embedded documents that were read."""


def read_table(table: Any, read_cell: CellReader, figures: Tables, met: Met) -> list[Block]:
    """Return the blocks of a table: a row each and its notes after it, or all that it holds where it is a layout."""
    ordinal = met.tables
    met.tables += 1
    rows: list[list[Cell]] = []
    notes: list[list[Block]] = []
    flow: list[Block] = []
    for row in _descend(table, "tr"):
        laid, held = _row(row, read_cell, met)
        if laid:
            rows.append(laid)
            notes.append([block for block in held if block.kind is SegmentKind.NOTE])
            flow += held
    if not rows or not is_data(rows, figures):
        return flow
    blocks: list[Block] = []
    for laid, aside in zip(rows, notes, strict=True):
        blocks += row_blocks([laid], ordinal) + aside
    return blocks


def _descend(element: Any, wanted: str) -> Iterator[Any]:
    """Yield the rows of a table or the cells of a row, through content controls and tracked insertions."""
    for each in element:
        name = plain_name(each.tag)
        if name == wanted:
            yield each
        elif name in _WRAPPERS:
            yield from _descend(each, wanted)


def _row(row: Any, read_cell: CellReader, met: Met) -> tuple[list[Cell], list[Block]]:
    """Return the row's cells, none for a row that is not shown, and the blocks that they hold."""
    properties = child(row, "trPr")
    deleted, hidden = child(properties, "del") is not None, bool(is_on(child(properties, "hidden")))
    met.tracked, met.hidden = met.tracked or deleted, met.hidden or hidden
    if deleted or hidden:
        return [], []
    before = number_of(word(child(properties, "gridBefore"), "val"))
    cells = [Cell("", min(_COLUMNS, before))] if before else []
    held: list[Block] = []
    for cell in _descend(row, "tc"):
        laid, blocks = _cell(cell, read_cell, met)
        cells.append(laid)
        held += blocks
    return cells, held


def _cell(cell: Any, read_cell: CellReader, met: Met) -> tuple[Cell, list[Block]]:
    properties = child(cell, "tcPr")
    columns = max(1, min(_COLUMNS, number_of(word(child(properties, "gridSpan"), "val")) or 1))
    blocks = read_cell(cell)
    if child(properties, "cellDel") is not None:
        met.tracked = True
        return Cell("", columns), []
    if _goes_on(properties):
        # What stands in the hidden part of a merged cell shows nowhere.
        met.hidden = met.hidden or bool(blocks)
        return Cell("", columns), []
    kept = [block for block in blocks if block.kind is not SegmentKind.NOTE]
    crowded = sum(bool(block.cells) for block in kept) > 3 or (
        len(kept) > 1 and any(block.kind is SegmentKind.HEADING and block.level for block in kept)
    )
    return Cell("\n".join(map(flat, kept)), columns, crowded=crowded), blocks


def _goes_on(properties: Any) -> bool:
    """Tell whether a cell is the covered part of one that is merged downwards or across."""
    merged = [child(properties, name) for name in ("vMerge", "hMerge")]
    return any(each is not None and word(each, "val") != "restart" for each in merged)
