"""The report put together: title, Highlights, sections in order, tables and figures numbered.

It knows the order of GAO's reports and what stands on the first page. Every sentence with a number comes from the
modules that word it; this one only assembles.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import count as counting

from imetaudit.model import Result
from imetaudit.report.blocks import Block, Figure, Fold, Highlights, Line, Report, Section, Span, Style, Table, line
from imetaudit.report.courses import courses_section
from imetaudit.report.findings import area_figure, found_section, headline
from imetaudit.report.gaps import boilerplate_section, gap_section, unread_section
from imetaudit.report.method import letter_section, method_section
from imetaudit.report.numbers import ReportNumbers, report_numbers
from imetaudit.report.places import places
from imetaudit.report.recommendations import Recommendation, recommendations, recommendations_section
from imetaudit.report.standards import standards_section
from imetaudit.report.wording import clean, count, in_words, listing, opening, part_of, shorten, within

_RECOMMENDED_SHOWN = 4


def contents(result: Result) -> Report:
    """Return the whole report on a result."""
    numbers = report_numbers(result)
    where = places(numbers)
    steps = recommendations(numbers)
    sections = [
        letter_section(numbers),
        found_section(numbers, where),
        gap_section(numbers, where),
        unread_section(numbers, where),
        standards_section(numbers, where),
        recommendations_section(steps),
        boilerplate_section(numbers),
        courses_section(numbers, where),
        method_section(numbers, where),
    ]
    present = tuple(section for section in sections if section is not None)
    run = result.run
    return Report(
        title=f"Curriculum Audit: {_subjects(numbers)}",
        message=_message(numbers),
        school=shorten(run.school, 160) or "The audited school",
        as_of=clean(run.as_of),
        facts=_facts(numbers),
        highlights=_highlights(numbers, steps),
        sections=_numbered(present),
    )


def _subjects(numbers: ReportNumbers) -> str:
    return opening(listing([within(shorten(area.label, 60)) for area in numbers.lead])) or "No area"


def _message(numbers: ReportNumbers) -> str:
    none, audited = len(numbers.without_any_lead()), numbers.result.counts.audited
    if not audited:
        return "No course could be audited"
    if audited == 1:
        return f"The one audited course covers {'none' if none else 'at least one'} of these areas"
    if not none:
        return f"All {in_words(audited)} audited courses cover at least one of these areas"
    verb = "covers" if none == 1 else "cover"
    return f"{opening(in_words(none))} of {audited:,} audited courses {verb} none of these areas"


def _facts(numbers: ReportNumbers) -> tuple[tuple[str, str], ...]:
    run, counts = numbers.result.run, numbers.result.counts
    return (
        ("As of", clean(run.as_of)),
        ("Catalogue", count(counts.courses, "course")),
        ("Audited", part_of(counts.audited, counts.courses)),
        ("Files read", part_of(counts.read, counts.documents)),
        ("Taxonomy", f"{clean(run.taxonomy.id)} {clean(run.taxonomy.version)}"),
        ("Made by", f"imetaudit {clean(run.tool)}"),
    )


def _highlights(numbers: ReportNumbers, steps: tuple[Recommendation, ...]) -> Highlights:
    counts = numbers.result.counts
    found: list[Line] = [line(Span(headline(area), Style.STRONG)) for area in numbers.lead]
    none = numbers.without_any_lead()
    if none:
        verb = "covers" if len(none) == 1 else "cover"
        found.append((f"{part_of(len(none), counts.audited, 'audited course')} {verb} none of these areas.",))
    found.append(
        (
            f"{part_of(counts.audited, counts.courses, 'course')} could be audited; {counts.not_auditable:,} could "
            "not be "
            f"read and {counts.no_syllabus:,} had no syllabus. They are not counted as lacking content.",
        )
    )
    found.append(
        (
            f"{part_of(numbers.kept, numbers.mentions, 'mention')} were kept as evidence. The others, such as policy "
            "text, "
            "biographies and negations, were set aside, each with its reason.",
        )
    )
    recommended = [step.in_short() for step in steps[:_RECOMMENDED_SHOWN]]
    if more := len(steps) - len(recommended):
        recommended.append(line(Span(f"{opening(in_words(more))} more in the report.", href="#recommendations")))
    if not steps:
        recommended.append(("No condition was found that calls for a recommendation.",))
    return Highlights(_why(numbers), tuple(found), tuple(recommended), area_figure(numbers, lead_only=True))


def _why(numbers: ReportNumbers) -> tuple[Line, ...]:
    labels = listing([within(shorten(area.label, 80)) for area in numbers.lead])
    return (
        (
            "Those who fund and oversee the education of international military students ask which courses teach "
            f"{labels}, for how long, and where the syllabi say so.",
        ),
        (
            "In 2011 GAO reported that human rights training “was generally not identified as a priority in the IMET "
            "country training plans GAO reviewed” (GAO-12-123), and in 2019 that the Department of Defense does not "
            "systematically track human rights training (GAO-19-554). Those findings are about plans and tracking, not "
            "about this school's courses. This audit gives the evidence course by course.",
        ),
    )


def _numbered(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Return the sections with their tables and figures numbered in reading order."""
    tables, figures = counting(1), counting(1)

    def block(one: Block) -> Block:
        if isinstance(one, Table) and one.numbered:
            return replace(one, number=next(tables))
        if isinstance(one, Figure) and one.numbered:
            return replace(one, number=next(figures))
        if isinstance(one, Fold):
            return replace(one, blocks=tuple(block(inner) for inner in one.blocks))
        return one

    def section(one: Section) -> Section:
        blocks = tuple(block(inner) for inner in one.blocks)
        return replace(one, blocks=blocks, sections=tuple(section(inner) for inner in one.sections))

    return tuple(section(one) for one in sections)
