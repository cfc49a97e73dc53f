"""The catalogue: as offices write it, with every fault listed and nothing lost in silence."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import pytest
from containers import Rows, xlsx, zipped

from imetaudit.catalog import Catalog, read_catalog
from imetaudit.catalog.matching import Matching, match_courses
from imetaudit.errors import DataFileError, UsageError

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes as POSIX has them")


def make_folder(folder: Path, *names: str, table: str | bytes | None = None) -> Path:
    """Make a folder of small files, and its courses.csv."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text", encoding="utf-8")
    if table is not None:
        (folder / "courses.csv").write_bytes(table if isinstance(table, bytes) else table.encode("utf-8"))
    return folder


def files_of(catalog: Catalog) -> dict[str, tuple[str, ...]]:
    """Return the files of each course."""
    return {course.id: course.files for course in catalog.courses}


def by_name(folder: Path) -> Matching:
    """Match the files of a folder to its catalogue by their names alone, as if none could be read."""
    return match_courses(read_catalog([folder]), {})


def claimed(matching: Matching) -> dict[str, tuple[str, ...]]:
    """Return the files of each course."""
    return {each.course.id: each.course.files for each in matching.courses}


def problems(folder: Path) -> list[tuple[int, str]]:
    """Return line and text of every problem of the folder's catalogue."""
    with pytest.raises(DataFileError) as caught:
        read_catalog([folder])
    assert all(problem.remedy for problem in caught.value.problems)
    return [(problem.line, problem.what) for problem in caught.value.problems]


# --- the table -----------------------------------------------------------------------------------------


def test_a_line_becomes_a_course(tmp_path: Path) -> None:
    """Known columns fill the fields, other columns become attributes, empty cells nothing."""
    table = "id,title,files,department,edition,Offered as,masl\nN-1,Navigation,n.pdf,Sea,2026,E-IMET,\n"
    found = read_catalog([make_folder(tmp_path, "n.pdf", table=table)])
    (course,) = found.courses
    assert (course.id, course.title, course.files) == ("N-1", "Navigation", ("n.pdf",))
    assert (course.department, course.edition, course.attributes) == ("Sea", "2026", {"Offered as": "E-IMET"})
    assert (found.warnings, found.unnamed, found.root) == ((), (), tmp_path)
    assert found.sha256 == hashlib.sha256(table.encode()).hexdigest()


@pytest.mark.parametrize(
    "table",
    [
        "Código;Título;Archivo\nN-1;Navegación;n.pdf\n".encode("cp1252"),
        "\ufeffCódigo del curso,Nombre,Archivos\r\nN-1,Navegación,n.pdf\r\n".encode(),
        "course_id\ttitle\tfile\nN-1\tNavegación\tn.pdf\n".encode("utf-16"),
        'sep=;\n"ID";"TITULO";"FICHERO"\n"N-1";"Navegación";"n.pdf"\n'.encode(),
        "\n\nCode,Course,Syllabus file\nN-1,Navegación,n.pdf\n,,\n".encode(),
    ],
)
def test_delimiters_encodings_and_names_of_columns(tmp_path: Path, table: bytes) -> None:
    """Spreadsheets of several countries and the names of columns in two languages are understood."""
    (course,) = read_catalog([make_folder(tmp_path, "n.pdf", table=table)]).courses
    assert (course.id, course.title, course.files) == ("N-1", "Navegación", ("n.pdf",))


def test_a_guessed_encoding_is_a_warning(tmp_path: Path) -> None:
    """A catalogue that is not UTF-8 is read as Windows-1252, and the report says so."""
    found = read_catalog([make_folder(tmp_path, table="id,title\nN-1,Navegación\n".encode("cp1252"))])
    assert [warning for warning in found.warnings if "Windows-1252" in warning]


def test_all_faults_of_a_catalogue_are_listed_with_their_lines(tmp_path: Path) -> None:
    """Repeated ids, lines without id and lines with too many cells are all reported, before any work."""
    table = 'id,title\nA-1,"One\nand a half"\na-1,Two\n,Three\nB-1,Four,five\n'
    assert problems(make_folder(tmp_path, table=table)) == [
        (4, "the id 'a-1' stands twice, first in line 2"),
        (5, "the course has no id"),
        (6, "the line has 3 cells, the header 2"),
    ]


