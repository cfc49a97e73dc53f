"""Word documents: everything that a reader of the page sees, once."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

from imetaudit.extract import extract_file
from imetaudit.model import Unreadable

from .conftest import WORD, p, relations_xml, shown
from .conftest import read_path as read

Docx = Callable[..., Path]


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


def test_changes_are_read_as_accepted(docx: Docx) -> None:
    """Moved text is read where it went; a deleted paragraph end joins two; deleted rows and cells go; all is warned of."""
    mark = "<w:rPr><w:del/></w:rPr>"
    cell = "<w:tc><w:tcPr>{}</w:tcPr>{}</w:tc>"
    body = (
        f"<w:p><w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom></w:p>{p('One ', mark)}{p('two')}"
        "<w:p><w:moveTo><w:r><w:t>moved</w:t></w:r></w:moveTo></w:p>"
        f"<w:tbl><w:tr>{cell.format('', p('1'))}{cell.format('<w:cellDel/>', p('gone'))}{cell.format('', p('x'))}</w:tr>"
        f"<w:tr><w:trPr><w:del/></w:trPr>{cell.format('', p('gone'))}</w:tr></w:tbl>"
    )
    document = read(docx(body))
    assert [text for _, text in shown(document)] == ["One two", "moved", "1 |  | x"]
    assert document.warnings == ("Tracked changes were read as accepted.",)


def test_fields_show_results_and_not_codes(docx: Docx) -> None:
    """Of a field the result is read, also of a table of contents; of one within another's code nothing; forms show."""

    def mark(kind: str, inner: str = "") -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}">{inner}</w:fldChar></w:r>'

    code, text = "<w:r><w:instrText>{}</w:instrText></w:r>", "<w:r><w:t>{}</w:t></w:r>"
    nested = f"{mark('begin')}{code.format('PAGE')}{mark('separate')}{text.format('7')}{mark('end')}"
    choice = '<w:listEntry w:val="Art"/><w:listEntry w:val="Law"/>'
    choice = f'<w:ffData><w:ddList><w:result w:val="1"/>{choice}</w:ddList></w:ffData>'
    body = (
        f"<w:p>{mark('begin')}{code.format('TOC')}{mark('separate')}{text.format('Week 1')}<w:r><w:tab/></w:r>"
        f"{text.format('3')}{mark('end')}</w:p>"
        f"<w:p>{mark('begin')}{code.format('IF ')}{nested}{mark('separate')}{text.format('Seven')}{mark('end')}</w:p>"
        '<w:p><w:fldSimple w:instr="DATE"><w:r><w:t>Monday</w:t></w:r></w:fldSimple></w:p>'
        f"<w:p>{mark('begin', '<w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>')}{mark('end')}"
        f"{mark('begin', choice)}{mark('end')}</w:p>"
    )
    assert [text for _, text in shown(read(docx(body)))] == ["Week 1 3", "Seven", "Monday", "☒Law"]


def test_letters_that_are_not_letters(docx: Docx) -> None:
    """Symbols stand for what they show, soft hyphens and comments in the source part no word, equations are read."""
    body = (
        '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Symbol" w:char="F061"/><w:sym w:font="Arial" '
        'w:char="2022"/><w:t> \uf0b7 de</w:t><w:softHyphen/><w:t>moc<!-- x -->racy</w:t><w:tab/><w:t>a</w:t>'
        "<w:noBreakHyphen/><w:t>b</w:t></w:r><w:smartTag><w:r><w:t> tag</w:t></w:r></w:smartTag></w:p>"
    )
    assert read(docx(body)).text == "☑α• • democracy a-b tag"


