"""Make lessons of marks: title, hours, and whether they must be attended.

It knows where in a lesson's line or row its title ends and its hours stand. It does not know where lessons begin;
`marks` does. Where the hours are ambiguous they stay None, with what was written beside them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from imetaudit.model import Lesson
from imetaudit.outline.cues import OutlineCues
from imetaudit.outline.folding import fold
from imetaudit.outline.freedays import is_free
from imetaudit.outline.hours import UnitLengths, read_hours
from imetaudit.outline.rows import Mark, MarkKind
from imetaudit.outline.tables import ScheduleTable, cell
from imetaudit.outline.topics import names_part, topic_below, without_label
from imetaudit.outline.units import Unit

_GROUP = re.compile(r"[(\[]([^()\[\]]{1,48})[)\]]")
_DETAIL = re.compile(r"\s[—–]\s|\s--\s|\n")
_SENTENCE = re.compile(r"(?<=[^\W\d][^\W\d])[.]\s+(?=[A-ZÁÉÍÓÚÑÀÇÊ¿¡«\"“'])|(?<=[?!…])\.?\s+(?=[A-ZÁÉÍÓÚÑÀÇÊ¿¡«\"“'])")
_EDGES = " \t\n.:;,-–—|*_#>•▪◦·\\"
_LONG_TITLE = 60


@dataclass(frozen=True)
class _Written:
    """What a lesson's line says."""

    title: str
    hours: float | None
    hours_as_written: str | None


def make_lessons(
    units: Sequence[Unit], marks: Mapping[int, Mark], lengths: UnitLengths, cues: OutlineCues
) -> tuple[tuple[Lesson, ...], dict[int, int]]:
    """Return the lessons in order, and for each marked unit the index of its lesson.

    Frames are not lessons. A lesson ends where its last unit before the next mark ends; `sections` may end it sooner.
    """
    lessons: list[Lesson] = []
    index_of: dict[int, int] = {}
    ordered = sorted(marks)
    for position, index in enumerate(ordered):
        mark, unit = marks[index], units[index]
        if mark.is_frame:
            continue
        limit = ordered[position + 1] if position + 1 < len(ordered) else len(units)
        written = (
            _read_row(units, mark, lengths, cues)
            if mark.table
            else _read_line(units, index, limit, mark, lengths, cues)
        )
        if not written.title and mark.kind in (MarkKind.TIMED, MarkKind.TABLED):
            continue
        if written.hours_as_written is None and is_free(units, index, limit, mark, written.title, cues):
            continue
        index_of[index] = len(lessons)
        lessons.append(
            Lesson(
                number=mark.number,
                title=written.title,
                start=unit.start,
                end=unit.end,
                page=unit.page,
                hours=written.hours,
                hours_as_written=written.hours_as_written,
                mandatory=not _is_elective(unit, mark, cues),
            )
        )
    rows = {place: index for index, place in index_of.items() if marks[index].table is not None}
    return tuple(_told_apart(lessons, rows, units, marks)), index_of


def _told_apart(
    lessons: Sequence[Lesson], rows: Mapping[int, int], units: Sequence[Unit], marks: Mapping[int, Mark]
) -> list[Lesson]:
    """Add the time or date of its row to a number that several rows have ("Day 1" in the morning and after noon)."""
    count = Counter(lesson.number for place, lesson in enumerate(lessons) if place in rows)
    told: list[Lesson] = []
    for place, lesson in enumerate(lessons):
        number = lesson.number
        if place in rows and number and count[number] > 1:
            unit, table = units[rows[place]], marks[rows[place]].table
            columns = {role: column for column, role in sorted(table.roles.items(), reverse=True)} if table else {}
            when = [_raw_cell(unit, columns.get(role)).strip() for role in ("date", "hours")]
            more = next((text for text in when if text and text != number and any(c in text for c in ":-–/")), "")
            number = f"{number}, {more}" if more else number
        told.append(replace(lesson, number=number))
    return told


def _is_elective(unit: Unit, mark: Mark, cues: OutlineCues) -> bool:
    """Whether a lesson's line says that it need not be attended, or a cell of its row says nothing else."""
    if any(cue in unit.folded for cue in cues.lessons.elective):
        return True
    columns = range(len(unit.cells)) if mark.table is not None else range(0)
    return any(cell(unit, column).strip(" .*_()") in cues.lessons.elective_cells for column in columns)


def _read_row(units: Sequence[Unit], mark: Mark, lengths: UnitLengths, cues: OutlineCues) -> _Written:
    unit, table = units[mark.unit], mark.table
    if table is None:
        return _Written("", None, None)
    columns = {role: column for column, role in sorted(table.roles.items(), reverse=True)}
    text = _topic(units, mark, columns.get("topic"))
    counted = _columns_of_hours(units, mark, table, columns.get("hours"), lengths, cues)
    if counted[1]:
        return _Written(_title(text, cues), *counted)
    hours, as_written, text = _take_hours(text, lengths, cues)
    number = columns.get("number")
    if hours is None and as_written is None and number is not None:
        hours, as_written = _clock_of(cell(unit, columns.get("date")) or cell(unit, number), lengths, cues)
    return _Written(_title(text, cues), hours, as_written)


