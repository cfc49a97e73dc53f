"""PDF files to blocks: pdfium reads, pdfplumber is asked about pages in doubt, tesseract about pictures of text.

It knows how a PDF is opened and which reader a page needs. It does not know reading order or paragraphs.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from imetaudit.extract.build import Block, Reading, Refusal
from imetaudit.extract.ocr import can_ocr, ocr_blocks
from imetaudit.extract.pdfblocks import PageRuns, Paragraphs, joined_over_ends, running_heads, type_of
from imetaudit.extract.pdflayout import read_page
from imetaudit.extract.pdfpage import PageContent, page_content
from imetaudit.extract.pdfruled import read_tables
from imetaudit.extract.pdfruns import Flow, Row, Run, runs_of
from imetaudit.extract.pdfspans import join_tables
from imetaudit.extract.pdftext import Word
from imetaudit.extract.plain import plain_blocks
from imetaudit.extract.quality import is_garbled, stop_word_shares
from imetaudit.extract.thresholds import Thresholds
from imetaudit.model import SegmentKind, UnreadableReason

_PASSWORD_ERROR = 4
"""pdfium's `FPDF_ERR_PASSWORD`."""


def read_pdf(data: bytes, thresholds: Thresholds, *, ocr: str = "auto") -> Reading | Refusal:
    """Read a PDF; `ocr` is `auto`, `never` or `always`."""
    import logging

    import pypdfium2

    # pypdfium2 says on standard error what it cannot do with some forms; what can be read of them is.
    logging.getLogger("pypdfium2").setLevel(logging.CRITICAL)
    warnings: list[str] = []
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_ERROR or "password" in str(error).lower():
            detail = "The PDF has a password; save it without and audit that."
            return Refusal(UnreadableReason.ENCRYPTED, detail)
        contents = list(_second_reading(data, thresholds, None))
        if not contents:
            detail = f"The PDF cannot be opened ({type(error).__name__}); open it in its program and save it again."
            return Refusal(UnreadableReason.DAMAGED, detail)
        return _assembled(contents, {}, len(contents), ["The PDF is damaged; a second reader opened it."], thresholds)
    try:
        count = len(document)
        if count > thresholds.limits.pdf_pages:
            detail = f"The PDF has {count:,} pages, more than are read of one document; split it by course."
            return Refusal(UnreadableReason.TOO_LARGE, detail)
        document.init_forms()
        contents = _contents(document, data, thresholds)
        warnings += _comments(contents)
        unread = _unread(contents, thresholds)
        recognised: dict[int, list[Block]] = {}
        if ocr == "always" or (ocr == "auto" and unread):
            wanted = list(range(count)) if ocr == "always" else list(unread)
            recognised = _recognise(document, wanted, thresholds, warnings)
    finally:
        document.close()
    left = [number for number in unread if not recognised.get(number)]
    if count and len(left) == count:
        return _no_text(UnreadableReason.GARBLED in unread.values(), count, ocr)
    return _assembled(contents, recognised, count, warnings, thresholds, left)


def _comments(contents: list[PageContent]) -> list[str]:
    count = sum(content.comments for content in contents)
    if not count:
        return []
    which = "1 comment of reviewers in the PDF was" if count == 1 else f"{count} comments of reviewers in the PDF were"
    return [f"{which} not read."]


def _no_text(garbled: bool, count: int, ocr: str) -> Refusal:
    pages = f"{count} page{'s' if count != 1 else ''}"
    if garbled:
        detail = f"The text of the PDF ({pages}) comes out as meaningless characters; export it again, or use OCR."
        return Refusal(UnreadableReason.GARBLED, detail)
    if ocr == "never" or not can_ocr():
        how = "allow OCR" if can_ocr() else "install tesseract and allow OCR"
        detail = f"The PDF ({pages}) is a scan without text; {how}, or audit the document it was printed from."
    else:
        detail = f"The PDF ({pages}) holds no text, and OCR found none; audit the document it was printed from."
    return Refusal(UnreadableReason.NO_TEXT_LAYER, detail)


