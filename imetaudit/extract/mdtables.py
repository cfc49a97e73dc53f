"""Tables in Markdown: where they stand in the lines, and their rows.

It knows two ways of writing: people give each row one line; html2text lets a cell run over lines and blank lines,
parts cells by `|` and ends a row with two blanks. It does not know the marks inside a cell.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from imetaudit.extract.thresholds import Tables

_DELIMITER = re.compile(r"\s*+\|?\s*+:?-++:?\s*+(?:\|\s*+:?-++:?\s*+)++\|?\s*$")
_GRID_RULE = re.compile(r"\s{0,3}\+(?:[-=:]+\+)+\s*$")
_HTML2TEXT_DELIMITER = re.compile(r"---(?:\|---)+\s*$")
_WORD = re.compile(r"[^\W\d_]+")
_BAR = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True)
class MarkdownTable:
    """A table's rows, each a tuple of raw cells, and the line after it."""

    rows: tuple[tuple[str, ...], ...]
    end: int
    """The 0-based number of the first line that is not of the table."""


def find_tables(lines: Sequence[str], figures: Tables) -> dict[int, MarkdownTable]:
    """Return the tables by the 0-based number of their first line; a row's lines are limited by the figures."""
    row_lines = figures.row_lines
    delimiters = [
        number
        for number, line in enumerate(lines)
        if ("-|" in line or "- |" in line or "|-" in line) and _DELIMITER.match(line)
    ]
    tables = _grid_tables(lines)
    done = 0
    for number, limit in itertools.pairwise([*delimiters, len(lines)]):
        columns = lines[number].strip().strip("|").count("|") + 1
        if number < done or columns > figures.columns:
            continue
        loose = bool(_HTML2TEXT_DELIMITER.match(lines[number]))
        start = _first_line(lines, number, columns, done, row_lines if loose else 1)
        if start is None:
            continue
        head = _cells("\n".join(lines[start:number]), columns)
        if loose:
            rows, done = _loose_rows(lines, number + 1, limit, columns, row_lines)
            rows = _give_back(rows, figures.key_words)
        else:
            rows, done = _strict_rows(lines, number + 1, columns)
        tables[start] = MarkdownTable((head, *rows), done)
    return tables


def _grid_tables(lines: Sequence[str]) -> dict[int, MarkdownTable]:
    """Return the tables that are drawn with `+---+` between rows, of which a cell may have several lines."""
    tables: dict[int, MarkdownTable] = {}
    number = 0
    while number < len(lines):
        start = number
        number += 1
        if "+-" not in lines[start] or not _GRID_RULE.match(lines[start]):
            continue
        rows: list[tuple[str, ...]] = []
        columns = lines[start].count("+") - 1
        open_row: list[tuple[str, ...]] = []
        while number < len(lines) and lines[number].lstrip().startswith(("|", "+")):
            if _GRID_RULE.match(lines[number]):
                rows += (
                    [tuple("\n".join(filter(None, cell)) for cell in zip(*open_row, strict=True))] if open_row else []
                )
                open_row = []
            else:
                open_row.append(_cells(lines[number], columns)[:columns])
            number += 1
        if rows:
            tables[start] = MarkdownTable(tuple(rows), number)
    return tables


def _first_line(lines: Sequence[str], delimiter: int, columns: int, floor: int, reach: int) -> int | None:
    bars, number = 0, delimiter
    while number > floor and delimiter - number < reach:
        number -= 1
        bars += len(_BAR.findall(lines[number]))
        if bars >= columns - 1:
            break
    if bars < columns - 1:
        return None
    # The first cell may have begun on the lines before, up to the last blank one.
    while reach > 1 and number > floor and lines[number - 1].strip() and not lines[number - 1].endswith("  "):
        number -= 1
    return number


def _strict_rows(lines: Sequence[str], start: int, columns: int) -> tuple[list[tuple[str, ...]], int]:
    rows, number = [], start
    while number < len(lines) and _BAR.search(lines[number]):
        rows.append(_cells(lines[number], columns))
        number += 1
    return rows, number


