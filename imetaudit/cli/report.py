"""`imetaudit report`: every page again, from a result file alone."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("report")
@click.argument("result", type=click.Path(path_type=Path, exists=True, dir_okay=True))
@click.option(
    "-f", "--format", "formats", default="html,csv,txt", show_default=True, help="What to write, with commas between."
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Folder to write to. Default: the result's own.")
def command(result: Path, formats: str, output: Path | None) -> None:
    """Write the report again from RESULT, a result.json or the folder that holds it."""
    from imetaudit.report import render
    from imetaudit.results import load_result

    file = result / "result.json" if result.is_dir() else result
    wanted = sorted({name.strip() for name in formats.split(",") if name.strip()})
    for path in render(load_result(file), wanted, output or file.parent):
        click.echo(path)
