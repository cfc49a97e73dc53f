"""Word documents (.docx, .docm, .dotx) to blocks, by a walk over the package's parts.

It knows what a reader of the printed page sees: inserted text but not deleted, text boxes once, notes, running heads.
It does not know pages, which exist only once Word has laid the document out, and does not read comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from imetaudit.extract.build import Block, Reading, Refusal
from imetaudit.extract.cells import Cell, is_data, row_blocks
from imetaudit.extract.lines import heading_shaped, looks_like_list_item, normal_bullet, separate
from imetaudit.extract.package import Package, attribute, child, local, open_package
from imetaudit.extract.thresholds import Thresholds
from imetaudit.extract.wordstyles import Numbering, Style, Styles, is_on, number_of, read_numbering, read_styles
from imetaudit.model import SegmentKind, UnreadableReason

_SKIPPED = frozenset({
    "del", "moveFrom", "instrText", "delText", "delInstrText", "pPr", "rPr", "tblPr", "tblGrid", "tcPr", "trPr",
    "sectPr", "rt", "Fallback", "annotationRef", "fldChar", "sdtPr", "sdtEndPr", "commentReference",
    "lastRenderedPageBreak", "docPr", "drawingPr", "ruby_pr",
})  # fmt: skip
_NOTES = {"footnoteReference": "word/footnotes.xml", "endnoteReference": "word/endnotes.xml"}
_RUNNING = re.compile(r"word/(header|footer)\d*\.xml$")


def read_docx(data: bytes, thresholds: Thresholds) -> Reading | Refusal:
    """Read a Word document; it has no page numbers, and its running heads stand first and last."""
    package = open_package(data, thresholds.limits)
    if isinstance(package, Refusal):
        return package
    main = _main_part(package)
    root = package.xml(main)
    body = child(root, "body")
    if body is None:
        detail = "The package holds no Word document; save it again in its program."
        return Refusal(UnreadableReason.DAMAGED, detail)
    walk = _Walk(thresholds, read_styles(package), read_numbering(package), _notes(package))
    walk.blocks_of(body, 0)
    blocks = [
        *_running_blocks(package, "header", SegmentKind.HEADER, thresholds),
        *walk.blocks,
        *_running_blocks(package, "footer", SegmentKind.FOOTER, thresholds),
    ]
    warnings = ("Hidden text was not read.",) if walk.hidden else ()
    return Reading(tuple(blocks), "docx", warnings=warnings)


def _main_part(package: Package) -> str:
    relations = package.xml("_rels/.rels")
    for relation in relations if relations is not None else ():
        if (attribute(relation, "Type") or "").endswith("/officeDocument"):
            target = (attribute(relation, "Target") or "").lstrip("/")
            if target in package.names:
                return target
    return "word/document.xml"


def _notes(package: Package) -> dict[tuple[str, str], Any]:
    notes: dict[tuple[str, str], Any] = {}
    for reference, part in _NOTES.items():
        root = package.xml(part)
        for note in root if root is not None else ():
            if attribute(note, "type") in (None, "normal"):
                notes[reference, attribute(note, "id") or ""] = note
    return notes


def _running_blocks(package: Package, which: str, kind: SegmentKind, thresholds: Thresholds) -> list[Block]:
    blocks: list[Block] = []
    for name in sorted(package.names):
        found = _RUNNING.match(name)
        if not found or found[1] != which:
            continue
        walk = _Walk(thresholds, Styles(), Numbering(), {})
        walk.blocks_of(package.xml(name), 0)
        for block in walk.blocks:
            text = " ".join(filter(None, block.cells)) if block.cells else block.text
            if text.strip() and all(text != other.text for other in blocks):
                blocks.append(Block(kind, text))
    return blocks


@dataclass
class _Line:
    """A paragraph's text as it is gathered, and how it looks."""

    pieces: list[str] = field(default_factory=list)
    letters: int = 0
    bold: int = 0
    half_points: int = 0

    def add(self, text: str, bold: bool, half_points: int) -> None:
        self.pieces.append(text)
        count = len(text.strip())
        self.letters += count
        self.bold += count if bold else 0
        self.half_points = max(self.half_points, half_points if count else 0)


