"""Plain text in any encoding, to blocks.

It knows encodings, page breaks and lines that a program has wrapped. It does not know any markup.
"""

from __future__ import annotations

import codecs
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from imetaudit.extract.build import Block, Reading, Refusal
from imetaudit.extract.encodings import guess_encoding
from imetaudit.extract.lines import continues, heading_shaped, looks_like_list_item, normal_bullet, wrap_width
from imetaudit.extract.plaintables import find_text_tables
from imetaudit.extract.sniff import looks_wide
from imetaudit.extract.thresholds import Encodings, Limits, Lines, Thresholds
from imetaudit.model import SegmentKind, UnreadableReason

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 1 << 16
_STRAY = re.compile("[\udc80-\udcff]+")
_BEYOND_ASCII = re.compile("[\x80-\ud7ff\ue000-\U0010ffff]+")
_RULE = re.compile(r"\s*([=\-_~*])\1{2,}\s*$")
_ENDS = ("\n", "\r", "\f", "\v", "\x85", "\u2028", "\u2029")
_LINE_END = re.compile(r"\r\n?|\x85|\u2028|\u2029|\x0b")


def read_plain(data: bytes, thresholds: Thresholds) -> Reading | Refusal:
    """Read plain text; a form feed begins a page, and without one there are no pages."""
    text, warnings = decode(data, thresholds.encodings)
    if is_too_long(text, thresholds.limits):
        return too_long(len(text))
    pages = text.split("\f") if "\f" in text.strip("\f") else [text]
    blocks: list[Block] = []
    ordinals = itertools.count()
    for number, page in enumerate(pages, 1):
        shown = number if len(pages) > 1 else None
        blocks += plain_blocks(page, thresholds.lines, page=shown, ordinals=ordinals)
    return Reading(tuple(blocks), "text", len(pages) if len(pages) > 1 else None, warnings=warnings, typeset=True)


def is_too_long(text: str, limits: Limits) -> bool:
    """Tell whether the text has more characters or lines than are read of one document."""
    return len(text) > limits.text_characters or max(map(text.count, _ENDS)) > limits.text_lines


def too_long(characters: int) -> Refusal:
    """Refuse a text of so many characters."""
    detail = f"The file holds {characters:,} characters, more or in more lines than is read of one document; split it."
    return Refusal(UnreadableReason.TOO_LARGE, detail)


def plain_blocks(
    text: str, figures: Lines, *, page: int | None = None, ordinals: Iterator[int] | None = None
) -> list[Block]:
    """Part text into headings, paragraphs, list items, rows of tables and lines that stand for themselves.

    `ordinals` number the tables; without it they are numbered from 0.
    """
    raw = unify_line_ends(text).split("\n")
    lines = [line.expandtabs(4) for line in raw]
    tables = find_text_tables(raw, figures)
    ordinals = itertools.count() if ordinals is None else ordinals
    parse = _Parse(wrap_width(lines, figures), figures, page)
    number = 0
    while number < len(lines):
        table = tables.get(number)
        if table is None:
            following = lines[number + 1] if number + 1 < len(lines) else ""
            number += 1 + parse.take(lines[number], following)
            continue
        parse.flush()
        ordinal = next(ordinals)
        parse.blocks += [Block(SegmentKind.TABLE_ROW, page=page, cells=row, table=ordinal) for row in table.rows]
        number = table.end
    parse.flush()
    return parse.blocks


@dataclass
class _Parse:
    """The blocks so far, and the lines of the one that is open."""

    width: int
    figures: Lines
    page: int | None
    blocks: list[Block] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def take(self, line: str, following: str) -> int:
        """Take in one line; return how many of the following it has used as well."""
        if not line.strip() or _RULE.match(line):
            self.flush()
            return 0
        underline = _RULE.match(following)
        if underline and not self.open and heading_shaped(line, self.figures):
            level = 1 if underline[1] == "=" else 2
            self.blocks.append(Block(SegmentKind.HEADING, line.strip(), self.page, level))
            return 1
        if self.open and not continues(self.open[-1], line, self.width, self.figures):
            self.flush()
        self.open.append(line)
        return 0

    def flush(self) -> None:
        """Close the open paragraph or list item."""
        if self.open:
            is_item = looks_like_list_item(self.open[0])
            kind = SegmentKind.LIST_ITEM if is_item else SegmentKind.PARAGRAPH
            joined = "\n".join(line.strip() for line in self.open)
            text = normal_bullet(joined) if is_item else joined
            self.blocks.append(Block(kind, text, self.page, int(is_item)))
            self.open.clear()


def unify_line_ends(text: str) -> str:
    """Return the text with every kind of line end as a newline."""
    return _LINE_END.sub("\n", text) if _LINE_END.search(text) else text


def decode(data: bytes, figures: Encodings, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Decode text by its mark, by UTF-8, by what it declares, or by its look; return it with warnings.

    Never raises: bytes that cannot be read become replacement characters, which the quality gate counts.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace").removeprefix("\ufeff"), ()
    wide = looks_wide(data[:_SAMPLE])
    if wide:
        return data.decode(wide, "replace"), ()
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        text = data.decode("utf-8", "surrogateescape")
    strange = sum(map(len, _STRAY.findall(text)))
    letters = sum(map(len, _BEYOND_ASCII.findall(text)))
    if letters > strange:
        # Pieces from elsewhere in a text that is UTF-8 by most of its letters.
        return _STRAY.sub(_western, text), ("Some characters are not in the encoding of the rest of the text.",)
    stated = _known(declared)
    # A text that is not UTF-8 whatever it says of itself.
    if stated and stated != "utf-8":
        return data.decode(stated, "replace"), ()
    guessed = _known(guess_encoding(data, figures)) or "cp1252"
    return data.decode(guessed, "replace"), (f"The text does not say its encoding; it was read as {guessed}.",)


def _western(match: re.Match[str]) -> str:
    return match[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace")


def _known(name: str | None) -> str | None:
    try:
        found = codecs.lookup(name or "").name
    except LookupError:
        return None
    # Pages that declare ISO 8859-1 mean its superset, as the WHATWG encoding standard says.
    return "cp1252" if found in ("iso8859-1", "ascii") else found
