"""OpenDocument texts (.odt) to blocks, by a walk over the package's content.

It knows the elements of text documents as OASIS OpenDocument 1.3 names them. It does not know pages, and does not
read comments or what tracked changes have deleted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from imetaudit.extract.build import Block, Reading, Refusal
from imetaudit.extract.cells import Cell, is_data, row_blocks
from imetaudit.extract.lines import heading_shaped, looks_like_list_item, normal_bullet, separate
from imetaudit.extract.package import attribute, child, local, open_package
from imetaudit.extract.thresholds import Thresholds
from imetaudit.model import SegmentKind, UnreadableReason

_SKIPPED = frozenset({
    "annotation", "annotation-end", "tracked-changes", "sequence-decls", "variable-decls", "user-field-decls",
    "forms", "bookmark", "image", "title", "desc", "ruby-text", "table-of-content-source",
    "index-title-template", "note-citation", "hidden-text", "hidden-paragraph",
})  # fmt: skip
_REPEATS = 64


def read_odt(data: bytes, thresholds: Thresholds) -> Reading | Refusal:
    """Read an OpenDocument text; it has no page numbers, and its running heads stand first and last."""
    package = open_package(data, thresholds.limits)
    if isinstance(package, Refusal):
        return package
    manifest = package.xml("META-INF/manifest.xml")
    if manifest is not None and any(local(each) == "encryption-data" for each in manifest.iter()):
        detail = "The document has a password; save it without and audit that."
        return Refusal(UnreadableReason.ENCRYPTED, detail)
    content = package.xml("content.xml")
    body = child(content, "body", "text")
    if body is None:
        return Refusal(UnreadableReason.DAMAGED, "The package holds no text document; save it again in its program.")
    styles = package.xml("styles.xml")
    walk = _Walk(thresholds, _looks(content) | _looks(styles))
    walk.blocks_of(body, 0)
    blocks = [
        *_running(styles, "header", SegmentKind.HEADER, thresholds),
        *walk.blocks,
        *_running(styles, "footer", SegmentKind.FOOTER, thresholds),
    ]
    warnings = ("Hidden text was not read.",) if walk.hidden else ()
    return Reading(tuple(blocks), "odt", warnings=warnings)


@dataclass(frozen=True)
class _Look:
    bold: bool
    hidden: bool


def _looks(root: Any) -> dict[str, _Look]:
    looks: dict[str, _Look] = {}
    for style in root.iter() if root is not None else ():
        name = attribute(style, "name") if local(style) == "style" else None
        if name:
            properties = child(style, "text-properties")
            bold = attribute(properties, "font-weight") in ("bold", "600", "700", "800", "900")
            looks[name] = _Look(bold, attribute(properties, "display") == "none")
    return looks


def _running(styles: Any, which: str, kind: SegmentKind, thresholds: Thresholds) -> list[Block]:
    blocks: list[Block] = []
    for element in styles.iter() if styles is not None else ():
        if local(element) not in (which, f"{which}-left", f"{which}-first"):
            continue
        walk = _Walk(thresholds, {})
        walk.blocks_of(element, 0)
        for block in walk.blocks:
            text = " ".join(filter(None, block.cells)) if block.cells else block.text
            if text.strip() and all(text != other.text for other in blocks):
                blocks.append(Block(kind, text))
    return blocks


@dataclass
class _Walk:
    """A walk over the document's elements in order."""

    thresholds: Thresholds
    looks: dict[str, _Look]
    blocks: list[Block] = field(default_factory=list)
    after: list[Block] = field(default_factory=list)
    """Text boxes and notes, which follow the block that they hang on."""
    mark: str = ""
    depth: int = 0
    tables: int = 0
    hidden: bool = False
    bold_letters: int = 0

    def blocks_of(self, container: Any, level: int) -> None:
        """Read the paragraphs, lists and tables of a container."""
        if level > self.thresholds.limits.nesting:
            return
        for element in container:
            name = local(element)
            if name in ("p", "h"):
                self._paragraph(element, name, level)
            elif name == "list":
                self._list(element, level)
            elif name == "table":
                self._table(element, level)
            elif name == "section" and attribute(element, "display") == "none":
                self.hidden = True
            elif name and name not in _SKIPPED:
                self.blocks_of(element, level + 1)

    def _paragraph(self, element: Any, name: str, level: int) -> None:
        self.bold_letters = 0
        look = self.looks.get(attribute(element, "style-name") or "")
        pieces: list[str] = []
        self._text(element, pieces, bool(look and look.bold), level)
        raw = "".join(pieces)
        if raw.strip():
            self._add(raw, element, name)
        self.blocks += self.after
        self.after = []

    def _add(self, raw: str, element: Any, name: str) -> None:
        groups: list[str] = []
        for line in filter(str.strip, raw.split("\v")):
            if groups and (name == "h" or not separate(groups[-1], line)):
                groups[-1] += "\n" + line
            else:
                groups.append(line)
        letters = len(raw.replace(" ", "").replace("\v", ""))
        bold = self.bold_letters >= 0.95 * letters
        for place, text in enumerate(groups):
            if name == "h":
                outline = attribute(element, "outline-level") or "1"
                self.blocks.append(
                    Block(SegmentKind.HEADING, text, level=min(6, int(outline)) if outline.isdecimal() else 1)
                )
            elif self.mark and not place:
                self.blocks.append(Block(SegmentKind.LIST_ITEM, self.mark + text.lstrip(), level=self.depth))
            elif bold and heading_shaped(text, self.thresholds.lines):
                self.blocks.append(Block(SegmentKind.HEADING, text))
            elif looks_like_list_item(text):
                self.blocks.append(Block(SegmentKind.LIST_ITEM, normal_bullet(text), level=max(1, self.depth)))
            else:
                self.blocks.append(Block(SegmentKind.PARAGRAPH, text))
            self.mark = ""

    def _text(self, element: Any, pieces: list[str], bold: bool, level: int) -> None:
        self._add_text(element.text, pieces, bold)
        for each in element:
            name = local(each)
            look = self.looks.get(attribute(each, "style-name") or "") if name == "span" else None
            if look and look.hidden:
                self.hidden = True
            elif name == "s":
                count = attribute(each, "c") or "1"
                pieces.append(" " * (min(int(count), 99) if count.isdecimal() else 1))
            elif name == "tab":
                pieces.append(" ")
            elif name == "line-break":
                pieces.append("\v")
            elif name == "note":
                self._aside(child(each, "note-body"), level, SegmentKind.NOTE)
            elif name == "text-box":
                self._aside(each, level, None)
            elif name and name not in _SKIPPED and level < self.thresholds.limits.nesting:
                self._text(each, pieces, bold or bool(look and look.bold), level + 1)
            self._add_text(each.tail, pieces, bold)

    def _add_text(self, text: str | None, pieces: list[str], bold: bool) -> None:
        if text:
            pieces.append(text)
            self.bold_letters += len("".join(text.split())) if bold else 0

    def _aside(self, container: Any, level: int, kind: SegmentKind | None) -> None:
        if container is None or level >= self.thresholds.limits.nesting:
            return
        inner = self._inner()
        inner.blocks_of(container, level + 1)
        self._take_state(inner)
        self.after += [Block(kind, _flat(block)) if kind else block for block in inner.blocks]

    def _inner(self) -> _Walk:
        return _Walk(self.thresholds, self.looks, tables=self.tables)

    def _take_state(self, inner: _Walk) -> None:
        self.tables = max(self.tables, inner.tables)
        self.hidden = self.hidden or inner.hidden

    def _list(self, element: Any, level: int) -> None:
        self.depth += 1
        for item in element:
            if local(item) in ("list-item", "list-header"):
                # Whether a list counts or has bullets is only in its style, and LibreOffice often draws neither.
                self.mark = "• " if local(item) == "list-item" else ""
                self.blocks_of(item, level + 1)
                self.mark = ""
        self.depth -= 1

    def _table(self, table: Any, level: int) -> None:
        ordinal = self.tables
        self.tables += 1
        rows: list[list[Cell]] = []
        flow: list[Block] = []
        for row in table.iter():
            if local(row) == "table-row" and _table_of(row) is table:
                rows.append([self._cell(cell, level, flow) for cell in row if local(cell).endswith("table-cell")])
        rows = [row for row in rows if row]
        self.blocks += row_blocks(rows, ordinal) if rows and is_data(rows, self.thresholds.tables) else flow

    def _cell(self, cell: Any, level: int, flow: list[Block]) -> Cell:
        if local(cell) == "covered-table-cell" or level >= self.thresholds.limits.nesting:
            return Cell("")
        inner = self._inner()
        inner.blocks_of(cell, level + 1)
        self._take_state(inner)
        flow += inner.blocks
        crowded = sum(bool(block.cells) for block in inner.blocks) > 3
        repeated = attribute(cell, "number-columns-repeated") or "1"
        columns = min(_REPEATS, int(repeated)) if repeated.isdecimal() and not inner.blocks else 1
        return Cell("\n".join(_flat(block) for block in inner.blocks), columns, crowded=crowded)


def _table_of(row: Any) -> Any:
    parent = row.getparent()
    while parent is not None and local(parent) != "table":
        parent = parent.getparent()
    return parent


def _flat(block: Block) -> str:
    return " ".join(filter(None, block.cells)) if block.cells else block.text
