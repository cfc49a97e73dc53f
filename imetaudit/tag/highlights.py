"""Where a passage of a document stands on its pages, so that it can be marked there.

It knows a document's printed lines and their words. It does not know which passages matter, nor how a page is drawn.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from operator import attrgetter

from imetaudit.model import Document, PageBox, TextLine

_END = attrgetter("end")


def boxes_of(document: Document, start: int, end: int) -> tuple[PageBox, ...]:
    """Return a box for each printed line that holds some of the text from `start` to `end`, in order, to 0.1 points.

    The first and the last line are clipped to the passage, by words where their places are known. () where nothing is
    known of places, as in formats without pages.
    """
    return tuple(_boxes(document, start, end))


def _boxes(document: Document, start: int, end: int) -> Iterator[PageBox]:
    lines = document.lines
    for place in range(bisect.bisect_right(lines, start, key=_END), len(lines)):
        line = lines[place]
        if line.start >= end:
            return
        low, high = max(start, line.start), min(end, line.end)
        _, top, _, bottom = line.box
        left, right = _sides(line, document.text[line.start : line.end], low - line.start, high - line.start)
        yield PageBox(line.page, round(left, 1), round(top, 1), round(right, 1), round(bottom, 1))


def _sides(line: TextLine, text: str, low: int, high: int) -> tuple[float, float]:
    """Return from where to where across the page some of a line reaches."""
    left, top, right, bottom = line.box
    if not text[:low].strip() and not text[high:].strip():
        return left, right
    before = len(text[:low].split())
    if 2 * len(text.split()) == len(line.edges):
        # A passage may begin or end amid a word, which is marked whole.
        begins_amid = low > 0 and not text[low - 1].isspace() and not text[low : low + 1].isspace()
        first = before - begins_amid
        edges = line.edges[2 * first : 2 * (first + max(1, len(text[low:high].split())))]
        return min(edges), max(edges)
    if not line.edges or right - left < bottom - top:
        return left, right
    return left + (right - left) * low / len(text), left + (right - left) * high / len(text)
