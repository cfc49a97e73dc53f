"""Folding: text made comparable without moving a single character.

It lower-cases and takes off accents one character for one character, so that an offset into the folded text is an
offset into the text. For comparing names, where offsets do not matter, it also parts a text into plain words. It knows
nothing of languages.
"""

from __future__ import annotations

import re
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


def plain(text: str) -> str:
    """Return the words of a text in lower case, without accents and signs, with one space between.

    >>> plain("Código_del-CURSO:")
    'codigo del curso'
    """
    return " ".join(re.findall(r"[^\W_]+", fold(unicodedata.normalize("NFC", text))))
