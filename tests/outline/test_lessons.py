"""Where lessons begin, and what a lesson says of itself."""

from __future__ import annotations

import pytest

from imetaudit.model import HoursBasis
from imetaudit.outline import OutlineCues, read_outline

from .conftest import MakeDocument


def test_a_schedule_table_gives_lessons_with_hours(cues: OutlineCues, make_document: MakeDocument) -> None:
    """Each row is a lesson with number, title, hours and what was written of them."""
    document = make_document(
        "# Course Schedule", "Lesson | Topic | Hours", "1 | Elected and armed | 2:00", "2 | Field days | 3 days"
    )
    lessons = read_outline(document, cues).lessons
    assert [(x.number, x.title, x.hours, x.hours_as_written) for x in lessons] == [
        ("1", "Elected and armed", 2.0, "2:00"),
        ("2", "Field days", None, "3 days"),
    ]


@pytest.mark.parametrize(
    ("first", "second", "number", "title"),
    [
        ("Week 3: Coups", "Week 4: Courts", "3", "Coups"),
        ("Lesson HR-1. People first (2.0 hrs) — Where rights began.", "Lesson HR-2. Petition", "HR-1", "People first"),
        ("Module II. The State", "Module III. War", "II", "The State"),
        ("Sesión 5. ¿Quién manda?", "Sesión 6. Cierre", "5", "¿Quién manda?"),
        ("Séance 1. Le budget (3 h)", "Séance 2. La presse", "1", "Le budget"),
        ("Aula 2 — Direitos", "Aula 3 — Deveres", "2", "Direitos"),
        ("Day 3, 0800-1130: Courts", "Day 4, 0800-1130: Press", "3", "Courts"),
        ("• Lecture 12 (Jan. 8): Congress", "• Lecture 13 (Jan. 10): Courts", "12", "Congress"),
        ("Lección Lunes a.m.. El dilema (0830-1200)", "Lección Lunes p.m.. El voto", "Lunes a.m.", "El dilema"),
    ],
)
def test_a_lesson_word_with_a_number_begins_a_lesson(
    cues: OutlineCues, make_document: MakeDocument, first: str, second: str, number: str, title: str
) -> None:
    """The number is kept as written and the title stands without date and hours."""
    lessons = read_outline(make_document("# Schedule", first, second), cues).lessons
    assert (len(lessons), lessons[0].number, lessons[0].title) == (2, number, title)


def test_prose_that_names_a_week_is_no_lesson(cues: OutlineCues, make_document: MakeDocument) -> None:
    """A sentence about week 3 begins no lesson."""
    document = make_document("Week 3 we will meet elsewhere.", "Class I took last year.", "Week 5 has no class at all.")
    assert read_outline(document, cues).lessons == ()


def test_dated_lines_need_to_be_several(cues: OutlineCues, make_document: MakeDocument) -> None:
    """A lone date is no schedule; a run of dates is."""
    run = ("Tue 9/12 Rights", "Thu 9/14 Duties", "Tue 9/19 Courts", "March 5-7 Parliaments")
    assert read_outline(make_document("May 5, 2001", "Last change"), cues).lessons == ()
    assert [x.title for x in read_outline(make_document(*run), cues).lessons] == [
        "Rights",
        "Duties",
        "Courts",
        "Parliaments",
    ]


def test_a_frame_of_smaller_lessons_is_no_lesson(cues: OutlineCues, make_document: MakeDocument) -> None:
    """A unit that holds weeks is not counted beside them."""
    document = make_document(
        "# Schedule", "Unit 1: Power", "Week 1: Kings", "Week 2: Voters", "Unit 2: Law", "Week 3: Courts"
    )
    assert [x.title for x in read_outline(document, cues).lessons] == ["Kings", "Voters", "Courts"]


def test_items_count_only_under_a_schedule_heading(cues: OutlineCues, make_document: MakeDocument) -> None:
    """A list of topics under a schedule's heading is a list of lessons; a list elsewhere is not."""
    items = ("- Kings", "- Voters", "- Courts")
    assert len(read_outline(make_document("# Temario", *items), cues).lessons) == 3
    assert read_outline(make_document("# Gallery", *items), cues).lessons == ()


def test_an_elective_lesson_is_not_mandatory(cues: OutlineCues, make_document: MakeDocument) -> None:
    """A cue of choice makes a lesson voluntary."""
    document = make_document("# Schedule", "Lesson 1. Courts", "Lesson 2. Elective: private finance")
    assert [x.mandatory for x in read_outline(document, cues).lessons] == [True, False]


def test_course_hours_are_stated_summed_or_unknown(cues: OutlineCues, make_document: MakeDocument) -> None:
    """A stated total comes first, with a warning where the lessons add up to something else."""
    lessons = ("# Schedule", "Lesson 1. A (2 h)", "Lesson 2. B (3 h)")
    stated = read_outline(make_document("T", "Length: 40 hours", *lessons), cues)
    assert (stated.hours, stated.hours_basis, len(stated.warnings)) == (40.0, HoursBasis.STATED, 1)
    summed = read_outline(make_document("T", "Length: two weeks", *lessons), cues)
    assert (summed.hours, summed.hours_basis, summed.warnings) == (5.0, HoursBasis.SUMMED, ())
    unknown = read_outline(make_document("T", "Credits: 3"), cues)
    assert (unknown.hours, unknown.hours_basis) == (None, HoursBasis.UNKNOWN)


def test_a_row_broken_over_lines_is_one_lesson(cues: OutlineCues, make_document: MakeDocument) -> None:
    """A row that begins in the middle of a sentence and of the hours goes on with the one above."""
    document = make_document(
        "# Programa", "Tema | Horas", "1 Motor y hielo en el | 8 horas", "carburador | académicas", "2 Radio | 3 horas"
    )
    lessons = read_outline(document, cues).lessons
    assert [(x.number, x.hours) for x in lessons] == [("1", pytest.approx(6.6667)), ("2", 3.0)]
