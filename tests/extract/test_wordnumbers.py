"""The numbers that Word writes before paragraphs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from .conftest import p, shown
from .conftest import read_path as read

Docx = Callable[..., Path]


def level(place: int, text: str, shape: str = "decimal", more: str = "") -> str:
    """Return the XML of one level of a numbering."""
    return f'<w:lvl w:ilvl="{place}">{more}<w:numFmt w:val="{shape}"/><w:lvlText w:val="{text}"/></w:lvl>'


def shape(name: str, *levels: str) -> str:
    """Return the XML of a shape of numbers."""
    return f'<w:abstractNum w:abstractNumId="{name}">{"".join(levels)}</w:abstractNum>'


def number(name: str, shape_name: str, overrides: str = "") -> str:
    """Return the XML of a numbering of that shape."""
    return f'<w:num w:numId="{name}"><w:abstractNumId w:val="{shape_name}"/>{overrides}</w:num>'


def item(name: str, depth: int = 0, text: str = "x") -> str:
    """Return a paragraph that asks for a number."""
    return p(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{name}"/></w:numPr>')


def numbers(path: Path) -> list[str]:
    """Return what stands before the `x` of every paragraph."""
    return [text.removesuffix("x").strip() for _, text in shown(read(path))]


def test_levels_shapes_and_restarts(docx: Docx) -> None:
    """A deeper level shows those above in their own shapes and begins anew under each, unless it never does."""
    levels = (
        level(0, "%1.", "upperRoman"),
        level(1, "%1.%2", "lowerLetter"),
        level(2, "%1.%2.%3", more="<w:isLgl/>"),
        level(3, "(%4)", "lowerRoman", '<w:lvlRestart w:val="0"/>'),
    )
    depths = (0, 1, 1, 2, 3, 0, 1, 3)
    body = "".join(item("1", depth) for depth in depths)
    path = docx(body, numbering=f"<w:root>{shape('0', *levels)}{number('1', '0')}</w:root>")
    assert numbers(path) == ["I.", "I.a", "I.b", "1.2.1", "(i)", "II.", "II.a", "(ii)"]


def test_lists_of_one_shape_count_on_unless_told_where_to_start(docx: Docx) -> None:
    """Two numberings share a count, one with a start has its own, and a start may be nought."""
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{}"/></w:lvlOverride>'
    other = f'<w:lvlOverride w:ilvl="0">{level(0, "Week %1:")}</w:lvlOverride>'
    numbering = (
        shape("0", level(0, "%1)", more='<w:start w:val="0"/>'))
        + number("1", "0") + number("2", "0") + number("3", "0", start.format(5)) + number("4", "0", other)
    )  # fmt: skip
    body = "".join(map(item, ("1", "1", "2", "3", "3", "1", "4")))
    assert numbers(docx(body, numbering=f"<w:root>{numbering}</w:root>")) == [
        "0)", "1)", "2)", "5)", "6)", "3)", "Week 4:",
    ]  # fmt: skip


def test_numbers_of_styles_and_linked_shapes(docx: Docx) -> None:
    """A style's number has the level that names the style; a derived style inherits it; shapes point by style."""
    styles = (
        '<w:root><w:style w:type="paragraph" w:styleId="Part"><w:name w:val="heading 1"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Unit"><w:name '
        'w:val="heading 2"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Own"><w:basedOn w:val="Unit"/></w:style></w:root>'
    )
    owner = shape("0", '<w:styleLink w:val="S"/>', level(0, "Part %1", more='<w:pStyle w:val="Part"/>'),
                  level(1, "Unit %1.%2", more='<w:pStyle w:val="Unit"/>'))  # fmt: skip
    numbering = f"<w:root>{owner}{shape('7', '<w:numStyleLink w:val=' + chr(34) + 'S' + chr(34) + '/>')}{number('1', '7')}</w:root>"
    styled = "".join(p("x", f'<w:pStyle w:val="{name}"/>') for name in ("Part", "Unit", "Own"))
    off = p("x", '<w:pStyle w:val="Unit"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert numbers(docx(styled + off, styles=styles, numbering=numbering)) == ["Part 1", "Unit 1.1", "Unit 1.2", ""]


def test_empty_items_are_counted_and_hidden_numbers_not_shown(docx: Docx) -> None:
    """Word numbers an empty paragraph too, though nothing of it is text; a level may hide its number."""
    numbering = shape("0", level(0, "%1."), level(1, "%2.", more="<w:rPr><w:vanish/></w:rPr>")) + number("1", "0")
    body = item("1") + item("1", text="") + item("1") + item("1", 1)
    assert numbers(docx(body, numbering=f"<w:root>{numbering}</w:root>")) == ["1.", "3.", ""]


def test_unknown_numberings_mark_nothing(docx: Docx) -> None:
    """A paragraph that asks for a numbering which is not there has no mark."""
    assert numbers(docx(item("9"))) == [""]
