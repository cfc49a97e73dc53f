"""Verdicts: what kept evidence says of a course, or of the whole programme, on each criterion of the standards.

It knows to which courses a criterion applies, what in a course shows what it asks for, and the sentence that gives the
reason. It does not know how a mention was found or judged, nor any law: criteria come from `taxonomy.standards`.

Two bounds carry every measure: the least and the most that the syllabus allows. A verdict is given only where both fall
on the same side of the threshold; otherwise it is `not-determined`, which accuses nobody.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from imetaudit.assess.case import Case, CourseEvidence, gather, plain_words
from imetaudit.assess.lessons import Measure, hours_of, lesson_names, names_in_text, share_of
from imetaudit.model import (
    CourseRecord,
    CourseStatus,
    Coverage,
    HoursBasis,
    Mention,
    Verdict,
    VerdictKind,
)
from imetaudit.taxonomy.standards import (
    Comparison,
    Counts,
    Criterion,
    Level,
    Require,
    Standard,
    Unit,
    WhenUnstated,
)


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
    case = gather(courses, coverage, mentions, codes, partly_read)
    verdicts = [
        verdict
        for standard in standards
        for criterion in standard.criteria
        if criterion.in_force(as_of)
        for verdict in _on_criterion(criterion, case)
    ]
    return tuple(sorted(verdicts, key=lambda each: (each.criterion, each.course is not None, each.course or "")))


# --- which courses, and whether at all -------------------------------------------------------------


def _on_criterion(criterion: Criterion, case: Case) -> list[Verdict]:
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


def _applies(criterion: Criterion, course: CourseRecord, case: Case) -> tuple[bool, str]:
    """Tell whether the criterion applies to the course, and what is to be said of that."""
    rule = criterion.applies_when
    if rule is None:
        return True, ""
    if plain_words(rule.attribute) not in case.attributes:
        if rule.when_unstated is WhenUnstated.JUDGE:
            return True, f"The catalogue has no column {rule.attribute!r}; judged as if the criterion applied."
        return False, f"The catalogue has no column {rule.attribute!r}, by which the criterion applies."
    stated = next(
        (value for name, value in course.attributes.items() if plain_words(name) == plain_words(rule.attribute)), ""
    )
    values = {plain_words(part) for part in re.split(r"[;,|/+]", stated)} | {plain_words(stated)}
    if values & {plain_words(value) for value in rule.values}:
        return True, ""
    said = f"is {stated!r}" if stated else "is empty"
    return (
        False,
        f"The catalogue's {rule.attribute!r} {said}; the criterion applies to {names_in_text(rule.values, 'or')}.",
    )


def _on_course(criterion: Criterion, course: CourseRecord, case: Case) -> Verdict:
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
        return replace(undetermined, because=f"The taxonomy in use has no topic for {names_in_text(unknown)}.")
    evidence = case.evidence[course.id]
    if criterion.unit is Unit.TOPICS:
        return _by_topics(criterion, evidence, case)
    return _by_hours(criterion, evidence, case)


# --- topics ------------------------------------------------------------------------------------------


def _presence(criterion: Criterion, evidence: CourseEvidence, case: Case) -> dict[str, list[Mention]]:
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


def _counts(mention: Mention, criterion: Criterion, evidence: CourseEvidence) -> bool:
    """Tell whether a kept mention stands where the criterion looks."""
    if criterion.counts is Counts.INSTRUCTION:
        return True
    if mention.lesson is None:
        return criterion.counts is Counts.MANDATORY_INSTRUCTION
    lessons = evidence.lessons.of(mention)
    # A lesson that cannot be told apart from an optional one of the same name is taken as not optional here.
    return any(evidence.lessons.is_mandatory(lesson) for lesson in lessons) or not lessons


def _by_topics(criterion: Criterion, evidence: CourseEvidence, case: Case) -> Verdict:
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
            return VerdictKind.MET, f"There is evidence of {names_in_text(present)}; one is enough.", ()
    elif not missing:
        return VerdictKind.MET, f"There is evidence of {names_in_text(present)}.", ()
    absence = f"no evidence was found of {names_in_text(missing, 'or')}"
    if in_doubt:
        return VerdictKind.NOT_DETERMINED, f"{doubt}; in what was read, {absence}.", missing
    if present:
        return VerdictKind.PARTLY_MET, f"There is evidence of {names_in_text(present)}; {absence}.", missing
    return VerdictKind.NOT_MET, f"{absence[0].upper()}{absence[1:]}.", missing


def _on_programme(criterion: Criterion, case: Case) -> Verdict:
    """Judge all courses together."""
    unit = str(criterion.unit)
    undetermined = Verdict(criterion.id, None, VerdictKind.NOT_DETERMINED, "", unit=unit)
    if not criterion.automatic:
        return replace(undetermined, because="A person must judge: this cannot be told from syllabi alone.")
    unknown = [topic.label for topic in criterion.topics if not case.knows(topic)]
    if unknown:
        return replace(undetermined, because=f"The taxonomy in use has no topic for {names_in_text(unknown)}.")
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


def _by_hours(criterion: Criterion, evidence: CourseEvidence, case: Case) -> Verdict:
    """Judge a course by the hours of its mandatory lessons that carry evidence."""
    lessons = evidence.lessons
    topics = {required.label: case.topics(required, evidence) for required in criterion.topics}
    asked = frozenset().union(*topics.values())
    counted = [mention for mention in evidence.mentions if mention.topic in asked]
    proof = [m for m in counted if any(lessons.is_mandatory(each) for each in lessons.of(m))]
    taught = {mention.topic for mention in proof}
    missing = tuple(label for label, ids in topics.items() if not ids & taught)
    base = Verdict(
        criterion.id,
        evidence.record.id,
        VerdictKind.NOT_DETERMINED,
        "",
        evidence=tuple(mention.id for mention in proof),
        # The lessons of a share may all serve one topic: the others are not missed.
        missing=missing if criterion.unit is Unit.HOURS else (),
    )
    if all(lessons.hours(each) is None for each in lessons.mandatory):
        what = "states hours for none of its lessons" if lessons.mandatory else "names no mandatory lessons"
        found = "evidence was found" if counted else "no evidence was found"
        return replace(base, because=f"The syllabus {what}, so no hours can be counted; {found}.")
    certain, possible = lessons.carrying(counted)
    stated = evidence.record.hours if evidence.record.hours_basis is HoursBasis.STATED else None
    measure = hours_of(lessons, certain, possible, stated)
    if criterion.unit is Unit.SHARE:
        measure = share_of(measure, lessons, stated)
    if evidence.partly_read:
        # What was not read may add hours, and lessons that carry nothing lower a share.
        least = measure.least if criterion.unit is Unit.HOURS else 0.0
        measure = Measure(least, None, "the syllabus was read only in part")
    with_hours = [each for each in sorted(certain) if lessons.hours(each) is not None]
    names = [lessons.name(each) for each in with_hours or sorted(certain)]
    return _hold(criterion, base, measure, names, sum(not lessons.of(mention) for mention in counted))


def _hold(criterion: Criterion, base: Verdict, measure: Measure, names: Sequence[str], outside: int) -> Verdict:
    """Hold a measure against the criterion's threshold.

    A measure between bounds decides only if both bounds fall on the same side.
    """
    threshold = criterion.threshold
    if threshold is None:
        return replace(base, because="The criterion has no threshold.")
    show = _as_share if criterion.unit is Unit.SHARE else _as_hours
    carried = f"carried by {lesson_names(names)}" if names else "no mandatory lesson carries evidence"
    wanted = f"{'more than' if threshold.comparison is Comparison.ABOVE else 'at least'} {show(threshold.value)}"
    wanted += " required"
    exact = measure.most is not None and measure.most - measure.least < 1e-6
    if threshold.reached_by(measure.least):
        because = f"{'' if exact else 'At least '}{show(measure.least)} ({carried}); {wanted}."
        verdict = replace(base, verdict=VerdictKind.MET, measured=measure.least, missing=())
    elif measure.most is not None and not threshold.reached_by(measure.most):
        because = f"{'' if exact else 'At most '}{show(measure.most)} ({carried}); {wanted}."
        verdict = replace(base, verdict=VerdictKind.NOT_MET, measured=measure.most)
    else:
        known = f"at least {show(measure.least)} ({carried})" if measure.least else carried
        because = f"{known[0].upper()}{known[1:]}, but {measure.doubt}; {wanted}."
        verdict = replace(base, measured=measure.least or None)
    if outside and verdict.verdict is not VerdictKind.MET:
        because += f" Evidence outside lessons ({outside}) has no hours."
    if verdict.measured is not None:
        if threshold.is_near(verdict.measured):
            because += " This is so near the limit that it hangs on single lessons: a person should look."
        verdict = replace(verdict, measured=round(verdict.measured, 4))
    return replace(verdict, because=because)


# --- words --------------------------------------------------------------------------------------------


def _as_hours(value: float) -> str:
    return f"{round(value, 2):g} {'hour' if round(value, 2) == 1 else 'hours'}"


def _as_share(value: float) -> str:
    return f"{round(100 * value, 1):g} percent of the hours"
