"""Say what one piece of a syllabus shows of its own kind: as a heading, as a labelled line, by its content.

It knows single pieces. It does not know what stands around them; `sections` weighs a piece's own signs against the
part in which it stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from imetaudit.model import SectionKind, SegmentKind
from imetaudit.outline.cues import OutlineCues, SectionRule
from imetaudit.outline.units import (
    Label,
    Unit,
    begins_with_capital,
    is_heading_shaped,
    read_heading,
    read_label,
    read_run_in,
)

# A run is tried from its beginning only, and taken whole: hostile lines are one run of thousands of characters.
_LEADERS = re.compile(r"(?<!\.)(?<!\.\s)(?:\.\s?){5,}+\s*+[\divx]{1,4}\s*$|(?<!…)…{2,}+\s*+\d{1,4}\s*$", re.MULTILINE)
_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]+\.[\w.]+|\(?\b\d{3}\)?[-. ]\d{3}[-. ]\d{4}\b|\b\d{3}-\d{4}\b")
_FIGURES = re.compile(r"\d{3}[-. ]\d{3,4}")
_ITEM_LEAD = re.compile(
    r"[\s*_>•\-]*(?:\(?[a-z0-9]{1,3}[.):]\s*)?(?:(?:tlo|elo)[\s\w.]{0,6}:\s*)?(?:to\s+)?(?P<word>[a-z]+)"
)
_NUMBER_LEAD = re.compile(r"\s*\d{1,3}[.)]?\s+\S")
# Where two kinds have as many phrases, the kind whose text would do most harm as teaching comes first.
_PRECEDENCE = (
    SectionKind.POLICY,
    SectionKind.BIOGRAPHY,
    SectionKind.MISSION,
    SectionKind.CONTACT,
    SectionKind.PREREQUISITE,
    SectionKind.OBJECTIVE,
    SectionKind.ASSESSMENT,
    SectionKind.DESCRIPTION,
)


@dataclass(frozen=True)
class Content:
    """What the content of a piece speaks for."""

    kind: SectionKind | None
    weight: int
    """How many different phrases speak for it; an opening counts twice."""
    policy: int
    """How many different phrases speak for a policy."""
    opens: SectionKind | None
    """The kind that its opening words speak for."""
    words: int
    """How many words it has."""


def heading_rule(unit: Unit, cues: OutlineCues) -> int | None:
    """Return the rule of a piece that is a heading, whatever the extractor took it for; None where it is none.

    What the extractor did not take for a heading must look like one and be the whole of a cue, or end with a colon.
    """
    if unit.is_running or unit.kind in (SegmentKind.TABLE_ROW, SegmentKind.NOTE):
        return None
    line = unit.folded.strip()
    if unit.is_heading:
        return read_heading(" ".join(line.split()), cues)
    if not is_heading_shaped(unit.raw, cues):
        return None
    bare = line.strip("*_ ")
    if bare.endswith(":"):
        return read_heading(bare, cues)
    rule = cues.headings.whole.get(bare)
    if rule is not None or unit.kind is SegmentKind.LIST_ITEM:
        return rule
    rule = read_heading(bare, cues)
    if rule is None:
        return None
    capitals = unit.raw.strip("*_ ")
    return rule if capitals.isupper() or _few_words(bare) else None


def is_whole_cue(unit: Unit, cues: OutlineCues) -> bool:
    """Whether a heading is the whole of a cue, or is marked as a label by its colon."""
    line = unit.folded.strip().strip("*_ ")
    return line.endswith(":") or cues.headings.is_whole(line)


def _few_words(line: str) -> bool:
    return line.count(" ") <= 3 and not any(c.isdigit() for c in line)


def label_of(unit: Unit, cues: OutlineCues) -> Label | None:
    """Return the label of a `Label: text` piece or of a row whose first cell is one, if a rule knows it."""
    if unit.is_running or unit.kind is SegmentKind.NOTE:
        return None
    if unit.kind is SegmentKind.TABLE_ROW:
        return _row_label(unit, cues)
    label = read_label(unit.first_line, cues)
    if label is None or label.rule is None:
        label = read_run_in(unit.first_line, cues)
    return label if label is not None and begins_with_capital(unit.raw) else None


def rule_of_label(unit: Unit, rule: SectionRule, cues: OutlineCues) -> SectionRule:
    """Return the rule of a label, or that of objectives where the text behind a label of rules names those.

    "Expectations: you will learn how to …" is no rule of conduct.
    """
    if rule.kind is not SectionKind.POLICY or content_of(unit, cues).kind is not SectionKind.OBJECTIVE:
        return rule
    return next(each for each in cues.rules if each.kind is SectionKind.OBJECTIVE)


def label_role(unit: Unit, cues: OutlineCues) -> str | None:
    """Return the role of a column after which a line is named, as its label or alone: "Topic: …", "Readings"."""
    label = read_label(unit.first_line, cues)
    name = label.name if label is not None else unit.first_line.split("•", 1)[0]
    return cues.lessons.columns.get(" ".join(name.strip(" *_>#:.").split()))


def _row_label(unit: Unit, cues: OutlineCues) -> Label | None:
    if len(unit.cells) != 2:
        return None
    (start, end), (after, _) = unit.cells
    name = unit.folded[start - unit.start : end - unit.start].strip(" :*_")
    if not name or name.count(" ") > 3:
        return None
    rule = cues.headings.find(name)
    return Label(name, rule, after - unit.start) if rule is not None else None


def content_of(unit: Unit, cues: OutlineCues) -> Content:
    """Weigh the phrases of a piece."""
    folded = " ".join(unit.folded.split())
    votes: Counter[SectionKind] = Counter()
    words = unit.words
    for _, rule in cues.phrases.find(folded, set(words)):
        votes[cues.rules[rule].kind] += 1
    opening = cues.openings.find(folded)
    opens = cues.rules[opening].kind if opening is not None else None
    if opens is not None:
        votes[opens] += cues.content.opening_weight
    if "@" in folded or _FIGURES.search(folded):
        addresses = len(_ADDRESS.findall(folded))
        if addresses:
            votes[SectionKind.CONTACT] += addresses
    policy = votes[SectionKind.POLICY]
    ranked = sorted(
        (kind for kind in votes if votes[kind]),
        key=lambda kind: (-votes[kind], _PRECEDENCE.index(kind) if kind in _PRECEDENCE else len(_PRECEDENCE)),
    )
    if not ranked:
        return Content(None, 0, 0, None, len(words))
    return Content(ranked[0], votes[ranked[0]], policy, opens, len(words))


def is_contents(unit: Unit) -> bool:
    """Whether a piece is a line of a table of contents, with dot leaders to a page number."""
    dotted = "..." in unit.folded or ". . ." in unit.folded or "…" in unit.folded
    return dotted and not unit.is_running and _LEADERS.search(unit.folded) is not None


def aside_of(unit: Unit) -> SectionKind | None:
    """Return the kind of a piece that belongs to no part, whatever stands around it; None for any other."""
    if unit.is_running:
        return SectionKind.RUNNING
    return SectionKind.CONTENTS if is_contents(unit) else None


def is_citation(folded: str, cues: OutlineCues) -> bool:
    """Whether a line inside a lesson reads like a reading."""
    # "5 Slavery from the inside (Wheeler and Becker, ch. 8)" is a topic with its reading, not a reading.
    bare = (
        cues.content.pages.sub(" ", " ".join(folded.split()))
        if _NUMBER_LEAD.match(folded)
        else " ".join(folded.split())
    )
    return cues.content.citation.search(bare) is not None


def _is_verb_list(units: Sequence[Unit], cues: OutlineCues) -> bool:
    """Whether a run of list items reads like objectives: most begin with a verb of doing."""
    if len(units) < cues.content.verb_items:
        return False
    begun = 0
    for unit in units:
        match = _ITEM_LEAD.match(unit.folded)
        begun += bool(match and match["word"] in cues.content.verbs)
    return begun >= cues.content.verb_share * len(units)


def verb_lists(units: Sequence[Unit], cues: OutlineCues) -> frozenset[int]:
    """Return the list items that belong to a run of objectives."""
    found: set[int] = set()
    run: list[int] = []
    for index in range(len(units) + 1):
        if index < len(units) and units[index].kind is SegmentKind.LIST_ITEM:
            run.append(index)
            continue
        if run and _is_verb_list([units[i] for i in run], cues):
            found.update(run)
        run = []
    return frozenset(found)
