"""The cues of `outline.yaml`, checked and compiled once.

It knows how the file's phrases become indexes and regular expressions over folded text. It does not know the order in
which the parts of a document are decided; `signals`, `lessons`, `hours` and `sections` do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from imetaudit.datafile import taxonomies_dir
from imetaudit.errors import DataFileError, Problem
from imetaudit.model import SectionKind
from imetaudit.outline.estimates import EstimateCues, compile_estimate
from imetaudit.outline.folding import fold
from imetaudit.outline.heads import SeveralCues, compile_several
from imetaudit.outline.hours import HoursCues, compile_hours
from imetaudit.outline.identity_cues import IdentityCues, compile_identity
from imetaudit.outline.objective_cues import ObjectiveCues, load_objective_cues
from imetaudit.outline.phrases import (
    HeadingIndex,
    OpeningIndex,
    PhraseIndex,
    alternation,
    index_headings,
    index_openings,
    index_phrases,
)

if TYPE_CHECKING:
    from imetaudit.outline.schema import (
        LessonsEntry,
        LessonWords,
        OutlineFile,
        SectionEntry,
        VerbsEntry,
    )


@dataclass(frozen=True)
class SectionRule:
    """What one entry of the file opens."""

    id: str
    kind: SectionKind
    schedule: bool
    """Whether a list of lessons follows."""
    sticky: bool
    """Whether what follows a `Label: text` line belongs to it."""


@dataclass(frozen=True)
class ContentCues:
    """How content decides where there is no heading; the fields are those of the file."""

    guarded_kinds: frozenset[SectionKind]
    guarded_phrases: int
    guarded_words: int
    least_words: int
    prose_words: int
    heading_words: int
    heading_characters: int
    title_units: int
    title_lines: int
    opening_weight: int
    ahead_units: int
    beside_units: int
    pages: re.Pattern[str]
    """A bracket that holds a topic's reading."""
    verb_share: float
    verb_items: int
    verbs: frozenset[str]
    citation: re.Pattern[str]
    broken: re.Pattern[str]
    """The end of a line at which a reading does not end."""
    scale: re.Pattern[str]
    """A line of a grading scale."""
    share: re.Pattern[str]
    """How much of the grade a task is."""


@dataclass(frozen=True)
class TableCues:
    """How a schedule table is told from others; the fields are those of the file."""

    head_characters: int
    least_rows: int
    row_share: float
    time_characters: int


@dataclass(frozen=True)
class LessonCues:
    """How lessons, dates and schedule tables are written."""

    numbered: re.Pattern[str]
    """A lesson word with a number: groups `word` and `number`."""
    named: re.Pattern[str]
    """A lesson word with a name in place of a number: groups `word` and `number`."""
    dated: re.Pattern[str]
    """A line that begins with a date: group `date`."""
    weekday: re.Pattern[str]
    """A line that begins with a day of the week alone."""
    anywhere: re.Pattern[str]
    """A date anywhere in a line."""
    method_labels: frozenset[str]
    """Labels after which a lesson says how it is taught: the heads of such a column."""
    ranks: Mapping[str, int]
    """The rank of each lesson word; 0 is the largest."""
    untaught: re.Pattern[str]
    """Words that say that no lesson is held."""
    holiday: re.Pattern[str]
    """Names of holidays and breaks."""
    exams: frozenset[str]
    """Words of a day on which there is only an exam, or something is due."""
    elective: tuple[str, ...]
    elective_cells: frozenset[str]
    """The words that make a lesson elective when they fill a cell of its row."""
    least_numbered: int
    least_dated: int
    recurring: int
    enough: int
    table: TableCues
    title_characters: int
    columns: Mapping[str, str]
    """The head of a schedule table's column to its role."""
    total_heads: frozenset[str]
    """Words of the head of a column that holds the hours of the others together."""


@dataclass(frozen=True)
class OutlineCues:
    """Everything by which an outline is read; made by `load_cues`."""

    version: str
    rules: tuple[SectionRule, ...]
    headings: HeadingIndex
    phrases: PhraseIndex
    openings: OpeningIndex
    content: ContentCues
    lessons: LessonCues
    hours: HoursCues
    estimate: EstimateCues
    identity: IdentityCues
    objectives: ObjectiveCues
    several: SeveralCues

    def in_language(self, language: str | None) -> OutlineCues:
        """Return the same cues, headings of a language (ISO 639-1, or None) first."""
        return replace(self, headings=self.headings.in_language(language))


