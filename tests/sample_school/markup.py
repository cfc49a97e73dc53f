"""The marks in which the sample syllabi are written, and the blocks that they stand for.

A source begins with `key: value` lines (`output`, `layout`, `header`, `footer`) and a line `---`. Below it: `#` the
title, `##` and `###` headings, `-` an item, `|` a table row (the first of a run is the table's head), `: name =
value` a field of the course's data, `+` a paragraph inserted under tracked changes, `%` a paragraph in a form field,
`===` a new page, `@name` the text of the shared passage of that name; what remains are paragraphs, parted by an empty
line, in which `//` breaks the line. It knows nothing of any file format.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path


@dataclass(frozen=True)
class Heading:
    """A heading; level 0 is the title of the document."""

    text: str
    level: int


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, with newlines where its line is broken by hand."""

    text: str
    kind: str = ""
    """`inserted` for a tracked insertion, `field` for a form field, otherwise empty."""


@dataclass(frozen=True)
class Items:
    """A bulleted list."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table; all rows have as many cells as the first."""

    rows: tuple[tuple[str, ...], ...]
    head: bool = True
    """Whether the first row names the columns."""


@dataclass(frozen=True)
class NewPage:
    """The end of a page."""


Block = Heading | Paragraph | Items | Table | NewPage


@dataclass(frozen=True)
class Source:
    """One syllabus as it was written, before it has a format."""

    output: str
    """The name of the file to write."""
    layout: frozenset[str]
    blocks: tuple[Block, ...]
    title: str
    header: str = ""
    footer: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


def read_source(path: Path, shared: Path) -> Source:
    """Read one source file, taking the passages that it names from the folder `shared`."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n---\n")
    facts = dict(_fact(line) for line in head.splitlines() if line.strip())
    blocks = tuple(parse_blocks(_with_passages(body, shared)))
    title = next((block.text for block in blocks if isinstance(block, Heading)), path.stem)
    return Source(
        output=facts["output"],
        layout=frozenset(facts.get("layout", "").split()),
        blocks=blocks,
        title=title,
        header=facts.get("header", ""),
        footer=facts.get("footer", ""),
        facts=facts,
    )


def parse_blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a source's body, in order."""
    for kind, group in groupby(text.splitlines(), key=_kind):
        lines = [line.strip() for line in group]
        match kind:
            case "heading":
                yield from (_heading(line) for line in lines)
            case "item":
                yield Items(tuple(_broken(line[2:]) for line in lines))
            case "row":
                yield Table(tuple(_cells(line) for line in lines))
            case "data":
                yield Table(tuple(_fields(line) for line in lines), head=False)
            case "inserted" | "field":
                yield from (Paragraph(_broken(line[2:]), kind) for line in lines)
            case "page":
                yield NewPage()
            case "text":
                yield Paragraph(_broken(" ".join(lines)))


def _kind(line: str) -> str:
    """Return the name of the block to which a line belongs; empty for a line without text."""
    marks = {"#": "heading", "- ": "item", "| ": "row", ": ": "data", "+ ": "inserted", "% ": "field", "===": "page"}
    if not line.strip():
        return ""
    return next((kind for mark, kind in marks.items() if line.startswith(mark)), "text")


def _heading(line: str) -> Heading:
    marks = len(line) - len(line.lstrip("#"))
    return Heading(line.lstrip("# "), marks - 1)


def _cells(line: str) -> tuple[str, ...]:
    return tuple(_broken(cell.strip()) for cell in line.strip().strip("|").split("|"))


def _fields(line: str) -> tuple[str, ...]:
    name, _, value = line[2:].partition(" = ")
    return (name.strip(), _broken(value.strip()))


def _broken(text: str) -> str:
    return text.strip().replace(" // ", "\n")


def _fact(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return (name.strip(), value.strip())


def _with_passages(body: str, shared: Path) -> str:
    """Put the shared passages in the places where the body names them."""
    lines = [
        (shared / f"{line[1:].strip()}.txt").read_text(encoding="utf-8") if line.startswith("@") else line
        for line in body.splitlines()
    ]
    return "\n".join(lines)
