"""Runs of words on a page, lines and table rows: what the layout of a page is made of.

It knows how words that stand next to each other become a run, and a bullet its item. It does not know reading order.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from imetaudit.extract.pdftext import Word
from imetaudit.extract.thresholds import PdfLayout

_MARKER = re.compile(
    r"(?:[•·▪▫◦‣⁃●○■□◆◇➢➤✓✔➔→§o\uf0b7\uf0a7\uf0d8*–—-]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]|\(?[ivx]{1,4}[.)])$"
)
_LEAST_SIZE = 4.0
"""In points: type that says to be smaller was scaled in a way that pdfium does not tell."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand next to each other on one line, or a ruled table as a whole."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool
    words: tuple[Word, ...] = ()
    grid: int | None = None
    """Of a ruled table its number on the page."""

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Return left, top, right, bottom."""
        return self.left, self.top, self.right, self.bottom

    @property
    def middle(self) -> float:
        """Return the height of its middle."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """One line of running text."""

    run: Run
    first_word: float
    """The width of its first word."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table."""

    cells: tuple[str, ...]
    box: tuple[float, float, float, float]
    edges: tuple[float, ...]
    """The left edges of the table's columns, by which a table is known again on the next page."""
    first: bool
    """Whether it is the first row of its table on this page."""
    lines: tuple[tuple[Run, ...], ...]
    """By cell the runs of which each is a line of it."""


Flow = list[Line | Row]


def runs_of(words: Iterable[Word], figures: PdfLayout) -> list[Run]:
    """Join the words that stand next to each other on a line; the order is kept."""
    runs: list[Run] = []
    group: list[Word] = []
    last: Word | None = None
    for word in words:
        if last is not None and not _adjoins(last, word, figures):
            runs.append(run_of(group))
            group = []
        group.append(word)
        last = word
    if group:
        runs.append(run_of(group))
    return with_markers(runs)


def _adjoins(word: Word, other: Word, figures: PdfLayout) -> bool:
    # Every two words are asked: unpacking a tuple is faster than asking for its fields, a comparison than `max`.
    _, left, top, right, bottom, line, size, _ = word
    text, other_left, other_top, other_right, other_bottom, other_line, other_size, _ = other
    if other_line != line:
        return False
    if other_size > size:
        size = other_size
    if size < _LEAST_SIZE:
        size = _LEAST_SIZE
    widest = figures.run_gap * size
    rightwards = -size < other_left - right < widest
    if not rightwards and not (runs_leftwards(text) and -size < left - other_right < widest):
        return False
    if top == other_top and bottom == other_bottom:
        return True
    height = max(1.0, min(bottom - top, other_bottom - other_top))
    return abs((top + bottom) - (other_top + other_bottom)) <= 2 * figures.same_line * height


def runs_leftwards(text: str) -> bool:
    """Tell whether a text begins in a script that runs from right to left, as Arabic and Hebrew do."""
    return text[:1] > "\u0590" and unicodedata.bidirectional(text[0]) in ("R", "AL")


def run_of(words: list[Word]) -> Run:
    """Return the run that these words make, in their order; it is bold where nearly all of its letters are."""
    texts, lefts, tops, rights, bottoms, _, sizes, bolds = zip(*words, strict=True)
    bold = all(bolds)
    if not bold and any(bolds):
        letters = sum(map(len, texts))
        bold = sum(len(word.text) for word in words if word.bold) >= 0.95 * letters
    return Run(" ".join(texts), min(lefts), min(tops), max(rights), max(bottoms), max(sizes), bold, tuple(words))


def with_markers(runs: list[Run]) -> list[Run]:
    """Join a bullet or an item's number with the text that it stands before."""
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        near = last and 0 <= run.left - last.right < 4 * max(run.size, 6) and abs(run.middle - last.middle) < run.size
        if last and near and _MARKER.match(last.text):
            joined[-1] = beside([last, run])
        else:
            joined.append(run)
    return joined


def beside(runs: Sequence[Run]) -> Run:
    """Return the runs of one line as one, in their order."""
    return Run(
        " ".join(run.text for run in runs),
        min(run.left for run in runs),
        min(run.top for run in runs),
        max(run.right for run in runs),
        max(run.bottom for run in runs),
        max(run.size for run in runs),
        all(run.bold for run in runs),
        tuple(word for run in runs for word in run.words),
    )
