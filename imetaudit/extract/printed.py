"""Where the lines of a printed page come to stand in a document's text, once that text is cleaned.

It knows that cleaning may take characters from a line, mend a word over its end, and part or join nothing else. It does
not know how text is cleaned, how lines are found, or what is in them.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, Protocol

from imetaudit.model import TextLine

_LINE_ENDS = "-\u2010\u00ad\u2060\ufffe"
"""What cleaning may take from a line's end: hyphens, and the mark of a word cut without one."""
_SLACK = 3
"""Characters that cleaning may add at a line's end, so that the next line is looked for so much further on."""


class Placed(Protocol):
    """Anything that has a place on a page."""

    @property
    def left(self) -> float: ...  # noqa: D102
    @property
    def top(self) -> float: ...  # noqa: D102
    @property
    def right(self) -> float: ...  # noqa: D102
    @property
    def bottom(self) -> float: ...  # noqa: D102


class Printed(NamedTuple):
    """One line of a block, or of a cell of it, on the page as it is shown."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    words: tuple[tuple[float, float], ...] = ()
    """As those of `TextLine`."""


ByCell = tuple[tuple[Printed, ...], ...]
"""The lines of a block by cell, or once for its text."""


def text_lines(
    raw: str, cleaned: str, start: int, printed: Sequence[Printed], clean: Callable[[str], str]
) -> Iterator[TextLine]:
    """Yield where each line stands in the document's text; lines of which nothing is left are passed over.

    Args:
        raw: the text of a block or cell, with a newline between any two lines.
        cleaned: what it became in the document.
        start: the offset of `cleaned` in the document.
        printed: the lines, in order.
        clean: cleans one line.
    """
    if len(printed) == 1:
        yield _text_line(start, start + len(cleaned), printed[0])
        return
    pieces = raw.split("\n")
    if len(pieces) != len(printed):
        yield from _as_one(cleaned, start, printed)
        return
    at = 0
    for piece, line in zip(pieces, printed, strict=True):
        begin, end = _found(piece, cleaned, at, clean)
        if end > begin:
            yield _text_line(start + begin, start + end, line)
        at = end + (cleaned[end : end + 1] == " ")


def _found(piece: str, cleaned: str, at: int, clean: Callable[[str], str]) -> tuple[int, int]:
    """Return from where to where in the cleaned text a line reaches that begins at `at` or close behind it."""
    if piece and cleaned.startswith(piece, at):
        return at, at + len(piece)
    for text in (piece.rstrip(_LINE_ENDS), whole := clean(piece), whole.rstrip(_LINE_ENDS)):
        if text:
            begin = cleaned.find(text, at, at + len(text) + _SLACK)
            if begin >= 0:
                return begin, begin + len(text)
    # Letters that the line end had kept apart have become one: the line is where it must be, by a letter or two.
    return at, min(len(cleaned), at + len(whole))


def _text_line(start: int, end: int, line: Printed) -> TextLine:
    page, left, top, right, bottom, words = line
    return TextLine(start, end, page, (left, top, right, bottom), words)


def _as_one(cleaned: str, start: int, printed: Sequence[Printed]) -> Iterator[TextLine]:
    """Yield for each page one line that stands for all of the text: it is not known which line holds what."""
    for page in sorted({line.page for line in printed}):
        box = around([line for line in printed if line.page == page])
        yield TextLine(start, start + len(cleaned), page, box)


def lines_together(one: ByCell, other: ByCell) -> ByCell:
    """Return the lines of two blocks whose texts, or cells, are joined; () where those of one are not known."""
    return tuple(map(operator.add, one, other)) if len(one) == len(other) else ()


def around(lines: Sequence[Placed]) -> tuple[float, float, float, float]:
    """Return the box around what stands on one page: left, top, right, bottom."""
    return (
        min(line.left for line in lines),
        min(line.top for line in lines),
        max(line.right for line in lines),
        max(line.bottom for line in lines),
    )
