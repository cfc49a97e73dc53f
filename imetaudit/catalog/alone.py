"""The courses of a folder without a catalogue: every document is one, or each course that a document describes.

It knows that a course bears the id that its syllabus states where no other does, and when two documents are plainly
the syllabus of one course. It opens no file.
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
    language: str | None

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
    return Matching(tuple(settled), (), tuple(_left_over(told)))


def _syllabi(course: Course, told: Mapping[str, Told]) -> Iterator[_Syllabus]:
    for name in course.files:
        said = told.get(name, Told())
        if not said.parts:
            yield _Syllabus(course.id, name, said.identity, None, said.language)
        for part in said.parts:
            number = part.identity.course_id or part.identity.title or ""
            yield _Syllabus(f"{course.id}{MEMBER}{number}", name, part.identity, part, said.language)


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
    """Tell whether a syllabus of the same id is of the same course: same title, or the same in another language."""
    return all(_same(each, other) for each in group)


def _same(one: _Syllabus, other: _Syllabus) -> bool:
    for field in ("edition", "instructor", "department", "school", "institution"):
        said, again = (plain(getattr(each.identity, field) or "") for each in (one, other))
        # A school's name is written in another language too.
        if said and again and said != again and (one.language == other.language or field == "edition"):
            return False
    titles = plain(one.identity.title or ""), plain(other.identity.title or "")
    if all(titles) and titles[0] == titles[1]:
        return True
    told = one.language and other.language and one.language != other.language
    return bool(told) and one.document != other.document


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
    warnings: tuple[str, ...] = ()
    if len(files) > 1:
        warnings = (f"{len(files)} files state its id and are taken for one course: {', '.join(files)}",)
    return MatchedCourse(Course(course, files=files), claims, warnings)


def _left_over(told: Mapping[str, Told]) -> Iterator[str]:
    """Yield how many courses each document describes."""
    for name in sorted(told):
        if told[name].parts:
            count = len(told[name].parts)
            yield f"{name}: describes {count} courses, each audited by itself; what is before and after them is of none"
