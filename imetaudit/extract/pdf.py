"""PDF files to blocks: pdfium reads, pdfplumber is asked about pages in doubt, tesseract about pictures of text.

It knows how a PDF is opened and which reader a page needs. It does not know reading order or paragraphs.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from imetaudit.extract.build import Block, Reading, Refusal
from imetaudit.extract.pdfblocks import PageRuns, Paragraphs, joined_over_ends, running_heads, type_of
from imetaudit.extract.pdflayout import read_page
from imetaudit.extract.pdfpage import PageContent, page_content
from imetaudit.extract.pdfruled import read_tables
from imetaudit.extract.pdfruns import Row, Run, runs_of
from imetaudit.extract.pdfsheet import Sheet, boxes_as_shown, rounded
from imetaudit.extract.pdfsilence import broken_pictures, why_silent
from imetaudit.extract.pdfspans import join_tables
from imetaudit.extract.pdftext import Word
from imetaudit.extract.plain import plain_blocks
from imetaudit.extract.recount import count_words
from imetaudit.extract.scans import Account, little_text, read_scans, refusal
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
        account = Account(warnings=["The PDF is damaged; a second reader opened it."])
        return _assembled(contents, account, len(contents), thresholds)
    try:
        count = len(document)
        if count > thresholds.limits.pdf_pages:
            detail = f"The PDF has {count:,} pages, more than are read of one document; split it by course."
            return Refusal(UnreadableReason.TOO_LARGE, detail)
        document.init_forms()
        contents = _contents(document, data, thresholds)
        silent = why_silent(document, data, contents)
        if silent:
            return silent
        account = read_scans(document, contents, thresholds, ocr)
        silent = broken_pictures(document, contents, thresholds.limits) if len(account.blank) == count else None
        if silent:
            return silent
    finally:
        document.close()
    account.warnings += _comments(contents)
    return refusal(account, count, ocr) or _assembled(contents, account, count, thresholds)


def _comments(contents: list[PageContent]) -> list[str]:
    count = sum(content.comments for content in contents)
    if not count:
        return []
    which = "1 comment of reviewers in the PDF was" if count == 1 else f"{count} comments of reviewers in the PDF were"
    return [f"{which} not read."]


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
        # A page of thousands of shapes is a drawing, on which the second reader would spend minutes.
        silent, drawn = thresholds.quality.silent_marks, thresholds.limits.pdf_page_objects // 4
        if little_text(content, thresholds) and silent < content.marks < drawn:
            in_doubt.append(number)
        contents.append(content)
    if in_doubt:
        for number, second in zip(in_doubt, _second_reading(data, thresholds, in_doubt), strict=False):
            if len(second.words) > len(contents[number].words):
                contents[number] = second
    return contents


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


# --- assembly -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Laid:
    page: PageRuns
    grids: list[list[Row]]
    turned: list[tuple[int, list[Run]]]
    """Runs that stand another way than the page, with their quarter turns against the clock from the others."""
    sheet: Sheet


def _assembled(contents: list[PageContent], account: Account, count: int, thresholds: Thresholds) -> Reading:
    laid = [_lay(number, content, thresholds) for number, content in enumerate(contents, 1)]
    pages = [each.page for each in laid]
    look = type_of(pages, thresholds)
    heads = running_heads(pages, look.body, thresholds)
    paragraphs = Paragraphs(look, thresholds)
    blocks: list[Block] = []
    for number, each in enumerate(laid):
        if account.replaces(number):
            blocks += account.blocks(number)
        elif contents[number].flat:
            blocks += plain_blocks(contents[number].flat, thresholds.lines, page=number + 1)
        else:
            blocks += _page_blocks(each, heads.get(number + 1, {}), paragraphs, thresholds)
    only_ocr = account.recognised and not any(
        content.words for number, content in enumerate(contents) if number not in account.recognised
    )
    turned = frozenset(each.page.number for each in laid if each.sheet.turn or each.turned)
    return Reading(
        tuple(boxes_as_shown(join_tables(joined_over_ends(blocks)), turned)),
        "ocr" if only_ocr else "pdf",
        count,
        account.share(count),
        tuple(account.warnings),
        typeset=True,
        ocr_confidence=account.confidence,
        recounted=_recounted(contents, account),
    )


def _recounted(contents: list[PageContent], account: Account) -> int:
    """Count the words of the pages' bare text, as it was before layout, and of what OCR has read."""
    bare = [_bare(content) for number, content in enumerate(contents) if not account.replaces(number)]
    return sum(map(count_words, bare)) + sum(
        count_words(block.text) for number in account.recognised for block in account.blocks(number)
    )


def _bare(content: PageContent) -> str:
    words = " ".join(word.text for word in content.words)
    # A hyphen at a line's end: the halves are one word, as they are in what is read.
    return content.flat or words.replace("\ufffe ", "").replace("\ufffe", "")


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
    others = [(turn - content.turn, runs_of(aside[turn], thresholds.pdf)) for turn in sorted(aside)]
    sheet = Sheet(number, content.width, content.height, (content.shown - content.turn) % 4)
    return _Laid(PageRuns(number, content.width, content.height, runs), found.tables, others, sheet)


def _page_blocks(
    laid: _Laid, heads: dict[int, SegmentKind], paragraphs: Paragraphs, thresholds: Thresholds
) -> list[Block]:
    body = [run for place, run in enumerate(laid.page.runs) if place not in heads]
    flows = [(laid.sheet, flow) for flow in read_page(body, laid.grids, thresholds.pdf)]
    for turn, runs in laid.turned:
        flows += [(laid.sheet.turned(turn), flow) for flow in read_page(runs, [], thresholds.pdf)]
    blocks = paragraphs.page_blocks(flows)
    running = [(heads[place], laid.page.runs[place]) for place in sorted(heads)]
    for kind in (SegmentKind.HEADER, SegmentKind.FOOTER):
        for each, run in running:
            if each is kind:
                lines = (laid.sheet.printed([run]),)
                blocks.append(Block(kind, run.text, laid.page.number, box=rounded(run.box), lines=lines))
    return blocks
