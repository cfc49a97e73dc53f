"""Documents that describe several courses are parted, and syllabi that only look so are not."""

from __future__ import annotations

from pathlib import Path

import pytest
from handbooks import FULL, PLAN, SPANISH, SYLLABUS, TABLE, files_of

from imetaudit.extract import extract_file
from imetaudit.model import Document, HoursBasis, Outline, SectionKind
from imetaudit.outline import OutlineCues, read_outline

from .conftest import MakeDocument

SHARED = Path(__file__).parents[3] / "shared" / "gold" / "military" / "files"
FORMATS = (".pdf", ".docx", ".odt", ".html")


def read(folder: Path, text: str, ending: str, cues: OutlineCues) -> tuple[Document, Outline]:
    """Make a file of a handbook and read it."""
    path = folder / f"handbook{ending}"
    path.write_bytes(files_of(text)[ending])
    document = extract_file(path, ocr="never")
    assert isinstance(document, Document)
    return document, read_outline(document, cues)


def numbers(outline: Outline) -> list[str | None]:
    """Return the numbers of the courses."""
    return [part.identity.course_id for part in outline.courses]


@pytest.mark.parametrize("ending", FORMATS)
def test_a_handbook_is_parted_into_its_syllabi(tmp_path: Path, cues: OutlineCues, ending: str) -> None:
    """Each course has its own stretch, lessons, hours and pages; what is before and after them is of none."""
    document, outline = read(tmp_path, FULL, ending, cues)
    assert numbers(outline) == ["NAV-310", "LAW-345", "LOG-210"]
    law = outline.courses[1]
    assert (law.identity.title, law.hours, law.hours_basis) == (
        "Human Rights and the Use of Force",
        8.0,
        HoursBasis.SUMMED,
    )
    own = [lesson.title for lesson in outline.lessons if law.start <= lesson.start < law.end]
    assert own == ["The Universal Declaration of Human Rights", "Use of force and human rights standards"]
    last = outline.courses[-1]
    assert "Captain" not in document.text[last.start : last.end]
    assert "Admission" not in document.text[outline.courses[0].start :]
    if ending == ".pdf":
        assert [(part.page, part.last_page) for part in outline.courses] == [(2, 2), (3, 3), (4, 4)]


@pytest.mark.parametrize("ending", FORMATS)
def test_a_table_of_courses_is_parted_into_its_rows(tmp_path: Path, cues: OutlineCues, ending: str) -> None:
    """A row is a course; the heads of the columns say which cell holds its hours and its description."""
    document, outline = read(tmp_path, TABLE, ending, cues)
    assert [(part.identity.course_id, part.identity.title, part.hours) for part in outline.courses] == [
        ("NAV-1", "Charts", 40.0),
        ("HR-2", "Human Rights", 24.0),
        ("LOG-3", "Supply", 30.0),
    ]
    described = [s for s in outline.sections if s.kind is SectionKind.DESCRIPTION]
    assert [document.text[s.start :].split()[3] for s in described] == ["charts,", "international", "depots,"]


@pytest.mark.parametrize("ending", [".docx", ".odt", ".html"])
def test_a_catalogue_in_spanish_is_parted_at_its_paragraphs(tmp_path: Path, cues: OutlineCues, ending: str) -> None:
    """Number and title may run into the description, which is then no title; the school is that of all courses."""
    _, outline = read(tmp_path, SPANISH, ending, cues)
    assert numbers(outline) == ["MED-245", "DDHH-101", "NAV-230"]
    rights = outline.courses[1]
    assert rights.identity.title == "Derechos humanos"
    assert {part.identity.institution or part.identity.school for part in outline.courses} == {
        "Escuela de Estado Mayor del Puerto"
    }
    kinds = [s.kind for s in outline.sections if rights.start <= s.start < rights.end]
    assert kinds == [SectionKind.TITLE, SectionKind.DESCRIPTION]


@pytest.mark.parametrize("text", [SYLLABUS, PLAN])
@pytest.mark.parametrize("ending", FORMATS)
def test_a_syllabus_and_a_degree_plan_stay_whole(tmp_path: Path, cues: OutlineCues, ending: str, text: str) -> None:
    """Coded lessons, prerequisites, related courses and lists of courses without a text part nothing."""
    assert read(tmp_path, text, ending, cues)[1].courses == ()


