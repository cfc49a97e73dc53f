"""Put the outline of a document together: pieces, lessons, sections, objectives, identity, hours.

It knows the order of the steps and nothing of their rules.
"""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from imetaudit.model import Document, Lesson, Outline, Section
from imetaudit.outline.courses import cut, find_courses
from imetaudit.outline.cues import OutlineCues
from imetaudit.outline.details import with_details
from imetaudit.outline.facts import find_facts
from imetaudit.outline.hours import read_unit_lengths
from imetaudit.outline.identity import read_identity
from imetaudit.outline.lessons import make_lessons
from imetaudit.outline.marks import find_marks
from imetaudit.outline.objectives import read_objectives
from imetaudit.outline.running import set_running_apart
from imetaudit.outline.sections import make_sections
from imetaudit.outline.several import read_several
from imetaudit.outline.signals import heading_rule, is_whole_cue
from imetaudit.outline.stated import course_hours, in_stated_unit, read_stated
from imetaudit.outline.tables import find_tables
from imetaudit.outline.units import Unit, part


def read_outline(document: Document, cues: OutlineCues) -> Outline:
    """Return the logical structure of a document.

    Sections are in order, do not overlap, and hold every segment; a segment into which an extractor ran several parts
    is shared by sections at its line breaks, and a row of a schedule at its cells. The same document and cues give the
    same outline. A document that describes several courses is read course by course.
    """
    cues = cues.in_language(document.language)
    stretches = find_courses(document, cues)
    units = set_running_apart(part(cut(document, stretches) if stretches else document, cues), cues)
    outline = read_several(units, stretches, _read, cues) if stretches else _read(units, cues)
    return replace(outline, sections=_with_languages(outline.sections, document))


def _read(units: Sequence[Unit], cues: OutlineCues) -> Outline:
    """Return the outline of the pieces of one course."""
    if not units:
        return Outline(sections=())
    rules = _heading_rules(units, cues)
    facts = find_facts(units, cues)
    marks = find_marks(units, find_tables(units, facts, cues), rules, cues)
    lengths = read_unit_lengths("\n".join(unit.folded for unit in units), cues.hours)
    lessons, lesson_of = make_lessons(units, marks, lengths, cues)
    sections = make_sections(units, marks, lesson_of, rules, facts, cues)
    first = min(marks, default=len(units))
    stated = read_stated(units, facts, first, lengths, cues)
    lessons = in_stated_unit(_with_ends(lessons, sections), stated, cues)
    lessons = with_details(lessons, lesson_of, marks, units, sections, cues)
    hours, basis, warnings = course_hours(stated, lessons, units[: min(first, cues.identity.head_units)], cues)
    objectives = read_objectives(units, sections, cues.objectives)
    identity = read_identity(units, sections, facts, cues)
    return Outline(sections, lessons, objectives, identity, hours, basis, warnings)


def _with_languages(sections: Sequence[Section], document: Document) -> tuple[Section, ...]:
    """Give each section the language of most of its text; its segments know theirs."""
    ends = [segment.end for segment in document.segments]
    told = []
    for section in sections:
        letters: Counter[str] = Counter()
        for segment in document.segments[bisect.bisect_right(ends, section.start) :]:
            if segment.start >= section.end:
                break
            if segment.language:
                letters[segment.language] += min(segment.end, section.end) - max(segment.start, section.start)
        most = max(letters, key=lambda code: (letters[code], code), default=document.language)
        told.append(replace(section, language=most))
    return tuple(told)


def _heading_rules(units: Sequence[Unit], cues: OutlineCues) -> dict[int, int]:
    """Return the rule of each piece that is a heading with a cue.

    The first lines are the course's title ("Introduction to Public Policy"): there a heading must be a whole cue.
    """
    rules: dict[int, int] = {}
    seen = 0
    for index, unit in enumerate(units):
        seen += not unit.is_running
        rule = heading_rule(unit, cues)
        in_title = seen <= cues.content.title_lines
        if rule is None or (in_title and (not is_whole_cue(unit, cues) or _ends_title(units, index))):
            continue
        rules[index] = rule
    return rules


def _ends_title(units: Sequence[Unit], index: int) -> bool:
    """Whether a heading is the second line of a title ("Introduction to Public / Administration"), not of a text."""
    if not 0 < index < len(units) - 1:
        return False
    before, unit, after = units[index - 1 : index + 2]
    return before.is_heading and after.is_heading and before.level == unit.level < after.level


def _with_ends(lessons: Sequence[Lesson], sections: Sequence[Section]) -> tuple[Lesson, ...]:
    """End each lesson where its last section ends."""
    ends: dict[int, int] = {}
    for section in sections:
        if section.lesson is not None:
            ends[section.lesson] = section.end
    return tuple(replace(lesson, end=ends.get(index, lesson.end)) for index, lesson in enumerate(lessons))
