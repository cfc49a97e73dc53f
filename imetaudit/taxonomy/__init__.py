"""The yardstick: areas, topics, terms, rules of judgement and standards, read from data files and checked.

It knows how the files in `taxonomies/` are put together into one taxonomy, and reports every fault of all files at
once. It does not search texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from imetaudit.datafile import digest, taxonomies_dir
from imetaudit.errors import DataFileError, Problem
from imetaudit.model import TaxonomyRecord
from imetaudit.taxonomy.phrase import Pattern, PhraseError, compile_phrase, literals, parse
from imetaudit.taxonomy.rules import BoilerplateShape, ContextRules, CoverageRules, Cue, read_context, read_coverage
from imetaudit.taxonomy.topics import Area, Term, Topic, read_area

__all__ = [
    "Area", "BoilerplateShape", "ContextRules", "CoverageRules", "Cue", "Pattern", "PhraseError",
    "Taxonomy", "Term", "Topic", "compile_phrase", "literals", "load_taxonomy", "parse",
]  # fmt: skip


@dataclass(frozen=True)
class Taxonomy:
    """Everything by which a text is judged."""

    id: str
    version: str
    """The latest version among its files."""
    sha256: str
    """Of all its files, in the order of their names."""
    areas: tuple[Area, ...]
    """In the order in which reports list them."""
    context: ContextRules
    coverage: CoverageRules

    @property
    def topics(self) -> tuple[Topic, ...]:
        """Return all topics, in the order of areas and files."""
        return tuple(topic for area in self.areas for topic in area.topics)

    @property
    def codes(self) -> dict[str, str]:
        """Return the code of each topic that has one, with the topic's full id."""
        return {topic.code: topic.id for topic in self.topics if topic.code}

    def terms(self, area: str) -> int:
        """Return the number of terms of an area."""
        return sum(len(topic.terms) for topic in self.topics if topic.area == area)

    def record(self) -> TaxonomyRecord:
        """Return what the result says of the taxonomy."""
        areas = tuple(
            {
                "id": area.id,
                "label": area.label.get("en", area.id),
                "lead": area.lead,
                "topics": [
                    {"id": topic.id, "label": topic.label.get("en", topic.id), "verified": topic.verified}
                    for topic in area.topics
                ],
            }
            for area in self.areas
        )
        terms = sum(len(topic.terms) for topic in self.topics)
        return TaxonomyRecord(
            self.id, self.version, self.sha256, len(self.topics), terms, areas, dict(self.context.reasons)
        )


def load_taxonomy(*paths: Path | str) -> Taxonomy:
    """Read a taxonomy and return it checked and compiled.

    Args:
        *paths: folders shaped like `taxonomies/`, or single topic files; none means the taxonomy that comes with the
            program. Topic files are added to the shipped rules; a folder's own `context.yaml` and `coverage.yaml` are
            used if it has them.

    Raises:
        DataFileError: one or more files have faults; all of them are listed.
    """
    shipped = taxonomies_dir()
    places = [Path(path) for path in paths] or [shipped]
    files = _topic_files(places)
    context_file, coverage_file = (_rule_file(places, name) for name in ("context.yaml", "coverage.yaml"))
    problems: list[Problem] = []
    areas = [area for area in (_collect(problems, read_area, path) for path in files) if area]
    context = _collect(problems, read_context, context_file)
    coverage = _collect(problems, read_coverage, coverage_file)
    if not files:
        problems.append(Problem(str(places[0]), 0, "no topic file", "give a folder with topics/*.yaml, or topic files"))
    problems += _same_area(areas)
    if problems or context is None or coverage is None:
        raise DataFileError(problems)
    version = max([area.version for area in areas] + [context.version, coverage.version])
    ordered = tuple(sorted(areas, key=lambda area: (area.order, area.id)))
    name = "imetaudit" if places == [shipped] else places[0].stem
    return Taxonomy(name, version, digest([*files, context_file, coverage_file]), ordered, context, coverage)


def _collect(problems: list[Problem], read, path: Path):  # type: ignore[no-untyped-def]
    """Read one file, adding what is wrong with it to the problems."""
    try:
        value, found = read(path)
    except DataFileError as error:
        value, found = None, list(error.problems)
    problems.extend(found)
    return value


def _topic_files(places: Sequence[Path]) -> list[Path]:
    files: list[Path] = []
    for place in places:
        if place.is_dir():
            folder = place / "topics" if (place / "topics").is_dir() else place
            files += sorted(folder.glob("*.yaml"))
        else:
            files.append(place)
    return files


def _rule_file(places: Sequence[Path], name: str) -> Path:
    own = [place / name for place in places if (place / name).is_file()]
    return own[0] if own else taxonomies_dir() / name


def _same_area(areas: Sequence[Area]) -> list[Problem]:
    seen: set[str] = set()
    problems = []
    for area in areas:
        if area.id in seen:
            where = area.topics[0].where
            problems.append(Problem(where.split(":")[0], 0, f"the area {area.id!r} is in two files", "join the files"))
        seen.add(area.id)
    return problems
