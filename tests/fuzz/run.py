"""`make fuzz`: change many files and check what is promised of every file; what fails is named so as to be made again.

    python tests/fuzz/run.py 20000 [FOLDER] [--from NUMBER]

Of each number follow the file and the change. Files are read in workers, as in an audit, with the limits of one.
"""

from __future__ import annotations

import argparse
import functools
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from fuzz.mutation import Choices, mutated
from fuzz.promises import broken_promises, outline_faults
from imetaudit.datafile import sample_dir, taxonomies_dir
from imetaudit.executors import Failure, FailureKind, Local
from imetaudit.extract.reading import read_file
from imetaudit.model import Document
from imetaudit.outline import OutlineCues, load_cues, read_outline

SHARED = Path(__file__).parents[3] / "shared" / "corpus"
_LARGEST = 120_000  # bytes of a file that is changed: small files are read in milliseconds
_SECONDS, _MEMORY = 20.0, 1 << 30  # of one file; a changed syllabus that takes longer is a finding


@dataclass(frozen=True)
class Case:
    """One changed file: which, and how, by its number."""

    number: int
    source: Path

    def data(self) -> bytes:
        """Return the changed bytes, the same every time."""
        return mutated(self.source.read_bytes(), f"{self.number}/{self.source.name}")


@dataclass(frozen=True)
class Finding:
    """What one case came to."""

    outcome: str
    """`read`, or the reason why not."""
    faults: tuple[str, ...] = ()


def sources(*folders: Path) -> list[Path]:
    """Return the small files of the folders, or else of the corpus where it is at hand, or else the sample school's."""
    places = folders or ((SHARED / "dev", SHARED / "hostile") if SHARED.is_dir() else (sample_dir(),))
    files = (path for place in places for path in sorted(place.rglob("*")) if path.is_file())
    return [path for path in files if 0 < path.stat().st_size <= _LARGEST and path.suffix != ".csv"]


def cases(files: Sequence[Path], first: int, count: int) -> Iterator[Case]:
    """Yield the cases from one number on."""
    for number in range(first, first + count):
        yield Case(number, files[Choices(f"file {number}").below(len(files))])


@functools.cache
def _cues() -> OutlineCues:
    return load_cues(taxonomies_dir() / "outline.yaml")


def check(folder: Path, case: Case) -> Finding:
    """Change a file, read it, and check everything that is promised of it; run in a worker."""
    data = case.data()
    path = folder / f"{case.number}{case.source.suffix}"
    path.write_bytes(data)
    try:
        outcome = read_file(path, ocr="never")
        faults = broken_promises(outcome, data)
        if not case.number % 10 and read_file(path, ocr="never") != outcome:
            faults.append("the same bytes twice are not the same document")
        if isinstance(outcome, Document):
            faults += outline_faults(outcome, read_outline(outcome, _cues()))
    finally:
        path.unlink()
    return Finding("read" if isinstance(outcome, Document) else outcome.reason.value, tuple(faults))


def fuzz(files: Sequence[Path], first: int, count: int, folder: Path, jobs: int = 1) -> Iterator[tuple[Case, Finding]]:
    """Yield every case with its finding; a worker that died, hung or raised is a finding with its fault.

    A worker that a library ended for want of memory, or by its crash, has kept its promise: it cost one document.
    """
    _cues()  # before the workers are forked, so that each of them has it
    workers = Local(jobs, 3 * _SECONDS, _MEMORY, cpu_seconds=_SECONDS)
    for case, outcome in workers.run(functools.partial(check, folder), cases(files, first, count)):
        if not isinstance(outcome, Failure):
            yield case, outcome
        elif outcome.kind in (FailureKind.CRASHED, FailureKind.MEMORY):
            yield case, Finding(outcome.kind.value)
        else:
            yield case, Finding(outcome.kind.value, (outcome.detail,))


def main() -> int:
    """Run the number of cases asked for; print each fault and a count of outcomes, and return 1 if there was one."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("count", type=int, nargs="?", default=20_000)
    parser.add_argument("folders", type=Path, nargs="*")
    parser.add_argument("--from", dest="first", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    files, outcomes, failed, begin = sources(*given.folders), Counter[str](), 0, time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        for case, finding in fuzz(files, given.first, given.count, Path(folder), given.jobs):
            outcomes[finding.outcome] += 1
            failed += bool(finding.faults)
            for fault in finding.faults:
                print(f"case {case.number} ({case.source.name}): {fault}", flush=True)
    told = ", ".join(f"{outcome} {count}" for outcome, count in sorted(outcomes.items()))
    print(
        f"{given.count} cases of {len(files)} files in {time.monotonic() - begin:.0f} s: {told}; {failed} with faults"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
