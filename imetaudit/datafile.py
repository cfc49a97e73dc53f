"""Where the data files are, and how one is read so that a fault in it can be pointed at.

It knows two places: inside an installed package, and the checkout around a source tree. It reads YAML with the line
of every value, and turns a failed check into problems with file, line and remedy. It knows nothing of what a
taxonomy or a standard means.
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from imetaudit.errors import DataFileError, Problem, UsageError

if TYPE_CHECKING:
    import yaml
    from pydantic import BaseModel

    Checked = TypeVar("Checked", bound=BaseModel)

Step = str | int


def taxonomies_dir() -> Path:
    """Return the folder of the taxonomy that comes with the program."""
    return _shipped("taxonomies")


def sample_dir() -> Path:
    """Return the folder of the sample school's syllabi that comes with the program."""
    return _shipped("sample_syllabi")


def _shipped(name: str) -> Path:
    """Find a data folder in the installed package, or else (editable installs) in the checkout around it."""
    package = Path(str(files("imetaudit")))
    for place in (package / "data" / name, package.parent / name):
        if place.is_dir():
            return place
    raise UsageError(f"{name}: not found beside the program; install imetaudit again, or run it from its checkout")


@dataclass(frozen=True)
class Lines:
    """The 1-based line of every value of a YAML file, by its path of keys and indexes."""

    path: str
    """The file, as the operator gave it."""
    lines: Mapping[tuple[Step, ...], int] = field(default_factory=dict)

    def at(self, *steps: Step) -> int:
        """Return the line of the value at the path, or of the nearest value around it; 0 if there is none."""
        for end in range(len(steps), -1, -1):
            if steps[:end] in self.lines:
                return self.lines[steps[:end]]
        return 0

    def problem(self, steps: Iterable[Step], what: str, remedy: str) -> Problem:
        """Return a problem located at the path."""
        return Problem(self.path, self.at(*steps), what, remedy)


def load_yaml(path: Path) -> tuple[object, Lines]:
    """Read a YAML file as plain data, with the line of every value.

    Raises:
        DataFileError: the file cannot be read, is not UTF-8, or is not YAML; or has one key twice.
    """
    import yaml

    name = str(path)
    try:
        text = path.read_text(encoding="utf-8")
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
        try:
            node = loader.get_single_node()
            lines: dict[tuple[Step, ...], int] = {}
            twice: list[Problem] = []
            _walk(node, (), lines, twice, name)
            if twice:
                raise DataFileError(twice)
            data = loader.construct_document(node) if node is not None else None
        finally:
            loader.dispose()
    except OSError as error:
        raise DataFileError([Problem(name, 0, f"cannot be read ({error.strerror})", "check the path")]) from error
    except UnicodeDecodeError as error:
        raise DataFileError([Problem(name, 0, "is not UTF-8", "save the file as UTF-8")]) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or "is not YAML"
        raise DataFileError([Problem(name, mark.line + 1 if mark else 0, what, "mend the YAML here")]) from error
    return data, Lines(name, lines)


def _walk(
    node: yaml.Node | None,
    steps: tuple[Step, ...],
    lines: dict[tuple[Step, ...], int],
    twice: list[Problem],
    name: str,
) -> None:
    """Note the line of the node and of all within it, and the keys that stand twice in one mapping."""
    import yaml

    if node is None:
        return
    lines[steps] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*steps, key.value)
            if inner in lines:
                line = key.start_mark.line + 1
                twice.append(Problem(name, line, f"the key {key.value!r} stands twice", "keep one of the two"))
            _walk(value, inner, lines, twice, name)
            lines[inner] = key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _walk(value, (*steps, index), lines, twice, name)


def check_shape(shape: type[Checked], data: object, lines: Lines) -> tuple[Checked | None, list[Problem]]:
    """Hold data against a pydantic model; return the model, or None and every problem with its line and remedy."""
    from pydantic import ValidationError

    try:
        return shape.model_validate(data), []
    except ValidationError as error:
        return None, [_as_problem(item, shape, lines) for item in error.errors()]


def _as_problem(item: Mapping[str, object], shape: type[BaseModel], lines: Lines) -> Problem:
    """Put one pydantic error in the words of the person who must mend the file."""
    steps: tuple[Step, ...] = tuple(item["loc"])  # type: ignore[arg-type]
    where = ".".join(map(str, steps)) or "the file"
    if item["type"] == "extra_forbidden":
        near = difflib.get_close_matches(str(steps[-1]), sorted(_keys(shape) - {str(steps[-1])}), n=1)
        remedy = f"did you mean {near[0]!r}?" if near else "remove it, or see the documentation of the format"
        return lines.problem(steps, f"unknown key {steps[-1]!r}", remedy)
    if item["type"] == "missing":
        return lines.problem(steps[:-1], f"{where}: the key {steps[-1]!r} is missing", "add it")
    return lines.problem(steps, f"{where}: {str(item['msg'])[:1].lower()}{str(item['msg'])[1:]}", "correct the value")


def _keys(shape: type[BaseModel]) -> set[str]:
    """Return the names of all keys that the model, and the models within it, know."""
    from pydantic import BaseModel

    keys: set[str] = set()
    queue: list[type[BaseModel]] = [shape]
    seen: set[type[BaseModel]] = set()
    while queue:
        current = queue.pop()
        if current in seen:
            continue
        seen.add(current)
        for name, info in current.model_fields.items():
            keys.add(info.alias or name)
            queue.extend(part for part in _types_in(info.annotation) if issubclass(part, BaseModel))
    return keys


def _types_in(annotation: object) -> list[type]:
    """Return the classes named anywhere in a type annotation."""
    found = [annotation] if isinstance(annotation, type) and not hasattr(annotation, "__args__") else []
    for inner in getattr(annotation, "__args__", ()):
        found.extend(_types_in(inner))
    return found


def digest(paths: Iterable[Path]) -> str:
    """Return the sha256 of the files' names and bytes, in the order of their names."""
    total = hashlib.sha256()
    for path in sorted(paths, key=lambda each: each.name):
        total.update(path.name.encode("utf-8") + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()
