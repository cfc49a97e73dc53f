"""The batch: a pass over the documents, each in a worker, then a pass over the catalogue.

The first pass is one pure function of a file's bytes, the taxonomy and the options; the second needs no document
text. This module knows the order of the steps and nothing of how any of them is done.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from imetaudit import __version__
from imetaudit.assess.course import assess_course
from imetaudit.assess.reading import Reading, reading_of
from imetaudit.assess.verdicts import judge
from imetaudit.catalog import Catalog, read_catalog
from imetaudit.catalog.alone import courses_told
from imetaudit.catalog.matching import Claim, MatchedCourse, Matching, Told, match_courses
from imetaudit.datafile import taxonomies_dir
from imetaudit.errors import NothingReadError
from imetaudit.executors import Executor, Failure
from imetaudit.extract.guarded import unreadable, workers
from imetaudit.extract.language import stop_word_shares
from imetaudit.extract.members import Members, may_hold_members, members_of
from imetaudit.extract.reading import read_file
from imetaudit.extract.thresholds import load_thresholds
from imetaudit.folding import fold
from imetaudit.model import (
    Boilerplate,
    Counts,
    CourseRecord,
    CourseStatus,
    Document,
    DocumentRecord,
    Result,
    Run,
    Unreadable,
)
from imetaudit.outline import OutlineCues, load_cues, read_outline
from imetaudit.tag import Passage, Tagger, clusters
from imetaudit.taxonomy import Taxonomy, load_taxonomy
from imetaudit.taxonomy.standards import Standard, load_standards, record, standard_paths

Progress = Callable[[int, int], None]
"""Called with the number of documents done and of all documents."""


@dataclass(frozen=True)
class AuditOptions:
    """How an audit is run; none of it changes what a document says, but `ocr` may change what can be read.

    How long and with how much memory a document may be read stands in `extraction.yaml`.
    """

    ocr: str = "auto"


@dataclass(frozen=True)
class Task:
    """One file to read."""

    path: Path
    name: str
    ocr: str


@dataclass(frozen=True)
class DocumentReader:
    """Everything a worker needs to read documents, built once for a process."""

    tagger: Tagger
    cues: OutlineCues

    @classmethod
    def build(cls, taxonomy: Taxonomy) -> DocumentReader:
        """Index the taxonomy and compile the outline's cues."""
        thresholds = load_thresholds(None)
        tagger = Tagger(taxonomy, lambda text: stop_word_shares(text, thresholds))
        return cls(tagger, load_cues(taxonomies_dir() / "outline.yaml"))

    def __reduce__(self) -> tuple[Callable[[Taxonomy], DocumentReader], tuple[Taxonomy]]:
        """Travel to a worker that shares no memory as the taxonomy alone, and be built again there."""
        return DocumentReader.build, (self.tagger.taxonomy,)

    def read(self, task: Task) -> Reading:
        """Read, outline and tag one file; trouble with it is part of the reading."""
        document = read_file(task.path, name=task.name, ocr=task.ocr)
        if isinstance(document, Unreadable):
            return Reading(_unreadable(document))
        outline = read_outline(document, self.cues)
        tagged = self.tagger.tag(document, outline)
        # Only lessons, identity and hours are needed after this, so sections stay behind with the text.
        return Reading(_read(document), replace(outline, sections=()), tagged)


