"""Read which course a syllabus belongs to: its id, title and edition, who offers and teaches it, and its credits.

It knows labels and what a title block looks like. It never looks at the file's name, and says None where the document
says nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from imetaudit.model import Identity, Section, SectionKind, SegmentKind
from imetaudit.outline.cues import OutlineCues
from imetaudit.outline.facts import labels_of
from imetaudit.outline.folding import fold, words_of
from imetaudit.outline.title import bare_title, find_title
from imetaudit.outline.units import Unit, label_starts, read_label

# A course's number: capitals and figures ("POSC 315-02", "PAI-HR16", "CIN A-062-2210"), or `Political Science 111`.
_ID = re.compile(
    r"\b(?:[A-Z]{2,6}/)?(?:[A-Z]{2,5}[- ](?:[A-Z]{1,4}[- ]?)?)?[A-Z]{1,6}[- ]?[A-Z]{0,3}\d{1,4}[A-Z]{0,3}"
    r"(?:[-./]\d{1,4}[A-Z]?)*(?:-[A-Z])?\b"
    r"|\b[A-Z]{1,3}\d{5,8}\b|\b[A-Z]{2,6}-[A-Z]{2,5}\b"
)
_WORD_ID = re.compile(r"\b(?:[A-Z][a-z]+ ){1,3}[A-Z]?\d{2,4}[A-Z]?(?:-\d{1,3})?\b")
# Behind a label a bare number or a code in capitals is one too.
_CODE = re.compile(r"(?=[\w./-]*(?:\d|[A-Z]{2}))[A-Za-z\d][\w./-]*[^\W_]|\d\w?")
_CAPITALS = re.compile(r"([A-Z0-9](?=[^\s]*[A-Z])[A-Z0-9/.-]{2,}(?: [A-Z0-9.-]{1,4}(?=\s))?)\s+(?=[A-ZÀ-Þ][a-zà-þ])")
_LEAST_LETTERS = 4
_LABEL_CHARACTERS = 20
_PLACE_CHARACTERS = 12
_NUMBER_CHARACTERS = 24
_EDGES = ' \t\n:;,.-–—·•|*_#()[]"“”'
_BEHIND_NAME = re.compile(r"\s*(?:\b[\w.+-]+@|https?:|\(?\+?\d|[;|(]|\s[–—-]\s)")
_CREDITS = re.compile(r"\d{1,2}(?:[.,]\d{1,2})?(?:\s*[-–]\s*\d{1,2})?(?:\s*ECTS\b)?")
_NAME_WORDS = 14
_MAILBOX = re.compile(r"([\w.+-]+)@")
_SITE = re.compile(r"\s+[|·•–—]\s+")


def read_identity(
    units: Sequence[Unit], sections: Sequence[Section], facts: frozenset[int], cues: OutlineCues
) -> Identity:
    """Return what the head of the document says of its course; labels come before the title block."""
    first_lesson = min((s.start for s in sections if s.kind is SectionKind.LESSON), default=None)
    head = [u for u in units if not u.is_running][: cues.identity.head_units]
    if first_lesson is not None and any(u.start < first_lesson for u in head):
        head = [u for u in head if u.start < first_lesson]
    rows = frozenset(units[index].start for index in facts)
    listed = _listed(units)
    head = [u for u in head if u.table not in listed]
    labels = _labels(head, rows, cues)
    title_end = max((s.end for s in sections[: cues.identity.head_units] if s.kind is SectionKind.TITLE), default=0)
    block = [u for u in head if u.start < title_end or u.is_heading][: cues.content.title_units] or head[:2]
    lines = [line for u in block if u.start not in rows for line in _line_texts(u) if line.strip(_EDGES)]
    lines = [line for line in lines if len(line) <= cues.identity.value_characters]
    masl = labels.get("masl") or _find_masl(head, cues)
    course_id = labels.get("id") or _find_id(lines, cues) or masl
    schools = _find_schools([line for line in lines if not course_id or course_id not in line], cues)
    instructor = _person(labels.get("instructor"), cues) or _find_instructor(lines, cues)
    numbers = _numbers(course_id, lines, cues)
    return Identity(
        course_id=course_id,
        title=_labelled_title(labels.get("title"), numbers, cues)
        or find_title(lines, numbers, _people(head, instructor), cues),
        edition=labels.get("edition") or _find_term(head, cues),
        **{role: labels.get(role) or schools.get(role) for role in ("department", "school", "institution")},
        instructor=instructor,
        credits=_labelled_credits(labels.get("credits")) or _find_credits(head, cues),
        masl=masl,
    )


def _listed(units: Sequence[Unit]) -> frozenset[int]:
    """Return the tables that list courses, several numbers in one column: none of them is the document's own."""
    numbers: dict[tuple[int, int], set[str]] = defaultdict(set)
    for unit in units:
        for column, (start, end) in enumerate(unit.cells):
            text = unit.raw[start - unit.start : end - unit.start].strip()
            if unit.table is not None and len(text) <= _NUMBER_CHARACTERS and _ID.fullmatch(text):
                numbers[unit.table, column].add(text)
    return frozenset(table for (table, _), found in numbers.items() if len(found) > 1)


