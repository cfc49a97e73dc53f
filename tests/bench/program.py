"""The measures of the program as a whole: its start, tagging beside a phrase matcher, and a cold audit."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench.measures import Measure, cpu, wall
from imetaudit.model import Document
from imetaudit.outline import read_outline
from imetaudit.pipeline import DocumentReader
from imetaudit.taxonomy import PhraseError, Taxonomy, literals


def start() -> Measure:
    """Measure the start of the program beside that of the command-line library alone."""
    ours = wall([sys.executable, "-m", "imetaudit", "--help"])
    peer = wall([sys.executable, "-c", "import click"])
    return Measure(
        "Start of `imetaudit --help`, beside `import click`", "", f"{ours * 1000:.0f} and {peer * 1000:.0f} ms"
    )


def tagging(documents: Sequence[Document], taxonomy: Taxonomy) -> Measure:
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
    return Measure(
        f"Tagging of {words:,} words for {terms:,} terms with their context, beside spaCy's PhraseMatcher for "
        f"{len(wordings):,} plain wordings",
        "",
        f"{words / ours:,.0f} and {words / peer:,.0f} words a second of a processor",
    )


def _plain(phrase: str) -> Sequence[str]:
    try:
        wordings = literals(phrase)
    except PhraseError:
        return ()
    return wordings if len(wordings) <= 20 else ()


def whole(folder: Path) -> Measure:
    """Measure a whole audit with its report, from a cold start."""
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-m", "imetaudit", "audit", str(folder), "-o", out, "--ocr", "never", "--quiet"]
        begin = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        return Measure(f"Audit of {folder.name} with all reports, cold", "", f"{time.perf_counter() - begin:.1f} s")
