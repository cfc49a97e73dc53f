"""Pages that are pictures: which are read by OCR, how sure it was, and what an audit may say of those it cannot read."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import reportlab
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from imetaudit.extract import extract_file
from imetaudit.model import Document, Unreadable

from . import garbling

SAMPLES = Path(__file__).parents[2] / "sample_syllabi"
TESSERACT = shutil.which("tesseract")
needs_tesseract = pytest.mark.skipif(TESSERACT is None, reason="tesseract is not installed")

PROSE = [line for line in re.findall(r".{1,80}(?: |$)", garbling.PROSE["en"] * 3) if line.strip()]


def words(text: str) -> Counter[str]:
    """Count the words of a text."""
    return Counter(re.findall(r"\w+", text.lower()))


def picture(lines: list[str], size: tuple[int, int] = (1240, 1754), ink: int = 0, paper: int = 255) -> Any:
    """Return a page with lines of text as a picture at 150 dots per inch."""
    from PIL import Image, ImageDraw, ImageFont

    page = Image.new("L", size, paper)
    draw = ImageDraw.Draw(page)
    font = ImageFont.load_default(24)
    for number, line in enumerate(lines):
        draw.text((100, 120 + 40 * number), line, fill=ink, font=font)
    return page


def pdf(path: Path, *pages: Any) -> Path:
    """Write a PDF whose pages are lists of lines, pictures, pairs of a picture with lines over it, or None for blank."""
    canvas = Canvas(str(path), pagesize=A4)
    for page in pages:
        shown, lines = page if isinstance(page, tuple) else (None, page) if isinstance(page, list) else (page, [])
        if shown is not None:
            canvas.drawImage(ImageReader(shown), 0, 0, *A4)
        canvas.setFont("Helvetica", 11)
        for number, line in enumerate(lines):
            canvas.drawString(60, 780 - 15 * number, line)
        canvas.showPage()
    canvas.save()
    return path


def read(path: Path, ocr: str = "never") -> Document:
    """Read a file that must be readable."""
    document = extract_file(path, ocr=ocr)
    assert isinstance(document, Document), document
    return document


def refused(path: Path, ocr: str = "never") -> str:
    """Read a file that must be unreadable; return the reason."""
    found = extract_file(path, ocr=ocr)
    assert isinstance(found, Unreadable), found.warnings
    return found.reason.value


# --- which pages count as read --------------------------------------------------------------------


def test_blank_pages_are_no_unread_pages(tmp_path: Path) -> None:
    """Empty pages, and scans of empty pages with a speck on them, lower no share."""
    specks = picture([])
    specks.putpixel((300, 300), 0)
    document = read(pdf(tmp_path / "a.pdf", PROSE, None, specks, picture([], paper=240)))
    assert (document.readable_share, document.warnings) == (1.0, ())


def test_blank_pages_do_not_hide_an_unread_one(tmp_path: Path) -> None:
    """The share is of the pages that show something."""
    document = read(pdf(tmp_path / "a.pdf", PROSE, None, None, None, picture(PROSE)))
    assert document.readable_share == 0.5


def test_a_scan_with_a_footer_of_real_text_is_unread(tmp_path: Path) -> None:
    """A picture of a page is no text because a program wrote its name, or a footer, over it; the footer is kept."""
    footer = ["Scanned by a very long name of a scanning program, page 7 of 12"]
    document = read(pdf(tmp_path / "a.pdf", PROSE, (picture([""] * 3 + PROSE), footer)))
    assert document.readable_share == 0.5
    assert "scanning program" in document.text


def test_a_slide_on_a_coloured_picture_is_read(tmp_path: Path) -> None:
    """Few words over a background picture without writing are the page's text."""
    from PIL import Image

    plain = Image.new("L", (1240, 1754), 225)
    photograph = Image.linear_gradient("L").resize((1240, 1754))
    slide = ["Lesson 3: the courts", "Who decides on an emergency?", "Read chapter four for next week"]
    document = read(pdf(tmp_path / "a.pdf", (plain, slide), (photograph, slide)))
    assert document.readable_share == 1.0


