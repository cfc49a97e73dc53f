"""The courses of a folder without a catalogue: every document is one, or each course that a document describes.

It knows that a course bears the id that its syllabus states where no other does. Two files that
state the same id stay two courses, with a warning: only a catalogue can say that they are one. It opens no file.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from imetaudit.catalog.matching import Claim, MatchedCourse, Matching, Told
from imetaudit.catalog.reading import Catalog
from imetaudit.catalog.rules import natural
from imetaudit.folding import plain
from imetaudit.model import MEMBER, Course, CoursePart, Identity, MatchReason


@dataclass(frozen=True)
class _Syllabus:
    """A document, or a part of one."""

    name: str
    document: str
    identity: Identity
    part: CoursePart | None

    @property
    def key(self) -> str:
        """The id that it states, without what parts it; empty where it states none."""
        return plain(self.identity.course_id or "").replace(" ", "")


def courses_told(listing: Catalog, told: Mapping[str, Told]) -> Matching:
    """Return the courses that the documents of a folder make.

    Args:
        listing: The folder, in which every file is a course.
        told: What the documents that could be read say of themselves.
    """
    syllabi = [each for course in listing.courses for each in _syllabi(course, told)]
    groups = _joined(syllabi)
    ids = _ids(groups)
    courses = (_course(course, group) for course, group in zip(ids, groups, strict=True))
    settled = sorted(courses, key=lambda each: (each.course.id, each.course.files))
    return Matching(tuple(settled), (), (*_described(told), *_of_one_id(syllabi)))


def _syllabi(course: Course, told: Mapping[str, Told]) -> Iterator[_Syllabus]:
    for name in course.files:
        said = told.get(name, Told())
        if not said.parts:
            yield _Syllabus(course.id, name, said.identity, None)
        for part in said.parts:
            number = part.identity.course_id or part.identity.title or ""
            yield _Syllabus(f"{course.id}{MEMBER}{number}", name, part.identity, part)


def _joined(syllabi: Sequence[_Syllabus]) -> list[list[_Syllabus]]:
    """Put the syllabi together that are plainly of one course."""
    by_key: dict[str, list[list[_Syllabus]]] = defaultdict(list)
    groups: list[list[_Syllabus]] = []
    for each in syllabi:
        own = next((group for group in by_key[each.key] if each.key and _is_one(group, each)), None)
        if own is not None:
            own.append(each)
            continue
        groups.append([each])
        by_key[each.key].append(groups[-1])
    return groups


def _is_one(group: Sequence[_Syllabus], other: _Syllabus) -> bool:
    """Tell whether a part goes on with a course of its own document: two files are two courses without a catalogue."""
    first = group[0]
    titles = plain(first.identity.title or ""), plain(other.identity.title or "")
    return first.document == other.document and titles[0] == titles[1] != ""


def _ids(groups: Sequence[Sequence[_Syllabus]]) -> list[str]:
    """Return an id for each course: the one it states, where only one course does, or else its place."""
    stated = Counter(group[0].key for group in groups)
    wanted = [
        group[0].identity.course_id or group[0].name if stated[group[0].key] == 1 and group[0].key else group[0].name
        for group in groups
    ]
    for attempt in range(2):
        taken = Counter(wanted)
        wanted = [
            course if taken[course] == 1 else group[0].name if not attempt else _numbered(course, group[0])
            for course, group in zip(wanted, groups, strict=True)
        ]
    return wanted


def _numbered(course: str, syllabus: _Syllabus) -> str:
    """Return an id that says where the course begins: several parts of one document state the same number."""
    return course if syllabus.part is None else f"{course}@{syllabus.part.start}"


def _course(course: str, group: Sequence[_Syllabus]) -> MatchedCourse:
    parts: dict[str, list[CoursePart] | None] = {}
    for each in group:
        own = parts.setdefault(each.document, None if each.part is None else [])
        if own is not None and each.part is not None:
            own.append(each.part)
    claims = tuple(
        Claim(document, MatchReason.OWN, tuple(own) if own is not None else None)
        for document, own in sorted(parts.items(), key=lambda item: (natural(item[0]), item[0]))
    )
    files = tuple(claim.document for claim in claims)
    return MatchedCourse(Course(course, files=files), claims)


def _described(told: Mapping[str, Told]) -> Iterator[str]:
    """Yield how many courses each document describes."""
    for name in sorted(told):
        if told[name].parts:
            count = len(told[name].parts)
            yield f"{name}: describes {count} courses, each audited by itself; what is before and after them is of none"


def _of_one_id(syllabi: Sequence[_Syllabus]) -> Iterator[str]:
    """Yield which files state the same id: without a catalogue each is audited by itself."""
    files: dict[str, dict[str, str]] = defaultdict(dict)
    for each in syllabi:
        if each.key and each.part is None:
            files[each.key].setdefault(each.document, each.identity.course_id or "")
    for names in files.values():
        if len(names) > 1:
            listed, number = ", ".join(sorted(names, key=natural)), next(iter(names.values()))
            yield (
                f"{listed}: state the same id {number} and are audited each by itself; "
                "if they are of one course, list them under it in courses.csv"
            )
