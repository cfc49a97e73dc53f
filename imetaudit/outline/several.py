"""Put together the outline of a document that describes several courses, each read as a syllabus of its own.

It knows what a course in a catalogue leaves unsaid: its text has no heading, and the school's name stands before the
first course. It does not know where courses begin; `courses` does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from imetaudit.model import CoursePart, HoursBasis, Identity, Outline, Section, SectionKind, SegmentKind
from imetaudit.outline.courses import Stretch
from imetaudit.outline.cues import OutlineCues
from imetaudit.outline.objectives import read_objectives
from imetaudit.outline.stated import stated_number
from imetaudit.outline.units import Unit

Read = Callable[[Sequence[Unit], OutlineCues], Outline]
_UNSAID = (SectionKind.TITLE, SectionKind.OTHER)


def read_several(units: Sequence[Unit], stretches: Sequence[Stretch], read: Read, cues: OutlineCues) -> Outline:
    """Return one outline of all courses; what stands between them has sections, and belongs to none.

    Args:
        units: The pieces of the document, cut where courses begin.
        stretches: The courses, in order.
        read: Reads the outline of some pieces.
        cues: The compiled cues.
    """
    whole = Outline(sections=())
    around: Identity | None = None
    heads = {unit.table: unit for unit in reversed(units) if unit.kind is SegmentKind.TABLE_ROW}
    for stretch, own in _shares(units, stretches):
        if stretch is None:
            outline = read(own, cues)
            around = around or replace(outline.identity, course_id=None, title=None, instructor=None, credits=None)
        else:
            outline = _course(stretch, own, heads, read, cues)
            course = _part(stretch, own, outline, around or Identity(), cues)
            whole = replace(whole, courses=(*whole.courses, course))
        whole = _joined(whole, outline)
    return replace(whole, identity=around or Identity())


def _shares(units: Sequence[Unit], stretches: Sequence[Stretch]) -> Iterator[tuple[Stretch | None, list[Unit]]]:
    """Yield the pieces of each course, and those between courses, in order."""
    at = 0
    for stretch in stretches:
        for course, end in ((None, stretch.head.start), (stretch, stretch.end)):
            own = []
            while at < len(units) and units[at].start < end:
                own.append(units[at])
                at += 1
            if own:
                yield course, own
    if at < len(units):
        yield None, list(units[at:])


def _joined(whole: Outline, outline: Outline) -> Outline:
    shift = len(whole.lessons)
    sections = (replace(each, lesson=None if each.lesson is None else each.lesson + shift) for each in outline.sections)
    return replace(
        whole,
        sections=(*whole.sections, *sections),
        lessons=(*whole.lessons, *outline.lessons),
        objectives=(*whole.objectives, *outline.objectives),
    )


def _part(stretch: Stretch, own: Sequence[Unit], outline: Outline, around: Identity, cues: OutlineCues) -> CoursePart:
    """Return the course; the school that is named before the first course is that of all that name none."""
    said = outline.identity
    identity = replace(
        said,
        course_id=stretch.head.number,
        title=stretch.head.title,
        edition=said.edition or around.edition,
        department=said.department or around.department,
        school=said.school or around.school,
        institution=said.institution or around.institution,
    )
    words = sum(len(unit.raw.split()) for unit in own if not unit.is_running)
    pages = [unit.page for unit in own if unit.page is not None]
    return CoursePart(
        identity, own[0].start, own[-1].end, min(pages, default=None), max(pages, default=None),
        words, words - len((stretch.head.number + " " + stretch.head.title).split()) >= cues.several.own_words,
        outline.hours, outline.hours_basis, outline.warnings,
    )  # fmt: skip


def _course(
    stretch: Stretch, own: Sequence[Unit], heads: Mapping[int | None, Unit], read: Read, cues: OutlineCues
) -> Outline:
    """Return the outline of one course; prose for which nothing else speaks is its description."""
    if not own[0].cells:
        outline = read(own, cues)
        return replace(outline, sections=tuple(_described(outline.sections, own, stretch.head.end, cues)))
    row = own[0]
    own = _cells(row, stretch)
    outline = read(own, cues)
    kinds = _columns(heads.get(row.table), row, cues)
    sections = tuple(_described(outline.sections, own, stretch.head.end, cues, kinds))
    outline = replace(outline, sections=sections, objectives=read_objectives(own, sections, cues.objectives))
    hours = outline.hours or _row_hours(heads.get(row.table), row, cues)
    basis = outline.hours_basis if outline.hours else HoursBasis.STATED if hours else HoursBasis.UNKNOWN
    return replace(outline, hours=hours, hours_basis=basis)


def _described(
    sections: Sequence[Section],
    own: Sequence[Unit],
    title_end: int,
    cues: OutlineCues,
    kinds: Mapping[int, SectionKind] = MappingProxyType({}),
) -> Iterator[Section]:
    """Yield the sections; what no heading opens and is no title is a description where it is long enough.

    `kinds` are those of a table's columns, by the offset at which a cell begins; they come before all else.
    """
    for section in sections:
        plain = section.kind in _UNSAID and not section.title and section.lesson is None
        inside = [unit for unit in own if section.start <= unit.start < section.end]
        if not plain and not any(unit.start in kinds for unit in inside):
            yield section
            continue
        for unit in inside:
            told = plain and unit.start >= title_end and len(unit.words) > cues.content.least_words
            kind = kinds.get(unit.start, SectionKind.DESCRIPTION if told else section.kind)
            yield Section(kind, section.title, unit.start, min(unit.end, section.end), unit.page, section.lesson)


# --- a course in a row of a table -----------------------------------------------------------------


def _cells(row: Unit, stretch: Stretch) -> list[Unit]:
    """Part a row into its head, as a heading, and the cells behind it, each a paragraph."""
    title_end = max((end for start, end in row.cells if start < stretch.head.end), default=row.start)
    kinds = [(row.start, title_end, SegmentKind.HEADING)]
    kinds += [(start, end, SegmentKind.PARAGRAPH) for start, end in row.cells if start >= title_end and end > start]
    return [
        replace(
            row, start=start, end=end, kind=kind, level=int(kind is SegmentKind.HEADING), cells=(),
            folded=row.folded[start - row.start : end - row.start], raw=row.raw[start - row.start : end - row.start],
        )
        for start, end, kind in kinds
    ]  # fmt: skip


def _column_heads(head: Unit | None, row: Unit) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the head of each column, folded, with the cell of the row below it."""
    if head is None or head.start == row.start or len(head.cells) != len(row.cells):
        return
    for (start, end), below in zip(head.cells, row.cells, strict=True):
        yield " ".join(head.folded[start - head.start : end - head.start].split()).strip(" :*_."), below


def _columns(head: Unit | None, row: Unit, cues: OutlineCues) -> dict[int, SectionKind]:
    """Return the kinds that the heads of the columns give to the cells of a row, by their offsets."""
    rules = {below[0]: cues.headings.find(name) for name, below in _column_heads(head, row) if name}
    return {
        start: cues.rules[rule].kind
        for start, rule in rules.items()
        if rule is not None and not cues.rules[rule].schedule and cues.rules[rule].kind is not SectionKind.OTHER
    }


def _row_hours(head: Unit | None, row: Unit, cues: OutlineCues) -> float | None:
    for name, (start, end) in _column_heads(head, row):
        hours = stated_number(row.folded[start - row.start : end - row.start], name, cues)
        if hours is not None:
            return hours
    return None
