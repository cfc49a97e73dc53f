"""The reading order of a page: columns, rows of unruled tables, and plain lines, from runs of words in their places.

It knows proportions: gutters between columns, gaps between cells. It does not know pdfium, headings or other pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from imetaudit.extract.pdfgrid import Grid
from imetaudit.extract.pdftext import Word
from imetaudit.extract.thresholds import PdfLayout

_MARKER = re.compile(r"(?:[•·▪▫◦‣⁃●○■□◆◇➢➤✓✔➔→§o\uf0b7\uf0a7\uf0d8*–—-]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]|\(?[ivx]{1,4}[.)])$")


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


Flow = list[Line | Row]


def runs_of(words: Iterable[Word], figures: PdfLayout) -> list[Run]:
    """Join the words that stand next to each other on a line; the order is kept."""
    runs: list[Run] = []
    group: list[Word] = []
    for word in words:
        if group and not _adjoins(group[-1], word, figures):
            runs.append(_run(group))
            group = []
        group.append(word)
    if group:
        runs.append(_run(group))
    return _with_markers(runs)


def _adjoins(word: Word, other: Word, figures: PdfLayout) -> bool:
    if other.line != word.line:
        return False
    height = max(1.0, min(word.bottom - word.top, other.bottom - other.top))
    if abs((word.top + word.bottom) - (other.top + other.bottom)) > 2 * figures.same_line * height:
        return False
    size = max(word.size, other.size, 4.0)
    return -size < other.left - word.right < figures.run_gap * size


def _run(words: list[Word]) -> Run:
    letters = sum(len(word.text) for word in words)
    bold = sum(len(word.text) for word in words if word.bold)
    return Run(
        " ".join(word.text for word in words),
        min(word.left for word in words),
        min(word.top for word in words),
        max(word.right for word in words),
        max(word.bottom for word in words),
        max(word.size for word in words),
        bold >= 0.95 * letters,
        tuple(words),
    )


def _with_markers(runs: list[Run]) -> list[Run]:
    """Join a bullet or an item's number with the text that it stands before."""
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        near = last and 0 <= run.left - last.right < 4 * max(run.size, 6) and abs(run.middle - last.middle) < run.size
        if last and near and _MARKER.match(last.text):
            joined[-1] = _beside([last, run])
        else:
            joined.append(run)
    return joined


def _beside(runs: Sequence[Run]) -> Run:
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


def read_page(runs: list[Run], grids: Sequence[list[Row]], figures: PdfLayout) -> list[Flow]:
    """Return the page's columns in reading order, each a flow of lines and table rows; `grids` by `Run.grid`."""
    return [flow for column in _columns(runs, figures, 0) if (flow := _flow(column, grids, figures))]


# --- columns --------------------------------------------------------------------------------------


def _columns(runs: list[Run], figures: PdfLayout, depth: int) -> list[list[Run]]:
    gutter = _gutter(runs, figures) if depth < 3 else None
    if gutter is None:
        return [runs]
    crossing = sorted((run for run in runs if run.left < gutter < run.right), key=lambda run: run.top)
    sides = [run for run in runs if not run.left < gutter < run.right]
    parts: list[list[Run]] = []
    floor = float("-inf")
    for bar in [*crossing, None]:
        ceiling = bar.middle if bar else float("inf")
        band = [run for run in sides if floor <= run.middle < ceiling]
        for side in ([run for run in band if run.right <= gutter], [run for run in band if run.left >= gutter]):
            if side:
                parts += _columns(side, figures, depth + 1) if len(band) > 2 * figures.column_lines else [side]
        if bar:
            parts.append([bar])
            floor = ceiling
    return _rejoin(parts, crossing)


def _rejoin(parts: list[list[Run]], crossing: list[Run]) -> list[list[Run]]:
    """Join full-width lines that follow one another, so that they can make a paragraph."""
    joined: list[list[Run]] = []
    wide = {id(run) for run in crossing}
    for part in parts:
        if joined and id(part[0]) in wide and id(joined[-1][-1]) in wide:
            joined[-1] = joined[-1] + part
        else:
            joined.append(part)
    return joined


