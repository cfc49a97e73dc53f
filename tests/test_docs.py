"""The documents say what is so: commands, exit codes, the sample's table, links, reasons, examples."""

from __future__ import annotations

import doctest
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from imetaudit import errors
from imetaudit.cli import COMMANDS
from imetaudit.cli.closing import show
from imetaudit.errors import ImetauditError
from imetaudit.model import DocumentRecord, Mention, Outcome, Result, UnreadableReason, VerdictKind
from imetaudit.report import format_names
from imetaudit.results import json_schema, load_result
from imetaudit.taxonomy import Taxonomy

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
GUIDE = ROOT / "docs" / "guide.md"
RESULT = ROOT / "docs" / "result.md"
SAMPLE = ROOT / "reports" / "sample"
DOCUMENTS = sorted(
    path
    for folder in (ROOT, ROOT / "docs", ROOT / "docs" / "decisions", ROOT / "reports", ROOT / "sample_syllabi")
    for path in folder.glob("*.md")
)
WIDTH = 110
"""Columns of the terminal whose output the README shows."""

_LINK = re.compile(r"(?<!!)\[[^\]\n]+\]\(([^)\s]+)\)")
_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def read(path: Path) -> str:
    """Return a document's text."""
    return path.read_text(encoding="utf-8")


def anchors(path: Path) -> set[str]:
    """Return the anchors that a Markdown renderer makes of a document's headings."""
    titles = re.findall(r"^#+ (.+)$", _FENCED.sub("", read(path)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-") for title in titles}


def links(path: Path) -> list[str]:
    """Return the targets of a document's links to files and headings of this project."""
    return [target for target in _LINK.findall(_FENCED.sub("", read(path))) if "://" not in target]


def error_classes(base: type[ImetauditError] = ImetauditError) -> Iterator[type[ImetauditError]]:
    """Yield every error that has an exit code."""
    yield base
    for child in base.__subclasses__():
        yield from error_classes(child)


def sections_of(text: str, level: str) -> dict[str, str]:
    """Return the text under each heading of a level, by title."""
    parts = re.split(rf"^{level} (.+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(path: Path) -> None:
    """A link to a file leads to a file, and a link to a heading to a heading."""
    broken = []
    for target in links(path):
        file, _, anchor = target.partition("#")
        place = (path.parent / file).resolve() if file else path
        if not place.exists() or (anchor and anchor not in anchors(place)):
            broken.append(target)
    assert broken == []


def test_every_decision_says_context_decision_and_consequences() -> None:
    """A decision has its three parts, and a number that no other has."""
    files = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    parts = {file.name: list(sections_of(read(file), "##")) for file in files}
    assert set(map(tuple, parts.values())) == {("Context", "Decision", "Consequences")}
    assert [name[:4] for name in parts] == [f"{number:04d}" for number in range(1, len(files) + 1)]


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_in_the_readme(name: str) -> None:
    """The README shows the help of each command."""
    assert f"Usage: imetaudit {name} " in sections_of(read(README), "###")[f"imetaudit {name}"]


def test_every_exit_code_is_in_the_readme() -> None:
    """The README's table of exit codes has 0, 1 and those of all errors, and no other."""
    table = sections_of(read(README), "###")["Exit codes"]
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)}
    assert told == {0} | {error.exit_code for error in error_classes()}
    assert errors.__doc__ is not None
    assert all(str(code) in errors.__doc__ for code in told - {0, 1})


def test_every_format_written_is_in_the_readme() -> None:
    """The README names a file of each format that a report can have."""
    table = sections_of(read(README), "###")["What is written where"]
    assert [name for name in format_names() if f".{name}`" not in table] == []


def test_every_file_of_the_sample_report_is_in_the_readme() -> None:
    """The README explains each file that an audit writes."""
    table = sections_of(read(README), "###")["What is written where"]
    written = sorted(path.name for path in SAMPLE.iterdir())
    assert written, "reports/sample is empty; run make golden"
    assert [name for name in written if f"`{name}`" not in table] == []


def test_the_readme_shows_what_the_sample_audit_prints(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The closing table in the README is, line by line, the one of the kept sample result."""
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "JUPYTER_COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", str(WIDTH))
    show(load_result(SAMPLE / "result.json"), [Path("reports/sample/report.html")])
    printed = "\n".join(line.rstrip() for line in capsys.readouterr().err.splitlines())
    assert f"```text\n{printed}\n```" in read(README)


def test_every_area_is_in_the_readme(taxonomy: Taxonomy) -> None:
    """The README names each area of the taxonomy."""
    told = " ".join(sections_of(read(README), "##")["Languages"].split()).casefold()
    assert [area.id for area in taxonomy.areas if area.label["en"].casefold() not in told] == []


def test_the_guide_explains_every_reason_for_setting_aside(taxonomy: Taxonomy) -> None:
    """The guide's table of reasons is that of the cues, in their order and words."""
    section = next(text for title, text in sections_of(read(GUIDE), "##").items() if title.startswith("4."))
    rows = re.findall(r"^\| `([\w-]+)` \| (.+) \|$", section, re.MULTILINE)
    assert rows == list(taxonomy.context.reasons.items())


def test_the_guide_explains_every_reason_why_a_file_is_unreadable() -> None:
    """The guide has a row for each reason why a file cannot be audited."""
    section = next(text for title, text in sections_of(read(GUIDE), "##").items() if title.startswith("5."))
    assert set(re.findall(r"^\| `([\w-]+)` \|", section, re.MULTILINE)) == set(UnreadableReason)


@pytest.mark.parametrize("kind", [Result, DocumentRecord, Mention], ids=lambda kind: kind.__name__)
def test_every_field_of_the_result_file_is_explained(kind: type) -> None:
    """docs/result.md names every field of the types that it explains."""
    told = set(re.findall(r"`([\w/-]+)`", read(RESULT))) | {"schema"}
    assert set(kind.__dataclass_fields__) - told == set()  # type: ignore[attr-defined]


def test_every_word_of_an_outcome_or_verdict_is_explained() -> None:
    """docs/result.md names every outcome, verdict and reason for an unreadable file."""
    told = set(re.findall(r"`([\w/-]+)`", read(RESULT)))
    assert {*Outcome, *VerdictKind, *UnreadableReason} - told == set()


def test_the_schema_is_the_one_of_the_types() -> None:
    """docs/result.schema.json is what the program makes of its types."""
    assert json.loads(read(ROOT / "docs" / "result.schema.json")) == json_schema()


def test_the_examples_of_the_library_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The examples in docs/result.md give what they say that they give."""
    monkeypatch.chdir(tmp_path)
    outcome = doctest.testfile(str(RESULT), module_relative=False, encoding="utf-8")
    assert outcome.attempted >= 10
    assert outcome.failed == 0


def test_every_habit_of_the_makefile_is_told_to_contributors() -> None:
    """CONTRIBUTING names each target of the Makefile."""
    targets = re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    told = read(ROOT / "CONTRIBUTING.md")
    assert targets
    assert [target for target in targets if f"`make {target}`" not in told] == []


def test_every_package_is_in_the_map_of_the_house() -> None:
    """CONTRIBUTING and the design name each package of the program, and the design each module at the top."""
    package = ROOT / "imetaudit"
    folders = sorted(path.parent.name for path in package.glob("*/__init__.py"))
    modules = sorted(path.name for path in package.glob("[a-z]*.py"))
    contributing, design = read(ROOT / "CONTRIBUTING.md"), read(ROOT / "docs" / "design.md")
    assert [name for name in folders if f"`imetaudit/{name}/`" not in contributing] == []
    assert [name for name in folders if f"  {name}/ " not in design] == []
    assert [name for name in modules if f"  {name} " not in design] == []


def test_the_changelog_has_a_heading_for_what_changes_findings() -> None:
    """The newest version of the changelog says apart what changes in the taxonomy."""
    newest = next(iter(sections_of(read(ROOT / "CHANGELOG.md"), "##").values()))
    assert list(sections_of(newest, "###"))[:1] == ["Added"]
    assert "Taxonomy" in sections_of(newest, "###")
