"""Look up headings and phrases among the cues without trying every one of them.

It knows how a heading with `*` is compared and how a phrase is found in a paragraph by one of its words. It does not
know what a match means: each is returned with the number of the rule to which it belongs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from imetaudit.outline.folding import fold, words_of

_KEY = 3
_NUMBERING = re.compile(r"(?:(?:\d{1,2}(?:\.\d{1,2})*|[ivxl]{1,5}|[a-z])[.):]\s*(?:-\s*)?|[#*>•\-]+\s*)+(?=\S)")
_LOOSE = re.compile(r"^(?:[a-z]|[ivx]{1,4}|\d{1,2})\s+(?=[a-z]{3})|\s*\([^()]*\)?$")
_EDGES = " \t\n:.;,-*_#|\"'()[]?!"


@dataclass(frozen=True)
class HeadingIndex:
    """Headings to rules: whole ones first, then those with `*`, each in the order of the file."""

    whole: dict[str, int]
    begun: dict[str, tuple[tuple[int, re.Pattern[str], int], ...]]
    within: dict[str, tuple[tuple[int, re.Pattern[str], int], ...]]
    bare: frozenset[str]
    """The headings that are whole, or are so without the `*` at their end."""

    def is_whole(self, folded: str) -> bool:
        """Whether a folded heading is a cue and nothing more."""
        return strip_heading(folded) in self.bare

    def find(self, folded: str) -> int | None:
        """Return the rule of a folded heading or label, or None."""
        heading = strip_heading(folded)
        rule = self._find(heading)
        if rule is None and heading:
            # "D GRADING" and "Course calendar (see the home page)"
            plain = strip_heading(_LOOSE.sub("", heading))
            rule = self._find(plain) if plain != heading else None
        return rule

    def _find(self, heading: str) -> int | None:
        if not heading:
            return None
        rule = self.whole.get(heading)
        if rule is not None:
            return rule
        tries = list(self.begun.get(heading[:_KEY], ()))
        for word in words_of(heading):
            tries.extend(self.within.get(word[:_KEY], ()))
        hits = [(order, rule) for order, pattern, rule in tries if pattern.fullmatch(heading)]
        return min(hits)[1] if hits else None


def strip_heading(folded: str) -> str:
    """Return a folded heading without numbering and punctuation around it.

    >>> strip_heading("iv. course   schedule:")
    'course schedule'
    """
    bare = folded.strip()
    numbered = _NUMBERING.match(bare)
    if numbered and numbered.end() < len(bare):
        bare = bare[numbered.end() :]
    return " ".join(bare.strip(_EDGES).split())


def index_headings(phrases: Iterable[tuple[str, int]]) -> HeadingIndex:
    """Build the index from phrases and their rules' numbers, in the order of the file."""
    whole: dict[str, int] = {}
    bare: set[str] = set()
    begun: dict[str, list[tuple[int, re.Pattern[str], int]]] = {}
    within: dict[str, list[tuple[int, re.Pattern[str], int]]] = {}
    for order, (phrase, rule) in enumerate(phrases):
        folded = " ".join(fold(phrase).split())
        if "*" not in folded:
            whole.setdefault(strip_heading(folded), rule)
            continue
        if not folded.startswith("*"):
            bare.add(folded.rstrip("*").rstrip())
        literal = folded.lstrip("*").lstrip()
        table = within if folded.startswith("*") else begun
        table.setdefault(literal.split("*")[0].strip()[:_KEY], []).append((order, _heading_pattern(folded), rule))
    return HeadingIndex(
        whole,
        {key: tuple(value) for key, value in begun.items()},
        {key: tuple(value) for key, value in within.items()},
        frozenset(whole) | bare,
    )


def _heading_pattern(folded: str) -> re.Pattern[str]:
    """Turn `*` into any other words, or the last letters of the word that it touches."""
    leads, trails = folded.startswith("*"), folded.endswith("*")
    pieces = [re.escape(piece.strip()) for piece in folded.strip("*").split("*")]
    body = r"[a-z]{0,3}\W(?:.*\W)?".join(pieces)
    return re.compile((r"(?:.*\W)?" if leads else "") + body + (r"(?:[a-z]{0,3}(?:\W.*)?)" if trails else ""))


@dataclass(frozen=True)
class PhraseIndex:
    """Phrases that may stand anywhere in a paragraph, found by their longest whole word."""

    keys: frozenset[str]
    by_key: dict[str, tuple[tuple[str, int], ...]]

    def find(self, folded: str, words: set[str]) -> list[tuple[str, int]]:
        """Return the phrases that a folded paragraph holds with their rules, in alphabetical order."""
        hits = [pair for key in self.keys & words for pair in self.by_key[key] if pair[0] in folded]
        return sorted(hits)


def index_phrases(phrases: Iterable[tuple[str, int]]) -> PhraseIndex:
    """Build the index from phrases and their rules' numbers."""
    by_key: dict[str, list[tuple[str, int]]] = {}
    for phrase, rule in phrases:
        folded = " ".join(fold(phrase).split())
        words = words_of(folded)
        # A phrase may end within a word ("learning disabilit"), so its last word is no key where there is another.
        key = max(words[:-1] or words or [folded], key=len)
        by_key.setdefault(key, []).append((folded, rule))
    return PhraseIndex(frozenset(by_key), {key: tuple(value) for key, value in by_key.items()})


@dataclass(frozen=True)
class OpeningIndex:
    """Phrases with which a line begins."""

    by_start: dict[str, tuple[tuple[str, int], ...]]

    def find(self, folded: str) -> int | None:
        """Return the rule of the longest phrase with which the folded line begins, or None."""
        line = folded.lstrip(" *_>\"'#|-•")
        hits = [(len(phrase), rule) for phrase, rule in self.by_start.get(line[:_KEY], ()) if _begins(line, phrase)]
        return max(hits)[1] if hits else None


def _begins(line: str, phrase: str) -> bool:
    return line.startswith(phrase) and not (phrase[-1].isalnum() and line[len(phrase) : len(phrase) + 1].isalpha())


def index_openings(phrases: Iterable[tuple[str, int]]) -> OpeningIndex:
    """Build the index from phrases and their rules' numbers."""
    by_start: dict[str, list[tuple[str, int]]] = {}
    for phrase, rule in phrases:
        folded = " ".join(fold(phrase).split())
        by_start.setdefault(folded[:_KEY], []).append((folded, rule))
    return OpeningIndex({key: tuple(value) for key, value in by_start.items()})
