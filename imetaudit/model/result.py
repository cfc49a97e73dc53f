"""The catalogue, and all that an audit found of it: every report is made from a `Result` alone.

It knows what is kept of documents, courses and the run. It does not know how it is written to a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from imetaudit.model.evidence import Coverage, Mention, Verdict
from imetaudit.model.outline import HoursBasis, Identity, LearningLevel, LessonReading, ObjectiveKind


class CourseStatus(StrEnum):
    """Whether a course of the catalogue could be audited."""

    AUDITED = "audited"
    NOT_AUDITABLE = "not-auditable"
    NO_SYLLABUS = "no-syllabus"


@dataclass(frozen=True)
class Course:
    """One line of the catalogue."""

    id: str
    title: str = ""
    files: tuple[str, ...] = ()
    """Paths of its syllabus files relative to the audited folder, sorted; empty where it has none."""
    edition: str = ""
    department: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


class MatchReason(StrEnum):
    """Why a document is taken for the syllabus of a course, the surest first."""

    NAMED = "named in the catalogue"
    ID = "id in the syllabus"
    TITLE = "title"
    FILE_NAME = "file name"
    OWN = "no catalogue"
    """There is no catalogue, and the document makes the course."""


@dataclass(frozen=True)
class DocumentMatch:
    """Which document, or which part of one, is the syllabus of a course, and why."""

    document: str
    reason: MatchReason
    start: int | None = None
    """Where its part begins in the document's text; None where the whole document is the course's."""
    end: int | None = None
    page: int | None = None
    """The first page of its part; None for a whole document, and in formats that have no pages."""
    last_page: int | None = None


@dataclass(frozen=True)
class DocumentRecord:
    """One file in the result."""

    path: str
    sha256: str | None
    media_type: str | None
    status: str
    """`read` or `unreadable`."""
    reason: str | None
    detail: str | None
    pages: int | None
    words: int
    language: str | None
    extractor: str | None
    readable_share: float
    warnings: tuple[str, ...] = ()
    ocr_confidence: float | None = None
    """From 0 to 1; None where nothing was read by OCR."""


@dataclass(frozen=True)
class LessonRecord:
    """One lesson in the result, with the areas of which it carries evidence."""

    number: str
    title: str
    hours: float | None
    hours_as_written: str | None
    mandatory: bool
    document: str
    page: int | None
    areas: tuple[str, ...] = ()
    date: str | None = None
    method: str | None = None
    topics: tuple[str, ...] = ()
    readings: tuple[LessonReading, ...] = ()


@dataclass(frozen=True)
class ObjectiveRecord:
    """One objective in the result, with the areas of which it carries evidence."""

    text: str
    """As written, blanks single."""
    kind: ObjectiveKind
    verb: str | None
    level: LearningLevel | None
    condition: str | None
    standard: str | None
    document: str
    page: int | None
    areas: tuple[str, ...] = ()


@dataclass(frozen=True)
class CourseRecord:
    """One course in the result."""

    id: str
    title: str
    edition: str
    department: str
    attributes: Mapping[str, str]
    documents: tuple[str, ...]
    status: CourseStatus
    hours: float | None = None
    hours_basis: HoursBasis = HoursBasis.UNKNOWN
    lessons: tuple[LessonRecord, ...] = ()
    objectives: tuple[ObjectiveRecord, ...] = ()
    warnings: tuple[str, ...] = ()
    identity: Identity = field(default_factory=Identity)
    """What its documents say of it, whatever the catalogue says; the first document that says something counts."""
    matched: tuple[DocumentMatch, ...] = ()
    """Why each of its documents, by path, is taken for its syllabus."""


@dataclass(frozen=True)
class Boilerplate:
    """A passage repeated across courses, set aside once for all of them."""

    text: str
    courses: int
    documents: int
    mentions: int


@dataclass(frozen=True)
class TaxonomyRecord:
    """Which yardstick was used."""

    id: str
    version: str
    sha256: str
    topics: int
    terms: int
    areas: tuple[Mapping[str, object], ...] = ()
    """For readers of the result alone: id, label, `lead` (one of those the audit is for), topics as id and label."""
    reasons: Mapping[str, str] = field(default_factory=dict)
    """For readers of the result alone: a reason id to its sentence."""


@dataclass(frozen=True)
class StandardRecord:
    """Which standard was applied."""

    id: str
    version: str
    sha256: str
    title: str = ""
    criteria: tuple[Mapping[str, object], ...] = ()
    """For readers of the result alone: id, text, citation, unit, threshold, verified, effective dates."""


@dataclass(frozen=True)
class Run:
    """What the audit was run with."""

    tool: str
    as_of: str
    taxonomy: TaxonomyRecord
    standards: tuple[StandardRecord, ...]
    options: Mapping[str, object]
    catalog_sha256: str | None
    decisions_sha256: str | None = None
    school: str = ""
    """The name of the audited folder, for the reports' heads."""


@dataclass(frozen=True)
class Counts:
    """The states of courses and documents. Invariant: they add up to the catalogue and to the files."""

    courses: int
    audited: int
    not_auditable: int
    no_syllabus: int
    documents: int
    read: int
    unreadable: int


@dataclass(frozen=True)
class Result:
    """All that an audit found; every report is made from this alone."""

    run: Run
    counts: Counts
    documents: tuple[DocumentRecord, ...]
    courses: tuple[CourseRecord, ...]
    coverage: tuple[Coverage, ...]
    mentions: tuple[Mention, ...]
    boilerplate: tuple[Boilerplate, ...]
    verdicts: tuple[Verdict, ...]
    warnings: tuple[str, ...] = ()
    """Of the catalogue and the run, such as a syllabus file that no course names."""
    schema: str = "imetaudit-result/1"
