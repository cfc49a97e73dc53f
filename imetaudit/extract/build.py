"""From a stream of blocks to a document's text and its segments, with exact offsets.

It knows how raw text is cleaned (ligatures, blanks, broken words) and how blocks are laid end to end. It does not
know any file format: a reader gives it blocks in reading order, and inside a block a newline means a line end that
the author did not choose.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from imetaudit.extract.printed import ByCell, text_lines
from imetaudit.model import Segment, SegmentKind, TextLine, UnreadableReason

CELL_SEPARATOR = " | "
"""What parts the cells of a table row in a document's text."""

_LIGATURES = {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st",
}  # fmt: skip
_DROPPED = [*range(0x00, 0x09), *range(0x0E, 0x1C), 0x7F, *range(0x80, 0x85), *range(0x86, 0xA0),
            0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0xFFFF, *range(0x202A, 0x202F)]  # fmt: skip
_CLEANING = _LIGATURES | dict.fromkeys([*_DROPPED, *range(0xD800, 0xE000)], None) | {0xFFFE: "-"}
_UNCLEAN = re.compile(f"[{''.join(map(re.escape, map(chr, sorted(_CLEANING))))}]")
_GLYPH_NUMBER = re.compile(r"\(cid:\d+\)")
# Blanks without a newline, a newline, any blanks: said so that no long run of blanks is tried in every way.
_SOFT_HYPHEN = re.compile(r"\u00ad(?:[^\S\n]*+\n\s*+)?")
# What stands before the hyphen is asked after it: a pattern that begins with a set of signs is searched for faster.
_BROKEN_WORD = re.compile(r"[\ufffe\u2010-](?:(?<=\ufffe)\s*+|(?<=\w[-\u2010])[^\S\n]*+\n\s*+)(?=\w)")
_HYPHENS = ("-", "\ufffe", "\u2010")
_CUT_WORD = re.compile(r"(?<=[^\W\d_])\u2060\n\s*+(?=[^\W\d_])")
_BEFORE = 60
"""Characters before a line's end in which the first half of a broken word is looked for."""
_WORD_BEFORE = re.compile(r"[^\W\d_]+$")
_WORD_AFTER = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a document as a reader found it, before its text is cleaned."""

    kind: SegmentKind
    text: str = ""
    """Raw; a newline in it is a line end that means nothing. Ignored for a table row."""
    page: int | None = None
    level: int = 0
    """Of a heading 1 to 6, or 0 where only its looks tell that it is one; of a list item its depth from 1."""
    cells: tuple[str, ...] = ()
    table: int | None = None
    box: tuple[float, float, float, float] | None = None
    lines: ByCell = ()
    """By cell, or once for the text, where its lines stand on the page: one for each line of it; () if not known."""


@dataclass(frozen=True)
class Reading:
    """What a reader made of a file's bytes."""

    blocks: tuple[Block, ...]
    extractor: str
    pages: int | None = None
    readable_share: float = 1.0
    warnings: tuple[str, ...] = ()
    typeset: bool = False
    """Whether a hyphen at a line's end may have been put there by a typesetter."""
    ocr_confidence: float | None = None
    """From 0 to 1; None where nothing was read by OCR."""
    recounted: int | None = None
    """How many words a second, simpler reading counts, as `recount.count_words` does; None where there was none."""


class Assembled(NamedTuple):
    """A document's text, and what stands where in it."""

    text: str
    segments: tuple[Segment, ...]
    lines: tuple[TextLine, ...]
    """In the order of the text; those of blocks that know them."""


@dataclass(frozen=True)
class Refusal:
    """Why a reader could not read."""

    reason: UnreadableReason
    detail: str
    """One sentence for the officer: what was met and what to do."""


