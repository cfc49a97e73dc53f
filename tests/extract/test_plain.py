"""Plain text: encodings, pages and wrapped lines."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from imetaudit.model import Document

from .conftest import shown

Read = Callable[..., Document]
SPANISH = "La elección de los jueces y el control de las Fuerzas Armadas por el Congreso de la nación."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"])
def test_every_encoding_gives_the_same_text(read: Read, encoding: str) -> None:
    """The text does not depend on how it was encoded, nor on whether it says so."""
    document = read("a.txt", SPANISH.encode(encoding))
    assert document.text == SPANISH
    assert document.language == "es"


def test_form_feed_begins_a_page(read: Read) -> None:
    """A form feed parts pages; without one there are none."""
    document = read("a.txt", "First page of the plan.\fSecond page of the plan.")
    assert document.pages == 2
    assert [segment.page for segment in document.segments] == [1, 2]
    assert read("b.txt", "Only a text.").pages is None


def test_items_and_initials(read: Read) -> None:
    """A bullet begins an item; a name's initial or a bracket's end at a line's start does not."""
    text = (
        "- the army\n- the court\n\nThe reading for this week is the famous book that was written by\n"
        "J. Smith on armies, which takes the reader about two hours (or even 3\nh) to finish.\n"
    )
    document = read("a.txt", text)
    assert shown(document) == [
        ("list-item", "• the army"),
        ("list-item", "• the court"),
        (
            "paragraph",
            "The reading for this week is the famous book that was written by J. Smith on armies, which takes the "
            "reader about two hours (or even 3 h) to finish.",
        ),
    ]