def _gutter(runs: list[Run], figures: PdfLayout) -> float | None:
    """Return the x of the clearest gutter that parts columns of prose, or None."""
    if len(runs) < figures.column_lines:
        return None
    left, right = min(run.left for run in runs), max(run.right for run in runs)
    width = int(right - left)
    if not 100 < width < 20_000:
        return None
    steps = [0] * (width + 3)
    for run in runs:
        steps[max(0, int(run.left - left) + 1)] += 1
        steps[min(width + 2, max(0, int(run.right - left)))] -= 1
    size = median(run.size for run in runs)
    allowed = figures.column_cross * len(runs)
    best: tuple[int, int, float] | None = None
    crossing, begin, current = 0, 0, -1
    for x in range(width + 2):
        crossing += steps[x]
        if crossing != current:
            if 0 <= current <= allowed and x - begin >= figures.column_gap * size:
                found = (current, begin - x, left + (begin + x) / 2)
                central = 0.18 * width < (begin + x) / 2 < 0.82 * width
                if central and (best is None or found < best) and _prose(runs, found[2], figures):
                    best = found
            begin, current = x, crossing
    return best[2] if best else None


def _prose(runs: list[Run], gutter: float, figures: PdfLayout) -> bool:
    """Tell whether both sides of a gutter are columns to be read one after the other, not cells of rows."""
    sides = [[run for run in runs if run.right <= gutter], [run for run in runs if run.left >= gutter]]
    if min(len(side) for side in sides) < 3:
        return False
    order = [run.left >= gutter for run in runs if not run.left < gutter < run.right]
    switches = sum(one != other for one, other in zip(order, order[1:], strict=False))
    crossing = len(runs) - len(order)
    if switches <= 1 + 2 * crossing and switches <= 3:
        # The content itself is written column by column: weak signs suffice, but a tail of cells is no column.
        return all(_fill(side) >= 0.3 and _words_a_line(side) >= 2 for side in sides)
    return all(
        len(side) >= figures.column_lines
        and _fill(side) >= figures.column_fill
        and _words_a_line(side) >= figures.column_words
        for side in sides
    )


def _fill(side: list[Run]) -> float:
    width = max(run.right for run in side) - min(run.left for run in side)
    return sum(run.right - run.left for run in side) / len(side) / max(1.0, width)


def _words_a_line(side: list[Run]) -> float:
    return sum(run.text.count(" ") + 1 for run in side) / len(side)


# --- rows and unruled tables ----------------------------------------------------------------------


def _flow(runs: list[Run], grids: Sequence[list[Row]], figures: PdfLayout) -> Flow:
    rows = _rows(runs, figures)
    flow: Flow = []
    place = 0
    while place < len(rows):
        row = rows[place]
        if row[0].grid is not None:
            flow += grids[row[0].grid]
            place += 1
            continue
        region = _region(rows, place, figures)
        if region and (table := _table_rows(region, figures)):
            flow += table
            place += len(region.rows)
            continue
        run = row[0] if len(row) == 1 else _beside(row)
        flow.append(Line(run, _first_word(row[0])))
        place += 1
    return flow


def _first_word(run: Run) -> float:
    length = run.text.find(" ")
    return (run.right - run.left) * (1.0 if length < 0 else length / len(run.text))


def _rows(runs: list[Run], figures: PdfLayout) -> list[list[Run]]:
    """Return the runs by line from the top down, in each line from left to right."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (run.top if run.grid is not None else run.middle, run.left)):
        last = rows[-1][0] if rows else None
        height = min(run.bottom - run.top, last.bottom - last.top) if last else 0.0
        same = last is not None and run.grid is None and last.grid is None
        if same and last and abs(run.middle - last.middle) <= figures.same_line * height:
            rows[-1].append(run)
        else:
            rows.append([run])
    return [_in_line(row) for row in rows]


def _in_line(row: list[Run]) -> list[Run]:
    """Order a line's runs; runs that touch, such as superscripts, become one."""
    row.sort(key=lambda run: run.left)
    joined = row[:1]
    for run in row[1:]:
        last = joined[-1]
        if run.left - last.right < 0.9 * max(run.size, last.size):
            joined[-1] = _beside([last, run])
        else:
            joined.append(run)
    return _with_markers(joined)


