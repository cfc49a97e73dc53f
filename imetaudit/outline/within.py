"""Tell the parts of lessons from one another: readings, what is due, and readings that an extractor cut or raised.

It knows what was seen within the lessons so far: which headings came again, and at which levels headings were readings.
It does not know when a lesson begins or ends; `sections` walks through it.
"""

from __future__ import annotations

import re
from collections import Counter

from imetaudit.model import SegmentKind
from imetaudit.outline.cues import OutlineCues
from imetaudit.outline.phrases import strip_heading
from imetaudit.outline.signals import is_citation, label_role
from imetaudit.outline.units import Unit

_CONTINUED = re.compile(r"[\s*_>]*(?:[a-zß-ÿ]|\d{1,4}\s?[-–]|\d+[,.]|[\[(])")
_TAIL = 24
_ENDS = (".", "!", "?", ";")
_PARTS = frozenset({"assessment", "topic", "method"})


class LessonParts:
    """What was seen within the lessons up to the place where the walk stands."""

    def __init__(self, cues: OutlineCues) -> None:
        self._cues = cues
        self._headings: Counter[str] = Counter()
        self._levels: Counter[int] = Counter()
        """How many headings of each level were readings."""
        self._passed: Counter[int] = Counter()
        """How many headings of each level there were."""
        self._above: str | None = None
        """The last piece, folded, where it was a reading."""

    def pass_heading(self, unit: Unit) -> None:
        """Remember the heading of a part of a lesson."""
        self._headings[strip_heading(unit.folded)] += 1

    def knows(self, unit: Unit) -> bool:
        """Whether a heading was one of parts of lessons before, more than once."""
        return self._headings[strip_heading(unit.folded)] > 1

    def is_reading(self, unit: Unit) -> bool:
        """Whether a piece reads like a reading, or is a heading of a level at which readings were headings."""
        cited = is_citation(unit.folded, self._cues)
        if unit.is_heading:
            self._passed[unit.level] += 1
            self._levels[unit.level] += cited
            many = self._levels[unit.level]
            cited = cited or (many >= self._cues.lessons.recurring and 2 * many > self._passed[unit.level])
        self._above = unit.folded if cited else None
        return cited

    def goes_on(self, unit: Unit) -> bool:
        """Whether a piece is the rest of the reading above it."""
        above, self._above = self._above, None
        if above is None or unit.kind is not SegmentKind.PARAGRAPH:
            return False
        broken = self._cues.content.broken.search(above[-_TAIL:]) is not None
        rest = broken or (not above.rstrip(" *_").endswith(_ENDS) and _CONTINUED.match(unit.raw) is not None)
        self._above = unit.folded if rest else None
        return rest

    def ends_reading(self, unit: Unit) -> bool:
        """Whether a line among readings names another part of the lesson ("Due: a draft", "Topics")."""
        return label_role(unit, self._cues) in _PARTS
