"""Archives: members by name, and everything with which an archive may harm."""

from __future__ import annotations

import stat
import struct
import zipfile
from pathlib import Path

import pytest
import yaml
from containers import zipped

from imetaudit.datafile import taxonomies_dir
from imetaudit.extract import extract_file
from imetaudit.extract.members import may_hold_members, members_of
from imetaudit.model import Document, Unreadable

PROSE = "The students discuss the rule of law.\n"


def put(folder: Path, content: bytes, name: str = "a.zip") -> Path:
    """Write a file."""
    path = folder / name
    path.write_bytes(content)
    return path


def names(path: Path) -> list[str]:
    """Return the names of a file's members."""
    return [member.name for member in members_of(path).members]


def outcome(path: Path, name: str) -> str:
    """Return the text of a member, or the reason why there is none."""
    document = extract_file(Path(f"{path}!/{name}"))
    return document.text if isinstance(document, Document) else document.reason.value


def with_limits(folder: Path, **limits: int) -> Path:
    """Write thresholds that differ from the shipped ones in some limits."""
    data = yaml.safe_load((taxonomies_dir() / "extraction.yaml").read_text(encoding="utf-8"))
    data["limits"].update(limits)
    path = folder / "extraction.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return path


def test_a_member_is_a_document_with_the_name_of_its_archive(tmp_path: Path) -> None:
    """Folders stay in the name, folders alone are no members, and the bytes decide what a member is."""
    path = put(tmp_path, zipped(("law/", ""), ("law/course.pdf", f"<html><p>{PROSE}</p></html>"), ("b.md", "# B")))
    assert names(path) == ["law/course.pdf", "b.md"]
    document = extract_file(Path(f"{path}!/law/course.pdf"))
    assert isinstance(document, Document)
    assert (document.path, document.extractor) == ("a.zip!/law/course.pdf", "html")
    named = extract_file(Path(f"{path}!/b.md"), name="school/a.zip!/b.md")
    assert named.path == "school/a.zip!/b.md"


def test_archives_and_tables_in_archives_are_opened(tmp_path: Path) -> None:
    """Members of members are named with one more sign, to the depth that is allowed; deeper ones are reported."""
    inner = zipped(("x.txt", PROSE), ("c.csv", "Course ID,Description\nA-1,Law\nB-2,Sea\n"))
    deep = zipped(("3.zip", zipped(("4.zip", zipped(("5.txt", PROSE))))))
    path = put(tmp_path, zipped(("in.zip", inner), ("2.zip", deep)))
    assert names(path) == ["in.zip!/x.txt", "in.zip!/c.csv!/A-1", "in.zip!/c.csv!/B-2", "2.zip!/3.zip!/4.zip"]
    assert outcome(path, "in.zip!/x.txt") == PROSE.strip()
    assert outcome(path, "in.zip!/c.csv!/B-2").endswith("Sea")
    assert outcome(path, "2.zip!/3.zip!/4.zip") == "unsupported"


def test_a_document_of_parts_is_no_archive(tmp_path: Path) -> None:
    """A DOCX is a zip file and one document."""
    path = put(tmp_path, zipped(("word/document.xml", "<w:document/>"), ("[Content_Types].xml", "<Types/>")), "a.docx")
    assert names(path) == []


def test_the_archive_itself_is_no_document(tmp_path: Path) -> None:
    """Read as a file, an archive names a member to read instead."""
    unreadable = extract_file(put(tmp_path, zipped(("b.txt", PROSE))))
    assert isinstance(unreadable, Unreadable)
    assert "a.zip!/b.txt" in unreadable.detail


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("../../etc/passwd", "__/__/etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\docs\\a.txt", "C_/docs/a.txt"),
        ("a\x1b[2Jb.txt", "a_[2Jb.txt"),
    ],
)
def test_names_that_climb_out_are_shown_safely_and_read(tmp_path: Path, written: str, shown: str) -> None:
    """No name reaches outside the archive, and the member is read under the name that is shown."""
    path = put(tmp_path, zipped((written, PROSE)))
    assert names(path) == [shown]
    assert outcome(path, shown) == PROSE.strip()


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_of_one_name_are_told_apart(tmp_path: Path) -> None:
    """The second of two members of one name gets a number, and its own text."""
    path = put(tmp_path, zipped(("x/a.txt", "One."), ("x/a.txt", "Two.")))
    assert names(path) == ["x/a.txt", "x/a (2).txt"]
    assert (outcome(path, "x/a.txt"), outcome(path, "x/a (2).txt")) == ("One.", "Two.")


def test_names_in_utf8_and_in_cp437(tmp_path: Path) -> None:
    """UTF-8 is told with its mark and without; other names are the DOS ones that the format prescribes."""
    marked = zipped(("á.txt", PROSE))
    assert names(put(tmp_path, marked)) == ["á.txt"]
    assert names(put(tmp_path, _unmarked(marked))) == ["á.txt"]
    dos = _unmarked(zipped(("ab.txt", PROSE))).replace(b"ab.txt", b"\xa0b.txt")
    assert names(put(tmp_path, dos)) == ["áb.txt"]


def _unmarked(archive: bytes) -> bytes:
    """Take the mark of UTF-8 names off."""
    raw = bytearray(archive)
    for signature, offset in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        raw[raw.find(signature) + offset] &= ~0x08
    return bytes(raw)


