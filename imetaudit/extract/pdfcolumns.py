"""The columns of a page: which of its runs are read before which, told by the gutters between them.

It knows that a gutter parts columns of prose where the lines beside it go on below and not across, and that over and
under them, and in their midst, lines may run across it. It does not know lines, tables or other pages.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from imetaudit.extract.pdfruns import Run, run_of
from imetaudit.extract.thresholds import PdfLayout

_LEAST = 3
"""Fewer lines are no column, whatever they look like."""
_DEPTH = 4
"""How often a page is parted: bands in columns in bands in columns; a bound to the work, not a judgement."""


def columns_of(runs: list[Run], figures: PdfLayout) -> list[list[Run]]:
    """Return the runs of a page by column in reading order; in each column they keep their order."""
    return _columns(runs, figures, _DEPTH)


@dataclass(frozen=True)
class _Band:
    """A part of the page between lines that run across a gutter, or such lines."""

    left: list[Run]
    right: list[Run]
    across: list[Run]

    def in_columns(self, figures: PdfLayout) -> bool:
        """Tell whether both sides hold lines of text, rather than one the cells that belong to the other."""
        sides = (self.left, self.right)
        return min(map(len, sides)) > 1 and all(_words_a_line(side) >= figures.column_words_drawn for side in sides)


def _columns(runs: list[Run], figures: PdfLayout, depth: int) -> list[list[Run]]:
    gutter = _gutter(runs, figures, depth)
    if gutter is None:
        return [runs]
    parts: list[list[Run]] = []
    plain: list[Run] = []
    for band in _bands(_cut(runs, gutter, figures), gutter):
        if not band.in_columns(figures):
            plain += [*band.left, *band.right, *band.across]
            continue
        if plain:
            parts += _columns(plain, figures, depth - 1)
            plain = []
        for side in (band.left, band.right):
            parts += _columns(side, figures, depth - 1)
        plain += band.across
    return parts + (_columns(plain, figures, depth - 1) if plain else [])


def _cut(runs: Sequence[Run], gutter: float, figures: PdfLayout) -> list[Run]:
    """Part the runs that seem to cross a gutter only because it is narrow."""
    cut: list[Run] = []
    for run in runs:
        place = _gap_at(run, gutter, figures) if run.left < gutter < run.right else 0
        cut += [run_of(list(run.words[:place])), run_of(list(run.words[place:]))] if place else [run]
    return cut


def _gap_at(run: Run, gutter: float, figures: PdfLayout) -> int:
    """Return the number of the word of a run that begins beyond the gutter after a wide gap; 0 where none does."""
    gaps = [two.left - one.right for one, two in itertools.pairwise(run.words)]
    for place, (one, two) in enumerate(itertools.pairwise(run.words), 1):
        if one.right <= gutter + 1 and two.left >= gutter - 1:
            wide = gaps[place - 1] >= max(figures.column_gap * run.size, figures.column_gap_lead * median(gaps))
            return place if wide else 0
    return 0


def _bands(runs: Sequence[Run], gutter: float) -> list[_Band]:
    """Return the page from the top down: what stands beside the gutter, and then the run across it that ends that."""
    across = sorted((run for run in runs if run.left < gutter < run.right), key=lambda run: run.middle)
    ends = [bar.middle for bar in across]
    bands = [_Band([], [], [bar]) for bar in across] + [_Band([], [], [])]
    for run in runs:
        if run.right <= gutter:
            bands[bisect_right(ends, run.middle)].left.append(run)
        elif run.left >= gutter:
            bands[bisect_right(ends, run.middle)].right.append(run)
    return bands


def _gutter(runs: list[Run], figures: PdfLayout, depth: int) -> float | None:
    """Return the x of the clearest gutter that parts columns of prose, or None."""
    if depth < 1 or len(runs) < figures.column_lines:
        return None
    left, right = min(run.left for run in runs), max(run.right for run in runs)
    width = int(right - left)
    if not figures.columns_width < width < 20_000:
        return None
    least = figures.column_gap * median(run.size for run in runs)
    best: tuple[int, float, float] | None = None
    for begin, end, before, after in _strips(runs, left, width):
        x, crossing = (begin + end) / 2, len(runs) - before - after
        if end - begin < least or min(before, after) < _LEAST or crossing > figures.column_cross * len(runs):
            continue
        if not figures.column_edge * width < x < (1 - figures.column_edge) * width:
            continue
        found = (crossing, begin - end, left + x)
        if (best is None or found < best) and _parts_prose(runs, found[2], figures, depth):
            best = found
    return best[2] if best else None


def _strips(runs: Sequence[Run], left: float, width: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield the strips in which no run begins or ends: begin and end (from `left`), runs before and after it."""
    begins, ends = [0] * (width + 3), [0] * (width + 3)
    for run in runs:
        begins[max(0, int(run.left - left) + 1)] += 1
        ends[min(width + 2, max(0, int(run.right - left)))] += 1
    before, after, begin = 0, len(runs), 0
    for x, (begun, ended) in enumerate(zip(begins, ends, strict=True)):
        if begun or ended:
            if x > begin:
                yield begin, x, before, after
            before += ended
            after -= begun
            begin = x


