"""Mentions, and what they come to: outcomes on areas and topics, verdicts on criteria.

It knows the words of the judgement. It does not know the rules by which it is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
