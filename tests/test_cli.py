"""The command line: help, exit codes, what goes to stdout and what to stderr."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from containers import zipped

from imetaudit import __version__
from imetaudit.cli import COMMANDS, main
from imetaudit.datafile import sample_dir
from imetaudit.extract import extract_file
from imetaudit.model import Document

SAMPLE = Path(__file__).parents[1] / "reports" / "sample"


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_its_help(name: str) -> None:
    """Each lazily loaded command can be loaded, and explains itself."""
    outcome = CliRunner().invoke(main, [name, "--help"])
    assert outcome.exit_code == 0
    assert outcome.stdout.startswith(f"Usage: main {name}")


def test_help_loads_no_heavy_library() -> None:
    """`--help` answers without spaCy, a PDF reader or a template engine."""
    code = (
        "import sys; from click.testing import CliRunner; from imetaudit.cli import main; "
        "assert CliRunner().invoke(main, ['--help']).exit_code == 0; "
        "print(sorted(sys.modules.keys() & {'spacy','pydantic','pypdfium2','pdfplumber','docx','jinja2','rich','yaml','lxml'}))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_python_m_is_the_command() -> None:
    """`python -m imetaudit --version` prints the version."""
    command = [sys.executable, "-m", "imetaudit", "--version"]
    assert __version__ in subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_text_prints_exactly_what_offsets_count_in() -> None:
    """Not a character more or less than the document's text."""
    file = next(path for path in sorted(sample_dir().glob("*.md")) if not path.name.startswith("README"))
    document = extract_file(file)
    assert isinstance(document, Document)
    assert CliRunner().invoke(main, ["text", str(file)]).stdout == document.text


@pytest.mark.parametrize("end", ["", "\n", "\r\n\n"])
def test_text_adds_no_newline(tmp_path: Path, end: str) -> None:
    """Whatever the file ends with, the text ends with its last letter, in UTF-8 and without a line end of the system."""
    file = tmp_path / "course.txt"
    file.write_bytes(f"Derechos humanos\n\nLa democracia y la ley gobiernan aquí{end}".encode())
    command = [sys.executable, "-m", "imetaudit", "text", str(file)]
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    shown = subprocess.run(command, capture_output=True, check=True, env=environment).stdout
    assert shown == "Derechos humanos\n\nLa democracia y la ley gobiernan aquí".encode()


def test_text_as_json_shows_how_a_file_was_understood() -> None:
    """Segments and lines with their pages and boxes, and the outline, in one object whose offsets count in `text`."""
    file = next(iter(sorted(sample_dir().glob("*.pdf"))))
    told = json.loads(CliRunner().invoke(main, ["text", str(file), "--json"]).stdout)
    document = extract_file(file)
    assert isinstance(document, Document)
    assert told["text"] == document.text
    assert {"language", "warnings", "pages", "readable_share"} <= told.keys()
    assert {"sections", "lessons", "objectives", "warnings", "hours", "identity"} <= told["outline"].keys()
    assert told["outline"]["sections"]
    first = document.segments[0]
    assert first.box is not None
    assert told["segments"][0].items() >= {
        "kind": first.kind.value, "start": first.start, "end": first.end, "page": 1, "box": list(first.box)
    }.items()  # fmt: skip
    assert {line["page"] for line in told["lines"]} == {*range(1, told["pages"] + 1)}
    assert all(len(line["box"]) == 4 and line["start"] < line["end"] for line in told["lines"])


def test_text_of_an_unreadable_file_says_why(tmp_path: Path) -> None:
    """Nothing on stdout, the reason on stderr, exit code 4."""
    file = tmp_path / "empty.pdf"
    file.write_bytes(b"")
    outcome = CliRunner().invoke(main, ["text", str(file)])
    assert (outcome.exit_code, outcome.stdout) == (4, "")
    assert "empty" in outcome.stderr


def test_report_names_what_it_wrote_on_stdout(tmp_path: Path) -> None:
    """A report is rendered from a result file alone."""
    outcome = CliRunner().invoke(main, ["report", str(SAMPLE), "-f", "txt", "-o", str(tmp_path)])
    assert (outcome.exit_code, outcome.stdout.strip()) == (0, str(tmp_path / "report.txt"))
    assert (tmp_path / "report.txt").read_bytes() == (SAMPLE / "report.txt").read_bytes()


@pytest.mark.parametrize(("fail_on", "code"), [("unreadable", 1), ("gaps", 1), (None, 0)])
def test_fail_on_decides_the_exit_code(fail_on: str | None, code: int, tmp_path: Path) -> None:
    """A course without democracy content or an unreadable file fails the run only where that was asked for."""
    (tmp_path / "bad.pdf").write_bytes(b"")
    (tmp_path / "good.md").write_text(
        "# LOG 1 Supply\n\nThis course teaches supply to young officers.\n", encoding="utf-8"
    )
    arguments = ["audit", str(tmp_path), "-o", str(tmp_path / "out"), "--quiet", "--jobs", "1", "--format", "csv"]
    outcome = CliRunner().invoke(main, [*arguments, *(["--fail-on", fail_on] if fail_on else [])])
    assert (outcome.exit_code, outcome.stdout, outcome.stderr) == (code, "", "")
    assert (tmp_path / "out" / "result.json").is_file()
    assert (tmp_path / "out" / "flags.csv").is_file()


def test_text_of_an_archive_says_what_it_holds(tmp_path: Path) -> None:
    """A file of several syllabi is a usage message with their names, each of which can be printed."""
    archive = tmp_path / "a.zip"
    archive.write_bytes(zipped(("law/b.txt", "Rule of law."), ("c.txt", "Sea.")))
    outcome = CliRunner().invoke(main, ["text", str(archive)])
    assert outcome.exit_code == 2
    assert outcome.stdout == ""
    assert outcome.stderr.splitlines()[1:] == [f"  {archive}!/law/b.txt", f"  {archive}!/c.txt"]
    assert CliRunner().invoke(main, ["text", f"{archive}!/law/b.txt"]).stdout == "Rule of law."