LONG = "This course studies how a staff prepares orders, reports and plans in the field and in garrison."


@pytest.mark.parametrize(
    "lines",
    [
        (
            "# HIS-101 War and Peace",
            "POL-101 War and Peace",
            "SOC-101 War and Peace",
            "LAW-101 War and Peace",
            LONG,
            LONG,
        ),
        ("# Reader", *(f"FM {n}-0 Operations of the Army. {LONG}" for n in (3, 4, 5))),
        ("# Reader", *(f"# CHAPTER {n} Orders\n{LONG}" for n in (3, 4, 5))),
        ("# Sections", *(f"HIS-101 War and Peace, section {n}. {LONG}" for n in (3, 4, 5))),
        ("# Two", f"HIS-101 War. {LONG}", f"HIS-102 Peace. {LONG}"),
        ("# Long", *([LONG] * 9), *(f"HIS-{n} War. {LONG}" for n in (101, 102, 103))),
        (
            "# New in the library",
            *(f"HV{n} Prison Life. Zed Books, 1990, 210 pages, bound, as new, with maps." for n in (210, 310, 410)),
        ),
        ("# POL-300 Security Policy", *(f"HR-{n} Duties of the soldier. {LONG}" for n in (1, 2, 3))),
        ("# Courses", *(f"HIS-{n} War and Peace in Europe" for n in range(101, 109))),
        ("# Autumn", *(f"HIS-10{n % 3} War, group {n}. {LONG}" for n in range(1, 11))),
    ],
    ids=[
        "cross-listed",
        "manuals",
        "chapters",
        "sections",
        "two",
        "most of it is no course",
        "shelf marks",
        "coded lessons",
        "names only",
        "groups",
    ],
)
def test_what_only_looks_like_courses_parts_nothing(
    cues: OutlineCues, make_document: MakeDocument, lines: tuple[str, ...]
) -> None:
    """A wrong cut would make false absences, so every doubt leaves the document whole."""
    assert read_outline(make_document(*lines), cues).courses == ()


def test_a_list_of_contents_is_not_the_courses(cues: OutlineCues, make_document: MakeDocument) -> None:
    """A course that is listed first and described later begins where it is described."""
    titles = {101: "War", 102: "Peace", 103: "Law"}
    listed = [f"HIS-{number} {title}" for number, title in titles.items()]
    told = [line for number, title in titles.items() for line in (f"HIS-{number} {title}", LONG)]
    outline = read_outline(make_document("# Courses", *listed, *told), cues)
    assert numbers(outline) == ["HIS-101", "HIS-102", "HIS-103"]
    assert all(part.described for part in outline.courses)


def test_a_course_of_which_only_the_name_is_said_is_not_described(
    cues: OutlineCues, make_document: MakeDocument
) -> None:
    """Nothing can be absent from a name."""
    told = [line for number in (101, 102, 103) for line in (f"HIS-{number} War", LONG)]
    outline = read_outline(make_document("# Courses", *told, "HIS-104 Peace"), cues)
    assert [part.described for part in outline.courses] == [True, True, True, False]


def test_sections_hold_every_segment_of_a_parted_document(tmp_path: Path, cues: OutlineCues) -> None:
    """Sections of courses and of what stands between are in order, do not overlap and leave nothing out."""
    document, outline = read(tmp_path, FULL, ".docx", cues)
    ends = [section.end for section in outline.sections]
    assert all(end <= section.start for end, section in zip(ends, outline.sections[1:], strict=False))
    for segment in document.segments:
        assert any(section.start <= segment.start < section.end for section in outline.sections)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the coded military syllabi are not beside the repository")
def test_no_real_syllabus_is_parted(cues: OutlineCues) -> None:
    """None of the coded military syllabi is taken for a catalogue."""
    files = sorted(SHARED.iterdir())[::4]
    documents = [extract_file(path, ocr="never") for path in files]
    parted = [d.path for d in documents if isinstance(d, Document) and read_outline(d, cues).courses]
    assert (bool(files), parted) == (True, [])
