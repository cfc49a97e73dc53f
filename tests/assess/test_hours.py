"""The hours of areas and topics: whole, elective, and shared among those that a lesson serves."""

from __future__ import annotations

from imetaudit.assess.coverage import Judgement
from imetaudit.assess.hours import TaughtHours, taught_hours
from imetaudit.model import Lesson, Outcome
from imetaudit.taxonomy.rules import SharedLesson

LESSONS = (
    Lesson("1", "Courts", 0, 1, hours=4.0),
    Lesson("2", "A visit", 2, 3, hours=2.0, mandatory=False),
    Lesson("3", "Police", 4, 5),
)


def _judged(*lessons: int) -> Judgement:
    return Judgement(Outcome.COVERED, None, 1.0, "", lessons)


def test_a_lesson_counts_once_for_each_area_and_is_shared_beside_it() -> None:
    """Two areas of one lesson have its four hours each, and two each of the shared hours."""
    hours = taught_hours({"a": _judged(0, 1), "b": _judged(0)}, LESSONS, SharedLesson.EQUAL)
    assert hours["a"] == TaughtHours(whole=6.0, elective=2.0, shared=4.0)
    assert hours["b"] == TaughtHours(whole=4.0, elective=0.0, shared=2.0)


def test_the_rule_may_count_lessons_in_full() -> None:
    """With the rule `whole` nothing is shared."""
    hours = taught_hours({"a": _judged(0), "b": _judged(0)}, LESSONS, SharedLesson.WHOLE)
    assert [each.shared for each in hours.values()] == [4.0, 4.0]


def test_without_stated_hours_there_are_none() -> None:
    """Lessons that state no hours give None, not zero."""
    assert taught_hours({"a": _judged(2), "b": _judged()}, LESSONS, SharedLesson.EQUAL) == {
        "a": TaughtHours(),
        "b": TaughtHours(),
    }
