"""Syllabi as PDF files: one or two columns, ruled or unruled tables, letterheads and running lines.

It knows reportlab, in its invariant mode and without page compression, so that the same source gives the same bytes. Of
the layout words it knows `two-columns`, `unruled`, `letterhead`, `serif`, `outline-font` (an embedded font, for
ligatures), `garbled` (an embedded font whose table of characters is lost) and `encrypted`. It does not know what the
text says.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import patch
from xml.sax.saxutils import escape

from .markup import Block, Heading, Items, NewPage, Paragraph, Source, Table

_MARGIN = 54
_WIDTH, _HEIGHT = 612, 792
_PASSWORD = "san-telmo"  # noqa: S105 - the sample's point is that the auditor lacks it
_GLYPH_DISTANCE = 29  # in most TrueType fonts the first printable character, 32, is glyph 3
_PLAIN_FONTS = ("Helvetica", "Helvetica-Bold")
_SERIF_FONTS = ("Times-Roman", "Times-Bold")
_COLUMN_SHARES = {2: (0.3, 0.7), 3: (0.17, 0.65, 0.18), 4: (0.12, 0.5, 0.13, 0.25), 5: (0.1, 0.42, 0.12, 0.12, 0.24)}


def render_pdf(source: Source) -> bytes:
    """Write a source as a PDF file and return its bytes."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

    regular, bold = _fonts(source)
    columns = 2 if "two-columns" in source.layout else 1
    gap = 18
    width = (_WIDTH - 2 * _MARGIN - gap * (columns - 1)) / columns
    top = _HEIGHT - (108 if "letterhead" in source.layout else 72)
    frames = [Frame(_MARGIN + i * (width + gap), 60, width, top - 60, 0, 0, 0, 0) for i in range(columns)]
    buffer = BytesIO()
    template = BaseDocTemplate(
        buffer,
        pagesize=(_WIDTH, _HEIGHT),
        invariant=1,
        pageCompression=0,
        title=source.title,
        author="Inter-American Staff College of San Telmo",
        encrypt=StandardEncryption(_PASSWORD, ownerPassword=_PASSWORD) if "encrypted" in source.layout else None,
    )

    def decorate(canvas: Any, _: object) -> None:
        _running_lines(canvas, source, regular, bold)

    template.addPageTemplates([PageTemplate(id="page", frames=frames, onPage=decorate)])
    flowables = [flow for block in source.blocks for flow in _flowables(block, source, width)]
    with _character_map_lost() if "garbled" in source.layout else nullcontext():
        template.build(flowables)
    return buffer.getvalue()


def embedded_font_folder() -> Path:
    """Return the folder of the TrueType fonts that come with reportlab."""
    import reportlab

    return Path(reportlab.__file__).parent / "fonts"


@contextmanager
def _character_map_lost() -> Iterator[None]:
    """Make embedded fonts name glyph numbers where characters belong, as a faulty PDF printer does."""
    from reportlab.pdfbase import ttfonts

    write_map = ttfonts.makeToUnicodeCMap

    def write_glyph_numbers(name: str, subset: list[int]) -> Any:
        return write_map(name, [max(code - _GLYPH_DISTANCE, 1) for code in subset])

    with patch.object(ttfonts, "makeToUnicodeCMap", write_glyph_numbers):
        yield


def _fonts(source: Source) -> tuple[str, str]:
    """Return the names of the regular and the bold font, registered if they are embedded ones."""
    if not source.layout & {"garbled", "outline-font"}:
        return _SERIF_FONTS if "serif" in source.layout else _PLAIN_FONTS
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    names = ("Vera", "VeraBd")
    for name in names:
        registerFont(TTFont(name, str(embedded_font_folder() / f"{name}.ttf")))
    return names


def _running_lines(canvas: Any, source: Source, regular: str, bold: str) -> None:
    """Draw the letterhead of a first page, and the header and footer of every page."""
    canvas.saveState()
    page = canvas.getPageNumber()
    if "letterhead" in source.layout and page == 1:
        canvas.setFont(bold, 12)
        canvas.drawCentredString(_WIDTH / 2, _HEIGHT - 48, source.facts["letterhead"])
        canvas.setFont(regular, 8.5)
        canvas.drawCentredString(_WIDTH / 2, _HEIGHT - 61, source.facts["address"])
        canvas.line(_MARGIN, _HEIGHT - 70, _WIDTH - _MARGIN, _HEIGHT - 70)
    elif source.header:
        canvas.setFont(regular, 8)
        canvas.drawString(_MARGIN, _HEIGHT - 46, source.header)
    canvas.setFont(regular, 8)
    canvas.drawCentredString(_WIDTH / 2, 34, f"{source.footer}  {page}".strip())
    canvas.restoreState()


def _flowables(block: Block, source: Source, width: float) -> list[Any]:
    """Return one block as reportlab's flowables."""
    from reportlab.platypus import ListFlowable, PageBreak, Spacer
    from reportlab.platypus import Paragraph as Flow

    regular, bold = _fonts(source)
    body = _style(regular, 9.5)
    match block:
        case Heading(text, level):
            return [Spacer(1, 7), Flow(_marked(text), _style(bold, (15, 11.5, 10)[min(level, 2)])), Spacer(1, 3)]
        case Paragraph(text):
            return [Flow(_marked(text), body), Spacer(1, 4)]
        case Items(texts):
            return [
                ListFlowable([Flow(_marked(text), body) for text in texts], bulletType="bullet", start="•"),
                Spacer(1, 4),
            ]
        case Table():
            return [_table(block, source, width), Spacer(1, 6)]
        case NewPage():
            return [PageBreak()]


def _table(table: Table, source: Source, width: float) -> Any:
    """Return a table as a flowable, ruled unless the layout says otherwise."""
    from reportlab.lib import colors
    from reportlab.platypus import Paragraph as Flow
    from reportlab.platypus import Table as FlowTable

    regular, bold = _fonts(source)
    rows = [
        [Flow(_marked(cell), _style(bold if table.head and i == 0 else regular, 8.5)) for cell in row]
        for i, row in enumerate(table.rows)
    ]
    shares = _COLUMN_SHARES[len(table.rows[0])]
    style: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP")]
    if "unruled" not in source.layout and table.head:
        style.append(("GRID", (0, 0), (-1, -1), 0.5, colors.black))
        style.append(("BACKGROUND", (0, 0), (-1, 0), colors.lightgrey))
    return FlowTable(rows, [width * share for share in shares], repeatRows=int(table.head), style=style, hAlign="LEFT")


def _style(font: str, size: float) -> Any:
    from reportlab.lib.styles import ParagraphStyle

    return ParagraphStyle(f"{font}-{size}", fontName=font, fontSize=size, leading=size * 1.25)


def _marked(text: str) -> str:
    return escape(text).replace("\n", "<br/>")
