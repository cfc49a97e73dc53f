"""One bad file never hurts: whatever a file is, is called or does to its worker, the rest of the batch is done."""

from __future__ import annotations

import faulthandler
import json
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from conftest import AS_OF

from imetaudit.cli import main
from imetaudit.executors import InProcess
from imetaudit.extract import markdown
from imetaudit.extract.guarded import workers
from imetaudit.extract.thresholds import load_thresholds
from imetaudit.model import Result
from imetaudit.pipeline import audit
from imetaudit.taxonomy import Taxonomy

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="signals and file names as Linux has them")

GOOD = """# LAW 310 Human Rights for Commanders

This course prepares officers to respect human rights in every operation.
"""


def audit_of(folder: Path, taxonomy: Taxonomy, **options: Any) -> Result:
    """Audit a folder without standards."""
    return audit(folder, as_of=AS_OF, taxonomy=taxonomy, standards=(), **options)


def told(result: Result) -> list[tuple[str, str | None]]:
    """Return the documents of a result with their reasons."""
    return [(document.path, document.reason) for document in result.documents]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_native_crash_costs_one_document(
    jobs: int, tmp_path: Path, taxonomy: Taxonomy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A library that breaks down ends its worker; the others' results and their order are the same with any workers."""
    read = markdown.read_markdown

    def break_down(data: bytes, *more: Any) -> Any:
        if b"BREAK" in data:
            faulthandler.disable()
            os.kill(os.getpid(), signal.SIGSEGV)
        return read(data, *more)

    monkeypatch.setattr(markdown, "read_markdown", break_down)
    for name in ("a", "c", "e"):
        (tmp_path / f"{name}.md").write_text(GOOD, encoding="utf-8")
    for name in ("b", "d"):
        (tmp_path / f"{name}.md").write_text(GOOD + "BREAK", encoding="utf-8")
    result = audit_of(tmp_path, taxonomy, executor=workers(load_thresholds(), jobs))
    assert told(result) == [("a.md", None), ("b.md", "damaged"), ("c.md", None), ("d.md", "damaged"), ("e.md", None)]
    assert all(document.sha256 for document in result.documents)
    assert "signal 11" in str(result.documents[1].detail)


class _Removing(InProcess):
    """Removes a file before any is read, as another program may."""

    def run(self, function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
        """Read what is left."""
        items = list(items)
        for item in items:
            path = getattr(item, "path", None)
            if path is not None and path.name == "gone.md":
                path.unlink()
        return super().run(function, items)


def test_a_file_that_vanishes_is_missing(tmp_path: Path, taxonomy: Taxonomy) -> None:
    """A file that was listed and is not there when it is read is not auditable, and the rest is done."""
    for name in ("gone.md", "good.md"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    result = audit_of(tmp_path, taxonomy, executor=_Removing())
    assert told(result) == [("gone.md", "missing"), ("good.md", None)]


def test_strange_names_are_carried_through_to_the_report(tmp_path: Path) -> None:
    """Line ends, marks of direction, quotes and bytes that are no text in names neither stop nor distort an audit."""
    folder = tmp_path / "school"
    folder.mkdir()
    names = ["new\nline.md", "right\u202eto left.md", "'quoted\" <b>.md", "-dash.md", "smile 😀.md", "sp ace .md"]
    for number, name in enumerate(names):
        (folder / name).write_text(GOOD.replace("310", str(310 + number)), encoding="utf-8")
    Path(os.fsdecode(os.fsencode(folder) + b"/bytes\xff.md")).write_text(GOOD, encoding="utf-8")
    os.mkfifo(folder / "pipe.md")
    out = tmp_path / "out"
    outcome = CliRunner().invoke(
        main, ["audit", str(folder), "-o", str(out), "--ocr", "never", "--jobs", "1", "--as-of", AS_OF]
    )
    assert outcome.exit_code == 0, outcome.output
    result = json.loads((out / "result.json").read_text(encoding="utf-8"))
    assert sorted(document["path"] for document in result["documents"]) == sorted(names)
    assert {document["status"] for document in result["documents"]} == {"read"}
    warnings = " ".join(result["warnings"])
    assert "bytes\\udcff.md" in warnings
    assert "pipe.md: not a regular file" in warnings
    assert "<b>.md" not in (out / "report.html").read_text(encoding="utf-8")
