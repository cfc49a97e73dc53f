"""Spreadsheets and CSV: rows that describe courses, rows of any other table, and what is hidden."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from containers import Rows, ods, xlsx, zipped

from imetaudit.extract import extract_file
from imetaudit.extract.members import Members, members_of
from imetaudit.extract.thresholds import load_thresholds
from imetaudit.model import Document, Unreadable

from .conftest import check_offsets, shown

HEADER = ("Course ID", "Course Title", "Hours", "Description", "Objectives", "Prerequisites")
CHARTS = ("NAV-1", "Charts", 40, "The course studies charts.", "- Plot a course\n- Read a tide table", "NAV-0")
KNOTS = ("NAV-2", "Knots", 24.5, "The course studies knots.", None, None)


def put(folder: Path, name: str, content: bytes | str) -> Path:
    """Write a file."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def courses(path: Path) -> dict[str, str | None]:
    """Return the text of each course of a table, None for one that cannot be read."""
    found = {}
    for member in members_of(path).members:
        document = extract_file(Path(f"{path}!/{member.name}"))
        found[member.name] = document.text if isinstance(document, Document) else None
    return found


def test_each_row_is_a_document_with_a_part_for_each_column(tmp_path: Path) -> None:
    """The title is a heading, facts are labelled lines, and texts stand under the names of their columns."""
    path = put(tmp_path, "catalogue.xlsx", xlsx({"Courses": [HEADER, CHARTS, KNOTS]}))
    document = extract_file(Path(f"{path}!/Courses/NAV-1"))
    assert isinstance(document, Document), document
    check_offsets(document)
    assert shown(document) == [
        ("heading", "Charts"),
        ("paragraph", "Course ID: NAV-1"),
        ("paragraph", "Hours: 40"),
        ("heading", "Description"),
        ("paragraph", "The course studies charts."),
        ("heading", "Objectives"),
        ("list-item", "• Plot a course"),
        ("list-item", "• Read a tide table"),
        ("heading", "Prerequisites"),
        ("paragraph", "NAV-0"),
    ]
    assert (document.path, document.extractor) == ("catalogue.xlsx!/Courses/NAV-1", "xlsx")
    assert list(courses(path)) == ["Courses/NAV-1", "Courses/NAV-2"]


