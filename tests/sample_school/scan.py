"""Syllabi as a scanner leaves them: a PDF of pictures, with no text in it.

It knows Pillow for the picture and reportlab for the file. The page is a little askew and grainy, by a rule and not by
chance, so that two runs on one machine give the same bytes.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from .markup import Heading, Items, NewPage, Paragraph, Source, Table
from .page import embedded_font_folder

_PIXELS = (1275, 1650)
_LINE, _LINES = 30, 48
_COLUMNS = 74


def render_scan(source: Source) -> bytes:
    """Write a source as a PDF that holds only pictures of its pages, and return its bytes."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    lines = list(_lines(source))
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(612, 792), invariant=1, pageCompression=1)
    for start in range(0, len(lines), _LINES):
        canvas.drawImage(ImageReader(_picture(lines[start : start + _LINES])), 0, 0, 612, 792)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _lines(source: Source) -> Iterator[str]:
    """Yield the lines of text as a typewriter would set them."""
    for block in source.blocks:
        match block:
            case Heading(text):
                yield from ("", *textwrap.wrap(text.upper(), _COLUMNS))
            case Paragraph(text):
                yield from textwrap.wrap(text, _COLUMNS)
            case Items(texts):
                yield from (line for text in texts for line in textwrap.wrap(f"- {text}", _COLUMNS))
            case Table(rows):
                yield from (line for row in rows for line in textwrap.wrap("   ".join(row), _COLUMNS))
            case NewPage():
                yield ""


def _picture(lines: list[str]) -> Any:
    """Return one page as a black-and-white picture."""
    from PIL import Image, ImageDraw, ImageFont

    font = ImageFont.truetype(str(embedded_font_folder() / "Vera.ttf"), 22)
    page = Image.new("L", _PIXELS, 255)
    draw = ImageDraw.Draw(page)
    for number, line in enumerate(lines):
        draw.text((110, 90 + number * _LINE), line, fill=0, font=font)
    askew = page.rotate(0.5, fillcolor=255, resample=Image.Resampling.BICUBIC)
    grain = ImageDraw.Draw(askew)
    for speck in range(140):
        grain.point(((speck * 7919) % _PIXELS[0], (speck * 104729) % _PIXELS[1]), fill=0)
    return askew.point(lambda value: 255 * (value > 150)).convert("1").convert("L")
