"""From files to reports: a course of which too little could be read shows what it has, and is never said to lack it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from conftest import coverage_of
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from imetaudit.datafile import taxonomies_dir
from imetaudit.extract import extract_file
from imetaudit.model import CourseStatus, Depth, Document, Outcome, Result, VerdictKind
from imetaudit.outline import load_cues, read_outline
from imetaudit.report.csv import csv_files
from imetaudit.report.gaps import unread_section
from imetaudit.report.numbers import report_numbers
from imetaudit.report.places import places

Audit = Callable[[Mapping[str, str | bytes]], Result]

TAUGHT = [
    "LOG 210 Supply Management",
    "Objectives",
    "Students will be able to explain civilian control of the military and parliamentary oversight of the armed forces.",
    "Schedule",
    "Lesson 1. Civilian control of the armed forces (2 hours)",
    "Lesson 2. Stock records and the ledger of the unit's supply room (2 hours)",
    "Students keep a stock ledger, plan a convoy's fuel and load a truck by the manifest of the day.",
]
DULL = [line for line in TAUGHT if "ivilian" not in line] * 3


def pdf(*pages: list[str] | None) -> bytes:
    """Return a PDF; None is a page that is a picture of writing."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    for lines in pages:
        if lines is None:
            canvas.drawImage(ImageReader(_written()), 0, 0, *A4)
        for number, line in enumerate(lines or ()):
            canvas.drawString(60, 780 - 24 * number, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _written() -> Any:
    from PIL import Image, ImageDraw

    page = Image.new("L", (620, 877), 255)
    draw = ImageDraw.Draw(page)
    for number in range(30):
        draw.text((60, 60 + 25 * number), "a line of a page that nobody reads for the audit", fill=0)
    return page


def test_evidence_in_a_half_read_course_counts_and_absence_does_not(audited: Audit) -> None:
    """Of two pages one is a scan: what stands on the other is covered, what does not is not auditable."""
    result = audited({"log-210.pdf": pdf(TAUGHT, None)})
    (course,) = result.courses
    assert course.status is CourseStatus.AUDITED
    assert coverage_of(result, course.id, "civilian-control").outcome is Outcome.COVERED
    absent = coverage_of(result, course.id, "human-rights")
    assert absent.outcome is Outcome.NOT_AUDITABLE
    assert "only 50% of the syllabus could be read" in absent.because
    assert not [row for row in result.coverage if row.outcome is Outcome.NO_EVIDENCE]


def test_one_scan_among_ten_pages_leaves_the_absence_standing(audited: Audit) -> None:
    """Above the threshold an absence may be told."""
    result = audited({"log-210.pdf": pdf(*[DULL] * 9, None)})
    assert coverage_of(result, result.courses[0].id, "human-rights").outcome is Outcome.NO_EVIDENCE


@pytest.mark.parametrize("second", [pdf(None), pdf(DULL, None), b"%PDF-1.4 cut off"])
def test_one_bad_file_of_several_forbids_the_absence(audited: Audit, second: bytes) -> None:
    """A course with two files, of which one is a scan, half a scan or damaged, lacks nothing for certain."""
    result = audited({
        "courses.csv": "id,title,files\nLOG-210,Supply,a.pdf;b.pdf\n", "a.pdf": pdf(DULL), "b.pdf": second,
    })  # fmt: skip
    (course,) = result.courses
    assert course.status is CourseStatus.AUDITED
    assert coverage_of(result, "LOG-210", "democracy").outcome is Outcome.NOT_AUDITABLE
    assert any("not auditable, not absent" in warning for warning in course.warnings)


def test_two_sound_files_may_show_an_absence(audited: Audit) -> None:
    """A course whose files were all read, one of them short, is judged."""
    result = audited({
        "courses.csv": "id,title,files\nLOG-210,Supply,a.pdf;b.md\n", "a.pdf": pdf(DULL), "b.md": "Room 12, Mondays.\n",
    })  # fmt: skip
    assert coverage_of(result, "LOG-210", "democracy").outcome is Outcome.NO_EVIDENCE


def test_a_title_alone_proves_no_absence(audited: Audit) -> None:
    """A syllabus of a few words is not said to lack anything."""
    result = audited({"log-210.md": "# LOG 210 Supply Management\n\nCaptain Ruiz, room 12.\n"})
    row = coverage_of(result, result.courses[0].id, "human-rights")
    assert row.outcome is Outcome.NOT_AUDITABLE
    assert "only 8 words" in row.because


def test_a_mention_in_a_half_read_course_says_that_more_may_be_there(audited: Audit) -> None:
    """Mentioned-only is said with the caution that the rest was not read."""
    prose = [line for line in DULL if len(line) > 60] * 3
    result = audited({"log-210.pdf": pdf([*prose, "The library has books on civilian control of the military."], None)})
    row = coverage_of(result, result.courses[0].id, "civilian-control")
    assert row.outcome is Outcome.MENTIONED_ONLY
    assert "more may stand in what was not read" in row.because


def test_reports_flag_courses_read_in_part(audited: Audit) -> None:
    """The report names them with the reason, the list of gaps leaves them out, and no criterion is failed for it."""
    result = audited({"log-210.pdf": pdf(TAUGHT, None), "dull.pdf": pdf(DULL)})
    numbers = report_numbers(result)
    (partly,) = numbers.read_in_part()
    section = unread_section(numbers, places(numbers))
    assert [each.title for each in section.sections] == ["One course was read only in part"]
    assert "read-in-part" in csv_files(result)["not-auditable.csv"]
    assert partly.id not in [course.id for course in numbers.without_any_lead()]
    assert all(partly.id != course.id for area in numbers.areas for course in numbers.without(area.id))
    failed = [v for v in result.verdicts if v.course == partly.id and v.verdict is VerdictKind.NOT_MET]
    assert failed == []


def test_a_section_in_another_language_is_tagged_with_its_terms(audited: Audit) -> None:
    """In an English syllabus the short headings and items of a Spanish part are searched for Spanish terms."""
    english = (
        "Students keep a stock ledger, plan the fuel of a convoy and load a truck by the manifest of the day. " * 6
    )
    spanish = (
        "Los alumnos leen la ley de su país y discuten con el profesor los casos que la clase ha elegido esta semana."
    )
    plan = "## Lección 2. Derechos humanos\n\n" + spanish + "\n\n- Control civil de las fuerzas armadas\n"
    result = audited({"log-210.md": f"# LOG 210 Supply\n\n## Description\n\n{english}\n\n## Schedule\n\n{plan}"})
    assert result.documents[0].language == "en"
    assert {m.quote for m in result.mentions if m.kept} >= {"Derechos humanos", "Control civil de las fuerzas armadas"}
    row = coverage_of(result, result.courses[0].id, "human-rights")
    assert (row.outcome, row.depth) in {(Outcome.COVERED, Depth.BLOCK), (Outcome.COVERED, Depth.PART)}


def test_sections_know_their_language(tmp_path: Path) -> None:
    """Each section bears the language of most of its text."""
    english = (
        "Students keep a stock ledger, plan the fuel of a convoy and load a truck by the manifest of the day. " * 6
    )
    spanish = (
        "Los alumnos leen la ley de su país y discuten con el profesor los casos que la clase ha elegido esta semana."
    )
    path = tmp_path / "a.md"
    path.write_text(f"# Supply\n\n## Description\n\n{english}\n\n## Objetivos\n\n{spanish}\n", encoding="utf-8")
    document = extract_file(path)
    assert isinstance(document, Document)
    outline = read_outline(document, load_cues(taxonomies_dir() / "outline.yaml"))
    told = {section.kind.value: section.language for section in outline.sections}
    assert told["description"] == "en"
    assert told["objective"] == "es"
