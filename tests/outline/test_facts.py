"""Whether tables of facts about a course are told from schedules."""

from __future__ import annotations

import pytest

from imetaudit.model import HoursBasis, SectionKind
from imetaudit.outline import OutlineCues, read_outline

from .conftest import MakeDocument
from .test_sections import kind_at

PLAN = ("# Schedule", "Lesson | Topic | Hours", "1 | Ropes | 4", "2 | Knots | 6")


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("Salle | Pavillon Démocratie, Centre des droits de l'homme", SectionKind.CONTACT),
        ("Aula | Sala Democracia", SectionKind.CONTACT),
        ("Office | Human Rights Hall 4", SectionKind.CONTACT),
        ("Instructor | Captain L. Quimby", SectionKind.CONTACT),
        ("Admission | Human rights vetting is complete", SectionKind.PREREQUISITE),
        ("Requisitos | Curso de derechos humanos aprobado", SectionKind.PREREQUISITE),
        ("Funding | Democracy Fund", SectionKind.OTHER),
        ("Créditos | 4", SectionKind.OTHER),
        ("Notation | (4-0) is four lecture hours", SectionKind.OTHER),
        ("Wardroom | Democracy Deck", SectionKind.OTHER),
    ],
)
def test_a_row_of_facts_is_no_lesson(
    cues: OutlineCues, make_document: MakeDocument, row: str, kind: SectionKind
) -> None:
    """Labels and values before the schedule get the kind of their label, or none; a label that is unknown too."""
    document = make_document("# NAV-1 Ropes", "Course | NAV-1", "Length | 1 week, 10 hours", row, *PLAN)
    outline = read_outline(document, cues)
    assert [lesson.title for lesson in outline.lessons] == ["Ropes", "Knots"]
    assert kind_at(document, outline, row) is kind


def test_rows_of_two_pairs_are_facts(cues: OutlineCues, make_document: MakeDocument) -> None:
    """Four cells may be two labels with their values, each of a kind of its own."""
    document = make_document("# Ropes", "Code | NAV-1 | Room | Hall of Rights", "Credits | 4 | Edition | 2026", *PLAN)
    outline = read_outline(document, cues)
    assert kind_at(document, outline, "NAV-1") is SectionKind.OTHER
    assert kind_at(document, outline, "Hall of Rights") is SectionKind.CONTACT
    assert (len(outline.lessons), outline.identity.course_id, outline.identity.edition) == (2, "NAV-1", "2026")


def test_a_schedule_of_two_columns_stays_one(cues: OutlineCues, make_document: MakeDocument) -> None:
    """Heads of columns, numbers and dates in the first column make a schedule of a narrow table."""
    for rows in (("Week | Topic", "1 | Coups", "2 | Courts"), ("Week 1 | Coups", "Week 2 | Courts", "Week 3 | Press")):
        titles = [lesson.title for lesson in read_outline(make_document("# X", *rows), cues).lessons]
        assert titles[:2] == ["Coups", "Courts"]


def test_a_table_of_grades_is_no_schedule(cues: OutlineCues, make_document: MakeDocument) -> None:
    """A first row whose label also heads columns of schedules does not make one."""
    document = make_document("# X", "# Grading", "Class participation | 20%", "Final exam | 80%")
    assert read_outline(document, cues).lessons == ()


@pytest.mark.parametrize(
    ("stated", "hours"),
    [
        ("Length | 2 weeks, 18 hours of instruction (60-minute hours)", 18.0),
        ("Length | 12 weeks; 360 hours: 120 conference, 240 practical exercise", 360.0),
        ("Duración | 8 semanas: 90 horas teóricas, 110 prácticas", 200.0),
        ("Duración | 3 semanas, 60 horas académicas de 45 minutos", 45.0),
        ("Length: 3 weeks, 72 periods of 50 minutes", 60.0),
        ("Code: X-1. Edition: 2026. Length: 40 hours", 40.0),
        ("Two weeks, 40 classroom hours.", 40.0),
    ],
)
def test_the_length_of_a_course_is_read_wherever_it_is_stated(
    cues: OutlineCues, make_document: MakeDocument, stated: str, hours: float
) -> None:
    """A row of facts, a labelled part of a line and a sentence of the title block state it."""
    outline = read_outline(make_document("# Ropes", "Some College", stated), cues)
    assert (outline.hours, outline.hours_basis) == (hours, HoursBasis.STATED)


@pytest.mark.parametrize(
    "stated", ["Length | 10 days, 0900-1200 and 1300-1500", "Length | 3 hours a week", "Length | 46 weeks"]
)
def test_a_length_that_is_a_rate_stays_unknown(cues: OutlineCues, make_document: MakeDocument, stated: str) -> None:
    """Hours of a day or a week are not those of the course."""
    assert read_outline(make_document("# Ropes", "Some College", stated), cues).hours is None


@pytest.mark.parametrize(
    ("line", "hours"),
    [
        ("Hours: 40", 40.0),
        ("Horas: 24", 24.0),
        ("Contact hours: 37,5", 37.5),
        ("Hours: 3", None),
        ("Hours: 9-11", None),
        ("Office hours: 40", None),
        ("Room: 40", None),
    ],
)
def test_a_number_behind_a_label_of_hours_is_the_length(
    cues: OutlineCues, make_document: MakeDocument, line: str, hours: float | None
) -> None:
    """`Hours: 40` states the course's length; a small number may be hours a week, and a span is when somebody is in."""
    outline = read_outline(make_document("# NAV-1 Ropes", line, "# Topics", "- A", "- B"), cues)
    assert outline.hours == hours
    row = read_outline(make_document("NAV-1 Ropes", line.replace(": ", " | "), "Edition | 2026"), cues)
    assert row.hours == hours
