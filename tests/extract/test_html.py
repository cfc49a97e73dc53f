"""Web pages: structure, layout tables, encodings."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from imetaudit.extract import extract_file
from imetaudit.model import Document, Unreadable

from .conftest import shown

Read = Callable[..., Document]


def test_structure_and_what_is_not_for_readers(read: Read) -> None:
    """Headings, paragraphs and items are told apart; scripts and styles are left out, navigation is a running head."""
    page = (
        "<html><head><title>Course</title><style>p{}</style></head><body><nav>Home</nav><h2>Plan</h2>"
        "<p>Elections<script>var a=1</script> and\n parties.</p>"
        "<ol start=3><li>Coups<li>Juntas</ol>"
        "<p style='display:none'>secret words that no reader of the page will see</p></body></html>"
    )
    document = read("a.html", page)
    assert shown(document) == [
        ("heading", "Course"),
        ("header", "Home"),
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


def test_furniture_is_told_apart_unless_it_is_most_of_the_page(read: Read) -> None:
    """Navigation and the page's foot run along; a part's own foot does not, nor the links that are all of a page."""
    page = (
        "<body><nav>Home News</nav><article><p>The armed forces obey.</p><footer>By a cadet</footer></article>{}</body>"
    )
    assert shown(read("a.html", page.format("<div role=contentinfo>School</div>"))) == [
        ("header", "Home News"),
        ("paragraph", "The armed forces obey."),
        ("paragraph", "By a cadet"),
        ("footer", "School"),
    ]
    links = "<footer>" + "<p>Week 1 Elections and parties in the state</p>" * 3 + "</footer>"
    assert {kind for kind, _ in shown(read("b.html", page.format(links)))} == {"paragraph"}


def test_parts_that_unfold_are_read(read: Read) -> None:
    """Details, parts hidden until found and the buttons that open them are read; other buttons are not."""
    page = (
        "<details><summary>Week 1</summary><p>Coups</p></details><p hidden=until-found>Juntas</p>"
        "<h3><button>Week 2</button></h3><button aria-expanded=false>Week 3</button><button>Print</button>"
    )
    assert [text for _, text in shown(read("a.html", page))] == ["Week 1", "Coups", "Juntas", "Week 2", "Week 3"]


def test_lists_keep_the_numbers_that_a_reader_sees(read: Read) -> None:
    """Letters, Roman numbers, an item's own number and a list that counts down come out as shown."""
    page = (
        "<ol type=A start=2><li>x</ol><ol type=i><li>x<li value=4>x</ol><ol reversed><li>x<li>x</ol>"
        "<dl><dt>Week 1<dd>Coups</dl>"
    )
    assert shown(read("a.html", page)) == [
        *(("list-item", f"{mark}. x") for mark in ("B", "i", "iv", "2", "1")),
        ("heading", "Week 1"),
        ("paragraph", "Coups"),
    ]


def test_frames_are_named_and_a_page_within_a_page_is_read(read: Read, tmp_path: Path) -> None:
    """A page in an attribute is read; a page in another file is named, and named to whoever asks for an empty one."""
    document = read("a.html", "<p>Plan</p><iframe srcdoc='<p>Coups</p>'></iframe><iframe src='week1.htm?x=1'></iframe>")
    assert document.text == "Plan\n\nCoups"
    assert document.warnings == ("Pages shown in frames were not read: week1.htm.",)
    (tmp_path / "b.html").write_text("<html><frameset><frame src=menu.htm><frame src=main.htm></frameset></html>")
    unreadable = extract_file(tmp_path / "b.html")
    assert isinstance(unreadable, Unreadable)
    assert "menu.htm, main.htm" in unreadable.detail


def test_table_made_of_other_elements(read: Read) -> None:
    """Roles make rows of divisions; a table for looks only is read as a page; hidden rows are not read."""
    page = "<div role=table><div role=row><span role=cell>1</span><span role=cell>Coups</span></div></div>"
    assert shown(read("a.html", page)) == [("table-row", "1 | Coups")]
    page = "<table role=presentation><tr><td>One<td>Two<tr hidden><td>x<td>y</table>"
    assert shown(read("b.html", page)) == [("paragraph", "One"), ("paragraph", "Two")]


def test_text_astray_in_a_table_is_not_lost(read: Read) -> None:
    """Captions, forms and text between rows are read, before the rows."""
    page = "<table><caption>Plan</caption><form><tr><td>1<td>Coups</tr></form><tr>astray<td>2<td>Juntas</tr></table>"
    texts = [text for _, text in shown(read("a.html", page))]
    assert sorted(texts) == ["1 | Coups", "2 | Juntas", "Plan", "astray"]


def test_wrongly_declared_encodings(read: Read) -> None:
    """A page that says UTF-8 and is not is read as what it is; so is one with a piece from elsewhere in it."""
    page = '<meta charset="utf-8"><p>Elección del año</p>'
    assert read("a.html", page.encode("cp1252")).text == "Elección del año"
    mixed = page.encode() + "<p>señal</p>".encode("cp1252")
    document = read("b.html", mixed)
    assert document.text == "Elección del año\n\nseñal"
    assert document.warnings == ("Some characters are not in the encoding of the rest of the text.",)


def test_time_grows_with_the_page_and_not_faster(read: Read) -> None:
    """Tables in tables and a hundred thousand line breaks in a paragraph are read within seconds."""
    nested = "<table><tr><td>control " * 150
    assert read("a.html", nested).words == 150
    begun = time.process_time()
    assert read("b.html", "<p>" + "civil<br>control " * 100_000).words == 200_000
    assert time.process_time() - begun < 20


def test_note_number_does_not_grow_on_to_a_word(read: Read) -> None:
    """A raised number is parted from the word before it, an ordinal's letters are not."""
    assert read("a.html", "<p>human rights<sup>3</sup> on the 4<sup>th</sup></p>").text == "human rights 3 on the 4th"


def test_heading_that_is_a_picture(read: Read) -> None:
    """The words in place of a picture are the heading that it shows; other pictures have none."""
    page = "<h2><img src=a.gif alt='Week 1'></h2><p><img alt='Logo'>Coups</p>"
    assert shown(read("a.html", page)) == [("heading", "Week 1"), ("paragraph", "Coups")]


def test_saved_frames_are_read_with_the_page_that_shows_them(read: Read) -> None:
    """A MIME file may hold the pages of its frames, each in an encoding of its own."""
    part = "--XX\r\nContent-Type: text/html; charset={}\r\n\r\n{}\r\n"
    archive = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=XX\r\n\r\n"
        + part.format("utf-8", "<html><frameset><frame src='cid:2'></frameset></html>")
        + part.format("iso-8859-1", "<html><body><p>Elección y control</p></body></html>")
        + "--XX--\r\n"
    )
    document = read("a.doc", archive.encode("cp1252"))
    assert document.text == "Elección y control"
    assert document.extractor == "html"
