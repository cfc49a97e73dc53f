"""Work on a Dask cluster, through the one class of Dask that behaves like any other pool; imported when asked for."""

from __future__ import annotations

import importlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from imetaudit.errors import MissingExtraError, UsageError
from imetaudit.executors.work import AHEAD, Failure, FailureKind, Item, Result, attempt

DASK_SCHEME = "dask"


class Dask:
    """Works on a Dask cluster. The cluster's own settings limit memory and replace workers that die."""

    def __init__(self, address: str, timeout_seconds: float | None = None, jobs: int = 1) -> None:
        """Keep the scheduler's `HOST:PORT`, the time that one item may be awaited, and the least number of workers.

        Raises:
            MissingExtraError: `distributed` is not installed.
        """
        try:
            self._distributed: Any = importlib.import_module("distributed")
        except ImportError as error:
            message = f"{DASK_SCHEME}://{address}: Dask is not installed; run: pip install 'imetaudit[dask]'"
            raise MissingExtraError(message) from error
        self._address = address
        self._timeout = timeout_seconds
        self._jobs = jobs

    def run(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[tuple[Item, Result | Failure]]:
        """Yield each item with its result or failure, in the order of the items.

        Raises:
            UsageError: no scheduler answers at the address.
        """
        try:
            client = self._distributed.Client(f"tcp://{self._address}")
        except (OSError, TimeoutError) as error:
            raise UsageError(f"{DASK_SCHEME}://{self._address}: no scheduler answers; check host and port") from error
        with client:
            pool = client.get_executor()
            line: deque[tuple[Item, Any]] = deque()
            ahead = AHEAD * max(self._jobs, len(client.scheduler_info().get("workers", ())), 1)
            for item in items:
                line.append((item, pool.submit(attempt, function, item)))
                if len(line) >= ahead:
                    yield self._await(*line.popleft())
            while line:
                yield self._await(*line.popleft())

    def _await(self, item: Item, future: Any) -> tuple[Item, Any]:
        """Return an item with its result, or the failure of the cluster to give one."""
        try:
            return item, future.result(timeout=self._timeout)
        except TimeoutError:
            future.cancel()
            return item, Failure(FailureKind.TIMED_OUT, f"The work took longer than {self._timeout:g} seconds.")
        except Exception as error:  # a worker lost, a result that cannot be sent
            return item, Failure(FailureKind.CRASHED, f"The cluster gave no result ({type(error).__name__}).")
