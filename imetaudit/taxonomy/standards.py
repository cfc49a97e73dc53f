"""Standards: dated criteria with citations, read from YAML and checked whole before any work.

It knows the shape of a standard's file (docs/standards.md), which concept codes a pattern such as `HR.*` stands for,
and on which day a criterion is in force. It does not know whether a course meets one: that is `assess.verdicts`.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from imetaudit.datafile import Lines, check_shape, digest, load_yaml, taxonomies_dir
from imetaudit.errors import DataFileError, Problem, UsageError
from imetaudit.model import StandardRecord

WILDCARD = ".*"


class Level(StrEnum):
    """Of what a criterion speaks."""

    COURSE = "course"
    PROGRAMME = "programme"


class Unit(StrEnum):
    """In what a criterion measures."""

    HOURS = "hours"
    """60-minute hours of the counted lessons."""
    SHARE = "share"
    """The counted lessons' share of the hours of all lessons, 0 to 1."""
    TOPICS = "topics"
    """How many of the named topics are present."""
    JUDGEMENT = "judgement"
    """Nothing that a program can measure."""


class Counts(StrEnum):
    """Which evidence a criterion counts."""

    MANDATORY_LESSONS = "mandatory-lessons"
    """Evidence within lessons that every student attends."""
    MANDATORY_INSTRUCTION = "mandatory-instruction"
    """All kept evidence, except within lessons that are optional."""
    INSTRUCTION = "instruction"
    """All kept evidence."""


class Comparison(StrEnum):
    """How a measure is held against its threshold."""

    ABOVE = ">"
    AT_LEAST = ">="


class WhenUnstated(StrEnum):
    """What to do where the catalogue says of no course whether a criterion applies to it."""

    JUDGE = "judge"
    NOT_APPLICABLE = "not-applicable"


class Require(StrEnum):
    """How many of the named topics must be present."""

    ALL = "all"
    ANY = "any"


@dataclass(frozen=True)
class Threshold:
    """The least measure with which a criterion is met."""

    comparison: Comparison
    value: float
    warn_from: float | None = None
    """Measures from here to `warn_to`, both included, are near enough to the threshold to hang on single lessons."""
    warn_to: float | None = None

    def reached_by(self, measure: float) -> bool:
        """Tell whether the measure is enough."""
        # Sums of tenths of hours are not exact in binary; a millionth of an hour is nobody's instruction.
        if self.comparison is Comparison.ABOVE:
            return measure > self.value + 1e-6
        return measure >= self.value - 1e-6

    def is_near(self, measure: float) -> bool:
        """Tell whether the measure lies within the warning band."""
        if self.warn_from is None or self.warn_to is None:
            return False
        return self.warn_from - 1e-6 <= measure <= self.warn_to + 1e-6


