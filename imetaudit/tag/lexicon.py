"""The lexicon: every term of a taxonomy, found in a text.

A single scan for literal pieces (Aho-Corasick) picks, for each segment, the few terms all of whose parts have a piece
in it; only their regular expressions are run, and only there. It knows where terms match and which longer phrase makes
a match another sense of the word. It does not know what a sentence says about the match: that is `context`.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from imetaudit.folding import fold
from imetaudit.model import Document
from imetaudit.taxonomy.topics import LANGUAGES

if TYPE_CHECKING:
    from imetaudit.taxonomy import Pattern, Taxonomy, Term, Topic

# Signs over which no phrase reaches. A full stop behind a short word may be an abbreviation's: there the phrases'
# own regular expressions decide.
_CLAUSE_END = re.compile(r"(?<=\w{4})\.(?=\s)|[!?;|]")

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
        self._others: list[tuple[frozenset[int], ...]] = []
        self._by_piece: dict[str | None, dict[int, list[int]]] = {}
        for number, entry in enumerate(self._entries):
            # The part whose shortest piece is longest is the rarest, so it decides whether the others are looked at.
            needs = sorted(entry.pattern.needs, key=lambda need: (-min(map(len, need)), len(need), sorted(need)))
            rarest, *others = (frozenset(self._piece[piece] for piece in need) for need in needs)
            self._others.append(tuple(others))
            by_piece = self._by_piece.setdefault(entry.term.language if entry.term else None, {})
            for index in rarest:
                by_piece.setdefault(index, []).append(number)

    def find(self, document: Document) -> list[Match]:
        """Return every match in the document, by start, longest first, then by topic and term."""
        folded = fold(document.text)
        languages = _Languages(document, self._shares)
        matches: list[Match] = []
        excluded: list[tuple[str, int, int]] = []
        for segment, start, end, pieces in self._clauses(folded, document):
            for number in self._candidates(pieces, languages.of(segment)):
                entry = self._entries[number]
                text = document.text if entry.term is not None and entry.term.acronym else folded
                for found in _compiled(entry.pattern.regex).finditer(text, start, end):
                    if entry.topic is None or entry.term is None:
                        excluded.append((entry.scope, found.start(), found.end()))
                    else:
                        matches.append(Match(entry.topic, entry.term, found.start(), found.end(), segment))
        judged = (self._judge(match, excluded, folded, document) for match in _longest(matches))
        return [match for match in judged if match is not None]

    def _clauses(self, folded: str, document: Document) -> Iterator[tuple[int, int, int, set[int]]]:
        """Yield each clause that holds a literal piece: its segment, its range, and the pieces in it.

        A clause ends where no phrase reaches over: at the end of a sentence, a table's cell, or a segment.
        """
        if not self._piece:
            return
        starts = [segment.start for segment in document.segments]
        ends = sorted({found.end() for found in _CLAUSE_END.finditer(folded)} | {s.end for s in document.segments})
        pieces: set[int] = set()
        begin, clause = 0, 0
        for last, piece in self._automaton.iter(folded):
            if clause < len(ends) and last >= ends[clause]:
                if pieces:
                    yield _within(starts, begin, ends[clause], pieces)
                clause = bisect.bisect_right(ends, last)
                begin, pieces = ends[clause - 1], set()
            pieces.add(piece)
        if pieces and clause < len(ends):
            yield _within(starts, begin, ends[clause], pieces)

    def _candidates(self, pieces: set[int], languages: Sequence[str]) -> list[int]:
        """Return the exclusions, and the terms of the languages, all of whose parts have a piece among those found."""
        numbers: set[int] = set()
        for language in (None, *languages):
            entries = self._by_piece.get(language, {})
            for piece in pieces:
                numbers.update(entries.get(piece, ()))
        lacks = pieces.isdisjoint
        return sorted(number for number in numbers if not any(map(lacks, self._others[number])))

    def _judge(
        self, match: Match, excluded: Sequence[tuple[str, int, int]], folded: str, document: Document
    ) -> Match | None:
        """Drop a match whose condition is not met; mark one that a longer phrase makes another sense."""
        segment = document.segments[match.segment]
        sentence = sentence_around(document.text, segment.start, segment.end, match.start, match.end)
        if match.term.with_ and not _with(match, sentence, folded, document):
            return None
        if match.term.stands_for and not _compiled(match.term.stands_for.regex).search(folded):
            return replace(match, reason="acronym")
        homonym = any(
            scope in (match.topic.id, match.topic.area) and start < match.end and match.start < end
            for scope, start, end in excluded
        ) or any(_compiled(unless.regex).search(folded, *sentence) for unless in match.term.unless)
        return replace(match, reason="homonym") if homonym else match


def _entries(taxonomy: Taxonomy) -> Iterator[_Entry]:
    for area in taxonomy.areas:
        for pattern in _apart(area.exclude):
            yield _Entry(pattern, None, None, area.id)
        for topic in area.topics:
            for pattern in _apart(topic.exclude):
                yield _Entry(pattern, None, None, topic.id)
            for term in topic.terms:
                for pattern in _apart([term.pattern]):
                    yield _Entry(pattern, topic, term, topic.id)


def _apart(patterns: Iterable[Pattern]) -> Iterator[Pattern]:
    """Yield the alternatives of each pattern: apart they are rarer candidates, and cheaper to compile and to run."""
    for pattern in patterns:
        yield from pattern.alternatives or (pattern,)


def _longest(matches: Iterable[Match]) -> Iterator[Match]:
    """Yield the matches by place; where alternatives of one term overlap, the first and longest of them."""
    last: dict[tuple[str, str, str], int] = {}
    for match in sorted(matches, key=lambda m: (m.start, -m.end, m.topic.id, m.term.text, m.term.language)):
        term = (match.topic.id, match.term.text, match.term.language)
        if match.start >= last.get(term, 0):
            last[term] = match.end
            yield match


def _within(starts: Sequence[int], begin: int, end: int, pieces: set[int]) -> tuple[int, int, int, set[int]]:
    """Return a clause with the segment around it."""
    segment = bisect.bisect_left(starts, end) - 1
    return segment, max(begin, starts[segment]), end, pieces


@functools.cache
def _compiled(regex: str) -> re.Pattern[str]:
    """Compile a phrase's regular expression when it is first a candidate: most never are."""
    return re.compile(regex)


