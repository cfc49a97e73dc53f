"""The result file: what is written comes back, a wrong file is named, and equal results give equal bytes."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path

import pytest
from report.builders import college, make_course, make_document, make_mention, make_result

from imetaudit.errors import DataFileError
from imetaudit.model import Result
from imetaudit.results import SCHEMA, from_json, json_schema, load_result, save_result, to_json

ROOT = Path(__file__).parent.parent


def test_a_result_comes_back_as_it_was_written() -> None:
    """Reading what was written gives the same result and the same text again."""
    text = to_json(college())
    assert to_json(from_json(text)) == text
    assert from_json(to_json(from_json(text))) == from_json(text)


def test_every_field_of_the_result_survives() -> None:
    """No field of the result is lost on the way through the file."""
    before, after = college(), from_json(to_json(college()))
    for field in fields(Result):
        if field.name != "run":
            assert getattr(after, field.name) == getattr(before, field.name), field.name
    assert after.run.taxonomy.reasons == before.run.taxonomy.reasons
    assert after.run.standards == before.run.standards


def test_the_order_of_arrays_changes_nothing() -> None:
    """A result whose rows come in another order gives the same bytes."""
    result = college()
    turned = replace(
        result,
        documents=result.documents[::-1],
        courses=result.courses[::-1],
        coverage=result.coverage[::-1],
        mentions=result.mentions[::-1],
        verdicts=result.verdicts[::-1],
    )
    assert to_json(turned) == to_json(result)


def test_the_file_begins_with_the_schema_and_ends_with_a_newline() -> None:
    """The contract's first key comes first, and the text ends as text files do."""
    text = to_json(college())
    assert text.startswith(f'{{\n "schema": "{SCHEMA}",\n "run"')
    assert text.endswith("}\n")
    assert not text.endswith("\n\n")


def test_the_keys_are_those_of_the_contract() -> None:
    """The top-level keys stand in the order of the contract, with the run's warnings added."""
    keys = [
        "schema",
        "run",
        "counts",
        "documents",
        "courses",
        "coverage",
        "mentions",
        "boilerplate",
        "verdicts",
        "warnings",
    ]
    assert list(json.loads(to_json(college()))) == keys


def test_whole_hours_and_long_fractions_are_written_alike_on_every_machine() -> None:
    """Hours given as an integer read as a fraction, and a third is rounded to four decimals."""
    courses = [make_course("A-1", "", hours=40), make_course("B-1", "", hours=1 / 3)]
    text = to_json(make_result(courses, [make_document("a-1.pdf"), make_document("b-1.pdf")]))
    assert '"hours": 40.0' in text
    assert '"hours": 0.3333' in text


def test_a_lone_surrogate_is_replaced_character_by_character() -> None:
    """A half character, which UTF-8 cannot hold, becomes one other character, so that offsets stay right."""
    course = make_course("A-1", "x\ud800y")
    text = to_json(make_result([course], [make_document("a-1.pdf")]))
    assert json.loads(text)["courses"][0]["title"] == "x\ufffdy"
    text.encode("utf-8")


def test_a_number_that_is_none_cannot_be_written() -> None:
    """A result with an infinite number is refused rather than written as something that is not JSON."""
    with pytest.raises(ValueError, match="JSON compliant"):
        to_json(make_result([make_course("A-1", "", hours=float("inf"))], [make_document("a-1.pdf")]))


def test_saving_replaces_the_file_and_leaves_nothing_else(tmp_path: Path) -> None:
    """The new file stands in the place of the old, without a temporary file beside it."""
    path = tmp_path / "deep" / "result.json"
    save_result(college(), path)
    path.write_text("old", encoding="utf-8")
    save_result(college(), path)
    assert path.read_text(encoding="utf-8") == to_json(college())
    assert [file.name for file in path.parent.iterdir()] == ["result.json"]
    assert load_result(path).counts == college().counts


