"""`imetaudit check`: taxonomies and standards, held against their schema, references and examples."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from imetaudit.errors import Problem
    from imetaudit.taxonomy import Taxonomy


_RULES = ("catalog.yaml", "context.yaml", "coverage.yaml", "extraction.yaml", "objectives.yaml", "outline.yaml")


@click.command("check")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True))
def command(files: tuple[Path, ...]) -> None:
    """Check taxonomies and standards and run every example.

    FILES are topic files, standards, or folders shaped like taxonomies/; without any, all that comes with the program
    is checked. Every fault is listed, with file, line and what to do. Exit code 3 if there is one.
    """
    from imetaudit.datafile import taxonomies_dir
    from imetaudit.errors import DataFileError, UsageError

    problems: list[Problem] = []
    places = files or (taxonomies_dir(),)
    for place in places:
        if place.name in _RULES:
            raise UsageError(f"{place}: these rules are checked with the taxonomy around them; give the folder")
    standards = [file for place in places for file in _standards(place)]
    topics = [place for place in places if place.is_dir() or place not in standards]
    taxonomy = _check_topics(topics if files else [], problems) if topics else None
    count = _check_standards(standards, taxonomy, problems)
    for place in places:
        _check_rules(place, problems)
    if problems:
        raise DataFileError(problems)
    told = [f"{count} standards"]
    if taxonomy:
        terms = sum(len(topic.terms) for topic in taxonomy.topics)
        told = [f"{len(taxonomy.areas)} areas", f"{len(taxonomy.topics)} topics", f"{terms} terms", *told]
    click.echo(f"{', '.join(told)}: no fault found", err=True)


@contextmanager
def _collected(problems: list[Problem]) -> Iterator[None]:
    """Add the faults of a data file to the problems, and go on to the next."""
    from imetaudit.errors import DataFileError

    try:
        yield
    except DataFileError as error:
        problems.extend(error.problems)


def _standards(place: Path) -> list[Path]:
    """Return the standards among a folder's files, or the file itself if it is one."""
    if place.is_dir():
        return sorted((place / "standards").glob("*.yaml"))
    text = place.read_text(encoding="utf-8", errors="replace")
    return [place] if any(line.startswith("criteria:") for line in text.splitlines()) else []


def _check_topics(places: list[Path], problems: list[Problem]) -> Taxonomy | None:
    """Load topic files and run their examples and those of the cues."""
    from imetaudit.tag.examples import run_examples
    from imetaudit.tag.tagger import Tagger
    from imetaudit.taxonomy import load_taxonomy

    with _collected(problems):
        taxonomy = load_taxonomy(*places)
        problems += run_examples(Tagger(taxonomy))
        return taxonomy
    return None


def _check_standards(files: list[Path], taxonomy: Taxonomy | None, problems: list[Problem]) -> int:
    """Load standards, their codes held against the taxonomy that is checked and the shipped one."""
    from imetaudit.taxonomy import load_taxonomy
    from imetaudit.taxonomy.standards import load_standards

    with _collected(problems):
        codes = {**(taxonomy.codes if taxonomy else {}), **load_taxonomy().codes} if files else None
        return len(load_standards(files, codes))
    return 0


def _check_rules(place: Path, problems: list[Problem]) -> None:
    """Load the rules of reading that a folder has beside its topics."""
    from imetaudit.catalog.rules import load_rules
    from imetaudit.extract.thresholds import load_thresholds
    from imetaudit.outline import load_cues

    loaders: dict[str, Callable[[Path], object]] = {
        "catalog.yaml": load_rules,
        "extraction.yaml": load_thresholds,
        "outline.yaml": load_cues,
    }
    for name, load in loaders.items():
        if place.is_dir() and (place / name).is_file():
            with _collected(problems):
                load(place / name)