def _parts_prose(runs: list[Run], gutter: float, figures: PdfLayout, depth: int) -> bool:
    """Tell whether both sides of a gutter are columns to be read one after the other, not cells of rows."""
    runs = _cut(runs, gutter, figures)
    bands = [band for band in _bands(runs, gutter) if band.in_columns(figures)]
    across = sum(run.left < gutter < run.right for run in runs)
    if across > figures.column_cross_short * len(runs):
        bands = [band for band in bands if min(len(band.left), len(band.right)) >= figures.column_lines]
    sides = ([run for band in bands for run in band.left], [run for band in bands for run in band.right])
    if min(map(len, sides)) < _LEAST:
        return False
    among = {id(run) for side in sides for run in side}
    order = [run.left >= gutter for run in runs if id(run) in among]
    switches = sum(one != other for one, other in itertools.pairwise(order))
    if switches < 2 or len(order) >= figures.column_lines * (switches + 1):
        # The content itself is written column by column: weak signs suffice, but a tail of cells is no column.
        fill, words = figures.column_fill_drawn, figures.column_words_drawn
        return all(_fill(side) >= fill and _words_a_line(side) >= words for side in sides)
    # Drawn line by line across; what changes sides every few lines are the cells of rows.
    by_line = len(order) <= figures.column_turn * (switches + 1)
    return by_line and all(_is_prose(side, figures, depth) for side in sides) and _begin_apart(*sides, figures)


def _is_prose(side: list[Run], figures: PdfLayout, depth: int) -> bool:
    if len(side) < figures.column_lines or _words_a_line(side) < figures.column_words:
        return False
    going_on = sum(run.text[:1].islower() for run in side)
    if going_on < figures.column_going_on * len(side):
        return False
    return _fill(side) >= figures.column_fill or _gutter(side, figures, depth - 1) is not None


def _begin_apart(left: Sequence[Run], right: Sequence[Run], figures: PdfLayout) -> bool:
    """Tell whether sentences begin on either side without heed of the other; the cells of a row begin together."""
    beginnings = {round(run.middle): not run.text[:1].islower() for run in left}
    pairs = [
        (beginnings[spot], not run.text[:1].islower())
        for run in right
        for spot in range(round(run.middle) - 2, round(run.middle) + 3)
        if spot in beginnings
    ]
    alone = sum(one != other for one, other in pairs)
    return alone >= figures.column_apart * (alone + sum(one and other for one, other in pairs))


def _fill(side: Sequence[Run]) -> float:
    width = max(run.right for run in side) - min(run.left for run in side)
    return sum(run.right - run.left for run in side) / len(side) / max(1.0, width)


def _words_a_line(side: Sequence[Run]) -> float:
    return sum(run.text.count(" ") + 1 for run in side) / len(side)
