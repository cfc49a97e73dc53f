"""What was not found and what could not be read: the lists that somebody is asked to act on.

It knows how an absence is reported: with what was read, what was searched for, and what came nearest. It decides no
outcome.
"""

from __future__ import annotations

from imetaudit.model import CourseStatus, Outcome
from imetaudit.report.blocks import Block, Column, Items, Line, Paragraph, Row, Section, Span, Style, Table, line
from imetaudit.report.findings import SOURCE, outcome_symbol
from imetaudit.report.numbers import AreaNumbers, CourseNumbers, ReportNumbers, State
from imetaudit.report.passages import best_for, quoted
from imetaudit.report.places import Places, document_link
from imetaudit.report.wording import (
    NOT_IN_FILE,
    UNREADABLE_NAMES,
    clean,
    count,
    in_words,
    listing,
    opening,
    part_of,
    percent,
    shorten,
    shorten_middle,
    within,
)

_NEAR = 260
_PASSAGE = 400
_BOILERPLATE_SHOWN = 60


def gap_section(numbers: ReportNumbers, places: Places) -> Section:
    """Return "Courses with no democracy content" with the stronger list; that list alone without such an area."""
    area, none = numbers.democracy, numbers.without_any_lead()
    stronger = Section("no-lead-content", _none_title(numbers, none), _none_blocks(numbers, none, places))
    if area is None:
        return stronger
    gaps = numbers.without(area.id)
    audited = area.tally.audited
    blocks: list[Block] = [Paragraph((_gap_text(area, gaps, audited),))]
    if gaps:
        blocks.append(_gap_table(area, gaps, none, places))
    return Section("no-democracy", _gap_title(area, gaps, audited), tuple(blocks), (stronger,))


def unread_section(numbers: ReportNumbers, places: Places) -> Section:
    """Return what could not be read: files with reason and remedy, and courses without a syllabus."""
    counts = numbers.result.counts
    blocks: list[Block] = [
        Paragraph(
            (
                f"{part_of(counts.unreadable, counts.documents, 'file')} could not be read. {counts.not_auditable:,} "
                f"of {count(counts.courses, 'course')} could not be audited for that reason, and "
                f"{counts.no_syllabus:,} "
                "had no syllabus. None of them is counted as lacking content.",
            )
        )
    ]
    unread = [document for document in numbers.result.documents if document.status != "read"]
    if unread:
        blocks.append(_unread_table(numbers, places))
    missing = [course for course in numbers.courses if course.record.status is CourseStatus.NO_SYLLABUS]
    sections: tuple[Section, ...] = ()
    if missing:
        names = Items(tuple(places.course(course) for course in missing))
        sections = (Section("no-syllabus", _missing_title(len(missing), counts.courses), (names,)),)
    partly = numbers.read_in_part()
    if partly:
        sections = (_partly_section(partly, places), *sections)
    return Section("not-audited", _unread_title(counts.not_auditable, counts.no_syllabus), tuple(blocks), sections)


def _partly_section(partly: tuple[CourseNumbers, ...], places: Places) -> Section:
    """Return the audited courses of which too little was read for an absence to mean anything."""
    many = len(partly) != 1
    title = f"{opening(in_words(len(partly)))} {'courses were' if many else 'course was'} read only in part"
    text = (
        "What was found in them counts. An area without evidence is not auditable in them: it may stand in what was "
        "not read, so none of them is counted as lacking content."
    )
    items = Items(tuple(line(places.course(course), f": {shorten(_why_partly(course), 240)}") for course in partly))
    return Section("read-in-part", title, (Paragraph((text,)), items))


def _why_partly(course: CourseNumbers) -> str:
    """Return what the outcome of the first area that is not auditable says of the reason."""
    return next(row.because for row in course.rows.values() if row.outcome is Outcome.NOT_AUDITABLE)


