"""The lexicon: every term of a taxonomy, found in a text.

A single scan for literal pieces (Aho-Corasick) picks, for each segment, the few terms all of whose parts have a piece
in it; only their regular expressions are run, and only there. It knows where terms match and which longer phrase makes
a match another sense of the word. It does not know what a sentence says about the match: that is `context`.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from imetaudit.folding import fold
from imetaudit.model import Document

if TYPE_CHECKING:
    from imetaudit.taxonomy import Pattern, Taxonomy, Term, Topic

LanguageShares = Callable[[str], Mapping[str, float]]
"""The share of a text's words that are stop words, by language."""


@dataclass(frozen=True)
class Match:
    """A place where a term's phrase matched."""

    topic: Topic
    term: Term
    start: int
    end: int
    segment: int
    """The index of the segment around it."""
    reason: str | None = None
    """`homonym` where a longer phrase makes it another sense of the word, `acronym` where it is not spelled out."""


@dataclass(frozen=True)
class _Entry:
    """A pattern that the scan looks for: a term, or an exclusion of a topic or of an area."""

    pattern: Pattern
    topic: Topic | None
    term: Term | None
    scope: str
    """The id of the topic or area that an exclusion is for."""


class Lexicon:
    """A taxonomy made searchable; immutable after it is built, and shared by forked workers."""

    def __init__(self, taxonomy: Taxonomy, shares: LanguageShares) -> None:
        """Index the literal pieces of all phrases."""
        import ahocorasick

        self._shares = shares
        self._entries = tuple(_entries(taxonomy))
        pieces = sorted({p for entry in self._entries for need in entry.pattern.needs for p in need})
        self._piece = {piece: index for index, piece in enumerate(pieces)}
        self._automaton = ahocorasick.Automaton()
        for piece, index in self._piece.items():
            self._automaton.add_word(piece, index)
        if pieces:
            self._automaton.make_automaton()
        self._needs: list[tuple[frozenset[int], ...]] = []
        self._by_piece: dict[int, list[int]] = {}
        for number, entry in enumerate(self._entries):
            needs = tuple(frozenset(self._piece[p] for p in need) for need in entry.pattern.needs)
            self._needs.append(needs)
            # The part whose shortest piece is longest is the rarest, so it decides whether the others are looked at.
            rarest = max(entry.pattern.needs, key=lambda need: (min(map(len, need)), -len(need), sorted(need)))
            for piece in rarest:
                self._by_piece.setdefault(self._piece[piece], []).append(number)

    def find(self, document: Document) -> list[Match]:
        """Return every match in the document, by start, longest first, then by topic and term."""
        folded = fold(document.text)
        languages = _Languages(document, self._shares)
        matches: list[Match] = []
        excluded: list[tuple[str, int, int]] = []
        for segment, pieces in self._pieces_by_segment(folded, document):
            start, end = document.segments[segment].start, document.segments[segment].end
            for number in self._candidates(pieces):
                entry = self._entries[number]
                acronym = entry.term is not None and entry.term.acronym
                for found in _compiled(entry.pattern.regex).finditer(document.text if acronym else folded, start, end):
                    if entry.topic is None or entry.term is None:
                        excluded.append((entry.scope, found.start(), found.end()))
                    elif languages.admit(entry.term.language, segment):
                        matches.append(Match(entry.topic, entry.term, found.start(), found.end(), segment))
        judged = (self._judge(match, excluded, folded, document) for match in matches)
        kept = [match for match in judged if match is not None]
        return sorted(kept, key=lambda m: (m.start, -m.end, m.topic.id, m.term.text, m.term.language))

    def _pieces_by_segment(self, folded: str, document: Document) -> Iterator[tuple[int, set[int]]]:
        """Yield each segment that holds a literal piece, with the pieces in it."""
        if not self._piece or not document.segments:
            return
        starts = [segment.start for segment in document.segments]
        pieces: dict[int, set[int]] = {}
        for last, piece in self._automaton.iter(folded):
            pieces.setdefault(bisect.bisect_right(starts, last) - 1, set()).add(piece)
        yield from sorted((segment, found) for segment, found in pieces.items() if segment >= 0)

    def _candidates(self, pieces: set[int]) -> list[int]:
        """Return the entries all of whose parts have a piece among those found."""
        numbers = {number for piece in pieces for number in self._by_piece.get(piece, ())}
        return sorted(n for n in numbers if not any(need.isdisjoint(pieces) for need in self._needs[n]))

    def _judge(
        self, match: Match, excluded: Sequence[tuple[str, int, int]], folded: str, document: Document
    ) -> Match | None:
        """Drop a match whose condition is not met; mark one that a longer phrase makes another sense."""
        segment = document.segments[match.segment]
        sentence = folded[slice(*sentence_around(document.text, segment.start, segment.end, match.start, match.end))]
        if match.term.with_ and not _with(match, sentence, folded, document):
            return None
        if match.term.stands_for and not _compiled(match.term.stands_for.regex).search(folded):
            return replace(match, reason="acronym")
        homonym = any(
            scope in (match.topic.id, match.topic.area) and start < match.end and match.start < end
            for scope, start, end in excluded
        ) or any(_compiled(unless.regex).search(sentence) for unless in match.term.unless)
        return replace(match, reason="homonym") if homonym else match