@pytest.mark.parametrize(
    "text",
    [
        "Course ID,Description\nHR-1,\"Rights,\nand duties\"\nHR-2,Law\n",
        "\ufeffCódigo;Descripción\r\nHR-1;\"Rights;\r\nand duties\"\r\nHR-2;Law\r\n",
        "sep=;\ncode du cours;objectifs du cours\nHR-1;\"Rights;\nand duties\"\nHR-2;Law\n",
        "Código da disciplina\tEmenta\nHR-1\t\"Rights\tand duties\"\nHR-2\tLaw\n",
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["descriptions.csv", "export.txt"])
def test_delimited_texts_of_several_countries(tmp_path: Path, text: str, name: str) -> None:
    """Delimiter, quoted line ends, byte order mark and the language of the header do not matter, nor does the suffix."""
    found = courses(put(tmp_path, name, text))
    assert list(found) == ["HR-1", "HR-2"]
    assert "and duties" in (found["HR-1"] or "")
    assert "Rights" not in (found["HR-2"] or "")


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_encodings_of_a_table_are_told(tmp_path: Path, encoding: str) -> None:
    """A table is decoded as any plain text is."""
    found = courses(put(tmp_path, "a.csv", "Código;Descripción\nDH-1;Educación\n".encode(encoding)))
    assert found["DH-1"] is not None
    assert found["DH-1"].endswith("Educación")


def test_a_table_without_such_a_header_is_one_document(tmp_path: Path) -> None:
    """A schedule with a column of descriptions holds lessons, not courses: its rows stay rows of one table."""
    path = put(tmp_path, "plan.csv", "Week;Code;Description\n1;Rule of law;Lecture\n2;Elections;Seminar\n")
    assert members_of(path) == Members()
    document = extract_file(path)
    assert isinstance(document, Document)
    assert shown(document) == [
        ("table-row", "Week | Code | Description"),
        ("table-row", "1 | Rule of law | Lecture"),
        ("table-row", "2 | Elections | Seminar"),
    ]


def test_an_unclosed_quotation_mark_loses_and_mixes_nothing(tmp_path: Path) -> None:
    """Where cells cannot be told apart the file is read as text, and says so."""
    document = extract_file(put(tmp_path, "a.csv", 'Course ID,Description\nA-1,"open\nB-2,Law\n'))
    assert isinstance(document, Document)
    assert "B-2,Law" in document.text
    assert any("quotation mark" in warning for warning in document.warnings)


def test_repeated_and_missing_ids_are_named_by_their_rows(tmp_path: Path) -> None:
    """Every row has a name of its own, as a spreadsheet program numbers it."""
    rows: Rows = [HEADER, CHARTS, (*CHARTS[:3], "Second", None, None), (None, "Sails", 3, "On sails.", None, None)]
    assert list(courses(put(tmp_path, "a.xlsx", xlsx({"S": rows})))) == [
        "S/NAV-1 (row 2)",
        "S/NAV-1 (row 3)",
        "S/row 4",
    ]


def test_a_row_that_describes_nothing_is_unreadable_and_not_without_content(tmp_path: Path) -> None:
    """A course with no text but its prerequisites is reported as empty."""
    path = put(
        tmp_path, "a.csv", "Course ID,Title,Description,Prerequisites\nA-1,Law,,LAW-0 Human Rights\nB-2,Sea,Sails,\n"
    )
    unreadable = extract_file(Path(f"{path}!/A-1"))
    assert isinstance(unreadable, Unreadable)
    assert unreadable.reason == "empty"


def test_a_course_over_merged_rows_is_one(tmp_path: Path) -> None:
    """Rows under a merged id belong to its course, and no text of theirs goes to another."""
    rows: Rows = [HEADER, CHARTS, (None, None, None, None, "Steer", None), KNOTS]
    found = courses(put(tmp_path, "a.xlsx", xlsx({"S": rows}, merged=["A2:A3", "B2:B3", "C2:C3", "D2:D3"])))
    assert list(found) == ["S/NAV-1", "S/NAV-2"]
    assert "Steer" in (found["S/NAV-1"] or "")
    assert "Steer" not in (found["S/NAV-2"] or "")


def test_lines_between_courses_are_told_of(tmp_path: Path) -> None:
    """A department's name between courses is no course, and its row is in a warning."""
    held = members_of(put(tmp_path, "a.xlsx", xlsx({"S": [HEADER, ("SEA",), CHARTS, KNOTS]})))
    assert [member.name for member in held.members] == ["S/NAV-1", "S/NAV-2"]
    assert held.warnings == ("Sheet S: Rows that hold no course were not read (2).",)


def test_a_sheet_without_courses_beside_one_with_courses_is_kept(tmp_path: Path) -> None:
    """What stands on another sheet of the workbook is a document of its own."""
    sheets: Mapping[str, Rows] = {"Courses": [HEADER, CHARTS], "Notes": [("Remark", "Who"), ("Approved", "Dean")]}
    found = courses(put(tmp_path, "a.xlsx", xlsx(sheets)))
    assert found["Notes"] == "Remark | Who\nApproved | Dean"


def test_what_is_hidden_is_not_read_and_said(tmp_path: Path) -> None:
    """Hidden sheets, rows and columns are no part of what a person sees; each kind is told of."""
    sheets: Mapping[str, Rows] = {"S": [HEADER, CHARTS, KNOTS], "Old": [("secret",)]}
    book = xlsx(sheets, hidden_sheets=["Old"], hidden_rows=[3], hidden_columns=[6])
    path = put(tmp_path, "a.xlsx", book)
    found = courses(path)
    assert list(found) == ["S/NAV-1"]
    assert "NAV-0" not in (found["S/NAV-1"] or "")
    assert sorted(members_of(path).warnings) == [
        "A hidden sheet was not read.",
        "Sheet S: 1 hidden column was not read.",
        "Sheet S: 1 hidden row was not read.",
    ]


def test_values_are_written_as_a_person_would(tmp_path: Path) -> None:
    """Whole numbers have no point, dates are ISO, and a formula without a saved result is told of, not passed over."""
    book = xlsx({"S": [("Hours", "Start", "Sum"), (40.0, 46082, None)]}, dates=["B2"], formulas={"C2": "A2*2"})
    document = extract_file(put(tmp_path, "a.xlsx", book))
    assert isinstance(document, Document)
    assert document.text == "Hours | Start | Sum\n40 | 2026-03-01"
    assert any("no saved result" in warning for warning in document.warnings)


def test_text_above_a_table_is_no_row_of_it(tmp_path: Path) -> None:
    """A title, a blank row and a table become text and rows."""
    book = xlsx({"S": [("Navigation",), (), ("Week", "Topic"), (1, "Charts")]}, merged=["A1:B1"])
    document = extract_file(put(tmp_path, "a.xlsx", book))
    assert isinstance(document, Document)
    assert shown(document) == [
        ("paragraph", "Navigation"),
        ("table-row", "Week | Topic"),
        ("table-row", "1 | Charts"),
    ]


def test_cells_too_far_apart_are_refused_before_they_are_laid_out(tmp_path: Path) -> None:
    """Two cells that span a sheet of seventeen thousand million cells are no harm."""
    unreadable = extract_file(put(tmp_path, "a.xlsx", _with_far_cell(xlsx({"S": [("a",)]}))))
    assert isinstance(unreadable, Unreadable)
    assert unreadable.reason == "too-large"


def _with_far_cell(book: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        parts = [(name, package.read(name)) for name in package.namelist()]
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return zipped(*((name, part.replace(b"</sheetData>", far)) for name, part in parts))


def test_opendocument_workbooks_are_read_alike(tmp_path: Path) -> None:
    """An .ods has the same courses, without its hidden rows."""
    path = put(tmp_path, "a.ods", ods({"S": [HEADER, CHARTS, KNOTS]}, hidden_rows=[3]))
    found = courses(path)
    assert list(found) == ["S/NAV-1"]
    assert "Plot a course" in (found["S/NAV-1"] or "")
    assert "Sheet S: 1 hidden row was not read." in members_of(path).warnings


def test_a_broken_workbook_is_damaged(tmp_path: Path) -> None:
    """A workbook that breaks its format is a reason, whatever breaks in the library."""
    book = xlsx({"S": [HEADER, CHARTS]}).replace(b"xl/worksheets/sheet1.xml", b"xl/worksheets/sheet9.xml")
    unreadable = extract_file(put(tmp_path, "a.xlsx", book))
    assert isinstance(unreadable, Unreadable)
    assert unreadable.reason in ("damaged", "empty")


def test_markup_left_in_cells_is_read_as_markup(tmp_path: Path) -> None:
    """Catalogues exported from the web keep their tags; they are no words of the course."""
    found = courses(
        put(tmp_path, "a.csv", "Course ID,Description\nA-1,<p>Law &amp; order</p><ul><li>Courts</li></ul>\nB-2,x\n")
    )
    assert (found["A-1"] or "").endswith("Law & order\n\n• Courts")


def test_every_language_has_names_of_columns() -> None:
    """A header in each of the four languages is known by the shipped names."""
    from imetaudit.extract.descriptions import roles_of

    figures = load_thresholds().descriptions
    for header in (
        ["Course ID", "Description"],
        ["Código", "Descripción"],
        ["Code du cours", "Objectifs"],
        ["Código", "Ementa"],
    ):
        assert roles_of(header, figures) == {0: "id", 1: "text"}, header