def test_each_bad_member_has_its_reason_and_the_others_are_read(tmp_path: Path) -> None:
    """A locked, a linked, a swollen and a broken member cost only themselves."""
    link = zipfile.ZipInfo("link.txt")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    raw = bytearray(
        zipped(
            ("locked.txt", PROSE), (link, "/etc/passwd"), ("bomb.txt", bytes(20 << 20)), ("bad.txt", PROSE * 9),
            ("broken.zip", b"PK\x03\x04broken"), ("good.txt", PROSE),
        )
    )  # fmt: skip
    raw[6] |= 1
    raw[raw.find(b"PK\x01\x02") + 8] |= 1
    raw[raw.find(b"bad.txt") + len("bad.txt") + 4] ^= 0xFF
    path = put(tmp_path, bytes(raw))
    told = {name: outcome(path, name) for name in names(path)}
    assert told == {
        "locked.txt": "encrypted",
        "link.txt": "unsupported",
        "bomb.txt": "too-large",
        "bad.txt": "damaged",
        "broken.zip": "damaged",
        "good.txt": PROSE.strip(),
    }


def test_overlapping_members_are_refused(tmp_path: Path) -> None:
    """An archive whose members share bytes is made to do harm: nothing of it is unpacked."""
    archive = zipped(("a.txt", PROSE))
    start, end = archive.find(b"PK\x01\x02"), archive.find(b"PK\x05\x06")
    entry = archive[start:end]
    both = archive[:start] + entry + entry.replace(b"a.txt", b"b.txt")
    path = put(tmp_path, both + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 2, 2, 2 * len(entry), start, 0))
    held = members_of(path)
    assert held.members == ()
    assert held.refusal is not None
    assert held.refusal.reason == "damaged"
    assert "overlap" in held.refusal.detail


@pytest.mark.parametrize("limits", [{"members": 2}, {"member_bytes": 2 * len(PROSE)}])
def test_what_exceeds_the_limits_is_reported_and_the_rest_read(tmp_path: Path, limits: dict[str, int]) -> None:
    """Of too many members, or of too much text in them, the first are read; the archive says that there were more."""
    path = put(tmp_path, zipped(*((f"{number}.txt", PROSE) for number in range(3))))
    held = members_of(path, with_limits(tmp_path, **limits))
    assert [member.name for member in held.members] == ["0.txt", "1.txt"]
    assert held.refusal is not None
    assert held.refusal.reason == "too-large"
    assert "2 of the archive's 3 members" in held.refusal.detail


def test_the_limit_holds_for_what_nested_archives_hold_together(tmp_path: Path) -> None:
    """Members of members count too."""
    path = put(tmp_path, zipped(*((f"{n}.zip", zipped(("a.txt", PROSE), ("b.txt", PROSE))) for n in range(3))))
    held = members_of(path, with_limits(tmp_path, members=4))
    assert [member.name for member in held.members] == ["0.zip!/a.txt", "0.zip!/b.txt", "1.zip!/a.txt", "1.zip!/b.txt"]
    assert held.refusal is not None


def test_an_archive_cut_off_is_damaged(tmp_path: Path) -> None:
    """Without its directory, which stands at its end, an archive is one unreadable file."""
    archive = zipped(("a.txt", PROSE), ("b.txt", PROSE))
    path = put(tmp_path, archive[: len(archive) // 2])
    unreadable = extract_file(path)
    assert isinstance(unreadable, Unreadable)
    assert unreadable.reason == "damaged"


def test_a_member_that_is_not_there_is_missing(tmp_path: Path) -> None:
    """So is a member of a file that is not there."""
    path = put(tmp_path, zipped(("a.txt", PROSE)))
    assert outcome(path, "b.txt") == "missing"
    assert outcome(tmp_path / "gone.zip", "b.txt") == "missing"


def test_a_folder_with_the_sign_in_its_name_is_a_folder(tmp_path: Path) -> None:
    """What is on the disk comes before what the sign means."""
    (tmp_path / "URGENT!").mkdir()
    document = extract_file(put(tmp_path / "URGENT!", PROSE.encode(), "a.txt"))
    assert isinstance(document, Document)
    assert document.path == "a.txt"


def test_most_files_need_no_look_inside(tmp_path: Path) -> None:
    """Only what begins like an archive, a workbook or a table of courses is opened to see what it holds."""
    assert not may_hold_members(put(tmp_path, PROSE.encode(), "a.txt"))
    assert not may_hold_members(put(tmp_path, b"%PDF-1.4", "a.pdf"))
    assert not may_hold_members(tmp_path / "gone.txt")
    assert may_hold_members(put(tmp_path, b"Course ID;Description\nA;B\n", "b.txt"))
    assert may_hold_members(put(tmp_path, zipped(("a.txt", PROSE)), "c.pdf"))


def test_a_package_that_breaks_when_it_is_looked_into_raises_nothing(tmp_path: Path) -> None:
    """Whatever fails while a file is sniffed is a value, of the file and of a member asked of it."""
    raw = bytearray(zipped(("[Content_Types].xml", "<Types/>" * 50), ("xl/workbook.xml", "<workbook/>")))
    start = raw.find(b"[Content_Types].xml") + len("[Content_Types].xml")
    raw[start : start + 6] = b"\xff" * 6
    path = put(tmp_path, bytes(raw), "a.xlsx")
    assert members_of(path).members == ()
    assert isinstance(extract_file(path), Unreadable)
    assert outcome(path, "S/A-1") in ("missing", "damaged")