@dataclass
class _Walk:
    """A walk over one part's elements in order."""

    thresholds: Thresholds
    styles: Styles
    numbering: Numbering
    notes: dict[tuple[str, str], Any]
    blocks: list[Block] = field(default_factory=list)
    after: list[Block] = field(default_factory=list)
    """Text boxes and notes, which follow the block that they hang on."""
    tables: int = 0
    hidden: bool = False

    def blocks_of(self, container: Any, depth: int) -> None:
        """Read the paragraphs and tables of a body, cell, text box or note."""
        for element in container if container is not None else ():
            name = local(element)
            if name == "p":
                self._paragraph(element, depth)
            elif name == "tbl":
                self._table(element, depth)
            elif name == "AlternateContent":
                self.blocks_of(_choice(element), depth + 1)
            elif name not in _SKIPPED and depth < self.thresholds.limits.nesting:
                self.blocks_of(element, depth + 1)

    def _paragraph(self, element: Any, depth: int) -> None:
        properties = child(element, "pPr")
        style = self.styles.of(attribute(child(properties, "pStyle"), "val"))
        line = _Line()
        self._runs(element, style, line, depth + 1)
        raw = "".join(line.pieces)
        if raw.strip():
            self._add(raw, line, style, properties)
        self._flush_after()

    def _add(self, raw: str, line: _Line, style: Style, properties: Any) -> None:
        outline = attribute(child(properties, "outlineLvl"), "val")
        heading = int(outline) + 1 if outline and outline.isdecimal() and int(outline) < 9 else style.heading
        number = number_of(properties) or style.number
        mark = self.numbering.mark(number) if number and number[0] != "0" else ""
        if heading:
            text = raw.replace("\v", "\n")
            self.blocks.append(
                Block(SegmentKind.HEADING, mark.replace("• ", "") + text.lstrip(), level=min(6, heading))
            )
            return
        first, *rest = _own_lines(raw)
        looks = self._looks_like_heading(raw, line)
        if looks and (not mark or mark == "• " or line.bold >= line.letters) and mark != "• ":
            self.blocks += [
                Block(SegmentKind.HEADING, mark + text if text is first else text) for text in (first, *rest)
            ]
            return
        is_item = bool(mark) or looks_like_list_item(first)
        kind = SegmentKind.LIST_ITEM if is_item else SegmentKind.PARAGRAPH
        level = 1 + (number[1] if mark and number else 0) if is_item else 0
        self.blocks.append(Block(kind, mark + first.lstrip() if mark else normal_bullet(first), level=level))
        self.blocks += [Block(SegmentKind.PARAGRAPH, text) for text in rest]

    def _looks_like_heading(self, raw: str, line: _Line) -> bool:
        if not all(heading_shaped(each, self.thresholds.lines) for each in raw.split("\v") if each.strip()):
            return False
        body = self.styles.default.half_points or 20
        large = line.half_points >= self.thresholds.pdf.heading_size * body and line.half_points > body + 1
        return line.bold >= 0.95 * line.letters or large

    def _runs(self, element: Any, style: Style, line: _Line, depth: int) -> None:
        for each in element:
            name = local(each)
            if name == "r":
                self._run(each, style, line, depth)
            elif name == "AlternateContent":
                self._runs(_choice(each), style, line, depth + 1)
            elif name == "txbxContent":
                self._aside(each, depth, None)
            elif name == "t":
                line.add(each.text or "", False, 0)
            elif name not in _SKIPPED and depth < self.thresholds.limits.nesting:
                self._runs(each, style, line, depth + 1)

    def _run(self, run: Any, style: Style, line: _Line, depth: int) -> None:
        properties = child(run, "rPr")
        character = self.styles.by_id.get(attribute(child(properties, "rStyle"), "val") or "", Style())
        hidden = _first(is_on(child(properties, "vanish")), character.hidden, style.hidden)
        if hidden:
            self.hidden = self.hidden or any(local(each) == "t" for each in run)
            return
        bold = bool(_first(is_on(child(properties, "b")), character.bold, style.bold))
        size = attribute(child(properties, "sz"), "val")
        points = int(size) if size and size.isdecimal() else style.half_points or 0
        for each in run:
            name = local(each)
            if name == "t":
                line.add(each.text or "", bold, points)
            elif name in ("tab", "ptab"):
                line.pieces.append(" ")
            elif name in ("br", "cr"):
                line.pieces.append("\v")
            elif name == "noBreakHyphen":
                line.add("-", bold, points)
            elif name in _NOTES:
                self._aside(self.notes.get((name, attribute(each, "id") or "")), depth, SegmentKind.NOTE)
            elif name == "AlternateContent":
                self._runs(_choice(each), style, line, depth + 1)
            elif name not in _SKIPPED and depth < self.thresholds.limits.nesting:
                self._runs(each, style, line, depth + 1)

    def _aside(self, container: Any, depth: int, kind: SegmentKind | None) -> None:
        if container is None or depth >= self.thresholds.limits.nesting:
            return
        inner = self._inner()
        # A note may cite itself; its own references are not followed.
        inner.notes = {} if kind else self.notes
        inner.blocks_of(container, depth + 1)
        self._take_state(inner)
        self.after += [Block(kind, _flat(block)) if kind else block for block in inner.blocks]

    def _flush_after(self) -> None:
        self.blocks += self.after
        self.after = []

    def _inner(self) -> _Walk:
        return _Walk(self.thresholds, self.styles, self.numbering, self.notes, tables=self.tables)

    def _take_state(self, inner: _Walk) -> None:
        self.tables = max(self.tables, inner.tables)
        self.hidden = self.hidden or inner.hidden

    def _table(self, table: Any, depth: int) -> None:
        if depth >= self.thresholds.limits.nesting:
            return
        ordinal = self.tables
        self.tables += 1
        rows: list[list[Cell]] = []
        flow: list[Block] = []
        notes: list[list[Block]] = []
        for row in _descend(table, "tr"):
            if child(row, "trPr", "del") is not None:
                continue
            laid, aside = self._row(row, depth, flow)
            rows.append(laid)
            notes.append(aside)
        if rows and is_data(rows, self.thresholds.tables):
            for laid, aside in zip(rows, notes, strict=True):
                self.blocks += row_blocks([laid], ordinal) + aside
        else:
            self.blocks += flow

    def _row(self, row: Any, depth: int, flow: list[Block]) -> tuple[list[Cell], list[Block]]:
        cells: list[Cell] = []
        aside: list[Block] = []
        for cell in _descend(row, "tc"):
            properties = child(cell, "tcPr")
            merged = child(properties, "vMerge")
            span = attribute(child(properties, "gridSpan"), "val") or "1"
            columns = min(64, int(span)) if span.isdecimal() else 1
            if merged is not None and attribute(merged, "val") != "restart":
                cells.append(Cell("", max(1, columns)))
                continue
            inner = self._inner()
            inner.blocks_of(cell, depth + 1)
            self._take_state(inner)
            flow += inner.blocks
            aside += [block for block in inner.blocks if block.kind is SegmentKind.NOTE]
            kept = [block for block in inner.blocks if block.kind is not SegmentKind.NOTE]
            crowded = sum(bool(block.cells) for block in kept) > 3 or (
                len(kept) > 1 and any(block.kind is SegmentKind.HEADING and block.level for block in kept)
            )
            cells.append(Cell("\n".join(_flat(block) for block in kept), max(1, columns), crowded=crowded))
        return cells, aside


def _first(*values: bool | None) -> bool | None:
    return next((value for value in values if value is not None), None)


def _flat(block: Block) -> str:
    return " ".join(filter(None, block.cells)) if block.cells else block.text


def _choice(alternate: Any) -> Any:
    """Return the one branch of alternatives that is read: a text box stands in both."""
    choice = child(alternate, "Choice")
    if choice is None:
        choice = child(alternate, "Fallback")
    return choice if choice is not None else ()


def _own_lines(raw: str) -> list[str]:
    groups: list[str] = []
    for line in raw.split("\v"):
        if not line.strip():
            continue
        if groups and not separate(groups[-1], line):
            groups[-1] += "\n" + line
        else:
            groups.append(line)
    return groups


def _descend(element: Any, name: str) -> Iterator[Any]:
    """Yield the rows of a table or the cells of a row, through content controls and tracked insertions."""
    for each in element:
        if local(each) == name:
            yield each
        elif local(each) in ("sdt", "sdtContent", "ins", "customXml", "smartTag", "moveTo"):
            yield from _descend(each, name)