def _entries(taxonomy: Taxonomy) -> Iterator[_Entry]:
    for area in taxonomy.areas:
        for pattern in area.exclude:
            yield _Entry(pattern, None, None, area.id)
        for topic in area.topics:
            for pattern in topic.exclude:
                yield _Entry(pattern, None, None, topic.id)
            for term in topic.terms:
                yield _Entry(term.pattern, topic, term, topic.id)


@functools.lru_cache(maxsize=None)
def _compiled(regex: str) -> re.Pattern[str]:
    """Compile a phrase's regular expression when it is first a candidate: most never are."""
    return re.compile(regex)


def _with(match: Match, sentence: str, folded: str, document: Document) -> bool:
    """Tell whether one of the phrases that the term needs stands near by, beside the match itself."""
    scope = sentence
    if match.term.within == "document":
        scope = folded
    elif match.term.within == "section":
        near = document.segments[max(0, match.segment - 5) : match.segment + 6]
        scope = folded[near[0].start : near[-1].end]
    own = folded[match.start : match.end]
    rest = scope.replace(own, " ", 1) if scope is not folded else scope
    return any(_compiled(pattern.regex).search(rest) for pattern in match.term.with_)


# --- sentences ---------------------------------------------------------------------------------

_STOP = re.compile(r"(?<=[.!?])[\"”’)\]]*\s+(?=[\"“‘(\[¿¡]*[A-ZÀ-ÞŒ0-9])|;\s+")
_ABBREVIATION = re.compile(r"(?:\b(?:\w|[A-Z][a-z]{0,3}|vs|cf|art|no|pp|vol|ed|eds|cap|ej|etc|approx|ss)|\d)\.[\"”’)\]]*\s*$")
_LONGEST = 600  # characters of a sentence shown; a longer one is cut around the mention


def sentence_around(text: str, begin: int, end: int, start: int, stop: int) -> tuple[int, int]:
    """Return the sentence, within the segment from `begin` to `end`, that holds the range from `start` to `stop`."""
    left, right = begin, end
    for found in _STOP.finditer(text, begin, end):
        if found.group()[0] != ";" and _ABBREVIATION.search(text, max(begin, found.start() - 8), found.start() + 1):
            continue
        if found.end() <= start:
            left = found.end()
        elif found.start() >= stop:
            right = found.start()
            break
    if right - left > _LONGEST:
        left = max(left, text.rfind(" ", left, max(left, start - _LONGEST // 3)) + 1) if start - left > _LONGEST // 3 else left
        cut = text.find(" ", min(right, max(stop, left + _LONGEST)), right)
        right = cut if cut > 0 else right if right - left <= 2 * _LONGEST else max(stop, left + _LONGEST)
    return left, right


# --- languages ---------------------------------------------------------------------------------


class _Languages:
    """Which languages' terms may match where: the document's, and that of a segment written in another."""

    def __init__(self, document: Document, shares: LanguageShares) -> None:
        """Judge segments only when they are asked for."""
        self._document = document
        self._shares = shares
        self._segments: dict[int, Mapping[str, float]] = {}

    def admit(self, language: str, segment: int) -> bool:
        """Tell whether a term of the language may match in the segment."""
        main = self._document.language
        if main is None or main == language:
            return True
        if segment not in self._segments:
            around = self._document.segments[segment]
            self._segments[segment] = self._shares(self._document.text[around.start : around.end])
        shares = self._segments[segment]
        return shares.get(language, 0.0) > shares.get(main, 0.0)