@pytest.mark.parametrize(
    ("table", "line", "what"),
    [
        ("", 0, "is empty"),
        (" \n\n", 0, "is empty"),
        ("title,files\nNavigation,n.pdf\n", 1, "no column has the ids of the courses; the header has title, files"),
        ("id,title\n", 1, "names no course"),
        ("id,files,files\nA,,\n", 1, "two columns are called 'files'"),
        ('id,title\nA,"One\nB,Two\n', 2, "the line is not CSV (unexpected end of data)"),
        (
            b"PK\x03\x04rest",
            0,
            "cannot be read as a spreadsheet (The package cannot be opened (BadZipFile); ask for the file again.)",
        ),
        (b"id,title\nA,\x81\x8d\n", 0, "is not text in UTF-8 or Windows-1252"),
        (b"id\0,title\n", 0, "is not text in UTF-8 or Windows-1252"),
        ("id,files\nA,../secret.pdf\n", 2, "'../secret.pdf' lies outside the audited folder"),
        ("id,files\nA,/etc/passwd\n", 2, "'/etc/passwd' lies outside the audited folder"),
    ],
)
def test_a_faulty_catalogue_is_not_acted_on(tmp_path: Path, table: str | bytes, line: int, what: str) -> None:
    """Each fault of a catalogue is reported with its line."""
    assert problems(make_folder(tmp_path / "school", table=table)) == [(line, what)]


def test_courses_are_in_natural_order_whatever_the_order_of_lines(tmp_path: Path) -> None:
    """Numbers in ids sort by value, and the order of the lines changes nothing."""
    made = [
        [course.id for course in read_catalog([make_folder(tmp_path / name, table=table)]).courses]
        for name, table in (("a", "id\nN-10\nn-9\nA\n"), ("b", "id\nA\nN-10\nn-9\n"))
    ]
    assert made == [["A", "n-9", "N-10"]] * 2


# --- the files of a course -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "files"),
    [
        ("a.pdf;sub/b 2.docx", ("a.pdf", "sub/b 2.docx")),
        ("sub\\b 2.docx | a.pdf", ("a.pdf", "sub/b 2.docx")),
        ('"a.pdf, sub/b 2.docx"', ("a.pdf", "sub/b 2.docx")),
        ("sub/*", ("sub/b 2.docx", "sub/c; d.pdf")),
        ("sub", ("sub/b 2.docx", "sub/c; d.pdf")),
        ("sub/c; d.pdf", ("sub/c; d.pdf",)),
        ("./a.pdf", ("a.pdf",)),
        ("A.PDF", ("a.pdf",)),
        ("gone.pdf", ("gone.pdf",)),
        ("n/a", ()),
    ],
)
def test_a_cell_names_files(tmp_path: Path, cell: str, files: tuple[str, ...]) -> None:
    """Separators, patterns, folders and other capitals are understood; a missing file is kept for the report."""
    made = make_folder(tmp_path, "a.pdf", "sub/b 2.docx", "sub/c; d.pdf", table=f"id,files\nX,{cell}\n")
    assert files_of(read_catalog([made])) == {"X": files}


def test_a_missing_file_is_a_warning_and_no_error(tmp_path: Path) -> None:
    """A line that names a file that does not exist stops nothing."""
    found = read_catalog([make_folder(tmp_path, table="id,files\nX,gone.pdf\n")])
    assert found.warnings == ("X: the file 'gone.pdf' does not exist",)


def test_empty_cells_are_filled_by_the_id_in_the_file_name(tmp_path: Path) -> None:
    """An id is found with and without its hyphens, and not as part of a longer number or id."""
    names = (
        "nav310_syllabus.pdf",
        "NAV-3100.pdf",
        "NAV-310A v2.pdf",
        "old nav 310.docx",
        "HIST/NAV-31.pdf",
        "xnav-31.pdf",
        "NAV-3109.pdf",
    )
    made = make_folder(tmp_path, *names, table="id\nNAV-310\nNAV-310A\nNAV-31\nNAV-3100\nNAV-9\n")
    found = by_name(made)
    assert claimed(found) == {
        "NAV-9": (),
        "NAV-31": ("HIST/NAV-31.pdf",),
        "NAV-310": ("nav310_syllabus.pdf", "old nav 310.docx"),
        "NAV-310A": ("NAV-310A v2.pdf",),
        "NAV-3100": ("NAV-3100.pdf",),
    }
    assert found.unclaimed == ("NAV-3109.pdf", "xnav-31.pdf")
    warnings = {each.course.id: each.warnings for each in found.courses}
    assert warnings["NAV-310"][0].startswith("2 files are taken for its syllabus: nav310_syllabus.pdf (file name), ")
    assert [warning.partition(":")[0] for warning in found.warnings] == ["NAV-3109.pdf", "xnav-31.pdf"]


