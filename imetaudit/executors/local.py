"""Work in processes of this machine that can be stopped, each replaced when it dies.

It knows that a hostile file can hang, crash or eat the memory, and that the rest of the batch must finish all the same.
Each worker has a pipe of its own, so what kills one cannot hold up another. Results are the same whatever the number of
workers: an item that fails in a worker that did others before is tried once more in a fresh one, so that no item pays
for what another left behind.
"""

from __future__ import annotations

import math
import multiprocessing
import os
import signal
import sys
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Generic, cast

from imetaudit.executors.work import AHEAD, Failure, FailureKind, Initializer, Item, Result, attempt

# A worker that dies this often before it is ready will not live the next time either.
STARTS_TRIED = 3
_KILLED = getattr(signal, "SIGKILL", 9)
# pdfium ends its process by one of these when it gets no memory; a fault in it ends in SIGSEGV or SIGBUS.
_GIVING_UP = tuple(-getattr(signal, name, 0) or 1 << 16 for name in ("SIGABRT", "SIGTRAP", "SIGILL"))
_OUT_OF_TIME = getattr(signal, "SIGXCPU", 24)


@dataclass(frozen=True)
class Local:
    """Works in processes of this machine that can be stopped; each is replaced when it dies."""

    jobs: int = 1
    timeout_seconds: float | None = None
    """Of one item by the clock; None for no limit."""
    memory_bytes: int | None = None
    """The address space a worker may take beyond what it began with; None, or a system without limits: any."""
    initializer: Initializer | None = None
    """Called once in each worker before its first item; its time is not counted."""
    cpu_seconds: float | None = None
    """Of one item in the worker itself, without the programs that it calls; None for no limit.

    Unlike the clock it does not depend on what else the machine does, so the same item fails on every machine alike.
    """
    start_method: str | None = None
    """`fork`, `spawn` or `forkserver`; None takes `fork` on Linux, where workers share what is loaded, else `spawn`."""

    def run(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[tuple[Item, Result | Failure]]:
        """Yield each item with its result or failure, in the order of the items, as soon as it is known.

        Items are taken from the iterable as workers need them. Closing the iterator stops the workers.

        Raises:
            RuntimeError: no worker can be started.
        """
        crew: _Crew[Item, Result] = _Crew(self, function)
        try:
            yield from crew.work(iter(items))
        finally:
            crew.dismiss()


@dataclass
class _Task(Generic[Item, Result]):
    """One item under way."""

    item: Item
    done: bool = False
    outcome: Result | Failure | None = None


@dataclass
class _Worker(Generic[Item, Result]):
    """One process and what it is doing. `process` and `channel` are replaced together."""

    process: BaseProcess
    channel: Connection
    ready: bool = False
    finished: int = 0
    task: _Task[Item, Result] | None = None
    deadline: float | None = None


@dataclass
class _Crew(Generic[Item, Result]):
    """The workers of one run."""

    limits: Local
    function: Callable[[Item], Result]
    workers: list[_Worker[Item, Result]] = field(default_factory=list)
    waiting: deque[_Task[Item, Result]] = field(default_factory=deque)
    false_starts: int = 0

    def work(self, items: Iterator[Item]) -> Iterator[tuple[Item, Result | Failure]]:
        """Yield results in the order of the items, with a bounded number under way."""
        line: deque[_Task[Item, Result]] = deque()
        more = True
        while True:
            while more and len(line) < self.limits.jobs * AHEAD:
                try:
                    task: _Task[Item, Result] = _Task(next(items))
                except StopIteration:
                    more = False
                else:
                    line.append(task)
                    self.waiting.append(task)
            while line and line[0].done:
                first = line.popleft()
                yield first.item, cast("Result | Failure", first.outcome)
            if not line and not more:
                return
            if line:
                self._hand_out()
                self._listen()

    def dismiss(self) -> None:
        """Stop all workers."""
        for worker in self.workers:
            _kill(worker)
        self.workers.clear()

    def _hand_out(self) -> None:
        """Give waiting tasks to idle workers; start workers while there is more to do than they."""
        idle = [worker for worker in self.workers if worker.ready and worker.task is None]
        for worker in idle:
            if self.waiting:
                self._give(worker, self.waiting.popleft())
        starting = sum(not worker.ready for worker in self.workers)
        while len(self.workers) < self.limits.jobs and starting < len(self.waiting):
            self.workers.append(self._start())
            starting += 1

    def _give(self, worker: _Worker[Item, Result], task: _Task[Item, Result]) -> None:
        try:
            worker.channel.send(task.item)
        except (BrokenPipeError, ConnectionError):
            # It died while idle, which is no fault of this item.
            self.waiting.appendleft(task)
            self._drop(worker)
            return
        worker.task = task
        if self.limits.timeout_seconds is not None:
            worker.deadline = time.monotonic() + self.limits.timeout_seconds

    def _start(self) -> _Worker[Item, Result]:
        method = self.limits.start_method or ("fork" if sys.platform == "linux" else "spawn")
        context: Any = multiprocessing.get_context(method)
        ours, theirs = context.Pipe()
        # A forked child has copies of our ends of all pipes; unless it closes them, no worker learns that we are gone.
        inherited = [*(worker.channel for worker in self.workers), ours] if method == "fork" else []
        process = context.Process(
            target=_serve,
            args=(theirs, inherited, self.function, self.limits),
            daemon=True,
        )
        with warnings.catch_warnings():
            # Newer Pythons warn of forking beside threads; a worker uses nothing that a progress bar's thread may hold.
            warnings.filterwarnings("ignore", message=".*fork.*", category=DeprecationWarning)
            process.start()
        theirs.close()
        return _Worker(process, ours)

    def _listen(self) -> None:
        """Wait until a worker says something, dies, or is out of time, and act on it."""
        by_channel = {worker.channel: worker for worker in self.workers}
        deadlines = [worker.deadline for worker in self.workers if worker.deadline is not None]
        seconds = max(0.0, min(deadlines) - time.monotonic()) if deadlines else None
        for channel in wait(list(by_channel), seconds):
            self._hear(by_channel[cast("Connection", channel)])
        now = time.monotonic()
        for worker in list(self.workers):
            if worker.deadline is not None and worker.deadline <= now and not worker.channel.poll():
                self._finish(worker, _late(self.limits.timeout_seconds))
                self._drop(worker)

    def _hear(self, worker: _Worker[Item, Result]) -> None:
        try:
            message = worker.channel.recv()
        except (EOFError, OSError):
            self._mourn(worker)
            return
        except Exception as error:  # a result that cannot be unpickled is the item's fault
            message = Failure(FailureKind.CRASHED, f"Its result could not be sent ({type(error).__name__}).")
        if not worker.ready:
            if isinstance(message, Failure):
                raise RuntimeError(f"a worker could not be prepared: {message.detail}")
            worker.ready = True
            self.false_starts = 0
            return
        if isinstance(message, Failure) and message.kind is FailureKind.MEMORY:
            # What is left of its memory is in pieces.
            self._fail(worker, message)
        else:
            self._finish(worker, message)

    def _mourn(self, worker: _Worker[Item, Result]) -> None:
        """Act on a worker that died."""
        worker.process.join(timeout=5)
        code = worker.process.exitcode
        if not worker.ready:
            self.false_starts += 1
            if self.false_starts >= STARTS_TRIED:
                raise RuntimeError(f"workers die before they are ready ({_ending(code)})")
            self._drop(worker)
        elif code == -_OUT_OF_TIME:
            self._finish(worker, _late(self.limits.cpu_seconds))
            self._drop(worker)
        else:
            self._fail(worker, Failure(self._why(code), f"The worker {_ending(code)}."))

    def _why(self, code: int | None) -> FailureKind:
        """Tell what a worker died of: the system kills it where memory runs out, and libraries give up themselves."""
        gave_up = self.limits.memory_bytes is not None and code in _GIVING_UP
        return FailureKind.MEMORY if gave_up or code == -_KILLED else FailureKind.CRASHED

    def _fail(self, worker: _Worker[Item, Result], failure: Failure) -> None:
        """Put down a failure to the item, or try it once more where an earlier item may have caused it."""
        if worker.task is not None:
            if worker.finished:
                self.waiting.appendleft(worker.task)
            else:
                self._finish(worker, failure)
        self._drop(worker)

    def _finish(self, worker: _Worker[Item, Result], outcome: Result | Failure) -> None:
        if worker.task is not None:
            worker.task.outcome = outcome
            worker.task.done = True
        worker.task = None
        worker.deadline = None
        worker.finished += 1

    def _drop(self, worker: _Worker[Item, Result]) -> None:
        _kill(worker)
        self.workers.remove(worker)


def _kill(worker: _Worker[Any, Any]) -> None:
    """Stop a worker and what it started."""
    pid = worker.process.pid
    if worker.ready and pid is not None and hasattr(os, "killpg"):
        # A ready worker leads a process group of its own; programs that it called are in it.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
    with suppress(ValueError):
        worker.process.kill()
        worker.process.join()
        worker.process.close()
    worker.channel.close()


def _late(seconds: float | None) -> Failure:
    return Failure(FailureKind.TIMED_OUT, f"The work took longer than {seconds or 0:g} seconds.")


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        hint = ", as the system does when memory runs out" if -code == _KILLED else ""
        return f"was ended by signal {-code}{hint}"
    return f"ended with exit code {code}"


def _serve(
    channel: Connection,
    inherited: Iterable[Connection],
    function: Callable[[Any], Any],
    limits: Local,
) -> None:
    """Do the work of one worker: items in, results out, until the other end is gone."""
    for other in inherited:
        other.close()
    if hasattr(os, "setsid"):
        with suppress(OSError):
            os.setsid()
    prepared = attempt(lambda _: limits.initializer() if limits.initializer else None, None)
    if limits.memory_bytes is not None:
        _limit_memory(limits.memory_bytes)
    channel.send(prepared)
    while True:
        try:
            item = channel.recv()
        except (EOFError, OSError, KeyboardInterrupt):
            return
        if limits.cpu_seconds is not None:
            _limit_cpu(limits.cpu_seconds)
        result = attempt(function, item)
        del item
        try:
            channel.send(result)
        except BrokenPipeError:
            return
        except Exception as error:  # whatever the result is, the item must be accounted for
            kind = FailureKind.MEMORY if isinstance(error, MemoryError) else FailureKind.CRASHED
            channel.send(Failure(kind, f"Its result could not be sent ({type(error).__name__})."))


def _limit_cpu(more: float) -> None:
    """Have the system end this process when it has used so many seconds more of a processor, where it can."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = math.ceil(used.ru_utime + used.ru_stime + more)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CPU, (limit, hard))


def _limit_memory(more: int) -> None:
    """Limit the address space of this process to what it has and so many bytes more, where the system can."""
    try:
        import resource
    except ImportError:
        return
    limit = _address_space() + more
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _address_space() -> int:
    """Return the bytes of address space that this process has; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        return pages * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0
