"""Work on one item: what it may come to, and how trouble with it becomes a value.

It knows that an exception may quote the syllabus, and so tells only its type and place. It does not know where
the work is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
Initializer = Callable[[], None]

# How many items a worker may be ahead of the one whose result is awaited: enough that a slow one does not stop the
# others, few enough that finished documents do not fill the memory.
AHEAD = 16


class FailureKind(StrEnum):
    """Why an item has no result."""

    TIMED_OUT = "timed-out"
    CRASHED = "crashed"
    """The worker died, or the cluster lost it: a library in it broke down."""
    FAULT = "fault"
    """The work itself raised: a fault of the program, whatever the item is."""
    MEMORY = "memory"


@dataclass(frozen=True)
class Failure:
    """An item that has no result. It never holds text of the item."""

    kind: FailureKind
    detail: str
    """One sentence."""


class Executor(Protocol):
    """A place where work is done."""

    def run(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[tuple[Item, Result | Failure]]:
        """Yield each item with its result or failure, in the order of the items, as soon as it is known."""
        ...


def place_of(error: BaseException) -> str:
    """Return the type of an exception and the module and line that raised it; its message may quote the syllabus."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}" if trace is not None else "?"
    return f"{type(error).__name__} in {place}"


def attempt(function: Callable[[Item], Result], item: Item) -> Result | Failure:
    """Do the work on one item; an exception becomes a failure that says where, and not with what."""
    try:
        return function(item)
    except MemoryError:
        return Failure(FailureKind.MEMORY, "The work took more memory than it may.")
    except Exception as error:  # whatever a hostile file provokes, the batch goes on
        return Failure(FailureKind.FAULT, f"{place_of(error)}.")
