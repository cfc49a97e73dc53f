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


@pytest.mark.parametrize(
    "encoding",
    ["utf-32-le", "utf-32-be", "cp1252", "mac_roman", "cp850", "cp437"],
)
def test_every_usual_encoding_is_told(read: Read, encoding: str) -> None:
    """The same text comes out of every encoding, with or without a mark at its start."""
    text = "La lección enseña el control civil de las fuerzas armadas: educación y garantías. ¿Quién manda en el país?"
    assert read("a.txt", text.encode(encoding)).text == text


def test_central_european_text(read: Read) -> None:
    """Polish in Windows-1250 is not taken for a Western text."""
    text = "Cywilna kontrola nad wojskiem i prawa jednostki są ważne w każdym państwie; żołnierze muszą przestrzegać prawa."
    assert read("a.txt", text.encode("cp1250")).text == text


def test_underlined_line_is_a_heading(read: Read) -> None:
    """A line with a rule of signs under it is a heading; a rule by itself is nothing."""
    text = "CIVIL CONTROL\n=============\n\nWeek 1\n------\nElections are held.\n\n----------\n\nThe end."
    assert shown(read("a.txt", text)) == [
        ("heading", "CIVIL CONTROL"),
        ("heading", "Week 1"),
        ("paragraph", "Elections are held."),
        ("paragraph", "The end."),
    ]


def test_columns_that_line_up_are_a_table(read: Read) -> None:
    """Blanks that line up part cells, a line without a first cell goes on, and tabs part cells too."""
    text = (
        "Week   Topic                   Hours\n1      Civil control of the    2\n       armed forces\n"
        "2      Elections               3\n\nA\tB\n1\tCoups\n2\tJuntas\n"
    )
    document = read("a.txt", text)
    assert [text for _, text in shown(document)] == [
        "Week | Topic | Hours",
        "1 | Civil control of the armed forces | 2",
        "2 | Elections | 3",
        "A | B",
        "1 | Coups",
        "2 | Juntas",
    ]
    assert [segment.table for segment in document.segments] == [0, 0, 0, 1, 1, 1]


def test_items_and_typists_prose_are_no_tables(read: Read) -> None:
    """Two blanks after a number or a full stop part no cells."""
    text = "1.  One\n2.  Two\n3.  Three\n\n" + (
        "It is so.  And this is so too.  The rest is like it.\nThe forces obey.  Nobody doubts it.  All agree on that.\n"
        "So it has been.  It will stay so.  There are laws that say it.\n"
    )
    assert {kind for kind, _ in shown(read("a.txt", text))} == {"list-item", "paragraph"}