def test_a_file_in_a_folder_named_by_the_id_belongs_to_the_course(tmp_path: Path) -> None:
    """Schools keep a folder a course."""
    made = make_folder(tmp_path, "NAV-1/syllabus.pdf", "NAV-2/syllabus.pdf", table="id\nNAV-1\nNAV-2\n")
    assert claimed(by_name(made)) == {"NAV-1": ("NAV-1/syllabus.pdf",), "NAV-2": ("NAV-2/syllabus.pdf",)}


def test_a_match_by_title_is_doubtful(tmp_path: Path) -> None:
    """Where no file holds the id, one that holds the title is taken, with a warning; one word is not enough."""
    table = "id,title\nA-1,Derechos Humanos\nB-2,Navigation\n"
    found = by_name(make_folder(tmp_path, "curso derechos_humanos 2026.pdf", "navigation.pdf", table=table))
    assert claimed(found) == {"A-1": ("curso derechos_humanos 2026.pdf",), "B-2": ()}
    assert found.courses[0].warnings == (
        "curso derechos_humanos 2026.pdf found by the file's name: by the title in its name only",
    )
    assert found.unclaimed == ("navigation.pdf",)


def test_a_named_file_is_not_guessed_for_another_course(tmp_path: Path) -> None:
    """A file that one line names is not given to another by its name."""
    found = by_name(make_folder(tmp_path, "NAV-2.pdf", table="id,files\nNAV-1,NAV-2.pdf\nNAV-2,\n"))
    assert claimed(found) == {"NAV-1": ("NAV-2.pdf",), "NAV-2": ()}


def test_a_file_of_two_courses_is_a_warning(tmp_path: Path) -> None:
    """One syllabus for two courses may be right, and the report says so."""
    found = by_name(make_folder(tmp_path, "a.pdf", table="id,files\nX,a.pdf\nY,a.pdf\n"))
    assert found.warnings == ("a.pdf: the syllabus of more than one course (X, Y)",)


def test_a_catalogue_elsewhere(tmp_path: Path) -> None:
    """A catalogue may lie anywhere and have any name; within the folder it is no syllabus."""
    make_folder(tmp_path / "school", "a.pdf", "list.txt")
    (tmp_path / "school" / "list.txt").write_text("id,files\nX,a.pdf\n", encoding="utf-8")
    (tmp_path / "other.csv").write_text("id,files\nY,a.pdf\n", encoding="utf-8")
    inside = read_catalog([tmp_path / "school"], tmp_path / "school" / "list.txt")
    assert (files_of(inside), inside.unnamed) == ({"X": ("a.pdf",)}, ())
    assert files_of(read_catalog([tmp_path / "school"], tmp_path / "other.csv")) == {"Y": ("a.pdf",)}


# --- a folder without a catalogue ------------------------------------------------------------------------


def test_without_a_catalogue_every_file_is_a_course(tmp_path: Path) -> None:
    """Ids come from file names, longer where two are equal, and unknown endings are kept."""
    made = make_folder(tmp_path, "b/x.pdf", "a/x.pdf", "y.md", "y.txt", "z10.xyz", "z9.pdf")
    found = read_catalog([made])
    assert [(course.id, course.files) for course in found.courses] == [
        ("a/x", ("a/x.pdf",)),
        ("b/x", ("b/x.pdf",)),
        ("y.md", ("y.md",)),
        ("y.txt", ("y.txt",)),
        ("z9", ("z9.pdf",)),
        ("z10", ("z10.xyz",)),
    ]
    assert (found.sha256, found.warnings, found.unnamed) == (None, (), ())


def test_what_is_no_syllabus_is_passed_over(tmp_path: Path) -> None:
    """Hidden files, lock files, readmes and programs are no courses; only the programs are worth a warning."""
    names = (
        ".DS_Store",
        ".git/config",
        "~$a.docx",
        "README.md",
        "readme",
        "a.docx",
        "s.css",
        "p.py",
        "q.PY",
        "__MACOSX/b.pdf",
    )
    found = read_catalog([make_folder(tmp_path, *names)])
    assert files_of(found) == {"a": ("a.docx",)}
    assert found.warnings == ("3 files passed over that plainly are no documents (.css 1, .py 2)",)


