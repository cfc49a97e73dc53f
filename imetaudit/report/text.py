"""The report as plain text that a screen reader or a terminal reads from top to bottom.

It knows how blocks become lines of at most 78 characters; a table is read row by row, each value with its column's
name, because columns drawn with blanks cannot be heard. The words and numbers come from `contents`.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from imetaudit.report.blocks import (
    Block,
    Facts,
    Figure,
    Fold,
    Items,
    Line,
    Paragraph,
    Quotation,
    Report,
    Row,
    Section,
    Span,
    Style,
    Symbol,
    Table,
)
from imetaudit.report.wording import clean

_WIDTH = 78
_LONGEST = 4000
_UNDERLINES = {1: "=", 2: "=", 3: "-"}


def to_text(report: Report) -> str:
    """Return the report as text; it ends in a newline."""
    lines = [*_cover(report), *_highlights(report), *_contents(report)]
    for section in report.sections:
        lines.extend(_section(section, 2, report.as_of))
    return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"


def _cover(report: Report) -> Iterator[str]:
    yield from _wrapped(report.school)
    yield ""
    yield from _heading(report.title, 1)
    yield from _wrapped(report.message)
    yield ""
    for name, value in report.facts:
        yield from _wrapped(f"{name}: {value}")


def _highlights(report: Report) -> Iterator[str]:
    yield from _heading("Highlights", 2)
    parts = (
        ("Why this audit was done", report.highlights.why),
        ("What was found", report.highlights.found),
        ("What is recommended", report.highlights.recommended),
    )
    for title, texts in parts:
        yield from _heading(title, 3)
        for text in texts:
            yield from [*_wrapped(_plain(text)), ""]
    yield from _figure(report.highlights.figure, report.as_of)


def _contents(report: Report) -> Iterator[str]:
    yield from _heading("Contents", 2)
    for section in report.sections:
        yield from _wrapped(section.title, "", "  ")
        for inner in section.sections:
            if inner.listed:
                yield from _wrapped(inner.title, "  ", "    ")


def _section(section: Section, level: int, as_of: str) -> Iterator[str]:
    yield from _heading(section.title, level)
    for block in section.blocks:
        yield from _block(block, as_of)
    for inner in section.sections:
        yield from _section(inner, level + 1, as_of)


def _block(block: Block, as_of: str) -> Iterator[str]:
    match block:
        case Paragraph():
            yield from _wrapped(_plain(block.content))
        case Items():
            for number, item in enumerate(block.items, 1):
                sign = f"{number}. " if block.ordered else "- "
                yield from _wrapped(_plain(item), sign, " " * len(sign))
        case Facts():
            for name, value in block.pairs:
                yield from _wrapped(f"{name}: {_plain(value)}", "", "  ")
        case Quotation():
            yield from _wrapped(f'"{_plain(block.passage)}"', "  ", "  ")
            yield from _wrapped(_plain(block.where), "    ", "    ")
        case Fold():
            yield from _wrapped(f"{block.summary}:")
            yield ""
            for inner in block.blocks:
                yield from _block(inner, as_of)
        case Table():
            yield from _table(block, as_of)
        case Figure():
            yield from _figure(block, as_of)
    yield ""


def _table(table: Table, as_of: str) -> Iterator[str]:
    number = f"Table {table.number}: " if table.number else ""
    yield from _wrapped(f"{number}{table.title}")
    labels = [column.label for column in table.columns]
    yield from _wrapped(
        f"Columns: {'; '.join(labels)}. {len(table.rows):,} {'row' if len(table.rows) == 1 else 'rows'}."
    )
    for row in table.rows:
        yield from _wrapped(_row(row, labels), "- ", "  ")
    yield from _under(table.source, table.notes, as_of)


def _row(row: Row, labels: Sequence[str]) -> str:
    first, *others = row.cells
    values = [f"{label}: {_plain(cell).removesuffix('.')}" for label, cell in zip(labels[1:], others, strict=True)]
    return f"{_plain(first).removesuffix('.')}. {'; '.join(values)}."


def _figure(figure: Figure, as_of: str) -> Iterator[str]:
    number = f"Figure {figure.number}: " if figure.number else "Figure: "
    yield from _wrapped(f"{number}{figure.title}")
    for words in figure.words:
        yield from _wrapped(words, "- ", "  ")
    yield from _under(figure.source, figure.notes, as_of)


def _under(source: str, notes: Sequence[str], as_of: str) -> Iterator[str]:
    if source:
        yield from _wrapped(f"Source: {source} | As of {as_of}")
    for number, note in enumerate(notes, 1):
        yield from _wrapped(f"{'Note' if len(notes) == 1 else f'Note {number}'}: {note}")


def _heading(title: str, level: int) -> Iterator[str]:
    lines = list(_wrapped(title))
    yield ""
    if level == 2:
        yield ""
    yield from lines
    if level in _UNDERLINES:
        yield _UNDERLINES[level] * max((len(line) for line in lines), default=1)
    yield ""


def _plain(content: Line) -> str:
    """Return the words of a line; what a page marks stands between asterisks."""
    parts = []
    for part in content:
        if isinstance(part, Symbol):
            parts.append(part.label)
        elif isinstance(part, Span):
            parts.append(f"*{clean(part.text)}*" if part.style is Style.MARK else part.text)
        else:
            parts.append(part)
    return "".join(parts)


def _wrapped(text: str, first: str = "", rest: str = "") -> list[str]:
    """Return the cleaned text in lines; a title that breaks gets its own further lines."""
    return textwrap.wrap(
        clean(text[:_LONGEST]), _WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False
    )
