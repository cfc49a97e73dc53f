"""Workbooks (.xlsx, .xls, .ods) to sheets: values as a person sees them, without what is hidden.

It knows that formulas have saved results, that dates are numbers with a format, and that sheets, rows and columns may
be hidden. It does not know what the columns mean.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from imetaudit.extract.build import Refusal
from imetaudit.extract.cells import Cell
from imetaudit.extract.package import open_package
from imetaudit.extract.sheet import Row, Sheet, Table
from imetaudit.extract.sheetshape import Shape, opendocument_shapes, openxml_shapes
from imetaudit.extract.sniff import Format
from imetaudit.extract.thresholds import Limits, Thresholds
from imetaudit.model import UnreadableReason

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

Span = tuple[tuple[int, int], tuple[int, int]]


def read_workbook(data: bytes, format: Format, thresholds: Thresholds) -> Table | Refusal:  # noqa: A002
    """Read the sheets that are shown."""
    from python_calamine import CalamineWorkbook, PasswordError

    shapes = _shapes(data, format, thresholds.limits)
    if isinstance(shapes, Refusal):
        return shapes
    # Checked first: the library lays out every cell between the first and the last, and breaks down if it cannot.
    if any(shape.rows * shape.columns > thresholds.limits.sheet_cells for shape in shapes.values()):
        detail = "A sheet has text in cells too far apart; delete what lies outside the table and save it again."
        return Refusal(UnreadableReason.TOO_LARGE, detail)
    try:
        return _read(CalamineWorkbook.from_object(io.BytesIO(data)), shapes, format)
    except PasswordError:
        return Refusal(UnreadableReason.ENCRYPTED, "The workbook has a password; save it without and audit that.")
    except BaseException as error:
        # What breaks inside the library comes as an exception of no module, beside the tree of `Exception`.
        if type(error).__name__ != "PanicException":
            raise
        detail = "The workbook breaks its format; open it in its program and save it again."
        return Refusal(UnreadableReason.DAMAGED, detail)


def _read(book: CalamineWorkbook, shapes: Mapping[str, Shape], format: Format) -> Table:  # noqa: A002
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    sheets: list[Sheet] = []
    warnings: list[str] = []
    for about in book.sheets_metadata:
        if about.visible is not SheetVisibleEnum.Visible:
            warnings.append("A hidden sheet was not read.")
        elif about.typ is SheetTypeEnum.WorkSheet:
            shape = shapes.get(about.name, Shape())
            sheet = _sheet(book.get_sheet_by_name(about.name), shape)
            warnings += shape.warnings(about.name)
            if sheet.rows:
                sheets.append(sheet)
    return Table(tuple(sheets), format.value, tuple(dict.fromkeys(warnings)))


def _shapes(data: bytes, format: Format, limits: Limits) -> Mapping[str, Shape] | Refusal:  # noqa: A002
    if format is Format.XLS:
        # Its sheets cannot be larger than 65,536 rows of 256 cells; which rows are hidden is not told.
        return {}
    package = open_package(data, limits)
    if isinstance(package, Refusal):
        return package
    return opendocument_shapes(package) if format is Format.ODS else openxml_shapes(package)


def _sheet(sheet: CalamineSheet, shape: Shape) -> Sheet:
    """Return the rows and columns that are shown."""
    if sheet.end is None:
        return Sheet(sheet.name, ())
    height, width = sheet.end[0] + 1, sheet.end[1] + 1
    columns = [column for column in range(width) if not shape.hides_column(column)]
    shown = [row for row in range(height) if row not in shape.hidden_rows]
    spans = _spans(sheet.merged_cell_ranges or (), {row: at for at, row in enumerate(shown)}, columns)
    rows: list[Row] = []
    hidden = shape.hidden_rows
    for number, values in enumerate(sheet.to_python(skip_empty_area=False)):
        if number in hidden:
            continue
        texts = [as_text(values[column]) if column < len(values) else "" for column in columns]
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            rows.append(Row(number + 1, _cells(number, columns, texts, spans)))
    return Sheet(sheet.name, tuple(rows))


def _cells(
    number: int, columns: list[int], texts: list[str], spans: Mapping[tuple[int, int], tuple[int, int]]
) -> tuple[Cell, ...]:
    cells = []
    for column, text in zip(columns, texts, strict=False):
        height, width = spans.get((number, column), (1, 1))
        cells.append(Cell(text, width, height))
    return tuple(cells)


def _spans(
    merged: Iterable[Span], shown: Mapping[int, int], columns: list[int]
) -> dict[tuple[int, int], tuple[int, int]]:
    """Return, by the upper left cell of each merged range, over how many shown rows and columns it reaches."""
    spans = {}
    for (top, left), (bottom, right) in merged:
        height = sum(row in shown for row in range(top, min(bottom, top + len(shown)) + 1))
        width = sum(left <= column <= right for column in columns)
        spans[top, left] = (max(1, height), max(1, width))
    return spans


def as_text(value: object) -> str:
    """Return a cell's value as a person would write it: whole numbers without a point, dates in ISO form.

    >>> as_text(40.0), as_text(datetime.date(2026, 3, 1)), as_text(datetime.timedelta(hours=1, minutes=30))
    ('40', '2026-03-01', '1:30')
    """
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, datetime.timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, datetime.time):
        return value.isoformat("minutes")
    return "" if value is None else str(value).strip()
