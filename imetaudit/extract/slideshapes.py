"""What stands on a slide, to blocks in reading order.

It knows titles, placeholders, text boxes, groups, tables, SmartArt and charts. It does not know slides beside its own,
nor notes, nor pages.

The title is read first, then the placeholders in the slide's own order, which is the layout's; then what was put
beside them, from top to bottom and within a row from left to right, since its own order is that in which it was drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from imetaudit.extract.build import Block
from imetaudit.extract.cells import Cell, is_data, row_blocks
from imetaudit.extract.lines import heading_shaped, looks_like_list_item, normal_bullet
from imetaudit.extract.package import Package, attribute, child, local
from imetaudit.extract.relations import Relation, relations
from imetaudit.extract.slidetext import Line, Lists, Placeholder, lines_of, placeholder_of
from imetaudit.extract.thresholds import Thresholds
from imetaudit.model import SegmentKind

_TITLES = ("title", "ctrTitle")
_FEET = ("dt", "ftr", "sldNum")


@dataclass(frozen=True)
class _Shape:
    """A shape and where it stands, in the units of what it stands in."""

    element: Any
    placeholder: Placeholder
    top: int = 0
    left: int = 0
    height: int = 0


@dataclass
class SlideWalk:
    """A walk over the shapes of one slide or notes page."""

    package: Package
    part: str
    thresholds: Thresholds
    lists: Lists
    title_level: int = 0
    """The level of the slide's title; 0 for a notes page, which has none."""
    tables: int = 0
    embedded: bool = False
    """Whether a document of another program lies on the slide."""
    blocks: list[Block] = field(default_factory=list)
    _related: dict[str, Relation] | None = None

    def tree(self, tree: Any) -> None:
        """Read the shapes of a slide; `tree` is its `spTree`, or None."""
        shapes = [_placed(each) for each in _shapes(tree)]
        titles = [shape for shape in shapes if shape.placeholder.type in _TITLES]
        others = [shape for shape in shapes if shape.placeholder.type not in _TITLES]
        placed = [shape for shape in others if shape.placeholder.type is not None]
        free = _in_rows([shape for shape in others if shape.placeholder.type is None])
        for shape in titles:
            lines = self._lines(shape)
            text = " ".join(line.text.replace("\v", "\n") for line in lines)
            self.blocks.append(Block(SegmentKind.HEADING, text, level=self.title_level))
        if self.title_level and not any(block.text for block in self.blocks):
            free = self._title_of(free, placed)
        feet = [shape for shape in placed if shape.placeholder.type in _FEET]
        for shape in (*(each for each in placed if each not in feet), *free, *feet):
            self._shape(shape, 0)

    def _title_of(self, free: list[_Shape], placed: list[_Shape]) -> list[_Shape]:
        """Read the title of a slide without a title placeholder: a text box on top in larger type than all others."""
        sizes = [max((line.size for line in self._lines(shape)), default=0) for shape in (*free, *placed)]
        first = self._lines(free[0]) if free else []
        if len(first) != 1 or not first[0].size or first[0].size <= max(sizes[1:], default=0):
            return free
        if not heading_shaped(first[0].text.replace("\v", " "), self.thresholds.lines):
            return free
        text = first[0].text.replace("\v", "\n")
        self.blocks.append(Block(SegmentKind.HEADING, text, level=self.title_level))
        return free[1:]

    def _lines(self, shape: _Shape) -> list[Line]:
        return lines_of(child(shape.element, "txBody"), self.lists.of(shape.placeholder))

    def _shape(self, shape: _Shape, depth: int) -> None:
        name = local(shape.element)
        if name == "grpSp":
            if depth < self.thresholds.limits.nesting:
                for inner in _in_rows([_placed(each) for each in _shapes(shape.element)]):
                    self._shape(inner, depth + 1)
        elif name == "graphicFrame":
            self._graphic(shape.element)
        elif shape.placeholder.type in _FEET:
            self.blocks += [Block(SegmentKind.FOOTER, line.text) for line in self._lines(shape)]
        elif shape.placeholder.type == "hdr":
            self.blocks += [Block(SegmentKind.HEADER, line.text) for line in self._lines(shape)]
        else:
            for line in self._lines(shape):
                self.blocks += _line_blocks(line)

    def _graphic(self, frame: Any) -> None:
        data = child(frame, "graphic", "graphicData")
        for each in data if data is not None else ():
            name = local(each)
            if name == "tbl":
                self._table(each)
            elif name == "relIds":
                self.blocks += _diagram_blocks(self._named(attribute(each, "dm")))
            elif name == "chart":
                self.blocks += _chart_blocks(self._named(attribute(each, "id")))
            elif name in ("AlternateContent", "oleObj"):
                self.embedded = True

    def _named(self, relation: str | None) -> Any:
        if self._related is None:
            self._related = relations(self.package, self.part)
        found = self._related.get(relation or "")
        return self.package.xml(found.target) if found else None

    def _table(self, table: Any) -> None:
        rows: list[list[Cell]] = []
        flow: list[Block] = []
        for row in table:
            if local(row) != "tr":
                continue
            cells: list[Cell] = []
            for cell in row:
                if local(cell) != "tc" or "1" in (attribute(cell, "hMerge"), attribute(cell, "vMerge")):
                    continue
                lines = lines_of(child(cell, "txBody"), [])
                flow += [block for line in lines for block in _line_blocks(line)]
                text = "\n".join(line.mark + line.text.replace("\v", "\n") for line in lines)
                cells.append(Cell(text, _count(cell, "gridSpan"), _count(cell, "rowSpan")))
            rows.append(cells)
        if rows and is_data(rows, self.thresholds.tables):
            self.blocks += row_blocks(rows, self.tables)
            self.tables += 1
        else:
            self.blocks += flow


