"""Estimates of hours: by what, how they are told apart, and when there is none."""

from __future__ import annotations

import pytest

from imetaudit.model import HoursBasis
from imetaudit.outline import OutlineCues, read_outline

from .conftest import MakeDocument


@pytest.mark.parametrize(
    ("line", "hours"),
    [
        ("Three credits are given. Credits: 3", 45.0),
        ("3 credit hours, Fall 2027", 45.0),
        ("Meets 4 hours per week for 10 weeks", 40.0),
        ("Four parts. 2 horas semanales, semestre I", 30.0),
        ("NS3900 (4-0) Quarter 2", 40.0),
    ],
)
def test_credits_and_hours_a_week(make_document: MakeDocument, cues: OutlineCues, line: str, hours: float) -> None:
    """Hours a week count with the weeks stated or of the term named; else credits count."""
    found = read_outline(make_document("# War and Law", line, "# Description", "This course examines war."), cues)
    assert (found.hours, found.hours_basis) == (hours, HoursBasis.ESTIMATED)
    assert any("estimated" in warning for warning in found.warnings)


def test_stated_and_summed_hours_come_first(make_document: MakeDocument, cues: OutlineCues) -> None:
    """A syllabus that states hours or whose lessons do is never estimated."""
    stated = read_outline(make_document("# War and Law", "Credits: 3", "Total hours: 20 hours"), cues)
    assert (stated.hours, stated.hours_basis) == (20.0, HoursBasis.STATED)
    lines = ("# War and Law", "Credits: 3", "# Schedule", "Lesson 1: Courts (2 hours)", "Lesson 2: Police (1 hour)")
    summed = read_outline(make_document(*lines), cues)
    assert (summed.hours, summed.hours_basis) == (3.0, HoursBasis.SUMMED)


@pytest.mark.parametrize("line", ["6 ECTS credits", "Extra credit is given", "Ten hours per week are expected"])
def test_no_estimate(make_document: MakeDocument, cues: OutlineCues, line: str) -> None:
    """Credits that measure all work, credit in another sense, and hours without weeks give none."""
    found = read_outline(make_document("# War and Law", line), cues)
    assert (found.hours, found.hours_basis) == (None, HoursBasis.UNKNOWN)
