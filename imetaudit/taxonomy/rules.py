"""The rules of judgement: what sets a mention aside, and how kept mentions become an outcome.

It knows the shape of `context.yaml` and `coverage.yaml` and reports all that is wrong with them. It does not apply
them: `tag` reads the context of a mention, `assess` adds up the points.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from imetaudit.datafile import Lines, Step, check_shape, load_yaml
from imetaudit.errors import Problem
from imetaudit.model import SectionKind, Strength
from imetaudit.taxonomy.phrase import PhraseError, literals
from imetaudit.taxonomy.topics import Language

Direction = Literal["before", "after", "around"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ReasonShape(_Strict):
    """Why a mention is set aside."""

    id: str
    sentence: str
    source: str


class CueExamples(_Strict):
    """Sentences whose `[[mention]]` must, and must not, be set aside by the cue's reason."""

    set_aside: tuple[str, ...] = Field(min_length=1)
    kept: tuple[str, ...] = Field(min_length=1)


class CueShape(_Strict):
    """Wordings near a mention that set it aside."""

    reason: str
    source: str
    direction: Direction
    reach: int = Field(default=40, ge=1)
    phrases: Mapping[Language, tuple[str, ...]]
    with_: Mapping[Language, tuple[str, ...]] = Field(default={}, alias="with")
    unless: Mapping[Language, tuple[str, ...]] = Field(default={})
    examples: CueExamples


class PatternShape(_Strict):
    """A regular expression over the sentence; a mention inside a match is set aside."""

    reason: str
    source: str
    regex: str
    examples: CueExamples


class StopsShape(_Strict):
    """What ends the reach of a cue."""

    marks: tuple[str, ...]
    titles: tuple[str, ...]
    words: Mapping[Language, tuple[str, ...]]
    source: str


class BoilerplateShape(_Strict):
    """When a passage is boilerplate."""

    courses: int = Field(ge=2)
    similarity: float = Field(gt=0, le=1)
    words: int = Field(ge=3)
    exempt: tuple[SectionKind, ...]
    source: str


class ContextShape(_Strict):
    """All of `context.yaml`."""

    version: str
    reasons: tuple[ReasonShape, ...]
    sections: Mapping[SectionKind, str]
    stops: StopsShape
    cues: tuple[CueShape, ...]
    patterns: tuple[PatternShape, ...] = ()
    boilerplate: BoilerplateShape


class _Because(_Strict):
    because: str


class PointsShape(_Because):
    """Points, and why that many."""

    points: float = Field(ge=0)


class PlaceShape(_Because):
    """What a place weighs, and the most that it can bring."""

    weight: float = Field(ge=0, le=1)
    cap: float | None = None


class ShareShape(_Because):
    """A share, and why that much."""

    share: float = Field(ge=0, le=1)


class ReadableShape(ShareShape):
    """How much of a course must have been read before what was not found in it counts as absent."""

    words: int = Field(ge=0)


class CourseDepthShape(ShareShape):
    """When an area is what the course is about."""

    lessons: int = Field(ge=1)


class SharedLesson(StrEnum):
    """How the hours of a lesson that serves several areas or topics count for each."""

    EQUAL = "equal"
    """In equal parts."""
    WHOLE = "whole"
    """In full for each."""


class SharedShape(_Strict):
    """The rule for lessons that serve several, and its reason."""

    rule: SharedLesson
    because: str


class DepthShape(_Strict):
    """How deep a covered area goes."""

    course: CourseDepthShape
    block: PointsShape


class CoverageRules(_Strict):
    """All of `coverage.yaml`."""

    version: str
    readable: ReadableShape
    strengths: Mapping[Strength, PointsShape]
    places: Mapping[SectionKind, PlaceShape]
    repeat: ShareShape
    weak_cap: PointsShape
    covered: PointsShape
    mentioned: PointsShape
    lesson: PointsShape
    shared_lesson: SharedShape
    depth: DepthShape


Wordings = tuple[tuple[str, ...], ...]
"""Each a run of folded words; sorted."""


@dataclass(frozen=True)
class Cue:
    """Wordings near a mention that set it aside."""

    reason: str
    language: str
    """It is read beside terms of this language only: other languages have the same words in other senses."""
    direction: Direction
    reach: int
    """Words that may lie between cue and mention."""
    wordings: Wordings
    with_: Wordings
    """Where there are any, one of them must stand in the same part of the sentence, or the cue is none."""
    unless: Wordings
    """Wordings that contain a cue's words and are no cue."""
    where: str


@dataclass(frozen=True)
class Stops:
    """What ends the reach of a cue."""

    marks: frozenset[str]
    """Signs that part a sentence: nothing reaches over them, not even a cue that holds anywhere."""
    titles: frozenset[str]
    """Signs that part a title from its subtitle: what a subtitle says does not reach back over them."""
    words: Mapping[str, Wordings]
    """By language: words that turn a sentence, such as *but*; no cue before or behind a mention reaches over them."""


