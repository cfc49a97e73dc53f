"""How well the program's outlines agree with the coding of real syllabi, and the coders with each other.

The syllabi are not kept here; they are found by their bytes in a folder that is given. A line of the coding is laid
against the program's text by its words, so that it does not matter how the program breaks lines.

    python tests/gold/outline/score.py FOLDER [--coding FILE] [--list]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

from lines import lines_of

from imetaudit.datafile import taxonomies_dir
from imetaudit.extract import extract_file
from imetaudit.model import Document, Outline
from imetaudit.outline import load_cues, read_outline

CODING = Path(__file__).parent / "coding.jsonl"
KINDS = ("policy", "biography", "objective", "lesson", "reading")
_READING = {"required-reading": "reading", "optional-reading": "reading"}


@dataclass
class Tally:
    """Counts of what was coded, what was said, and what was both."""

    coded: int = 0
    said: int = 0
    both: int = 0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 where there is nothing to find and nothing was said."""
        return 2 * self.both / (self.coded + self.said) if self.coded + self.said else 1.0


@dataclass
class Score:
    """The figures over all syllabi."""

    kinds: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in KINDS})
    starts: Tally = field(default_factory=Tally)
    lines: int = 0
    lost: int = 0
    """Coded lines of which no word was found in the program's text."""
    numbers: int = 0
    titles: int = 0
    both: int = 0
    syllabi: int = 0
    confused: Counter[tuple[str, str]] = field(default_factory=Counter)


def kinds_by_line(coding: Mapping[str, object], lines: int) -> list[str]:
    """Return the coded kind of each line, in order; `other` for a line that the coder forgot."""
    kinds = ["other"] * lines
    ranges = coding["kinds"]
    assert isinstance(ranges, list)
    for first, last, kind in ranges:
        kinds[first - 1 : last] = [kind] * (min(last, lines) - first + 1)
    return kinds


def offsets_of(lines: Sequence[str], text: str) -> list[list[int]]:
    """Return for each line the offsets, in `text`, of those of its words that were found, in order of the line."""
    theirs = [(number, word) for number, line in enumerate(lines) for word in _words(line)]
    ours = [(match.start(), match[0].lower()) for match in re.finditer(r"\w+", text)]
    matcher = SequenceMatcher(None, _runs([w for _, w in theirs]), _runs([w for _, w in ours]), autojunk=False)
    found: list[list[int]] = [[] for _ in lines]
    taken: set[int] = set()
    for one, other, size in matcher.get_matching_blocks():
        for step in range(size + 2 if size else 0):
            if one + step < len(theirs) and other + step < len(ours) and theirs[one + step][1] == ours[other + step][1]:
                found[theirs[one + step][0]].append(ours[other + step][0])
                taken.add(other + step)
    _place_moved(lines, found, ours, taken)
    return found


def _place_moved(
    lines: Sequence[str], found: list[list[int]], ours: Sequence[tuple[int, str]], taken: set[int]
) -> None:
    """Place the lines that stand elsewhere in the program's order by the whole of their words."""
    index: dict[str, list[int]] = {}
    for position, (_, word) in enumerate(ours):
        index.setdefault(word, []).append(position)
    for number, line in enumerate(lines):
        words = _words(line)
        if found[number] or not words:
            continue
        for position in index.get(words[0], ()):
            if position not in taken and [word for _, word in ours[position : position + len(words)]] == words:
                found[number] = [offset for offset, _ in ours[position : position + len(words)]]
                taken.update(range(position, position + len(words)))
                break


def _words(line: str) -> list[str]:
    return [match.lower() for match in re.findall(r"\w+", line)]


