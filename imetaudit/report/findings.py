"""The findings: what each area's numbers say in one sentence, with the figure and table behind it.

It knows how a finding is worded and laid out, GAO's way. It computes no number and judges no course.
"""

from __future__ import annotations

from collections.abc import Mapping

from imetaudit.report.blocks import (
    Block,
    Column,
    Figure,
    Line,
    Paragraph,
    Row,
    Section,
    Span,
    Style,
    Symbol,
    Table,
    line,
)
from imetaudit.report.figures import outcome_bars, topic_bars
from imetaudit.report.numbers import AreaNumbers, CourseNumbers, ReportNumbers, State, Tally
from imetaudit.report.passages import best_for, quoted
from imetaudit.report.places import Places
from imetaudit.report.wording import (
    DEPTH_NAMES,
    OUTCOME_NAMES,
    clean,
    count,
    decimal,
    in_words,
    listing,
    opening,
    part_of,
    percent,
    shorten,
    some,
    within,
)
from imetaudit.report.wording import (
    hours as hours_text,
)

SOURCE = "imetaudit analysis of the school's catalogue and syllabi."
LEGEND: Line = (
    Symbol("course", "Covered, course"),
    " = the area is what the course is about; ",
    Symbol("block", "Covered, block"),
    " = a lesson, objective or assessment is about it; ",
    Symbol("part", "Covered, part"),
    " = it is taught as a part of something else; ",
    Symbol("mentioned-only", "Mentioned only"),
    " = its words occur without showing that it is taught; ",
    Symbol("no-evidence", "No evidence found"),
    " = read and searched, nothing kept; ",
    Symbol("not-auditable", "Not auditable"),
    " = the text could not be read; ",
    Symbol("no-syllabus", "No syllabus"),
    " = none was handed in.",
)
ADD_UP = "Covered, mentioned only, no evidence found, not auditable and no syllabus add up to the catalogue."
_QUOTE = 220


def headline(area: AreaNumbers) -> str:
    """Return the finding on an area as a full sentence in which every course of the catalogue is counted once."""
    name, tally = within(shorten(area.label, 120)), area.tally
    if tally.courses == 0:
        return f"The catalogue holds no course in which {name} could be taught."
    if tally.courses == 1:
        return _one_course(name, tally)
    if tally.audited == 0:
        return f"None of the {tally.courses:,} courses could be audited for {name}."
    if tally.audited == 1 and not tally.covered:
        verb = "only mentions" if tally.mentioned_only else "shows no evidence of"
        return (
            f"The one course that could be audited {verb} {name}; {in_words(tally.not_audited)} could not be audited."
        )
    if tally.covered == tally.courses:
        return f"All {in_words(tally.courses)} courses teach {name}."
    first = f"{opening(in_words(tally.covered))} of {tally.courses:,} courses {_verb(tally.covered, 'teach')} {name}"
    if tally.covered == 0:
        first = f"None of the {count(tally.audited, 'course')} that could be audited shows that it teaches {name}"
    parts = [
        (tally.mentioned_only, f"only {_verb(tally.mentioned_only, 'mention')} it"),
        (tally.no_evidence, f"{_verb(tally.no_evidence, 'show')} no evidence of it"),
        (tally.not_audited, "could not be audited"),
    ]
    return "; ".join([first, *(f"{in_words(number)} {what}" for number, what in parts if number)]) + "."


def area_figure(numbers: ReportNumbers, *, lead_only: bool) -> Figure:
    """Return the figure of all areas or of the lead areas."""
    areas = numbers.lead if lead_only else numbers.areas
    which = "lead areas" if lead_only else "all areas"
    return outcome_bars(f"Courses by outcome, {which}", areas, SOURCE, (f"Each bar is the whole catalogue. {ADD_UP}",))


def found_section(numbers: ReportNumbers, places: Places) -> Section:
    """Return "What was found": the overview, a section a lead area, and the other areas."""
    overview: tuple[Block, ...] = (
        Paragraph(line(_overview(numbers)), "lead"),
        area_figure(numbers, lead_only=False),
        outcome_table(numbers),
    )
    sections = [_area_section(area, numbers, places) for area in numbers.lead]
    if numbers.others:
        sections.append(_other_areas(numbers))
    sections.append(_matrix(numbers, places))
    return Section("found", "What was found", overview, tuple(sections))


def outcome_table(numbers: ReportNumbers) -> Table:
    """Return the courses by area and outcome; every row adds up to the catalogue."""
    columns = (
        Column("Area"),
        Column("Covered", numeric=True),
        Column("of them: course / block / part", numeric=True),
        *(Column(OUTCOME_NAMES[state], numeric=True) for state in State if state is not State.COVERED),
        Column("All courses", numeric=True),
        Column("Hours stated", numeric=True),
    )
    rows = tuple(Row(_outcome_cells(area)) for area in numbers.areas)
    notes = (
        ADD_UP,
        "Hours are 60-minute hours of the lessons that carry evidence, summed over the covered courses that state "
        "them; in parentheses, how many of the covered courses do. A lesson may carry evidence of several areas: "
        "hours of different areas must not be added.",
    )
    return Table("Courses by area and outcome", columns, rows, source=SOURCE, notes=notes)


