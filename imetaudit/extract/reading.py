"""One file to a document, or to the reason why not.

It knows the order of the steps: bytes, sniffing, reader, offsets, quality gate; and it is the one place where a
reader's failure is caught. It does not know any format, and does not guard against readers that hang or eat memory:
the worker pool does.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from imetaudit.errors import ImetauditError, UsageError
from imetaudit.extract.build import Reading, Refusal
from imetaudit.extract.faults import lacks_memory, refusal_for, too_much_memory
from imetaudit.extract.gate import admit
from imetaudit.extract.loading import digest_of, load
from imetaudit.extract.members import Members, TableRow, load_member, may_hold_members, members_of, part
from imetaudit.extract.recount import recount
from imetaudit.extract.sniff import SUFFIXES, Format, Sniffed, sniff
from imetaudit.extract.thresholds import Thresholds, load_thresholds
from imetaudit.model import MEMBER, Document, Unreadable, UnreadableReason

_OCR_MODES = ("auto", "never", "always")
_REFUSED = {
    Format.ENCRYPTED: UnreadableReason.ENCRYPTED,
    Format.DAMAGED: UnreadableReason.DAMAGED,
    Format.UNSUPPORTED: UnreadableReason.UNSUPPORTED,
    Format.ARCHIVE: UnreadableReason.UNSUPPORTED,
}


_WHOLE = frozenset({Format.DOCX, Format.ODT, Format.PPTX})
"""Formats that never hold several syllabi which are read by names of their own."""


def extract_file(
    path: Path, *, name: str | None = None, ocr: str = "auto", thresholds: Path | None = None
) -> Document | Unreadable:
    """Read a syllabus file into a document, or say why it cannot be read; bad content never raises.

    Args:
        path: The file, or a member of one that holds several syllabi: `archive.zip!/course.docx`.
        name: What the document is to be called: its path relative to the audited folder, with forward slashes.
            By default the file's name.
        ocr: `auto` reads pages without a text layer by OCR where tesseract is installed; `never` leaves them
            unread; `always` reads every page of a PDF by OCR, for text layers that cannot be trusted.
        thresholds: Another `extraction.yaml` than the one that comes with the program.

    Raises:
        UsageError: `ocr` is not one of the three words.
        DataFileError: The thresholds have faults.
    """
    try:
        return read_file(path, name=name, ocr=ocr, thresholds=thresholds)
    except MemoryError:
        figures = load_thresholds(thresholds)
        refusal = too_much_memory(figures.limits)
        digest = digest_of(Path(path), figures.limits)
        return Unreadable(name or Path(path).name, digest, None, refusal.reason, refusal.detail)


def read_file(
    path: Path, *, name: str | None = None, ocr: str = "auto", thresholds: Path | None = None
) -> Document | Unreadable:
    """Read a file as `extract_file` does, for a worker, which must know when its memory was not enough.

    Raises:
        MemoryError: Reading takes more memory than the process may have.
        UsageError: `ocr` is not one of the three words.
        DataFileError: The thresholds have faults.
    """
    if ocr not in _OCR_MODES:
        raise UsageError(f"--ocr {ocr}: not known; give one of {', '.join(_OCR_MODES)}")
    figures = load_thresholds(thresholds)
    path = Path(path)
    member = None if os.path.lexists(path) else part(path)
    if name is None:
        name = f"{member[0].name}{MEMBER}{member[1]}" if member else path.name
    loaded = _load_member(*member, thresholds) if member else load(path, figures.limits)
    if isinstance(loaded, Refusal):
        return Unreadable(name, None, None, loaded.reason, loaded.detail)
    if isinstance(loaded, TableRow):
        return _judged(loaded.reading, loaded.sha256, name, loaded.table, "", figures)
    data, digest = loaded
    sniffed = _sniffed(data, path.suffix.lower()) if data else None
    whole = member or (sniffed and sniffed.format in _WHOLE)
    several = None if whole else _several(path, thresholds)
    if several:
        return Unreadable(name, digest, None, several.reason, several.detail)
    if data is None or digest is None:
        detail = f"The file is larger than the {figures.limits.file_bytes >> 20} MiB that are read; split or shrink it."
        return Unreadable(name, digest, None, UnreadableReason.TOO_LARGE, detail)
    if not data.strip(b"\0 \t\r\n"):
        return Unreadable(name, digest, None, UnreadableReason.EMPTY, "The file is empty; ask for it again.")
    return _read(data, digest, name, path.suffix.lower(), ocr, figures, sniffed)


def _sniffed(data: bytes, suffix: str) -> Sniffed | None:
    try:
        return sniff(data, suffix)
    except Exception:  # whatever is wrong with the file is told when it is read
        return None


def _load_member(file: Path, name: str, thresholds: Path | None) -> tuple[bytes, str] | TableRow | Refusal:
    member = load_member(file, name, thresholds)
    return (member, hashlib.sha256(member).hexdigest()) if isinstance(member, bytes) else member


def _several(path: Path, thresholds: Path | None) -> Refusal | None:
    """Return why a file of several syllabi is not one document; None for any other file."""
    held = members_of(path, thresholds) if may_hold_members(path) else Members()
    if held.refusal or not held.members:
        return held.refusal
    count, first = len(held.members), f"{path.name}{MEMBER}{held.members[0].name}"
    return Refusal(
        UnreadableReason.UNSUPPORTED, f"The file holds syllabi ({count}) that are read by their names, such as {first}."
    )


def _read(
    data: bytes, digest: str, name: str, suffix: str, ocr: str, figures: Thresholds, sniffed: Sniffed | None
) -> Document | Unreadable:
    try:
        sniffed = sniffed or sniff(data, suffix)
        reading = _reader(sniffed, ocr)(data, figures)
        reading = _looked_over(reading, data, sniffed, ocr, figures)
        if isinstance(reading, Reading):
            return _judged(reading, digest, name, sniffed, suffix, figures)
        return Unreadable(name, digest, sniffed.media_type, reading.reason, reading.detail)
    except ImetauditError:
        raise
    except Exception as error:
        if lacks_memory(error):
            raise MemoryError from error
        refusal = refusal_for(error)
        return Unreadable(name, digest, sniffed.media_type if sniffed else None, refusal.reason, refusal.detail)


def _reader(sniffed: Sniffed, ocr: str) -> Callable[[bytes, Thresholds], Reading | Refusal]:
    # Each reader is imported only when a file needs it: PDF and XML libraries take time to load.
    match sniffed.format:
        case Format.PDF:
            from imetaudit.extract.pdf import read_pdf

            return lambda data, figures: read_pdf(data, figures, ocr=ocr)
        case Format.DOCX:
            from imetaudit.extract.docx import read_docx as reader
        case Format.ODT:
            from imetaudit.extract.odt import read_odt as reader
        case Format.PPTX:
            from imetaudit.extract.pptx import read_pptx as reader
        case Format.DOC | Format.PPT | Format.ODP as held:
            from imetaudit.extract.libreoffice import read_through_libreoffice

            return lambda data, figures: read_through_libreoffice(data, figures, held)
        case Format.RTF:
            from imetaudit.extract.rtf import read_rtf as reader
        case Format.HTML:
            from imetaudit.extract.html import read_html as reader
        case Format.MARKDOWN:
            from imetaudit.extract.markdown import read_markdown as reader
        case Format.TEXT:
            from imetaudit.extract.plain import read_plain as reader
        case Format.IMAGE:
            from imetaudit.extract.pictures import read_image

            return lambda data, figures: read_image(data, figures, allowed=ocr != "never")
        case Format.XLSX | Format.XLS | Format.ODS | Format.CSV as table:
            from imetaudit.extract.tabular import read_tables

            return lambda data, figures: read_tables(data, table, figures)
        case refused:
            refusal = Refusal(_REFUSED[refused], sniffed.detail)
            return lambda _data, _figures: refusal
    return reader


def _looked_over(
    reading: Reading | Refusal, data: bytes, sniffed: Sniffed, ocr: str, figures: Thresholds
) -> Reading | Refusal:
    """Add what a second look at the file's bytes finds: pages that are pictures, and how many words there are."""
    if sniffed.format in (Format.DOCX, Format.ODT, Format.PPTX) and data.startswith(b"PK"):
        from imetaudit.extract.pictures import with_pictures

        bare = reading if isinstance(reading, Reading) else Reading((), sniffed.format.value)
        if isinstance(reading, Refusal) and reading.reason is not UnreadableReason.NO_TEXT_LAYER:
            return reading
        # A deck has few words a slide and many pictures; only one that is nothing else is read by its pictures.
        if isinstance(reading, Refusal) or sniffed.format is not Format.PPTX:
            pictured = with_pictures(bare, data, figures, allowed=ocr != "never")
            found = isinstance(pictured, Reading) and pictured.blocks
            reading = pictured if found or isinstance(reading, Reading) else reading
    if isinstance(reading, Refusal) or reading.recounted is not None:
        return reading
    return replace(reading, recounted=recount(data, sniffed.format))


def _judged(
    reading: Reading, digest: str, name: str, sniffed: Sniffed, suffix: str, figures: Thresholds
) -> Document | Unreadable:
    admitted = admit(reading, figures)
    if isinstance(admitted, Refusal):
        return Unreadable(name, digest, sniffed.media_type, admitted.reason, admitted.detail)
    return Document(
        path=name,
        sha256=digest,
        media_type=sniffed.media_type,
        extractor=reading.extractor,
        text=admitted.text,
        segments=admitted.segments,
        lines=admitted.lines,
        pages=reading.pages,
        language=admitted.language,
        readable_share=admitted.readable_share,
        warnings=(*_suffix_warning(sniffed, suffix), *admitted.warnings),
        ocr_confidence=reading.ocr_confidence,
    )


def _suffix_warning(sniffed: Sniffed, suffix: str) -> tuple[str, ...]:
    promised = SUFFIXES.get(suffix, sniffed.format)
    both_text = {promised, sniffed.format} <= {Format.TEXT, Format.MARKDOWN}
    if promised is sniffed.format or both_text:
        return ()
    return (f"The file is named {suffix} but holds {sniffed.format}; it was read as what it holds.",)
