"""PDF: the words of a page whichever way it is turned, its notes, lists, forms and annotations."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from reportlab.lib.pagesizes import A4

from imetaudit.extract.pdfruns import runs_of
from imetaudit.extract.pdftext import Word
from imetaudit.extract.thresholds import load_thresholds
from imetaudit.model import SegmentKind

from .conftest import shown
from .test_pdf import SENTENCE, draw, lines, read

WIDTH, HEIGHT = A4


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("declared", [True, False], ids=["declared", "undeclared"])
def test_turned_pages_read_like_upright_ones(turn: int, declared: bool, tmp_path: Path) -> None:
    """A page whose text is turned reads as if it were upright, whether or not the page says that it is turned."""

    def paint(canvas: Any) -> None:
        if declared:
            canvas.setPageRotation(turn)
        canvas.translate(WIDTH / 2, HEIGHT / 2)
        canvas.rotate(turn)
        canvas.setFont("Helvetica", 10)
        lines(canvas, -150, 100, ["The officers of this course learn whom the armed", "forces answer to."])
        for number, row in enumerate((("Week", "Topic", "Hours"), ("1", "Courts", "2"), ("2", "Coups", "4"))):
            for x, cell in zip((-150, -60, 60), row, strict=True):
                canvas.drawString(x, 40 - 20 * number, cell)

    document = read(draw(tmp_path / "turned.pdf", paint))
    assert shown(document) == [
        ("paragraph", "The officers of this course learn whom the armed forces answer to."),
        ("table-row", "Week | Topic | Hours"),
        ("table-row", "1 | Courts | 2"),
        ("table-row", "2 | Coups | 4"),
    ]


def test_a_label_up_the_margin_stands_apart(tmp_path: Path) -> None:
    """Text that runs up the margin is kept, at the end of its page, and does not mix with the lines beside it."""

    def paint(canvas: Any) -> None:
        canvas.setFont("Helvetica", 10)
        lines(canvas, 60, 700, [f"Lesson {number} tells of armies and courts." for number in range(8)], 40)
        canvas.translate(30, 450)
        canvas.rotate(90)
        canvas.drawString(0, 0, "Army School of the South")

    texts = [text for _, text in shown(read(draw(tmp_path / "label.pdf", paint)))]
    assert texts == [
        *(f"Lesson {number} tells of armies and courts." for number in range(8)),
        "Army School of the South",
    ]


def test_notes_at_the_foot_are_notes(tmp_path: Path) -> None:
    """A note's lines are a note and not text, and its number does not stick to the word that it follows."""

    def paint(canvas: Any) -> None:
        canvas.setFont("Helvetica", 10)
        lines(canvas, 60, 700, [SENTENCE[:90]] * 6)
        canvas.drawString(60, 600, "They obey the government")
        x = 60 + canvas.stringWidth("They obey the government")
        canvas.setFont("Helvetica", 6)
        canvas.drawString(x, 604, "12")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(x + canvas.stringWidth("12", "Helvetica", 6), 600, " and no other.")
        canvas.setFont("Helvetica", 5)
        canvas.drawString(60, 203, "12")
        canvas.setFont("Helvetica", 8)
        lines(canvas, 68, 200, ["The law of the land says how, and the courts", "say whether it was kept."], 10)

    document = read(draw(tmp_path / "notes.pdf", paint))
    assert shown(document)[-1] == (
        "note",
        "12 The law of the land says how, and the courts say whether it was kept.",
    )
    assert "the government 12 and no other." in document.text


def test_list_items_keep_their_depth(tmp_path: Path) -> None:
    """An item is as deep as its indent, and a list after a paragraph begins anew."""
    items = [(60, "A"), (80, "B"), (80, "C"), (100, "D"), (60, "E")]

    def paint(canvas: Any) -> None:
        canvas.setFont("Helvetica", 10)
        for number, (x, name) in enumerate(items):
            canvas.drawString(x, 700 - 20 * number, f"• Item {name} of the list")
        canvas.drawString(40, 580, "A paragraph that ends the list stands at the margin.")
        canvas.drawString(80, 560, "• Item F of another list")

    document = read(draw(tmp_path / "list.pdf", paint))
    depths = [segment.level for segment in document.segments if segment.kind is SegmentKind.LIST_ITEM]
    assert depths == [1, 2, 2, 3, 1, 1]


def test_form_values_stand_beside_their_labels(tmp_path: Path) -> None:
    """What was filled into a form is read where it stands: text, choices, and whether a box is ticked."""

    def paint(canvas: Any) -> None:
        form = canvas.acroForm
        canvas.setFont("Helvetica", 10)
        canvas.drawString(60, 700, "Course:")
        form.textfield(name="course", value="Law of armed conflict", x=150, y=694, width=300, height=20)
        canvas.drawString(60, 660, "Level:")
        form.choice(name="level", value="Senior", options=["Junior", "Senior"], x=150, y=654, width=90, height=18)
        for y, name, ticked in ((620, "Human rights", True), (590, "Civil control", False)):
            form.checkbox(name=name, x=60, y=y - 2, size=12, checked=ticked)
            canvas.drawString(80, y, name)

    texts = [text for _, text in shown(read(draw(tmp_path / "form.pdf", paint)))]
    joined = " / ".join(text.replace(" | ", " ") for text in texts)
    assert joined == "Course: Law of armed conflict / Level: Senior / ☒ Human rights / ☐ Civil control"


def test_typed_text_is_read_and_comments_are_counted(tmp_path: Path) -> None:
    """Text typed onto a page is text of it; a reviewer's comment is not, and a warning says so."""

    def paint(canvas: Any) -> None:
        canvas.drawString(60, 700, "Lesson one is about courts.")
        canvas.freeTextAnnotation("Lesson two is about coups.", Rect=[60, 600, 300, 620], DA="/Helv 10 Tf")
        canvas.textAnnotation("Should this be here?", Rect=[400, 600, 420, 620])

    document = read(draw(tmp_path / "annotated.pdf", paint))
    assert [text for _, text in shown(document)] == ["Lesson one is about courts.", "Lesson two is about coups."]
    assert document.warnings == ("1 comment of reviewers in the PDF was not read.",)


def test_words_parted_by_a_thin_blank_are_two(tmp_path: Path) -> None:
    """A blank that is set as a gap after a narrow letter parts two words."""

    def paint(canvas: Any) -> None:
        canvas.setFont("Helvetica", 11)
        canvas.drawString(60, 720, "A line of text in the usual way.")
        canvas._code.append(
            "BT /F1 11 Tf 60 700 Td [(They answer for) -130 (governments, courts and parliaments.)] TJ ET"
        )

    text = read(draw(tmp_path / "thin.pdf", paint, pageCompression=0)).text
    assert "answer for governments, courts" in text


def test_scripts_from_right_to_left_keep_their_order() -> None:
    """Words of a line that runs from right to left make one run in the order in which they are read."""
    words = [
        Word(text, left, 100.0, left + 30, 112.0, 0, 11.0, False)
        for text, left in (("הצבא", 500.0), ("כפוף", 466.0), ("לממשלה", 432.0))
    ]
    assert [run.text for run in runs_of(words, load_thresholds().pdf)] == ["הצבא כפוף לממשלה"]
