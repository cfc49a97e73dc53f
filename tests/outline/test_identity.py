"""What a syllabus says of the course it belongs to."""

from __future__ import annotations

import pytest

from imetaudit.model import Identity
from imetaudit.outline import OutlineCues, read_outline

from .conftest import MakeDocument


def test_the_title_block_names_the_course(cues: OutlineCues, make_document: MakeDocument) -> None:
    """Id, title, term and school are read from the first lines."""
    document = make_document(
        "# NAV-310 Law of the Sea", "Institute of Naval Studies", "Fall 2024", "# Schedule", "- A", "- B"
    )
    assert read_outline(document, cues).identity == Identity(
        course_id="NAV-310", title="Law of the Sea", edition="Fall 2024", institution="Institute of Naval Studies"
    )


def test_labels_come_before_the_title_block(cues: OutlineCues, make_document: MakeDocument) -> None:
    """A labelled value is taken as it stands."""
    document = make_document("Syllabus", "Course number: POLS 301", "Course title: War and Law", "Term: Spring 2002")
    identity = read_outline(document, cues).identity
    assert (identity.course_id, identity.title, identity.edition) == ("POLS 301", "War and Law", "Spring 2002")


@pytest.mark.parametrize("line", ["Syllabus", "Office Hours: by appointment", "Dr. A. Person, Room 12"])
def test_what_is_no_title_gives_none(cues: OutlineCues, make_document: MakeDocument, line: str) -> None:
    """A filler, a contact line and a person are no course."""
    assert read_outline(make_document(line), cues).identity.title is None


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("LAW-345 Edición: 2026", "LAW-345"),
        ("ENG-105. Edition: AY 2026. Length: 16 weeks", "ENG-105"),
        ("LDR-540 · Edición 2026 · Duración: 5 semanas", "LDR-540"),
        ("POSC 315", "POSC 315"),
        ("CSUF POSC 521, section 2", "CSUF POSC 521"),
        ("HIST 173-2 (evenings)", "HIST 173-2"),
        ("P309070", "P309070"),
        ("Gov 462 / Fall", "Gov 462"),
        ("2242", "2242"),
        ("CMR-315 (MASL Z171-315)", "CMR-315"),
    ],
)
def test_a_labelled_number_stops_where_it_ends(
    cues: OutlineCues, make_document: MakeDocument, value: str, number: str
) -> None:
    """What follows the course's number in its line is no part of it, in a line and in a row of facts."""
    line = make_document("School", "Law in Wartime", f"Code: {value}")
    row = make_document("School", "Law in Wartime", f"Code | {value}", "Room | 12", "Edition | 2026")
    assert read_outline(line, cues).identity.course_id == number
    assert read_outline(row, cues).identity.course_id == number


def test_the_title_does_not_repeat_the_number(cues: OutlineCues, make_document: MakeDocument) -> None:
    """The line with the number gives the title, without it, also with a colon in it or a school behind a bar."""
    labels = ("Code: LAW-345 Edition: 2026",)
    for line in ("LAW-345 FORCE AND THE LAW", "LAW-345: FORCE AND THE LAW", "FORCE AND THE LAW — Some College"):
        found = read_outline(make_document("# Some College", line, *labels), cues).identity
        assert (found.course_id, found.title, found.edition) == ("LAW-345", "FORCE AND THE LAW", "2026")


def test_a_room_is_no_course_number(cues: OutlineCues, make_document: MakeDocument) -> None:
    """The number of an office in the title block names no course."""
    assert read_outline(make_document("Foreign Policy", "Office: A207"), cues).identity.course_id is None


def test_a_heading_with_a_cue_is_no_school(cues: OutlineCues, make_document: MakeDocument) -> None:
    """`Mission of the College` is a part, and no department."""
    document = make_document(
        "# NAV-1 Ropes", "# Mission of the College", "To serve.", "# Misión del Colegio", "Servir."
    )
    assert read_outline(document, cues).identity.institution is None


def test_a_number_of_the_catalogue_above_comes_last(cues: OutlineCues, make_document: MakeDocument) -> None:
    """A MASL number is the course's only where there is no other."""
    assert read_outline(make_document("# NAV-1 Ropes", "MASL: Z171-320"), cues).identity.course_id == "NAV-1"
    assert read_outline(make_document("# Ropes", "MASL: Z171-320"), cues).identity.course_id == "Z171-320"


def test_who_offers_the_course_is_told_apart(cues: OutlineCues, make_document: MakeDocument) -> None:
    """Department, school and institution are three, in lines of their own, in one line, and behind labels."""
    block = make_document(
        "# NAV-1 Ropes", "University of San Telmo", "School of Law", "Department of History", "# Topics"
    )
    line = make_document("# NAV-1 Ropes", "University of San Telmo, School of Law, Department of History", "# Topics")
    labels = make_document(
        "# NAV-1 Ropes", "Institution: University of San Telmo", "School: School of Law", "Dept: Department of History"
    )
    for document in (block, line, labels):
        said = read_outline(document, cues).identity
        assert (said.institution, said.school, said.department) == (
            "University of San Telmo",
            "School of Law",
            "Department of History",
        )


def test_a_staff_college_is_an_institution(cues: OutlineCues, make_document: MakeDocument) -> None:
    """`College of` within a name makes no school of an institution."""
    said = read_outline(make_document("# NAV-1 Ropes", "Staff College of San Telmo"), cues).identity
    assert (said.institution, said.school) == ("Staff College of San Telmo", None)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Instructor: Ana Ruiz, Office: Room 12", "Ana Ruiz"),
        ("Docente: Cnel. Juan Pérez (jperez@example.org)", "Cnel. Juan Pérez"),
        ("Prof. Ana Ruiz", "Prof. Ana Ruiz"),
        ("Instructor: to be announced", None),
    ],
)
def test_the_teacher_is_named(cues: OutlineCues, make_document: MakeDocument, line: str, name: str | None) -> None:
    """The teacher is read from a label or a title of address, without rooms and addresses."""
    assert read_outline(make_document("# NAV-1 Ropes", line), cues).identity.instructor == name


@pytest.mark.parametrize(
    ("line", "written"),
    [("Credits: 6 ECTS", "6 ECTS"), ("3 credits", "3"), ("Créditos: 4,5", "4,5"), ("Credits: see catalogue", None)],
)
def test_credits_are_as_written(cues: OutlineCues, make_document: MakeDocument, line: str, written: str | None) -> None:
    """Credits are kept as written, with their system."""
    assert read_outline(make_document("# NAV-1 Ropes", line), cues).identity.credits == written


@pytest.mark.parametrize("line", ["MASL: Z171-320", "Code: NAV-1 (MASL Z171-320)"])
def test_the_masl_number_is_kept_beside_the_id(cues: OutlineCues, make_document: MakeDocument, line: str) -> None:
    """A MASL number is read behind its label and in brackets."""
    said = read_outline(make_document("# NAV-1 Ropes", line), cues).identity
    assert (said.course_id, said.masl) == ("NAV-1", "Z171-320")


def test_a_table_of_several_numbers_names_no_course(cues: OutlineCues, make_document: MakeDocument) -> None:
    """The first number of a list of courses is not the number of the list."""
    assert read_outline(make_document("NAV-1 | Ropes", "NAV-2 | Charts"), cues).identity.course_id is None
