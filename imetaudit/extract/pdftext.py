"""The words of a PDF page with their places, as pdfium gives them, and the page's ruled lines.

It knows pdfium's C interface, and is with `pdf` the only module that does. It does not know reading order. Places
are in points from the page's upper left corner, y downwards.
"""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from imetaudit.extract.thresholds import Thresholds

# pdfium writes U+FFFE for a hyphen at a line's end and leaves the line end out.
_WORD = re.compile(r"[^\s\ufffe]+\ufffe?|\ufffe")
_BOLD = re.compile(rb"bold|black|heavy|semibd|demi|-bd|\bbd", re.IGNORECASE)
_BOLD_WEIGHT = 600


class Word(NamedTuple):
    """One word with its place; `line` counts the lines in the order of the page's content."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    line: int
    size: float
    bold: bool


class Rule(NamedTuple):
    """A straight line on the page, upright or level."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class PageContent:
    """What stands on one page."""

    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...]
    pictured: float
    """The share of the page that pictures cover; a little above 0 where there is one at all."""
    marks: int
    """How many pieces of text are set on the page, and how many shapes are drawn beyond a few dozen."""
    flat: str = ""
    """The text in the order of the content, for a page with too much text to be laid out."""


def page_content(page: Any, thresholds: Thresholds) -> PageContent:
    """Read one pdfium page."""
    width, height = page.get_size()
    rules, pictured, marks = _objects(page, width, height, thresholds)
    text_page = page.get_textpage()
    try:
        count = text_page.count_chars()
        text = text_page.get_text_range(errors="replace") if count > 0 else ""
        if count > thresholds.limits.page_characters:
            return PageContent(width, height, (), (), pictured, marks, text)
        if len(text) != count:
            text = _text_by_character(text_page, count)
        words = _words(text_page, text, height)
    finally:
        text_page.close()
    left, bottom = page.get_mediabox()[:2] if hasattr(page, "get_mediabox") else (0.0, 0.0)
    if left or bottom:
        words = [
            w._replace(left=w.left - left, right=w.right - left, top=w.top + bottom, bottom=w.bottom + bottom)
            for w in words
        ]
        rules = [Rule(r.left - left, r.top + bottom, r.right - left, r.bottom + bottom) for r in rules]
    return PageContent(width, height, tuple(words), tuple(rules), pictured, marks)


def _text_by_character(text_page: Any, count: int) -> str:
    import pypdfium2.raw as pdfium

    return "".join(
        chr(code) if 0 < code < 0x110000 else " "
        for code in (pdfium.FPDFText_GetUnicode(text_page.raw, index) for index in range(count))
    )


def _words(text_page: Any, text: str, height: float) -> list[Word]:
    import pypdfium2.raw as pdfium

    raw = text_page.raw
    first, last = pdfium.FS_RECTF(), pdfium.FS_RECTF()
    get_box = pdfium.FPDFText_GetLooseCharBox
    fonts = _Fonts(raw)
    words: list[Word] = []
    line: list[tuple[int, str, float, float, float, float]] = []
    number, position, broken = 0, 0, False
    for match in _WORD.finditer(text):
        start, end = match.span()
        if broken or "\n" in text[position:start]:
            words += _with_type(line, number, fonts)
            line = []
            number += 1
        position = end
        shown = match[0]
        broken = shown[-1] == "\ufffe"
        if not get_box(raw, start, first):
            continue
        left, top, right, bottom = first.left, first.top, first.right, first.bottom
        stop = end - 2 if broken and end - start > 1 else end - 1
        if stop > start and get_box(raw, stop, last):
            left, right = (left, last.right) if left <= last.right else (last.left, right)
            top, bottom = max(top, last.top), min(bottom, last.bottom)
        line.append((start, shown, left, height - top, right, height - bottom))
    words += _with_type(line, number, fonts)
    return words


def _with_type(line: list[tuple[int, str, float, float, float, float]], number: int, fonts: _Fonts) -> list[Word]:
    """Return a line's words with size and weight; where its first and last word agree, those between are not asked."""
    if not line:
        return []
    size, bold = fonts.at(line[0][0])
    alike = len(line) == 1 or (size, bold) == fonts.at(line[-1][0])
    if alike:
        return [Word(text, left, top, right, bottom, number, size, bold) for _, text, left, top, right, bottom in line]
    return [
        Word(text, left, top, right, bottom, number, *fonts.at(start)) for start, text, left, top, right, bottom in line
    ]