def test_shapes_diagrams_charts_and_word_art_are_read_once(docx: Docx) -> None:
    """Text drawn into a document follows its paragraph; a chart's title and labels are read, its figures not."""
    drawing = (
        '<w:p><w:r><w:t>See</w:t><w:drawing><x:chart xmlns:x="c" r:id="c1"/></w:drawing><w:drawing>'
        '<x:relIds xmlns:x="d" r:dm="d1"/></w:drawing><w:pict><x:textpath xmlns:x="v" string="DRAFT"/></w:pict>'
        "<mc:AlternateContent><mc:Choice><w:drawing/></mc:Choice><mc:Fallback><w:pict><w:txbxContent>"
        f"{p('old box')}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    label = "<strCache><pt><v>Hours</v></pt></strCache>"
    chart = f"<c><title><p><r><t>Load</t></r></p></title>{label}{label}<numCache><pt><v>7</v></pt></numCache></c>"
    relations = {"c1": ("chart", "charts/one.xml"), "d1": ("diagramData", "/word/diagrams/one.xml")}
    parts = {"charts/one.xml": chart, "diagrams/one.xml": "<d><pt><t><p><r><t>Parliament</t></r></p></t></pt></d>"}
    assert [text for _, text in shown(read(docx(drawing, relations, **parts)))] == [
        "See", "Load", "Hours", "Parliament", "DRAFT", "old box",
    ]  # fmt: skip


def test_hidden_styles_rows_shapes_and_covered_cells(docx: Docx) -> None:
    """Text is hidden by its style, its row, its shape or the cell that covers it as well as by itself."""
    styles = (
        '<w:root><w:style w:type="paragraph" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="C"><w:rPr><w:vanish/></w:rPr></w:style></w:root>'
    )
    hidden_row = f"<w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{p('secret')}</w:tc></w:tr>"
    covered = f"<w:tr><w:tc>{p('1')}</w:tc><w:tc><w:tcPr><w:vMerge/></w:tcPr>{p('secret')}</w:tc></w:tr>"
    body = (
        p("secret", '<w:pStyle w:val="H"/>')
        + p("secret", run='<w:rStyle w:val="C"/>')
        + p("shown", '<w:pStyle w:val="H"/>', '<w:vanish w:val="0"/>')
        + '<w:p><w:pPr><w:pStyle w:val="H"/></w:pPr><w:r><w:t>secret</w:t></w:r></w:p>'
        + f'<w:p><w:r><w:drawing><x:anchor xmlns:x="d"><x:docPr hidden="1"/><w:txbxContent>{p("secret")}'
        + f"</w:txbxContent></x:anchor></w:drawing></w:r></w:p><w:tbl>{hidden_row}{covered}</w:tbl>"
    )
    document = read(docx(body, styles=styles))
    assert document.text == "shown\n\n1"
    assert document.warnings == ("Hidden text was not read.",)


def test_embedded_documents_are_read_or_warned_of(docx: Docx) -> None:
    """Text that a program put whole into the document is read, each part once; what cannot be read is counted."""
    chunk = '<w:altChunk r:id="{}"/>'
    body = p("Before") + "".join(map(chunk.format, ("h", "r", "h", "x", "far"))) + p("After")
    relations = {
        "h": ("aFChunk", "chunk.html"),
        "r": ("aFChunk", "../chunk.rtf"),
        "x": ("aFChunk", "chunk.bin"),
        "far": ("aFChunk", "https://example.org/a.html"),
    }
    parts = {"chunk.html": "<html><body><p>From HTML</p></body></html>", "chunk.bin": bytes(range(256))}
    path = docx(body, relations, **parts)
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("chunk.rtf", r"{\rtf1\ansi From RTF\par}")
    document = read(path)
    assert [text for _, text in shown(document)] == ["Before", "From HTML", "From RTF", "After"]
    assert document.warnings == ("Documents that this one includes could not be read: 2.",)


def test_parts_are_found_by_relations_and_not_by_name(docx: Docx) -> None:
    """Running heads, notes and styles have whatever names the package gives them, in any case and with any slash."""
    body = '<w:p><w:pPr><w:pStyle w:val="X"/></w:pPr><w:r><w:t>Text</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    relations = {
        "a": ("header", "Top.xml"), "b": ("footnotes", "/WORD/remarks.xml"), "c": ("styles", "look%20s.xml"),
        "d": ("footer", "https://example.org/footer.xml"),
    }  # fmt: skip
    parts = {
        "top.xml": f"<w:root>{p('School')}</w:root>",
        "remarks.xml": f'<w:root><w:footnote w:id="2">{p("A note")}</w:footnote></w:root>',
        "look s.xml": '<w:root><w:style w:type="paragraph" w:styleId="X"><w:name w:val="heading 1"/></w:style></w:root>',
        "header1.xml": f"<w:root>{p('of no document')}</w:root>",
    }
    assert shown(read(docx(body, relations, **parts))) == [
        ("header", "School"),
        ("heading", "Text"),
        ("note", "A note"),
    ]


