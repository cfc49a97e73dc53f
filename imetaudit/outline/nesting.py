"""Say what a heading without a cue opens, by the headings around it and by the text under it.

It knows how headings lie within one another, so that what follows "Late work" under "Assignments" is about assignments
again. It does not know headings with a cue, nor the schedule; `sections` walks through both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from imetaudit.model import SectionKind
from imetaudit.outline.cues import OutlineCues
from imetaudit.outline.rows import Mark
from imetaudit.outline.signals import content_of
from imetaudit.outline.units import Unit, is_heading_shaped

_SHARED = frozenset(
    {
        SectionKind.POLICY,
        SectionKind.ASSESSMENT,
        SectionKind.BIOGRAPHY,
        SectionKind.OBJECTIVE,
        SectionKind.REQUIRED_READING,
        SectionKind.OPTIONAL_READING,
    }
)
"""Kinds of which several headings stand in a row."""
_TOLD = _SHARED | {SectionKind.DESCRIPTION}
"""Kinds that the text under a heading can tell."""


@dataclass(frozen=True)
class Heading:
    """A heading above or before the place where the walk stands."""

    level: int
    kind: SectionKind
    title: str


class Nesting:
    """The headings that were passed: those above, and the last of each level."""

    def __init__(self) -> None:
        self._above: list[Heading] = []
        self._before: Heading | None = None

    def enter(self, heading: Heading) -> None:
        """Pass a heading; those of its level or lower are over."""
        self._before = heading
        self._above = [*(each for each in self._above if each.level < heading.level), heading]

    def above(self, level: int) -> Heading | None:
        """Return the nearest heading that a heading of this level lies under, or None."""
        under = [each for each in self._above if each.level < level]
        return under[-1] if under else None

    def beside(self, level: int) -> Heading | None:
        """Return the last heading of this level, where it lies under the same heading, or None."""
        same = [each for each in self._above if each.level == level]
        return same[-1] if same else None


def kind_between(
    units: Sequence[Unit], index: int, before: SectionKind | None, rules: Mapping[int, int], cues: OutlineCues
) -> SectionKind | None:
    """Return the kind of the headings before, under and after a heading, where it is one kind; else None."""
    if before not in _SHARED:
        return None
    level = units[index].level if units[index].is_heading else 0
    for after in range(index + 1, len(units)):
        unit = units[after]
        if level and unit.is_heading and unit.level < level:
            return None
        if after in rules and cues.rules[rules[after]].kind is not before:
            return None
        if after in rules and (not level or (unit.is_heading and unit.level == level)):
            return before
    return None


def kind_under(
    units: Sequence[Unit],
    index: int,
    before: SectionKind | None,
    begun: tuple[Mapping[int, int], Mapping[int, Mark]],
    cues: OutlineCues,
) -> SectionKind | None:
    """Return the kind for which the first pieces under a heading speak, up to the next one; None where none does.

    Args:
        units: The pieces of the document.
        index: The heading.
        before: The kind of the heading before it; it needs to be spoken for only once.
        begun: The rules of headings with a cue, and the marks of lessons, by unit.
        cues: The compiled cues.
    """
    rules, marks = begun
    votes: Counter[SectionKind] = Counter()
    for after in range(index + 1, min(len(units), index + 1 + cues.content.ahead_units)):
        if units[after].is_heading or after in rules or after in marks:
            break
        content = content_of(units[after], cues)
        if content.kind in _TOLD and content.words >= cues.content.least_words:
            votes[content.kind] += content.weight
    if not votes:
        return None
    kind = max(sorted(votes), key=votes.__getitem__)
    enough = 1 if kind is before else cues.content.guarded_phrases
    return kind if votes[kind] >= enough and votes[kind] * 2 > votes.total() else None


def capital_headings(units: Sequence[Unit], rules: Mapping[int, int], cues: OutlineCues) -> frozenset[int]:
    """Return the lines in capitals that are headings in a document whose headings are written so.

    They are so where enough headings with a cue, none of which the extractor took for one, are in capitals.
    """
    known = [index for index in rules if not units[index].is_heading]
    if sum(_in_capitals(units[index]) for index in known) < cues.lessons.recurring:
        return frozenset()
    return frozenset(
        index
        for index, unit in enumerate(units)
        if index not in rules
        and not unit.is_heading
        and not unit.is_running
        and not unit.cells
        and _in_capitals(unit)
        and is_heading_shaped(unit.raw, cues)
        and " " in unit.raw.strip()
    )


def _in_capitals(unit: Unit) -> bool:
    return unit.raw.isupper()
