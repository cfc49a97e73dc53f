"""One course judged: the readings of its documents in, its record, mentions and coverage out.

It knows how lessons and findings of several documents become those of one course, and what stands behind an outcome.
It does not know files or other courses: which passages are boilerplate is told to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from imetaudit.assess.coverage import Evidence, Judgement, judge, total
from imetaudit.assess.hours import TaughtHours, taught_hours
from imetaudit.assess.reading import Reading
from imetaudit.assess.record import CourseLesson, course_record, join_lessons
from imetaudit.model import (
    Course,
    CourseRecord,
    CourseStatus,
    Coverage,
    Mention,
    Objective,
    Outcome,
    Searched,
)
from imetaudit.tag import Finding
from imetaudit.taxonomy import Taxonomy

BELOW_THE_BAR = "below-the-bar"
_SHOWN = 300  # characters of a nearest miss


@dataclass(frozen=True)
class CourseAudit:
    """What the audit found of one course."""

    record: CourseRecord
    coverage: tuple[Coverage, ...]
    """Areas in the taxonomy's order, each followed by its topics that were mentioned."""
    mentions: tuple[Mention, ...]
    """By document and place."""
    conclusive: bool
    """Whether so much of it was read that what was not found may be called absent."""


@dataclass
class _Found:
    """A finding on its way to a mention: in which document, in which lesson of the course, and why set aside."""

    finding: Finding
    document: str
    lesson: int | None
    reason: str | None


def assess_course(
    course: Course, readings: Sequence[Reading], repeated: Collection[tuple[str, int]], taxonomy: Taxonomy
) -> CourseAudit:
    """Judge one course.

    Args:
        course: the line of the catalogue.
        readings: of its files, in the order of `course.files`.
        repeated: the passages (document, index) that are boilerplate.
        taxonomy: by whose rules it is judged.
    """
    lessons, placed = join_lessons(readings)
    found = _found(readings, placed, repeated)
    _weed(found, taxonomy)
    own = [lesson for _, lesson in lessons]
    judgements = {area.id: judge(_evidence(found, area.id), own, taxonomy.coverage) for area in taxonomy.areas}
    read = [reading.record for reading in readings if reading.record.status == "read"]
    doubts = _doubts(readings, taxonomy)
    record = course_record(
        course,
        readings,
        lessons,
        lambda index: tuple(area for area, judgement in judgements.items() if index in judgement.lessons),
        lambda path, objective: _areas_of(objective, path, found, judgements),
        doubts,
    )
    mentioned = {item.finding.topic for item in found}
    topics = {
        topic.id: judge(_evidence(found, topic.id), own, taxonomy.coverage)
        for topic in taxonomy.topics
        if topic.id in mentioned
    }
    shared = taxonomy.coverage.shared_lesson.rule
    hours = taught_hours(judgements, own, shared) | taught_hours(topics, own, shared)
    searched = _Searched(taxonomy, sum(each.words for each in read), doubts, hours)
    coverage: list[Coverage] = []
    for area in taxonomy.areas:
        coverage.append(searched.area(record, area.id, judgements[area.id], found))
        empty = coverage[-1].outcome not in (Outcome.COVERED, Outcome.MENTIONED_ONLY)
        coverage += searched.topics(record, area.id, topics, found, empty)
    _note_below_the_bar(found, coverage)
    return CourseAudit(record, tuple(coverage), _mentions(course.id, found, lessons), bool(read) and not doubts)


# --- findings ----------------------------------------------------------------------------------


def _found(
    readings: Sequence[Reading], placed: dict[tuple[str, int], int], repeated: Collection[tuple[str, int]]
) -> list[_Found]:
    """Gather the findings of all documents, those in repeated passages set aside."""
    gathered = []
    for reading in readings:
        path = reading.record.path
        for finding in reading.tagged.findings:
            again = finding.passage is not None and (path, finding.passage) in repeated
            lesson = None if finding.lesson is None else placed.get((path, finding.lesson))
            gathered.append(_Found(finding, path, lesson, "boilerplate" if again else finding.reason))
    return gathered


def _weed(found: Sequence[_Found], taxonomy: Taxonomy) -> None:
    """Set aside the mentions of a topic that has fewer than its least evidence."""
    least = {topic.id: topic.minimum for topic in taxonomy.topics}
    kept: dict[str, int] = defaultdict(int)
    for item in found:
        kept[item.finding.topic] += item.reason is None
    for item in found:
        if item.reason is None and kept[item.finding.topic] < least[item.finding.topic]:
            item.reason = BELOW_THE_BAR


def _evidence(found: Sequence[_Found], topic: str) -> list[Evidence]:
    """Return the kept findings of an area or topic."""
    return [_as_evidence(item) for item in found if item.reason is None and _is_of(item, topic)]


def _as_evidence(item: _Found) -> Evidence:
    each = item.finding
    return Evidence(
        each.topic, each.quote, each.strength, each.kind, item.document, each.start, each.end, item.lesson, each.heading
    )  # fmt: skip


def _areas_of(
    objective: Objective, path: str, found: Sequence[_Found], judgements: Mapping[str, Judgement]
) -> tuple[str, ...]:
    """Return the areas, in the taxonomy's order, of which an objective's own words are evidence that counts."""
    inside = {
        item.finding.area
        for item in found
        if item.reason is None and item.document == path and objective.start <= item.finding.start < objective.end
    }
    return tuple(
        area
        for area, judgement in judgements.items()
        if area in inside and judgement.outcome is not Outcome.NO_EVIDENCE
    )


def _is_of(item: _Found, topic: str) -> bool:
    return topic in (item.finding.area, item.finding.topic)


