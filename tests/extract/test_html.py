"""Web pages: structure, layout tables, encodings."""

from __future__ import annotations

from collections.abc import Callable

from imetaudit.model import Document

from .conftest import shown

Read = Callable[..., Document]


def test_structure_and_what_is_not_for_readers(read: Read) -> None:
    """Headings, paragraphs and items are told apart; scripts, styles and navigation are left out."""
    page = (
        "<html><head><title>Course</title><style>p{}</style></head><body><nav>Home</nav><h2>Plan</h2>"
        "<p>Elections<script>var a=1</script> and\n parties.</p>"
        "<ol start=3><li>Coups<li>Juntas</ol>"
        "<p style='display:none'>secret</p></body></html>"
    )
    document = read("a.html", page)
    assert shown(document) == [
        ("heading", "Course"),
        ("heading", "Plan"),
        ("paragraph", "Elections and parties."),
        ("list-item", "3. Coups"),
        ("list-item", "4. Juntas"),
    ]
    assert document.pages is None
    assert document.warnings == ("Hidden parts of the page were not read.",)


def test_data_table_with_merged_cells(read: Read) -> None:
    """A merged cell's text stands once, and its columns stay in place."""
    page = (
        "<table><tr><th>Week<th>Topic<th>Hours</tr><tr><td rowspan=2>1<td>Coups<td>2</tr>"
        "<tr><td>Juntas<td>3</tr><tr><td colspan=3>Part two</tr></table>"
    )
    rows = [text for kind, text in shown(read("a.html", page)) if kind == "table-row"]
    assert rows == ["Week | Topic | Hours", "1 | Coups | 2", " | Juntas | 3", "Part two"]


def test_layout_table_does_not_swallow_the_page(read: Read) -> None:
    """A page laid out in a table is read as a page, not as one row."""
    prose = "The armed forces in a democracy answer to elected civilians. " * 40
    page = f"<table><tr><td>Home<br>News</td><td><h1>Course</h1><p>{prose}</p><p>{prose}</p></td></tr></table>"
    kinds = [kind for kind, _ in shown(read("a.html", page))]
    assert kinds == ["paragraph", "paragraph", "heading", "paragraph", "paragraph"]


def test_declared_encoding_is_used(read: Read) -> None:
    """A page's own word on its encoding is believed where its bytes are not UTF-8."""
    page = '<html><head><meta charset="iso-8859-1"></head><body><p>Elección – año</p></body></html>'
    assert read("a.html", page.encode("cp1252")).text == "Elección – año"


def test_saved_web_archive(read: Read) -> None:
    """A page that a browser saved as one MIME file is read like the page."""
    archive = (
        "From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=XX\r\n\r\n"
        "--XX\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        "<html><body><p>Rule of law =3D order</p></body></html>\r\n--XX--\r\n"
    )
    assert read("a.mht", archive).text == "Rule of law = order"


def test_deep_nesting_does_not_break_the_reader(read: Read) -> None:
    """A page nested thousands deep is read, or at least its words."""
    document = read("a.html", "<html><body>" + "<div>" * 5000 + "civil control" + "</div>" * 5000)
    assert "civil control" in document.text
