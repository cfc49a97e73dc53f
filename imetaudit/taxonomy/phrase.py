"""The phrase language: how a policy analyst writes what a text may say, and what that matches.

It parses a phrase into a small tree, and compiles the tree to a regular expression over folded text together with
the literal pieces ("anchors") of which every match holds at least one a requirement. It knows the inflections of
English, Spanish, French and Portuguese; it knows nothing of topics. The language is described in docs/taxonomy.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from imetaudit.folding import fold

# Between two neighbouring words of a phrase: an English possessive, then spaces, hyphens, dashes, quotation marks,
# apostrophes and emphasis marks.
_JOIN = r"(?:'s)?[\s\-‐‑‒–—'\"“”«»*_/]+"
# Between two words somewhere near each other: anything but the end of a sentence or of a table's cell.
_GAP = r"(?:[^\w.!?;|]|\.(?=\w)|(?<=\b\w)\.)+"
_BEGIN, _END = r"(?<![^\W_])", r"(?![^\W_])"
_NO_COURSE = r"(?![-–\u2010\u2011 ]?\d{3}[A-Z]?(?![^\W_]))"
_FAR = 60  # words that "in the same sentence" spans at most, so that a text without full stops stays cheap

MINIMUM_ANCHOR = 3
"""Characters that a plain piece must have for the search to find candidates by it."""


class PhraseError(ValueError):
    """A phrase that cannot be understood; the text says what is wrong and what to do."""


# --- the tree ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Word:
    """One word: letters with `*`, `[cs]`, a leading `=` for "this form only", or a lone `*` for any word."""

    text: str


@dataclass(frozen=True)
class Choice:
    """One of several sequences, which may be missing altogether where it is optional."""

    options: tuple[Node, ...]
    optional: bool = False


@dataclass(frozen=True)
class Run:
    """Parts that follow each other directly."""

    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Near:
    """Two parts with at most `words` words between them; `ordered` keeps the left one first."""

    left: Node
    right: Node
    words: int
    ordered: bool


Node = Word | Choice | Run | Near

# --- reading -----------------------------------------------------------------------------------

_WORD = re.compile(r"=?(?:[^\W_]|[*'’.]|(?<=[^\W_])\[[^\W_]+\])+")
_SPACE = re.compile(r"[\s\-‐–—/,]+")


class _Reader:
    """A recursive-descent reader of one phrase."""

    def __init__(self, text: str) -> None:
        """Begin at the start of the phrase."""
        self.text, self.at = text, 0

    def read(self) -> Node:
        """Return the tree of the whole phrase."""
        node = self.near()
        if self.at < len(self.text):
            raise PhraseError(f"{self.text[self.at :]!r} is left over; check the brackets")
        return node

    def peek(self) -> str:
        """Skip what only parts words, and return the next character, or nothing at the end."""
        space = _SPACE.match(self.text, self.at)
        if space:
            self.at = space.end()
        return self.text[self.at : self.at + 1]

    def near(self) -> Node:
        """Read parts joined by `~n`, `>n` or `&`."""
        node = self.run()
        while self.peek() in tuple("~>&"):
            sign = self.text[self.at]
            self.at += 1
            number = re.compile(r"\d+").match(self.text, self.at)
            if sign != "&" and number is None:
                raise PhraseError(f"{sign!r} needs a number of words, as in {sign}5")
            words = _FAR if sign == "&" or number is None else int(number.group())
            if sign != "&" and number is not None:
                self.at = number.end()
            node = Near(node, self.run(), min(words, _FAR), ordered=sign == ">")
        return node

    def run(self) -> Node:
        """Read words and groups that follow each other."""
        parts: list[Node] = []
        while (mark := self.peek()) and mark not in "~>&|)]":
            parts.append(self.group(mark) if mark in "([" else self.word())
        if not parts:
            raise PhraseError("a part is empty; write words there, or take the sign away")
        if all(isinstance(part, Choice) and part.optional for part in parts):
            raise PhraseError("all words may be missing; make one of them required")
        return parts[0] if len(parts) == 1 else Run(tuple(parts))

    def group(self, mark: str) -> Choice:
        """Read `(a|b)` or `[a|b]`."""
        self.at += 1
        options = [self.near()]
        while self.peek() == "|":
            self.at += 1
            options.append(self.near())
        closing = ")" if mark == "(" else "]"
        if self.peek() != closing:
            raise PhraseError(f"a {mark!r} is not closed; add {closing!r}")
        self.at += 1
        return Choice(tuple(options), optional=mark == "[")

    def word(self) -> Word:
        """Read one word."""
        found = _WORD.match(self.text, self.at)
        if not found:
            raise PhraseError(f"{self.text[self.at]!r} has no meaning here; write words, * ? ( | ) [ ] ~n >n &")
        self.at = found.end()
        return Word(found.group())


def parse(text: str) -> Node:
    """Return the tree of a phrase.

    Raises:
        PhraseError: the phrase cannot be understood.
    """
    return _Reader(text.strip()).read()


# --- inflection --------------------------------------------------------------------------------


def inflected(word: str, language: str) -> tuple[str, str]:
    """Return a folded word's stem and the regular expression of the endings it may take.

    The rules are the regular plurals (and, but for English, genders) of each language; they are generous, since a form
    that does not exist does no harm.

    >>> inflected("democracy", "en")
    ('democrac', '(?:y|ies)')
    """
    if len(word) < 4 or not word.isalpha():
        return word, ""
    if language == "en":
        return _english(word)
    if language == "fr":
        return (word[:-2], "(?:al|aux|ale|ales)") if word.endswith("al") else (word, "(?:es?|s|x)?")
    return _iberian(word)


def _english(word: str) -> tuple[str, str]:
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1], "(?:y|ies)"
    if word.endswith("man"):
        return word[:-2], "(?:an|en)"
    if word.endswith("sis"):
        return word[:-2], "(?:is|es)"
    return word, "(?:es)?" if word.endswith(("s", "x", "z", "ch", "sh")) else "s?"


def _iberian(word: str) -> tuple[str, str]:
    if word.endswith(("o", "a")):
        return (word[:-2], "(?:ao|oes|aos|aes)") if word.endswith("ao") else (word[:-1], "[oa]s?")
    if word.endswith("l"):
        return word[:-1], "(?:l|les|is)" if word[-2] != "i" else "(?:l|les|s)"
    if word.endswith("z"):
        return word[:-1], "(?:z|ces)"
    if word.endswith("m"):
        return word[:-1], "(?:m|ns)"
    return word, "s?" if word[-1] in "eiu" else "(?:es|as?)?"


# --- compiling ---------------------------------------------------------------------------------

Anchors = frozenset[str]


@dataclass(frozen=True)
class Pattern:
    """A compiled phrase."""

    regex: str
    """Over folded text; compile it with no flags."""
    needs: tuple[Anchors, ...]
    """For each required part the literal pieces of which every match holds one; never empty."""
    alternatives: tuple[Pattern, ...] = ()
    """Of a phrase that is one group of alternatives a pattern for each, which together match the same."""


def compile_phrase(text: str, language: str) -> Pattern:
    """Compile a phrase written in the language (`en`, `es`, `fr`, `pt`).

    Raises:
        PhraseError: the phrase cannot be understood, or has a part without any plain piece of three letters.
    """
    tree = parse(text)
    whole = _pattern(tree, language)
    if isinstance(tree, Choice) and len(tree.options) > 1:
        return replace(whole, alternatives=tuple(_pattern(option, language) for option in tree.options))
    return whole


def _pattern(tree: Node, language: str) -> Pattern:
    needs = tuple(_needs(tree, language))
    if not needs:
        raise PhraseError("no alternative may be without a plain piece of three letters; write more of the word")
    return Pattern(f"{_BEGIN}{_regex(tree, language)}{_END}", needs)


def compile_acronym(letters: str) -> tuple[str, Anchors]:
    """Return the regular expression of an acronym over the unfolded text, dots allowed, and its literal pieces.

    Capitals before a number of three figures ("CMR-310") are a course's number and no acronym.

    >>> re.findall(compile_acronym("DDHH")[0], "DDHH, DD.HH. and ddhh, DDHH-310")
    ['DDHH', 'DD.HH']
    """
    parts = [re.escape(letter) for letter in letters]
    plain = fold(letters)
    return _BEGIN + r"\.?".join(parts) + _END + _NO_COURSE, frozenset(
        {plain, f"{plain[0]}.{plain[1:2]}", f"{plain[:2]}."}
    )


def literals(text: str) -> tuple[str, ...]:
    """Return every plain wording of a phrase that has only words, alternatives and optional words, sorted.

    Raises:
        PhraseError: the phrase has a wildcard or a nearness, of which there is no list of wordings.
    """
    return tuple(sorted({" ".join(words) for words in _wordings(parse(text))}))


def _wordings(node: Node) -> Iterator[tuple[str, ...]]:
    match node:
        case Word(word):
            if "*" in word or "[" in word:
                raise PhraseError(f"{word!r}: no wildcards here; write the wordings out")
            yield (fold(word.removeprefix("=")),)
        case Choice(options, optional):
            if optional:
                yield ()
            for option in options:
                yield from _wordings(option)
        case Run(parts):
            heads: list[tuple[str, ...]] = [()]
            for part in parts:
                heads = [head + tail for head in heads for tail in _wordings(part)]
            yield from heads
        case Near():
            raise PhraseError("no nearness here; write the wordings out")


def _regex(node: Node, language: str) -> str:
    match node:
        case Word(word):
            return _word_regex(word, language)
        case Choice(options, optional):
            inner = "|".join(_regex(option, language) for option in options)
            return f"(?:{inner}){'?' if optional else ''}"
        case Run(parts):
            return _run_regex(parts, language)
        case Near(left, right, words, ordered):
            first, second = _regex(left, language), _regex(right, language)
            between = rf"{_END}{_GAP}(?:\w++{_GAP}){{0,{words}}}?{_BEGIN}"
            there = f"{first}{between}{second}"
            return f"(?:{there})" if ordered else f"(?:{there}|{second}{between}{first})"


def _run_regex(parts: tuple[Node, ...], language: str) -> str:
    """Join parts; an optional part brings its own joint, before it or (where nothing stands before it) behind it."""
    out, begun = "", False
    for part in parts:
        regex = _regex(part, language)
        if isinstance(part, Choice) and part.optional:
            out += f"(?:{_JOIN}{regex[:-1]})?" if begun else f"(?:{regex[:-1]}{_JOIN})?"
        else:
            out += (_JOIN if begun else "") + regex
            begun = True
    return out


def _word_regex(word: str, language: str) -> str:
    if word == "*":
        return r"\w+(?:'\w+)?"
    exact = word.startswith("=")
    folded = fold(word.removeprefix("="))
    if exact or not folded.isalpha():
        return "".join(_letter_regex(piece) for piece in re.findall(r"\[[^\]]+\]|.", folded))
    stem, ending = inflected(folded, language)
    return re.escape(stem) + ending


def _letter_regex(piece: str) -> str:
    """Return what one piece of a word with signs in it stands for."""
    if piece == "*":
        return r"\w*"
    if piece == ".":
        return r"\.?"
    return piece if piece.startswith("[") else re.escape(piece)


def _needs(node: Node, language: str) -> Iterator[Anchors]:
    """Yield the anchors of each required part; a part without any yields nothing."""
    match node:
        case Word(word):
            anchor = _anchor(word, language)
            if anchor:
                yield frozenset([anchor])
        case Choice(options, optional):
            if not optional:
                # Of each option the part whose shortest piece is longest: it is the rarest in running text.
                best = [max(_needs(option, language), key=_rarity, default=None) for option in options]
                if all(best):
                    yield frozenset().union(*(anchors for anchors in best if anchors))
        case Run(parts):
            for part in parts:
                yield from _needs(part, language)
        case Near(left, right, _, _):
            yield from _needs(left, language)
            yield from _needs(right, language)


def _rarity(anchors: Anchors) -> int:
    return min(map(len, anchors))


def _anchor(word: str, language: str) -> str:
    """Return the longest plain piece that every form of the word holds, or nothing if it is too short."""
    folded = fold(word.removeprefix("="))
    if folded.isalpha() and not word.startswith("="):
        folded = inflected(folded, language)[0]
    piece = max(re.split(r"\[[^\]]+\]|[^\w]", folded), key=len)
    return piece if len(piece) >= MINIMUM_ANCHOR else ""
