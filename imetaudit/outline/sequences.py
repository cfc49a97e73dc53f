"""Find lessons by the order of their numbers: later days of a month, numbers on lines of their own, `2.3` headings.

It knows that such a figure is a lesson only as one of a row of them. It does not know lessons that say so by a word, a
date or their place in a table; `marks` finds those.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from imetaudit.model import SegmentKind
from imetaudit.outline.cues import OutlineCues
from imetaudit.outline.rows import Mark, MarkKind
from imetaudit.outline.signals import label_role
from imetaudit.outline.units import Unit

_DAY = re.compile(r"\s*(?P<day>\d{1,2})(?:st|nd|rd|th)?[.:]?\s+(?=[A-ZÀ-Þ\"“'«¿¡])")
_LAST_DAY = re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\W*$")
_ALONE = re.compile(r"[\s*_>#]*(?P<number>\d{1,2})\\?[.)]?[\s*_]*")
_DECIMAL = re.compile(r"[\s*_>#]*(?P<number>\d{1,2}\.\d{1,2})\.?\s+(?=\S)")
_MOST_DAYS = 31
_DATE_RANK = 3


def later_days(units: Sequence[Unit], dated: Mapping[int, Mark], cues: OutlineCues) -> dict[int, Mark]:
    """Mark the lines that begin with a later day of the month that the dated line before them names.

    "Sept 2 Newton", "4 The Enlightenment", "6 The High Baroque"; enough of them, and no farther than the last date's
    month goes.
    """
    places = sorted(index for index, mark in dated.items() if mark.kind is MarkKind.DATED)
    found: dict[int, Mark] = {}
    for place, after in pairwise([*places, len(units)]):
        begun = _LAST_DAY.search(dated[place].number)
        last = int(begun["day"]) if begun else _MOST_DAYS
        for index in range(place + 1, after):
            match = _DAY.match(units[index].raw)
            plain = units[index].kind in (SegmentKind.PARAGRAPH, SegmentKind.LIST_ITEM, SegmentKind.HEADING)
            if match and plain and last < int(match["day"]) <= _MOST_DAYS:
                last = int(match["day"])
                found[index] = Mark(index, MarkKind.DATED, _DATE_RANK, match["day"], match.end())
    return found if len(found) >= cues.lessons.least_dated else {}


def lone_numbers(units: Sequence[Unit], cues: OutlineCues) -> dict[int, Mark]:
    """Mark the lines that hold only a number, one more than the last, where a label of a lesson's parts follows."""
    found: dict[int, Mark] = {}
    labelled = last = 0
    for index, unit in enumerate(units[:-1]):
        match = _ALONE.fullmatch(unit.raw)
        if not match or unit.kind is SegmentKind.TABLE_ROW:
            continue
        number = int(match["number"])
        if number == 1 and len(found) < 2:
            # What came before was a page's number.
            found.clear()
            last = labelled = 0
        if not last < number <= last + 2:
            continue
        last = number
        labelled += label_role(units[index + 1], cues) is not None
        found[index] = Mark(index, MarkKind.NUMBERED, 2, match["number"], len(unit.raw))
    return found if len(found) >= cues.lessons.enough and 2 * labelled > len(found) else {}


def decimal_headings(units: Sequence[Unit], cues: OutlineCues) -> dict[int, Mark]:
    """Mark the headings numbered `2.3` under most of which a date or what is to be read is stated."""
    found: dict[int, Mark] = {}
    stated = 0
    for index, unit in enumerate(units):
        match = _DECIMAL.match(unit.raw)
        if match and unit.is_heading:
            found[index] = Mark(index, MarkKind.NUMBERED, 2, match["number"], match.end())
            stated += any(_states_part(each, cues) for each in _below(units, index))
    return found if len(found) >= cues.lessons.enough and 2 * stated > len(found) else {}


def _below(units: Sequence[Unit], index: int) -> Iterator[Unit]:
    yield from units[index + 1 : index + 3]


def _states_part(unit: Unit, cues: OutlineCues) -> bool:
    return cues.lessons.dated.match(unit.first_line) is not None or label_role(unit, cues) in ("reading", "topic")