# --- pages ----------------------------------------------------------------------------------------


def _contents(document: Any, data: bytes, thresholds: Thresholds) -> list[PageContent]:
    contents: list[PageContent] = []
    in_doubt: list[int] = []
    characters = 0
    for number in range(len(document)):
        page = document[number]
        try:
            content = page_content(page, thresholds)
        finally:
            page.close()
        characters += sum(len(word.text) for word in content.words) + len(content.flat)
        # Enough to refuse the whole as too large; the rest need not be read.
        if characters > thresholds.limits.text_characters:
            break
        if _little_text(content, thresholds) and content.marks > thresholds.quality.silent_marks:
            in_doubt.append(number)
        contents.append(content)
    if in_doubt:
        for number, second in zip(in_doubt, _second_reading(data, thresholds, in_doubt), strict=False):
            if len(second.words) > len(contents[number].words):
                contents[number] = second
    return contents


def _little_text(content: PageContent, thresholds: Thresholds) -> bool:
    least = thresholds.quality.page_text_characters
    # Every word has a character: no more words than that need be counted.
    return not content.flat and sum(len(word.text) for word in content.words[:least]) < least


def _second_reading(data: bytes, thresholds: Thresholds, numbers: list[int] | None) -> Iterator[PageContent]:
    """Yield the pages as pdfplumber reads them, with the given 0-based numbers or all; nothing where it fails."""
    import logging

    import pdfplumber

    # pdfminer logs pieces of the files that it stumbles on.
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            wanted = range(len(document.pages)) if numbers is None else numbers
            for number in wanted[: thresholds.limits.pdf_pages]:
                page = document.pages[number]
                found = page.extract_words(x_tolerance_ratio=thresholds.pdf.word_gap, extra_attrs=["fontname", "size"])
                words = tuple(_plumbed(word) for word in found)
                yield PageContent(
                    float(page.width), float(page.height), words, (), float(bool(page.images)), len(found)
                )
                page.close()
    except Exception:
        # The second reader is asked only where the first has failed: what it cannot read either stays unread.
        return


def _plumbed(word: dict[str, Any]) -> Word:
    left, top, right, bottom = (float(word[side]) for side in ("x0", "top", "x1", "bottom"))
    bold = "bold" in str(word["fontname"]).lower()
    return Word(str(word["text"]), left, top, right, bottom, round(top), round(float(word["size"]), 1), bold)


def _unread(contents: list[PageContent], thresholds: Thresholds) -> dict[int, UnreadableReason]:
    """Return, by 0-based number, the pages that show something and give no text, or none that means anything."""
    unread: dict[int, UnreadableReason] = {}
    for number, content in enumerate(contents):
        if _little_text(content, thresholds):
            scanned = content.pictured >= thresholds.quality.scan_share
            silent = not content.words and (content.pictured or content.marks > thresholds.quality.silent_marks)
            if scanned or silent:
                unread[number] = UnreadableReason.NO_TEXT_LAYER
        elif content.words:
            text = " ".join(word.text for word in content.words[:1000])
            if is_garbled(text, stop_word_shares(text, thresholds), thresholds):
                unread[number] = UnreadableReason.GARBLED
    return unread


def _recognise(
    document: Any, numbers: list[int], thresholds: Thresholds, warnings: list[str]
) -> dict[int, list[Block]]:
    if not can_ocr():
        return {}
    recognised: dict[int, list[Block]] = {}
    for number in numbers[: thresholds.ocr.pages]:
        page = document[number]
        buffer = io.BytesIO()
        page.render(scale=thresholds.ocr.resolution / 72, grayscale=True).to_pil().save(buffer, "PNG")
        page.close()
        recognised[number] = ocr_blocks(buffer.getvalue(), thresholds, page=number + 1)
    if any(recognised.values()):
        read = sum(map(bool, recognised.values()))
        warnings.append(f"The text of {read} page{'s' if read != 1 else ''} was recognised by OCR and may have errors.")
    if len(numbers) > thresholds.ocr.pages:
        warnings.append(f"Only the first {thresholds.ocr.pages} pages without text were read by OCR.")
    return recognised


