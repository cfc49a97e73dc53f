"""Executors: whatever one item does to its worker, the rest of the batch finishes, in order."""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType, TracebackType

import pytest

from imetaudit.errors import MissingExtraError, UsageError
from imetaudit.executors import Failure, FailureKind, InProcess, Local, executor_for

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="signals and memory limits as Linux has them")
GIGABYTE = 1 << 30
EXIT, HANG, EAT, RAISE, KILLED, UNSENDABLE = "exit", "hang", "eat", "raise", "killed", "unsendable"
BREAK_DOWN, GIVE_UP, LOOP = "break down", "give up", "loop"


def work(item: str) -> object:
    """Do what the item says, or return it doubled."""
    if item == EXIT:
        os._exit(7)
    if item == HANG:
        time.sleep(60)
    if item == EAT:
        return len(bytearray(2 * GIGABYTE))
    if item == RAISE:
        raise ValueError("the secret text of a syllabus")
    if item == KILLED:
        # Killed while its large result is on the way, as the system does when memory runs out.
        threading.Timer(0.02, os.kill, (os.getpid(), signal.SIGKILL)).start()
        return b"x" * 200_000_000
    if item in (BREAK_DOWN, GIVE_UP):
        faulthandler.disable()
    if item == BREAK_DOWN:
        os.kill(os.getpid(), signal.SIGSEGV)
    if item == GIVE_UP:
        os.abort()
    while item == LOOP:
        pass
    if item == UNSENDABLE:
        return threading.Lock()
    return item * 2


def outcomes(executor: Local | InProcess, items: list[str]) -> list[object]:
    """Return the results, and of failures their kinds, after checking that the items come back in order."""
    pairs = list(executor.run(work, items))
    assert [item for item, _ in pairs] == items
    return [result.kind if isinstance(result, Failure) else result for _, result in pairs]


@linux_only
@pytest.mark.parametrize("jobs", [1, 2])
def test_the_rest_of_the_batch_finishes(jobs: int) -> None:
    """A worker that exits, hangs, eats memory or is killed costs its own item only, with any number of workers."""
    executor = Local(jobs, timeout_seconds=1.0, memory_bytes=GIGABYTE)
    items = ["a", EXIT, "b", HANG, "c", EAT, "d", RAISE, "e", KILLED, "f", UNSENDABLE, "g", EXIT, EXIT, "h"]
    assert outcomes(executor, items) == [
        "aa",
        FailureKind.CRASHED,
        "bb",
        FailureKind.TIMED_OUT,
        "cc",
        FailureKind.MEMORY,
        "dd",
        FailureKind.FAULT,
        "ee",
        FailureKind.MEMORY,
        "ff",
        FailureKind.CRASHED,
        "gg",
        FailureKind.CRASHED,
        FailureKind.CRASHED,
        "hh",
    ]


@linux_only
def test_a_native_crash_costs_one_item() -> None:
    """A library that breaks down, or gives up for want of memory, ends its worker and no other item."""
    executor = Local(2, memory_bytes=GIGABYTE)
    assert outcomes(executor, ["a", BREAK_DOWN, "b", GIVE_UP, "c"]) == [
        "aa",
        FailureKind.CRASHED,
        "bb",
        FailureKind.MEMORY,
        "cc",
    ]
    assert outcomes(Local(1), [GIVE_UP, "a"]) == [FailureKind.CRASHED, "aa"]


@linux_only
def test_time_of_the_processor_is_limited_for_each_item() -> None:
    """An item that computes for ever is stopped by what it used itself, and waiting is not counted."""
    executor = Local(1, cpu_seconds=0.5)
    assert outcomes(executor, ["a", LOOP, "b", LOOP, "c"]) == [
        "aa",
        FailureKind.TIMED_OUT,
        "bb",
        FailureKind.TIMED_OUT,
        "cc",
    ]
    assert [result for _, result in Local(1, cpu_seconds=0.5).run(time.sleep, [2.5])] == [None]


def test_a_failure_never_quotes_the_text() -> None:
    """An exception's message may hold text of the syllabus, so only its type and place are told."""
    ((_, failure),) = InProcess().run(work, [RAISE])
    assert isinstance(failure, Failure)
    assert failure.detail.startswith("ValueError in ")
    assert "secret" not in failure.detail


def test_no_items_no_workers() -> None:
    """An empty batch yields nothing and ends."""
    assert outcomes(Local(2), []) == []


