"""Files made to harm the reader: each is read or refused for the right reason, in time and within its memory."""

from __future__ import annotations

import faulthandler
import functools
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile.markup import MARKUP
from hostile.packages import PACKAGES
from hostile.pdfs import PDFS

from extract.conftest import check_offsets
from imetaudit.datafile import taxonomies_dir
from imetaudit.executors import Failure
from imetaudit.extract.guarded import unreadable, workers
from imetaudit.extract.reading import read_file
from imetaudit.extract.thresholds import load_thresholds
from imetaudit.model import Document, Unreadable

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits of memory and processor as Linux has them")

CASES: dict[str, tuple[Callable[[], bytes | str], str]] = {
    **{f"{name}.pdf": (build, right) for name, (build, right) in PDFS.items()},
    **{f"{name}{suffix}": (build, right) for name, (suffix, build, right) in PACKAGES.items()},
    **{f"{name}{suffix}": (build, right) for name, (suffix, build, right) in MARKUP.items()},
}


@pytest.fixture(scope="module")
def tight(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return thresholds with less time and memory than those shipped, so that what would hang is told sooner."""
    text = (taxonomies_dir() / "extraction.yaml").read_text(encoding="utf-8")
    for name, value in (("seconds", 12), ("memory_bytes", 1 << 30)):
        begin = text.index(f"\n  {name}:") + 1
        text = f"{text[:begin]}  {name}: {value}{text[text.index(chr(10), begin) :]}"
    path = tmp_path_factory.mktemp("tight") / "extraction.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def _read(thresholds: Path, path: Path) -> Document | Unreadable:
    faulthandler.disable()
    return read_file(path, ocr="never", thresholds=thresholds)


def guarded(path: Path, thresholds: Path) -> Document | Unreadable:
    """Read a file in a worker, without OCR."""
    figures = load_thresholds(thresholds)
    ((_, outcome),) = workers(figures).run(functools.partial(_read, thresholds), [path])
    return unreadable(path, path.name, outcome, figures) if isinstance(outcome, Failure) else outcome


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_hostile_file_is_read_or_refused_for_the_right_reason(name: str, tmp_path: Path, tight: Path) -> None:
    """No file hangs, crashes or fills the memory; what is read has exact offsets, and nothing from outside the file."""
    build, right = CASES[name]
    content = build()
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    begin = time.monotonic()
    outcome = guarded(path, tight)
    assert time.monotonic() - begin < 60
    if isinstance(outcome, Document):
        assert "read" in right.split("|")
        check_offsets(outcome)
        assert "root:" not in outcome.text
    else:
        assert outcome.reason.value in right.split("|"), outcome
        assert len(outcome.detail) > 25
        assert outcome.sha256
    path.unlink()


def test_a_document_nested_in_tables_keeps_what_lies_within_the_limit(tmp_path: Path, tight: Path) -> None:
    """Tables in tables are read in time that grows with their number, not with its power."""
    path = tmp_path / "nested.html"
    path.write_text(str(CASES["nested-tables.html"][0]()), encoding="utf-8")
    document = guarded(path, tight)
    assert isinstance(document, Document)
    assert "The rule of law" in document.text
