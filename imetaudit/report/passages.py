"""The mentions of a course as a reader meets them: several in one sentence are one passage.

It knows how mentions join to passages and which passage to show first. It counts nothing for the report and decides
nothing about what is evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from imetaudit.model import Mention
from imetaudit.report.blocks import Inline, Line, Span, Style
from imetaudit.report.wording import clean

# Only the order of display: where the syllabus says what is taught comes before where it says what is read.
_SECTION_ORDER = ("objective", "lesson", "assessment", "description", "title", "required-reading", "mission", "other")
_BULLETS = "•◦▪‣·●○■□–—* "
_STRENGTH_ORDER = ("explicit", "contextual", "reference", "weak")


@dataclass(frozen=True)
class Passage:
    """A sentence of a syllabus with the mentions in it, all kept or all set aside for one reason."""

    document: str
    page: int | None
    section: str
    lesson: str | None
    sentence: str
    mentions: tuple[Mention, ...]
    """Sorted by place; never empty."""

    @property
    def reason(self) -> str | None:
        """The id of the rule that set the passage aside; None for evidence."""
        return self.mentions[0].reason

    @property
    def areas(self) -> tuple[str, ...]:
        """The ids of the areas, sorted."""
        return tuple(sorted({mention.area for mention in self.mentions}))

    @property
    def topics(self) -> tuple[str, ...]:
        """The ids of the topics, sorted."""
        return tuple(sorted({mention.topic for mention in self.mentions}))


def passages(mentions: Iterable[Mention], areas: Sequence[str] = ()) -> tuple[Passage, ...]:
    """Return the passages of one course's mentions.

    They are in the order of the areas, and within an area those that say most about teaching come first.
    """
    groups: dict[tuple[object, ...], list[Mention]] = {}
    for mention in sorted(mentions, key=lambda m: (m.document, m.start, m.end, m.topic, m.id)):
        place = (mention.document, mention.page, mention.section, mention.lesson, mention.sentence, mention.reason)
        groups.setdefault(place, []).append(mention)
    found = (
        Passage(group[0].document, group[0].page, group[0].section, group[0].lesson, group[0].sentence, tuple(group))
        for group in groups.values()
    )
    rank = {area: place for place, area in enumerate(areas)}
    return tuple(sorted(found, key=lambda one: (min(rank.get(a, len(rank)) for a in one.areas), _display_order(one))))


def best_for(shown: Iterable[Passage], area: str) -> Passage | None:
    """Return the first of the passages, which are in display order, that speaks of the area."""
    return next((passage for passage in shown if area in passage.areas), None)


def quoted(passage: Passage, limit: int, area: str | None = None) -> Line:
    """Return the sentence with the words that matched marked, at most about `limit` characters around the first.

    Args:
        passage: the passage to show.
        limit: in characters.
        area: mark the words of this area only; None marks all.
    """
    sentence = clean(passage.sentence).lstrip(_BULLETS)
    wanted = {clean(m.quote) for m in passage.mentions if (area is None or m.area == area) and clean(m.quote)}
    marks = _joined(spot for quote in wanted for spot in _places(sentence, quote))
    start, end = _window(sentence, marks[0] if marks else (0, 0), limit)
    return _pieces(sentence, marks, start, end)


def _display_order(passage: Passage) -> tuple[object, ...]:
    sections: Mapping[str, int] = {name: place for place, name in enumerate(_SECTION_ORDER)}
    strengths: Mapping[str, int] = {name: place for place, name in enumerate(_STRENGTH_ORDER)}
    return (
        min(strengths.get(mention.strength, len(strengths)) for mention in passage.mentions),
        sections.get(passage.section, len(sections)),
        passage.document,
        passage.mentions[0].start,
        passage.mentions[0].end,
        passage.mentions[0].id,
    )


def _places(sentence: str, quote: str) -> list[tuple[int, int]]:
    """Return where the quote stands in the sentence as a word, or wherever it stands if never as a word."""
    spots = [found.span() for found in re.finditer(rf"(?<!\w){re.escape(quote)}(?!\w)", sentence)]
    return spots or [found.span() for found in re.finditer(re.escape(quote), sentence)]


def _joined(spots: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the ranges sorted, those that touch made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spots):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _window(sentence: str, mark: tuple[int, int], limit: int) -> tuple[int, int]:
    """Return the range of the sentence to show, beginning and ending at a blank where one is near."""
    if len(sentence) <= limit:
        return 0, len(sentence)
    start = max(0, min(mark[0] - limit // 3, len(sentence) - limit))
    end = start + limit
    blank = sentence.find(" ", start, min(start + 25, mark[0])) if start else -1
    start = blank + 1 if blank >= 0 else start
    blank = sentence.rfind(" ", max(end - 25, min(mark[1], end)), end) if end < len(sentence) else -1
    return start, blank if blank >= 0 else end


def _pieces(sentence: str, marks: list[tuple[int, int]], start: int, end: int) -> Line:
    pieces: list[Inline] = []
    if start:
        pieces.append("… ")
    place = start
    for left, right in marks:
        left, right = max(left, place), min(right, end)
        if left >= right:
            continue
        if left > place:
            pieces.append(Span(sentence[place:left], Style.QUOTE))
        pieces.append(Span(sentence[left:right], Style.MARK))
        place = right
    if place < end:
        pieces.append(Span(sentence[place:end], Style.QUOTE))
    if end < len(sentence):
        pieces.append(" …")
    return tuple(pieces)
