"""A walk over one story of a Word document (its body, a running head, a note, a cell, a text box), in reading order.

It knows what a reader of the printed page sees: inserted text but not deleted, the results of fields but not their
codes, text boxes once, notes after what they are cited in. It does not know how parts are found, nor pages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from imetaudit.extract.build import Block
from imetaudit.extract.cells import flat
from imetaudit.extract.lines import heading_shaped, looks_like_list_item, normal_bullet, own_lines
from imetaudit.extract.package import attribute, child, children, plain_name, word
from imetaudit.extract.symbols import symbol, without_private
from imetaudit.extract.thresholds import Thresholds
from imetaudit.extract.wordnumbers import BULLET
from imetaudit.extract.wordparts import WordParts, drawn_texts
from imetaudit.extract.wordstyles import Number, Style, asked_number, is_on, number_of, outline_level
from imetaudit.extract.wordtables import Met, read_table
from imetaudit.model import SegmentKind

_SKIPPED = frozenset({
    "instrText", "delText", "delInstrText", "pPr", "rPr", "tblPr", "tblGrid", "tcPr", "trPr", "sectPr", "rt",
    "annotationRef", "sdtPr", "sdtEndPr", "lastRenderedPageBreak", "docPr", "rubyPr", "fldData",
    "bookmarkStart", "bookmarkEnd", "proofErr", "commentRangeStart", "commentRangeEnd",
})  # fmt: skip
_INSERTED = frozenset({"ins", "moveTo"})
_DELETED = frozenset({"del", "moveFrom"})
_TRUE = ("1", "true", "on")
_BREAKS = {"tab": " ", "ptab": " ", "br": "\v", "cr": "\v", "noBreakHyphen": "-"}
_DRAWN = frozenset({
    "txbxContent", "txBody", "inline", "anchor", "chart", "relIds", "textpath", "OLEObject", "imagedata",
})  # fmt: skip
_READ = frozenset({"t", "txbxContent", "chart", "relIds"})
_NOTES = ("footnoteReference", "endnoteReference")


@dataclass(frozen=True)
class Story:
    """Where a walk goes: the document, and what its references lead to."""

    thresholds: Thresholds
    parts: WordParts
    met: Met
    part_of: Callable[[str], str]
    """From the id of a reference to the name of a part of the package; empty for none and for what lies outside."""
    foreign: Callable[[str], list[Block]]
    """From the name of a part in another format to its blocks."""
    page_area: float
    """Of a page, in square English Metric Units."""


@dataclass(slots=True)
class _Line:
    """A paragraph's text as it is gathered, and the runs by which its looks are told."""

    runs: list[tuple[str, Any]] = field(default_factory=list)
    """Of each run its text and its properties."""
    fields: list[bool] = field(default_factory=list)
    """Of each open field whether its code is being read, rather than its result."""

    def add(self, text: str, properties: Any) -> None:
        if self.fields and any(self.fields[:-1]):
            # The result of a field within another's code shows nowhere.
            return
        self.runs.append((text, properties))


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """What a paragraph's own properties say."""

    style: Style
    outline: int | None = None
    number: Number | None = None
    merged: bool = False
    """Whether its end was deleted, so that the next paragraph goes on with it."""
    mark_hidden: bool = False


