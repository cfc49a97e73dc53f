"""Each course's own page of evidence: what was read, what was found, what was set aside and why.

It knows how the proof of one course is laid out, so that a reader can open the syllabus at the place. It selects
nothing but what `places` says is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from imetaudit.model import CourseStatus, DocumentMatch, DocumentRecord, LessonRecord, MatchReason, ObjectiveRecord
from imetaudit.report.blocks import (
    Block,
    Column,
    Facts,
    Fold,
    Line,
    Paragraph,
    Quotation,
    Row,
    Section,
    Span,
    Style,
    Table,
    line,
)
from imetaudit.report.findings import outcome_symbol, reason_name
from imetaudit.report.gaps import nearest
from imetaudit.report.numbers import CourseNumbers, ReportNumbers, State
from imetaudit.report.passages import Passage, quoted
from imetaudit.report.places import ASIDE_PER_REASON, Places, document_link, where
from imetaudit.report.strip import lesson_strip
from imetaudit.report.wording import (
    BASIS_NAMES,
    UNREADABLE_NAMES,
    clean,
    count,
    decimal,
    hours,
    listing,
    percent,
    shorten,
    some,
)

_SENTENCE = 600
_ASIDE_SENTENCE = 300
_LESSONS_SHOWN = 150
_ASIDE_LARGE = 3


def courses_section(numbers: ReportNumbers, places: Places) -> Section:
    """Return the section with every course's page, in the order of their ids."""
    labels = {area.id: shorten(area.label, 80) for area in numbers.areas}
    topics = {topic.id: shorten(topic.label, 80) for area in numbers.areas for topic in area.topics}
    text = (
        "One page a course of the catalogue. Each passage stands in its sentence as the syllabus has it, the words "
        "that "
        "matched are marked, and its place is named. Links to documents open where this page is kept in the folder of "
        "the syllabi."
    )
    blocks: list[Block] = [Paragraph((text,))]
    if any(len(places.shown[course.id]) < len(course.evidence) for course in numbers.courses):
        blocks.append(
            Paragraph(
                (
                    f"At most {count(places.passages, 'passage')} of evidence are shown of a course here, the best "
                    "of each "
                    "area first. The file evidence.csv has all of them, kept and set aside.",
                ),
                "note",
            )
        )
    reasons = numbers.result.run.taxonomy.reasons
    pages = tuple(_course_page(course, numbers, places, labels | topics, reasons) for course in numbers.courses)
    return Section("courses", "The evidence, course by course", tuple(blocks), pages)


def _course_page(
    course: CourseNumbers,
    numbers: ReportNumbers,
    places: Places,
    labels: Mapping[str, str],
    reasons: Mapping[str, str],
) -> Section:
    title = f"{shorten(course.id, 60)} {shorten(course.record.title, 200)}".strip()
    blocks: list[Block] = [Facts(_facts(course))]
    if course.record.status is CourseStatus.AUDITED:
        blocks.append(_outcomes(course, numbers))
        blocks.extend(_evidence(course, places, labels))
        blocks.extend(_aside(course, places, labels, reasons))
        areas = {area.id: labels[area.id] for area in numbers.areas}
        if (strip := lesson_strip(course.id, course.record.lessons, areas)) is not None:
            blocks.append(strip)
        if course.record.lessons:
            blocks.append(_lessons(course.record.lessons, labels, evidence_only=places.large))
        if course.record.objectives:
            blocks.append(_objectives(course.record.objectives, labels, evidence_only=places.large))
    return Section(places.courses[course.id], title, tuple(blocks), role="course", listed=False)


def _facts(course: CourseNumbers) -> tuple[tuple[str, Line], ...]:
    record = course.record
    status = {
        CourseStatus.AUDITED: "Audited",
        CourseStatus.NOT_AUDITABLE: "Not auditable: no file of this course could be read",
        CourseStatus.NO_SYLLABUS: "No syllabus was handed in",
    }[record.status]
    pairs: list[tuple[str, Line]] = [("Status", (status,))]
    for name, value in (("Edition", record.edition), ("Department", record.department)):
        if clean(value):
            pairs.append((name, (shorten(value, 120),)))
    pairs += [(shorten(name, 40), (shorten(value, 120),)) for name, value in sorted(record.attributes.items()) if value]
    if record.status is CourseStatus.AUDITED:
        basis = f", {BASIS_NAMES[record.hours_basis]}" if record.hours is not None else ""
        pairs.append(("Hours", (hours(record.hours) + basis,)))
    matches = {match.document: match for match in record.matched}
    pairs += [("Syllabus", _document(document, matches.get(document.path))) for document in course.documents]
    pairs += [("Caution", (shorten(warning, 240),)) for warning in sorted(record.warnings)]
    return tuple(pairs)


