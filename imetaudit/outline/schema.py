"""The shape of `outline.yaml`, checked all at once.

It knows which keys the file has and of what type each value is. It does not know what the cues mean, nor compiles
any of them; `cues` does. It is imported only when a file is read, because pydantic is slow to import.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from imetaudit.model import SectionKind

Phrase = Annotated[str, StringConstraints(strict=True, min_length=1)]
Language = Annotated[str, StringConstraints(strict=True, pattern="^(en|es|fr|pt)$")]
Role = Annotated[str, StringConstraints(pattern="^(number|date|topic|reading|hours|assessment|method|other)$")]
ByLanguage = dict[Language, list[Phrase]]


class _Strict(BaseModel):
    """A mapping in which an unknown key is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SectionEntry(_Strict):
    """What opens one kind of part."""

    id: Phrase
    kind: SectionKind
    source: Phrase
    schedule: bool = False
    sticky: bool = True
    headings: ByLanguage = Field(default_factory=dict)
    text: ByLanguage = Field(default_factory=dict)
    opens: ByLanguage = Field(default_factory=dict)


class VerbsEntry(_Strict):
    """Verbs with which objectives begin."""

    source: Phrase
    en: list[Phrase] = Field(default_factory=list)
    es: list[Phrase] = Field(default_factory=list)
    fr: list[Phrase] = Field(default_factory=list)
    pt: list[Phrase] = Field(default_factory=list)


class ContentEntry(_Strict):
    """How content decides where there is no heading."""

    source: Phrase
    guarded_kinds: list[SectionKind]
    guarded_phrases: Annotated[int, Field(ge=1)]
    guarded_words: Annotated[int, Field(ge=0)]
    least_words: Annotated[int, Field(ge=0)]
    prose_words: Annotated[int, Field(ge=1)]
    heading_words: Annotated[int, Field(ge=1)]
    heading_characters: Annotated[int, Field(ge=1)]
    title_units: Annotated[int, Field(ge=0)]
    title_lines: Annotated[int, Field(ge=0)]
    opening_weight: Annotated[int, Field(ge=1)]
    ahead_units: Annotated[int, Field(ge=1)]
    beside_units: Annotated[int, Field(ge=1)]
    general: ByLanguage
    pages: list[Phrase]
    verb_share: Annotated[float, Field(ge=0, le=1)]
    verb_items: Annotated[int, Field(ge=1)]
    verbs: VerbsEntry
    citation: list[Phrase]
    broken: list[Phrase]
    scale: list[Phrase]
    share: list[Phrase]


class LessonWords(_Strict):
    """Names of lessons of one rank, the largest being 0."""

    rank: Annotated[int, Field(ge=0)]
    en: list[Phrase] = Field(default_factory=list)
    es: list[Phrase] = Field(default_factory=list)
    fr: list[Phrase] = Field(default_factory=list)
    pt: list[Phrase] = Field(default_factory=list)


class TableEntry(_Strict):
    """How a schedule table is told from others."""

    head_characters: Annotated[int, Field(ge=1)]
    least_rows: Annotated[int, Field(ge=1)]
    row_share: Annotated[float, Field(ge=0, le=1)]
    time_characters: Annotated[int, Field(ge=1)]


class LessonsEntry(_Strict):
    """How lessons, dates and schedule tables are written."""

    source: Phrase
    words: list[LessonWords]
    unnumbered: list[Phrase]
    numbers: dict[Language, dict[Phrase, int]]
    months: ByLanguage
    weekdays: ByLanguage
    untaught: ByLanguage
    holiday: ByLanguage
    exams: ByLanguage
    elective: ByLanguage
    joints: list[Phrase]
    signs: list[Phrase]
    initials: list[Phrase]
    recurring: Annotated[int, Field(ge=2)]
    enough: Annotated[int, Field(ge=1)]
    table: TableEntry
    least_numbered: Annotated[int, Field(ge=1)]
    least_dated: Annotated[int, Field(ge=1)]
    title_characters: Annotated[int, Field(ge=1)]
    columns: dict[Role, ByLanguage]
    total_heads: list[Phrase]


class HoursEntry(_Strict):
    """How lengths of time are written."""

    academic_minutes: Annotated[float, Field(gt=0)]
    academic_source: Phrase
    tolerance: Annotated[float, Field(ge=0)]
    exact: Annotated[float, Field(ge=0)]
    spans: list[Phrase]
    source: Phrase
    clock: list[Phrase]
    minute: list[Phrase]
    academic: list[Phrase]
    sitting: list[Phrase]
    unsized: list[Phrase]
    until: list[Phrase]
    plus: list[Phrase]
    each: list[Phrase]
    defines: list[Phrase]
    parts: list[Phrase]
    ambiguous: list[Phrase]
    breaks: list[Phrase]
    total: list[Phrase]
    plain_total: list[Phrase]
    least_plain: Annotated[float, Field(ge=0)]


class EstimateEntry(_Strict):
    """What a course without stated hours may be expected to last."""

    source: Phrase
    hours_per_credit: Annotated[float, Field(gt=0)]
    hour: Annotated[list[Phrase], Field(min_length=1)]
    per_week: Annotated[list[Phrase], Field(min_length=1)]
    week: Annotated[list[Phrase], Field(min_length=1)]
    credit: Annotated[list[Phrase], Field(min_length=1)]
    workload: Annotated[list[Phrase], Field(min_length=1)]
    terms: dict[Phrase, Annotated[int, Field(ge=1)]]


class IdentityEntry(_Strict):
    """How a syllabus says which course it belongs to."""

    source: Phrase
    head_units: Annotated[int, Field(ge=1)]
    value_characters: Annotated[int, Field(ge=1)]
    id_labels: list[Phrase]
    catalogue_labels: list[Phrase]
    title_labels: list[Phrase]
    edition_labels: list[Phrase]
    department_labels: list[Phrase]
    school_labels: list[Phrase]
    institution_labels: list[Phrase]
    instructor_labels: list[Phrase]
    credits_labels: list[Phrase]
    departments: list[Phrase]
    schools: list[Phrase]
    institutions: list[Phrase]
    honorifics: list[Phrase]
    places: list[Phrase]
    people: list[Phrase]
    filler: list[Phrase]
    tails: list[Phrase]
    title_lines: Annotated[int, Field(ge=1)]
    section_words: Annotated[list[Phrase], Field(min_length=1)]
    terms: list[Phrase]


class SeveralEntry(_Strict):
    """How a document that describes several courses is told from a syllabus."""

    source: Phrase
    least_courses: Annotated[int, Field(ge=2)]
    title_words: Annotated[int, Field(ge=1)]
    title_characters: Annotated[int, Field(ge=1)]
    own_words: Annotated[int, Field(ge=1)]
    own_share: Annotated[float, Field(gt=0, le=1)]
    covered_share: Annotated[float, Field(gt=0, le=1)]
    sign_share: Annotated[float, Field(gt=0, le=1)]
    signs: ByLanguage
    headings: ByLanguage
    no_courses: list[Phrase]
    no_courses_below_100: list[Phrase]


class OutlineFile(_Strict):
    """The whole file."""

    schema_: Annotated[Literal["imetaudit-outline/1"], Field(alias="schema")]
    version: Phrase
    source: Phrase
    sections: Annotated[list[SectionEntry], Field(min_length=1)]
    content: ContentEntry
    lessons: LessonsEntry
    hours: HoursEntry
    estimate: EstimateEntry
    identity: IdentityEntry
    several: SeveralEntry
