"""The report: everything that people read of an audit, made from its result alone.

It knows which formats there are and under which names their files stand. It does not know how a syllabus is read: a
report can be rendered from a result file on a machine that has no syllabi.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from imetaudit.errors import UsageError
from imetaudit.model import Result
from imetaudit.results import replace_file, to_json

if TYPE_CHECKING:
    from imetaudit.report.blocks import Report


def render(result: Result, formats: Sequence[str], folder: Path) -> list[Path]:
    """Write the report in the formats into the folder, which is made where it is missing.

    Returns:
        The files written, in the order of `format_names`, each written in one step.

    Raises:
        UsageError: if a format is not known, before anything is written; or if the folder cannot be written.
    """
    check_formats(formats)
    pages, written = _Pages(result), []
    try:
        for name, files in _FORMATS.items():
            if name in formats:
                for file, text in files(pages).items():
                    replace_file(folder / file, text.encode("utf-8", "replace"))
                    written.append(folder / file)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written ({error.strerror}); name another folder with -o") from error
    return written


def check_formats(formats: Sequence[str]) -> None:
    """Raise UsageError unless formats are named and all of them are known: before any work, not after it."""
    unknown = sorted(set(formats) - set(_FORMATS))
    if unknown or not formats:
        what = f"{', '.join(unknown)}: no such format" if unknown else "no format named"
        raise UsageError(f"--format: {what}; choose from {', '.join(_FORMATS)}")


def format_names() -> tuple[str, ...]:
    """Return the names of the formats that `render` knows."""
    return tuple(_FORMATS)


class _Pages:
    """A result and, made once at the first need, the report that its pages are laid out from."""

    def __init__(self, result: Result) -> None:
        self.result = result

    @cached_property
    def report(self) -> Report:
        from imetaudit.report.contents import contents

        return contents(self.result)


def _html(pages: _Pages) -> dict[str, str]:
    from imetaudit.report.html import to_html

    return {"report.html": to_html(pages.report)}


def _csv(pages: _Pages) -> dict[str, str]:
    from imetaudit.report.csv import csv_files

    return csv_files(pages.result)


def _text(pages: _Pages) -> dict[str, str]:
    from imetaudit.report.text import to_text

    return {"report.txt": to_text(pages.report)}


def _json(pages: _Pages) -> dict[str, str]:
    return {"result.json": to_json(pages.result)}


_FORMATS: Mapping[str, Callable[[_Pages], Mapping[str, str]]] = {
    "html": _html,
    "csv": _csv,
    "txt": _text,
    "json": _json,
}
