"""PDF: where words of known places are said to stand, once lines are cleaned, joined, turned or put in cells."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth

from imetaudit.extract.build import Block, assemble
from imetaudit.extract.printed import Printed
from imetaudit.model import Document, PageBox, SegmentKind
from imetaudit.tag.highlights import boxes_of

from . import pdfpages
from .test_pdf import draw, read

FONT, SIZE = "Helvetica", 10.0
WIDTH, HEIGHT = A4
NEAR = 2.0
"""Points by which a box may miss."""


def paint(canvas: Any, x: float, top: float, lines: list[str], height: float = HEIGHT) -> None:
    """Paint lines of text so that the first one's base line is `top` points under the page's upper edge."""
    canvas.setFont(FONT, SIZE)
    for number, line in enumerate(lines):
        canvas.drawString(x, height - top - 13 * number, line)


def marked(document: Document, passage: str) -> list[PageBox]:
    """Return the boxes of a passage that the text has once."""
    assert document.text.count(passage) == 1, document.text
    start = document.text.index(passage)
    return list(boxes_of(document, start, start + len(passage)))


def at(x: float, base: float, before: str, words: str, page: int = 1) -> tuple[int, float, float, float]:
    """Return page, left, right and base line of words that stand on a line after others."""
    left = x + stringWidth(before, FONT, SIZE)
    return page, left, left + stringWidth(words, FONT, SIZE), base


def stands(box: PageBox, place: tuple[int, float, float, float]) -> bool:
    """Tell whether a box is around words of that place, and no higher than their line."""
    page, left, right, base = place
    high = box.bottom - box.top
    return (
        box.page == page
        and abs(box.left - left) < NEAR
        and abs(box.right - right) < NEAR
        and box.top < base - 0.7 * SIZE
        and base <= box.bottom < base + 0.35 * SIZE
        and high < 1.4 * SIZE
    )


def boxes_match(boxes: list[PageBox], *places: tuple[int, float, float, float]) -> bool:
    """Tell whether the boxes are around the words of those places, one each."""
    return len(boxes) == len(places) and all(map(stands, boxes, places))


def test_a_sentence_is_clipped_from_its_first_word_to_its_last(tmp_path: Path) -> None:
    """Of two lines a sentence has the end of one and the beginning of the next."""
    lines = [
        "Iiiillii are thin. Who gives orders to the army of a wide",
        "country is asked in court. MMMM WWW are wide letters and so on here",
    ]
    document = read(draw(tmp_path / "page.pdf", lambda canvas: paint(canvas, 72, 100, lines)))
    assert boxes_match(
        marked(document, "Who gives orders to the army of a wide country is asked in court."),
        at(72, 100, "Iiiillii are thin. ", "Who gives orders to the army of a wide"),
        at(72, 113, "", "country is asked in court."),
    )


def test_words_of_columns_stand_in_their_columns(tmp_path: Path) -> None:
    """A sentence that goes over a line's end goes on in its own column, and not beside it."""
    columns = {x: pdfpages.set_lines(pdfpages.sentences(12, start), 200, SIZE) for x, start in ((60, 10), (320, 50))}

    def page(canvas: Any) -> None:
        for x, lines in columns.items():
            paint(canvas, x, 90, lines)

    document = read(draw(tmp_path / "page.pdf", page))
    for x, lines in columns.items():
        place = next(n for n, line in enumerate(lines) if re.search(r"Case number \d+", line))
        before, first, words = lines[place].partition("Case")
        base = 90 + 13 * place
        passage = f"{first}{words} {lines[place + 1]}"
        assert boxes_match(
            marked(document, passage), at(x, base, before, first + words), at(x, base + 13, "", lines[place + 1])
        )


@pytest.mark.parametrize("ruled", [True, False])
def test_words_of_a_cell_stand_in_their_cell(tmp_path: Path, *, ruled: bool) -> None:
    """Each line of a cell that is broken in two has its place, and the neighbouring cell has no part in it."""

    def table(canvas: Any) -> None:
        for row in range(5):
            top = 100 + 40 * row
            paint(canvas, 80, top, [f"Week {row + 1}"])
            paint(canvas, 180, top, [f"Courts of law and the soldiers {row}", f"who stand before them {row}"])
            paint(canvas, 440, top, [f"{row + 2} hours"])
        if ruled:
            canvas.grid([70, 170, 430, 520], [HEIGHT - 85 - 40 * row for row in range(6)])

    document = read(draw(tmp_path / "page.pdf", table))
    assert sum(segment.kind is SegmentKind.TABLE_ROW for segment in document.segments) == 5
    assert boxes_match(
        marked(document, "law and the soldiers 3 who stand"),
        at(180, 220, "Courts of ", "law and the soldiers 3"),
        at(180, 233, "", "who stand"),
    )
    assert boxes_match(marked(document, "5 hours"), at(440, 220, "", "5 hours"))


