"""The whole chain: what an audit promises of any catalogue, the sample school, and the committed report on it."""

from __future__ import annotations

import csv
import random
import socket
from collections import Counter
from pathlib import Path

import pytest
from conftest import AS_OF, coverage_of
from containers import zipped
from handbooks import FULL, files_of

from imetaudit.datafile import sample_dir
from imetaudit.executors import InProcess, Local
from imetaudit.extract import extract_file
from imetaudit.model import CourseStatus, Document, Outcome, Result
from imetaudit.pipeline import AuditOptions, audit
from imetaudit.report import render
from imetaudit.results import load_result, save_result, to_json
from imetaudit.taxonomy import Taxonomy

SCHOOL = "Inter-American Staff College of San Telmo"
REPORT = Path(__file__).parents[1] / "reports" / "sample"


def _refuse(*_: object, **__: object) -> None:
    raise AssertionError("the network was asked for")


@pytest.fixture(scope="module")
def sample(taxonomy: Taxonomy) -> Result:
    """Audit the sample school with every socket forbidden."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "socket", _refuse)
        patch.setattr(socket, "create_connection", _refuse)
        patch.setattr(socket, "getaddrinfo", _refuse)
        return audit(
            sample_dir(), as_of=AS_OF, taxonomy=taxonomy, school=SCHOOL, options=AuditOptions(ocr="never"),
            executor=InProcess(),
        )  # fmt: skip


def test_no_network_is_needed(sample: Result) -> None:
    """The sample school is audited with sockets forbidden."""
    assert sample.counts.audited > 20


def test_every_number_adds_up_to_the_catalogue(sample: Result) -> None:
    """Each course has one status, and one row for each area; each document one status."""
    counts = sample.counts
    assert counts.courses == len(sample.courses) == counts.audited + counts.not_auditable + counts.no_syllabus
    assert counts.documents == len(sample.documents) == counts.read + counts.unreadable
    areas = {str(area["id"]) for area in sample.run.taxonomy.areas}
    rows = Counter((row.course, row.topic) for row in sample.coverage if row.level == "area")
    assert rows == Counter({(course.id, area): 1 for course in sample.courses for area in areas})


def test_a_sentence_of_a_pdf_is_placed_on_its_pages(sample: Result) -> None:
    """Every mention in a PDF has boxes, the first on the page that it names or after; other formats have none."""
    kinds = {document.path: document for document in sample.documents}
    placed = [each for each in sample.mentions if kinds[each.document].extractor == "pdf"]
    assert {each.kept for each in placed} == {True, False}
    for mention in placed:
        pages = [box.page for box in mention.boxes]
        assert pages == sorted(pages)
        assert pages
        assert mention.page is not None
        assert mention.page <= pages[0]
        assert pages[-1] <= (kinds[mention.document].pages or 0)
        assert all(0 <= box.left < box.right < 900 and 0 <= box.top < box.bottom < 900 for box in mention.boxes)
    assert not any(each.boxes for each in sample.mentions if kinds[each.document].extractor not in ("pdf", "ocr"))


def test_every_positive_is_quoted(sample: Result) -> None:
    """The quote of every mention is the document's text at its offsets, and stands in its sentence."""
    documents = {
        d.path: d for d in (extract_file(sample_dir() / r.path, name=r.path, ocr="never") for r in sample.documents)
    }
    assert sample.mentions
    for mention in sample.mentions:
        document = documents[mention.document]
        assert isinstance(document, Document)
        assert document.text[mention.start : mention.end] == mention.quote
        assert mention.quote in mention.sentence
    kept = Counter((m.course, m.area) for m in sample.mentions if m.kept)
    for row in sample.coverage:
        if row.level == "area":
            assert row.kept == kept[row.course, row.topic]
            assert (row.kept > 0) == (row.outcome in (Outcome.COVERED, Outcome.MENTIONED_ONLY))


def test_every_negative_is_earned(sample: Result) -> None:
    """No evidence is said only of courses that were read, with the words and terms that were searched."""
    read = {course.id for course in sample.courses if course.status is CourseStatus.AUDITED}
    negatives = [row for row in sample.coverage if row.outcome is Outcome.NO_EVIDENCE]
    assert negatives
    for row in negatives:
        assert row.course in read
        assert row.searched.words > 0
        assert row.searched.terms > 0


