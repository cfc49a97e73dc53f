"""A walk over the tokens of Rich Text Format to the paragraphs that a reader of the page sees, with their looks.

It knows groups, destinations, styles, fonts, lists, notes and running heads, and leaves out what is deleted, hidden or
no text. It does not build tables: a paragraph says what ends it, and the reader lays the cells together.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field
from enum import StrEnum

from imetaudit.extract.rtftokens import Font, Token, code_page, tokens
from imetaudit.extract.symbols import without_private
from imetaudit.model import SegmentKind


class End(StrEnum):
    """What ends a paragraph."""

    PARAGRAPH = "par"
    CELL = "cell"
    ROW = "row"


@dataclass(slots=True)
class Paragraph:
    """One paragraph, or the end of a cell or row, as met."""

    text: str = ""
    """Raw; `\\v` is the author's own line end."""
    mark: str = ""
    """The bullet or number that the program wrote before it."""
    depth: int = 0
    """Of a list item, from 1."""
    heading: int = 0
    """From 1; 0 for none."""
    letters: int = 0
    bold: int = 0
    sizes: dict[int, int] = field(default_factory=dict)
    """By size in half-points the number of letters."""
    in_table: bool = False
    end: End = End.PARAGRAPH
    merged: tuple[bool, ...] = ()
    """At the end of a row, of each cell whether another covers it."""
    asides: list[tuple[SegmentKind, Paragraph]] = field(default_factory=list)
    """The notes and text boxes that hang on it, paragraph by paragraph."""


@dataclass
class Found:
    """What a walk found."""

    body: list[Paragraph] = field(default_factory=list)
    headers: list[Paragraph] = field(default_factory=list)
    footers: list[Paragraph] = field(default_factory=list)
    hidden: bool = False
    tracked: bool = False
    comments: bool = False
    objects: bool = False
    pictures: bool = False
    cut_off: bool = False


_CHARACTERS = {
    "tab": " ", "line": "\v", "softline": "\v", "page": "\v", "softpage": "\v", "column": "\v", "emdash": "—",
    "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•", "enspace": " ",
    "emspace": " ", "qmspace": " ", "nestcell": " ", "nestrow": "\v",
}  # fmt: skip
_SYMBOLS = {"~": "\u00a0", "_": "-", "\\": "\\", "{": "{", "}": "}", "\t": " "}
_ENDS = {"par": End.PARAGRAPH, "sect": End.PARAGRAPH, "cell": End.CELL, "row": End.ROW}
_UNREAD = frozenset({
    "colortbl", "info", "pict", "objdata", "fldinst", "xe", "tc", "tcn", "shprslt", "nonesttables", "nonshppict",
    "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "sp", "rxe", "txe", "filetbl", "upr", "background",
    "mmathPict", "atnid", "atnauthor", "annotation",
})  # fmt: skip
"""Destinations whose text is not read."""
_READ = frozenset({"ud", "shpinst", "do", "nesttableprops", "moMath", "moMathPara", "mmath", "shppict"})
"""Destinations that are read although they are marked as ones that an old reader may leave out."""
_STORIES = {
    "footnote": SegmentKind.NOTE, "shptxt": SegmentKind.PARAGRAPH, "dptxbxtext": SegmentKind.PARAGRAPH,
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), SegmentKind.HEADER),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), SegmentKind.FOOTER),
}  # fmt: skip
_TABLES = frozenset({"fonttbl", "stylesheet"})
_MARKS = frozenset({"listtext", "pntext"})
_HEADING = re.compile(r"\s*heading (\d)\b", re.IGNORECASE)
_DEFAULT_PAGES = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}


@dataclass(slots=True)
class _State:
    """What a group inherits from the one around it and gives back at its end."""

    where: str = "text"
    """`text`, `mark`, `fonttbl`, `stylesheet`, or `unread`."""
    hidden: bool = False
    deleted: bool = False
    bold: bool = False
    size: int = 24
    font: int | None = None
    unicode_skip: int = 1
    style: int = 0
    outline: int | None = None
    depth: int = 0
    in_table: bool = False
    opens: SegmentKind | None = None
    """The story that this very group is."""


@dataclass
class _Story:
    """A run of paragraphs of its own: the body, a note, a text box, a running head."""

    done: list[Paragraph] = field(default_factory=list)
    open: Paragraph = field(default_factory=Paragraph)
    pieces: list[str] = field(default_factory=list)
    mark: list[str] = field(default_factory=list)


