"""Every number of the report, computed here and nowhere else, each with what it is a share of.

It knows how courses, outcomes, hours and verdicts add up. It does not know how a number is worded or drawn.
The invariant of the whole report: for every area the five states of a course add up to the catalogue.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TypeVar

from imetaudit.model import (
    CourseRecord,
    CourseStatus,
    Coverage,
    Depth,
    DocumentRecord,
    Mention,
    Outcome,
    Result,
    Verdict,
    VerdictKind,
)
from imetaudit.report.names import area_names
from imetaudit.report.passages import Passage, passages

T = TypeVar("T")


class State(StrEnum):
    """What a course is on an area, in the order of the report; exactly one of them is true."""

    COVERED = "covered"
    MENTIONED_ONLY = "mentioned-only"
    NO_EVIDENCE = "no-evidence"
    NOT_AUDITABLE = "not-auditable"
    NO_SYLLABUS = "no-syllabus"


@dataclass(frozen=True)
class Tally:
    """How many courses are in each state. Invariant: `courses` is the catalogue."""

    covered: int = 0
    mentioned_only: int = 0
    no_evidence: int = 0
    not_auditable: int = 0
    no_syllabus: int = 0

    @property
    def courses(self) -> int:
        """All courses of the catalogue."""
        return sum(getattr(self, field.name) for field in fields(self))

    @property
    def audited(self) -> int:
        """The courses whose syllabus could be read."""
        return self.covered + self.mentioned_only + self.no_evidence

    @property
    def not_audited(self) -> int:
        """The courses of which nothing can be said."""
        return self.not_auditable + self.no_syllabus

    def of(self, state: State) -> int:
        """Return the number of courses in the state."""
        return int(getattr(self, state.replace("-", "_")))


@dataclass(frozen=True)
class HoursSum:
    """Hours of several courses: the sum over those that state any."""

    hours: float
    stated_in: int
    courses: int


@dataclass(frozen=True)
class TopicNumbers:
    """One topic of an area over the catalogue."""

    id: str
    label: str
    covered: int
    mentioned_only: int
    audited: int


@dataclass(frozen=True)
class AreaNumbers:
    """One area over the catalogue."""

    id: str
    label: str
    lead: bool
    tally: Tally
    depths: Mapping[Depth, int]
    """Of the covered courses, those at each depth."""
    hours: HoursSum
    """Of the covered courses."""
    kept: int
    set_aside: int
    topics: tuple[TopicNumbers, ...]

    @property
    def mentions(self) -> int:
        """All mentions of the area, kept or set aside."""
        return self.kept + self.set_aside

    @property
    def topics_found(self) -> tuple[TopicNumbers, ...]:
        """The topics that at least one course covers."""
        return tuple(topic for topic in self.topics if topic.covered)

    @property
    def topics_missing(self) -> tuple[TopicNumbers, ...]:
        """The topics that no course covers."""
        return tuple(topic for topic in self.topics if not topic.covered)


@dataclass(frozen=True)
class CourseNumbers:
    """One course: what was read of it, and its state on each area."""

    record: CourseRecord
    documents: tuple[DocumentRecord, ...]
    states: Mapping[str, State]
    """By area id."""
    rows: Mapping[str, Coverage]
    """By area id; an area is missing where the result has no row."""
    topics: tuple[Coverage, ...]
    evidence: tuple[Passage, ...]
    """In display order."""
    set_aside: tuple[Passage, ...]
    verdicts: tuple[Verdict, ...]
    files_read: int
    pages: int
    words: int
    readable_share: float
    """The mean over the pages of the files that were read; 0 where none was."""

    @property
    def id(self) -> str:
        """The course's id in the catalogue."""
        return self.record.id

    @property
    def kept_mentions(self) -> int:
        """The mentions kept as evidence, in all areas."""
        return sum(len(passage.mentions) for passage in self.evidence)

    @property
    def set_aside_mentions(self) -> int:
        """The mentions set aside, in all areas."""
        return sum(len(passage.mentions) for passage in self.set_aside)


@dataclass(frozen=True)
class CriterionNumbers:
    """One criterion of a standard, and the verdicts on it."""

    id: str
    standard: str
    details: Mapping[str, object]
    verdicts: tuple[Verdict, ...]
    counts: Mapping[VerdictKind, int]
    verified: bool


