"""The errors that the operator of the program can mend, and the exit code of each.

Trouble with a syllabus is not here: that is a value, `model.Unreadable`. What is here is an
operator's mistake (a wrong option, a data file with a fault) or a missing installation. The tree::

    ImetauditError            exit code
    ├── UsageError            2   an argument that cannot be acted on
    ├── DataFileError         3   a taxonomy, catalogue or result file with faults, all of them listed
    ├── NothingReadError      4   not one document could be read
    └── MissingExtraError     5   an optional package is not installed

This module knows nothing of the command line; `cli` turns an error into its message and exit code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class ImetauditError(Exception):
    """The base of all errors that are the operator's to mend; its text says where, what, what to do."""

    exit_code = 1


class UsageError(ImetauditError, ValueError):
    """An argument or option that cannot be acted on."""

    exit_code = 2


@dataclass(frozen=True, order=True)
class Problem:
    """One fault in a data file, in the words of the person who must mend it."""

    file: str
    """The file's path as the operator gave it."""
    line: int
    """The 1-based line of the fault; 0 where no line can be named."""
    what: str
    """What is wrong."""
    remedy: str
    """What to do about it."""

    def __str__(self) -> str:
        """Return `file:line: what; remedy` on one line."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.what}; {self.remedy}"


class DataFileError(ImetauditError, ValueError):
    """Faults in data files; `problems` has every one of them, sorted, not only the first."""

    exit_code = 3

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep each problem once, sorted by file, line and text."""
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


class NothingReadError(ImetauditError):
    """Documents were given and not one of them could be read."""

    exit_code = 4


class MissingExtraError(ImetauditError, ImportError):
    """A feature was asked for whose optional packages are not installed."""

    exit_code = 5
