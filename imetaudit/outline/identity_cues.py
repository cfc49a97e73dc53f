"""The cues by which a syllabus is seen to say which course it belongs to, compiled.

It knows how the part `identity` of `outline.yaml` becomes labels and regular expressions over folded text. It does not
know where in a document they are looked for; `identity` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imetaudit.outline.folding import fold
from imetaudit.outline.phrases import alternation

if TYPE_CHECKING:
    from imetaudit.outline.schema import IdentityEntry


@dataclass(frozen=True)
class IdentityCues:
    """How a syllabus says which course it belongs to."""

    labels: Mapping[str, str]
    """A label to the field of an identity that it names (`id` for its number); the first meaning in the file wins."""
    title_labels: frozenset[str]
    department: re.Pattern[str]
    school: re.Pattern[str]
    """The beginning of the name of a school within an institution."""
    institution: re.Pattern[str]
    """A department, school or institution."""
    masl: re.Pattern[str]
    """A number of a catalogue above the school's own, in a line: group `number`."""
    honorific: re.Pattern[str]
    """The beginning of a line that names a teacher."""
    place: re.Pattern[str]
    """What follows a teacher's name in its line and is none of it."""
    people: re.Pattern[str]
    filler: frozenset[str]
    title_lines: int
    """Among so many lines at the head the title stands."""
    tails: frozenset[str]
    """What stands beside a title and says what the document is."""
    section: re.Pattern[str]
    """A section's number ("Sec 2")."""
    undated: re.Pattern[str]
    """Words that make capitals and figures no course number: months, terms, places."""
    head_units: int
    value_characters: int
    term: re.Pattern[str]


def _words(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z])(?:{alternation(words)})(?![a-z])")


def compile_identity(entry: IdentityEntry, months: list[str]) -> IdentityCues:
    """Compile the `identity` part of the cues file; `months` are folded."""
    labels: dict[str, str] = {}
    for role, names in (
        ("id", entry.id_labels),
        ("masl", entry.catalogue_labels),
        ("title", entry.title_labels),
        ("edition", entry.edition_labels),
        ("department", entry.department_labels),
        ("school", entry.school_labels),
        ("institution", entry.institution_labels),
        ("instructor", entry.instructor_labels),
        ("credits", entry.credits_labels),
    ):
        for name in names:
            labels.setdefault(fold(name), role)
    terms = alternation(entry.terms)
    year = r"(?:19|20)\d\d(?:\s*[-/]\s*(?:19|20)?\d\d)?"
    return IdentityCues(
        labels=labels,
        title_labels=frozenset(map(fold, entry.title_labels)),
        department=_words(entry.departments),
        school=re.compile(rf"(?:(?:the|la|el|a|o)\s+)?(?:{alternation(entry.schools)})(?![a-z])"),
        institution=_words([*entry.departments, *entry.schools, *entry.institutions]),
        masl=re.compile(rf"\b(?:{alternation(entry.catalogue_labels)})\W{{0,3}}\s*(?P<number>[a-z]?\d[\w-]{{3,14}})"),
        honorific=re.compile(rf"(?:{alternation(entry.honorifics)})(?![a-z])\.?\s+(?=[a-z])"),
        place=_words(entry.places),
        people=re.compile(rf"(?<![a-z])(?:{alternation(entry.people)})(?![a-z])"),
        filler=frozenset(map(fold, entry.filler)),
        title_lines=entry.title_lines,
        tails=frozenset(map(fold, entry.tails)),
        section=re.compile(rf"(?i)\b(?:{alternation(entry.section_words)})\.?\s*#?\d{{1,3}}\b"),
        undated=re.compile(rf"\b(?:{alternation([*months, *entry.terms, *entry.people])})\b"),
        head_units=entry.head_units,
        value_characters=entry.value_characters,
        term=re.compile(
            rf"\b(?:{terms})(?:\s+(?:{terms}))?(?:\s+(?:of|de|du))?[\s,]+(?:{year})|\b{year}\s+(?:{terms})\b"
        ),
    )