def _line_texts(unit: Unit) -> list[str]:
    """Return the lines of a piece; of a row its cells, which an extractor parted, together."""
    if unit.kind is SegmentKind.TABLE_ROW:
        return [" ".join(unit.raw[start - unit.start : end - unit.start].strip() for start, end in unit.cells)]
    return unit.raw.split("\n")


def _labels(head: Sequence[Unit], rows: frozenset[int], cues: OutlineCues) -> dict[str, str]:
    """Return the labelled values, the first of each role; `rows` are the starts of rows of facts."""
    found: dict[str, str] = {}
    for unit in head:
        for name, value in _row_values(unit, cues) if unit.start in rows else _line_values(unit, cues):
            role = cues.identity.labels.get(name)
            if role is None or not value or len(value) > cues.identity.value_characters:
                continue
            if role == "id" and name in cues.identity.title_labels and not _ID.match(value):
                role = "title"
            if role in ("id", "masl"):
                number = course_number(value)
                if number is None or fold(number) in cues.identity.filler:
                    continue
                value = number
            found.setdefault(role, value)
    return found


def _row_values(unit: Unit, cues: OutlineCues) -> Iterator[tuple[str, str]]:
    labels = labels_of(unit, cues)
    filled = [(start - unit.start, end - unit.start) for start, end in unit.cells if end > start]
    for label, (start, end) in zip(labels, filled[1::2], strict=bool(labels)):
        yield label.name, unit.raw[start:end].strip(_EDGES)


def _line_values(unit: Unit, cues: OutlineCues) -> Iterator[tuple[str, str]]:
    for raw, folded in zip(unit.raw.split("\n"), unit.folded.split("\n"), strict=True):
        starts = label_starts(raw)
        for start, end in zip(starts, [*starts[1:], len(raw)], strict=True):
            label = read_label(folded[start:end], cues)
            if label is not None:
                value = raw[start + label.text_start : end].strip(_EDGES)
                # "Course name: Foundation: Media 1" has one label, and a value with a colon.
                yield label.name, value or raw[end:].strip(_EDGES)


def course_number(value: str) -> str | None:
    """Return the course's number with which a labelled value begins, without what follows it.

    >>> course_number("LAW-345 Edición 2026"), course_number("2242"), course_number("Gov 462, section 2")
    ('LAW-345', '2242', 'Gov 462')
    """
    for pattern in (_ID, _WORD_ID, _CODE):
        match = pattern.match(value)
        if match:
            return match[0]
    return None


def find_numbers(line: str, cues: OutlineCues) -> list[str]:
    """Return what looks like courses' numbers in a line."""
    return [match[0] for match in _ID.finditer(line) if not _is_no_id(fold(match[0]), cues)]


def _find_id(lines: Sequence[str], cues: OutlineCues) -> str | None:
    """Return the first course number in the title block, or the capitals with which its first line begins."""
    for pattern in (_ID, _WORD_ID):
        for line in lines:
            match = pattern.search(line)
            while match and (_is_no_id(fold(match[0]), cues) or _names_place(line[: match.start()], cues)):
                match = pattern.search(line, match.end())
            if match:
                return match[0].strip()
        capitals = _CAPITALS.match(lines[0]) if lines else None
        if capitals and fold(capitals[1]) not in cues.identity.filler:
            return capitals[1]
    return None


def _is_no_id(folded: str, cues: OutlineCues) -> bool:
    return bool(cues.identity.undated.search(folded) or cues.identity.term.search(folded))


def _names_place(before: str, cues: OutlineCues) -> bool:
    """Whether the words before a number say that it is a room's or a telephone's."""
    return cues.identity.people.search(fold(before[-_PLACE_CHARACTERS:])) is not None


