"""Where the lines of a printed page come to stand in a document's text, once that text is cleaned.

It knows that cleaning may take characters from a line, mend a word over its end, and part or join nothing else. It does
not know how text is cleaned, how lines are found, or what is in them.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from imetaudit.model import TextLine

_LINE_ENDS = "-\u2010\u00ad\u2060\ufffe"
"""What cleaning may take from a line's end: hyphens, and the mark of a word cut without one."""
_SLACK = 3
"""Characters that cleaning may add at a line's end, so that the next line is looked for so much further on."""


class Printed(NamedTuple):
    """One line of a block, or of a cell of it, on the page as it is shown."""

    page: int
    box: tuple[float, float, float, float]
    edges: tuple[float, ...] = ()
    """As those of `TextLine`."""


ByCell = tuple[tuple[Printed, ...], ...]
"""The lines of a block by cell, or once for its text."""


def text_lines(
    raw: str, cleaned: str, start: int, printed: Sequence[Printed], clean: Callable[[str], str]
) -> list[TextLine]:
    """Return where each line stands in the document's text; lines of which nothing is left are passed over.

    Args:
        raw: the text of a block or cell, with a newline between any two lines.
        cleaned: what it became in the document.
        start: the offset of `cleaned` in the document.
        printed: the lines, in order.
        clean: cleans one line.
    """
    if len(printed) == 1:
        return [TextLine(start, start + len(cleaned), *printed[0])]
    pieces = raw.split("\n")
    if len(pieces) != len(printed):
        return _as_one(cleaned, start, printed)
    lines = []
    at = 0
    for piece, line in zip(pieces, printed, strict=True):
        if piece and cleaned.startswith(piece, at):
            begin, end = at, at + len(piece)
        else:
            begin, end = _found(piece, cleaned, at, clean)
        if end > begin:
            lines.append(TextLine(start + begin, start + end, *line))
        at = end + (cleaned[end : end + 1] == " ")
    return lines


def _found(piece: str, cleaned: str, at: int, clean: Callable[[str], str]) -> tuple[int, int]:
    """Return from where to where a line reaches in the cleaned text that is not in it as it was printed."""
    whole = clean(piece)
    for text in (whole, whole.rstrip(_LINE_ENDS)):
        if text:
            begin = cleaned.find(text, at, at + len(text) + _SLACK)
            if begin >= 0:
                return begin, begin + len(text)
    # Letters that the line end had kept apart have become one: the line is where it must be, by a letter or two.
    return at, min(len(cleaned), at + len(whole))


def _as_one(cleaned: str, start: int, printed: Sequence[Printed]) -> list[TextLine]:
    """Return for each page one line that stands for all of the text: it is not known which line holds what."""
    return [
        TextLine(start, start + len(cleaned), page, around([line.box for line in printed if line.page == page]))
        for page in sorted({line.page for line in printed})
    ]


def lines_together(one: ByCell, other: ByCell) -> ByCell:
    """Return the lines of two blocks whose texts, or cells, are joined; () where those of one are not known."""
    return tuple(map(operator.add, one, other)) if len(one) == len(other) else ()


def around(boxes: Iterable[Sequence[float]]) -> tuple[float, float, float, float]:
    """Return the box around boxes of one page: left, top, right, bottom."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
