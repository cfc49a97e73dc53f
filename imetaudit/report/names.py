"""The names of areas and topics, from what the result keeps of its taxonomy.

It knows that a label may be a string or one string a language, and that an area of the coverage may have no name. It
counts nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from imetaudit.model import Result


def label_of(value: object, fallback: str) -> str:
    """Return a label that is a string or a mapping from language to string, else the fallback."""
    if isinstance(value, Mapping):
        value = value.get("en") or next((value[key] for key in sorted(value)), None)
    return value if isinstance(value, str) and value.strip() else fallback


def area_names(result: Result) -> list[tuple[str, str, bool, tuple[tuple[str, str], ...]]]:
    """Return id, label, lead and topics of each area, the lead areas first, then in the taxonomy's order."""
    named = [
        (str(area.get("id", "")), _label(area), bool(area.get("lead")), area) for area in result.run.taxonomy.areas
    ]
    known = {name[0] for name in named}
    rows = {row.topic for row in result.coverage if row.level == "area"} - known
    areas = [(id_, label, lead, _topic_names(area.get("topics"))) for id_, label, lead, area in named]
    areas += [(id_, label_of(None, id_.replace("-", " ").capitalize()), False, ()) for id_ in sorted(rows)]
    return sorted(areas, key=lambda area: not area[2])


def _topic_names(topics: object) -> tuple[tuple[str, str], ...]:
    """Return id and label of each topic, given as a mapping or as a list of mappings."""
    if isinstance(topics, Mapping):
        return tuple((str(id_), label_of(label, str(id_))) for id_, label in topics.items())
    if isinstance(topics, Sequence) and not isinstance(topics, str):
        records = [topic for topic in topics if isinstance(topic, Mapping)]
        return tuple((str(topic.get("id", "")), _label(topic)) for topic in records)
    return ()


def _label(record: Mapping[str, object]) -> str:
    return label_of(record.get("label"), str(record.get("id", "")))