def _loose_rows(
    lines: Sequence[str], start: int, limit: int, columns: int, row_lines: int
) -> tuple[list[tuple[str, ...]], int]:
    rows: list[tuple[str, ...]] = []
    open_lines: list[str] = []
    bars, number, end, brackets = 0, start, start, 0
    while number < limit:
        line = lines[number]
        here = len(_BAR.findall(line))
        # A row with merged cells has fewer bars: a line that holds a whole row by itself begins a new one.
        if bars and here >= columns - 1 and bars + here > columns - 1:
            rows.append(_cells("\n".join(open_lines), columns))
            open_lines, bars, end, brackets = [], 0, number, 0
        open_lines.append(line)
        bars += here
        number += 1
        brackets += line.count("[") - line.count("]")
        # A link may run over lines: the row does not end within it.
        if bars >= columns - 1 and line.endswith("  ") and line.strip() and brackets <= 0:
            rows.append(_cells("\n".join(open_lines), columns))
            open_lines, bars, end, brackets = [], 0, number, 0
        elif len(open_lines) > row_lines or (not bars and _leaves_table(lines, number, limit, row_lines)):
            break
    if bars >= columns - 1 and len(open_lines) <= row_lines:
        rows.append(_cells("\n".join(open_lines), columns))
        end = number
    return rows, end


def _give_back(rows: list[tuple[str, ...]], key_words: int) -> list[tuple[str, ...]]:
    """Give lines that stand before a row's key back to the last cell of the row before.

    html2text ends a row like a line of a cell, so that the lines of a last cell seem to begin the next row. The keys
    of a table (`Sept. 4`, `Week 3`, `12`) are alike: a line of another shape before one is not of its cell.
    """
    ends = (_shape(line) for row in rows for line in {row[0].partition("\n")[0], row[0].rpartition("\n")[2]})
    counts = Counter(ends)
    keys = {shape for shape, count in counts.items() if count > 1 and "9" in shape and len(shape.split()) <= key_words}
    given: list[tuple[str, ...]] = []
    for row in rows:
        lines = row[0].split("\n")
        astray = next((place for place, line in enumerate(lines) if _shape(line) in keys), 0)
        # `Wednesday,` and `Feb. 20 -` go on with the key itself.
        if astray and given and not lines[astray - 1].rstrip(" *_").endswith((",", "-", "–")):
            tail = "\n".join((given[-1][-1], *lines[:astray]))
            given[-1] = (*given[-1][:-1], tail)
            row = ("\n".join(lines[astray:]), *row[1:])
        given.append(row)
    return given


def _shape(line: str) -> str:
    """Return what kind of words and figures a line is made of, without marks and link targets."""
    line = re.sub(r"\]\([^()]*\)?", "", line)
    return _WORD.sub("a", re.sub(r"\d+", "9", re.sub(r"[*_>\[\]\\]", "", line))).strip(" .,:;-–")


def _leaves_table(lines: Sequence[str], number: int, limit: int, reach: int) -> bool:
    """Tell whether no further row follows: a heading or rule comes first, or no bar is near."""
    if lines[number - 1].startswith("#"):
        return True
    for line in lines[number : min(limit, number + reach)]:
        if line.startswith("#") or line.strip() == "* * *":
            return True
        if _BAR.search(line):
            return False
    return True


def _cells(row: str, columns: int) -> tuple[str, ...]:
    row = row.strip()
    cells = _BAR.split(row)
    if len(cells) > columns and not cells[0].strip():
        cells = cells[1:]
    if len(cells) > columns and not cells[-1].strip():
        cells = cells[:-1]
    cells = [cell.replace("\\|", "|").strip() for cell in cells]
    while len(cells) > columns and not cells[-1]:
        cells.pop()
    return tuple(cells + [""] * (columns - len(cells)))
