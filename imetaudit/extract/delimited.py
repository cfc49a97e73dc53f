"""Tables as text (CSV, TSV) to a sheet: encoding, delimiter, quotation marks.

It knows CSV as programs of several countries write it. It does not know what the columns mean, and where the text
breaks the rules of CSV it says so rather than guess where a cell ends.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable

from imetaudit.extract.cells import Cell
from imetaudit.extract.sheet import Row, Sheet, Table

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_ROWS = 50


def read_delimited(text: str, known: Callable[[list[str]], int]) -> Table | None:
    """Read the rows of a delimited text; None where a quotation mark is never closed or stands where none may.

    Args:
        text: The decoded file.
        known: Tells of how many cells of a row the meaning as a header is known; it settles the delimiter.
    """
    _, body, delimiter = after_hint(text)
    delimiter = delimiter or _delimiter(body, known)
    rows: list[Row] = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True), 1):
            texts = ["\n".join(line.strip() for line in cell.strip().splitlines()) for cell in cells]
            if any(texts):
                rows.append(Row(number, tuple(map(Cell, texts))))
    except csv.Error:
        return None
    return Table((Sheet("", tuple(rows)),), "csv")


def after_hint(text: str) -> tuple[int, str, str]:
    """Take off the line `sep=;` that some spreadsheets write: lines taken off, the rest, the delimiter or nothing."""
    first, _, rest = text.partition("\n")
    hint = first.strip("\r").strip('"')
    if hint.lower().startswith("sep=") and len(hint) == 5:
        return 1, rest, hint[4]
    return 0, text, ""


def _delimiter(text: str, known: Callable[[list[str]], int]) -> str:
    """Choose the delimiter under which a row near the top is best known as a header, then the most regular one."""
    # Quotation marks are not minded here: the sample may be cut within a cell.
    lines = [line for line in text[: 1 << 16].splitlines() if line.strip()][:_SAMPLE_ROWS]

    def regular(delimiter: str) -> tuple[int, int]:
        rows = list(csv.reader(lines, delimiter=delimiter))
        counts = Counter(len(row) for row in rows if len(row) > 1)
        return max(map(known, rows), default=0), max(counts.values(), default=0)

    return max(DELIMITERS, key=regular)
