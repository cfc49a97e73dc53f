"""The cues of `objectives.yaml`, checked and compiled once: verbs with their levels, marks, labels and clauses.

It knows the shape of the file and turns its words into folded lookups. It does not know what a sentence is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from imetaudit.datafile import Lines, check_shape, load_yaml
from imetaudit.errors import DataFileError, Problem
from imetaudit.model import LearningLevel, ObjectiveKind
from imetaudit.outline.folding import fold

if TYPE_CHECKING:
    from imetaudit.outline.objective_shape import ObjectivesFile

_ENGLISH = "en"
_NUMBER = r"(?:[a-z]?\d{1,2}(?:[.-]\d{1,2})*[a-z]?|[ivx]{1,4}|[a-z])?"
_ENDING = 3  # letters after the infinitive of a Romance language: analizar, analizará, analizarán


@dataclass(frozen=True)
class VerbIndex:
    """The verbs with which objectives begin."""

    phrases: Mapping[str, tuple[tuple[tuple[str, ...], LearningLevel], ...]]
    """By its first word, each phrase of several words, the longest first."""
    words: Mapping[str, tuple[str, LearningLevel]]
    """A word, in any of its forms, to its plain form and level."""
    infinitives: Mapping[str, LearningLevel]

    def find(self, words: list[str]) -> tuple[str, LearningLevel] | None:
        """Return the verb with which a list of folded words begins, in its plain form, and its level."""
        if not words:
            return None
        for phrase, level in self.phrases.get(words[0], ()):
            if tuple(words[: len(phrase)]) == phrase:
                return " ".join(phrase), level
        if words[0] in self.words:
            return self.words[words[0]]
        for cut in range(_ENDING + 1):
            infinitive = words[0][: len(words[0]) - cut]
            if infinitive in self.infinitives:
                return infinitive, self.infinitives[infinitive]
        return None


@dataclass(frozen=True)
class ObjectiveCues:
    """Everything by which objectives are read; made by `load_objective_cues`."""

    verbs: VerbIndex
    mark: re.Pattern[str]
    """A mark before an objective with its number: group `mark`."""
    marks: Mapping[str, ObjectiveKind]
    headings: Mapping[str, ObjectiveKind]
    """A word of a section's heading to the kind of its objectives; the file's first kind wins."""
    part: re.Pattern[str]
    """The label of one of the three parts: group `part`."""
    next_part: re.Pattern[str]
    """The blank before such a label within a line ("…. Standard: no error")."""
    parts: Mapping[str, str]
    """A label to `action`, `condition` or `standard`."""
    condition: re.Pattern[str]
    standard: re.Pattern[str]
    lead: re.Pattern[str]
    """Words that lead to the verb and stand right before it."""
    strong_lead: re.Pattern[str]
    """Those of several words, which may stand behind others ("By the end of the course you will be able to")."""
    joints: frozenset[str]


def load_objective_cues(path: Path) -> ObjectiveCues:
    """Read and check the cues of a file.

    Raises:
        DataFileError: The file is missing, is no YAML, or has faults; all of them are listed.
    """
    from imetaudit.outline.objective_shape import ObjectivesFile

    data, lines = load_yaml(path)
    checked, problems = check_shape(ObjectivesFile, data, lines)
    if checked is None:
        raise DataFileError(problems)
    problems = list(_doubled(checked, lines))
    if problems:
        raise DataFileError(problems)
    return _compile(checked)


def _doubled(checked: ObjectivesFile, lines: Lines) -> Iterator[Problem]:
    """Report verbs that stand at two levels of one language."""
    seen: dict[tuple[str, str], str] = {}
    for level, groups in checked.levels.items():
        for language, verbs in groups.items():
            for place, verb in enumerate(verbs):
                first = seen.setdefault((language, fold(verb)), level)
                if first != level:
                    what = f"the verb {verb!r} stands at {first} and at {level}"
                    yield lines.problem(("levels", level, language, place), what, "keep one of the two")


def _compile(checked: ObjectivesFile) -> ObjectiveCues:
    marks = {fold(mark): kind for kind, entry in checked.kinds.items() for mark in entry.marks}
    headings: dict[str, ObjectiveKind] = {}
    for kind, entry in checked.kinds.items():
        for word in entry.headings:
            headings.setdefault(fold(word), kind)
    parts = {fold(label): part for part, labels in checked.parts.items() for label in labels}
    return ObjectiveCues(
        verbs=_verbs(checked.levels),
        mark=re.compile(rf"(?P<mark>{_any(marks)})\b\s*(?:no\.?|#)?\s*{_NUMBER}\s*(?:[:.)]|-\s|$)\s*"),
        marks=marks,
        headings=headings,
        part=re.compile(rf"[\s*_•(\-]*(?P<part>{_any(parts)})\s*[*_]*\s*[:.)]\s*"),
        next_part=re.compile(rf"(?i)(?<=[.;,)])\s+(?=(?:{_any(parts)})\s*:)"),
        parts=parts,
        condition=re.compile(rf"(?:{_any(checked.clauses.condition)})\b"),
        standard=re.compile(rf"(?:,\s*)?\b(?:{_any(checked.clauses.standard)})\b"),
        lead=re.compile(rf"(?:{_any(checked.leads)})(?!(?<=\w)\w)[\s:,…]*"),
        strong_lead=re.compile(rf"\b(?:{_any(lead for lead in checked.leads if ' ' in lead)})(?!(?<=\w)\w)[\s:,…]*"),
        joints=frozenset(map(fold, checked.joints)),
    )


def _any(words: Iterable[str]) -> str:
    folded = {fold(word) for word in words}
    return "|".join(re.escape(word) for word in sorted(folded, key=lambda word: (-len(word), word)))


def _verbs(levels: Mapping[LearningLevel, Mapping[str, list[str]]]) -> VerbIndex:
    phrases: dict[str, list[tuple[tuple[str, ...], LearningLevel]]] = {}
    words: dict[str, tuple[str, LearningLevel]] = {}
    infinitives: dict[str, LearningLevel] = {}
    for level, groups in levels.items():
        for language, verbs in groups.items():
            for verb in map(fold, verbs):
                first, *rest = re.findall(r"[\w'-]+", verb)
                if rest:
                    forms = _forms(first) if language == _ENGLISH else (first,)
                    for form in forms:
                        phrases.setdefault(form, []).append(((form, *rest), level))
                elif language == _ENGLISH:
                    for form in _forms(verb):
                        words.setdefault(form, (verb, level))
                else:
                    infinitives.setdefault(verb, level)
    longest = {first: tuple(sorted(some, key=lambda pair: (-len(pair[0]), pair[0]))) for first, some in phrases.items()}
    return VerbIndex(longest, words, infinitives)


def _forms(verb: str) -> tuple[str, ...]:
    """Return the forms of an English verb.

    >>> _forms("analyze"), _forms("identify")
    (('analyze', 'analyzes', 'analyzing', 'analyzed'), ('identify', 'identifies', 'identifying', 'identified'))
    """
    if verb.endswith("e"):
        return verb, f"{verb}s", f"{verb[:-1]}ing", f"{verb}d"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb, f"{verb[:-1]}ies", f"{verb}ing", f"{verb[:-1]}ied"
    plural = f"{verb}es" if verb.endswith(("s", "x", "ch", "sh")) else f"{verb}s"
    return verb, plural, f"{verb}ing", f"{verb}ed"
