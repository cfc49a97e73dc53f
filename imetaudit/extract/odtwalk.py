"""A walk over an OpenDocument text's elements in reading order.

It knows the elements of text documents as OASIS OpenDocument 1.3 names them: what is shown, what only stands in the
file, and what hangs on a paragraph. It does not know where the parts of a package are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from imetaudit.extract.build import Block
from imetaudit.extract.cells import Cell, flat, is_data, row_blocks
from imetaudit.extract.lines import heading_shaped, looks_like_list_item, normal_bullet, own_lines
from imetaudit.extract.odtstyles import BULLET, Counts, Look, OdtStyles
from imetaudit.extract.package import Package, attribute, child, local
from imetaudit.extract.symbols import without_private
from imetaudit.extract.thresholds import Thresholds
from imetaudit.extract.wordstyles import number_of
from imetaudit.model import SegmentKind

_SKIPPED = frozenset({
    "sequence-decls", "variable-decls", "user-field-decls", "forms", "bookmark", "image",
    "ruby-text", "table-of-content-source", "illustration-index-source", "table-index-source", "object-index-source",
    "user-index-source", "alphabetical-index-source", "bibliography-source", "index-title-template", "note-citation",
    "annotation-end", "event-listeners",
})  # fmt: skip
_HELD = frozenset({"p", "h", "list", "table", "section"})
"""What cannot stand within a line: what holds it is a text box or shape."""
_ROW_GROUPS = frozenset({"table-rows", "table-header-rows", "table-row-group"})
_REPEATS = 64


@dataclass
class OdtMet:
    """What was met in a document that its officer should know of, and the ordinal of the next table."""

    hidden: bool = False
    tracked: bool = False
    comments: bool = False
    objects: bool = False
    pictures: bool = False
    tables: int = 0


@dataclass
class _List:
    """An open list: its style, how deep it is, and how far it has counted."""

    style: str
    depth: int
    counts: Counts


@dataclass
class _Line:
    """A paragraph's text as it is gathered, and how it looks."""

    pieces: list[str]
    letters: int = 0
    bold: int = 0
    points: float = 0.0
    hidden: bool = False

    def add(self, text: str | None, look: Look) -> None:
        if not text or self.hidden:
            return
        self.pieces.append(text)
        count = len("".join(text.split()))
        self.letters += count
        self.bold += count if look.bold else 0
        self.points = max(self.points, look.points or 0.0) if count else self.points


