"""Read the head of a course in a document of several: a number with a title, where a heading, paragraph or row begins.

It knows how one such line looks, and what only looks like it (lessons, objectives, publications, dates). It does not
know whether a document describes several courses; `courses` decides that from all its heads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imetaudit.model import Document, Segment, SegmentKind
from imetaudit.outline.folding import fold, words_of
from imetaudit.outline.phrases import HeadingIndex, alternation, index_headings

if TYPE_CHECKING:
    from imetaudit.outline.schema import SeveralEntry

_NUMBER = re.compile(
    r"(?:[A-Z]{2,8}|(?:[A-Z]{2,6}[- ]){1,2}[A-Z]{1,4})(?:[-\u2013 ]|\. ?)?"
    r"\d{1,5}[A-Z]{0,2}(?:[-.]\d{1,4}[A-Z]?)*(?![\w/])"
    r"|(?:[A-Z]\w{2,14} ){1,3}[A-Z]?\d{3,4}[A-Z]?(?![\w/])"
)
_LEAD = re.compile(r"[\s*_>#•▪◦·\-–—|]*(?:\(?\d{1,3}[.)]\s+)?")
_ALSO = re.compile(r"\s*(?:[/&,]\s*[A-Z]{0,8}[- ]?\d{1,5}[A-Z]?|\([^()]{1,24}\))+")
_BETWEEN = re.compile(r"[\s.:,;*_|–—-]*")
_TITLE_END = re.compile(r"(?<=[^\s.]{3})\.(?=\s|$)|\s*[([\t;]|\s+[–—-]+\s|(?<=\w)-+\s|\s,\s|,\s*(?=\d)|:\s*$|\n")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_LEAST_LETTERS = 3


@dataclass(frozen=True)
class SeveralCues:
    """How a document that describes several courses is told from a syllabus; the figures are those of the file."""

    least_courses: int
    title_words: int
    title_characters: int
    own_words: int
    own_share: float
    covered_share: float
    sign_share: float
    sign: re.Pattern[str]
    """Words that say of a text that it is on a course, folded."""
    headings: HeadingIndex
    """Headings that say that courses follow."""
    no_courses: frozenset[str]
    """Words that make a number no course's, folded."""
    no_courses_below_100: frozenset[str]
    """Words that make a number of one or two figures no course's, folded."""


@dataclass(frozen=True)
class Head:
    """Where a course of several begins."""

    start: int
    end: int
    """Where its title ends."""
    number: str
    title: str
    segment: int
    """The index of its segment."""
    shape: tuple[SegmentKind, int, str]
    """Heads of one document are alike: kind of segment, level of heading, and how number and title stand."""


def compile_several(entry: SeveralEntry, words: Sequence[str]) -> SeveralCues:
    """Compile the `several` part of the cues file; `words` are further folded words that make a number no course's."""
    phrases = [(phrase, 0, language) for language in sorted(entry.headings) for phrase in entry.headings[language]]
    figures = entry.model_dump(exclude={"source", "signs", "headings", "no_courses", "no_courses_below_100"})
    signs = [word for group in entry.signs.values() for word in group]
    return SeveralCues(
        **figures,
        sign=re.compile(rf"(?<![a-z])(?:{alternation(signs)})(?![a-z])"),
        headings=index_headings(phrases, frozenset()),
        no_courses=frozenset(map(fold, (*entry.no_courses, *words))),
        no_courses_below_100=frozenset(map(fold, entry.no_courses_below_100)),
    )


def find_heads(document: Document, labels: frozenset[str], cues: SeveralCues) -> list[Head]:
    """Return whatever looks like the head of a course, in order.

    Args:
        document: The document.
        labels: The folded labels behind which a course's number stands ("Course number: HR-1").
        cues: The compiled cues.
    """
    return list(_heads(document, labels, cues))


def _heads(document: Document, labels: frozenset[str], cues: SeveralCues) -> Iterator[Head]:
    for index, segment in enumerate(document.segments):
        if segment.kind in (SegmentKind.HEADER, SegmentKind.FOOTER, SegmentKind.NOTE):
            continue
        head = _row_head(document, index, cues) if segment.cells else _line_head(document, index, labels, cues)
        if head is not None:
            yield head


def _line_head(document: Document, index: int, labels: frozenset[str], cues: SeveralCues) -> Head | None:
    segment = document.segments[index]
    raw = document.text[segment.start : segment.end]
    at, label = _lead(raw, labels)
    number = _number(raw, at, cues)
    if number is None:
        return None
    after = number.end()
    also = _ALSO.match(raw, after)
    if also:
        after = also.end()
    between = _BETWEEN.match(raw, after)
    begin = between.end() if between else after
    way = "label" if label else "number"
    if begin >= len(raw):
        return _title_below(document, index, number[0], way, cues)
    title = _title(raw[begin:], cues)
    if not title:
        return None
    start = segment.start
    shape = (segment.kind, segment.level, way)
    return Head(start, start + begin + len(title), " ".join(number[0].split()), title, index, shape)


