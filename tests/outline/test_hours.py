"""How lengths of time become hours of sixty minutes, and when they stay unknown."""

from __future__ import annotations

import pytest

from imetaudit.outline import OutlineCues
from imetaudit.outline.folding import fold
from imetaudit.outline.hours import UnitLengths, read_hours, read_unit_lengths

DEFAULT = UnitLengths(50, {})


@pytest.mark.parametrize(
    ("written", "hours"),
    [
        ("2.0 hrs", 2.0),
        ("90 min", 1.5),
        ("1 hr 15", 1.25),
        ("3h30", 3.5),
        ("4 h 30 min", 4.5),
        ("3 horas", 3.0),
        ("0800-1130", 3.5),
        ("09:00-12:00", 3.0),
        ("11:00-1:30", 2.5),
        ("9:30 am - 10:45 am", 1.25),
        ("1:00-2:30 pm", 1.5),
        ("08:30-17:00, lunch 1 h", 7.5),
        ("6 x 55-minute lessons", 5.5),
        ("two 90-min meetings", 3.0),
        ("6 tempos de 40 min", 4.0),
        ("4 days x 7 h", 28.0),
        ("1.5 cl / 3.0 lab", 4.5),
        ("3 horas académicas", 2.5),
        ("8 teaching hours of 45 min", 6.0),
        ("1.290 horas", 1290.0),
    ],
)
def test_a_plain_length_is_read(cues: OutlineCues, written: str, hours: float) -> None:
    """A length with a unit becomes hours of sixty minutes."""
    assert read_hours(written, cues.hours, DEFAULT) == pytest.approx(hours, abs=0.001)


@pytest.mark.parametrize(
    "written",
    [
        "(4-0)",
        "full day",
        "3 days",
        "6 ECTS",
        "2 periods",
        "about 8 hours",
        "4 hours per week",
        "72 hours continuous",
        "jueves, 19:00",
        "2",
        "10 a 15 min por alumno",
        "3 h, 2 h",
        "UH-1H",
        "",
    ],
)
def test_an_ambiguous_length_stays_unknown(cues: OutlineCues, written: str) -> None:
    """Days, credits, sittings of unknown length, rates and approximations are never guessed."""
    assert read_hours(written, cues.hours, DEFAULT) is None


def test_a_column_gives_bare_numbers_their_unit(cues: OutlineCues) -> None:
    """Under a head of hours or minutes a bare number and a colon count."""
    read = [read_hours(text, cues.hours, DEFAULT, column=head) for text, head in (("2", "hours"), ("90", "minutes"))]
    assert [*read, read_hours("30:00", cues.hours, DEFAULT, column="hours")] == [2.0, 1.5, 30.0]


def test_the_document_defines_its_own_periods(cues: OutlineCues) -> None:
    """A stated length of an academic hour or a period replaces the default; two different ones replace nothing."""
    lengths = read_unit_lengths(fold("Hora académica de 45 minutos. One period lasts 40 minutes."), cues.hours)
    assert (lengths.academic, lengths.sittings) == (45, {"period": 40})
    assert read_hours("3 periods", cues.hours, lengths) == 2.0
    torn = read_unit_lengths("one lesson lasts 45 minutes. one lesson lasts 50 minutes.", cues.hours)
    assert torn.sittings == {}
