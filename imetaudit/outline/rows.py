"""Mark the rows of schedule tables as lessons; and what a mark of a lesson is.

It knows how a row gives its number, and which rows only go on with the one above. It does not know lessons that stand
outside tables; `marks` finds those.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from imetaudit.model import SectionKind
from imetaudit.outline.cues import OutlineCues
from imetaudit.outline.folding import fold
from imetaudit.outline.tables import ScheduleTable, cell
from imetaudit.outline.units import Unit, starts_lesson

_ROW_NUMBER = re.compile(
    r"(?P<number>(?:[A-Z]{1,4}[-. ]?)?\d{1,3}(?:[.-]\d{1,3})?[a-z]?|[IVX]{1,5}(?:[.-]\w{1,3})?|[A-Z])"
    r"[.)]?\s+(?=[A-ZÀ-Þ0-9¿¡«\"“'])"
)
ASIDE = frozenset({SectionKind.ASSESSMENT, SectionKind.POLICY, SectionKind.CONTACT, SectionKind.BIOGRAPHY})
"""Kinds among whose text a date or number is seldom a lesson."""


class MarkKind(StrEnum):
    """How the beginning of a lesson is written."""

    ROW = "row"
    NUMBERED = "numbered"
    NAMED = "named"
    DATED = "dated"
    PLAIN = "plain"
    ITEM = "item"
    TIMED = "timed"
    TABLED = "tabled"


@dataclass(frozen=True)
class Mark:
    """The beginning of a lesson, or of the frame of several."""

    unit: int
    kind: MarkKind
    rank: int
    number: str
    """As written, without the word before it."""
    title_start: int
    """Where what follows the number begins, within the unit."""
    table: ScheduleTable | None = None
    rows: tuple[int, ...] = ()
    """Of a row the units of the rows that go on with it, because a cell was broken over lines."""
    more: tuple[int, ...] = ()
    """Those of them with which its topic goes on."""
    hours_head: str = ""
    """Of a line of a table set with blanks the folded head of its hours."""
    is_frame: bool = False
    """Whether smaller lessons lie within it."""


def row_marks(
    table: ScheduleTable, units: Sequence[Unit], areas: Sequence[SectionKind | None], cues: OutlineCues
) -> dict[int, Mark]:
    """Mark the rows of a schedule table; a row without number, date and hours continues the one above."""
    columns = {role: column for column, role in sorted(table.roles.items(), reverse=True)}
    if table.head is None and table.rows and areas[table.rows[0]] in ASIDE:
        dated = sum(cues.lessons.dated.match(cell(units[row], 0)) is not None for row in table.rows)
        if dated < max(cues.lessons.least_dated, len(table.rows) / 2):
            return {}
    marks: dict[int, Mark] = {}
    within = "number" not in columns and _numbers_within(table, units, columns.get("topic"))
    widest = max((len(cell(units[row], columns.get("topic"))) for row in table.rows), default=0)
    counted = {"number", "date"} & set(columns)
    last: int | None = None
    for row in table.rows:
        unit = units[row]
        topic = cell(unit, columns.get("topic"))
        bare = not any(cell(unit, columns.get(role)) for role in ("number", "date", "hours"))
        if last is not None and (_continues(unit, columns) or (bare and counted and marks)):
            last = next(reversed(marks), last) if bare else last
            marks[last] = _with_row(marks[last], row, units, columns, widest)
            continue
        last = row
        if not topic and not (cell(unit, columns.get("number")) or cell(unit, columns.get("date"))):
            last = next(reversed(marks), None)
            continue
        marks[row] = _row_mark(row, unit, table, columns, within, cues)
    return marks


def _with_row(mark: Mark, row: int, units: Sequence[Unit], columns: Mapping[str, int], widest: int) -> Mark:
    """Add a row that goes on with a lesson; its topic goes on where the line above had no room for its first word."""
    topic = columns.get("topic")
    text, above = _raw(units[row], topic), _raw(units[(mark.unit, *mark.more)[-1]], topic)
    adjoins = row == (mark.unit, *mark.rows)[-1] + 1 and bool(text)
    broken = text[:1].islower() or above.endswith("-") or (text.isupper() and above.isupper())
    full = len(above) + 1 + len(text.split(" ", 1)[0]) > widest
    runs_on = adjoins and len(mark.more) == len(mark.rows) and (broken or full)
    return replace(mark, rows=(*mark.rows, row), more=(*mark.more, row) if runs_on else mark.more)


def _raw(unit: Unit, column: int | None) -> str:
    if column is None or column >= len(unit.cells):
        return ""
    start, end = unit.cells[column]
    return unit.raw[start - unit.start : end - unit.start].strip()


def _row_mark(
    row: int, unit: Unit, table: ScheduleTable, columns: Mapping[str, int], within: bool, cues: OutlineCues
) -> Mark:
    """Read a row's number from its own column, else its date, else the beginning of its topic."""
    if within and columns["topic"] < len(unit.cells):
        topic = unit.cells[columns["topic"]][0] - unit.start
        lead = _ROW_NUMBER.match(unit.raw, topic)
        if lead:
            return Mark(row, MarkKind.ROW, 2, lead["number"], lead.end() - topic, table)
    for role in ("number", "date"):
        if cell(unit, columns.get(role)):
            start, end = unit.cells[columns[role]]
            written = unit.raw[start - unit.start : end - unit.start].strip()
            return Mark(row, MarkKind.ROW, 2, _without_word(written, cues), 0, table)
    return Mark(row, MarkKind.ROW, 2, "", 0, table)


def _numbers_within(table: ScheduleTable, units: Sequence[Unit], topic: int | None) -> bool:
    """Whether the topics begin with the lessons' numbers, two columns having been read as one."""
    if topic is None:
        return False
    cells = [(units[r], units[r].cells[topic][0] - units[r].start) for r in table.rows if topic < len(units[r].cells)]
    begun = sum(_ROW_NUMBER.match(unit.raw, start) is not None for unit, start in cells)
    return begun >= max(2, len(cells) / 2)


def _continues(unit: Unit, columns: Mapping[str, int]) -> bool:
    """Whether a row is the rest of the one above: no number or date, and text that begins in the middle."""
    if cell(unit, columns.get("number")) or cell(unit, columns.get("date")):
        return False
    topic = columns.get("topic")
    if topic is None or topic >= len(unit.cells):
        return False
    start, end = unit.cells[topic]
    text = unit.raw[start - unit.start : end - unit.start].strip()
    hours = cell(unit, columns.get("hours"))
    return (text[:1].islower() and not any(c.isdigit() for c in hours)) or (not text and bool(hours))


def trailing_rows(units: Sequence[Unit], marks: Mapping[int, Mark]) -> dict[int, Mark]:
    """Mark a line that an extractor left outside its table and that has the number after the last row's."""
    found: dict[int, Mark] = {}
    for index in sorted(marks):
        mark = marks[index]
        after = max((index, *mark.rows)) + 1
        if (
            mark.kind not in (MarkKind.ROW, MarkKind.TIMED, MarkKind.TABLED)
            or not mark.number.isdigit()
            or after >= len(units)
        ):
            continue
        lead = _ROW_NUMBER.match(units[after].raw)
        if after not in marks and lead and lead["number"] == str(int(mark.number) + 1):
            found[after] = Mark(after, MarkKind.PLAIN, 2, lead["number"], lead.end())
    return found


def _without_word(number: str, cues: OutlineCues) -> str:
    match = starts_lesson(fold(number), number, cues)
    return number[match.start("number") : match.end("number")] if match and match.end() == len(number) else number
