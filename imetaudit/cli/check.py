"""`imetaudit check`: taxonomies and standards, held against their schema, references and examples."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("check")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True))
def command(files: tuple[Path, ...]) -> None:
    """Check taxonomies and standards and run every example.

    FILES are topic files, standards, or folders shaped like taxonomies/; without any, all that comes with the program
    is checked. Every fault is listed, with file, line and what to do. Exit code 3 if there is one.
    """
    from imetaudit.errors import DataFileError
    from imetaudit.tag.examples import run_examples
    from imetaudit.tag.tagger import Tagger
    from imetaudit.taxonomy import load_taxonomy

    taxonomy = load_taxonomy(*files)
    problems = run_examples(Tagger(taxonomy))
    if problems:
        raise DataFileError(problems)
    terms = sum(len(topic.terms) for topic in taxonomy.topics)
    click.echo(f"{len(taxonomy.areas)} areas, {len(taxonomy.topics)} topics, {terms} terms: no fault found", err=True)
