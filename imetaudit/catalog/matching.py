"""Which document is the syllabus of which course, once the documents have been read.

It knows the order in which a document is matched: the line that names it, the id in the syllabus, its title, the file's
name; and that a doubtful match is no match: the document is listed, with what spoke for whom. It opens no file and
judges no content.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from imetaudit.catalog.likeness import Likeness, Signal, names
from imetaudit.catalog.reading import Catalog
from imetaudit.catalog.rules import CatalogRules, load_rules, natural
from imetaudit.model import Course, CoursePart, DocumentMatch, Identity, MatchReason


@dataclass(frozen=True)
class Told:
    """What one document says of the course, or the courses, that it belongs to."""

    identity: Identity = field(default_factory=Identity)
    parts: tuple[CoursePart, ...] = ()
    """Its courses, where it describes several."""
    language: str | None = None


@dataclass(frozen=True)
class Claim:
    """A document that is a course's, and why."""

    document: str
    reason: MatchReason
    parts: tuple[CoursePart, ...] | None = None
    """Of a document that describes several courses, those of this one (none where it does not describe it); None
    where the whole document is the course's."""

    def holds(self, offset: int) -> bool:
        """Tell whether a place of the document is in what is the course's."""
        return self.parts is None or any(part.start <= offset < part.end for part in self.parts)

    def told(self) -> DocumentMatch:
        """Return the claim as the result has it."""
        if not self.parts:
            return DocumentMatch(self.document, self.reason)
        pages = [part.page for part in self.parts if part.page is not None]
        last = [part.last_page for part in self.parts if part.last_page is not None]
        return DocumentMatch(
            self.document, self.reason, self.parts[0].start, self.parts[-1].end,
            min(pages, default=None), max(last, default=None),
        )  # fmt: skip


@dataclass(frozen=True)
class MatchedCourse:
    """A course with its documents."""

    course: Course
    claims: tuple[Claim, ...] = ()
    """By document; the course's files are theirs."""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Matching:
    """All courses with their documents, and what is left over."""

    courses: tuple[MatchedCourse, ...]
    """By id, numbers by value."""
    unclaimed: tuple[str, ...] = ()
    """Documents of which nothing belongs to any course."""
    warnings: tuple[str, ...] = ()


def match_courses(listing: Catalog, told: Mapping[str, Told], rules: CatalogRules | None = None) -> Matching:
    """Give the documents of a catalogue to its courses.

    Args:
        listing: The catalogue; its courses have the files that their lines name.
        told: What the documents that could be read say of themselves.
        rules: When a match is doubtful; None takes those that come with the program.
    """
    return _Match(listing, told, rules or load_rules()).made()


@dataclass
class _Claims:
    """What one course has so far."""

    claims: list[Claim] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


