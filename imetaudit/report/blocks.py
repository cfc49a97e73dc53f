"""The report as a tree of plain blocks, which every format renders in its own way.

It knows what a report is built of: sections, paragraphs, tables, figures, passages of evidence. It does not know
what they say, nor how a page looks. Because each format renders this one tree, none can leave out what another shows.
Strings are as they came from the syllabi; a renderer cleans, bounds and escapes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Style(StrEnum):
    """How a run of text is set."""

    PLAIN = "plain"
    STRONG = "strong"
    MARK = "mark"
    """The words of a syllabus that matched."""
    QUOTE = "quote"
    """Words of a syllabus: may be in any language and direction."""
    CODE = "code"
    UNVERIFIED = "unverified"
    """A caution that must not be overlooked."""


@dataclass(frozen=True)
class Span:
    """A run of text with a style or a link."""

    text: str
    style: Style = Style.PLAIN
    href: str | None = None
    """`#anchor` in the report, or the relative path of a document; None where it is no link."""


@dataclass(frozen=True)
class Symbol:
    """A sign of the legend; never without its words."""

    name: str
    label: str
    bare: bool = False
    """Whether a page shows the sign alone and keeps the words for those who hear it."""


Inline = str | Span | Symbol
Line = tuple[Inline, ...]


def line(*parts: Inline | Line) -> Line:
    """Return one line made of the parts, nested lines taken apart, empty strings left out."""
    flat: list[Inline] = []
    for part in parts:
        if isinstance(part, tuple):
            flat.extend(part)
        elif part != "":
            flat.append(part)
    return tuple(flat)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `tone` is `lead`, `note` or empty."""

    content: Line
    tone: str = ""
    kind = "paragraph"


@dataclass(frozen=True)
class Items:
    """A list, numbered or not."""

    items: tuple[Line, ...]
    ordered: bool = False
    kind = "items"


@dataclass(frozen=True)
class Facts:
    """Pairs of a name and what is known."""

    pairs: tuple[tuple[str, Line], ...]
    kind = "facts"


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    label: str
    numeric: bool = False
    narrow: bool = False
    """Whether it holds a sign only."""


@dataclass(frozen=True)
class Row:
    """A row of a table; the first cell is its header."""

    cells: tuple[Line, ...]
    total: bool = False
    anchor: str = ""


@dataclass(frozen=True)
class Table:
    """A table with the lines that GAO sets under one."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    legend: Line = ()
    source: str = ""
    notes: tuple[str, ...] = ()
    numbered: bool = True
    number: int = 0
    """Given when the report is put together; 0 for a table that is part of a course's page."""
    kind = "table"


@dataclass(frozen=True)
class Figure:
    """A drawing, and the same in words."""

    title: str
    drawing: str
    """An SVG element, safe to set into a page."""
    words: tuple[str, ...]
    """What the drawing shows, a line a bar."""
    source: str = ""
    notes: tuple[str, ...] = ()
    numbered: bool = True
    number: int = 0
    kind = "figure"


@dataclass(frozen=True)
class Quotation:
    """A passage of a syllabus, the words that matched, and where it stands."""

    passage: Line
    where: Line
    anchor: str = ""
    kind = "quotation"


@dataclass(frozen=True)
class Fold:
    """Blocks that a page may keep closed until they are asked for."""

    summary: str
    blocks: tuple[Block, ...]
    printed: bool = True
    """Whether paper, which cannot be asked, shows the blocks."""
    kind = "fold"


Block = Paragraph | Items | Facts | Table | Figure | Quotation | Fold


@dataclass(frozen=True)
class Section:
    """A headed part of the report."""

    anchor: str
    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    role: str = ""
    """`course` for a course's own page, `letter` for the opening; otherwise empty."""
    listed: bool = True
    """Whether the contents name it."""

    def walk(self) -> Iterator[Section]:
        """Yield this section and all within it, in reading order."""
        yield self
        for section in self.sections:
            yield from section.walk()


@dataclass(frozen=True)
class Highlights:
    """The one page for those who read one page."""

    why: tuple[Line, ...]
    found: tuple[Line, ...]
    recommended: tuple[Line, ...]
    figure: Figure


@dataclass(frozen=True)
class Report:
    """The whole report."""

    title: str
    message: str
    """The second line of the title, which says what was found."""
    school: str
    as_of: str
    facts: tuple[tuple[str, str], ...]
    highlights: Highlights
    sections: tuple[Section, ...]
