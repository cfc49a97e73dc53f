"""Standards: what the shipped files say, and how every fault of a file is reported at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from imetaudit.errors import DataFileError, UsageError
from imetaudit.taxonomy.standards import (
    Comparison,
    Criterion,
    Standard,
    Threshold,
    load_standards,
    matching_codes,
    record,
    standard_paths,
)

HEAD = """\
id: mine
title: My standard
version: "1"
source: project judgement
criteria:
"""
HOURS = """\
  - id: mine.hours
    text: Two hours.
    citation: none
    verified: false
    level: course
    unit: hours
    threshold: {comparison: ">=", value: 2}
    topics: [{id: rights, label: rights, codes: [HR.GEN]}]
"""


def shipped(name: str) -> Standard:
    """Load one standard that comes with the program."""
    (standard,) = load_standards(standard_paths([name]))
    return standard


def criterion(standard: Standard, name: str) -> Criterion:
    """Return the criterion of that id."""
    return next(each for each in standard.criteria if each.id == f"{standard.id}.{name}")


def faults(tmp_path: Path, text: str, codes: list[str] | None = None) -> list[tuple[int, str]]:
    """Return line and text of every problem of a standard's file."""
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataFileError) as caught:
        load_standards([path], codes)
    assert all(problem.file == str(path) and problem.remedy for problem in caught.value.problems)
    return [(problem.line, problem.what) for problem in caught.value.problems]


def test_all_shipped_standards_load() -> None:
    """The program comes with four standards, each of which passes its own check."""
    standards = load_standards(standard_paths([]))
    assert [each.id for each in standards] == ["e-imet", "field-studies", "section-333", "whinsec-343"]
    assert len({each.sha256 for each in standards}) == 4


def test_the_share_must_be_more_than_half_from_the_day_of_the_change() -> None:
    """E-IMET asks for more than half since 29 January 2026, and for 51 percent until the day before."""
    standard = shipped("e-imet")
    now, before = criterion(standard, "share"), criterion(standard, "share-before-2026")
    assert now.threshold == Threshold(Comparison.ABOVE, 0.5, 0.45, 0.55)
    assert (now.in_force("2026-01-28"), now.in_force("2026-01-29")) == (False, True)
    assert (before.in_force("2026-01-28"), before.in_force("2026-01-29")) == (True, False)


def test_every_criterion_in_force_has_a_citation_and_a_level() -> None:
    """No shipped criterion is without text and citation, and every manual one is a judgement."""
    for standard in load_standards(standard_paths([])):
        for each in standard.criteria:
            assert each.text
            assert each.citation
            assert each.automatic or not each.topics


def test_what_was_not_seen_is_not_called_verified() -> None:
    """The words that lead to the elements of section 333 were not seen, so its criteria are unverified with a note."""
    standard = shipped("section-333")
    assert [(each.verified, bool(each.note)) for each in standard.criteria] == [(False, True)] * 3


def test_eight_hours_are_pooled_over_five_matters() -> None:
    """The statute's hours are one sum of at least eight over the five matters that it names."""
    hours = criterion(shipped("whinsec-343"), "hours")
    assert hours.threshold == Threshold(Comparison.AT_LEAST, 8.0)
    assert len(hours.topics) == 5


def test_a_measure_on_the_threshold_counts_only_where_it_may() -> None:
    """Exactly half is not more than half, and sums of tenths that miss eight in binary are eight."""
    assert not Threshold(Comparison.ABOVE, 0.5).reached_by(0.5)
    assert Threshold(Comparison.AT_LEAST, 0.8).reached_by(0.1 + 0.7)


def test_the_record_has_what_a_report_needs() -> None:
    """The record of a standard names each criterion's text, citation, unit, threshold and dates."""
    made = record(shipped("e-imet"))
    share = made.criteria[1]
    assert (made.id, made.title.startswith("Expanded"), len(made.sha256)) == ("e-imet", True, 64)
    wanted = {"id": "e-imet.share", "unit": "share", "threshold": 0.5, "comparison": ">", "verified": True}
    assert {key: share[key] for key in wanted} == wanted
    assert (share["effective_from"], share["effective_to"]) == ("2026-01-29", None)


