"""Lessons found by the order of their numbers, days on which nothing is taught, and topics under labels."""

from __future__ import annotations

import pytest

from imetaudit.outline import OutlineCues, read_outline

from .conftest import MakeDocument


def _lessons(cues: OutlineCues, make_document: MakeDocument, *lines: str) -> list[tuple[str | None, str]]:
    return [(each.number, each.title) for each in read_outline(make_document(*lines), cues).lessons]


def test_later_days_of_a_month_named_once(cues: OutlineCues, make_document: MakeDocument) -> None:
    """Lines that begin with a later day are lessons; a smaller figure is not."""
    lines = (
        "# Schedule", "Sept 2 Oaths", "4 Wigs", "6 Juries", "3 judges sat there once", "Sept 9 Towns", "11 Bridges",
        "13 Mills", "Oct 2 Speakers", "Oct 4 Maps",
    )  # fmt: skip
    assert [title for _, title in _lessons(cues, make_document, *lines)] == [
        "Oaths", "Wigs", "Juries", "Towns", "Bridges", "Mills", "Speakers", "Maps",
    ]  # fmt: skip


def test_numbers_on_lines_of_their_own(cues: OutlineCues, make_document: MakeDocument) -> None:
    """Each is a lesson whose topic stands behind a label below; the number of a page before the first is none."""
    lines = ["# Schedule of Readings", "1"]
    for number, topic in enumerate(("Oaths", "Wigs", "Juries", "Towns"), 1):
        lines += [f"{number}.", f"Topic: {topic}", "Reading: Roe"]
    assert _lessons(cues, make_document, *lines) == [("1", "Oaths"), ("2", "Wigs"), ("3", "Juries"), ("4", "Towns")]


def test_decimal_headings_with_readings(cues: OutlineCues, make_document: MakeDocument) -> None:
    """Headings `1.1` are lessons where readings stand under most of them, and not where none does."""
    topics = ("1.1 Oaths", "1.2 Wigs", "2.1 Juries", "2.2 Towns")
    taught = [line for topic in topics for line in (f"# {topic}", "Reading: Roe")]
    rules = [line for topic in topics for line in (f"# {topic}", "Some words on this matter.")]
    assert [title for _, title in _lessons(cues, make_document, *taught)] == ["Oaths", "Wigs", "Juries", "Towns"]
    assert [number for number, _ in _lessons(cues, make_document, "Policies", *rules)] != ["1.1", "1.2", "2.1", "2.2"]


def test_a_number_with_its_date(cues: OutlineCues, make_document: MakeDocument) -> None:
    """A number with a date in brackets begins a lesson without any word."""
    lines = ("# 1 (Sep. 15) Oaths", "# 2 (Sep. 22) Wigs", "# 3 (Sep. 29) Juries", "# 4 (Oct. 6) Towns")
    assert [title for _, title in _lessons(cues, make_document, *lines)] == ["Oaths", "Wigs", "Juries", "Towns"]


@pytest.mark.parametrize(
    "free",
    ["No class - Founders' Day", "Spring Break", "Midterm exam", "Thanksgiving (enjoy)", "Final paper due", "Feriado",
     "Semana santa", "Pas de cours", "Não haverá aula"],
)  # fmt: skip
def test_a_day_on_which_nothing_is_taught_is_no_lesson(
    cues: OutlineCues, make_document: MakeDocument, free: str
) -> None:
    """A holiday or a lone exam is passed over, in a list and in a table."""
    listed = ("# Schedule", "March 3 Oaths", f"March 5 {free}", "March 10 Wigs", "March 12 Juries")
    table = ("Date | Topic", "3/3 | Oaths", f"3/5 | {free}", "3/10 | Wigs")
    assert [title for _, title in _lessons(cues, make_document, *listed)] == ["Oaths", "Wigs", "Juries"]
    assert [title for _, title in _lessons(cues, make_document, *table)] == ["Oaths", "Wigs"]


@pytest.mark.parametrize(
    "taught", ["Thanksgiving and the making of a nation", "Exam of the witness", "Holiday camps and who built them"]
)
def test_a_topic_that_names_a_holiday_is_a_lesson(cues: OutlineCues, make_document: MakeDocument, taught: str) -> None:
    """A holiday with more than its name is taught."""
    lines = ("# Schedule", "March 3 Oaths", f"March 5 {taught}", "March 10 Wigs", "March 12 Juries")
    assert taught in [title for _, title in _lessons(cues, make_document, *lines)]


def test_an_exam_with_hours_is_a_lesson(cues: OutlineCues, make_document: MakeDocument) -> None:
    """What has stated hours is counted."""
    lines = ("Lesson | Topic | Hours", "1 | Oaths | 2 h", "2 | Final exam | 3 h")
    assert len(_lessons(cues, make_document, *lines)) == 2


def test_a_topic_stands_behind_its_label(cues: OutlineCues, make_document: MakeDocument) -> None:
    """A lesson is never called `Topic` or `Reading`."""
    lines = (
        "# Schedule", "# Monday, June 3", "Reading", "- Roe, ch. 1", "Topic", "- Who may speak", "# Tuesday, June 4",
        "Topics: Oaths", "# Wednesday, June 5", "Topic: Wigs", "# Thursday, June 6", "Juries",
    )  # fmt: skip
    titles = [title for _, title in _lessons(cues, make_document, *lines)]
    assert titles[1:] == ["Oaths", "Wigs", "Juries"]
    assert titles[0] not in ("Reading", "Topic", "Roe, ch. 1")


def test_the_date_of_the_syllabus_is_no_lesson(cues: OutlineCues, make_document: MakeDocument) -> None:
    """A date in the title block, parted from the schedule by headings, begins nothing."""
    lines = (
        "# A Course", "August 1, 2020", "# Course description", "We go to court.", "# Schedule", "Sept 1 Oaths", "Sept 3 Wigs",
        "Sept 8 Juries", "Sept 10 Towns",
    )  # fmt: skip
    assert [title for _, title in _lessons(cues, make_document, *lines)] == ["Oaths", "Wigs", "Juries", "Towns"]


def test_chapters_counted_in_roman_figures_are_no_lessons(cues: OutlineCues, make_document: MakeDocument) -> None:
    """Headings that count from one under several chapters are parts of the syllabus."""
    lines = [f"# {head}" for head in ("I. Oaths", "II. Wigs", "III. Juries", "I. Towns", "II. Maps")]
    assert _lessons(cues, make_document, "A Course", *lines) == []
