"""The styles of a DOCX: which paragraphs they make headings, bold, large, hidden or numbered.

It knows `styles.xml`, and works out a style only once a paragraph or run asks for it. It does not know the text
itself, nor how numbers are counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from imetaudit.extract.package import child, children, plain_name, word

_HEADING_NAME = re.compile(r"heading (\d)$", re.IGNORECASE)
_OFF = frozenset({"0", "false", "off", "none"})
_DEFAULT_HALF_POINTS = 20
"""What Word takes where a document states no size (ECMA-376, part 1, 17.3.2.38)."""


@dataclass(frozen=True, slots=True)
class Number:
    """A request for a number; what is None is left to the style, and in the end to the numbering."""

    numbering: str | None = None
    """The id of a numbering; `0` takes a number away."""
    level: int | None = None
    """0-based."""
    style: str | None = None
    """The id of the style that asks, where a style does."""


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says; None where it leaves it to the style it is based on."""

    heading: int | None = None
    """1 to 6; 0 where it says that it is no heading."""
    bold: bool | None = None
    hidden: bool | None = None
    half_points: int | None = None
    number: Number | None = None


class Styles:
    """All styles by id, with what they inherit laid in."""

    def __init__(self, root: Any = None) -> None:
        """Take the root of `styles.xml`; a document without it has plain styles."""
        self._elements: dict[str, Any] = {}
        self._known: dict[str, Style] = {}
        default_id = ""
        for element in root if root is not None else ():
            if plain_name(element.tag) == "style" and (style_id := word(element, "styleId")):
                self._elements[style_id] = element
                if word(element, "type") == "paragraph" and word(element, "default") in ("1", "true"):
                    default_id = style_id
        size = number_of(word(child(root, "docDefaults", "rPrDefault", "rPr", "sz"), "val"))
        self._base = Style(half_points=size or _DEFAULT_HALF_POINTS)
        self.default = self._resolved(default_id) if default_id else self._base

    def of(self, style_id: str | None) -> Style:
        """Return the style with that id, or the default one."""
        return self._resolved(style_id) if style_id in self._elements and style_id else self.default

    def of_run(self, style_id: str | None) -> Style:
        """Return the character style with that id, or one that says nothing."""
        return self._resolved(style_id) if style_id in self._elements and style_id else Style()

    def _resolved(self, style_id: str) -> Style:
        if style_id not in self._known:
            self._known[style_id] = self._inherited(style_id)
        return self._known[style_id]

    def _inherited(self, style_id: str) -> Style:
        chain: list[Style] = []
        seen: set[str] = set()
        current: str | None = style_id
        while current in self._elements and current not in seen:
            seen.add(current)
            element = self._elements[current]
            chain.append(_own_style(element, current))
            current = word(child(element, "basedOn"), "val")
        chain.append(self._base)
        numbers = [style.number for style in chain if style.number is not None]

        def first(name: str) -> Any:
            return next((value for style in chain if (value := getattr(style, name)) is not None), None)

        return Style(
            first("heading"),
            first("bold"),
            first("hidden"),
            first("half_points"),
            _joined(numbers) if numbers else None,
        )


def _joined(numbers: list[Number]) -> Number:
    """Return the number that a chain of styles asks for: a style may give the level to its base's numbering."""
    asking = next((number for number in numbers if number.numbering is not None), numbers[0])
    level = next((number.level for number in numbers if number.level is not None), None)
    return Number(asking.numbering, level, asking.style)


def _own_style(element: Any, style_id: str) -> Style:
    said = children(element)
    name = word(said.get("name"), "val") or ""
    paragraph, run = said.get("pPr"), children(said.get("rPr"))
    found = _HEADING_NAME.match(name)
    heading = int(found[1]) if found else 1 if name.lower() == "title" else outline_level(paragraph)
    number = asked_number(child(paragraph, "numPr"))
    return Style(
        heading=min(6, heading) if heading is not None else None,
        bold=is_on(run.get("b")),
        hidden=is_on(run.get("vanish")),
        half_points=number_of(word(run.get("sz"), "val")),
        number=Number(number.numbering, number.level, style_id) if number else None,
    )


def is_on(element: Any) -> bool | None:
    """Read a switch such as `w:b`; None where the element is absent."""
    if element is None:
        return None
    return (word(element, "val") or "1").lower() not in _OFF


def number_of(value: str | None) -> int | None:
    """Return the number that an attribute's value writes; None for none and for what is no number."""
    return int(value) if value and value.isdecimal() and len(value) < 10 else None


def outline_level(properties: Any) -> int | None:
    """Return the level, 1 to 9, that paragraph properties give to a heading, or 0 where they say body text."""
    level = number_of(word(child(properties, "outlineLvl"), "val"))
    if level is None:
        return None
    return level + 1 if level < 9 else 0


def asked_number(asked: Any) -> Number | None:
    """Return the numbering that a `numPr` of paragraph properties asks for, or None where there is none."""
    if asked is None:
        return None
    said = children(asked)
    level = number_of(word(said.get("ilvl"), "val"))
    return Number(word(said.get("numId"), "val"), None if level is None else min(8, level))
