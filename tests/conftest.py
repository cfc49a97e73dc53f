"""What several tests need: the shipped yardstick, loaded once, and audits of small syllabi in this process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from imetaudit.executors import InProcess
from imetaudit.model import Coverage, Result
from imetaudit.pipeline import AuditOptions, audit
from imetaudit.taxonomy import Taxonomy, load_taxonomy

AS_OF = "2026-11-21"

Audit = Callable[[Mapping[str, str | bytes]], Result]


@pytest.fixture(scope="session")
def taxonomy() -> Taxonomy:
    """Return the taxonomy that comes with the program."""
    return load_taxonomy()


@pytest.fixture
def audited(tmp_path: Path, taxonomy: Taxonomy) -> Audit:
    """Return a function that writes files into a folder and audits it."""

    def run(files: Mapping[str, str | bytes]) -> Result:
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        options = AuditOptions(ocr="never")
        return audit(tmp_path, as_of=AS_OF, taxonomy=taxonomy, options=options, executor=InProcess())

    return run


def coverage_of(result: Result, course: str, topic: str) -> Coverage:
    """Return the one row of a course on an area or topic."""
    (row,) = [row for row in result.coverage if (row.course, row.topic) == (course, topic)]
    return row
