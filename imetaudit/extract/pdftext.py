"""The words of a PDF page with their places, as pdfium gives them, and what pdfium gets wrong about them mended.

It knows pdfium's C interface to text: where words begin and end, their type, the way they run over the page. It does
not know reading order. Places are in points; those of a finished word or rule count from the upper left corner of the
page turned so that most of its text is upright, y downwards.
"""

from __future__ import annotations

import ctypes
import itertools
import math
import re
import struct
from collections.abc import Iterator
from typing import Any, NamedTuple

from imetaudit.extract.pdfcalls import bare
from imetaudit.extract.thresholds import PdfLayout

# pdfium writes U+FFFE for a hyphen at a line's end and leaves the line end out.
_WORD = re.compile(r"[^\s\ufffe]+\ufffe?|\ufffe")
_BOLD = re.compile(rb"bold|black|heavy|semibd|demi|-bd|\bbd", re.IGNORECASE)
_BOLD_WEIGHT = 600
_DIGIT = re.compile(r"\d")
_LIGATURE = re.compile(r"f[fil]$")
_WITH_NOTE_NUMBER = re.compile(r"(\d{1,3})[^\W\d_]{2}|.*[^\W\d_]{2}[.,;:!?)\]”’\"']*?(\d{1,3})[.,;:]?$")
_TWO_BOXES = struct.Struct("8f")
"""Of two of pdfium's `FS_RECTF` left, top, right and bottom each."""
_NARROW = re.compile(r"[rftlijI1](?=[^\W\d_])")


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


class Glyphs(NamedTuple):
    """One word as pdfium places it: y upwards, whichever way it runs."""

    start: int
    """The index of its first character in the page's text."""
    text: str
    left: float
    top: float
    right: float
    bottom: float


class GlyphLine(NamedTuple):
    """Words that pdfium takes for one line."""

    words: list[Glyphs]
    turn: int
    """How many quarter turns against the clock the line is turned: 0 to 3."""
    types: list[tuple[float, bool]]
    """By word its size in points and whether it is bold."""


def lines_of(text_page: Any, text: str, figures: PdfLayout) -> list[GlyphLine]:
    """Return the lines of a page in the order of its content; `text` has a character for each of pdfium's."""
    reader = _Reader(text_page.raw, text, figures)
    lines = [line for line in reader.lines() if line]
    # pdfium takes a thin blank after a narrow letter for kerning. The gaps tell, but asking for them is dear: the
    # longest words are asked, and all the words of the page once one of those was two.
    long = [word for line in lines for word in line if len(word.text) >= figures.glued_letters]
    long.sort(key=lambda word: -len(word.text))
    glued = any(reader.joints(word) for word in long[: figures.glued_sample])
    mended = [reader.mended(line, glued) for line in lines]
    return [GlyphLine(line, *reader.type_of(line)) for line in mended]


