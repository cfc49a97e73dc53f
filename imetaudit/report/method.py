"""What the audit set out to do and how it was done, written from the run itself.

It knows how scope and method are told: objectives, files, yardstick, definitions, denominators, limits. It knows
nothing of what was found.
"""

from __future__ import annotations

from collections import Counter

from imetaudit.report.blocks import Block, Column, Facts, Items, Line, Paragraph, Row, Section, Span, Style, Table, line
from imetaudit.report.findings import SOURCE, reason_name
from imetaudit.report.numbers import ReportNumbers
from imetaudit.report.places import Places, document_link
from imetaudit.report.wording import (
    DEPTH_DEFINITIONS,
    DEPTH_NAMES,
    OUTCOME_DEFINITIONS,
    OUTCOME_NAMES,
    clean,
    count,
    listing,
    part_of,
    percent,
    shorten,
    within,
)

_WARNINGS_SHOWN = 60
ORGANISED = "organised along the elements of a finding in Government Auditing Standards"


def letter_section(numbers: ReportNumbers) -> Section:
    """Return objectives, scope and method in short."""
    run, counts = numbers.result.run, numbers.result.counts
    labels = listing([within(shorten(area.label, 80)) for area in numbers.lead])
    objectives = Items(
        (
            (f"which courses teach {labels}, for how many hours, and where their syllabi say so;",),
            ("which courses show none of it, and what was read and searched to say that; and",),
            ("what of the catalogue could not be audited, and why.",),
        ),
        ordered=True,
    )
    scope = (
        f"The audit took in the whole catalogue as of {clean(run.as_of)}: {count(counts.courses, 'course')} and "
        f"{count(counts.documents, 'file')}. Every file that could be read was searched for the "
        f"{count(numbers.searched_terms, 'term')} of "
        f"{count(run.taxonomy.topics, 'topic')} in {count(len(numbers.areas), 'area')} (taxonomy "
        f"{clean(run.taxonomy.id)}, "
        f"version {clean(run.taxonomy.version)}). A match is kept as evidence only where the syllabus says what is "
        "taught; "
        "all others are set aside with a reason. Both are shown."
    )
    form = (
        f"This report is {ORGANISED}: criteria, condition, cause, effect. It gives criteria and condition, and leaves "
        "cause and effect to the officer. It was made by a program and claims no compliance with those standards. "
        "Appendix I has the scope and methodology in full."
    )
    blocks: tuple[Block, ...] = (
        Paragraph(("This audit set out to find",)),
        objectives,
        Paragraph((scope,)),
        Paragraph((form,)),
    )
    return Section("letter", "Objectives, scope and method", blocks, role="letter")


def method_section(numbers: ReportNumbers, places: Places) -> Section:
    """Return the appendix on scope and methodology."""
    sections = (
        Section("method-yardstick", "The yardstick", _yardstick(numbers)),
        Section("method-definitions", "Definitions and denominators", _definitions(numbers)),
        Section("method-aside", "What was set aside", _reasons(numbers)),
        Section("method-files", "The files", _files(numbers, places)),
        Section("method-limits", "What this audit cannot say", (_limits(),)),
    )
    return Section("method", "Appendix I: Objectives, scope and methodology", (Paragraph((_STEPS,)),), sections)


_STEPS = (
    "Each file was identified by its bytes, read in the order in which a person would read it, and refused where too "
    "little of it could be read. Headings, lists and schedule tables were taken apart into sections and lessons with "
    "their hours. "
    "Sections were searched for the taxonomy's terms. Passages repeated across courses were found over the whole "
    "catalogue. "
    "Each mention was kept or set aside by a written rule; outcomes, depths and verdicts follow from the kept "
    "mentions by "
    "written rules. The same files, taxonomy and options give the same report, byte for byte. No network was used."
)


def _yardstick(numbers: ReportNumbers) -> tuple[Block, ...]:
    run = numbers.result.run
    taxonomy = run.taxonomy
    pairs: list[tuple[str, Line]] = [
        ("Program", (f"imetaudit {clean(run.tool)}",)),
        ("As of", (clean(run.as_of),)),
        (
            "Taxonomy",
            line(
                f"{clean(taxonomy.id)}, version {clean(taxonomy.version)}: {count(taxonomy.topics, 'topic')}, "
                f"{count(taxonomy.terms, 'term')}, SHA-256 ",
                _digest(taxonomy.sha256),
            ),
        ),
    ]
    for standard in sorted(run.standards, key=lambda standard: standard.id):
        text = (
            f"{shorten(standard.title or standard.id, 120)} ({clean(standard.id)}), version {clean(standard.version)}, "
        )
        pairs.append(("Standard", line(text + "SHA-256 ", _digest(standard.sha256))))
    pairs.append(
        (
            "Catalogue",
            line("SHA-256 ", _digest(run.catalog_sha256)) if run.catalog_sha256 else ("none; every file is a course",),
        )
    )
    reviewed = line("SHA-256 ", _digest(run.decisions_sha256)) if run.decisions_sha256 else ("none recorded",)
    pairs.append(("Reviewers' decisions", reviewed))
    pairs += [
        (f"Option {shorten(name, 60)}", (shorten(str(value), 200),)) for name, value in sorted(run.options.items())
    ]
    return (Facts(tuple(pairs)),)


