"""The verdicts on the criteria of each standard, laid out along the elements of a finding.

It knows how criteria, measured values and verdicts are shown, and that a criterion whose source was not seen is marked.
It makes no verdict.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from imetaudit.model import StandardRecord, Verdict, VerdictKind
from imetaudit.report.blocks import Block, Column, Facts, Line, Paragraph, Row, Section, Span, Style, Table, line
from imetaudit.report.findings import SOURCE
from imetaudit.report.names import label_of
from imetaudit.report.numbers import CourseNumbers, CriterionNumbers, ReportNumbers
from imetaudit.report.places import Places
from imetaudit.report.wording import VERDICT_NAMES, clean, count, decimal, in_words, listing, opening, shorten, within

UNVERIFIED = Span("unverified: check the source before relying on it", Style.UNVERIFIED)
_COURSES_SHOWN = 60
_CALLING_FOR_ACTION = (VerdictKind.NOT_MET, VerdictKind.PARTLY_MET, VerdictKind.NOT_DETERMINED)


def standards_section(numbers: ReportNumbers, places: Places) -> Section | None:
    """Return the verdicts, a section a standard; None where no standard was applied."""
    standards = sorted(numbers.result.run.standards, key=lambda standard: standard.id)
    sections = [_standard_section(standard, numbers, places) for standard in standards]
    strays = [criterion for criterion in numbers.criteria if not criterion.standard]
    if strays:
        blocks = _criteria_blocks(strays, numbers, places)
        sections.append(Section("standard-other", "Criteria whose standard is not recorded", blocks))
    if not sections:
        return None
    text = (
        "Each verdict compares what a syllabus shows (the condition) with what a criterion asks for. Why a criterion "
        "is "
        "not met (the cause) and what follows from it (the effect) are not in the syllabi: they are left to the "
        "officer. "
        "A verdict is about the syllabus as handed in, and is no certification."
    )
    return Section("standards", "Verdicts on the standards applied", (Paragraph((text,)),), tuple(sections))


def criterion_title(criterion: CriterionNumbers) -> str:
    """Return the criterion's text, or its id where the result has no text."""
    return shorten(label_of(criterion.details.get("text"), criterion.id), 400)


def _standard_section(standard: StandardRecord, numbers: ReportNumbers, places: Places) -> Section:
    own = [criterion for criterion in numbers.criteria if criterion.standard == standard.id]
    title = shorten(standard.title or standard.id, 120)
    failing = sum(bool(criterion.counts.get(VerdictKind.NOT_MET)) for criterion in own)
    verdicts = sum(len(criterion.verdicts) for criterion in own)
    open_ = sum(criterion.counts.get(VerdictKind.NOT_DETERMINED, 0) for criterion in own)
    criteria = count(len(own), "criterion", "criteria")
    said = f"{opening(in_words(failing))} of {criteria} {'is' if failing < 2 else 'are'} recorded as not met"
    said += f"; {open_:,} of {count(verdicts, 'verdict')} could not be determined" if open_ else ""
    version = Paragraph((f"Standard {clean(standard.id)}, version {clean(standard.version)}.",), "note")
    blocks = (version, *_criteria_blocks(own, numbers, places))
    return Section(
        f"standard-{clean(standard.id)}", f"{title}: {within(said) if own else 'no criterion was applied'}", blocks
    )


def _criteria_blocks(criteria: Sequence[CriterionNumbers], numbers: ReportNumbers, places: Places) -> tuple[Block, ...]:
    blocks: list[Block] = []
    courses = {course.id: course for course in numbers.courses}
    for criterion in criteria:
        blocks.append(Facts(_criterion_facts(criterion)))
        shown = [v for v in criterion.verdicts if not places.large or v.verdict in _CALLING_FOR_ACTION]
        left_out = len(criterion.verdicts) - len(shown)
        if shown:
            rows = tuple(_verdict_row(alike, criterion, courses, places) for alike in _alike(shown))
            notes: tuple[str, ...] = (
                "Measured and required are in the criterion's unit; a dash means that nothing is measured.",
            )
            if left_out:
                notes += (f"{count(left_out, 'verdict')} that call for no action are in verdicts.csv.",)
            blocks.append(Table(f"Verdicts: {shorten(criterion.id, 80)}", _COLUMNS, rows, source=SOURCE, notes=notes))
    return tuple(blocks)