def assemble(
    blocks: Iterable[Block],
    *,
    typeset: bool = False,
    stop_words: frozenset[str] = frozenset(),
    longest: int | None = None,
) -> Assembled:
    """Lay the blocks end to end and return the text, its segments and printed lines; empty blocks leave nothing.

    Where `typeset`, a word broken by a hyphen at a line's end is mended by the other words of the document;
    `stop_words` are words that never are the second half of a broken one. A block of more than `longest` characters
    becomes several paragraphs: everything after this looks at a segment as a whole, and some of it takes the square
    of its length.
    """
    kept = tuple(blocks)
    mender = WordMender(kept, stop_words) if typeset else None
    parts: list[str] = []
    segments: list[Segment] = []
    lines: list[TextLine] = []
    position, previous, heading_level = 0, None, 0
    for block, cells, line, printed in _cleaned(kept, mender, longest):
        if previous is not None:
            gap = "\n" if _close(previous, block) else "\n\n"
            parts.append(gap)
            position += len(gap)
        level = block.level
        if block.kind is SegmentKind.HEADING:
            if level:
                heading_level = level
            level = min(6, level or heading_level + 1)
        offsets = _cell_offsets(cells, position)
        segments.append(
            Segment(block.kind, position, position + len(line), block.page, level, offsets, block.table, block.box)
        )
        if block.lines:
            lines += _lines(block, cells or (line,), offsets or ((position, position),))
        lines += (each._replace(start=each.start + position, end=each.end + position) for each in printed)
        parts.append(line)
        position += len(line)
        previous = block
    return Assembled("".join(parts), tuple(segments), tuple(lines))


def _lines(block: Block, cleaned: Sequence[str], offsets: Sequence[tuple[int, int]]) -> list[TextLine]:
    return [line for lines in _by_cell(block, cleaned, offsets) for line in lines]


def _by_cell(block: Block, cleaned: Sequence[str], offsets: Sequence[tuple[int, int]]) -> Iterator[Sequence[TextLine]]:
    """Yield the printed lines of each cell, or of the text."""
    for raw, text, (start, _), printed in zip(block.cells or (block.text,), cleaned, offsets, block.lines, strict=True):
        yield text_lines(raw, text, start, printed, clean) if text and printed else ()


def _cleaned(
    blocks: Iterable[Block], mender: WordMender | None, longest: int | None
) -> Iterator[tuple[Block, tuple[str, ...], str, Sequence[TextLine]]]:
    """Yield each block that is not empty with its cells and its text, cleaned; one too long in parts.

    A part comes with the printed lines that lie wholly in it, counted from its beginning.
    """
    for block in blocks:
        cells = tuple(clean(cell, mender) for cell in block.cells)
        line = CELL_SEPARATOR.join(cells) if any(cells) else "" if cells else clean(block.text, mender)
        if longest is None or len(line) <= longest:
            if line:
                yield block, cells, line, ()
            continue
        flat = Block(SegmentKind.PARAGRAPH, page=block.page, box=block.box)
        texts = cells or (line,)
        places = list(_by_cell(block, texts, [(0, len(text)) for text in texts])) if block.lines else []
        for number, text in enumerate(texts):
            for start, part in _parts(text, longest):
                own = places[number] if places else ()
                yield (
                    flat,
                    (),
                    part,
                    [
                        each._replace(start=each.start - start, end=each.end - start)
                        for each in own
                        if start <= each.start and each.end <= start + len(part)
                    ],
                )


def _parts(text: str, longest: int) -> Iterator[tuple[int, str]]:
    """Part a text at ends of sentences, or else between words, or else anywhere; yield where each part begins."""
    start = 0
    while len(text) - start > longest:
        half, end = start + longest // 2, start + longest
        cut = 1 + max(text.rfind(mark, half, end - 1) for mark in (". ", "; ", "? ", "! "))
        cut = cut or text.rfind(" ", half, end)
        cut = cut if cut > start else end
        yield start, text[start:cut].strip()
        start = cut + (text[cut] == " ")
    if text[start:]:
        yield start, text[start:]