def test_what_is_set_aside_says_why(sample: Result) -> None:
    """A mention is kept, or has a reason that the result explains."""
    for mention in sample.mentions:
        assert mention.kept == (mention.reason is None)
        assert mention.reason is None or mention.reason in sample.run.taxonomy.reasons


def test_the_sample_school_is_judged_as_its_authors_meant(sample: Result) -> None:
    """Of the outcomes that the sample school's authors expect, nine in ten are found, and no trap is called covered."""
    with (sample_dir() / "expected.csv").open(encoding="utf-8-sig") as file:
        expected = [(row["course"], row["area"], row["outcome"]) for row in csv.DictReader(file)]
    status = {course.id: course.status.value for course in sample.courses}
    got = [
        (
            course,
            area,
            "no-syllabus" if status[course] == "no-syllabus" else coverage_of(sample, course, area).outcome.value,
        )
        for course, area, _ in expected
        if status[course] == "no-syllabus" or any((r.course, r.topic) == (course, area) for r in sample.coverage)
    ]
    agreed = sum(pair in set(expected) for pair in got)
    assert agreed / len(expected) >= 0.9
    wrong = [
        (c, a) for (c, a, o), (_, _, g) in zip(expected, got, strict=True) if o == "no-evidence" and g == "covered"
    ]
    assert wrong == []


def test_the_order_of_the_files_changes_nothing(taxonomy: Taxonomy) -> None:
    """The same files in another order give the same bytes."""
    files = sorted(path for path in sample_dir().glob("*.md") if not path.name.startswith("README"))
    shuffled = files[:]
    random.Random(1).shuffle(shuffled)
    one, other = (
        to_json(
            audit(
                each, as_of=AS_OF, taxonomy=taxonomy, standards=(), options=AuditOptions("never"), executor=InProcess()
            )
        )
        for each in (files, shuffled)
    )
    assert one == other


def test_the_committed_result_is_what_the_program_finds(sample: Result) -> None:
    """`make golden` was run after the last change that moves a finding; PDF bytes never enter the result but by hash."""
    assert to_json(load_result(REPORT / "result.json")) == to_json(sample)


def test_the_committed_report_is_what_the_result_renders(tmp_path: Path) -> None:
    """Every page of reports/sample is rendered again from its result file, byte for byte."""
    written = render(load_result(REPORT / "result.json"), ["csv", "html", "json", "txt"], tmp_path)
    committed = {path.name: path.read_bytes() for path in REPORT.iterdir()}
    assert committed == {path.name: path.read_bytes() for path in written}


def test_courses_of_a_handbook_have_only_what_is_theirs(tmp_path: Path, taxonomy: Taxonomy) -> None:
    """Words, lessons, objectives and mentions are those of a course's pages, alone and with a catalogue; so are gaps."""
    (tmp_path / "h.pdf").write_bytes(files_of(FULL)[".pdf"])
    alone = audit(tmp_path, as_of=AS_OF, taxonomy=taxonomy, executor=InProcess())
    assert [(course.id, course.hours, len(course.lessons)) for course in alone.courses] == [
        ("LAW-345", 8.0, 2),
        ("LOG-210", 16.0, 2),
        ("NAV-310", 10.0, 2),
    ]
    assert {mention.page for mention in alone.mentions if mention.course == "LAW-345"} == {3}
    assert not [mention for mention in alone.mentions if mention.kept and mention.course != "LAW-345"]
    assert coverage_of(alone, "LAW-345", "human-rights").outcome is Outcome.COVERED
    words = sum(coverage_of(alone, course.id, "human-rights").searched.words for course in alone.courses)
    assert words < alone.documents[0].words
    table = "id,title,files\nNAV-310,,h.pdf\nQ-1,Human Rights and the Use of Force,h.pdf\nLOG-999,Bakery,h.pdf\n"
    (tmp_path / "courses.csv").write_text(table, encoding="utf-8")
    listed = audit(tmp_path, as_of=AS_OF, taxonomy=taxonomy, executor=InProcess())
    assert coverage_of(listed, "NAV-310", "human-rights").outcome is not Outcome.COVERED
    assert coverage_of(listed, "Q-1", "human-rights").outcome is Outcome.COVERED
    assert {course.id: course.status.value for course in listed.courses}["LOG-999"] == "not-auditable"
    render(listed, ["csv"], tmp_path / "out")
    assert "LOG-999,not-auditable,h.pdf,not-in-file" in (tmp_path / "out" / "not-auditable.csv").read_text(
        encoding="utf-8-sig"
    )


