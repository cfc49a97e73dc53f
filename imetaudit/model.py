"""The domain's types: what a document, a section, a mention, an outcome and a result are.

It knows the words of the trade and the invariants between them, in frozen dataclasses and enums of the
standard library only. It does not know how a file is read, how a term is found, or how a page looks.

Offsets are half-open character offsets into a document's extracted text; pages are 1-based; hours are
60-minute hours; shares lie between 0 and 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

# --- documents ---------------------------------------------------------------------------------


MEMBER = "!/"
"""What stands between a file that holds several syllabi and one of them: `archive.zip!/folder/course.pdf`."""


def file_of(path: str) -> str:
    """Return the file of a folder in which a document is: its own path, or that of the file that it is a member of.

    >>> file_of("a/archive.zip!/course.pdf"), file_of("URGENT!/course.pdf")
    ('a/archive.zip', 'URGENT!/course.pdf')
    """
    before, sign, _ = path.partition(MEMBER)
    # A folder may be called so too; but what holds syllabi has an ending.
    return before if sign and "." in before.rpartition("/")[2] else path


class UnreadableReason(StrEnum):
    """Why a file could not be audited; part of the result file's contract."""

    ENCRYPTED = "encrypted"
    NO_TEXT_LAYER = "no-text-layer"
    GARBLED = "garbled"
    DAMAGED = "damaged"
    EMPTY = "empty"
    UNSUPPORTED = "unsupported"
    TOO_LARGE = "too-large"
    TIMED_OUT = "timed-out"
    MISSING = "missing"


class SegmentKind(StrEnum):
    """What a physical part of a document is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    TABLE_ROW = "table-row"
    HEADER = "header"
    FOOTER = "footer"
    NOTE = "note"


@dataclass(frozen=True)
class Segment:
    """A physical part of a document: a heading, paragraph, list item or table row.

    Segments are in reading order and do not overlap; between two of them the text holds only newlines.
    """

    kind: SegmentKind
    start: int
    end: int
    page: int | None = None
    """The 1-based page on which it begins; None in formats that have no pages."""
    level: int = 0
    """Of a heading 1 (highest) to 6; of a list item its depth from 1; otherwise 0."""
    cells: tuple[tuple[int, int], ...] = ()
    """Of a table row the offsets of its cells, in order; an empty cell is an empty range. Otherwise ()."""
    table: int | None = None
    """Of a table row the 0-based ordinal of its table in the document; otherwise None."""
    box: tuple[float, float, float, float] | None = None
    """Left, top, right, bottom of its part on that page, in points from the upper left corner, where known."""
    language: str | None = None
    """ISO 639-1 code of the language that it is in, or seems to be in by its neighbours; None where nothing tells."""


class TextLine(NamedTuple):
    """One line as it is printed on a page, and the text that it holds; a tuple, because there are very many."""

    start: int
    end: int
    page: int
    box: tuple[float, float, float, float]
    """Left, top, right, bottom in points from the upper left corner of the page as it is shown."""
    edges: tuple[float, ...] = ()
    """Of each word the left and the right edge; () where they are not known, or the line is not shown upright."""


@dataclass(frozen=True)
class Document:
    """The text of one file, in the order in which a person would read it."""

    path: str
    """Relative to the audited folder, with forward slashes; of a member of a file, the file, `MEMBER`, and its name."""
    sha256: str
    media_type: str
    extractor: str
    """The reader that made the text: `pdf`, `docx`, `html`, `markdown`, `text`, `ocr`, …"""
    text: str
    segments: tuple[Segment, ...]
    pages: int | None = None
    language: str | None = None
    """ISO 639-1 code, or None when it could not be told; `und` where it surely is none that is searched."""
    readable_share: float = 1.0
    """The share of the document (pages, where there are any) whose text could be read and searched."""
    warnings: tuple[str, ...] = ()
    ocr_confidence: float | None = None
    """How sure OCR was of the words that it read, on average, from 0 to 1; None where nothing was read by OCR."""
    lines: tuple[TextLine, ...] = ()
    """The printed lines in the order of the text, each within a segment; () in formats without places on pages."""

    @property
    def words(self) -> int:
        """The number of words, as white space parts them."""
        return len(self.text.split())


@dataclass(frozen=True)
class Unreadable:
    """A file whose text could not be had, and why; never an absence of content."""

    path: str
    sha256: str | None
    """None where the bytes could not be had either."""
    media_type: str | None
    reason: UnreadableReason
    detail: str
    """One sentence for the officer: what was met and what to do."""


# --- outline -----------------------------------------------------------------------------------


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


# --- mentions and outcomes -----------------------------------------------------------------------


class Strength(StrEnum):
    """How much a term's appearance says. Source: docs/method.md, strength of a wording."""

    EXPLICIT = "explicit"
    """Counts alone in instructional text."""
    CONTEXTUAL = "contextual"
    """Counts with a second concept of its area in the same lesson, or in an instructional field."""
    REFERENCE = "reference"
    """An instrument, case, author or institution: counts in instructional fields only."""
    WEAK = "weak"
    """Never counts alone."""


