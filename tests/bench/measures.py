"""Measuring: processor seconds of work in this process, seconds of a command, the cost of a reader in its own process.

It knows how to measure so that other work on the machine matters little. It does not know what is measured.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

_READERS = Path(__file__).with_name("readers.py")


@dataclass(frozen=True)
class Measure:
    """One line of a table: what was measured, the bar it should keep, and what came out."""

    what: str
    bar: str
    measured: str
    kept: bool | None = None
    """None where there is no bar."""

    def __str__(self) -> str:
        """Return it as a line of text."""
        kept = "" if self.kept is None else " (kept)" if self.kept else " (MISSED)"
        return f"{self.what}: {self.measured}; bar {self.bar}{kept}" if self.bar else f"{self.what}: {self.measured}"


@dataclass(frozen=True)
class Cost:
    """What reading some files cost, in a process of its own."""

    seconds: float
    """Of a processor."""
    pages: int
    files: int
    peak: float
    """MiB of memory at most, of the process as a whole."""


def cpu(work: Callable[[], object]) -> float:
    """Return the processor seconds of the work in this process, the best of three."""
    seconds = []
    for _ in range(3):
        begin = time.process_time()
        work()
        seconds.append(time.process_time() - begin)
    return min(seconds)


def wall(command: Sequence[str]) -> float:
    """Return the seconds of a command by the clock, the best of three."""
    seconds = []
    for _ in range(3):
        begin = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        seconds.append(time.perf_counter() - begin)
    return min(seconds)


def cost(reader: str, files: Sequence[Path]) -> Cost:
    """Return what a reader of `readers.py` needs for the files, all in one process."""
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "files"
        listed.write_text("\n".join(str(path.resolve()) for path in files), encoding="utf-8")
        command = [sys.executable, str(_READERS), reader, str(listed)]
        done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=7200)
    return Cost(**json.loads(done.stdout))


def best(reader: str, files: Sequence[Path], times: int) -> Cost:
    """Return the cheapest of several runs of a reader."""
    return min((cost(reader, files) for _ in range(times)), key=lambda each: each.seconds)
