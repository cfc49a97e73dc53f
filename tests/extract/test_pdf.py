"""PDF: reading order, tables, running heads, and files that have no text to read."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib import pdfencrypt
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import SimpleDocTemplate, Table

from imetaudit.extract import extract_file
from imetaudit.model import Document, SegmentKind, Unreadable

from .conftest import check_offsets, shown

SENTENCE = "The armed forces answer to elected civilians and to the courts of law in this and every other country. "


def draw(path: Path, paint: Callable[[Any], None], **options: Any) -> Path:
    """Write a PDF by painting on its canvas."""
    canvas = Canvas(str(path), pagesize=A4, **options)
    paint(canvas)
    canvas.save()
    return path


def read(path: Path, **options: str) -> Document:
    """Read a PDF that must be readable."""
    document = extract_file(path, **options)  # type: ignore[arg-type]
    assert isinstance(document, Document), document
    check_offsets(document)
    return document


def lines(canvas: Any, x: float, y: float, texts: list[str], step: float = 13.0) -> None:
    """Paint lines of text from a place downwards."""
    for number, text in enumerate(texts):
        canvas.drawString(x, y - number * step, text)


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    """A page of two columns, drawn line by line across both, is read column by column."""
    left = [f"left column line {number} tells of the army" for number in range(12)]
    right = [f"right column line {number} tells of courts" for number in range(12)]

    def paint(canvas: Any) -> None:
        canvas.setFont("Helvetica", 10)
        for number in range(12):
            canvas.drawString(60, 700 - 13 * number, left[number])
            canvas.drawString(310, 700 - 13 * number, right[number])

    words = read(draw(tmp_path / "two-columns.pdf", paint)).text
    assert words.index("left column line 11") < words.index("right column line 0")


def test_unruled_schedule_gives_whole_rows(tmp_path: Path) -> None:
    """A schedule without rules gives one segment a row, wrapped cells and a crowded head included."""
    rows = [("1", ["Coups and juntas in the region,", "their causes and ends"], "2 h"), ("2", ["Trials"], "90 min")]
    rows += [("3", ["Elections under guard"], "3 h"), ("4", ["Parliament and", "the defence budget"], "4 h")]

    def paint(canvas: Any) -> None:
        canvas.setFont("Helvetica", 10)
        lines(canvas, 60, 760, [SENTENCE[:95], SENTENCE[:60]])
        y = 700.0
        for x, head in ((60, "Week"), (88, "Topic"), (400, "Hours")):
            canvas.drawString(x, y, head)
        for number, topic, hours in rows:
            y -= 20
            canvas.drawString(60, y, number)
            canvas.drawString(88, y, topic[0])
            canvas.drawString(400, y, hours)
            for more in topic[1:]:
                y -= 12
                canvas.drawString(88, y, more)

    document = read(draw(tmp_path / "unruled.pdf", paint))
    assert [text for kind, text in shown(document) if kind == "table-row"] == [
        "Week | Topic | Hours",
        "1 | Coups and juntas in the region, their causes and ends | 2 h",
        "2 | Trials | 90 min",
        "3 | Elections under guard | 3 h",
        "4 | Parliament and the defence budget | 4 h",
    ]


def test_ruled_table_with_merged_and_empty_cells(tmp_path: Path) -> None:
    """A ruled table gives its rows by its lines: empty cells stay, merged cells stand once."""
    data = [["Week", "Topic", "Hours"], ["1", "Coups", ""], ["Part two", "", ""], ["2", "Trials\nand truth", "3"]]
    style = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("SPAN", (0, 2), (-1, 2))]
    path = tmp_path / "ruled.pdf"
    SimpleDocTemplate(str(path), pagesize=A4).build([Table(data, colWidths=[60, 200, 60], style=style)])
    document = read(path)
    assert [text for kind, text in shown(document) if kind == "table-row"] == [
        "Week | Topic | Hours",
        "1 | Coups | ",
        "Part two",
        "2 | Trials and truth | 3",
    ]
    assert {segment.table for segment in document.segments} == {0}


def test_running_heads_are_told_apart_and_not_lost(tmp_path: Path) -> None:
    """What repeats at the pages' edges, digits aside, is header or footer, at the end of its page."""

    def paint(canvas: Any) -> None:
        for page in range(1, 4):
            canvas.setFont("Helvetica", 10)
            canvas.drawString(60, 810, "Army School")
            lines(canvas, 60, 700, [f"Page {page} tells of courts.", "It also tells of armies."], 40)
            canvas.drawString(60, 30, f"- {page} of 3 -")
            canvas.showPage()

    document = read(draw(tmp_path / "running.pdf", paint))
    kinds = [segment.kind for segment in document.segments if segment.page == 2]
    assert kinds == [SegmentKind.PARAGRAPH, SegmentKind.PARAGRAPH, SegmentKind.HEADER, SegmentKind.FOOTER]
    assert document.pages == 3
    assert document.text.count("Army School") == 3


