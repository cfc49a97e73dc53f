"""The details of lessons: date, method, topics and readings, from tables, lists and running lines."""

from __future__ import annotations

from imetaudit.model import Lesson, LessonReading
from imetaudit.outline import OutlineCues, read_outline

from .conftest import MakeDocument


def _lessons(make_document: MakeDocument, cues: OutlineCues, *lines: str) -> tuple[Lesson, ...]:
    return read_outline(make_document(*lines), cues).lessons


def test_a_table_gives_date_method_and_reading(make_document: MakeDocument, cues: OutlineCues) -> None:
    """Each column's cell is the lesson's; what is to be read is parted at its semicolons."""
    lessons = _lessons(
        make_document,
        cues,
        "# Schedule",
        "Lesson | Date | Topic | Method | Reading",
        "1 | 4 May | Who commands | Seminar | Ames, ch. 2; Constitution, art. 90",
        "2 | 11 May | Courts | Lecture | ",
    )
    assert [(each.date, each.method) for each in lessons] == [("4 May", "Seminar"), ("11 May", "Lecture")]
    assert lessons[0].readings == (LessonReading("Ames, ch. 2"), LessonReading("Constitution, art. 90"))
    assert lessons[1].readings == ()


def test_items_under_a_lesson_are_its_topics(make_document: MakeDocument, cues: OutlineCues) -> None:
    """A list below a lesson is its topics; what stands under Readings or Optional is read, not taught."""
    lessons = _lessons(
        make_document,
        cues,
        "# Schedule",
        "Week 1: Ministers and generals",
        "- Topic: who asks for money",
        "- who signs orders",
        "Readings:",
        "- Okoye, Soldiers and Parliaments, ch. 1",
        "Optional:",
        "- Brandt, Barracks, ch. 4",
        "Week 2: Courts",
        "- due process",
    )
    assert lessons[0].topics == ("who asks for money", "who signs orders")
    assert lessons[0].readings[0] == LessonReading("Okoye, Soldiers and Parliaments, ch. 1", required=True)
    assert lessons[0].readings[-1] == LessonReading("Brandt, Barracks, ch. 4", required=False)
    assert lessons[1].topics == ("due process",)
    assert lessons[1].readings == ()


def test_the_date_in_a_lesson_line(make_document: MakeDocument, cues: OutlineCues) -> None:
    """A date beside a week's number is its date; a lesson without one has none."""
    lessons = _lessons(
        make_document, cues, "# Schedule", "Week 1 (March 3): Elections", "Week 2: Courts", "Week 3: Review of cases"
    )
    assert [each.date for each in lessons] == ["March 3", None, None]


def test_a_labelled_method(make_document: MakeDocument, cues: OutlineCues) -> None:
    """A line labelled Method below a lesson is how it is taught."""
    lessons = _lessons(
        make_document,
        cues,
        "# Schedule",
        "Lesson 1. Courts",
        "Method: moot court",
        "Lesson 2. Police",
        "Lesson 3. Army",
    )
    assert [each.method for each in lessons] == ["moot court", None, None]
