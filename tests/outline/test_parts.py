"""Which part a line belongs to: nesting of headings, neighbours, run-in headings, scales, readings within lessons."""

from __future__ import annotations

import pytest

from imetaudit.model import Outline, SectionKind
from imetaudit.outline import OutlineCues, read_outline

from .conftest import MakeDocument

INTEGRITY = "Plagiarism and cheating break the honor code, and academic dishonesty is reported."
TASK = "Write a report of ten leaves about a court of your choice."


def _kind(make_document: MakeDocument, cues: OutlineCues, lines: tuple[str, ...], needle: str) -> SectionKind:
    document = make_document(*lines)
    outline = read_outline(document, cues)
    at = document.text.index(needle)
    return next(section.kind for section in outline.sections if section.start <= at < section.end)


@pytest.mark.parametrize(
    ("lines", "needle", "kind"),
    [
        (("# Assignments", TASK, "## Late work", "Nothing late.", "## Field report", "Go and see."), "Go and see", "assessment"),
        (("# Attendance", "Come.", "# The quiet room", "Mute it.", "# Academic honesty", INTEGRITY), "Mute it", "policy"),
        (("# Attendance", "Come.", "# Hard choices", "Mute it.", "# Readings", "A book."), "Mute it", "other"),
        (
            ("# Attendance", "Come.", "# All about it", "## Objectives", "To know.", "# Academic honesty", INTEGRITY),
            "All about it",
            "other",
        ),
        (("# Readings", "A book.", "# House matters", INTEGRITY), "House matters", "policy"),
        (
            ("GRADING", TASK, "READINGS", "A book.", "ATTENDANCE", "Come.", "QUIET HOURS", INTEGRITY),
            "QUIET HOURS",
            "policy",
        ),
        (("# Our teachers", "x", "# The goals of this class", "To know more."), "To know more", "objective"),
        ((*["Ask."] * 12, "# Teaching Assistants", "## About Ana Roe", "She is a Ph.D. student."), "Teaching", "biography"),
        (("# T", "a", "b", "c", "# Instructor", "Ana Roe, second floor"), "Ana Roe", "contact"),
    ],
)  # fmt: skip
def test_a_heading_without_a_cue_is_of_those_around_it(
    cues: OutlineCues, make_document: MakeDocument, lines: tuple[str, ...], needle: str, kind: str
) -> None:
    """It belongs to the heading above, to equal neighbours where all under it agrees, or to what its text tells."""
    assert _kind(make_document, cues, ("# A Course", "School", "One", "Two", *lines), needle).value == kind


@pytest.mark.parametrize(
    ("lines", "needle", "kind"),
    [
        (("# Requirements", TASK, "2) Attendance. Come to each of our meetings."), "Come to each", "policy"),
        (("Attendance: come.", "Examinations: there are two of them, and both count."), "there are two", "assessment"),
        (("# Assignments", TASK, "Reading: the court's own report.", "Say what it leaves out."), "Say what", "assessment"),
        (("Student expectations: you can expect to learn how to read a budget.",), "read a budget", "objective"),
        (("# Grading", TASK, "B+ (87-89)"), "B+ (87", "policy"),
        (("# Grading", TASK, "C = fair"), "C = fair", "policy"),
        (("# Policies", INTEGRITY, "Final paper | 40%"), "Final paper", "assessment"),
        (("# Description", "About courts.", "Students will be able to name three courts."), "name three", "objective"),
        (("# Assignments", TASK + " Come to my office hours early, before you write, with a plan of one leaf, and "
          "bring along whatever you have read so far about the court that you chose."), "Come to my", "assessment"),
    ],
)  # fmt: skip
def test_a_line_says_its_own_kind(
    cues: OutlineCues, make_document: MakeDocument, lines: tuple[str, ...], needle: str, kind: str
) -> None:
    """A run-in heading, a label, a figure of grades or an aim tells what a line is, whatever stands above it."""
    assert _kind(make_document, cues, ("# A Course", "School", "One", "Two", *lines), needle).value == kind


def test_a_percentage_elsewhere_is_no_grade(cues: OutlineCues, make_document: MakeDocument) -> None:
    """Turnout in a lesson is taught."""
    lines = ("# Schedule", "Week 1: Elections", "A = absolute majority, 51-100", "Week 2: Courts")
    assert _kind(make_document, cues, lines, "absolute majority") is SectionKind.LESSON


def test_prose_under_the_title_is_the_description(cues: OutlineCues, make_document: MakeDocument) -> None:
    """What is told at length before any heading describes the course; a page's menu, as long, does not."""
    prose = "We go from court to court and from town to town, and " * 4 + "ask who may speak there."
    menu = "Home Courts Towns Speakers Maps Letters Contact " * 6
    assert _kind(make_document, cues, ("# A Course", prose), "ask who") is SectionKind.DESCRIPTION
    assert _kind(make_document, cues, ("# A Course", menu), "Speakers") is not SectionKind.DESCRIPTION


def _lesson_parts(outline: Outline, text: str, lesson: int) -> list[tuple[str, str]]:
    return [(s.kind.value, text[s.start : s.end]) for s in outline.sections if s.lesson == lesson]


def test_readings_that_were_cut_or_raised_stay_readings(cues: OutlineCues, make_document: MakeDocument) -> None:
    """A reading goes on in the next piece; headings within a lesson are readings where their like are."""
    document = make_document(
        "# Schedule", "Week 1: Courts", "Roe, A., Who Judges (1999), pp.", "12-19.", "## Poe, B., Juries, p. 4",
        "## Doe, C., Oaths, p. 9", "## Loe, D., Wigs, p. 1", "## The Verdict of the Town", "## Moe, E., Gowns, p. 2", "Week 2: Towns",
    )  # fmt: skip
    parts = _lesson_parts(read_outline(document, cues), document.text, 0)
    assert parts[0] == ("lesson", "Week 1: Courts")
    assert [kind for kind, _ in parts[1:]] == ["required-reading"] * (len(parts) - 1)
    assert "The Verdict of the Town" in parts[-1][1]


def test_what_is_due_belongs_to_the_lesson(cues: OutlineCues, make_document: MakeDocument) -> None:
    """A short task among readings is the lesson's again; a task that is told is an assessment of the lesson."""
    document = make_document(
        "# Schedule", "Week 1: Courts", "Readings: Roe, ch. 2", "Due: a plan", "Week 2: Towns",
        "Assignment: answer one of the following:", "Week 3: Speakers",
    )  # fmt: skip
    outline = read_outline(document, cues)
    assert _lesson_parts(outline, document.text, 0)[-1] == ("lesson", "Due: a plan")
    assert _lesson_parts(outline, document.text, 1)[-1][0] == "assessment"


def test_the_last_reading_is_no_title_of_the_next_lesson(cues: OutlineCues, make_document: MakeDocument) -> None:
    """A short reading right above a lesson belongs to the lesson before."""
    document = make_document("# Schedule", "Week 1: Courts", 'Roe, "Oaths and Wigs" (12-19)', "Week 2: Towns")
    assert _lesson_parts(read_outline(document, cues), document.text, 0)[-1][0] == "required-reading"


def test_the_second_line_of_a_title_opens_nothing(cues: OutlineCues, make_document: MakeDocument) -> None:
    """A title broken before a word that is a cue stays a title."""
    lines = ("# Introduction to Public", "# Administration", "## Summer term", "## Contact", "Room 4")
    assert _kind(make_document, cues, lines, "Administration") is SectionKind.TITLE