def test_strict_form_templates_and_odd_part_names(tmp_path: Path) -> None:
    """The strict namespaces, a template's type, a main part of another name and backslashes are all read."""
    path = tmp_path / "plan.dotx"
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/text/Main.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"/></Types>'
    )
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = p("Strict", '<w:outlineLvl w:val="1"/>') + p("hidden", run="<w:vanish/>")
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", types)
        package.writestr("_rels/.rels", relations_xml({"r": ("officeDocument", "text/main.xml")}))
        package.writestr("text\\Main.xml", f'<w:document xmlns:w="{strict}"><w:body>{body}</w:body></w:document>')
    document = read(path)
    assert shown(document) == [("heading", "Strict")]
    assert document.segments[0].level == 2
    assert document.warnings == ("Hidden text was not read.",)


def test_pictures_of_text_are_told(docx: Docx) -> None:
    """A document of scans has no text layer, and one with a large picture beside its text is read with a warning."""
    picture = '<w:p><w:r><w:drawing><x:inline xmlns:x="d"><x:extent cx="{}" cy="{}"/><x:blip/></x:inline></w:drawing></w:r></w:p>'
    size = '<w:sectPr><w:pgSz w:w="12240" w:h="15840"/></w:sectPr>'
    large = picture.format(7_000_000, 9_000_000)
    unreadable = extract_file(docx(large + p("Page 1") + size))
    assert isinstance(unreadable, Unreadable)
    assert unreadable.reason == "no-text-layer"
    text = p("The course treats the rule of law.")
    assert "half a page" in read(docx(large + text + size)).warnings[0]
    assert read(docx(picture.format(700_000, 900_000) + text + size)).warnings == ()


def test_no_nesting_or_entity_harms_or_hides_text(docx: Docx) -> None:
    """Tables in tables in thousands and entities in a part are refused with a reason; forty tables deep is read."""
    deep = "<w:tbl><w:tr><w:tc>" * 40 + p("deep") + "</w:tc></w:tr></w:tbl>" * 40
    assert read(docx(deep)).text == "deep"
    for body, declared in (("<w:tbl><w:tr><w:tc>" * 10_000 + "</w:tc></w:tr></w:tbl>" * 10_000, ""), (p("&a;"), "a")):
        path = docx("" if declared else body)
        if declared:
            laughs = '<!DOCTYPE x [<!ENTITY b "ha"><!ENTITY a "&b;&b;&b;">]>'
            with zipfile.ZipFile(path, "w") as package:
                package.writestr("[Content_Types].xml", "<Types/>")
                package.writestr(
                    "word/document.xml", f'{laughs}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
                )
        unreadable = extract_file(path)
        assert isinstance(unreadable, Unreadable)
        assert unreadable.reason == "damaged"


def test_package_without_its_main_part_is_damaged(docx: Docx) -> None:
    """A package that calls itself a document and holds none is damaged, never empty."""
    path = docx("")
    with zipfile.ZipFile(path) as package:
        types = package.read("[Content_Types].xml")
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", types)
        package.writestr("_rels/.rels", relations_xml({"r": ("officeDocument", "word/gone.xml")}))
    unreadable = extract_file(path)
    assert isinstance(unreadable, Unreadable)
    assert unreadable.reason == "damaged"


def test_packages_that_hold_themselves_are_read_to_a_depth(docx: Docx) -> None:
    """Relations that go in circles, and documents within documents, end after a few steps, with a warning."""
    inner = docx(p("inmost")).read_bytes()
    for level in range(4):
        relations = {"in": ("aFChunk", "in.docx"), "self": ("header", "document.xml")}
        inner = docx(p(f"level {level}") + '<w:altChunk r:id="in"/>', relations, **{"in.docx": inner}).read_bytes()
    document = read(docx(p("outer") + '<w:altChunk r:id="in"/>', {"in": ("aFChunk", "in.docx")}, **{"in.docx": inner}))
    assert "level 3" in document.text
    assert "inmost" not in document.text
    assert document.warnings == ("Documents that this one includes could not be read: 1.",)
