"""Word documents: everything that a reader of the page sees, once."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

from imetaudit.extract import extract_file
from imetaudit.model import Document, Unreadable

from .conftest import check_offsets, shown

Docx = Callable[..., Path]


def read(path: Path) -> Document:
    """Read a document that must be readable."""
    document = extract_file(path)
    assert isinstance(document, Document), document
    check_offsets(document)
    return document


def p(text: str, properties: str = "", run: str = "") -> str:
    """Return a paragraph's XML."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def test_tracked_changes_controls_and_text_boxes(docx: Docx) -> None:
    """Inserted text counts, deleted does not; controls and links are read; a text box is read once."""
    body = (
        "<w:p><w:r><w:t>kept </w:t></w:r><w:ins><w:r><w:t>inserted </w:t></w:r></w:ins><w:del><w:r>"
        "<w:delText>gone</w:delText><w:t>gone</w:t></w:r></w:del>"
        "<w:sdt><w:sdtContent><w:r><w:t>control </w:t></w:r></w:sdtContent></w:sdt>"
        "<w:hyperlink><w:r><w:t>link</w:t></w:r></w:hyperlink></w:p>"
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>box</w:t>"
        "</w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p>"
        "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert [text for _, text in shown(read(docx(body)))] == ["kept inserted control link", "box"]


def test_headings_by_style_outline_and_looks(docx: Docx) -> None:
    """A heading is known by its style, whatever its language, by its outline level, or by being bold and short."""
    styles = (
        '<w:root><w:style w:type="paragraph" w:styleId="Ttulo1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Mine"><w:basedOn w:val="Ttulo1"/></w:style></w:root>'
    )
    body = (
        p("One", '<w:pStyle w:val="Ttulo1"/>')
        + p("Based", '<w:pStyle w:val="Mine"/>')
        + p("Three", '<w:outlineLvl w:val="2"/>')
        + p("Looks", run="<w:b/>")
        + p("A bold sentence ends in a full stop.", run="<w:b/>")
    )
    document = read(docx(body, styles=styles))
    assert [(kind, segment.level) for (kind, _), segment in zip(shown(document), document.segments, strict=True)] == [
        ("heading", 1),
        ("heading", 1),
        ("heading", 3),
        ("heading", 4),
        ("paragraph", 0),
    ]


def test_numbering_is_counted_and_written(docx: Docx) -> None:
    """An automatic number is part of what the reader sees, words around it included."""
    numbering = (
        '<w:root><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="upperRoman"/>'
        '<w:lvlText w:val="Lesson %1:"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/>'
        '<w:lvlText w:val="o"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num></w:root>'
    )

    def item(text: str, level: int) -> str:
        return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="5"/></w:numPr>')

    document = read(docx(item("Coups", 0) + item("Juntas", 1) + item("Trials", 0), numbering=numbering))
    assert shown(document) == [
        ("list-item", "Lesson I: Coups"),
        ("list-item", "• Juntas"),
        ("list-item", "Lesson II: Trials"),
    ]
    assert [segment.level for segment in document.segments] == [1, 2, 1]


def test_tables_rows_whole_and_merged_cells_once(docx: Docx) -> None:
    """A row is one segment; a merged cell's text stands once; a table within a cell is not lost."""

    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{text if text.startswith('<') else p(text)}</w:tc>"

    merge_start, across = '<w:vMerge w:val="restart"/>', '<w:gridSpan w:val="3"/>'
    inner = f"<w:tbl><w:tr>{cell('in')}{cell('ner')}</w:tr></w:tbl><w:p/>"
    body = (
        f"<w:tbl><w:tr>{cell('1', merge_start)}{cell('Coups')}{cell('2 h')}</w:tr>"
        f"<w:tr>{cell('1', '<w:vMerge/>')}{cell(inner)}{cell('3 h')}</w:tr>"
        f"<w:tr>{cell('Part two', across)}</w:tr></w:tbl>"
    )
    assert shown(read(docx(body))) == [
        ("table-row", "1 | Coups | 2 h"),
        ("table-row", " | in ner | 3 h"),
        ("table-row", "Part two"),
    ]


def test_notes_running_heads_and_hidden_text(docx: Docx) -> None:
    """Notes follow their paragraph, running heads are told apart, hidden text is left out with a warning."""
    body = (
        '<w:p><w:r><w:t>Text</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
        + p("hidden", run="<w:vanish/>")
        + p("End")
    )
    document = read(
        docx(
            body,
            footnotes=f'<w:root><w:footnote w:type="separator" w:id="0">{p("-")}</w:footnote>'
            f'<w:footnote w:id="2">{p("A note")}</w:footnote></w:root>',
            header1=f"<w:root>{p('School')}</w:root>",
            footer1=f"<w:root>{p('Page')}</w:root>",
        )
    )
    assert shown(document) == [
        ("header", "School"),
        ("paragraph", "Text"),
        ("note", "A note"),
        ("paragraph", "End"),
        ("footer", "Page"),
    ]
    assert document.warnings == ("Hidden text was not read.",)


def test_zip_bomb_is_too_large(docx: Docx) -> None:
    """A package that swells beyond reason is refused before it is unpacked."""
    path = docx(p("Text"))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/bomb.xml", b" " * (40 << 20))
    unreadable = extract_file(path)
    assert isinstance(unreadable, Unreadable)
    assert unreadable.reason == "too-large"


def test_entities_are_not_resolved(docx: Docx, tmp_path: Path) -> None:
    """A document that asks for another file through an entity does not get it."""
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    path = docx(p("Text"))
    with zipfile.ZipFile(path) as package:
        xml = package.read("word/document.xml").decode()
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        head = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
        package.writestr("word/document.xml", head + xml.replace("Text", "Text &e;"))
    outcome = extract_file(path)
    assert "SECRET" not in getattr(outcome, "text", "")
