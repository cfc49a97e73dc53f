"""Work in this process. It knows nothing of limits: nothing here can stop a hostile item."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from imetaudit.executors.work import Failure, Initializer, Item, Result, attempt


@dataclass(frozen=True)
class InProcess:
    """Works in this process, one item after the other: for small inputs and tests. Nothing stops a hostile item."""

    initializer: Initializer | None = None

    def run(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[tuple[Item, Result | Failure]]:
        """Yield each item with its result or failure, in the order of the items."""
        if self.initializer is not None:
            self.initializer()
        for item in items:
            yield item, attempt(function, item)
