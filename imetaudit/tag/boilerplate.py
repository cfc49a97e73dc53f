"""Boilerplate: passages that stand, word for word or nearly, in the syllabi of several courses.

Only passages that hold a mention are compared, so the work grows with the mentions and not with the catalogue. A
passage is known by a fingerprint of its word triples without digits, so that another course number or date makes no
difference. It knows fingerprints and counts; whether a kind of section is exempt is data.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from imetaudit.folding import fold

_WORD = re.compile(r"[^\W\d_]+")
_HASHES = 32
_PRIME = (1 << 61) - 1
_BAND = 4  # rows of a band: with eight bands, passages alike to 0.8 share one with a probability of 0.98


@dataclass(frozen=True)
class Passage:
    """A segment that holds a mention."""

    document: str
    start: int
    """Of the segment in the document's text."""
    text: str
    """Its beginning, for the report."""
    fingerprint: tuple[int, ...]
    """Empty for a passage too short to be told from others."""


def fingerprint(text: str, words: int) -> tuple[int, ...]:
    """Return the least hashes of the text's word triples; empty for fewer than `words` words without digits."""
    folded = _WORD.findall(fold(text))
    if len(folded) < words:
        return ()
    triples = {" ".join(folded[at : at + 3]) for at in range(max(1, len(folded) - 2))}
    values = [_number(triple) for triple in triples]
    return tuple(min(value * factor % _PRIME for value in values) for factor in _factors())


@functools.cache
def _factors() -> tuple[int, ...]:
    """Return the multipliers that order the triples differently, one for each row of a fingerprint."""
    return tuple(_number(str(row)) for row in range(_HASHES))


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=7).digest(), "big") + 1


def clusters(passages: Sequence[Passage], similarity: float) -> list[list[Passage]]:
    """Group passages that are alike, each group sorted by document and place, groups by their first.

    Linear in the number of passages: only those that share a band of their fingerprints are compared, each with the
    first of its group.
    """
    groups: list[list[Passage]] = []
    bands: dict[tuple[int, tuple[int, ...]], list[int]] = defaultdict(list)
    for passage in sorted(passages, key=lambda each: (each.document, each.start)):
        if not passage.fingerprint:
            continue
        keys = [(row, passage.fingerprint[row : row + _BAND]) for row in range(0, _HASHES, _BAND)]
        near = sorted({group for key in keys for group in bands[key]})
        found = next((g for g in near if likeness(groups[g][0].fingerprint, passage.fingerprint) >= similarity), None)
        if found is None:
            groups.append([])
            found = len(groups) - 1
            for key in keys:
                bands[key].append(found)
        groups[found].append(passage)
    return groups


def likeness(one: Iterable[int], other: Iterable[int]) -> float:
    """Return the estimated share of word triples that two passages have in common."""
    pairs = list(zip(one, other, strict=True))
    return sum(a == b for a, b in pairs) / len(pairs) if pairs else 0.0
