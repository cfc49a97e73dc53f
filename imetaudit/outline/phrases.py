"""Look up headings and phrases among the cues without trying every one of them.

It knows how a heading with `*` is compared and how a phrase is found in a paragraph by one of its words. It does not
know what a match means: each is returned with the number of the rule to which it belongs.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from imetaudit.outline.folding import fold, words_of

_KEY = 3
_NUMBERING = re.compile(r"(?:(?:\d{1,2}(?:\.\d{1,2})*|[ivxl]{1,5}|[a-z])[.):]\s*(?:-\s*)?|[#*>•\-]+\s*)+(?=\S)")
_LOOSE = re.compile(r"^(?:[a-z]|[ivx]{1,4}|\d{1,2})\s+(?=[a-z]{3})|\s*\([^()]*\)?$")
_EDGES = " \t\n:.;,-*_#|\"'()[]?!"
_JOINTS = re.compile(r"\s*(?:\b(?:and|y|e|et)\b|[&/,+])\s*")
_SIGNS = re.compile(r"^[^\w(]+")
_INFLECTION = 3
_LETTERS = string.ascii_lowercase


@dataclass(frozen=True)
class _Begun:
    """A cue with `*`."""

    order: int
    pattern: re.Pattern[str]
    rule: int
    language: str


@dataclass(frozen=True)
class HeadingIndex:
    """Headings to rules: whole ones first, then those with `*`, each in the order of the file.

    Cues of the document's own language come before those of another ("Lectures" are classes, or readings in French).
    """

    whole: Mapping[str, int]
    begun: Mapping[str, tuple[_Begun, ...]]
    within: Mapping[str, tuple[_Begun, ...]]
    stems: frozenset[str]
    """The cues without `*`, as they are and without general words."""
    general: frozenset[str]
    """Words that make a heading no more special: "objectives *of this course*"."""
    own: Mapping[str, Mapping[str, int]]
    """Of each language its whole headings."""
    language: str | None = None
    found: dict[str, int | None] = field(default_factory=dict, compare=False, repr=False)
    """What was looked up, for a document looks up a line as a heading, as a label, and as the head of a part."""

    def in_language(self, language: str | None) -> HeadingIndex:
        """Return the same headings, those of a language first."""
        own = self.own.get(language or "")
        return replace(self, whole={**self.whole, **own} if own else self.whole, language=language, found={})

    def is_whole(self, folded: str) -> bool:
        """Whether a folded heading is a cue, or several, and nothing more but general words."""
        heading = strip_heading(folded)
        if heading in self.whole or self._is_stem(heading):
            return True
        parts = _JOINTS.split(heading)
        return len(parts) > 1 and all(self._is_stem(part) for part in parts)

    def _is_stem(self, heading: str) -> bool:
        return any(self._ends_stem(bare) for bare in (heading, without(heading, self.general)))

    def _ends_stem(self, bare: str) -> bool:
        ends = (len(bare) - cut for cut in range(min(_INFLECTION, len(bare) - 1) + 1))
        return any(bare[:end] in self.stems and not bare[end:].strip(_LETTERS) for end in ends)

    def find(self, folded: str) -> int | None:
        """Return the rule of a folded heading or label, or None."""
        if folded not in self.found:
            self.found[folded] = self._look_up(folded)
        return self.found[folded]

    def _look_up(self, folded: str) -> int | None:
        heading = strip_heading(folded)
        rule = self._find(heading)
        if rule is None and heading:
            # "D GRADING" and "Course calendar (see the home page)"
            plain = strip_heading(_LOOSE.sub("", heading))
            rule = self._find(plain) if plain != heading else None
        if rule is None:
            # "The goals of this class"
            bare = without(heading, self.general)
            rule = self._find(bare) if bare in self.stems else None
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
        hits = [(cue.language != self.language, cue.order, cue.rule) for cue in tries if cue.pattern.fullmatch(heading)]
        return min(hits)[2] if hits else None


def without(folded: str, general: frozenset[str]) -> str:
    """Return the words of folded text that are neither figures nor general words, joined by blanks.

    >>> without("objectives of the course 2", frozenset({"of", "the", "course"}))
    'objectives'
    """
    return " ".join(word for word in words_of(folded) if word not in general and not word.isdigit())


def strip_heading(folded: str) -> str:
    """Return a folded heading without numbering and punctuation around it.

    >>> strip_heading("iv. course   schedule:")
    'course schedule'
    """
    bare = folded.strip()
    numbered = _NUMBERING.match(bare)
    if numbered and numbered.end() < len(bare):
        bare = bare[numbered.end() :]
    bare = _SIGNS.sub("", bare)
    return " ".join(bare.strip(_EDGES).split())


def alternation(words: Iterable[str]) -> str:
    """Return a pattern of any of the words, folded, the longest first.

    >>> alternation(["hr", "hrs", "h/a", "Hr"])
    'h/a|hrs|hr'
    """
    folded = {fold(word) for word in words}
    return "|".join(re.escape(word) for word in sorted(folded, key=lambda w: (-len(w), w)))


def index_headings(phrases: Iterable[tuple[str, int, str]], general: frozenset[str]) -> HeadingIndex:
    """Build the index from phrases, their rules' numbers and languages, in the order of the file."""
    whole: dict[str, int] = {}
    own: dict[str, dict[str, int]] = {}
    stems: set[str] = set()
    begun: dict[str, list[_Begun]] = {}
    within: dict[str, list[_Begun]] = {}
    for order, (phrase, rule, language) in enumerate(phrases):
        folded = " ".join(fold(phrase).split())
        if "*" not in folded.strip("*"):
            stems.update((folded.strip("* "), without(folded.strip("*"), general)))
        if "*" not in folded:
            whole.setdefault(strip_heading(folded), rule)
            own.setdefault(language, {}).setdefault(strip_heading(folded), rule)
            continue
        literal = folded.lstrip("*").lstrip()
        table = within if folded.startswith("*") else begun
        cue = _Begun(order, _heading_pattern(folded), rule, language)
        table.setdefault(literal.split("*")[0].strip()[:_KEY], []).append(cue)
    return HeadingIndex(
        whole,
        {key: tuple(value) for key, value in begun.items()},
        {key: tuple(value) for key, value in within.items()},
        frozenset(stems - {""}),
        general,
        own,
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
