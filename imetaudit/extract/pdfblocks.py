"""From the flows of all pages to blocks: paragraphs, headings, list items, table rows, running heads.

It knows what only several lines or several pages together tell: the body's size, what repeats at the pages' edges,
where a paragraph ends. It does not know pdfium.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from imetaudit.extract.build import Block
from imetaudit.extract.lines import heading_shaped, looks_like_list_item, normal_bullet
from imetaudit.extract.pdfruns import Flow, Line, Row, Run
from imetaudit.extract.pdfsheet import Sheet, rounded
from imetaudit.extract.printed import around, lines_together
from imetaudit.extract.thresholds import PdfLayout, PdfText, Thresholds
from imetaudit.model import SegmentKind

_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"\W*(?:p(?:age|ágina|agina)?\.?\s*)?#(?:\s*(?:/|of|de|sur)\s*#)?\W*$", re.IGNORECASE)
_SYMBOL_BULLET = re.compile(r"^(?:[\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf02d]|o(?= [A-ZÁÉÍÓÚ]))\s*")
_NOTE_MARK = re.compile(r"(?:\d{1,3}|[*†‡§¶]{1,3})$")
_ENDED = re.compile(r"[.!?:;…][\"'”’»)\]]*$")


@dataclass(frozen=True)
class PageRuns:
    """The runs of one page before they are laid out."""

    number: int
    width: float
    height: float
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Type:
    """The sizes of type in a document."""

    body: float
    headings: tuple[float, ...]
    """The sizes larger than the body's, the largest first."""
    bold_tells: bool
    """Whether bold lines are rare enough to be headings."""


def type_of(pages: Sequence[PageRuns], thresholds: Thresholds) -> Type:
    """Measure the sizes of type over the whole document."""
    letters: Counter[float] = Counter()
    bold = 0
    for page in pages:
        for run in page.runs:
            letters[round(2 * run.size) / 2] += len(run.text)
            bold += len(run.text) if run.bold else 0
    body = max(letters, key=lambda size: (letters[size], -size), default=10.0)
    larger = sorted((size for size in letters if size >= thresholds.pdf.heading_size * body), reverse=True)
    return Type(body, tuple(larger), bold <= thresholds.pdf_text.bold_share * letters.total())


# --- running heads --------------------------------------------------------------------------------


def running_heads(pages: Sequence[PageRuns], body: float, thresholds: Thresholds) -> dict[int, dict[int, SegmentKind]]:
    """Return, by page number and by the run's place on the page, the runs that are headers or footers."""
    figures, text = thresholds.pdf, thresholds.pdf_text
    places: dict[tuple[SegmentKind, str], list[tuple[int, int]]] = defaultdict(list)
    found: dict[int, dict[int, SegmentKind]] = defaultdict(dict)
    for page in pages:
        for place, run in enumerate(page.runs):
            kind = _edge(run, page, 2 * figures.edge)
            if kind and run.grid is None:
                key = re.sub(r"\s+", " ", _DIGITS.sub("#", run.text)).strip().lower()
                if _is_cell(run, page, key, kind):
                    continue
                if _PAGE_NUMBER.match(key) and _outermost(run, page, kind):
                    found[page.number][place] = kind
                if not _edge(run, page, figures.edge):
                    continue
                places[kind, key].append((page.number, place))
                if len(pages) == 1 and run.size < text.small_head * body and _set_apart(run, page, kind, text):
                    found[page.number][place] = kind
    for kind, spots in _repeated(places, len(pages), figures):
        for number, place in spots:
            found[number][place] = kind
    for page in pages:
        for place in _lines_of_text(page, found.get(page.number, {}), figures):
            del found[page.number][place]
    return found


def _repeated(
    places: Mapping[tuple[SegmentKind, str], list[tuple[int, int]]], pages: int, figures: PdfLayout
) -> Iterator[tuple[SegmentKind, list[tuple[int, int]]]]:
    """Yield the places, page and run, of what stands at the edge of enough pages."""
    needed = max(figures.running_pages, figures.running_share * pages)
    for (kind, _), spots in sorted(places.items()):
        # A head may differ on left and right pages: the half of the share is asked for in long documents.
        on_pages = len({number for number, _ in spots})
        if on_pages >= needed or (pages > 5 and on_pages >= max(3, needed / 2)):
            yield kind, spots


