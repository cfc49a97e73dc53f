"""Bare calls to pdfium."""

from __future__ import annotations

import ctypes
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from reportlab.pdfgen.canvas import Canvas

from imetaudit.extract.pdfcalls import bare


def test_a_bare_call_answers_as_the_declared_one(tmp_path: Path) -> None:
    """Whole numbers, fractions, structures and text come back the same."""
    canvas = Canvas(str(tmp_path / "page.pdf"))
    canvas.setFont("Helvetica-Bold", 11)
    canvas.drawString(72, 700, "Civil control")
    canvas.save()
    with pypdfium2.PdfDocument(tmp_path / "page.pdf") as document:
        page = document[0]
        text_page = page.get_textpage()
        raw, index = text_page.raw, 6
        one, other = pdfium.FS_RECTF(), pdfium.FS_RECTF()
        assert pdfium.FPDFText_GetLooseCharBox(raw, index, one)
        assert bare("FPDFText_GetLooseCharBox")(raw, index, ctypes.byref(other))
        assert (one.left, one.top, one.right, one.bottom) == (other.left, other.top, other.right, other.bottom)
        assert one.right > one.left > 72
        assert bare("FPDFText_GetFontSize")(raw, index) == pdfium.FPDFText_GetFontSize(raw, index) == 11.0
        name, flags = ctypes.create_string_buffer(96), ctypes.c_int()
        bare("FPDFText_GetFontInfo")(raw, index, name, ctypes.c_ulong(96), ctypes.byref(flags))
        assert name.value == b"Helvetica-Bold"
        each = bare("FPDFPage_GetObject")(page.raw, 0)
        assert bare("FPDFPageObj_GetType")(each) == pdfium.FPDF_PAGEOBJ_TEXT
        text_page.close()
        page.close()