class Walk:
    """A walk over one story; its blocks are in reading order."""

    def __init__(self, story: Story, *, in_note: bool = False) -> None:
        """Take the story; a note's own references to notes are not followed."""
        self.story = story
        self.blocks: list[Block] = []
        self._after: list[Block] = []
        self._in_note = in_note
        self._carried: _Line | None = None

    def read(self, container: Any) -> list[Block]:
        """Read the paragraphs and tables of a body, cell, text box or note; return all blocks so far."""
        self._blocks_of(container if container is not None else ())
        self._end_carried()
        return self.blocks

    def _blocks_of(self, container: Any) -> None:
        for element in container:
            name = plain_name(element.tag)
            if name == "p":
                self._paragraph(element)
            elif name == "tbl":
                self._end_carried()
                self.blocks += read_table(element, self._cell, self.story.thresholds.tables, self.story.met)
            elif name == "r":
                # A run outside of any paragraph breaks the format, and its text is not lost for that.
                self._close(self._line_of([element], self.story.parts.styles.default), _Paragraph(Style()))
            elif name == "AlternateContent":
                self._blocks_of(_chosen(element))
            elif name in ("altChunk", "subDoc"):
                self._end_carried()
                self.blocks += self.story.foreign(self.story.part_of(attribute(element, "id") or ""))
            elif name in _DELETED:
                self.story.met.tracked = True
            elif name not in _SKIPPED:
                self.story.met.tracked = self.story.met.tracked or name in _INSERTED
                self._blocks_of(element)

    def _cell(self, cell: Any) -> list[Block]:
        return Walk(self.story, in_note=self._in_note).read(cell)

    # --- paragraphs ---

    def _paragraph(self, element: Any) -> None:
        properties = self._properties(child(element, "pPr"))
        line = self._line_of(element, properties.style)
        if properties.merged:
            self._carried = line
            return
        self._close(line, properties)

    def _line_of(self, runs: Any, style: Style) -> _Line:
        line = self._carried or _Line()
        self._carried = None
        line.fields.clear()
        self._inside(runs, style, line)
        return line

    def _close(self, line: _Line, properties: _Paragraph) -> None:
        raw = without_private("".join([text for text, _ in line.runs]))
        has_text = not raw.isspace() and bool(raw)
        mark, depth = self._mark(properties, has_text)
        if has_text:
            self._add(raw, line, properties, mark, depth)
        if self._after:
            self.blocks += self._after
            self._after = []

    def _end_carried(self) -> None:
        if self._carried is not None:
            line, self._carried = self._carried, None
            self._close(line, _Paragraph(self.story.parts.styles.default))

    def _properties(self, element: Any) -> _Paragraph:
        style = self.story.parts.styles.default
        if element is None:
            return _Paragraph(style)
        number = None
        outline = None
        merged = mark_hidden = False
        for each in element:
            name = plain_name(each.tag)
            if name == "pStyle":
                style = self.story.parts.styles.of(word(each, "val"))
            elif name == "outlineLvl":
                outline = outline_level(element)
            elif name == "numPr":
                number = asked_number(each)
            elif name == "rPr":
                said = children(each)
                merged = not _DELETED.isdisjoint(said)
                mark_hidden = bool(is_on(said.get("vanish")))
        self.story.met.tracked = self.story.met.tracked or merged
        return _Paragraph(style, outline, number, merged, mark_hidden)

    def _mark(self, properties: _Paragraph, has_text: bool) -> tuple[str, int]:
        """Count the paragraph in its list, as Word counts empty ones too; return its mark and 0-based level."""
        own, styled = properties.number, properties.style.number
        number = styled if own is None else own
        if own is not None and own.numbering is None and styled is not None:
            number = Number(styled.numbering, own.level)
        if number is None or number.numbering in (None, "0") or (properties.mark_hidden and not has_text):
            return "", 0
        return self.story.parts.numbering.mark(number)

    def _add(self, raw: str, line: _Line, properties: _Paragraph, mark: str, depth: int) -> None:
        outline = properties.outline
        heading = properties.style.heading if outline is None else outline
        if heading:
            text = raw.replace("\v", "\n").lstrip()
            # A bullet says nothing of a heading.
            shown = "" if mark == BULLET else mark
            self.blocks.append(Block(SegmentKind.HEADING, shown + text, level=min(6, heading)))
            return
        first, *rest = own_lines(raw)
        if mark != BULLET and self._looks_like_heading(raw, line, properties.style, bool(mark)):
            self.blocks.append(Block(SegmentKind.HEADING, mark + first))
            self.blocks += [Block(SegmentKind.HEADING, text) for text in rest]
            return
        is_item = bool(mark) or looks_like_list_item(first)
        kind = SegmentKind.LIST_ITEM if is_item else SegmentKind.PARAGRAPH
        level = 1 + (depth if mark else 0) if is_item else 0
        self.blocks.append(Block(kind, mark + first.lstrip() if mark else normal_bullet(first), level=level))
        self.blocks += [Block(SegmentKind.PARAGRAPH, text) for text in rest]

    def _looks_like_heading(self, raw: str, line: _Line, style: Style, numbered: bool) -> bool:
        figures = self.story.thresholds
        if not all(heading_shaped(each, figures.lines) for each in raw.split("\v") if each.strip()):
            return False
        letters = bold = largest = 0
        for text, properties in line.runs:
            if not (count := len(text.strip())):
                continue
            is_bold, points = self._look(properties, style)
            letters += count
            bold += count if is_bold else 0
            largest = max(largest, points)
        if numbered:
            return bold >= letters
        body = self.story.parts.styles.default.half_points or 20
        large = largest >= figures.pdf.heading_size * body and largest > body + 1
        return large or bold >= 0.95 * letters

    def _look(self, properties: Any, style: Style) -> tuple[bool, int]:
        own_bold = own_size = character = None
        for each in properties if properties is not None else ():
            name = plain_name(each.tag)
            if name == "b":
                own_bold = is_on(each)
            elif name == "sz":
                own_size = number_of(word(each, "val"))
            elif name == "rStyle":
                character = self.story.parts.styles.of_run(word(each, "val")).bold
        bold = next((value for value in (own_bold, character, style.bold) if value is not None), False)
        return bold, style.half_points or 0 if own_size is None else own_size

    # --- runs ---

    def _inside(self, element: Any, style: Style, line: _Line) -> None:
        for each in element:
            name = plain_name(each.tag)
            if name == "r":
                self._run(each, style, line)
            elif name == "t":
                line.add(each.text or "", None)
            elif name not in _SKIPPED:
                self._special(each, name, style, line)

    def _run(self, run: Any, style: Style, line: _Line) -> None:
        if self.story.parts.hides and self._hidden(child(run, "rPr"), style):
            self.story.met.hidden = self.story.met.hidden or any(plain_name(each.tag) == "t" for each in run)
            return
        properties = None
        for each in run:
            name = plain_name(each.tag)
            if name == "t":
                line.add(each.text or "", properties)
            elif name == "rPr":
                properties = each
            elif name in _BREAKS:
                line.add(_BREAKS[name], properties)
            elif name == "sym":
                line.add(_symbol(each), properties)
            elif name not in _SKIPPED:
                self._special(each, name, style, line)

    def _hidden(self, properties: Any, style: Style) -> bool:
        own = is_on(child(properties, "vanish"))
        if own is not None:
            return own
        named = self.story.parts.styles.of_run(word(child(properties, "rStyle"), "val")).hidden
        return bool(style.hidden if named is None else named)

    def _special(self, each: Any, name: str, style: Style, line: _Line) -> None:
        met = self.story.met
        if name == "fldChar":
            _step_field(each, line)
        elif name in _NOTES:
            if not self._in_note:
                note = Walk(self.story, in_note=True).read(self.story.parts.note(name, word(each, "id") or ""))
                self._after += [Block(SegmentKind.NOTE, flat(block)) for block in note]
        elif name == "AlternateContent":
            self._inside(_chosen(each), style, line)
        elif name in _DELETED:
            met.tracked = True
        elif name == "commentReference":
            met.comments = True
        elif name in _DRAWN:
            self._drawing(each, name, style, line)
        else:
            met.tracked = met.tracked or name in _INSERTED
            self._inside(each, style, line)

    def _drawing(self, each: Any, name: str, style: Style, line: _Line) -> None:
        met = self.story.met
        if name in ("txbxContent", "txBody"):
            self._after += Walk(self.story, in_note=self._in_note).read(each)
        elif name in ("inline", "anchor"):
            if attribute(child(each, "docPr"), "hidden") in _TRUE:
                met.hidden = True
            else:
                self._count_picture(each)
                self._inside(each, style, line)
        elif name in ("chart", "relIds"):
            part = self.story.part_of(attribute(each, "id" if name == "chart" else "dm") or "")
            texts = drawn_texts(self.story.parts.package.xml(part)) if part else ()
            self._after += [Block(SegmentKind.PARAGRAPH, text) for text in texts]
        elif name == "textpath":
            self._after.append(Block(SegmentKind.PARAGRAPH, attribute(each, "string") or ""))
        elif name == "OLEObject":
            met.objects = True
        else:
            met.pictures += 1

    def _count_picture(self, frame: Any) -> None:
        if not any(plain_name(each.tag) == "blip" for each in frame.iter()):
            return
        extent = child(frame, "extent")
        width, height = number_of(attribute(extent, "cx")) or 0, number_of(attribute(extent, "cy")) or 0
        self.story.met.pictures += 1
        large = width * height >= self.story.thresholds.quality.scan_share * self.story.page_area
        self.story.met.large_pictures += large


