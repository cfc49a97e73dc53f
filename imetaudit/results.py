"""The result file: a `Result` to JSON and back, and the JSON Schema that others may rely on.

It knows the order of keys and arrays, how numbers are rounded, what makes a result file wrong, and how a file
is replaced in one step. It does not know how a result was made, nor what a report says about it.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import math
import os
import pkgutil
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast, get_type_hints

from imetaudit import model
from imetaudit.errors import DataFileError, Problem
from imetaudit.model import Result

if TYPE_CHECKING:
    from pydantic import TypeAdapter

SCHEMA = "imetaudit-result/1"
"""The name and version of the result file's form."""

_DECIMALS = 4
_SURROGATES = re.compile("[\ud800-\udfff]")
_REMEDY = "make the result anew with `imetaudit audit`, or restore the file"
_MAX_PROBLEMS = 50

# Arrays that are not listed keep the order in which they were given, because it says something:
# lessons as they are taught, areas and criteria as their files order them.
_ORDER: Mapping[tuple[str, str], Callable[[Any], Any]] = {
    ("Result", "documents"): lambda document: document.path,
    ("Result", "courses"): lambda course: course.id,
    ("Result", "coverage"): lambda row: (row.course, row.level, row.topic),
    ("Result", "mentions"): lambda m: (m.course, m.document, m.start, m.end, m.topic, m.term, m.id),
    ("Result", "boilerplate"): lambda passage: (-passage.courses, -passage.mentions, passage.text),
    ("Result", "verdicts"): lambda verdict: (verdict.criterion, verdict.course or "", verdict.because),
    ("Result", "warnings"): str,
    ("Run", "standards"): lambda standard: standard.id,
    ("DocumentRecord", "warnings"): str,
    ("CourseRecord", "documents"): str,
    ("CourseRecord", "warnings"): str,
    ("CourseRecord", "matched"): lambda match: match.document,
    ("LessonRecord", "areas"): str,
    ("ObjectiveRecord", "areas"): str,
    ("Verdict", "evidence"): str,
    ("Verdict", "missing"): str,
}