def audit(
    folder: Path | str | Sequence[Path],
    *,
    as_of: str,
    taxonomy: Taxonomy | None = None,
    standards: Sequence[Standard] | None = None,
    catalog: Path | None = None,
    school: str = "",
    options: AuditOptions | None = None,
    exclude: Sequence[Path] = (),
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Result:
    """Audit a folder of syllabi, or single files, and return the result.

    Args:
        folder: a folder, or files.
        as_of: ISO date that decides which criteria are in force; part of the result.
        taxonomy: what to look for, and the rules of judgement; by default the one that comes with the program.
        standards: criteria to judge by; by default all that come with the program.
        catalog: the list of courses; by default `courses.csv` in the folder, or else every file is a course.
        school: its name, for the report; by default that of the folder.
        options: whether OCR is used.
        exclude: folders not to enter, such as the one that reports are written to.
        executor: where documents are read; by default in worker processes on this machine.
        progress: told after each document.

    Raises:
        DataFileError: a data file or the catalogue has faults; all of them are listed, before any work.
        NothingReadError: there were documents, and none could be read, or there was no document at all.
    """
    options = options or AuditOptions()
    taxonomy = taxonomy or load_taxonomy()
    if standards is None:
        standards = load_standards(standard_paths(()), taxonomy.codes)
    places = [Path(folder)] if isinstance(folder, str | Path) else list(folder)
    executor = executor or workers(load_thresholds(None), os.cpu_count() or 1)
    listing = read_catalog(places, catalog, exclude=exclude, expand=lambda files: _members(executor, files))
    tasks = _tasks(listing, options)
    if not tasks:
        raise NothingReadError(f"{places[0] if places else 'nothing'}: no syllabus here; give a folder that has some")
    reader = DocumentReader.build(taxonomy)
    readings = _readings(executor, reader, tasks, progress)
    if not any(reading.record.status == "read" for reading in readings.values()):
        reasons = sorted({reading.record.detail or "" for reading in readings.values()})
        raise NothingReadError("\n".join(["not one document could be read:", *reasons[:10]]))
    result = assess(listing, readings, taxonomy, standards, as_of)
    run = replace(result.run, options={"ocr": options.ocr}, school=school or result.run.school)
    return replace(result, run=run)


def assess(
    listing: Catalog, readings: Mapping[str, Reading], taxonomy: Taxonomy, standards: Sequence[Standard], as_of: str
) -> Result:
    """Judge a catalogue whose documents have been read; pure, and linear in mentions and lessons."""
    matching = _matched(listing, readings)
    repeated, boilerplate = _boilerplate(matching.courses, readings, taxonomy)
    audits = [
        assess_course(each.course, [_claimed(claim, readings) for claim in each.claims], repeated, taxonomy)
        for each in matching.courses
    ]
    records = [_with_claims(audit.record, each) for audit, each in zip(audits, matching.courses, strict=True)]
    coverage = tuple(row for each in audits for row in each.coverage)
    mentions = tuple(mention for each in audits for mention in each.mentions)
    documents = tuple(readings[name].record for name in sorted(readings))
    partly = [each.record.id for each in audits if not each.conclusive]
    return Result(
        run=Run(
            __version__, as_of, taxonomy.record(), tuple(record(each) for each in standards), {}, listing.sha256,
            school=listing.root.resolve().name,
        ),
        counts=_counts(records, documents),
        documents=documents,
        courses=tuple(records),
        coverage=coverage,
        mentions=mentions,
        boilerplate=boilerplate,
        verdicts=judge(records, coverage, mentions, standards, taxonomy.codes, as_of, partly),
        warnings=tuple(sorted((*listing.warnings, *matching.warnings))),
    )  # fmt: skip


# --- the pass over documents -------------------------------------------------------------------


def _members(executor: Executor, files: Mapping[str, Path]) -> dict[str, Members]:
    """Tell what files hold that may hold several syllabi; hostile ones are opened in workers only.

    Where that fails the file stays on the list, and fails again when it is read, with its reason.
    """
    names = {path: name for name, path in files.items() if may_hold_members(path)}
    found = executor.run(members_of, names) if names else ()
    return {names[path]: held for path, held in found if isinstance(held, Members)}


def _tasks(listing: Catalog, options: AuditOptions) -> list[Task]:
    """Return one task for each file, in the order of their names; what no line names may tell itself whose it is."""
    names = sorted({*listing.unnamed, *(name for course in listing.courses for name in course.files)})
    return [Task(listing.root / name, name, options.ocr) for name in names]


def _readings(
    executor: Executor, reader: DocumentReader, tasks: Sequence[Task], progress: Progress | None
) -> dict[str, Reading]:
    """Read all files; a worker that died costs only the file that it was reading."""
    readings: dict[str, Reading] = {}
    for done, (task, outcome) in enumerate(executor.run(reader.read, tasks), start=1):
        readings[task.name] = _failed(task, outcome) if isinstance(outcome, Failure) else outcome
        if progress:
            progress(done, len(tasks))
    return readings


def _failed(task: Task, failure: Failure) -> Reading:
    return Reading(_unreadable(unreadable(task.path, task.name, failure, load_thresholds(None))))


def _read(document: Document) -> DocumentRecord:
    return DocumentRecord(
        document.path, document.sha256, document.media_type, "read", None, None, document.pages, document.words,
        document.language, document.extractor, document.readable_share, document.warnings,
        document.ocr_confidence,
    )  # fmt: skip


def _unreadable(file: Unreadable) -> DocumentRecord:
    return DocumentRecord(
        file.path, file.sha256, file.media_type, "unreadable", file.reason.value, file.detail, None, 0, None, None, 0.0
    )


# --- the pass over the catalogue ----------------------------------------------------------------


def _matched(listing: Catalog, readings: Mapping[str, Reading]) -> Matching:
    """Return the courses by id with their documents: those of the catalogue, or else those that the documents make."""
    told = {
        name: Told(reading.outline.identity, reading.outline.courses, reading.record.language)
        for name, reading in readings.items()
    }
    return courses_told(listing, told) if listing.sha256 is None else match_courses(listing, told)


def _claimed(claim: Claim, readings: Mapping[str, Reading]) -> Reading:
    """Return the reading of a course's document, or of its part of one."""
    reading = readings[claim.document]
    return reading if claim.parts is None else reading_of(reading, claim.parts)


def _with_claims(record: CourseRecord, matched: MatchedCourse) -> CourseRecord:
    warnings = tuple(sorted({*record.warnings, *matched.warnings}))
    return replace(record, matched=tuple(claim.told() for claim in matched.claims), warnings=warnings)


def _boilerplate(
    courses: Sequence[MatchedCourse], readings: Mapping[str, Reading], taxonomy: Taxonomy
) -> tuple[set[tuple[str, int]], tuple[Boilerplate, ...]]:
    """Find the passages that stand in the syllabi of several courses with different titles.

    Returns the passages (document, index) that are boilerplate, and for each group of them what the result says.
    """
    rules = taxonomy.context.boilerplate
    owners = _owners(courses, readings)
    passages = [p for reading in readings.values() for p in reading.tagged.passages]
    index = {(p.document, p.start): at for r in readings.values() for at, p in enumerate(r.tagged.passages)}
    mentions: dict[tuple[str, int], int] = defaultdict(int)
    for name, reading in readings.items():
        for finding in reading.tagged.findings:
            if finding.passage is not None and finding.reason is None:
                mentions[name, finding.passage] += 1
    repeated: set[tuple[str, int]] = set()
    told = []
    for group in clusters(passages, rules.similarity):
        everyone = {owner for p in group for owner in owners(p)}
        if len({title for _, title in everyone}) < rules.courses:
            continue
        members = [(p.document, index[p.document, p.start]) for p in group]
        repeated.update(members)
        documents = len({p.document for p in group})
        ids = {course for course, _ in everyone}
        told.append(Boilerplate(group[0].text, len(ids), documents, sum(mentions[m] for m in members)))
    return repeated, tuple(sorted(told, key=lambda each: (-each.courses, each.text)))


def _owners(
    courses: Sequence[MatchedCourse], readings: Mapping[str, Reading]
) -> Callable[[Passage], list[tuple[str, str]]]:
    """Return what tells the courses of a passage, each by id and title."""
    claims: dict[str, list[tuple[Claim, str, str]]] = defaultdict(list)
    for matched in courses:
        course = matched.course
        for claim in matched.claims:
            identity = claim.parts[0].identity if claim.parts else readings[claim.document].outline.identity
            claims[claim.document].append((claim, course.id, fold(course.title or identity.title or course.id)))
    return lambda passage: [
        (course, title) for claim, course, title in claims[passage.document] if claim.holds(passage.start)
    ]


def _counts(courses: Iterable[CourseRecord], documents: Sequence[DocumentRecord]) -> Counts:
    states = [course.status for course in courses]
    read = sum(document.status == "read" for document in documents)
    return Counts(
        len(states), states.count(CourseStatus.AUDITED), states.count(CourseStatus.NOT_AUDITABLE),
        states.count(CourseStatus.NO_SYLLABUS), len(documents), read, len(documents) - read,
    )  # fmt: skip
