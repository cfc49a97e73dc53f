"""Find where lessons begin: rows of schedule tables, `Week 3`, dates, and the items of a schedule's list.

It knows which lines are lessons and which are only the frame of smaller ones. It does not know their titles and hours;
`lessons` reads those. A word with a number counts anywhere if there are several; a bare number or an item of a list
counts only under a schedule's heading.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from imetaudit.model import SectionKind, SegmentKind
from imetaudit.outline.cues import OutlineCues
from imetaudit.outline.folding import words_of
from imetaudit.outline.phrases import strip_heading
from imetaudit.outline.rows import ASIDE, Mark, MarkKind, row_marks, trailing_rows
from imetaudit.outline.sequences import decimal_headings, later_days, lone_numbers
from imetaudit.outline.standing import IN_LESSON
from imetaudit.outline.tables import ScheduleTable
from imetaudit.outline.units import Unit, starts_lesson

_DATE_RANK = 3
_PLAIN_NUMBER = re.compile(r"[\s*_>(•\\]*(?P<number>\d{1,3}(?:\.\d{1,2})?|[ivxlc]{1,6}|[a-z])[.):]\s*[*_]*\s*(?=\S)")
_LEADING = re.compile(r"[\s*_>#|\"“•▪◦·\\]*")
_TABLED = re.compile(r"(?P<number>\d{1,2})\s+(?P<title>[^\W\d_].{3,90}?)\s+\d{1,3}(?:[.,:]\d{1,2})?")
_LEADING_MARKS = re.compile(r"[\s:,.(|-]*")


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
    again = _recurring(units, rules, cues)
    lasting = {index: rule for index, rule in rules.items() if index not in again}
    areas = _areas(units, lasting, cues)
    marks: dict[int, Mark] = {}
    for table in tables:
        marks.update(row_marks(table, units, areas, cues))
    strong = _strong_marks(units, marks, areas, cues)
    marks.update(_enough(strong, units, cues))
    _drop_dateline(marks, rules, cues)
    for more in (later_days(units, marks, cues), lone_numbers(units, cues), decimal_headings(units, cues)):
        marks.update((index, mark) for index, mark in more.items() if index not in marks)
    worded = [m for m in marks.values() if m.kind is not MarkKind.ROW]
    for start, end in _schedules(units, lasting, cues) if len(worded) < cues.lessons.enough else ():
        if not any(start <= index < end for index in marks):
            marks.update(_weak_marks(units, range(start, end), rules, cues))
    marks.update(trailing_rows(units, marks))
    if not marks:
        marks.update(_headed_again(units, again, rules, cues))
    if not marks:
        marks.update(_numbered_headings(units, rules, cues))
    return _frame(marks)


def _drop_dateline(marks: dict[int, Mark], rules: Mapping[int, int], cues: OutlineCues) -> None:
    """Drop the date of the syllabus itself: one in its title block, parted by a heading from the next mark."""
    first, second = [*sorted(marks), -1, -1][:2]
    if second < 0 or first >= cues.content.title_units or marks[first].kind is not MarkKind.DATED:
        return
    kinds = {cues.rules[rule].kind for index, rule in rules.items() if first < index < second}
    under = any(index < first and cues.rules[rule].schedule for index, rule in rules.items())
    if not under and kinds - IN_LESSON - {SectionKind.LESSON}:
        del marks[first]


def _recurring(units: Sequence[Unit], rules: Mapping[int, int], cues: OutlineCues) -> frozenset[int]:
    """Return the headings that come again and again ("Readings"): parts of lessons, not of the syllabus."""
    places: dict[str, list[int]] = {}
    for index in rules:
        places.setdefault(strip_heading(units[index].folded), []).append(index)
    return frozenset(index for group in places.values() if len(group) >= cues.lessons.recurring for index in group)


def _headed_again(
    units: Sequence[Unit], again: frozenset[int], rules: Mapping[int, int], cues: OutlineCues
) -> dict[int, Mark]:
    """Mark the line above each heading of readings that comes again: in a document without dates it is the topic."""
    found: dict[int, Mark] = {}
    for index in sorted(again):
        if cues.rules[rules[index]].kind is not SectionKind.REQUIRED_READING:
            continue
        above = index - 1
        while above > 0 and units[above].kind is SegmentKind.LIST_ITEM and units[above].level >= units[index].level > 1:
            above -= 1
        if above >= 0 and above not in rules and not units[above].is_running:
            found[above] = Mark(above, MarkKind.ITEM, 2, "", 0)
    return found if len(found) >= cues.lessons.least_dated else {}


def _areas(units: Sequence[Unit], rules: Mapping[int, int], cues: OutlineCues) -> list[SectionKind | None]:
    """Return for each unit the kind of the last heading before it, None before the first."""
    areas: list[SectionKind | None] = []
    current: SectionKind | None = None
    for index in range(len(units)):
        # Under a schedule's heading a line such as "Harassment" may be a topic; only a heading surely ends it.
        if index in rules and (current is not SectionKind.LESSON or units[index].is_heading):
            current = cues.rules[rules[index]].kind
        areas.append(current)
    return areas


def _numbered_headings(units: Sequence[Unit], rules: Mapping[int, int], cues: OutlineCues) -> dict[int, Mark]:
    """Mark numbered headings without cues in a document that has no schedule, if they are most of those numbered."""
    numbered = {i: mark for i, u in enumerate(units) if u.is_heading and (mark := _plain_mark(i, u, cues)) is not None}
    free = {i: mark for i, mark in numbered.items() if i not in rules}
    again = len({mark.number for mark in numbered.values()}) < len(numbered)
    if again and not any(mark.number[0].isdigit() for mark in numbered.values()):
        # "II. Peer review" under "Grading": parts of several chapters of the syllabus, each counted from one.
        return {}
    return free if len(free) >= cues.lessons.least_dated and 2 * len(free) > len(numbered) else {}


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
            found.append((mark, areas[index] in ASIDE))
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
        after = _LEADING_MARKS.match(bare, match.end())
        at = after.end() if after else match.end()
        worded = starts_lesson(bare[at:], raw[at:], cues)
        if worded:
            number = raw[at + worded.start("number") : at + worded.end("number")]
            rank = cues.lessons.ranks[worded["word"]]
            return Mark(index, MarkKind.NUMBERED, rank, number, offset + at + worded.end())
        number = raw[match.start("date") : match.end("date")].strip(" ,(")
        return Mark(index, MarkKind.DATED, _DATE_RANK, number, offset + match.end())
    return None


def _belongs(mark: Mark, main: Sequence[Mark], units: Sequence[Unit]) -> bool:
    """Whether a mark that seems to stand aside is of the schedule: between its lessons, or a heading like theirs."""
    places = [m.unit for m in main]
    if min(places) < mark.unit < max(places):
        return True
    last = max(main, key=lambda m: m.unit)
    if mark.unit > last.unit and last.number.isdigit() and mark.number == str(int(last.number) + 1):
        return True
    unit = units[mark.unit]
    alike = [m for m in main if units[m.unit].is_heading and units[m.unit].level == unit.level]
    return unit.is_heading and mark.unit > min(places) and 2 * len(alike) >= len(main)


def _enough(strong: Sequence[tuple[Mark, bool]], units: Sequence[Unit], cues: OutlineCues) -> dict[int, Mark]:
    """Keep the marks of which there are enough; those that stand aside only where the rest are too few."""
    least = {MarkKind.DATED: cues.lessons.least_dated}
    kept: dict[int, Mark] = {}
    for kinds in ((MarkKind.NUMBERED, MarkKind.NAMED), (MarkKind.DATED,)):
        of_kind = [(mark, aside) for mark, aside in strong if mark.kind in kinds]
        needed = least.get(kinds[0], cues.lessons.least_numbered)
        main = [mark for mark, aside in of_kind if not aside]
        if len({mark.number for mark in main}) >= needed:
            kept.update((mark.unit, mark) for mark in main)
            for mark, aside in of_kind:
                if aside and _belongs(mark, main, units):
                    kept[mark.unit] = mark
                    main.append(mark)
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


def _weak_marks(units: Sequence[Unit], stretch: range, rules: Mapping[int, int], cues: OutlineCues) -> dict[int, Mark]:
    """Mark the lines of a schedule that has no word, date or table: by length of time, number, heading or item."""
    lines = [
        i for i in stretch if i not in rules and not units[i].is_running and units[i].kind is not SegmentKind.TABLE_ROW
    ]
    for found in (
        _tabled_marks(lines, units, cues),
        [_timed_mark(i, units[i], cues) for i in lines],
        [_weekday_mark(i, units[i], cues) for i in lines],
        [_plain_mark(i, units[i], cues) for i in lines],
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


def _tabled_marks(lines: Sequence[int], units: Sequence[Unit], cues: OutlineCues) -> list[Mark | None]:
    """Mark the lines of a table set with blanks: a number, each one more than the last, a title and a length.

    The line above the first has the heads, among them one of hours.
    """
    found: list[Mark | None] = []
    head = ""
    for index in lines:
        unit = units[index]
        match = _TABLED.fullmatch(unit.raw.strip())
        if not match or int(match["number"]) != len(found) + 1:
            continue
        if not found:
            words = words_of(units[index - 1].folded) if index else []
            head = next((word for word in words if cues.lessons.columns.get(word) == "hours"), "")
            if not head:
                return []
        lead = len(unit.raw) - len(unit.raw.lstrip())
        found.append(Mark(index, MarkKind.TABLED, 2, match["number"], lead + match.start("title"), hours_head=head))
    return found


def _shallowest(items: Sequence[int], units: Sequence[Unit]) -> list[int]:
    top = min((units[i].level for i in items), default=0)
    return [i for i in items if units[i].level == top]


def _timed_mark(index: int, unit: Unit, cues: OutlineCues) -> Mark | None:
    """Mark a line of an unruled table, which ends with a length of time and may begin with a number."""
    if len(unit.raw) > 4 * cues.content.heading_characters or not cues.hours.tail.search(unit.folded):
        return None
    number = re.match(
        r"\s*((?:[A-Z]{1,4}[-.]?)?\d{1,3}(?:\.\d{1,2})?[a-z]?|[A-Z]|[IVX]{1,5}(?:[.-]\w{1,3})?)[.):]?\s+(?=\S)",
        unit.raw,
    )
    return Mark(index, MarkKind.TIMED, 2, number[1] if number else "", number.end() if number else 0)


def _weekday_mark(index: int, unit: Unit, cues: OutlineCues) -> Mark | None:
    lead = _LEADING.match(unit.folded)
    match = cues.lessons.weekday.match(unit.folded, lead.end() if lead else 0)
    if not match or len(match["date"]) < 3:
        return None
    return Mark(
        index,
        MarkKind.DATED,
        2,
        unit.raw[match.start("date") : match.end("date")].strip(" ,"),
        match.end(),
    )


def _plain_mark(index: int, unit: Unit, cues: OutlineCues) -> Mark | None:
    match = _PLAIN_NUMBER.match(unit.folded)
    if not match or (unit.level > 1 and unit.kind is SegmentKind.LIST_ITEM):
        return None
    number = unit.raw[match.start("number") : match.end("number")]
    if not number[0].isdigit() and not number.isupper():
        return None
    # "1. Unidad 1. Sesgos"
    again = starts_lesson(unit.first_line[match.end() :], unit.raw[match.end() :], cues)
    return Mark(index, MarkKind.PLAIN, 2, number, match.end() + (again.end() if again else 0))


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
        if (
            mark.rank == _DATE_RANK
            and lessons is not None
            and lessons.rank == 2
            and lessons.kind in (MarkKind.NUMBERED, MarkKind.NAMED)
        ):
            del framed[mark.unit]
            continue
        lessons = mark
    return framed