def _lead(raw: str, labels: frozenset[str]) -> tuple[int, bool]:
    """Return where a line begins behind bullets and a label, and whether it has a label."""
    lead = _LEAD.match(raw)
    at = lead.end() if lead else 0
    colon = raw.find(":", at, at + 48)
    if colon > 0 and fold(raw[at:colon]).strip(" *_") in labels:
        rest = _BETWEEN.match(raw, colon + 1)
        return (rest.end() if rest else colon + 1), True
    word = re.match(r"[^\W\d_]+ (?=[A-Z])", raw[at:])
    return (at + word.end(), True) if word and fold(word[0]).strip() in labels else (at, False)


def _number(raw: str, at: int, cues: SeveralCues) -> re.Match[str] | None:
    """Return the course's number at a place of a line; None where there is none."""
    number = _NUMBER.match(raw, at)
    if number is None:
        return None
    words = words_of(re.sub(r"\d.*", "", fold(number[0])))
    whole = re.sub(r"\d.*", "", fold(number[0])).strip(" -.")
    if not words or whole in cues.no_courses or cues.no_courses.intersection(words):
        return None
    if cues.no_courses_below_100.intersection(words) and not re.search(r"\d{3}", number[0]):
        return None
    # "Madison 1987" is a year in a list of readings.
    return None if _YEAR.search(number[0]) and not number[0].isupper() else number


def _title(rest: str, cues: SeveralCues) -> str:
    """Return the title with which a text begins; empty where it begins with none."""
    ends = _TITLE_END.search(rest)
    title = rest[: ends.start()] if ends else rest
    letters = sum(character.isalpha() for character in title)
    if letters < _LEAST_LETTERS or len(title) > cues.title_characters or title.count(" ") >= cues.title_words:
        return ""
    first = next(character for character in title if not character.isspace())
    return title.rstrip(" *_:,-–—") if first.isupper() or first.isdigit() or first in "¿¡«“\"'" else ""


def _title_below(document: Document, index: int, number: str, way: str, cues: SeveralCues) -> Head | None:
    """Return the head of a number that stands alone: its title is what comes next, or the heading before it."""
    segment = document.segments[index]
    before = document.segments[index - 1] if index else None
    number = " ".join(number.split())
    if before is not None and before.kind is SegmentKind.HEADING:
        title = _title(document.text[before.start : before.end], cues)
        if title and segment.kind is not SegmentKind.HEADING:
            return Head(
                before.start, segment.end, number, title, index - 1, (before.kind, before.level, f"{way} below")
            )
    after = document.segments[index + 1] if index + 1 < len(document.segments) else None
    if after is None or after.cells or after.kind in (SegmentKind.HEADER, SegmentKind.FOOTER):
        return None
    line = document.text[after.start : after.end]
    label = re.match(r"[^:\n]{2,30}:\s+(?=\S)", line) if way == "label" else None
    title = _title(line[label.end() :] if label else line, cues)
    whole = title and len(title) >= len(line) - (label.end() if label else 0) - 2
    if not whole:
        return None
    return Head(segment.start, after.end, number, title, index, (segment.kind, segment.level, f"{way} above"))


def _row_head(document: Document, index: int, cues: SeveralCues) -> Head | None:
    """Return the head in a row: the number fills a cell, or begins the cell of the title; the text fills another."""
    segment = document.segments[index]
    filled = [(start, end) for start, end in segment.cells if end > start]
    for place, (start, end) in enumerate(filled[:2]):
        cell = document.text[start:end]
        lead = _LEAD.match(cell)
        number = _number(cell, lead.end() if lead else 0, cues)
        if number is None:
            continue
        rest = cell[number.end() :].strip(" .:,;–—-")
        if rest:
            title, ends = _title(rest, cues), end
            whole = bool(title) and len(title) >= len(rest) - 16
        elif place + 1 < len(filled):
            ends = filled[place + 1][1]
            line = document.text[slice(*filled[place + 1])]
            title = _title(line, cues)
            whole = bool(title)
        else:
            return None
        shape = (segment.kind, place, "cell" if rest else "cells")
        return Head(segment.start, ends, " ".join(number[0].split()), title, index, shape) if whole else None
    return None


def level_of(segment: Segment) -> int:
    """Return the level of a heading, 0 of anything else."""
    return segment.level if segment.kind is SegmentKind.HEADING else 0
