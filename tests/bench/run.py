"""`make bench`: how fast the chain is, each figure beside a peer measured in the same run.

It reads the syllabi of a folder (by default the sample school; give another as argument) and prints a table. Figures
are CPU seconds of this process, so that other work on the machine matters less; the audit alone is wall time.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from imetaudit.datafile import sample_dir
from imetaudit.extract import extract_file
from imetaudit.model import Document
from imetaudit.outline import read_outline
from imetaudit.pipeline import DocumentReader
from imetaudit.taxonomy import PhraseError, Taxonomy, literals, load_taxonomy


def cpu(work: Callable[[], object]) -> float:
    """Return the CPU seconds of the work, the best of three."""
    seconds = []
    for _ in range(3):
        begin = time.process_time()
        work()
        seconds.append(time.process_time() - begin)
    return min(seconds)


def wall(command: Sequence[str]) -> float:
    """Return the wall seconds of a command, the best of three."""
    seconds = []
    for _ in range(3):
        begin = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        seconds.append(time.perf_counter() - begin)
    return min(seconds)


def start() -> list[str]:
    """Measure the start of the program beside that of the command-line library alone."""
    ours = wall([sys.executable, "-m", "imetaudit", "--help"])
    peer = wall([sys.executable, "-c", "import click"])
    return [f"start: `imetaudit --help` {ours * 1000:.0f} ms; `import click` alone {peer * 1000:.0f} ms"]


def pdf(files: Sequence[Path]) -> list[str]:
    """Measure reading PDFs beside pdfplumber's text of the same files."""
    import pdfplumber

    readable = [path for path in files if isinstance(extract_file(path, ocr="never"), Document)]
    if not readable:
        return []

    def plumber() -> None:
        for path in readable:
            with pdfplumber.open(path) as opened:
                for page in opened.pages:
                    page.extract_text()

    ours = cpu(lambda: [extract_file(path, ocr="never") for path in readable])
    peer = cpu(plumber)
    return [f"PDF: {len(readable)} files {ours:.2f} s; pdfplumber's text {peer:.2f} s: {peer / ours:.1f} times faster"]


def tagging(documents: Sequence[Document], taxonomy: Taxonomy) -> list[str]:
    """Measure finding all terms with their context beside spaCy's phrase matcher on the plain wordings alone."""
    import spacy
    from spacy.matcher import PhraseMatcher

    reader = DocumentReader.build(taxonomy)
    outlined = [(document, read_outline(document, reader.cues)) for document in documents]
    words = sum(document.words for document in documents)
    ours = cpu(lambda: [reader.tagger.tag(document, outline) for document, outline in outlined])
    nlp = spacy.blank("en")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    wordings = sorted({text for topic in taxonomy.topics for term in topic.terms for text in _plain(term.text)})
    matcher.add("all", [nlp.make_doc(text) for text in wordings])
    peer = cpu(lambda: [matcher(nlp.make_doc(document.text[:999_999])) for document in documents])
    terms = sum(len(topic.terms) for topic in taxonomy.topics)
    return [
        f"tagging: {words:,} words for {terms:,} terms with context {ours:.2f} s ({words / ours:,.0f} words a second); "
        f"spaCy's PhraseMatcher for {len(wordings):,} plain wordings {peer:.2f} s ({words / peer:,.0f})"
    ]


def _plain(phrase: str) -> Sequence[str]:
    try:
        wordings = literals(phrase)
    except PhraseError:
        return ()
    return wordings if len(wordings) <= 20 else ()


def whole(folder: Path) -> list[str]:
    """Measure a whole audit with its report, from a cold start."""
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-m", "imetaudit", "audit", str(folder), "-o", out, "--ocr", "never", "--quiet"]
        begin = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        return [f"audit: {folder.name} with all reports {time.perf_counter() - begin:.1f} s wall, cold"]


def main() -> None:
    """Print all measures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else sample_dir()
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    read = [extract_file(path, ocr="never") for path in files]
    documents = [document for document in read if isinstance(document, Document)]
    for line in [
        *start(),
        *pdf([path for path in files if path.suffix.lower() == ".pdf"]),
        *tagging(documents, load_taxonomy()),
        *whole(folder),
    ]:
        print(line, flush=True)


if __name__ == "__main__":
    main()