@dataclass(frozen=True)
class ContextRules:
    """All that sets a mention aside."""

    version: str
    reasons: Mapping[str, str]
    """Id to sentence, in the order of the file, which is the order of precedence."""
    sections: Mapping[SectionKind, str]
    stops: Stops
    cues: tuple[Cue, ...]
    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    """Reason and regular expression."""
    examples: tuple[tuple[str, CueExamples, str], ...]
    """Reason, examples, and the file and line of the cue or pattern that they are for."""
    boilerplate: BoilerplateShape


def read_context(path: Path) -> tuple[ContextRules | None, list[Problem]]:
    """Read `context.yaml`; return the rules, or None, and every problem found.

    Raises:
        DataFileError: the file cannot be read as YAML at all.
    """
    data, lines = load_yaml(path)
    shape, problems = check_shape(ContextShape, data, lines)
    if shape is None:
        return None, problems
    known = {reason.id for reason in shape.reasons}
    words = {
        str(language): _wordings(phrases, ("stops", "words", language), lines, problems)
        for language, phrases in shape.stops.words.items()
    }
    stops = Stops(frozenset(shape.stops.marks), frozenset(shape.stops.titles), words)
    cues = tuple(cue for index, each in enumerate(shape.cues) for cue in _cues(index, each, known, lines, problems))
    for kind, reason in shape.sections.items():
        _check_reason(reason, known, ("sections", kind.value), lines, problems)
    patterns = []
    for index, pattern in enumerate(shape.patterns):
        _check_reason(pattern.reason, known, ("patterns", index), lines, problems)
        try:
            patterns.append((pattern.reason, re.compile(pattern.regex)))
        except re.error as error:
            problems.append(lines.problem(("patterns", index, "regex"), f"no regular expression: {error}", "mend it"))
    if problems:
        return None, problems
    reasons = {reason.id: reason.sentence for reason in shape.reasons}
    examples = tuple(
        (cue.reason, cue.examples, f"{lines.path}:{lines.at('cues', index)}") for index, cue in enumerate(shape.cues)
    ) + tuple(
        (pattern.reason, pattern.examples, f"{lines.path}:{lines.at('patterns', index)}")
        for index, pattern in enumerate(shape.patterns)
    )
    sections = dict(shape.sections)
    return ContextRules(shape.version, reasons, sections, stops, cues, tuple(patterns), examples, shape.boilerplate), []


def read_coverage(path: Path) -> tuple[CoverageRules | None, list[Problem]]:
    """Read `coverage.yaml`; return the rules, or None, and every problem found.

    Raises:
        DataFileError: the file cannot be read as YAML at all.
    """
    data, lines = load_yaml(path)
    rules, problems = check_shape(CoverageRules, data, lines)
    if rules and rules.mentioned.points > rules.covered.points:
        problems.append(lines.problem(("mentioned",), "mentioned asks for more points than covered", "lower it"))
    for strength in Strength:
        if rules and strength not in rules.strengths:
            problems.append(lines.problem(("strengths",), f"no points for {strength.value!r}", "add a line for it"))
    return (None if problems else rules), problems


def _cues(index: int, shape: CueShape, known: set[str], lines: Lines, problems: list[Problem]) -> list[Cue]:
    """Compile the cue of each language, noting what is wrong with it."""
    steps = ("cues", index)
    _check_reason(shape.reason, known, steps, lines, problems)
    where = f"{lines.path}:{lines.at(*steps)}"
    cues = []
    for language, phrases in shape.phrases.items():
        wordings = _wordings(phrases, (*steps, "phrases", language), lines, problems)
        with_ = _wordings(shape.with_.get(language, ()), (*steps, "with", language), lines, problems)
        unless = _wordings(shape.unless.get(language, ()), (*steps, "unless", language), lines, problems)
        if shape.with_ and not with_:
            problems.append(lines.problem((*steps, "with"), f"no words in {language!r}", "add some, or part the cue"))
        cues.append(Cue(shape.reason, language, shape.direction, shape.reach, wordings, with_, unless, where))
    return cues


def _wordings(phrases: Iterable[str], steps: tuple[Step, ...], lines: Lines, problems: list[Problem]) -> Wordings:
    """Write phrases out, noting those that cannot be."""
    wordings: set[tuple[str, ...]] = set()
    for place, phrase in enumerate(phrases):
        try:
            wordings.update(tuple(wording.split()) for wording in literals(phrase))
        except PhraseError as error:
            problems.append(lines.problem((*steps, place), f"the cue {phrase!r}: {error}", "write plain wordings"))
    return tuple(sorted(wordings))


def _check_reason(reason: str, known: set[str], steps: tuple[str | int, ...], lines: Lines, out: list[Problem]) -> None:
    if reason not in known:
        out.append(lines.problem(steps, f"unknown reason {reason!r}", f"use one of {', '.join(sorted(known))}"))
