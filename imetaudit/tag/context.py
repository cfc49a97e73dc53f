"""The context of a match: what the sentence and the section around it say about it.

spaCy reads only the few sentences that hold a match: it parts them into words, and its phrase matcher finds the cues
(negation, another course, a person's career, …). This module knows direction, reach and order of cues; the cues
themselves, and the reasons they stand for, are data (`taxonomies/context.yaml`). It does not decide what a kept
mention counts for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from imetaudit.folding import fold
from imetaudit.model import SectionKind

if TYPE_CHECKING:
    from imetaudit.taxonomy import ContextRules, Cue

_CLAUSE_ENDS = frozenset({";"})


@dataclass(frozen=True)
class Span:
    """A range of words in a sentence, half open."""

    start: int
    end: int


class ContextReader:
    """The context rules made ready to read sentences."""

    def __init__(self, rules: ContextRules) -> None:
        """Load spaCy's tokenizer and index the cues."""
        import spacy
        from spacy.matcher import PhraseMatcher

        self.rules = rules
        self._nlp: Any = spacy.blank("xx")
        self._matcher: Any = PhraseMatcher(self._nlp.vocab, attr="ORTH")
        self._unless: Any = PhraseMatcher(self._nlp.vocab, attr="ORTH")
        for index, cue in enumerate(rules.cues):
            self._add(self._matcher, str(index), cue.wordings)
            self._add(self._unless, str(index), cue.unless)
        # A sentence is often read more than once, for the matches in it: the last one is kept.
        self._last: tuple[str, Any, list[tuple[Cue, Span]]] = ("", None, [])

    def _add(self, matcher: Any, key: str, wordings: Iterable[tuple[str, ...]]) -> None:  # noqa: ANN401 (spaCy is untyped)
        docs = [self._nlp.make_doc(" ".join(wording)) for wording in wordings]
        if docs:
            matcher.add(key, docs)

    def reason(self, kind: SectionKind, language: str, sentence: str, start: int, end: int) -> str | None:
        """Return the id of the reason why a match is set aside, or None where it is kept.

        Args:
            kind: the kind of the section around the match.
            language: of the term that matched; cues of other languages are not read.
            sentence: as written.
            start: offset of the match in the sentence.
            end: offset of its end.
        """
        if kind in self.rules.sections:
            return self.rules.sections[kind]
        for reason, regex in self.rules.patterns:
            if any(found.start() <= start and end <= found.end() for found in regex.finditer(sentence)):
                return reason
        doc, cues = self._read(sentence)
        match = _words(doc, start, end)
        hits = [cue.reason for cue, span in cues if cue.language == language and _applies(cue, span, match, doc)]
        # The order of the file is the order of precedence.
        order = list(self.rules.reasons)
        return min(hits, key=order.index, default=None)

    def _read(self, sentence: str) -> tuple[Any, list[tuple[Cue, Span]]]:
        """Return the sentence's words and the cues in it, by place."""
        if self._last[0] != sentence or self._last[1] is None:
            doc = self._nlp.make_doc(fold(sentence))
            false = [Span(start, end) for _, start, end in self._unless(doc)]
            found = sorted((start, end, self._nlp.vocab.strings[key]) for key, start, end in self._matcher(doc))
            cues = [
                (self.rules.cues[int(name)], Span(start, end))
                for start, end, name in found
                if not any(span.start <= start and end <= span.end for span in false)
            ]
            self._last = (sentence, doc, cues)
        return self._last[1], self._last[2]


def _words(doc: Any, start: int, end: int) -> Span:  # noqa: ANN401
    """Return the words that a range of characters touches."""
    inside = [token.i for token in doc if token.idx < end and token.idx + len(token) > start]
    return Span(inside[0], inside[-1] + 1) if inside else Span(0, 0)


def _applies(cue: Cue, span: Span, match: Span, doc: Any) -> bool:  # noqa: ANN401
    """Tell whether a cue at the span bears on the match."""
    before, after = match.start - span.end, span.start - match.end
    if span.start < match.end and match.start < span.end:
        return cue.direction == "around"
    if cue.direction == "around":
        return True
    if cue.direction == "adjacent" and after == 0:
        return True
    gap, between = (after, (match.end, span.start)) if cue.direction == "after" else (before, (span.end, match.start))
    return 0 <= gap <= cue.reach and not _clause_end(doc, *between)


def _clause_end(doc: Any, start: int, end: int) -> bool:  # noqa: ANN401
    """Tell whether a clause ends between two words."""
    return any(doc[index].text in _CLAUSE_ENDS for index in range(start, end))