def _topic(units: Sequence[Unit], mark: Mark, column: int | None) -> str:
    """Return the topic of a row, with what a broken cell goes on with in the rows below."""
    text = _raw_cell(units[mark.unit], column)[mark.title_start :]
    for row in mark.more:
        rest = _raw_cell(units[row], column).strip()
        text = text[:-1] + rest if text.endswith("-") else f"{text} {rest}"
    return text


def _raw_cell(unit: Unit, column: int | None) -> str:
    if column is None or column >= len(unit.cells):
        return ""
    start, end = unit.cells[column]
    return unit.raw[start - unit.start : end - unit.start]


def _columns_of_hours(
    units: Sequence[Unit],
    mark: Mark,
    table: ScheduleTable,
    column: int | None,
    lengths: UnitLengths,
    cues: OutlineCues,
) -> tuple[float | None, str]:
    """Add up the columns of hours; unknown where one of them is filled and cannot be read."""
    heads = table.hours_heads or ({} if column is None else {column: ""})
    total, known, written = 0.0, True, []
    for place, head in heads.items():
        parts = [_raw_cell(units[row], place).strip() for row in (mark.unit, *mark.rows)]
        text = " ".join(filter(None, parts))
        if not text:
            continue
        written.append(text)
        value = 0.0 if text == "0" and len(heads) > 1 else read_hours(text, cues.hours, lengths, column=head)
        known = known and value is not None
        total += value or 0.0
    return (round(total, 4) if known and total else None), " + ".join(written)


def _clock_of(text: str, lengths: UnitLengths, cues: OutlineCues) -> tuple[float | None, str | None]:
    """Read a stretch of the clock beside a date ("Day 3, 0800-1130")."""
    match = cues.hours.span.search(text)
    if not match or not (match["m1"] or match["n1"]) or not (match["m2"] or match["n2"]):
        return None, None
    return read_hours(match[0], cues.hours, lengths), match[0]


def _read_line(
    units: Sequence[Unit], index: int, limit: int, mark: Mark, lengths: UnitLengths, cues: OutlineCues
) -> _Written:
    unit = units[index]
    text = unit.raw[mark.title_start :]
    if mark.kind is MarkKind.TABLED:
        title, written = text.rsplit(maxsplit=1)
        return _Written(_title(title, cues), read_hours(written, cues.hours, lengths, column=mark.hours_head), written)
    hours, as_written, text = _take_hours(text, lengths, cues)
    if as_written is None:
        hours, as_written = _clock_of(fold(text.split("\n", 1)[0][:_LONG_TITLE]), lengths, cues)
        if as_written is not None:
            at = fold(text).find(as_written)
            as_written = text[at : at + len(as_written)]
            text = text[:at] + text[at + len(as_written) :]
    text = _without_date(text, cues)
    title = _title(text, cues)
    below = None if title and not names_part(title, cues) else topic_below(units, index, limit, cues)
    if below is not None:
        late, late_written, rest = _take_hours(below, lengths, cues)
        title = _title(rest, cues)
        if as_written is None:
            hours, as_written = late, late_written
    return _Written(title, hours, as_written)


def _without_date(text: str, cues: OutlineCues) -> str:
    """Drop a date with which the rest of a lesson's line begins."""
    folded = fold(text)
    lead = len(folded) - len(folded.lstrip(" .:;,-(*_|"))
    match = cues.lessons.dated.match(folded, lead) or cues.lessons.weekday.match(folded, lead)
    return text[match.end() :].lstrip(") ") if match else text


def _take_hours(text: str, lengths: UnitLengths, cues: OutlineCues) -> tuple[float | None, str | None, str]:
    """Return the hours, what was written of them, and the text without it.

    A group in brackets on the first line comes first, then what ends the line, then what ends the text.
    """
    for match in _GROUP.finditer(text):
        inner = match[1].strip()
        value = read_hours(inner, cues.hours, lengths)
        if value is not None or _is_length(inner, cues):
            rest = text[match.end() :]
            # "Courts (2 hours). Who judges" and "Courts (2 hours) Who judges": what follows is no title.
            joint = "\n" if rest.lstrip(" .:;")[:1].isupper() else ""
            return value, inner, text[: match.start()].rstrip() + joint + rest
    head = _DETAIL.split(text, maxsplit=1)[0]
    for piece in (head, text.rstrip()):
        tail = cues.hours.tail.search(fold(piece), max(0, len(piece) - _LONG_TITLE))
        if tail and tail.start() > 0:
            written = piece[tail.start() : tail.end()].strip(" ()[].")
            return (
                read_hours(written, cues.hours, lengths, column=""),
                written,
                piece[: tail.start()] + text[len(piece) :],
            )
    return None, None, text


def _is_length(inner: str, cues: OutlineCues) -> bool:
    folded = fold(inner)
    return (
        cues.hours.tail.search(folded) is not None
        or cues.hours.sitting.search(folded) is not None
        or re.fullmatch(r"\d-\d", folded) is not None
    )


def _title(text: str, cues: OutlineCues) -> str:
    """Return a lesson's title: the first line, or the first sentence of a long one."""
    head = _DETAIL.split(text.strip(_EDGES), maxsplit=1)[0]
    head = head.strip().strip("*_ ")
    if len(head) > _LONG_TITLE:
        head = _SENTENCE.split(head, maxsplit=1)[0]
    title = without_label(" ".join(head.strip(_EDGES).split()), cues)
    if len(title) > cues.lessons.title_characters:
        title = title[: cues.lessons.title_characters].rsplit(" ", 1)[0]
    return title