def boilerplate_section(numbers: ReportNumbers) -> Section | None:
    """Return the passages repeated across courses, each once; None where there is none."""
    found = sorted(numbers.result.boilerplate, key=lambda passage: (-passage.courses, -passage.mentions, passage.text))
    if not found:
        return None
    rows = tuple(
        Row(
            (
                (Span(shorten(passage.text, _PASSAGE), Style.QUOTE),),
                (f"{passage.courses:,}",),
                (f"{passage.documents:,}",),
                (f"{passage.mentions:,}",),
            )
        )
        for passage in found[:_BOILERPLATE_SHOWN]
    )
    columns = (
        Column("Passage"),
        Column("Courses", numeric=True),
        Column("Files", numeric=True),
        Column("Mentions set aside", numeric=True),
    )
    more = len(found) - len(rows)
    notes = (f"{more:,} more passages of fewer courses are not shown.",) if more > 0 else ()
    text = (
        "A passage that stands alike in the syllabi of several courses, such as a mission statement or a policy, says "
        "nothing about what one course teaches. Mentions in it were set aside."
    )
    table = Table("Passages repeated across courses", columns, rows, source=SOURCE, notes=notes)
    title = (
        f"{opening(in_words(len(found)))} repeated {'passage was' if len(found) == 1 else 'passages were'} set aside"
    )
    return Section("boilerplate", title, (Paragraph((text,)), table))


def nearest(course: CourseNumbers, area: str) -> Line:
    """Return what came nearest to evidence: the result's own word, or the best passage kept or set aside."""
    row = course.rows.get(area)
    if row is not None and row.searched.nearest_miss:
        return (Span(shorten_middle(row.searched.nearest_miss, _NEAR), Style.QUOTE),)
    passage = best_for(course.evidence, area) or best_for(course.set_aside, area)
    if passage is None:
        return ("none",)
    page = f" (page {passage.page})" if passage.page is not None else ""
    return line("“", quoted(passage, _NEAR - 60, area), f"”{page}")


def _gap_title(area: AreaNumbers, gaps: tuple[CourseNumbers, ...], audited: int) -> str:
    name = within(shorten(area.label, 80))
    if not audited:
        return f"No course could be audited for {name}"
    if not gaps:
        return f"No audited course is without {name} content"
    verb = "teaches" if audited == 1 else "does not teach" if len(gaps) == 1 else "do not teach"
    if audited == 1:
        return f"The one audited course shows no teaching of {name}"
    return f"{opening(in_words(len(gaps)))} of {audited:,} audited courses, as far as their syllabi show, {verb} {name}"


def _gap_text(area: AreaNumbers, gaps: tuple[CourseNumbers, ...], audited: int) -> str:
    none = sum(course.states[area.id] is State.NO_EVIDENCE for course in gaps)
    return (
        f"Courses with no democracy content: {part_of(len(gaps), audited, 'audited course')}. In {none:,} of them no "
        f"evidence was found; {len(gaps) - none:,} only mention the area. {area.tally.not_audited:,} more courses "
        f"of {area.tally.courses:,} are not in this list because they could not be audited. Absence from a "
        "syllabus is not proof of absence from the classroom: the list says where to ask."
    )


def _gap_table(
    area: AreaNumbers, gaps: tuple[CourseNumbers, ...], none: tuple[CourseNumbers, ...], places: Places
) -> Table:
    without_lead = {course.id for course in none}
    columns = (
        Column("Course"),
        Column("Outcome"),
        Column("None of the lead areas"),
        Column("Terms searched", numeric=True),
        Column("Words", numeric=True),
        Column("Pages", numeric=True),
        Column("Text readable", numeric=True),
        Column("What came nearest"),
    )
    rows = tuple(
        Row(
            (
                places.course(course),
                (outcome_symbol(course, area.id),),
                ("yes" if course.id in without_lead else "no",),
                *_search_cells(course, area.id),
                nearest(course, area.id),
            )
        )
        for course in gaps
    )
    notes = (
        "Terms searched are the taxonomy's terms of this area in the languages of the syllabus. Pages are counted "
        "where "
        "a file format has pages. Text readable is the share of the pages of the files read whose text could be had.",
    )
    return Table("Courses with no democracy content, and what was searched", columns, rows, (), SOURCE, notes)