def test_files_may_be_given_singly(tmp_path: Path) -> None:
    """Single files are relative to the nearest folder that holds all of them, and kept whatever their name."""
    made = make_folder(tmp_path, "one/a.pdf", "two/README.md", "two/b.pdf")
    found = read_catalog([made / "one" / "a.pdf", made / "two" / "README.md"])
    assert (found.root, files_of(found)) == (tmp_path, {"a": ("one/a.pdf",), "README": ("two/README.md",)})


def test_a_folder_may_be_excluded(tmp_path: Path) -> None:
    """The folder to which reports are written is not audited."""
    made = make_folder(tmp_path, "a.pdf", "reports/report.html")
    assert files_of(read_catalog([made], exclude=[made / "reports"])) == {"a": ("a.pdf",)}


@posix_only
def test_links_that_leave_the_folder_are_not_followed(tmp_path: Path) -> None:
    """A link to a file or folder elsewhere is reported and not read, nor when the catalogue names it."""
    make_folder(tmp_path / "outside", "secret.pdf")
    school = make_folder(tmp_path / "school", "a.pdf")
    (school / "link.pdf").symlink_to(tmp_path / "outside" / "secret.pdf")
    (school / "folder").symlink_to(tmp_path / "outside", target_is_directory=True)
    (school / "again.pdf").symlink_to(school / "a.pdf")
    found = read_catalog([school])
    assert files_of(found) == {"a": ("a.pdf",), "again": ("again.pdf",)}
    assert found.warnings == (
        "folder: a link that leaves the folder; not followed",
        "link.pdf: a link that leaves the folder; not followed",
    )
    make_folder(school, table="id,files\nX,link.pdf\n")
    assert problems(school) == [(2, "'link.pdf' lies outside the audited folder")]


@posix_only
def test_what_is_not_a_regular_file_is_reported(tmp_path: Path) -> None:
    """A pipe, on which reading would hang, and a link that leads nowhere are reported and not read."""
    made = make_folder(tmp_path, "a.pdf")
    os.mkfifo(made / "pipe.pdf")
    (made / "broken.pdf").symlink_to(made / "nowhere.pdf")
    found = read_catalog([made])
    assert list(files_of(found)) == ["a"]
    assert [warning.partition(":")[0] for warning in found.warnings] == ["broken.pdf", "pipe.pdf"]


def test_what_does_not_exist_is_a_usage_error(tmp_path: Path) -> None:
    """A folder or catalogue that does not exist, or none at all, is the operator's mistake."""
    with pytest.raises(UsageError, match="no such file or folder"):
        read_catalog([tmp_path / "nowhere"])
    with pytest.raises(UsageError, match="no such file"):
        read_catalog([tmp_path], tmp_path / "nowhere.csv")
    with pytest.raises(UsageError, match="at least one"):
        read_catalog([])


def test_two_catalogues_are_one_too_many(tmp_path: Path) -> None:
    """Two folders with a catalogue each cannot be audited without saying which counts."""
    folders = [make_folder(tmp_path / name, table="id\nA\n") for name in "ab"]
    with pytest.raises(UsageError, match="--catalog"):
        read_catalog(folders)


# --- files that hold several syllabi -----------------------------------------------------------------------------

ARCHIVE = zipped(
    ("nav/N-1.txt", "text"), ("N-2.txt", "text"), ("prog.exe", "MZ"), ("__MACOSX/._N-1.txt", "x"), (".DS_Store", "x"),
    ("Thumbs.db", "x"), ("readme.txt", "text"), ("courses.csv", "id\nA\n"),
)  # fmt: skip
DESCRIPTIONS = b"Course ID,Title,Description\nN-1,Charts,On charts.\nN-2,Knots,On knots.\n"


