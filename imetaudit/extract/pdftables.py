"""Unruled tables on a page, by the gaps that their rows share.

It knows when runs that stand apart are cells. It does not know rules, nor columns of prose.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from imetaudit.extract.pdfrows import Placed, placed_line, row_starts
from imetaudit.extract.pdfruns import Row, Run, run_of
from imetaudit.extract.pdftext import Word
from imetaudit.extract.printed import around
from imetaudit.extract.thresholds import PdfLayout


@dataclass
class Region:
    """Lines that share gutters: an unruled table before its rows are made."""

    rows: list[list[Run]]
    gutters: list[tuple[float, float]] = field(default_factory=list)
    full: int = 0
    """How many of the rows have runs on both sides of a gutter."""


def find_region(rows: list[list[Run]], start: int, figures: PdfLayout) -> Region | None:
    """Return the unruled table that begins with the line of that number, or None where none does."""
    if start == 0 and len(rows) > 1 and len(rows[0]) == 1:
        return _tailed(rows, figures)
    return _region(rows, start, figures)


def _tailed(rows: list[list[Run]], figures: PdfLayout) -> Region | None:
    """Return a table of which the first line on the page is but the rest of a cell on the page before."""
    region = _region(rows, 1, figures) if rows[0][0].grid is None and rows[1][0].grid is None else None
    if region is None:
        return _region(rows, 0, figures)
    run = rows[0][0]
    near = rows[1][0].top - run.bottom <= figures.region_gap * run.size
    column = sum(run.left >= right - 1 for _, right in region.gutters)
    stop = region.gutters[column][0] if column < len(region.gutters) else float("inf")
    starts = [other.left for row in region.rows for other in row]
    if near and column and run.right <= stop and any(abs(run.left - left) < 1 for left in starts):
        region.rows.insert(0, rows[0])
    return region if region.rows[0] is rows[0] else _region(rows, 0, figures)


def _region(rows: list[list[Run]], start: int, figures: PdfLayout) -> Region | None:
    size = median(run.size for run in rows[start])
    least = figures.table_gap * size
    head, gutters = _head(rows, start, least, figures)
    if not gutters:
        return None
    region = Region([head], gutters, 1)
    for row in rows[start + 1 :]:
        distance = min(run.top for run in row) - max(run.bottom for run in region.rows[-1])
        if row[0].grid is not None or distance > figures.region_gap * 1.3 * size:
            break
        narrowed = [gutter for each in region.gutters if (gutter := _narrowed(each, row, least))]
        lost = len(region.gutters) - len(narrowed)
        if not narrowed or (lost and (len(row) == 1 or region.full > 2)) or _is_title_between(row, region, figures):
            break
        region.rows.append(row)
        region.gutters = narrowed
        region.full += len(row) > 1
    while len(region.rows) > 1 and _is_below(region, figures):
        region.rows.pop()
    needed = figures.table_lines - (len(region.gutters) > 1)
    return region if region.full >= needed else None


def _is_below(region: Region, figures: PdfLayout) -> bool:
    """Tell whether the last line stands below the table: in the first column alone, and no end of its last row."""
    last, above = region.rows[-1], region.rows[-2]
    if any(run.right > region.gutters[0][1] for run in last):
        return False
    step = max(run.bottom for run in last) - max(run.bottom for run in above)
    close = step <= figures.row_gap * figures.heading_size * last[0].size
    return not (close and (last[0].text[0] == "(" or last[0].text[0].islower()))


def _head(
    rows: list[list[Run]], start: int, least: float, figures: PdfLayout
) -> tuple[list[Run], list[tuple[float, float]]]:
    """Return a table's first row and the gutters it shows; the cells of a crowded head are told by the row below."""
    head, gutters = rows[start], _gaps(rows[start], least)
    below = rows[start + 1] if start + 1 < len(rows) else []
    if not below or below[0].grid is not None or below[0].top - head[0].bottom > figures.region_gap * head[0].size:
        return head, gutters
    wider = _gaps(below, least)
    if len(wider) > max(1, len(gutters)) or (len(wider) == 1 and not gutters and len(head[0].words) <= 4):
        parted = _parted([word for run in head for word in run.words], wider)
        if len(parted) == len(below) and all(map(_aligned, parted, below)) and _stands_apart(parted, figures):
            return parted, wider
    return head, gutters


