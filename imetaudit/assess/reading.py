"""What is known of one file when its worker is done with it.

It knows what the judging of courses needs, and that the text itself stays behind: a reading is small enough to travel.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from imetaudit.model import DocumentRecord, Outline
from imetaudit.tag import Tagged


@dataclass(frozen=True)
class Reading:
    """All that is known of one file when it has been read, outlined and tagged; small enough to travel."""

    record: DocumentRecord
    outline: Outline = field(default_factory=lambda: Outline(()))
    tagged: Tagged = field(default_factory=lambda: Tagged((), ()))
