"""The reading order of a page: columns, and in each the lines and tables from the top down.

It knows proportions: gutters between columns, lines of one height. It does not know pdfium, headings or other pages.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from statistics import median

from imetaudit.extract.pdfruns import Flow, Line, Row, Run, beside, with_markers
from imetaudit.extract.pdftables import find_region, table_rows
from imetaudit.extract.thresholds import PdfLayout


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
    switches = sum(one != other for one, other in itertools.pairwise(order))
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


# --- lines ----------------------------------------------------------------------------------------


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
        region = find_region(rows, place, figures)
        if region and (table := table_rows(region, figures)):
            flow += table
            place += len(region.rows)
            continue
        run = row[0] if len(row) == 1 else beside(row)
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
            joined[-1] = beside([last, run])
        else:
            joined.append(run)
    return with_markers(joined)
