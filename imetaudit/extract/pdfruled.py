"""Ruled tables on a page: full grids, and tables with level rules only.

It knows which words stand in which cell, and when rules hold no table but lay out the page. It does not know how rules
are read, nor tables without any.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from imetaudit.extract.pdfgrid import Grid, Stack, find_grids, find_stacks
from imetaudit.extract.pdfrows import Placed, placed_line, row_starts, rows_within
from imetaudit.extract.pdfruns import Row, Run, beside, run_of, runs_of
from imetaudit.extract.pdftables import rows_of
from imetaudit.extract.pdftext import Rule, Word
from imetaudit.extract.printed import around
from imetaudit.extract.thresholds import PdfLayout, Thresholds

_CUT = "\u2060"
"""Marks the end of a line that may have cut a word without a hyphen; the text is cleaned of it."""


@dataclass(frozen=True)
class PageTables:
    """What a page's rules tell: its tables, and what stands outside them."""

    outside: list[Word]
    """The words in no ruled cell, in the order of the content."""
    runs: list[Run]
    """One that stands for each table, and those of frames that are none."""
    tables: list[list[Row]]
    """By `Run.grid`."""


def read_tables(words: Sequence[Word], rules: Sequence[Rule], thresholds: Thresholds) -> PageTables:
    """Take the ruled tables out of a page's words."""
    figures = thresholds.pdf
    if len(rules) < 3 or not words:
        return PageTables(list(words), [], [])
    grids = find_grids(rules, figures.rule_snap, figures.rule_reach)
    inside, outside = _parted(words, grids, figures)
    tables: list[list[Row]] = []
    stands: list[Run] = []
    set_free: list[Run] = []
    for grid, cells in zip(grids, inside, strict=True):
        cell_runs = {cell: runs_of(held, figures) for cell, held in cells.items()}
        if _is_table(grid, cell_runs, thresholds):
            stands.append(_stand(grid.box, len(tables)))
            tables.append(grid_rows(grid, cell_runs, figures))
        else:
            set_free += [run for cell in sorted(cell_runs) for run in cell_runs[cell]]
    for stack in find_stacks(rules, grids, figures.rule_snap, figures.bar_gap):
        lines = _text_lines(runs_of([word for word in outside if _is_within(word, stack)], figures), figures)
        for part, part_lines in _stack_parts(stack, lines, figures):
            rows = _stack_rows(part, part_lines, figures)
            if rows:
                stands.append(_stand((part.left, part.bars[0], part.right, part.bars[-1]), len(tables)))
                tables.append(rows)
                taken = {id(word) for line in part_lines for run in line for word in run.words}
                outside = [word for word in outside if id(word) not in taken]
    return PageTables(outside, [*set_free, *stands], tables)


def _parted(
    words: Sequence[Word], grids: Sequence[Grid], figures: PdfLayout
) -> tuple[list[dict[int, list[Word]]], list[Word]]:
    """Part the words into those of each grid, by cell, and those outside."""
    inside: list[dict[int, list[Word]]] = [{} for _ in grids]
    if not grids:
        return inside, list(words)
    outside: list[Word] = []
    last: tuple[Word, int, int] | None = None
    for word in words:
        y = (word.top + word.bottom) / 2
        held = None
        for place, grid in enumerate(grids):
            cell = grid.cell_at((word.left + word.right) / 2, y)
            if cell is None:
                continue
            if not word.left + 1 < grid.left_of((word.left + word.right) / 2) < word.right - 1:
                held = place, cell
            elif last and last[1] == place and _adjoins(last[0], word, figures):
                # A text too long for its cell runs over the rule to its right.
                held = place, last[2]
            else:
                held = place, grid.cell_at(word.left + figures.word_start * (word.right - word.left), y) or cell
            break
        if held is None:
            outside.append(word)
            last = None
        else:
            inside[held[0]].setdefault(held[1], []).append(word)
            last = word, *held
    return inside, outside


def _adjoins(one: Word, two: Word, figures: PdfLayout) -> bool:
    return one.line == two.line and -1 < two.left - one.right < figures.blank * two.size


def _stand(box: tuple[float, float, float, float], number: int) -> Run:
    """Return the run that stands for a table as a whole."""
    left, top, right, bottom = box
    return Run("", left, top, right, bottom, 10.0, False, grid=number)


# --- grids ----------------------------------------------------------------------------------------