def _people(head: Sequence[Unit], instructor: str | None) -> frozenset[str]:
    """Return the folded words of the names of those who teach: the instructor, and owners of addresses of mail."""
    boxes = [match[1] for unit in head if "@" in unit.folded for match in _MAILBOX.finditer(unit.folded)]
    return frozenset(word for name in (*boxes, fold(instructor or "")) for word in words_of(name))


def _numbers(course_id: str | None, lines: Sequence[str], cues: OutlineCues) -> tuple[str, ...]:
    """Return the course's number, then the others that stand beside it on a line."""
    if course_id is None:
        return ()
    beside = [number for line in lines if course_id in line for number in find_numbers(line, cues)]
    return tuple(dict.fromkeys([course_id, *sorted(beside, key=len, reverse=True)]))


def _labelled_title(value: str | None, numbers: Sequence[str], cues: OutlineCues) -> str | None:
    return bare_title(value, numbers, cues) if value else None


def _find_term(head: Sequence[Unit], cues: OutlineCues) -> str | None:
    for unit in head:
        match = cues.identity.term.search(unit.folded)
        if match:
            return " ".join(unit.raw[match.start() : match.end()].split())
    return None


def _find_schools(lines: Sequence[str], cues: OutlineCues) -> dict[str, str]:
    """Return the department, school and institution that lines of the title block name, the first of each."""
    found: dict[str, str] = {}
    for line in lines:
        if cues.headings.is_whole(fold(line)) or not cues.identity.institution.search(fold(line)):
            continue
        for part in _names_apart(line[: [*label_starts(line), len(line)][1]], cues):
            folded = fold(part)
            role = (
                "department" if cues.identity.department.search(folded)
                else "school" if cues.identity.school.match(folded.lstrip(_EDGES))
                else "institution" if cues.identity.institution.search(folded)
                else ""
            )  # fmt: skip
            name = " ".join(part.strip(_EDGES).split())
            if role and name and "@" not in name:
                found.setdefault(role, name)
    return found


def _names_apart(line: str, cues: OutlineCues) -> list[str]:
    """Part a line at its bars and dashes, and at the commas between two names ("Some College, Department of Law")."""
    parts: list[str] = []
    for part in _SITE.split(line):
        pieces = part.split(", ")
        named = all(cues.identity.institution.search(fold(piece)) for piece in pieces)
        parts += pieces if named else [part]
    return parts


def _find_instructor(lines: Sequence[str], cues: OutlineCues) -> str | None:
    """Return the teacher whom a line of the title block names with a title ("Prof. A. Person")."""
    for line in lines:
        bare = line.strip(_EDGES)
        title = cues.identity.honorific.match(fold(bare))
        if title and bare[title.end() : title.end() + 1].isupper():
            return _person(bare, cues)
    return None


def _person(value: str | None, cues: OutlineCues) -> str | None:
    """Return the names with which a value begins, without rooms, addresses and numbers."""
    if not value:
        return None
    ends = [match.start() for match in (_BEHIND_NAME.search(value), cues.identity.place.search(fold(value))) if match]
    name = " ".join(value[: min(ends, default=len(value))].strip(_EDGES).split())
    words = name.split()
    named = sum(word[:1].isupper() for word in words) * 2 >= len(words) > 0
    return name if named and sum(c.isalpha() for c in name) >= _LEAST_LETTERS and len(words) <= _NAME_WORDS else None


def _labelled_credits(value: str | None) -> str | None:
    match = _CREDITS.match(value) if value else None
    return " ".join(match[0].split()) if match else None


def _find_credits(head: Sequence[Unit], cues: OutlineCues) -> str | None:
    """Return the credits of a course as a line of its head has them ("3 credits")."""
    for unit in head[: cues.content.title_units]:
        match = cues.estimate.credits.search(unit.folded)
        if match:
            group = "credits" if match["credits"] else "labelled"
            return unit.raw[match.start(group) : match.end(group)]
    return None


def _find_masl(head: Sequence[Unit], cues: OutlineCues) -> str | None:
    """Return a MASL number in the head that no label of a line precedes ("CMR-315 (MASL Z171-315)")."""
    for unit in head:
        match = cues.identity.masl.search(unit.folded)
        if match:
            return unit.raw[match.start("number") : match.end("number")]
    return None
