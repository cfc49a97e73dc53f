"""What stands on a PDF page without being drawn on it: the values of form fields, and text written as an annotation.

It knows pdfium's C interface to annotations, and sets what it finds as words where a reader sees it. Comments of
reviewers are no part of a syllabus: they are counted, so that it can be said that they were not read.
"""

from __future__ import annotations

import ctypes
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from imetaudit.extract.pdftext import GlyphLine, Glyphs
from imetaudit.extract.thresholds import PdfLayout

_CHECKED, _UNCHECKED = "☒", "☐"


@dataclass(frozen=True)
class Written:
    """What annotations add to a page."""

    lines: list[GlyphLine]
    comments: int
    """How many comments of reviewers the page has."""


def written_on(page: Any, figures: PdfLayout) -> Written:
    """Read the form fields and annotations of one pdfium page."""
    import pypdfium2.raw as pdfium

    lines: list[GlyphLine] = []
    comments = 0
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), figures.annotations)):
        note = pdfium.FPDFPage_GetAnnot(page.raw, index)
        if not note:
            continue
        try:
            kind = pdfium.FPDFAnnot_GetSubtype(note)
            hidden = pdfium.FPDFAnnot_GetFlags(note) & (pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW)
            if hidden or kind in (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP):
                continue
            if kind == pdfium.FPDF_ANNOT_WIDGET:
                lines += _set(_field_value(note, page.formenv), note, figures)
            elif kind == pdfium.FPDF_ANNOT_FREETEXT:
                lines += _set(_string(note, b"Contents"), note, figures)
            else:
                comments += bool(_string(note, b"Contents").strip())
        finally:
            pdfium.FPDFPage_CloseAnnot(note)
    return Written(lines, comments)


def _field_value(note: Any, environment: Any) -> str:
    import pypdfium2.raw as pdfium

    if environment is None:
        return _string(note, b"V")
    form = environment.raw
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, note)
    if kind in (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON):
        return _CHECKED if pdfium.FPDFAnnot_IsChecked(form, note) else _UNCHECKED
    if kind in (pdfium.FPDF_FORMFIELD_PUSHBUTTON, pdfium.FPDF_FORMFIELD_SIGNATURE):
        return ""
    if kind in (pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX):
        chosen = [
            _wide(lambda buffer, size, option=option: pdfium.FPDFAnnot_GetOptionLabel(form, note, option, buffer, size))  # type: ignore[misc]
            for option in range(pdfium.FPDFAnnot_GetOptionCount(form, note))
            if pdfium.FPDFAnnot_IsOptionSelected(form, note, option)
        ]
        if chosen:
            return "\n".join(chosen)
    return _wide(lambda buffer, size: pdfium.FPDFAnnot_GetFormFieldValue(form, note, buffer, size))


def _string(note: Any, key: bytes) -> str:
    import pypdfium2.raw as pdfium

    return _wide(lambda buffer, size: pdfium.FPDFAnnot_GetStringValue(note, key, buffer, size))


def _wide(ask: Callable[[Any, int], int]) -> str:
    import pypdfium2.raw as pdfium

    size = ask(None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    ask(ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace").replace("\r\n", "\n").replace("\r", "\n")


def _set(text: str, note: Any, figures: PdfLayout) -> Iterator[GlyphLine]:
    """Yield the lines of a text as they would be set in an annotation's box."""
    import pypdfium2.raw as pdfium

    box = pdfium.FS_RECTF()
    if not text.strip() or not pdfium.FPDFAnnot_GetRect(note, box):
        return
    left, right = sorted((box.left, box.right))
    bottom, top = sorted((box.bottom, box.top))
    size = max(4.0, min(figures.field_size, (top - bottom) / figures.field_leading))
    letter = figures.field_letter * size
    columns = max(1, int((right - left) / letter))
    lines = [part for line in text.split("\n") for part in textwrap.wrap(line, columns, break_long_words=False)]
    step = min(figures.field_leading * size, (top - bottom) / len(lines))
    # One line stands in the middle of its box, as its label beside it does.
    above = (top - bottom - step) / 2 if len(lines) == 1 else 0.0
    for number, line in enumerate(lines):
        ceiling = top - above - number * step
        words, x = [], left
        for word in line.split():
            width = letter * len(word)
            words.append(Glyphs(-1, word, x, ceiling, x + width, ceiling - step))
            x += width + letter / 2
        yield GlyphLine(words, 0, [(size, False)] * len(words))
