"""Read which course a syllabus belongs to: its id, title, edition and department.

It knows labels and what a title block looks like. It never looks at the file's name, and says None where the document
says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from imetaudit.model import Identity, Section, SectionKind
from imetaudit.outline.cues import OutlineCues
from imetaudit.outline.folding import fold
from imetaudit.outline.units import Unit, read_heading, read_label

# A course's number: capitals and figures ("POSC 315-02", "PAI-HR16", "CIN A-062-2210"), or `Political Science 111`.
_ID = re.compile(
    r"\b(?:[A-Z]{2,5}[- ](?:[A-Z]{1,4}[- ]?)?)?[A-Z]{1,6}[- ]?[A-Z]{0,3}\d{1,4}[A-Z]{0,3}(?:[-./]\d{1,4}[A-Z]?)*\b"
    r"|\b[A-Z]{2,6}-[A-Z]{2,5}\b"
)
_WORD_ID = re.compile(r"\b(?:[A-Z][a-z]+ ){1,3}[A-Z]?\d{2,4}[A-Z]?\b")
_CAPITALS = re.compile(r"([A-Z0-9](?=[^\s]*[A-Z])[A-Z0-9/.-]{2,}(?: [A-Z0-9.-]{1,4}(?=\s))?)\s+(?=[A-ZÀ-Þ][a-zà-þ])")
_LEAST_LETTERS = 4
_LABEL_CHARACTERS = 20
_EDGES = ' \t\n:;,.-–—|*_#()[]"“”'


def read_identity(units: Sequence[Unit], sections: Sequence[Section], cues: OutlineCues) -> Identity:
    """Return what the head of the document says of its course; labels come before the title block."""
    first_lesson = min((s.start for s in sections if s.kind is SectionKind.LESSON), default=None)
    head = [u for u in units if not u.is_running][: cues.identity.head_units]
    if first_lesson is not None and any(u.start < first_lesson for u in head):
        head = [u for u in head if u.start < first_lesson]
    labels = _labels(head, cues)
    title_end = max((s.end for s in sections[: cues.identity.head_units] if s.kind is SectionKind.TITLE), default=0)
    block = [u for u in head if u.start < title_end or u.is_heading][: cues.content.title_units] or head[:2]
    lines = [line for u in block for line in u.raw.split("\n") if line.strip(_EDGES)]
    lines = [line for line in lines if len(line) <= cues.identity.value_characters]
    course_id = labels.get("id") or _find_id(lines, cues)
    return Identity(
        course_id=course_id,
        title=labels.get("title") or _find_title(lines, course_id, cues),
        edition=labels.get("edition") or _find_term(head, cues),
        department=labels.get("department") or _find_institution(lines, cues),
    )


def _labels(head: Sequence[Unit], cues: OutlineCues) -> dict[str, str]:
    """Return the labelled values, the first of each role."""
    found: dict[str, str] = {}
    for unit in head:
        for raw, folded in zip(unit.raw.split("\n"), unit.folded.split("\n"), strict=True):
            label = read_label(folded, cues)
            role = cues.identity.labels.get(label.name) if label else None
            if label is None or role is None:
                continue
            value = raw[label.text_start :].strip(_EDGES)
            if not value or len(value) > cues.identity.value_characters:
                continue
            if role == "id" and not any(c.isdigit() or c.isupper() for c in value):
                continue
            if role == "id" and label.name in cues.identity.title_labels and not _ID.match(value):
                role = "title"
            found.setdefault(role, value)
    return found


def _find_id(lines: Sequence[str], cues: OutlineCues) -> str | None:
    """Return the first course number in the title block, or the capitals with which its first line begins."""
    for pattern in (_ID, _WORD_ID):
        for line in lines:
            match = pattern.search(line)
            while match and _is_no_id(fold(match[0]), cues):
                match = pattern.search(line, match.end())
            if match:
                return match[0].strip()
        capitals = _CAPITALS.match(lines[0]) if lines else None
        if capitals and fold(capitals[1]) not in cues.identity.filler:
            return capitals[1]
    return None


def _is_no_id(folded: str, cues: OutlineCues) -> bool:
    return bool(cues.identity.undated.search(folded) or cues.identity.term.search(folded))


def _find_title(lines: Sequence[str], course_id: str | None, cues: OutlineCues) -> str | None:
    """Return the line that has the id, without it, or the first line that names no school, person, term or part."""
    candidates: list[str] = []
    for line in lines:
        with_id = course_id is not None and course_id in line
        rest = line.replace(course_id, " ") if course_id else line
        rest = " ".join(rest.strip(_EDGES).split())
        folded = fold(rest)
        if sum(c.isalpha() for c in rest) < _LEAST_LETTERS or folded in cues.identity.filler:
            continue
        if with_id and " " in rest and not _is_when(folded, cues):
            return rest
        if not with_id and not _is_other(folded, cues):
            candidates.append(rest)
    return candidates[0] if candidates else None


def _is_when(folded: str, cues: OutlineCues) -> bool:
    """Whether a line says when a course meets, and not what it is."""
    dated = cues.lessons.weekday.match(folded) or cues.identity.term.match(folded) or cues.hours.span.search(folded)
    return dated is not None


def _is_other(folded: str, cues: OutlineCues) -> bool:
    """Whether a line of the title block is anything but the title."""
    if read_heading(folded, cues) is not None or ":" in folded[:_LABEL_CHARACTERS] or "@" in folded:
        return True
    if cues.identity.institution.search(folded) or cues.identity.people.search(folded):
        return True
    return cues.identity.term.fullmatch(folded) is not None or _is_when(folded, cues)


def _find_term(head: Sequence[Unit], cues: OutlineCues) -> str | None:
    for unit in head:
        match = cues.identity.term.search(unit.folded)
        if match:
            return " ".join(unit.raw[match.start() : match.end()].split())
    return None


def _find_institution(lines: Sequence[str], cues: OutlineCues) -> str | None:
    for line in lines:
        if cues.identity.institution.search(fold(line)):
            return " ".join(line.strip(_EDGES).split())
    return None
