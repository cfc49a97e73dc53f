"""A walk over a page's elements, in time that grows with their number however deep they lie.

It knows which elements stand for blocks, which are not for readers, which are the page's furniture, and that old pages
are laid out with tables. It does not know style sheets: only what an element itself says of its look is seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from imetaudit.extract.build import Block
from imetaudit.extract.cells import Cell, is_data, row_blocks
from imetaudit.extract.htmlflow import SPACES, Flow, open_list
from imetaudit.extract.thresholds import Thresholds
from imetaudit.model import SegmentKind

_SKIPPED = frozenset({
    "script", "style", "noscript", "template", "svg", "math", "object", "embed", "applet", "audio", "video", "canvas",
    "head", "select", "input", "textarea", "datalist", "map", "del", "s", "strike",
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "caption", "dd", "details", "dialog",
    "div", "dl", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "header", "hgroup", "hr", "html",
    "legend", "main", "nav", "noframes", "option", "p", "pre", "section", "summary", "title",
    "table", "tbody", "thead", "tfoot", "tr", "td", "th",
})  # fmt: skip
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOLD = frozenset({"b", "strong"})
_ROLES = {
    "table": "table", "grid": "table", "treegrid": "table", "row": "tr", "cell": "td", "gridcell": "td",
    "columnheader": "th", "rowheader": "th", "rowgroup": "tbody", "list": "ul", "listitem": "li",
    "navigation": "nav", "contentinfo": "footer",
}  # fmt: skip
"""What an element is for, by its `role`. Source: WAI-ARIA 1.2."""
_INLINE = frozenset({"span", "a", "font", "label", "em", "i", "u", "small", "b", "strong"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SET_APART = re.compile(r"display\s*:\s*(?:block|flex|grid|table|list-item)", re.IGNORECASE)
_BREAKING = _BLOCKS | _LISTS | frozenset(_HEADINGS) | {"li", "dt"}
_PARTS = frozenset({"article", "main", "section", "aside", "blockquote", "dialog", "td"})
"""Within these a footer is the part's own and not the page's."""


@dataclass
class _Table:
    """A table whose rows are being read."""

    presentation: bool
    rows: list[list[Cell]] = field(default_factory=list)
    flow: list[Block] = field(default_factory=list)
    """Everything in the table in order, as it is read where the table only lays out the page."""
    loose: list[Block] = field(default_factory=list)
    """What stands in no cell: captions, and text where it does not belong."""


@dataclass
class _Open:
    """An element that was begun and not ended."""

    tag: str
    """What it is read as; empty where it is nothing to the flow."""
    first: int = 0
    """Of the page's furniture, the number of blocks before it."""