def test_headings_by_size_and_weight(tmp_path: Path) -> None:
    """Larger lines are headings by rank of their size, and short bold lines stand below them."""

    def paint(canvas: Any) -> None:
        canvas.setFont("Helvetica", 18)
        lines(canvas, 60, 780, ["The soldier and", "the state"], 22)
        canvas.setFont("Helvetica-Bold", 10)
        canvas.drawString(60, 720, "Plan of lessons")
        canvas.setFont("Helvetica", 10)
        lines(canvas, 60, 700, [SENTENCE[:90]] * 4)

    document = read(draw(tmp_path / "headings.pdf", paint))
    heads = [
        (segment.level, text)
        for segment, (kind, text) in zip(document.segments, shown(document), strict=True)
        if kind == "heading"
    ]
    assert heads == [(1, "The soldier and the state"), (2, "Plan of lessons")]


def test_segments_carry_page_and_box(tmp_path: Path) -> None:
    """A segment knows its page and its place in points from the upper left corner."""

    def paint(canvas: Any) -> None:
        canvas.showPage()
        canvas.drawString(100, 742, "On the second page.")

    (segment,) = read(draw(tmp_path / "box.pdf", paint)).segments
    assert segment.page == 2
    assert segment.box is not None
    left, top, right, bottom = segment.box
    assert left == pytest.approx(100, abs=2)
    assert 80 < top < 100 < bottom < 110
    assert 150 < right < 250


def test_password_is_encrypted(tmp_path: Path) -> None:
    """A PDF that asks for a password is encrypted, and says how to mend it."""
    lock = pdfencrypt.StandardEncryption("user", ownerPassword="owner")
    unreadable = extract_file(
        draw(tmp_path / "encrypted.pdf", lambda canvas: canvas.drawString(60, 700, "x"), encrypt=lock)
    )
    assert isinstance(unreadable, Unreadable)
    assert unreadable.reason == "encrypted"
    assert "password" in unreadable.detail


def scan(tmp_path: Path, text: str) -> Any:
    """Return a picture of a line of text."""
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("L", (1200, 300), 255)
    ImageDraw.Draw(picture).text((40, 120), text, fill=0, font=ImageFont.load_default(48))
    path = tmp_path / "scan.png"
    picture.save(path)
    return path


def test_scan_without_ocr_has_no_text_layer(tmp_path: Path) -> None:
    """A PDF of pictures has no text layer, with its pages in the detail; it is never empty or silently read."""
    picture = scan(tmp_path, "Civil control")
    path = draw(tmp_path / "no-text-layer.pdf", lambda canvas: canvas.drawImage(str(picture), 0, 400, 595, 440))
    unreadable = extract_file(path, ocr="never")
    assert isinstance(unreadable, Unreadable)
    assert unreadable.reason == "no-text-layer"
    assert "1 page" in unreadable.detail


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_scan_with_ocr_is_read_with_a_warning(tmp_path: Path) -> None:
    """Where tesseract is installed a scan is read, and the reader is warned."""
    picture = scan(tmp_path, "Civil control of the army")
    path = draw(tmp_path / "scan.pdf", lambda canvas: canvas.drawImage(str(picture), 0, 600, 595, 149))
    document = read(path, ocr="auto")
    assert "control of the army" in document.text
    assert document.extractor == "ocr"
    assert any("OCR" in warning for warning in document.warnings)


def test_half_scanned_document_says_how_much_was_read(tmp_path: Path) -> None:
    """With some pages unread the share is below one and a warning names the pages."""
    picture = scan(tmp_path, "Civil control")

    def paint(canvas: Any) -> None:
        lines(canvas, 60, 700, [SENTENCE[:80]] * 3)
        canvas.showPage()
        canvas.drawImage(str(picture), 0, 400, 595, 440)

    document = read(draw(tmp_path / "half.pdf", paint), ocr="never")
    assert document.readable_share == 0.5
    assert document.warnings == ("1 of 2 pages could not be read (page 2).",)
