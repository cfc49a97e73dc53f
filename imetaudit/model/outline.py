"""The shape of a syllabus: sections, lessons, objectives, identity, and the courses that one document describes.

It knows what the parts of a syllabus are called. It does not know how they are found.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SectionKind(StrEnum):
    """What a logical part of a syllabus is for."""

    TITLE = "title"
    DESCRIPTION = "description"
    OBJECTIVE = "objective"
    LESSON = "lesson"
    ASSESSMENT = "assessment"
    REQUIRED_READING = "required-reading"
    OPTIONAL_READING = "optional-reading"
    PREREQUISITE = "prerequisite"
    POLICY = "policy"
    BIOGRAPHY = "biography"
    CONTACT = "contact"
    MISSION = "mission"
    CONTENTS = "contents"
    RUNNING = "running"
    """Page headers, footers and page numbers."""
    OTHER = "other"


@dataclass(frozen=True)
class Section:
    """A logical part of a document. Sections are sorted, do not overlap, and hold every segment."""

    kind: SectionKind
    title: str
    """Its heading as written; empty where it has none."""
    start: int
    end: int
    page: int | None = None
    lesson: int | None = None
    """The index, into the outline's lessons, of the lesson to which it belongs; None outside the schedule."""
    language: str | None = None
    """ISO 639-1 code of the language of most of its words; None where it could not be told."""


@dataclass(frozen=True)
class LessonReading:
    """What is to be read for a lesson."""

    text: str
    """As written, blanks single."""
    required: bool = True


@dataclass(frozen=True)
class Lesson:
    """A part that is taught at a time: lesson, week, module, unit, session."""

    number: str
    """As written, without the word before it (`4`, `II`, `HR-1`); empty where it has none."""
    title: str
    start: int
    end: int
    page: int | None = None
    hours: float | None = None
    """60-minute hours, None where not stated or ambiguous."""
    hours_as_written: str | None = None
    mandatory: bool = True
    date: str | None = None
    """The date, week or days as written; None where the lesson has none of its own."""
    method: str | None = None
    """How it is taught ("seminar", "practical exercise"), as written."""
    topics: tuple[str, ...] = ()
    """What is listed under its title, in order, blanks single."""
    readings: tuple[LessonReading, ...] = ()


class ObjectiveKind(StrEnum):
    """What a syllabus calls an objective."""

    OBJECTIVE = "objective"
    OUTCOME = "outcome"
    TERMINAL = "terminal"
    """A terminal learning objective (TLO): what is shown at the end of instruction."""
    ENABLING = "enabling"
    """An enabling learning objective (ELO): a step towards a terminal one."""


class LearningLevel(StrEnum):
    """How far a verb asks the student to go, from the lowest to the highest; `objectives.yaml` names the source."""

    REMEMBER = "remember"
    UNDERSTAND = "understand"
    APPLY = "apply"
    ANALYSE = "analyse"
    EVALUATE = "evaluate"
    CREATE = "create"


@dataclass(frozen=True)
class Objective:
    """What students are to know or be able to do, in one sentence or item."""

    text: str
    """As written, blanks single."""
    kind: ObjectiveKind
    start: int
    end: int
    page: int | None = None
    verb: str | None = None
    """The verb that gives the level, in its plain form; None where no verb of the list begins it."""
    level: LearningLevel | None = None
    condition: str | None = None
    """Under which circumstances it is to be shown, where that is written."""
    standard: str | None = None
    """How well it is to be shown, where that is written."""


class HoursBasis(StrEnum):
    """How the hours of a course are known."""

    STATED = "stated"
    SUMMED = "summed"
    ESTIMATED = "estimated"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Identity:
    """What a syllabus says of the course that it belongs to; None where it says nothing."""

    course_id: str | None = None
    title: str | None = None
    edition: str | None = None
    department: str | None = None
    """The department or division; never the school or the institution."""
    school: str | None = None
    """The school, college or faculty within the institution."""
    institution: str | None = None
    """The university, academy or institute."""
    instructor: str | None = None
    """Who teaches it, as written; several in one string."""
    credits: str | None = None
    """As written (`3`, `6 ECTS`), because a credit is not the same everywhere."""
    masl: str | None = None
    """The number under which the Military Articles and Services List has it."""


@dataclass(frozen=True)
class CoursePart:
    """One course of a document that describes several: a catalogue, a handbook.

    Lessons, objectives and findings between `start` and `end` are its own. Parts are in order and do not overlap.
    """

    identity: Identity
    start: int
    end: int
    page: int | None
    """The page on which it begins; None in formats that have no pages."""
    last_page: int | None
    words: int
    described: bool = True
    """Whether the document says more of it than its name."""
    hours: float | None = None
    hours_basis: HoursBasis = HoursBasis.UNKNOWN
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outline:
    """The logical structure of one document."""

    sections: tuple[Section, ...]
    lessons: tuple[Lesson, ...] = ()
    objectives: tuple[Objective, ...] = ()
    """In order; empty where the document states none."""
    identity: Identity = Identity()
    hours: float | None = None
    hours_basis: HoursBasis = HoursBasis.UNKNOWN
    warnings: tuple[str, ...] = ()
    courses: tuple[CoursePart, ...] = ()
    """The courses of a document that describes several; empty where it is the syllabus of one."""
