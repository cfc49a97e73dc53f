"""`imetaudit audit`: a folder of syllabi in, a result and its report out."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from imetaudit.model import Result
    from imetaudit.pipeline import Progress


@click.command("audit")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--sample", is_flag=True, help="Audit the sample school that comes with the program.")
@click.option(
    "--catalog",
    type=click.Path(path_type=Path, exists=True),
    help="The list of courses (CSV or XLSX). Default: courses.csv or courses.xlsx in the folder, if there.",
)
@click.option(
    "--taxonomy",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help="Folder or topic file, instead of the shipped taxonomy. May be repeated.",
)
@click.option(
    "--standard",
    multiple=True,
    help="Id of a shipped standard, or the path of one. May be repeated. Default: all shipped ones.",
)
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The date for which criteria are judged. Default: today."
)
@click.option("--school", default="", help="The school's name, for the report. Default: the name of the folder.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Folder to write to. Default: reports/<name of the folder>."
)
@click.option(
    "-f",
    "--format",
    "formats",
    default="html,csv,txt,json",
    show_default=True,
    help="What to write beside result.json, with commas between.",
)
@click.option("--jobs", type=click.IntRange(0), default=0, show_default="one a processor", help="Worker processes.")
@click.option(
    "--executor", default="local", show_default=True, help="Where documents are read: local, or dask://HOST:PORT."
)
@click.option(
    "--ocr",
    type=click.Choice(["auto", "never", "always"]),
    default="auto",
    show_default=True,
    help="Read pages without text by OCR, where tesseract is installed.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["gaps", "unreadable"]),
    help="Exit with code 1 if a course has no democracy content, or a file could not be read.",
)
@click.option("--quiet", is_flag=True, help="No progress bar and no closing table.")
def command(
    paths: tuple[Path, ...], sample: bool, catalog: Path | None, taxonomy: tuple[Path, ...], standard: tuple[str, ...],
    as_of: datetime.datetime | None, school: str, output: Path | None, formats: str, jobs: int, executor: str, ocr: str,
    fail_on: str | None, quiet: bool,
) -> None:  # fmt: skip
    """Audit a folder of syllabi, or single files, and write the report.

    PATHS are one folder, or files. Every file is read, whatever its format; what could not be read is listed with the
    reason. Nothing leaves this machine.
    """
    from imetaudit.datafile import sample_dir
    from imetaudit.errors import UsageError
    from imetaudit.executors import executor_for
    from imetaudit.extract.thresholds import load_thresholds
    from imetaudit.pipeline import AuditOptions, audit
    from imetaudit.report import check_formats, render
    from imetaudit.results import load_result, save_result
    from imetaudit.taxonomy import load_taxonomy
    from imetaudit.taxonomy.standards import load_standards, standard_paths

    if sample == bool(paths):
        raise UsageError("audit: give a folder or files to audit, or --sample")
    paths = (sample_dir(),) if sample else paths
    wanted = [name.strip() for name in formats.split(",") if name.strip()]
    check_formats(wanted)
    target = output or Path("reports") / ("sample" if sample else paths[0].resolve().name)
    yardstick = load_taxonomy(*taxonomy)
    standards = load_standards(standard_paths(standard), yardstick.codes)
    date = (as_of or datetime.datetime.now()).date().isoformat()
    options = AuditOptions(ocr=ocr)
    limits = load_thresholds(None).limits
    workers = executor_for(
        executor, jobs or os.cpu_count() or 1, limits.clock_seconds, limits.memory_bytes, cpu_seconds=limits.seconds
    )
    with _progress(quiet) as progress:
        result = audit(
            paths, as_of=date, taxonomy=yardstick, standards=standards, catalog=catalog, school=school, options=options,
            exclude=(target,), executor=workers, progress=progress,
        )  # fmt: skip
    # The pages are made from what the file says, so that `imetaudit report` makes the same ones from it.
    file = target / "result.json"
    save_result(result, file)
    result = load_result(file)
    written = render(result, [name for name in wanted if name != "json"] or ["json"], target)
    if not quiet:
        from imetaudit.cli.closing import show

        show(result, written)
    if _fails(result, fail_on):
        raise click.exceptions.Exit(1)


@contextmanager
def _progress(quiet: bool) -> Iterator[Progress | None]:
    """Show a bar on stderr while documents are read, where stderr is a terminal."""
    import sys

    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("Reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("documents", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _fails(result: Result, fail_on: str | None) -> bool:
    """Tell whether the result has what the operator asked to be failed on."""
    from imetaudit.report.numbers import report_numbers

    if fail_on == "unreadable":
        return result.counts.unreadable > 0
    if fail_on == "gaps":
        return bool(report_numbers(result).without("democracy"))
    return False
