"""The styles and numbering of a DOCX: which paragraphs are headings, hidden or numbered, and how numbers read.

It knows `styles.xml` and `numbering.xml` and counts list items as they pass. It does not know the text itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from imetaudit.extract.package import Package, attribute, child, local

_HEADING_NAME = re.compile(r"heading (\d)$", re.IGNORECASE)
_PLACE = re.compile(r"%(\d)")
_ROMANS = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
           (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True)
class Style:
    """What a style says; None where it leaves it to the style it is based on."""

    heading: int | None = None
    bold: bool | None = None
    hidden: bool | None = None
    half_points: int | None = None
    number: tuple[str, int] | None = None
    """The id of a numbering and the 0-based level in it."""


@dataclass
class Styles:
    """All styles by id, with what they inherit laid in."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default: Style = field(default_factory=Style)

    def of(self, style_id: str | None) -> Style:
        """Return the style with that id, or the default one."""
        return self.by_id.get(style_id or "", self.default)


def is_on(element: Any) -> bool | None:
    """Read a switch such as `w:b`; None where the element is absent."""
    if element is None:
        return None
    return (attribute(element, "val") or "1").lower() not in ("0", "false", "off", "none")


def read_styles(package: Package) -> Styles:
    """Read `word/styles.xml`; a document without it has plain styles."""
    root = package.xml("word/styles.xml")
    styles = Styles()
    if root is None:
        return styles
    raw: dict[str, tuple[Style, str | None]] = {}
    default_id = ""
    for element in root:
        if local(element) == "style" and (style_id := attribute(element, "styleId")):
            raw[style_id] = (_own_style(element), attribute(child(element, "basedOn"), "val"))
            if attribute(element, "type") == "paragraph" and attribute(element, "default") in ("1", "true"):
                default_id = style_id
    size = attribute(child(root, "docDefaults", "rPrDefault", "rPr", "sz"), "val")
    base = Style(half_points=int(size) if size and size.isdecimal() else 20)
    for style_id in raw:
        styles.by_id[style_id] = _inherited(style_id, raw, base)
    styles.default = styles.by_id.get(default_id, base)
    return styles


def _own_style(element: Any) -> Style:
    name = attribute(child(element, "name"), "val") or ""
    outline = attribute(child(element, "pPr", "outlineLvl"), "val")
    found = _HEADING_NAME.match(name)
    heading = int(found[1]) if found else None
    if name.lower() == "title":
        heading = 1
    elif heading is None and outline and outline.isdecimal() and int(outline) < 9:
        heading = int(outline) + 1
    size = attribute(child(element, "rPr", "sz"), "val")
    return Style(
        heading=min(6, heading) if heading else None,
        bold=is_on(child(element, "rPr", "b")),
        hidden=is_on(child(element, "rPr", "vanish")),
        half_points=int(size) if size and size.isdecimal() else None,
        number=number_of(child(element, "pPr")),
    )


def number_of(properties: Any) -> tuple[str, int] | None:
    """Return the numbering id and 0-based level that paragraph properties ask for; id `0` means none."""
    numbering = child(properties, "numPr")
    if numbering is None:
        return None
    level = attribute(child(numbering, "ilvl"), "val") or "0"
    return attribute(child(numbering, "numId"), "val") or "", min(8, int(level)) if level.isdecimal() else 0


def _inherited(style_id: str, raw: dict[str, tuple[Style, str | None]], base: Style) -> Style:
    chain: list[Style] = []
    seen: set[str] = set()
    current: str | None = style_id
    while current in raw and current not in seen:
        seen.add(current)
        style, current = raw[current]
        chain.append(style)
    chain.append(base)

    def first(name: str) -> Any:
        return next((value for style in chain if (value := getattr(style, name)) is not None), None)

    return Style(first("heading"), first("bold"), first("hidden"), first("half_points"), first("number"))


@dataclass(frozen=True)
class _Level:
    format: str
    text: str
    start: int


@dataclass
class Numbering:
    """The document's numberings, and how far each has counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    counts: dict[str, list[int]] = field(default_factory=dict)

    def mark(self, number: tuple[str, int]) -> str:
        """Count one item and return what stands before it: `• ` or its number with a blank; empty for none."""
        number_id, depth = number
        levels = self.levels.get(number_id)
        if not levels:
            return ""
        level = levels.get(depth)
        if level is None:
            return "• "
        counts = self.counts.setdefault(self.abstract[number_id], [0] * 9)
        for below in range(depth):
            counts[below] = counts[below] or (levels[below].start if below in levels else 1)
        counts[depth] = counts[depth] + 1 if counts[depth] else level.start
        counts[depth + 1 :] = [0] * (8 - depth)
        if level.format == "bullet":
            return "• "
        if level.format == "none":
            return ""

        def figure(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            shape = levels[place].format if place in levels else "decimal"
            return write_number(counts[place], shape) if 0 <= place < 9 else ""

        written = _PLACE.sub(figure, level.text).strip()
        return written + " " if written else ""


def read_numbering(package: Package) -> Numbering:
    """Read `word/numbering.xml`; a document without it has no numbered items."""
    root = package.xml("word/numbering.xml")
    numbering = Numbering()
    if root is None:
        return numbering
    shapes: dict[str, dict[int, _Level]] = {}
    for element in root:
        if local(element) == "abstractNum":
            shapes[attribute(element, "abstractNumId") or ""] = _levels(element)
    for element in root:
        if local(element) == "num":
            number_id = attribute(element, "numId") or ""
            shape = attribute(child(element, "abstractNumId"), "val") or ""
            restarted = any(local(each) == "lvlOverride" for each in element)
            numbering.levels[number_id] = shapes.get(shape, {})
            numbering.abstract[number_id] = f"{shape}/{number_id}" if restarted else shape
    return numbering


def _levels(element: Any) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for each in element:
        place = attribute(each, "ilvl") if local(each) == "lvl" else None
        if place and place.isdecimal():
            start = attribute(child(each, "start"), "val") or "1"
            levels[int(place)] = _Level(
                attribute(child(each, "numFmt"), "val") or "decimal",
                attribute(child(each, "lvlText"), "val") or "",
                int(start) if start.isdecimal() else 1,
            )
    return levels


def write_number(value: int, shape: str) -> str:
    """Write a count in the shape that a numbering names.

    >>> write_number(4, "upperRoman"), write_number(28, "lowerLetter"), write_number(7, "decimal")
    ('IV', 'bb', '7')
    """
    if shape in ("lowerLetter", "upperLetter") and value > 0:
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
