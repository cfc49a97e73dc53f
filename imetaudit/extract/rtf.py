"""Rich Text Format to blocks, through striprtf.

It knows how striprtf writes tables (a bar after each cell) and slips marks for headings and bold text into the source
so that they come out in the text. It does not know fonts, sizes or pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from imetaudit.extract.build import Block, Reading, Refusal
from imetaudit.extract.lines import heading_shaped, looks_like_list_item, normal_bullet
from imetaudit.extract.plain import too_long
from imetaudit.extract.thresholds import Thresholds
from imetaudit.model import SegmentKind, UnreadableReason

# Private-use characters are in no text that people wrote; these stand for what striprtf would forget.
_OUTLINE, _BOLD_ON, _BOLD_OFF, _CELL, _ROW, _ROW_START = "\ue100", "\ue110", "\ue111", "\ue120", "\ue121", "\ue122"
_WORDS = (
    (re.compile(r"\\outlinelevel([0-8])(?!\d) ?"), rf"{{\\u{ord(_OUTLINE)}?\1}}"),
    (
        re.compile(r"\{(\\b(?:\\[a-z]+-?\d*)*) ([^{}\\]*)\}"),
        rf"{{\1 {{\\u{ord(_BOLD_ON)}?}}\2{{\\u{ord(_BOLD_OFF)}?}}}}",
    ),
    (re.compile(r"(\\b)(?![a-z0-9])"), rf"\1{{\\u{ord(_BOLD_ON)}?}}"),
    (re.compile(r"(\\b0)(?![a-z0-9])"), rf"\1{{\\u{ord(_BOLD_OFF)}?}}"),
    (re.compile(r"(\\trowd)(?![a-z])"), rf"\1{{\\u{ord(_ROW_START)}?}}"),
    (re.compile(r"(\\cell)(?![a-z])"), rf"{{\\u{ord(_CELL)}?}}\1"),
    (re.compile(r"(\\row)(?![a-z])"), rf"{{\\u{ord(_ROW)}?}}\1"),
)
_HIDDEN = re.compile(r"\\v(?![a-z0-9])")
_MARKS = re.compile(f"[{_BOLD_ON}{_BOLD_OFF}{_CELL}{_ROW}{_ROW_START}]|{_OUTLINE}[0-8]?")
_PIECES = re.compile(f"{_ROW_START}(.*?){_ROW}\\|?", re.DOTALL)


def read_rtf(data: bytes, thresholds: Thresholds) -> Reading | Refusal:
    """Read an RTF file; it has no page numbers."""
    from striprtf.striprtf import rtf_to_text

    source = data.decode("cp1252", "replace").lstrip("\ufeff \r\n\t")
    if len(source) > thresholds.limits.text_characters:
        return too_long(len(source))
    for word, replacement in _WORDS:
        source = word.sub(replacement, source)
    to_text: Callable[..., str] = rtf_to_text
    text = to_text(source, encoding="cp1252", errors="replace")
    if not text.strip() and len(data) > thresholds.quality.silent_rtf_bytes:
        return Refusal(UnreadableReason.DAMAGED, "The RTF file gives no text; save it as DOCX and audit that.")
    warnings = ("The file has hidden text, which was read like other text.",) if _HIDDEN.search(source) else ()
    return Reading(tuple(_blocks(text, thresholds)), "rtf", warnings=warnings)


def _blocks(text: str, thresholds: Thresholds) -> list[Block]:
    blocks: list[Block] = []
    tables = -1
    # Pieces of text and the insides of rows take turns.
    for place, piece in enumerate(_PIECES.split(text)):
        if place % 2 == 0:
            blocks += [block for line in piece.replace("\r", "\n").split("\n") if (block := _line(line, thresholds))]
            continue
        tables += not (blocks and blocks[-1].kind is SegmentKind.TABLE_ROW)
        cells = [_MARKS.sub("", cell).strip("|\n ") for cell in piece.split(_CELL)[:-1]]
        if any(cells):
            blocks.append(Block(SegmentKind.TABLE_ROW, cells=tuple(cells), table=tables))
    return blocks


def _line(raw: str, thresholds: Thresholds) -> Block | None:
    text = _MARKS.sub("", raw).strip()
    if not text:
        return None
    outline = re.search(f"{_OUTLINE}([0-8])", raw)
    if outline:
        return Block(SegmentKind.HEADING, text, level=min(6, int(outline[1]) + 1))
    bold = _MARKS.sub("", raw.partition(_BOLD_ON)[0]).strip() == "" and _BOLD_ON in raw
    if bold and not _MARKS.sub("", raw.partition(_BOLD_OFF)[2]).strip() and heading_shaped(text, thresholds.lines):
        return Block(SegmentKind.HEADING, text)
    if looks_like_list_item(text):
        return Block(SegmentKind.LIST_ITEM, normal_bullet(text), level=1)
    return Block(SegmentKind.PARAGRAPH, text)