def outcome_symbol(course: CourseNumbers, area: str, *, bare: bool = False) -> Symbol:
    """Return the sign of a course's outcome on an area."""
    state, row = course.states[area], course.rows.get(area)
    if state is State.COVERED and row is not None and row.depth is not None:
        return Symbol(row.depth.value, f"Covered, {DEPTH_NAMES[row.depth].lower()}", bare)
    return Symbol("part" if state is State.COVERED else state.value, OUTCOME_NAMES[state], bare)


def best_quote(course: CourseNumbers, area: str, places: Places) -> Line:
    """Return the best evidence of a course on an area with a link to it; empty where there is none."""
    passage = best_for(course.evidence, area)
    if passage is None:
        return ()
    anchor = next((places.evidence[m.id] for m in passage.mentions if m.id in places.evidence), "")
    page = f"page {passage.page}" if passage.page is not None else "evidence"
    link = Span(page, href=f"#{anchor}") if anchor else Span(page)
    return line("“", quoted(passage, _QUOTE, area), "” (", link, ")")


def only_set_aside(course: CourseNumbers, area: str, reasons: Mapping[str, str]) -> Line:
    """Return why the mentions of a course without evidence were set aside, or a dash where it has no mention."""
    passage = best_for(course.set_aside, area)
    if passage is None:
        return ("—",)
    return (f"Set aside: {reason_name(passage.reason or '', reasons)}",)


def reason_name(reason: str, reasons: Mapping[str, str]) -> str:
    """Return the sentence of a reason for setting aside, or its id in words where the result has no sentence."""
    sentence = shorten(reasons.get(reason, "") or opening(reason.replace("-", " ")) or "No reason recorded", 240)
    return sentence if sentence.endswith((".", "…")) else f"{sentence}."


def _overview(numbers: ReportNumbers) -> str:
    counts = numbers.result.counts
    none = numbers.without_any_lead()
    labels = listing([within(shorten(area.label, 60)) for area in numbers.lead])
    text = (
        f"The catalogue holds {count(counts.courses, 'course')}. In all, "
        f"{part_of(counts.audited, counts.courses, 'course')} could be audited; {counts.not_auditable:,} could not be "
        f"read and {counts.no_syllabus:,} had no syllabus. {count(numbers.words, 'word')} were read, in files of which "
        f"those with pages have {count(numbers.pages, 'page')}. Of the mentions found, "
        f"{part_of(numbers.kept, numbers.mentions)} were kept as evidence; the others were set aside, each with its "
        "reason."
    )
    if none:
        verb = "covers" if len(none) == 1 else "cover"
        text += f" {part_of(len(none), counts.audited, 'audited course')} {verb} none of the lead areas ({labels})."
    return text


def _verb(number: int, verb: str) -> str:
    if number == 1 or number == 0:
        return verb + ("es" if verb.endswith("ch") else "s")
    return verb


def _one_course(name: str, tally: Tally) -> str:
    if tally.covered:
        return f"The one course in the catalogue teaches {name}."
    if tally.mentioned_only:
        return f"The one course in the catalogue only mentions {name}."
    if tally.no_evidence:
        return f"The one course in the catalogue shows no evidence of {name}."
    return f"The one course in the catalogue could not be audited for {name}."


def _outcome_cells(area: AreaNumbers) -> tuple[Line, ...]:
    tally = area.tally
    depths = " / ".join(f"{number:,}" for _, number in sorted_depths(area))
    stated = (
        f"{decimal(area.hours.hours)} ({area.hours.stated_in:,} of {area.hours.courses:,})" if tally.covered else "—"
    )
    return (
        (Span(shorten(area.label, 80), Style.STRONG if area.lead else Style.PLAIN),),
        (f"{tally.covered:,}",),
        (depths if tally.covered else "—",),
        *((f"{tally.of(state):,}",) for state in State if state is not State.COVERED),
        (f"{tally.courses:,}",),
        (stated,),
    )


def sorted_depths(area: AreaNumbers) -> list[tuple[str, int]]:
    """Return the names of the depths, deepest first, with the number of covered courses at each."""
    depths = {depth.value: number for depth, number in area.depths.items()}
    return [(name, depths.get(key, 0)) for key, name in DEPTH_NAMES.items()]


def _area_section(area: AreaNumbers, numbers: ReportNumbers, places: Places) -> Section:
    blocks: list[Block] = [Paragraph(line(text)) for text in _area_text(area)]
    blocks.append(topic_bars(area, SOURCE) if area.topics else outcome_bars(headline(area), (area,), SOURCE))
    blocks.append(_area_table(area, numbers, places))
    return Section(f"area-{clean(area.id)}", headline(area), tuple(blocks))


