"""Part a document that describes several courses: a catalogue, a handbook, a department's list.

It knows by what such a document differs from the syllabus of one course, and where each course begins and ends. A wrong
cut makes false absences, so where it is in doubt the document stays whole. It does not know what a course's own text
says; `assemble` reads each part as a syllabus of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from imetaudit.model import Document, SectionKind, Segment, SegmentKind
from imetaudit.outline.cues import OutlineCues
from imetaudit.outline.folding import fold
from imetaudit.outline.heads import Head, find_heads, level_of
from imetaudit.outline.units import read_heading

_RUNNING = (SegmentKind.HEADER, SegmentKind.FOOTER)
_BACK_MATTER = (SectionKind.POLICY, SectionKind.BIOGRAPHY, SectionKind.CONTACT, SectionKind.MISSION)


@dataclass(frozen=True)
class Stretch:
    """Where the text of one course of several stands."""

    head: Head
    end: int


def find_courses(document: Document, cues: OutlineCues) -> tuple[Stretch, ...]:
    """Return the courses that a document describes, in order; empty where it is, or may be, the syllabus of one."""
    labels = frozenset(name for name, role in cues.identity.labels.items() if role in ("id", "title"))
    several = cues.several
    by_shape: dict[tuple[SegmentKind, int, str], list[Head]] = defaultdict(list)
    for head in find_heads(document, labels, several):
        by_shape[head.shape].append(head)
    shapes = sorted(by_shape, key=lambda shape: (-len({_key(h) for h in by_shape[shape]}), by_shape[shape][0].start))
    for shape in shapes:
        if len({_key(head) for head in by_shape[shape]}) < several.least_courses:
            break
        heads = _without_contents(by_shape[shape], document, several.own_words)
        if _Courses(document, heads, cues).are_courses():
            return _Courses(document, _with_others(heads, by_shape, document, several.own_words), cues).stretches
    return ()


def _own_words(heads: Sequence[Head], document: Document) -> list[int]:
    """Return how many words stand between each head and the next."""
    ends = [*(head.start for head in heads[1:]), len(document.text)]
    return [len(document.text[head.end : end].split()) for head, end in zip(heads, ends, strict=True)]


def _without_contents(heads: Sequence[Head], document: Document, least: int) -> list[Head]:
    """Drop the heads without a text whose course has one elsewhere: those of a list of contents."""
    told = _own_words(heads, document)
    rich = {_key(head) for head, words in zip(heads, told, strict=True) if words >= least}
    return [head for head, words in zip(heads, told, strict=True) if words >= least or _key(head) not in rich]


def _with_others(
    heads: Sequence[Head], by_shape: Mapping[tuple[SegmentKind, int, str], list[Head]], document: Document, least: int
) -> list[Head]:
    """Add further heads that only an extractor made another shape: of another course, numbered alike, with a text.

    Without them, the text of a course would be taken for that of the course before.
    """
    known = {_key(head) for head in heads}
    alike = {_pattern(head) for head in heads}
    others = [
        head
        for (kind, _, way), several in by_shape.items()
        for head in several
        if kind in (SegmentKind.HEADING, SegmentKind.PARAGRAPH)
        and heads[0].shape[0] in (SegmentKind.HEADING, SegmentKind.PARAGRAPH)
        and way == heads[0].shape[2]
        and head.shape != heads[0].shape
        and _key(head) not in known
        and _pattern(head) in alike
    ]
    together = sorted([*heads, *others], key=lambda head: head.start)
    told = _own_words(together, document)
    return [head for head, words in zip(together, told, strict=True) if words >= least or head in heads]


def _pattern(head: Head) -> str:
    """Return how a number is written, without its letters: `HIST 101` and `LAW 205` are alike."""
    return re.sub(r"\d", "9", re.sub(r"[^\W\d_]+", "A", head.number))


def cut(document: Document, stretches: Sequence[Stretch]) -> Document:
    """Return the document with its segments cut where courses, and what follows their titles, begin."""
    places = sorted({place for each in stretches for place in (each.head.start, each.head.end, each.end)})
    segments: list[Segment] = []
    for segment in document.segments:
        if segment.cells:
            segments.append(segment)
            continue
        inside = places[bisect_left(places, segment.start + 1) : bisect_left(places, segment.end)]
        starts = [segment.start, *(_skip(document.text, place, segment.end) for place in inside)]
        starts = sorted({start for start in starts if start < segment.end})
        for start, end in zip(starts, [*starts[1:], segment.end], strict=True):
            kind = segment.kind if start == segment.start else SegmentKind.PARAGRAPH
            trimmed = start + len(document.text[start:end].rstrip())
            level = segment.level if kind is segment.kind else 0
            segments.append(replace(segment, kind=kind, level=level, start=start, end=trimmed))
    return replace(document, segments=tuple(segments))


def _skip(text: str, place: int, end: int) -> int:
    """Return where words begin again behind the title."""
    while place < end and not (text[place].isalnum() or text[place] in '([¿¡“"«'):
        place += 1
    return place


def _key(head: Head) -> str:
    return "".join(character for character in fold(head.number) if character.isalnum())


class _Courses:
    """Heads of one shape, and what stands between them."""

    def __init__(self, document: Document, heads: Sequence[Head], cues: OutlineCues) -> None:
        self._document = document
        self._cues = cues
        self._several = cues.several
        self._heads = heads
        self._rules = {
            index: self._rule(segment)
            for index, segment in enumerate(document.segments)
            if segment.kind is SegmentKind.HEADING
        }
        self.stretches = tuple(self._stretches())

    def _text(self, start: int, end: int) -> str:
        return self._document.text[start:end]

    def _rule(self, segment: Segment) -> int | None:
        return read_heading(fold(self._text(segment.start, segment.end)), self._cues)

    # --- where courses end ---

    def _stretches(self) -> list[Stretch]:
        segments = self._document.segments
        found = []
        for place, head in enumerate(self._heads):
            after = self._heads[place + 1].segment if place + 1 < len(self._heads) else len(segments)
            last = self._last(head, after)
            found.append(Stretch(head, max(head.end, segments[last].end)))
        return self._without_back_matter(found)

    def _last(self, head: Head, after: int) -> int:
        """Return the last segment of a course: a heading that opens another part of the document ends it."""
        segments = self._document.segments
        if segments[head.segment].cells:
            return head.segment
        level = level_of(segments[head.segment])
        last = head.segment
        for index in range(head.segment, after):
            segment = segments[index]
            if segment.start >= head.end and self._ends_course(index, segment, level):
                break
            if segment.kind not in _RUNNING:
                last = index
        return last

    def _ends_course(self, index: int, segment: Segment, level: int) -> bool:
        if segment.kind is not SegmentKind.HEADING:
            return False
        if level:
            return segment.level <= level and (segment.level < level or self._rules[index] is None)
        return self._rules[index] is None

    def _without_back_matter(self, stretches: list[Stretch]) -> list[Stretch]:
        """End the last course where a heading opens what no other course has: policies, staff, addresses."""
        segments = self._document.segments
        last = stretches[-1]
        others = {
            self._rules[index]
            for each in stretches[:-1]
            for index in self._rules
            if each.head.start <= segments[index].start < each.end
        }
        for index, rule in self._rules.items():
            segment = segments[index]
            if rule is None or rule in others or not last.head.end <= segment.start < last.end:
                continue
            if self._cues.rules[rule].kind in _BACK_MATTER:
                return [*stretches[:-1], Stretch(last.head, segments[index - 1].end)]
        return stretches

    # --- whether they are courses ---

    def are_courses(self) -> bool:
        """Tell whether the heads open courses, each with its own text, that make up most of the document."""
        several, stretches = self._several, self.stretches
        own = [self._text(each.head.end, each.end) for each in stretches]
        told = [each for each in stretches if len(self._text(each.head.end, each.end).split()) >= several.own_words]
        # Each number counts once: the sections of one course repeat its own.
        if len({_key(each.head) for each in told}) < max(several.least_courses, several.own_share * len(stretches)):
            return False
        covered = sum(len(self._text(each.head.start, each.end).split()) for each in stretches)
        if covered < several.covered_share * len(self._document.text.split()):
            return False
        if self._is_announced():
            return True
        if self._is_syllabus():
            return False
        signs = sum(several.sign.search(fold(text)) is not None for text in own)
        return signs >= several.sign_share * len(stretches)

    def _before(self) -> list[int]:
        """Return the segments before the first course."""
        first = self._heads[0].segment
        return [index for index in range(first) if self._document.segments[index].kind not in _RUNNING]

    def _is_announced(self) -> bool:
        """Tell whether a short line before the first course says that courses follow."""
        for index in self._before():
            segment = self._document.segments[index]
            line = fold(self._text(segment.start, segment.end)).strip(" *_:.")
            short = len(line) <= self._cues.content.heading_characters and not segment.cells
            if short and self._several.headings.find(line) is not None:
                return True
        return False

    def _is_syllabus(self) -> bool:
        """Tell whether what stands before the first head is the beginning of a syllabus, and the heads its lessons."""
        before = self._before()
        labels = frozenset(name for name, role in self._cues.identity.labels.items() if role == "id")
        title = replace(
            self._document, segments=tuple(self._document.segments[i] for i in before[: self._cues.content.title_lines])
        )
        if find_heads(title, labels, self._several):
            return True
        for index in before:
            rule = self._rules.get(index)
            if rule is not None and self._cues.rules[rule].kind in _OF_A_SYLLABUS:
                return True
        return False


_OF_A_SYLLABUS = (
    SectionKind.LESSON,
    SectionKind.OBJECTIVE,
    SectionKind.ASSESSMENT,
    SectionKind.REQUIRED_READING,
    SectionKind.DESCRIPTION,
)
