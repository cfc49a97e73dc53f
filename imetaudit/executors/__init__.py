"""Where work on many items is done: in this process, in worker processes, or on a Dask cluster.

All of them yield each item with its result, or with a `Failure` that says why it has none, in the order of the items.
None of them knows what the work is.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from imetaudit.errors import UsageError
from imetaudit.executors.cluster import DASK_SCHEME, Dask
from imetaudit.executors.in_process import InProcess
from imetaudit.executors.local import Local
from imetaudit.executors.work import Executor, Failure, FailureKind, Initializer

__all__ = ["Dask", "Executor", "Failure", "FailureKind", "InProcess", "Local", "executor_for"]


def executor_for(
    where: str,
    jobs: int = 1,
    timeout_seconds: float | None = None,
    memory_bytes: int | None = None,
    initializer: Initializer | None = None,
    cpu_seconds: float | None = None,
) -> Executor:
    """Return the executor that the option `--executor` names: `local` or `dask://HOST:PORT`.

    Raises:
        UsageError: the name is neither, or `jobs` is less than 1.
        MissingExtraError: Dask is asked for and not installed.
    """
    if jobs < 1:
        raise UsageError(f"--jobs {jobs}: no work can be done by fewer than one worker; give 1 or more")
    if where == "local":
        return Local(jobs, timeout_seconds, memory_bytes, initializer, cpu_seconds)
    parts = urlsplit(where)
    if parts.scheme != DASK_SCHEME or not parts.hostname or not _has_port(where):
        raise UsageError(f"--executor {where}: no such executor; give local or dask://HOST:PORT")
    return Dask(f"{parts.hostname}:{parts.port}", timeout_seconds, jobs)


def _has_port(where: str) -> bool:
    try:
        return urlsplit(where).port is not None
    except ValueError:
        return False
