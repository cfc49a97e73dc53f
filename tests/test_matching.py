"""Which document is which course's: by line, id, title or file name, with the reason; and every doubt told."""

from __future__ import annotations

from pathlib import Path

import pytest

from imetaudit.catalog import read_catalog
from imetaudit.catalog.alone import courses_told
from imetaudit.catalog.matching import Matching, Told, match_courses
from imetaudit.model import CoursePart, Identity, MatchReason


def said(course_id: str | None = None, title: str | None = None, language: str = "en", **more: str) -> Told:
    """Return what a syllabus of one course says."""
    return Told(Identity(course_id, title, **more), (), language)


def handbook(*courses: tuple[str, str]) -> Told:
    """Return what a document of several courses says."""
    parts = (CoursePart(Identity(*each), at * 100, at * 100 + 90, at, at, 50) for at, each in enumerate(courses, 1))
    return Told(Identity(), tuple(parts), "en")


def matched(folder: Path, table: str | None, told: dict[str, Told]) -> Matching:
    """Match documents of these names to a catalogue, or without one to themselves."""
    for name in told:
        (folder / name).write_text("text", encoding="utf-8")
    if table is None:
        return courses_told(read_catalog([folder]), told)
    (folder / "courses.csv").write_text(table, encoding="utf-8")
    return match_courses(read_catalog([folder]), told)


def claims(matching: Matching) -> dict[str, list[tuple[str, MatchReason]]]:
    """Return the documents of each course with the reasons."""
    return {each.course.id: [(claim.document, claim.reason) for claim in each.claims] for each in matching.courses}


def warnings(matching: Matching) -> dict[str, tuple[str, ...]]:
    """Return the warnings of the courses that have any."""
    return {each.course.id: each.warnings for each in matching.courses if each.warnings}


TABLE = "id,title,MASL\nNAV-310,Coastal Navigation,Z171-310\nLAW-345,Human Rights Law,\n"


@pytest.mark.parametrize(
    ("name", "told", "reason"),
    [
        ("scan1.pdf", said("nav 310", "Something Else"), MatchReason.ID),
        ("scan1.pdf", said("NAV310"), MatchReason.ID),
        ("scan1.pdf", said(masl="Z171-310"), MatchReason.ID),
        ("scan1.pdf", said(None, "COASTAL NAVIGATION"), MatchReason.TITLE),
        ("nav-310.pdf", said(), MatchReason.FILE_NAME),
    ],
)
def test_a_file_that_no_line_names_tells_whose_it_is(
    tmp_path: Path, name: str, told: Told, reason: MatchReason
) -> None:
    """The id in the syllabus comes before its title, and that before the file's name."""
    found = matched(tmp_path, TABLE, {name: told})
    assert claims(found) == {"LAW-345": [], "NAV-310": [(name, reason)]}
    assert (found.unclaimed, found.warnings, warnings(found)) == ((), (), {})


@pytest.mark.parametrize(
    ("told", "because"),
    [
        (said("CSUF NAV-310-02"), "the syllabus calls it CSUF NAV-310-02"),
        (said(None, "Coastal Navigations"), "the syllabus is titled “Coastal Navigations”"),
    ],
)
def test_a_match_that_is_not_exact_is_a_warning(tmp_path: Path, told: Told, because: str) -> None:
    """An id with a section, and a title that is nearly the same, are taken and told."""
    found = matched(tmp_path, TABLE, {"scan1.pdf": told})
    assert len(claims(found)["NAV-310"]) == 1
    assert because in warnings(found)["NAV-310"][0]


@pytest.mark.parametrize(
    ("name", "told", "because"),
    [
        ("scan1.pdf", said("NAV-310", "Human Rights Law"), "NAV-310"),
        ("law-345.pdf", said("NAV-310"), "LAW-345"),
        ("scan1.pdf", said("NAV-310A", "Coastal Navigation II"), "no course has its id, title or name"),
        ("scan1.pdf", said(), "no course has its id, title or name"),
    ],
)
def test_a_doubtful_file_is_claimed_by_nobody_and_listed(tmp_path: Path, name: str, told: Told, because: str) -> None:
    """Signs that contradict each other, and other numbers and numerals, make no match."""
    found = matched(tmp_path, TABLE, {name: told})
    assert claims(found) == {"LAW-345": [], "NAV-310": []}
    assert found.unclaimed == (name,)
    assert because in found.warnings[0]


def test_two_lines_of_one_title_are_told_apart_by_the_file_name_or_not_at_all(tmp_path: Path) -> None:
    """Where the title fits two lines the next sign decides, and without one nobody has the file."""
    table = "id,title\nA-100,Human Rights Law\nB-200,Human Rights Law\n"
    told = {"b-200.pdf": said(None, "Human Rights Law"), "scan.pdf": said(None, "Human Rights Law")}
    found = matched(tmp_path, table, told)
    assert claims(found) == {"A-100": [], "B-200": [("b-200.pdf", MatchReason.TITLE)]}
    assert found.warnings[0].startswith("scan.pdf: by its title it may be of A-100 and B-200")


def test_a_title_of_one_word_and_a_short_id_are_too_little_alone(tmp_path: Path) -> None:
    """What is too easily part of another's name needs a second sign."""
    table = "id,title\nA-1,Logistics\n"
    alone = matched(tmp_path, table, {"scan.pdf": said(None, "Logistics"), "a-1 notes.pdf": said()})
    assert (claims(alone), len(alone.unclaimed)) == ({"A-1": []}, 2)
    (tmp_path / "figures").mkdir()
    figures = matched(tmp_path / "figures", "id\n101\n", {"x.pdf": said("101"), "101.pdf": said("101")})
    assert claims(figures) == {"101": [("101.pdf", MatchReason.ID)]}
    (tmp_path / "both").mkdir()
    both = matched(tmp_path / "both", table, {"x.pdf": said("A-1", "Logistics")})
    assert claims(both) == {"A-1": [("x.pdf", MatchReason.ID)]}


