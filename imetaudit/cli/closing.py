"""The closing table of an audit on the terminal: every course of the catalogue in exactly one state for each area."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imetaudit.model import Result


def show(result: Result, written: Sequence[Path]) -> None:
    """Print the table, what could not be read, and where the report is, on stderr."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    from imetaudit.report.numbers import report_numbers

    numbers = report_numbers(result)
    console = Console(stderr=True, highlight=False)
    table = Table(
        title="Courses by area and outcome",
        title_justify="left",
        box=SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=0,
    )
    table.add_column("Area", min_width=25, overflow="fold")
    for name in ("covered", "mentioned only", "no evidence", "not auditable", "no syllabus", "courses"):
        table.add_column(name, justify="right", width=max(map(len, name.split())))
    for area in numbers.areas:
        tally = area.tally
        states = (tally.covered, tally.mentioned_only, tally.no_evidence, tally.not_auditable, tally.no_syllabus)
        table.add_row(area.label, *map(str, states), str(tally.courses), style="" if area.lead else "dim")
    console.print(table)
    counts = result.counts
    console.print(
        f"{counts.courses} courses: {counts.audited} audited, {counts.not_auditable} not auditable, "
        f"{counts.no_syllabus} without a syllabus. {counts.documents} files: {counts.read} read, "
        f"{counts.unreadable} not."
    )
    for document in result.documents:
        if document.status == "unreadable":
            console.print(f"  not read: {document.path}: {document.reason}. {document.detail}", markup=False)
    for warning in result.warnings:
        console.print(f"  warning: {warning}", markup=False)
    for path in written:
        if path.name == "report.html":
            console.print(f"The report is in {path}", markup=False)