# --- assembly -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Laid:
    page: PageRuns
    grids: list[list[Row]]
    turned: list[list[Run]]
    """Runs that stand another way than the page, by their turn."""


def _assembled(
    contents: list[PageContent],
    recognised: dict[int, list[Block]],
    count: int,
    warnings: list[str],
    thresholds: Thresholds,
    unread: list[int] | None = None,
) -> Reading:
    laid = [_lay(number, content, thresholds) for number, content in enumerate(contents, 1)]
    pages = [each.page for each in laid]
    look = type_of(pages, thresholds)
    heads = running_heads(pages, look.body, thresholds)
    paragraphs = Paragraphs(look, thresholds)
    skipped = set(unread or ())
    blocks: list[Block] = []
    for number, each in enumerate(laid):
        if recognised.get(number):
            blocks += recognised[number]
        elif number in skipped:
            continue
        elif contents[number].flat:
            blocks += plain_blocks(contents[number].flat, thresholds.lines, page=number + 1)
        else:
            blocks += _page_blocks(each, heads.get(number + 1, {}), paragraphs, thresholds)
    if skipped:
        some = ", ".join(str(number + 1) for number in sorted(skipped)[:10]) + (", …" if len(skipped) > 10 else "")
        warnings = [*warnings, f"{len(skipped)} of {count} pages could not be read (page {some})."]
    share = 1 - len(skipped) / count if count else 1.0
    extractor = (
        "ocr" if recognised and not any(c.words for n, c in enumerate(contents) if n not in recognised) else "pdf"
    )
    ordered = join_tables(joined_over_ends(blocks))
    return Reading(tuple(ordered), extractor, count, round(share, 4), tuple(warnings), typeset=True)


def _lay(number: int, content: PageContent, thresholds: Thresholds) -> _Laid:
    # A turned line in a cell, such as the head of a narrow column, belongs to its table; others stand apart.
    turned = {id(line.whole): line for line in content.turned}
    words = [*content.words, *(line.whole for line in content.turned)] if turned else content.words
    found = read_tables(words, content.rules, thresholds)
    outside, aside = found.outside, dict[int, list[Word]]()
    if turned:
        outside = [word for word in found.outside if id(word) not in turned]
        for word in found.outside:
            if id(word) in turned:
                aside.setdefault(turned[id(word)].turn, []).extend(turned[id(word)].words)
    runs = (*runs_of(outside, thresholds.pdf), *found.runs)
    others = [runs_of(aside[turn], thresholds.pdf) for turn in sorted(aside)]
    return _Laid(PageRuns(number, content.width, content.height, runs), found.tables, others)


def _page_blocks(
    laid: _Laid, heads: dict[int, SegmentKind], paragraphs: Paragraphs, thresholds: Thresholds
) -> list[Block]:
    body = [run for place, run in enumerate(laid.page.runs) if place not in heads]
    flows: list[Flow] = read_page(body, laid.grids, thresholds.pdf)
    for runs in laid.turned:
        flows += read_page(runs, [], thresholds.pdf)
    blocks = paragraphs.page_blocks(flows, laid.page.number)
    running = [(heads[place], laid.page.runs[place]) for place in sorted(heads)]
    for kind in (SegmentKind.HEADER, SegmentKind.FOOTER):
        for each, run in running:
            if each is kind:
                box = (round(run.left, 1), round(run.top, 1), round(run.right, 1), round(run.bottom, 1))
                blocks.append(Block(kind, run.text, laid.page.number, box=box))
    return blocks
