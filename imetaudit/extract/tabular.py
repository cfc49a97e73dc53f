"""Files of tables: parsed once, then read either as one document or as the courses that their rows describe.

It knows which formats hold tables. It does not know where a file came from.
"""

from __future__ import annotations

import functools
from pathlib import Path

from imetaudit.extract.build import Reading, Refusal
from imetaudit.extract.delimited import DELIMITERS, read_delimited
from imetaudit.extract.descriptions import Described, described, roles_of
from imetaudit.extract.plain import decode, is_too_long, read_plain
from imetaudit.extract.sheet import Table, sheet_blocks
from imetaudit.extract.sniff import Format
from imetaudit.extract.thresholds import Thresholds, load_thresholds

WORKBOOKS = frozenset({Format.XLSX, Format.XLS, Format.ODS})
TEXTS = frozenset({Format.CSV, Format.TEXT})
_UNCLOSED = "A quotation mark breaks the table, so that its cells cannot be told apart; it was read as text."


@functools.lru_cache(maxsize=1)
def courses_in(data: bytes, format: Format, thresholds: Path | None) -> Described | None:  # noqa: A002
    """Return the courses that the rows of a file describe; None where it describes none, or cannot be read.

    The last file is kept: its courses are asked for one by one, and often by one worker.
    """
    figures = load_thresholds(thresholds)
    if format is Format.TEXT and not looks_described(data, figures):
        return None
    table = read_table(data, format, figures)
    return described(table, figures) if isinstance(table, Table) else None


def read_table(data: bytes, format: Format, figures: Thresholds) -> Table | Refusal | None:  # noqa: A002
    """Read the sheets of a file; None where its text is no table."""
    if format in WORKBOOKS:
        from imetaudit.extract.workbook import read_workbook

        return read_workbook(data, format, figures)
    text, warnings = decode(data, figures.encodings)
    if is_too_long(text, figures.limits):
        return None
    table = read_delimited(text, lambda row: len(roles_of(row, figures.descriptions)))
    return Table(table.sheets, table.extractor, (*warnings, *table.warnings)) if table else None


def read_tables(data: bytes, format: Format, figures: Thresholds) -> Reading | Refusal:  # noqa: A002
    """Read a file of tables as one document, its rows as rows."""
    table = read_table(data, format, figures)
    if isinstance(table, Refusal):
        return table
    if table is None:
        reading = read_plain(data, figures)
        if isinstance(reading, Refusal):
            return reading
        return Reading(reading.blocks, "text", reading.pages, warnings=(*reading.warnings, _UNCLOSED))
    return Reading(tuple(sheet_blocks(table, figures)), table.extractor, warnings=table.warnings)


def looks_described(data: bytes, figures: Thresholds) -> bool:
    """Tell from the first lines of a text whether to read it as a table: most texts are none."""
    head, _ = decode(data[: 1 << 14], figures.encodings)
    lines = [line for line in head.splitlines() if line.strip()][: figures.descriptions.header_rows]
    return any(
        roles_of([cell.strip('" ') for cell in line.split(delimiter)], figures.descriptions)
        for line in lines
        for delimiter in DELIMITERS
        if delimiter in line
    )
