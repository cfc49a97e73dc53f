"""Word documents (.docx, .docm, .dotx) to blocks: body, notes, running heads and embedded documents.

It knows which stories a document has, in which order they are read, and what its officer must be told of. It does not
know pages, which exist only once Word has laid the document out, and does not read comments or pictures.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from imetaudit.extract.build import Block, Reading, Refusal
from imetaudit.extract.cells import flat
from imetaudit.extract.package import Package, child, open_package, word
from imetaudit.extract.relations import relations
from imetaudit.extract.sniff import Format, sniff
from imetaudit.extract.thresholds import Thresholds
from imetaudit.extract.wordparts import WordParts
from imetaudit.extract.wordstyles import number_of
from imetaudit.extract.wordtables import Met
from imetaudit.extract.wordwalk import Story, Walk
from imetaudit.model import SegmentKind, UnreadableReason

_EMU_PER_TWIP = 635
_LETTER = 12240, 15840
"""A US Letter page in twentieths of a point: what Word takes where a document names no size."""
_EMBEDDED = 2
"""Documents within documents are read so deep; a package can be made that holds itself."""


def read_docx(data: bytes, thresholds: Thresholds) -> Reading | Refusal:
    """Read a Word document; it has no page numbers, and its running heads stand first and last."""
    return _read(data, thresholds, 0)


def _read(data: bytes, thresholds: Thresholds, within: int) -> Reading | Refusal:
    package = open_package(data, thresholds.limits)
    if isinstance(package, Refusal):
        return package
    parts = WordParts(package)
    body = child(package.xml(parts.main), "body") if parts.main else None
    if body is None:
        detail = "The package holds no Word document; save it again in its program."
        return Refusal(UnreadableReason.DAMAGED, detail)
    met = Met()

    def story(part: str) -> Story:
        named = parts.relations if part == parts.main else relations(package, part)
        return Story(
            thresholds, parts, met,
            part_of=lambda reference: named[reference].target if reference in named else "",
            foreign=lambda name: _foreign(package, name, met, thresholds, within),
            page_area=_page_area(body),
        )  # fmt: skip

    blocks = Walk(story(parts.main)).read(body)
    blocks = [
        *_running_blocks(parts, "header", SegmentKind.HEADER, story),
        *blocks,
        *_running_blocks(parts, "footer", SegmentKind.FOOTER, story),
    ]
    if met.pictures and _is_pictures(met, blocks, thresholds):
        detail = "The document holds pictures and no text; print it to PDF and read that by OCR."
        return Refusal(UnreadableReason.NO_TEXT_LAYER, detail)
    return Reading(tuple(blocks), "docx", warnings=_warnings(met))


def _is_pictures(met: Met, blocks: Sequence[Block], thresholds: Thresholds) -> bool:
    """Tell whether a document with pictures has no text, or next to none beside one as large as half a page."""
    letters = sum(len("".join(flat(block).split())) for block in blocks)
    return not letters or bool(met.large_pictures and letters < thresholds.quality.page_text_characters)


def _page_area(body: Any) -> float:
    size = child(body, "sectPr", "pgSz")
    width, height = (number_of(word(size, name)) or default for name, default in zip("wh", _LETTER, strict=True))
    return float(width * height * _EMU_PER_TWIP**2)


def _running_blocks(parts: WordParts, which: str, kind: SegmentKind, story: Callable[[str], Story]) -> list[Block]:
    texts: dict[str, None] = {}
    for name in parts.of_kind(which):
        for block in Walk(story(name)).read(parts.package.xml(name)):
            texts.setdefault(flat(block))
    return [Block(kind, text) for text in texts if text.strip()]


def _foreign(package: Package, name: str, met: Met, thresholds: Thresholds, within: int) -> list[Block]:
    """Return the blocks of a document that was put whole into this one; each is read once."""
    if name in met.chunks:
        return []
    reading = _embedded(package.read(name), thresholds, within + 1) if name else None
    met.chunks[name] = isinstance(reading, Reading)
    if not isinstance(reading, Reading):
        return []
    met.said_within += reading.warnings
    return list(reading.blocks)


def _embedded(data: bytes, thresholds: Thresholds, within: int) -> Reading | Refusal | None:
    if within > _EMBEDDED:
        return None
    try:
        match sniff(data, "").format:
            case Format.DOCX:
                return _read(data, thresholds, within)
            case Format.RTF:
                from imetaudit.extract.rtf import read_rtf as reader
            case Format.HTML:
                from imetaudit.extract.html import read_html as reader
            case Format.TEXT:
                from imetaudit.extract.plain import read_plain as reader
            case _:
                return None
        return reader(data, thresholds)
    except Exception:
        # One embedded document that cannot be read is warned of; the rest of the file stands.
        return None


def _warnings(met: Met) -> tuple[str, ...]:
    unread = sum(not read for read in met.chunks.values())
    said = (
        (met.hidden, "Hidden text was not read."),
        (met.tracked, "Tracked changes were read as accepted."),
        (met.comments, "Comments were not read."),
        (met.objects, "Embedded objects were not read."),
        (
            met.large_pictures,
            f"Pictures as large as half a page were not read, though they may show text: {met.large_pictures}.",
        ),
        (unread, f"Documents that this one includes could not be read: {unread}."),
    )
    return tuple(dict.fromkeys([*(text for when, text in said if when), *met.said_within]))
