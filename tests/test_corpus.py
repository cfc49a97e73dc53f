"""Real syllabi, where they are at hand: nothing crashes, everything unreadable has a reason, accuracy stays up.

The files are third-party data beside the checkout and no part of the project; without them these tests are skipped.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import AS_OF

from imetaudit.executors import Local
from imetaudit.model import Result, UnreadableReason
from imetaudit.pipeline import AuditOptions, audit
from imetaudit.taxonomy import Taxonomy

SHARED = Path(__file__).parents[2] / "shared"
pytestmark = pytest.mark.skipif(not (SHARED / "corpus").is_dir(), reason="the corpus of real syllabi is not at hand")


def audit_of(folder: Path, taxonomy: Taxonomy) -> Result:
    """Audit a folder of real syllabi in two workers."""
    executor = Local(2, 60, 2 << 30)
    return audit(folder, as_of=AS_OF, taxonomy=taxonomy, standards=(), options=AuditOptions("never"), executor=executor)


@pytest.mark.parametrize("folder", ["corpus/hostile", "gold/military/files"])
def test_every_file_is_read_or_has_its_reason(folder: str, taxonomy: Taxonomy) -> None:
    """No file crashes the reader; what could not be read says why and what to do."""
    result = audit_of(SHARED / folder, taxonomy)
    assert result.counts.documents == len([p for p in (SHARED / folder).rglob("*") if p.is_file()])
    for document in result.documents:
        if document.status == "unreadable":
            assert document.reason in set(UnreadableReason)
            assert document.detail
            assert "broke down" not in document.detail
        else:
            assert document.words > 0


def test_areas_agree_with_peoples_coding(taxonomy: Taxonomy) -> None:
    """On the coded civilian syllabi the bars of the first release hold for human rights and democracy."""
    gold = [json.loads(line) for line in (SHARED / "gold/dev.jsonl").read_text(encoding="utf-8").splitlines()]
    result = audit_of(SHARED / "corpus/dev", taxonomy)
    documents = {document.sha256: document.path for document in result.documents}
    course_of = {path: course.id for course in result.courses for path in course.documents}
    outcome = {(row.course, row.topic): row.outcome.value for row in result.coverage}
    for coded, area in (("human_rights", "human-rights"), ("democracy", "democracy")):
        pairs = [
            (line["areas"][coded]["outcome"], outcome[course_of[documents[line["sha256"]]], area])
            for line in gold
            if line["is_syllabus"]
        ]
        both = sum(pair == ("taught", "covered") for pair in pairs)
        taught = [said for true, said in pairs if true == "taught"]
        none = [said for true, said in pairs if true == "none"]
        assert 2 * both / (len(taught) + sum(said == "covered" for _, said in pairs)) >= 0.8, area
        assert none.count("covered") <= 0.1 * len(none), area
        assert taught.count("no-evidence") <= 0.1 * len(taught), area
