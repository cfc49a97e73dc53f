"""Rich Text Format to blocks: headings, list items, table rows, notes and running heads.

It knows how paragraphs that end cells and rows make tables, and which lines look like headings. It does not know the
format's words, which the walk reads, nor pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from imetaudit.extract.build import Block, Reading, Refusal
from imetaudit.extract.cells import Cell, flat, is_data, row_blocks
from imetaudit.extract.lines import heading_shaped, looks_like_list_item, normal_bullet, own_lines
from imetaudit.extract.rtfwalk import End, Found, Paragraph, RtfWalk
from imetaudit.extract.thresholds import Thresholds
from imetaudit.model import SegmentKind, UnreadableReason


def read_rtf(data: bytes, thresholds: Thresholds) -> Reading | Refusal:
    """Read an RTF file; it has no page numbers, and its running heads stand first and last."""
    found = RtfWalk().read(data.decode("latin-1"))
    builder = _Builder(thresholds, _body_size(found.body))
    blocks = [
        *_running(found.headers, SegmentKind.HEADER, builder),
        *builder.blocks(found.body),
        *_running(found.footers, SegmentKind.FOOTER, builder),
    ]
    if not any(any(block.cells) or block.text.strip() for block in blocks):
        if found.pictures:
            detail = "The file holds pictures and no text; print it to PDF and read that by OCR."
            return Refusal(UnreadableReason.NO_TEXT_LAYER, detail)
        if len(data) > thresholds.quality.silent_rtf_bytes:
            return Refusal(UnreadableReason.DAMAGED, "The RTF file gives no text; save it as DOCX and audit that.")
    return Reading(tuple(blocks), "rtf", warnings=_warnings(found))


def _warnings(found: Found) -> tuple[str, ...]:
    said = (
        (found.hidden, "Hidden text was not read."),
        (found.tracked, "Tracked changes were read as accepted."),
        (found.comments, "Comments were not read."),
        (found.objects, "Embedded objects were not read."),
        (found.cut_off, "The file breaks off before its end; ask for it again."),
    )
    return tuple(text for when, text in said if when)


def _body_size(paragraphs: Iterable[Paragraph]) -> int:
    """Return the size, in half-points, in which most letters are set."""
    sizes: Counter[int] = Counter()
    for paragraph in paragraphs:
        sizes.update(paragraph.sizes)
    return max(sizes, key=lambda size: (sizes[size], -size), default=24)


def _running(paragraphs: Sequence[Paragraph], kind: SegmentKind, builder: _Builder) -> list[Block]:
    texts = dict.fromkeys(flat(block) for block in builder.blocks(paragraphs))
    return [Block(kind, text) for text in texts if text.strip()]


class _Builder:
    """Makes blocks of paragraphs, numbering the tables as they come."""

    def __init__(self, thresholds: Thresholds, body_size: int) -> None:
        self._thresholds = thresholds
        self._body_size = body_size
        self._tables = 0

    def blocks(self, paragraphs: Sequence[Paragraph]) -> list[Block]:
        """Return the blocks of a story in order; rows that follow each other are one table."""
        blocks: list[Block] = []
        for in_table, group in groupby(paragraphs, key=lambda paragraph: paragraph.in_table):
            together = list(group)
            blocks += self._table(together) if in_table else self._flow(together)
        return blocks

    def _flow(self, paragraphs: Iterable[Paragraph]) -> Iterator[Block]:
        for paragraph in paragraphs:
            yield from self._lines(paragraph)
            for kind, aside in paragraph.asides:
                if kind is SegmentKind.NOTE:
                    yield Block(kind, aside.text.replace("\v", "\n"))
                else:
                    yield from self._flow([aside])

    def _table(self, paragraphs: list[Paragraph]) -> list[Block]:
        rows: list[list[Cell]] = []
        notes: list[list[Block]] = []
        flow: list[Block] = []
        row: list[Cell] = []
        aside: list[Block] = []
        cell: list[Block] = []
        for paragraph in paragraphs:
            cell += self._flow([paragraph])
            if paragraph.end is End.CELL:
                row.append(_cell(cell))
            elif paragraph.end is End.ROW and (row or cell):
                # Text between the last cell and the row's end breaks the format, and is not lost for that.
                row += [_cell(cell)] if cell else []
                rows.append([_covered(each, place, paragraph.merged) for place, each in enumerate(row)])
                notes.append(aside)
                row, aside = [], []
            else:
                continue
            flow += cell
            aside += [block for block in cell if block.kind is SegmentKind.NOTE]
            cell = []
        if row or cell:
            rows.append([*row, *([_cell(cell)] if cell else [])])
            notes.append([])
            flow += cell
        if not rows or not is_data(rows, self._thresholds.tables):
            return flow
        ordinal, self._tables = self._tables, self._tables + 1
        blocks: list[Block] = []
        for laid, after in zip(rows, notes, strict=True):
            blocks += row_blocks([laid], ordinal) + after
        return blocks

    def _lines(self, paragraph: Paragraph) -> Iterator[Block]:
        raw = paragraph.text
        if not raw.strip():
            return
        mark = _mark(paragraph.mark)
        if paragraph.heading:
            shown = "" if mark == "• " else mark
            text = raw.replace("\v", "\n").lstrip()
            yield Block(SegmentKind.HEADING, shown + text, level=min(6, paragraph.heading))
            return
        looks = mark != "• " and self._looks_like_heading(paragraph, bool(mark))
        for place, text in enumerate(own_lines(raw)):
            if looks:
                yield Block(SegmentKind.HEADING, mark + text.lstrip() if not place else text)
            elif mark and not place:
                yield Block(SegmentKind.LIST_ITEM, mark + text.lstrip(), level=paragraph.depth)
            elif not place and looks_like_list_item(text):
                yield Block(SegmentKind.LIST_ITEM, normal_bullet(text), level=1)
            else:
                yield Block(SegmentKind.PARAGRAPH, text)

    def _looks_like_heading(self, paragraph: Paragraph, numbered: bool) -> bool:
        lines = [line for line in paragraph.text.split("\v") if line.strip()]
        if not all(heading_shaped(line, self._thresholds.lines) for line in lines):
            return False
        if numbered:
            return paragraph.bold >= paragraph.letters
        largest = max(paragraph.sizes, default=0)
        large = largest >= self._thresholds.pdf.heading_size * self._body_size and largest > self._body_size + 1
        return large or paragraph.bold >= 0.95 * paragraph.letters


def _mark(written: str) -> str:
    """Return a list's mark as the other formats write it: `• ` for any bullet, a number with a blank."""
    if not written:
        return ""
    return f"{written} " if any(letter.isalnum() for letter in written) and written != "o" else "• "


def _cell(blocks: Sequence[Block]) -> Cell:
    kept = [block for block in blocks if block.kind is not SegmentKind.NOTE]
    crowded = len(kept) > 1 and any(block.kind is SegmentKind.HEADING and block.level for block in kept)
    return Cell("\n".join(map(flat, kept)), crowded=crowded)


def _covered(cell: Cell, place: int, merged: Sequence[bool]) -> Cell:
    return Cell("") if place < len(merged) and merged[place] and not cell.text.strip() else cell