def _lines_of_text(page: PageRuns, heads: dict[int, SegmentKind], figures: PdfLayout) -> set[int]:
    """Return which of the heads are first or last lines of the text itself: its next line follows at once."""
    text: set[int] = set()
    inwards = sorted(heads, key=lambda place: -abs(page.runs[place].middle - page.height / 2))
    for place in reversed(inwards):
        run, down = page.runs[place], heads[place] is SegmentKind.HEADER
        for other, near in enumerate(page.runs):
            gap = near.top - run.bottom if down else run.top - near.bottom
            follows = -figures.head_gap * run.size < gap < figures.head_gap * run.size and near.middle != run.middle
            if follows and (other not in heads or other in text) and _set_alike(run, near):
                text.add(place)
                break
    return text


def _set_alike(run: Run, other: Run) -> bool:
    return abs(run.left - other.left) < 1 and run.size == other.size and run.bold == other.bold


def _edge(run: Run, page: PageRuns, share: float) -> SegmentKind | None:
    if run.bottom < share * page.height:
        return SegmentKind.HEADER
    return SegmentKind.FOOTER if run.top > (1 - share) * page.height else None


def _is_cell(run: Run, page: PageRuns, key: str, kind: SegmentKind) -> bool:
    """Tell whether a run that shows little but figures is a cell of an unruled table at the page's edge."""
    if sum(map(str.isalpha, key)) > 2:
        return False
    line = [other for other in page.runs if abs(other.middle - run.middle) < 0.5 * run.size]
    near = 4 * run.size
    inner = [
        other
        for other in page.runs
        if (0 <= run.top - other.bottom < near if kind is SegmentKind.FOOTER else 0 <= other.top - run.bottom < near)
    ]
    aligned = [run for run in line if any(abs(run.left - other.left) < 1 for other in inner)]
    return len(aligned) > 1 and run in aligned


def _outermost(run: Run, page: PageRuns, kind: SegmentKind) -> bool:
    if kind is SegmentKind.HEADER:
        return all(other.bottom > run.top for other in page.runs)
    return all(other.top < run.bottom for other in page.runs)


def _set_apart(run: Run, page: PageRuns, kind: SegmentKind, figures: PdfText) -> bool:
    if kind is SegmentKind.HEADER:
        nearest = min((other.top - run.bottom for other in page.runs if other.top >= run.bottom), default=0.0)
    else:
        nearest = min((run.top - other.bottom for other in page.runs if other.bottom <= run.top), default=0.0)
    return nearest > figures.head_apart * run.size and _outermost(run, page, kind)


# --- paragraphs -----------------------------------------------------------------------------------


