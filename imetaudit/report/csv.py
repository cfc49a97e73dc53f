"""The report's tables for a spreadsheet: one CSV file a subject, everything in it.

It knows columns, the mark that makes Excel read UTF-8, and that a cell which a spreadsheet would run as a formula must
be made harmless. It leaves nothing out: what a page shows a selection of is here in full.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from imetaudit.model import CourseStatus, Outcome, Result
from imetaudit.report.numbers import CourseNumbers, ReportNumbers, report_numbers
from imetaudit.report.wording import NOT_IN_FILE, UNREADABLE_NAMES

_BOM = "\ufeff"
_FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "|", "%")

Cell = str | int | float | None


def csv_files(result: Result) -> dict[str, str]:
    """Return the text of each CSV file by its name, in the order in which they are written."""
    numbers = report_numbers(result)
    return {
        "courses.csv": _file(_courses(numbers)),
        "coverage.csv": _file(_coverage(numbers)),
        "evidence.csv": _file(_evidence(result)),
        "lessons.csv": _file(_lessons(result)),
        "objectives.csv": _file(_objectives(result)),
        "verdicts.csv": _file(_verdicts(result)),
        "flags.csv": _file(_flags(numbers)),
        "not-auditable.csv": _file(_not_auditable(numbers)),
    }


def guarded(value: Cell) -> str | int | float:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe before text that begins like one.

    >>> guarded("=1+1"), guarded(" @SUM(A1)"), guarded("Law"), guarded(None), guarded(2.5)
    ("'=1+1", "' @SUM(A1)", 'Law', '', 2.5)
    """
    if value is None:
        return ""
    if isinstance(value, str):
        text = value.replace("\x00", "")
        begins = text.lstrip(" \u00a0\ufeff\u200b")
        return f"'{text}" if begins.startswith(_FORMULA_SIGNS) else text
    return value