def test_a_file_that_no_line_names_is_read_and_told_of(tmp_path: Path, taxonomy: Taxonomy) -> None:
    """It is matched by the id in it, or else stays among the documents and in a warning, and counts for no course."""
    (tmp_path / "courses.csv").write_text("id,title\nHR-1,Human Rights\nNAV-1,Charts\n", encoding="utf-8")
    (tmp_path / "scan7.md").write_text("# HR 1 The Law of Human Rights\n\nThis course examines human rights law.\n")
    (tmp_path / "other.md").write_text("# ABC-9 Bakery\n\nThis course examines human rights law.\n")
    result = audit(tmp_path, as_of=AS_OF, taxonomy=taxonomy, executor=InProcess())
    courses = {course.id: course for course in result.courses}
    assert [(match.document, match.reason.value) for match in courses["HR-1"].matched] == [
        ("scan7.md", "id in the syllabus")
    ]
    assert courses["HR-1"].identity.title == "The Law of Human Rights"
    assert courses["NAV-1"].status is CourseStatus.NO_SYLLABUS
    assert [document.path for document in result.documents] == ["other.md", "scan7.md"]
    assert [warning.partition(":")[0] for warning in result.warnings] == ["other.md"]
    assert load_result(_saved(result, tmp_path)).courses == result.courses


def _saved(result: Result, folder: Path) -> Path:
    save_result(result, folder / "out" / "result.json")
    return folder / "out" / "result.json"


def test_members_of_archives_and_tables_are_audited_in_workers(tmp_path: Path, taxonomy: Taxonomy) -> None:
    """Each member is a document with its own outcome, and a broken one costs no other; no order of work shows."""
    rows = "Course ID,Title,Description,Prerequisites\n" + (
        "HR-1,Human Rights,This course examines international human rights law and the Universal Declaration of Human "
        "Rights.,\nNAV-1,Charts,This course studies charts and tides.,HR-1 Human Rights\nEMP-1,Nothing,,\n"
    )
    (tmp_path / "catalogue.csv").write_text(rows, encoding="utf-8")
    broken = b"PK\x03\x04broken"
    (tmp_path / "all.zip").write_bytes(
        zipped(("in/catalogue.csv", rows), ("broken.docx", broken), ("sea.md", "# SEA-1"))
    )
    (tmp_path / "cut.zip").write_bytes(broken)
    result = audit(tmp_path, as_of=AS_OF, taxonomy=taxonomy, executor=Local(2, 60))
    assert {document.path: document.reason for document in result.documents} == {
        "all.zip!/broken.docx": "damaged",
        "all.zip!/in/catalogue.csv!/EMP-1": "empty",
        "all.zip!/in/catalogue.csv!/HR-1": None,
        "all.zip!/in/catalogue.csv!/NAV-1": None,
        "all.zip!/sea.md": None,
        "catalogue.csv!/EMP-1": "empty",
        "catalogue.csv!/HR-1": None,
        "catalogue.csv!/NAV-1": None,
        "cut.zip": "damaged",
    }
    by_file = {path: course.id for course in result.courses for path in course.documents}
    assert coverage_of(result, by_file["catalogue.csv!/HR-1"], "human-rights").outcome is Outcome.COVERED
    prerequisite = coverage_of(result, by_file["catalogue.csv!/NAV-1"], "human-rights")
    assert prerequisite.outcome is not Outcome.COVERED
    assert coverage_of(result, by_file["catalogue.csv!/EMP-1"], "human-rights").outcome is Outcome.NOT_AUDITABLE
    again = audit(tmp_path, as_of=AS_OF, taxonomy=taxonomy, executor=InProcess())
    assert to_json(again) == to_json(result)