def test_every_member_is_a_course_of_a_bare_folder(tmp_path: Path) -> None:
    """Members stand for the file that holds them; what is passed over in a folder is passed over in an archive."""
    make_folder(tmp_path, "plain.txt")
    (tmp_path / "a.zip").write_bytes(ARCHIVE)
    (tmp_path / "d.csv").write_bytes(DESCRIPTIONS)
    found = read_catalog([tmp_path])
    assert sorted(file for course in found.courses for file in course.files) == [
        "a.zip!/N-2.txt",
        "a.zip!/nav/N-1.txt",
        "d.csv!/N-1",
        "d.csv!/N-2",
        "plain.txt",
    ]
    assert len(found.courses) == 5
    assert found.warnings == (
        "a.zip!/courses.csv: a list of courses in an archive is not used; unpack it to use it",
        "a.zip: 1 file passed over that plainly are no documents (.exe 1)",
    )


def test_a_catalogue_names_members_or_the_file_that_holds_them(tmp_path: Path) -> None:
    """A member is named as the reports name it, an archive means all its members, and an id finds its row."""
    table = "id,files\nA,a.zip!/nav/N-1.txt;d.csv!/N-1\nB,a.zip\nC,a.zip!/readme.txt\nN-2,\n"
    make_folder(tmp_path, table=table)
    (tmp_path / "a.zip").write_bytes(ARCHIVE)
    (tmp_path / "d.csv").write_bytes(DESCRIPTIONS)
    found = read_catalog([tmp_path])
    assert files_of(found) == {
        "A": ("a.zip!/nav/N-1.txt", "d.csv!/N-1"),
        "B": ("a.zip!/N-2.txt", "a.zip!/nav/N-1.txt"),
        "C": ("a.zip!/readme.txt",),
        "N-2": (),
    }
    assert claimed(match_courses(found, {}))["N-2"] == ("d.csv!/N-2",)
    assert not any("does not exist" in warning for warning in found.warnings)


def test_a_file_that_cannot_be_opened_stays_on_the_list(tmp_path: Path) -> None:
    """A damaged archive, and one that holds no document, are courses that could not be audited, not nothing."""
    (tmp_path / "cut.zip").write_bytes(ARCHIVE[:60])
    (tmp_path / "junk.zip").write_bytes(zipped((".DS_Store", "x")))
    assert files_of(read_catalog([tmp_path])) == {"cut": ("cut.zip",), "junk": ("junk.zip",)}


def test_a_workbook_is_a_catalogue_too(tmp_path: Path) -> None:
    """A courses.xlsx is read as the CSV of the same cells; numbers have no point, and other sheets are told of."""
    make_folder(tmp_path, "n.txt")
    rows: Rows = [("Code", "Title", "Files", "Weeks"), ("N-1", "Charts", "n.txt", 4.0), (205, "Knots", "none", None)]
    (tmp_path / "courses.xlsx").write_bytes(xlsx({"Notes": [("Draft",)], "Courses": rows}))
    found = read_catalog([tmp_path])
    assert files_of(found) == {"205": (), "N-1": ("n.txt",)}
    assert {course.id: course.attributes for course in found.courses}["N-1"] == {"Weeks": "4"}
    assert [warning.partition("courses.xlsx: ")[2] for warning in found.warnings] == [
        "the list of courses is sheet Courses; not used: Notes"
    ]


def test_two_lists_of_courses_are_not_chosen_between(tmp_path: Path) -> None:
    """A courses.csv beside a courses.xlsx is the operator's to settle."""
    make_folder(tmp_path, table="id\nA\n")
    (tmp_path / "courses.xlsx").write_bytes(xlsx({"S": [("id",), ("A",)]}))
    with pytest.raises(UsageError, match="more than one catalogue"):
        read_catalog([tmp_path])


def test_descriptions_in_the_list_of_courses_are_not_taken_for_syllabi(tmp_path: Path) -> None:
    """The list stays the list, and says that its descriptions are not audited and what to do."""
    found = read_catalog([make_folder(tmp_path, table=DESCRIPTIONS)])
    assert files_of(found) == {"N-1": (), "N-2": ()}
    assert len(found.warnings) == 1
    assert "under “Description” is not audited" in found.warnings[0]


def test_a_list_under_another_name_is_not_a_table_of_descriptions(tmp_path: Path) -> None:
    """The file given as --catalog is never among the syllabi."""
    (tmp_path / "list.csv").write_bytes(DESCRIPTIONS)
    found = read_catalog([tmp_path], tmp_path / "list.csv")
    assert (files_of(found), found.unnamed) == ({"N-1": (), "N-2": ()}, ())
