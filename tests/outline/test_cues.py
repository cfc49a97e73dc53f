"""Whether the file of cues is checked, with every fault listed."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
import yaml

from imetaudit.errors import DataFileError
from imetaudit.outline import OutlineCues, load_cues

from .conftest import CUES_FILE


def test_every_fault_is_listed(tmp_path: Path) -> None:
    """An unknown key, a bad kind and a missing part are reported together."""
    raw = yaml.safe_load(CUES_FILE.read_text(encoding="utf-8"))
    raw["sections"][0]["kind"] = "nonsense"
    raw["extra"] = 1
    del raw["hours"]["clock"]
    bad = tmp_path / "bad.yaml"
    bad.write_text(yaml.safe_dump(raw), encoding="utf-8")
    with pytest.raises(DataFileError) as caught:
        load_cues(bad)
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize("content", ["a: [", "- just\n- a list\n", ""])
def test_what_is_no_cues_file_is_refused(tmp_path: Path, content: str) -> None:
    """Broken YAML and other YAML give a data file error."""
    bad = tmp_path / "bad.yaml"
    bad.write_text(content, encoding="utf-8")
    with pytest.raises(DataFileError):
        load_cues(bad)


def test_doubled_ids_and_bad_patterns_are_faults(tmp_path: Path) -> None:
    """What the types cannot see is checked too."""
    raw = yaml.safe_load(CUES_FILE.read_text(encoding="utf-8"))
    raw["sections"].append(raw["sections"][0])
    raw["content"]["citation"].append("(")
    bad = tmp_path / "bad.yaml"
    bad.write_text(yaml.safe_dump(raw), encoding="utf-8")
    with pytest.raises(DataFileError) as caught:
        load_cues(bad)
    assert len(caught.value.problems) == 2


def test_a_missing_file_is_a_data_file_error(tmp_path: Path) -> None:
    """A path that leads nowhere names itself."""
    with pytest.raises(DataFileError, match=r"none\.yaml"):
        load_cues(tmp_path / "none.yaml")


def test_cues_travel_to_workers(cues: OutlineCues) -> None:
    """Compiled cues can be pickled."""
    assert pickle.loads(pickle.dumps(cues)) == cues  # noqa: S301