def _search_cells(course: CourseNumbers, area: str) -> tuple[Line, ...]:
    row = course.rows.get(area)
    return (
        (f"{row.searched.terms:,}" if row is not None else "—",),
        (f"{row.searched.words:,}" if row is not None else f"{course.words:,}",),
        (f"{course.pages:,}" if course.pages else "—",),
        (percent(course.readable_share),),
    )


def _none_title(numbers: ReportNumbers, none: tuple[CourseNumbers, ...]) -> str:
    audited = numbers.result.counts.audited
    if not none:
        return "Every audited course covers at least one lead area" if audited else "No course could be audited"
    verb = "covers" if len(none) == 1 else "cover"
    return f"{opening(in_words(len(none)))} of {count(audited, 'audited course')} {verb} none of the lead areas"


def _none_blocks(numbers: ReportNumbers, none: tuple[CourseNumbers, ...], places: Places) -> tuple[Block, ...]:
    labels = listing([within(shorten(area.label, 80)) for area in numbers.lead], "or")
    text = f"No teaching of {labels} shows in {part_of(len(none), numbers.result.counts.audited, 'audited course')}."
    if not none:
        return (Paragraph((text,)),)
    columns = (Column("Course"), *(Column(shorten(area.label, 60)) for area in numbers.lead), Column("Read"))
    rows = tuple(
        Row(
            (
                places.course(course),
                *((outcome_symbol(course, area.id),) for area in numbers.lead),
                (f"{count(course.words, 'word')}, {percent(course.readable_share)} readable",),
            )
        )
        for course in none
    )
    return (Paragraph((text,)), Table("Courses that cover none of the lead areas", columns, rows, source=SOURCE))


def _unread_title(not_auditable: int, no_syllabus: int) -> str:
    if not not_auditable and not no_syllabus:
        return "Every course of the catalogue could be audited"
    parts = []
    if not_auditable:
        parts.append(f"{in_words(not_auditable)} could not be read")
    if no_syllabus:
        parts.append(f"{in_words(no_syllabus)} had no syllabus")
    noun = "course" if (not_auditable or no_syllabus) == 1 else "courses"
    first, *rest = parts
    number, verb = first.split(" ", 1)
    return opening(" and ".join([f"{number} {noun} {verb}", *rest]))


def _missing_title(missing: int, courses: int) -> str:
    return f"{opening(in_words(missing))} of {count(courses, 'course')} had no syllabus"


def _unread_table(numbers: ReportNumbers, places: Places) -> Table:
    users: dict[str, list[CourseNumbers]] = {}
    for course in numbers.courses:
        for path in course.record.documents:
            users.setdefault(path, []).append(course)
    columns = (Column("File"), Column("Course"), Column("Reason"), Column("What was met"), Column("What to do"))
    rows = []
    for document in numbers.result.documents:
        if document.status == "read":
            continue
        reason = document.reason or "damaged"
        what, remedy = UNREADABLE_NAMES.get(reason, ("The file could not be read.", "Supply another copy."))
        courses = [places.course(course, title=False) for course in users.get(document.path, [])]
        linked = line(*(part for name in courses for part in (", ", *name)))[1:] or ("no course of the catalogue",)
        cells = ((document_link(document.path),), linked, (clean(reason),), (shorten(document.detail or what, 240),))
        rows.append(Row((*cells, (remedy,))))
    for course in numbers.courses:
        status = course.record.status
        if status is CourseStatus.NOT_AUDITABLE and all(each.status == "read" for each in course.documents):
            what, remedy = NOT_IN_FILE
            for document in course.documents:
                name = places.course(course, title=False)
                rows.append(Row(((document_link(document.path),), name, ("not-in-file",), (what,), (remedy,))))
    return Table("Files that could not be read", columns, tuple(rows), source=SOURCE)
