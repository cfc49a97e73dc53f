"""Tables that go on over a page end: rows that the page end has split, heads that the next page repeats.

It knows blocks in reading order, and by their table's number that a table goes on. It does not know the geometry of a
page.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import replace

from imetaudit.extract.build import CELL_SEPARATOR, Block
from imetaudit.extract.printed import ByCell, lines_together
from imetaudit.model import SegmentKind

_ENDED = re.compile(r"[.!?:;…][\"'”’»)\]]*$")
_FIGURE = re.compile(r"\W*\d.{0,12}$")


def join_tables(blocks: Iterable[Block]) -> list[Block]:
    """Return the blocks with rows joined that a page end has split, and repeated heads as running heads."""
    joined: list[Block] = []
    heads: dict[int, Block] = {}
    last: int | None = None
    turned = False
    for block in blocks:
        if block.kind is not SegmentKind.TABLE_ROW or block.table is None:
            joined.append(block)
            continue
        above = joined[last] if last is not None else None
        same = above is not None and above.table == block.table
        turned = same and above is not None and (turned or block.page != above.page)
        if turned and above is not None and last is not None:
            if _is_repeated(block, heads[block.table]):
                text = CELL_SEPARATOR.join(block.cells)
                lines: ByCell = (tuple(itertools.chain.from_iterable(block.lines)),) if block.lines else ()
                joined.append(replace(block, kind=SegmentKind.HEADER, text=text, cells=(), table=None, lines=lines))
                continue
            if _goes_on(above, block):
                cells = tuple(_together(one, two) for one, two in zip(above.cells, block.cells, strict=True))
                lines = lines_together(above.lines, block.lines)
                joined[last] = replace(above, cells=cells, lines=lines)
                turned = False
                continue
        turned = False
        heads.setdefault(block.table, block)
        last = len(joined)
        joined.append(block)
    return joined


def _is_repeated(block: Block, head: Block) -> bool:
    return len(block.cells) > 1 and [cell.split() for cell in block.cells] == [cell.split() for cell in head.cells]


def _goes_on(above: Block, block: Block) -> bool:
    """Tell whether the first row of a page goes on with the last of the page before it, rather than beginning anew."""
    if len(block.cells) < 2 or len(block.cells) != len(above.cells) or block.cells[0].strip():
        return False
    pairs = [(one.strip(), two.strip()) for one, two in zip(above.cells, block.cells, strict=True) if two.strip()]
    if any(not one or _FIGURE.match(two) for one, two in pairs):
        return False
    if any(two[0].islower() and not _ENDED.search(one) for one, two in pairs):
        return True
    return 2 * len(pairs) <= sum(bool(cell.strip()) for cell in above.cells)


def _together(one: str, two: str) -> str:
    return f"{one}\n{two}" if one and two else one or two
