"""Why a PDF shows nothing at all: it is locked, its pages are damaged, or they are truly blank.

It knows how to ask for a document's protection and for the bytes behind its pages. It is asked only where no page gave
a word, a shape or a picture.
"""

from __future__ import annotations

import ctypes
import io
import logging
from collections.abc import Iterable
from typing import Any

from imetaudit.extract.build import Refusal
from imetaudit.extract.pdfpage import PageContent
from imetaudit.extract.thresholds import Limits
from imetaudit.model import UnreadableReason

_ASKED = 10
"""Pages whose bytes are looked at: a file whose first pages are damaged is damaged."""
_COPIES = 8
"""Of a picture that is decoded and shown, one byte a pixel each: in colours, and once more to be drawn."""


def why_silent(document: Any, data: bytes, contents: Iterable[PageContent]) -> Refusal | None:
    """Return why a document of which nothing was had must not pass for an empty one; None where it may.

    Args:
        document: the pdfium document, still open.
        data: the file.
        contents: of its pages.
    """
    if any(page.words or page.flat or page.marks or page.pictured for page in contents):
        return None
    import pypdfium2.raw as pdfium

    if pdfium.FPDF_GetSecurityHandlerRevision(document.raw) >= 0:
        detail = "The PDF is protected and its pages give nothing; save it without protection and audit that."
        return Refusal(UnreadableReason.ENCRYPTED, detail)
    if _has_broken_pages(data):
        detail = "The contents of the PDF's pages are damaged; export it again from its program, or ask for it again."
        return Refusal(UnreadableReason.DAMAGED, detail)
    return None


def broken_pictures(document: Any, contents: Iterable[PageContent], limits: Limits) -> Refusal | None:
    """Return why a document whose pages look blank is none: pictures that cannot be decoded; None where it is blank."""
    import pypdfium2.raw as pdfium

    for number, content in enumerate(contents):
        if not content.pictured or number >= _ASKED:
            continue
        page = document[number]
        try:
            pictures = [each.raw for each in page.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3)]
            if any(_pixels(picture) > limits.memory_bytes // _COPIES for picture in pictures):
                detail = "The PDF holds a picture too large to be decoded, and no text; save it in a lower resolution."
                return Refusal(UnreadableReason.TOO_LARGE, detail)
            if not all(map(_decodes, pictures)):
                detail = "The pictures in the PDF are damaged and it holds no text; scan or export it again."
                return Refusal(UnreadableReason.DAMAGED, detail)
        finally:
            page.close()
    return None


def _pixels(picture: Any) -> int:
    import pypdfium2.raw as pdfium

    width, height = ctypes.c_uint(), ctypes.c_uint()
    known = pdfium.FPDFImageObj_GetImagePixelSize(picture, width, height)
    return width.value * height.value if known else 0


def _decodes(picture: Any) -> bool:
    import pypdfium2.raw as pdfium

    bitmap = pdfium.FPDFImageObj_GetBitmap(picture)
    if not bitmap:
        return False
    pdfium.FPDFBitmap_Destroy(bitmap)
    return True


def _has_broken_pages(data: bytes) -> bool:
    """Tell whether a page has contents that unpack to nothing; False where that cannot be found out."""
    import pdfplumber
    from pdfminer.pdftypes import PDFStream, resolve1

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        with pdfplumber.open(io.BytesIO(data)) as opened:
            for page in opened.pages[:_ASKED]:
                for each in page.page_obj.contents:
                    stream = resolve1(each)
                    if isinstance(stream, PDFStream) and stream.rawdata and not stream.get_data():
                        return True
    except Exception:  # a file that the second reader cannot open either is told by other means
        return False
    return False
