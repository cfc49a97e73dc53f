"""HTML pages, also as browsers save them, to blocks.

It knows which elements stand for blocks, which are not for readers, and that old pages are laid out with tables. It
does not know styles: what a style sheet hides or sets in bold is not seen, except by plain attributes.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Any

from imetaudit.extract.build import Block, Reading, Refusal
from imetaudit.extract.cells import Cell, is_data, row_blocks
from imetaudit.extract.lines import heading_shaped, is_plain_item, normal_bullet, separate
from imetaudit.extract.plain import decode, is_too_long, plain_blocks, too_long
from imetaudit.extract.thresholds import Thresholds
from imetaudit.model import SegmentKind, UnreadableReason

_SKIPPED = frozenset({
    "script", "style", "noscript", "template", "svg", "math", "object", "embed", "applet", "iframe", "audio",
    "video", "canvas", "head", "nav", "select", "button", "input", "textarea", "datalist", "map", "del", "s",
    "strike",
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "caption", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "ol", "option", "p", "pre",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "title",
})  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOLD = frozenset({"b", "strong"})
_CHARSET = re.compile(
    rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]+encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE
)
_ANY_TAG = re.compile(r"<(?:script|style)\b.*?</(?:script|style)\s*>|<!--.*?-->|<[^<>]*>", re.IGNORECASE | re.DOTALL)
_ENCODING = re.compile(r"<\?xml[^>]*\?>")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")


def read_html(data: bytes, thresholds: Thresholds) -> Reading | Refusal:
    """Read a page; it has no page numbers."""
    if data.lstrip()[:256].lower().startswith((b"from:", b"mime-version:", b"date:", b"subject:", b"snapshot-content")):
        data = _page_of_archive(data)
    declared = _CHARSET.search(data[:8192])
    name = (declared[1] or declared[2]).decode("ascii", "replace") if declared else None
    text, warnings = decode(data, thresholds.quality, None if name and name.lower().startswith("utf-16") else name)
    if is_too_long(text, thresholds.limits):
        return too_long(len(text))
    root, whole = _parse(text)
    if root is None:
        return Refusal(UnreadableReason.EMPTY, "The page holds no text; check that it is the right file.")
    if not whole:
        # The parser gives up on absurd nesting and says so only in its log; what it left out must not pass for absent.
        flat = plain_blocks(html.unescape(_ANY_TAG.sub("\n", text)), thresholds.lines)
        return Reading(
            tuple(flat), "html", warnings=(*warnings, "The page breaks its format; it was read as flat text.")
        )
    walk = _Walk(thresholds)
    title = root.findtext(".//title")
    walk.element(root, 0)
    walk.flush()
    if walk.hidden:
        warnings = (*warnings, "Hidden parts of the page were not read.")
    blocks = walk.blocks
    if title and title.strip() and not any(_same(title, block.text) for block in blocks[:5]):
        blocks = [Block(SegmentKind.HEADING, _SPACES.sub(" ", title), level=1), *blocks]
    return Reading(tuple(blocks), "html", warnings=warnings)


def _same(one: str, other: str) -> bool:
    return _SPACES.sub(" ", one).strip().lower() == _SPACES.sub(" ", other).strip().lower()


def _page_of_archive(data: bytes) -> bytes:
    from email import message_from_bytes
    from email.policy import compat32

    for part in message_from_bytes(data, policy=compat32).walk():
        if part.get_content_type() == "text/html":
            body = part.get_payload(decode=True)
            return body if isinstance(body, bytes) else data
    return data


def _parse(text: str) -> tuple[Any, bool]:
    """Return the root element, or None for a page without any, and whether all of the page is under it."""
    import lxml.html
    from lxml import etree

    text = _ENCODING.sub("", text, count=1).replace("\0", "")
    if not text.strip():
        return None, True
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True)
    try:
        root = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return None, True
    return root, all(entry.level < etree.ErrorLevels.FATAL for entry in parser.error_log)


@dataclass
class _Walk:
    """A walk over the page's elements in order, gathering text until a block ends."""

    thresholds: Thresholds
    blocks: list[Block] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    bold_characters: int = 0
    bold: int = 0
    preformatted: int = 0
    kind: SegmentKind = SegmentKind.PARAGRAPH
    level: int = 0
    mark: str = ""
    lists: list[int | None] = field(default_factory=list)
    """Of each open list the number of its next item; None in a list without numbers."""
    tables: int = 0
    hidden: bool = False

    def element(self, element: Any, depth: int) -> None:
        """Read an element and what is in it, but not what follows it."""
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or tag in _SKIPPED:
            return
        if element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
            self.hidden = True
            return
        if depth > self.thresholds.limits.nesting:
            self.add(" ".join(element.itertext()))
            return
        if tag == "br":
            self.pieces.append("\v")
        elif tag == "table":
            self._table(element, depth)
        elif tag in _BLOCKS:
            self._block(element, tag, depth)
        else:
            self.bold += tag in _BOLD
            self._inside(element, depth)
            self.bold -= tag in _BOLD

    def _inside(self, element: Any, depth: int) -> None:
        self.add(element.text)
        for child in element:
            self.element(child, depth + 1)
            self.add(child.tail)

    def _block(self, element: Any, tag: str, depth: int) -> None:
        self.flush()
        if tag in _HEADINGS:
            self.kind, self.level = SegmentKind.HEADING, _HEADINGS[tag]
        elif tag == "li":
            self._begin_item()
        elif tag in ("ul", "ol", "menu", "dir"):
            start = element.get("start") or "1"
            self.lists.append((int(start) if start.isdecimal() else 1) if tag == "ol" else None)
        self.preformatted += tag == "pre"
        self._inside(element, depth)
        self.flush()
        self.preformatted -= tag == "pre"
        if tag in ("ul", "ol", "menu", "dir"):
            self.lists.pop()

    def _begin_item(self) -> None:
        number = self.lists[-1] if self.lists else None
        if number is not None:
            self.lists[-1] = number + 1
        self.kind, self.level = SegmentKind.LIST_ITEM, max(1, len(self.lists))
        self.mark = "• " if number is None else f"{number}. "

    def add(self, text: str | None) -> None:
        """Add text to the open block."""
        if not text:
            return
        if not self.preformatted:
            text = _SPACES.sub(" ", text)
        self.pieces.append(text)
        if self.bold:
            self.bold_characters += len(text.strip())

    def flush(self) -> None:
        """Close the open block; `<br>` within it parts it where its lines stand for themselves."""
        raw = "".join(self.pieces)
        if not raw.strip():
            # A paragraph within an item or heading must not end it before its text has come.
            self.pieces.clear()
            return
        self.pieces.clear()
        if self.preformatted:
            self.blocks += plain_blocks(raw.replace("\v", "\n"), self.thresholds.lines)
        else:
            self._add_lines(raw)
        self.kind, self.level, self.mark, self.bold_characters = SegmentKind.PARAGRAPH, 0, "", 0

    def _add_lines(self, raw: str) -> None:
        lines = [line for line in raw.split("\v") if line.strip()]
        groups: list[str] = []
        for line in lines:
            apart = self.kind is not SegmentKind.HEADING and (not groups or separate(groups[-1], line))
            if apart or not groups:
                groups.append(line)
            else:
                groups[-1] += "\n" + line
        letters = len(_SPACES.sub("", raw))
        all_bold = self.bold_characters >= 0.9 * letters > 0
        kind, level = self.kind, self.level
        for place, text in enumerate(groups):
            if place or kind is SegmentKind.PARAGRAPH:
                bold = all_bold and heading_shaped(text, self.thresholds.lines)
                self.blocks.append(_line_block(text, bold))
            else:
                self.blocks.append(Block(kind, self.mark + text.lstrip(), level=level))

    def _table(self, element: Any, depth: int) -> None:
        self.flush()
        grid = [[cell for cell in row if cell.tag in ("td", "th")] for row in _rows(element)]
        rows = [[self._cell(cell, depth) for cell in row] for row in grid if row]
        if rows and is_data(rows, self.thresholds.tables):
            for caption in element.iterchildren("caption"):
                self._block(caption, "caption", depth)
            self.blocks += row_blocks(rows, self.tables)
            self.tables += 1
            return
        # A page laid out by a table is read as a page.
        self._inside(element, depth)
        self.flush()

    def _cell(self, element: Any, depth: int) -> Cell:
        inner = _Walk(self.thresholds)
        inner.tables = 1 << 16
        inner._inside(element, depth + 1)
        inner.flush()
        texts = [" ".join(filter(None, block.cells)) if block.cells else block.text for block in inner.blocks]
        crowded = len(inner.blocks) > 1 and any(
            block.kind is SegmentKind.HEADING and block.level for block in inner.blocks
        )
        crowded = crowded or sum(bool(block.cells) for block in inner.blocks) > 1
        self.hidden = self.hidden or inner.hidden
        return Cell("\n".join(texts), _span(element, "colspan"), _span(element, "rowspan"), crowded)


def _line_block(text: str, bold: bool) -> Block:
    if bold:
        return Block(SegmentKind.HEADING, text)
    if is_plain_item(text):
        return Block(SegmentKind.LIST_ITEM, normal_bullet(text), level=1)
    return Block(SegmentKind.PARAGRAPH, text)


def _rows(table: Any) -> list[Any]:
    rows = []
    for child in table:
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in ("tbody", "thead", "tfoot"):
            rows += list(child.iterchildren("tr"))
    return rows


def _span(element: Any, name: str) -> int:
    value = element.get(name) or "1"
    return min(max(1, int(value)), 64) if value.strip().isdecimal() else 1
