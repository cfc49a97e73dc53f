"""Tables on a page: unruled ones by the gaps that their rows share, ruled ones by their grid.

It knows when runs that stand apart are cells, and which lines make one row. It does not know columns of prose.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from imetaudit.extract.pdfgrid import Grid
from imetaudit.extract.pdfruns import Row, Run, beside, run_of
from imetaudit.extract.pdftext import Word
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
    while len(region.rows) > 1 and all(run.right <= region.gutters[0][1] for run in region.rows[-1]):
        region.rows.pop()
    needed = figures.table_lines - (len(region.gutters) > 1)
    return region if region.full >= needed else None


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
        if len(parted) == len(below) and all(map(_aligned, parted, below)):
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
    placed = [_by_column(row, bounds) for row in region.rows]
    starts = _row_starts(region, placed, figures)
    rows: list[Row] = []
    edges = (min(run.left for row in region.rows for run in row), *(right for _, right in region.gutters))
    for place, start in enumerate(starts):
        stop = starts[place + 1] if place + 1 < len(starts) else len(placed)
        cells = tuple(
            "\n".join(run.text for line in placed[start:stop] for run in line[column])
            for column in range(len(bounds) + 1)
        )
        runs = [run for row in region.rows[start:stop] for run in row]
        rows.append(Row(cells, _around(runs), edges, first=place == 0))
    return rows


def _by_column(row: list[Run], bounds: list[float]) -> list[list[Run]]:
    columns: list[list[Run]] = [[] for _ in range(len(bounds) + 1)]
    for run in row:
        columns[sum((run.left + run.right) / 2 > bound for bound in bounds)].append(run)
    return columns


def _row_starts(region: Region, placed: list[list[list[Run]]], figures: PdfLayout) -> list[int]:
    """Return the numbers of the lines that begin a row: those set apart, or else those with a first cell."""
    tops = [min(run.top for run in row) for row in region.rows]
    steps = [below - above for above, below in itertools.pairwise(tops)]
    tight = min(steps, default=0.0) * (1 + figures.heading_size) / 2
    continued = [place for place, step in enumerate(steps, 1) if step <= tight * 1.05]
    apart = len(steps) - len(continued)
    whole = sum(all(placed[place]) for place in continued)
    if apart and continued and whole <= 0.3 * len(continued) and apart >= 2:
        return [0, *(place for place in range(1, len(placed)) if place not in set(continued))]
    anchored = [place for place in range(1, len(placed)) if placed[place][0]]
    filled = [place for place in range(1, len(placed)) if sum(map(bool, placed[place])) > 1]
    return sorted({0, *(anchored if len(anchored) >= 1 else filled)})


def _around(runs: Sequence[Run]) -> tuple[float, float, float, float]:
    return (
        min(run.left for run in runs),
        min(run.top for run in runs),
        max(run.right for run in runs),
        max(run.bottom for run in runs),
    )


# --- ruled tables ---------------------------------------------------------------------------------


def grid_rows(grid: Grid, cells: dict[int, list[Run]]) -> list[Row]:
    """Return a row for each row of a ruled table that holds text; `cells` are the runs by cell number."""
    columns = len(grid.columns) - 1
    rows: list[Row] = []
    for number, line in enumerate(grid.merged):
        texts: list[str] = []
        for column, cell in enumerate(line):
            own = cell == number * columns + column
            texts.append("\n".join(run.text for run in _ordered(cells.get(cell, []))) if own else "")
        if len(set(line)) == 1:
            texts = texts[:1]
        if any(texts):
            box = (grid.columns[0], grid.rows[number], grid.columns[-1], grid.rows[number + 1])
            rows.append(Row(tuple(texts), box, grid.columns[:-1], first=not rows))
    return rows


def _ordered(runs: list[Run]) -> list[Run]:
    """Order a cell's runs by line, and in a line from left to right."""
    lines: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: run.middle):
        if lines and abs(lines[-1][0].middle - run.middle) <= 0.5 * (run.bottom - run.top):
            lines[-1].append(run)
        else:
            lines.append([run])
    return [beside(sorted(line, key=lambda run: run.left)) for line in lines]


def table_run(grid: Grid, number: int) -> Run:
    """Return the run that stands for a ruled table as a whole."""
    left, top, right, bottom = grid.box
    return replace(Run("", left, top, right, bottom, 10.0, False), grid=number)
