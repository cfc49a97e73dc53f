"""Builders of small archives and workbooks, one fault or feature each."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

Cell = str | float | None
Rows = Sequence[Sequence[Cell]]

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def zipped(*members: tuple[str | zipfile.ZipInfo, str | bytes]) -> bytes:
    """Return an archive of the members, in their order; a name may stand twice."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def xlsx(
    sheets: Mapping[str, Rows],
    *,
    hidden_sheets: Iterable[str] = (),
    hidden_rows: Iterable[int] = (),
    hidden_columns: Iterable[int] = (),
    merged: Sequence[str] = (),
    dates: Iterable[str] = (),
    formulas: Mapping[str, str] | None = None,
) -> bytes:
    """Return a workbook; rows and columns count from 1, `dates` are cells whose number is a day.

    `formulas` gives cells a formula without a saved result; what hides and merges does so in every sheet.
    """
    types = f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET}"/>'
    entries, relations = [], [f'<Relationship Id="s" Type="{_RELATIONS}/styles" Target="styles.xml"/>']
    parts = {}
    for number, (name, rows) in enumerate(sheets.items(), 1):
        state = ' state="hidden"' if name in set(hidden_sheets) else ""
        entries.append(f'<sheet name={quoteattr(name)} sheetId="{number}"{state} r:id="r{number}"/>')
        target = f"worksheets/sheet{number}.xml"
        relations.append(f'<Relationship Id="r{number}" Type="{_RELATIONS}/worksheet" Target="{target}"/>')
        columns = "".join(f'<col min="{at}" max="{at}" width="9" hidden="1"/>' for at in hidden_columns)
        data = "".join(
            _row(at, row, at in set(hidden_rows), set(dates), formulas or {}) for at, row in enumerate(rows, 1)
        )
        spans = "".join(f'<mergeCell ref="{span}"/>' for span in merged)
        parts[f"xl/{target}"] = (
            f'<worksheet xmlns="{_MAIN}">{f"<cols>{columns}</cols>" if columns else ""}<sheetData>{data}</sheetData>'
            f"{f'<mergeCells>{spans}</mergeCells>' if spans else ''}</worksheet>"
        )
    styles = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
    return zipped(
        ("[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types">{types}</Types>'),
        (
            "_rels/.rels",
            _related([f'<Relationship Id="w" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/>']),
        ),
        (
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{"".join(entries)}</sheets></workbook>',
        ),
        ("xl/_rels/workbook.xml.rels", _related(relations)),
        ("xl/styles.xml", f'<styleSheet xmlns="{_MAIN}">{styles}</styleSheet>'),
        *parts.items(),
    )


def _related(relations: Iterable[str]) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(relations)}</Relationships>'


def _row(number: int, cells: Sequence[Cell], hidden: bool, dates: set[str], formulas: Mapping[str, str]) -> str:
    told = []
    for at, value in enumerate(cells):
        name = f"{chr(65 + at)}{number}"
        if name in formulas:
            told.append(f'<c r="{name}"><f>{formulas[name]}</f></c>')
        elif isinstance(value, str):
            told.append(f'<c r="{name}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>')
        elif value is not None:
            told.append(f'<c r="{name}" s="{int(name in dates)}"><v>{value}</v></c>')
    return f'<row r="{number}"{" hidden=" + chr(34) + "1" + chr(34) if hidden else ""}>{"".join(told)}</row>'


def ods(sheets: Mapping[str, Rows], *, hidden_rows: Iterable[int] = ()) -> bytes:
    """Return an OpenDocument workbook of texts; each sheet ends as programs end them, in a million empty rows."""
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    tables = ""
    for name, rows in sheets.items():
        tables += f"<table:table table:name={quoteattr(name)}>"
        for at, row in enumerate(rows, 1):
            hidden = ' table:visibility="collapse"' if at in set(hidden_rows) else ""
            cells = "".join(
                f'<table:table-cell office:value-type="string"><text:p>{escape(str(cell))}</text:p></table:table-cell>'
                if cell is not None
                else "<table:table-cell/>"
                for cell in row
            )
            tables += f"<table:table-row{hidden}>{cells}</table:table-row>"
        tables += (
            '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
            'table:number-columns-repeated="1024"/></table:table-row></table:table>'
        )
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    return zipped(
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", '<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'),
        ("content.xml", f"<office:document-content {spaces}>{body}</office:document-content>"),
    )
