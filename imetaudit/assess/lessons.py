"""The lessons of one course, each counted once: which of them a mention stands in, and how many hours they hold.

It knows that two files of a course may hold the same schedule (an edition in another format or language), and that a
number may be given twice. It knows nothing of topics or criteria. Where a syllabus leaves hours open it gives bounds,
never a guess.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from imetaudit.folding import fold
from imetaudit.model import LessonRecord, Mention

# How many names a sentence lists before it says how many more there are; a matter of reading, not of judgement.
NAMES_IN_A_SENTENCE = 6


class CourseLessons:
    """The lessons of one course, in the order of the syllabus.

    A lesson is an index from 0; the copies of a lesson share the index of the first.
    """

    def __init__(self, records: Sequence[LessonRecord]) -> None:
        """Find out which records are the same lesson."""
        self._records = tuple(records)
        self._same = _same_lessons(self._records)
        self._by_name: dict[tuple[str, str], list[int]] = defaultdict(list)
        for index, record in enumerate(self._records):
            for name in {record.number or record.title, record.title} - {""}:
                self._by_name[record.document, name].append(index)

    @property
    def optional(self) -> tuple[int, ...]:
        """The lessons that a student may leave out."""
        return tuple(index for index in sorted(set(self._same)) if not self.is_mandatory(index))

    @property
    def mandatory(self) -> tuple[int, ...]:
        """The lessons that every student attends."""
        return tuple(index for index in sorted(set(self._same)) if self.is_mandatory(index))

    def is_mandatory(self, lesson: int) -> bool:
        """Tell whether every student attends the lesson; if any copy calls it optional, it is."""
        return all(self._records[index].mandatory for index in self._copies(lesson))

    def hours(self, lesson: int) -> float | None:
        """Return the 60-minute hours of the lesson; None where no copy states them."""
        stated = (self._records[index].hours for index in self._copies(lesson))
        return next((hours for hours in stated if hours is not None), None)

    def name(self, lesson: int) -> str:
        """Return the number of the lesson, or its title in quotation marks where it has none."""
        record = self._records[lesson]
        return record.number or f"“{record.title}”"

    def of(self, mention: Mention) -> tuple[int, ...]:
        """Return the lessons in which the mention may stand: one as a rule, several where a number is given twice."""
        if mention.lesson is None:
            return ()
        indexes = self._by_name.get((mention.document, mention.lesson), [])
        with_area = [index for index in indexes if mention.area in self._records[index].areas]
        indexes = with_area or indexes
        return tuple(sorted({self._same[index] for index in _on_page(indexes, self._records, mention.page)}))

    def carrying(self, mentions: Iterable[Mention]) -> tuple[frozenset[int], frozenset[int]]:
        """Return the mandatory lessons that carry one of the mentions, and those that only may carry one."""
        certain: set[int] = set()
        possible: set[int] = set()
        for mention in mentions:
            lessons = [lesson for lesson in self.of(mention) if self.is_mandatory(lesson)]
            (certain if len(self.of(mention)) == 1 else possible).update(lessons)
        return frozenset(certain), frozenset(possible - certain)

    def _copies(self, lesson: int) -> list[int]:
        return [index for index, same in enumerate(self._same) if same == lesson]


def _on_page(indexes: Sequence[int], records: Sequence[LessonRecord], page: int | None) -> list[int]:
    """Keep the lessons that begin on the last page on which one begins at or before the mention's page."""
    pages = [records[index].page for index in indexes]
    if page is None or None in pages or len(indexes) < 2:
        return list(indexes)
    before = [begin for begin in pages if begin is not None and begin <= page]
    return [index for index in indexes if records[index].page == max(before)] if before else list(indexes)