@dataclass(frozen=True)
class RequiredTopic:
    """One matter that a criterion names, and the concepts that show it."""

    id: str
    label: str
    codes: tuple[str, ...]
    """Codes of concepts (`CIV.CTRL`) or of all that begin so (`HR.*`)."""
    excluded: tuple[str, ...] = ()
    """Codes that do not show it although a pattern of `codes` holds them."""
    beside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Codes that show it only in a course that also has evidence of one of the others."""


@dataclass(frozen=True)
class AppliesWhen:
    """The attribute of a course by which a criterion applies to it."""

    attribute: str
    """The column of the catalogue."""
    values: tuple[str, ...]
    when_unstated: WhenUnstated = WhenUnstated.NOT_APPLICABLE


@dataclass(frozen=True)
class Criterion:
    """One dated rule of a standard."""

    id: str
    text: str
    citation: str
    verified: bool
    """Whether text and citation were seen in the source."""
    level: Level
    unit: Unit
    counts: Counts = Counts.MANDATORY_LESSONS
    require: Require = Require.ALL
    threshold: Threshold | None = None
    topics: tuple[RequiredTopic, ...] = ()
    applies_when: AppliesWhen | None = None
    automatic: bool = True
    """False where only a person can judge."""
    effective_from: str | None = None
    """The first day on which it is in force, as ISO date; None where it has no beginning."""
    effective_to: str | None = None
    """The last day on which it is in force, as ISO date; None where it has no end."""
    note: str = ""
    hours_note: str = ""

    def in_force(self, day: str) -> bool:
        """Tell whether it is in force on the day, an ISO date; its first and last day are."""
        return (self.effective_from or day) <= day <= (self.effective_to or day)


@dataclass(frozen=True)
class Standard:
    """A set of criteria that belong together."""

    id: str
    title: str
    version: str
    source: str
    note: str
    sha256: str
    criteria: tuple[Criterion, ...]


def standard_paths(names: Sequence[str]) -> tuple[Path, ...]:
    """Find the file of each standard: a path, or the id of one that comes with the program; without names, all those.

    Raises:
        UsageError: a name is neither.
    """
    shipped = {path.stem: path for path in sorted((taxonomies_dir() / "standards").glob("*.yaml"))}
    if not names:
        return tuple(shipped.values())
    found = []
    for name in names:
        path = Path(name)
        if name in shipped:
            path = shipped[name]
        elif not path.is_file():
            raise UsageError(f"{name}: no such standard; give the path of a file or one of {', '.join(shipped)}")
        if path not in found:
            found.append(path)
    return tuple(found)


def load_standards(paths: Sequence[Path], codes: Collection[str] | None = None) -> tuple[Standard, ...]:
    """Read and check the standards, in the order of their paths.

    Args:
        paths: The files; none gives no standards.
        codes: The codes of the taxonomy in use; None leaves the criteria's codes unchecked.

    Raises:
        DataFileError: with every fault of every file.
    """
    problems: list[Problem] = []
    standards: list[Standard] = []
    seen: dict[str, Path] = {}
    for path in paths:
        try:
            standard, faults = _load(path, codes)
        except DataFileError as error:
            problems.extend(error.problems)
            continue
        problems.extend(faults)
        if standard is not None:
            first = seen.setdefault(standard.id, path)
            if first != path:
                what = f"the id {standard.id!r} is that of {first} too"
                problems.append(Problem(str(path), 1, what, "give each standard its own id"))
            standards.append(standard)
    if problems:
        raise DataFileError(problems)
    return tuple(standards)


def record(standard: Standard) -> StandardRecord:
    """Return what the result says of the standard, its criteria in their order."""
    return StandardRecord(
        id=standard.id,
        version=standard.version,
        sha256=standard.sha256,
        title=standard.title,
        criteria=tuple(_criterion_record(criterion) for criterion in standard.criteria),
    )


def _criterion_record(criterion: Criterion) -> dict[str, object]:
    threshold = criterion.threshold
    return {
        "id": criterion.id,
        "text": criterion.text,
        "citation": criterion.citation,
        "level": str(criterion.level),
        "unit": str(criterion.unit),
        "comparison": str(threshold.comparison) if threshold else None,
        "threshold": threshold.value if threshold else None,
        "verified": criterion.verified,
        "automatic": criterion.automatic,
        "effective_from": criterion.effective_from,
        "effective_to": criterion.effective_to,
        "note": " ".join(part for part in (criterion.note, criterion.hours_note) if part),
    }


def matching_codes(patterns: Iterable[str], codes: Collection[str]) -> frozenset[str]:
    """Return those of the codes that one of the patterns names.

    >>> sorted(matching_codes(["HR.*", "DEM.DUE"], ["HR.GEN", "HRX.GEN", "DEM.DUE", "DEM.GEN"]))
    ['DEM.DUE', 'HR.GEN']
    """
    wanted = tuple(patterns)
    return frozenset(code for code in codes if any(_names(pattern, code) for pattern in wanted))


def _names(pattern: str, code: str) -> bool:
    if pattern.endswith(WILDCARD):
        return code.startswith(pattern[: -len(WILDCARD)] + ".")
    return pattern == code


def _load(path: Path, codes: Collection[str] | None) -> tuple[Standard | None, list[Problem]]:
    """Read one file; return the standard, or None where its shape is wrong, and its problems."""
    from imetaudit.taxonomy.standard_shape import StandardShape

    data, lines = load_yaml(path)
    shape, problems = check_shape(StandardShape, data, lines)
    if shape is None:
        return None, problems
    standard = _standard(shape.model_dump(by_alias=True), digest([path]))
    return standard, [*_faults(standard, lines), *_code_faults(standard, lines, codes)]


def _faults(standard: Standard, lines: Lines) -> Iterator[Problem]:
    """Yield what is wrong between the values of one standard."""
    first: dict[str, int] = {}
    if not standard.criteria:
        yield lines.problem(("criteria",), "the standard has no criteria", "add one")
    for index, criterion in enumerate(standard.criteria):
        at = ("criteria", index)
        if not criterion.id.startswith(f"{standard.id}."):
            what = f"the criterion's id {criterion.id!r} does not begin with that of its standard"
            yield lines.problem((*at, "id"), what, f"write {standard.id}.{criterion.id.rpartition('.')[2]}")
        if criterion.id in first:
            what = f"the id {criterion.id!r} stands twice, first in line {first[criterion.id]}"
            yield lines.problem((*at, "id"), what, "give each criterion its own id")
        first.setdefault(criterion.id, lines.at(*at, "id"))
        if (criterion.effective_from or "") > (criterion.effective_to or "9999-12-31"):
            yield lines.problem((*at, "effective_to"), "it ends before it begins", "correct one of the two dates")
        yield from _unit_faults(criterion, lines, index)
        ids = [topic.id for topic in criterion.topics]
        for place, topic in enumerate(criterion.topics):
            if topic.id in ids[:place]:
                steps = (*at, "topics", place, "id")
                yield lines.problem(steps, f"the topic {topic.id!r} stands twice", "keep one of the two")


def _unit_faults(criterion: Criterion, lines: Lines, index: int) -> Iterator[Problem]:
    """Yield what a criterion lacks, or has too much, for its unit."""
    at = ("criteria", index)
    measured = criterion.unit in (Unit.HOURS, Unit.SHARE)
    if criterion.automatic and criterion.unit is Unit.JUDGEMENT:
        yield lines.problem((*at, "unit"), "a judgement cannot be automatic", "add automatic: false")
    if criterion.automatic and criterion.unit is not Unit.JUDGEMENT and not criterion.topics:
        yield lines.problem(at, f"{criterion.id} names no topics", "add topics, or automatic: false")
    if criterion.automatic and measured and criterion.threshold is None:
        yield lines.problem(at, f"{criterion.id} has no threshold", "add threshold: {comparison: …, value: …}")
    if not measured and criterion.threshold is not None:
        what = f"a criterion in {criterion.unit} has no threshold"
        yield lines.problem((*at, "threshold"), what, "remove it, or make the unit hours or share")
    if measured and criterion.automatic and criterion.level is Level.PROGRAMME:
        what = "a programme cannot be measured in hours or shares"
        yield lines.problem((*at, "level"), what, "make the level course, or the unit topics")
    if criterion.unit is Unit.SHARE and criterion.threshold is not None and not 0 <= criterion.threshold.value <= 1:
        yield lines.problem((*at, "threshold"), "a share lies between 0 and 1", "write 50 percent as 0.5")
    if measured and criterion.counts is not Counts.MANDATORY_LESSONS:
        what = f"hours are those of lessons, not of {criterion.counts}"
        yield lines.problem((*at, "counts"), what, "write counts: mandatory-lessons")


def _code_faults(standard: Standard, lines: Lines, codes: Collection[str] | None) -> Iterator[Problem]:
    """Yield the codes that the taxonomy does not have."""
    if codes is None:
        return
    for index, criterion in enumerate(standard.criteria):
        for place, topic in enumerate(criterion.topics):
            at = ("criteria", index, "topics", place)
            written = [("codes", topic.codes), ("except", topic.excluded)]
            written += [("beside", (code, *others)) for code, others in topic.beside.items()]
            for key, patterns in written:
                for pattern in patterns:
                    if not matching_codes([pattern], codes):
                        near = difflib.get_close_matches(pattern, sorted(codes), n=1)
                        remedy = f"did you mean {near[0]}?" if near else "use a code of the taxonomy in use"
                        yield lines.problem((*at, key), f"no topic has the code {pattern}", remedy)


def _standard(data: Mapping[str, object], sha256: str) -> Standard:
    """Make a standard of data whose shape was checked."""
    return Standard(**{**data, "criteria": tuple(map(_criterion, _list(data["criteria"]))), "sha256": sha256})  # type: ignore[arg-type]


def _criterion(data: Mapping[str, object]) -> Criterion:
    values = dict(data)
    if values["threshold"] is not None:
        values["threshold"] = Threshold(**values["threshold"])  # type: ignore[arg-type]
    if values["applies_when"] is not None:
        values["applies_when"] = AppliesWhen(**values["applies_when"])  # type: ignore[arg-type]
    for key in ("effective_from", "effective_to"):
        day = values[key]
        values[key] = day.isoformat() if isinstance(day, date) else None
    values["topics"] = tuple(
        RequiredTopic(**{"excluded" if key == "except" else key: value for key, value in topic.items()})  # type: ignore[arg-type]
        for topic in _list(values["topics"])
    )
    return Criterion(**values)  # type: ignore[arg-type]


def _list(value: object) -> Sequence[Mapping[str, object]]:
    assert isinstance(value, tuple | list)  # noqa: S101  the shape was checked
    return value
