"""Verdicts: what kept evidence says of a course, or of the whole programme, on each criterion of the standards.

It knows how lessons are counted once, how the hours of a course without hours stay undetermined, and the sentence that
gives the reason. It does not know how a mention was found or judged, nor any law: criteria come from `taxonomy.standards`.

Two bounds carry every measure: the least and the most that the syllabus allows. A verdict is given only where both fall
on the same side of the threshold; otherwise it is `not-determined`, which accuses nobody.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from imetaudit.assess.lessons import CourseLessons
from imetaudit.folding import fold
from imetaudit.model import CourseRecord, CourseStatus, Coverage, Mention, Outcome, Verdict, VerdictKind
from imetaudit.taxonomy.standards import (
    Counts,
    Criterion,
    Level,
    Require,
    RequiredTopic,
    Standard,
    Unit,
    WhenUnstated,
    matching_codes,
)

# How many names a sentence lists before it says how many more there are; a matter of reading, not of judgement.
NAMES_IN_A_SENTENCE = 6


def judge(
    courses: Sequence[CourseRecord],
    coverage: Sequence[Coverage],
    mentions: Sequence[Mention],
    standards: Sequence[Standard],
    codes: Mapping[str, str],
    as_of: str,
    partly_read: Collection[str] = (),
) -> tuple[Verdict, ...]:
    """Judge every course, and the programme, on every criterion in force.

    Args:
        courses: All courses of the catalogue.
        coverage: Their outcomes; a topic whose outcome is not `covered` does not show what a criterion asks for.
        mentions: All mentions; those set aside are ignored.
        standards: The standards to apply; criteria that are not in force on `as_of` are passed over.
        codes: The full id of the topic (`civilian-control.oversight`) behind each code (`CIV.LEGOV`).
        as_of: The day of the audit, as ISO date.
        partly_read: Ids of audited courses of which a file or page could not be read: what was not found there may
            still be there, so nothing is held against them.

    Returns:
        The verdicts sorted by criterion and course; those on the programme have no course and come first.
    """
    case = _Case(tuple(courses), _evidence(courses, coverage, mentions, partly_read), codes)
    verdicts = [
        verdict
        for standard in standards
        for criterion in standard.criteria
        if criterion.in_force(as_of)
        for verdict in _on_criterion(criterion, case)
    ]
    return tuple(sorted(verdicts, key=lambda each: (each.criterion, each.course is not None, each.course or "")))


@dataclass(frozen=True)
class _Evidence:
    """What is known of one audited course."""

    record: CourseRecord
    mentions: tuple[Mention, ...]
    """The kept ones, sorted by id."""
    shown: frozenset[str]
    """Ids of topics that have evidence and are covered."""
    partly_read: bool

    @cached_property
    def lessons(self) -> CourseLessons:
        """The lessons of the course, each once."""
        return CourseLessons(self.record.lessons)


@dataclass(frozen=True)
class _Case:
    """All that is judged."""

    courses: tuple[CourseRecord, ...]
    evidence: Mapping[str, _Evidence]
    """Of the audited courses."""
    codes: Mapping[str, str]

    @cached_property
    def attributes(self) -> frozenset[str]:
        """The folded names of all attributes that any course states."""
        return frozenset(_plain(name) for course in self.courses for name in course.attributes)

    def topics(self, required: RequiredTopic, evidence: _Evidence) -> frozenset[str]:
        """Return the ids of the topics that show what is required, in this course."""
        wanted = matching_codes(required.codes, self.codes) - matching_codes(required.excluded, self.codes)
        present = {mention.topic for mention in evidence.mentions}
        for pattern, others in required.beside.items():
            company = {self.codes[code] for code in matching_codes(others, self.codes)}
            if not company & present:
                wanted -= matching_codes([pattern], self.codes)
        return frozenset(self.codes[code] for code in wanted)

    def knows(self, required: RequiredTopic) -> bool:
        """Tell whether the taxonomy in use has any topic that shows what is required."""
        return bool(matching_codes(required.codes, self.codes) - matching_codes(required.excluded, self.codes))


def _evidence(
    courses: Sequence[CourseRecord],
    coverage: Sequence[Coverage],
    mentions: Sequence[Mention],
    partly_read: Collection[str],
) -> dict[str, _Evidence]:
    """Gather what is known of each audited course."""
    kept: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.kept:
            kept[mention.course].append(mention)
    not_shown: dict[str, set[str]] = defaultdict(set)
    for row in coverage:
        if row.level == "topic" and row.outcome is not Outcome.COVERED:
            not_shown[row.course].add(row.topic)
    return {
        course.id: _Evidence(
            record=course,
            mentions=tuple(sorted(kept[course.id], key=lambda mention: mention.id)),
            shown=frozenset({mention.topic for mention in kept[course.id]} - not_shown[course.id]),
            partly_read=course.id in partly_read,
        )
        for course in courses
        if course.status is CourseStatus.AUDITED
    }


# --- which courses, and whether at all -------------------------------------------------------------


def _on_criterion(criterion: Criterion, case: _Case) -> list[Verdict]:
    """Judge all courses, or the programme, on one criterion."""
    if criterion.level is Level.PROGRAMME:
        return [_on_programme(criterion, case)]
    verdicts = []
    for course in case.courses:
        applies, remark = _applies(criterion, course, case)
        if not applies:
            verdict = Verdict(criterion.id, course.id, VerdictKind.NOT_APPLICABLE, remark)
        else:
            verdict = _on_course(criterion, course, case)
            if remark:
                verdict = replace(verdict, because=f"{verdict.because} {remark}")
        unit = str(criterion.unit)
        required = criterion.threshold.value if criterion.threshold else None
        verdicts.append(
            replace(verdict, unit=unit, required=required if verdict.required is None else verdict.required)
        )
    return verdicts


def _applies(criterion: Criterion, course: CourseRecord, case: _Case) -> tuple[bool, str]:
    """Tell whether the criterion applies to the course, and what is to be said of that."""
    rule = criterion.applies_when
    if rule is None:
        return True, ""
    if _plain(rule.attribute) not in case.attributes:
        if rule.when_unstated is WhenUnstated.JUDGE:
            return True, f"The catalogue has no column {rule.attribute!r}; judged as if the criterion applied."
        return False, f"The catalogue has no column {rule.attribute!r}, by which the criterion applies."
    stated = next((value for name, value in course.attributes.items() if _plain(name) == _plain(rule.attribute)), "")
    values = {_plain(part) for part in re.split(r"[;,|/+]", stated)} | {_plain(stated)}
    if values & {_plain(value) for value in rule.values}:
        return True, ""
    said = f"is {stated!r}" if stated else "is empty"
    return False, f"The catalogue's {rule.attribute!r} {said}; the criterion applies to {_names(rule.values, 'or')}."


def _plain(text: str) -> str:
    """Return text so that spelling variants of one attribute are equal."""
    return " ".join(re.findall(r"\w+", fold(text).replace("_", " ")))


def _on_course(criterion: Criterion, course: CourseRecord, case: _Case) -> Verdict:
    """Judge one course to which the criterion applies."""
    undetermined = Verdict(criterion.id, course.id, VerdictKind.NOT_DETERMINED, "")
    if course.status is CourseStatus.NO_SYLLABUS:
        return replace(undetermined, because="The catalogue names no syllabus for this course.")
    if course.status is not CourseStatus.AUDITED:
        return replace(undetermined, because="The syllabus of this course could not be read.")
    if not criterion.automatic:
        return replace(undetermined, because="A person must judge: this cannot be told from the syllabus alone.")
    unknown = [topic.label for topic in criterion.topics if not case.knows(topic)]
    if unknown:
        return replace(undetermined, because=f"The taxonomy in use has no topic for {_names(unknown)}.")
    evidence = case.evidence[course.id]
    if criterion.unit is Unit.TOPICS:
        return _by_topics(criterion, evidence, case)
    return _by_hours(criterion, evidence, case)


# --- topics ------------------------------------------------------------------------------------------


def _presence(criterion: Criterion, evidence: _Evidence, case: _Case) -> dict[str, list[Mention]]:
    """Return, by the id of each required topic, the mentions that show it; an empty list where none does."""
    found = {}
    for required in criterion.topics:
        topics = case.topics(required, evidence) & evidence.shown
        found[required.id] = [
            mention
            for mention in evidence.mentions
            if mention.topic in topics and _counts(mention, criterion, evidence)
        ]
    return found


def _counts(mention: Mention, criterion: Criterion, evidence: _Evidence) -> bool:
    """Tell whether a kept mention stands where the criterion looks."""
    if criterion.counts is Counts.INSTRUCTION:
        return True
    if mention.lesson is None:
        return criterion.counts is Counts.MANDATORY_INSTRUCTION
    lessons = evidence.lessons.of(mention)
    # A lesson that cannot be told apart from an optional one of the same name is taken as not optional here.
    return any(evidence.lessons.is_mandatory(lesson) for lesson in lessons) or not lessons


def _by_topics(criterion: Criterion, evidence: _Evidence, case: _Case) -> Verdict:
    """Judge a course by which of the required topics it shows."""
    found = _presence(criterion, evidence, case)
    kind, because, missing = _presence_verdict(
        criterion, found, evidence.partly_read, "The syllabus was read only in part"
    )
    return Verdict(
        criterion.id,
        evidence.record.id,
        kind,
        because,
        measured=float(sum(map(bool, found.values()))),
        required=float(len(found) if criterion.require is Require.ALL else 1),
        evidence=tuple(sorted({mention.id for mentions in found.values() for mention in mentions})),
        missing=missing,
    )


def _presence_verdict(
    criterion: Criterion, found: Mapping[str, Sequence[Mention]], in_doubt: bool, doubt: str
) -> tuple[VerdictKind, str, tuple[str, ...]]:
    """Return verdict, reason and missing labels, from what was found of each required topic."""
    present = tuple(topic.label for topic in criterion.topics if found[topic.id])
    missing = tuple(topic.label for topic in criterion.topics if not found[topic.id])
    if criterion.require is Require.ANY:
        if present:
            return VerdictKind.MET, f"There is evidence of {_names(present)}; one is enough.", ()
    elif not missing:
        return VerdictKind.MET, f"There is evidence of {_names(present)}.", ()
    absence = f"no evidence was found of {_names(missing, 'or')}"
    if in_doubt:
        return VerdictKind.NOT_DETERMINED, f"{doubt}; in what was read, {absence}.", missing
    if present:
        return VerdictKind.PARTLY_MET, f"There is evidence of {_names(present)}; {absence}.", missing
    return VerdictKind.NOT_MET, f"{absence[0].upper()}{absence[1:]}.", missing


def _on_programme(criterion: Criterion, case: _Case) -> Verdict:
    """Judge all courses together."""
    unit = str(criterion.unit)
    undetermined = Verdict(criterion.id, None, VerdictKind.NOT_DETERMINED, "", unit=unit)
    if not criterion.automatic:
        return replace(undetermined, because="A person must judge: this cannot be told from syllabi alone.")
    unknown = [topic.label for topic in criterion.topics if not case.knows(topic)]
    if unknown:
        return replace(undetermined, because=f"The taxonomy in use has no topic for {_names(unknown)}.")
    applicable = [course for course in case.courses if _applies(criterion, course, case)[0]]
    if not applicable:
        return replace(
            undetermined, verdict=VerdictKind.NOT_APPLICABLE, because="It applies to no course of the catalogue."
        )
    found: dict[str, list[Mention]] = {topic.id: [] for topic in criterion.topics}
    unread = 0
    for course in applicable:
        evidence = case.evidence.get(course.id)
        unread += evidence is None or evidence.partly_read
        if evidence is not None:
            for topic, mentions in _presence(criterion, evidence, case).items():
                # One proof a course and topic: a whole catalogue has thousands.
                found[topic].extend(mentions[:1])
    doubt = f"{unread} of {len(applicable)} courses could not be read, or not wholly"
    kind, because, missing = _presence_verdict(criterion, found, unread > 0, doubt)
    return replace(
        undetermined,
        verdict=kind,
        because=because,
        measured=float(sum(map(bool, found.values()))),
        required=float(len(found) if criterion.require is Require.ALL else 1),
        evidence=tuple(sorted({mention.id for mentions in found.values() for mention in mentions})),
        missing=missing,
    )


# --- hours and shares --------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Measure:
    """The least and the most that the syllabus allows."""

    least: float
    most: float | None
    """None where nothing bounds it."""
    doubt: str
    """Why the two differ; empty where they do not."""


def _by_hours(criterion: Criterion, evidence: _Evidence, case: _Case) -> Verdict:
    """Judge a course by the hours of its mandatory lessons that carry evidence."""
    topics = frozenset().union(*(case.topics(required, evidence) for required in criterion.topics))
    counted = [mention for mention in evidence.mentions if mention.topic in topics]
    lessons = evidence.lessons
    certain, possible = lessons.carrying(counted)
    within = {mention.id for mention in counted if mention.lesson is not None and lessons.of(mention)}
    shown = {m.topic for m in counted if m.id in within}
    missing = tuple(required.label for required in criterion.topics if not (case.topics(required, evidence) & shown))
    proof = tuple(sorted(m.id for m in counted if any(lessons.is_mandatory(each) for each in lessons.of(m))))
    base = Verdict(criterion.id, evidence.record.id, VerdictKind.NOT_DETERMINED, "", evidence=proof, missing=missing)
    if not lessons.mandatory or all(lessons.hours(each) is None for each in lessons.mandatory):
        what = "names no lessons" if not lessons.mandatory else "states hours for none of its lessons"
        found = "evidence was found" if counted else "no evidence was found"
        return replace(base, because=f"The syllabus {what}, so no hours can be counted; {found}.")
    measure = _hours(lessons, certain, possible)
    if criterion.unit is Unit.SHARE:
        measure = _share(measure, evidence)
    if evidence.partly_read:
        measure = replace(measure, most=None, doubt="the syllabus was read only in part")
    return _hold(criterion, base, measure, [lessons.name(each) for each in sorted(certain)], len(counted) - len(within))


def _hours(lessons: CourseLessons, certain: Collection[int], possible: Collection[int]) -> _Measure:
    """Sum the hours of the lessons that carry evidence, each once."""
    stated = [lessons.hours(each) for each in certain]
    least = sum(hours for hours in stated if hours is not None)
    unstated = [lessons.name(each) for each in sorted(certain) if lessons.hours(each) is None]
    if unstated:
        return _Measure(least, None, f"no hours are stated for {_lesson_names(unstated)}")
    if not possible:
        return _Measure(least, least, "")
    doubtful = [lessons.hours(each) for each in possible]
    most = None if None in doubtful else least + sum(hours for hours in doubtful if hours is not None)
    return _Measure(least, most, "several lessons have the same number, and it cannot be told which of them is meant")


def _share(hours: _Measure, evidence: _Evidence) -> _Measure:
    """Turn hours into a share of the hours of all mandatory lessons."""
    lessons = evidence.lessons
    known = sum(lessons.hours(each) or 0.0 for each in lessons.mandatory)
    unstated = [lessons.name(each) for each in lessons.mandatory if lessons.hours(each) is None]
    stated = evidence.record.hours or 0.0
    if known <= 0:
        return _Measure(0.0, None, "the lessons have no hours")
    if unstated:
        doubt = f"no hours are stated for {_lesson_names(unstated)}"
        # Lessons without hours may add to either side of the share, so it has no bounds but those of any share.
        return _Measure(0.0, 1.0, doubt)
    whole = max(known, stated)
    most = None if hours.most is None else min(1.0, hours.most / known)
    doubt = hours.doubt
    if whole > known + 1e-6 and not doubt:
        doubt = f"the lessons add up to {known:g} of the {stated:g} hours that the course is said to have"
    return _Measure(hours.least / whole, most, doubt)


def _hold(criterion: Criterion, base: Verdict, measure: _Measure, names: Sequence[str], outside: int) -> Verdict:
    """Hold a measure against the criterion's threshold."""
    threshold = criterion.threshold
    if threshold is None:
        return replace(base, because="The criterion has no threshold.")
    show = _as_share if criterion.unit is Unit.SHARE else _as_hours
    wanted = f"{'more than' if threshold.comparison == '>' else 'at least'} {show(threshold.value)}"
    exact = measure.most is not None and measure.most - measure.least < 1e-6
    carried = f"carried by {_lesson_names(names)}" if names else "no mandatory lesson carries evidence"
    aside = f" {outside} mentions outside lessons have no hours." if outside else ""
    if exact:
        tail = f"{show(measure.least)} ({carried}); {wanted} required.{aside}"
        if threshold.is_near(measure.least):
            tail += " This is so near the limit that it hangs on single lessons: let a person look."
        met = threshold.reached_by(measure.least)
        kind = VerdictKind.MET if met else VerdictKind.NOT_MET
        return replace(base, verdict=kind, because=tail, measured=round(measure.least, 4))
    least = replace(base, measured=round(measure.least, 4))
    if threshold.reached_by(measure.least):
        because = f"At least {show(measure.least)} ({carried}); {wanted} required."
        return replace(least, verdict=VerdictKind.MET, because=because)
    if measure.most is not None and not threshold.reached_by(measure.most):
        because = f"At most {show(measure.most)} ({carried}); {wanted} required.{aside}"
        return replace(base, verdict=VerdictKind.NOT_MET, because=because, measured=round(measure.most, 4))
    known = f"At least {show(measure.least)} ({carried})" if measure.least else carried[0].upper() + carried[1:]
    return replace(least, because=f"{known}, but {measure.doubt}; {wanted} required.")


# --- words --------------------------------------------------------------------------------------------


def _as_hours(value: float) -> str:
    return f"{round(value, 2):g} {'hour' if round(value, 2) == 1 else 'hours'}"


def _as_share(value: float) -> str:
    return f"{round(100 * value, 1):g} percent of the hours"


def _lesson_names(names: Sequence[str]) -> str:
    return f"{'lesson' if len(names) == 1 else 'lessons'} {_names(names)}"


def _names(names: Iterable[str], last: str = "and") -> str:
    """Put names into a sentence; beyond a few, say how many more there are."""
    shown = list(names)
    if len(shown) > NAMES_IN_A_SENTENCE + 1:
        shown = [*shown[:NAMES_IN_A_SENTENCE], f"{len(shown) - NAMES_IN_A_SENTENCE} more"]
        last = "and"
    if len(shown) == 1:
        return shown[0]
    return f"{', '.join(shown[:-1])} {last} {shown[-1]}"
