"""Say of each lesson when it is held, how it is taught, what is listed under its title, and what is read for it.

It knows the parts of a lesson once its stretch of the text and its sections are settled. It does not know titles and
hours, which `lessons` reads, and judges nothing: every detail is as written.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from imetaudit.model import Lesson, LessonReading, Section, SectionKind, SegmentKind
from imetaudit.outline.cues import OutlineCues
from imetaudit.outline.folding import fold
from imetaudit.outline.rows import Mark
from imetaudit.outline.tables import cell
from imetaudit.outline.units import Unit, read_label

_READINGS = {SectionKind.REQUIRED_READING: True, SectionKind.OPTIONAL_READING: False}
_ITEMS = re.compile(r"\n|[•▪◦;](?=\s)|(?<=\s)[-–](?=\s)")
_EDGES = " \t\n.,;:•▪◦·*_#>|-–—\\"
_LEAST_LETTERS = 3
_DATE_REACH = 60  # characters of a lesson's first line within which its date stands


def with_details(
    lessons: Sequence[Lesson],
    lesson_of: Mapping[int, int],
    marks: Mapping[int, Mark],
    units: Sequence[Unit],
    sections: Sequence[Section],
    cues: OutlineCues,
) -> tuple[Lesson, ...]:
    """Return the lessons with their date, method, topics and readings.

    Args:
        lessons: The lessons, with their titles and hours.
        lesson_of: The index of the lesson that begins at a unit.
        marks: Where lessons begin, by unit.
        units: The pieces of the document.
        sections: Its sections; those of a lesson carry its index.
        cues: The compiled cues.
    """
    own: dict[int, list[Section]] = defaultdict(list)
    for section in sections:
        if section.lesson is not None:
            own[section.lesson].append(section)
    begun = {lesson: index for index, lesson in lesson_of.items()}
    reader = _Details(units, cues)
    return tuple(
        replace(
            lesson,
            date=reader.date(begun[place], marks[begun[place]]),
            method=reader.method(begun[place], marks[begun[place]], own[place]),
            topics=reader.topics(lesson, begun[place], marks[begun[place]], own[place]),
            readings=reader.readings(own[place]),
        )
        for place, lesson in enumerate(lessons)
    )


class _Details:
    """Reads the details of lessons from the pieces of a document."""

    def __init__(self, units: Sequence[Unit], cues: OutlineCues) -> None:
        self._units = units
        self._cues = cues
        self._starts = [unit.start for unit in units]
        self._ends = [unit.end for unit in units]

    def date(self, index: int, mark: Mark) -> str | None:
        """Return the date in its row's column, or the one in the lesson's first line."""
        unit = self._units[index]
        if mark.table is not None:
            return self._cell_of(unit, mark, "date")
        line = unit.folded.split("\n", 1)[0][:_DATE_REACH]
        for match in self._cues.lessons.anywhere.finditer(line):
            return unit.raw[match.start() : match.end()].strip(_EDGES + "()")
        return None

    def method(self, index: int, mark: Mark, sections: Sequence[Section]) -> str | None:
        """Return what the column of methods says, or a line labelled so."""
        written = self._cell_of(self._units[index], mark, "method")
        if written is not None:
            return written
        for _, line in self._lines(sections, SectionKind.LESSON):
            label = read_label(fold(line), self._cues)
            if label is not None and label.name in self._cues.lessons.method_labels:
                return line[label.text_start :].strip(_EDGES) or None
        return None

    def topics(self, lesson: Lesson, index: int, mark: Mark, sections: Sequence[Section]) -> tuple[str, ...]:
        """Return the items under a lesson's title; of a row what its topic says beyond the title."""
        found: dict[str, None] = {}
        if mark.table is not None:
            for row in (mark.unit, *mark.rows):
                found.update(dict.fromkeys(self._items(self._cell_of(self._units[row], mark, "topic") or "")))
        else:
            for at, line in self._lines(sections, SectionKind.LESSON):
                if at != index:
                    found.update(dict.fromkeys(self._items(line)))
        return tuple(item for item in found if item not in lesson.title and lesson.title not in item)

    def readings(self, sections: Sequence[Section]) -> tuple[LessonReading, ...]:
        """Return what is to be read, in order; a label before it ("Read:") is left out."""
        found: dict[LessonReading, None] = {}
        for section in sections:
            if section.kind in _READINGS:
                for _, line in self._lines([section], section.kind):
                    for item in self._items(line):
                        found.setdefault(LessonReading(item, _READINGS[section.kind]))
        return tuple(found)

    def _items(self, line: str) -> Iterator[str]:
        """Yield the items of a line or cell that say something, without the label before them ("Topic: …")."""
        label = read_label(fold(line), self._cues)
        if label is not None and (label.rule is not None or label.name in self._cues.lessons.columns):
            line = line[label.text_start :]
        for piece in _ITEMS.split(line):
            item = " ".join(piece.strip(_EDGES).split())
            letters = sum(character.isalpha() for character in item)
            if letters >= _LEAST_LETTERS and fold(item) not in self._cues.lessons.columns:
                yield item

    def _lines(self, sections: Sequence[Section], kind: SectionKind) -> Iterator[tuple[int, str]]:
        """Yield the lines of a kind of sections, each with the index of its unit; headings only name what follows."""
        for section in sections:
            if section.kind is not kind:
                continue
            for index in range(bisect_right(self._ends, section.start), bisect_left(self._starts, section.end)):
                unit = self._units[index]
                if unit.is_heading and kind is not SectionKind.LESSON:
                    continue
                inside = slice(max(0, section.start - unit.start), section.end - unit.start)
                spans = (
                    [inside]
                    if unit.kind is not SegmentKind.TABLE_ROW
                    else [
                        slice(start - unit.start, end - unit.start)
                        for start, end in unit.cells
                        if start >= section.start and end <= section.end
                    ]
                )
                for span in spans:
                    for line in unit.raw[span].split("\n"):
                        yield index, line

    def _cell_of(self, unit: Unit, mark: Mark, role: str) -> str | None:
        if mark.table is None:
            return None
        column = next((column for column, name in sorted(mark.table.roles.items()) if name == role), None)
        if column is None or not cell(unit, column):
            return None
        start, end = unit.cells[column]
        return unit.raw[start - unit.start : end - unit.start].strip() or None
