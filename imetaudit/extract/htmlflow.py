"""The text of a page as it flows: gathered until a block ends, then parted into blocks.

It knows headings, items, preformatted text and an author's `<br>`. It does not know elements or tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from imetaudit.extract.build import Block
from imetaudit.extract.lines import heading_shaped, is_plain_item, normal_bullet, separate
from imetaudit.extract.numerals import write_number
from imetaudit.extract.plain import plain_blocks
from imetaudit.extract.thresholds import Lines
from imetaudit.model import SegmentKind

SPACES = re.compile(r"[ \t\r\n\f]+")
_LIST_TYPES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


@dataclass
class OpenList:
    """A list whose items are being read."""

    next: int | None = None
    """The number of the next item; None in a list without numbers."""
    step: int = 1
    shape: str = "decimal"

    def mark(self, value: str | None) -> str:
        """Return the mark of the next item, which may state its number itself."""
        if self.next is None:
            return "• "
        number = int(value) if value and value.strip().isdecimal() and len(value) < 9 else self.next
        self.next = number + self.step
        return f"{write_number(number, self.shape)}. "


def open_list(ordered: bool, start: str | None, kind: str | None, items_if_reversed: int | None) -> OpenList:
    """Open a list by its attributes; a reversed one counts down from its start or its number of items."""
    if not ordered:
        return OpenList()
    given = int(start) if start and start.strip().isdecimal() and len(start) < 9 else None
    shape = _LIST_TYPES.get(kind or "", "decimal")
    if items_if_reversed is not None:
        return OpenList(items_if_reversed if given is None else given, -1, shape)
    return OpenList(1 if given is None else given, 1, shape)


@dataclass
class Flow:
    """The blocks of a page or of one cell, and the text of the block that is open."""

    figures: Lines
    ordinals: Iterator[int]
    """The numbers of the tables to come."""
    blocks: list[Block] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    bold: int = 0
    """How many elements that set text in bold are open."""
    preformatted: int = 0
    lists: list[OpenList] = field(default_factory=list)
    kind: SegmentKind = SegmentKind.PARAGRAPH
    level: int = 0
    mark: str = ""
    shown_instead: str = ""
    """The words in place of a picture, which are the text of a heading that has no other."""
    _bold_characters: int = 0

    def heading(self, level: int) -> None:
        """Let the open block be a heading; at level 0 only if it looks like one."""
        self.kind, self.level = SegmentKind.HEADING, level

    def item(self, value: str | None) -> None:
        """Let the open block be the next item of the innermost list."""
        self.kind, self.level = SegmentKind.LIST_ITEM, max(1, len(self.lists))
        self.mark = self.lists[-1].mark(value) if self.lists else "• "

    def add(self, text: str | None) -> None:
        """Add text to the open block."""
        if not text:
            return
        self.pieces.append(text)
        if self.bold:
            self._bold_characters += len(SPACES.sub("", text))

    def flush(self) -> None:
        """Close the open block; `<br>` within it parts it where its lines stand for themselves."""
        if not self.pieces and not self.shown_instead:
            return
        raw = "".join(self.pieces)
        self.pieces.clear()
        if not raw.strip() and self.shown_instead and self.kind is SegmentKind.HEADING:
            raw = self.shown_instead
        if not raw.strip():
            # A paragraph within an item or heading must not end it before its text has come.
            return
        if self.preformatted:
            self.blocks += plain_blocks(raw.replace("\v", "\n"), self.figures, ordinals=self.ordinals)
        else:
            self._add_lines(SPACES.sub(" ", raw))
        self.kind, self.level, self.mark = SegmentKind.PARAGRAPH, 0, ""
        self._bold_characters, self.shown_instead = 0, ""

    def _add_lines(self, raw: str) -> None:
        letters = len(raw) - raw.count(" ") - raw.count("\v")
        all_bold = self._bold_characters >= 0.9 * letters > 0
        for place, text in enumerate(self._own_lines(raw)):
            unsure = self.kind is SegmentKind.HEADING and not self.level
            shaped = (all_bold or unsure) and heading_shaped(text, self.figures)
            if unsure and not shaped:
                self.kind = SegmentKind.PARAGRAPH
            if place or self.kind is SegmentKind.PARAGRAPH:
                self.blocks.append(_line_block(text, shaped))
            else:
                self.blocks.append(Block(self.kind, self.mark + text.lstrip(), level=self.level))

    def _own_lines(self, raw: str) -> list[str]:
        if "\v" not in raw:
            return [raw]
        groups: list[list[str]] = []
        for line in raw.split("\v"):
            if not line.strip():
                continue
            if groups and (self.kind is SegmentKind.HEADING or not separate(groups[-1][-1], line)):
                groups[-1].append(line)
            else:
                groups.append([line])
        return ["\n".join(group) for group in groups]


def _line_block(text: str, heading: bool) -> Block:
    if heading:
        return Block(SegmentKind.HEADING, text)
    if is_plain_item(text):
        return Block(SegmentKind.LIST_ITEM, normal_bullet(text), level=1)
    return Block(SegmentKind.PARAGRAPH, text)
