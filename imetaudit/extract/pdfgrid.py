"""Ruled tables: from the straight lines on a page to grids of cells, and to stacks of level lines.

It knows geometry only: which lines cross, which cells a missing line has merged, which level lines lie one under the
other. It does not know pdfium or text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from imetaudit.extract.pdftext import Rule


@dataclass(frozen=True)
class Grid:
    """A ruled table: the places of its lines, and for each cell of the grid the first cell it is merged with."""

    columns: tuple[float, ...]
    """x of the upright lines, left to right."""
    rows: tuple[float, ...]
    """y of the level lines, top to bottom."""
    merged: tuple[tuple[int, ...], ...]
    """By row and column, the number (row x columns + column) of the cell in which a merged cell's text stands."""

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Return left, top, right, bottom."""
        return self.columns[0], self.rows[0], self.columns[-1], self.rows[-1]

    def cell_at(self, x: float, y: float) -> int | None:
        """Return the number of the cell around a point, of a merged cell its first one; None outside the grid."""
        column, row = bisect_right(self.columns, x) - 1, bisect_right(self.rows, y) - 1
        if 0 <= column < len(self.columns) - 1 and 0 <= row < len(self.rows) - 1:
            return self.merged[row][column]
        return None

    def left_of(self, x: float) -> float:
        """Return the x of the next upright line to the left of a place inside the grid."""
        return self.columns[max(0, bisect_right(self.columns, x) - 1)]


@dataclass(frozen=True)
class Stack:
    """Level lines of one length, one under the other, with no upright ones: a table ruled between rows, perhaps."""

    left: float
    right: float
    bars: tuple[float, ...]
    """y of the lines, top to bottom."""


def find_stacks(rules: Sequence[Rule], grids: Sequence[Grid], snap: float, gap: float) -> list[Stack]:
    """Return the stacks of three level rules and more outside the grids, from the top down.

    Rules nearer than `snap` points are one; so are those at one height with less than `gap` points between them.
    """
    flat = [rule for rule in rules if rule.right - rule.left >= rule.bottom - rule.top]
    lines = _joined((((rule.top + rule.bottom) / 2, rule.left, rule.right) for rule in flat), snap, gap)
    free = [line for line in lines if not any(_within(line, grid, snap) for grid in grids)]
    open_stacks: list[list[_Line]] = []
    for line in free:
        for stack in open_stacks:
            if abs(stack[0][1] - line[1]) <= 2 * snap and abs(stack[0][2] - line[2]) <= 2 * snap:
                stack.append(line)
                break
        else:
            open_stacks.append([line])
    stacks = []
    for stack in open_stacks:
        bars = _places([y for y, _, _ in stack], 2 * snap)
        if len(bars) > 2:
            stacks.append(Stack(min(a for _, a, _ in stack), max(b for _, _, b in stack), tuple(bars)))
    return sorted(stacks, key=lambda stack: (stack.bars[0], stack.left))


def _within(line: _Line, grid: Grid, snap: float) -> bool:
    left, top, right, bottom = grid.box
    return top - snap <= line[0] <= bottom + snap and line[1] < right and line[2] > left


def find_grids(rules: Sequence[Rule], snap: float, reach: float) -> list[Grid]:
    """Return the grids that the rules draw, from the top down.

    Rules nearer than `snap` points are one; rules meet that end within `reach` points of each other.
    """
    flat = [rule for rule in rules if rule.right - rule.left >= rule.bottom - rule.top]
    steep = [rule for rule in rules if rule.right - rule.left < rule.bottom - rule.top]
    level = _joined((((rule.top + rule.bottom) / 2, rule.left, rule.right) for rule in flat), snap)
    upright = _joined((((rule.left + rule.right) / 2, rule.top, rule.bottom) for rule in steep), snap)
    if len(level) < 2 or len(upright) < 1 or len(level) * len(upright) > 250_000:
        return []
    grids = [grid for group in _groups(level, upright, reach) if (grid := _grid(*group, snap, reach))]
    return sorted(grids, key=lambda grid: (grid.box[1], grid.box[0]))


_Line = tuple[float, float, float]
"""A line's place across, and its two ends along."""


