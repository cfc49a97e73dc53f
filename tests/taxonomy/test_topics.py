"""Topic files: what is refused, all at once; and the shipped taxonomy, whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from imetaudit.datafile import taxonomies_dir
from imetaudit.errors import DataFileError
from imetaudit.tag.examples import run_examples
from imetaudit.tag.tagger import Tagger
from imetaudit.taxonomy import Taxonomy, load_taxonomy

GOOD = """
area: civilian-control
label: {en: Civilian control}
lead: true
order: 1
version: "1"
scope: control
topics:
  - id: control
    code: CIV.CTRL
    label: {en: civilian control}
    definition: d
    source: project judgement
    verified: false
    strength: explicit
    terms: {en: [civilian control]}
    examples: {match: [Civilian control of the military], no_match: [The control tower]}
"""


@pytest.fixture(scope="module")
def shipped() -> Taxonomy:
    """Return the taxonomy that comes with the program."""
    return load_taxonomy()


def faults(tmp_path: Path, text: str) -> list[str]:
    """Return the problems of a topic file, without its path."""
    file = tmp_path / "topic.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DataFileError) as caught:
        load_taxonomy(file)
    return [str(problem).removeprefix(str(file)) for problem in caught.value.problems]


def test_a_good_file_loads(tmp_path: Path) -> None:
    """A topic's id has its area before it, and its terms are compiled."""
    file = tmp_path / "topic.yaml"
    file.write_text(GOOD, encoding="utf-8")
    taxonomy = load_taxonomy(file)
    assert [(topic.id, len(topic.terms)) for topic in taxonomy.topics] == [("civilian-control.control", 1)]
    assert taxonomy.codes == {"CIV.CTRL": "civilian-control.control"}


def test_a_misspelt_key_is_named_with_line_and_remedy(tmp_path: Path) -> None:
    """A key that the format does not know is told with the one that was probably meant."""
    assert sorted(
        faults(tmp_path, GOOD.replace("terms:", "term:"))
    ) == [":16: unknown key 'term'; did you mean 'terms'?", ":9: topics.0.terms: the key 'terms' is missing; add it"]  # fmt: skip


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """Two bad phrases and a term said twice are three problems of one run, each with its line."""
    bad = GOOD.replace("[civilian control]", "[(civilian, 'control ~ army', oversight, oversight]")
    told = faults(tmp_path, bad)
    assert len(told) == 3
    assert all(line.startswith(":16: ") for line in told)


def test_a_key_that_stands_twice_is_refused(tmp_path: Path) -> None:
    """YAML would silently keep the second of two keys; the loader does not."""
    assert faults(tmp_path, GOOD + "scope: again\n") == [":18: the key 'scope' stands twice; keep one of the two"]


def test_a_failing_example_is_a_problem(tmp_path: Path) -> None:
    """An example that must match and does not is told with its topic's line, and so is its opposite."""
    file = tmp_path / "topic.yaml"
    wrong = GOOD.replace("[Civilian control of the military]", "[The minister]").replace(
        "[The control tower]", "[The civilian control tower]"
    )
    file.write_text(wrong, encoding="utf-8")
    problems = [problem.what for problem in run_examples(Tagger(load_taxonomy(file))) if "topic" in problem.file]
    assert len(problems) == 3  # not matched, matched, and no example for the language
    assert "must match, but no term matches it" in problems[0]
    assert "must not match, but the term 'civilian control' does" in problems[1]


def test_the_shipped_taxonomy_has_every_concept(shipped: Taxonomy) -> None:
    """The hundred concepts of the field are there, each in English and Spanish."""
    assert len(shipped.codes) >= 100
    for topic in shipped.topics:
        assert {"en", "es"} <= set(topic.label), topic.id
        assert {"en", "es"} <= {term.language for term in topic.terms}, topic.id


def test_every_example_of_the_shipped_taxonomy_passes(shipped: Taxonomy) -> None:
    """Each topic's and each cue's examples do what they promise."""
    assert run_examples(Tagger(shipped)) == []


def test_the_areas_the_audit_is_for_lead(shipped: Taxonomy) -> None:
    """Human rights, democracy and civilian control come first."""
    assert [area.id for area in shipped.areas if area.lead] == ["human-rights", "democracy", "civilian-control"]
    assert {path.stem for path in (taxonomies_dir() / "topics").glob("*.yaml")} == {area.id for area in shipped.areas}