def _document(document: DocumentRecord, match: DocumentMatch | None) -> Line:
    link = document_link(document.path)
    if document.status != "read":
        what, remedy = UNREADABLE_NAMES.get(
            document.reason or "", ("The file could not be read.", "Supply another copy.")
        )
        return line(link, f": not read. {shorten(document.detail or what, 200)} {remedy}")
    parts = [count(document.pages, "page")] if document.pages else []
    parts.append(count(document.words, "word"))
    parts.append(f"{percent(document.readable_share)} readable")
    if document.ocr_confidence is not None:
        parts.append(f"OCR confidence {percent(document.ocr_confidence)}")
    if document.language:
        parts.append(f"language {clean(document.language)}")
    warnings = (
        f". {' '.join(shorten(warning, 160) for warning in sorted(document.warnings)[:5])}" if document.warnings else ""
    )
    return line(link, f" ({', '.join(parts)}){_matched(match)}{warnings}")


def _matched(match: DocumentMatch | None) -> str:
    """Say which part of a document is the course's, and why, where the catalogue does not name it."""
    if match is None:
        return ""
    said = []
    if match.start is not None:
        where = "a part of it" if match.page is None else f"page {match.page}"
        said.append(where if match.page == match.last_page else f"pages {match.page} to {match.last_page}")
    if match.reason not in (MatchReason.NAMED, MatchReason.OWN):
        said.append(f"found by: {match.reason.value}")
    return f"; {', '.join(said)}" if said else ""


def _outcomes(course: CourseNumbers, numbers: ReportNumbers) -> Table:
    columns = (
        Column("Area"),
        Column("Outcome"),
        Column("Hours", numeric=True),
        Column("Kept", numeric=True),
        Column("Set aside", numeric=True),
        Column("Terms searched", numeric=True),
        Column("Because, or what came nearest"),
    )
    rows = []
    for area in numbers.areas:
        row = course.rows.get(area.id)
        because: Line = (shorten(row.because, 240),) if row is not None and clean(row.because) else ()
        near = nearest(course, area.id)
        if course.states[area.id] is State.NO_EVIDENCE and (area.lead or near != ("none",)):
            because = line(because, " " if because else "", "Nearest: ", near)
        rows.append(
            Row(
                (
                    (Span(shorten(area.label, 80), Style.STRONG if area.lead else Style.PLAIN),),
                    (outcome_symbol(course, area.id),),
                    (decimal(row.hours) if row is not None and row.hours is not None else "—",),
                    (f"{row.kept:,}" if row is not None else "—",),
                    (f"{row.set_aside:,}" if row is not None else "—",),
                    (f"{row.searched.terms:,}" if row is not None else "—",),
                    because or ("—",),
                )
            )
        )
    return Table("Outcome on each area", columns, tuple(rows), numbered=False)


def _evidence(course: CourseNumbers, places: Places, labels: Mapping[str, str]) -> list[Block]:
    shown = places.shown[course.id]
    if not course.evidence:
        return [Paragraph(("No mention was kept as evidence in this course.",))]
    mentions = count(course.kept_mentions, "mention")
    head = f"Evidence: {mentions} in {count(len(course.evidence), 'passage')}"
    if len(shown) < len(course.evidence):
        head += f", of which {len(shown):,} are shown; the others are in evidence.csv"
    blocks: list[Block] = [Paragraph((Span(f"{head}.", Style.STRONG),))]
    for passage in shown:
        anchor = places.evidence[passage.mentions[0].id]
        blocks.append(Quotation(quoted(passage, _SENTENCE), _place(passage, labels), anchor))
    return blocks


def _place(passage: Passage, labels: Mapping[str, str]) -> Line:
    """Return where a passage stands, for which topics it counts, and by which terms."""
    topics = [labels.get(topic, shorten(topic.replace("-", " "), 80)) for topic in passage.topics]
    areas = [labels.get(area, shorten(area, 80)) for area in passage.areas]
    terms = sorted({shorten(mention.term, 80) for mention in passage.mentions})
    return line(
        where(passage),
        f". {listing(areas)}: {some(topics, 6)}. Term: ",
        Span(some(terms, 4), Style.CODE),
    )


