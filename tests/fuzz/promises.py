"""What is promised of every file: what the fuzzer checks of each outcome.

It knows the promises of `extract_file` and of the stages after it. It does not know how a file came to be.
"""

from __future__ import annotations

import hashlib

from imetaudit.model import Document, Outline, SegmentKind, Unreadable, UnreadableReason


def broken_promises(outcome: Document | Unreadable, data: bytes) -> list[str]:
    """Return the promises that an outcome breaks, in words; [] where it keeps all."""
    faults = [] if outcome.sha256 == hashlib.sha256(data).hexdigest() else ["the digest is not that of the bytes"]
    if isinstance(outcome, Document):
        return faults + _document_faults(outcome)
    if outcome.reason not in set(UnreadableReason) or outcome.reason is UnreadableReason.MISSING:
        faults.append(f"the reason {outcome.reason} is not one that a file there can have")
    if len(outcome.detail) < 25 or not outcome.detail.endswith("."):
        faults.append("the detail does not say what was met and what to do")
    if "fault of the program" in outcome.detail:
        faults.append(f"the program failed: {outcome.detail}")
    return faults


def _document_faults(document: Document) -> list[str]:
    faults: list[str] = []
    text, end, page = document.text, 0, 0
    if not text.strip() or not document.segments:
        faults.append("a document without text")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        faults.append("text that cannot be written as UTF-8")
    if "\r" in text or "\0" in text or "\f" in text:
        faults.append("a control character that `imetaudit text` would not print as it is")
    for number, segment in enumerate(document.segments):
        if not end <= segment.start < segment.end <= len(text):
            faults.append(f"segment {number} is out of order, empty, or out of the text")
            continue
        if set(text[end : segment.start]) - {"\n"} or "\n" in text[segment.start : segment.end]:
            faults.append(f"segment {number}: text between segments, or a line end within one")
        if segment.kind is SegmentKind.TABLE_ROW or segment.cells:
            cells = " | ".join(text[start:stop] for start, stop in segment.cells)
            if cells != text[segment.start : segment.end] or segment.table is None:
                faults.append(f"segment {number}: its cells are not its text, or it is of no table")
        if document.pages is not None and segment.page is not None and not 1 <= segment.page <= document.pages:
            faults.append(f"segment {number} stands on a page that is not there")
        end, page = segment.end, segment.page or page
    if end != len(text):
        faults.append("text after the last segment")
    if not 0 <= document.readable_share <= 1:
        faults.append("a readable share that is no share")
    return faults


def outline_faults(document: Document, outline: Outline) -> list[str]:
    """Return what is wrong with the outline of a document."""
    faults: list[str] = []
    end = 0
    for section in outline.sections:
        if not end <= section.start <= section.end <= len(document.text):
            faults.append("sections out of order, or out of the text")
        end = section.end
    if any(not 0 <= lesson.start <= lesson.end <= len(document.text) for lesson in outline.lessons):
        faults.append("a lesson out of the text")
    return faults
