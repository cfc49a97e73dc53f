"""What a syllabus says of the course it belongs to."""

from __future__ import annotations

import pytest

from imetaudit.model import Identity
from imetaudit.outline import OutlineCues, read_outline

from .conftest import MakeDocument


def test_the_title_block_names_the_course(cues: OutlineCues, make_document: MakeDocument) -> None:
    """Id, title, term and school are read from the first lines."""
    document = make_document(
        "# NAV-310 Law of the Sea", "Institute of Naval Studies", "Fall 2024", "# Schedule", "- A", "- B"
    )
    assert read_outline(document, cues).identity == Identity(
        course_id="NAV-310", title="Law of the Sea", edition="Fall 2024", department="Institute of Naval Studies"
    )


def test_labels_come_before_the_title_block(cues: OutlineCues, make_document: MakeDocument) -> None:
    """A labelled value is taken as it stands."""
    document = make_document("Syllabus", "Course number: POLS 301", "Course title: War and Law", "Term: Spring 2002")
    identity = read_outline(document, cues).identity
    assert (identity.course_id, identity.title, identity.edition) == ("POLS 301", "War and Law", "Spring 2002")


@pytest.mark.parametrize("line", ["Syllabus", "Office Hours: by appointment", "Dr. A. Person, Room 12"])
def test_what_is_no_title_gives_none(cues: OutlineCues, make_document: MakeDocument, line: str) -> None:
    """A filler, a contact line and a person are no course."""
    assert read_outline(make_document(line), cues).identity.title is None
