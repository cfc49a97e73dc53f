"""The numbers that Word writes before paragraphs: `numbering.xml`, and how far each list has counted.

It knows the shapes of numbers, levels, restarts and numberings that styles share. It does not know the text itself, and
writes numbers that are words (`First`) as figures, because the words depend on a language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from imetaudit.extract.numerals import write_number
from imetaudit.extract.package import child, children, plain_name, word
from imetaudit.extract.wordstyles import Number, is_on, number_of

BULLET = "• "
_PLACE = re.compile(r"%(\d)")
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class _Level:
    format: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    """The 1-based level above whose items it begins anew; 0 for never, None for any level above."""
    legal: bool = False
    """Whether the levels above are written as figures, whatever their shape."""
    hidden: bool = False
    style: str | None = None


@dataclass
class _Counter:
    """How far a list has counted, by level; None before the first item and after a restart."""

    counts: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)

    def step(self, depth: int, levels: dict[int, _Level]) -> None:
        for above in range(depth):
            if self.counts[above] is None:
                self.counts[above] = levels.get(above, _Level()).start
        now = self.counts[depth]
        self.counts[depth] = levels[depth].start if now is None else now + 1
        for below in range(depth + 1, _LEVELS):
            level = levels.get(below)
            if level is None or level.restart is None or depth < level.restart:
                self.counts[below] = None


class Numbering:
    """The document's numberings, and how far each has counted."""

    def __init__(self, root: Any = None) -> None:
        """Take the root of `numbering.xml`; a document without it has no numbered items."""
        elements = list(root) if root is not None else []
        self._numbers = {word(each, "numId"): each for each in elements if plain_name(each.tag) == "num"}
        self._shapes = {word(each, "abstractNumId"): each for each in elements if plain_name(each.tag) == "abstractNum"}
        self._owners = {
            owner: shape
            for shape, each in self._shapes.items()
            if (owner := word(child(each, "styleLink"), "val")) is not None
        }
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counters: dict[str, _Counter] = {}
        self._shared: dict[str | None, _Counter] = {}

    def mark(self, number: Number) -> tuple[str, int]:
        """Count one item; return what stands before it (`• `, its number with a blank, or nothing) and its level.

        The level is 0-based, and -1 where the numbering is none of this document's.
        """
        if number.numbering is None or not self._learn(number.numbering):
            return "", -1
        levels = self._levels[number.numbering]
        depth = self._depth(number, levels)
        level = levels.get(depth)
        if level is None:
            return BULLET, depth
        counter = self._counters[number.numbering]
        counter.step(depth, levels)
        if level.hidden or level.format == "none":
            return "", depth
        if level.format == "bullet":
            return BULLET, depth
        written = _PLACE.sub(lambda match: _figure(int(match[1]) - 1, level, levels, counter), level.text).strip()
        return (written + " " if written else ""), depth

    def _learn(self, number_id: str) -> bool:
        """Work out the levels of a numbering when it is first used; tell whether it has any."""
        if number_id not in self._levels:
            element = self._numbers.get(number_id)
            shape = word(child(element, "abstractNumId"), "val")
            pointer = word(child(self._shapes.get(shape), "numStyleLink"), "val")
            # A shape may only point to another by the style that both name.
            shape = self._owners.get(pointer, shape) if pointer else shape
            levels, restarted = _overridden(element, _levels(self._shapes.get(shape)))
            self._levels[number_id] = levels
            # Lists of one shape count on, except one that is told where to start.
            shared = self._shared.setdefault(shape, _Counter())
            self._counters[number_id] = _Counter() if restarted else shared
        return bool(self._levels[number_id])

    @staticmethod
    def _depth(number: Number, levels: dict[int, _Level]) -> int:
        linked = (place for place, level in levels.items() if number.style and level.style == number.style)
        return next(linked, number.level or 0)


def _figure(place: int, level: _Level, levels: dict[int, _Level], counter: _Counter) -> str:
    if not 0 <= place < _LEVELS:
        return ""
    shape = levels.get(place, _Level()).format
    value = counter.counts[place]
    # Word writes nothing for a bullet's place in `1.%2`.
    return "" if shape in ("bullet", "none") else write_number(value or 0, "decimal" if level.legal else shape)


def _levels(element: Any) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for each in element if element is not None else ():
        place = number_of(word(each, "ilvl")) if plain_name(each.tag) == "lvl" else None
        if place is not None and place < _LEVELS:
            levels[place] = _level(each)
    return levels


def _level(element: Any) -> _Level:
    said = children(element)
    # A shape of Word 2010 and later (`001`) has its older neighbour beside it.
    shape = said.get("numFmt", child(said.get("AlternateContent"), "Fallback", "numFmt"))
    start = number_of(word(said.get("start"), "val"))
    return _Level(
        word(shape, "val") or "decimal",
        word(said.get("lvlText"), "val") or "",
        1 if start is None else start,
        number_of(word(said.get("lvlRestart"), "val")),
        bool(is_on(said.get("isLgl"))),
        bool(is_on(child(said.get("rPr"), "vanish"))),
        word(said.get("pStyle"), "val"),
    )


def _overridden(element: Any, levels: dict[int, _Level]) -> tuple[dict[int, _Level], bool]:
    """Return the levels with what this numbering changes, and whether it tells one of them where to start."""
    levels = dict(levels)
    restarted = False
    for each in element if element is not None else ():
        place = number_of(word(each, "ilvl")) if plain_name(each.tag) == "lvlOverride" else None
        if place is None or place >= _LEVELS:
            continue
        if (own := child(each, "lvl")) is not None:
            levels[place] = _level(own)
        start = number_of(word(child(each, "startOverride"), "val"))
        if start is not None:
            restarted = True
            levels[place] = replace(levels.get(place, _Level()), start=start)
    return levels, restarted
