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


@dataclass
class _Counter:
    """How far a list has counted, by level; None before the first item and after a restart."""

    counts: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)

    def step(self, depth: int, levels: _Levels) -> None:
        for above in range(depth):
            if self.counts[above] is None:
                self.counts[above] = (levels.at(above) or _Level()).start
        now = self.counts[depth]
        self.counts[depth] = (levels.at(depth) or _Level()).start if now is None else now + 1
        for below in range(depth + 1, _LEVELS):
            if self.counts[below] is None:
                continue
            level = levels.at(below)
            if level is None or level.restart is None or depth < level.restart:
                self.counts[below] = None


class _Levels:
    """The levels of one numbering; each is worked out when an item asks for it, since most are never used."""

    def __init__(self, shape: Any, number: Any) -> None:
        """Take the numbering's shape and what the numbering itself changes of it."""
        self._elements = {place: each for each in _each(shape, "lvl") if (place := _place_of(each)) is not None}
        self._starts: dict[int, int] = {}
        for each in _each(number, "lvlOverride"):
            place = _place_of(each)
            if place is None:
                continue
            if (own := child(each, "lvl")) is not None:
                self._elements[place] = own
                self._starts.pop(place, None)
            start = number_of(word(child(each, "startOverride"), "val"))
            if start is not None:
                self._starts[place] = start
        self._known: dict[int, _Level | None] = {}

    @property
    def restarted(self) -> bool:
        """Tell whether the numbering tells a level where to start, and so does not share its shape's count."""
        return bool(self._starts)

    def __bool__(self) -> bool:
        return bool(self._elements or self._starts)

    def at(self, place: int) -> _Level | None:
        """Return the level with that 0-based number; None where the numbering has none."""
        if place not in self._known:
            element, start = self._elements.get(place), self._starts.get(place)
            level = _level(element) if element is not None else None
            self._known[place] = level if start is None else replace(level or _Level(), start=start)
        return self._known[place]

    def of_style(self, style: str) -> int | None:
        """Return the number of the level that belongs to a style; None where none does."""
        linked = (place for place, each in self._elements.items() if word(child(each, "pStyle"), "val") == style)
        return next(linked, None)


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
        self._levels: dict[str, _Levels] = {}
        self._counters: dict[str, _Counter] = {}
        self._shared: dict[str | None, _Counter] = {}

    def mark(self, number: Number) -> tuple[str, int]:
        """Count one item; return what stands before it (`• `, its number with a blank, or nothing) and its level.

        The level is 0-based, and -1 where the numbering is none of this document's.
        """
        if number.numbering is None or not self._learn(number.numbering):
            return "", -1
        levels = self._levels[number.numbering]
        linked = levels.of_style(number.style) if number.style else None
        depth = linked if linked is not None else number.level or 0
        level = levels.at(depth)
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
            levels = self._levels[number_id] = _Levels(self._shapes.get(shape), element)
            # Lists of one shape count on, except one that is told where to start.
            shared = self._shared.setdefault(shape, _Counter())
            self._counters[number_id] = _Counter() if levels.restarted else shared
        return bool(self._levels[number_id])


def _figure(place: int, level: _Level, levels: _Levels, counter: _Counter) -> str:
    if not 0 <= place < _LEVELS:
        return ""
    shape = (levels.at(place) or _Level()).format
    value = counter.counts[place]
    # Word writes nothing for a bullet's place in `1.%2`.
    return "" if shape in ("bullet", "none") else write_number(value or 0, "decimal" if level.legal else shape)


def _each(element: Any, name: str) -> list[Any]:
    return [each for each in element if plain_name(each.tag) == name] if element is not None else []


def _place_of(element: Any) -> int | None:
    place = number_of(word(element, "ilvl"))
    return place if place is not None and place < _LEVELS else None


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
    )
