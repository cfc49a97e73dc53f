"""Read the objectives of a syllabus: each sentence or item, its kind, its verb's level, its condition and standard.

It knows how an objective is built. It does not know which parts of a syllabus state objectives; `sections` does. Where
several verbs open an objective ("identify and analyse"), the highest of their levels is the objective's. Source of
that rule: project judgement.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from imetaudit.model import LearningLevel, Objective, ObjectiveKind, Section, SectionKind, SegmentKind
from imetaudit.outline.folding import fold
from imetaudit.outline.objective_cues import ObjectiveCues
from imetaudit.outline.units import Unit

_BULLET = re.compile(r"[\W_]*(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-h]|[ivx]{1,4})[.):]\s+)?[\W_]*")
# Ends of sentences, not of "U.S." or "vs."; semicolons; and numbers in brackets within a line.
_BREAK = re.compile(
    r"(?<=[^\W\d_]{3}[.?!])\s+(?=[A-ZÀ-Þ¿(])|(?<=[)\]\"”»]\.)\s+(?=[A-ZÀ-Þ¿])|(?<=;)\s+"
    r"|(?<=[,:;.])\s+(?=\(?(?:\d{1,2}|[a-h]|[ivx]{1,4})\)\s)"
)
_TOKEN = re.compile(r"[\w'/&-]+|,")
_LEAD_REACH = 160  # characters of a sentence within which its lead must begin; longer ones are prose
_LEAST_WORDS = 3
_LEVELS = tuple(LearningLevel)


@dataclass(frozen=True)
class _Fragment:
    """A line, cell or sentence that may be an objective."""

    start: int
    raw: str
    folded: str
    page: int | None
    listed: bool
    """Whether it is an item of its own, so that it needs no verb to be an objective."""


def read_objectives(units: Sequence[Unit], sections: Sequence[Section], cues: ObjectiveCues) -> tuple[Objective, ...]:
    """Return the objectives in order; empty where no section states any."""
    found: list[Objective] = []
    starts, ends = [unit.start for unit in units], [unit.end for unit in units]
    for section in sections:
        if section.kind is SectionKind.OBJECTIVE:
            first, last = bisect_right(ends, section.start), bisect_left(starts, section.end)
            found.extend(_Reader(section, cues).read(units[first:last]))
    return tuple(found)


class _Reader:
    """Reads the objectives of one section."""

    def __init__(self, section: Section, cues: ObjectiveCues) -> None:
        self._section = section
        self._cues = cues
        words = re.findall(r"\w+", section.title.lower())
        self._kind = next((cues.headings[word] for word in words if word in cues.headings), ObjectiveKind.OBJECTIVE)
        self._marked: ObjectiveKind | None = None
        """The kind of a mark that stood alone ("TLO 1"), for what follows it."""
        self._found: list[Objective] = []
        self._condition: str | None = None
        """A condition that was written before its action."""

    def read(self, units: Iterable[Unit]) -> list[Objective]:
        """Return the section's objectives in order; `units` are its pieces."""
        for unit in units:
            if not unit.is_heading and not unit.is_running:
                for line in _lines(unit):
                    for part in _cut(line, self._cues.next_part):
                        self._line(part)
        return self._found

    def _line(self, line: _Fragment) -> None:
        """Take a line as one of the three labelled parts, or else sentence by sentence."""
        label = self._cues.part.match(line.folded)
        if label is None:
            for fragment in _cut(line, _BREAK):
                self._sentence(fragment)
            return
        rest = _trimmed(_part(line, label.end(), len(line.folded)))
        match self._cues.parts[label["part"]]:
            case "action":
                self._sentence(replace(rest, listed=True))
            case "condition":
                self._attach(condition=_text(rest))
            case _:
                self._attach(standard=_text(rest))

    def _attach(self, *, condition: str | None = None, standard: str | None = None) -> None:
        """Give a labelled part to the objective before it; a condition may also come before its action."""
        last = self._found[-1] if self._found else None
        if standard is not None and last is not None:
            self._found[-1] = replace(last, standard=standard)
        elif condition is not None and (last is None or last.condition is not None):
            self._condition = condition
        elif condition is not None and last is not None:
            self._found[-1] = replace(last, condition=condition)

    def _sentence(self, fragment: _Fragment) -> None:
        folded = fragment.folded
        at = _end_of(_BULLET, folded, self._past_title(folded))
        kind = self._marked
        mark = self._cues.mark.match(folded, at)
        if mark is not None:
            at, kind = mark.end(), self._cues.marks[mark["mark"]]
            if at >= len(folded.rstrip()):
                self._marked = kind
                return
        begin = at
        at, condition = self._past_condition(fragment, self._past_leads(folded, at))
        verb = self._verb(folded, at)
        if not self._is_objective(fragment, at, has_verb=verb is not None, marked=mark is not None):
            return
        whole = _trimmed(_part(fragment, begin, len(folded)))
        standard = self._cues.standard.search(folded, at)
        self._found.append(
            Objective(
                text=_text(whole),
                kind=kind or self._kind,
                start=whole.start,
                end=whole.start + len(whole.raw),
                page=fragment.page,
                verb=verb[0] if verb else None,
                level=verb[1] if verb else None,
                condition=condition or self._condition,
                standard=_text(_trimmed(_part(fragment, standard.start(), len(folded)))) if standard else None,
            )
        )
        self._marked = self._condition = None

    def _is_objective(self, fragment: _Fragment, at: int, *, has_verb: bool, marked: bool) -> bool:
        """Whether a fragment says what to achieve: it begins with a verb, is marked, or is an item of some words."""
        words = len(fragment.folded[at:].split())
        if not words or (not has_verb and fragment.folded.rstrip().endswith((":", "…"))):
            return False
        return has_verb or marked or (fragment.listed and words >= _LEAST_WORDS)

    def _past_title(self, folded: str) -> int:
        """Return where the label ends by which a line names its own section ("Objectives: …")."""
        title = fold(self._section.title).strip(" :")
        begun = bool(title) and folded.lstrip(" *_").startswith(title) and ":" in folded
        return folded.index(":") + 1 if begun else 0

    def _past_leads(self, folded: str, at: int) -> int:
        """Return where the words end that only lead to the verb ("By the end, students will be able to")."""
        strong = list(self._cues.strong_lead.finditer(folded, at, at + _LEAD_REACH))
        if strong:
            at = strong[-1].end()
        while (match := self._cues.lead.match(folded, at)) is not None and match.end() > at:
            at = match.end()
        return at

    def _past_condition(self, fragment: _Fragment, at: int) -> tuple[int, str | None]:
        """Return where the action begins, and the condition that opens the sentence ("Given a case, …")."""
        comma = fragment.folded.find(",", at)
        if comma < 0 or self._cues.condition.match(fragment.folded, at) is None:
            return at, None
        begin = self._past_leads(fragment.folded, _end_of(_BULLET, fragment.folded, comma))
        return begin, _text(_part(fragment, at, comma))

    def _verb(self, folded: str, at: int) -> tuple[str, LearningLevel] | None:
        """Return the verb that opens the objective and its level; of several, joined, the highest."""
        tokens = _TOKEN.findall(folded[at:])
        best, place = None, 0
        while (found := self._cues.verbs.find(tokens[place:])) is not None:
            if best is None or _LEVELS.index(found[1]) > _LEVELS.index(best[1]):
                best = found
            after = place + len(found[0].split())
            place = after
            while place < len(tokens) and (tokens[place] == "," or tokens[place] in self._cues.joints):
                place += 1
            if place == after:
                break
        return best


