"""The domain's types: what a document, a section, a mention, an outcome and a result are.

It knows the words of the trade and the invariants between them, in frozen dataclasses and enums of the
standard library only. It does not know how a file is read, how a term is found, or how a page looks.

Offsets are half-open character offsets into a document's extracted text; pages are 1-based; hours are
60-minute hours; shares lie between 0 and 1.
"""

from imetaudit.model.document import (
    MEMBER,
    Document,
    Segment,
    SegmentKind,
    TextLine,
    Unreadable,
    UnreadableReason,
    file_of,
)
from imetaudit.model.evidence import (
    Coverage,
    Depth,
    Mention,
    Outcome,
    PageBox,
    Searched,
    Strength,
    Verdict,
    VerdictKind,
)
from imetaudit.model.outline import (
    CoursePart,
    HoursBasis,
    Identity,
    LearningLevel,
    Lesson,
    LessonReading,
    Objective,
    ObjectiveKind,
    Outline,
    Section,
    SectionKind,
)
from imetaudit.model.result import (
    Boilerplate,
    Counts,
    Course,
    CourseRecord,
    CourseStatus,
    DocumentMatch,
    DocumentRecord,
    LessonRecord,
    MatchReason,
    ObjectiveRecord,
    Result,
    Run,
    StandardRecord,
    TaxonomyRecord,
)

__all__ = [
    "MEMBER",
    "Boilerplate",
    "Counts",
    "Course",
    "CoursePart",
    "CourseRecord",
    "CourseStatus",
    "Coverage",
    "Depth",
    "Document",
    "DocumentMatch",
    "DocumentRecord",
    "HoursBasis",
    "Identity",
    "LearningLevel",
    "Lesson",
    "LessonReading",
    "LessonRecord",
    "MatchReason",
    "Mention",
    "Objective",
    "ObjectiveKind",
    "ObjectiveRecord",
    "Outcome",
    "Outline",
    "PageBox",
    "Result",
    "Run",
    "Searched",
    "Section",
    "SectionKind",
    "Segment",
    "SegmentKind",
    "StandardRecord",
    "Strength",
    "TaxonomyRecord",
    "TextLine",
    "Unreadable",
    "UnreadableReason",
    "Verdict",
    "VerdictKind",
    "file_of",
]