def _file(rows: Iterable[Sequence[Cell]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return _BOM + out.getvalue()


def _courses(numbers: ReportNumbers) -> Iterator[Sequence[Cell]]:
    attributes = sorted({name for course in numbers.courses for name in course.record.attributes})
    areas = [area.id for area in numbers.areas]
    yield [
        *("course", "title", "department", "edition", "status", "hours", "hours_basis", "lessons", "documents"),
        *("documents_read", "pages", "words", "readable_share", "kept", "set_aside"),
        *(f"outcome {area}" for area in areas),
        *attributes,
    ]
    for course in numbers.courses:
        record = course.record
        yield [
            *(record.id, record.title, record.department, record.edition, record.status.value),
            *(record.hours, record.hours_basis.value, len(record.lessons), "; ".join(sorted(record.documents))),
            *(course.files_read, course.pages, course.words, round(course.readable_share, 4)),
            *(course.kept_mentions, course.set_aside_mentions),
            *(course.states[area].value for area in areas),
            *(record.attributes.get(name, "") for name in attributes),
        ]


def _coverage(numbers: ReportNumbers) -> Iterator[Sequence[Cell]]:
    labels = {area.id: area.label for area in numbers.areas}
    labels |= {topic.id: topic.label for area in numbers.areas for topic in area.topics}
    statuses = {course.id: course.record.status.value for course in numbers.courses}
    yield [
        *("course", "course_status", "level", "topic", "label", "outcome", "depth", "hours", "kept", "set_aside"),
        *("elective_hours", "shared_hours", "terms_searched", "words_searched", "nearest_miss", "because"),
    ]
    for row in sorted(numbers.result.coverage, key=lambda row: (row.course, row.level, row.topic)):
        yield [
            *(row.course, statuses.get(row.course, ""), row.level, row.topic, labels.get(row.topic, "")),
            *(row.outcome.value, row.depth.value if row.depth else "", row.hours, row.kept, row.set_aside),
            *(row.elective_hours, row.shared_hours),
            *(row.searched.terms, row.searched.words, row.searched.nearest_miss, row.because),
        ]


def _evidence(result: Result) -> Iterator[Sequence[Cell]]:
    reasons = result.run.taxonomy.reasons
    yield [
        *("course", "kept", "reason", "reason_in_words", "area", "topic", "term", "quote", "sentence", "document"),
        *("page", "section", "lesson", "strength", "start", "end", "id"),
    ]
    for m in sorted(result.mentions, key=lambda m: (m.course, m.document, m.start, m.end, m.topic, m.term, m.id)):
        yield [
            *(m.course, "yes" if m.kept else "no", m.reason, reasons.get(m.reason or "", ""), m.area, m.topic, m.term),
            *(m.quote, m.sentence, m.document, m.page, m.section, m.lesson, m.strength, m.start, m.end, m.id),
        ]


def _lessons(result: Result) -> Iterator[Sequence[Cell]]:
    yield [
        *("course", "number", "title", "hours", "hours_as_written", "mandatory", "document", "page", "areas"),
        *("date", "method", "topics", "required_readings", "optional_readings"),
    ]
    for course in sorted(result.courses, key=lambda course: course.id):
        for lesson in course.lessons:
            yield [
                *(course.id, lesson.number, lesson.title, lesson.hours, lesson.hours_as_written),
                *("yes" if lesson.mandatory else "no", lesson.document, lesson.page, "; ".join(sorted(lesson.areas))),
                *(lesson.date, lesson.method, "; ".join(lesson.topics)),
                *("; ".join(each.text for each in lesson.readings if each.required is kind) for kind in (True, False)),
            ]


def _objectives(result: Result) -> Iterator[Sequence[Cell]]:
    yield ["course", "kind", "level", "verb", "objective", "condition", "standard", "document", "page", "areas"]
    for course in sorted(result.courses, key=lambda course: course.id):
        for each in course.objectives:
            yield [
                *(course.id, each.kind.value, each.level.value if each.level else "", each.verb, each.text),
                *(each.condition, each.standard, each.document, each.page, "; ".join(sorted(each.areas))),
            ]


def _verdicts(result: Result) -> Iterator[Sequence[Cell]]:
    verified = {
        str(criterion.get("id")): criterion.get("verified") is True
        for standard in result.run.standards
        for criterion in standard.criteria
    }
    yield [
        *("criterion", "verified", "course", "verdict", "measured", "required", "unit", "because"),
        *("missing", "evidence"),
    ]
    for verdict in sorted(result.verdicts, key=lambda verdict: (verdict.criterion, verdict.course or "")):
        yield [
            *(verdict.criterion, "yes" if verified.get(verdict.criterion) else "no", verdict.course or "(programme)"),
            *(verdict.verdict.value, verdict.measured, verdict.required, verdict.unit, verdict.because),
            *("; ".join(verdict.missing), "; ".join(verdict.evidence)),
        ]


def _flags(numbers: ReportNumbers) -> Iterator[Sequence[Cell]]:
    """Yield the courses with no democracy content; where the taxonomy has no such area, those without a lead area."""
    area = numbers.democracy
    none = numbers.without_any_lead()
    flagged = numbers.without(area.id) if area else none
    without_lead = {course.id for course in none}
    yield [
        *("course", "title", "flag", "outcome", "none_of_the_lead_areas", "terms_searched", "words_searched", "pages"),
        *("readable_share", "files_read", "files", "nearest_miss"),
    ]
    for course in flagged:
        row = course.rows.get(area.id) if area else None
        yield [
            *(course.id, course.record.title, "no democracy content" if area else "no lead area"),
            *(course.states[area.id].value if area else "", "yes" if course.id in without_lead else "no"),
            *(row.searched.terms if row else None, row.searched.words if row else course.words, course.pages),
            *(round(course.readable_share, 4), course.files_read, len(course.documents)),
            row.searched.nearest_miss if row else None,
        ]


def _not_auditable(numbers: ReportNumbers) -> Iterator[Sequence[Cell]]:
    """Yield every file that was not read, every course read only in part, and every course without a syllabus."""
    yield ["course", "course_status", "document", "reason", "detail", "what_to_do"]
    users: dict[str, list[CourseNumbers]] = {}
    for course in numbers.courses:
        for path in course.record.documents:
            users.setdefault(path, []).append(course)
    for document in sorted(numbers.result.documents, key=lambda document: document.path):
        if document.status == "read":
            continue
        what, remedy = UNREADABLE_NAMES.get(
            document.reason or "", ("The file could not be read.", "Supply another copy.")
        )
        names = [(course.id, course.record.status.value) for course in users.get(document.path, [])] or [("", "")]
        for course_id, status in names:
            yield [course_id, status, document.path, document.reason, document.detail or what, remedy]
    for course in numbers.courses:
        if course.record.status is CourseStatus.NOT_AUDITABLE and all(
            each.status == "read" for each in course.documents
        ):
            what, remedy = NOT_IN_FILE
            for path in course.record.documents:
                yield [course.id, course.record.status.value, path, "not-in-file", what, remedy]
    for course in numbers.read_in_part():
        why = next(row.because for row in course.rows.values() if row.outcome is Outcome.NOT_AUDITABLE)
        remedy = "Supply a copy whose every page can be read."
        yield [course.id, course.record.status.value, "", "read-in-part", why, remedy]
    for course in numbers.courses:
        if course.record.status is CourseStatus.NO_SYLLABUS:
            yield [
                course.id,
                course.record.status.value,
                "",
                "no-syllabus",
                "No syllabus was handed in.",
                "Obtain one.",
            ]