def _chosen(alternate: Any) -> Any:
    """Return the one branch of alternatives that is read, since a text box stands in each: the first with text."""
    branches = [each for each in alternate if plain_name(each.tag) in ("Choice", "Fallback")]
    for branch in branches:
        if any(plain_name(each.tag) in _READ for each in branch.iter()):
            return branch
    return branches[0] if branches else ()


def _step_field(mark: Any, line: _Line) -> None:
    step = word(mark, "fldCharType")
    if step == "begin":
        line.add(_form_field(child(mark, "ffData")), None)
        line.fields.append(True)
    elif line.fields and step == "separate":
        line.fields[-1] = False
    elif line.fields and step == "end":
        line.fields.pop()


def _form_field(data: Any) -> str:
    """Return what an old form's box or list shows, which no run repeats."""
    box, choices = child(data, "checkBox"), child(data, "ddList")
    if box is not None:
        checked = child(box, "checked")
        return "☒" if is_on(child(box, "default") if checked is None else checked) else "☐"
    entries = (
        [word(each, "val") or "" for each in choices if plain_name(each.tag) == "listEntry"]
        if choices is not None
        else []
    )
    chosen = number_of(word(child(choices, "result"), "val")) or 0
    return entries[chosen] if chosen < len(entries) else ""


def _symbol(element: Any) -> str:
    font, code = word(element, "font") or "", word(element, "char") or ""
    try:
        place = int(code, 16)
    except ValueError:
        return ""
    known = symbol(font, place)
    private = 0xE000 <= place < 0xF900
    return known if known or private or font.lower().startswith(("symbol", "wingdings")) else chr(min(place, 0x10FFFF))
