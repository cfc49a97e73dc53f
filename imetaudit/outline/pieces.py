"""Hold stretches of text that have one kind, cut table rows into them, and join neighbours to sections.

It knows how pieces become sections. It does not know how a piece gets its kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from imetaudit.model import Section, SectionKind
from imetaudit.outline.tables import ScheduleTable
from imetaudit.outline.units import Unit

_COLUMN_KINDS = {"reading": SectionKind.REQUIRED_READING}


@dataclass(frozen=True)
class Piece:
    """A stretch of text with its kind, before neighbours of one kind are joined."""

    kind: SectionKind
    title: str
    start: int
    end: int
    page: int | None
    lesson: int | None


def join(pieces: Sequence[Piece]) -> tuple[Section, ...]:
    """Return the sections that pieces in order make; neighbours of one kind, title and lesson are one."""
    sections: list[Section] = []
    for (kind, title, lesson), group in groupby(pieces, key=lambda piece: (piece.kind, piece.title, piece.lesson)):
        alike = list(group)
        sections.append(Section(kind, title, alike[0].start, alike[-1].end, alike[0].page, lesson))
    return tuple(sections)


def row_pieces(unit: Unit, table: ScheduleTable | None, title: str, lesson: int | None) -> list[Piece]:
    """Cut the row of a lesson at its cells: its readings and tasks are pieces of their own."""
    roles = table.roles if table is not None else {}
    pieces: list[Piece] = []
    at, kind = unit.start, SectionKind.LESSON
    for column, (start, end) in enumerate(unit.cells):
        wanted = _COLUMN_KINDS.get(roles.get(column, ""), SectionKind.LESSON)
        if wanted is kind or start == end:
            continue
        if start > at:
            pieces.append(Piece(kind, title, at, start, unit.page, lesson))
        at, kind = start, wanted
    pieces.append(Piece(kind, title, at, unit.end, unit.page, lesson))
    return pieces