def test_a_pattern_names_the_codes_of_its_area_only() -> None:
    """`HR.*` names all codes of that area, and none that only begin with the same letters."""
    assert matching_codes(["HR.*"], ["HR.GEN", "HRX.GEN", "HR.LAW"]) == {"HR.GEN", "HR.LAW"}


def test_a_standard_is_found_by_id_or_path_and_once(tmp_path: Path) -> None:
    """A name is the id of a shipped standard or a path, and naming one twice loads it once."""
    path = tmp_path / "mine.yaml"
    path.write_text(HEAD + HOURS, encoding="utf-8")
    assert [each.stem for each in standard_paths(["e-imet", str(path), "e-imet"])] == ["e-imet", "mine"]
    with pytest.raises(UsageError, match="nothing-such: no such standard"):
        standard_paths(["nothing-such"])


def test_all_faults_of_a_file_are_reported_at_once(tmp_path: Path) -> None:
    """A foreign id, a missing threshold, reversed dates and an automatic judgement are reported with their lines."""
    text = HEAD + (
        "  - {id: other.a, text: t, citation: c, verified: true, level: course, unit: judgement}\n"
        "  - id: mine.b\n"
        "    text: t\n"
        "    citation: c\n"
        "    verified: true\n"
        "    level: course\n"
        "    unit: hours\n"
        "    effective_from: 2026-01-02\n"
        "    effective_to: 2026-01-01\n"
        "    topics: [{id: rights, label: rights, codes: [HR.GEN]}]\n"
    )
    found = faults(tmp_path, text)
    assert [line for line, _ in found] == [6, 6, 7, 14]
    assert "begin with that of its standard" in " ".join(what for _, what in found)
    assert "it ends before it begins" in [what for _, what in found]
    assert "mine.b has no threshold" in [what for _, what in found]


def test_a_misspelt_key_is_named_with_its_line(tmp_path: Path) -> None:
    """An unknown key is a fault of its line."""
    assert faults(tmp_path, HEAD + HOURS.replace("citation", "citaton")) == [
        (6, "criteria.0.citation: the key 'citation' is missing"),
        (8, "unknown key 'citaton'"),
    ]


def test_a_code_that_the_taxonomy_lacks_is_a_fault(tmp_path: Path) -> None:
    """Codes are checked against the taxonomy in use where it is given, patterns too."""
    text = HEAD + HOURS.replace("[HR.GEN]", 'HR.GEM, except: ["XX.*"]').replace("codes: HR.GEM", "codes: [HR.GEM]")
    found = faults(tmp_path, text, ["HR.GEN"])
    assert found == [(13, "no topic has the code HR.GEM"), (13, "no topic has the code XX.*")]


def test_a_standard_without_criteria_is_a_fault(tmp_path: Path) -> None:
    """An empty list of criteria is a fault, because it would judge nothing."""
    assert faults(tmp_path, HEAD.replace("criteria:", "criteria: []")) == [(5, "the standard has no criteria")]


def test_two_criteria_or_two_files_with_one_id_are_faults(tmp_path: Path) -> None:
    """An id names one criterion and one standard."""
    assert faults(tmp_path, HEAD + HOURS + HOURS) == [(14, "the id 'mine.hours' stands twice, first in line 6")]
    first, second = tmp_path / "a.yaml", tmp_path / "b.yaml"
    for path in (first, second):
        path.write_text(HEAD + HOURS, encoding="utf-8")
    with pytest.raises(DataFileError, match="is that of"):
        load_standards([first, second])


def test_a_programme_has_no_hours(tmp_path: Path) -> None:
    """Hours of a programme cannot be measured, and a criterion that asks for them is a fault."""
    assert faults(tmp_path, HEAD + HOURS.replace("level: course", "level: programme")) == [
        (10, "a programme cannot be measured in hours or shares")
    ]
