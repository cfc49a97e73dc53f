"""Tell schedule tables from other tables, and which column says what.

It knows the heads of columns and what a column of week numbers or dates looks like. It does not know what becomes of a
row; `lessons` makes lessons of the rows of schedule tables.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from imetaudit.outline.cues import OutlineCues
from imetaudit.outline.facts import tables_of
from imetaudit.outline.folding import words_of
from imetaudit.outline.units import Unit

_LEADING_ROLES = frozenset({"hours", "topic"})
_NUMBERISH = re.compile(r"(?:[a-z]{1,5}[-.\s]?)?\d{1,3}(?:[.\-]\d{1,3})?[a-z]?|[ivx]{1,5}(?:[-.]\w{1,3})?")


@dataclass(frozen=True)
class ScheduleTable:
    """A table of lessons: its rows, and the role of each column."""

    head: int | None
    """The index of the unit that holds its heads; None where it has none."""
    rows: tuple[int, ...]
    roles: Mapping[int, str]
    """Column to role: `number`, `date`, `topic`, `reading`, `hours`, `assessment`, `method`, `other`."""
    hours_heads: Mapping[int, str]
    """The folded heads of the columns of hours that are added up, by column; empty where the table has no heads."""


def find_tables(units: Sequence[Unit], facts: frozenset[int], cues: OutlineCues) -> tuple[ScheduleTable, ...]:
    """Return the schedule tables in order; a table that goes on without heads takes those of the one before it.

    Args:
        units: The pieces of the document.
        facts: The rows of tables that hold facts about the course.
        cues: The compiled cues.
    """
    found: list[ScheduleTable] = []
    for rows in tables_of(units):
        if rows[-1] in facts:
            continue
        roles = _roles_of_head(units[rows[0]], cues)
        if roles is not None:
            if "topic" in roles.values():
                found.append(_make(units, rows[0], rows[1:], roles, cues))
            continue
        before = found[-1] if found else None
        above = (before.rows[-1] if before.rows else before.head) if before else None
        near = above is not None and rows[0] - above <= cues.lessons.table.least_rows + 1
        if before and near and _same_width(units[rows[0]], units[above or 0]):
            more = _make(units, None, rows, before.roles, cues)
            heads = {c: head for c, head in before.hours_heads.items() if more.roles.get(c) == "hours"}
            found.append(replace(more, hours_heads=heads))
            continue
        roles = _roles_of_rows(units, rows, cues)
        if roles is not None:
            found.append(_make(units, None, rows, roles, cues))
    return tuple(found)


def _make(
    units: Sequence[Unit], head: int | None, rows: Sequence[int], roles: Mapping[int, str], cues: OutlineCues
) -> ScheduleTable:
    hours = next((column for column, role in sorted(roles.items()) if role == "hours"), None)
    if hours is not None and "number" not in roles.values() and _holds_topics(units, rows, hours, cues):
        # The head of the topics was set over the numbers, and that of the hours over the topics.
        topic = next(column for column, role in sorted(roles.items()) if role == "topic")
        return ScheduleTable(head, tuple(rows), {**roles, topic: "number", hours: "topic"}, {})
    if "number" not in roles.values() and 0 not in roles and _holds_numbers(units, rows, cues):
        roles = {**roles, 0: "number"}
    heads = {} if head is None else {c: cell(units[head], c) for c, role in sorted(roles.items()) if role == "hours"}
    return ScheduleTable(head, tuple(rows), roles, _added(heads, cues))


def _holds_numbers(units: Sequence[Unit], rows: Sequence[int], cues: OutlineCues) -> bool:
    """Whether the first column holds lessons' numbers under a head that says nothing."""
    first = [text for text in (cell(units[row], 0) for row in rows) if text]
    numbered = sum(bool(_NUMBERISH.fullmatch(text)) for text in first)
    return bool(first) and numbered >= cues.lessons.table.row_share * len(first)


def _added(heads: Mapping[int, str], cues: OutlineCues) -> dict[int, str]:
    """Return the columns of hours to add up: the total where there is one, else all of one unit, else the first."""
    for column, head in heads.items():
        if any(word in cues.lessons.total_heads for word in words_of(head)):
            return {column: head}
    first = next(iter(heads.values()), "")
    unit = {word for word in words_of(first) if cues.lessons.columns.get(word) == "hours"}
    return {c: head for c, head in heads.items() if head == first or unit & set(words_of(head))}


