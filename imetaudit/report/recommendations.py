"""The recommendations: each follows from a condition that was found, and is addressed to a role.

It knows which condition calls for which step, and nothing of causes. Where a condition was not found there is no
recommendation on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from imetaudit.model import CourseStatus, Verdict, VerdictKind
from imetaudit.report.blocks import Items, Line, Paragraph, Section, Span, Style, line
from imetaudit.report.numbers import CourseNumbers, ReportNumbers, State
from imetaudit.report.wording import clean, count, listing, opening, shorten, some, within

_NAMES_SHOWN = 12
_NAMES_IN_SHORT = 3
_COURSES = "{courses}"


@dataclass(frozen=True)
class Recommendation:
    """One step, by whom, and the condition that calls for it."""

    role: str
    step: str
    condition: str
    anchor: str
    """Where in the report the condition is found."""
    courses: tuple[str, ...] = ()
    """The ids of the courses that the step names, in place of `{courses}` in it."""

    def in_full(self) -> Line:
        """Return the recommendation with its condition and the place of its evidence."""
        return line(
            Span(opening(self.role), Style.STRONG),
            f" should {self._step(_NAMES_SHOWN)} ",
            Span(f"Condition: {self.condition}", href=f"#{self.anchor}"),
        )

    def in_short(self) -> Line:
        """Return the recommendation for the Highlights page."""
        return line(Span(opening(self.role), Style.STRONG), f" should {shorten(self._step(_NAMES_IN_SHORT), 260)}")

    def _step(self, limit: int) -> str:
        names = some([shorten(course, 40) for course in self.courses], limit)
        return self.step.replace(_COURSES, names)


def recommendations(numbers: ReportNumbers) -> tuple[Recommendation, ...]:
    """Return the recommendations, those on what is missing altogether first; empty where nothing calls for one."""
    found: list[Recommendation | None] = [
        _no_lead_content(numbers),
        _unreadable(numbers),
        _no_syllabus(numbers),
        *_criteria_not_met(numbers),
        *_only_mentioned(numbers),
        _not_determined(numbers),
        _hours_not_stated(numbers),
        _unverified(numbers),
        _not_reviewed(numbers),
    ]
    return tuple(recommendation for recommendation in found if recommendation is not None)


def recommendations_section(found: Sequence[Recommendation]) -> Section:
    """Return the section of all recommendations."""
    if not found:
        text = "No condition was found that calls for a recommendation."
        return Section("recommendations", "No recommendation follows from this audit", (Paragraph((text,)),))
    text = (
        f"{count(len(found), 'recommendation')} {'follows' if len(found) == 1 else 'follow'} from the conditions "
        "found. "
        "Each is a proposal for the person named to confirm: the audit reads syllabi and cannot know what a "
        "classroom holds."
    )
    steps = Items(tuple(recommendation.in_full() for recommendation in found), ordered=True)
    return Section("recommendations", "Recommendations", (Paragraph((text,)), steps))


def _ids(courses: Sequence[CourseNumbers]) -> tuple[str, ...]:
    return tuple(course.id for course in courses)


def _directors(courses: Sequence[object]) -> str:
    return "the course director" if len(courses) == 1 else "the course directors"


def _unreadable(numbers: ReportNumbers) -> Recommendation | None:
    unread = [document for document in numbers.result.documents if document.status != "read"]
    if not unread:
        return None
    reasons = sorted({clean(document.reason or "damaged") for document in unread})
    stopped = numbers.states[CourseStatus.NOT_AUDITABLE]
    step = f"supply readable copies of {count(len(unread), 'file')} and have them audited again."
    condition = (
        f"{len(unread):,} of {count(numbers.result.counts.documents, 'file')} could not be read ({listing(reasons)}), "
        f"which left {count(stopped, 'course')} not auditable."
    )
    return Recommendation("the keeper of the syllabi", step, condition, "not-audited")


def _no_syllabus(numbers: ReportNumbers) -> Recommendation | None:
    missing = [course for course in numbers.courses if course.record.status is CourseStatus.NO_SYLLABUS]
    if not missing:
        return None
    syllabi = "a syllabus" if len(missing) == 1 else "syllabi"
    step = f"obtain {syllabi} for {_COURSES}, or strike from the catalogue what is no longer taught."
    condition = f"{len(missing):,} of {count(len(numbers.courses), 'course')} had no syllabus."
    return Recommendation("the curriculum officer", step, condition, "not-audited", _ids(missing))


def _no_lead_content(numbers: ReportNumbers) -> Recommendation | None:
    none = numbers.without_any_lead()
    if not none:
        return None
    labels = listing([within(shorten(area.label, 60)) for area in numbers.lead], "or")
    step = (
        f"decide, with {_directors(none)} of {_COURSES}, whether {'it' if len(none) == 1 else 'they'} ought to "
        f"teach {labels}, and record the decision."
    )
    condition = (
        f"{len(none):,} of {count(numbers.result.counts.audited, 'audited course')} "
        f"{'covers' if len(none) == 1 else 'cover'} none of the lead areas."
    )
    return Recommendation("the dean or head of curriculum", step, condition, "no-lead-content", _ids(none))


def _only_mentioned(numbers: ReportNumbers) -> list[Recommendation]:
    found = []
    for area in numbers.lead:
        courses = [course for course in numbers.courses if course.states[area.id] is State.MENTIONED_ONLY]
        if not courses:
            continue
        name = within(shorten(area.label, 60))
        step = (
            f"state in a lesson or an objective what is taught of {name} in {_COURSES}, if it is taught, or "
            "leave "
            "the words out."
        )
        verb = "mentions" if len(courses) == 1 else "mention"
        condition = f"{len(courses):,} of {count(area.tally.audited, 'audited course')} only {verb} it."
        found.append(Recommendation(_directors(courses), step, condition, f"area-{clean(area.id)}", _ids(courses)))
    return found


def _criteria_not_met(numbers: ReportNumbers) -> list[Recommendation]:
    found = []
    for criterion in numbers.criteria:
        failing = [v for v in criterion.verdicts if v.verdict in (VerdictKind.NOT_MET, VerdictKind.PARTLY_MET)]
        if not failing:
            continue
        courses = tuple(verdict.course for verdict in failing if verdict.course is not None)
        subject = _COURSES if courses else "the programme"
        step = f"bring {subject} to criterion {shorten(criterion.id, 80)}, or record why it does not apply."
        condition = (
            f"{len(failing):,} of {count(len(criterion.verdicts), 'verdict')} on it "
            f"{'is' if len(failing) == 1 else 'are'} “not met” or “partly met”"
            f"{'' if criterion.verified else '; the criterion is unverified'}."
        )
        role = _directors(courses) if courses else "the dean or head of curriculum"
        found.append(Recommendation(role, step, condition, "standards", courses))
    return found


def _not_determined(numbers: ReportNumbers) -> Recommendation | None:
    verdicts = [verdict for criterion in numbers.criteria for verdict in criterion.verdicts]
    open_: list[Verdict] = [verdict for verdict in verdicts if verdict.verdict is VerdictKind.NOT_DETERMINED]
    if not open_:
        return None
    criteria = sorted({clean(verdict.criterion) for verdict in open_})
    step = f"supply what is missing to judge {some(criteria, 6)}, or judge by hand."
    condition = f"{len(open_):,} of {count(len(verdicts), 'verdict')} could not be determined."
    return Recommendation("the curriculum officer", step, condition, "standards")


def _hours_not_stated(numbers: ReportNumbers) -> Recommendation | None:
    covered, silent = numbers.lead_covered, numbers.lead_covered_without_hours
    if not silent:
        return None
    step = f"state the hours of each lesson in {_COURSES}."
    condition = (
        f"{len(silent):,} of {count(len(covered), 'course')} that cover a lead area state no hours for the lessons "
        "that "
        "carry the evidence."
    )
    return Recommendation(_directors(silent), step, condition, "found", _ids(silent))


def _unverified(numbers: ReportNumbers) -> Recommendation | None:
    unverified = [criterion for criterion in numbers.criteria if not criterion.verified]
    if not unverified:
        return None
    step = "check the criteria marked unverified against their sources before relying on the verdicts."
    condition = (
        f"{len(unverified):,} of {count(len(numbers.criteria), 'criterion', 'criteria')} applied are unverified."
    )
    return Recommendation("the curriculum officer", step, condition, "standards")


def _not_reviewed(numbers: ReportNumbers) -> Recommendation | None:
    if numbers.result.run.decisions_sha256 is not None or not numbers.mentions:
        return None
    step = "have a person who knows the courses confirm the evidence before this report is relied on."
    condition = "no decision by a reviewer is recorded in this audit."
    return Recommendation("the curriculum officer", step, condition, "method")
