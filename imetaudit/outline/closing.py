"""Find where the schedule ends when no heading ends it.

It knows how far a last lesson can reach. It does not know what stands behind it; `sections` gives that its kind.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from imetaudit.model import SegmentKind
from imetaudit.outline.cues import OutlineCues
from imetaudit.outline.rows import Mark
from imetaudit.outline.units import Unit

_LEAST_LESSONS = 3
_PARTED = re.compile(r"\S\s+[·|•]\s+\S")


@dataclass(frozen=True)
class Close:
    """Where the last lesson is over."""

    index: int
    """The first unit that is no part of it; the number of units where there is none."""
    certain: bool
    """Whether anything there is outside; else only what does not read like a lesson's detail."""


def find_close(units: Sequence[Unit], marks: Mapping[int, Mark]) -> Close:
    """Return where the last lesson is over.

    A table's last lesson ends with the table; any other reaches no farther than the longest lesson before it.
    """
    if not marks:
        return Close(len(units), certain=False)
    places = sorted(marks)
    last = places[-1]
    if marks[last].table is not None:
        after = max((last, *marks[last].rows)) + 1
        while after < len(units) and (units[after].kind is SegmentKind.TABLE_ROW or units[after].is_running):
            after += 1
        return Close(after, certain=True)
    if len(places) < _LEAST_LESSONS:
        return Close(len(units), certain=False)
    left = max(sum(not unit.is_running for unit in units[a:b]) for a, b in pairwise(places))
    for index in range(last, len(units)):
        left -= not units[index].is_running
        if left < 0:
            return Close(index, certain=False)
    return Close(len(units), certain=False)


def is_footer(unit: Unit, cues: OutlineCues) -> bool:
    """Whether a line looks like a page's foot: short, in parts set off by dots or bars, and no sentence."""
    line = unit.folded.strip()
    short = len(line) <= cues.content.heading_characters and "\n" not in line
    return short and not line.endswith((".", ";", ":", "?", "!")) and _PARTED.search(line) is not None
