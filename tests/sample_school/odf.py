"""Syllabi as ODT files.

It knows the parts of an OpenDocument text and writes them by hand. It does not know what the text says.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from .markup import Block, Heading, Items, NewPage, Paragraph, Source, Table
from .package import write_package

_SPACE = "urn:oasis:names:tc:opendocument:xmlns"
_MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_NAMESPACES = (
    f'xmlns:office="{_SPACE}:office:1.0" xmlns:text="{_SPACE}:text:1.0" xmlns:table="{_SPACE}:table:1.0" '
    f'xmlns:style="{_SPACE}:style:1.0" xmlns:meta="{_SPACE}:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def render_odt(source: Source) -> bytes:
    """Write a source as an ODT file and return its bytes."""
    body = "".join(_block(block) for block in source.blocks)
    return write_package(
        {
            "mimetype": _MEDIA_TYPE,
            "content.xml": _root("document-content", f"<office:body><office:text>{body}</office:text></office:body>"),
            "styles.xml": _root("document-styles", _master_page(source)),
            "meta.xml": _root(
                "document-meta",
                f"<office:meta><dc:title>{escape(source.title)}</dc:title>"
                "<meta:creation-date>2026-01-15T08:00:00</meta:creation-date></office:meta>",
            ),
            "META-INF/manifest.xml": _manifest(),
        }
    )


def _block(block: Block) -> str:
    """Return one block as XML."""
    match block:
        case Heading(text, level):
            return f'<text:h text:outline-level="{level + 1}">{_text(text)}</text:h>'
        case Paragraph(text):
            return f"<text:p>{_text(text)}</text:p>"
        case Items(texts):
            inner = "".join(f"<text:list-item><text:p>{_text(text)}</text:p></text:list-item>" for text in texts)
            return f"<text:list>{inner}</text:list>"
        case Table(rows):
            column = f'<table:table-column table:number-columns-repeated="{len(rows[0])}"/>'
            return f"<table:table>{column}{''.join(_row(row) for row in rows)}</table:table>"
        case NewPage():
            return "<text:p><text:soft-page-break/></text:p>"


def _row(row: tuple[str, ...]) -> str:
    cells = "".join(f"<table:table-cell><text:p>{_text(cell)}</text:p></table:table-cell>" for cell in row)
    return f"<table:table-row>{cells}</table:table-row>"


def _text(text: str) -> str:
    return escape(text).replace("\n", "<text:line-break/>")


def _root(name: str, inner: str) -> str:
    start = f'<?xml version="1.0" encoding="UTF-8"?>\n<office:{name} {_NAMESPACES} office:version="1.3">'
    return f"{start}{inner}</office:{name}>"


def _master_page(source: Source) -> str:
    """Return the page style, which holds the running lines."""
    return (
        '<office:automatic-styles><style:page-layout style:name="pm1"/></office:automatic-styles><office:master-styles>'
        '<style:master-page style:name="Standard" style:page-layout-name="pm1">'
        f"<style:header><text:p>{escape(source.header)}</text:p></style:header>"
        f"<style:footer><text:p>{escape(source.footer)}</text:p></style:footer>"
        "</style:master-page></office:master-styles>"
    )


def _manifest() -> str:
    names = {"/": _MEDIA_TYPE, "content.xml": "text/xml", "styles.xml": "text/xml", "meta.xml": "text/xml"}
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
        for name, kind in names.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<manifest:manifest xmlns:manifest="{_SPACE}:manifest:1.0" manifest:version="1.3">'
        f"{entries}</manifest:manifest>"
    )