class _Match:
    """The matching of one catalogue."""

    def __init__(self, listing: Catalog, told: Mapping[str, Told], rules: CatalogRules) -> None:
        self._listing = listing
        self._told = told
        self._likeness = Likeness(listing.courses, rules)
        self._made: dict[str, _Claims] = {course.id: _Claims() for course in listing.courses}
        self._warnings: list[str] = []
        self._unclaimed: list[str] = []

    def made(self) -> Matching:
        """Return the matching."""
        namers: dict[str, list[Course]] = defaultdict(list)
        for course in self._listing.courses:
            for name in course.files:
                namers[name].append(course)
        for name, courses in namers.items():
            self._named(name, courses)
        for name in self._listing.unnamed:
            self._unnamed(name)
        return Matching(tuple(map(self._settled, self._listing.courses)), tuple(self._unclaimed), tuple(self._warnings))

    def _settled(self, course: Course) -> MatchedCourse:
        made = self._made[course.id]
        claims = tuple(sorted(made.claims, key=lambda claim: (natural(claim.document), claim.document)))
        found = [claim for claim in claims if claim.reason is not MatchReason.NAMED]
        warnings = list(made.warnings)
        if len(found) > 1:
            listed = ", ".join(f"{claim.document} ({claim.reason})" for claim in found)
            warnings.append(f"{len(found)} files are taken for its syllabus: {listed}")
        return MatchedCourse(
            replace(course, files=tuple(claim.document for claim in claims)), claims, tuple(dict.fromkeys(warnings))
        )

    # --- files that lines name ---

    def _named(self, name: str, courses: Sequence[Course]) -> None:
        told = self._told.get(name, Told())
        if told.parts:
            self._shared_out(name, told, courses)
            return
        if len(courses) > 1:
            listed = ", ".join(sorted((course.id for course in courses), key=natural))
            self._warnings.append(f"{name}: the syllabus of more than one course ({listed})")
        for course in courses:
            self._made[course.id].claims.append(Claim(name, MatchReason.NAMED))
            against = self._likeness.contradicts(course, told.identity)
            if against:
                self._made[course.id].warnings.append(f"{name} {against}; the catalogue names it for {course.id}")

    def _shared_out(self, name: str, told: Told, courses: Sequence[Course]) -> None:
        """Give each course that names a document of several its own part."""
        parts = {course.id: self._parts_of(course, told.parts) for course in courses}
        taken = {part.start for own in parts.values() for part in own}
        for course in courses:
            made, own = self._made[course.id], parts[course.id]
            if own:
                made.claims.append(Claim(name, MatchReason.NAMED, own))
            elif len(courses) == 1 or not taken:
                made.claims.append(Claim(name, MatchReason.NAMED))
                made.warnings.append(
                    f"{name} seems to describe {len(told.parts)} courses, none of them this; all of it was read"
                )
            else:
                made.claims.append(Claim(name, MatchReason.NAMED, ()))
                made.warnings.append(f"{name} describes {len(told.parts)} courses and not this one; it was not audited")
        if taken:
            self._left_over(name, [part for part in told.parts if part.start not in taken])

    def _parts_of(self, course: Course, parts: Sequence[CoursePart]) -> tuple[CoursePart, ...]:
        """Return the parts with the course's id, or else with its title."""
        for sign in (self._likeness.by_id, self._likeness.by_title):
            found = [(part, sign(part.identity)) for part in parts]
            own = tuple(part for part, signal in found if signal and course.id in signal.courses)
            if own:
                return own
        return ()

    # --- files that no line names ---

    def _unnamed(self, name: str) -> None:
        told = self._told.get(name, Told())
        if told.parts:
            self._left_over(name, told.parts, whole=True)
            return
        signals = [
            self._likeness.by_id(told.identity),
            self._likeness.by_title(told.identity),
            self._likeness.by_file_name(name),
        ]
        course, reason, doubt = self._decided([signal for signal in signals if signal])
        if course is None or reason is None:
            self._unclaimed.append(name)
            self._warnings.append(
                f"{name}: {doubt}; no course of the catalogue names this file, and it belongs to none"
            )
            return
        self._made[course].claims.append(Claim(name, reason))
        if doubt:
            self._made[course].warnings.append(f"{name} found by {_in_words(reason)}: {doubt}")

    def _left_over(self, name: str, parts: Sequence[CoursePart], *, whole: bool = False) -> None:
        """Give the courses of a document that no line names for them to those that have no file named."""
        left: list[str] = []
        own: dict[tuple[str, MatchReason], list[CoursePart]] = defaultdict(list)
        for part in parts:
            signals = [self._likeness.by_id(part.identity), self._likeness.by_title(part.identity)]
            course, reason, doubt = self._decided([signal for signal in signals if signal])
            if course is None or reason is None:
                left.append(part.identity.course_id or part.identity.title or "")
                continue
            own[course, reason].append(part)
            if doubt:
                self._made[course].warnings.append(f"{name} found by {_in_words(reason)}: {doubt}")
        for (course, reason), found in own.items():
            self._made[course].claims.append(Claim(name, reason, tuple(found)))
        if left:
            count = "1 course that is" if len(left) == 1 else f"{len(left)} courses that are"
            self._warnings.append(
                f"{name}: describes {count} no line's of the catalogue ({', '.join(left)}); not audited"
            )
        if whole and not own:
            self._unclaimed.append(name)

    def _decided(self, signals: Sequence[Signal]) -> tuple[str | None, MatchReason | None, str]:
        """Return the course for which signals speak and the surest of them; or None with the doubt."""
        if not signals:
            return None, None, "no course has its id, title or name"
        chosen = signals[0].courses
        for other in signals[1:]:
            narrowed = tuple(course for course in chosen if course in other.courses)
            chosen = narrowed if len(chosen) > 1 and narrowed else chosen
        first = signals[0]
        if len(chosen) > 1:
            return None, None, f"by {_in_words(first.reason)} it may be of {names(chosen)}"
        course = chosen[0]
        supported = any(course in other.courses for other in signals[1:])
        against = [other for other in signals[1:] if course not in other.courses]
        if not supported and (against or first.weak):
            spoken = "; ".join(
                f"by {_in_words(each.reason)} it may be of {names(each.courses)}" for each in (first, *against)
            )
            return None, None, spoken
        if course not in self._listing.open:
            return (
                None,
                None,
                f"by {_in_words(first.reason)} it may be of {course}, whose line names other files or none",
            )
        doubts = [first.remark] if first.remark and not supported else []
        doubts += [f"by {_in_words(each.reason)} it may be of {names(each.courses)}" for each in against]
        return course, first.reason, "; ".join(doubts)


def _in_words(reason: MatchReason) -> str:
    return {MatchReason.ID: "the id in the syllabus", MatchReason.TITLE: "its title"}.get(reason, "the file's name")
