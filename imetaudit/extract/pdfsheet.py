"""Where lines stand on the page as a reader is shown it, whichever way their text runs.

It knows quarter turns: a page is laid out upright for most of its text, and shown as the file says. It does not know
how lines are found, nor what they say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from operator import itemgetter

from imetaudit.extract.build import Block
from imetaudit.extract.pdfruns import Run
from imetaudit.extract.printed import Printed, around

_SIDES = itemgetter(1, 3)
"""Of a `Word` its left and its right edge; this is asked for every word."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as it was laid out, and how it is turned to be shown."""

    number: int
    width: float
    height: float
    turn: int = 0
    """Quarter turns with the clock, 0 to 3, from the page as laid out to the page as shown."""

    def printed(self, runs: Iterable[Run]) -> tuple[Printed, ...]:
        """Return where the runs, one for each line, stand on the page as shown."""
        number = self.number
        if self.turn:
            return tuple(Printed(number, self._shown(run.box)) for run in runs)
        return tuple([Printed(number, run.box, tuple(chain.from_iterable(map(_SIDES, run.words)))) for run in runs])

    def turned(self, turn: int) -> Sheet:
        """Return the sheet for text that runs so many quarter turns against the clock from the rest of the page."""
        sides = (self.height, self.width) if turn % 2 else (self.width, self.height)
        return Sheet(self.number, *sides, (self.turn - turn) % 4)

    def _shown(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        left, top, right, bottom = box
        match self.turn:
            case 1:
                return self.height - bottom, left, self.height - top, right
            case 2:
                return self.width - right, self.height - bottom, self.width - left, self.height - top
            case 3:
                return top, self.width - right, bottom, self.width - left
            case _:
                return box


def rounded(box: Sequence[float]) -> tuple[float, float, float, float]:
    """Return a box to a tenth of a point."""
    left, top, right, bottom = box
    return round(left, 1), round(top, 1), round(right, 1), round(bottom, 1)


def boxes_as_shown(blocks: Iterable[Block], turned: frozenset[int]) -> list[Block]:
    """Return the blocks with the boxes of those on the turned pages as these are shown; the others stay as they are."""
    return [_as_shown(block) if block.page in turned else block for block in blocks]


def _as_shown(block: Block) -> Block:
    boxes = [line.box for part in block.lines for line in part if line.page == block.page]
    return replace(block, box=rounded(around(boxes))) if boxes else block
