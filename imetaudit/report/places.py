"""Where things stand in the report: anchors of courses and passages, links to documents, and how much is shown.

It knows names of places only, and is the one home of the limits that keep a report on a thousand courses readable.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote

from imetaudit.model import file_of
from imetaudit.report.blocks import Line, Span, line
from imetaudit.report.numbers import CourseNumbers, ReportNumbers
from imetaudit.report.passages import Passage, best_for
from imetaudit.report.wording import clean, section_name, shorten

LARGE_CATALOGUE = 200
"""Courses above which pages show a selection, with everything in the CSV files. Source: project judgement."""
PASSAGES_LARGE = 8
"""Passages shown a course in a large catalogue, where the run's option `report_passages` says nothing."""
PASSAGES_SMALL = 200
"""Passages shown a course in any catalogue: a syllabus with more is not read to its end on paper."""
ASIDE_PER_REASON = 25
"""Passages shown of those set aside for one reason in one course."""


@dataclass(frozen=True)
class Places:
    """The anchors and limits of one report."""

    courses: Mapping[str, str]
    """Course id to anchor."""
    evidence: Mapping[str, str]
    """Mention id to the anchor of its passage, for the passages shown."""
    shown: Mapping[str, tuple[Passage, ...]]
    """Course id to the passages of evidence shown, in display order."""
    large: bool
    passages: int
    """The most passages of evidence that are shown of a course."""

    def course(self, course: CourseNumbers, *, title: bool = True) -> Line:
        """Return the course's id, and where wanted its title, with a link to its page."""
        name = Span(shorten(course.id, 60), href=f"#{self.courses[course.id]}")
        return line(name, f" {shorten(course.record.title, 120)}" if title and clean(course.record.title) else "")


def places(numbers: ReportNumbers) -> Places:
    """Return the places of a report on these numbers."""
    large = len(numbers.courses) > LARGE_CATALOGUE
    option = numbers.result.run.options.get("report_passages")
    limit = option if isinstance(option, int) and option > 0 else (PASSAGES_LARGE if large else PASSAGES_SMALL)
    areas = [area.id for area in numbers.areas]
    shown = {course.id: _selection(course, areas, limit) for course in numbers.courses}
    anchors = _anchors("course", [course.id for course in numbers.courses])
    ids = [passage.mentions[0].id for course in numbers.courses for passage in shown[course.id]]
    passage_anchors = _anchors("e", ids)
    evidence = {
        mention.id: passage_anchors[passage.mentions[0].id]
        for course in numbers.courses
        for passage in shown[course.id]
        for mention in passage.mentions
    }
    return Places(anchors, evidence, shown, large, limit)


def where(passage: Passage) -> Line:
    """Return where a passage stands: document, page, part and lesson."""
    return line(
        document_link(passage.document, passage.page),
        f", page {passage.page}" if passage.page is not None else "",
        f", {section_name(clean(passage.section))}" if passage.section else "",
        f" {shorten(passage.lesson, 60)}" if passage.lesson and passage.section == "lesson" else "",
        f", lesson {shorten(passage.lesson, 60)}" if passage.lesson and passage.section != "lesson" else "",
    )


def document_link(path: str, page: int | None = None) -> Span:
    """Return the path as a link relative to the audited folder, at the page in a format that can be opened so.

    A member of an archive or table cannot be opened by a link: it leads to the file that holds it.
    """
    file = file_of(path)
    safe = quote(file.encode("utf-8", "replace").lstrip(b"/"), safe="/")
    at_page = f"#page={page}" if page is not None and PurePosixPath(file).suffix.lower() == ".pdf" else ""
    return Span(shorten(path, 120), href=f"./{safe}{at_page}")


def _selection(course: CourseNumbers, areas: Iterable[str], limit: int) -> tuple[Passage, ...]:
    """Return the passages shown: the best of each area first, then the best of all, in display order."""
    if len(course.evidence) <= limit:
        return course.evidence
    best = [passage for area in areas if (passage := best_for(course.evidence, area)) is not None]
    chosen = {id(passage) for passage in best[:limit]}
    for passage in course.evidence:
        if len(chosen) >= limit:
            break
        chosen.add(id(passage))
    return tuple(passage for passage in course.evidence if id(passage) in chosen)


def _anchors(prefix: str, names: Iterable[str]) -> dict[str, str]:
    """Return an anchor a name: its plain letters and digits, numbered where two names have the same."""
    anchors: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        if name in anchors:
            continue
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
        base = f"{prefix}-{re.sub(r'[^a-z0-9]+', '-', plain).strip('-')[:48]}"
        anchor, ordinal = base, 1
        while anchor in taken:
            ordinal += 1
            anchor = f"{base}-{ordinal}"
        taken.add(anchor)
        anchors[name] = anchor
    return anchors
