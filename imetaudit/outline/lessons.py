"""Make lessons of marks: title, hours, and whether they must be attended.

It knows where in a lesson's line or row its title ends and its hours stand. It does not know where lessons begin;
`marks` does. Where the hours are ambiguous they stay None, with what was written beside them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from imetaudit.model import Lesson
from imetaudit.outline.cues import OutlineCues
from imetaudit.outline.folding import fold
from imetaudit.outline.hours import UnitLengths, read_hours
from imetaudit.outline.rows import Mark, MarkKind
from imetaudit.outline.tables import cell
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
        if not written.title and mark.kind is MarkKind.TIMED:
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
                mandatory=not any(cue in unit.folded for cue in cues.lessons.elective),
            )
        )
    return tuple(lessons), index_of


def _read_row(units: Sequence[Unit], mark: Mark, lengths: UnitLengths, cues: OutlineCues) -> _Written:
    unit, table = units[mark.unit], mark.table
    if table is None:
        return _Written("", None, None)
    columns = {role: column for column, role in sorted(table.roles.items(), reverse=True)}
    topic = columns.get("topic")
    start, end = unit.cells[topic] if topic is not None and topic < len(unit.cells) else (unit.start, unit.start)
    text = unit.raw[start - unit.start + mark.title_start : end - unit.start]
    folded = cell(unit, columns.get("hours"))
    if folded:
        begin, stop = unit.cells[columns["hours"]]
        more = [cell(units[row], columns["hours"]) for row in mark.rows]
        written = " ".join([unit.raw[begin - unit.start : stop - unit.start].strip(), *filter(None, more)])
        head = table.hours_head or ""
        return _Written(_title(text, cues), read_hours(written, cues.hours, lengths, column=head), written)
    hours, as_written, text = _take_hours(text, lengths, cues)
    number = columns.get("number")
    if hours is None and as_written is None and number is not None:
        hours, as_written = _clock_of(cell(unit, columns.get("date")) or cell(unit, number), lengths, cues)
    return _Written(_title(text, cues), hours, as_written)


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
    hours, as_written, text = _take_hours(text, lengths, cues)
    if as_written is None:
        hours, as_written = _clock_of(fold(text.split("\n", 1)[0][:_LONG_TITLE]), lengths, cues)
        if as_written is not None:
            at = fold(text).find(as_written)
            as_written = text[at : at + len(as_written)]
            text = text[:at] + text[at + len(as_written) :]
    text = _without_date(text, cues)
    title = _title(text, cues)
    if not title and index + 1 < limit:
        after = units[index + 1]
        if not after.is_running and len(after.raw) <= 2 * cues.content.heading_characters:
            late, late_written, rest = _take_hours(after.raw, lengths, cues)
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
            return value, inner, text[: match.start()] + text[match.end() :]
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
    title = " ".join(head.strip(_EDGES).split())
    if len(title) > cues.lessons.title_characters:
        title = title[: cues.lessons.title_characters].rsplit(" ", 1)[0]
    return title
