"""Estimate the hours of a course that states none, from its hours a week or its credits.

It knows the written rule of `outline.yaml`, part `estimate`, and nothing else: an estimate is always told apart from
hours that are stated or summed, says how it was made, and decides no verdict.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imetaudit.outline.folding import fold

if TYPE_CHECKING:
    from imetaudit.outline.schema import EstimateEntry
    from imetaudit.outline.units import Unit


@dataclass(frozen=True)
class EstimateCues:
    """Patterns over folded text and the figures of the rule."""

    weekly: re.Pattern[str]
    """Hours a week: group `hours`."""
    code: re.Pattern[str]
    """Hours of lecture and of laboratory a week, in the brackets behind a course's number: groups `hours` and `lab`."""
    weeks: re.Pattern[str]
    """How many weeks the course lasts: group `weeks`."""
    credits: re.Pattern[str]
    """Groups `credits`, or `labelled` behind a label."""
    workload: re.Pattern[str]
    """Words that make credits a measure of all work and not of hours taught."""
    terms: Mapping[str, int]
    """A word for a term to its weeks; the first in the file that stands in the text counts."""
    hours_per_credit: float


@dataclass(frozen=True)
class Estimate:
    """Hours of sixty minutes, and how they were made."""

    hours: float
    because: str
    """A sentence for the officer."""


def compile_estimate(entry: EstimateEntry) -> EstimateCues:
    """Compile the `estimate` part of the cues file."""
    hour, per, week, credit = map(_either, (entry.hour, entry.per_week, entry.week, entry.credit))
    number = r"(?<![\d.,])\d{1,2}(?:[.,]\d{1,2})?"
    return EstimateCues(
        weekly=re.compile(rf"(?P<hours>{number})\s*-?\s*(?:{hour})\s*(?:{per})"),
        code=re.compile(r"\d[a-z]?\s*\((?P<hours>\d)-(?P<lab>\d)\)"),
        weeks=re.compile(rf"(?P<weeks>(?<!\d)\d{{1,2}})\s*-?\s*(?:{week})\b"),
        credits=re.compile(
            rf"(?P<credits>{number})\s*-?\s*(?:{credit})\b|\b(?:{credit})\s*[:=]\s*(?P<labelled>{number})"
        ),
        workload=re.compile(rf"\b(?:{_either(entry.workload)})\b"),
        terms=entry.terms,
        hours_per_credit=entry.hours_per_credit,
    )


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(fold(word)) for word in sorted(words, key=lambda word: (-len(word), word)))


def estimate_hours(head: Sequence[Unit], cues: EstimateCues) -> Estimate | None:
    """Return what the head of a syllabus lets one expect, or None where it says neither hours a week nor credits.

    Hours a week come before credits, because they are hours that are taught; they count only where the number of weeks
    is stated or the term is named.
    """
    text = "\n".join(unit.folded for unit in head if not unit.is_running)
    weekly = cues.weekly.search(text)
    code = None if weekly else cues.code.search(text)
    hours = _number(weekly["hours"]) if weekly else float(code["hours"]) + float(code["lab"]) if code else 0.0
    weeks = _weeks(text, cues)
    if hours and weeks:
        return Estimate(
            round(hours * weeks, 4),
            f"Hours are estimated: {hours:g} hours a week for {weeks} weeks. The syllabus states no total.",
        )
    credit = cues.credits.search(text)
    if credit is None or cues.workload.search(text, max(0, credit.start() - 20), credit.end() + 20):
        return None
    count = _number(credit["credits"] or credit["labelled"])
    if not count:
        return None
    return Estimate(
        round(count * cues.hours_per_credit, 4),
        f"Hours are estimated: {count:g} credits, {cues.hours_per_credit:g} hours a credit. The syllabus states none.",
    )


def _weeks(text: str, cues: EstimateCues) -> int | None:
    stated = cues.weeks.search(text)
    if stated:
        return int(stated["weeks"])
    return next((weeks for word, weeks in cues.terms.items() if re.search(rf"\b{re.escape(word)}\b", text)), None)


def _number(written: str) -> float:
    return float(written.replace(",", "."))