def _parted(words: list[Word], gutters: list[tuple[float, float]]) -> list[Run]:
    """Part a line's words in each gutter, at the widest gap that lies in it."""
    cuts: set[int] = set()
    for left, right in gutters:
        gaps = [
            (two.left - one.right, place)
            for place, (one, two) in enumerate(itertools.pairwise(words), 1)
            if max(one.right, left) < min(two.left, right)
        ]
        if gaps:
            cuts.add(max(gaps)[1])
    places = [0, *sorted(cuts), len(words)]
    return [run_of(words[start:stop]) for start, stop in itertools.pairwise(places)]


def _stands_apart(parted: Sequence[Run], figures: PdfLayout) -> bool:
    """Tell whether the gaps between the parts of a line are wider than its blanks, as they are not in prose."""
    blanks = [two.left - one.right for run in parted for one, two in itertools.pairwise(run.words)]
    gaps = [two.left - one.right for one, two in itertools.pairwise(parted)]
    return not blanks or min(gaps) >= figures.row_gap * max(blanks)


def _aligned(one: Run, other: Run) -> bool:
    near = 0.6 * max(one.size, other.size)
    return (
        abs(one.left - other.left) < near
        or abs(one.right - other.right) < near
        or abs(one.left + one.right - other.left - other.right) < 2 * near
    )


def _gaps(row: list[Run], least: float) -> list[tuple[float, float]]:
    return [(one.right, two.left) for one, two in itertools.pairwise(row) if two.left - one.right >= least]


def _narrowed(gutter: tuple[float, float], row: list[Run], least: float) -> tuple[float, float] | None:
    left, right = gutter
    for run in row:
        if run.right <= left or run.left >= right:
            continue
        if run.left <= left and run.right >= right:
            return None
        if abs(run.right - left) < abs(right - run.left) or run.left <= left:
            left = max(left, run.right)
        else:
            right = min(right, run.left)
    return (left, right) if right - left >= 0.6 * least else None


def _is_title_between(row: list[Run], region: Region, figures: PdfLayout) -> bool:
    if len(row) > 1:
        return False
    run = row[0]
    others = [other for each in region.rows[-3:] for other in each]
    size = median(other.size for other in others)
    if abs(run.size - size) > (figures.heading_size - 1) * size:
        return True
    return run.bold and not any(other.bold for other in others) and run.left < region.gutters[0][0]


def table_rows(region: Region, figures: PdfLayout) -> list[Row]:
    """Return the rows of an unruled table from the top down; a row may run over several lines."""
    bounds = [(left + right) / 2 for left, right in region.gutters]
    lines = [placed_line(row, bounds) for row in region.rows]
    edges = (min(run.left for row in region.rows for run in row), *(right for _, right in region.gutters))
    return rows_of(lines, row_starts(lines, (), figures), edges)


def rows_of(lines: Sequence[Placed], starts: Sequence[int], edges: tuple[float, ...]) -> list[Row]:
    """Return the rows that begin with the lines of those numbers; `edges` are the left edges of the columns."""
    rows: list[Row] = []
    for start, stop in itertools.pairwise([*starts, len(lines)]):
        part = lines[start:stop]
        by_cell = tuple(tuple(run for line in part for run in line.columns[column]) for column in range(len(edges)))
        if part[0].title:
            by_cell = by_cell[:1]
        cells = tuple("\n".join(run.text for run in cell) for cell in by_cell)
        runs = [run for line in part for column in line.columns for run in column]
        rows.append(Row(cells, around(run.box for run in runs), edges, not rows, by_cell))
    return rows
