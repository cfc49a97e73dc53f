"""Read the title of a course from the lines at the head of its syllabus.

It knows what stands around a title on its line (number, term, school, the word "Syllabus") and which lines are none.
It does not know labels; `identity` reads those, and hands the lines in.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from imetaudit.outline.cues import OutlineCues
from imetaudit.outline.folding import fold, words_of
from imetaudit.outline.units import read_heading, read_label

_LEAST_LETTERS = 4
_LABEL_CHARACTERS = 20
_EDGES = ' \t\n:;,.-–—·•|*_#()[]/\\"“”'
_PARTS = re.compile(r"\s+[|·•–—-]+\s+|:\s+|\s+\(|\)\s*")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)?|!\[[^\]]*\]\([^)]*\)")
_YEARS = re.compile(r"\d{4}\s*-\s*(?:\d{4})?")
_ADDRESS = re.compile(r"@|https?:|www\.|\d{3}[-. ]\d{4}")


def find_title(lines: Sequence[str], numbers: Sequence[str], people: Collection[str], cues: OutlineCues) -> str | None:
    """Return the title, or None where no line reads like one.

    The line that has the course's number comes first, then the first line that names no school, person, term or part.
    Lines after the first heading of a part ("Course Description") are not looked at.

    Args:
        lines: Of the title block, in order.
        numbers: The course's number first, then others by which it is listed too.
        people: Folded words of the names of those who teach it, where known: a line of such words alone is no title.
        cues: The compiled cues.
    """
    named: list[str] = []
    others: list[str] = []
    for place, line in enumerate(lines[: cues.identity.title_lines]):
        bare = bare_title(line, numbers, cues)
        if cues.headings.is_whole(fold(line).strip(_EDGES)) and place:
            break
        if bare is None or _is_other(line, bare, people, cues):
            continue
        (named if numbers and numbers[0] in line and " " in bare else others).append(bare)
    found = [*named, *others]
    return found[0] if found else None


def bare_title(line: str, numbers: Sequence[str], cues: OutlineCues) -> str | None:
    """Return a line without what is none of the title, or None where too few letters are left."""
    line = _LINK.sub(lambda match: match[1] or "", line)
    for number in numbers:
        line = re.sub(rf"(?<!\w){re.escape(number)}(?:-\d{{1,3}})?(?!\w)", " ", line, flags=re.IGNORECASE)
    line = cues.identity.section.sub(" ", line)
    term = cues.identity.term.search(fold(line))
    if term:
        # What follows the term ("Summer, 2021 with A. Person") is of the term.
        line = (
            line[: term.start()]
            if sum(map(str.isalpha, line[: term.start()])) >= _LEAST_LETTERS
            else line[term.end() :]
        )
    title = _without_tails(_kept_parts(line, cues), cues)
    return title if sum(map(str.isalpha, title)) >= _LEAST_LETTERS else None


def _kept_parts(line: str, cues: OutlineCues) -> str:
    """Drop parts at either end that name a school or what the document is ("War and Law | Some College: Syllabus")."""
    joints = [(match.start(), match.end()) for match in _PARTS.finditer(line)]
    starts = [0, *(end for _, end in joints)]
    ends = [*(start for start, _ in joints), len(line)]
    keep = [not _is_aside(line[start:end], cues) for start, end in zip(starts, ends, strict=True)]
    if not any(keep):
        return ""
    first, last = keep.index(True), len(keep) - 1 - keep[::-1].index(True)
    if first and "(" in line[joints[first - 1][0] : joints[first - 1][1]]:
        # "AG 256 (offered in winter only)": a remark in brackets is no title.
        return ""
    return line[starts[first] : ends[last]]


def _is_aside(part: str, cues: OutlineCues) -> bool:
    folded = fold(part).strip(_EDGES)
    return (
        (not any(map(str.isalpha, folded)) and _YEARS.fullmatch(folded) is None)
        or folded in cues.identity.filler
        or folded in cues.identity.tails
        or cues.lessons.numbered.fullmatch(folded) is not None
        or cues.identity.institution.search(folded) is not None
    )


def _without_tails(title: str, cues: OutlineCues) -> str:
    """Drop words at the end that say what the document is ("Digital Photography Lesson Plan")."""
    title = " ".join(title.strip(_EDGES).split())
    if title.count("(") > title.count(")"):
        title += ")"
    folded = fold(title)
    for tail in sorted(cues.identity.tails, key=len, reverse=True):
        if " " in tail and folded.endswith(f" {tail}"):
            return title[: len(title) - len(tail)].strip(_EDGES)
    return title


def _is_other(line: str, bare: str, people: Collection[str], cues: OutlineCues) -> bool:
    """Whether a line of the title block is anything but the title."""
    folded = fold(line).strip(_EDGES)
    label = read_label(folded, cues)
    if label is not None and (label.name in cues.identity.labels or cues.headings.is_whole(label.name)):
        return True
    if _ADDRESS.search(line) or cues.identity.people.search(folded):
        return True
    if all(word in people for word in words_of(fold(bare))):
        return True
    if fold(bare) in cues.identity.filler | cues.identity.tails or cues.identity.institution.search(fold(bare)):
        return True
    if read_heading(folded, cues) is not None and len(bare.split()) <= 2:
        return True
    return _is_when(fold(bare), cues)


def _is_when(folded: str, cues: OutlineCues) -> bool:
    """Whether a line says when a course meets or a document was written, and not what it is."""
    dated = cues.lessons.dated.match(folded) or cues.lessons.weekday.match(folded) or cues.identity.term.match(folded)
    return dated is not None or cues.hours.span.search(folded) is not None
