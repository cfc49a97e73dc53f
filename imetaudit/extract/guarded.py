"""One file read in a process of its own that can be stopped.

It knows how long and with how much memory a document may be read, and what to say where it took more. It does not
know formats.
"""

from __future__ import annotations

import functools
from pathlib import Path

from imetaudit.executors import Failure, Local
from imetaudit.extract.faults import refusal_of
from imetaudit.extract.loading import digest_of
from imetaudit.extract.reading import read_file
from imetaudit.extract.thresholds import Thresholds, load_thresholds
from imetaudit.model import Document, Unreadable


def workers(figures: Thresholds, jobs: int = 1) -> Local:
    """Return the worker processes that read documents within the limits of the thresholds."""
    limits = figures.limits
    return Local(jobs, limits.clock_seconds, limits.memory_bytes, cpu_seconds=limits.seconds)


def unreadable(path: Path, name: str, failure: Failure, figures: Thresholds) -> Unreadable:
    """Return what is known of a file whose worker failed: that it could not be read, why, and its digest."""
    refusal = refusal_of(failure, figures.limits)
    return Unreadable(name, digest_of(path, figures.limits), None, refusal.reason, refusal.detail)


def extract_guarded(path: Path, *, ocr: str = "auto", thresholds: Path | None = None) -> Document | Unreadable:
    """Read a file as `extract_file` does, but in a process of its own: no file can hang or end the caller.

    Raises:
        DataFileError: The thresholds have faults.
    """
    figures = load_thresholds(thresholds)
    read = functools.partial(read_file, ocr=ocr, thresholds=thresholds)
    ((_, outcome),) = workers(figures).run(read, [path])
    return unreadable(path, path.name, outcome, figures) if isinstance(outcome, Failure) else outcome