class _Reader:
    """Asks pdfium for the places and the type of one page's words."""

    def __init__(self, raw: Any, text: str, figures: PdfLayout) -> None:
        self._raw, self._text, self._figures = raw, text, figures
        self._fonts = _Fonts(raw)
        self._get_box, self._get_origin = bare("FPDFText_GetLooseCharBox"), bare("FPDFText_GetCharOrigin")
        self._boxes = ctypes.create_string_buffer(_TWO_BOXES.size)
        self._first, self._last = ctypes.byref(self._boxes), ctypes.byref(self._boxes, _TWO_BOXES.size // 2)

    def lines(self) -> Iterator[list[Glyphs]]:
        """Yield the words of each line."""
        text, position, broken = self._text, 0, False
        line: list[Glyphs] = []
        for match in _WORD.finditer(text):
            start, end = match.span()
            if broken or "\n" in text[position:start]:
                yield line
                line = []
            shown = match[0]
            broken = shown[-1] == "\ufffe"
            word = self._place(start, end - 1 if broken and end - start > 1 else end, shown)
            if word is None:
                continue
            if line and text[position - 1] in "fil" and start == position + 1 and self._same_word(line[-1], word):
                word = _joined(line.pop(), word)
            position = end
            line.append(word)
        yield line

    def _place(self, start: int, stop: int, shown: str) -> Glyphs | None:
        raw, get_box = self._raw, self._get_box
        if not get_box(raw, start, self._first):
            return None
        several = stop - start > 1 and get_box(raw, stop - 1, self._last)
        left, top, right, bottom, other_left, other_top, other_right, other_bottom = _TWO_BOXES.unpack(self._boxes)
        if several:
            # Comparisons, not `min` and `max`: this is done for every word, and calls are dear.
            left = other_left if other_left < left else left
            top = other_top if other_top > top else top
            right = other_right if other_right > right else right
            bottom = other_bottom if other_bottom < bottom else bottom
        # As `Glyphs(…)`, in a third of the time.
        return tuple.__new__(Glyphs, (start, shown, left, top, right, bottom))

    def _same_word(self, one: Glyphs, other: Glyphs) -> bool:
        """Tell whether pdfium has put a blank after a ligature that is followed by more of the word."""
        if not other.text[0].islower() or not _LIGATURE.search(one.text):
            return False
        return other.left - one.right < self._figures.ligature_gap * (one.top - one.bottom)

    def mended(self, words: list[Glyphs], glued: bool) -> list[Glyphs]:
        """Return a line's words with note numbers set apart and, where asked, glued words parted."""
        if not glued and not _DIGIT.search(" ".join([word.text for word in words])):
            return words
        mended: list[Glyphs] = []
        for word in words:
            text = word.text
            cuts: list[int] = []
            if len(text) > 2 and (text[0].isdigit() or text[-1].isdigit() or text[-2].isdigit()):
                cuts = self._note_number(word)
            if not cuts and glued and len(text) > 3:
                cuts = self.joints(word)
            mended += self._parted(word, cuts) if cuts else [word]
        return mended

    def _note_number(self, word: Glyphs) -> list[int]:
        """Return where in the word a raised number begins or ends; [] where there is none."""
        match = _WITH_NOTE_NUMBER.match(word.text)
        if not match:
            return []
        leading = match[1] is not None
        cut = match.end(1) if leading else match.start(2)
        number, letter = (0, cut) if leading else (cut, cut - 1)
        x, low, high = ctypes.c_double(), ctypes.c_double(), ctypes.c_double()
        self._get_origin(self._raw, word.start + letter, ctypes.byref(x), ctypes.byref(low))
        self._get_origin(self._raw, word.start + number, ctypes.byref(x), ctypes.byref(high))
        return [cut] if high.value - low.value > self._figures.raised * (word.top - word.bottom) else []

    def joints(self, word: Glyphs) -> list[int]:
        """Return the places in a word at which a gap shows that it is two; [] in a word with letters set apart."""
        least = self._figures.glued_gap
        cuts = [place for match in _NARROW.finditer(word.text) if self._gap(word, place := match.end()) > least]
        if cuts and self._gap(word, 1 if cuts[0] > 1 else 2) > least / 2:
            return []
        return cuts

    def _gap(self, word: Glyphs, place: int) -> float:
        """Return the gap before a letter of a word as a share of the word's height."""
        raw, get_box, at = self._raw, self._get_box, word.start + place
        if not get_box(raw, at - 1, self._first) or not get_box(raw, at, self._last):
            return 0.0
        _, _, end, _, begin, _, _, _ = _TWO_BOXES.unpack(self._boxes)
        return float(begin - end) / max(1.0, word.top - word.bottom)

    def _parted(self, word: Glyphs, cuts: list[int]) -> list[Glyphs]:
        ends = [0, *cuts, len(word.text)]
        parts = []
        for start, stop in itertools.pairwise(ends):
            shown = word.text[start:stop]
            within = len(shown) - (len(shown) > 1 and shown[-1] == "\ufffe")
            part = self._place(word.start + start, word.start + start + within, shown)
            if part:
                parts.append(part)
        return parts

    def type_of(self, words: list[Glyphs]) -> tuple[int, list[tuple[float, bool]]]:
        """Return a line's turn, and the type of its words; where the first and the last agree, no other is asked."""
        turn, size, bold = self._fonts.at(words[0].start)
        if len(words) == 1 or (turn, size, bold) == self._fonts.at(words[-1].start):
            return turn, [(size, bold)] * len(words)
        return turn, [self._fonts.at(word.start)[1:] for word in words]


def _joined(one: Glyphs, other: Glyphs) -> Glyphs:
    # The blank between them stays in neither: the index of later characters no longer follows from the text.
    return Glyphs(
        one.start,
        one.text + other.text,
        min(one.left, other.left),
        max(one.top, other.top),
        max(one.right, other.right),
        min(one.bottom, other.bottom),
    )


class _Fonts:
    """Size and weight of characters, asked of pdfium once for each text object's font."""

    def __init__(self, raw: Any) -> None:
        import pypdfium2.raw as pdfium

        self._raw, self._matrix = raw, pdfium.FS_MATRIX()
        self._size, self._weight = bare("FPDFText_GetFontSize"), bare("FPDFText_GetFontWeight")
        self._get_matrix, self._get_font = bare("FPDFText_GetMatrix"), bare("FPDFText_GetFontInfo")
        self._name = ctypes.create_string_buffer(96)
        self._to_matrix, self._to_flags = ctypes.byref(self._matrix), ctypes.byref(ctypes.c_int())
        self._bold: dict[bytes, bool] = {}

    def at(self, index: int) -> tuple[int, float, bool]:
        """Return quarter turns, size in points and whether bold, of one character."""
        raw = self._raw
        size, turn = self._size(raw, index), 0
        if self._get_matrix(raw, index, self._to_matrix):
            matrix = self._matrix
            size *= (matrix.c**2 + matrix.d**2) ** 0.5
            if matrix.b or matrix.a < 0:
                turn = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4
        self._get_font(raw, index, self._name, ctypes.c_ulong(96), self._to_flags)
        name = self._name.value
        bold = self._bold.get(name)
        if bold is None:
            bold = bool(_BOLD.search(name)) or self._weight(raw, index) >= _BOLD_WEIGHT
            self._bold[name] = bold
        return turn, round(size, 1), bold
