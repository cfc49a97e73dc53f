"""Areas, topics and terms: the shape of `taxonomies/topics/*.yaml`, checked, with every phrase compiled.

It knows what a topic file may say and reports all that is wrong with it. It does not know how a text is searched, nor
what a mention counts for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from imetaudit.datafile import Lines, Step, check_shape, load_yaml
from imetaudit.errors import Problem
from imetaudit.model import Strength
from imetaudit.taxonomy.phrase import Pattern, PhraseError, compile_acronym, compile_phrase

LANGUAGES = ("en", "es", "fr", "pt")
"""The languages whose inflections the phrase language knows."""

Scope = Literal["sentence", "section", "document"]
Language = Literal["en", "es", "fr", "pt"]
_Id = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TermShape(_Strict):
    """A term that says more than its phrase."""

    phrase: str | None = None
    acronym: str | None = None
    stands_for: str | None = None
    strength: Strength | None = None
    with_: tuple[str, ...] = Field(default=(), alias="with")
    within: Scope = "sentence"
    unless: tuple[str, ...] = ()
    source: str | None = None


class ExamplesShape(_Strict):
    """Sentences that must, and that must not, be found."""

    match: tuple[str, ...] = Field(min_length=1)
    no_match: tuple[str, ...] = Field(min_length=1)


class TopicShape(_Strict):
    """One topic."""

    id: str = _Id
    code: str | None = None
    label: Mapping[Language, str]
    definition: str
    source: str
    verified: bool
    strength: Strength
    minimum: int = Field(default=1, ge=1)
    terms: Mapping[Language, tuple[str | TermShape, ...]]
    exclude: tuple[str, ...] = ()
    examples: ExamplesShape


class AreaShape(_Strict):
    """One topic file."""

    area: str = _Id
    label: Mapping[Language, str]
    lead: bool = False
    order: int
    version: str
    scope: str
    exclude: tuple[str, ...] = ()
    topics: tuple[TopicShape, ...]


@dataclass(frozen=True)
class Term:
    """One phrase or acronym of a topic, compiled."""

    text: str
    """The phrase, or the acronym, as written."""
    language: str
    strength: Strength
    pattern: Pattern
    acronym: bool = False
    """Its regular expression reads the text as written, not folded."""
    stands_for: Pattern | None = None
    """A phrase that the document must also have for the acronym to count."""
    with_: tuple[Pattern, ...] = ()
    within: Scope = "sentence"
    unless: tuple[Pattern, ...] = ()
    source: str = ""
    where: str = ""
    """File and line: `taxonomies/topics/democracy.yaml:12`."""


@dataclass(frozen=True)
class Topic:
    """A concept within an area, with its terms in the order of the file."""

    id: str
    """With the area before it: `civilian-control.oversight`."""
    area: str
    code: str
    label: Mapping[str, str]
    definition: str
    source: str
    verified: bool
    minimum: int
    terms: tuple[Term, ...]
    exclude: tuple[Pattern, ...]
    match: tuple[str, ...]
    no_match: tuple[str, ...]
    where: str = ""


@dataclass(frozen=True)
class Area:
    """One topic file."""

    id: str
    label: Mapping[str, str]
    lead: bool
    order: int
    version: str
    scope: str
    topics: tuple[Topic, ...]
    exclude: tuple[Pattern, ...] = field(default=())


def read_area(path: Path) -> tuple[Area | None, list[Problem]]:
    """Read one topic file; return the area, or None, and every problem found in it.

    Raises:
        DataFileError: the file cannot be read as YAML at all.
    """
    data, lines = load_yaml(path)
    shape, problems = check_shape(AreaShape, data, lines)
    if shape is None:
        return None, problems
    compiler = _Compiler(lines, problems)
    topics = tuple(compiler.topic(shape.area, index, topic) for index, topic in enumerate(shape.topics))
    exclude = compiler.patterns(shape.exclude, ("exclude",))
    problems += _twice(topics, lines)
    if not topics:
        problems.append(lines.problem(("topics",), "there are no topics", "write at least one"))
    area = Area(
        shape.area, _by_language(shape.label), shape.lead, shape.order, shape.version, shape.scope, topics, exclude
    )
    return (None if problems else area), problems


@dataclass
class _Compiler:
    """Compiles the phrases of one file, collecting what is wrong with them."""

    lines: Lines
    problems: list[Problem]

    def topic(self, area: str, index: int, shape: TopicShape) -> Topic:
        """Compile one topic."""
        steps = ("topics", index)
        terms = tuple(self.terms(shape, steps))
        if not any(shape.terms.values()):
            self.problems.append(self.lines.problem((*steps, "terms"), f"topic {shape.id!r} has no terms", "add one"))
        return Topic(
            f"{area}.{shape.id}", area, shape.code or "", _by_language(shape.label), shape.definition, shape.source,
            shape.verified, shape.minimum, terms, self.patterns(shape.exclude, (*steps, "exclude")),
            shape.examples.match, shape.examples.no_match, self.where(steps),
        )  # fmt: skip

    def terms(self, topic: TopicShape, steps: tuple[Step, ...]) -> Iterator[Term]:
        """Compile the terms of a topic, in the order of the file."""
        seen: dict[tuple[str, str], int] = {}
        for language, terms in topic.terms.items():
            for index, term in enumerate(terms):
                here = (*steps, "terms", language, index)
                shape = TermShape(phrase=term) if isinstance(term, str) else term
                compiled = self.term(shape, language, topic.strength, here)
                if compiled is None:
                    continue
                if (language, compiled.text) in seen:
                    self.problem(here, f"the term {compiled.text!r} stands twice", "keep one of the two")
                seen[language, compiled.text] = index
                yield compiled

    def term(self, shape: TermShape, language: str, usual: Strength, steps: tuple[Step, ...]) -> Term | None:
        """Compile one term, or note why it cannot be."""
        text = shape.phrase or shape.acronym
        if text is None or (shape.phrase and shape.acronym):
            self.problem(steps, "a term needs either `phrase` or `acronym`", "give one of them")
            return None
        if shape.stands_for and not shape.acronym:
            self.problem(steps, "`stands_for` belongs to an acronym", "write `acronym` in place of `phrase`")
        if shape.acronym:
            regex, anchors = compile_acronym(shape.acronym)
            pattern: Pattern | None = Pattern(regex, (anchors,))
        else:
            pattern = self.pattern(text, language, steps)
        if pattern is None:
            return None
        stands_for = self.pattern(shape.stands_for, language, steps) if shape.stands_for else None
        unless = self.patterns(shape.unless, steps, (language,))
        return Term(
            text, language, shape.strength or usual, pattern, bool(shape.acronym), stands_for,
            self.patterns(shape.with_, steps, (language,)), shape.within, unless,
            shape.source or "", self.where(steps),
        )  # fmt: skip

    def patterns(
        self, phrases: Sequence[str], steps: tuple[Step, ...], languages: Sequence[str] = ("en", "es")
    ) -> tuple[Pattern, ...]:
        """Compile phrases; one that stands outside any language is compiled with English and Spanish endings."""
        compiled = [
            self.pattern(text, language, (*steps, index))
            for index, text in enumerate(phrases)
            for language in languages
        ]
        return tuple(dict.fromkeys(pattern for pattern in compiled if pattern))

    def pattern(self, text: str, language: str, steps: tuple[Step, ...]) -> Pattern | None:
        """Compile one phrase, or note why it cannot be."""
        try:
            return compile_phrase(text, language)
        except PhraseError as error:
            self.problem(steps, f"the phrase {text!r}: {error}", "see the phrase language in docs/taxonomy.md")
            return None

    def problem(self, steps: tuple[Step, ...], what: str, remedy: str) -> None:
        """Note a problem at the path."""
        found = self.lines.problem(steps, what, remedy)
        if found not in self.problems:
            self.problems.append(found)

    def where(self, steps: tuple[Step, ...]) -> str:
        """Return file and line of the path."""
        return f"{self.lines.path}:{self.lines.at(*steps)}"


def _by_language(labels: Mapping[Language, str]) -> dict[str, str]:
    return {str(language): label for language, label in labels.items()}


def _twice(topics: Sequence[Topic], lines: Lines) -> list[Problem]:
    """Return a problem for each topic id or code that an earlier topic of the file has."""
    problems, seen = [], set()
    for index, topic in enumerate(topics):
        for name in filter(None, (topic.id, topic.code)):
            if name in seen:
                problems.append(lines.problem(("topics", index), f"{name!r} stands twice", "give it a name of its own"))
            seen.add(name)
    return problems
