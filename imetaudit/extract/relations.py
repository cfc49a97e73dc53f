"""Relations: how one part of an Office package names the others that belong to it.

It knows the `.rels` parts, relative and absolute targets. It does not follow a relation that leads out of the package.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from imetaudit.extract.package import Package


@dataclass(frozen=True, slots=True)
class Relation:
    """One part's word on another."""

    kind: str
    """The last piece of its type: `slide`, `notesSlide`, `chart`, …"""
    target: str
    """The other part's name in the package."""


def relations(package: Package, part: str) -> dict[str, Relation]:
    """Return the relations of a part (the package's own for `""`) to parts that are there, by their id."""
    folder, name = posixpath.split(part)
    root: Any = package.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
    found: dict[str, Relation] = {}
    for each in root if root is not None else ():
        if each.get("TargetMode", "").lower() == "external":
            continue
        written = unquote(each.get("Target", ""))
        target: str | None = f"{folder}/{written}"
        if target not in package.names:
            target = package.part(posixpath.normpath(posixpath.join(f"/{folder}", written))) if written else None
        if target:
            kind = each.get("Type", "").rpartition("/")[2]
            found[each.get("Id", "")] = Relation(kind, target)
    return found


def related(package: Package, part: str, kind: str) -> str | None:
    """Return the name of the first part of that kind that `part` names, or None."""
    return next((each.target for each in relations(package, part).values() if each.kind == kind), None)
