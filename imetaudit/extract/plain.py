"""Plain text in any encoding, to blocks.

It knows encodings, page breaks and lines that a program has wrapped. It does not know any markup.
"""

from __future__ import annotations

import codecs
import re

from imetaudit.extract.build import Block, Reading, Refusal
from imetaudit.extract.lines import continues, looks_like_list_item, normal_bullet, wrap_width
from imetaudit.extract.sniff import looks_wide
from imetaudit.extract.thresholds import Limits, Lines, Quality, Thresholds
from imetaudit.model import SegmentKind, UnreadableReason

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 1 << 16
_LINE_END = re.compile(r"\r\n?|\x85|\u2028|\u2029|\x0b")


def read_plain(data: bytes, thresholds: Thresholds) -> Reading | Refusal:
    """Read plain text; a form feed begins a page, and without one there are no pages."""
    text, warnings = decode(data, thresholds.quality)
    if is_too_long(text, thresholds.limits):
        return too_long(len(text))
    pages = text.split("\f") if "\f" in text.strip("\f") else [text]
    blocks: list[Block] = []
    for number, page in enumerate(pages, 1):
        blocks += plain_blocks(page, thresholds.lines, page=number if len(pages) > 1 else None)
    return Reading(tuple(blocks), "text", len(pages) if len(pages) > 1 else None, warnings=warnings, typeset=True)


def is_too_long(text: str, limits: Limits) -> bool:
    """Tell whether the text has more characters or lines than are read of one document."""
    return len(text) > limits.text_characters or max(text.count("\n"), text.count("\r")) > limits.text_lines


def too_long(characters: int) -> Refusal:
    """Refuse a text of so many characters."""
    detail = f"The file holds {characters:,} characters, more or in more lines than is read of one document; split it."
    return Refusal(UnreadableReason.TOO_LARGE, detail)


def plain_blocks(text: str, figures: Lines, *, page: int | None = None) -> list[Block]:
    """Part text into paragraphs, list items and lines that stand for themselves."""
    lines = unify_line_ends(text).expandtabs(4).split("\n")
    width = wrap_width(lines, figures)
    blocks: list[Block] = []
    current: list[str] = []

    def flush() -> None:
        if current:
            is_item = looks_like_list_item(current[0])
            kind = SegmentKind.LIST_ITEM if is_item else SegmentKind.PARAGRAPH
            joined = "\n".join(line.strip() for line in current)
            blocks.append(Block(kind, normal_bullet(joined) if is_item else joined, page, int(is_item)))
            current.clear()

    for line in lines:
        if not line.strip():
            flush()
            continue
        if current and not continues(current[-1], line, width, figures):
            flush()
        current.append(line)
    flush()
    return blocks


def unify_line_ends(text: str) -> str:
    """Return the text with every kind of line end as a newline."""
    return _LINE_END.sub("\n", text) if _LINE_END.search(text) else text


def decode(data: bytes, quality: Quality, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Decode text by its mark, by UTF-8, by what it declares, or by its look; return it with warnings.

    Never raises: bytes that cannot be read become replacement characters, which the quality gate counts.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace").removeprefix("\ufeff"), ()
    if looks_wide(data[:_SAMPLE]):
        little = data[1:_SAMPLE:2].count(0) > data[0:_SAMPLE:2].count(0)
        return data.decode("utf-16-le" if little else "utf-16-be", "replace"), ()
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        # One bad byte in a long text: it is UTF-8 with a fault, not another encoding.
        if error.start > 0 and data[: error.start].count(0xC3) > 8:
            return data.decode("utf-8", "replace"), ("Some characters could not be read.",)
    encoding = _declared_or_guessed(data, declared, quality.western_share)
    warning = f"The text does not say its encoding; it was read as {encoding}." if not declared else ""
    return data.decode(encoding, "replace"), (warning,) if warning else ()


def _declared_or_guessed(data: bytes, declared: str | None, western_share: float) -> str:
    for name in (declared, _guess(data, western_share)):
        try:
            # Pages that declare ISO 8859-1 mean its superset, as the WHATWG encoding standard says.
            found = codecs.lookup(name or "").name
            return "cp1252" if found in ("iso8859-1", "ascii") else found
        except LookupError:
            continue
    return "cp1252"


def _guess(data: bytes, western_share: float) -> str | None:
    # The first bytes may be all ASCII: the sample is taken around the first that is not.
    first = re.search(rb"[\x80-\xff]", data)
    start = max(0, (first.start() if first else 0) - 1024)
    sample = data[start : start + _SAMPLE]
    high = sum(byte > 0x7F for byte in sample)
    if high < western_share * len(sample):
        # Where few letters are beyond ASCII the language is Western European, and guesses among its neighbours fail.
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best else None