@dataclass
class _Region:
    """Rows that share gutters."""

    rows: list[list[Run]]
    gutters: list[tuple[float, float]] = field(default_factory=list)
    full: int = 0
    """How many of the rows have runs on both sides of a gutter."""


def _region(rows: list[list[Run]], start: int, figures: PdfLayout) -> _Region | None:
    size = median(run.size for run in rows[start])
    least = figures.table_gap * size
    head, gutters = _head(rows, start, least, figures)
    if not gutters:
        return None
    region = _Region([head], gutters, 1)
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
    """Part a line's words where a gutter lies between two of them."""
    groups: list[list[Word]] = [[]]
    for word in words:
        last = groups[-1][-1] if groups[-1] else None
        if last and any(max(last.right, left) < min(word.left, right) for left, right in gutters):
            groups.append([])
        groups[-1].append(word)
    return [_run(group) for group in groups if group]


def _aligned(one: Run, other: Run) -> bool:
    near = 0.6 * max(one.size, other.size)
    return (
        abs(one.left - other.left) < near
        or abs(one.right - other.right) < near
        or abs(one.left + one.right - other.left - other.right) < 2 * near
    )


def _gaps(row: list[Run], least: float) -> list[tuple[float, float]]:
    return [(one.right, two.left) for one, two in zip(row, row[1:], strict=False) if two.left - one.right >= least]


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


def _is_title_between(row: list[Run], region: _Region, figures: PdfLayout) -> bool:
    if len(row) > 1:
        return False
    run = row[0]
    others = [other for each in region.rows[-3:] for other in each]
    size = median(other.size for other in others)
    if abs(run.size - size) > (figures.heading_size - 1) * size:
        return True
    return run.bold and not any(other.bold for other in others) and run.left < region.gutters[0][0]


def _table_rows(region: _Region, figures: PdfLayout) -> list[Row]:
    bounds = [(left + right) / 2 for left, right in region.gutters]
    placed = [_by_column(row, bounds) for row in region.rows]
    starts = _row_starts(region, placed, figures)
    rows: list[Row] = []
    edges = (min(run.left for row in region.rows for run in row), *(right for _, right in region.gutters))
    for place, start in enumerate(starts):
        stop = starts[place + 1] if place + 1 < len(starts) else len(placed)
        cells = tuple(
            "\n".join(run.text for line in placed[start:stop] for run in line[column]) for column in range(len(bounds) + 1)
        )
        runs = [run for row in region.rows[start:stop] for run in row]
        rows.append(Row(cells, _around(runs), edges, first=place == 0))
    return rows


def _by_column(row: list[Run], bounds: list[float]) -> list[list[Run]]:
    columns: list[list[Run]] = [[] for _ in range(len(bounds) + 1)]
    for run in row:
        columns[sum((run.left + run.right) / 2 > bound for bound in bounds)].append(run)
    return columns


def _row_starts(region: _Region, placed: list[list[list[Run]]], figures: PdfLayout) -> list[int]:
    """Return the numbers of the lines that begin a row: those set apart, or else those with a first cell."""
    tops = [min(run.top for run in row) for row in region.rows]
    steps = [below - above for above, below in zip(tops, tops[1:], strict=False)]
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
    return [_beside(sorted(line, key=lambda run: run.left)) for line in lines]


def table_run(grid: Grid, number: int) -> Run:
    """Return the run that stands for a ruled table as a whole."""
    left, top, right, bottom = grid.box
    return replace(Run("", left, top, right, bottom, 10.0, False), grid=number)