class Paragraphs:
    """Makes blocks of the flows of one page after another, and knows tables again that go on over a page end."""

    def __init__(self, look: Type, thresholds: Thresholds) -> None:
        """Begin a document of that type."""
        self._type = look
        self._figures, self._text = thresholds.pdf, thresholds.pdf_text
        self._lines = thresholds.lines
        self._tables = -1
        self._edges: tuple[float, ...] = ()
        self._in_table = False
        self._indents: list[float] = []

    def page_blocks(self, flows: Iterable[tuple[Sheet, Flow]]) -> list[Block]:
        """Return the blocks of one page's flows, each with its sheet; the notes at their feet come last."""
        blocks: list[Block] = []
        notes: list[Block] = []
        for sheet, whole in flows:
            flow, feet = self._without_notes(whole)
            notes += [self._note(lines, sheet) for lines in feet]
            chunk: list[Line] = []
            step = _usual_step(flow, self._type.body, self._text)
            sides = _sides(flow)
            for item in flow:
                if isinstance(item, Row):
                    blocks += self._chunk_blocks(chunk, sides, sheet)
                    chunk = []
                    blocks.append(self._row_block(item, sheet))
                    continue
                if chunk and self._parts(chunk[-1], item, step):
                    blocks += self._chunk_blocks(chunk, sides, sheet)
                    chunk = []
                chunk.append(item)
            blocks += self._chunk_blocks(chunk, sides, sheet)
        return blocks + notes

    def _without_notes(self, flow: Flow) -> tuple[Flow, list[list[Run]]]:
        """Part a flow from the notes at its foot: lines in small type, the first of each after a raised mark."""
        feet: list[list[Run]] = []
        lines: list[Run] = []
        start = len(flow)
        for place in range(len(flow) - 1, -1, -1):
            item = flow[place]
            if isinstance(item, Row) or _text_size(item.run) > self._figures.note_size * self._type.body:
                break
            lines.insert(0, item.run)
            if _begins_note(item.run, self._figures):
                feet.insert(0, lines)
                lines, start = [], place
        return flow[:start], feet

    def _note(self, runs: list[Run], sheet: Sheet) -> Block:
        text, box = "\n".join(run.text for run in runs), rounded(around(run.box for run in runs))
        return Block(SegmentKind.NOTE, text, sheet.number, box=box, lines=(sheet.printed(runs),))

    def _row_block(self, row: Row, sheet: Sheet) -> Block:
        same = len(row.edges) == len(self._edges) and all(
            abs(one - other) < self._text.table_shift for one, other in zip(row.edges, self._edges, strict=True)
        )
        if row.first and not (same and self._in_table):
            self._tables += 1
        self._edges, self._in_table, self._indents = row.edges, True, []
        cells = tuple(_marked(cell) for cell in row.cells)
        return Block(
            SegmentKind.TABLE_ROW, page=sheet.number, cells=cells, table=self._tables, box=rounded(row.box),
            lines=tuple(map(sheet.printed, row.lines)),
        )  # fmt: skip

    def _parts(self, line: Line, following: Line, step: float) -> bool:
        one, two = line.run, following.run
        if abs(one.size - two.size) > self._text.size_change * max(one.size, two.size):
            return True
        if self._type.bold_tells and one.bold != two.bold and (one.bold or two.bold):
            return True
        if two.middle < one.middle or two.top - one.top > self._figures.paragraph_gap * max(
            step, self._text.step_least * two.size
        ):
            return True
        return looks_like_list_item(two.text, one.text) or bool(_SYMBOL_BULLET.match(two.text))

    def _chunk_blocks(self, chunk: list[Line], sides: tuple[float, float], sheet: Sheet) -> list[Block]:
        if not chunk:
            return []
        self._in_table = False
        left, right = sides
        edge = max(item.run.right for item in chunk)
        if sum(item.run.right > edge - self._text.ragged * item.run.size for item in chunk) < 2:
            # One long line is no margin: short lines under it were ended by their author.
            edge = right
        margin = min(item.run.left for item in chunk)
        groups = [[chunk[0]]]
        for item in chunk[1:]:
            last = groups[-1][-1]
            if self._goes_on(last, item, edge, margin, right - left):
                groups[-1].append(item)
            else:
                groups.append([item])
        return [self._block([item.run for item in group], sheet) for group in groups]

    def _goes_on(self, last: Line, item: Line, edge: float, margin: float, width: float) -> bool:
        run, following = last.run, item.run
        if run.text.endswith(("\ufffe", "\u00ad")) and following.text[:1].islower():
            return True
        if round(2 * run.size) / 2 in self._type.headings:
            # A title in large type is broken wherever it looks best.
            return not _ENDED.search(run.text) or run.text.endswith(":")
        amid = following.text[:1].islower() and not _ENDED.search(run.text)
        if run.right + item.first_word + self._text.room * run.size < edge:
            return amid and run.right - run.left > self._text.long_line * width
        if run.right - run.left < self._text.short_line * width and not amid:
            return False
        indented = following.left > margin + self._text.first_indent * following.size and abs(run.left - margin) < 1
        return not (indented and _ENDED.search(run.text))

    def _block(self, runs: list[Run], sheet: Sheet) -> Block:
        text = _marked("\n".join(run.text for run in runs))
        page, box, lines = sheet.number, rounded(around(run.box for run in runs)), (sheet.printed(runs),)
        size = round(2 * max(run.size for run in runs)) / 2
        level = self._heading_level(text.replace("\n", " "), size, all(run.bold for run in runs))
        if level and not text.startswith("• "):
            self._indents = []
            return Block(SegmentKind.HEADING, text, page, level, box=box, lines=lines)
        if text.startswith("• ") or looks_like_list_item(text):
            return Block(SegmentKind.LIST_ITEM, text, page, self._depth(runs[0]), box=box, lines=lines)
        if self._indents and box[0] < self._indents[0] + self._figures.list_indent * size:
            self._indents = []
        return Block(SegmentKind.PARAGRAPH, text, page, box=box, lines=lines)

    def _depth(self, run: Run) -> int:
        """Return the depth of a list's item by its indent, from 1."""
        near = self._figures.list_indent * run.size
        if all(abs(indent - run.left) > near for indent in self._indents) and (
            self._indents and run.left < self._indents[0] - near
        ):
            self._indents = []
        while self._indents and self._indents[-1] > run.left + near:
            self._indents.pop()
        if not self._indents or run.left > self._indents[-1] + near:
            self._indents.append(run.left)
        return len(self._indents)

    def _heading_level(self, text: str, size: float, bold: bool) -> int:
        sizes = self._type.headings
        if size in sizes and len(text) <= self._text.title * self._lines.heading and any(c.isalpha() for c in text):
            # A sentence in large type is a motto or a warning; a title has no full stop.
            return (
                0
                if text.endswith(".") and len(text.split()) > self._lines.heading_words
                else min(5, sizes.index(size) + 1)
            )
        if (
            bold
            and self._type.bold_tells
            and size >= self._text.bold_heading * self._type.body
            and heading_shaped(text, self._lines)
        ):
            return min(6, len(sizes) + 1)
        return 0