def _area_text(area: AreaNumbers) -> list[str]:
    tally, hours, texts = area.tally, area.hours, []
    if tally.covered:
        depths = listing([f"{number:,} as {_depth_phrase(name)}" for name, number in sorted_depths(area) if number])
        texts.append(
            f"The area is covered in {part_of(tally.covered, tally.courses, 'course')} of the catalogue, or in "
            f"{part_of(tally.covered, tally.audited)} of those that could be audited{f': {depths}' if depths else ''}. "
            f"Hours for the lessons that carry the evidence are stated in {hours.stated_in:,} of "
            f"{count(hours.courses, 'covered course')}"
            f"{f', together {hours_text(hours.hours)}' if hours.stated_in else ''}. "
        )
    texts.append(
        f"Of {count(area.mentions, 'mention')} found, {area.kept:,} became evidence of the area; "
        f"{area.set_aside:,} did not."
    )
    if area.topics:
        missing = [within(shorten(topic.label, 60)) for topic in area.topics_missing]
        shown = part_of(len(area.topics_found), len(area.topics), "topic")
        found = f"Somewhere in the catalogue there is evidence of {shown} of the area."
        texts.append(
            found + (f" No audited course covers {some(missing, 12, 'or')}." if missing and tally.audited else "")
        )
    if tally.not_audited:
        texts.append(
            f"Nothing can be said of {count(tally.not_auditable, 'course')} that could not be read and "
            f"{tally.no_syllabus:,} without a syllabus: they count neither for nor against the finding."
        )
    return texts


def _depth_phrase(name: str) -> str:
    return {"Course": "the subject of the course", "Block": "a block"}.get(name, "a part of something else")


def _area_table(area: AreaNumbers, numbers: ReportNumbers, places: Places) -> Table:
    states = list(State)
    depth_order = list(DEPTH_NAMES)

    def order(course: CourseNumbers) -> tuple[int, int, str]:
        row = course.rows.get(area.id)
        depth = depth_order.index(row.depth.value) if row is not None and row.depth is not None else len(depth_order)
        return states.index(course.states[area.id]), depth, course.id

    columns = (
        Column("Course"),
        Column("Outcome"),
        Column("Hours", numeric=True),
        Column("Kept", numeric=True),
        Column("Set aside", numeric=True),
        Column("Best evidence, or why none"),
    )
    reasons = numbers.result.run.taxonomy.reasons
    rows = tuple(_area_row(course, area.id, places, reasons) for course in sorted(numbers.courses, key=order))
    notes = (
        f"{count(len(rows), 'course')}, the whole catalogue. Kept and set aside count mentions. "
        "A page number leads to the passage in the course's own page of evidence.",
    )
    return Table(f"{shorten(area.label, 80)}, course by course", columns, rows, LEGEND, SOURCE, notes)


def _area_row(course: CourseNumbers, area: str, places: Places, reasons: Mapping[str, str]) -> Row:
    row = course.rows.get(area)
    hours = decimal(row.hours) if row is not None and row.hours is not None else "—"
    audited = course.states[area] not in (State.NOT_AUDITABLE, State.NO_SYLLABUS)
    return Row(
        (
            places.course(course),
            (outcome_symbol(course, area),),
            (hours if audited else "—",),
            (f"{row.kept:,}" if row is not None and audited else "—",),
            (f"{row.set_aside:,}" if row is not None and audited else "—",),
            (best_quote(course, area, places) or only_set_aside(course, area, reasons)) if audited else ("—",),
        )
    )


def _other_areas(numbers: ReportNumbers) -> Section:
    columns = (Column("Area"), Column("Finding"), Column("Topics covered", numeric=True), Column("Kept", numeric=True))
    rows = tuple(
        Row(
            (
                (shorten(area.label, 80),),
                (headline(area),),
                (f"{len(area.topics_found):,} of {len(area.topics):,}" if area.topics else "—",),
                (f"{area.kept:,}",),
            )
        )
        for area in numbers.others
    )
    table = Table("Findings on the other areas", columns, rows, source=SOURCE, notes=("Kept counts mentions.",))
    return Section("other-areas", "Other areas were audited in the same way", (table,))


def _matrix(numbers: ReportNumbers, places: Places) -> Section:
    columns = (
        Column("Course"),
        Column("Hours", numeric=True),
        *(Column(shorten(area.label, 60), narrow=True) for area in numbers.areas),
    )
    rows = tuple(
        Row(
            (
                places.course(course),
                (decimal(course.record.hours) if course.record.hours is not None else "—",),
                *((outcome_symbol(course, area.id, bare=True),) for area in numbers.areas),
            )
        )
        for course in numbers.courses
    )
    text = "Each line is a course of the catalogue and leads to the course's own page of evidence."
    table = Table("Coverage of every course and area", columns, rows, LEGEND, SOURCE)
    return Section("matrix", "Coverage of the whole catalogue at a glance", (Paragraph((text,)), table))


def readable(course: CourseNumbers) -> str:
    """Return how much of a course's files was read."""
    files = f"{course.files_read:,} of {count(len(course.documents), 'file')}"
    return f"{files}, {percent(course.readable_share)} of the text" if course.files_read else files
