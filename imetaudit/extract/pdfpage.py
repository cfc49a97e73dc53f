"""What stands on a PDF page: its words, its ruled lines and how much of it is pictures, turned upright.

It knows pdfium's C interface to pages and the objects drawn on them. It does not know reading order.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from imetaudit.extract.pdfcalls import bare
from imetaudit.extract.pdfform import written_on
from imetaudit.extract.pdftext import GlyphLine, Rule, Word, lines_of
from imetaudit.extract.thresholds import Thresholds


class Frame(NamedTuple):
    """A page turned by quarter turns so that text which runs that way is upright."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @property
    def size(self) -> tuple[float, float]:
        """Return width and height as turned."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turn % 2 else (width, height)

    def place(self, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        """Return left, top, right, bottom from the turned page's upper left corner; given is pdfium's, y upwards."""
        match self.turn:
            case 0:
                return left - self.left, self.top - top, right - self.left, self.top - bottom
            case 1:
                return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
            case 2:
                return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
            case _:
                return self.top - top, self.right - right, self.top - bottom, self.right - left


@dataclass(frozen=True)
class TurnedLine:
    """A line that runs another way than most of the page."""

    whole: Word
    """The line as one word, where it stands on the page."""
    words: tuple[Word, ...]
    """Its words as they stand on the page turned so that the line is upright."""
    turn: int


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
    turned: tuple[TurnedLine, ...] = ()
    comments: int = 0
    """How many comments of reviewers the page has; they are not read."""
    turn: int = 0
    """How many quarter turns against the clock most of the text is turned in the file."""
    shown: int = 0
    """How many quarter turns with the clock the file's page is turned to be shown."""
    flat: str = ""
    """The text in the order of the content, for a page with too much text to be laid out."""


def page_content(page: Any, thresholds: Thresholds) -> PageContent:
    """Read one pdfium page."""
    text_page = page.get_textpage()
    try:
        count = text_page.count_chars()
        text = text_page.get_text_range(errors="replace") if count > 0 else ""
        lines: list[GlyphLine] = []
        if count <= thresholds.limits.page_characters:
            if len(text) != count:
                text = _text_by_character(text_page, count)
            lines, text = lines_of(text_page, text, thresholds.pdf), ""
    finally:
        text_page.close()
    written = written_on(page, thresholds.pdf)
    letters: Counter[int] = Counter()
    for line in lines:
        letters[line.turn] += sum([len(word.text) for word in line.words])
    left, bottom, right, top = page.get_bbox()
    upright = Frame(left, bottom, right, top, max(letters, key=lambda turn: (letters[turn], -turn), default=0))
    rules, pictured, marks = _objects(page, upright, thresholds)
    # Fields and annotations are set upright, whichever way the page is turned: their boxes do not say it.
    fields = [line._replace(turn=upright.turn) for line in written.lines]
    words, turned = _framed([*lines, *fields], upright)
    return PageContent(
        *upright.size, tuple(words), tuple(rules), pictured, marks, tuple(turned), written.comments, upright.turn,
        page.get_rotation() // 90, text,
    )  # fmt: skip


def _framed(lines: Sequence[GlyphLine], upright: Frame) -> tuple[list[Word], list[TurnedLine]]:
    words: list[Word] = []
    turned: list[TurnedLine] = []
    for number, line in enumerate(lines):
        if line.turn == upright.turn:
            words += _placed(line, number, upright)
            continue
        own = _placed(line, number, upright._replace(turn=line.turn))
        there = [upright.place(*glyphs[2:]) for glyphs in line.words]
        left, top, right, bottom = zip(*there, strict=True)
        whole = Word(
            " ".join(word.text for word in own), min(left), min(top), max(right), max(bottom), number, *line.types[0]
        )
        turned.append(TurnedLine(whole, tuple(own), line.turn))
    return words, turned


def _placed(line: GlyphLine, number: int, frame: Frame) -> list[Word]:
    if not frame.turn:
        dx, dy, make = frame.left, frame.top, tuple.__new__
        # As `Word(…)`, in a third of the time.
        return [
            make(Word, (text, left - dx, dy - top, right - dx, dy - bottom, number, size, bold))
            for (_, text, left, top, right, bottom), (size, bold) in zip(line.words, line.types, strict=True)
        ]
    place = frame.place
    return [
        Word(text, *place(left, top, right, bottom), number, *kind)
        for (_, text, left, top, right, bottom), kind in zip(line.words, line.types, strict=True)
    ]


def _text_by_character(text_page: Any, count: int) -> str:
    import pypdfium2.raw as pdfium

    return "".join(
        chr(code) if 0 < code < 0x110000 else " "
        for code in (pdfium.FPDFText_GetUnicode(text_page.raw, index) for index in range(count))
    )


def _objects(page: Any, frame: Frame, thresholds: Thresholds) -> tuple[list[Rule], float, int]:
    import pypdfium2.raw as pdfium

    raw, get_object, get_type = page.raw, bare("FPDFPage_GetObject"), bare("FPDFPageObj_GetType")
    count = pdfium.FPDFPage_CountObjects(raw)
    rules: list[Rule] = []
    area = 0.0
    texts = paths = 0
    text, path = pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_PATH
    for index in range(min(count, thresholds.limits.pdf_page_objects)):
        each = get_object(raw, index)
        kind = get_type(each)
        if kind == text:
            texts += 1
        elif kind == path:
            paths += 1
            rules += _rules_of(each, frame, thresholds.pdf.rule_thickness)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            area += _area(each)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            area += _area(each) * _holds_picture(each)
    if len(rules) > thresholds.limits.pdf_page_objects // 4:
        rules = []
    # Text that was turned into shapes is many of them; a table's rules and a crest are few.
    width, height = frame.size
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


def _rules_of(path: Any, frame: Frame, thickness: float) -> list[Rule]:
    import pypdfium2.raw as pdfium

    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(path, left, bottom, right, top):
        return []
    box = Rule(*frame.place(left.value, top.value, right.value, bottom.value))
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
    return _straight_parts(path, segments, frame)


def _straight_parts(path: Any, count: int, frame: Frame) -> list[Rule]:
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
        across = matrix.a * x.value + matrix.c * y.value + matrix.e
        along = matrix.b * x.value + matrix.d * y.value + matrix.f
        point = frame.place(across, along, across, along)[:2]
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
