"""What `extract_file` promises of every file, whatever is in it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from imetaudit.errors import DataFileError, UsageError
from imetaudit.extract import extract_file
from imetaudit.model import Document, Unreadable

PROSE = "The students discuss the rule of law and the role of the armed forces in a democracy.\n"


def refusal(path: Path, **options: str) -> tuple[str, str]:
    """Read a file that must be unreadable; return reason and detail."""
    unreadable = extract_file(path, **options)  # type: ignore[arg-type]
    assert isinstance(unreadable, Unreadable), unreadable
    return unreadable.reason.value, unreadable.detail


def test_name_hash_and_type_are_in_the_document(tmp_path: Path) -> None:
    """A document carries the name it was given, the digest of its bytes and its media type."""
    path = tmp_path / "a.md"
    path.write_bytes(PROSE.encode())
    document = extract_file(path, name="school/a.md")
    assert isinstance(document, Document)
    assert document.path == "school/a.md"
    assert document.sha256 == hashlib.sha256(PROSE.encode()).hexdigest()
    assert (document.media_type, document.extractor, document.language) == ("text/markdown", "markdown", "en")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("zero-bytes.pdf", b"", "empty"),
        ("blanks.txt", b" \n\t\n", "empty"),
        ("cut-off.pdf", b"%PDF-1.4\n1 0 obj <<", "damaged"),
        ("not-a-zip.docx", b"PK\x03\x04 and nothing more", "damaged"),
        (
            "old-mail.msg",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "__properties_version1.0".encode("utf-16-le"),
            "unsupported",
        ),
        (
            "locked.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            "encrypted",
        ),
        ("page.webarchive", b"bplist00" + bytes(600), "unsupported"),
        ("program.txt", b"\x7fELF" + bytes(range(256)), "unsupported"),
        ("noise.txt", bytes(range(256)) * 40, "unsupported"),
        ("data.xml", b"<?xml version='1.0'?><plan><hour>3</hour></plan>", "unsupported"),
        ("shifted-letters.txt", b"6HFXULW\\ 3ROLF\\ RI WKH $UPHG )RUFHV QG ZLWK SUDFWLFV PQRST " * 30, "garbled"),
    ],
)
def test_every_fault_has_its_reason_and_a_remedy(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    """A file that cannot be audited is a value with a reason and a sentence on what to do, never an exception."""
    path = tmp_path / name
    path.write_bytes(content)
    got, detail = refusal(path)
    assert got == reason
    assert detail.endswith(".")
    assert len(detail) > 25


def test_missing_file_and_folder(tmp_path: Path) -> None:
    """A file that is not there is missing and has no digest; a folder is unsupported."""
    assert refusal(tmp_path / "nowhere.pdf")[0] == "missing"
    assert refusal(tmp_path)[0] == "unsupported"


def test_large_file_is_refused_without_being_read(tmp_path: Path) -> None:
    """A file over the limit is too large, and still has a digest so that it can be told from others."""
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate((64 << 20) + 1)
    unreadable = extract_file(path)
    assert isinstance(unreadable, Unreadable)
    assert unreadable.reason == "too-large"
    assert unreadable.sha256


def test_long_text_is_refused_quickly(tmp_path: Path) -> None:
    """A text of more characters than are read of one document is too large."""
    path = tmp_path / "long.txt"
    path.write_bytes(PROSE.encode() * 300_000)
    assert refusal(path)[0] == "too-large"


def test_html_named_pdf_is_read_as_html_with_a_warning(tmp_path: Path) -> None:
    """The bytes decide what a file is; a suffix that says otherwise is warned of."""
    path = tmp_path / "syllabus.pdf"
    path.write_text(f"<html><body><h1>Course</h1><p>{PROSE}</p></body></html>")
    document = extract_file(path)
    assert isinstance(document, Document)
    assert document.extractor == "html"
    assert document.warnings == ("The file is named .pdf but holds html; it was read as what it holds.",)


def test_a_failing_reader_names_its_exception_and_no_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a reader raises becomes `damaged`, with the exception's class and nothing of the file."""

    def fail(*_: object) -> None:
        raise RecursionError("secret words of the syllabus")

    monkeypatch.setattr("imetaudit.extract.markdown.read_markdown", fail)
    path = tmp_path / "a.md"
    path.write_text(PROSE)
    reason, detail = refusal(path)
    assert reason == "damaged"
    assert "RecursionError" in detail
    assert "secret" not in detail


def test_unknown_ocr_mode_is_the_operators_mistake(tmp_path: Path) -> None:
    """A word for OCR that is not known raises."""
    with pytest.raises(UsageError, match="sometimes"):
        extract_file(tmp_path / "a.md", ocr="sometimes")


def test_faulty_thresholds_are_all_listed(tmp_path: Path) -> None:
    """A thresholds file without its figures raises one error that lists each of them."""
    thresholds = tmp_path / "extraction.yaml"
    thresholds.write_text("limits: {file_bytes: many, colour: 3}\n")
    with pytest.raises(DataFileError) as caught:
        extract_file(tmp_path / "a.md", thresholds=thresholds)
    faults = "\n".join(problem.what for problem in caught.value.problems)
    assert "limits.file_bytes" in faults
    assert "limits.colour" in faults
    assert "quality.garbled_words" in faults


def test_picture_without_ocr_has_no_text_layer(tmp_path: Path) -> None:
    """A picture is not empty: it has no text layer, and the officer is told of OCR."""
    path = tmp_path / "scan.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    reason, detail = refusal(path, ocr="never")
    assert reason == "no-text-layer"
    assert "OCR" in detail
