"""Points, outcomes and depth: what the rules of coverage.yaml make of evidence."""

from __future__ import annotations

import pytest

from imetaudit.assess.coverage import Evidence, judge, total
from imetaudit.model import Depth, Lesson, Outcome, SectionKind, Strength
from imetaudit.taxonomy import CoverageRules, Taxonomy


@pytest.fixture(scope="module")
def rules(taxonomy: Taxonomy) -> CoverageRules:
    """Return the shipped rules."""
    return taxonomy.coverage


def evidence(
    quote: str = "rule of law",
    strength: Strength = Strength.EXPLICIT,
    kind: SectionKind = SectionKind.LESSON,
    start: int = 0,
    lesson: int | None = None,
    heading: bool = False,
) -> Evidence:
    """Return one kept finding."""
    return Evidence("democracy.x", quote, strength, kind, "a.md", start, start + len(quote), lesson, heading)


LESSONS = [Lesson(str(number), f"Title {number}", 0, 1) for number in range(1, 7)]


@pytest.mark.parametrize("kind", [SectionKind.LESSON, SectionKind.OBJECTIVE, SectionKind.DESCRIPTION])
def test_one_explicit_wording_in_a_place_of_instruction_covers(kind: SectionKind, rules: CoverageRules) -> None:
    """The wording says the area by itself, and the place says that it is taught."""
    assert judge([evidence(kind=kind)], [], rules).outcome is Outcome.COVERED


def test_a_contextual_wording_needs_a_second_one(rules: CoverageRules) -> None:
    """One is a mention; a second, different one makes the area covered; the same again does not."""
    one = evidence("constitution", Strength.CONTEXTUAL)
    again = evidence("Constitution", Strength.CONTEXTUAL, start=100)
    other = evidence("elections", Strength.CONTEXTUAL, start=200)
    assert judge([one], [], rules).outcome is Outcome.MENTIONED_ONLY
    assert judge([one, again], [], rules).outcome is Outcome.MENTIONED_ONLY
    assert judge([one, other], [], rules).outcome is Outcome.COVERED


def test_weak_wordings_never_count_alone(rules: CoverageRules) -> None:
    """However many there are, they are at most a mention."""
    many = [evidence(f"congress {n}", Strength.WEAK, start=50 * n) for n in range(40)]
    assert total(many, rules) == rules.weak_cap.points
    assert judge(many, [], rules).outcome is Outcome.MENTIONED_ONLY


@pytest.mark.parametrize(
    "kind", [SectionKind.REQUIRED_READING, SectionKind.OPTIONAL_READING, SectionKind.TITLE, SectionKind.OTHER]
)
def test_readings_and_titles_alone_never_cover(kind: SectionKind, rules: CoverageRules) -> None:
    """The cap of such places lies below what coverage needs, however many mentions there are."""
    many = [evidence(f"rule of law {n}", kind=kind, start=50 * n) for n in range(40)]
    assert judge(many, [], rules).outcome is Outcome.MENTIONED_ONLY


def test_words_that_serve_two_topics_count_once(rules: CoverageRules) -> None:
    """Overlapping findings bring the points of the stronger one."""
    pair = [evidence("constitutional rule of law"), evidence("rule of law", start=15)]
    assert total(pair, rules) == 1.0
    assert total([pair[0], evidence("rule of law", start=100)], rules) == 2.0


def test_nothing_is_no_evidence(rules: CoverageRules) -> None:
    """Without evidence there is no depth, and the rule says so."""
    judgement = judge([], LESSONS, rules)
    assert (judgement.outcome, judgement.depth, judgement.points, judgement.lessons) == (
        Outcome.NO_EVIDENCE,
        None,
        0,
        (),
    )


def test_depth_grows_from_part_to_block_to_course(rules: CoverageRules) -> None:
    """A clause in a lesson is a part; a lesson's title makes a block; half of the lessons make the course."""
    clause = evidence(lesson=0)
    title = evidence(lesson=0, heading=True)
    half = [evidence(f"rule of law {n}", start=100 * n, lesson=n, heading=True) for n in range(3)]
    assert judge([clause], LESSONS, rules).depth is Depth.PART
    assert judge([title], LESSONS, rules).depth is Depth.BLOCK
    assert judge(half, LESSONS, rules).depth is Depth.COURSE


def test_a_title_beside_a_block_makes_the_course(rules: CoverageRules) -> None:
    """A course named for the area, with an objective on it, is about it."""
    named = evidence("democracy", Strength.CONTEXTUAL, SectionKind.TITLE)
    objective = evidence(kind=SectionKind.OBJECTIVE, start=50)
    assert judge([named, objective], LESSONS, rules).depth is Depth.COURSE


def test_lessons_that_carry_the_area_are_named_in_order(rules: CoverageRules) -> None:
    """A contextual wording is enough within a lesson, a weak one is not."""
    items = [
        evidence("elections", Strength.CONTEXTUAL, start=300, lesson=4),
        evidence(start=100, lesson=1),
        evidence("congress", Strength.WEAK, start=200, lesson=2),
    ]
    assert judge(items, LESSONS, rules).lessons == (1, 4)


def test_the_order_of_the_evidence_changes_nothing(rules: CoverageRules) -> None:
    """Points are the same from either end."""
    items = [evidence(f"w {n % 3}", list(Strength)[n % 4], list(rules.places)[n % 8], start=20 * n) for n in range(24)]
    assert total(items, rules) == total(items[::-1], rules)
