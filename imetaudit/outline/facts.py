"""Tell tables of facts about a course ("Room | 12") from schedules, and give each of their rows its kind.

It knows what a table of labels and values looks like. It does not know schedules; `tables` finds those among the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from imetaudit.model import SectionKind, SegmentKind
from imetaudit.outline.cues import OutlineCues, SectionRule
from imetaudit.outline.units import Label, Unit

_LABEL_SPACES = 4
_NUMBERED = re.compile(r"[a-z]{2,6}[- ]?\d{2,4}\b.*[a-z]{3}")
_FIGURE = re.compile(r"(?:[a-z]{1,5}[-.\s]?)?\d{1,3}(?:[.\-]\d{1,3})?[a-z]?[.)]?|[ivx]{1,5}[.)]?")


def tables_of(units: Sequence[Unit]) -> list[list[int]]:
    """Return the rows of each table in order."""
    tables: dict[int, list[int]] = {}
    for index, unit in enumerate(units):
        if unit.kind is SegmentKind.TABLE_ROW and unit.cells and unit.table is not None:
            tables.setdefault(unit.table, []).append(index)
    return list(tables.values())


def labels_of(unit: Unit, cues: OutlineCues) -> list[Label]:
    """Return the labels of a row of two or four filled cells, each before its value; empty for any other row."""
    filled = [(start - unit.start, end - unit.start) for start, end in unit.cells if end > start]
    if len(filled) not in (2, 4):
        return []
    labels: list[Label] = []
    for (start, end), (after, _) in zip(filled[::2], filled[1::2], strict=True):
        name = " ".join(unit.folded[start:end].strip(" :*_.").split())
        if not name or name.count(" ") > _LABEL_SPACES:
            return []
        labels.append(Label(name, cues.headings.find(name), after))
    return labels


def find_facts(units: Sequence[Unit], cues: OutlineCues) -> frozenset[int]:
    """Return the rows of tables whose first column holds labels, most of them known, and no lessons."""
    found: set[int] = set()
    for rows in tables_of(units):
        if _holds_facts(units, rows, cues):
            found.update(rows[1:] if _is_title(units[rows[0]], cues) else rows)
    return frozenset(found)


def _is_title(row: Unit, cues: OutlineCues) -> bool:
    """Whether the first row of such a table is the course's title: its number and words, under no known label."""
    text = " ".join(_texts(row))
    labels = labels_of(row, cues)
    known = any(label.rule is not None or label.name in cues.identity.labels for label in labels)
    return not known and _NUMBERED.match(text) is not None


def _holds_facts(units: Sequence[Unit], rows: Sequence[int], cues: OutlineCues) -> bool:
    labels = [label for row in rows for label in labels_of(units[row], cues)]
    labelled = sum(bool(labels_of(units[row], cues)) for row in rows)
    if not labels or labelled < cues.lessons.table.row_share * len(rows):
        return False
    if len(rows) > 1 and all(_is_head(text, cues) for text in _texts(units[rows[0]])):
        return False
    if sum(_is_lesson(label.name, cues) for label in labels) * 2 >= len(labels):
        return False
    known = sum(label.rule is not None or label.name in cues.identity.labels for label in labels)
    return known * 2 >= len(labels)


def _texts(unit: Unit) -> Iterator[str]:
    for start, end in unit.cells:
        if end > start:
            yield unit.folded[start - unit.start : end - unit.start].strip(" *_:.")


def _is_head(text: str, cues: OutlineCues) -> bool:
    return " ".join(text.split()) in cues.lessons.columns


def _is_lesson(name: str, cues: OutlineCues) -> bool:
    if _FIGURE.fullmatch(name):
        return True
    return any(p.match(name) for p in (cues.lessons.numbered, cues.lessons.dated, cues.lessons.weekday))


def kind_of_fact(
    rule: SectionRule | None, words: int, around: SectionKind, cues: OutlineCues, *, undecided: bool
) -> SectionKind:
    """Return the kind of a fact about the course; a label that no rule knows leaves its row with what stands around.

    Args:
        rule: What the label opens.
        words: How many words the row has.
        around: The kind of the part in which the table stands.
        cues: The compiled cues.
        undecided: Whether that part is the title block or another that says nothing of its rows.
    """
    if rule is None:
        return SectionKind.OTHER if undecided else around
    if rule.schedule:
        # "Topics | a, b and c" is teaching, "Units | 3" is not.
        return SectionKind.LESSON if words > cues.content.least_words else SectionKind.OTHER
    if rule.kind is SectionKind.BIOGRAPHY and words < cues.content.guarded_words:
        return SectionKind.CONTACT
    if rule.kind is SectionKind.OTHER and not undecided:
        return around
    return rule.kind
