"""Markdown as people write it and as html2text makes it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from imetaudit.extract.markdown import plain_inline
from imetaudit.model import Document

from .conftest import shown

Read = Callable[..., Document]


def test_headings_of_all_kinds(read: Read) -> None:
    """Hash, underlined and wholly bold lines are headings; bold words in a line are not."""
    document = read("a.md", "# One\n\nTwo\n---\n\n**Three**\n\n**Week 1** Opening of the course\n")
    assert shown(document) == [
        ("heading", "One"),
        ("heading", "Two"),
        ("heading", "Three"),
        ("paragraph", "Week 1 Opening of the course"),
    ]
    assert [segment.level for segment in document.segments[:3]] == [1, 2, 3]


def test_wrapped_lines_are_joined_and_short_lines_stay(read: Read) -> None:
    """Lines broken at the usual width make a paragraph; lines that an author ended stand for themselves."""
    long = "This seminar examines how armed forces came under the control of elected"
    document = read("a.md", f"{long}\ngovernments in South America.\n\nMonday: coups  \nTuesday: transitions  \n")
    assert [text for _, text in shown(document)] == [
        f"{long} governments in South America.",
        "Monday: coups",
        "Tuesday: transitions",
    ]


def test_table_of_one_line_rows(read: Read) -> None:
    """A table as people write it gives one segment a row, head included."""
    document = read(
        "a.md", "| Week | Topic |\n|---|:--|\n| 1 | Coups \\| juntas |\n| 2 | **Trials** |\n\nEnd of the plan.\n"
    )
    assert [text for kind, text in shown(document) if kind == "table-row"] == [
        "Week | Topic",
        "1 | Coups | juntas",
        "2 | Trials",
    ]
    assert [len(segment.cells) for segment in document.segments[:3]] == [2, 2, 2]
    assert {segment.table for segment in document.segments[:3]} == {0}


def test_html2text_rows_run_over_lines(read: Read) -> None:
    """A row of html2text's tables ends where a line ends in two blanks after its last bar, not at a line end."""
    head = "Week| Topic| Hours  \n---|---|---  \n"
    table = head + "1| The army and\n\nthe state| 2  \n2| Parliament| 3  \n  \nAfter the table.\n"
    document = read("a.md", table)
    assert shown(document) == [
        ("table-row", "Week | Topic | Hours"),
        ("table-row", "1 | The army and the state | 2"),
        ("table-row", "2 | Parliament | 3"),
        ("paragraph", "After the table."),
    ]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("see [the Code](http://x.org/a_(b)) now", "see the Code now"),
        ("![crest](a.gif) School", " School"),
        ("[![x](a.gif)](b.htm)Top", "Top"),
        ("_Who Guards_ and **why** snake_case 2*3*4", "Who Guards and why snake_case 2*3*4"),
        (r"1\. Elections \- and \*votes\*", "1. Elections - and *votes*"),
        ("law &amp; order <br> <b>now</b>", "law & order    now "),
    ],
)
def test_marks_inside_a_line_are_undone(raw: str, expected: str) -> None:
    """Of links the words are kept, images go, emphasis and escapes are undone."""
    assert plain_inline(raw) == expected


def test_list_items_carry_their_number_or_a_bullet(read: Read) -> None:
    """Every item is a segment; bullets are written alike and numbers kept."""
    document = read("a.md", "  * Coups\n  * Juntas\n\n  1. Elections\n  2. Parties\n")
    assert shown(document) == [
        ("list-item", "• Coups"),
        ("list-item", "• Juntas"),
        ("list-item", "1. Elections"),
        ("list-item", "2. Parties"),
    ]


def test_footnotes_are_notes_and_link_targets_are_not_read(read: Read) -> None:
    """A footnote's text is kept without its mark; only a line that gives an address is dropped."""
    text = 'Civil control[^1] of [the state][x].\n\n[^1]: Under the law.\n\n[x]: http://example.org "Title"\n[Note]: read all\n'
    assert shown(read("a.md", text)) == [
        ("paragraph", "Civil control of the state."),
        ("note", "Under the law."),
        ("paragraph", "[Note]: read all"),
    ]


def test_tasks_and_tables_in_html(read: Read) -> None:
    """A task loses its box; a table written in HTML has rows."""
    text = "- [ ] Read\n- [x] Write\n\n<table>\n<tr><td>1</td><td>Coups</td></tr>\n</table>\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    document = read("a.md", text)
    assert [text for _, text in shown(document)] == ["• Read", "• Write", "1 | Coups", "a | b", "1 | 2"]
    assert [segment.table for segment in document.segments][2:] == [0, 1, 1]


def test_lines_of_a_last_cell_stay_in_their_row(read: Read) -> None:
    """html2text ends a cell's line like a row; the next row begins with its date, and a date may have two lines."""
    text = "Date | Readings  \n---|---  \nSept. 4 | Locke  \nMill, ch. 2 of the book  \nSept. 9 | Marx  \nOct. 2 | Rawls  \n"
    rows = ["Date | Readings", "Sept. 4 | Locke Mill, ch. 2 of the book", "Sept. 9 | Marx", "Oct. 2 | Rawls"]
    assert [text for _, text in shown(read("a.md", text))] == rows
    text = "Date | Topic  \n---|---  \nWeek 1  \nMarch 4 | Locke  \nWeek 2  \nMarch 9 | Marx  \n"
    rows = ["Date | Topic", "Week 1 March 4 | Locke", "Week 2 March 9 | Marx"]
    assert [text for _, text in shown(read("b.md", text))] == rows


def test_grid_table(read: Read) -> None:
    """A table drawn with rules between its rows has cells of several lines."""
    text = (
        "+------+-------+\n| Week | Topic |\n+======+=======+\n| 1    | Civil |\n|      | power |\n+------+-------+\n"
    )
    assert [text for _, text in shown(read("a.md", text))] == ["Week | Topic", "1 | Civil power"]