class _Fonts:
    """Size and weight of characters, asked of pdfium once for each text object's font."""

    def __init__(self, raw: Any) -> None:
        import pypdfium2.raw as pdfium

        self._raw, self._matrix, self._pdfium = raw, pdfium.FS_MATRIX(), pdfium
        self._name = ctypes.create_string_buffer(96)
        self._flags = ctypes.c_int()
        self._bold: dict[bytes, bool] = {}

    def at(self, index: int) -> tuple[float, bool]:
        """Return size in points and whether bold, of one character."""
        pdfium = self._pdfium
        size = pdfium.FPDFText_GetFontSize(self._raw, index)
        if pdfium.FPDFText_GetMatrix(self._raw, index, self._matrix):
            size *= (self._matrix.c**2 + self._matrix.d**2) ** 0.5
        pdfium.FPDFText_GetFontInfo(self._raw, index, self._name, 96, self._flags)
        name = self._name.value
        bold = self._bold.get(name)
        if bold is None:
            bold = bool(_BOLD.search(name)) or pdfium.FPDFText_GetFontWeight(self._raw, index) >= _BOLD_WEIGHT
            self._bold[name] = bold
        return round(size, 1), bold


def _objects(page: Any, width: float, height: float, thresholds: Thresholds) -> tuple[list[Rule], float, int]:
    import pypdfium2.raw as pdfium

    count = pdfium.FPDFPage_CountObjects(page.raw)
    rules: list[Rule] = []
    area = 0.0
    texts = paths = 0
    for index in range(min(count, thresholds.limits.pdf_page_objects)):
        each = pdfium.FPDFPage_GetObject(page.raw, index)
        kind = pdfium.FPDFPageObj_GetType(each)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            paths += 1
            rules += _rules_of(each, height, thresholds.pdf.rule_thickness)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            area += _area(each)
        elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
            texts += 1
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            area += _area(each) * _holds_picture(each)
    if len(rules) > thresholds.limits.pdf_page_objects // 4:
        rules = []
    # Text that was turned into shapes is many of them; a table's rules and a crest are few.
    return rules, area / max(1.0, width * height), texts + max(0, paths - thresholds.quality.drawing_paths)


def _area(each: Any) -> float:
    import pypdfium2.raw as pdfium

    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(each, left, bottom, right, top):
        return 1.0
    return max(1.0, (right.value - left.value) * (top.value - bottom.value))


def _holds_picture(form: Any) -> bool:
    import pypdfium2.raw as pdfium

    return any(
        pdfium.FPDFPageObj_GetType(pdfium.FPDFFormObj_GetObject(form, index)) == pdfium.FPDF_PAGEOBJ_IMAGE
        for index in range(min(pdfium.FPDFFormObj_CountObjects(form), 200))
    )


def _rules_of(path: Any, height: float, thickness: float) -> list[Rule]:
    import pypdfium2.raw as pdfium

    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(path, left, bottom, right, top):
        return []
    box = Rule(left.value, height - top.value, right.value, height - bottom.value)
    wide, high = box.right - box.left, box.bottom - box.top
    if min(wide, high) <= thickness:
        return [box] if max(wide, high) > 2 * thickness else []
    segments = pdfium.FPDFPath_CountSegments(path)
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    # A frame may be drawn as a filled shape with a hole: more corners than a box has.
    hollow = fill.value and 8 <= segments <= 64
    if not (stroke.value or hollow) or segments > 4000:
        return []
    return _straight_parts(path, segments, height)


def _straight_parts(path: Any, count: int, height: float) -> list[Rule]:
    """Return the level and upright parts of a drawn path."""
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(path, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    rules: list[Rule] = []
    start = current = (0.0, 0.0)
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            height - (matrix.b * x.value + matrix.d * y.value + matrix.f),
        )
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            rules += _straight(current, point)
        current = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            rules += _straight(current, start)
            current = start
    return rules


def _straight(one: tuple[float, float], other: tuple[float, float]) -> list[Rule]:
    (x0, x1), (y0, y1) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    if min(x1 - x0, y1 - y0) > 1 or max(x1 - x0, y1 - y0) < 4:
        return []
    return [Rule(x0, y0, x1, y1)]
