"""Find page headers and footers that an extractor left in the text because they did not repeat often enough.

It knows that such a line stands at the edge of a page and names the course again. It does not know headers that repeat;
the readers set those apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from imetaudit.model import SegmentKind
from imetaudit.outline.cues import OutlineCues
from imetaudit.outline.identity import find_numbers
from imetaudit.outline.units import Unit

_LEAST_WORDS = 2


def set_running_apart(units: Sequence[Unit], cues: OutlineCues) -> list[Unit]:
    """Return the units; a short line at the edge of a later page that names the course again becomes a header."""
    if not any(unit.page and unit.page > 1 for unit in units):
        return list(units)
    names = _names(units, cues)
    return [
        replace(unit, kind=SegmentKind.HEADER) if _at_edge(units, index) and _is_letterhead(unit, names, cues) else unit
        for index, unit in enumerate(units)
    ]


def _names(units: Sequence[Unit], cues: OutlineCues) -> tuple[str, ...]:
    """Return the course's numbers and the lines of its title block, folded."""
    block = [unit for unit in units if not unit.is_running][: cues.content.title_lines]
    numbers = [number.lower() for unit in block for number in find_numbers(unit.raw, cues)]
    lines = [" ".join(unit.folded.split()) for unit in block if unit.is_heading]
    return tuple(sorted({*numbers, *(line for line in lines if line.count(" ") >= _LEAST_WORDS - 1)}))


def _at_edge(units: Sequence[Unit], index: int) -> bool:
    """Whether a piece is the first of a later page, or the last before a page's footer or end."""
    unit = units[index]
    if unit.is_running or unit.is_heading or unit.page is None or unit.kind is SegmentKind.TABLE_ROW:
        return False
    before = units[index - 1] if index else None
    after = units[index + 1] if index + 1 < len(units) else None
    first = unit.page > 1 and before is not None and (before.is_running or before.page != unit.page)
    last = index >= 1 and after is not None and after.page != unit.page and not after.is_running
    return first or last


def _is_letterhead(unit: Unit, names: Sequence[str], cues: OutlineCues) -> bool:
    line = " ".join(unit.folded.split())
    if len(line) > cues.content.heading_characters or line.endswith((".", ";", ":", "?", "!")):
        return False
    return any(line.startswith(name) and not line[len(name) : len(name) + 1].isalnum() for name in names)
