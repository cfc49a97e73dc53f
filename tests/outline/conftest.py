"""Builders for the tests of outlines: the shipped cues, and documents from a few marked lines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from imetaudit.model import Document, Segment, SegmentKind
from imetaudit.outline import OutlineCues, load_cues

CUES_FILE = Path(__file__).parents[2] / "taxonomies" / "outline.yaml"
MakeDocument = Callable[..., Document]


@pytest.fixture(scope="session")
def cues() -> OutlineCues:
    """The cues that are shipped."""
    return load_cues(CUES_FILE)


def _segment(text: str, at: int, table: int) -> Segment:
    """Read one marked line: `# ` heading, `- ` item, `a | b` row, `^ ` page header; else a paragraph."""
    marks = {"# ": (SegmentKind.HEADING, 1), "## ": (SegmentKind.HEADING, 2), "- ": (SegmentKind.LIST_ITEM, 1)}
    for mark, (kind, level) in {**marks, "^ ": (SegmentKind.HEADER, 0)}.items():
        if text.startswith(mark):
            return Segment(kind, at, at + len(text) - len(mark), level=level)
    if " | " not in text:
        return Segment(SegmentKind.PARAGRAPH, at, at + len(text))
    cells, start = [], at
    for cell in text.split(" | "):
        cells.append((start, start + len(cell)))
        start += len(cell) + 3
    return Segment(SegmentKind.TABLE_ROW, at, at + len(text), cells=tuple(cells), table=table)


@pytest.fixture
def make_document() -> MakeDocument:
    """Return a function that makes a document of marked lines."""

    def make(*lines: str) -> Document:
        segments: list[Segment] = []
        text, table, in_table = "", -1, False
        for line in lines:
            table += " | " in line and not in_table
            in_table = " | " in line
            segment = _segment(line, len(text), table)
            segments.append(segment)
            text += line[len(line) - (segment.end - segment.start) :] + "\n\n"
        return Document("x.md", "", "text/markdown", "markdown", text.rstrip("\n"), tuple(segments))

    return make