def _is_table(grid: Grid, cells: dict[int, list[Run]], thresholds: Thresholds) -> bool:
    if len(cells) < 2 or not grid.merged:
        return False
    if sum(len(runs) for runs in cells.values()) > thresholds.pdf.cell_lines * len(cells):
        return False
    longest = max(sum(len(run.text) for run in runs) for runs in cells.values())
    return longest <= 2 * thresholds.tables.cell


def grid_rows(grid: Grid, cells: dict[int, list[Run]], figures: PdfLayout) -> list[Row]:
    """Return a row for each row of a ruled table that holds text; `cells` are the runs by cell number."""
    columns = len(grid.columns) - 1
    left_edges = grid.columns[:-1]
    rows: list[Row] = []
    for number, line in enumerate(grid.merged):
        held = [
            _lines_of(cells.get(cell, []), figures) if cell == number * columns + column else []
            for column, cell in enumerate(line)
        ]
        for part in _parts(held, figures):
            texts = [_cell_text(lines, grid, line, column, figures) for column, lines in enumerate(part)]
            if len(set(line)) == 1:
                texts = texts[:1]
            if any(texts):
                box = (grid.columns[0], grid.rows[number], grid.columns[-1], grid.rows[number + 1])
                if part is not held:
                    _, top, _, bottom = around(run.box for lines in part for run in lines)
                    box = (box[0], top, box[2], bottom)
                rows.append(Row(tuple(texts), box, left_edges, not rows, tuple(map(tuple, part[: len(texts)]))))
    return rows


def _parts(held: list[list[Run]], figures: PdfLayout) -> list[list[list[Run]]]:
    """Part the lines of a band of cells, by column, into rows where rules stand between columns only."""
    filled = [column for column, lines in enumerate(held) if lines]
    if len(filled) < 2 or len(held[filled[0]]) < figures.table_lines:
        return [held]
    lines: list[list[tuple[int, Run]]] = []
    for column, run in sorted(((c, r) for c in filled for r in held[c]), key=lambda each: each[1].middle):
        last = lines[-1][0][1] if lines else None
        if last and run.middle - last.middle <= figures.same_line * min(run.bottom - run.top, last.bottom - last.top):
            lines[-1].append((column, run))
        else:
            lines.append([(column, run)])
    placed = [
        Placed(
            tuple(tuple(run for c, run in line if c == column) for column in filled),
            min(run.top for _, run in line),
            max(run.bottom for _, run in line),
        )
        for line in lines
    ]
    starts = rows_within(placed, figures) or [0]
    if len(starts) == 1:
        return [held]
    return [
        [[run for line in lines[start:stop] for c, run in line if c == column] for column in range(len(held))]
        for start, stop in itertools.pairwise([*starts, len(lines)])
    ]


def _lines_of(runs: Sequence[Run], figures: PdfLayout) -> list[Run]:
    """Order a cell's runs by line, and in a line from left to right."""
    if len(runs) < 2:
        return list(runs)
    lines: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: run.middle):
        if lines and abs(lines[-1][0].middle - run.middle) <= figures.same_line * (run.bottom - run.top):
            lines[-1].append(run)
        else:
            lines.append([run])
    return [beside(sorted(line, key=lambda run: run.left)) for line in lines]


def _cell_text(lines: Sequence[Run], grid: Grid, line: Sequence[int], column: int, figures: PdfLayout) -> str:
    """Return a cell's lines as text, marked where a line may have cut a word that was wider than the cell."""
    if len(lines) < 2:
        return lines[0].text if lines else ""
    stop = column + 1
    while stop < len(line) and line[stop] == line[column]:
        stop += 1
    left, right = grid.columns[column], grid.columns[stop]
    texts = []
    for one, two in itertools.pairwise(lines):
        padding = max(0.0, one.left - left)
        fills = " " not in one.text and one.right + padding + figures.cut_room * one.size >= right
        cut = fills and one.text[-1].isalpha() and two.text[0].islower()
        texts.append(one.text + (_CUT if cut else ""))
    return "\n".join([*texts, lines[-1].text])


# --- tables with level rules only -----------------------------------------------------------------


def _is_within(word: Word, stack: Stack) -> bool:
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return stack.left <= x <= stack.right and stack.bars[0] <= y <= stack.bars[-1]


