"""The context of a match: what the sentence around it, and its section, say about it.

Only the few sentences that hold a match are read, word by word, and spaCy's phrase matcher finds the cues in them
(negation, another course, a person's career, …). This module knows direction, reach, order and limits of cues; the
cues themselves, and the reasons they stand for, are data (`taxonomies/context.yaml`). It does not decide what a kept
mention counts for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from imetaudit.folding import fold
from imetaudit.model import SectionKind

if TYPE_CHECKING:
    from imetaudit.taxonomy import ContextRules, Cue

# An apostrophe ends a word (*l'examen*, *n'aborde*), a hyphen parts words and is none; so cue and text are cut alike.
_TOKEN = re.compile(r"[^\W_]+'?|[^\w\s‐‑*-]")
_HYPHENS = "-‐‑"
_TURN, _WITH, _UNLESS = "turn", "with", "unless"


@dataclass(frozen=True)
class Span:
    """A range of tokens in a sentence, half open."""

    start: int
    end: int

    def holds(self, other: Span) -> bool:
        """Tell whether the other range lies within this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True)
class _Sentence:
    """A sentence cut into words and signs, with all that was found in it."""

    text: str
    tokens: tuple[str, ...]
    places: tuple[Span, ...]
    """The characters of each token."""
    cues: tuple[tuple[int, Span], ...]
    """Number of the cue and its place, in the order of the text."""
    turns: tuple[tuple[str, Span], ...]
    """Language and place of the words that turn the sentence."""
    patterns: tuple[tuple[str, Span, str], ...]
    """Reason of a pattern, and the characters that it matched."""

    def span(self, start: int, end: int) -> Span:
        """Return the tokens that a range of characters touches."""
        inside = [index for index, place in enumerate(self.places) if place.start < end and place.end > start]
        return Span(inside[0], inside[-1] + 1) if inside else Span(0, 0)


