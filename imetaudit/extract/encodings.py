"""Which encoding a text is in that is not UTF-8 and does not say.

It knows that a right encoding gives letters where words have letters: small letters within small letters, and of the
alphabets that are expected. It does not decode.
"""

from __future__ import annotations

import re

from imetaudit.extract.thresholds import Encodings

_SAMPLE = 1 << 16
_AROUND = 1024
_IN_WORD = re.compile(r"(?<=[^\W\d_])[^\x00-\x7f]|[^\x00-\x7f](?=[^\W\d_])")


def guess_encoding(data: bytes, figures: Encodings) -> str | None:
    """Return the name of the likeliest encoding, or None where nothing fits."""
    # The first bytes may be all ASCII: the sample is taken around the first that is not.
    first = re.search(rb"[\x80-\xff]", data)
    start = max(0, (first.start() if first else 0) - _AROUND)
    sample = data[start : start + _SAMPLE]
    high = len(sample) - len(sample.decode("ascii", "ignore"))
    if high < figures.western_share * len(sample):
        # Where few letters are beyond ASCII the language is written in Latin letters, and general guesses fail.
        scores = [(score(sample.decode(name, "replace"), figures), name) for name in figures.candidates]
        return max(scores, key=lambda pair: pair[0])[1]
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best else None


def score(text: str, figures: Encodings) -> int:
    """Return how many characters beyond ASCII stand well in their words, less those that stand badly.

    >>> from imetaudit.extract.thresholds import load_thresholds
    >>> figures = load_thresholds().encodings
    >>> score("lecci\u00f3n", figures), score("lecci\u00a2n", figures)
    (1, -1)
    """
    total = 0
    for match in _IN_WORD.finditer(text):
        letter, before = match[0], text[match.start() - 1 : match.start()]
        if letter in figures.within or letter in figures.opening:
            total += 1 if before.isalpha() == (letter in figures.within) else -1
        elif letter.isspace() or letter in figures.around:
            continue
        elif letter.lower() in figures.letters:
            total += -1 if letter.isupper() and before.islower() else 1
        else:
            total -= 1
    return total
