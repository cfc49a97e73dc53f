"""Presentations (.pptx, .pptm, .ppsx, .potx) to blocks, a page a slide.

It knows the order in which slides are shown, which are hidden, and the notes under them, which are what the teacher
says. It does not know what stands on a slide: `slideshapes` does. Comments are not read, nor what layouts and masters
write on every slide.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from imetaudit.extract.build import Block, Reading, Refusal
from imetaudit.extract.package import Package, attribute, child, local, open_package
from imetaudit.extract.relations import related, relations
from imetaudit.extract.slideshapes import SlideWalk
from imetaudit.extract.slidetext import Lists, read_lists
from imetaudit.extract.thresholds import Thresholds
from imetaudit.model import SegmentKind, UnreadableReason

_TITLE_LAYOUTS = frozenset({"title", "secHead"})
"""Layouts of slides that open the deck or a part of it."""


def read_pptx(data: bytes, thresholds: Thresholds) -> Reading | Refusal:
    """Read a presentation; its pages are its slides, hidden ones counted as its program counts them."""
    package = open_package(data, thresholds.limits)
    if isinstance(package, Refusal):
        return package
    main = related(package, "", "officeDocument") or "ppt/presentation.xml"
    if package.xml(main) is None:
        return Refusal(UnreadableReason.DAMAGED, "The package holds no presentation; save it again in its program.")
    deck = _Deck(package, thresholds)
    slides = _slides(package, main)
    for page, slide in enumerate(slides, 1):
        deck.take(slide, page)
    if deck.pictured and deck.pictured == deck.shown:
        detail = "The slides hold pictures only; export the deck to PDF and audit that with OCR, or ask for its text."
        return Refusal(UnreadableReason.NO_TEXT_LAYER, detail)
    share = 1 - deck.pictured / deck.shown if deck.shown else 1.0
    return Reading(tuple(deck.blocks), "pptx", len(slides), share, warnings=deck.warnings())


def _slides(package: Package, main: str) -> list[str]:
    named = relations(package, main)
    listed = child(package.xml(main), "sldIdLst")
    slides = []
    for each in listed if listed is not None else ():
        # A slide has two ids, told apart by their namespace only; the relation's begins with letters.
        ids = [value for key, value in each.attrib.items() if key.endswith("}id")]
        relation = named.get(ids[0]) if ids else None
        if relation and relation.kind == "slide":
            slides.append(relation.target)
    return slides


@dataclass
class _Deck:
    """What was read of the slides so far."""

    package: Package
    thresholds: Thresholds
    blocks: list[Block] = field(default_factory=list)
    tables: int = 0
    hidden: int = 0
    shown: int = 0
    pictured: int = 0
    """Slides that show a picture and no text but a running foot."""
    embedded: bool = False
    layouts: dict[str, tuple[Lists, str]] = field(default_factory=dict)

    def take(self, part: str, page: int) -> None:
        """Read a slide and the notes under it, unless it is hidden."""
        root = self.package.xml(part)
        if attribute(root, "show") in ("0", "false"):
            self.hidden += 1
            return
        self.shown += 1
        lists, layout = self._layout(related(self.package, part, "slideLayout"))
        level = 1 if layout in _TITLE_LAYOUTS else 2
        walk = SlideWalk(self.package, part, self.thresholds, lists, level, self.tables)
        walk.tree(child(root, "cSld", "spTree"))
        self.tables = walk.tables
        self.embedded = self.embedded or walk.embedded
        notes = self._notes(part)
        blocks = [replace(block, page=page) for block in (*walk.blocks, *notes)]
        silent = all(block.kind is SegmentKind.FOOTER or not (block.text or block.cells) for block in blocks)
        self.pictured += silent and any(local(each) == "blip" for each in root.iter())
        self.blocks += blocks

    def _layout(self, part: str | None) -> tuple[Lists, str]:
        if part is None:
            return Lists(), ""
        if part not in self.layouts:
            layout = self.package.xml(part)
            master = related(self.package, part, "slideMaster")
            lists = read_lists(layout, self.package.xml(master) if master else None)
            self.layouts[part] = (lists, attribute(layout, "type") or "")
        return self.layouts[part]

    def _notes(self, slide: str) -> list[Block]:
        part = related(self.package, slide, "notesSlide")
        if part is None:
            return []
        walk = SlideWalk(self.package, part, self.thresholds, Lists())
        walk.tree(child(self.package.xml(part), "cSld", "spTree"))
        running = (SegmentKind.HEADER, SegmentKind.FOOTER)
        return [
            Block(SegmentKind.NOTE, " ".join(filter(None, block.cells)) if block.cells else block.text)
            for block in walk.blocks
            if block.kind not in running
        ]

    def warnings(self) -> tuple[str, ...]:
        """Return what the officer is to know of parts that were not read."""
        told = []
        if self.hidden:
            told.append(f"Hidden slides were not read: {self.hidden}.")
        if self.pictured:
            told.append(f"Slides that hold a picture and no text were not read: {self.pictured}.")
        if self.embedded:
            told.append("Documents embedded in slides were not read.")
        return tuple(told)
