"""Files that are pictures, and Word or OpenDocument files that are little else, through OCR.

It knows where such files keep their pictures and how to weigh what was read of them. It does not recognise
characters, and does not know paragraphs or styles.
"""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from imetaudit.extract.build import Block, Reading, Refusal
from imetaudit.extract.looks import frames, is_blank, looks_written, png
from imetaudit.extract.ocr import can_ocr, recognise
from imetaudit.extract.thresholds import Thresholds
from imetaudit.model import UnreadableReason

_MEDIA = re.compile(r"(?:word/media|Pictures|media)/[^/]+\.(?:png|jpe?g|tiff?|gif|bmp|webp)$", re.IGNORECASE)
_NUMBERS = re.compile(r"\d+")


@dataclass
class _Account:
    """What was read of a row of pictures."""

    blocks: list[Block] = field(default_factory=list)
    sure: list[float] = field(default_factory=list)
    read: int = 0
    written: int = 0
    """How many are not blank."""
    warnings: list[str] = field(default_factory=list)

    @property
    def confidence(self) -> float | None:
        return round(sum(self.sure) / len(self.sure), 4) if self.sure else None


def read_image(data: bytes, thresholds: Thresholds, *, allowed: bool) -> Reading | Refusal:
    """Read a picture, or the pages of a TIFF, by OCR; or say why not."""
    if not allowed or not can_ocr():
        how = "allow OCR" if can_ocr() else "install tesseract and allow OCR"
        detail = f"The file is a picture without text; {how}, or audit a document with text."
        return Refusal(UnreadableReason.NO_TEXT_LAYER, detail)
    try:
        account = _read(frames(data, thresholds), thresholds, paged=True)
    except ValueError:
        detail = "The picture has more pixels than are read; scan it at 200 to 300 dots per inch, as a PDF."
        return Refusal(UnreadableReason.TOO_LARGE, detail)
    if not account.blocks:
        return Refusal(UnreadableReason.NO_TEXT_LAYER, "OCR found no text in the picture; audit a better scan.")
    share = round(account.read / account.written, 4)
    return Reading(
        tuple(account.blocks), "ocr", max(1, account.written), share, tuple(account.warnings), typeset=True,
        ocr_confidence=account.confidence,
    )  # fmt: skip


def with_pictures(reading: Reading, data: bytes, thresholds: Thresholds, *, allowed: bool) -> Reading | Refusal:
    """Return the reading of a Word or OpenDocument file with the text of its pages that are pictures.

    A file with words enough for its large pictures comes back as it is. What OCR reads stands behind the text.
    """
    figures = thresholds.pictures
    words = sum(len(" ".join((block.text, *block.cells)).split()) for block in reading.blocks)
    media = _media(data)
    # Most files have no picture, or more words than it would take a look at them to find.
    if not media or words >= figures.document_page_words * len(media):
        return reading
    pages = [picture for picture in _large(data, media, thresholds) if looks_written(picture, thresholds)]
    if not pages or words >= figures.document_page_words * len(pages):
        return reading
    account = _Account(written=len(pages))
    if allowed and can_ocr():
        account = _read(pages, thresholds, paged=False)
    own = words / figures.page_words
    share = (own + account.read) / (own + account.written)
    warnings = list(account.warnings)
    unread = account.written - account.read
    if unread:
        if not account.blocks and words < thresholds.quality.scan_words:
            how = "OCR found no text in them" if allowed and can_ocr() else "install tesseract and allow OCR"
            detail = f"The document holds {unread} pages that are pictures; {how}, or audit the text they show."
            return Refusal(UnreadableReason.NO_TEXT_LAYER, detail)
        warnings.append(f"{unread} pictures that look like pages of text could not be read.")
    return replace(
        reading,
        blocks=(*reading.blocks, *account.blocks),
        readable_share=round(min(reading.readable_share, share), 4),
        warnings=(*reading.warnings, *warnings),
        ocr_confidence=account.confidence,
    )


def _media(data: bytes) -> list[str]:
    """Return the names of a package's pictures, in the order in which programs number them."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = [name for name in package.namelist() if _MEDIA.search(name)]
    return sorted(names, key=lambda name: ([int(number) for number in _NUMBERS.findall(name)], name))


def _large(data: bytes, names: Sequence[str], thresholds: Thresholds) -> Iterator[Any]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in names[: 2 * thresholds.ocr.pages]:
            if package.getinfo(name).file_size > thresholds.limits.file_bytes:
                continue
            try:
                for picture in frames(package.read(name), thresholds):
                    if picture.width * picture.height >= thresholds.pictures.document_pixels:
                        yield picture
            except (OSError, ValueError, SyntaxError):
                # A picture that cannot be opened shows nothing to a person either, or is no page of text.
                continue


def _read(pictures: Iterable[Any], thresholds: Thresholds, *, paged: bool) -> _Account:
    account = _Account()
    ocr = thresholds.ocr
    end = time.monotonic() + ocr.file_seconds
    unsure = skipped = 0
    for number, picture in enumerate(pictures, 1):
        if is_blank(picture, thresholds):
            continue
        account.written += 1
        if number > ocr.pages or time.monotonic() > end:
            skipped += 1
            continue
        page = recognise(png(picture, thresholds), thresholds, page=number if paged else None)
        if page.confidence < ocr.noise:
            continue
        account.blocks += page.blocks
        account.sure.append(page.confidence)
        account.read += page.confidence >= ocr.confidence
        unsure += page.confidence < ocr.confidence
    if account.blocks:
        account.warnings.append(
            f"The text was recognised by OCR and may have errors (confidence {account.confidence:.0%})."
        )
    if unsure:
        account.warnings.append(f"OCR was unsure of {unsure} of {account.written} pages.")
    if skipped:
        account.warnings.append(f"{skipped} of {account.written} pages were not read: OCR would take too long.")
    return account
