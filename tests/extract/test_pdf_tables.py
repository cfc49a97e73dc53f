"""PDF: table rows whole and their cells in order, however the table is drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from imetaudit.extract import extract_file
from imetaudit.extract.build import Block
from imetaudit.extract.pdfgrid import find_grids, find_stacks
from imetaudit.extract.pdfspans import join_tables
from imetaudit.extract.pdftext import Rule
from imetaudit.extract.thresholds import load_thresholds
from imetaudit.model import Document, SegmentKind

from .conftest import check_offsets
from .tricktables import SIZE, TRICKS, Trick, grid, level, prose

SHARED = Path(__file__).parents[3] / "shared"
ROW = SegmentKind.TABLE_ROW


def rows_of(path: Path) -> list[tuple[str, ...]]:
    """Return the cells of the table rows of a PDF."""
    document = extract_file(path, ocr="never")
    assert isinstance(document, Document), document
    check_offsets(document)
    return [tuple(document.text[a:b] for a, b in each.cells) for each in document.segments if each.kind is ROW]


def draw(path: Path, paint: Callable[[Any], None]) -> Path:
    """Write a PDF by painting on its canvas."""
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    canvas.setFont("Helvetica", SIZE)
    paint(canvas)
    canvas.save()
    return path


@pytest.mark.parametrize("trick", TRICKS, ids=[trick.name for trick in TRICKS])
def test_rows_are_whole(trick: Trick, tmp_path: Path) -> None:
    """Every row of the table comes out with its cells in order and nothing else as a row."""
    path, expected = trick.write(tmp_path)
    assert rows_of(path) == list(expected)


def test_repeated_head_stays_as_a_running_head(tmp_path: Path) -> None:
    """A head that the second page repeats is kept in the text, but as no row of the table."""
    (trick,) = [trick for trick in TRICKS if trick.name == "two-pages-head"]
    path, _ = trick.write(tmp_path)
    document = extract_file(path, ocr="never")
    assert isinstance(document, Document)
    heads = [document.text[each.start : each.end] for each in document.segments if each.kind is SegmentKind.HEADER]
    assert heads == ["Week | Topic | Reading | Hours"]
    assert document.text.count("Reading | Hours") == 2
    assert {each.table for each in document.segments if each.kind is ROW} == {0}


def test_rules_under_headings_make_no_table(tmp_path: Path) -> None:
    """Prose between level rules of one length stays prose."""

    def paint(canvas: Any) -> None:
        for number in range(4):
            y = 740 - 90 * number
            canvas.drawString(60, y, f"Part {number + 1}: command and consent")
            level(canvas, [y - 4], 60, 470)
            canvas.drawString(60, y - 20, "Room B")
            canvas.drawString(380, y - 20, "Ms. Ibarra")
            prose(
                canvas,
                y - 32,
                ["The armed forces answer to elected civilians and to the courts of the law that was"] * 3,
            )

    assert rows_of(draw(tmp_path / "rules.pdf", paint)) == []


def test_stretched_line_makes_no_table(tmp_path: Path) -> None:
    """A line stretched to both margins above another is no row of cells."""

    def paint(canvas: Any) -> None:
        starts = []
        x = 60.0
        for word in ["Meetings", "are", "held", "each", "Monday", "in", "the", "hall", "of", "honour", "and", "court"]:
            canvas.drawString(x, 700, word)
            starts.append(x)
            x += canvas.stringWidth(word, "Helvetica", SIZE) + 8
        for place, text in ((0, "Unit 3"), (4, "Code 17"), (9, "Part 1")):
            canvas.drawString(starts[place], 686, text)

    assert rows_of(draw(tmp_path / "stretched.pdf", paint)) == []


def test_table_ruled_between_rows_beside_a_caption(tmp_path: Path) -> None:
    """Two tables ruled alike with a caption between them are two tables, each with its own columns."""

    def paint(canvas: Any) -> None:
        for top, rows in ((700, [("Part", "Share"), ("Essay", "40 %"), ("Examination", "60 %")]),
                          (560, [("Week", "Room", "Hours"), ("1", "B", "2"), ("2", "C", "3")])):  # fmt: skip
            bars = [top, top - 16, top - 48]
            level(canvas, bars, 60, 400)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    canvas.drawString(64 + column * 330 / len(row), top - 12 - 16 * number, cell)
        canvas.drawString(150, 600, "Table 2: rooms and hours of the seminar")

    assert rows_of(draw(tmp_path / "captions.pdf", paint)) == [
        ("Part", "Share"), ("Essay", "40 %"), ("Examination", "60 %"),
        ("Week", "Room", "Hours"), ("1", "B", "2"), ("2", "C", "3"),
    ]  # fmt: skip


def test_text_too_long_for_its_cell_stays_in_it(tmp_path: Path) -> None:
    """A word that runs over the rule to its right belongs to the cell in which its text begins."""

    def paint(canvas: Any) -> None:
        xs, ys = (60.0, 120.0, 330.0, 420.0), [700.0, 680.0, 660.0]
        grid(canvas, xs, ys)
        for y, row in ((686, ("Monday morning", "Courts", "2")), (666, ("Friday", "Armies", "3"))):
            canvas.drawString(64, y, row[0])
            canvas.drawString(200, y, row[1])
            canvas.drawString(340, y, row[2])

    assert rows_of(draw(tmp_path / "overlong.pdf", paint)) == [
        ("Monday morning", "Courts", "2"),
        ("Friday", "Armies", "3"),
    ]


def row(page: int, *cells: str, table: int = 0) -> Block:
    """Return a table row on a page."""
    return Block(ROW, page=page, cells=cells, table=table)


HEAD = row(1, "Week", "Topic", "Hours")
LESSON = row(1, "1", "Military courts and the", "2 h")


def test_rest_of_a_row_on_the_next_page_is_joined_over_running_heads() -> None:
    """A row that a page end has split becomes one, footers and a repeated head between its halves or not."""
    footer = Block(SegmentKind.FOOTER, "- 1 -", page=1)
    joined = join_tables([HEAD, LESSON, footer, row(2, "Week", "Topic", "Hours"), row(2, "", "rights of all", "")])
    assert [block.cells for block in joined if block.kind is ROW] == [
        HEAD.cells,
        ("1", "Military courts and the\nrights of all", "2 h"),
    ]
    assert [block.kind for block in joined].count(SegmentKind.HEADER) == 1


@pytest.mark.parametrize(
    "following",
    [
        row(2, "2", "rights of all", ""),
        row(2, "", "", "1 h"),
        row(1, "", "rights of all", ""),
        row(2, "", "rights of all", "", table=1),
        row(2, "", "rights of all"),
    ],
    ids=["own-week", "own-hours", "same-page", "other-table", "other-columns"],
)
def test_row_of_its_own_is_not_joined(following: Block) -> None:
    """A row with a first cell or a figure of its own, on the same page or of another table, stays a row."""
    assert join_tables([HEAD, LESSON, following]) == [HEAD, LESSON, following]


def test_rules_that_end_short_of_each_other_make_a_grid() -> None:
    """Upright rules that stop a little before the level ones still part columns."""
    level_rules = [Rule(60, y, 400, y) for y in (100, 130, 160)]
    upright_rules = [Rule(x, top + 4, x, top + 26) for x in (60, 200, 400) for top in (100, 130)]
    (found,) = find_grids([*level_rules, *upright_rules], 2.5, 5.0)
    assert (found.columns, found.rows) == ((60, 200, 400), (100, 130, 160))
    assert find_grids([*level_rules, *upright_rules], 2.5, 2.5) == []


def test_level_rules_outside_grids_make_a_stack() -> None:
    """Level rules of one length lie in one stack; a lone pair, or another length, makes none."""
    rules = [Rule(60, y, 400, y) for y in (100, 130, 160)] + [Rule(60, y, 300, y) for y in (300, 330)]
    (stack,) = find_stacks(rules, [], 2.5, 15.0)
    assert (stack.left, stack.right, stack.bars) == (60, 400, (100, 130, 160))


def letters(cells: tuple[str, ...] | list[str]) -> str:
    """Return the letters and figures of a row, so that breaks and blanks do not count."""
    return "".join(c for cell in cells for c in cell.lower() if c.isalnum())


@pytest.mark.skipif(not (SHARED / "corpus" / "dev").is_dir(), reason="needs the real syllabi in ../shared")
def test_rows_of_real_tables_agree_with_the_second_reader() -> None:
    """On pages with ruled grids nearly all rows that pdfplumber finds are found, with the same letters."""
    import pdfplumber
    import pypdfium2

    from imetaudit.extract.pdfpage import page_content

    thresholds = load_thresholds()
    theirs, same = 0, 0
    for path in sorted((SHARED / "corpus" / "dev").rglob("*.pdf"))[::4]:
        document = pypdfium2.PdfDocument(path.read_bytes())
        ruled = []
        for number in range(min(len(document), 20)):
            rules = page_content(document[number], thresholds).rules
            grids = find_grids(rules, thresholds.pdf.rule_snap, thresholds.pdf.rule_reach) if len(rules) > 2 else []
            ruled += [number] if any(len(each.rows) > 3 for each in grids) else []
        document.close()
        if not ruled:
            continue
        ours = Counter(letters(cells) for cells in rows_of(path))
        with pdfplumber.open(path, pages=[number + 1 for number in ruled[:3]]) as second:
            for page in second.pages:
                for table in page.extract_tables({"text_x_tolerance_ratio": 0.15}):
                    for cells in table:
                        found = letters([cell or "" for cell in cells])
                        if found and sum(map(bool, cells)) > 1:
                            theirs += 1
                            same += ours[found] > 0
    assert theirs > 20
    assert same >= 0.9 * theirs, f"{same} of {theirs} rows"