def test_text_turned_into_one_shape_is_unread(tmp_path: Path) -> None:
    """Letters drawn as a single path show text that is not there; a ruled form shows none."""
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    for number, line in enumerate(PROSE):
        canvas.drawString(60, 780 - 15 * number, line)
    canvas.showPage()
    shape = canvas.beginPath()
    for number in range(2000):
        x, y = 60 + number % 80 * 6, 780 - number // 80 * 14
        shape.moveTo(x, y)
        shape.lineTo(x + 3, y + 8)
        shape.curveTo(x + 4, y + 6, x + 4, y + 3, x + 5, y)
    canvas.drawPath(shape)
    canvas.showPage()
    for number in range(30):
        canvas.line(60, 780 - 20 * number, 500, 780 - 20 * number)
    canvas.showPage()
    canvas.save()
    document = read(tmp_path / "a.pdf")
    assert document.readable_share == 0.5
    assert document.warnings == ("1 of 3 pages could not be read (page 2).",)


def test_one_garbled_page_lowers_the_share(tmp_path: Path) -> None:
    """A page whose letters were exchanged is left out and counted."""
    garbled = [garbling.caesar(line, 3) for line in PROSE]
    document = read(pdf(tmp_path / "a.pdf", PROSE, garbled, PROSE, PROSE))
    assert document.readable_share == 0.75
    assert garbled[0].split()[1] not in document.text.split()


def test_only_garbled_pages_make_the_document_garbled(tmp_path: Path) -> None:
    """Where every page is garbled, so is the document."""
    garbled = [garbling.exchanged(line, 4) for line in PROSE]
    assert refused(pdf(tmp_path / "a.pdf", garbled, garbled)) == "garbled"