def _holds_topics(units: Sequence[Unit], rows: Sequence[int], column: int, cues: OutlineCues) -> bool:
    texts = [text for text in (cell(units[row], column) for row in rows) if text]
    return bool(texts) and sum(len(t) > cues.lessons.table.time_characters and " " in t for t in texts) > len(texts) / 2


def cell(unit: Unit, column: int | None) -> str:
    """Return the folded text of a row's cell; empty where it has none."""
    if column is None or column >= len(unit.cells):
        return ""
    start, end = unit.cells[column]
    return unit.folded[start - unit.start : end - unit.start].strip()


def _same_width(row: Unit, other: Unit) -> bool:
    return len(row.cells) == len(other.cells)


def _roles_of_head(unit: Unit, cues: OutlineCues) -> dict[int, str] | None:
    """Return the roles of a row of heads; None where it is none, empty where it heads another sort of table."""
    roles: dict[int, str] = {}
    filled = 0
    for column in range(len(unit.cells)):
        head = cell(unit, column)
        if not head:
            continue
        filled += 1
        role = _role(head, cues) if len(head) <= cues.lessons.table.head_characters else None
        if role is not None:
            roles[column] = role
    if not roles or len(roles) * 2 < filled or (filled == 2 and len(roles) < filled):
        return None
    values = set(roles.values())
    if not values & {"number", "date", "hours"} and not {"topic", "reading"} <= values:
        return {}
    if "topic" not in values:
        spare = (
            "reading" if "reading" in values else "assessment" if "assessment" in values and "date" in values else None
        )
        unnamed = [c for c in range(len(unit.cells)) if c not in roles and cell(unit, c)]
        if unnamed:
            roles[unnamed[0]] = "topic"
        elif spare == "reading":
            roles[next(c for c, r in sorted(roles.items()) if r == spare)] = "topic"
        else:
            return {}
    # Of two columns of numbers ("Unit | Week | Topic") both stay; of two topics the later is what is done.
    return roles


def _role(head: str, cues: OutlineCues) -> str | None:
    bare = " ".join(head.strip(" *_:.").split())
    role = cues.lessons.columns.get(bare) or cues.lessons.columns.get(head)
    if role is not None:
        return role
    for piece in re.split(r"\s*(?:/|&|,|\band\b|\by\b|\bet\b|\be\b|\()\s*", bare):
        role = cues.lessons.columns.get(piece.strip(" )"))
        if role is not None:
            return role
    words = bare.split()
    if len(words) < 2:
        return None
    # "Horas académicas" and "Contenido temático" say it first, "Lecture topic" last.
    first = cues.lessons.columns.get(words[0])
    return cues.lessons.columns.get(words[-1]) or (first if first in _LEADING_ROLES else None)


def _roles_of_rows(units: Sequence[Unit], rows: Sequence[int], cues: OutlineCues) -> dict[int, str] | None:
    """Guess the roles of a table without heads whose first column is all lesson numbers or dates."""
    if len(rows) < cues.lessons.table.least_rows or len(units[rows[0]].cells) < 2:
        return None
    first = [cell(units[r], 0) for r in rows]
    dated = sum(bool(cues.lessons.dated.match(c)) or bool(cues.lessons.weekday.match(c)) for c in first)
    worded = sum(bool(cues.lessons.numbered.match(c)) for c in first)
    if max(dated, worded) < cues.lessons.table.row_share * len(rows):
        return None
    roles = {0: "date" if dated >= worded else "number"}
    second = [cell(units[r], 1) for r in rows]
    both = sum(bool(_NUMBERISH.fullmatch(c)) or bool(cues.lessons.dated.match(c)) for c in second)
    column = 2 if both >= cues.lessons.table.row_share * len(rows) and len(units[rows[0]].cells) > 2 else 1
    if column == 2:
        roles[1] = "number" if dated >= worded else "date"
    roles[column] = "topic"
    return roles