def _aside(course: CourseNumbers, places: Places, labels: Mapping[str, str], reasons: Mapping[str, str]) -> list[Block]:
    if not course.set_aside:
        return []
    groups: dict[str, list[Passage]] = {}
    for passage in course.set_aside:
        groups.setdefault(passage.reason or "", []).append(passage)
    limit = _ASIDE_LARGE if places.large else ASIDE_PER_REASON
    blocks: list[Block] = []
    for reason in sorted(groups, key=lambda name: (-sum(len(p.mentions) for p in groups[name]), name)):
        blocks.extend(_reason_blocks(reason, groups[reason], limit, labels, reasons))
    summary = (
        f"Set aside: {count(course.set_aside_mentions, 'mention')} in {count(len(course.set_aside), 'passage')}, "
        f"for {count(len(groups), 'reason')}"
    )
    return [Fold(summary, tuple(blocks), printed=not places.large)]


def _reason_blocks(
    reason: str, aside: Sequence[Passage], limit: int, labels: Mapping[str, str], reasons: Mapping[str, str]
) -> list[Block]:
    mentions = sum(len(passage.mentions) for passage in aside)
    more = len(aside) - limit
    head = line(
        Span(reason_name(reason, reasons), Style.STRONG),
        f" {count(mentions, 'mention')}.",
        f" {count(more, 'more passage')} {'is' if more == 1 else 'are'} in evidence.csv." if more > 0 else "",
    )
    quotations = [Quotation(quoted(passage, _ASIDE_SENTENCE), _place(passage, labels)) for passage in aside[:limit]]
    return [Paragraph(head), *quotations]


def _lessons(lessons: Sequence[LessonRecord], labels: Mapping[str, str], *, evidence_only: bool) -> Table:
    chosen = [lesson for lesson in lessons if lesson.areas or not evidence_only][:_LESSONS_SHOWN]
    dated = any(lesson.date for lesson in chosen)
    columns = (
        Column("Lesson"),
        *((Column("When"),) if dated else ()),
        Column("Title"),
        Column("Hours", numeric=True),
        Column("As written"),
        Column("Mandatory"),
        Column("Page", numeric=True),
        Column("Evidence of"),
    )
    rows = tuple(_lesson_row(lesson, labels, dated=dated) for lesson in chosen)
    notes = []
    if left_out := len(lessons) - len(rows):
        notes.append(
            f"{left_out:,} of {count(len(lessons), 'lesson')} are not shown here; lessons.csv has all of them."
        )
    notes.append("Hours are 60-minute hours; a dash means that the syllabus states none.")
    return Table(f"Lessons ({len(lessons):,})", columns, rows, notes=tuple(notes), numbered=False)


def _lesson_row(lesson: LessonRecord, labels: Mapping[str, str], *, dated: bool) -> Row:
    areas = [labels.get(area, shorten(area, 60)) for area in sorted(lesson.areas)]
    when: tuple[Line, ...] = ((shorten(lesson.date or "", 30) or "—",),) if dated else ()
    return Row(
        (
            (shorten(lesson.number, 20) or "—",),
            *when,
            (Span(shorten(lesson.title, 160) or "—", Style.QUOTE),),
            (decimal(lesson.hours) if lesson.hours is not None else "—",),
            (shorten(lesson.hours_as_written or "", 30) or "—",),
            ("yes" if lesson.mandatory else "no",),
            (f"{lesson.page:,}" if lesson.page is not None else "—",),
            (listing(areas) or "—",),
        )
    )


def _objectives(objectives: Sequence[ObjectiveRecord], labels: Mapping[str, str], *, evidence_only: bool) -> Table:
    chosen = [each for each in objectives if each.areas or not evidence_only]
    columns = (Column("Objective"), Column("Students"), Column("Page", numeric=True), Column("Evidence of"))
    rows = tuple(_objective_row(each, labels) for each in chosen[:_LESSONS_SHOWN])
    notes = [
        "The column Students has the level of learning of the objective's verb; a dash means that it is in no list."
    ]
    if left_out := len(objectives) - len(rows):
        notes.append(
            f"{left_out:,} of {count(len(objectives), 'objective')} are not shown here; objectives.csv has all of them."
        )
    return Table(f"Objectives ({len(objectives):,})", columns, rows, notes=tuple(notes), numbered=False)


def _objective_row(objective: ObjectiveRecord, labels: Mapping[str, str]) -> Row:
    areas = [labels.get(area, shorten(area, 60)) for area in sorted(objective.areas)]
    level = f"{objective.level.value} ({objective.verb})" if objective.level else "—"
    return Row(
        (
            (Span(shorten(objective.text, 240), Style.QUOTE),),
            (level,),
            (f"{objective.page:,}" if objective.page is not None else "—",),
            (listing(areas) or "—",),
        )
    )
