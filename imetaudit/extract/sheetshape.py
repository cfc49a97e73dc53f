"""How large the sheets of a workbook are, and which of their rows and columns are hidden, by a look at its XML.

It knows the few elements and attributes that say so, of Office Open XML and OpenDocument. It does not read values: the
library that does has no word on what is hidden, and must not be given a sheet that is too large.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from imetaudit.extract.package import Package, attribute, child, local

_CELL_NAME = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_REPEATS = {"table-row": "number-rows-repeated", "table-column": "number-columns-repeated"}


@dataclass
class Shape:
    """The extent of a sheet and what it hides; rows and columns count from 0."""

    rows: int = 0
    columns: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    """First and last of each run."""
    uncalculated: int = 0
    """Formulas without a saved result."""

    def hides_column(self, column: int) -> bool:
        """Tell whether the column is hidden."""
        return any(first <= column <= last for first, last in self.hidden_columns)

    def warnings(self, name: str) -> Iterator[str]:
        """Yield what is to be said of the sheet of this name."""
        hidden = sum(row < self.rows for row in self.hidden_rows)
        if hidden:
            yield f"Sheet {name}: {hidden} hidden {'row was' if hidden == 1 else 'rows were'} not read."
        columns = sum(max(0, min(last, self.columns - 1) - first + 1) for first, last in self.hidden_columns)
        if columns:
            yield f"Sheet {name}: {columns} hidden {'column was' if columns == 1 else 'columns were'} not read."
        if self.uncalculated:
            yield f"Sheet {name}: {self.uncalculated} formulas have no saved result; open it, save it, audit it again."


def openxml_shapes(package: Package) -> dict[str, Shape]:
    """Return the shape of each sheet of an Office Open XML workbook, by its name."""
    book = next((name for name in sorted(package.names) if re.fullmatch(r"xl/workbook\d*\.xml", name)), "")
    folder, name = posixpath.split(book)
    parts = {
        attribute(each, "Id"): posixpath.normpath(posixpath.join(folder, attribute(each, "Target") or ""))
        if not (attribute(each, "Target") or "").startswith("/")
        else (attribute(each, "Target") or "").lstrip("/")
        for each in _children(package.xml(f"{folder}/_rels/{name}.rels"))
    }
    shapes: dict[str, Shape] = {}
    for sheet in _children(child(package.xml(book), "sheets")):
        part = parts.get(_relation(sheet), "")
        if part in package.names:
            shapes[attribute(sheet, "name") or ""] = _openxml_shape(package.xml(part))
    return shapes


def _relation(sheet: Any) -> str | None:
    return next((str(value) for key, value in sheet.attrib.items() if key.endswith("}id")), None)


def _children(element: Any) -> Any:
    return element if element is not None else ()


def _openxml_shape(root: Any) -> Shape:
    shape = Shape()
    for column in _children(child(root, "cols")):
        if attribute(column, "hidden") in ("1", "true"):
            shape.hidden_columns.append((_number(column, "min") - 1, _number(column, "max") - 1))
    row = -1
    for each in _children(child(root, "sheetData")):
        row = _number(each, "r", row + 2) - 1
        if attribute(each, "hidden") in ("1", "true") or attribute(each, "ht") == "0":
            shape.hidden_rows.add(row)
        column = -1
        for cell in each:
            match = _CELL_NAME.fullmatch(attribute(cell, "r") or "")
            column = _column(match[1]) if match else column + 1
            shape.columns = max(shape.columns, column + 1)
            shape.rows = max(shape.rows, int(match[2]) if match else row + 1)
            value = child(cell, "v")
            if child(cell, "f") is not None and (value is None or value.text is None):
                shape.uncalculated += attribute(cell, "t") != "str"
    return shape


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _number(element: Any, name: str, otherwise: int = 1) -> int:
    given = attribute(element, name) or ""
    return int(given) if given.isdecimal() and len(given) < 9 else otherwise


def opendocument_shapes(package: Package) -> Mapping[str, Shape]:
    """Return the shape of each sheet of an OpenDocument workbook, by its name."""
    shapes: dict[str, Shape] = {}
    for table in _children(child(package.xml("content.xml"), "body", "spreadsheet")):
        if local(table) == "table":
            shapes[attribute(table, "name") or ""] = _opendocument_shape(table)
    return shapes


def _opendocument_shape(table: Any) -> Shape:
    shape = Shape()
    row = column = 0
    for element in table.iter():
        name = local(element)
        if name not in _REPEATS:
            continue
        repeated = _number(element, _REPEATS[name])
        hidden = attribute(element, "visibility") in ("collapse", "filter")
        if name == "table-column":
            if hidden:
                shape.hidden_columns.append((column, column + repeated - 1))
            column += repeated
            continue
        width = _filled_width(element)
        if width:
            shape.rows, shape.columns = row + repeated, max(shape.columns, width)
            if hidden:
                shape.hidden_rows.update(range(row, min(row + repeated, 1 << 20)))
        row += repeated
    return shape


def _filled_width(row: Any) -> int:
    """Return up to which column the row holds anything."""
    column = width = 0
    for cell in row:
        if local(cell).endswith("table-cell"):
            column += _number(cell, "number-columns-repeated")
            if len(cell) or attribute(cell, "value-type"):
                width = column
    return width