def _same_lessons(records: Sequence[LessonRecord]) -> tuple[int, ...]:
    """Return, for each record, the index of the first record that is the same lesson.

    Two files of a course hold the same schedule if their lessons have the same numbers and hours one after the other
    (an edition in another language), and two records of different files are the same lesson if number and title are.
    """
    same = list(range(len(records)))
    by_document: dict[str, list[int]] = defaultdict(list)
    for index, record in enumerate(records):
        by_document[record.document].append(index)
    schedules: dict[tuple[tuple[str, float | None], ...], list[int]] = {}
    named: dict[tuple[str, str], int] = {}
    for indexes in by_document.values():
        schedule = tuple((fold(records[index].number), records[index].hours) for index in indexes)
        # A schedule of one lesson, or without a number or an hour, is alike too easily.
        telling = len(schedule) > 1 and all(number for number, _ in schedule) and any(hours for _, hours in schedule)
        first = schedules.setdefault(schedule, indexes) if telling else indexes
        taken: dict[tuple[str, str], int] = {}
        for position, index in enumerate(indexes):
            key = (fold(records[index].number), fold(records[index].title))
            if first is not indexes:
                same[index] = same[first[position]]
            elif records[index].title and key in named:
                same[index] = named[key]
            taken.setdefault(key, same[index])
        for key, lesson in taken.items():
            named.setdefault(key, lesson)
    return tuple(same)


@dataclass(frozen=True)
class Measure:
    """The least and the most that a syllabus allows."""

    least: float
    most: float | None
    """None where nothing bounds it."""
    doubt: str
    """Why the two differ, as a clause; empty where they do not."""


def hours_of(lessons: CourseLessons, certain: Collection[int], possible: Collection[int]) -> Measure:
    """Sum the 60-minute hours of lessons.

    Args:
        lessons: The lessons of the course.
        certain: Those that count.
        possible: Those that may count: it cannot be told.
    """
    stated = [lessons.hours(each) for each in certain]
    least = sum(hours for hours in stated if hours is not None)
    unstated = [lessons.name(each) for each in sorted(certain) if lessons.hours(each) is None]
    if unstated:
        return Measure(least, None, f"no hours are stated for {lesson_names(unstated)}")
    if not possible:
        return Measure(least, least, "")
    doubtful = [lessons.hours(each) for each in possible]
    most = None if None in doubtful else least + sum(hours for hours in doubtful if hours is not None)
    return Measure(least, most, "several lessons have one number, and it cannot be told which of them is meant")


def share_of(hours: Measure, lessons: CourseLessons, stated: float | None) -> Measure:
    """Turn hours into the share of the hours of all mandatory lessons, 0 to 1.

    Args:
        hours: Those that count.
        lessons: The lessons of the course.
        stated: The hours of the whole course as the syllabus states them, if it does.
    """
    known = sum(lessons.hours(each) or 0.0 for each in lessons.mandatory)
    unstated = [lessons.name(each) for each in lessons.mandatory if lessons.hours(each) is None]
    if unstated or known <= 0:
        # A lesson without hours may weigh on either side of the share, so nothing but 0 and 1 bounds it.
        return Measure(
            0.0, 1.0, f"no hours are stated for {lesson_names(unstated)}" if unstated else "no hour is stated"
        )
    optional = sum(lessons.hours(each) or 0.0 for each in lessons.optional)
    whole = max(known, (stated or 0.0) - optional)
    most = None if hours.most is None else min(1.0, hours.most / known)
    doubt = hours.doubt
    if whole > known + 1e-6 and not doubt:
        doubt = f"the lessons add up to {known:g} of the {whole:g} hours that the course is said to have"
    return Measure(hours.least / whole, most, doubt)


def lesson_names(names: Sequence[str]) -> str:
    """Return `lesson 4` or `lessons 4, 5 and 6`."""
    return f"{'lesson' if len(names) == 1 else 'lessons'} {names_in_text(names)}"


def names_in_text(names: Iterable[str], last: str = "and") -> str:
    """Put names into a sentence; beyond a few, say how many more there are.

    >>> names_in_text(["due process", "rule of law", "human rights"])
    'due process, rule of law and human rights'
    """
    shown = list(names)
    if len(shown) > NAMES_IN_A_SENTENCE + 1:
        shown = [*shown[:NAMES_IN_A_SENTENCE], f"{len(shown) - NAMES_IN_A_SENTENCE} more"]
        last = "and"
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} {last} {shown[-1]}"
