"""The styles of an OpenDocument text: what is bold, large, hidden or a title, and how its lists and headings count.

It knows styles, list styles and the numbering of the outline, and works out a style only when it is asked for. It does
not know the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from imetaudit.extract.numerals import write_number
from imetaudit.extract.package import attribute, child, local
from imetaudit.extract.wordstyles import number_of

BULLET = "• "
_BOLD = ("bold", "600", "700", "800", "900")
_SHAPES = {"i": "lowerRoman", "I": "upperRoman", "a": "lowerLetter", "A": "upperLetter"}
_DEFAULT_POINTS = 12.0


@dataclass(frozen=True, slots=True)
class Look:
    """What a style says, with what it inherits; None where nothing is said."""

    bold: bool | None = None
    hidden: bool = False
    points: float | None = None
    title: bool = False
    list_style: str = ""


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is marked."""

    bullet: bool = False
    shape: str = ""
    """The format of its numbers; empty where none are shown."""
    before: str = ""
    after: str = ""
    start: int = 1
    shown: int = 1
    """How many levels its number shows."""


@dataclass
class Counts:
    """How far a list, or the outline, has counted on each level."""

    numbers: list[int | None] = field(default_factory=lambda: [None] * 11)

    def step(self, depth: int, levels: dict[int, _Level], start: int | None) -> None:
        """Count one item at a depth from 1; `start` overrides what comes next."""
        now = self.numbers[depth]
        first = levels.get(depth, _Level()).start if start is None else start
        self.numbers[depth] = first if now is None or start is not None else now + 1
        self.numbers[depth + 1 :] = [None] * (10 - depth)

    def mark(self, depth: int, levels: dict[int, _Level]) -> str:
        """Return what stands before the item that was counted last at a depth."""
        level = levels[depth]
        if level.bullet:
            return BULLET
        if not level.shape:
            return ""
        figures = [
            write_number(self.numbers[place] or levels[place].start, levels[place].shape)
            for place in range(max(1, depth - level.shown + 1), depth + 1)
            if place in levels and levels[place].shape
        ]
        return f"{level.before}{'.'.join(figures)}{level.after}".strip() + " "


class OdtStyles:
    """The styles of one document; those of its content stand over those of its styles part."""

    def __init__(self, roots: Sequence[Any]) -> None:
        """Take the roots that hold styles, the weaker first."""
        self._elements: dict[tuple[str, str], Any] = {}
        self._lists: dict[str, Any] = {}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._looks: dict[tuple[str, str], Look] = {}
        self.outline: dict[int, _Level] = {}
        self.body_points = _DEFAULT_POINTS
        for root in roots:
            for holder in root if root is not None else ():
                if local(holder) in ("styles", "automatic-styles"):
                    self._take(holder)
        self.body_points = self.look("paragraph", "Standard").points or self.body_points

    def _take(self, holder: Any) -> None:
        for element in holder:
            name = attribute(element, "name") or ""
            match local(element):
                case "style":
                    self._elements[attribute(element, "family") or "", name] = element
                case "list-style":
                    self._lists[name] = element
                case "outline-style":
                    self.outline = _levels(element)
                case "default-style" if attribute(element, "family") == "paragraph":
                    size = _points(attribute(child(element, "text-properties"), "font-size"), None)
                    self.body_points = size or self.body_points

    def look(self, family: str, name: str | None) -> Look:
        """Return how a style makes text look; a plain look where there is no such style."""
        key = (family, name or "")
        if key not in self._looks:
            self._looks[key] = self._inherited(family, name or "")
        return self._looks[key]

    def is_unnumbered(self, name: str | None) -> bool:
        """Tell whether an author took the outline's number from a heading: its own style then names an empty list."""
        element = self._elements.get(("paragraph", name or ""))
        own = element is not None and local(element.getparent()) == "automatic-styles"
        return own and attribute(element, "list-style-name") == ""

    def levels(self, list_style: str) -> dict[int, _Level]:
        """Return the levels of a list style by depth from 1; none where there is no such style."""
        if list_style not in self._levels:
            self._levels[list_style] = _levels(self._lists.get(list_style))
        return self._levels[list_style]

    def _inherited(self, family: str, name: str) -> Look:
        chain: list[Any] = []
        names: list[str] = []
        while (family, name) in self._elements and name not in names:
            names.append(name)
            chain.append(self._elements[family, name])
            name = attribute(chain[-1], "parent-style-name") or ""
        look = Look()
        for element in reversed(chain):
            properties = child(element, "text-properties")
            weight, display = attribute(properties, "font-weight"), attribute(properties, "display")
            size = _points(attribute(properties, "font-size"), look.points or self.body_points)
            look = Look(
                look.bold if weight is None else weight in _BOLD,
                look.hidden if display is None else display == "none",
                look.points if size is None else size,
                look.title,
                attribute(element, "list-style-name") or look.list_style,
            )
        return Look(look.bold, look.hidden, look.points, "Title" in names, look.list_style)


def _levels(element: Any) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for each in element if element is not None else ():
        depth = number_of(attribute(each, "level"))
        if depth is None or not 0 < depth < 11:
            continue
        bullet = local(each) in ("list-level-style-bullet", "list-level-style-image")
        shape = attribute(each, "num-format") or ""
        levels[depth] = _Level(
            bullet,
            _SHAPES.get(shape, "decimal") if shape else "",
            attribute(each, "num-prefix") or "",
            attribute(each, "num-suffix") or "",
            number_of(attribute(each, "start-value")) or 1,
            number_of(attribute(each, "display-levels")) or 1,
        )
    return levels


def _points(size: str | None, parent: float | None) -> float | None:
    """Return a size in points; a share is one of `parent`, and other units are rare and not told."""
    try:
        if size and size.endswith("pt"):
            return float(size[:-2])
        if size and size.endswith("%") and parent is not None:
            return float(size[:-1]) / 100 * parent
    except ValueError:
        return None
    return None