def load_cues(path: Path) -> OutlineCues:
    """Read and check the cues of a file, and those of the `objectives.yaml` beside it or else of the shipped one.

    Raises:
        DataFileError: A file is missing, is no YAML, or has faults; all faults of the first such file are listed.
    """
    from pydantic import ValidationError

    from imetaudit.outline.schema import OutlineFile

    raw = _read_yaml(path)
    try:
        checked = OutlineFile.model_validate(raw)
    except ValidationError as error:
        raise DataFileError(
            [
                Problem(str(path), 0, f"{' -> '.join(map(str, e['loc'])) or 'file'}: {e['msg']}", "mend the entry")
                for e in error.errors()
            ]
        ) from error
    _check_patterns(path, checked)
    beside = path.with_name("objectives.yaml")
    objectives = load_objective_cues(beside if beside.is_file() else taxonomies_dir() / beside.name)
    return _compile(checked, objectives)


def _read_yaml(path: Path) -> object:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataFileError(
            [Problem(str(path), 0, f"cannot be read ({error.strerror})", "give a readable file")]
        ) from error
    except UnicodeDecodeError as error:
        raise DataFileError([Problem(str(path), 0, "is not UTF-8", "save it as UTF-8")]) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        what = getattr(error, "problem", None) or "is not YAML"
        raise DataFileError([Problem(str(path), line, str(what), "mend the YAML")]) from error


def _check_patterns(path: Path, checked: OutlineFile) -> None:
    """Report what the types cannot: doubled ids, patterns that do not compile, unknown language of a verb list."""
    problems: list[Problem] = []
    seen: set[str] = set()
    for entry in checked.sections:
        if entry.id in seen:
            problems.append(Problem(str(path), 0, f"section id `{entry.id}` is used twice", "rename one"))
        seen.add(entry.id)
        if not (entry.headings or entry.text or entry.opens):
            problems.append(Problem(str(path), 0, f"section `{entry.id}` has no cue", "give headings, text or opens"))
    for name in ("citation", "broken", "scale", "share"):
        for pattern in getattr(checked.content, name):
            try:
                re.compile(pattern)
            except re.error as error:
                what = f"content -> {name}: `{pattern}` is no pattern ({error})"
                problems.append(Problem(str(path), 0, what, "mend it"))
    if problems:
        raise DataFileError(problems)


def _phrases(groups: Iterable[Mapping[str, list[str]]]) -> list[tuple[str, int, str]]:
    """Flatten phrases by language into phrase, number of the group, and language."""
    return [
        (phrase, n, language)
        for n, group in enumerate(groups)
        for language in sorted(group)
        for phrase in group[language]
    ]


def _compile(checked: OutlineFile, objectives: ObjectiveCues) -> OutlineCues:
    entries: list[SectionEntry] = checked.sections
    content = checked.content
    verbs = {fold(verb) for group in _languages(content.verbs) for verb in group}
    return OutlineCues(
        version=checked.version,
        rules=tuple(SectionRule(e.id, e.kind, e.schedule, e.sticky) for e in entries),
        headings=index_headings(_phrases([e.headings for e in entries]), frozenset(_flat(content.general))),
        phrases=index_phrases((phrase, n) for phrase, n, _ in _phrases([e.text for e in entries])),
        openings=index_openings((phrase, n) for phrase, n, _ in _phrases([e.opens for e in entries])),
        content=ContentCues(
            guarded_kinds=frozenset(content.guarded_kinds),
            guarded_phrases=content.guarded_phrases,
            guarded_words=content.guarded_words,
            least_words=content.least_words,
            prose_words=content.prose_words,
            heading_words=content.heading_words,
            heading_characters=content.heading_characters,
            title_units=content.title_units,
            title_lines=content.title_lines,
            opening_weight=content.opening_weight,
            ahead_units=content.ahead_units,
            beside_units=content.beside_units,
            pages=re.compile(rf"\([^()]*\b(?:{alternation(content.pages)})\b[^()]*\)"),
            verb_share=content.verb_share,
            verb_items=content.verb_items,
            verbs=frozenset(verbs),
            citation=_any_of(content.citation),
            broken=_any_of(content.broken),
            scale=_any_of(content.scale),
            share=_any_of(content.share),
        ),
        lessons=_compile_lessons(checked.lessons),
        hours=compile_hours(checked.hours.model_dump(), _numbers(checked.lessons), _weekdays(checked.lessons)),
        estimate=compile_estimate(checked.estimate),
        identity=compile_identity(checked.identity, _flat(checked.lessons.months)),
        objectives=objectives,
        several=compile_several(checked.several, [*_lesson_words(checked.lessons), *_flat(checked.lessons.months)]),
    )


def _lesson_words(entry: LessonsEntry) -> list[str]:
    ranked = [word for group in entry.words for words in _languages(group) for word in words]
    return [fold(word) for word in (*ranked, *_weekdays(entry))]


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def _languages(entry: LessonWords | VerbsEntry) -> tuple[list[str], ...]:
    return entry.en, entry.es, entry.fr, entry.pt


