"""Find what a lesson is about where its first line does not say: under a label such as "Topic", or on the next line.

It knows the labels of a lesson's parts, which are the heads of a schedule's columns. It does not know hours, nor how a
title is cut; `lessons` does.
"""

from __future__ import annotations

from collections.abc import Sequence

from imetaudit.outline.cues import OutlineCues
from imetaudit.outline.folding import fold
from imetaudit.outline.signals import label_role
from imetaudit.outline.units import BULLETS, Unit, read_label

_REACH = 5
"""How many pieces under a lesson's first line its topic is looked for."""


def names_part(title: str, cues: OutlineCues) -> bool:
    """Whether a title is only the name of a lesson's part ("Reading", "Topics"), or a part other than its topic."""
    folded = fold(title)
    if cues.lessons.columns.get(folded.strip(" *_:.")) is not None:
        return True
    label = read_label(folded, cues)
    return label is not None and cues.lessons.columns.get(label.name) in ("reading", "assessment")


def without_label(title: str, cues: OutlineCues) -> str:
    """Return a title without the label before it ("Topic: Courts"); any other as it is."""
    label = read_label(fold(title), cues)
    if label is None or label.text_start >= len(title) or cues.lessons.columns.get(label.name) != "topic":
        return title
    return title[label.text_start :].lstrip(BULLETS + "•-– ")


def topic_below(units: Sequence[Unit], index: int, limit: int, cues: OutlineCues) -> str | None:
    """Return what the lines under a lesson's first line say that it is about; None where they do not.

    Readings and tasks are passed over, with the lines under them, up to the next label.
    """
    passing = False
    for unit in units[index + 1 : min(limit, index + 1 + _REACH)]:
        if unit.is_running:
            continue
        role = label_role(unit, cues)
        if role is not None:
            passing = role != "topic"
            text = _after_label(unit, cues)
            if role == "topic" and text:
                return text
        elif not passing:
            return unit.raw if len(unit.raw) <= 2 * cues.content.heading_characters else None
    return None


def _after_label(unit: Unit, cues: OutlineCues) -> str:
    label = read_label(unit.first_line, cues)
    at = label.text_start if label is not None else unit.raw.find("•") + 1 or len(unit.raw)
    return unit.raw[at:].lstrip(BULLETS + "•-– ").strip()
