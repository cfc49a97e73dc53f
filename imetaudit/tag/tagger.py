"""Tagging: sections and topics in, findings out, each kept or set aside with the reason.

It knows where the terms of a taxonomy stand in one document and what the words around say about them. It does not
know other documents (repeated passages are judged over the catalogue, by `boilerplate`), nor what findings add up to.
"""

from __future__ import annotations

import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from imetaudit.model import Document, Outline, PageBox, SectionKind, SegmentKind, Strength
from imetaudit.tag.boilerplate import Passage, fingerprint
from imetaudit.tag.context import ContextReader
from imetaudit.tag.highlights import boxes_of
from imetaudit.tag.lexicon import LanguageShares, Lexicon, Match, sentence_around
from imetaudit.taxonomy import BoilerplateShape, Taxonomy

_PASSAGE_SHOWN = 300  # characters of a repeated passage that a report shows


@dataclass(frozen=True)
class Finding:
    """A mention in one document, before the rest of the catalogue is known."""

    topic: str
    area: str
    term: str
    strength: Strength
    quote: str
    sentence: str
    page: int | None
    start: int
    end: int
    kind: SectionKind
    lesson: int | None
    """The index of the lesson around it in the outline."""
    heading: bool
    """It stands in the title of a lesson or section, or in the document's title."""
    passage: int | None
    """The index of its passage, for one that repetition over the catalogue would set aside."""
    reason: str | None
    """Why it is set aside; None for one that is kept."""
    boxes: tuple[PageBox, ...] = ()
    """Where the sentence stands, a box for each printed line of it; () in formats without places on pages."""


@dataclass(frozen=True)
class Tagged:
    """What was found in one document, in the order of the text."""

    findings: tuple[Finding, ...]
    passages: tuple[Passage, ...]


def _no_shares(text: str) -> Mapping[str, float]:  # noqa: ARG001 (the shape of LanguageShares)
    return {}


class Tagger:
    """A taxonomy made ready to read documents; build it once and share it."""

    def __init__(self, taxonomy: Taxonomy, shares: LanguageShares = _no_shares) -> None:
        """Index terms and cues.

        Args:
            taxonomy: what to look for.
            shares: tells the languages of a passage, so that terms of another language than the document's are found
                where it is used; by default only the document's own language is read.
        """
        self.taxonomy = taxonomy
        self._lexicon = Lexicon(taxonomy, shares)
        self._context = ContextReader(taxonomy.context)

    def tag(self, document: Document, outline: Outline) -> Tagged:
        """Return every finding in the document, by place; and the passages that hold one.

        A finding that lies within a longer one of its topic is set aside as contained.
        """
        sections = _Sections(document, outline)
        findings = [self._finding(match, document, sections) for match in self._lexicon.find(document)]
        return _with_passages(_contained(findings), document, self.taxonomy.context.boilerplate)

    def reason(self, kind: SectionKind, language: str, sentence: str, start: int, end: int) -> str | None:
        """Return why a mention at the range of a sentence is set aside by its context, or None where it is kept."""
        left, right = sentence_around(sentence, 0, len(sentence), start, end)
        return self._context.reason(kind, language, sentence[left:right], start - left, end - left)

    def _finding(self, match: Match, document: Document, sections: _Sections) -> Finding:
        segment = document.segments[match.segment]
        left, right = sentence_around(document.text, segment.start, segment.end, match.start, match.end)
        sentence = document.text[left:right]
        kind, lesson, heading = sections.around(match)
        if segment.kind in (SegmentKind.HEADER, SegmentKind.FOOTER):
            kind = SectionKind.RUNNING
        reason = match.reason or self._context.reason(
            kind, match.term.language, sentence, match.start - left, match.end - left, sections.course(match.start)
        )
        return Finding(
            match.topic.id, match.topic.area, match.term.text, match.term.strength,
            document.text[match.start : match.end], sentence, segment.page, match.start, match.end,
            kind, lesson, heading, None, reason, boxes_of(document, left, right),
        )  # fmt: skip


class _Sections:
    """The sections of a document, looked up by offset."""

    def __init__(self, document: Document, outline: Outline) -> None:
        self._text = document.text
        self._segments = document.segments
        self._sections = outline.sections
        self._starts = [section.start for section in outline.sections]
        self._lessons = outline.lessons
        self._course = outline.identity.course_id
        self._courses = outline.courses

    def course(self, offset: int) -> str | None:
        """Return the number of the course to which a place belongs; None where its syllabus states none."""
        index = bisect.bisect_right(self._courses, offset, key=lambda course: course.start) - 1
        if index >= 0 and offset < self._courses[index].end:
            return self._courses[index].identity.course_id
        return self._course

    def around(self, match: Match) -> tuple[SectionKind, int | None, bool]:
        """Return the kind of the section around a match, its lesson, and whether it stands in a title."""
        index = bisect.bisect_right(self._starts, match.start) - 1
        if index < 0:
            return SectionKind.OTHER, None, False
        section = self._sections[index]
        segment = self._segments[match.segment]
        heading = segment.kind is SegmentKind.HEADING or section.kind is SectionKind.TITLE
        if section.lesson is not None:
            title = self._lessons[section.lesson].title
            heading = heading or (bool(title) and self._text[match.start : match.end] in title)
        return section.kind, section.lesson, heading


_RANK = {Strength.EXPLICIT: 0, Strength.CONTEXTUAL: 1, Strength.REFERENCE: 2, Strength.WEAK: 3}


def _contained(findings: Sequence[Finding]) -> list[Finding]:
    """Set aside each kept finding that overlaps an earlier or longer kept one of the same topic."""
    settled: list[Finding] = []
    last: dict[str, int] = {}
    for finding in sorted(findings, key=lambda f: (f.start, -f.end, f.topic, _RANK[f.strength], f.term)):
        if finding.reason is None:
            before = last.get(finding.topic)
            if before is not None and finding.start < settled[before].end:
                if _RANK[finding.strength] < _RANK[settled[before].strength]:
                    settled[before] = replace(settled[before], reason="contained")
                    last[finding.topic] = len(settled)
                else:
                    finding = replace(finding, reason="contained")
            else:
                last[finding.topic] = len(settled)
        settled.append(finding)
    return settled


def _with_passages(findings: Sequence[Finding], document: Document, rules: BoilerplateShape) -> Tagged:
    """Note the passage of each kept finding whose kind of section is not exempt from being boilerplate."""
    starts = [segment.start for segment in document.segments]
    passages: list[Passage] = []
    index: dict[int, int] = {}
    noted = []
    for finding in findings:
        if finding.reason is None and finding.kind not in rules.exempt:
            place = bisect.bisect_right(starts, finding.start) - 1
            if place not in index:
                index[place] = len(passages)
                text = document.text[document.segments[place].start : document.segments[place].end]
                shown = text[:_PASSAGE_SHOWN]
                passages.append(Passage(document.path, starts[place], shown, fingerprint(text, rules.words)))
            finding = replace(finding, passage=index[place])
        noted.append(finding)
    return Tagged(tuple(noted), tuple(passages))