def _note_below_the_bar(found: Sequence[_Found], coverage: Sequence[Coverage]) -> None:
    """Set aside what is too weak to count: an area without evidence keeps no mention."""
    empty = {each.topic for each in coverage if each.level == "area" and each.outcome is Outcome.NO_EVIDENCE}
    empty |= {each.topic for each in coverage if each.level == "area" and each.outcome is Outcome.NOT_AUDITABLE}
    for item in found:
        if item.reason is None and item.finding.area in empty:
            item.reason = BELOW_THE_BAR


def _mentions(course: str, found: Sequence[_Found], lessons: Sequence[CourseLesson]) -> tuple[Mention, ...]:
    """Return the mentions of a course, by document and place, each with an id that survives a page shift."""
    ordinals: dict[tuple[str, ...], int] = defaultdict(int)
    mentions = []
    for item in sorted(found, key=lambda each: (each.document, each.finding.start, each.finding.end)):
        each = item.finding
        key = (course, item.document, each.topic, each.term, each.sentence)
        identity = "\0".join((*key, str(ordinals[key])))
        ordinals[key] += 1
        lesson = None
        if item.lesson is not None:
            lesson = lessons[item.lesson][1].number or lessons[item.lesson][1].title
        mentions.append(
            Mention(
                blake2b(identity.encode(), digest_size=8).hexdigest(), course, item.document, each.topic, each.area,
                each.term, each.quote, each.sentence, each.page, each.start, each.end, each.kind.value, lesson,
                each.strength.value, item.reason is None, item.reason, each.boxes,
            )
        )  # fmt: skip
    return tuple(mentions)


# --- what stands behind an outcome ---------------------------------------------------------------


def _doubts(readings: Sequence[Reading], taxonomy: Taxonomy) -> list[str]:
    """Return why what was not found in a course may yet be taught in it; [] where an absence means something."""
    rules = taxonomy.coverage.readable
    read = [each.record for each in readings if each.record.status == "read"]
    doubts = []
    if len(read) < len(readings):
        doubts.append(f"{len(readings) - len(read)} of {len(readings)} syllabus files could not be read")
    if poor := [each for each in read if each.readable_share < rules.share]:
        least = min(each.readable_share for each in poor)
        doubts.append(f"only {least:.0%} of {'the' if len(readings) == 1 else 'a'} syllabus could be read")
    words = sum(each.words for each in read)
    if read and words < rules.words:
        doubts.append(f"the syllabus has only {words} word{'s' if words != 1 else ''}")
    return doubts


@dataclass(frozen=True)
class _Searched:
    """The extent of a search, and the coverage rows that state it."""

    taxonomy: Taxonomy
    words: int
    doubts: Sequence[str]
    hours: Mapping[str, TaughtHours]

    def area(self, record: CourseRecord, area: str, judgement: Judgement, found: Sequence[_Found]) -> Coverage:
        """Return the row of an area; every course has one for each."""
        terms = self.taxonomy.terms(area)
        if record.status is not CourseStatus.AUDITED:
            why = f"the course is {record.status.value}"
            return Coverage(
                record.id, area, "area", Outcome.NOT_AUDITABLE, None, None, 0, 0, Searched(terms, 0), why
            )  # fmt: skip
        return self._row(record, area, "area", judgement, found, terms)

    def topics(
        self, record: CourseRecord, area: str, judgements: Mapping[str, Judgement], found: Sequence[_Found], empty: bool
    ) -> list[Coverage]:
        """Return the rows of the area's topics that have a mention; `empty` tells that the area has no evidence."""
        return [
            self._row(record, topic.id, "topic", judgements[topic.id], found, len(topic.terms), empty)
            for topic in self.taxonomy.topics
            if topic.area == area and topic.id in judgements
        ]

    def _row(
        self, record: CourseRecord, topic: str, level: str, judgement: Judgement, found: Sequence[_Found],
        terms: int, empty: bool = True,
    ) -> Coverage:  # fmt: skip
        own = [item for item in found if _is_of(item, topic)]
        kept = sum(item.reason is None for item in own)
        outcome, because, miss = judgement.outcome, judgement.because, None
        if outcome is Outcome.NO_EVIDENCE and level == "topic" and kept and not empty:
            outcome = Outcome.MENTIONED_ONLY
        if outcome is Outcome.NO_EVIDENCE:
            kept = 0
            miss = self._nearest_miss(own)
            if self.doubts:
                because = f"too little could be read to say that it is absent: {'; '.join(self.doubts)}"
                outcome = Outcome.NOT_AUDITABLE
        elif outcome is Outcome.MENTIONED_ONLY and self.doubts:
            because = f"{because}; more may stand in what was not read: {'; '.join(self.doubts)}"
        hours = self.hours[topic] if outcome is Outcome.COVERED else TaughtHours()
        return Coverage(
            record.id, topic, level, outcome, judgement.depth, hours.whole, kept, len(own) - kept,
            Searched(terms, self.words, miss), because, hours.elective, hours.shared,
        )  # fmt: skip

    def _nearest_miss(self, own: Sequence[_Found]) -> str | None:
        """Return the sentence of the strongest mention that did not count, and why it did not."""
        best = max(own, key=lambda item: (item.reason in (None, BELOW_THE_BAR), self._points(item)), default=None)
        if best is None:
            return None
        sentence = best.finding.sentence
        shown = sentence if len(sentence) <= _SHOWN else sentence[:_SHOWN].rsplit(" ", 1)[0] + " …"
        return f"“{shown}” ({self.taxonomy.context.reasons[best.reason or BELOW_THE_BAR]})"

    def _points(self, item: _Found) -> float:
        return total([_as_evidence(item)], self.taxonomy.coverage)
