"""Text on slides: paragraphs of DrawingML, and which of them are list items.

It knows that a bullet may be set by the paragraph, its shape, or the placeholder of layout and master that the shape
fills. It does not know shapes, places or slides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from imetaudit.extract.numerals import write_number
from imetaudit.extract.package import attribute, child, local

_LEVELS = 9
_MASTER_STYLES = {"title": "titleStyle", "ctrTitle": "titleStyle", "body": "bodyStyle", "subTitle": "bodyStyle",
                  "obj": "bodyStyle", "": "otherStyle"}  # fmt: skip


@dataclass(frozen=True)
class Placeholder:
    """What a shape fills of its layout; a shape that fills nothing has the type None."""

    type: str | None = None
    index: str = "0"


@dataclass(frozen=True)
class Lists:
    """The list styles that a layout and its master give, nearest first."""

    by_index: Mapping[str, Any] = field(default_factory=dict)
    """The layout's placeholders by index."""
    layout: Mapping[str, Any] = field(default_factory=dict)
    """The layout's placeholders by type."""
    master: Mapping[str, Any] = field(default_factory=dict)
    styles: Mapping[str, Any] = field(default_factory=dict)
    """The master's text styles by name."""

    def of(self, placeholder: Placeholder) -> list[Any]:
        """Return the list styles that hold for a placeholder, nearest first."""
        if placeholder.type is None:
            return [self.styles.get("otherStyle")]
        base = "body" if placeholder.type in ("obj", "subTitle") else placeholder.type.replace("ctrTitle", "title")
        style = self.styles.get(_MASTER_STYLES.get(placeholder.type, "otherStyle"))
        near = self.by_index.get(placeholder.index)
        return [near if near is not None else self.layout.get(placeholder.type), self.master.get(base), style]


def read_lists(layout: Any, master: Any) -> Lists:
    """Read the list styles of a layout and of its master (or None)."""
    by_index: dict[str, Any] = {}
    by_type: dict[str, Any] = {}
    of_master: dict[str, Any] = {}
    for placeholder, style in _placeholders(layout):
        by_index[placeholder.index] = style
        by_type.setdefault(placeholder.type or "", style)
    for placeholder, style in _placeholders(master):
        of_master.setdefault(placeholder.type or "", style)
    styles = child(master, "txStyles")
    named = {local(each): each for each in styles} if styles is not None else {}
    return Lists(by_index, by_type, of_master, named)


def _placeholders(root: Any) -> Iterator[tuple[Placeholder, Any]]:
    tree = child(root, "cSld", "spTree")
    for shape in tree if tree is not None else ():
        placeholder = placeholder_of(shape)
        if placeholder.type is not None:
            yield placeholder, child(shape, "txBody", "lstStyle")


def placeholder_of(shape: Any) -> Placeholder:
    """Return what a shape fills of its layout."""
    for each in shape:
        if local(each).startswith("nv"):
            mark = child(each, "nvPr", "ph")
            if mark is not None:
                return Placeholder(attribute(mark, "type") or "obj", attribute(mark, "idx") or "0")
    return Placeholder()


@dataclass(frozen=True)
class Line:
    """A paragraph of a slide."""

    text: str
    """With the author's own line breaks as vertical tabs."""
    mark: str
    """Of a list item its bullet or number and a blank; else empty."""
    depth: int
    """From 1."""
    bold: bool
    size: int
    """Of its largest run in hundredths of a point where it is set by the run itself; else 0."""


def lines_of(body: Any, inherited: Sequence[Any]) -> list[Line]:
    """Return the paragraphs of a text body that are not blank; `inherited` are list styles, nearest first."""
    styles = [child(body, "lstStyle"), *inherited]
    lines: list[Line] = []
    counters: dict[int, tuple[str, int]] = {}
    for paragraph in body if body is not None else ():
        if local(paragraph) != "p":
            continue
        text, bold, size = _runs(paragraph)
        if not text.strip():
            continue
        properties = child(paragraph, "pPr")
        given = attribute(properties, "lvl") or "0"
        level = min(int(given), _LEVELS - 1) if given.isdecimal() else 0
        mark = _mark(_bullet(properties, styles, level), level, counters)
        lines.append(Line(text, mark, level + 1, bold, size))
    return lines


def _runs(paragraph: Any) -> tuple[str, bool, int]:
    pieces: list[str] = []
    letters = bold = size = 0
    for run in paragraph:
        name = local(run)
        if name in ("r", "fld"):
            text = child(run, "t")
            text = (text.text or "") if text is not None else ""
            properties = child(run, "rPr")
            given = attribute(properties, "sz") or ""
            count = len(text.strip())
            letters += count
            bold += count if attribute(properties, "b") in ("1", "true") else 0
            size = max(size, int(given) if given.isdecimal() and count else 0)
            pieces.append(text)
        elif name == "br":
            pieces.append("\v")
        elif name in ("AlternateContent", "m"):
            # Formulas: their letters are leaves of another vocabulary.
            chosen = child(run, "Choice") if name == "AlternateContent" else run
            pieces += [each.text or "" for each in chosen.iter() if local(each) == "t"] if chosen is not None else []
    return "".join(pieces), letters > 0 and bold >= letters, size


def _bullet(properties: Any, styles: Sequence[Any], level: int) -> Any:
    """Return the element that sets the bullet, `buNone` included, or None."""
    for source in (properties, *(child(style, f"lvl{level + 1}pPr") for style in styles)):
        for each in source if source is not None else ():
            if local(each) in ("buNone", "buChar", "buAutoNum", "buBlip"):
                return each
    return None


def _mark(bullet: Any, level: int, counters: dict[int, tuple[str, int]]) -> str:
    for deeper in [each for each in counters if each > level]:
        del counters[deeper]
    name = local(bullet) if bullet is not None else "buNone"
    if name != "buAutoNum":
        counters.pop(level, None)
        return "" if name == "buNone" else "• "
    kind = attribute(bullet, "type") or "arabicPeriod"
    start = attribute(bullet, "startAt") or "1"
    last = counters.get(level)
    number = last[1] + 1 if last and last[0] == kind else int(start) if start.isdecimal() else 1
    counters[level] = (kind, number)
    return _numbered(kind, number)


def _numbered(kind: str, number: int) -> str:
    shape = {"roman": "Roman", "alpha": "Letter"}.get(kind[:5], "")
    shown = write_number(number, ("upper" if "Uc" in kind else "lower") + shape)
    if kind.endswith("ParenBoth"):
        return f"({shown}) "
    return f"{shown}) " if kind.endswith("ParenR") else f"{shown}. "