def _close(one: Block, other: Block) -> bool:
    if one.kind is not other.kind or one.kind not in (SegmentKind.TABLE_ROW, SegmentKind.LIST_ITEM):
        return False
    return one.table == other.table


def _cell_offsets(cells: Sequence[str], start: int) -> tuple[tuple[int, int], ...]:
    offsets = []
    for cell in cells:
        offsets.append((start, start + len(cell)))
        start += len(cell) + len(CELL_SEPARATOR)
    return tuple(offsets)


def clean(raw: str, mender: WordMender | None = None) -> str:
    """Return `raw` as one line: broken words mended, ligatures expanded, blanks single, in normal form C."""
    if "-\n" in raw or not raw.isascii():
        if "\u00ad" in raw:
            raw = _SOFT_HYPHEN.sub("", raw)
        raw = mender.mend(raw) if mender else _BROKEN_WORD.sub("-", raw)
    if "(cid:" in raw:
        raw = _GLYPH_NUMBER.sub("", raw)
    if not raw.isascii():
        raw = unicodedata.normalize("NFC", raw.translate(_CLEANING) if _UNCLEAN.search(raw) else raw)
    line = " ".join(raw.split())
    return line if line.isprintable() else " ".join(line.translate(_CLEANING).split())


class WordMender:
    """Mends words that a line end has broken, by the words that the document has elsewhere.

    `civil-` + `military` keeps its hyphen where the document has both words, `demo-` + `cracy` loses it.
    """

    def __init__(self, blocks: Sequence[Block], stop_words: frozenset[str]) -> None:
        """Keep the blocks; their words are listed only once a broken word is met."""
        self._blocks = blocks
        self._stop_words = stop_words
        self._known: frozenset[str] | None = None

    def mend(self, raw: str) -> str:
        """Return `raw` with every broken word joined, with its hyphen or without.

        A word joiner (U+2060) at a line's end says that the line may have cut a word for want of room, without a
        hyphen: it is joined where the document has the whole word elsewhere, or has neither piece.
        """
        if "\u2060" in raw:
            raw = _CUT_WORD.sub(self._seam, raw)
        return _BROKEN_WORD.sub(self._joint, raw) if any(sign in raw for sign in _HYPHENS) else raw

    def _joint(self, match: re.Match[str]) -> str:
        raw = match.string
        before = _WORD_BEFORE.search(raw, max(0, match.start() - _BEFORE), match.start())
        after = _WORD_AFTER.match(raw, match.end())
        if not before or not after or not (after[0][0].islower() or (before[0].isupper() and after[0].isupper())):
            return "-"
        left, right = before[0].lower(), after[0].lower()
        if right in self._stop_words:
            return "- "
        known = self._words()
        if left + right in known:
            return ""
        if f"{left}-{right}" in known or (left in known and right in known and min(len(left), len(right)) > 2):
            return "-"
        return ""

    def _seam(self, match: re.Match[str]) -> str:
        before = _WORD_BEFORE.search(match.string, 0, match.start())
        after = _WORD_AFTER.match(match.string, match.end())
        if not before or not after:
            return " "
        left, right, known = before[0].lower(), after[0].lower(), self._words()
        if left + right in known:
            return ""
        return " " if left in known or right in known or right in self._stop_words else ""

    def _words(self) -> frozenset[str]:
        if self._known is None:
            # Halves of broken words must not pass for words: they are taken out before the listing.
            broken = re.compile(r"(?<![\w-])[\w-]+(?:\ufffe\s*+|\u2060\n\s*+|-[^\S\n]*+\n\s*+)[\w-]*")
            texts = (" ".join((block.text, *block.cells)) for block in self._blocks)
            self._known = frozenset(
                word
                for text in texts
                for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", broken.sub(" ", text).lower())
            ) | frozenset(
                half
                for text in texts
                for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)+", text)
                for half in word.split("-")
            )
        return self._known