@pytest.mark.parametrize("language", sorted(garbling.PROSE))
def test_a_font_without_a_table_of_letters_is_garbled(tmp_path: Path, language: str) -> None:
    """A PDF whose font numbers its glyphs by its own order and says nowhere which letters they are is garbled."""
    name = f"Unmapped-{language}"
    pdfmetrics.registerFont(TTFont(name, str(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"), asciiReadable=0))
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), pagesize=A4, pageCompression=0)
    canvas.setFont(name, 10)
    for number, line in enumerate(re.findall(r".{1,80}(?: |$)", garbling.PROSE[language])):
        canvas.drawString(60, 780 - 15 * number, line)
    canvas.save()
    assert garbling.PROSE[language][:10] in read(path).text
    path.write_bytes(path.read_bytes().replace(b"/ToUnicode", b"/NoUnicode"))
    assert refused(path) == "garbled"


def test_a_document_of_pictures_has_no_text_layer(tmp_path: Path) -> None:
    """Scans with a program's name over each have no text layer."""
    scan = (picture([""] * 3 + PROSE), ["Scanned by a program"])
    assert refused(pdf(tmp_path / "a.pdf", scan, scan)) == "no-text-layer"


# --- OCR ------------------------------------------------------------------------------------------


@needs_tesseract
@pytest.mark.parametrize(
    ("name", "language"), [("cmr-310-civil-military-relations.pdf", "en"), ("str-520-democracia-y-defensa.pdf", "es")]
)
def test_a_clean_scan_is_read_almost_word_for_word(tmp_path: Path, name: str, language: str) -> None:
    """Of a syllabus drawn at 200 dots per inch OCR reads at least 95 % of the words, and is sure of them."""
    source = pypdfium2.PdfDocument(SAMPLES / name)
    pages = [page.render(scale=200 / 72, grayscale=True).to_pil() for page in source]
    source.close()
    document = read(pdf(tmp_path / "scan.pdf", *pages), "auto")
    wanted = words(read(SAMPLES / name).text)
    assert (wanted & words(document.text)).total() >= 0.95 * wanted.total()
    assert (document.extractor, document.language, document.readable_share) == ("ocr", language, 1.0)
    assert document.ocr_confidence is not None
    assert document.ocr_confidence > 0.9


@needs_tesseract
def test_a_page_on_its_side_is_read(tmp_path: Path) -> None:
    """A scan that was put in sideways is turned upright."""
    path = tmp_path / "a.png"
    picture(PROSE).rotate(90, expand=True).save(path)
    wanted = words(" ".join(PROSE))
    assert (wanted & words(read(path, "auto").text)).total() >= 0.9 * wanted.total()


@needs_tesseract
def test_only_the_pages_without_text_are_read_by_ocr(tmp_path: Path) -> None:
    """Text, scan, garbled text, footer over a scan: each page is read the right way, once."""
    garbled = [garbling.caesar(line, 3) for line in PROSE[:8]]
    marked = [f"{word} the dogs of the harbour sleep in the sun at noon" for word in ("Alpha", "Bravo")]
    pages = (
        marked[:1] + PROSE,
        picture(marked[1:] + PROSE),
        garbled,
        (picture([""] * 3 + PROSE), ["Page footer of the school"]),
    )
    document = read(pdf(tmp_path / "a.pdf", *pages), "auto")
    assert document.extractor == "pdf"
    assert document.text.count("Alpha") == document.text.count("Bravo") == 1
    # The garbled page shows garbled letters, so OCR reads nonsense there too: the gate counts it.
    assert document.ocr_confidence is not None
    by_page = {number: [s for s in document.segments if s.page == number] for number in (1, 2, 4)}
    assert all(by_page.values())
    assert "constitution" in " ".join(document.text[s.start : s.end] for s in by_page[4])


@needs_tesseract
def test_a_poor_text_layer_over_a_scan_is_read_again(tmp_path: Path) -> None:
    """Where the hidden text of a scan is mostly nonsense, the better reading of the picture stands."""
    hidden = [
        " ".join(garbling.backwards(w) if place % 3 else w for place, w in enumerate(line.split())) for line in PROSE
    ]
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    canvas.drawImage(ImageReader(picture(PROSE)), 0, 0, *A4)
    for number, line in enumerate(hidden):
        text = canvas.beginText(60, 780 - 15 * number)
        text.setTextRenderMode(3)
        text.textLine(line)
        canvas.drawText(text)
    canvas.showPage()
    canvas.save()
    wanted = words(" ".join(PROSE))
    assert (wanted & words(read(tmp_path / "a.pdf", "auto").text)).total() >= 0.95 * wanted.total()
    assert (wanted & words(read(tmp_path / "a.pdf", "never").text)).total() < 0.8 * wanted.total()


@needs_tesseract
def test_pages_of_which_ocr_is_unsure_do_not_count_as_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page read with little confidence keeps its text, but not its place in the readable share."""
    from imetaudit.extract import scans
    from imetaudit.extract.build import Block
    from imetaudit.extract.ocr import Recognised
    from imetaudit.model import SegmentKind

    unsure = Recognised((Block(SegmentKind.PARAGRAPH, "the courts", 2),), 2, 0.45)
    monkeypatch.setattr(scans, "recognise", lambda *_, **__: unsure)
    document = read(pdf(tmp_path / "a.pdf", PROSE, picture(PROSE)), "auto")
    assert document.readable_share == 0.5
    assert document.ocr_confidence == 0.45
    assert document.text.endswith("the courts")
    assert "OCR was unsure of 1 of 2 pages (page 2 (45%))." in document.warnings


def test_without_tesseract_scans_are_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where tesseract is not installed nothing fails: the share is lower, and the reader is warned."""
    monkeypatch.setattr("shutil.which", lambda *_: None)
    document = read(pdf(tmp_path / "a.pdf", PROSE, picture(PROSE)), "auto")
    assert document.readable_share == 0.5
    found = extract_file(pdf(tmp_path / "b.pdf", picture(PROSE)))
    assert isinstance(found, Unreadable)
    assert "install tesseract" in found.detail


# --- files that are pictures ----------------------------------------------------------------------


@needs_tesseract
def test_every_page_of_a_fax_is_read(tmp_path: Path) -> None:
    """A TIFF has pages: each is read, blank ones aside."""
    path = tmp_path / "a.tiff"
    first, *others = [picture([f"Page {name} of the plan of lessons", *PROSE[:4]]) for name in ("one", "two")] + [
        picture([])
    ]
    first.save(path, save_all=True, append_images=others)
    document = read(path, "auto")
    assert "Page one" in document.text
    assert "Page two" in document.text
    assert (document.pages, document.readable_share) == (2, 1.0)
    assert {segment.page for segment in document.segments} == {1, 2}


@needs_tesseract
def test_a_picture_of_absurd_size_is_refused(tmp_path: Path) -> None:
    """A picture that would fill the memory is too large, and is not unpacked."""
    from PIL import Image

    path = tmp_path / "bomb.png"
    Image.new("1", (12000, 11000)).save(path)
    assert refused(path, "auto") == "too-large"


@needs_tesseract
def test_a_damaged_picture_is_damaged(tmp_path: Path) -> None:
    """A picture cut off in the middle is damaged, not empty."""
    buffer = io.BytesIO()
    picture(PROSE).save(buffer, "PNG")
    path = tmp_path / "a.png"
    path.write_bytes(buffer.getvalue()[:-2000])
    assert refused(path, "auto") == "damaged"


def with_media(path: Path, pictures: list[Any]) -> Path:
    """Add pictures to a Word file."""
    with zipfile.ZipFile(path, "a") as package:
        for number, each in enumerate(pictures, 1):
            buffer = io.BytesIO()
            each.save(buffer, "PNG")
            package.writestr(f"word/media/image{number}.png", buffer.getvalue())
    return path


def test_a_word_file_of_pasted_scans_has_no_text_layer(docx: Callable[..., Path]) -> None:
    """A Word file that is only scanned pages is not empty: it has no text layer."""
    path = with_media(docx("<w:p><w:r><w:t>Programme</w:t></w:r></w:p>"), [picture(PROSE)] * 2)
    assert refused(path) == "no-text-layer"


def test_a_word_file_with_text_and_scans_is_read_in_part(docx: Callable[..., Path]) -> None:
    """A page of text beside three scans leaves most unread; a photograph and a crest are no unread pages."""
    from PIL import Image

    body = f"<w:p><w:r><w:t>{' '.join(PROSE[:10])}</w:t></w:r></w:p>"
    document = read(with_media(docx(body), [picture(PROSE)] * 3))
    assert document.readable_share < 0.3
    assert "3 pictures that look like pages of text could not be read." in document.warnings
    ornaments = [Image.linear_gradient("L").resize((900, 900)), picture(["Crest"], (90, 90))]
    assert read(with_media(docx(body), ornaments)).readable_share == 1.0


@needs_tesseract
def test_the_scans_in_a_word_file_are_read_by_ocr(docx: Callable[..., Path]) -> None:
    """With tesseract the pasted pages are read, behind the text."""
    path = with_media(docx("<w:p><w:r><w:t>Programme</w:t></w:r></w:p>"), [picture(PROSE)])
    document = read(path, "auto")
    wanted = words(" ".join(PROSE))
    assert document.text.startswith("Programme")
    assert (wanted & words(document.text)).total() >= 0.95 * wanted.total()
    assert document.ocr_confidence is not None


@needs_tesseract
def test_a_word_file_of_nothing_but_scans_is_read_by_ocr(docx: Callable[..., Path]) -> None:
    """A Word file without a word of its own is read by its pictures."""
    drawing = "<w:p><w:r><w:drawing/></w:r></w:p>"
    path = with_media(docx(drawing), [picture(PROSE), picture(PROSE)])
    document = read(path, "auto")
    assert document.readable_share == 1.0
    assert (words(" ".join(PROSE * 2)) & words(document.text)).total() >= 0.95 * words(" ".join(PROSE * 2)).total()
    assert refused(path) == "no-text-layer"