_COLUMNS = (
    Column("Course"),
    Column("Verdict"),
    Column("Measured", numeric=True),
    Column("Required", numeric=True),
    Column("Because"),
    Column("Not found"),
)


def _criterion_facts(criterion: CriterionNumbers) -> tuple[tuple[str, Line], ...]:
    details = criterion.details
    tally = listing(
        [
            f"{VERDICT_NAMES[kind].lower()} {number:,}"
            for kind in VerdictKind
            if (number := criterion.counts.get(kind, 0))
        ]
    )
    pairs: list[tuple[str, Line]] = [("Criterion", line(criterion_title(criterion)))]
    citation = label_of(details.get("citation"), "")
    mark: Line = () if criterion.verified else (" (", UNVERIFIED, ")")
    pairs.append(("Source", line(shorten(citation, 200) if citation else "not stated", mark)))
    if effective := _effective(details):
        pairs.append(("In effect", (effective,)))
    pairs.append(
        (
            "Condition",
            (f"{opening(tally)}, of {count(len(criterion.verdicts), 'verdict')}." if tally else "No verdict.",),
        )
    )
    pairs.append(("Cause, effect", ("Not determined by this audit; for the officer to state.",)))
    return tuple(pairs)


def _effective(details: Mapping[str, object]) -> str:
    start, end = details.get("effective_from"), details.get("effective_to")
    return " ".join([f"from {clean(str(start))}"] * bool(start) + [f"to {clean(str(end))}"] * bool(end))


def _alike(verdicts: Sequence[Verdict]) -> list[list[Verdict]]:
    """Return the verdicts in groups that differ in the course alone, so that a page says once what is true of many."""
    groups: dict[tuple[object, ...], list[Verdict]] = {}
    for verdict in verdicts:
        own = verdict.course if verdict.evidence else None
        key = (verdict.verdict, verdict.because, verdict.measured, verdict.required, verdict.missing, own)
        groups.setdefault(key, []).append(verdict)
    order = list(VerdictKind)
    return sorted(groups.values(), key=lambda alike: (order.index(alike[0].verdict), alike[0].course or ""))


def _verdict_row(
    alike: Sequence[Verdict], criterion: CriterionNumbers, courses: Mapping[str, CourseNumbers], places: Places
) -> Row:
    verdict = alike[0]
    unit = verdict.unit or label_of(criterion.details.get("unit"), "")
    anchors = [places.evidence[id_] for id_ in verdict.evidence if id_ in places.evidence]
    evidence = Span("first evidence", href=f"#{anchors[0]}") if anchors else ""
    because = line(shorten(verdict.because, 300), " " if evidence else "", evidence)
    cells = (
        (VERDICT_NAMES[verdict.verdict],),
        (_measure(verdict.measured, unit),),
        (_measure(verdict.required, unit),),
        because or ("—",),
        (listing([shorten(label, 80) for label in verdict.missing[:12]]) or "—",),
    )
    return Row((_subjects(alike, courses, places), *cells))


def _subjects(alike: Sequence[Verdict], courses: Mapping[str, CourseNumbers], places: Places) -> Line:
    """Return of whom the verdicts are: one course with its title, several by their ids, or the programme."""
    named = [courses[verdict.course] for verdict in alike if verdict.course is not None and verdict.course in courses]
    if not named:
        return ("The programme",)
    if len(named) == 1:
        return places.course(named[0])
    shown = [places.course(course, title=False) for course in named[:_COURSES_SHOWN]]
    ids = line(*(part for name in shown for part in (", ", *name)))[1:]
    more = f", and {len(named) - len(shown):,} more in verdicts.csv" if len(named) > len(shown) else ""
    return line(f"{len(named):,} courses: ", ids, more)


def _measure(value: float | None, unit: str) -> str:
    """Return a measured value with its unit; one given as a share is shown as a percentage."""
    if value is None:
        return "—"
    if unit in ("share", "percent"):
        return f"{decimal(value * 100 if unit == 'share' else value)}%"
    noun = clean(unit)
    return f"{decimal(value)} {noun.removesuffix('s') if value == 1 else noun}".strip()