def test_a_failed_save_keeps_the_old_file(tmp_path: Path) -> None:
    """Where the result cannot be written, what stood there still stands."""
    path = tmp_path / "result.json"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(ValueError, match="JSON"):
        save_result(make_result([make_course("A-1", "", hours=float("nan"))], [make_document("a-1.pdf")]), path)
    assert path.read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "is not JSON"),
        ('{"schema": "imetaudit-result/1",\n oops}', "result.json:2"),
        ("[]", "not a JSON object"),
        ("[" * 100_000, "cannot be read as JSON"),
        ('{"schema": "imetaudit-result/9"}', 'schema: is "imetaudit-result/9"'),
        ('{"schema": "imetaudit-result/1"}', "courses: field required"),
        ('{"schema": "imetaudit-result/1", "x": NaN}', "NaN is no number"),
        ('{"schema": "imetaudit-result/1", "x": 1e999}', "is too large"),
    ],
    ids=["empty", "not-json", "array", "too-deep", "other-schema", "fields-missing", "nan", "infinite"],
)
def test_a_wrong_file_is_named(text: str, place: str) -> None:
    """A file that is no result gives an error that says where and what."""
    with pytest.raises(DataFileError) as caught:
        from_json(text)
    assert place in str(caught.value)


def test_every_wrong_field_is_listed() -> None:
    """Two faults in one file are both reported, each with its place."""
    data = json.loads(to_json(college()))
    data["courses"][3]["hours"] = "forty"
    data["coverage"][0]["outcome"] = "maybe"
    with pytest.raises(DataFileError) as caught:
        from_json(json.dumps(data))
    assert "courses[3].hours" in str(caught.value)
    assert "coverage[0].outcome" in str(caught.value)


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        (lambda data: data["counts"].update(audited=99), "counts.audited: is 99"),
        (lambda data: data["mentions"][0].update(course="X-1"), "mentions[0].course: no course has the id 'X-1'"),
        (lambda data: data["courses"].append(data["courses"][0]), "courses: an id occurs twice"),
        (lambda data: data["courses"][0].update(documents=["no.pdf"]), "no document has the path 'no.pdf'"),
        (lambda data: data["mentions"][0].update(kept=True, reason="negation"), "mentions[0]: a kept mention"),
    ],
    ids=["count", "unknown-course", "twice", "unknown-document", "kept-with-reason"],
)
def test_a_file_that_contradicts_itself_is_refused(spoil: object, what: str) -> None:
    """Counts, ids and paths that do not agree with each other are named."""
    data = json.loads(to_json(college()))
    assert callable(spoil)
    spoil(data)
    with pytest.raises(DataFileError) as caught:
        from_json(json.dumps(data))
    assert what in str(caught.value)


def test_keys_of_a_later_version_are_passed_over() -> None:
    """More keys may be added to the file; a reader of today does not mind them."""
    data = json.loads(to_json(college()))
    data["courses"][0]["colour"] = "green"
    data["later"] = 1
    assert to_json(from_json(json.dumps(data))) == to_json(college())


@pytest.mark.parametrize("name", ["missing.json", "latin.json"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    """A missing file, and one that is not UTF-8, give an error with the path and no traceback of another kind."""
    (tmp_path / "latin.json").write_bytes(b'{"a": "\xe9"}')
    with pytest.raises(DataFileError, match=name):
        load_result(tmp_path / name)


def test_the_committed_schema_is_the_one_that_the_types_give() -> None:
    """docs/result.schema.json is generated; it may not fall behind the types."""
    committed = (ROOT / "docs" / "result.schema.json").read_text(encoding="utf-8")
    assert committed == json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n"


def test_the_schema_names_every_key_that_is_written() -> None:
    """Each key of a result is a property in the schema, and each required property is written."""
    schema, data = json_schema(), json.loads(to_json(college()))
    assert set(schema["properties"]) == set(data)
    mention = schema["$defs"]["Mention"]
    assert set(mention["properties"]) == set(data["mentions"][0])
    # A result that was written before boxes were kept can still be read.
    assert set(mention["required"]) == set(mention["properties"]) - {"boxes"}
    assert mention["properties"]["term"]["description"].startswith("The phrase of the taxonomy")


def test_an_emoji_and_a_right_to_left_sentence_survive() -> None:
    """Text of any script is written as it is, not as escapes."""
    mention = make_mention("A-1", "democracy", "حقوق الإنسان 🕊", "حقوق الإنسان")
    text = to_json(make_result([make_course("A-1", "")], [make_document("a-1.pdf")], [mention]))
    assert "حقوق الإنسان 🕊" in text
    assert from_json(text).mentions[0] == mention