def _runs(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the runs of three words: nearly unique, which keeps the matching both quick and right."""
    return [tuple(words[place : place + 3]) for place in range(max(0, len(words) - 2))]


def add(score: Score, coding: Mapping[str, object], lines: Sequence[str], document: Document, made: Outline) -> None:
    """Add one syllabus to the score."""
    offsets = offsets_of(lines, document.text)
    coded = kinds_by_line(coding, len(lines))
    starts = [section.start for section in made.sections]
    for kind, places in zip(coded, offsets, strict=True):
        said = "lost"
        if places:
            inside = Counter(made.sections[max(0, bisect_right(starts, place) - 1)].kind.value for place in places)
            said = max(sorted(inside), key=inside.__getitem__)
            said = _READING.get(said, said)
        score.lines += 1
        score.lost += said == "lost"
        score.confused[kind, said] += 1
        for name, tally in score.kinds.items():
            tally.coded += kind == name
            tally.said += said == name
            tally.both += kind == said == name
    _add_lessons(score.starts, coding, offsets, made)
    _add_identity(score, coding, made)


def _add_lessons(tally: Tally, coding: Mapping[str, object], offsets: Sequence[list[int]], made: Outline) -> None:
    ranges = coding["lessons"]
    assert isinstance(ranges, list)
    line_at = sorted((place, number) for number, places in enumerate(offsets) for place in places)
    places = [place for place, _ in line_at]
    said = set()
    for lesson in made.lessons:
        near = bisect_right(places, lesson.start + 1) - 1
        if near >= 0 and places[near] < lesson.start:
            near += 1
        near = max(0, min(near, len(places) - 1))
        if places:
            said.add(line_at[near][1] + 1)
    coded = {first for first, *_ in ranges}
    tally.coded += len(coded)
    tally.said += len(made.lessons)
    tally.both += len(coded & said)


def _add_identity(score: Score, coding: Mapping[str, object], made: Outline) -> None:
    number = _same_number(coding["course_number"], made.identity.course_id)
    title = _same_title(coding["title"], made.identity.title)
    score.syllabi += 1
    score.numbers += number
    score.titles += title
    score.both += number and title


def _same_number(coded: object, said: str | None) -> bool:
    # A section of the course ("POSC 315-01") names the course still.
    said = re.sub(r"-(?:\d{2,3}|[A-Z])$", "", said) if said and str(coded)[-2:] != said[-2:] else said
    squeezed = [re.sub(r"[\W_]", "", str(each or "")).lower() for each in (coded, said)]
    return squeezed[0] == squeezed[1] or (
        bool(squeezed[1])
        and any(
            re.sub(r"[\W_]", "", part).lower() == squeezed[1] for part in re.split(r"[/,&|]| and ", str(coded or ""))
        )
    )


def _same_title(coded: object, said: str | None) -> bool:
    one, other = set(_words(str(coded or ""))), set(_words(said or ""))
    return one == other or (bool(one and other) and len(one & other) / len(one | other) >= 0.75)


def files_by_hash(folder: Path) -> dict[str, Path]:
    """Return the files under `folder` by the SHA-256 of their bytes."""
    return {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in sorted(folder.rglob("*")) if path.is_file()}


def measure(folder: Path, coding: Path = CODING, *, only: Iterable[str] = (), ends: str = "0123456789abcdef") -> Score:
    """Outline the coded syllabi that are found in `folder` and whose hash ends in one of `ends`; score the outlines."""
    files, wanted, score = files_by_hash(folder), tuple(only), Score()
    cues = load_cues(taxonomies_dir() / "outline.yaml")
    for line in coding.read_text(encoding="utf-8").splitlines():
        coded = json.loads(line)
        path = files.get(coded["sha256"])
        if path is None or coded["sha256"][-1] not in ends or (wanted and not coded["sha256"].startswith(wanted)):
            continue
        document = extract_file(path, ocr="never")
        if isinstance(document, Document):
            add(score, coded, lines_of(path), document, read_outline(document, cues))
    return score


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--coding", type=Path, default=CODING)
    parser.add_argument("--only", nargs="*", default=())
    options = parser.parse_args()
    for half, ends in (("open", "02468ace"), ("closed", "13579bdf")):
        print(f"== {half} half")
        report(measure(options.folder, options.coding, only=options.only, ends=ends))


def report(score: Score) -> None:
    """Print the figures of a score."""
    print(f"syllabi {score.syllabi}, lines {score.lines}, lost {score.lost}")
    for kind, tally in score.kinds.items():
        print(f"{kind:10} F1 {tally.f1:.3f}  coded {tally.coded}, said {tally.said}, both {tally.both}")
    print(f"lesson starts F1 {score.starts.f1:.3f}  coded {score.starts.coded}, said {score.starts.said}")
    print(f"number {score.numbers}, title {score.titles}, number and title {score.both} of {score.syllabi}")
    for (kind, said), count in score.confused.most_common(30):
        if kind != said:
            print(f"  {kind} taken for {said}: {count}")


if __name__ == "__main__":
    main()