@dataclass(frozen=True)
class ReportNumbers:
    """All numbers of a report."""

    result: Result
    areas: tuple[AreaNumbers, ...]
    courses: tuple[CourseNumbers, ...]
    criteria: tuple[CriterionNumbers, ...]
    states: Counter[CourseStatus]
    pages: int
    words: int
    kept: int
    set_aside: int
    set_aside_by_reason: tuple[tuple[str, int], ...]
    """Most frequent first."""
    searched_terms: int

    @property
    def lead(self) -> tuple[AreaNumbers, ...]:
        """The areas that the audit is for; all of them where the taxonomy names none."""
        return tuple(area for area in self.areas if area.lead) or self.areas

    @property
    def others(self) -> tuple[AreaNumbers, ...]:
        """The areas that are not lead areas."""
        return tuple(area for area in self.areas if area not in self.lead)

    @property
    def democracy(self) -> AreaNumbers | None:
        """The area of the list that inspectors ask for first; None where the taxonomy has no such area."""
        return next((area for area in self.areas if area.id == "democracy"), None)

    @property
    def mentions(self) -> int:
        """All mentions found, kept or set aside."""
        return self.kept + self.set_aside

    @property
    def not_audited(self) -> tuple[CourseNumbers, ...]:
        """The courses of which nothing can be said."""
        return tuple(course for course in self.courses if course.record.status is not CourseStatus.AUDITED)

    @property
    def lead_covered(self) -> tuple[CourseNumbers, ...]:
        """The courses that cover at least one lead area."""
        leads = [area.id for area in self.lead]
        return tuple(course for course in self.courses if any(course.states[area] is State.COVERED for area in leads))

    @property
    def lead_covered_without_hours(self) -> tuple[CourseNumbers, ...]:
        """Of those, the courses that state no hours for any lead area that they cover."""
        leads = [area.id for area in self.lead]
        return tuple(
            course
            for course in self.lead_covered
            if all(course.rows[area].hours is None for area in leads if course.states[area] is State.COVERED)
        )

    def without(self, area: str) -> tuple[CourseNumbers, ...]:
        """Return the audited courses that do not cover the area."""
        states = (State.MENTIONED_ONLY, State.NO_EVIDENCE)
        return tuple(course for course in self.courses if course.states.get(area) in states)

    def read_in_part(self) -> tuple[CourseNumbers, ...]:
        """Return the audited courses of which too little was read: an area without evidence is not auditable there."""
        return tuple(
            course
            for course in self.courses
            if course.record.status is CourseStatus.AUDITED
            and any(row.outcome is Outcome.NOT_AUDITABLE for row in course.rows.values())
        )

    def without_any_lead(self) -> tuple[CourseNumbers, ...]:
        """Return the audited courses that cover none of the lead areas."""
        leads = [area.id for area in self.lead]
        return tuple(
            course
            for course in self.courses
            if course.record.status is CourseStatus.AUDITED
            and not any(course.states[area] is State.COVERED for area in leads)
        )


def report_numbers(result: Result) -> ReportNumbers:
    """Return every number that a report on the result needs."""
    names = area_names(result)
    courses = _courses(result, [area for area, _, _, _ in names])
    kept = [mention for mention in result.mentions if mention.kept]
    aside = [mention for mention in result.mentions if not mention.kept]
    reasons = Counter(mention.reason or "" for mention in aside)
    return ReportNumbers(
        result=result,
        areas=tuple(_area(*name, courses) for name in names),
        courses=courses,
        criteria=_criteria(result),
        states=Counter(course.status for course in result.courses),
        pages=sum(document.pages or 0 for document in result.documents if document.status == "read"),
        words=sum(document.words for document in result.documents if document.status == "read"),
        kept=len(kept),
        set_aside=len(aside),
        set_aside_by_reason=tuple(sorted(reasons.items(), key=lambda item: (-item[1], item[0]))),
        searched_terms=result.run.taxonomy.terms,
    )


def _courses(result: Result, areas: Sequence[str]) -> tuple[CourseNumbers, ...]:
    documents = {document.path: document for document in result.documents}
    rows = _by_course((row.course, row) for row in result.coverage)
    mentions = _by_course((mention.course, mention) for mention in result.mentions)
    verdicts = _by_course((verdict.course, verdict) for verdict in result.verdicts if verdict.course is not None)
    return tuple(
        _course(
            record,
            tuple(documents[path] for path in sorted(record.documents) if path in documents),
            areas,
            rows.get(record.id, []),
            mentions.get(record.id, []),
            tuple(sorted(verdicts.get(record.id, []), key=lambda verdict: verdict.criterion)),
        )
        for record in sorted(result.courses, key=lambda course: course.id)
    )


