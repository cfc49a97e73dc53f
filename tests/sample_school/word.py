"""Syllabi as DOCX files, with the things that real ones have: running lines, tracked insertions, form fields.

It knows the parts of a word-processing package and writes them by hand, so that the bytes depend on nothing else. Of
the layout words it knows `truncated`, a file whose end was lost on the way. It does not know what the text says.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from .markup import Block, Heading, Items, NewPage, Paragraph, Source, Table
from .package import DECLARATION, write_package

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_STAMP = "2026-01-15T08:00:00Z"
_TEXT_WIDTH = 9360


def render_docx(source: Source) -> bytes:
    """Write a source as a DOCX file and return its bytes."""
    body = "".join(_block(block) for block in source.blocks)
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:footerReference w:type="default" r:id="rId4"/>'
        '<w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" '
        'w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>'
    )
    written = write_package(
        {
            "[Content_Types].xml": _content_types(),
            "_rels/.rels": _package_relations(),
            "docProps/core.xml": _core_properties(source.title),
            "word/document.xml": _part("document", f"<w:body>{body}{section}</w:body>"),
            "word/_rels/document.xml.rels": _document_relations(),
            "word/styles.xml": _part("styles", _styles()),
            "word/numbering.xml": _part("numbering", _numbering()),
            "word/header1.xml": _part("hdr", _paragraph(source.header, "Header")),
            "word/footer1.xml": _part("ftr", _paragraph(source.footer, "Footer")),
        }
    )
    return written[: len(written) * 3 // 5] if "truncated" in source.layout else written


def _block(block: Block) -> str:
    """Return one block as XML."""
    match block:
        case Heading(text, 0):
            return _paragraph(text, "Title")
        case Heading(text, level):
            return _paragraph(text, f"Heading{level}")
        case Paragraph(text, "inserted"):
            return f'<w:p><w:ins w:id="9" w:author="Registrar" w:date="{_STAMP}">{_runs(text)}</w:ins></w:p>'
        case Paragraph(text, "field"):
            return f"<w:sdt><w:sdtPr/><w:sdtContent>{_paragraph(text)}</w:sdtContent></w:sdt>"
        case Paragraph(text):
            return _paragraph(text)
        case Items(texts):
            return "".join(_paragraph(text, "ListBullet") for text in texts)
        case Table():
            return _table(block)
        case NewPage():
            return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def _table(table: Table) -> str:
    """Return a ruled table as XML, its head marked as one."""
    width = _TEXT_WIDTH // len(table.rows[0])
    grid = f'<w:gridCol w:w="{width}"/>' * len(table.rows[0])
    rows = []
    for number, row in enumerate(table.rows):
        head = "<w:trPr><w:tblHeader/></w:trPr>" if table.head and number == 0 else ""
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_cell(cell)}</w:tc>' for cell in row
        )
        rows.append(f"<w:tr>{head}{cells}</w:tr>")
    properties = '<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
    return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>{_paragraph('')}"


def _cell(text: str) -> str:
    return "".join(_paragraph(line) for line in text.split("\n"))


def _paragraph(text: str, style: str = "Normal") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{_runs(text)}</w:p>'


def _runs(text: str) -> str:
    """Return text as two runs where it is long, as editors leave it, with its line breaks."""
    middle = text.find(" ", len(text) // 2) if len(text) > 80 else -1
    pieces = [text] if middle < 0 else [text[:middle], text[middle:]]
    return "".join(f"<w:r>{'<w:br/>'.join(_text(line) for line in piece.split(chr(10)))}</w:r>" for piece in pieces)


def _text(line: str) -> str:
    return f'<w:t xml:space="preserve">{escape(line)}</w:t>'


def _part(name: str, inner: str) -> str:
    return f'{DECLARATION}<w:{name} xmlns:w="{_MAIN}" xmlns:r="{_RELATIONS}">{inner}</w:{name}>'


def _styles() -> str:
    """Return the styles: the built-in ones that the sample uses."""
    named = {"Normal": "Normal", "Title": "Title", "Header": "header", "Footer": "footer"}
    plain = "".join(
        f'<w:style w:type="paragraph" w:styleId="{k}"><w:name w:val="{v}"/></w:style>' for k, v in named.items()
    )
    headings = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{n}"><w:name w:val="heading {n}"/><w:basedOn w:val="Normal"/>'
        f'<w:pPr><w:outlineLvl w:val="{n - 1}"/></w:pPr><w:rPr><w:b/><w:sz w:val="{30 - 2 * n}"/></w:rPr></w:style>'
        for n in (1, 2)
    )
    bullets = (
        '<w:style w:type="paragraph" w:styleId="ListBullet"><w:name w:val="List Bullet"/><w:basedOn w:val="Normal"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4"/>' for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = (
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>'
        f"<w:tblPr><w:tblBorders>{edges}</w:tblBorders></w:tblPr></w:style>"
    )
    return plain + headings + bullets + grid


def _numbering() -> str:
    return (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )


def _content_types() -> str:
    """Return the package's list of content types."""
    parts = {
        "document": "document.main",
        "styles": "styles",
        "numbering": "numbering",
        "header1": "header",
        "footer1": "footer",
    }
    overrides = "".join(f'<Override PartName="/word/{k}.xml" ContentType="{_TYPE}.{v}+xml"/>' for k, v in parts.items())
    return (
        f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        "</Types>"
    )


def _package_relations() -> str:
    return _relations(
        {
            "rId1": (f"{_RELATIONS}/officeDocument", "word/document.xml"),
            "rId2": (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        }
    )


def _document_relations() -> str:
    kinds = {"rId1": "styles", "rId2": "numbering", "rId3": "header", "rId4": "footer"}
    files = {"header": "header1.xml", "footer": "footer1.xml"}
    return _relations({key: (f"{_RELATIONS}/{kind}", files.get(kind, f"{kind}.xml")) for key, kind in kinds.items()})


def _relations(targets: dict[str, tuple[str, str]]) -> str:
    inner = "".join(
        f'<Relationship Id="{k}" Type="{kind}" Target="{target}"/>' for k, (kind, target) in targets.items()
    )
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def _core_properties(title: str) -> str:
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>Registrar</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{_STAMP}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{_STAMP}</dcterms:modified></cp:coreProperties>'
    )
