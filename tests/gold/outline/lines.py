"""The lines of a syllabus as the coders saw them, read without the program's own readers.

It knows one plain way to get lines out of each format, so that a line's number means the same to the coder and to the
score whatever becomes of the program's readers. It does not know what a line is for.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree, html

_BREAKS = {"p", "h", "br", "tr", "table-row", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "table"}
_ROWS = {"tr", "table-row"}
_SPACES = {"tab", "td", "th", "tc", "table-cell", "s"}
_WASTE = {"script", "style", "title", "instrText", "delText", "annotation", "pict", "Fallback"}


def lines_of(path: Path) -> list[str]:
    """Return the file's lines that hold a letter or a figure, blanks single; line 1 of the coding is the first."""
    match path.suffix.lower():
        case ".pdf":
            raw = _pdf(path)
        case ".docx":
            raw = _markup(etree.fromstring(zipfile.ZipFile(path).read("word/document.xml")))
        case ".odt":
            raw = _markup(etree.fromstring(zipfile.ZipFile(path).read("content.xml")))
        case ".html":
            raw = _markup(html.fromstring(path.read_bytes()))
        case _:
            raw = path.read_text(encoding="utf-8", errors="replace")
    return [line for line in (" ".join(each.split()) for each in raw.split("\n")) if re.search(r"\w", line)]


def _pdf(path: Path) -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_bounded().replace("\r", "\n") for page in document)


def _markup(root: etree._Element) -> str:
    return "".join(_pieces(root, row=False))


def _pieces(element: etree._Element, *, row: bool) -> Iterator[str]:
    """Yield the text with a newline around every block; a table row is one line."""
    name = etree.QName(element).localname if isinstance(element.tag, str) else ""
    if not name or name in _WASTE:
        yield element.tail or ""
        return
    around = " " if row or name in _SPACES else "\n" if name in _BREAKS else ""
    if name in _ROWS:
        row, around = True, "\n"
    yield around + re.sub(r"\s+", " ", element.text or "")
    for child in element:
        yield from _pieces(child, row=row)
    yield around + re.sub(r"\s+", " ", element.tail or "")
