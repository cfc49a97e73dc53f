"""The lessons of one course, each counted once: which of them a mention stands in, and how many hours they hold.

It knows that two files of a course may hold the same schedule (an edition in another format or language), and that a
number may be given twice. It knows nothing of topics or criteria. Where a syllabus leaves hours open it gives bounds,
never a guess.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from imetaudit.folding import fold
from imetaudit.model import LessonRecord, Mention

# How many names a sentence lists before it says how many more there are; a matter of reading, not of judgement.
NAMES_IN_A_SENTENCE = 6
LETTERS_IN_A_NAME = 60
# What the rounding of 45- and 50-minute periods may add up to over a course, in hours; a matter of arithmetic.
ROUNDING = 0.1


class CourseLessons:
    """The lessons of one course, in the order of the syllabus.

    A lesson is an index from 0; the copies of a lesson share the index of the first.
    """

    def __init__(self, records: Sequence[LessonRecord]) -> None:
        """Find out which records are the same lesson."""
        self._records = tuple(records)
        self._same = _same_lessons(self._records)
        self._copies: dict[int, list[LessonRecord]] = defaultdict(list)
        for same, record in zip(self._same, self._records, strict=True):
            self._copies[same].append(record)
        self._places: dict[tuple[str, str, str, int | None], tuple[int, ...]] = {}
        self._by_name: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._anywhere: dict[str, list[int]] = defaultdict(list)
        for index, record in enumerate(self._records):
            for name in {record.number or record.title, record.title} - {""}:
                self._by_name[record.document, name].append(index)
                self._anywhere[name].append(index)

    @cached_property
    def mandatory(self) -> tuple[int, ...]:
        """The lessons that every student attends."""
        return tuple(lesson for lesson in sorted(self._copies) if self.is_mandatory(lesson))

    @cached_property
    def optional(self) -> tuple[int, ...]:
        """The lessons that a student may leave out."""
        return tuple(lesson for lesson in sorted(self._copies) if not self.is_mandatory(lesson))

    def is_mandatory(self, lesson: int) -> bool:
        """Tell whether every student attends the lesson; if any copy calls it optional, it is."""
        return all(copy.mandatory for copy in self._copies[lesson])

    def hours(self, lesson: int) -> float | None:
        """Return the 60-minute hours of the lesson; None where no copy states them."""
        return next((copy.hours for copy in self._copies[lesson] if copy.hours is not None), None)

    def name(self, lesson: int) -> str:
        """Return the number of the lesson, or its title in quotation marks where it has none."""
        record = self._records[lesson]
        title = (
            record.title if len(record.title) <= LETTERS_IN_A_NAME else f"{record.title[:LETTERS_IN_A_NAME].rstrip()}…"
        )
        return record.number or f"“{title}”"

    def of(self, mention: Mention) -> tuple[int, ...]:
        """Return the lessons in which the mention may stand: one as a rule, several where a number is given twice."""
        if mention.lesson is None:
            return ()
        place = (mention.document, mention.lesson, mention.area, mention.page)
        if place not in self._places:
            self._places[place] = self._at(*place)
        return self._places[place]

    def _at(self, document: str, name: str, area: str, page: int | None) -> tuple[int, ...]:
        indexes = self._by_name.get((document, name), [])
        if not indexes:
            # A lesson that a second file has too is recorded with the first.
            indexes, page = self._anywhere.get(name, []), None
        indexes = [index for index in indexes if area in self._records[index].areas] or indexes
        return tuple(sorted({self._same[index] for index in _on_page(indexes, self._records, page)}))

    def carrying(self, mentions: Iterable[Mention]) -> tuple[frozenset[int], frozenset[int]]:
        """Return the mandatory lessons that carry one of the mentions, and those that only may carry one."""
        certain: set[int] = set()
        possible: set[int] = set()
        for mention in mentions:
            lessons = self.of(mention)
            mandatory = [lesson for lesson in lessons if self.is_mandatory(lesson)]
            (certain if len(lessons) == 1 else possible).update(mandatory)
        return frozenset(certain), frozenset(possible - certain)


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


def hours_of(
    lessons: CourseLessons, certain: Collection[int], possible: Collection[int], stated: float | None = None
) -> Measure:
    """Sum the 60-minute hours of lessons.

    Args:
        lessons: The lessons of the course.
        certain: Those that count.
        possible: Those that may count: it cannot be told.
        stated: The hours of the whole course as the syllabus states them, if it does.
    """
    known = [lessons.hours(each) for each in certain]
    least = sum(hours for hours in known if hours is not None)
    unstated = [lessons.name(each) for each in sorted(certain) if lessons.hours(each) is None]
    if unstated and not _adds_up(lessons, stated):
        return Measure(least, None, f"no hours are stated for {lesson_names(unstated)}")
    if not possible:
        return Measure(least, least, "")
    doubtful = [lessons.hours(each) for each in possible]
    most = None if None in doubtful else least + sum(hours for hours in doubtful if hours is not None)
    return Measure(least, most, "several lessons have one number, and it cannot be told which of them is meant")


def share_of(hours: Measure, lessons: CourseLessons, stated: float | None = None) -> Measure:
    """Turn hours into the share of the hours of all mandatory lessons, 0 to 1.

    Args:
        hours: Those that count.
        lessons: The lessons of the course.
        stated: The hours of the whole course as the syllabus states them, if it does.
    """
    known = _total(lessons, lessons.mandatory)
    unstated = [lessons.name(each) for each in lessons.mandatory if lessons.hours(each) is None]
    if known <= 0:
        return Measure(0.0, None, "no mandatory lesson states hours")
    # Lessons that count for nothing and lack hours can only lower the share, and nobody knows how far.
    most = None if hours.most is None else min(1.0, hours.most / known)
    if unstated and not _adds_up(lessons, stated):
        return Measure(0.0, most, f"no hours are stated for {lesson_names(unstated)}")
    whole = max(known, (stated or 0.0) - _total(lessons, lessons.optional))
    doubt = hours.doubt
    if whole > known + ROUNDING and not doubt:
        doubt = f"the lessons add up to {known:g} of the {whole:g} hours that the course is said to have"
    return Measure(hours.least / (whole if whole > known + ROUNDING else known), most, doubt)


def _adds_up(lessons: CourseLessons, stated: float | None) -> bool:
    """Tell whether the lessons that state hours make up the whole course, so that the others have none."""
    mandatory = _total(lessons, lessons.mandatory)
    totals = (mandatory, mandatory + _total(lessons, lessons.optional))
    return stated is not None and any(total > 0 and abs(total - stated) <= ROUNDING for total in totals)


def _total(lessons: CourseLessons, some: Iterable[int]) -> float:
    return sum(lessons.hours(each) or 0.0 for each in some)


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
