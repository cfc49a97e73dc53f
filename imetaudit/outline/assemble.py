"""Put the outline of a document together: pieces, lessons, sections, identity and hours.

It knows the order of the steps and nothing of their rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from imetaudit.model import Document, HoursBasis, Lesson, Outline, Section
from imetaudit.outline.cues import OutlineCues
from imetaudit.outline.hours import UnitLengths, read_hours, read_unit_lengths
from imetaudit.outline.identity import read_identity
from imetaudit.outline.lessons import make_lessons
from imetaudit.outline.marks import find_marks
from imetaudit.outline.sections import make_sections
from imetaudit.outline.signals import heading_rule, is_whole_cue
from imetaudit.outline.tables import find_tables
from imetaudit.outline.units import Unit, part, read_label


def read_outline(document: Document, cues: OutlineCues) -> Outline:
    """Return the logical structure of a document.

    Sections are in order, do not overlap, and hold every segment; a segment into which an extractor ran several parts
    is shared by sections at its line breaks, and a row of a schedule at its cells. The same document and cues give the
    same outline.
    """
    cues = cues.in_language(document.language)
    units = part(document, cues)
    if not units:
        return Outline(sections=())
    rules = _heading_rules(units, cues)
    marks = find_marks(units, find_tables(units, cues), rules, cues)
    lengths = read_unit_lengths("\n".join(unit.folded for unit in units), cues.hours)
    lessons, lesson_of = make_lessons(units, marks, lengths, cues)
    sections = make_sections(units, marks, lesson_of, rules, cues)
    lessons = _with_ends(lessons, sections)
    stated = _stated_hours(units, lengths, cues)
    hours, basis, warnings = _course_hours(stated, lessons, cues)
    return Outline(sections, lessons, read_identity(units, sections, cues), hours, basis, warnings)


def _heading_rules(units: Sequence[Unit], cues: OutlineCues) -> dict[int, int]:
    """Return the rule of each piece that is a heading with a cue.

    The first lines are the course's title ("Introduction to Public Policy"): there a heading must be a whole cue.
    """
    rules: dict[int, int] = {}
    seen = 0
    for index, unit in enumerate(units):
        seen += not unit.is_running
        rule = heading_rule(unit, cues)
        if rule is not None and (seen > cues.content.title_lines or is_whole_cue(unit, cues)):
            rules[index] = rule
    return rules


def _with_ends(lessons: Sequence[Lesson], sections: Sequence[Section]) -> tuple[Lesson, ...]:
    """End each lesson where its last section ends."""
    ends: dict[int, int] = {}
    for section in sections:
        if section.lesson is not None:
            ends[section.lesson] = section.end
    return tuple(replace(lesson, end=ends.get(index, lesson.end)) for index, lesson in enumerate(lessons))


def _stated_hours(units: Sequence[Unit], lengths: UnitLengths, cues: OutlineCues) -> float | None:
    """Return the hours of the whole course where a labelled line states them, and only one number of them."""
    for unit in units:
        if ":" not in unit.folded:
            continue
        for folded in unit.folded.split("\n"):
            label = read_label(folded, cues)
            if label is None or label.name not in cues.hours.total:
                continue
            value = folded[label.text_start :].split(" (")[0]
            hours = read_hours(value, cues.hours, lengths)
            if hours is None and "(" in folded:
                hours = read_hours(folded[folded.index("(") + 1 :].split(")")[0], cues.hours, lengths)
            if hours is not None and not cues.hours.span.search(value):
                return hours
    return None


def _course_hours(
    stated: float | None, lessons: Sequence[Lesson], cues: OutlineCues
) -> tuple[float | None, HoursBasis, tuple[str, ...]]:
    """Prefer what is stated to the sum over the lessons, and say where the two differ."""
    known = [lesson.hours for lesson in lessons if lesson.hours is not None]
    total = round(sum(known), 4)
    warnings: list[str] = []
    if stated is not None:
        if len(known) == len(lessons) > 0 and abs(total - stated) > cues.hours.tolerance * stated:
            warnings.append(f"The course states {stated:g} hours, but its {len(lessons)} lessons add up to {total:g}.")
        return stated, HoursBasis.STATED, tuple(warnings)
    if not known:
        return None, HoursBasis.UNKNOWN, ()
    if len(known) < len(lessons):
        warnings.append(
            f"{len(lessons) - len(known)} of {len(lessons)} lessons state no hours that can be counted; "
            f"the sum of {total:g} hours leaves them out."
        )
    return total, HoursBasis.SUMMED, tuple(warnings)