@dataclass(frozen=True, slots=True)
class PageBox:
    """A part of a page to be marked, in points from the upper left corner of the page as it is shown."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Mention:
    """A place where a term matched, kept as evidence or set aside with the reason.

    Invariant: `quote` is the document's text from `start` to `end`, and lies within `sentence`.
    """

    id: str
    course: str
    document: str
    topic: str
    area: str
    term: str
    """The phrase of the taxonomy that matched, as it is written there."""
    quote: str
    sentence: str
    page: int | None
    start: int
    end: int
    section: str
    lesson: str | None
    """The number, or where it has none the title, of the lesson around it."""
    strength: str
    kept: bool
    reason: str | None
    """The id of the rule that set it aside, as in `context.yaml`; None for a kept one."""
    boxes: tuple[PageBox, ...] = ()
    """Where the sentence stands, a box for each printed line of it, in order; () in formats without places on pages."""


class Outcome(StrEnum):
    """What the audit says of a course on an area or a topic."""

    COVERED = "covered"
    MENTIONED_ONLY = "mentioned-only"
    NO_EVIDENCE = "no-evidence"
    NOT_AUDITABLE = "not-auditable"


class Depth(StrEnum):
    """How far a covered area or topic is taught.

    Source: the tiers of GAO-21-338, in the words of the coding protocol.
    """

    COURSE = "course"
    BLOCK = "block"
    PART = "part"


@dataclass(frozen=True)
class Searched:
    """What stands behind an outcome: how much was searched, and for what."""

    terms: int
    words: int
    nearest_miss: str | None = None
    """For `no-evidence`, the sentence that came nearest and why it did not count; None where there is none."""


@dataclass(frozen=True)
class Coverage:
    """The outcome of one course on one area or topic."""

    course: str
    topic: str
    """The id of an area or of a topic, as `level` says."""
    level: str
    outcome: Outcome
    depth: Depth | None
    hours: float | None
    """60-minute hours of the lessons that carry evidence, each lesson once; None where no hours are stated."""
    kept: int
    set_aside: int
    searched: Searched
    because: str = ""
    """The rule that decided, in a sentence."""
    elective_hours: float | None = None
    """What of `hours` lies in lessons that a student may leave out; None where `hours` is."""
    shared_hours: float | None = None
    """`hours`, a lesson that serves several areas (or topics) shared by the rule of `coverage.yaml`; else None."""


class VerdictKind(StrEnum):
    """What the audit says of a course on a criterion."""

    MET = "met"
    PARTLY_MET = "partly-met"
    NOT_MET = "not-met"
    NOT_DETERMINED = "not-determined"
    NOT_APPLICABLE = "not-applicable"
    WAIVED = "waived"


@dataclass(frozen=True)
class Verdict:
    """The judgement of one course, or of the programme where `course` is None, on one criterion."""

    criterion: str
    course: str | None
    verdict: VerdictKind
    because: str
    measured: float | None = None
    required: float | None = None
    unit: str | None = None
    evidence: tuple[str, ...] = ()
    """Ids of mentions, sorted."""
    missing: tuple[str, ...] = ()
    """Labels of what the criterion asks for and was not found."""


# --- the catalogue and the result ----------------------------------------------------------------


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
    identity: Identity = Identity()
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
