"""The numbers of the report: every sum adds up to what it is a share of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from imetaudit.model import CourseStatus, Depth, Result
from imetaudit.report.findings import headline
from imetaudit.report.numbers import AreaNumbers, HoursSum, State, Tally, report_numbers
from report.builders import college, hostile, large, make_course, make_document, make_result


@pytest.mark.parametrize(
    "result", [college(), hostile(), large(12), make_result([], [])], ids=["college", "hostile", "large", "empty"]
)
def test_the_states_of_every_area_add_up_to_the_catalogue(result: Result) -> None:
    """Covered, mentioned only, no evidence, not auditable and no syllabus are the whole catalogue."""
    for area in report_numbers(result).areas:
        assert area.tally.courses == result.counts.courses
        assert sum(area.tally.of(state) for state in State) == result.counts.courses
        assert area.tally.audited == result.counts.audited
        assert area.hours.stated_in <= area.hours.courses == area.tally.covered
        assert sum(area.depths.values()) <= area.tally.covered


def test_mentions_kept_and_set_aside_are_all_mentions() -> None:
    """The reasons' counts add up to what was set aside, and both parts to what was found."""
    numbers = report_numbers(college())
    assert (numbers.kept, numbers.set_aside, numbers.mentions) == (10, 7, 17)
    assert sum(count for _, count in numbers.set_aside_by_reason) == 7
    assert sum(course.kept_mentions for course in numbers.courses) == 10
    assert sum(course.set_aside_mentions for course in numbers.courses) == 7


def test_the_college_is_counted_right() -> None:
    """The tally of human rights at the small college is what a person counts."""
    area = report_numbers(college()).areas[0]
    assert area.tally == Tally(covered=2, mentioned_only=3, no_evidence=0, not_auditable=2, no_syllabus=1)
    assert area.hours == HoursSum(10.0, 1, 2)
    assert area.depths == {Depth.COURSE: 1, Depth.PART: 1}


def test_the_lists_of_gaps_hold_audited_courses_only() -> None:
    """A course that could not be read is in no list of courses without content."""
    numbers = report_numbers(college())
    assert [course.id for course in numbers.without("democracy")] == ["LAW-101", "LOG-120", "NAV-310", "STR-400"]
    assert [course.id for course in numbers.without_any_lead()] == ["LOG-120", "NAV-310"]
    assert [course.id for course in numbers.not_audited] == ["INT-220", "MED-105", "WAR-999"]


def test_a_course_without_a_row_was_not_audited() -> None:
    """A missing row of coverage is never taken for "nothing found"."""
    result = replace(college(), coverage=())
    tallies = {area.tally for area in report_numbers(result).areas}
    assert tallies == {Tally(not_auditable=7, no_syllabus=1)}


def test_an_area_without_a_name_is_counted_too() -> None:
    """Coverage of an area that the run's taxonomy does not name is reported under its id, after the others."""
    result = college()
    bare = replace(result, run=replace(result.run, taxonomy=replace(result.run.taxonomy, areas=())))
    labels = [area.label for area in report_numbers(bare).areas]
    assert "Women peace security" in labels
    assert len(labels) == 9


def make_area(**tally: int) -> AreaNumbers:
    """Return the numbers of human rights with this tally."""
    return AreaNumbers("human-rights", "Human rights", True, Tally(**tally), {}, HoursSum(0, 0, 0), 0, 0, ())


@pytest.mark.parametrize(
    ("tally", "sentence"),
    [
        (
            {"covered": 9, "no_evidence": 11, "not_auditable": 3, "no_syllabus": 1},
            "Nine of 24 courses teach human rights; eleven show no evidence of it; four could not be audited.",
        ),
        (
            {"covered": 1, "mentioned_only": 1, "no_evidence": 1},
            "One of 3 courses teaches human rights; one only mentions it; one shows no evidence of it.",
        ),
        (
            {"no_evidence": 2, "not_auditable": 1},
            "None of the 2 courses that could be audited shows that it teaches human rights; two show no evidence of "
            "it; "
            "one could not be audited.",
        ),
        (
            {"no_evidence": 1, "no_syllabus": 2},
            "The one course that could be audited shows no evidence of human rights; two could not be audited.",
        ),
        ({"not_auditable": 2}, "None of the 2 courses could be audited for human rights."),
        ({"covered": 5}, "All five courses teach human rights."),
        ({"no_evidence": 1}, "The one course in the catalogue shows no evidence of human rights."),
        ({"no_syllabus": 1}, "The one course in the catalogue could not be audited for human rights."),
        ({}, "The catalogue holds no course in which human rights could be taught."),
        (
            {"covered": 312, "no_evidence": 688},
            "312 of 1,000 courses teach human rights; 688 show no evidence of it.",
        ),
    ],
)
def test_a_finding_is_a_full_sentence_with_its_numbers(tally: dict[str, int], sentence: str) -> None:
    """The heading of an area says how many of how many, in words up to ninety-nine."""
    assert headline(make_area(**tally)) == sentence


def test_hours_that_no_course_states_are_not_zero() -> None:
    """A covered course without stated hours is in the denominator and not in the sum."""
    area = next(area for area in report_numbers(college()).areas if area.id == "civilian-control")
    assert area.hours == HoursSum(12.0, 1, 2)


def test_the_readable_share_is_weighted_by_pages() -> None:
    """A short file that reads badly weighs less than a long one that reads well, and an unread file does not count."""
    course = make_course("A-1", "", documents=("a.pdf", "b.pdf", "c.pdf"))
    documents = [
        replace(make_document("a.pdf", pages=9), readable_share=1.0),
        replace(make_document("b.pdf", pages=1), readable_share=0.0),
        make_document("c.pdf", reason="damaged"),
    ]
    numbers = report_numbers(make_result([course], documents)).courses[0]
    assert numbers.readable_share == pytest.approx(0.9)
    assert (numbers.files_read, len(numbers.documents), numbers.pages) == (2, 3, 10)
    assert numbers.record.status is CourseStatus.AUDITED