def test_spawned_workers_do_the_same() -> None:
    """Where forking is not possible, workers are started afresh."""
    assert outcomes(Local(1, start_method="spawn"), ["a", "b"]) == ["aa", "bb"]


def test_items_are_taken_as_they_are_needed() -> None:
    """A long batch is neither taken nor kept in memory at once, and what is taken late is still done."""
    taken = 0

    def many() -> Iterator[str]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield str(number)

    running = Local(2).run(work, many())
    assert next(running) == ("0", "00")
    assert taken < 100
    assert sum(1 for _ in running) == 999
    assert taken == 1000


def test_a_slow_item_does_not_change_the_order() -> None:
    """Results wait for the slower ones before them."""
    items = [0.2, 0.0, 0.1, 0.0]
    assert [item for item, _ in Local(2).run(time.sleep, items)] == items


_STATE: list[str] = []


def _prepare() -> None:
    _STATE.append("prepared")


def _state(_: str) -> list[str]:
    return list(_STATE)


def _fail_to_prepare() -> None:
    raise KeyError


def test_workers_are_prepared_once() -> None:
    """The initializer is called once in each worker, before its items, and not in this process."""
    assert [result for _, result in Local(1, initializer=_prepare).run(_state, ["a", "b"])] == [["prepared"]] * 2
    assert _STATE == []


def test_workers_that_cannot_be_prepared_are_an_error() -> None:
    """A broken initializer is our fault and no item's, and does not start workers for ever."""
    with pytest.raises(RuntimeError, match="KeyError"):
        list(Local(1, initializer=_fail_to_prepare).run(work, ["a"]))


def _pid(folder: str) -> str:
    (Path(folder) / str(os.getpid())).touch()
    time.sleep(0.05)
    return folder


@linux_only
def test_closing_the_results_stops_the_workers(tmp_path: Path) -> None:
    """No worker is left behind when the caller stops early."""
    running = Local(2).run(_pid, [str(tmp_path)] * 50)
    next(running)
    running.close()  # type: ignore[attr-defined]
    for path in tmp_path.iterdir():
        with pytest.raises(ProcessLookupError):
            os.kill(int(path.name), 0)


@linux_only
def test_a_failure_left_by_an_earlier_item_is_tried_again() -> None:
    """An item that fails only because of what its worker did before has its own result in the end."""
    assert [result for _, result in Local(1).run(_second_time_unlucky, [1, 2, 3])] == [1, 2, 3]


def _second_time_unlucky(item: int) -> int:
    _STATE.append("used")
    if len(_STATE) > 1:
        os._exit(1)
    return item


def test_the_option_names_an_executor() -> None:
    """`local` is processes of this machine; anything but that or dask://HOST:PORT is a usage error."""
    assert executor_for("local", 3, 5.0, GIGABYTE) == Local(3, 5.0, GIGABYTE)
    for wrong in ("remote", "dask://", "dask://host", "dask://host:port", "http://host:1"):
        with pytest.raises(UsageError, match="--executor"):
            executor_for(wrong)
    with pytest.raises(UsageError, match="--jobs 0"):
        executor_for("local", 0)


def test_dask_that_is_not_installed_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking for a cluster without Dask says what to install."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingExtraError, match=r"imetaudit\[dask\]"):
        executor_for("dask://localhost:8786")


class FakeClient:
    """A cluster of threads that offers what the executor asks of Dask."""

    def __init__(self, address: str) -> None:
        """Accept one address only."""
        if address != "tcp://localhost:8786":
            raise OSError

    def __enter__(self) -> FakeClient:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def scheduler_info(self) -> dict[str, object]:
        """Have one worker."""
        return {"workers": {"one": {}}}

    def get_executor(self) -> ThreadPoolExecutor:
        """Work in threads."""
        return ThreadPoolExecutor(1)


def test_a_cluster_gives_the_same_results(monkeypatch: pytest.MonkeyPatch) -> None:
    """Results of a cluster come in order, failures as values, and a wrong address is a usage error."""
    module = ModuleType("distributed")
    module.Client = FakeClient  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "distributed", module)
    pairs = list(executor_for("dask://localhost:8786").run(work, ["a", RAISE, *"b" * 40]))
    assert [result.kind if isinstance(result, Failure) else result for _, result in pairs] == [
        "aa",
        FailureKind.FAULT,
        *["bb"] * 40,
    ]
    with pytest.raises(UsageError, match="no scheduler answers"):
        list(executor_for("dask://elsewhere:1").run(work, ["a"]))
