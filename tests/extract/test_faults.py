"""Whose fault it is that a file cannot be read: the file's, the program's, or want of time or memory."""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from imetaudit.executors import Failure, FailureKind
from imetaudit.extract import extract_file
from imetaudit.extract.faults import lacks_memory, refusal_for, refusal_of
from imetaudit.extract.guarded import extract_guarded
from imetaudit.extract.reading import read_file
from imetaudit.extract.thresholds import load_thresholds
from imetaudit.model import Unreadable

LIMITS = load_thresholds().limits
PROSE = "The students discuss the rule of law and the role of the armed forces in a democracy.\n"


@pytest.fixture
def syllabus(tmp_path: Path) -> Path:
    """Return a small Markdown file."""
    path = tmp_path / "a.md"
    path.write_text(PROSE, encoding="utf-8")
    return path


def _reader_that(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("imetaudit.extract.markdown.read_markdown", fail)


def test_an_exception_of_our_own_is_a_fault_of_the_program(syllabus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told with type and place so that it can be reported, without a word of the file."""
    _reader_that(monkeypatch, KeyError("secret words of the syllabus"))
    unreadable = extract_file(syllabus)
    assert isinstance(unreadable, Unreadable)
    assert unreadable.reason == "damaged"
    assert "fault of the program" in unreadable.detail
    assert "KeyError in extract.test_faults:" in unreadable.detail
    assert "secret" not in unreadable.detail


def test_a_library_that_refuses_the_bytes_speaks_of_the_file(syllabus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package or XML that breaks its format is damaged, and the program is not blamed."""
    _reader_that(monkeypatch, zipfile.BadZipFile("secret"))
    unreadable = extract_file(syllabus)
    assert isinstance(unreadable, Unreadable)
    assert (unreadable.reason, "BadZipFile" in unreadable.detail) == ("damaged", True)
    assert "program" not in unreadable.detail.replace("in its program", "")
    assert "XMLSyntaxError" in refusal_for(_syntax_error()).detail


def _syntax_error() -> Exception:
    try:
        etree.fromstring("<a>")
    except etree.XMLSyntaxError as error:
        return error
    raise AssertionError


def test_want_of_memory_is_too_large_and_no_damage(syllabus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker is told of it, so that a fresh one tries again; a caller gets the reason."""
    _reader_that(monkeypatch, MemoryError())
    with pytest.raises(MemoryError):
        read_file(syllabus)
    unreadable = extract_file(syllabus)
    assert isinstance(unreadable, Unreadable)
    assert (unreadable.reason, bool(unreadable.sha256)) == ("too-large", True)
    assert "MiB" in unreadable.detail
    assert lacks_memory(MemoryError())
    assert not lacks_memory(_syntax_error())


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (FailureKind.TIMED_OUT, "timed-out"),
        (FailureKind.MEMORY, "too-large"),
        (FailureKind.CRASHED, "damaged"),
        (FailureKind.FAULT, "damaged"),
    ],
)
def test_every_end_of_a_worker_has_its_reason_and_remedy(kind: FailureKind, reason: str) -> None:
    """Time and memory are never told as damage, and each detail says what to do."""
    refusal = refusal_of(Failure(kind, "It ended."), LIMITS)
    assert refusal.reason == reason
    assert any(word in refusal.detail for word in ("print", "split", "save", "report"))


@pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")
def test_a_crash_in_the_reader_does_not_end_the_caller(syllabus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A guarded reading of a file on which a library breaks down comes back with the reason and the digest."""

    def break_down(*_: object) -> None:
        faulthandler.disable()
        os.kill(os.getpid(), signal.SIGSEGV)

    monkeypatch.setattr("imetaudit.extract.markdown.read_markdown", break_down)
    unreadable = extract_guarded(syllabus)
    assert isinstance(unreadable, Unreadable)
    assert (unreadable.reason, bool(unreadable.sha256)) == ("damaged", True)
    assert "signal 11" in unreadable.detail