def _lines(unit: Unit) -> Iterator[_Fragment]:
    """Yield the lines of a piece, and of a table row its cells."""
    listed = unit.kind in (SegmentKind.LIST_ITEM, SegmentKind.TABLE_ROW)
    spans = [(start - unit.start, end - unit.start) for start, end in unit.cells] or [(0, len(unit.folded))]
    for begin, end in spans:
        at = begin
        for line in unit.raw[begin:end].split("\n"):
            if line.strip():
                folded = unit.folded[at : at + len(line)]
                yield _Fragment(unit.start + at, line, folded, unit.page, listed or "\n" in unit.raw[begin:end])
            at += len(line) + 1


def _cut(line: _Fragment, at_breaks: re.Pattern[str]) -> Iterator[_Fragment]:
    """Yield a line's parts between the breaks; only the first of an item stands as an item."""
    at = 0
    for match in [*at_breaks.finditer(line.raw), None]:
        end = match.start() if match else len(line.raw)
        if line.raw[at:end].strip():
            yield replace(_part(line, at, end), listed=line.listed and at == 0)
        at = match.end() if match else end


def _part(line: _Fragment, begin: int, end: int) -> _Fragment:
    return replace(line, start=line.start + begin, raw=line.raw[begin:end], folded=line.folded[begin:end])


def _end_of(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _trimmed(fragment: _Fragment) -> _Fragment:
    """Return the fragment without blanks and stops at its ends."""
    lead = len(fragment.raw) - len(fragment.raw.lstrip(" \t,;:"))
    return _part(fragment, lead, max(lead, len(fragment.raw.rstrip(" \t,;:."))))


def _text(fragment: _Fragment) -> str:
    return " ".join(fragment.raw.split())
