"""Words as runs of letters, in whatever script: what texts are judged by.

It knows nothing of hyphens, languages or formats.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+")
# The same for text in ASCII, in half the time: asking Unicode of each letter is dear.
_ASCII_WORD = re.compile(r"[A-Za-z]+")


def words_of(text: str) -> list[str]:
    """Return the runs of letters in order; [] for a text without any.

    >>> words_of("week 2: the État's role")
    ['week', 'the', 'État', 's', 'role']
    """
    return (_ASCII_WORD if text.isascii() else _WORD).findall(text)
