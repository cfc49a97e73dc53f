"""Which lines of a table make one row: told by rules between them, by gaps, or by what begins a row.

It knows lines of runs that are already placed in columns. It does not know how the columns were found, nor pages.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from imetaudit.extract.pdfruns import Run
from imetaudit.extract.thresholds import PdfLayout

_FIGURE = re.compile(r"(?=.*[\d%]).{1,16}")


@dataclass(frozen=True)
class Placed:
    """One line of a table: its runs by column, and from where to where it reaches down the page."""

    columns: tuple[tuple[Run, ...], ...]
    top: float
    bottom: float
    title: bool = False
    """Whether it reaches over the columns, such as the title of a part of the table."""

    @property
    def anchored(self) -> bool:
        """Tell whether the line has something in the first column."""
        return bool(self.columns[0])

    @property
    def whole(self) -> bool:
        """Tell whether the line has something in every column."""
        return all(self.columns)

    @property
    def filled(self) -> int:
        """Return in how many columns the line has something."""
        return sum(map(bool, self.columns))


def placed_line(runs: Sequence[Run], bounds: Sequence[float], *, title: bool = False) -> Placed:
    """Place a line's runs in the columns that the bounds part."""
    columns: list[list[Run]] = [[] for _ in range(len(bounds) + 1)]
    for run in runs:
        columns[0 if title else sum((run.left + run.right) / 2 > bound for bound in bounds)].append(run)
    return Placed(
        tuple(map(tuple, columns)), min(run.top for run in runs), max(run.bottom for run in runs), title=title
    )


def row_starts(lines: Sequence[Placed], bars: Sequence[float], figures: PdfLayout) -> list[int]:
    """Return the numbers of the lines that begin a row; `bars` are the y of rules between the lines, ascending."""
    barred = [
        number
        for number, (one, two) in enumerate(itertools.pairwise(lines), 1)
        if one.title
        or two.title
        or any(_middle(one) < bar < _middle(two) and bar < two.bottom and bar > one.top for bar in bars)
    ]
    if len(barred) >= 2 and _are_rows(lines, barred, figures):
        return [0, *barred]
    apart = _apart(lines, figures)
    bounds = sorted({*barred, *apart})
    if len(apart) >= 2 and len(bounds) < len(lines) - 1 and _are_rows(lines, bounds, figures):
        return [0, *_with_tails(lines, bounds, set(barred))]
    widths = _widths(lines)
    anchored = [
        number
        for number, (above, line) in enumerate(itertools.pairwise(lines), 1)
        if line.anchored and not _is_aside(line) and not _wraps(above, line, widths, figures)
    ]
    if anchored:
        own = {number for number in apart if lines[number].filled > 1 and number + 1 not in anchored}
        return sorted({0, *anchored, *barred, *own})
    return sorted({0, *barred, *(number for number, line in enumerate(lines) if line.filled > 1)})


def rows_within(lines: Sequence[Placed], figures: PdfLayout) -> list[int]:
    """Return the numbers of the lines that begin a row where rules have left several rows in one; empty for one row."""
    apart = _apart(lines, figures)
    starts = [0, *apart]
    blocks = [lines[start:stop] for start, stop in itertools.pairwise([*starts, len(lines)])]
    if len(blocks) > 2 and _are_rows(lines, apart, figures):
        return starts if all(block[0].anchored and block[0].filled > 1 for block in blocks) else []
    whole = sum(line.whole for line in lines)
    if len(lines) < figures.table_lines or whole < (1 - figures.row_doubt) * len(lines):
        return []
    single = len(lines[0].columns) > 2 and whole == len(lines)
    return list(range(len(lines))) if single or _has_figures(lines) else []


def _has_figures(lines: Sequence[Placed]) -> bool:
    """Tell whether some column holds but a figure in every line: such lines are rows, not a cell's wrapped text."""
    columns = range(len(lines[0].columns))
    return any(
        all(_FIGURE.fullmatch(line.columns[column][0].text) for line in lines if line.columns[column])
        for column in columns
    )


def _middle(line: Placed) -> float:
    return (line.top + line.bottom) / 2


def _apart(lines: Sequence[Placed], figures: PdfLayout) -> list[int]:
    """Return the numbers of the lines that stand further from the one above than the lines of one cell."""
    steps: list[float] = []
    for column in range(len(lines[0].columns)):
        filled = [line for line in lines if line.columns[column] and not line.title]
        for one, two in itertools.pairwise(filled):
            step = _base(two, column) - _base(one, column)
            if step >= 0.8 * two.columns[column][0].size:
                steps.append(step)
    if not steps:
        return []
    steps.sort()
    lead = steps[len(steps) // 20]
    return [
        number
        for number, (one, two) in enumerate(itertools.pairwise(lines), 1)
        if two.bottom - one.bottom > figures.row_gap * lead
    ]


def _base(line: Placed, column: int) -> float:
    return line.columns[column][0].bottom


def _are_rows(lines: Sequence[Placed], bounds: Sequence[int], figures: PdfLayout) -> bool:
    """Tell whether the blocks between the bounds can be one row each: few show that they hold several."""
    blocks = [lines[start:stop] for start, stop in itertools.pairwise([0, *bounds, len(lines)])]
    several = [block for block in blocks if _holds_several(block)]
    return len(several) <= figures.row_doubt * len(blocks) and not any(
        len(block) >= figures.table_lines and all(line.whole for line in block) and _has_figures(block)
        for block in several
    )


def _holds_several(block: Sequence[Placed]) -> bool:
    if len(block) < 2:
        return False
    columns = len(block[0].columns)
    if sum(line.whole for line in block) >= 2 and (columns > 2 or all(line.whole for line in block)):
        return True
    turns = [one.anchored for one in block]
    return sum(not one and two for one, two in itertools.pairwise(turns)) + turns[0] >= 2


def _with_tails(lines: Sequence[Placed], bounds: Sequence[int], barred: set[int]) -> list[int]:
    """Leave out the bounds above blocks that are but further paragraphs of the cell above."""
    kept: list[int] = []
    for start, stop in itertools.pairwise([*bounds, len(lines)]):
        block = lines[start:stop]
        alone = len({column for line in block for column, runs in enumerate(line.columns) if runs}) == 1
        if start in barred or not alone or any(line.anchored for line in block):
            kept.append(start)
    return kept


def _widths(lines: Sequence[Placed]) -> list[float]:
    """Return how far to the right the text of each column reaches."""
    return [
        max((run.right for line in lines if not line.title for run in line.columns[column]), default=0.0)
        for column in range(len(lines[0].columns))
    ]


def _wraps(above: Placed, line: Placed, widths: Sequence[float], figures: PdfLayout) -> bool:
    """Tell whether every cell of the line goes on with the line above, broken where the next word did not fit."""
    shared = [column for column, runs in enumerate(line.columns) if runs]
    if len(shared) < 2 or above.title or line.title or not all(above.columns[column] for column in shared):
        return False
    lower = 0
    for column in shared:
        one, two = above.columns[column][-1], line.columns[column][0]
        first = two.words[0].right - two.words[0].left if two.words else two.right - two.left
        if one.right + figures.blank * two.size + first < widths[column] or _FIGURE.fullmatch(two.text):
            return False
        lower += two.text[0].islower()
    return 2 * lower >= len(shared)


def _is_aside(line: Placed) -> bool:
    """Tell whether the first cell only goes on, as in `Week 1` over `(3 March)`."""
    text = line.columns[0][0].text
    return text.startswith("(") and text.endswith(")") and len(text) > 4
