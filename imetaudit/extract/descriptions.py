"""Tables that describe one course a row: how one is told by its header, and how a row becomes a document.

It knows the names of columns in `extraction.yaml`. It does not know files, and not what a syllabus says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from imetaudit.extract.archive import safe_name
from imetaudit.extract.build import Block, Reading, Refusal
from imetaudit.extract.plain import plain_blocks
from imetaudit.extract.sheet import Row, Sheet, Table, sheet_blocks
from imetaudit.extract.thresholds import Descriptions, Thresholds
from imetaudit.folding import plain
from imetaudit.model import SegmentKind, UnreadableReason

_MARKUP = re.compile(r"</?(?:p|br|li|ul|ol|div|span|b|i|strong|em)\b[^<>]*>", re.IGNORECASE)


@dataclass(frozen=True)
class Header:
    """The row that names the columns."""

    row: Row
    roles: Mapping[int, str]
    """`id`, `title`, `text` or `aside` (text that is not on what is taught), by column; other columns hold facts."""

    def column(self, role: str) -> int | None:
        """Return the first column of a role; None where there is none."""
        return next((column for column, its in sorted(self.roles.items()) if its == role), None)


@dataclass(frozen=True)
class Part:
    """A course of a table, or a sheet of the file that has no courses."""

    rows: tuple[Row, ...]
    header: Header | None
    """None for a sheet without courses."""
    extractor: str

    def read(self, thresholds: Thresholds) -> Reading | Refusal:
        """Make a document of it: a course as heading, facts, and a part for each column of text; a sheet as rows."""
        if self.header is None:
            table = Table((Sheet("", self.rows),), self.extractor)
            return Reading(tuple(sheet_blocks(table, thresholds)), self.extractor)
        if not any(_told(row, self.header, thresholds.descriptions.fact) for row in self.rows):
            detail = "The row names a course and does not say what it teaches; supply its description or its syllabus."
            return Refusal(UnreadableReason.EMPTY, detail)
        return Reading(tuple(_blocks(self.rows, self.header, thresholds)), self.extractor)


@dataclass(frozen=True)
class Described:
    """What a table of descriptions holds."""

    parts: Mapping[str, Part]
    """By name: the sheet's, where there is one, and the course's id; sheets without courses under their own."""
    warnings: tuple[str, ...]


def roles_of(header: Sequence[str], figures: Descriptions) -> dict[int, str]:
    """Return what the columns of a header hold, by index; empty where it is not that of course descriptions."""
    names = [plain(cell) for cell in header]
    known = {role: {plain(name) for name in names} for role, names in figures.columns.items()}
    roles: dict[int, str] = {}
    for role in ("id", "title", "text", "aside"):
        for column, name in enumerate(names):
            once = role in ("id", "title") and role in roles.values()
            if name in known[role] and column not in roles and not once:
                roles[column] = role
    if "id" in roles.values() and "title" not in roles.values():
        title = next((at for at, name in enumerate(names) if name in known["name"] and at not in roles), None)
        if title is not None:
            roles[title] = "title"
    has = set(roles.values())
    if "text" not in has or not has & {"id", "title"} or any(name in known["schedule"] for name in names):
        return {}
    return roles


def find_header(sheet: Sheet, figures: Descriptions) -> Header | None:
    """Return the header of a table of course descriptions; None where the sheet is no such table."""
    for row in sheet.rows[: figures.header_rows]:
        roles = roles_of(row.texts, figures)
        if roles and row is not sheet.rows[-1]:
            return Header(row, roles)
    return None


def described(table: Table, thresholds: Thresholds) -> Described | None:
    """Return the courses of a table, each a document of its own; None where no sheet has a header that says so."""
    headers = [find_header(sheet, thresholds.descriptions) for sheet in table.sheets]
    if not any(headers):
        return None
    parts: dict[str, Part] = {}
    warnings = list(table.warnings)
    for sheet, header in zip(table.sheets, headers, strict=True):
        prefix = safe_name(sheet.name.replace("/", "_")) if sheet.name else ""
        if header is None:
            parts[_free(prefix or "table", parts)] = Part(sheet.rows, None, table.extractor)
            continue
        groups, others = _groups(sheet.rows, header, thresholds.descriptions.fact)
        if others:
            where = f"Sheet {sheet.name}: " if sheet.name else ""
            warnings.append(f"{where}Rows that hold no course were not read ({', '.join(map(str, others))}).")
        for name, group in zip(_names(groups, header), groups, strict=True):
            full = _free(f"{prefix}/{name}" if prefix else name, parts)
            parts[full] = Part(tuple(group), header, table.extractor)
    return Described(parts, tuple(warnings))


def _free(name: str, taken: Mapping[str, Part]) -> str:
    """Return the name, or where it is taken the name with a number."""
    if name not in taken:
        return name
    return next(free for n in count(2) if (free := f"{name} ({n})") not in taken)


def _groups(rows: Sequence[Row], header: Header, fact: int) -> tuple[list[list[Row]], list[int]]:
    """Return the rows of each course, and the numbers of rows above the header and of mere lines between courses.

    A course has several rows where its id, or without ids its title, stands in a cell merged over them.
    """
    key = header.column("id")
    key = header.column("title") if key is None else key
    start = rows.index(header.row)
    groups: list[list[Row]] = []
    others = [row.number for row in rows[:start]]
    until = 0
    for row in rows[start + 1 :]:
        cell = row.cells[key] if key is not None and key < len(row.cells) else None
        if row.number < until and not (cell and cell.text):
            groups[-1].append(row)
        elif row.texts == header.row.texts or (row.filled == 1 and not _told(row, header, fact)):
            others.append(row.number)
        else:
            groups.append([row])
            until = row.number + (cell.rows if cell else 1)
    return groups, others


def _told(row: Row, header: Header, fact: int) -> bool:
    """Tell whether the row says what its course teaches: in a column for that, or at length in one of another name."""
    return any(
        (role == "text" and text) or (role is None and len(text) > fact)
        for role, text in ((header.roles.get(column), text) for column, text in enumerate(row.texts))
    )


def _names(groups: Sequence[Sequence[Row]], header: Header) -> list[str]:
    """Return a name for each course: its id; with the number of its row where others have it too, or it has none."""
    column = header.column("id")
    ids = []
    for first, *_ in groups:
        text = first.texts[column] if column is not None and column < len(first.cells) else ""
        clean = re.sub(r"[/\\;|*?\[\]\s]+", " ", text).strip()
        ids.append(safe_name(clean) if clean else "")
    counts = Counter(name.casefold() for name in ids)
    rows = [f"row {first.number}" for first, *_ in groups]
    return [
        row if not name else name if counts[name.casefold()] == 1 else f"{name} ({row})"
        for name, row in zip(ids, rows, strict=True)
    ]


def _blocks(group: Sequence[Row], header: Header, thresholds: Thresholds) -> Iterator[Block]:
    heading = _cell(group[0], header.column("title")) or _cell(group[0], header.column("id"))
    yield Block(SegmentKind.HEADING, heading, level=1)
    parts: list[tuple[str, str]] = []
    for column in range(max(len(row.cells) for row in group)):
        texts = dict.fromkeys(filter(None, (_cell(row, column) for row in group)))
        name = _cell(header.row, column)
        role = header.roles.get(column)
        text = "\n\n".join(texts)
        if not text or text == heading:
            continue
        if role in ("text", "aside") or len(text) > thresholds.descriptions.fact or "\n" in text:
            parts.append((name, text))
        else:
            yield Block(SegmentKind.PARAGRAPH, f"{name}: {text}" if name else text)
    for name, text in parts:
        yield Block(SegmentKind.HEADING, name, level=2)
        yield from _prose(text, thresholds)


def _cell(row: Row, column: int | None) -> str:
    return row.texts[column] if column is not None and column < len(row.cells) else ""


def _prose(text: str, thresholds: Thresholds) -> Sequence[Block]:
    """Return the text of a cell as blocks; catalogues on the web leave their markup in it."""
    if not _MARKUP.search(text):
        return plain_blocks(text, thresholds.lines)
    from imetaudit.extract.html import read_html

    reading = read_html(f"<html><meta charset='utf-8'><body>{text}</body></html>".encode(), thresholds)
    return reading.blocks if isinstance(reading, Reading) else plain_blocks(text, thresholds.lines)
