"""Pages that are pictures: which pages of a PDF need OCR, and what OCR made of them.

It knows when a page's own text does not stand for what the page shows, and keeps the account of pages read, unread and
blank. It does not know reading order, nor how characters are recognised.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from imetaudit.extract.build import Block, Refusal
from imetaudit.extract.language import language
from imetaudit.extract.looks import Box, is_blank, looks_written, png
from imetaudit.extract.ocr import Recognised, can_ocr, lacks, recognise
from imetaudit.extract.pdfpage import PageContent
from imetaudit.extract.quality import is_garbled, is_poor, likeness
from imetaudit.extract.thresholds import Thresholds
from imetaudit.model import UnreadableReason

_SAMPLE_WORDS = 2000


@dataclass
class Account:
    """Which pages were read how; page numbers begin at 0."""

    unread: dict[int, UnreadableReason] = field(default_factory=dict)
    """Pages that show something of which no text, or none that means anything, was had."""
    recognised: dict[int, Recognised] = field(default_factory=dict)
    """Pages whose text is that of OCR."""
    blank: set[int] = field(default_factory=set)
    warnings: list[str] = field(default_factory=list)

    @property
    def confidence(self) -> float | None:
        """How sure OCR was, on average of its pages; None where nothing was read by it."""
        sure = [each.confidence for each in self.recognised.values()]
        return round(sum(sure) / len(sure), 4) if sure else None

    def share(self, count: int) -> float:
        """Return the share of pages that were read, blank ones not counted; of a document of blank pages it is 1."""
        written = count - len(self.blank)
        return round(1 - len(self.unread) / written, 4) if written > 0 else 1.0

    def blocks(self, number: int) -> Sequence[Block]:
        """Return the blocks of a page that OCR has read; () for any other."""
        page = self.recognised.get(number)
        return page.blocks if page else ()

    def replaces(self, number: int) -> bool:
        """Tell whether a page's own text is left out: OCR has read the page, or the text is nonsense."""
        return number in self.recognised or self.unread.get(number) is UnreadableReason.GARBLED


def read_scans(document: Any, contents: Sequence[PageContent], thresholds: Thresholds, ocr: str) -> Account:
    """Find the pages whose text is missing or means nothing, and read them by OCR where it is allowed and installed.

    Args:
        document: the pdfium document, still open.
        contents: of its pages, in order.
        thresholds: by which it is judged.
        ocr: `auto`, `never`, or `always`, which reads every page by OCR.
    """
    account = Account()
    poor: set[int] = set()
    for number, content in enumerate(contents):
        reason = _doubt(document, number, content, thresholds)
        if reason is not None:
            account.unread[number] = reason
        elif not content.words and not content.flat:
            account.blank.add(number)
        elif content.pictured >= thresholds.quality.scan_share and is_poor(_text(content), thresholds):
            poor.add(number)
    if ocr != "never" and can_ocr():
        wanted = sorted({*account.unread, *poor}) if ocr == "auto" else range(len(contents))
        _recognise(document, contents, [n for n in wanted if n not in account.blank], account, thresholds, ocr)
    account.warnings += _warnings(account, len(contents), thresholds)
    return account


# --- which pages ----------------------------------------------------------------------------------


def little_text(content: PageContent, thresholds: Thresholds) -> bool:
    """Tell whether a page has so few characters that it may be a picture."""
    if content.flat:
        return False
    least = thresholds.quality.page_text_characters
    # Every word has a character: no more words than that need be counted.
    return sum(len(word.text) for word in content.words[:least]) < least


def _text(content: PageContent) -> str:
    return " ".join(word.text for word in content.words[:_SAMPLE_WORDS]) or content.flat[: 8 * _SAMPLE_WORDS]


def _doubt(document: Any, number: int, content: PageContent, thresholds: Thresholds) -> UnreadableReason | None:
    """Return why a page's own text does not stand for what it shows; None where it does, or the page is blank."""
    quality = thresholds.quality
    if little_text(content, thresholds):
        scanned = content.pictured >= quality.scan_share
        silent = not content.words and (
            content.pictured
            or content.marks > quality.silent_marks
            or _drawn_parts(document, number) > quality.drawing_segments
        )
        if (scanned or silent) and not is_blank(_look(document, number), thresholds, _boxes(content)):
            return UnreadableReason.NO_TEXT_LAYER
        return None
    if is_garbled(_text(content), thresholds):
        return UnreadableReason.GARBLED
    pictured = content.pictured >= quality.scan_share and 0 < len(content.words) < quality.picture_page_words
    if pictured and looks_written(_look(document, number), thresholds, _boxes(content)):
        return UnreadableReason.NO_TEXT_LAYER
    return None


def _look(document: Any, number: int) -> Any:
    """Return a small picture of a page."""
    page = document[number]
    try:
        width, height = page.get_size()
        return page.render(scale=800 / max(width, height, 1.0), grayscale=True).to_pil()
    finally:
        page.close()


def _boxes(content: PageContent) -> list[Box]:
    width, height = max(1.0, content.width), max(1.0, content.height)
    return [(w.left / width, w.top / height, w.right / width, w.bottom / height) for w in content.words]


