"""The title of a course: what is cut off its line, and which lines are none."""

from __future__ import annotations

import pytest

from imetaudit.outline import OutlineCues, read_outline
from imetaudit.outline.title import bare_title

from .conftest import MakeDocument


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("War and Parliament (Fall, 2031): Syllabus", "War and Parliament"),
        ("GOV 310: War and Parliament • Spring 2031", "War and Parliament"),
        ("War and Parliament | Some College", "War and Parliament"),
        ("Sec 2 WAR AND PARLIAMENT", "WAR AND PARLIAMENT"),
        ("War and Parliament Lesson Plan", "War and Parliament"),
        ("Summer, 2031: War and Parliament", "War and Parliament"),
        ("War and Parliament (1900-1945)", "War and Parliament (1900-1945)"),
        ("GOV 310 (offered in winter only)", None),
        ("Course syllabus", None),
        ("GOV 310", None),
    ],
)
def test_what_is_none_of_the_title_is_cut_off(cues: OutlineCues, line: str, title: str | None) -> None:
    """The number, the section, the term and what follows it, the school and the name of the document go."""
    assert bare_title(line, ("GOV 310",), cues) == title


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (("Course Name: Ethics: the first year", "Course Number: PHI 110"), "Ethics: the first year"),
        (("# Introduction to Law", "Tuesdays 9:30-10:45", "# Course Description", "This course examines."),
         "Introduction to Law"),
        (("GOV 12 (Fall 2031)", "Instructor: Ana Ruiz", "# Course Details", "Zoom (code: GOV 12)"), None),
        (("GOV 12", "Ana Ruiz", "Mail: ana.ruiz@example.org"), None),
        (("# Syllabus", "# Bibliography", "# Works on the police"), None),
        (("AB/GOV 310: Law and Order", "Fall 2031"), "Law and Order"),
    ],
)  # fmt: skip
def test_the_title_of_a_document(
    cues: OutlineCues, make_document: MakeDocument, lines: tuple[str, ...], title: str | None
) -> None:
    """A label, else the line with the number, else the first line that is neither time, person nor part."""
    assert read_outline(make_document(*lines), cues).identity.title == title
