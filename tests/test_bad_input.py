"""What is handed in by mistake: each gets its clear message or its reason, and the rest of the batch is done."""

from __future__ import annotations

import io
import os
import random
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from imetaudit.cli import main
from imetaudit.model import Result

Audit = Callable[[Mapping[str, str | bytes]], Result]

GOOD = """# LAW 310 Human Rights for Commanders

This course prepares officers to respect human rights in every operation.

## Schedule

Lesson 1. The Universal Declaration of Human Rights (2 hours)
"""


def _encrypted() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("secret", canPrint=0), invariant=1)
    canvas.drawString(72, 720, "Human rights")
    canvas.save()
    return out.getvalue()


def _truncated_docx() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", "<w:document/>" * 50)
    return out.getvalue()[:200]


BAD = {
    "zero.pdf": (b"", "empty"),
    "encrypted.pdf": (_encrypted(), "encrypted"),
    "truncated.docx": (_truncated_docx(), "damaged"),
    "picture.png": (b"\x89PNG\r\n\x1a\n" + bytes(200), "unsupported|no-text-layer|damaged"),
    "blob.dat": (b"MZ" + bytes(range(256)) * 8, "unsupported"),
    "noise.txt": (random.Random(1).randbytes(5000), "garbled|unsupported"),
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_a_bad_file_has_its_reason_and_the_rest_is_done(name: str, audited: Audit) -> None:
    """One bad file is listed with reason and remedy; the good one beside it is audited."""
    content, reasons = BAD[name]
    result = audited({name: content, "good.md": GOOD})
    (bad,) = [document for document in result.documents if document.path == name]
    assert bad.status == "unreadable"
    assert bad.reason in reasons.split("|")
    assert bad.detail
    assert (result.counts.courses, result.counts.audited, result.counts.not_auditable) == (2, 1, 1)
    assert {"covered"} == {r.outcome for r in result.coverage if r.course == "LAW 310" and r.topic == "human-rights"}


def test_a_pdf_that_is_html_is_read_as_html(audited: Audit) -> None:
    """The bytes decide, not the suffix; a warning says so."""
    page = (
        "<html><body><h1>LAW 310</h1><p>" + "This course teaches human rights to officers. " * 5 + "</p></body></html>"
    )
    (document,) = audited({"saved.pdf": page}).documents
    assert (document.status, document.media_type) == ("read", "text/html")
    assert document.warnings


def test_a_huge_text_file_is_refused_quickly_and_clearly(audited: Audit) -> None:
    """Fifty megabytes of text are either read or too large, and never silently empty."""
    result = audited({"huge.txt": b"human rights and supply lists \n" * 1_700_000, "good.md": GOOD})
    (huge,) = [document for document in result.documents if document.path == "huge.txt"]
    assert huge.status == "read" or huge.reason == "too-large"
    assert huge.words > 1000 or huge.detail


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may read every file")
def test_a_file_without_permission_has_its_reason(audited: Audit, tmp_path: Path) -> None:
    """A file that may not be opened is not auditable, and is told so."""
    locked = tmp_path / "locked.md"
    locked.write_text(GOOD, encoding="utf-8")
    locked.chmod(0)
    (document, *_) = [d for d in audited({"good.md": GOOD}).documents if d.path == "locked.md"]
    assert document.status == "unreadable"


def run(*arguments: str | Path) -> tuple[int, str, str]:
    """Run the command line; return exit code, stdout and stderr."""
    outcome = CliRunner().invoke(main, [str(each) for each in arguments])
    return outcome.exit_code, outcome.stdout, outcome.stderr


@pytest.mark.parametrize(
    "content", [None, {"a.png": b"\x89PNG\r\n\x1a\n", "b.png": b"\x89PNG\r\n\x1a\n"}], ids=["empty", "pictures"]
)
def test_a_folder_with_nothing_to_read_is_told_and_exits_with_4(
    content: dict[str, bytes] | None, tmp_path: Path
) -> None:
    """Nothing examined is never a success."""
    folder = tmp_path / "school"
    folder.mkdir()
    for name, data in (content or {}).items():
        (folder / name).write_bytes(data)
    code, out, err = run("audit", folder, "-o", tmp_path / "out", "--ocr", "never", "--jobs", "1")
    assert (code, out) == (4, "")
    assert "imetaudit: " in err
    assert not (tmp_path / "out").exists()


def test_a_missing_folder_is_a_usage_error(tmp_path: Path) -> None:
    """A path that is not there is named."""
    code, _, err = run("audit", tmp_path / "nowhere", "-o", tmp_path / "out")
    assert code == 2
    assert "nowhere" in err


def test_two_catalogue_lines_with_one_id_stop_before_any_work(tmp_path: Path) -> None:
    """Faults of the catalogue are listed with their lines, and exit with 3."""
    (tmp_path / "good.md").write_text(GOOD, encoding="utf-8")
    (tmp_path / "courses.csv").write_text("id,title\nA,One\nA,Two\n,Three\n", encoding="utf-8")
    code, _, err = run("audit", tmp_path, "-o", tmp_path / "out")
    assert code == 3
    assert "courses.csv:3" in err
    assert "courses.csv:4" in err


def test_a_catalogue_line_whose_file_is_missing_is_not_auditable(audited: Audit) -> None:
    """The missing file is in the result with its reason, and the other course is audited."""
    result = audited({"courses.csv": "id,title,files\nA,One,good.md\nB,Two,gone.pdf\n", "good.md": GOOD})
    assert [(d.path, d.reason) for d in result.documents] == [("gone.pdf", "missing"), ("good.md", None)]
    assert [str(course.status) for course in result.courses] == ["audited", "not-auditable"]


def test_a_taxonomy_with_a_misspelt_key_stops_before_any_work(tmp_path: Path) -> None:
    """The key, its line and the key that was meant are told, and the exit code is 3."""
    topics = tmp_path / "mine.yaml"
    topics.write_text("area: x\nlable: {en: X}\norder: 1\nversion: '1'\nscope: s\ntopics: []\n", encoding="utf-8")
    code, _, err = run("check", topics)
    assert code == 3
    assert "mine.yaml:2: unknown key 'lable'; did you mean 'label'?" in err


@pytest.mark.parametrize(
    ("option", "said"), [("--format=word", "word"), ("--executor=moon://x", "moon"), ("--standard=x", "x")]
)
def test_a_wrong_option_is_a_usage_error(option: str, said: str, tmp_path: Path) -> None:
    """An option that cannot be acted on is told before any work, with exit code 2."""
    (tmp_path / "good.md").write_text(GOOD, encoding="utf-8")
    code, _, err = run("audit", tmp_path, "-o", tmp_path / "out", option)
    assert code == 2
    assert said in err
    assert not (tmp_path / "out").exists()