def _stack_parts(
    stack: Stack, lines: Sequence[list[Run]], figures: PdfLayout
) -> Iterator[tuple[Stack, list[list[Run]]]]:
    """Part a stack where between two rules there stands a caption, or nothing, with much room around it."""
    start = 0
    bars = stack.bars
    held = [[line for line in lines if top <= line[0].middle < bottom] for top, bottom in itertools.pairwise(bars)]
    for number, (top, bottom) in enumerate(itertools.pairwise(bars)):
        band = held[number]
        size = band[0][0].size if band else 10.0
        used = sum(line[0].bottom - line[0].top for line in band)
        if all(len(line) == 1 for line in band) and bottom - top - used > figures.caption_gap * size:
            if number > start:
                part = Stack(stack.left, stack.right, bars[start : number + 1])
                yield part, list(itertools.chain(*held[start:number]))
            start = number + 1
    if len(bars) - 1 > start:
        yield Stack(stack.left, stack.right, bars[start:]), list(itertools.chain(*held[start:]))


def _stack_rows(stack: Stack, lines: Sequence[list[Run]], figures: PdfLayout) -> list[Row]:
    """Return the rows between level rules; empty where the text there stands in no columns."""
    several = [line for line in lines if len(line) > 1]
    if len(several) < 2:
        return []
    gutters = _shared_gutters(several, figures)
    narrowed, titles = _fitted(gutters, [line for line in lines if len(line) == 1])
    if not narrowed or len(titles) > figures.title_share * len(lines):
        return []
    bounds = [(left + right) / 2 for left, right in narrowed]
    placed = [
        placed_line(line if id(line) in titles else _cut(line, bounds), bounds, title=id(line) in titles)
        for line in lines
    ]
    edges = (stack.left, *(right for _, right in narrowed))
    rows = rows_of(placed, row_starts(placed, stack.bars, figures), edges)
    cells = [cell for row in rows for cell in row.cells]
    filled = sum(map(bool, cells)) >= figures.stack_fill * len(cells)
    return rows if filled and max(map(len, cells)) <= figures.stack_cell else []


def _cut(line: Sequence[Run], bounds: Sequence[float]) -> list[Run]:
    """Cut the runs of a line that reach over a bound; no word stands on one."""
    cut: list[Run] = []
    for run in line:
        if not any(run.left < bound < run.right for bound in bounds):
            cut.append(run)
            continue
        sides: dict[int, list[Word]] = {}
        for word in run.words:
            sides.setdefault(sum((word.left + word.right) / 2 > bound for bound in bounds), []).append(word)
        cut += [run_of(sides[side]) for side in sorted(sides)]
    return cut


def _text_lines(runs: Sequence[Run], figures: PdfLayout) -> list[list[Run]]:
    lines: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (run.middle, run.left)):
        last = lines[-1][0] if lines else None
        if last and run.middle - last.middle <= figures.same_line * min(run.bottom - run.top, last.bottom - last.top):
            lines[-1].append(run)
        else:
            lines.append([run])
    return [sorted(line, key=lambda run: run.left) for line in lines]


def _shared_gutters(lines: Sequence[list[Run]], figures: PdfLayout) -> list[tuple[float, float]]:
    """Return the gaps across that no word of the lines crosses; a gap no wider than a blank must part many lines."""
    spans = sorted((word.left, word.right) for line in lines for run in line for word in run.words)
    size = min(run.size for line in lines for run in line)
    least = figures.run_gap if len(lines) < figures.gutter_lines else figures.column_gap
    gutters = []
    end = spans[0][1]
    for left, right in spans[1:]:
        if left - end >= least * size:
            gutters.append((end, left))
        end = max(end, right)
    return gutters


def _fitted(
    gutters: Sequence[tuple[float, float]], lines: Sequence[list[Run]]
) -> tuple[list[tuple[float, float]], set[int]]:
    """Narrow the gutters by lines of a single run; the `id`s of those that cross a whole gutter come along."""
    titles: set[int] = set()
    fitted = list(gutters)
    for line in lines:
        run = line[0]
        if any(run.left < left and run.right > right for left, right in gutters):
            titles.add(id(line))
            continue
        for place, (left, right) in enumerate(fitted):
            if run.left <= left < run.right:
                fitted[place] = (min(run.right, right), right)
            elif run.left < right <= run.right:
                fitted[place] = (left, max(left, run.left))
    return fitted, titles
