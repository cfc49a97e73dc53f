"""How raw blocks become clean text with exact offsets."""

from __future__ import annotations

import pytest

from imetaudit.extract.build import Block, assemble, clean
from imetaudit.model import SegmentKind

P = SegmentKind.PARAGRAPH


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("soft\nline  breaks\t and\u00a0blanks ", "soft line breaks and blanks"),
        ("e\ufb03cient \ufb01les", "efficient files"),
        ("de\u00admo\u00ad\ncracy", "democracy"),
        ("civil-\nmilitary", "civil-military"),
        ("(cid:12)Law\x00 and\u200b order", "Law and order"),
        ("Constitucio\u0301n", "Constitución"),
        ("lone \ud800 half", "lone half"),
    ],
)
def test_clean(raw: str, expected: str) -> None:
    """Raw text becomes one line as a person reads it."""
    assert clean(raw) == expected


@pytest.mark.parametrize(
    ("broken", "elsewhere", "expected"),
    [
        ("demo-\ncracy", "", "democracy"),
        ("civil-\nmilitary", "civil law and military law", "civil-military"),
        ("de\ufffemocracy", "democracy", "democracy"),
        ("Post-\nSoviet", "", "Post-Soviet"),
        ("pre-\nand", "", "pre- and"),
        ("DERE-\nCHOS", "", "DERECHOS"),
        ("CIVIL-\nMILITARY", "civil law and military law", "CIVIL-MILITARY"),
        ("Constitutiona\u2060\nl law", "", "Constitutional law"),
        ("Responsi\u2060\nbility", "responsibility and responsi", "Responsibility"),
        ("Constitutional\u2060\nlaw", "law", "Constitutional law"),
        ("1914-\n1918", "", "1914-1918"),
    ],
)
def test_broken_words_are_mended_by_the_documents_other_words(broken: str, elsewhere: str, expected: str) -> None:
    """In typeset text a hyphen at a line's end goes, unless the document shows that it belongs to the word."""
    text, _, _ = assemble([Block(P, broken), Block(P, elsewhere)], typeset=True, stop_words=frozenset({"and"}))
    assert text.split("\n")[0] == expected


def test_cells_have_exact_offsets_and_empty_cells_empty_ranges() -> None:
    """A table row is one line whose cells can be cut out again."""
    row = Block(SegmentKind.TABLE_ROW, cells=("1", "", "Coups\nand juntas"), table=0)
    text, (segment,), _ = assemble([row])
    assert text == "1 |  | Coups and juntas"
    assert [text[start:end] for start, end in segment.cells] == ["1", "", "Coups and juntas"]


def test_empty_blocks_leave_nothing() -> None:
    """Blocks without text, and rows of empty cells, make no segment and no gap."""
    blocks = [Block(P, " "), Block(SegmentKind.TABLE_ROW, cells=("", " "), table=0), Block(P, "end")]
    text, segments, _ = assemble(blocks)
    assert (text, len(segments)) == ("end", 1)


def test_a_heading_known_by_its_looks_stands_under_the_last_styled_one() -> None:
    """A heading without a level gets the level below the last heading that had one."""
    heading = SegmentKind.HEADING
    _, segments, _ = assemble([Block(heading, "A", level=2), Block(heading, "b"), Block(heading, "c")])
    assert [segment.level for segment in segments] == [2, 3, 3]