class OdtWalk:
    """A walk over one story: the body, a running head, a note, a cell, a text box."""

    def __init__(self, thresholds: Thresholds, styles: OdtStyles, met: OdtMet, package: Package | None) -> None:
        """Take what all stories of a document share; a flat file has no package."""
        self._thresholds = thresholds
        self._styles = styles
        self._met = met
        self._package = package
        self.blocks: list[Block] = []
        self._after: list[Block] = []
        self._mark = ""
        self._lists: list[_List] = []
        self._outline = Counts()
        self._continued: dict[str, Counts] = {}

    def read(self, container: Any) -> list[Block]:
        """Read the paragraphs, lists and tables of a container; return all blocks so far."""
        self._blocks_of(container)
        return self.blocks

    def _blocks_of(self, container: Any) -> None:
        for element in container:
            name = local(element)
            if name in ("p", "h"):
                self._paragraph(element, name)
            elif name == "list":
                self._list(element)
            elif name == "table":
                self._table(element)
            elif name == "tracked-changes":
                self._met.tracked = self._met.tracked or len(element) > 0
            elif name == "section" and (attribute(element, "display") == "none" or _is_hidden(element)):
                self._met.hidden = True
            elif name == "annotation":
                self._met.comments = True
            elif name in ("frame", "object"):
                self._drawn(element, name)
            elif name and name not in _SKIPPED:
                self._blocks_of(element)

    # --- paragraphs ---

    def _paragraph(self, element: Any, name: str) -> None:
        look = self._styles.look("paragraph", attribute(element, "style-name"))
        line = _Line([], hidden=look.hidden)
        self._text(element, line, look)
        if line.hidden:
            self._met.hidden = True
        raw = without_private("".join(line.pieces))
        if raw.strip() and not line.hidden:
            self._add(raw, line, element, name, look)
        self.blocks += self._after
        self._after = []

    def _add(self, raw: str, line: _Line, element: Any, name: str, look: Look) -> None:
        if name == "h" or look.title:
            level = number_of(attribute(element, "outline-level")) or 1
            shown = self._heading_mark(element, level) if name == "h" else ""
            text = raw.replace("\v", "\n").lstrip()
            self.blocks.append(Block(SegmentKind.HEADING, shown + text, level=min(6, level)))
            self._mark = ""
            return
        mark, self._mark = self._mark, ""
        looks = mark != BULLET and self._looks_like_heading(raw, line, bool(mark))
        for place, text in enumerate(own_lines(raw)):
            shown = mark + text.lstrip() if not place and mark else text
            if looks:
                self.blocks.append(Block(SegmentKind.HEADING, shown))
            elif not place and (mark or looks_like_list_item(text)):
                depth = max(1, self._lists[-1].depth if self._lists else 1)
                self.blocks.append(Block(SegmentKind.LIST_ITEM, shown if mark else normal_bullet(text), level=depth))
            else:
                self.blocks.append(Block(SegmentKind.PARAGRAPH, text))

    def _heading_mark(self, element: Any, level: int) -> str:
        if self._lists:
            return "" if self._mark == BULLET else self._mark
        off = attribute(element, "is-list-header") == "true"
        if level not in self._styles.outline or off or self._styles.is_unnumbered(attribute(element, "style-name")):
            return ""
        start = number_of(attribute(element, "start-value")) if attribute(element, "restart-numbering") else None
        self._outline.step(level, self._styles.outline, start)
        return self._outline.mark(level, self._styles.outline)

    def _looks_like_heading(self, raw: str, line: _Line, numbered: bool) -> bool:
        if not all(heading_shaped(each, self._thresholds.lines) for each in raw.split("\v") if each.strip()):
            return False
        if numbered:
            return line.bold >= line.letters
        body = self._styles.body_points
        large = line.points >= self._thresholds.pdf.heading_size * body and line.points > body + 0.5
        return large or line.bold >= 0.95 * line.letters

    # --- what stands within a line ---

    def _text(self, element: Any, line: _Line, look: Look) -> None:
        line.add(element.text, look)
        for each in element:
            self._inline(each, local(each), line, look)
            line.add(each.tail, look)

    def _inline(self, each: Any, name: str, line: _Line, look: Look) -> None:
        match name:
            case "span":
                self._span(each, line, look)
            case "s":
                line.add(" " * min(99, number_of(attribute(each, "c")) or 1), look)
            case "tab":
                line.add(" ", look)
            case "line-break":
                line.add("\v", look)
            case "note":
                note = self._inner().read(child(each, "note-body") if child(each, "note-body") is not None else ())
                self._after += [Block(SegmentKind.NOTE, flat(block)) for block in note]
            case "annotation":
                self._met.comments = True
            case "hidden-paragraph":
                line.hidden = line.hidden or _is_hidden(each)
            case "frame" | "object":
                self._drawn(each, name)
            case "title" | "desc" if "svg" in each.tag:
                # What a picture is called shows nowhere; a field by that name shows the document's title.
                pass
            case _ if name and name not in _SKIPPED:
                self._other(each, line, look)
            case _:
                pass

    def _other(self, each: Any, line: _Line, look: Look) -> None:
        if _is_hidden(each) or (attribute(each, "display") == "none" and not any(local(one) in _HELD for one in each)):
            self._met.hidden = True
        elif any(local(one) in _HELD for one in each):
            # A shape or text box: its paragraphs are its own.
            self._after += self._inner().read(each)
        else:
            self._text(each, line, look)

    def _span(self, each: Any, line: _Line, look: Look) -> None:
        own = self._styles.look("text", attribute(each, "style-name"))
        if own.hidden:
            self._met.hidden = True
            return
        bold = look.bold if own.bold is None else own.bold
        self._text(each, line, Look(bold, False, own.points or look.points))

    def _drawn(self, each: Any, name: str) -> None:
        """Read the text boxes of a frame and the titles of charts; other objects and pictures are only noted."""
        if name == "object":
            self._object(each)
            return
        for inner in each:
            if local(inner) == "image":
                self._met.pictures = True
            elif local(inner) == "object":
                self._object(inner)
            elif local(inner) == "object-ole":
                self._met.objects = True
            elif local(inner) not in _SKIPPED:
                self._after += self._inner().read(inner)

    def _object(self, each: Any) -> None:
        part = f"{(attribute(each, 'href') or '').removeprefix('./')}/content.xml"
        root = self._package.xml(part) if self._package else None
        chart = child(root, "body", "chart")
        if chart is None:
            self._met.objects = self._met.objects or local(root if root is not None else each) != "math"
            return
        for element in chart.iter():
            if local(element) in ("title", "subtitle") and (text := "".join(element.itertext()).strip()):
                self._after.append(Block(SegmentKind.PARAGRAPH, text))

    def _inner(self) -> OdtWalk:
        return OdtWalk(self._thresholds, self._styles, self._met, self._package)

    # --- lists ---

    def _list(self, element: Any) -> None:
        outer = self._lists[-1] if self._lists else None
        style = attribute(element, "style-name") or (outer.style if outer else "")
        self._lists.append(_List(style, (outer.depth if outer else 0) + 1, self._counts(element, style, outer)))
        for item in element:
            if local(item) in ("list-item", "list-header"):
                self._mark = self._next(item) if local(item) == "list-item" else ""
                self._blocks_of(item)
                self._mark = ""
        closed = self._lists.pop()
        if not outer:
            self._continued[attribute(element, "id") or ""] = self._continued[closed.style] = closed.counts

    def _counts(self, element: Any, style: str, outer: _List | None) -> Counts:
        """Return the counts of a new list: its outer list's, those of the list that it goes on with, or fresh ones."""
        if outer:
            return outer.counts
        before = attribute(element, "continue-list")
        if before is None and attribute(element, "continue-numbering") == "true":
            before = style
        return self._continued.get(before, Counts()) if before else Counts()

    def _next(self, item: Any) -> str:
        open_list = self._lists[-1]
        style = open_list.style or self._paragraph_list_style(item)
        levels, depth = self._styles.levels(style), min(10, open_list.depth)
        first = next(iter(item), None)
        if first is not None and local(first) == "list":
            # An item that only holds a deeper list shows no mark of its own.
            return ""
        open_list.counts.step(depth, levels, number_of(attribute(item, "start-value")))
        return open_list.counts.mark(depth, levels) if depth in levels else BULLET

    def _paragraph_list_style(self, item: Any) -> str:
        first = next(iter(item), None)
        return self._styles.look("paragraph", attribute(first, "style-name")).list_style

    # --- tables ---

    def _table(self, table: Any) -> None:
        ordinal = self._met.tables
        self._met.tables += 1
        rows: list[list[Cell]] = []
        notes: list[list[Block]] = []
        flow: list[Block] = []
        for row in _rows(table):
            if attribute(row, "visibility") in ("collapse", "filter"):
                self._met.hidden = True
                continue
            aside: list[Block] = []
            cells = [self._cell(cell, flow, aside) for cell in row if local(cell).endswith("table-cell")]
            if cells:
                rows.append(cells)
                notes.append(aside)
        if rows and is_data(rows, self._thresholds.tables):
            for cells, aside in zip(rows, notes, strict=True):
                self.blocks += row_blocks([cells], ordinal) + aside
        else:
            self.blocks += flow

    def _cell(self, cell: Any, flow: list[Block], aside: list[Block]) -> Cell:
        blocks = self._inner().read(cell)
        if local(cell) == "covered-table-cell":
            # What stands in the hidden part of a merged cell shows nowhere.
            self._met.hidden = self._met.hidden or bool(blocks)
            return Cell("")
        flow += blocks
        aside += [block for block in blocks if block.kind is SegmentKind.NOTE]
        kept = [block for block in blocks if block.kind is not SegmentKind.NOTE]
        crowded = sum(bool(block.cells) for block in kept) > 3 or (
            len(kept) > 1 and any(block.kind is SegmentKind.HEADING and block.level for block in kept)
        )
        repeated = number_of(attribute(cell, "number-columns-repeated")) or 1
        return Cell("\n".join(map(flat, kept)), 1 if blocks else min(_REPEATS, repeated), crowded=crowded)


def _rows(table: Any) -> Iterator[Any]:
    for each in table:
        if local(each) == "table-row":
            yield each
        elif local(each) in _ROW_GROUPS:
            yield from _rows(each)


def _is_hidden(element: Any) -> bool:
    return attribute(element, "is-hidden") == "true"
