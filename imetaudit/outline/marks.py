"""Find where lessons begin: rows of schedule tables, `Week 3`, dates, and the items of a schedule's list.

It knows which lines are lessons and which are only the frame of smaller ones. It does not know their titles and hours;
`lessons` reads those. A word with a number counts anywhere if there are several; a bare number or an item of a list
counts only under a schedule's heading.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from imetaudit.model import SectionKind, SegmentKind
from imetaudit.outline.cues import OutlineCues
from imetaudit.outline.tables import ScheduleTable, cell
from imetaudit.outline.units import Unit, starts_lesson

_DATE_RANK = 3
_PLAIN_NUMBER = re.compile(r"[\s*_>(]*(?P<number>\d{1,3}(?:\.\d{1,2})?|[ivxlc]{1,6}|[a-z])[.):]\s*[*_]*\s*(?=\S)")
_LEADING = re.compile(r"[\s*_>#|\"“]*")
_ASIDE = frozenset({SectionKind.ASSESSMENT, SectionKind.POLICY, SectionKind.CONTACT, SectionKind.BIOGRAPHY})


class MarkKind(StrEnum):
    """How the beginning of a lesson is written."""

    ROW = "row"
    NUMBERED = "numbered"
    NAMED = "named"
    DATED = "dated"
    PLAIN = "plain"
    ITEM = "item"
    TIMED = "timed"


@dataclass(frozen=True)
class Mark:
    """The beginning of a lesson, or of the frame of several."""

    unit: int
    kind: MarkKind
    rank: int
    number: str
    """As written, without the word before it."""
    title_start: int
    """Where what follows the number begins, within the unit."""
    table: ScheduleTable | None = None
    is_frame: bool = False
    """Whether smaller lessons lie within it."""


def find_marks(
    units: Sequence[Unit],
    tables: Sequence[ScheduleTable],
    rules: Mapping[int, int],
    cues: OutlineCues,
) -> dict[int, Mark]:
    """Return the marks by the index of their unit.

    Args:
        units: The pieces of the document.
        tables: Its schedule tables.
        rules: The rule of each unit that is a heading with a cue.
        cues: The compiled cues.
    """
    areas = _areas(units, rules, cues)
    marks: dict[int, Mark] = {}
    for table in tables:
        marks.update(_row_marks(table, units, areas, cues))
    strong = _strong_marks(units, marks, areas, cues)
    marks.update(_enough(strong, cues))
    for start, end in _schedules(units, rules, cues):
        if not any(start <= index < end for index in marks):
            marks.update(_weak_marks(units, range(start, end), rules, cues))
    return _frame(marks)


def _areas(units: Sequence[Unit], rules: Mapping[int, int], cues: OutlineCues) -> list[SectionKind | None]:
    """Return for each unit the kind of the last heading before it, None before the first."""
    areas: list[SectionKind | None] = []
    current: SectionKind | None = None
    for index in range(len(units)):
        if index in rules:
            current = cues.rules[rules[index]].kind
        areas.append(current)
    return areas


def _row_marks(
    table: ScheduleTable, units: Sequence[Unit], areas: Sequence[SectionKind | None], cues: OutlineCues
) -> dict[int, Mark]:
    """Mark the rows of a schedule table; a row without number, date and hours continues the one above."""
    columns = {role: column for column, role in sorted(table.roles.items(), reverse=True)}
    if table.head is None and table.rows and areas[table.rows[0]] in _ASIDE:
        return {}
    marks: dict[int, Mark] = {}
    for row in table.rows:
        unit = units[row]
        number, date = cell(unit, columns.get("number")), cell(unit, columns.get("date"))
        topic = cell(unit, columns.get("topic"))
        if not topic and not (number or date):
            continue
        if marks and not number and not date and ("number" in columns or "date" in columns) and not cell(unit, columns.get("hours")):
            continue
        start, end = unit.cells[columns["number"]] if number else unit.cells[columns["date"]] if date else (unit.start, unit.start)
        written = unit.raw[start - unit.start : end - unit.start].strip()
        marks[row] = Mark(row, MarkKind.ROW, 2, _without_word(written, cues), 0, table)
    return marks


def _without_word(number: str, cues: OutlineCues) -> str:
    match = starts_lesson(number.lower(), number, cues)
    return number[match.start("number") : match.end("number")] if match and match.end() == len(number) else number


def _strong_marks(
    units: Sequence[Unit],
    taken: Mapping[int, Mark],
    areas: Sequence[SectionKind | None],
    cues: OutlineCues,
) -> list[tuple[Mark, bool]]:
    """Return marks that need no schedule heading, each with whether it stands aside (among policies, assignments)."""
    found: list[tuple[Mark, bool]] = []
    for index, unit in enumerate(units):
        if unit.is_running or index in taken or unit.kind in (SegmentKind.TABLE_ROW, SegmentKind.NOTE):
            continue
        lead = _LEADING.match(unit.first_line)
        offset = lead.end() if lead else 0
        mark = _strong_mark(index, unit, offset, cues)
        if mark is not None:
            found.append((mark, areas[index] in _ASIDE))
    return found


def _strong_mark(index: int, unit: Unit, offset: int, cues: OutlineCues) -> Mark | None:
    bare, raw = unit.first_line[offset:], unit.raw[offset:]
    match = starts_lesson(bare, raw, cues)
    if match:
        number = raw[match.start("number") : match.end("number")]
        return Mark(index, MarkKind.NUMBERED, cues.lessons.ranks[match["word"]], number, offset + match.end())
    match = cues.lessons.named.match(bare)
    if match and raw[:1].isupper():
        number = raw[match.start("number") : match.end("number")]
        return Mark(index, MarkKind.NAMED, cues.lessons.ranks.get(match["word"], 2), number, offset + match.end())
    match = cues.lessons.dated.match(bare)
    if match:
        number = raw[match.start("date") : match.end("date")].strip(" ,(")
        return Mark(index, MarkKind.DATED, _DATE_RANK, number, offset + match.end())
    return None


def _enough(strong: Sequence[tuple[Mark, bool]], cues: OutlineCues) -> dict[int, Mark]:
    """Keep the marks of which there are enough; those that stand aside only where the rest are too few."""
    least = {MarkKind.DATED: cues.lessons.least_dated}
    kept: dict[int, Mark] = {}
    for kinds in ((MarkKind.NUMBERED, MarkKind.NAMED), (MarkKind.DATED,)):
        of_kind = [(mark, aside) for mark, aside in strong if mark.kind in kinds]
        needed = least.get(kinds[0], cues.lessons.least_numbered)
        main = [mark for mark, aside in of_kind if not aside]
        if len({mark.number for mark in main}) >= needed:
            kept.update((mark.unit, mark) for mark in main)
        elif len({mark.number for mark, _ in of_kind}) >= max(needed, cues.lessons.least_dated):
            kept.update((mark.unit, mark) for mark, _ in of_kind)
    return kept


def _schedules(units: Sequence[Unit], rules: Mapping[int, int], cues: OutlineCues) -> list[tuple[int, int]]:
    """Return the stretches from each schedule heading to the next heading of another kind."""
    stretches: list[tuple[int, int]] = []
    opened: int | None = None
    for index in sorted(rules):
        rule = cues.rules[rules[index]]
        if opened is not None and not (rule.schedule or rule.kind is SectionKind.OTHER):
            stretches.append((opened, index))
            opened = None
        if rule.schedule:
            if opened is not None:
                stretches.append((opened, index))
            opened = index + 1
    if opened is not None:
        stretches.append((opened, len(units)))
    return [(start, end) for start, end in stretches if end > start]


def _weak_marks(
    units: Sequence[Unit], stretch: range, rules: Mapping[int, int], cues: OutlineCues
) -> dict[int, Mark]:
    """Mark the lines of a schedule that has no word, date or table: by length of time, number, heading or item."""
    lines = [i for i in stretch if i not in rules and not units[i].is_running and units[i].kind is not SegmentKind.TABLE_ROW]
    for found in (
        [_timed_mark(i, units[i], cues) for i in lines],
        [_weekday_mark(i, units[i], cues) for i in lines],
        [_plain_mark(i, units[i]) for i in lines],
    ):
        marks = [mark for mark in found if mark is not None]
        if len(marks) >= cues.lessons.least_numbered:
            return {mark.unit: mark for mark in marks}
    for choice in (
        [i for i in lines if units[i].is_heading],
        _shallowest([i for i in lines if units[i].kind is SegmentKind.LIST_ITEM], units),
        [i for i in lines if len(units[i].raw) <= cues.content.heading_characters],
    ):
        if len(choice) >= cues.lessons.least_numbered:
            return {i: Mark(i, MarkKind.ITEM, 2, "", 0) for i in choice}
    return {}


def _shallowest(items: Sequence[int], units: Sequence[Unit]) -> list[int]:
    top = min((units[i].level for i in items), default=0)
    return [i for i in items if units[i].level == top]


def _timed_mark(index: int, unit: Unit, cues: OutlineCues) -> Mark | None:
    """Mark a line of an unruled table, which ends with a length of time and may begin with a number."""
    if len(unit.raw) > 4 * cues.content.heading_characters or not cues.hours.tail.search(unit.folded):
        return None
    number = re.match(r"\s*((?:[A-Z]{1,4}[-.]?)?\d{1,3}(?:\.\d{1,2})?[a-z]?|[A-Z]|[IVX]{1,5}(?:[.-]\w{1,3})?)[.):]?\s+(?=\S)", unit.raw)
    return Mark(index, MarkKind.TIMED, 2, number[1] if number else "", number.end() if number else 0)


def _weekday_mark(index: int, unit: Unit, cues: OutlineCues) -> Mark | None:
    match = cues.lessons.weekday.match(unit.folded)
    if not match or len(match["date"]) < 3:
        return None
    return Mark(index, MarkKind.DATED, 2, unit.raw[: match.end("date")].strip(" ,"), match.end())


def _plain_mark(index: int, unit: Unit) -> Mark | None:
    match = _PLAIN_NUMBER.match(unit.folded)
    if not match or unit.level > 1 and unit.kind is SegmentKind.LIST_ITEM:
        return None
    number = unit.raw[match.start("number") : match.end("number")]
    if not number[0].isdigit() and not number.isupper():
        return None
    return Mark(index, MarkKind.PLAIN, 2, number, match.end())


def _frame(marks: Mapping[int, Mark]) -> dict[int, Mark]:
    """Tell frames from lessons: a larger lesson with smaller ones before the next of its size is a frame.

    A dated line inside a numbered lesson is a meeting of it; inside a week or a part it is the lesson.
    """
    ordered = [marks[index] for index in sorted(marks)]
    framed: dict[int, Mark] = {}
    for position, mark in enumerate(ordered):
        inner: list[Mark] = []
        for later in ordered[position + 1 :]:
            if later.rank <= mark.rank:
                break
            inner.append(later)
        if mark.rank == 2 and mark.kind is not MarkKind.ROW:
            inner = [m for m in inner if m.rank != _DATE_RANK]
        framed[mark.unit] = replace(mark, is_frame=bool(inner))
    lessons: Mark | None = None
    for mark in ordered:
        if mark.rank == _DATE_RANK and lessons is not None and lessons.rank == 2 and lessons.kind in (MarkKind.NUMBERED, MarkKind.NAMED):
            del framed[mark.unit]
            continue
        lessons = mark
    return framed