def _numbers(entry: LessonsEntry) -> dict[str, int]:
    return {fold(word): value for language in sorted(entry.numbers) for word, value in entry.numbers[language].items()}


def _flat(groups: Mapping[str, list[str]]) -> list[str]:
    return [fold(word) for group in groups.values() for word in group]


def _weekdays(entry: LessonsEntry) -> list[str]:
    return _flat(entry.weekdays)


def _figures(entry: LessonsEntry, joint: str) -> str:
    """Return a pattern of a lesson's number: `4`, `2.1`, `6a`, `1-3`, `II`, `HR-1`, `two`."""
    figure = r"\d{1,3}(?:\.\d{1,2})?[a-z]?"
    code = r"[a-z]{1,4}-?\d{1,4}[a-z]?|[ivxlc]{1,4}[-.]\w{1,3}"
    return rf"{code}|{figure}(?:{joint}{figure})*|[ivxlc]{{1,6}}[a-z]?|[a-z]|{alternation(_numbers(entry))}"


def _dates(entry: LessonsEntry, joint: str) -> tuple[str, str]:
    """Return patterns of a date, with the days that are joined to it, and of a day of the week."""
    months, days = alternation(_flat(entry.months)), alternation(_flat(entry.weekdays))
    ordinal = r"(?:st|nd|rd|th|er|o)?"
    day = (
        rf"(?:(?:{months})\.?\s*\d{{1,2}}{ordinal}"
        rf"|\d{{1,2}}{ordinal}\.?\s+(?:de\s+|of\s+)?(?:{months})|\d{{1,2}}/\d{{1,2}})"
    )
    more = (
        rf"(?:{joint}(?:(?:{months})\.?\s*|(?:{days})\.?\s+)?"
        rf"\d{{1,2}}(?:/\d{{1,2}})?{ordinal}(?![\d:]))*"
    )
    weekday = rf"(?:{days})\.?(?![a-z])"
    year = r"(?:,?\s+(?:19|20)\d\d|/(?:19|20)?\d\d)?"
    initial = rf"\b(?:{alternation(entry.initials)})[.:]?\s?\d{{1,2}}(?=[:.]\s)"
    return rf"(?:{weekday}(?:{joint})?,?\s*)*\(?{day}{more}{year}|{initial}", weekday


def _compile_lessons(entry: LessonsEntry) -> LessonCues:
    ranks: dict[str, int] = {}
    for group in entry.words:
        for word in (word for words in _languages(group) for word in words):
            ranks.setdefault(fold(word), group.rank)
    joint = rf"\s*(?:{alternation(entry.joints)})\s*"
    date, weekday = _dates(entry, joint)
    heads = alternation(_flat(entry.columns["date"]))
    return LessonCues(
        numbered=re.compile(
            rf"(?P<word>{alternation(ranks)})\s*(?:{alternation(entry.signs)})?\s*"
            rf"(?P<number>{_figures(entry, joint)})(?=$|[\s.:,;)\-(\[|/])"
        ),
        named=re.compile(
            rf"(?P<word>{alternation(entry.unnumbered)})\s+(?P<number>[^\n]{{1,24}}?)(?:[.:]|\s-)\s+(?=\S)"
        ),
        dated=re.compile(
            rf"\(?(?:\d{{1,2}}(?:[.)]\s*|\s+(?=\()))?(?:(?:{heads})\s*:\s*)?(?P<date>{date})(?![\d/%])\)?"
        ),
        weekday=re.compile(rf"(?P<date>(?:{weekday}(?:{joint})?)+)(?=[\s.:,)\-]|$)"),
        anywhere=re.compile(rf"(?<![\w/.-])(?:{date})(?![\d/%])"),
        method_labels=frozenset(_flat(entry.columns.get("method", {}))),
        ranks=ranks,
        untaught=re.compile(rf"\b(?:{alternation(_flat(entry.untaught))})\b"),
        holiday=re.compile(rf"\b(?:{alternation(_flat(entry.holiday))})\b"),
        exams=frozenset(word for phrase in _flat(entry.exams) for word in phrase.split()),
        elective=tuple(sorted(set(_flat(entry.elective)))),
        elective_cells=frozenset(cue.strip(" :-()") for cue in _flat(entry.elective)),
        least_numbered=entry.least_numbered,
        least_dated=entry.least_dated,
        recurring=entry.recurring,
        enough=entry.enough,
        table=TableCues(**entry.table.model_dump()),
        title_characters=entry.title_characters,
        total_heads=frozenset(map(fold, entry.total_heads)),
        columns={head: role for role, groups in entry.columns.items() for head in reversed(_flat(groups))},
    )
