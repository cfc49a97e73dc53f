"""What a file is once it is read: its text with segments and printed lines, or why it could not be read.

It knows the physical parts of a document. It does not know what they are for; `outline` does.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

MEMBER = "!/"
"""What stands between a file that holds several syllabi and one of them: `archive.zip!/folder/course.pdf`."""


def file_of(path: str) -> str:
    """Return the file of a folder in which a document is: its own path, or that of the file that it is a member of.

    >>> file_of("a/archive.zip!/course.pdf"), file_of("URGENT!/course.pdf")
    ('a/archive.zip', 'URGENT!/course.pdf')
    """
    before, sign, _ = path.partition(MEMBER)
    # A folder may be called so too; but what holds syllabi has an ending.
    return before if sign and "." in before.rpartition("/")[2] else path


class UnreadableReason(StrEnum):
    """Why a file could not be audited; part of the result file's contract."""

    ENCRYPTED = "encrypted"
    NO_TEXT_LAYER = "no-text-layer"
    GARBLED = "garbled"
    DAMAGED = "damaged"
    EMPTY = "empty"
    UNSUPPORTED = "unsupported"
    TOO_LARGE = "too-large"
    TIMED_OUT = "timed-out"
    MISSING = "missing"


class SegmentKind(StrEnum):
    """What a physical part of a document is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    TABLE_ROW = "table-row"
    HEADER = "header"
    FOOTER = "footer"
    NOTE = "note"


@dataclass(frozen=True)
class Segment:
    """A physical part of a document: a heading, paragraph, list item or table row.

    Segments are in reading order and do not overlap; between two of them the text holds only newlines.
    """

    kind: SegmentKind
    start: int
    end: int
    page: int | None = None
    """The 1-based page on which it begins; None in formats that have no pages."""
    level: int = 0
    """Of a heading 1 (highest) to 6; of a list item its depth from 1; otherwise 0."""
    cells: tuple[tuple[int, int], ...] = ()
    """Of a table row the offsets of its cells, in order; an empty cell is an empty range. Otherwise ()."""
    table: int | None = None
    """Of a table row the 0-based ordinal of its table in the document; otherwise None."""
    box: tuple[float, float, float, float] | None = None
    """Left, top, right, bottom of its part on that page, in points from the upper left corner, where known."""
    language: str | None = None
    """ISO 639-1 code of the language that it is in, or seems to be in by its neighbours; None where nothing tells."""


class TextLine(NamedTuple):
    """One line as it is printed on a page, and the text that it holds; a tuple, because there are very many."""

    start: int
    end: int
    page: int
    box: tuple[float, float, float, float]
    """Left, top, right, bottom in points from the upper left corner of the page as it is shown."""
    edges: tuple[float, ...] = ()
    """Of each word the left and the right edge; () where they are not known, or the line is not shown upright."""


@dataclass(frozen=True)
class Document:
    """The text of one file, in the order in which a person would read it."""

    path: str
    """Relative to the audited folder, with forward slashes; of a member of a file, the file, `MEMBER`, and its name."""
    sha256: str
    media_type: str
    extractor: str
    """The reader that made the text: `pdf`, `docx`, `html`, `markdown`, `text`, `ocr`, …"""
    text: str
    segments: tuple[Segment, ...]
    pages: int | None = None
    language: str | None = None
    """ISO 639-1 code, or None when it could not be told; `und` where it surely is none that is searched."""
    readable_share: float = 1.0
    """The share of the document (pages, where there are any) whose text could be read and searched."""
    warnings: tuple[str, ...] = ()
    ocr_confidence: float | None = None
    """How sure OCR was of the words that it read, on average, from 0 to 1; None where nothing was read by OCR."""
    lines: tuple[TextLine, ...] = ()
    """The printed lines in the order of the text, each within a segment; () in formats without places on pages."""

    @property
    def words(self) -> int:
        """The number of words, as white space parts them."""
        return len(self.text.split())


@dataclass(frozen=True)
class Unreadable:
    """A file whose text could not be had, and why; never an absence of content."""

    path: str
    sha256: str | None
    """None where the bytes could not be had either."""
    media_type: str | None
    reason: UnreadableReason
    detail: str
    """One sentence for the officer: what was met and what to do."""
