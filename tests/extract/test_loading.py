"""What is no file, may not be opened, or is too large: told without being waited for, and without being read."""

from __future__ import annotations

import os
import socket
import sys
import time
from pathlib import Path

import pytest

from imetaudit.extract import extract_file
from imetaudit.extract.loading import digest_of, load
from imetaudit.extract.thresholds import load_thresholds
from imetaudit.model import Unreadable

LIMITS = load_thresholds().limits
posix_only = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes, sockets and devices as POSIX has them")


def reason(path: Path) -> str:
    """Read a file that must be unreadable at once; return the reason."""
    begin = time.monotonic()
    outcome = extract_file(path, ocr="never")
    assert time.monotonic() - begin < 5
    assert isinstance(outcome, Unreadable), outcome
    assert len(outcome.detail) > 25
    return outcome.reason.value


@posix_only
def test_pipes_sockets_and_devices_are_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What would be waited for or never ends is unsupported, whatever its name."""
    os.mkfifo(tmp_path / "pipe.pdf")
    assert reason(tmp_path / "pipe.pdf") == "unsupported"
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.pdf")
        assert reason(tmp_path / "socket.pdf") == "unsupported"
    assert reason(Path("/dev/zero")) == "unsupported"


def test_folders_and_dead_links(tmp_path: Path) -> None:
    """A folder named like a file is unsupported; a link that leads nowhere or to itself is missing."""
    (tmp_path / "folder.pdf").mkdir()
    assert reason(tmp_path / "folder.pdf") == "unsupported"
    (tmp_path / "nowhere.pdf").symlink_to(tmp_path / "gone.pdf")
    assert reason(tmp_path / "nowhere.pdf") == "missing"
    (tmp_path / "ring.pdf").symlink_to(tmp_path / "ring.pdf")
    assert reason(tmp_path / "ring.pdf") == "missing"
    assert reason(tmp_path / ("x" * 5000)) == "missing"
    assert reason(tmp_path / "zero\0byte") == "missing"


@pytest.mark.skipif(sys.platform == "win32", reason="holes in files as Linux has them")
def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    """Ten gigabytes are too large at once; what is only a little too large still has a digest."""
    with (tmp_path / "huge.pdf").open("wb") as file:
        file.truncate(10 << 30)
    assert reason(tmp_path / "huge.pdf") == "too-large"
    assert load(tmp_path / "huge.pdf", LIMITS) == (None, None)
    with (tmp_path / "large.pdf").open("wb") as file:
        file.truncate(LIMITS.file_bytes + 1)
    assert load(tmp_path / "large.pdf", LIMITS) == (None, digest_of(tmp_path / "large.pdf", LIMITS))
    assert digest_of(tmp_path / "large.pdf", LIMITS)
