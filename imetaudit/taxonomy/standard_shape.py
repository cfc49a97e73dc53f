"""The shape of a standard's YAML file, as pydantic models: which keys there are and what each may hold.

It knows nothing of what holds between values; `taxonomy.standards` checks that. Import it only where a file is
read: pydantic is slow to import.
"""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from imetaudit.taxonomy.standards import Comparison, Counts, Level, Require, Unit, WhenUnstated

KEBAB = "[a-z0-9]+(-[a-z0-9]+)*"


class Shape(BaseModel):
    """What all parts have in common: no unknown keys, no spaces around a text."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class ThresholdShape(Shape):
    """The threshold of a criterion."""

    comparison: Comparison
    value: float = Field(ge=0)
    warn_from: float | None = None
    warn_to: float | None = None


class TopicShape(Shape):
    """One matter that a criterion names."""

    id: str = Field(pattern=f"^{KEBAB}$")
    label: str = Field(min_length=1)
    codes: tuple[str, ...] = Field(min_length=1)
    except_: tuple[str, ...] = Field(default=(), alias="except")
    beside: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class AppliesShape(Shape):
    """The attribute by which a criterion applies to a course."""

    attribute: str = Field(min_length=1)
    values: tuple[str, ...] = Field(min_length=1)
    when_unstated: WhenUnstated = WhenUnstated.NOT_APPLICABLE


class CriterionShape(Shape):
    """One criterion."""

    id: str = Field(pattern=rf"^{KEBAB}\.{KEBAB}$")
    text: str = Field(min_length=1)
    citation: str = Field(min_length=1)
    verified: bool
    level: Level
    unit: Unit
    counts: Counts = Counts.MANDATORY_LESSONS
    require: Require = Require.ALL
    threshold: ThresholdShape | None = None
    topics: tuple[TopicShape, ...] = ()
    applies_when: AppliesShape | None = None
    automatic: bool = True
    effective_from: date | None = None
    effective_to: date | None = None
    note: str = ""
    hours_note: str = ""


class StandardShape(Shape):
    """One file."""

    id: str = Field(pattern=f"^{KEBAB}$")
    title: str = Field(min_length=1)
    version: str = Field(min_length=1)
    source: str = Field(min_length=1)
    note: str = ""
    criteria: tuple[CriterionShape, ...]
