"""The reading order of a page: columns, and in each the lines and tables from the top down.

It knows proportions: gutters between columns, lines of one height. It does not know pdfium, headings or other pages.
"""

from __future__ import annotations

from collections.abc import Sequence

from imetaudit.extract.pdfcolumns import columns_of
from imetaudit.extract.pdfruns import Flow, Line, Row, Run, beside, runs_leftwards, with_markers
from imetaudit.extract.pdftables import find_region, table_rows
from imetaudit.extract.thresholds import PdfLayout


def read_page(runs: list[Run], grids: Sequence[list[Row]], figures: PdfLayout) -> list[Flow]:
    """Return the page's columns in reading order, each a flow of lines and table rows; `grids` by `Run.grid`."""
    return [flow for column in columns_of(runs, figures) if (flow := _flow(column, grids, figures))]


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
    return [_in_line(row, figures) for row in rows]


def _in_line(row: list[Run], figures: PdfLayout) -> list[Run]:
    """Order a line's runs; runs that touch, such as superscripts, become one."""
    leftwards = all(runs_leftwards(run.text) for run in row)
    row.sort(key=lambda run: -run.right if leftwards else run.left)
    joined = row[:1]
    for run in row[1:]:
        last = joined[-1]
        if (last.left - run.right if leftwards else run.left - last.right) < figures.run_gap * max(run.size, last.size):
            joined[-1] = beside([last, run])
        else:
            joined.append(run)
    return with_markers(joined)
