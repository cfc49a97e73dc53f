"""The shape of `objectives.yaml`, checked all at once.

It knows which keys the file has and of what type each value is. It does not know what they mean; it is imported only
when the file is read, because pydantic is slow to import.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from imetaudit.model import LearningLevel, ObjectiveKind

Phrase = Annotated[str, StringConstraints(strict=True, min_length=1)]
Language = Annotated[str, StringConstraints(strict=True, pattern="^(en|es|fr|pt)$")]
Part = Literal["action", "condition", "standard"]


class _Strict(BaseModel):
    """A mapping in which an unknown key is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class KindEntry(_Strict):
    """How one kind of objective is marked."""

    marks: list[Phrase]
    headings: list[Phrase]


class ClausesEntry(_Strict):
    """What opens a condition or a standard within a sentence."""

    condition: Annotated[list[Phrase], Field(min_length=1)]
    standard: Annotated[list[Phrase], Field(min_length=1)]


class ObjectivesFile(_Strict):
    """The whole file."""

    schema_: Annotated[Literal["imetaudit-objectives/1"], Field(alias="schema")]
    version: Phrase
    source: Phrase
    levels: dict[LearningLevel, dict[Language, list[Phrase]]]
    kinds: dict[ObjectiveKind, KindEntry]
    parts: dict[Part, Annotated[list[Phrase], Field(min_length=1)]]
    clauses: ClausesEntry
    leads: Annotated[list[Phrase], Field(min_length=1)]
    joints: Annotated[list[Phrase], Field(min_length=1)]