class ContextReader:
    """The context rules made ready to read sentences."""

    def __init__(self, rules: ContextRules) -> None:
        """Index the cues, the words that they need, and the words that stop them."""
        import spacy
        from spacy.matcher import PhraseMatcher

        self.rules = rules
        self._vocab: Any = spacy.blank("xx").vocab
        self._matcher: Any = PhraseMatcher(self._vocab, attr="ORTH")
        self._order = list(rules.reasons)
        for language, words in rules.stops.words.items():
            self._add(f"{_TURN} {language}", words)
        for index, cue in enumerate(rules.cues):
            self._add(str(index), cue.wordings)
            self._add(f"{_WITH} {index}", cue.with_)
            self._add(f"{_UNLESS} {index}", cue.unless)
        # A sentence is often read more than once, for the matches in it: the last one is kept.
        self._last: _Sentence | None = None

    def _add(self, key: str, wordings: Iterable[tuple[str, ...]]) -> None:
        docs = [self._doc(_TOKEN.findall(" ".join(wording))) for wording in wordings]
        if docs:
            self._matcher.add(key, docs)

    def _doc(self, tokens: Iterable[str]) -> Any:
        from spacy.tokens import Doc

        return Doc(self._vocab, words=list(tokens))

    def reason(
        self, kind: SectionKind, language: str, sentence: str, start: int, end: int, own: str | None = None
    ) -> str | None:
        """Return the id of the reason why a match is set aside, or None where it is kept.

        Where several reasons hold, it is the one that stands first in the file.

        Args:
            kind: the kind of the section around the match.
            language: of the term that matched; cues of other languages are not read.
            sentence: as written.
            start: offset of the match in the sentence.
            end: offset of its end.
            own: the course's id, as its syllabus states it: a pattern's `code` that is this names no other course.
        """
        if kind in self.rules.sections:
            return self.rules.sections[kind]
        if self._last is None or self._last.text != sentence:
            self._last = self._read(sentence)
        read = self._last
        place, own = Span(start, end), _letters(own or "")
        hits = [reason for reason, span, code in read.patterns if span.holds(place) and not (code and code == own)]
        match = read.span(start, end)
        for number, span in read.cues:
            cue = self.rules.cues[number]
            if cue.language == language and self._applies(cue, span, match, read):
                hits.append(cue.reason)
        return min(hits, key=self._order.index, default=None)

    def _read(self, sentence: str) -> _Sentence:
        """Cut a sentence and find all that bears on the matches in it."""
        found = list(_TOKEN.finditer(fold(sentence)))
        tokens = tuple(token.group() for token in found)
        places = tuple(Span(*token.span()) for token in found)
        by_key: dict[str, list[Span]] = {}
        for key, start, end in sorted(self._matcher(self._doc(tokens)), key=lambda hit: hit[1:]):
            by_key.setdefault(self._vocab.strings[key], []).append(Span(start, end))
        whole = {key: [span for span in spans if not _joined(sentence, places, span)] for key, spans in by_key.items()}
        patterns = [
            (reason, Span(*match.span()), _letters(match.groupdict().get("code") or ""))
            for reason, regex in self.rules.patterns
            for match in regex.finditer(sentence)
        ]
        languages = self.rules.stops.words
        turns = [(language, span) for language in languages for span in whole.get(f"{_TURN} {language}", ())]
        cues = sorted(self._cues(tokens, whole), key=lambda each: (each[1].start, each[1].end, each[0]))
        return _Sentence(sentence, tokens, places, tuple(cues), tuple(turns), tuple(patterns))

    def _cues(self, tokens: tuple[str, ...], found: dict[str, list[Span]]) -> Iterator[tuple[int, Span]]:
        """Yield the cues that have the words they need, and are no part of a wording that only looks like one."""
        for index, cue in enumerate(self.rules.cues):
            needed, false = found.get(f"{_WITH} {index}", []), found.get(f"{_UNLESS} {index}", [])
            for span in found.get(str(index), []):
                if any(other.holds(span) for other in false):
                    continue
                if not cue.with_ or any(not self._parted(tokens, span, other) for other in needed):
                    yield index, span

    def _applies(self, cue: Cue, span: Span, match: Span, read: _Sentence) -> bool:
        """Tell whether a cue at the span bears on the match."""
        if self._parted(read.tokens, span, match):
            return False
        if cue.direction == "around":
            return True
        between = Span(span.end, match.start) if cue.direction == "before" else Span(match.end, span.start)
        turned = any(language == cue.language and between.holds(turn) for language, turn in read.turns)
        if turned or between.start > between.end:
            return False
        words = [token[0].isalnum() for token in read.tokens[between.start : between.end]]
        return sum(words) <= cue.reach and not (cue.direction == "after" and self._subtitled(between, read))

    def _subtitled(self, between: Span, read: _Sentence) -> bool:
        """Tell whether a title ends in the range and words of its subtitle follow; *Detention: not taught* has none."""
        tokens = read.tokens[between.start : between.end]
        marks = [index for index, token in enumerate(tokens) if token in self.rules.stops.titles]
        return bool(marks) and any(token[0].isalnum() for token in tokens[marks[-1] :])

    def _parted(self, tokens: tuple[str, ...], one: Span, other: Span) -> bool:
        """Tell whether a sign that ends everything stands between two ranges."""
        between = tokens[min(one.end, other.end) : max(one.start, other.start)]
        return not self.rules.stops.marks.isdisjoint(between)


def _joined(text: str, places: tuple[Span, ...], span: Span) -> bool:
    """Tell whether a hyphen joins the words at the span to a further word, which makes them another word."""
    start, end = places[span.start].start, places[span.end - 1].end
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return _hyphen(before[::-1]) or _hyphen(after)


def _hyphen(beside: str) -> bool:
    return len(beside) == 2 and beside[0] in _HYPHENS and beside[1].isalnum()


def _letters(code: str) -> str:
    """Return a course's number without what parts it: `CMR-310` and `cmr 310` are one."""
    return "".join(filter(str.isalnum, fold(code)))
