"""What several tests need: the shipped yardstick, loaded once, and audits of small syllabi in this process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from imetaudit.catalog import read_catalog
from imetaudit.model import Coverage, Result
from imetaudit.pipeline import DocumentReader, Task, assess
from imetaudit.taxonomy import Taxonomy, load_taxonomy
from imetaudit.taxonomy.standards import Standard, load_standards, standard_paths

AS_OF = "2026-11-21"

Audit = Callable[[Mapping[str, str | bytes]], Result]


@pytest.fixture(scope="session")
def taxonomy() -> Taxonomy:
    """Return the taxonomy that comes with the program."""
    return load_taxonomy()


@pytest.fixture(scope="session")
def reader(taxonomy: Taxonomy) -> DocumentReader:
    """Return the shipped taxonomy made ready to read documents: building it takes seconds, so it is built once."""
    return DocumentReader.build(taxonomy)


@pytest.fixture(scope="session")
def standards(taxonomy: Taxonomy) -> tuple[Standard, ...]:
    """Return the standards that come with the program."""
    return load_standards(standard_paths(()), taxonomy.codes)


@pytest.fixture
def audited(tmp_path: Path, reader: DocumentReader, standards: tuple[Standard, ...]) -> Audit:
    """Return a function that writes files into a folder and audits it in this process."""

    def run(files: Mapping[str, str | bytes]) -> Result:
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        listing = read_catalog([tmp_path])
        names = sorted({name for course in listing.courses for name in course.files})
        readings = {name: reader.read(Task(tmp_path / name, name, "never")) for name in names}
        return assess(listing, readings, reader.tagger.taxonomy, standards, AS_OF)

    return run


def coverage_of(result: Result, course: str, topic: str) -> Coverage:
    """Return the one row of a course on an area or topic."""
    (row,) = [row for row in result.coverage if (row.course, row.topic) == (course, topic)]
    return row
