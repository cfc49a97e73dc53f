"""Verdicts: hours counted once, nothing guessed, and a reason in every sentence."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest

from imetaudit.assess.verdicts import judge
from imetaudit.model import (
    CourseRecord,
    CourseStatus,
    Coverage,
    HoursBasis,
    LessonRecord,
    Mention,
    Outcome,
    Searched,
    Verdict,
    VerdictKind,
)
from imetaudit.taxonomy.standards import (
    AppliesWhen,
    Comparison,
    Counts,
    Criterion,
    Level,
    Require,
    RequiredTopic,
    Standard,
    Threshold,
    Unit,
    WhenUnstated,
)

CODES = {
    "HR.GEN": "human-rights.general",
    "HR.LIFE": "human-rights.life",
    "DEM.DUE": "democracy.due-process",
    "MJ.GEN": "military-justice.general",
    "CIV.CTRL": "civilian-control.control",
}
RIGHTS = RequiredTopic("rights", "human rights", ("HR.*",))
DUE = RequiredTopic("due", "due process", ("DEM.DUE",))
HOURS = Criterion(
    "s.hours",
    "At least 8 hours.",
    "c",
    True,
    Level.COURSE,
    Unit.HOURS,
    threshold=Threshold(Comparison.AT_LEAST, 8.0),
    topics=(RIGHTS, DUE),
)
SHARE = replace(HOURS, id="s.share", unit=Unit.SHARE, threshold=Threshold(Comparison.ABOVE, 0.5, 0.45, 0.55))
TOPICS = replace(HOURS, id="s.topics", unit=Unit.TOPICS, threshold=None, counts=Counts.MANDATORY_INSTRUCTION)


def lesson(
    number: str, hours: float | None, *, mandatory: bool = True, document: str = "a.pdf", title: str = ""
) -> LessonRecord:
    """Make a lesson."""
    return LessonRecord(number, title or f"Title {number}", hours, None, mandatory, document, None)


def course(*lessons: LessonRecord, status: CourseStatus = CourseStatus.AUDITED, **values: str) -> CourseRecord:
    """Make a course called A; values are its attributes."""
    return CourseRecord("A", "", "", "", values, ("a.pdf",), status, lessons=lessons)


def mention(topic: str, where: str | None, *, kept: bool = True, document: str = "a.pdf", of: str = "A") -> Mention:
    """Make a mention of a topic in a lesson."""
    name = f"{of}:{document}:{topic}:{where}"
    area = topic.partition(".")[0]
    return Mention(name, of, document, topic, area, "t", "q", "s", None, 0, 1, "lesson", where, "explicit", kept, None)


def judged(
    criterion: Criterion,
    courses: Sequence[CourseRecord],
    mentions: Iterable[Mention] = (),
    coverage: Sequence[Coverage] = (),
    *,
    partly_read: Sequence[str] = (),
    as_of: str = "2026-11-21",
) -> tuple[Verdict, ...]:
    """Judge by one criterion."""
    standard = Standard("s", "S", "1", "", "", "0", (criterion,))
    return judge(courses, coverage, tuple(mentions), [standard], CODES, as_of, partly_read)


def only(*arguments: object, **options: object) -> Verdict:
    """Judge one course by one criterion."""
    (verdict,) = judged(*arguments, **options)  # type: ignore[arg-type]
    return verdict


def test_a_lesson_on_two_topics_counts_once() -> None:
    """The hours of a lesson that serves two topics are added once."""
    found = only(
        HOURS,
        [course(lesson("1", 5.0), lesson("2", 3.0), lesson("3", 9.0))],
        [
            mention("human-rights.general", "1"),
            mention("democracy.due-process", "1"),
            mention("human-rights.life", "2"),
        ],
    )
    assert (found.verdict, found.measured, found.required, found.unit) == (VerdictKind.MET, 8.0, 8.0, "hours")
    assert found.because == "8 hours (carried by lessons 1 and 2); at least 8 hours required."
    assert len(found.evidence) == 3


def test_optional_lessons_and_set_aside_mentions_do_not_count() -> None:
    """Only kept evidence in lessons that everybody attends adds hours, and what is missing is named."""
    found = only(
        HOURS,
        [course(lesson("1", 4.0), lesson("2", 4.0, mandatory=False), lesson("3", 4.0))],
        [
            mention("human-rights.general", "1"),
            mention("human-rights.general", "2"),
            mention("human-rights.general", "3", kept=False),
            mention("civilian-control.control", "3"),
        ],
    )
    assert (found.verdict, found.measured, found.missing) == (VerdictKind.NOT_MET, 4.0, ("due process",))
    assert found.evidence == ("A:a.pdf:human-rights.general:1",)


def test_hours_that_are_not_stated_are_never_guessed() -> None:
    """A lesson with evidence and without hours leaves the verdict open, and the known hours are told as a least."""
    found = only(
        HOURS,
        [course(lesson("1", 4.0), lesson("2", None))],
        [mention("human-rights.general", "1"), mention("human-rights.general", "2")],
    )
    assert (found.verdict, found.measured) == (VerdictKind.NOT_DETERMINED, 4.0)
    assert "no hours are stated for lesson 2" in found.because


def test_enough_stated_hours_decide_although_others_are_not_stated() -> None:
    """A course whose stated hours reach the threshold meets it, whatever the unstated ones are."""
    found = only(
        HOURS,
        [course(lesson("1", 9.0), lesson("2", None))],
        [mention("human-rights.general", "1"), mention("human-rights.general", "2")],
    )
    assert (found.verdict, found.because[:16]) == (VerdictKind.MET, "At least 9 hours")


def test_a_syllabus_without_hours_is_not_determined() -> None:
    """Where no lesson states hours, or there is no lesson, the verdict stays open."""
    evidence = [mention("human-rights.general", "1")]
    assert only(HOURS, [course(lesson("1", None))], evidence).because.startswith("The syllabus states hours for none")
    bare = only(HOURS, [course()], [mention("human-rights.general", None)])
    assert (bare.verdict, "evidence was found" in bare.because) == (VerdictKind.NOT_DETERMINED, True)


def test_lessons_with_hours_and_no_evidence_are_zero_hours() -> None:
    """A wholly read schedule without evidence does not meet a minimum of hours; evidence elsewhere is told."""
    found = only(HOURS, [course(lesson("1", 9.0))], [mention("human-rights.general", None)])
    assert (found.verdict, found.measured) == (VerdictKind.NOT_MET, 0.0)
    assert "Evidence outside lessons (1) has no hours." in found.because


@pytest.mark.parametrize("status", [CourseStatus.NOT_AUDITABLE, CourseStatus.NO_SYLLABUS])
@pytest.mark.parametrize("criterion", [HOURS, SHARE, TOPICS])
def test_a_course_that_was_not_read_is_accused_of_nothing(status: CourseStatus, criterion: Criterion) -> None:
    """A course without a readable syllabus is not determined on any criterion, and nothing is called missing."""
    found = only(criterion, [course(status=status)])
    assert (found.verdict, found.missing, bool(found.because)) == (VerdictKind.NOT_DETERMINED, (), True)


def test_absence_in_a_partly_read_course_is_not_held_against_it() -> None:
    """What was not found may stand in the part that was not read."""
    lessons, evidence = [course(lesson("1", 4.0))], [mention("human-rights.general", "1")]
    assert only(HOURS, lessons, evidence, partly_read=["A"]).verdict is VerdictKind.NOT_DETERMINED
    assert only(TOPICS, lessons, evidence, partly_read=["A"]).verdict is VerdictKind.NOT_DETERMINED
    assert only(TOPICS, lessons, evidence).verdict is VerdictKind.PARTLY_MET
    row = Coverage("A", "democracy", "area", Outcome.NOT_AUDITABLE, None, None, 0, 0, Searched(0, 0))
    assert only(TOPICS, lessons, evidence, [row]).verdict is VerdictKind.NOT_DETERMINED


@pytest.mark.parametrize(
    ("present", "verdict", "missing"),
    [
        ((), VerdictKind.NOT_MET, ("human rights", "due process")),
        (("human-rights.life",), VerdictKind.PARTLY_MET, ("due process",)),
        (("human-rights.life", "democracy.due-process"), VerdictKind.MET, ()),
    ],
)
def test_all_topics_some_or_none(present: tuple[str, ...], verdict: VerdictKind, missing: tuple[str, ...]) -> None:
    """A course has all required topics, some of them, or none."""
    found = only(TOPICS, [course(lesson("1", None))], [mention(topic, "1") for topic in present])
    assert (found.verdict, found.missing) == (verdict, missing)
    assert (found.measured, found.required) == (float(len(present)), 2.0)


def test_one_topic_is_enough_where_any_is_asked_for() -> None:
    """Where a rule joins its topics by "or", one of them meets it and none is missing."""
    found = only(replace(TOPICS, require=Require.ANY), [course()], [mention("human-rights.life", None)])
    assert (found.verdict, found.missing, found.required) == (VerdictKind.MET, (), 1.0)


def test_a_topic_only_in_an_optional_lesson_is_not_mandatory_instruction() -> None:
    """Evidence in an elective does not show a topic in mandatory instruction, and does where any instruction counts."""
    lessons, evidence = [course(lesson("1", 1.0, mandatory=False))], [mention("human-rights.life", "1")]
    one = replace(TOPICS, topics=(RIGHTS,))
    assert only(one, lessons, evidence).verdict is VerdictKind.NOT_MET
    assert only(replace(one, counts=Counts.INSTRUCTION), lessons, evidence).verdict is VerdictKind.MET


def test_a_topic_that_is_only_mentioned_is_not_shown() -> None:
    """A topic whose outcome is not `covered` does not satisfy a criterion, although a mention was kept."""
    row = Coverage("A", "human-rights.life", "topic", Outcome.MENTIONED_ONLY, None, None, 1, 0, Searched(1, 1))
    found = only(replace(TOPICS, topics=(RIGHTS,)), [course()], [mention("human-rights.life", None)], [row])
    assert found.verdict is VerdictKind.NOT_MET


def test_a_topic_may_count_only_beside_another() -> None:
    """Military justice counts in a course that also has human rights, and not alone."""
    justice = RequiredTopic("justice", "military justice", ("MJ.GEN",), beside={"MJ.*": ("HR.*", "DEM.DUE")})
    rule = replace(TOPICS, topics=(justice,))
    alone = [mention("military-justice.general", "1")]
    assert only(rule, [course(lesson("1", 1.0))], alone).verdict is VerdictKind.NOT_MET
    assert (
        only(rule, [course(lesson("1", 1.0))], [*alone, mention("human-rights.life", "1")]).verdict is VerdictKind.MET
    )


def test_excluded_codes_do_not_count() -> None:
    """A code that is taken out of a pattern does not show the topic."""
    rule = replace(TOPICS, topics=(replace(RIGHTS, excluded=("HR.LIFE",)),))
    assert only(rule, [course()], [mention("human-rights.life", None)]).verdict is VerdictKind.NOT_MET


@pytest.mark.parametrize(
    ("hours", "verdict", "near"),
    [
        (4.0, VerdictKind.NOT_MET, False),
        (5.0, VerdictKind.NOT_MET, True),
        (5.25, VerdictKind.MET, True),
        (7.0, VerdictKind.MET, False),
    ],
)
def test_a_share_is_of_all_mandatory_hours(hours: float, verdict: VerdictKind, near: bool) -> None:
    """Exactly half is not more than half, and a share near the limit is said to be near."""
    found = only(
        SHARE,
        [course(lesson("1", hours), lesson("2", 10.0 - hours), lesson("3", 50.0, mandatory=False))],
        [mention("human-rights.general", "1")],
    )
    assert (found.verdict, found.measured, found.required) == (verdict, hours / 10, 0.5)
    assert ("a person should look" in found.because) is near


def test_a_share_with_a_lesson_without_hours_is_not_determined() -> None:
    """The whole is not known where one lesson states no hours."""
    found = only(SHARE, [course(lesson("1", 9.0), lesson("2", None))], [mention("human-rights.general", "1")])
    assert (found.verdict, found.measured) == (VerdictKind.NOT_DETERMINED, None)


def test_a_lesson_without_hours_and_evidence_can_only_lower_a_share() -> None:
    """A share that is too small already is not met, whatever the lesson without hours has."""
    found = only(
        SHARE, [course(lesson("1", 4.0), lesson("2", 6.0), lesson("3", None))], [mention("human-rights.life", "1")]
    )
    assert (found.verdict, found.because[:18]) == (VerdictKind.NOT_MET, "At most 40 percent")


def test_lessons_that_add_up_to_the_course_leave_nothing_open() -> None:
    """Where the stated hours of the course are those of its lessons with hours, the other entries have none."""
    made = replace(
        course(lesson("1", 6.0), lesson("2", 4.0), lesson("3", None)), hours=10.0, hours_basis=HoursBasis.STATED
    )
    evidence = [mention("human-rights.life", "1"), mention("human-rights.life", "3")]
    share, hours = only(SHARE, [made], evidence), only(HOURS, [made], evidence)
    assert (share.verdict, share.measured) == (VerdictKind.MET, 0.6)
    assert (hours.verdict, hours.measured) == (VerdictKind.NOT_MET, 6.0)
    assert only(SHARE, [replace(made, hours=12.0)], evidence).verdict is VerdictKind.NOT_DETERMINED


def test_a_share_of_listed_lessons_must_hold_for_the_stated_course_too() -> None:
    """Where the course states more hours than its lessons have, a share counts only if it holds for both."""
    evidence = [mention("human-rights.general", "1")]
    small = replace(course(lesson("1", 6.0), lesson("2", 4.0)), hours=20.0, hours_basis=HoursBasis.STATED)
    assert only(SHARE, [small], evidence).verdict is VerdictKind.NOT_DETERMINED
    assert only(SHARE, [replace(small, hours=11.0)], evidence).verdict is VerdictKind.MET
    assert only(SHARE, [replace(small, hours_basis=HoursBasis.SUMMED)], evidence).verdict is VerdictKind.MET


def test_an_edition_in_another_language_does_not_double_the_hours() -> None:
    """Two files with the same numbers and hours hold one schedule."""
    english = [lesson("1", 5.0, title="Rights"), lesson("2", 2.0, title="Duties")]
    spanish = [
        lesson("1", 5.0, document="b.pdf", title="Derechos"),
        lesson("2", 2.0, document="b.pdf", title="Deberes"),
    ]
    found = only(
        HOURS,
        [course(*english, *spanish)],
        [mention("human-rights.general", "1"), mention("human-rights.general", "1", document="b.pdf")],
    )
    assert (found.verdict, found.measured) == (VerdictKind.NOT_MET, 5.0)


def test_two_modules_that_number_their_lessons_alike_are_not_mixed_up() -> None:
    """The same number in two files with different hours is two lessons, each with its own evidence."""
    lessons = [lesson("1", 5.0), lesson("1", 4.0, document="b.pdf", title="Other"), lesson("2", 9.0, document="b.pdf")]
    found = only(
        HOURS,
        [course(*lessons)],
        [mention("human-rights.general", "1"), mention("human-rights.life", "1", document="b.pdf")],
    )
    assert (found.verdict, found.measured) == (VerdictKind.MET, 9.0)


def test_a_number_given_twice_is_not_decided_by_chance() -> None:
    """Where it cannot be told which of two lessons is meant, the verdict is given only if both lead to it."""
    evidence = [mention("human-rights.general", "1")]
    doubtful = only(HOURS, [course(lesson("1", 2.0), lesson("1", 9.0, title="Other"))], evidence)
    assert doubtful.verdict is VerdictKind.NOT_DETERMINED
    small = only(HOURS, [course(lesson("1", 2.0), lesson("1", 3.0, title="Other"))], evidence)
    assert (small.verdict, small.because[:15]) == (VerdictKind.NOT_MET, "At most 5 hours")


def test_a_lesson_without_number_is_known_by_its_title() -> None:
    """A mention in an unnumbered lesson names its title."""
    found = only(HOURS, [course(lesson("", 8.0, title="Rights"))], [mention("human-rights.general", "Rights")])
    assert (found.verdict, "lesson “Rights”" in found.because) == (VerdictKind.MET, True)


def test_criteria_out_of_force_are_passed_over() -> None:
    """A criterion is judged from its first day to its last, and not before or after."""
    dated = replace(HOURS, effective_from="2026-01-29", effective_to="2026-12-31")
    days = ["2026-01-28", "2026-01-29", "2026-12-31", "2027-01-01"]
    assert [len(judged(dated, [course()], as_of=day)) for day in days] == [0, 1, 1, 0]


def test_a_criterion_for_a_person_is_left_to_a_person() -> None:
    """A manual criterion never gets a verdict from the program, whatever was found."""
    manual = replace(TOPICS, unit=Unit.JUDGEMENT, automatic=False, topics=())
    found = only(manual, [course()])
    assert (found.verdict, found.because[:19]) == (VerdictKind.NOT_DETERMINED, "A person must judge")


@pytest.mark.parametrize(
    ("stated", "applies"),
    [("E-IMET", True), ("FMS; e_imet", True), ("IMET/E-IMET", True), ("IMET", False), ("", False)],
)
def test_a_criterion_applies_by_an_attribute(stated: str, applies: bool) -> None:
    """A course to which a criterion does not apply is told so, and not judged."""
    rule = replace(HOURS, applies_when=AppliesWhen("offered_as", ("e-imet",), WhenUnstated.JUDGE))
    other = replace(course(offered="x"), id="B", attributes={"Offered as": "IMET"})
    found = {verdict.course: verdict for verdict in judged(rule, [course(Offered_As=stated), other])}
    assert (found["A"].verdict is not VerdictKind.NOT_APPLICABLE) is applies
    assert found["B"].verdict is VerdictKind.NOT_APPLICABLE


def test_a_catalogue_that_does_not_state_the_attribute() -> None:
    """Where no course has the column, the rule says whether to judge; the sentence says what was assumed."""
    judging = replace(HOURS, applies_when=AppliesWhen("offered_as", ("e-imet",), WhenUnstated.JUDGE))
    found = only(judging, [course(lesson("1", 1.0))])
    assert found.verdict is VerdictKind.NOT_MET
    assert found.because.endswith("judged as if the criterion applied.")
    passing = replace(HOURS, applies_when=AppliesWhen("offered_as", ("e-imet",)))
    assert only(passing, [course()]).verdict is VerdictKind.NOT_APPLICABLE


def test_a_taxonomy_without_the_topic_cannot_say_that_it_is_missing() -> None:
    """A criterion whose topic the taxonomy in use does not have is not determined."""
    rule = replace(TOPICS, topics=(RequiredTopic("x", "space law", ("SPACE.GEN",)),))
    found = only(rule, [course()])
    assert (found.verdict, "no topic for space law" in found.because) == (VerdictKind.NOT_DETERMINED, True)


def test_a_programme_has_what_one_of_its_courses_has() -> None:
    """A programme is judged once, over all courses, with one proof a course and topic."""
    rule = replace(TOPICS, level=Level.PROGRAMME, counts=Counts.INSTRUCTION)
    second = replace(course(), id="B")
    mentions = [
        mention("human-rights.general", None),
        mention("human-rights.life", None),
        mention("democracy.due-process", None, of="B"),
    ]
    (found,) = judged(rule, [course(), second], mentions)
    assert (found.course, found.verdict, len(found.evidence)) == (None, VerdictKind.MET, 2)


def test_a_programme_with_an_unread_course_is_not_accused() -> None:
    """What no course shows may stand in a syllabus that could not be read."""
    rule = replace(TOPICS, level=Level.PROGRAMME)
    unread = replace(course(status=CourseStatus.NOT_AUDITABLE), id="B")
    (found,) = judged(rule, [course(), unread], [mention("human-rights.life", None)])
    assert (found.verdict, found.missing) == (VerdictKind.NOT_DETERMINED, ("due process",))
    assert found.because.startswith("1 of 2 courses could not be read")


def test_the_order_of_the_input_changes_nothing() -> None:
    """Any order of courses and mentions gives the same verdicts, sorted by criterion and course."""
    courses = [replace(course(lesson("1", 8.0)), id=name) for name in "BAC"]
    mentions = [mention("human-rights.general", "1", of=name) for name in "CAB"]
    results = {
        judged(HOURS, some, others)
        for some in itertools.permutations(courses)
        for others in itertools.permutations(mentions)
    }
    assert len(results) == 1
    assert [verdict.course for verdict in results.pop()] == ["A", "B", "C"]