def _line_blocks(line: Line) -> list[Block]:
    first, *rest = [text.strip() for text in line.text.split("\v") if text.strip()]
    if line.mark:
        text = "\n".join((line.mark + first, *rest))
        return [Block(SegmentKind.LIST_ITEM, text, level=line.depth)]
    blocks = []
    for text in (first, *rest):
        item = looks_like_list_item(text)
        kind = SegmentKind.LIST_ITEM if item else SegmentKind.PARAGRAPH
        blocks.append(Block(kind, normal_bullet(text) if item else text, level=line.depth if item else 0))
    return blocks


def _shapes(container: Any) -> Iterator[Any]:
    for each in container if container is not None else ():
        name = local(each)
        if name in ("sp", "grpSp", "graphicFrame", "pic", "cxnSp"):
            hidden = any(child(part, "cNvPr") is not None and attribute(child(part, "cNvPr"), "hidden") in ("1", "true")
                         for part in each if local(part).startswith("nv"))  # fmt: skip
            if not hidden:
                yield each
        elif name == "AlternateContent":
            choice = child(each, "Choice")
            chosen = list(_shapes(choice))
            yield from chosen if any(local(one) != "pic" for one in chosen) else _shapes(child(each, "Fallback"))


def _placed(element: Any) -> _Shape:
    frame = child(element, "xfrm")
    for properties in ("spPr", "grpSpPr"):
        frame = child(element, properties, "xfrm") if frame is None else frame
    offset, extent = child(frame, "off"), child(frame, "ext")
    return _Shape(
        element,
        placeholder_of(element),
        _measure(offset, "y"),
        _measure(offset, "x"),
        _measure(extent, "cy"),
    )


def _measure(element: Any, name: str) -> int:
    given = attribute(element, name) or "0"
    return int(given) if given.removeprefix("-").isdecimal() else 0


def _count(cell: Any, name: str) -> int:
    return min(max(1, _measure(cell, name)), 64)


def _in_rows(shapes: list[_Shape]) -> list[_Shape]:
    """Order shapes from top to bottom; one that begins above the middle of a row's first stands in that row."""
    rows: list[list[_Shape]] = []
    for shape in sorted(shapes, key=lambda each: (each.top, each.left)):
        if rows and shape.top < rows[-1][0].top + rows[-1][0].height / 2:
            rows[-1].append(shape)
        else:
            rows.append([shape])
    return [shape for row in rows for shape in sorted(row, key=lambda each: each.left)]


def _diagram_blocks(root: Any) -> list[Block]:
    """Return the texts of SmartArt as list items, each under what it hangs on."""
    texts: dict[str, list[Line]] = {}
    for point in _children(root, "ptLst", "pt"):
        if attribute(point, "type") in (None, "node", "asst"):
            texts[attribute(point, "modelId") or ""] = lines_of(child(point, "t"), [])
    below: dict[str, list[tuple[int, str]]] = {}
    lower = set()
    for link in _children(root, "cxnLst", "cxn"):
        if attribute(link, "type") in (None, "parOf"):
            one, other = attribute(link, "srcId") or "", attribute(link, "destId") or ""
            below.setdefault(one, []).append((_measure(link, "srcOrd"), other))
            if one in texts:
                lower.add(other)
    roots = [each for links in below.values() for _, each in sorted(links) if each in texts and each not in lower]
    blocks: list[Block] = []
    waiting = [(each, 1) for each in reversed([*roots, *(each for each in texts if each not in roots)])]
    while waiting:
        point, depth = waiting.pop()
        for line in texts.pop(point, []):
            text = line.text.replace("\v", "\n")
            blocks.append(Block(SegmentKind.LIST_ITEM, f"• {text}", level=min(depth, 9)))
        waiting += [(each, depth + 1) for _, each in sorted(below.pop(point, []), reverse=True)]
    return blocks


def _children(root: Any, container: str, name: str) -> Iterator[Any]:
    found = child(root, container)
    return (each for each in (found if found is not None else ()) if local(each) == name)


def _chart_blocks(root: Any) -> list[Block]:
    """Return a chart's title and the titles of its axes."""
    blocks: list[Block] = []
    for title in root.iter() if root is not None else ():
        if local(title) == "title":
            lines = lines_of(child(title, "tx", "rich"), [])
            blocks += [Block(SegmentKind.PARAGRAPH, line.text.replace("\v", "\n")) for line in lines]
    return blocks