def test_a_word_broken_over_two_lines_is_marked_on_both(tmp_path: Path) -> None:
    """The halves of a mended word have a box each, and what follows keeps its place."""
    lines = ["The ministers of every country in the world speak of demo-", "cracy and of law when they meet here."]
    document = read(draw(tmp_path / "page.pdf", lambda canvas: paint(canvas, 72, 100, lines)))
    before = lines[0].removesuffix("demo-")
    first, second = marked(document, "democracy")
    assert stands(first, at(72, 100, before, "demo-")) or stands(first, at(72, 100, before, "demo"))
    assert stands(second, at(72, 113, "", "cracy"))
    assert boxes_match(marked(document, "of law when"), at(72, 113, "cracy and ", "of law when"))


def test_a_sentence_over_a_page_end_is_marked_on_both_pages(tmp_path: Path) -> None:
    """The end of one page and the beginning of the next have their boxes, each with its page."""
    text = pdfpages.set_lines(pdfpages.sentences(30), WIDTH - 144, SIZE, per_paragraph=99)
    first, second = text[:20], text[20:40]

    def pages(canvas: Any) -> None:
        paint(canvas, 72, 100, first)
        canvas.showPage()
        paint(canvas, 72, 80, second)

    document = read(draw(tmp_path / "page.pdf", pages))
    assert boxes_match(
        marked(document, f"{first[-1]} {second[0]}"),
        at(72, 100 + 19 * 13, "", first[-1]),
        at(72, 80, "", second[0], page=2),
    )


def test_a_page_turned_to_be_read_upright_is_marked_as_it_is_shown(tmp_path: Path) -> None:
    """Text that is set sideways in the file, on a page that is shown turned, stands where the viewer shows it."""

    def sideways(canvas: Any) -> None:
        canvas.translate(WIDTH, 0)
        canvas.rotate(90)
        paint(canvas, 72, 100, ["Courts may stop what a minister has ordered.", "So it is written."], height=WIDTH)

    path = turned(draw(tmp_path / "page.pdf", sideways), 90)
    boxes = marked(read(path), "minister has ordered.")
    assert boxes_match(boxes, at(72, 100, "Courts may stop what a ", "minister has ordered."))


@pytest.mark.parametrize(
    ("quarters", "place"),
    [
        (1, lambda left, base, right: (HEIGHT - base, left, HEIGHT - base + SIZE, right)),
        (2, lambda left, base, right: (WIDTH - right, HEIGHT - base, WIDTH - left, HEIGHT - base + SIZE)),
        (3, lambda left, base, right: (base - SIZE, WIDTH - right, base, WIDTH - left)),
    ],
)
def test_a_page_shown_askew_is_marked_as_it_is_shown(
    tmp_path: Path, quarters: int, place: Callable[[float, float, float], tuple[float, float, float, float]]
) -> None:
    """Upright text on a page that the file says is to be shown turned: line and segment stand as on the screen."""
    line = "Courts may stop what a minister has ordered."
    path = turned(draw(tmp_path / "page.pdf", lambda canvas: paint(canvas, 72, 100, [line])), 90 * quarters)
    document = read(path)
    (box,) = marked(document, line)
    wanted = place(72, 100, 72 + stringWidth(line, FONT, SIZE))
    found = (box.left, box.top, box.right, box.bottom)
    assert all(abs(one - other) < 0.3 * SIZE for one, other in zip(found, wanted, strict=True)), (found, wanted)
    assert document.segments[0].box == pytest.approx(found, abs=0.11)


def test_a_line_that_runs_up_the_page_has_its_own_place(tmp_path: Path) -> None:
    """A sideways line beside upright text is marked where it stands."""

    def both(canvas: Any) -> None:
        paint(canvas, 100, 100, ["Courts may stop what a minister has ordered.", "So it is written in the law."])
        canvas.translate(50, 300)
        canvas.rotate(90)
        canvas.drawString(0, 0, "Draft for the parliament")

    (box,) = marked(read(draw(tmp_path / "page.pdf", both)), "Draft for the parliament")
    length = stringWidth("Draft for the parliament", FONT, SIZE)
    wanted = (50 - SIZE, HEIGHT - 300 - length, 50, HEIGHT - 300)
    found = (box.left, box.top, box.right, box.bottom)
    assert all(abs(one - other) < 0.3 * SIZE for one, other in zip(found, wanted, strict=True)), (found, wanted)


