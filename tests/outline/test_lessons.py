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
        ("Lesson PA-4. Who asks whom (1.5 hrs) — Petitions.", "Lesson PA-5. Replies", "PA-4", "Who asks whom"),
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
    unknown = read_outline(make_document("T", "Sections: 3"), cues)
    assert (unknown.hours, unknown.hours_basis) == (None, HoursBasis.UNKNOWN)


def test_a_row_broken_over_lines_is_one_lesson(cues: OutlineCues, make_document: MakeDocument) -> None:
    """A row that begins in the middle of a sentence and of the hours goes on with the one above."""
    document = make_document(
        "# Programa", "Tema | Horas", "1 Motor y hielo en el | 8 horas", "carburador | académicas", "2 Radio | 3 horas"
    )
    lessons = read_outline(document, cues).lessons
    assert [(x.number, x.hours) for x in lessons] == [("1", pytest.approx(6.6667)), ("2", 3.0)]


def test_a_cell_broken_over_rows_is_one_topic(cues: OutlineCues, make_document: MakeDocument) -> None:
    """Rows without number, date and hours go on with the topic above where that line was full, broken or in capitals."""
    document = make_document(
        "# Lecciones", "Lec. | Tema | Horas", "1 | CRÍMENES DE GUE- | 8", " | RRA Y MANDO | ", "2 | Órdenes ilegales y | 6",
        " | responsabilidad de mando | ", "3 | Botes | 4",
    )  # fmt: skip
    assert [(x.number, x.title, x.hours) for x in read_outline(document, cues).lessons] == [
        ("1", "CRÍMENES DE GUERRA Y MANDO", 8.0),
        ("2", "Órdenes ilegales y responsabilidad de mando", 6.0),
        ("3", "Botes", 4.0),
    ]


def test_lessons_run_together_in_a_paragraph_are_parted(cues: OutlineCues, make_document: MakeDocument) -> None:
    """A lesson word with a number begins a lesson behind the end of a sentence, and not within one."""
    document = make_document(
        "# Schedule",
        "Module 1. Coups (6 hours). Why soldiers leave Module 9 to others. Module 2. Courts (5 hours). Who judges.",
        "Module 3. Press (4 hours). Who asks.",
    )
    assert [(x.number, x.title, x.hours) for x in read_outline(document, cues).lessons] == [
        ("1", "Coups", 6.0),
        ("2", "Courts", 5.0),
        ("3", "Press", 4.0),
    ]


def test_columns_of_hours_are_added_up(cues: OutlineCues, make_document: MakeDocument) -> None:
    """Theory and practice are one lesson's hours, and a column of totals is not added to them."""
    heads = "Unidad | Tema | Horas teóricas | Horas prácticas"
    document = make_document("# Contenido", heads, "I | Mando | 20 | 4", "II | Botes | 0 | 12")
    assert [x.hours for x in read_outline(document, cues).lessons] == [24.0, 12.0]
    total = make_document(
        "# Contenido", f"{heads} | Total horas", "I | Mando | 20 | 4 | 24", "II | Botes | 0 | 12 | 12"
    )
    assert [x.hours for x in read_outline(total, cues).lessons] == [24.0, 12.0]


@pytest.mark.parametrize(
    ("head", "hours"), [("Horas académicas", 7.5), ("Periods (50 min)", 8.3333), ("Minutes", 0.1667), ("Hours", 10.0)]
)
def test_the_head_of_a_column_says_what_it_counts(
    cues: OutlineCues, make_document: MakeDocument, head: str, hours: float
) -> None:
    """Bare numbers count in the unit of their column's head, whose length the document or the head states."""
    document = make_document(
        "Hora académica de 45 minutos.", "# Plan", f"Week | Topic | {head}", "1 | A | 10", "2 | B | 10"
    )
    assert [x.hours for x in read_outline(document, cues).lessons] == [hours, hours]


def test_lessons_count_in_the_periods_of_their_course(cues: OutlineCues, make_document: MakeDocument) -> None:
    """Hours that add up to the stated number of academic hours are academic; others stay hours of sixty minutes."""
    lessons = ("# Lecciones", "Lección 1. Mando (20 horas)", "Lección 2. Botes (30 horas)")
    academic = make_document("T", "Duración: 2 semanas, 50 horas académicas (de 45 minutos)", *lessons)
    outline = read_outline(academic, cues)
    assert ([x.hours for x in outline.lessons], outline.hours, outline.warnings) == ([15.0, 22.5], 37.5, ())
    plain = read_outline(make_document("T", "Duración: 5 días, 50 horas", *lessons), cues)
    assert [x.hours for x in plain.lessons] == [20.0, 30.0]


def test_a_cell_that_says_elective_makes_its_lesson_so(cues: OutlineCues, make_document: MakeDocument) -> None:
    """A column of status with nothing but the word is enough; the word within a topic is not."""
    document = make_document(
        "# Plan",
        "Week | Topic | Status",
        "1 | Elective monarchies | Mandatory",
        "2 | A visit | Elective",
        "3 | C | Optativa",
    )
    assert [x.mandatory for x in read_outline(document, cues).lessons] == [True, False, False]


def test_rows_of_one_day_are_told_apart_by_their_time(cues: OutlineCues, make_document: MakeDocument) -> None:
    """Two rows of `Day 1` have numbers of their own, with the time that stands in the row."""
    document = make_document(
        "# Plan",
        "Day | Time | Subject",
        "Day 1 | 0830-1130 | Purse",
        "Day 1 | 1300-1600 | Audit",
        "Day 2 | 0830-1130 | War",
    )
    assert [x.number for x in read_outline(document, cues).lessons] == ["1, 0830-1130", "1, 1300-1600", "2"]


def test_a_table_set_with_blanks_gives_lessons(cues: OutlineCues, make_document: MakeDocument) -> None:
    """Lines of number, title and length under a line of heads are lessons with hours, behind a ruled line too."""
    document = make_document(
        "# Plan de clases", "Clase Tema Horas ----- ------- ----- 1 Botes 24", "2 Vía aérea 20", "3 Nudos 2"
    )
    assert [(x.number, x.title, x.hours) for x in read_outline(document, cues).lessons] == [
        ("1", "Botes", 24.0),
        ("2", "Vía aérea", 20.0),
        ("3", "Nudos", 2.0),
    ]


def test_a_list_that_numbers_numbered_units_keeps_the_title(cues: OutlineCues, make_document: MakeDocument) -> None:
    """`1. Unidad 1. Sesgos` is called `Sesgos`."""
    document = make_document("# Unidades", "- 1. Unidad 1. Sesgos (10 h)", "- 2. Unidad 2. Grupos (10 h)")
    assert [x.title for x in read_outline(document, cues).lessons] == ["Sesgos", "Grupos"]