def _drawn_parts(document: Any, number: int) -> int:
    """Return of how many parts the shapes of a page are: letters turned into shapes have a score each."""
    import pypdfium2.raw as pdfium

    page = document[number]
    try:
        found = 0
        for index in range(min(pdfium.FPDFPage_CountObjects(page.raw), 200)):
            each = pdfium.FPDFPage_GetObject(page.raw, index)
            if pdfium.FPDFPageObj_GetType(each) == pdfium.FPDF_PAGEOBJ_PATH:
                found += pdfium.FPDFPath_CountSegments(each)
        return int(found)
    finally:
        page.close()


# --- reading them ---------------------------------------------------------------------------------


def _recognise(
    document: Any,
    contents: Sequence[PageContent],
    wanted: Sequence[int],
    account: Account,
    thresholds: Thresholds,
    ocr: str,
) -> None:
    """Read the wanted pages by OCR and settle for each whether its own text or that of OCR stands."""
    sound = [_text(content) for number, content in enumerate(contents) if number not in account.unread]
    spoken = language(" ".join(sound), thresholds)
    # A file that takes longer than its worker is given would be lost whole.
    end = time.monotonic() + thresholds.ocr.file_seconds
    for done, number in enumerate(wanted[: thresholds.ocr.pages]):
        if time.monotonic() > end:
            account.warnings.append(f"OCR took too long: {len(wanted) - done} pages were not read by it.")
            break
        image, width = _png(document, number, thresholds)
        page = recognise(image, thresholds, page=number + 1, language=spoken, width=width)
        _settle(number, page, contents[number], account, thresholds, always=ocr == "always")
    if len(wanted) > thresholds.ocr.pages:
        account.warnings.append(f"Only the first {thresholds.ocr.pages} pages that need OCR were read by it.")
    if account.recognised and lacks(spoken, thresholds):
        account.warnings.append(f"OCR has no data for the document's language ({spoken}); install it for tesseract.")


def _settle(
    number: int, page: Recognised, own: PageContent, account: Account, thresholds: Thresholds, *, always: bool
) -> None:
    reason = account.unread.get(number)
    if page.confidence < thresholds.ocr.noise:
        return
    if reason is None and not always:
        # A poor text layer over a picture: the better of the two stands.
        read = " ".join(block.text for block in page.blocks)
        if likeness(read, thresholds) <= likeness(_text(own), thresholds):
            return
    if reason is UnreadableReason.NO_TEXT_LAYER and page.words < len(own.words):
        # OCR sees less than the text says: what looked like writing was an ornament.
        del account.unread[number]
        return
    account.recognised[number] = page
    if page.confidence >= thresholds.ocr.confidence:
        account.unread.pop(number, None)
    else:
        account.unread[number] = UnreadableReason.NO_TEXT_LAYER


def _png(document: Any, number: int, thresholds: Thresholds) -> tuple[bytes, float]:
    """Return a page as a picture, and the width in points that it shows."""
    page = document[number]
    try:
        width, height = page.get_size()
        scale = thresholds.ocr.resolution / 72
        # A page may say that it is as large as a house.
        scale = min(scale, (thresholds.ocr.page_pixels / max(1.0, width * height)) ** 0.5)
        return png(page.render(scale=scale, grayscale=True).to_pil(), thresholds), width
    finally:
        page.close()


def _warnings(account: Account, count: int, thresholds: Thresholds) -> list[str]:
    warnings = []
    read = len(account.recognised)
    if read:
        sure = f"{account.confidence:.0%}"
        warnings.append(
            f"The text of {read} page{'s' if read != 1 else ''} was recognised by OCR and may have errors "
            f"(confidence {sure})."
        )
    bar = thresholds.ocr.confidence
    doubtful = {number: each for number, each in account.recognised.items() if each.confidence < bar}
    if doubtful:
        told = _listed({number: f" ({each.confidence:.0%})" for number, each in doubtful.items()})
        warnings.append(f"OCR was unsure of {len(doubtful)} of {count} pages (page {told}).")
    silent = {number: "" for number in account.unread if number not in account.recognised}
    if silent:
        warnings.append(f"{len(silent)} of {count} pages could not be read (page {_listed(silent)}).")
    return warnings


def _listed(pages: Mapping[int, str]) -> str:
    some = [f"{number + 1}{pages[number]}" for number in sorted(pages)[:10]]
    return ", ".join(some) + (", …" if len(pages) > 10 else "")


def refusal(account: Account, count: int, ocr: str) -> Refusal | None:
    """Return why a PDF of which no page was read is unreadable; None where something was read, or all is blank."""
    if not account.unread or account.recognised or len(account.unread) + len(account.blank) < count:
        return None
    pages = f"{count} page{'s' if count != 1 else ''}"
    if UnreadableReason.GARBLED in account.unread.values():
        detail = f"The text of the PDF ({pages}) comes out as meaningless characters; export it again, or use OCR."
        return Refusal(UnreadableReason.GARBLED, detail)
    if ocr == "never" or not can_ocr():
        how = "allow OCR" if can_ocr() else "install tesseract and allow OCR"
        detail = f"The PDF ({pages}) is a scan without text; {how}, or audit the document it was printed from."
    else:
        detail = f"The PDF ({pages}) holds no text, and OCR found none; audit the document it was printed from."
    return Refusal(UnreadableReason.NO_TEXT_LAYER, detail)