def _sides(flow: Flow) -> tuple[float, float]:
    """Return how far a flow's lines reach to the left and to the right."""
    runs = [item.run for item in flow if isinstance(item, Line)]
    return min((run.left for run in runs), default=0.0), max((run.right for run in runs), default=0.0)


def _usual_step(flow: Flow, body: float, figures: PdfText) -> float:
    runs = [item.run for item in flow if isinstance(item, Line)]
    steps = [
        two.top - one.top
        for one, two in itertools.pairwise(runs)
        if 0 < two.top - one.top < figures.step_most * one.size
        and abs(one.size - two.size) < figures.size_change * one.size
    ]
    return median(steps) if len(steps) > 2 else figures.step_usual * body


def _marked(text: str) -> str:
    return normal_bullet(_SYMBOL_BULLET.sub("• ", text, count=1))


def joined_over_ends(blocks: Sequence[Block]) -> list[Block]:
    """Join a paragraph that a column's or a page's end has broken amid a sentence; it belongs where it begins."""
    joined: list[Block] = []
    open_at: int | None = None
    for block in blocks:
        if block.kind in (SegmentKind.HEADER, SegmentKind.FOOTER, SegmentKind.NOTE):
            joined.append(block)
            continue
        last = joined[open_at] if open_at is not None else None
        if last is not None and open_at is not None and _goes_over(last, block):
            lines = lines_together(last.lines, block.lines)
            joined[open_at] = replace(last, text=f"{last.text}\n{block.text}", lines=lines)
            continue
        open_at = len(joined) if block.kind in (SegmentKind.PARAGRAPH, SegmentKind.LIST_ITEM) else None
        joined.append(block)
    return joined


def _goes_over(last: Block, block: Block) -> bool:
    if block.kind is not SegmentKind.PARAGRAPH or not last.box or not block.box:
        return False
    over = block.page != last.page or (block.box[0] > last.box[0] and block.box[1] < last.box[3] - 1)
    return over and block.text[:1].islower() and not _ENDED.search(last.text)


def _text_size(run: Run) -> float:
    """Return the size of most of a run's letters: the mark of a note is smaller than its text."""
    return median(word.size for word in run.words) if run.words else run.size


def _begins_note(run: Run, figures: PdfLayout) -> bool:
    if len(run.words) < 2 or not _NOTE_MARK.match(run.words[0].text):
        return False
    mark, text = run.words[:2]
    return not mark.text[0].isdigit() or mark.size < figures.note_mark * text.size
