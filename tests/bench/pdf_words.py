"""How much of what poppler reads in a PDF the program reads too, and at what cost: `python tests/bench/pdf_words.py FOLDER`.

For each PDF below the folder it compares the words of `pdftotext` (poppler, without -layout) with those of the
program: the share found (as a multiset), and the share of poppler's runs of five words that the program has in the
same order. Tables are read by rows here and by columns there, so the second figure is a measure of change, not of
right. With `--cost` it measures CPU seconds and memory of reading all files instead, beside a bare pypdfium2 dump, one process
each. No text of the files is printed unless `--words` asks for the missing words of one file.
"""

from __future__ import annotations

import argparse
import re
import resource
import subprocess
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from imetaudit.extract import extract_file
from imetaudit.model import Document

# Letters and digits apart, so that the number of a note counts the same whether it is set apart from its word or not.
_WORD = re.compile(r"[^\W\d_]+|\d+")
_BROKEN = re.compile(r"(?<=\w)[-\u00ad\u2010]\s*\n\s*(?=\w)")
_GLUED = re.compile(r"(?<=\w)[-\u00ad\u2010]+(?=\w)")
_SHINGLE = 5


@dataclass(frozen=True)
class Agreement:
    """How two readings of one file agree."""

    path: Path
    theirs: int
    """Words that poppler reads."""
    found: float
    """Share of them that the program reads too."""
    extra: float
    """Share of the program's words that poppler does not read."""
    order: float
    """Share of poppler's runs of five words that the program has in the same order."""


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case; words broken at a line's end are joined, hyphens left out."""
    text = unicodedata.normalize("NFKC", text.replace("\f", "\n"))
    return _WORD.findall(_GLUED.sub("", _BROKEN.sub("", text)).lower())


def theirs(path: Path) -> list[str] | None:
    """Return the words that poppler reads; None where it cannot."""
    command = ["pdftotext", "-enc", "UTF-8", str(path), "-"]
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    return words_of(done.stdout.decode("utf-8", "replace")) if done.returncode == 0 else None


def ours(path: Path) -> list[str] | None:
    """Return the words that the program reads without OCR; None where it cannot."""
    document = extract_file(path, ocr="never")
    return words_of(document.text) if isinstance(document, Document) else None


def agreement(path: Path, one: Sequence[str], other: Sequence[str]) -> Agreement:
    """Compare poppler's words with ours."""
    first, second = Counter(one), Counter(other)
    common = (first & second).total()
    shingles, has = Counter(_shingles(one)), Counter(_shingles(other))
    order = (shingles & has).total() / max(1, shingles.total())
    return Agreement(path, len(one), common / max(1, len(one)), 1 - common / max(1, len(other)), order)


def _shingles(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[place : place + _SHINGLE]) for place in range(len(words) - _SHINGLE + 1)]


def compare(files: Sequence[Path], least: int) -> None:
    """Print the figures of all files in which poppler reads at least so many words, the worst last."""
    rows: list[Agreement] = []
    for path in files:
        their = theirs(path)
        if their is None or len(their) < least:
            continue
        our = ours(path)
        if our is None:
            print(f"not read by us, {len(their)} words by poppler: {path.name}")
        rows.append(agreement(path, their, our or ()))
    if not rows:
        print("no PDF with that many words")
        return
    for row in sorted(rows, key=lambda row: (-row.found, row.path)):
        print(
            f"{row.found:7.4f} found {row.extra:7.4f} extra {row.order:7.4f} order {row.theirs:7} words {row.path.name}"
        )
    for name in ("found", "order"):
        values = sorted(getattr(row, name) for row in rows)
        print(f"{name}: median {values[len(values) // 2]:.4f}, worst decile {values[len(values) // 10]:.4f}", end=", ")
        print(f"worst {values[0]:.4f}, of {len(values)} files")


def missing(path: Path) -> None:
    """Print the words of one file that only one of the two reads."""
    first, second = Counter(theirs(path) or ()), Counter(ours(path) or ())
    for name, only in (("poppler", first - second), ("imetaudit", second - first)):
        print(f"only {name} ({only.total()}):", " ".join(f"{word}*{n}" for word, n in only.most_common(80)))


# --- cost -----------------------------------------------------------------------------------------


def dump(files: Sequence[Path]) -> None:
    """Read the text of all files with pypdfium2 alone."""
    import pypdfium2

    for path in files:
        try:
            document = pypdfium2.PdfDocument(path.read_bytes())
            for page in document:
                text_page = page.get_textpage()
                text_page.get_text_range(errors="replace")
                text_page.close()
                page.close()
            document.close()
        except pypdfium2.PdfiumError:
            continue


def read(files: Sequence[Path]) -> None:
    """Read all files with the program, OCR left out."""
    for path in files:
        extract_file(path, ocr="never")


def cost(folder: Path) -> None:
    """Print CPU seconds and peak memory of the program and of the bare dump, each the best of four processes."""
    seconds: dict[str, list[float]] = {"dump": [], "read": []}
    memory = {"dump": 0.0, "read": 0.0}
    # Turn and turn about, so that other work on the machine slows both alike.
    for reader in ("dump", "read") * 4:
        command = [sys.executable, __file__, str(folder), "--only", reader]
        run = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        seconds[reader].append(float(run[0]))
        memory[reader] = max(memory[reader], float(run[1]))
    for reader, values in seconds.items():
        print(f"{reader}: {min(values):.2f} CPU s, {memory[reader]:.0f} MB at most")
    print(f"ratio {min(seconds['read']) / max(0.01, min(seconds['dump'])):.2f}")


def _only(reader: str, files: Sequence[Path]) -> None:
    work = {"dump": dump, "read": read}[reader]
    work(files[:1])
    begin = time.process_time()
    work(files)
    seconds = time.process_time() - begin
    print(f"{seconds:.3f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.1f}")


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="a folder of PDFs, or one PDF")
    parser.add_argument("--least", type=int, default=20, help="files in which poppler reads fewer words are left out")
    parser.add_argument("--cost", action="store_true", help="measure CPU and memory instead")
    parser.add_argument("--words", action="store_true", help="print the words that only one reader has")
    parser.add_argument("--only", choices=("dump", "read"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    files = sorted(given.folder.rglob("*.pdf")) if given.folder.is_dir() else [given.folder]
    if given.only:
        _only(given.only, files)
    elif given.cost:
        cost(given.folder)
    elif given.words:
        for path in files:
            missing(path)
    else:
        compare(files, given.least)


if __name__ == "__main__":
    main()
