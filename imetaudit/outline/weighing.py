"""Weigh the content of a piece without heading against the part in which it stands, outside the schedule.

It knows which kind gives way to which, and to how much. It does not know phrases; `signals` counts those.
"""

from __future__ import annotations

from imetaudit.model import SectionKind, SegmentKind
from imetaudit.outline.cues import OutlineCues
from imetaudit.outline.signals import Content
from imetaudit.outline.units import Unit

_OPEN = frozenset({SectionKind.TITLE, SectionKind.OTHER})
"""Kinds that say nothing of what stands in them."""


def turn(
    content: Content, around: SectionKind, cues: OutlineCues, *, headed: bool, before_lessons: bool
) -> SectionKind:
    """Return the kind that the content of a piece speaks for, or that of the part around it.

    Args:
        content: What the piece speaks for.
        around: The kind of the part in which it stands.
        cues: The compiled cues.
        headed: Whether that part has a heading.
        before_lessons: Whether the schedule is still to come.
    """
    limits, kind, words = cues.content, content.kind, content.words
    if kind is None or words < limits.least_words or kind is around:
        return around
    if around in limits.guarded_kinds:
        enough = content.weight >= limits.guarded_phrases and words >= limits.guarded_words
        strong = enough and kind in (SectionKind.POLICY, SectionKind.BIOGRAPHY)
        strong = strong or (around is SectionKind.DESCRIPTION and kind is SectionKind.OBJECTIVE)
        return kind if strong else _soft(kind, words, around, cues, headed=headed)
    if around in (SectionKind.POLICY, SectionKind.BIOGRAPHY, SectionKind.MISSION):
        turns = content.opens is SectionKind.DESCRIPTION and not content.policy and words >= limits.guarded_words
        return SectionKind.DESCRIPTION if turns and before_lessons else around
    if kind is SectionKind.CONTACT and headed and words >= limits.prose_words and around not in _OPEN:
        # "Come to my office hours to talk about your paper" is about the paper.
        return around
    if around is SectionKind.ASSESSMENT and kind is SectionKind.POLICY and content.weight < limits.guarded_phrases:
        # A long task with a word about lateness is a task still.
        return around if headed and words >= limits.prose_words else kind
    if around is SectionKind.ASSESSMENT and kind in (SectionKind.DESCRIPTION, SectionKind.OBJECTIVE):
        return around
    return kind


def kind_of_count(unit: Unit, around: SectionKind, cues: OutlineCues) -> SectionKind | None:
    """Return what a line of figures about grades is: the scale is a rule, the weights of tasks are not; else None.

    Only among rules and tasks; elsewhere a percentage says something of the subject.
    """
    if around not in (SectionKind.POLICY, SectionKind.ASSESSMENT, SectionKind.OTHER):
        return None
    line = " ".join(unit.folded[: 2 * cues.content.heading_characters].split())
    if cues.content.scale.search(line):
        return SectionKind.POLICY
    short = len(unit.words) <= cues.content.heading_words
    listed = unit.kind in (SegmentKind.TABLE_ROW, SegmentKind.LIST_ITEM)
    if around is SectionKind.POLICY and short and listed and cues.content.share.search(line):
        return SectionKind.ASSESSMENT
    return None


def _soft(kind: SectionKind, words: int, around: SectionKind, cues: OutlineCues, *, headed: bool) -> SectionKind:
    """Let contact lines, prerequisites and objectives stand out of an unheaded description."""
    if around is SectionKind.DESCRIPTION and kind in (SectionKind.CONTACT, SectionKind.PREREQUISITE):
        return kind if words < cues.content.prose_words else around
    if around is SectionKind.DESCRIPTION and not headed:
        return kind
    return around
