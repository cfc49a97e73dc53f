"""What is known of one file when its worker is done with it, and the part of it that is one course's.

It knows what the judging of courses needs, and that the text itself stays behind: a reading is small enough to travel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from imetaudit.model import CoursePart, DocumentRecord, HoursBasis, Lesson, Objective, Outline, UnreadableReason
from imetaudit.tag import Finding, Tagged

_EMPTY = "The document names the course and does not say what it teaches; supply its description or its syllabus."
_ABSENT = "The document describes other courses and not this one; supply its description or its syllabus."


@dataclass(frozen=True)
class Reading:
    """All that is known of one file when it has been read, outlined and tagged; small enough to travel."""

    record: DocumentRecord
    outline: Outline = field(default_factory=lambda: Outline(()))
    tagged: Tagged = field(default_factory=lambda: Tagged((), ()))


def reading_of(reading: Reading, parts: Sequence[CoursePart]) -> Reading:
    """Return what a document that describes several courses says of one of them.

    Args:
        reading: Of the whole document.
        parts: Those of the course, in order; none where the document is said to describe it and does not.

    Passages keep their indexes, so that a passage is the same in every part. Where nothing is said of the course but
    its name, the reading is as unreadable as that of an empty file: there is nothing in it to be absent from.
    """
    if not any(part.described for part in parts):
        detail = _EMPTY if parts else _ABSENT
        return Reading(_refused(reading.record, detail))
    lessons = [index for index, lesson in enumerate(reading.outline.lessons) if _within(lesson, parts)]
    place = {index: at for at, index in enumerate(lessons)}
    known = next((part for part in parts if part.hours is not None), None)
    outline = replace(
        reading.outline,
        lessons=tuple(reading.outline.lessons[index] for index in lessons),
        objectives=tuple(each for each in reading.outline.objectives if _within(each, parts)),
        identity=parts[0].identity,
        hours=known.hours if known else None,
        hours_basis=known.hours_basis if known else HoursBasis.UNKNOWN,
        warnings=tuple(dict.fromkeys(warning for part in parts for warning in part.warnings)),
        courses=tuple(parts),
    )
    findings = tuple(
        replace(each, lesson=None if each.lesson is None else place.get(each.lesson))
        for each in reading.tagged.findings
        if _within(each, parts)
    )
    record = replace(reading.record, words=sum(part.words for part in parts))
    return Reading(record, outline, replace(reading.tagged, findings=findings))


def _within(piece: Lesson | Objective | Finding, parts: Sequence[CoursePart]) -> bool:
    return any(part.start <= piece.start < part.end for part in parts)


def _refused(record: DocumentRecord, detail: str) -> DocumentRecord:
    reason = UnreadableReason.EMPTY.value
    return replace(record, status="unreadable", reason=reason, detail=detail, words=0, readable_share=0.0)