def _joined(lines: Iterable[_Line], snap: float, gap: float | None = None) -> list[_Line]:
    """Make one of the lines that lie in one another's continuation, at most `gap` points (or `snap`) apart."""
    gap = snap if gap is None else gap
    placed: list[list[_Line]] = []
    for line in sorted(lines):
        if placed and line[0] - placed[-1][0][0] <= snap:
            placed[-1].append(line)
        else:
            placed.append([line])
    joined: list[_Line] = []
    for same in placed:
        where = sum(line[0] for line in same) / len(same)
        spans = sorted((start, end) for _, start, end in same)
        start, end = spans[0]
        for other_start, other_end in spans[1:]:
            if other_start <= end + gap:
                end = max(end, other_end)
            else:
                joined.append((where, start, end))
                start, end = other_start, other_end
        joined.append((where, start, end))
    return joined


def _groups(level: list[_Line], upright: list[_Line], reach: float) -> list[tuple[list[_Line], list[_Line]]]:
    """Part the lines into sets that hang together by crossing."""
    parent = list(range(len(level) + len(upright)))

    def find(member: int) -> int:
        while parent[member] != member:
            parent[member] = parent[parent[member]]
            member = parent[member]
        return member

    for number, (y, left, right) in enumerate(level):
        for other, (x, top, bottom) in enumerate(upright, len(level)):
            if left - reach <= x <= right + reach and top - reach <= y <= bottom + reach:
                parent[find(other)] = find(number)
    groups: dict[int, tuple[list[_Line], list[_Line]]] = defaultdict(lambda: ([], []))
    for number, line in enumerate(level):
        groups[find(number)][0].append(line)
    for number, line in enumerate(upright, len(level)):
        groups[find(number)][1].append(line)
    return [groups[key] for key in sorted(groups)]


def _grid(level: list[_Line], upright: list[_Line], snap: float, reach: float) -> Grid | None:
    if len(level) < 2 or not upright:
        return None
    # A table need not be closed at its sides: its level lines then reach beyond its upright ones, and the reverse.
    xs = _with_ends([x for x, _, _ in upright], [(a, b) for _, a, b in level], snap, reach)
    ys = _with_ends([y for y, _, _ in level], [(a, b) for _, a, b in upright], snap, reach)
    columns, rows = len(xs) - 1, len(ys) - 1
    if columns < 2 or rows < 1 or columns * rows < 2 or columns * rows > 20_000:
        return None
    first = {(row, column): (row, column) for row in range(rows) for column in range(columns)}
    for row in range(rows):
        for column in range(columns):
            middle_x, middle_y = (xs[column] + xs[column + 1]) / 2, (ys[row] + ys[row + 1]) / 2
            if column and not _covered(upright, xs[column], middle_y, snap):
                _merge(first, (row, column - 1), (row, column))
            if row and not _covered(level, ys[row], middle_x, snap):
                _merge(first, (row - 1, column), (row, column))
    merged = tuple(
        tuple(_root(first, (row, column))[0] * columns + _root(first, (row, column))[1] for column in range(columns))
        for row in range(rows)
    )
    if len({cell for line in merged for cell in line}) < 2:
        return None
    return Grid(tuple(xs), tuple(ys), merged)


def _places(values: list[float], snap: float) -> list[float]:
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > snap:
            places.append(value)
    return places


def _with_ends(values: list[float], spans: list[tuple[float, float]], snap: float, reach: float) -> list[float]:
    """Return the places of lines, and the ends of the lines across them where those reach further."""
    places = _places(values, 2 * snap)
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    before = [first] if first < places[0] - max(2 * snap, reach) else []
    return [*before, *places, *([last] if last > places[-1] + max(2 * snap, reach) else [])]


def _covered(lines: list[_Line], where: float, along: float, snap: float) -> bool:
    return any(abs(place - where) <= 2 * snap and start - snap <= along <= end + snap for place, start, end in lines)


def _root(first: dict[tuple[int, int], tuple[int, int]], cell: tuple[int, int]) -> tuple[int, int]:
    while first[cell] != cell:
        cell = first[cell]
    return cell


def _merge(first: dict[tuple[int, int], tuple[int, int]], one: tuple[int, int], other: tuple[int, int]) -> None:
    low, high = sorted((_root(first, one), _root(first, other)))
    first[high] = low