class RtfWalk:
    """One walk over one source."""

    def __init__(self) -> None:
        """Begin with nothing found."""
        self.found = Found()
        self._state = _State()
        self._stack: list[_State] = []
        self._stories = [_Story()]
        self._fonts: dict[int | None, Font] = {}
        self._default_font: int | None = None
        self._page = "cp1252"
        self._headings: dict[int, int] = {}
        self._style_name = ""
        self._bytes = bytearray()
        self._skip = 0
        self._starred = False
        self._row: list[bool] = []
        self._covered = False

    def read(self, source: str) -> Found:
        """Walk over a source whose bytes were decoded as Latin-1."""
        for token in tokens(source):
            if token.kind == "text":
                self._plain(token.text)
            elif token.kind == "byte":
                self._plain(chr(int(token.text, 16)))
            else:
                self._control(token)
        self._decode()
        self.found.cut_off = bool(self._stack)
        while self._stack:
            self._leave()
        self._end(End.PARAGRAPH)
        self.found.body = self._stories[0].done
        return self.found

    # --- characters ---

    def _plain(self, text: str) -> None:
        if self._skip:
            skipped = min(self._skip, len(text))
            self._skip -= skipped
            text = text[skipped:]
        if text and self._state.where != "unread":
            self._bytes += text.encode("latin-1", "replace")

    def _decode(self) -> None:
        if self._bytes:
            data, self._bytes = bytes(self._bytes), bytearray()
            number = self._default_font if self._state.font is None else self._state.font
            # A symbol font's own name is not in its symbols.
            font = Font() if self._state.where in _TABLES else self._fonts.get(number, Font())
            self._add(font.decode(data, self._page))

    def _add(self, text: str) -> None:
        state = self._state
        if state.where == "stylesheet":
            self._style_name += text
        elif state.where == "fonttbl":
            font = self._fonts.get(state.font, Font())
            self._fonts[state.font] = font._replace(name=font.name + text.strip("; "))
        elif state.where == "mark":
            self._stories[-1].mark.append(text)
        elif state.where == "text":
            self._add_text(text)

    def _add_text(self, text: str) -> None:
        state = self._state
        if state.hidden or state.deleted:
            self.found.hidden = self.found.hidden or (state.hidden and not text.isspace())
            self.found.tracked = self.found.tracked or state.deleted
            return
        story = self._stories[-1]
        story.pieces.append(text)
        count = len("".join(text.split()))
        if count:
            paragraph = story.open
            paragraph.letters += count
            paragraph.bold += count if state.bold else 0
            paragraph.sizes[state.size] = paragraph.sizes.get(state.size, 0) + count

    # --- control ---

    def _control(self, token: Token) -> None:
        self._decode()
        if token.kind == "{":
            self._skip = 0
            self._stack.append(copy.copy(self._state))
            self._state.opens = None
            self._starred = False
        elif token.kind == "}":
            self._skip = 0
            self._leave()
        elif token.kind == "symbol":
            self._symbol(token.text)
        elif token.text == "u" and token.number is not None:
            self._unicode(token.number)
        else:
            self._word(token.text, token.number)

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._starred = True
        elif self._skip:
            self._skip -= 1
        elif symbol in "\r\n":
            self._end(End.PARAGRAPH)
        elif symbol in _SYMBOLS:
            self._add(_SYMBOLS[symbol])

    def _unicode(self, number: int) -> None:
        if self._state.where != "unread":
            self._add(chr(number % 0x10000))
        self._skip = self._state.unicode_skip

    def _leave(self) -> None:
        if self._state.where == "stylesheet":
            self._end_style()
        if self._state.opens is not None:
            self._end(End.PARAGRAPH)
            self._close_story(self._state.opens)
        # A brace too many ends nothing: the text after it is still the author's.
        self._state = self._stack.pop() if self._stack else self._state

    def _close_story(self, kind: SegmentKind) -> None:
        story = self._stories.pop()
        match kind:
            case SegmentKind.HEADER:
                self.found.headers += story.done
            case SegmentKind.FOOTER:
                self.found.footers += story.done
            case _:
                self._stories[-1].open.asides += [(kind, paragraph) for paragraph in story.done]

    def _word(self, word: str, number: int | None) -> None:
        if self._skip and word in _CHARACTERS:
            self._skip -= 1
            return
        starred, self._starred = self._starred, False
        if self._state.where == "unread":
            if word == "ud":
                # The one branch of two that says the same in Unicode.
                self._state.where = "text"
            return
        if self._destination(word, starred):
            return
        if self._state.where in _TABLES:
            self._define(word, number)
        elif word in _CHARACTERS:
            self._add(_CHARACTERS[word])
        elif word in _ENDS:
            if word != "par" or not self._state.deleted:
                self._end(_ENDS[word])
        else:
            self._property(word, number)

    def _destination(self, word: str, starred: bool) -> bool:
        """Tell whether the word opens a destination, and enter it."""
        state, found = self._state, self.found
        if word in _STORIES:
            state.opens, state.where = _STORIES[word], "text"
            state.in_table, state.outline, state.style, state.hidden = False, None, 0, False
            self._stories.append(_Story())
        elif word in _TABLES:
            state.where = word
        elif word in _MARKS:
            state.where = "mark"
        elif word in _UNREAD or (starred and word not in _READ):
            found.comments = found.comments or word == "annotation"
            found.objects = found.objects or word == "objdata"
            found.pictures = found.pictures or word == "pict"
            state.where = "unread"
        else:
            return word in _READ
        return True

    def _define(self, word: str, number: int | None) -> None:
        """Read a word of the font table or the style sheet."""
        state = self._state
        if word == "f":
            state.font = number
        elif word in ("fcharset", "cpg") and state.where == "fonttbl":
            font = self._fonts.get(state.font, Font())
            named = font._replace(charset=number or 0) if word == "fcharset" else font._replace(page=number)
            self._fonts[state.font] = named
        elif word == "s" and state.where == "stylesheet":
            state.style = number or 0
        elif word == "outlinelevel":
            state.outline = number

    def _end_style(self) -> None:
        name, self._style_name = self._style_name.strip("; "), ""
        found = _HEADING.match(name)
        if found:
            self._headings[self._state.style] = int(found[1])
        elif name.lower() == "title":
            self._headings[self._state.style] = 1
        elif name and self._state.outline is not None and self._state.outline < 9:
            self._headings[self._state.style] = self._state.outline + 1

    def _property(self, word: str, number: int | None) -> None:
        state = self._state
        on = number != 0
        match word:
            case "b":
                state.bold = on
            case "v":
                state.hidden = on
            case "deleted" | "mvf":
                state.deleted = on
            case "revised" | "mvt":
                self.found.tracked = self.found.tracked or on
            case "fs":
                state.size = number or 24
            case "f":
                state.font = number
            case "uc":
                state.unicode_skip = max(0, number or 0)
            case "plain":
                state.bold = state.hidden = state.deleted = False
                state.size, state.font = 24, None
            case _:
                self._paragraph_property(word, number)

    def _paragraph_property(self, word: str, number: int | None) -> None:
        state = self._state
        match word:
            case "pard":
                state.style, state.outline, state.depth, state.in_table = 0, None, 0, False
            case "s":
                state.style = number or 0
            case "outlinelevel":
                state.outline = number
            case "ilvl":
                state.depth = number or 0
            case "intbl":
                state.in_table = True
            case "trowd":
                self._row, self._covered = [], False
            case "clmrg" | "clvmrg":
                self._covered = True
            case "cellx":
                self._row.append(self._covered)
                self._covered = False
            case "ansicpg":
                self._page = code_page(number)
            case "deff":
                self._default_font = number
            case "ansi" | "mac" | "pc" | "pca":
                self._page = _DEFAULT_PAGES[word]
            case _:
                pass

    def _end(self, end: End) -> None:
        """Close the open paragraph with what the state says of it."""
        story, state = self._stories[-1], self._state
        paragraph, story.open = story.open, Paragraph()
        paragraph.text, paragraph.mark = _text(story.pieces), " ".join(_text(story.mark).split())
        story.pieces, story.mark = [], []
        outline = state.outline
        paragraph.heading = (
            self._headings.get(state.style, 0) if outline is None else (outline + 1 if outline < 9 else 0)
        )
        paragraph.depth = state.depth + 1
        paragraph.in_table = state.in_table or end is not End.PARAGRAPH
        paragraph.end = end
        paragraph.merged = tuple(self._row) if end is End.ROW else ()
        story.done.append(paragraph)


def _text(pieces: list[str]) -> str:
    # Characters beyond U+FFFF come in halves.
    joined = "".join(pieces)
    if not joined.isascii():
        joined = joined.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return without_private(joined)
