"""Rich Text Format to blocks, through striprtf.

It knows how striprtf writes tables (a bar after each cell) and slips marks for headings and bold text into the source
so that they come out in the text. It does not know fonts, sizes or pages.
"""

from __future__ import annotations

import re

from imetaudit.extract.build import Block, Reading, Refusal
from imetaudit.extract.lines import heading_shaped, looks_like_list_item, normal_bullet
from imetaudit.extract.plain import too_long
from imetaudit.extract.thresholds import Thresholds
from imetaudit.model import SegmentKind, UnreadableReason

# Private-use characters cannot be in a text that people wrote; these stand for what striprtf would forget.
_OUTLINE, _BOLD_ON, _BOLD_OFF, _CELL = "\ue100", "\ue110", "\ue111", "\ue120"
_OUTLINE_WORD = re.compile(r"\\outlinelevel([0-8])(?!\d) ?")
_BOLD_WORD = re.compile(r"\\b(0?)(?![a-z0-9]) ?")
_HIDDEN = re.compile(r"\\v(?![a-z0-9])")
_MARKED = re.compile(f"[{_OUTLINE}{_BOLD_ON}{_BOLD_OFF}]")


def read_rtf(data: bytes, thresholds: Thresholds) -> Reading | Refusal:
    """Read an RTF file; it has no page numbers."""
    from striprtf.striprtf import rtf_to_text

    source = data.decode("cp1252", "replace").lstrip("\ufeff \r\n\t")
    if len(source) > thresholds.limits.text_characters:
        return too_long(len(source))
    text = str(rtf_to_text(source, encoding="cp1252", errors="replace"))
    if not text.strip() and len(source) > 4096:
        return Refusal(UnreadableReason.DAMAGED, "The RTF file gives no text; save it as DOCX and audit that.")
    warnings = ("The file has hidden text, which was read like other text.",) if _HIDDEN.search(source) else ()
    return Reading(tuple(_blocks(text, thresholds)), "rtf", warnings=warnings)


def _blocks(text: str, thresholds: Thresholds) -> list[Block]:
    blocks: list[Block] = []
    tables = 0
    for line in text.replace("\r", "\n").split("\n"):
        line = line.strip()
        if not line:
            continue
        if line.endswith("|") and line.count("|") > 1:
            follows = bool(blocks) and blocks[-1].kind is SegmentKind.TABLE_ROW
            tables += not follows
            blocks.append(Block(SegmentKind.TABLE_ROW, cells=tuple(line[:-1].split("|")), table=tables - 1))
        elif looks_like_list_item(line):
            blocks.append(Block(SegmentKind.LIST_ITEM, normal_bullet(line), level=1))
        else:
            blocks.append(Block(SegmentKind.PARAGRAPH, line))
    return blocks
