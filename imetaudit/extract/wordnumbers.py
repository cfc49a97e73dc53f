"""The numbers that Word writes before paragraphs: `numbering.xml`, and how far each list has counted.

It knows the shapes of numbers, levels, restarts and numberings that styles share. It does not know the text itself, and
writes numbers that are words (`First`) as figures, because the words depend on a language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from imetaudit.extract.package import attribute, child, plain_name
from imetaudit.extract.wordstyles import Number, is_on, number_of

BULLET = "• "
_PLACE = re.compile(r"%(\d)")
_LEVELS = 9
_ROMANS = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
           (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


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
            restart = levels.get(below, _Level()).restart
            if restart is None or depth < restart:
                self.counts[below] = None


class Numbering:
    """The document's numberings, and how far each has counted."""

    def __init__(self, root: Any = None) -> None:
        """Take the root of `numbering.xml`; a document without it has no numbered items."""
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counters: dict[str, _Counter] = {}
        shapes, links = _shapes(root)
        counters: dict[str, _Counter] = {}
        for element in root if root is not None else ():
            if plain_name(element.tag) != "num":
                continue
            number_id = attribute(element, "numId") or ""
            shape = attribute(child(element, "abstractNumId"), "val") or ""
            shape = links.get(shape, shape)
            levels, restarted = _overridden(element, shapes.get(shape, {}))
            self._levels[number_id] = levels
            # Lists of one shape count on, except one that is told where to start.
            counter = _Counter() if restarted else counters.setdefault(shape, _Counter())
            self._counters[number_id] = counter

    def mark(self, number: Number) -> tuple[str, int]:
        """Count one item; return what stands before it (`• `, its number with a blank, or nothing) and its level.

        The level is 0-based, and -1 where the numbering is none of this document's.
        """
        levels = self._levels.get(number.numbering or "")
        if not levels or number.numbering is None:
            return "", -1
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


def _shapes(root: Any) -> tuple[dict[str, dict[int, _Level]], dict[str, str]]:
    """Return the levels of each shape, and the shapes that only point to another by a style that they share."""
    shapes: dict[str, dict[int, _Level]] = {}
    owners: dict[str, str] = {}
    pointers: dict[str, str] = {}
    for element in root if root is not None else ():
        if plain_name(element.tag) != "abstractNum":
            continue
        shape = attribute(element, "abstractNumId") or ""
        shapes[shape] = _levels(element)
        if owner := attribute(child(element, "styleLink"), "val"):
            owners[owner] = shape
        if pointer := attribute(child(element, "numStyleLink"), "val"):
            pointers[shape] = pointer
    return shapes, {shape: owners[style] for shape, style in pointers.items() if style in owners}


def _levels(element: Any) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for each in element:
        place = number_of(attribute(each, "ilvl")) if plain_name(each.tag) == "lvl" else None
        if place is not None and place < _LEVELS:
            levels[place] = _level(each)
    return levels


def _level(element: Any) -> _Level:
    format_ = child(element, "numFmt")
    if format_ is None:
        # A shape of Word 2010 and later (`001`) has its older neighbour beside it.
        format_ = child(element, "AlternateContent", "Fallback", "numFmt")
    start = number_of(attribute(child(element, "start"), "val"))
    return _Level(
        attribute(format_, "val") or "decimal",
        attribute(child(element, "lvlText"), "val") or "",
        1 if start is None else start,
        number_of(attribute(child(element, "lvlRestart"), "val")),
        bool(is_on(child(element, "isLgl"))),
        bool(is_on(child(element, "rPr", "vanish"))),
        attribute(child(element, "pStyle"), "val"),
    )


def _overridden(element: Any, levels: dict[int, _Level]) -> tuple[dict[int, _Level], bool]:
    """Return the levels with what this numbering changes, and whether it tells one of them where to start."""
    levels = dict(levels)
    restarted = False
    for each in element:
        place = number_of(attribute(each, "ilvl")) if plain_name(each.tag) == "lvlOverride" else None
        if place is None or place >= _LEVELS:
            continue
        if (own := child(each, "lvl")) is not None:
            levels[place] = _level(own)
        start = number_of(attribute(child(each, "startOverride"), "val"))
        if start is not None:
            restarted = True
            levels[place] = replace(levels.get(place, _Level()), start=start)
    return levels, restarted


def write_number(value: int, shape: str) -> str:
    """Write a count in the shape that a numbering names; figures for a shape that is not known.

    >>> write_number(4, "upperRoman"), write_number(28, "lowerLetter"), write_number(7, "decimal")
    ('IV', 'bb', '7')
    """
    if shape in ("lowerLetter", "upperLetter") and 0 < value <= 780:
        letters = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letters.upper() if shape == "upperLetter" else letters
    if shape in ("lowerRoman", "upperRoman") and 0 < value < 4000:
        roman = ""
        for worth, letters in _ROMANS:
            roman += letters * (value // worth)
            value %= worth
        return roman.upper() if shape == "upperRoman" else roman
    if shape == "decimalZero":
        return f"{value:02d}"
    return str(value)