@dataclass
class PageWalk:
    """A walk over the elements of a page in order."""

    thresholds: Thresholds
    ordinals: Iterator[int]
    """The numbers of the tables to come."""
    furniture: bool = True
    """Whether navigation and the page's foot are told from what the page is about."""
    hidden_words: int = 0
    frames: list[str] = field(default_factory=list)
    """The addresses of pages that frames show."""
    inner_pages: list[str] = field(default_factory=list)
    """The sources of pages written within frames."""
    _flows: list[Flow] = field(default_factory=list)
    _tables: list[_Table] = field(default_factory=list)
    _cells: list[int] = field(default_factory=list)
    """Of each open cell, the number of open tables when it was begun."""
    _open: list[_Open] = field(default_factory=list)

    def read(self, root: Any) -> list[Block]:
        """Return the blocks of the page."""
        from lxml import etree

        self._flows = [Flow(self.thresholds.lines, self.ordinals)]
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            if event == "end":
                self._end(element)
                self._text(element.tail if element is not root else None)
            elif self._start(element):
                self._text(element.text)
            else:
                walker.skip_subtree()
        self._flows[0].flush()
        return self._flows[0].blocks

    @property
    def _flow(self) -> Flow:
        return self._flows[-1]

    def _text(self, text: str | None) -> None:
        if text:
            self._flow.add(text)

    def _start(self, element: Any) -> bool:
        """Begin an element; tell whether what is in it is read."""
        tag = element.tag if isinstance(element.tag, str) else ""
        opened = _Open("")
        self._open.append(opened)
        if not tag or tag in _SKIPPED or self._is_frame(element, tag) or self._is_idle_button(element, tag):
            return False
        if _is_hidden(element):
            self.hidden_words += sum(len(text.split()) for text in element.itertext())
            return False
        opened.tag = tag = _read_as(element, tag)
        opened.first = len(self._flow.blocks)
        if tag == "br":
            self._flow.pieces.append("\v")
        elif tag == "img" and self._flow.kind is SegmentKind.HEADING:
            self._flow.shown_instead = self._flow.shown_instead or element.get("alt") or ""
        elif tag == "sup" and (element.text or "").strip().isdecimal():
            # A note's number must not grow on to the word before it.
            self._flow.add(" ")
        elif tag in _BOLD:
            self._flow.bold += 1
        elif tag in _BREAKING:
            self._begin(element, tag)
            opened.first = len(self._flow.blocks)
        return True

    def _is_frame(self, element: Any, tag: str) -> bool:
        if tag not in ("iframe", "frame"):
            return False
        source = element.get("srcdoc")
        if source and not _is_hidden(element):
            self.inner_pages.append(source)
        elif element.get("src") and not _is_hidden(element):
            self.frames.append(element.get("src"))
        return True

    def _is_idle_button(self, element: Any, tag: str) -> bool:
        """Tell whether it is a button that only does something, rather than the title of a part that unfolds."""
        if tag != "button":
            return False
        unfolds = element.get("aria-expanded") is not None or element.get("aria-controls") is not None
        return not unfolds and self._flow.kind is not SegmentKind.HEADING

    def _begin(self, element: Any, tag: str) -> None:
        flow = self._flow
        flow.flush()
        if tag in _HEADINGS:
            flow.heading(_HEADINGS[tag])
        elif tag == "dt":
            flow.heading(0)
        elif tag == "li":
            flow.item(element.get("value"))
        elif tag in _LISTS:
            reverse = sum(1 for _ in element.iterchildren("li")) if element.get("reversed") is not None else None
            flow.lists.append(open_list(tag == "ol", element.get("start"), element.get("type"), reverse))
        elif tag == "pre":
            flow.preformatted += 1
        elif tag == "table":
            self._tables.append(_Table(element.get("role") in ("presentation", "none")))
            self._flows.append(Flow(self.thresholds.lines, self.ordinals))
        elif self._in_table():
            if tag == "tr":
                self._tables[-1].rows.append([])
            elif tag in ("td", "th"):
                self._take_loose()
                self._cells.append(len(self._tables))
                self._flows.append(Flow(self.thresholds.lines, self.ordinals))

    def _in_table(self) -> bool:
        """Tell whether the innermost table is open outside its cells."""
        return bool(self._tables) and (not self._cells or self._cells[-1] < len(self._tables))

    def _end(self, element: Any) -> None:
        opened = self._open.pop()
        tag = opened.tag
        if tag in _BOLD:
            self._flow.bold -= 1
        elif tag in ("td", "th") and self._cells and self._cells[-1] == len(self._tables):
            self._end_cell(element)
        elif tag == "table":
            self._end_table()
        elif tag in _BREAKING:
            self._flow.flush()
            if tag in _LISTS:
                self._flow.lists.pop()
            elif tag in _HEADINGS or tag in ("li", "dt"):
                self._flow.kind, self._flow.level, self._flow.mark = SegmentKind.PARAGRAPH, 0, ""
            elif tag == "pre":
                self._flow.preformatted -= 1
            elif self.furniture and (tag == "nav" or (tag == "footer" and self._is_page_foot())):
                self._mark_running(opened.first, SegmentKind.HEADER if tag == "nav" else SegmentKind.FOOTER)

    def _is_page_foot(self) -> bool:
        return not any(opened.tag in _PARTS for opened in self._open)

    def _mark_running(self, first: int, kind: SegmentKind) -> None:
        blocks = self._flow.blocks
        blocks[first:] = [Block(kind, _flat(block)) for block in blocks[first:]]

    def _take_loose(self) -> None:
        table, flow = self._tables[-1], self._flow
        flow.flush()
        table.flow += flow.blocks
        table.loose += flow.blocks
        flow.blocks = []

    def _end_cell(self, element: Any) -> None:
        flow = self._flows.pop()
        self._cells.pop()
        flow.flush()
        table = self._tables[-1]
        table.flow += flow.blocks
        crowded = sum(bool(block.cells) for block in flow.blocks) > 1 or (
            len(flow.blocks) > 1 and any(block.kind is SegmentKind.HEADING and block.level for block in flow.blocks)
        )
        if not table.rows:
            table.rows.append([])
        text = "\n".join(_flat(block) for block in flow.blocks)
        table.rows[-1].append(Cell(text, _span(element, "colspan"), _span(element, "rowspan"), crowded))

    def _end_table(self) -> None:
        self._take_loose()
        self._flows.pop()
        table = self._tables.pop()
        rows = [row for row in table.rows if row]
        if rows and not table.presentation and is_data(rows, self.thresholds.tables):
            self._flow.blocks += table.loose + row_blocks(rows, next(self.ordinals))
        else:
            # A page laid out by a table is read as a page.
            self._flow.blocks += table.flow


def _read_as(element: Any, tag: str) -> str:
    role = element.get("role")
    if role == "heading":
        level = element.get("aria-level") or "2"
        return f"h{level}" if level in "123456" else "h6"
    if role and tag != "table":
        tag = _ROLES.get(role, tag)
    if tag in _INLINE and _SET_APART.search(element.get("style") or ""):
        return "div"
    return tag


def _is_hidden(element: Any) -> bool:
    hidden = element.get("hidden")
    # What is hidden until it is searched for is for readers: a part that unfolds.
    return (hidden is not None and hidden != "until-found") or bool(_HIDDEN.search(element.get("style") or ""))


def _flat(block: Block) -> str:
    return " ".join(filter(None, block.cells)) if block.cells else block.text


def _span(element: Any, name: str) -> int:
    value = element.get(name) or element.get(f"aria-{name}") or "1"
    return min(max(1, int(value)), 64) if value.strip().isdecimal() and len(value) < 9 else 1


def furniture_share(root: Any) -> float:
    """Return the share of the page's words that stand in navigation and feet."""
    if next(root.iter("nav", "footer"), None) is None and not root.xpath(
        "//*[@role='navigation' or @role='contentinfo']"
    ):
        return 0.0
    from lxml import etree

    words = running = depth = parts = 0
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        step = 1 if event == "start" else -1
        parts += step * (element.tag in _PARTS)
        tag = _ROLES.get(element.get("role") or "", element.tag)
        depth += step * (tag == "nav" or (tag == "footer" and not parts))
        text = element.text if event == "start" else element.tail
        if event == "start" and (element.tag in _SKIPPED or _is_hidden(element)):
            walker.skip_subtree()
            text = None
        count = len((text or "").split())
        words += count
        running += count if depth else 0
    return running / words if words else 0.0


def one_line(text: str) -> str:
    """Return text with its blanks made single."""
    return SPACES.sub(" ", text).strip()
