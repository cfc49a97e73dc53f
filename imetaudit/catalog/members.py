"""Files that hold several syllabi, listed as the syllabi they hold.

It knows that what is passed over in a folder is passed over in an archive too, and that a file whose members cannot
all be had stays on the list, so that the report tells why. It opens no file: what one holds it is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePosixPath

from imetaudit.catalog.folder import Listing, in_order, passed_over
from imetaudit.catalog.rules import CatalogRules
from imetaudit.extract.members import Member, Members, may_hold_members, members_of
from imetaudit.model import MEMBER

Expand = Callable[[Mapping[str, Path]], Mapping[str, Members]]
"""Tells what files hold, by their names; files that hold nothing but themselves may be left out."""


def expand_here(files: Mapping[str, Path]) -> dict[str, Members]:
    """Tell in this process what files hold."""
    return {name: members_of(path) for name, path in files.items() if may_hold_members(path)}


def with_members(listing: Listing, rules: CatalogRules, expand: Expand) -> Listing:
    """Put the members of each file in its place; a file of which not all can be read stays beside them."""
    held = expand({name: listing.root / name for name in listing.files})
    files: list[str] = []
    warnings = list(listing.warnings)
    apart: set[str] = set()
    for name in listing.files:
        found = held.get(name, Members())
        kept, others, remarks = _sorted_out(name, found.members, rules)
        if found.refusal or not kept:
            files.append(name)
        files += kept
        apart.update(others)
        warnings += [*remarks, *(f"{name}: {warning}" for warning in found.warnings)]
    return Listing(listing.root, in_order(files), tuple(sorted(warnings)), frozenset(apart))


def _sorted_out(name: str, members: Sequence[Member], rules: CatalogRules) -> tuple[list[str], list[str], list[str]]:
    """Return the names of the members to audit and of those passed over, and what is to be said of these."""
    kept: list[str] = []
    apart: list[str] = []
    warnings: list[str] = []
    passed: Counter[str] = Counter()
    for member in members:
        full = f"{name}{MEMBER}{member.name}"
        steps = [PurePosixPath(step) for step in member.file.split(MEMBER)] if member.file else []
        skipped = any(rules.skips_file(step.name) or any(map(rules.skips_folder, step.parts[:-1])) for step in steps)
        if skipped and rules.is_catalog(steps[-1].name):
            warnings.append(f"{full}: a list of courses in an archive is not used; unpack it to use it")
        elif not skipped and any(rules.is_no_document(step.name) for step in steps):
            passed[next(step.suffix.lower() for step in steps if rules.is_no_document(step.name))] += 1
            skipped = True
        (apart if skipped else kept).append(full)
    return kept, apart, [*warnings, *passed_over(passed, f"{name}: ")]
