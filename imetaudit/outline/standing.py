"""Say in which part of a syllabus a walk through it stands, and which kinds of part behave alike.

It knows what is to be remembered of a part. It does not know how one follows another; `sections` does.
"""

from __future__ import annotations

from dataclasses import dataclass

from imetaudit.model import SectionKind

IN_LESSON = frozenset(
    {SectionKind.REQUIRED_READING, SectionKind.OPTIONAL_READING, SectionKind.ASSESSMENT, SectionKind.OBJECTIVE}
)
"""Kinds of which a lesson may have a part."""
PERSONAL = frozenset({SectionKind.BIOGRAPHY, SectionKind.CONTACT})
"""Kinds that are about the teacher."""
AFTER = frozenset(
    {SectionKind.POLICY, SectionKind.BIOGRAPHY, SectionKind.CONTACT, SectionKind.MISSION, SectionKind.ASSESSMENT}
)
"""Kinds that follow a schedule without heading."""
READINGS = frozenset({SectionKind.REQUIRED_READING, SectionKind.OPTIONAL_READING})
UNDECIDED = frozenset({SectionKind.TITLE, SectionKind.OTHER, SectionKind.CONTACT, SectionKind.PREREQUISITE})
"""Kinds that say nothing of what follows in them."""


@dataclass(frozen=True)
class Standing:
    """The part in which the walk stands."""

    kind: SectionKind
    title: str = ""
    level: int = 0
    """The level of its heading; 0 where the heading was none to the extractor."""
    headed: bool = False
    schedule_level: int = 0
    lesson: int | None = None
    in_schedule: bool = False
    labelled: bool = False
    """Whether it was opened by the label of a line, not by a heading."""


def within_lesson(kind: SectionKind, *, told: bool) -> SectionKind:
    """Return the kind of a part of a lesson: what is due belongs to the lesson, unless the task itself is told.

    >>> within_lesson(SectionKind.ASSESSMENT, told=False).value
    'lesson'
    """
    return SectionKind.LESSON if kind is SectionKind.ASSESSMENT and not told else kind
