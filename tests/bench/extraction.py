"""The measures of extraction: speed beside peers, memory, and the words that another program finds.

The same files are read by both readers of a ratio, in the same run, each in a process of its own; so the ratios hold
on other machines and the seconds do not.
"""

from __future__ import annotations

import functools
import shutil
from collections.abc import Sequence
from pathlib import Path

from bench.measures import Cost, Measure, best, cost
from bench.pdf_words import agreement, ours, theirs
from imetaudit.datafile import sample_dir
from imetaudit.extract import extract_file
from imetaudit.model import Document

SHARED = Path(__file__).parents[3] / "shared" / "corpus"
FASTER_THAN_PDFPLUMBER, SLOWER_THAN_DUMP, FASTER_THAN_DOCX = 15, 3, 6
PEAK, FOUND_MEDIAN, FOUND_DECILE = 300, 0.99, 0.97
_LEAST_WORDS = 20
_PEAK_FILES = 40  # the largest files of all; a peak is never in a small one


def corpus(given: Path | None) -> list[Path]:
    """Return the files to measure with: of a folder, or of the corpus where it is at hand, or of the sample school."""
    folder = given or (SHARED / "dev" if SHARED.is_dir() else sample_dir())
    return sorted(path for path in folder.rglob("*") if path.is_file())


def extraction(files: Sequence[Path]) -> list[Measure]:
    """Take all measures; one that needs a program or files that are not at hand says so."""
    readable = [path for path in files if isinstance(extract_file(path, ocr="never"), Document)]
    pdfs = [path for path in readable if path.suffix.lower() == ".pdf"]
    words = [path for path in readable if path.suffix.lower() == ".docx"]
    measures = [*_pdf(pdfs)] if pdfs else [Measure("PDF", "", "no PDF here")]
    measures += [_docx(words)] if words else [Measure("DOCX", "", "no DOCX here")]
    return [*measures, _peak(files), *_words(pdfs)]


def _pdf(files: Sequence[Path]) -> list[Measure]:
    read, dump, peer = best("imetaudit", files, 3), best("pypdfium2", files, 3), cost("pdfplumber", files)
    faster = _speed(read) / _speed(peer)
    slower = read.seconds / max(dump.seconds, 1e-9)
    return [
        Measure(
            f"PDF: pages a second of a processor, beside pdfplumber's text and tables ({len(files)} files, {read.pages} pages)",
            f"at least {FASTER_THAN_PDFPLUMBER} times",
            f"{faster:.1f} times ({_speed(read):,.0f} and {_speed(peer):,.0f})",
            faster >= FASTER_THAN_PDFPLUMBER,
        ),
        Measure(
            "PDF: processor time, beside a bare dump of the text by pypdfium2",
            f"at most {SLOWER_THAN_DUMP} times",
            f"{slower:.2f} times ({read.seconds:.2f} s and {dump.seconds:.2f} s)",
            slower <= SLOWER_THAN_DUMP,
        ),
    ]


def _speed(of: Cost) -> float:
    return of.pages / max(of.seconds, 1e-9)


def _docx(files: Sequence[Path]) -> Measure:
    read, peer = best("imetaudit", files, 3), best("python-docx", files, 3)
    faster = peer.seconds / max(read.seconds, 1e-9)
    return Measure(
        f"DOCX: speed beside python-docx's walk over body, tables and headers ({len(files)} files)",
        f"at least {FASTER_THAN_DOCX} times",
        f"{faster:.1f} times ({read.seconds:.2f} s and {peer.seconds:.2f} s)",
        faster >= FASTER_THAN_DOCX,
    )


def _peak(files: Sequence[Path]) -> Measure:
    """Read the largest files, one process each, and return the highest peak."""
    largest = sorted(files, key=lambda path: (-path.stat().st_size, path))[:_PEAK_FILES]
    peaks = {path: cost("imetaudit", [path]).peak for path in largest}
    worst = max(peaks, key=lambda path: (peaks[path], path))
    return Measure(
        f"Memory at most, one process a file ({len(largest)} largest of {len(files)} files)",
        f"below {PEAK} MB",
        f"{peaks[worst]:.0f} MB ({worst.name})",
        peaks[worst] < PEAK,
    )


def _words(files: Sequence[Path]) -> list[Measure]:
    what = "PDF: words that pdftotext finds and the program finds too"
    if not shutil.which("pdftotext"):
        return [Measure(what, "", "pdftotext is not installed")]
    found = sorted(share for path in files if (share := _found(path)) is not None)
    if not found:
        return [Measure(what, "", "no PDF with enough words")]
    median, decile = found[len(found) // 2], found[len(found) // 10]
    return [
        Measure(
            f"{what}, median of {len(found)} files",
            f"at least {FOUND_MEDIAN:.0%}", f"{median:.2%}", median >= FOUND_MEDIAN,
        ),
        Measure(
            f"{what}, worst decile",
            f"at least {FOUND_DECILE:.0%}", f"{decile:.2%}", decile >= FOUND_DECILE,
        ),
    ]  # fmt: skip


@functools.cache
def _found(path: Path) -> float | None:
    """Return the share of poppler's words that the program finds; None for a file with few."""
    their = theirs(path)
    if their is None or len(their) < _LEAST_WORDS:
        return None
    return agreement(path, their, ours(path) or ()).found