def test_a_line_that_names_its_files_gets_no_others(tmp_path: Path) -> None:
    """The officer's word holds; a file that says it belongs there too is listed with the course."""
    table = "id,files\nNAV-310,a.pdf\nLAW-345,none\n"
    found = matched(tmp_path, table, {"a.pdf": said(), "b.pdf": said("NAV-310"), "c.pdf": said("LAW-345")})
    assert claims(found) == {"LAW-345": [], "NAV-310": [("a.pdf", MatchReason.NAMED)]}
    assert found.unclaimed == ("b.pdf", "c.pdf")
    assert "it may be of NAV-310, whose line names other files or none" in found.warnings[0]


@pytest.mark.parametrize(
    ("told", "contradiction"),
    [
        (said("LAW-345"), "a.pdf states the id LAW-345, which is that of LAW-345"),
        (said("XYZ-1"), "a.pdf states the id XYZ-1"),
        (said(None, "Human Rights Law"), "is the title of LAW-345"),
        (said(None, "Bread Baking"), "a.pdf is titled “Bread Baking”"),
        (said("NAV-310", "Navegación costera"), ""),
        (said("XYZ-1", "Coastal Navigation"), ""),
        (said(None, "Navigation on the Coast"), ""),
        (said(), ""),
    ],
)
def test_a_syllabus_that_contradicts_its_line_is_a_warning(tmp_path: Path, told: Told, contradiction: str) -> None:
    """The course keeps the file that its line names, and the report says what the file says against it."""
    table = "id,title,files\nNAV-310,Coastal Navigation,a.pdf\nLAW-345,Human Rights Law,\n"
    found = matched(tmp_path, table, {"a.pdf": told})
    assert claims(found)["NAV-310"] == [("a.pdf", MatchReason.NAMED)]
    assert contradiction in warnings(found).get("NAV-310", ("",))[0]
    assert bool(contradiction) == bool(warnings(found))


def test_courses_that_name_one_handbook_take_their_parts(tmp_path: Path) -> None:
    """By id, then by title; who is not in it is not audited by it, and what nobody names is listed."""
    table = "id,title,files\nNAV-310,,h.pdf\nX-1,Human Rights Law,h.pdf\nLOG-9,Logistics,h.pdf\n"
    told = handbook(("NAV 310", "Coastal Navigation"), ("LAW-345", "Human Rights Law"), ("MED-1", "First Aid"))
    found = matched(tmp_path, table, {"h.pdf": told})
    pages = {each.course.id: [(m.page, m.last_page) for m in (c.told() for c in each.claims)] for each in found.courses}
    assert pages == {"LOG-9": [(None, None)], "NAV-310": [(1, 1)], "X-1": [(2, 2)]}
    assert warnings(found) == {"LOG-9": ("h.pdf describes 3 courses and not this one; it was not audited",)}
    assert next(claim.parts for each in found.courses for claim in each.claims) == ()
    assert found.warnings == ("h.pdf: describes 1 course that is no line's of the catalogue (MED-1); not audited",)


def test_a_course_that_alone_names_a_document_keeps_all_of_it(tmp_path: Path) -> None:
    """What only seems to be a handbook is not taken from the course whose line names it."""
    told = handbook(("NAV-1", "Charts"), ("NAV-2", "Tides"), ("NAV-3", "Radar"))
    found = matched(tmp_path, "id,files\nLAW-345,h.pdf\n", {"h.pdf": told})
    assert [claim.parts for each in found.courses for claim in each.claims] == [None]
    assert "seems to describe 3 courses" in warnings(found)["LAW-345"][0]


def test_a_handbook_that_no_line_names_is_shared_out(tmp_path: Path) -> None:
    """Courses whose lines name no file find their parts in it."""
    told = handbook(("NAV-310", "x"), ("Q-1", "Human Rights Law"), ("MED-1", "First Aid"))
    found = matched(tmp_path, TABLE, {"h.pdf": told})
    assert claims(found) == {"LAW-345": [("h.pdf", MatchReason.TITLE)], "NAV-310": [("h.pdf", MatchReason.ID)]}
    assert (found.unclaimed, len(found.warnings)) == ((), 1)


# --- without a catalogue ---------------------------------------------------------------------------------------


def test_each_course_of_a_handbook_is_a_course(tmp_path: Path) -> None:
    """Ids are those that the handbook states; a number that stands twice gets its place."""
    told = {"h.pdf": handbook(("NAV-1", "Charts"), ("HIS-9", "War"), ("HIS-9", "Peace")), "x.pdf": said("LAW-1", "Law")}
    found = matched(tmp_path, None, told)
    assert [each.course.id for each in found.courses] == ["LAW-1", "NAV-1", "h!/HIS-9@200", "h!/HIS-9@300"]
    assert found.warnings == (
        "h.pdf: describes 3 courses, each audited by itself; what is before and after them is of none",
    )


def test_files_of_one_id_are_two_courses_without_a_catalogue(tmp_path: Path) -> None:
    """Every file is a course; that two state the same id is said, with what to do."""
    one, other = said("NAV-1", "Charts and Tides"), said("nav 1", "Cartas y mareas", "es")
    found = matched(tmp_path, None, {"a.pdf": one, "b.pdf": other})
    assert sorted(each.course.id for each in found.courses) == ["a", "b"]
    assert any("NAV-1" in warning and "courses.csv" in warning for warning in found.warnings)
