"""The strip of a course's lessons."""

from __future__ import annotations

import re

from imetaudit.model import LessonRecord
from imetaudit.report.strip import lesson_strip

LABELS = {"democracy": "Democracy", "human-rights": "Human <rights>"}


def _lesson(number: str, hours: float | None, *areas: str, mandatory: bool = True) -> LessonRecord:
    return LessonRecord(number, f"Title {number}", hours, None, mandatory, "a.pdf", 1, areas)


def _widths(drawing: str) -> list[float]:
    return [float(width) for width in re.findall(r'<rect [^>]*width="([\d.]+)"', drawing)]


def test_a_lesson_is_as_wide_as_its_hours() -> None:
    """Three hours are three times as wide as one; only lessons that carry an area are filled."""
    lessons = [_lesson("1", 1.0, "democracy"), _lesson("2", 3.0, "democracy"), _lesson("3", 2.0)]
    figure = lesson_strip("X-1", lessons, LABELS)
    assert figure is not None
    one, three = _widths(figure.drawing)
    assert abs(three - 3 * one) < 0.5
    assert figure.words == ("Lesson 1 (1 h): Democracy.", "Lesson 2 (3 h): Democracy.")


def test_without_all_hours_all_are_of_one_width() -> None:
    """A lesson without hours makes the strip a row of equals, and the note says so."""
    figure = lesson_strip("X-1", [_lesson("1", 1.0, "democracy"), _lesson("2", None, "democracy")], LABELS)
    assert figure is not None
    assert len(set(_widths(figure.drawing))) == 1
    assert "not all state hours" in figure.notes[0]


def test_an_elective_lesson_is_hatched_and_labels_are_escaped() -> None:
    """What need not be attended has a pattern; a label's signs are text."""
    figure = lesson_strip("X<1", [_lesson("1", 1.0, "human-rights", mandatory=False)], LABELS)
    assert figure is not None
    assert "url(#p-mentioned)" in figure.drawing
    assert "Human &lt;rights&gt;" in figure.drawing
    assert "X<1" not in figure.drawing


def test_no_strip_without_evidence() -> None:
    """A course none of whose lessons carries an area has no strip."""
    assert lesson_strip("X-1", [_lesson("1", 1.0)], LABELS) is None
    assert lesson_strip("X-1", [], LABELS) is None
