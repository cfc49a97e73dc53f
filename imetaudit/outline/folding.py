"""Fold text for comparison: lower case, no accents, plain quotes and dashes, every character in its place.

It knows how letters of the Latin alphabets lose their accents without moving any other character, so that an offset
into folded text is an offset into the text itself. It knows no words.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_PLAIN = {
    "‘": "'",
    "’": "'",
    "´": "'",
    "`": "'",
    "“": '"',
    "”": '"',
    "«": '"',
    "»": '"',
    "‐": "-",
    "‑": "-",
    "‒": "-",
    "–": "-",
    "—": "-",
    "−": "-",
    "\u00a0": " ",
    "\u2007": " ",
    "\u2009": " ",
    "\u202f": " ",
    "\t": " ",
    "×": "x",
}
_WORD = re.compile(r"[^\W_]+")


class _FoldTable(dict[int, str]):
    """Translate one character to one character, working each out when it is first met."""

    def __missing__(self, code: int) -> str:
        """Return the folded character and remember it."""
        character = chr(code)
        folded = _PLAIN.get(character)
        if folded is None:
            base = unicodedata.normalize("NFD", character)[0].lower()
            folded = base if len(base) == 1 else character
        self[code] = folded
        return folded


@cache
def _table() -> _FoldTable:
    return _FoldTable()


def fold(text: str) -> str:
    """Return the text in lower case, without accents and typographic signs, of the same length.

    >>> fold("Évaluation – «Señas»")
    'evaluation - "senas"'
    """
    if text.isascii():
        return text.lower().replace("\t", " ").replace("`", "'")
    return text.translate(_table())


def words_of(folded: str) -> list[str]:
    """Return the words of folded text in order.

    >>> words_of("title ix, 2nd ed.")
    ['title', 'ix', '2nd', 'ed']
    """
    return _WORD.findall(folded)
