"""Old Office files: what is locked, what LibreOffice converts, and what is said where it is not installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from imetaudit.extract import extract_file, libreoffice
from imetaudit.extract.compound import Compound, compound_kind
from imetaudit.model import Document, Unreadable

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
needs_libreoffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def compound(tmp_path: Path, name: str) -> Path:
    """Write a broken compound file with one stream's name in it."""
    path = tmp_path / "old.doc"
    path.write_bytes(_COMPOUND + bytes(600) + name.encode("utf-16-le"))
    return path


@pytest.fixture
def doc(tmp_path: Path) -> Path:
    """Have LibreOffice write an old Word file."""
    source = tmp_path / "course.html"
    source.write_text(
        "<html><body><h1>Civil control</h1><table border=1><tr><td>Week<td>Topic</tr><tr><td>1<td>Coups</tr></table>"
        "<p>The students discuss the armed forces.</p></body></html>"
    )
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to"]
    subprocess.run(
        [*command, "doc:MS Word 97", "--outdir", str(tmp_path), str(source)],
        capture_output=True,
        timeout=120,
        check=True,
    )
    return tmp_path / "course.doc"


@needs_libreoffice
def test_old_word_file_is_read(doc: Path) -> None:
    """A .doc file comes out like the .docx that it becomes, and says who read it."""
    document = extract_file(doc)
    assert isinstance(document, Document), document
    assert (document.extractor, document.media_type) == ("doc via libreoffice", "application/msword")
    assert "Civil control" in document.text
    assert "1 | Coups" in document.text
    assert document.warnings == ()


@needs_libreoffice
def test_locked_word_file_is_told_by_its_header(doc: Path) -> None:
    """The header's bit for a password is believed, and LibreOffice is not asked."""
    data = bytearray(doc.read_bytes())
    data[data.index(b"\xec\xa5") + 11] |= 1
    assert compound_kind(bytes(data)) is Compound.LOCKED
    doc.write_bytes(data)
    unreadable = extract_file(doc)
    assert isinstance(unreadable, Unreadable)
    assert unreadable.reason == "encrypted"


def test_without_libreoffice_the_officer_is_told_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the program is missing the file is unsupported, with both ways out."""
    monkeypatch.setattr(libreoffice, "find_libreoffice", lambda: None)
    unreadable = extract_file(compound(tmp_path, "WordDocument"))
    assert isinstance(unreadable, Unreadable)
    assert unreadable.reason == "unsupported"
    assert "install LibreOffice" in unreadable.detail
    assert ".docx" in unreadable.detail


def test_slow_conversion_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    """After the time limit neither the program nor a child of it is left."""
    if not Path("/proc/self/task").is_dir():
        pytest.skip("this system has no /proc")
    mark = tmp_path / "child.pid"
    script = f"sleep 60 & echo $! > {mark}; wait"
    assert not libreoffice._run(["sh", "-c", script], str(tmp_path), 1)
    child = int(mark.read_text())
    deadline = time.monotonic() + 5
    while _lives(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _lives(child)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (OSError, IndexError):
        return False


@pytest.mark.parametrize(
    ("content", "extractor"),
    [
        ("{\\rtf1\\ansi The armed forces obey the law.\\par}", "rtf"),
        ("<html><body><p>The armed forces obey the law.</p></body></html>", "html"),
    ],
)
def test_doc_that_is_something_else_is_read_as_that(
    read: Callable[..., Document], content: str, extractor: str
) -> None:
    """A file named .doc that holds RTF or HTML is read by that reader, with a warning."""
    document = read("a.doc", content)
    assert document.extractor == extractor
    assert document.text == "The armed forces obey the law."
    assert len(document.warnings) == 1