def to_json(result: Result) -> str:
    """Return the result file's text: equal results give equal text, whatever the order of their arrays.

    Numbers with a fraction are rounded to four decimals; lone surrogates, which no UTF-8 file can hold, become U+FFFD.

    Raises:
        ValueError: if a number is infinite or not a number.
    """
    return json.dumps(_plain(result), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def from_json(text: str, name: str = "result.json") -> Result:
    """Return the result that the text of a result file holds; keys that are not known are passed over.

    Args:
        text: the file's text.
        name: the file's name for the messages.

    Raises:
        DataFileError: naming every place in the file that is wrong.
    """
    from pydantic import ValidationError

    _check_json(text, name)
    try:
        result = _adapter().validate_json(text, strict=True)
    except ValidationError as error:
        problems = [
            Problem(name, 0, f"{_place(fault['loc'])}: {fault['msg'].lower()}", _REMEDY)
            for fault in error.errors(include_url=False, include_context=False)[:_MAX_PROBLEMS]
        ]
        raise DataFileError(problems) from None
    faults = tuple(_faults(result))[:_MAX_PROBLEMS]
    if faults:
        raise DataFileError([Problem(name, 0, fault, _REMEDY) for fault in faults])
    return result


def save_result(result: Result, path: Path) -> None:
    """Write the result file in one step: a reader sees the old file or the new one, never a part."""
    replace_file(path, to_json(result).encode("utf-8"))


def load_result(path: Path) -> Result:
    """Return the result in the file.

    Raises:
        DataFileError: if the file is missing, is not UTF-8 text, or is not a result.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        what = f"cannot be read ({error.strerror or type(error).__name__})"
        raise DataFileError([Problem(str(path), 0, what, "name a result.json that an audit wrote")]) from error
    except UnicodeDecodeError as error:
        raise DataFileError([Problem(str(path), 0, "is not UTF-8 text", _REMEDY)]) from error
    return from_json(text, str(path))


def replace_file(path: Path, data: bytes) -> None:
    """Write the bytes under a temporary name in the same folder, then put them in the place of `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of the result file, generated from the types and the notes under their fields."""
    schema = _adapter().json_schema()
    schema["properties"]["schema"] = {"const": SCHEMA, "type": "string"}
    schema["required"] = ["schema", *schema["required"]]
    notes = _field_notes()
    for name, definition in {"Result": schema, **schema["$defs"]}.items():
        for key, declared in definition.get("properties", {}).items():
            declared.pop("title", None)
            if (name, key) in notes:
                declared["description"] = notes[name, key]
        if "description" in definition:
            definition["description"] = inspect.cleandoc(definition["description"])
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA, **schema}


@cache
def _adapter() -> TypeAdapter[Result]:
    """Return the validator of results, made at the first need because pydantic is slow to import."""
    from pydantic import TypeAdapter

    return TypeAdapter(Result)


def _plain(value: object) -> object:
    """Return the value in JSON's own types, keys and arrays in their order."""
    if isinstance(value, str):
        return _SURROGATES.sub("\ufffd", value)
    if isinstance(value, float):
        return round(value, _DECIMALS) + 0.0
    if is_dataclass(value) and not isinstance(value, type):
        return _plain_record(value)
    if isinstance(value, Mapping):
        return {str(_plain(str(key))): _plain(value[key]) for key in sorted(value, key=str)}
    if isinstance(value, Sequence):
        return [_plain(item) for item in value]
    if isinstance(value, Iterable):
        return sorted((_plain(item) for item in value), key=str)
    return value


def _plain_record(record: Any) -> dict[str, object]:
    """Return a dataclass as a mapping in the order of its fields, a result's schema first."""
    kind: Any = type(record)
    floats = _float_fields(kind)
    plain: dict[str, object] = {"schema": record.schema} if kind is Result else {}
    for name in _field_names(kind):
        value = getattr(record, name)
        if name in floats and value is not None:
            value = float(value)
        order = _ORDER.get((kind.__name__, name))
        plain[name] = _plain(sorted(value, key=order) if order else value)
    return plain


@cache
def _field_names(kind: Callable[..., object]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(cast(Any, kind)))


@cache
def _float_fields(kind: Callable[..., object]) -> frozenset[str]:
    """Return the fields in which a whole number is written like a fraction, so that 2 and 2.0 give the same bytes."""
    return frozenset(name for name, hint in get_type_hints(kind).items() if hint in (float, float | None))


def _check_json(text: str, name: str) -> None:
    """Raise DataFileError unless the text is a JSON object that says it is a result of the known form."""
    try:
        data = json.loads(text, parse_constant=_refuse_number, parse_float=_finite)
    except json.JSONDecodeError as error:
        raise DataFileError([Problem(name, error.lineno, f"is not JSON ({error.msg})", _REMEDY)]) from error
    except (ValueError, RecursionError) as error:
        raise DataFileError([Problem(name, 0, f"cannot be read as JSON ({error})", _REMEDY)]) from error
    if not isinstance(data, dict):
        raise DataFileError([Problem(name, 0, "is not a JSON object", _REMEDY)])
    if data.get("schema") != SCHEMA:
        found = json.dumps(data.get("schema"))[:60]
        raise DataFileError([Problem(name, 0, f"schema: is {found}, not {json.dumps(SCHEMA)}", _REMEDY)])


def _refuse_number(constant: str) -> float:
    raise ValueError(f"{constant} is no number")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(f"{digits[:20]} is too large")
    return number


def _place(location: Sequence[int | str]) -> str:
    """Return where in the file, as `courses[3].hours`."""
    parts = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in location)
    return "".join(parts).removeprefix(".") or "the file"


def _faults(result: Result) -> Iterable[str]:
    """Yield what contradicts itself in a result whose types are right."""
    courses = {course.id for course in result.courses}
    documents = {document.path for document in result.documents}
    if len(courses) != len(result.courses):
        yield "courses: an id occurs twice"
    if len(documents) != len(result.documents):
        yield "documents: a path occurs twice"
    yield from _count_faults(result)
    named: dict[str, list[str | None]] = {
        "coverage": [row.course for row in result.coverage],
        "mentions": [mention.course for mention in result.mentions],
        "verdicts": [verdict.course for verdict in result.verdicts],
    }
    for place, ids in named.items():
        for index, course_id in enumerate(ids):
            if course_id is not None and course_id not in courses:
                yield f"{place}[{index}].course: no course has the id {course_id[:80]!r}"
    for index, course in enumerate(result.courses):
        for path in course.documents:
            if path not in documents:
                yield f"courses[{index}].documents: no document has the path {path[:80]!r}"
    for index, mention in enumerate(result.mentions):
        if mention.kept == (mention.reason is not None):
            yield f"mentions[{index}]: a kept mention has no reason, and one set aside has one"


def _count_faults(result: Result) -> Iterable[str]:
    """Yield the counts that do not agree with the rows that they count."""
    states = [course.status for course in result.courses]
    readings = [document.status for document in result.documents]
    expected = {
        "courses": len(states),
        "audited": states.count(model.CourseStatus.AUDITED),
        "not_auditable": states.count(model.CourseStatus.NOT_AUDITABLE),
        "no_syllabus": states.count(model.CourseStatus.NO_SYLLABUS),
        "documents": len(readings),
        "read": readings.count("read"),
        "unreadable": readings.count("unreadable"),
    }
    for name, number in expected.items():
        if (found := getattr(result.counts, name)) != number:
            yield f"counts.{name}: is {found}, but the file holds {number}"


def _field_notes() -> dict[tuple[str, str], str]:
    """Return the string under each field of the types, by class and field."""
    notes: dict[tuple[str, str], str] = {}
    parts = [importlib.import_module(f"{model.__name__}.{part.name}") for part in pkgutil.iter_modules(model.__path__)]
    for node in (node for part in parts for node in ast.parse(inspect.getsource(part)).body):
        if not isinstance(node, ast.ClassDef):
            continue
        for field_node, note in zip(node.body, node.body[1:], strict=False):
            if isinstance(field_node, ast.AnnAssign) and isinstance(field_node.target, ast.Name):
                match note:
                    case ast.Expr(value=ast.Constant(value=str(text))):
                        notes[node.name, field_node.target.id] = inspect.cleandoc(text)
    return notes
