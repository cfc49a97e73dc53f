"""Say what a heading without a cue opens, by the headings around it and by the text under it.

It knows how headings lie within one another, so that what follows "Late work" under "Assignments" is about assignments
again. It does not know headings with a cue, nor the schedule; `sections` walks through both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from imetaudit.model import SectionKind
from imetaudit.outline.cues import OutlineCues, SectionRule
from imetaudit.outline.rows import Mark
from imetaudit.outline.signals import content_of
from imetaudit.outline.standing import UNDECIDED
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

    def __init__(
        self, units: Sequence[Unit], rules: Mapping[int, int], marks: Mapping[int, Mark], cues: OutlineCues
    ) -> None:
        self._units = units
        self._rules = rules
        self._marks = marks
        self._cues = cues
        self._above: list[Heading] = []
        self._by_word: dict[tuple[int, str], list[int]] = {}
        """The headings without a cue, by level and first word."""
        for index, unit in enumerate(units):
            if unit.is_heading and index not in rules and unit.words:
                self._by_word.setdefault((unit.level, unit.words[0]), []).append(index)

    def enter(self, heading: Heading) -> None:
        """Pass a heading; those of its level or lower are over."""
        self._above = [*(each for each in self._above if each.level < heading.level), heading]

    def kind_of(self, index: int, around: SectionKind) -> SectionKind:
        """Return what a heading without a cue opens: what its text tells, else what its neighbours or those above are.

        Args:
            index: The heading's unit.
            around: The kind of the part in which it stands.
        """
        unit = self._units[index]
        level = unit.level if unit.is_heading else 0
        before = self._beside(level) if level else around
        found = (
            kind_under(self._units, index, before, (self._rules, self._marks), self._cues)
            or kind_between(self._units, index, before, self._rules, self._cues)
            or self._alike(index)
        )
        if found is not None:
            return found
        under = [each.kind for each in self._above if each.level < level]
        return under[-1] if under and under[-1] not in UNDECIDED else SectionKind.OTHER

    def rule_of(self, index: int) -> SectionRule:
        """Return what a heading with a cue opens; lives, not addresses, where one stands under the next heading."""
        rule = self._cues.rules[self._rules[index]]
        if rule.kind is SectionKind.BIOGRAPHY and self._is_brief(index):
            # "Instructor" over a name and an address.
            return replace(rule, kind=SectionKind.CONTACT)
        below = index + 1
        if rule.kind is not SectionKind.CONTACT or below >= len(self._units) or below in self._rules:
            return rule
        unit, begun = self._units[index], (self._rules, self._marks)
        deeper = unit.is_heading and self._units[below].is_heading and self._units[below].level > unit.level
        told = SectionKind.BIOGRAPHY
        if not deeper:
            return rule
        found = kind_under(self._units, below, told, begun, self._cues) or self._alike(below)
        return replace(rule, kind=told) if found is told else rule

    def _is_brief(self, index: int) -> bool:
        """Whether a heading names a role, and no piece under it, up to the next one, is long enough to tell a life."""
        if not self._cues.identity.people.match(self._units[index].folded.strip(" *_#")):
            return False
        for after in range(index + 1, len(self._units)):
            if self._units[after].is_heading or after in self._rules or after in self._marks:
                break
            if len(self._units[after].words) >= self._cues.content.guarded_words:
                return False
        return True

    def _beside(self, level: int) -> SectionKind | None:
        """Return the kind of the last heading of this level, where both lie under the same heading, or None."""
        same = [each.kind for each in self._above if each.level == level]
        return same[-1] if same else None

    def _alike(self, index: int) -> SectionKind | None:
        """Return biography where another heading begins with the same word ("About …") and somebody's life follows."""
        unit = self._units[index]
        if not unit.is_heading or not unit.words or not unit.raw.istitle():
            return None
        begun, life = (self._rules, self._marks), SectionKind.BIOGRAPHY
        others = self._by_word.get((unit.level, unit.words[0]), [])[: self._cues.content.beside_units]
        told = any(kind_under(self._units, each, life, begun, self._cues) is life for each in others if each != index)
        return life if told else None


def kind_between(
    units: Sequence[Unit], index: int, before: SectionKind | None, rules: Mapping[int, int], cues: OutlineCues
) -> SectionKind | None:
    """Return the kind of the headings before, under and after a heading, where it is one kind; else None."""
    if before not in _SHARED:
        return None
    level = units[index].level if units[index].is_heading else 0
    for after in range(index + 1, min(len(units), index + 1 + cues.content.beside_units)):
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
