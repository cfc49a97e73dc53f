"""What one course is, put together from its documents: lessons, objectives, hours, title.

It knows that two documents of a course may hold the same schedule, and what a catalogue leaves open for the syllabus to
say. It does not know how evidence is judged; which areas a lesson or an objective serves is told to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, replace

from imetaudit.assess.reading import Reading
from imetaudit.folding import fold
from imetaudit.model import (
    Course,
    CourseRecord,
    CourseStatus,
    HoursBasis,
    Identity,
    Lesson,
    LessonRecord,
    Objective,
    ObjectiveRecord,
)

_TELLING = 2  # a schedule or a list of fewer items is like another too easily
_ROUNDING = 0.1  # of 45- and 50-minute periods, in hours; a matter of arithmetic
CourseLesson = tuple[str, Lesson]
"""A lesson of a course and the document that it stands in."""


def join_lessons(readings: Sequence[Reading]) -> tuple[list[CourseLesson], dict[tuple[str, int], int]]:
    """Join the lessons of all documents; the same number and title again is the same lesson, and so is a translation.

    Returns the lessons with their documents, and the index among them of each document's lesson. What the first
    document leaves open of a lesson's hours is taken from a later one.
    """
    lessons: list[CourseLesson] = []
    index: dict[tuple[str, str], int] = {}
    placed: dict[tuple[str, int], int] = {}
    done: list[Reading] = []
    for reading in readings:
        own: set[int] = set()
        translated = next((each for each in done if _is_edition(each, reading)), None)
        for number, lesson in enumerate(reading.outline.lessons):
            key = (fold(lesson.number), fold(lesson.title))
            known = placed[translated.record.path, number] if translated else index.get(key)
            # Within one document two lessons of one name are two lessons.
            if known is None or known in own:
                known = len(lessons)
                lessons.append((reading.record.path, lesson))
                index.setdefault(key, known)
            lessons[known] = _completed(lessons[known], lesson)
            own.add(known)
            placed[reading.record.path, number] = known
        done.append(reading)
    return lessons, placed


def _completed(known: CourseLesson, again: Lesson) -> CourseLesson:
    """Return a lesson with the hours of the same lesson elsewhere, where it states none."""
    path, lesson = known
    if lesson.hours is not None or again.hours is None:
        return known
    return path, replace(lesson, hours=again.hours, hours_as_written=again.hours_as_written)


def _is_edition(one: Reading, other: Reading) -> bool:
    """Tell whether two documents hold one schedule in two languages: the same numbers, and no hours that differ."""
    lessons, others = one.outline.lessons, other.outline.lessons
    if not _in_two_languages(one, other) or len(lessons) != len(others) or len(lessons) < _TELLING:
        return False
    return all(
        each.number
        and fold(each.number) == fold(again.number)
        and (each.hours is None or again.hours is None or abs(each.hours - again.hours) < _ROUNDING)
        for each, again in zip(lessons, others, strict=True)
    )


def _in_two_languages(one: Reading, other: Reading) -> bool:
    languages = {one.record.language, other.record.language}
    return len(languages) > 1 and None not in languages


def course_record(
    course: Course,
    readings: Sequence[Reading],
    lessons: Sequence[CourseLesson],
    lesson_areas: Callable[[int], tuple[str, ...]],
    objective_areas: Callable[[str, Objective], tuple[str, ...]],
    doubts: Sequence[str] = (),
) -> CourseRecord:
    """Return the course as the result tells it; what the catalogue leaves open is taken from the syllabus.

    Args:
        course: The line of the catalogue.
        readings: Of its files, in the order of `course.files`.
        lessons: Those of all documents, joined.
        lesson_areas: Returns the areas that the lesson of an index serves.
        objective_areas: Returns the areas that an objective of a document serves.
        doubts: Why what was not found in the course may yet be taught in it.
    """
    read = [reading for reading in readings if reading.record.status == "read"]
    identity = _identity([reading.outline.identity for reading in read])
    status = CourseStatus.AUDITED if read else CourseStatus.NOT_AUDITABLE if readings else CourseStatus.NO_SYLLABUS
    hours, basis = _hours(read, lessons)
    warnings = [warning for reading in read for warning in reading.outline.warnings]
    if read and doubts:
        warnings.append(f"{'; '.join(doubts)}: an area without evidence is not auditable, not absent")
    warnings += _differing_hours(read, hours)
    return CourseRecord(
        id=course.id,
        title=course.title or identity.title or "",
        edition=course.edition or identity.edition or "",
        department=course.department or identity.department or identity.school or identity.institution or "",
        attributes=course.attributes,
        documents=course.files,
        status=status,
        hours=hours,
        hours_basis=basis,
        lessons=tuple(_lesson(*each, lesson_areas(index)) for index, each in enumerate(lessons)),
        objectives=_objectives(read, objective_areas),
        warnings=tuple(dict.fromkeys(warnings)),
        identity=identity,
    )


def _identity(said: Sequence[Identity]) -> Identity:
    """Return what the documents say of the course, each field from the first that says it."""
    return Identity(
        **{
            field.name: next((own for each in said if (own := getattr(each, field.name))), None)
            for field in fields(Identity)
        }
    )


def _lesson(document: str, lesson: Lesson, areas: tuple[str, ...]) -> LessonRecord:
    return LessonRecord(
        lesson.number, lesson.title, lesson.hours, lesson.hours_as_written, lesson.mandatory, document, lesson.page,
        areas, lesson.date, lesson.method, lesson.topics, lesson.readings,
    )  # fmt: skip


def _objectives(
    read: Sequence[Reading], areas: Callable[[str, Objective], tuple[str, ...]]
) -> tuple[ObjectiveRecord, ...]:
    """Return the objectives of all documents in order; one that a second document repeats counts once.

    As many objectives, of the same kinds, in another language are those of the first document.
    """
    records: dict[str, ObjectiveRecord] = {}
    keys: list[tuple[Reading, list[str]]] = []
    for reading in read:
        path = reading.record.path
        objectives = reading.outline.objectives
        same = next((own for each, own in keys if _translates(each, reading)), None)
        own = same or [fold(each.text) for each in objectives]
        for key, each in zip(own, objectives, strict=True):
            record = ObjectiveRecord(
                each.text, each.kind, each.verb, each.level, each.condition, each.standard, path, each.page,
                areas(path, each),
            )  # fmt: skip
            known = records.setdefault(key, record)
            if known is not record:
                records[key] = replace(known, areas=tuple(dict.fromkeys((*known.areas, *record.areas))))
        keys.append((reading, own))
    return tuple(records.values())


def _translates(one: Reading, other: Reading) -> bool:
    """Tell whether the objectives of two documents are one list in two languages."""
    kinds = [[each.kind for each in reading.outline.objectives] for reading in (one, other)]
    return _in_two_languages(one, other) and kinds[0] == kinds[1] and len(kinds[0]) >= _TELLING


def _differing_hours(read: Sequence[Reading], taken: float | None) -> list[str]:
    """Say where the documents of a course state different hours for it."""
    stated = sorted(
        each.outline.hours
        for each in read
        if each.outline.hours is not None and each.outline.hours_basis is HoursBasis.STATED
    )
    if taken is None or not stated or stated[-1] - stated[0] <= _ROUNDING:
        return []
    written = " and ".join(f"{hours:g}" for hours in dict.fromkeys(stated))
    return [f"its files state different hours: {written}; {taken:g} were taken"]


def _hours(read: Sequence[Reading], lessons: Sequence[CourseLesson]) -> tuple[float | None, HoursBasis]:
    """Return the course's hours: as a syllabus states them, or the sum over its lessons where all state theirs."""
    for basis in (HoursBasis.STATED, HoursBasis.SUMMED, HoursBasis.ESTIMATED):
        known = [each.outline.hours for each in read if each.outline.hours_basis is basis and each.outline.hours]
        if basis is HoursBasis.SUMMED and len(known) > 1:
            return round(sum(lesson.hours or 0.0 for _, lesson in lessons), 4), basis
        if known:
            return known[0], basis
    return None, HoursBasis.UNKNOWN
