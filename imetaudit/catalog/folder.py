"""The files of a folder that may be syllabi.

It knows what to pass over (hidden files, lock files, programs, links that leave the folder) and says so in warnings.
It does not open a file.
"""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from imetaudit.catalog.rules import CatalogRules, natural
from imetaudit.errors import UsageError


@dataclass(frozen=True)
class Listing:
    """The files under a root."""

    root: Path
    files: tuple[str, ...]
    """Relative to the root, with forward slashes, in natural order."""
    warnings: tuple[str, ...]
    apart: frozenset[str] = frozenset()
    """Members of archives that are passed over, and may be named all the same."""


def list_files(inputs: Sequence[Path], rules: CatalogRules, exclude: Iterable[Path] = ()) -> Listing:
    """List the files that the inputs name: folders with all below them, and single files.

    Args:
        inputs: Folders and files; single files are kept whatever they are called.
        rules: What to pass over.
        exclude: Folders not to enter, such as the one that reports are written to.

    Raises:
        UsageError: there is no input, or one does not exist.
    """
    if not inputs:
        raise UsageError("no folder and no file was given; name at least one")
    for path in inputs:
        if not path.exists():
            raise UsageError(f"{path}: no such file or folder; check the path")
    root = root_of(inputs)
    shut = {path.resolve() for path in exclude}
    found: set[str] = set()
    warnings: list[str] = []
    passed: Counter[str] = Counter()
    for path in inputs:
        if not path.is_dir():
            found.add(relative(path, root))
            continue
        for name in _walk(path, root, rules, shut, warnings):
            if rules.is_no_document(name):
                passed[Path(name).suffix.lower()] += 1
            else:
                found.add(name)
    warnings += passed_over(passed)
    return Listing(root, in_order(found), tuple(sorted(warnings)))


def passed_over(suffixes: Counter[str], where: str = "") -> Iterator[str]:
    """Yield a warning on how many files of which endings were passed over, if any were."""
    if suffixes:
        kinds = ", ".join(f"{suffix} {count}" for suffix, count in sorted(suffixes.items()))
        files = "1 file" if suffixes.total() == 1 else f"{suffixes.total()} files"
        yield f"{where}{files} passed over that plainly are no documents ({kinds})"


def in_order(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names in natural order."""
    return tuple(sorted(names, key=lambda name: (natural(name), name)))


def root_of(inputs: Sequence[Path]) -> Path:
    """Return the folder to which paths are relative: the only folder of the inputs, or the nearest that holds all."""
    folders = [path if path.is_dir() else path.parent for path in inputs]
    if len(set(folders)) == 1:
        return folders[0]
    return Path(os.path.commonpath([absolute(folder) for folder in folders]))


def relative(path: Path, root: Path) -> str:
    """Return the path relative to the root, with forward slashes. It must lie within."""
    return absolute(path).relative_to(absolute(root)).as_posix()


def absolute(path: Path) -> Path:
    """Return the path from the root of the disk, without `.` and `..`, links left as they are."""
    return Path(os.path.abspath(path))  # noqa: PTH100  resolve() would follow links


def leaves(path: Path, root: Path) -> bool:
    """Tell whether the path, all links followed, lies outside the root."""
    return not path.resolve().is_relative_to(root.resolve())


def _walk(top: Path, root: Path, rules: CatalogRules, shut: set[Path], warnings: list[str]) -> Iterator[str]:
    """Yield the files below a folder, and add to the warnings."""

    def unreadable(error: OSError) -> None:
        warnings.append(f"{relative(Path(error.filename), root)}: the folder cannot be read ({error.strerror})")

    for folder, folders, names in os.walk(top, onerror=unreadable):
        here = Path(folder)
        folders[:] = sorted(name for name in folders if not rules.skips_folder(name))
        for name in list(folders):
            if (here / name).is_symlink():
                folders.remove(name)
                if leaves(here / name, root):
                    warnings.append(
                        f"{_shown(relative(here / name, root))}: a link that leaves the folder; not followed"
                    )
            elif shut and (here / name).resolve() in shut:
                folders.remove(name)
        for name in sorted(names):
            if rules.skips_file(name):
                continue
            path = here / name
            fault = _fault(path, root)
            if fault:
                warnings.append(f"{_shown(relative(path, root))}: {fault}")
            else:
                yield relative(path, root)


def _fault(path: Path, root: Path) -> str:
    """Return why a file cannot be audited by its path alone; empty where it can."""
    if path.is_symlink() and leaves(path, root):
        return "a link that leaves the folder; not followed"
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return f"a link that leads nowhere, or a file that cannot be seen ({error.strerror}); not audited"
    if not stat.S_ISREG(mode):
        return "not a regular file; not audited"
    if _shown(str(path)) != str(path):
        return "the name of the file is not valid text; not audited: rename it"
    return ""


def _shown(name: str) -> str:
    """Return a file name that can be written as UTF-8."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")
