"""A course of several documents: nothing is counted twice."""

from __future__ import annotations

from imetaudit.assess.lessons import CourseLessons
from imetaudit.assess.reading import Reading
from imetaudit.assess.record import course_record, join_lessons
from imetaudit.model import (
    Course,
    CourseRecord,
    DocumentRecord,
    HoursBasis,
    Lesson,
    Mention,
    Objective,
    ObjectiveKind,
    Outline,
)


def lesson(number: str, title: str, hours: float | None = None) -> Lesson:
    """Return a lesson."""
    return Lesson(number, title, 0, 1, hours=hours)


def reading(
    path: str,
    language: str,
    lessons: tuple[Lesson, ...] = (),
    objectives: tuple[str, ...] = (),
    hours: float | None = None,
    basis: HoursBasis = HoursBasis.SUMMED,
) -> Reading:
    """Return the reading of a document."""
    record = DocumentRecord(path, None, None, "read", None, None, None, 100, language, None, 1.0)
    told = tuple(Objective(text, ObjectiveKind.OBJECTIVE, 0, 1) for text in objectives)
    return Reading(record, Outline((), lessons, told, hours=hours, hours_basis=basis))


def record_of(*readings: Reading) -> CourseRecord:
    """Return the record of the course of these documents."""
    lessons, _ = join_lessons(readings)
    course = Course("A", files=tuple(each.record.path for each in readings))
    return course_record(course, readings, lessons, lambda _: (), lambda path, _: (path,))


ENGLISH = reading("a.pdf", "en", (lesson("1", "Law", 3.0), lesson("2", "War", 5.0)), ("Explain law.", "Plan."), 8.0)
SPANISH = reading(
    "b.pdf", "es", (lesson("1", "Derecho", 3.0), lesson("2", "Guerra", 5.0)), ("Explicar.", "Plan 2."), 8.0
)


def test_an_edition_in_another_language_is_not_counted_twice() -> None:
    """Lessons, objectives and hours of a translation are those of the first document."""
    made = record_of(ENGLISH, SPANISH)
    assert [each.title for each in made.lessons] == ["Law", "War"]
    assert [each.text for each in made.objectives] == ["Explain law.", "Plan."]
    assert made.objectives[0].areas == ("a.pdf", "b.pdf")
    assert made.hours == 8.0


def test_two_schedules_in_one_language_are_two() -> None:
    """The same numbers and hours make no translation where the language is the same, nor other hours where it is not."""
    again = reading("c.pdf", "en", SPANISH.outline.lessons)
    longer = reading("d.pdf", "es", (lesson("1", "Derecho", 3.0), lesson("2", "Guerra", 6.0)))
    assert len(record_of(ENGLISH, again).lessons) == 4
    assert len(record_of(ENGLISH, longer).lessons) == 4


def test_hours_of_a_lesson_come_from_the_file_that_states_them() -> None:
    """A programme names the lessons, a timetable states how long they are."""
    programme = reading("a.pdf", "en", (lesson("1", "Law"), lesson("2", "War")))
    timetable = reading("b.pdf", "en", (lesson("1", "Law", 3.0), lesson("2", "War", 5.0)))
    assert [each.hours for each in record_of(programme, timetable).lessons] == [3.0, 5.0]


def test_files_that_state_different_hours_are_a_warning() -> None:
    """The first is taken, and the report says that they differ."""
    one = reading("a.pdf", "en", hours=40.0, basis=HoursBasis.STATED)
    other = reading("b.pdf", "en", hours=60.0, basis=HoursBasis.STATED)
    made = record_of(one, other)
    assert made.hours == 40.0
    assert made.warnings == ("its files state different hours: 40 and 60; 40 were taken",)
    assert record_of(one, one).warnings == ()


def test_a_mention_in_the_second_edition_stands_in_the_same_lesson() -> None:
    """The lesson is recorded with the first document, and a passage of the second counts in it."""
    made = record_of(ENGLISH, SPANISH)
    mention = Mention("m", "A", "b.pdf", "t", "a", "", "", "", 7, 0, 1, "lesson", "2", "explicit", True, None)
    assert CourseLessons(made.lessons).of(mention) == (1,)
