"""Folding: text made comparable without moving a single character.

It lower-cases and takes off accents one character for one character, so that an offset into the folded text is an
offset into the text. It knows nothing of words or languages.
"""

from __future__ import annotations

import unicodedata


class _Table(dict[int, str]):
    """The folded form of each character, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        lower = chr(code).lower()
        base = unicodedata.normalize("NFD", lower)[:1] if unicodedata.combining(chr(code)) == 0 else chr(code)
        # A character whose lower case or base is longer than one character stays as it is: offsets must hold.
        folded = base if len(base) == 1 else chr(code)
        self[code] = folded
        return folded


_TABLE = _Table({ord("’"): "'", ord("‘"): "'"})


def fold(text: str) -> str:
    """Return the text in lower case and without accents, of the same length.

    >>> fold("El ESTADO de Excepción")
    'el estado de excepcion'
    """
    return text.translate(_TABLE)
