"""How many hours the lessons that carry an area or a topic hold: whole, the part that is elective, and shared.

It knows that a lesson counts once in each area or topic that it serves, and how a lesson that serves several is shared
among them by the rule of `coverage.yaml`. It does not know how evidence becomes a lesson's area, nor any criterion.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from imetaudit.assess.coverage import Judgement
from imetaudit.model import Lesson
from imetaudit.taxonomy.rules import SharedLesson

_DECIMALS = 4


@dataclass(frozen=True)
class TaughtHours:
    """60-minute hours of the lessons that carry one area or topic; each is None where none of them states hours."""

    whole: float | None = None
    """Each lesson with all of its hours."""
    elective: float | None = None
    """What of `whole` lies in lessons that a student may leave out."""
    shared: float | None = None
    """Each lesson with its share, so that the sum over all areas (or topics) counts no hour twice."""


def taught_hours(
    judgements: Mapping[str, Judgement], lessons: Sequence[Lesson], rule: SharedLesson
) -> dict[str, TaughtHours]:
    """Return the hours of each area or topic of `judgements`; `lessons` are those of the course."""
    served = Counter(index for judgement in judgements.values() for index in judgement.lessons)
    hours: dict[str, TaughtHours] = {}
    for name, judgement in judgements.items():
        stated = [(index, lessons[index]) for index in judgement.lessons if lessons[index].hours is not None]
        if not stated:
            hours[name] = TaughtHours()
            continue
        parts = {
            index: (lesson.hours or 0.0) / (served[index] if rule is SharedLesson.EQUAL else 1)
            for index, lesson in stated
        }
        hours[name] = TaughtHours(
            whole=round(sum(lesson.hours or 0.0 for _, lesson in stated), _DECIMALS),
            elective=round(sum(lesson.hours or 0.0 for _, lesson in stated if not lesson.mandatory), _DECIMALS),
            shared=round(sum(parts.values()), _DECIMALS),
        )
    return hours
