"""Changed files: whatever breaks in a file, everything promised of an outcome is kept. More of it: `make fuzz`."""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path

import pytest
from fuzz.mutation import mutated
from fuzz.promises import broken_promises
from fuzz.run import fuzz, sources

from imetaudit.datafile import sample_dir
from imetaudit.extract import extract_file
from imetaudit.model import Document

CASES = int(os.environ.get("IMETAUDIT_FUZZ", "2000"))


def test_a_change_follows_from_its_seed_alone() -> None:
    """The same seed makes the same bytes, another seed others: a failing case can be made again."""
    data = (sample_dir() / "README.md").read_bytes()
    assert mutated(data, "7") == mutated(data, "7") != mutated(data, "8")


def test_a_broken_promise_is_noticed() -> None:
    """The checks can fail: a document with a wrong digest, a gap or a false cell is told."""
    path = sample_dir() / "README.md"
    document = extract_file(path, ocr="never")
    assert isinstance(document, Document)
    assert broken_promises(document, path.read_bytes()) == []
    assert broken_promises(document, b"other")
    cut = Document(**{**vars(document), "segments": document.segments[1:]})
    assert broken_promises(cut, path.read_bytes())
    controlled = Document(**{**vars(document), "text": document.text + "\0"})
    assert len(broken_promises(controlled, path.read_bytes())) == 2


@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory and processor as Linux has them")
def test_changed_files_keep_every_promise(tmp_path: Path) -> None:
    """Two thousand changed syllabi raise nothing, hang nowhere, and give documents whose offsets hold, or reasons."""
    outcomes: Counter[str] = Counter()
    faults: list[str] = []
    for case, finding in fuzz(sources(), 0, CASES, tmp_path):
        outcomes[finding.outcome] += 1
        faults += [f"case {case.number} ({case.source.name}): {fault}" for fault in finding.faults]
    assert not faults, "\n".join(faults[:20])
    assert outcomes.total() == CASES
    assert outcomes["read"] > CASES // 3
