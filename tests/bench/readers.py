"""The readers that are measured, ours and peers', each run in a process of its own.

    python tests/bench/readers.py READER FILE_LIST

It reads every file of the list, after a first one that loads the libraries, and prints JSON: processor seconds, pages
(of PDFs, else 0), files read, and the peak of memory in MiB. It does not compare.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

try:
    import resource
except ImportError:
    raise SystemExit("the benchmark measures processor time and memory as POSIX systems tell them") from None


def imetaudit(path: Path) -> int:
    """Read a file with the program, without OCR; return its pages."""
    from imetaudit.extract import extract_file
    from imetaudit.model import Document

    document = extract_file(path, ocr="never")
    return (document.pages or 0) if isinstance(document, Document) else 0


def pypdfium2_text(path: Path) -> int:
    """Dump the text of a PDF with pypdfium2 alone; return its pages."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path.read_bytes())
    for page in document:
        text_page = page.get_textpage()
        text_page.get_text_range(errors="replace")
        text_page.close()
        page.close()
    count = len(document)
    document.close()
    return count


def pdfplumber_text_and_tables(path: Path) -> int:
    """Read text and tables of a PDF with pdfplumber; return its pages."""
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_text()
            page.extract_tables()
            page.close()
        return len(document.pages)


def python_docx(path: Path) -> int:
    """Walk body, tables, headers and footers of a Word document with python-docx; return 0."""
    import docx
    from docx.table import Table

    def walk(container: object) -> int:
        length = 0
        for block in container.iter_inner_content():  # type: ignore[attr-defined]
            if isinstance(block, Table):
                length += sum(walk(cell) for row in block.rows for cell in row.cells)
            else:
                length += len(block.text) + len(block.style.name or "")
        return length

    document = docx.Document(str(path))
    walk(document)
    for section in document.sections:
        walk(section.header)
        walk(section.footer)
    return 0


READERS: dict[str, Callable[[Path], int]] = {
    "imetaudit": imetaudit,
    "pypdfium2": pypdfium2_text,
    "pdfplumber": pdfplumber_text_and_tables,
    "python-docx": python_docx,
}


def run(reader: Callable[[Path], int], files: Sequence[Path]) -> dict[str, float]:
    """Read all files and return what it cost; a file on which a peer raises counts its time and not its pages."""
    _tried(reader, files[0])
    begin, pages, read = time.process_time(), 0, 0
    for path in files:
        count = _tried(reader, path)
        pages += count or 0
        read += count is not None
    seconds = time.process_time() - begin
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    return {"seconds": seconds, "pages": pages, "files": read, "peak": peak}


def _tried(reader: Callable[[Path], int], path: Path) -> int | None:
    try:
        return reader(path)
    except Exception:
        return None


if __name__ == "__main__":
    listed = Path(sys.argv[2]).read_text(encoding="utf-8").splitlines()
    print(json.dumps(run(READERS[sys.argv[1]], [Path(line) for line in listed])))
