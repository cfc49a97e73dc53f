"""The report: everything that people read of an audit, made from its result alone.

It knows which formats there are and under which names their files stand. It does not know how a syllabus is read: a
report can be rendered from a result file on a machine that has no syllabi.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from imetaudit.errors import UsageError
from imetaudit.model import Result
from imetaudit.results import replace_file, to_json


def render(result: Result, formats: Sequence[str], folder: Path) -> list[Path]:
    """Write the report in the formats into the folder, which is made where it is missing.

    Returns:
        The files written, in the order of `format_names`, each written in one step.

    Raises:
        UsageError: if a format is not known, before anything is written; or if the folder cannot be written.
    """
    check_formats(formats)
    written = []
    try:
        for name, files in _FORMATS.items():
            if name in formats:
                for file, text in files(result).items():
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


def _html(result: Result) -> dict[str, str]:
    from imetaudit.report.contents import contents
    from imetaudit.report.html import to_html

    return {"report.html": to_html(contents(result))}


def _csv(result: Result) -> dict[str, str]:
    from imetaudit.report.csv import csv_files

    return csv_files(result)


def _text(result: Result) -> dict[str, str]:
    from imetaudit.report.contents import contents
    from imetaudit.report.text import to_text

    return {"report.txt": to_text(contents(result))}


def _json(result: Result) -> dict[str, str]:
    return {"result.json": to_json(result)}


_FORMATS: Mapping[str, Callable[[Result], Mapping[str, str]]] = {
    "html": _html,
    "csv": _csv,
    "txt": _text,
    "json": _json,
}