def _digest(sha256: str | None) -> Span:
    return Span(clean(sha256 or "unknown"), Style.CODE)


def _definitions(numbers: ReportNumbers) -> tuple[Block, ...]:
    counts = numbers.result.counts
    outcomes = tuple((OUTCOME_NAMES[key], (text,)) for key, text in OUTCOME_DEFINITIONS.items())
    depths = tuple((f"Depth: {DEPTH_NAMES[key].lower()}", (text,)) for key, text in DEPTH_DEFINITIONS.items())
    sums = Items(
        (
            (
                f"Courses: {counts.audited:,} audited + {counts.not_auditable:,} not auditable + "
                f"{counts.no_syllabus:,} "
                f"without a syllabus = {counts.courses:,} in the catalogue.",
            ),
            (f"Files: {counts.read:,} read + {counts.unreadable:,} not read = {counts.documents:,}.",),
            (f"Mentions: {numbers.kept:,} kept + {numbers.set_aside:,} set aside = {numbers.mentions:,} found.",),
            (
                "For each area: covered + mentioned only + no evidence found + not auditable + no syllabus = "
                f"{counts.courses:,}.",
            ),
            (
                "Shares of audited courses leave out what could not be read and what had no syllabus; shares of the "
                "catalogue do not. Each share names its denominator. Percentages are rounded and may not add to 100.",
            ),
            (
                "Hours are 60-minute hours. The hours of an area in a course are those of its lessons that carry "
                "evidence, "
                "each lesson once. A lesson that serves two areas counts in both, so hours of areas must not be added.",
            ),
            ("A passage is a sentence; a mention is a match in it. One passage may hold several mentions.",),
        )
    )
    return (Facts(outcomes + depths), Paragraph(("How the sums add up:",)), sums)


def _reasons(numbers: ReportNumbers) -> tuple[Block, ...]:
    text = f"{part_of(numbers.set_aside, numbers.mentions, 'mention')} were set aside."
    if not numbers.set_aside_by_reason:
        return (Paragraph((text,)),)
    reasons = numbers.result.run.taxonomy.reasons
    columns = (Column("Reason"), Column("Mentions", numeric=True), Column("Share of set aside", numeric=True))
    rows = tuple(
        Row(((reason_name(reason, reasons),), (f"{number:,}",), (percent(number / numbers.set_aside),)))
        for reason, number in numbers.set_aside_by_reason
    )
    rows += (Row((("All reasons",), (f"{numbers.set_aside:,}",), ("100%",)), total=True),)
    return (Paragraph((text,)), Table("Mentions set aside, by reason", columns, rows, source=SOURCE))


def _files(numbers: ReportNumbers, places: Places) -> tuple[Block, ...]:
    result = numbers.result
    kinds = Counter(document.extractor or "unknown" for document in result.documents if document.status == "read")
    text = f"{part_of(result.counts.read, result.counts.documents, 'file')} were read"
    text += (
        f": {listing([f'{number:,} as {clean(kind)}' for kind, number in sorted(kinds.items())])}." if kinds else "."
    )
    blocks: list[Block] = [Paragraph((text,))]
    if places.large:
        blocks.append(
            Paragraph(("The files, with their digests, are in result.json; those refused are listed above.",), "note")
        )
    else:
        blocks.append(_file_table(numbers))
    if result.warnings:
        shown = sorted(result.warnings)[:_WARNINGS_SHOWN]
        blocks.append(Paragraph((f"{count(len(result.warnings), 'caution')} of the catalogue and the run:",)))
        blocks.append(Items(tuple((shorten(warning, 300),) for warning in shown)))
    return tuple(blocks)


def _file_table(numbers: ReportNumbers) -> Table:
    columns = (
        Column("File"),
        Column("Status"),
        Column("Read as"),
        Column("Pages", numeric=True),
        Column("Words", numeric=True),
        Column("Readable", numeric=True),
        Column("SHA-256, first 12"),
    )
    rows = tuple(
        Row(
            (
                (document_link(document.path),),
                ("read" if document.status == "read" else f"not read: {clean(document.reason or 'unknown')}",),
                (clean(document.extractor or "—"),),
                (f"{document.pages:,}" if document.pages else "—",),
                (f"{document.words:,}" if document.status == "read" else "—",),
                (percent(document.readable_share) if document.status == "read" else "—",),
                (Span((clean(document.sha256 or "")[:12]) or "—", Style.CODE),),
            )
        )
        for document in numbers.result.documents
    )
    return Table("Files of the audit", columns, rows, source=SOURCE)


def _limits() -> Items:
    return Items(
        (
            ("A syllabus says what is planned; it does not say what was taught, how well, or to what effect.",),
            (
                "A subject may be taught under words that the taxonomy does not have. The nearest miss helps to find "
                "such cases.",
            ),
            ("A match is a lead for a reader. The evidence should be confirmed by a person who knows the course.",),
            ("Pictures, film and spoken words in a syllabus were not read.",),
        )
    )