def _by_course(pairs: Iterable[tuple[str | None, T]]) -> dict[str | None, list[T]]:
    groups: dict[str | None, list[T]] = {}
    for course, value in pairs:
        groups.setdefault(course, []).append(value)
    return groups


def _course(
    record: CourseRecord,
    documents: tuple[DocumentRecord, ...],
    areas: Sequence[str],
    coverage: Sequence[Coverage],
    mentions: Sequence[Mention],
    verdicts: tuple[Verdict, ...],
) -> CourseNumbers:
    rows = {row.topic: row for row in coverage if row.level == "area"}
    read = [document for document in documents if document.status == "read"]
    weights = [document.pages or 1 for document in read]
    share = sum(document.readable_share * weight for document, weight in zip(read, weights, strict=True))
    return CourseNumbers(
        record=record,
        documents=documents,
        states={area: _state(record, rows.get(area)) for area in areas},
        rows=rows,
        topics=tuple(sorted((row for row in coverage if row.level == "topic"), key=lambda row: row.topic)),
        evidence=passages((mention for mention in mentions if mention.kept), areas),
        set_aside=passages((mention for mention in mentions if not mention.kept), areas),
        verdicts=verdicts,
        files_read=len(read),
        pages=sum(document.pages or 0 for document in read),
        words=sum(document.words for document in read),
        readable_share=share / sum(weights) if weights else 0.0,
    )


def _state(record: CourseRecord, row: Coverage | None) -> State:
    """Return a course's state on an area; what has no row was not audited, never "nothing found"."""
    if record.status is CourseStatus.NO_SYLLABUS:
        return State.NO_SYLLABUS
    if record.status is CourseStatus.NOT_AUDITABLE or row is None:
        return State.NOT_AUDITABLE
    return {
        Outcome.COVERED: State.COVERED,
        Outcome.MENTIONED_ONLY: State.MENTIONED_ONLY,
        Outcome.NO_EVIDENCE: State.NO_EVIDENCE,
        Outcome.NOT_AUDITABLE: State.NOT_AUDITABLE,
    }[row.outcome]


def _area(
    area: str, label: str, lead: bool, topics: tuple[tuple[str, str], ...], courses: Sequence[CourseNumbers]
) -> AreaNumbers:
    states = Counter(course.states[area] for course in courses)
    covered = [course.rows[area] for course in courses if course.states[area] is State.COVERED]
    rows = [course.rows[area] for course in courses if area in course.rows]
    hours = [row.hours for row in covered if row.hours is not None]
    tally = Tally(**{state.replace("-", "_"): states[state] for state in State})
    return AreaNumbers(
        id=area,
        label=label,
        lead=lead,
        tally=tally,
        depths=Counter(row.depth for row in covered if row.depth is not None),
        hours=HoursSum(sum(hours), len(hours), len(covered)),
        kept=sum(row.kept for row in rows),
        set_aside=sum(row.set_aside for row in rows),
        topics=tuple(_topic(id_, label_, tally.audited, courses) for id_, label_ in topics),
    )


def _topic(topic: str, label: str, audited: int, courses: Sequence[CourseNumbers]) -> TopicNumbers:
    outcomes = Counter(row.outcome for course in courses for row in course.topics if row.topic == topic)
    return TopicNumbers(topic, label, outcomes[Outcome.COVERED], outcomes[Outcome.MENTIONED_ONLY], audited)


def _criteria(result: Result) -> tuple[CriterionNumbers, ...]:
    """Return the criteria in the standards' order; one with verdicts but no details comes last."""
    verdicts: dict[str, list[Verdict]] = {}
    for verdict in sorted(result.verdicts, key=lambda verdict: (verdict.criterion, verdict.course or "")):
        verdicts.setdefault(verdict.criterion, []).append(verdict)
    named = [
        (standard, details)
        for standard in sorted(result.run.standards, key=lambda standard: standard.id)
        for details in standard.criteria
    ]
    known = {str(details.get("id", "")) for _, details in named}
    found = [_criterion(standard.id, details, verdicts) for standard, details in named]
    found += [_criterion("", {"id": id_}, verdicts) for id_ in sorted(set(verdicts) - known)]
    return tuple(found)


def _criterion(standard: str, details: Mapping[str, object], verdicts: Mapping[str, list[Verdict]]) -> CriterionNumbers:
    id_ = str(details.get("id", ""))
    own = tuple(verdicts.get(id_, ()))
    return CriterionNumbers(
        id_, standard, details, own, Counter(verdict.verdict for verdict in own), details.get("verified") is True
    )
