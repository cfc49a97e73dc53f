"""Coverage: from findings to the outcome and depth of a course on an area or topic.

It knows how points are added up by the rules of `taxonomies/coverage.yaml`, and which lessons carry an area. It works
on the findings of one course, from whatever files; it does not know texts, terms or other courses.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from imetaudit.folding import fold
from imetaudit.model import Depth, Lesson, Outcome, SectionKind, Strength
from imetaudit.taxonomy import CoverageRules


@dataclass(frozen=True)
class Evidence:
    """A kept finding, reduced to what judging needs."""

    topic: str
    quote: str
    strength: Strength
    kind: SectionKind
    document: str
    start: int
    end: int
    lesson: int | None
    """Index into the course's lessons."""
    heading: bool


@dataclass(frozen=True)
class Judgement:
    """What the evidence comes to."""

    outcome: Outcome
    depth: Depth | None
    points: float
    because: str
    lessons: tuple[int, ...]
    """Indexes of the lessons that carry the area or topic, in order."""


def judge(evidence: Sequence[Evidence], lessons: Sequence[Lesson], rules: CoverageRules) -> Judgement:
    """Judge the evidence of one course on one area or topic.

    Source: the rules and their reasons are in `taxonomies/coverage.yaml`; they follow the coding protocol.
    """
    points = total(evidence, rules)
    carrying = _carrying(evidence, rules)
    if points >= rules.covered.points:
        depth, why = _depth(evidence, carrying, lessons, rules)
        return Judgement(Outcome.COVERED, depth, points, f"{_sum(points, rules.covered.points)}; {why}", carrying)
    if points >= rules.mentioned.points:
        because = f"{_sum(points, rules.covered.points)}: mentioned, not taught"
        return Judgement(Outcome.MENTIONED_ONLY, None, points, because, carrying)
    because = (
        f"{_sum(points, rules.mentioned.points)}: below the bar" if evidence else "no wording of the topic was kept"
    )
    return Judgement(Outcome.NO_EVIDENCE, None, points, because, ())


def total(evidence: Iterable[Evidence], rules: CoverageRules) -> float:
    """Return the points of the evidence: strength times place, repeats less, each place and the weak ones capped.

    Words that serve two topics of an area count once, with the higher value.
    """
    by_place: dict[SectionKind, float] = defaultdict(float)
    weak, seen = 0.0, set[str]()
    for item in _apart(sorted(evidence, key=lambda each: (-_value(each, rules), each.document, each.start))):
        wording = fold(item.quote)
        value = _value(item, rules) * (rules.repeat.share if wording in seen else 1.0)
        seen.add(wording)
        if item.strength is Strength.WEAK:
            weak += value
        else:
            by_place[_place(item, rules)] += value
    capped = sum(min(points, rules.places[kind].cap or points) for kind, points in by_place.items())
    return round(capped + min(weak, rules.weak_cap.points), 4)


def _apart(evidence: Iterable[Evidence]) -> Iterator[Evidence]:
    """Yield the evidence without what overlaps something before it: words that serve two topics count once."""
    taken: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for item in evidence:
        if not any(start < item.end and item.start < end for start, end in taken[item.document]):
            taken[item.document].append((item.start, item.end))
            yield item


def _value(item: Evidence, rules: CoverageRules) -> float:
    return rules.strengths[item.strength].points * rules.places[_place(item, rules)].weight


def _place(item: Evidence, rules: CoverageRules) -> SectionKind:
    return item.kind if item.kind in rules.places else SectionKind.OTHER


def _carrying(evidence: Sequence[Evidence], rules: CoverageRules) -> tuple[int, ...]:
    """Return the lessons whose own evidence reaches the points of a lesson."""
    by_lesson: dict[int, list[Evidence]] = defaultdict(list)
    for item in evidence:
        if item.lesson is not None:
            by_lesson[item.lesson].append(item)
    return tuple(sorted(index for index, items in by_lesson.items() if total(items, rules) >= rules.lesson.points))


def _depth(
    evidence: Sequence[Evidence], carrying: Sequence[int], lessons: Sequence[Lesson], rules: CoverageRules
) -> tuple[Depth, str]:
    """Return how deep a covered area or topic goes, and why."""
    titled = any(item.kind is SectionKind.TITLE and item.strength is not Strength.WEAK for item in evidence)
    blocks = _blocks(evidence, rules)
    least = rules.depth.course
    if len(lessons) >= least.lessons and len(carrying) >= least.share * len(lessons):
        return Depth.COURSE, f"{len(carrying)} of {len(lessons)} lessons carry it"
    if titled and blocks:
        return Depth.COURSE, f"the title names it, and so does {blocks[0]}"
    if blocks:
        return Depth.BLOCK, f"{blocks[0]} is about it"
    return Depth.PART, "no lesson, objective or assessment is about it as a whole"


def _blocks(evidence: Sequence[Evidence], rules: CoverageRules) -> list[str]:
    """Return what is about the area as a whole: objective, assessment, and lessons whose title names it."""
    found = []
    for kind in (SectionKind.OBJECTIVE, SectionKind.ASSESSMENT):
        if total([item for item in evidence if item.kind is kind], rules) >= rules.depth.block.points:
            found.append(f"an {kind.value}")
    titles = {
        item.lesson
        for item in evidence
        if item.heading and item.lesson is not None and item.strength is not Strength.WEAK
    }
    own = [item for item in evidence if item.lesson in titles]
    if titles and total(own, rules) >= rules.depth.block.points:
        found.append("a lesson")
    return found


def _sum(points: float, bar: float) -> str:
    return f"{points:.2f} points where {bar:.2f} are needed"
