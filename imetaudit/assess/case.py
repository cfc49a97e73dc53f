"""What is known of each course when it is judged: its kept mentions, its lessons, and what was not read.

It knows which topics of the taxonomy in use stand behind the codes of a criterion. It gives no verdict.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from imetaudit.assess.lessons import CourseLessons
from imetaudit.folding import fold
from imetaudit.model import CourseRecord, CourseStatus, Coverage, Mention, Outcome
from imetaudit.taxonomy.standards import RequiredTopic, matching_codes


@dataclass(frozen=True)
class CourseEvidence:
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

    @cached_property
    def topics(self) -> frozenset[str]:
        """The ids of all topics of which a mention was kept."""
        return frozenset(mention.topic for mention in self.mentions)


@dataclass(frozen=True)
class Case:
    """All that is judged."""

    courses: tuple[CourseRecord, ...]
    evidence: Mapping[str, CourseEvidence]
    """Of the audited courses."""
    codes: Mapping[str, str]

    @cached_property
    def attributes(self) -> frozenset[str]:
        """The folded names of all attributes that any course states."""
        return frozenset(plain_words(name) for course in self.courses for name in course.attributes)

    def topics(self, required: RequiredTopic, evidence: CourseEvidence) -> frozenset[str]:
        """Return the ids of the topics that show what is required, in this course."""
        wanted = self._named(required.codes) - self._named(required.excluded)
        for pattern, others in required.beside.items():
            if not self._named(others) & evidence.topics:
                wanted -= self._named((pattern,))
        return wanted

    def knows(self, required: RequiredTopic) -> bool:
        """Tell whether the taxonomy in use has any topic that shows what is required."""
        return bool(self._named(required.codes) - self._named(required.excluded))

    def _named(self, patterns: tuple[str, ...]) -> frozenset[str]:
        """Return the ids of the topics whose codes the patterns name; worked out once, as each course asks again."""
        if patterns not in self._topics:
            self._topics[patterns] = frozenset(self.codes[code] for code in matching_codes(patterns, self.codes))
        return self._topics[patterns]

    @cached_property
    def _topics(self) -> dict[tuple[str, ...], frozenset[str]]:
        return {}


def gather(
    courses: Sequence[CourseRecord],
    coverage: Sequence[Coverage],
    mentions: Sequence[Mention],
    codes: Mapping[str, str],
    partly_read: Collection[str] = (),
) -> Case:
    """Gather what is known of each course; the arguments are those of `verdicts.judge`."""
    kept: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.kept:
            kept[mention.course].append(mention)
    not_shown: dict[str, set[str]] = defaultdict(set)
    doubtful = set(partly_read)
    for row in coverage:
        if row.outcome is Outcome.NOT_AUDITABLE:
            doubtful.add(row.course)
        if row.level == "topic" and row.outcome is not Outcome.COVERED:
            not_shown[row.course].add(row.topic)
    evidence = {
        course.id: CourseEvidence(
            record=course,
            mentions=tuple(sorted(kept[course.id], key=lambda mention: mention.id)),
            shown=frozenset({mention.topic for mention in kept[course.id]} - not_shown[course.id]),
            partly_read=course.id in doubtful,
        )
        for course in courses
        if course.status is CourseStatus.AUDITED
    }
    return Case(tuple(courses), evidence, codes)


def plain_words(text: str) -> str:
    """Return text so that spelling variants of one attribute are equal."""
    return " ".join(re.findall(r"\w+", fold(text).replace("_", " ")))
