"""The sample school: its catalogue, its files and its expectations agree, and its generator is deterministic."""

from __future__ import annotations

import csv
import re
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import pytest
from make_sample_school import build_school
from sample_school.markup import Heading, Items, Paragraph, Table, parse_blocks

FOLDER = Path(__file__).parent.parent / "sample_syllabi"
AREAS = ("human-rights", "democracy", "civilian-control", "law-of-armed-conflict")
OUTCOMES = {"covered", "mentioned-only", "no-evidence", "not-auditable", "no-syllabus"}
NOT_SYLLABI = {"README.md", "courses.csv", "expected.csv"}


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of one of the school's tables."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def files_of(course: dict[str, str]) -> list[str]:
    """Return the files that a line of the catalogue names, or that bear its id."""
    named = [name for name in course["files"].split(";") if name]
    return named or sorted(p.name for p in FOLDER.iterdir() if course["id"].lower() in p.name.lower())


@pytest.fixture(scope="module")
def school() -> dict[str, bytes]:
    """Return the binary syllabi, built anew."""
    return build_school()


def test_two_builds_give_the_same_bytes(school: dict[str, bytes]) -> None:
    """The generator gives the same bytes each time that it runs."""
    assert school == build_school()


def test_every_built_file_is_in_the_folder(school: dict[str, bytes]) -> None:
    """What the generator writes is what is committed, by name."""
    assert [name for name in school if not (FOLDER / name).is_file()] == []


def test_hand_written_packages_are_the_committed_ones(school: dict[str, bytes]) -> None:
    """The formats that depend on no library are committed byte for byte as built."""
    ours = {name: data for name, data in school.items() if not name.endswith(".pdf")}
    assert {name: (FOLDER / name).read_bytes() for name in ours} == ours


def test_every_file_belongs_to_one_course() -> None:
    """Each syllabus belongs to exactly one course of the catalogue, and one course has none."""
    belonging = sorted(name for course in rows("courses.csv") for name in files_of(course))
    assert belonging == sorted({p.name for p in FOLDER.iterdir() if p.is_file()} - NOT_SYLLABI)
    assert [course["id"] for course in rows("courses.csv") if not files_of(course)] == ["AIR-280"]


def test_every_course_has_an_expectation_for_each_lead_area() -> None:
    """The expectations name each course and area once, with an outcome that exists."""
    expected = rows("expected.csv")
    pairs = [(row["course"], row["area"]) for row in expected]
    assert len(pairs) == len(set(pairs))
    assert {row["outcome"] for row in expected} == OUTCOMES
    wanted = {(course["id"], area) for course in rows("courses.csv") for area in AREAS}
    assert wanted - set(pairs) == set()


def test_every_trap_is_in_the_readme() -> None:
    """Each of the twenty-two traps has at least one file, or is said to be in nearly every file."""
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    table = readme.split("| trap |")[0]
    assert {f"T{n}" for n in range(1, 23)} - set(re.findall(r"\bT\d+\b", table)) == set()


def test_the_school_is_small() -> None:
    """The whole folder stays under two and a half megabytes."""
    assert sum(p.stat().st_size for p in FOLDER.iterdir()) < 2_500_000


def test_latin_text_is_not_utf8() -> None:
    """The Windows-1252 syllabus cannot be taken for UTF-8."""
    data = (FOLDER / "law-345-uso-de-la-fuerza.txt").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        data.decode("utf-8")
    assert "Lección 4. El estado de excepción" in data.decode("cp1252")


def test_damaged_and_encrypted_files_are_so(school: dict[str, bytes]) -> None:
    """The truncated package has lost its directory, and the encrypted PDF says that it is one."""
    with pytest.raises(BadZipFile):
        ZipFile(BytesIO(school["ing-290-ingenieria-de-campana.docx"]))
    assert b"/Encrypt" in school["ops-275-operaciones-especiales.pdf"]


def test_scanned_file_has_pictures_and_no_text(school: dict[str, bytes]) -> None:
    """The scanned PDF draws pictures and names no font for text."""
    scanned = school["int-270-inteligencia-estrategica.pdf"]
    assert b"/Subtype /Image" in scanned
    assert b"/ToUnicode" not in scanned


def test_marks_become_blocks() -> None:
    """Each mark of the sources becomes the block that it stands for."""
    text = "# A\n\nOne\ntwo // three\n- x\n- y\n\n| a | b |\n| 1 | 2 |\n\n: k = v\n\n+ new\n"
    assert list(parse_blocks(text)) == [
        Heading("A", 0),
        Paragraph("One two\nthree"),
        Items(("x", "y")),
        Table((("a", "b"), ("1", "2"))),
        Table((("k", "v"),), head=False),
        Paragraph("new", "inserted"),
    ]