def test_the_crop_box_is_the_page(tmp_path: Path) -> None:
    """Places count from the corner of what a viewer shows of the page."""
    path = draw(
        tmp_path / "page.pdf",
        lambda canvas: paint(canvas, 172, 200, ["Courts may stop it."]),
        cropBox=(100, 50, 500, HEIGHT - 80),
    )
    assert boxes_match(marked(read(path), "may stop it."), at(72, 120, "Courts ", "may stop it."))


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
@pytest.mark.parametrize("degrees", [0, 90])
def test_words_that_ocr_has_read_stand_where_the_picture_shows_them(tmp_path: Path, degrees: int) -> None:
    """Of a scan the places are tesseract's, in points of the page, also where the page is shown turned."""
    lines = pdfpages.set_lines(pdfpages.sentences(12), WIDTH - 144, SIZE)
    written = draw(tmp_path / "written.pdf", lambda canvas: paint(canvas, 72, 100, lines))
    with pypdfium2.PdfDocument(written) as document:
        picture = document[0].render(scale=3, rotation=-degrees % 360).to_pil()
    size = (HEIGHT, WIDTH) if degrees else (WIDTH, HEIGHT)

    def scan(canvas: Any) -> None:
        canvas.setPageSize(size)
        canvas.drawImage(ImageReader(picture), 0, 0, *size)

    read_by_ocr = read(turned(draw(tmp_path / "scan.pdf", scan), degrees))
    assert read_by_ocr.extractor == "ocr"
    before, _, words = lines[4].partition(" ")
    (box,) = marked(read_by_ocr, words)
    _, left, right, base = at(72, 100 + 13 * 4, f"{before} ", words)
    assert abs(box.left - left) < NEAR
    assert abs(box.right - right) < NEAR
    assert base - SIZE < box.top < base < box.bottom < base + 0.35 * SIZE


def test_every_line_is_within_a_segment_and_in_order(tmp_path: Path) -> None:
    """Lines do not overlap, hold no blanks at their ends, and each has the page of its words."""
    path = tmp_path / "page.pdf"
    pdfpages.columns_with_feet_pdf(path)
    document = read(path)
    assert len(document.lines) > 20
    ends = 0
    for line in document.lines:
        assert ends <= line.start < line.end
        assert any(each.start <= line.start and line.end <= each.end for each in document.segments)
        assert 2 * len(document.text[line.start : line.end].split()) == len(line.edges)
        ends = line.end


def test_formats_without_places_have_no_lines(read: Callable[..., Document]) -> None:
    """A text file has neither lines nor boxes."""
    document = read("course.txt", "Courts may stop what a minister has ordered.\n")
    assert document.lines == ()
    assert boxes_of(document, 0, 10) == ()


@pytest.mark.parametrize(
    ("raw", "texts"),
    [
        ("of demo-\ncracy and law", ["of demo", "cracy and law"]),
        ("of demo\ufffe\ncracy and law", ["of demo", "cracy and law"]),
        ("of demo\u00ad\ncracy", ["of demo", "cracy"]),
        ("the pre-\nand post-war years", ["the pre-", "and post-war years"]),
        ("of\ufb01ce \u200b  x\n\u200b\nlaw", ["office x", "law"]),
        ("cafe\u0301  noir\nlaw", ["caf\u00e9 noir", "law"]),
        ("(cid:3)(cid:4)\nlaw and (cid:7)order\nend", ["law and order", "end"]),
    ],
)
def test_lines_are_found_again_in_cleaned_text(raw: str, texts: list[str]) -> None:
    """Whatever cleaning takes from a line or from its end, its text is told from its neighbours'."""
    printed = tuple(Printed(1, (0.0, 10.0 * n, 9.0, 10.0 * n + 9)) for n in range(raw.count("\n") + 1))
    blocks = [Block(SegmentKind.PARAGRAPH, "Law."), Block(SegmentKind.PARAGRAPH, raw, 1, lines=(printed,))]
    text, _, lines = assemble(blocks, typeset=True, stop_words=frozenset({"and"}))
    assert [text[line.start : line.end] for line in lines] == texts


def test_lines_that_cannot_be_told_apart_are_marked_together() -> None:
    """Where a text has not as many lines as places, one box for each page stands for all of it."""
    printed = (
        Printed(1, (5.0, 700.0, 90.0, 710.0)),
        Printed(1, (3.0, 712.0, 80.0, 722.0)),
        Printed(2, (3.0, 50.0, 40.0, 60.0)),
    )
    text, _, lines = assemble([Block(SegmentKind.PARAGRAPH, "all of this", 1, lines=(printed,))])
    assert [(line.page, line.box, text[line.start : line.end]) for line in lines] == [
        (1, (3.0, 700.0, 90.0, 722.0), "all of this"),
        (2, (3.0, 50.0, 40.0, 60.0), "all of this"),
    ]


def turned(path: Path, degrees: int) -> Path:
    """Say in a PDF that its first page is to be shown turned with the clock."""
    document = pypdfium2.PdfDocument(path)
    document[0].set_rotation(degrees)
    document.save(path.with_name("turned.pdf"))
    document.close()
    return path.with_name("turned.pdf")
