"""Settle the hours of a whole course: what it states, what its lessons add up to, and in which unit they count.

It knows where a course states its length. It does not know how lengths are written; `hours` reads those.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from imetaudit.model import HoursBasis, Lesson
from imetaudit.outline.cues import OutlineCues
from imetaudit.outline.estimates import estimate_hours
from imetaudit.outline.facts import labels_of
from imetaudit.outline.hours import UnitLengths, count_of_periods, read_hours
from imetaudit.outline.units import Unit, label_starts, read_label

_GROUP = re.compile(r"\s*\(([^()]*)\)")
_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?")
_END = re.compile(r"[.;](?!\d)")


@dataclass(frozen=True)
class StatedLength:
    """The length of a course as it states it."""

    hours: float
    """In hours of sixty minutes."""
    periods: float | None
    """How many periods of another length these are; None where it is stated in hours of sixty minutes."""


def read_stated(
    units: Sequence[Unit], facts: frozenset[int], first_lesson: int, lengths: UnitLengths, cues: OutlineCues
) -> StatedLength | None:
    """Return the length of the whole course where a label, a row of facts or the title block states it.

    Args:
        units: The pieces of the document.
        facts: The rows of tables that hold facts about the course.
        first_lesson: The index of the piece where the first lesson begins; the number of pieces where there is none.
        lengths: What the document says of its own periods.
        cues: The compiled cues.
    """
    for label, value in _values(units, facts, first_lesson, cues):
        number = stated_number(value, label, cues)
        if number is not None:
            return StatedLength(number, None)
        if label and label not in cues.hours.total:
            continue
        for text in _readings(value):
            hours = read_hours(text, cues.hours, lengths)
            if hours is not None and not cues.hours.span.search(text):
                return StatedLength(hours, count_of_periods(text, cues.hours))
    return None


def stated_number(value: str, label: str, cues: OutlineCues) -> float | None:
    """Return the hours of "Hours: 40": a number alone behind a label that names hours, too large for hours a week."""
    if label not in cues.hours.plain_total or not _NUMBER.fullmatch(value.strip(" .*_()")):
        return None
    hours = float(value.strip(" .*_()").replace(",", "."))
    return hours if hours >= cues.hours.least_plain else None


def _readings(value: str) -> Iterator[str]:
    """Yield a value without its parts and what stands in brackets, then as it stands, then what the brackets hold."""
    yield _GROUP.sub("", value).split(":", 1)[0]
    yield value
    yield from (match[1] for match in _GROUP.finditer(value))


def _values(
    units: Sequence[Unit], facts: frozenset[int], first_lesson: int, cues: OutlineCues
) -> Iterator[tuple[str, str]]:
    """Yield what is said after each label of a course's length, with the label, and what a sentence says of it."""
    for index in sorted(facts):
        unit = units[index]
        filled = [(start - unit.start, end - unit.start) for start, end in unit.cells if end > start]
        for place, label in enumerate(labels_of(unit, cues)):
            if label.name in cues.hours.total | cues.hours.plain_total:
                yield label.name, unit.folded[slice(*filled[2 * place + 1])]
    for unit in units:
        if ":" in unit.folded:
            yield from _labelled(unit, cues)
    for unit in units[: min(first_lesson, cues.content.title_units)]:
        # "Two weeks, 40 classroom hours."
        match = None if unit.is_running else cues.hours.whole.search(unit.folded)
        if match:
            yield "", _END.split(unit.folded[match.end() :], maxsplit=1)[0]


def _labelled(unit: Unit, cues: OutlineCues) -> Iterator[tuple[str, str]]:
    for raw, folded in zip(unit.raw.split("\n"), unit.folded.split("\n"), strict=True):
        starts = label_starts(raw)
        for start, end in zip(starts, [*starts[1:], len(raw)], strict=True):
            label = read_label(folded[start:end], cues)
            if label is not None and label.name in cues.hours.total | cues.hours.plain_total:
                yield label.name, folded[start + label.text_start : end]


def in_stated_unit(lessons: Sequence[Lesson], stated: StatedLength | None, cues: OutlineCues) -> tuple[Lesson, ...]:
    """Count the hours of lessons in the periods of the course where they add up to the stated number of those.

    "50 academic hours of 45 minutes" whose lessons of "10 hours" add up to 50 has lessons of ten academic hours.
    """
    total = sum(lesson.hours or 0.0 for lesson in lessons)
    if stated is None or stated.periods is None or not total or abs(total - stated.periods) > cues.hours.exact * total:
        return tuple(lessons)
    share = stated.hours / stated.periods
    return tuple(
        lesson if lesson.hours is None else replace(lesson, hours=round(lesson.hours * share, 4)) for lesson in lessons
    )


def course_hours(
    stated: StatedLength | None, lessons: Sequence[Lesson], head: Sequence[Unit], cues: OutlineCues
) -> tuple[float | None, HoursBasis, tuple[str, ...]]:
    """Prefer what is stated to the sum over the lessons, that to an estimate from `head`; say where they differ."""
    known = [lesson.hours for lesson in lessons if lesson.hours is not None]
    total = round(sum(known), 4)
    warnings: list[str] = []
    if stated is not None:
        hours = stated.hours
        if len(known) == len(lessons) > 0 and abs(total - hours) > cues.hours.tolerance * hours:
            warnings.append(f"The course states {hours:g} hours, but its {len(lessons)} lessons add up to {total:g}.")
        return hours, HoursBasis.STATED, tuple(warnings)
    if not known:
        estimate = estimate_hours(head, cues.estimate)
        return (
            (estimate.hours, HoursBasis.ESTIMATED, (estimate.because,)) if estimate else (None, HoursBasis.UNKNOWN, ())
        )
    if len(known) < len(lessons):
        warnings.append(
            f"{len(lessons) - len(known)} of {len(lessons)} lessons state no hours that can be counted; "
            f"the sum of {total:g} hours leaves them out."
        )
    return total, HoursBasis.SUMMED, tuple(warnings)