def _with(match: Match, sentence: tuple[int, int], folded: str, document: Document) -> bool:
    """Tell whether one of the phrases that the term needs stands near by, beside the match itself."""
    left, right = sentence
    if match.term.within == "document":
        left, right = 0, len(folded)
    elif match.term.within == "section":
        near = document.segments[max(0, match.segment - 5) : match.segment + 6]
        left, right = near[0].start, near[-1].end
    regexes = [_compiled(pattern.regex) for pattern in match.term.with_]
    return any(each.search(folded, left, match.start) or each.search(folded, match.end, right) for each in regexes)


# --- sentences ---------------------------------------------------------------------------------

_STOP = re.compile(r"(?<=[.!?])[\"”’)\]]*\s+(?=[\"“‘(\[¿¡]*[A-ZÀ-ÞŒ0-9])|;\s+")
# Titles, months, and words of references that end with a full stop where no sentence ends; and initials.
_ABBREVIATION = re.compile(
    r"\b(?:[^\W\d_]|vs|cf|pp|eds?|etc|approx|ej|ss|e\.g|i\.e|(?i:dra?|mr|mrs|ms|sra?|prof|lic|ing|mme|col|gen|gral|lt|tte|cnel|maj|my|capt?|cap"
    r"|sgt|cpl|adm|gov|sen|rep|amb|st|jr|no|núm|arts?|vols?|chs?|secs?|figs?|univ|dept|inc|ltd|jan|feb|aug|sept?|oct|nov|dec))"
    r"\.[\"”’)\]]*\s*$"
)
_NUMBERING = re.compile(r"\W*(?:\w+ )?\w*\d[\w.]*\.\s*")  # the number of an item or lesson, before what it is called
_LONGEST = 600  # characters of a sentence shown; a longer one is cut around the mention


def sentence_around(text: str, begin: int, end: int, start: int, stop: int) -> tuple[int, int]:
    """Return the sentence, within the segment from `begin` to `end`, that holds the range from `start` to `stop`."""
    breaks = _breaks(text, begin, end)
    before = bisect.bisect_right(breaks, start, key=lambda each: each[1])
    left = breaks[before - 1][1] if before else begin
    after = bisect.bisect_left(breaks, stop, lo=before, key=lambda each: each[0])
    right = breaks[after][0] if after < len(breaks) else end
    return (left, right) if right - left <= _LONGEST else _cut(text, left, right, start, stop)


@functools.lru_cache(maxsize=2)
def _breaks(text: str, begin: int, end: int) -> tuple[tuple[int, int], ...]:
    """Return the ranges between the sentences of a segment; kept, since a segment is asked about once a match."""
    breaks: list[tuple[int, int]] = []
    left = begin
    for found in _STOP.finditer(text, begin, end):
        abbreviated = _ABBREVIATION.search(text, max(begin, found.start() - 8), found.start() + 1)
        if found.group()[0] != ";" and (abbreviated or _NUMBERING.fullmatch(text, left, found.start() + 1)):
            continue
        breaks.append(found.span())
        left = found.end()
    return tuple(breaks)


def _cut(text: str, left: int, right: int, start: int, stop: int) -> tuple[int, int]:
    """Return the part of a long sentence around a mention, cut between words where there are any."""
    if start - left > _LONGEST // 3:
        left = max(left, text.rfind(" ", left, start - _LONGEST // 3) + 1)
    space = text.find(" ", min(right, max(stop, left + _LONGEST)), right)
    if space > 0:
        return left, space
    return left, right if right - left <= 2 * _LONGEST else max(stop, left + _LONGEST)


# --- languages ---------------------------------------------------------------------------------


class _Languages:
    """Which languages' terms may match where: the document's, and that of a segment written in another."""

    def __init__(self, document: Document, shares: LanguageShares) -> None:
        """Judge segments only when they are asked for."""
        self._document = document
        self._shares = shares
        self._segments: dict[int, tuple[str, ...]] = {}

    def of(self, segment: int) -> tuple[str, ...]:
        """Return the languages whose terms may match in the segment, the document's own first.

        A segment too short to tell its own has that of its neighbours; extraction has settled it.
        """
        main = self._document.language
        # A text in a language that is not searched may hold passages in one that is.
        if main not in LANGUAGES:
            return LANGUAGES
        if segment not in self._segments:
            around = self._document.segments[segment]
            shares = self._shares(self._document.text[around.start : around.end])
            least = shares.get(main, 0.0)
            others = (
                each
                for each in LANGUAGES
                if each != main and (each == around.language or shares.get(each, 0.0) > least)
            )
            self._segments[segment] = (main, *others)
        return self._segments[segment]
