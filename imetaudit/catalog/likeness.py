"""Whether a syllabus's own id or title is that of a line of the catalogue, and how surely.

It knows the spellings of ids (hyphens, blanks, a section's number, a school's letters before) and of titles. It
compares texts and knows neither files nor who claims what.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from imetaudit.catalog.rules import CatalogRules
from imetaudit.folding import plain
from imetaudit.model import Course, Identity, MatchReason

_NUMERAL = re.compile(r"\d+|[ivx]+")


@dataclass(frozen=True)
class Signal:
    """What speaks for courses, and how surely."""

    reason: MatchReason
    courses: tuple[str, ...]
    """Ids of courses, in the catalogue's order; more than one where it cannot be told which."""
    weak: bool = False
    """Too little to count alone."""
    remark: str = ""
    """Why it is not quite certain; empty where it is."""


class Likeness:
    """The courses of a catalogue, made ready to be compared."""

    def __init__(self, courses: Sequence[Course], rules: CatalogRules) -> None:
        """Index ids and titles."""
        self._rules = rules
        self._ids = {course.id: self._numbers(course) for course in courses}
        self._titles = {course.id: plain(course.title) for course in courses if plain(course.title)}
        self._patterns = {course.id: id_pattern(course.id) for course in courses}

    def _numbers(self, course: Course) -> frozenset[str]:
        """Return the numbers under which a course goes, without what parts them."""
        others = (value for name, value in course.attributes.items() if plain(name) in self._rules.plain_number_columns)
        return frozenset(compact for compact in map(_compact, (course.id, *others)) if compact)

    def by_id(self, identity: Identity) -> Signal | None:
        """Return the courses whose id the syllabus states; one in a longer id counts, with a remark."""
        stated = [number for number in (identity.course_id, identity.masl) if number]
        wanted = {_compact(number) for number in stated}
        exact = tuple(course for course, numbers in self._ids.items() if numbers & wanted)
        if exact:
            # Behind its label `HR-1` is as sure as a longer id; `101` alone may be a room.
            short = all(len(each) <= self._rules.doubtful_id_length and each.isdecimal() for each in wanted)
            return Signal(MatchReason.ID, exact, short, "the id is short" if short else "")
        if not identity.course_id:
            return None
        holders = _longest(plain(identity.course_id), self._patterns, whole=True)
        remark = f"the syllabus calls it {identity.course_id}"
        short = all(len(_compact(course)) <= self._rules.doubtful_id_length for course in holders)
        return Signal(MatchReason.ID, holders, short, remark) if holders else None

    def by_title(self, identity: Identity) -> Signal | None:
        """Return the courses whose title the syllabus has, or else those with nearly that title."""
        title = plain(identity.title or "")
        if not title:
            return None
        weak = len(title.split()) < self._rules.least_title_words
        exact = tuple(course for course, own in self._titles.items() if own == title)
        if exact:
            return Signal(MatchReason.TITLE, exact, weak)
        near = tuple(course for course, own in self._titles.items() if self.alike(own, title))
        return Signal(MatchReason.TITLE, near, weak, f"the syllabus is titled “{identity.title}”") if near else None

    def by_file_name(self, path: str) -> Signal | None:
        """Return the courses whose id the name of a file holds, or else that of its folder, or whose title it holds."""
        own, folder = plain(stem(path)), plain(str(Path(path).parent))
        for words in (own, folder):
            holders = _longest(words, self._patterns, whole=False)
            if holders:
                short = all(len(_compact(course)) <= self._rules.doubtful_id_length for course in holders)
                return Signal(MatchReason.FILE_NAME, holders, short and words.replace(" ", "") != _compact(holders[0]))
        titled = tuple(
            course
            for course, title in self._titles.items()
            if len(title.split()) >= self._rules.least_title_words and f" {title} " in f" {folder} {own} "
        )
        return Signal(MatchReason.FILE_NAME, titled, False, "by the title in its name only") if titled else None

    def alike(self, one: str, other: str) -> bool:
        """Tell whether two plain titles are nearly the same; another numeral is another course."""
        if _numerals(one) != _numerals(other) or not set(one.split()) & set(other.split()):
            return False
        matcher = SequenceMatcher(None, one, other, autojunk=False)
        near = self._rules.near_title
        return matcher.real_quick_ratio() >= near and matcher.quick_ratio() >= near and matcher.ratio() >= near

    def contradicts(self, course: Course, identity: Identity) -> str:
        """Return what a syllabus says of itself against the course that it is said to be of; empty where nothing."""
        said, own = self.by_id(identity), self._titles.get(course.id, "")
        titled = self.by_title(identity)
        if said and course.id not in said.courses:
            return f"states the id {identity.course_id}, which is that of {' and '.join(said.courses)}"
        if titled and not titled.weak and not titled.remark and course.id not in titled.courses:
            return f"is titled “{identity.title}”, which is the title of {' and '.join(titled.courses)}"
        if said:
            return ""
        agrees = titled is not None and course.id in titled.courses
        if identity.course_id and not agrees:
            return f"states the id {identity.course_id}"
        title = plain(identity.title or "")
        shared = set(title.split()) & set(own.split())
        if title and own and not agrees and len(shared) < self._rules.title_overlap * len(set(own.split())):
            return f"is titled “{identity.title}”"
        return ""


def stem(name: str) -> str:
    """Return the last part of a path without its ending, which the id of a row in a table does not have.

    >>> stem("a/nav-310.pdf"), stem("descriptions.csv!/HR.101")
    ('nav-310', 'HR.101')
    """
    last = Path(name).name
    return re.sub(r"(?<=.)\.[A-Za-z][A-Za-z0-9]{0,7}$", "", last)


def id_pattern(course: str) -> re.Pattern[str]:
    """Return what finds an id in plain text, with or without its hyphens, not within a longer number or word."""
    pieces = re.findall(r"[0-9]+|[^0-9\s]+", plain(course))
    if not pieces:
        return re.compile(r"(?!)")
    before = "(?<![0-9])" if pieces[0].isdecimal() else r"(?<![^\W0-9])"
    after = "(?![0-9])" if pieces[-1].isdecimal() else r"(?![^\W0-9])"
    return re.compile(before + " ?".join(map(re.escape, pieces)) + after)


def _compact(number: str) -> str:
    return plain(number).replace(" ", "")


def _numerals(title: str) -> list[str]:
    return [word for word in title.split() if _NUMERAL.fullmatch(word)]


def _longest(words: str, patterns: dict[str, re.Pattern[str]], *, whole: bool) -> tuple[str, ...]:
    """Return the courses whose id plain words hold; of several those with the longest match.

    Where `whole`, an id must not run into further letters: `HR 101A` is not `HR 101`.
    """
    found: dict[str, int] = {}
    for course, pattern in patterns.items():
        match = pattern.search(words)
        if match and not (whole and words[match.end() : match.end() + 1].strip()):
            found[course] = match.end() - match.start()
    longest = max(found.values(), default=0)
    return tuple(course for course, length in found.items() if length == longest)


def names(courses: Iterable[str]) -> str:
    """Return ids in a sentence.

    >>> names(["A", "B", "C"])
    'A, B and C'
    """
    *first, last = courses
    return f"{', '.join(first)} and {last}" if first else last
