"""Rich Text: what a reader of the page sees, in whatever letters the file is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from imetaudit.extract import extract_file
from imetaudit.model import Document, Unreadable

from .conftest import shown

Read = Callable[..., Document]


def test_rtf_headings_and_rows(read: Read) -> None:
    """Outline levels and wholly bold lines are headings, rows are whole, escapes are undone."""
    source = (
        r"{\rtf1\ansi{\pard\outlinelevel1\b Plan\par}{\pard {\b Week 1}\par}{\pard {\b Time}: Monday\par}"
        r"{\pard elecci\'f3n de jueces\par}"
        r"{\trowd\cellx10\cellx20 {\pard\intbl 1\par}\cell{\pard\intbl Coups\par}\cell\row}{\pard End\par}}"
    )
    assert shown(read("a.rtf", source)) == [
        ("heading", "Plan"),
        ("heading", "Week 1"),
        ("paragraph", "Time: Monday"),
        ("paragraph", "elección de jueces"),
        ("table-row", "1 | Coups"),
        ("paragraph", "End"),
    ]


def test_headings_by_style_and_size(read: Read) -> None:
    """A heading is known by its style's name or level, or by being larger than most of the text."""
    source = (
        r"{\rtf1\ansi{\stylesheet{\s0 Normal;}{\s1\b heading 2;}{\s7\outlinelevel0 Unidad;}}"
        r"\pard\s1 Plan\par\pard\s7 Coups\par\pard\s7\outlinelevel9 No heading, by its own word.\par"
        r"\pard\plain\fs32 Large\par\pard\plain\fs22 Text of the course, with more letters than the rest has.\par}"
    )
    document = read("a.rtf", source)
    assert [(kind, segment.level) for (kind, _), segment in zip(shown(document), document.segments, strict=True)] == [
        ("heading", 2), ("heading", 1), ("paragraph", 0), ("heading", 2), ("paragraph", 0),
    ]  # fmt: skip


def test_notes_running_heads_and_text_boxes(read: Read) -> None:
    """Notes and text boxes follow their paragraph, once; running heads stand first and last."""
    source = (
        r"{\rtf1\ansi{\header\pard School\par}{\footerl\pard Foot\par}{\footerr\pard Foot\par}"
        r"\pard Text{\super\chftn{\footnote\pard\plain{\super\chftn} A note.\par}} goes on"
        r"{\shp{\*\shpinst{\sp{\sn name}{\sv value}}{\shptxt\pard boxed\par}}{\shprslt\pard boxed\par}}\par End\par}"
    )
    assert shown(read("a.rtf", source)) == [
        ("header", "School"),
        ("paragraph", "Text goes on"),
        ("note", "A note."),
        ("paragraph", "boxed"),
        ("paragraph", "End"),
        ("footer", "Foot"),
    ]


def test_hidden_and_deleted_text_comments_and_objects(read: Read) -> None:
    """Hidden and deleted text, comments and embedded objects are not read, and the officer is told of each."""
    source = (
        r"{\rtf1\ansi Seen {\v secret}{\deleted gone}{\revised\revauth1 new}{\*\annotation remark}"
        r"{\object{\*\objdata 0102}{\result shown}}\par one \deleted gone\par\plain half\par}"
    )
    document = read("a.rtf", source)
    assert shown(document) == [("paragraph", "Seen newshown"), ("paragraph", "one half")]
    assert document.warnings == (
        "Hidden text was not read.", "Tracked changes were read as accepted.", "Comments were not read.",
        "Embedded objects were not read.",
    )  # fmt: skip


def test_lists_show_the_marks_that_the_program_wrote(read: Read) -> None:
    """A list's number or bullet stands in a group of its own before the text."""
    source = (
        r"{\rtf1\ansi{\fonttbl{\f0 Arial;}{\f3\fcharset2 Symbol;}}\pard\ls1 {\listtext\pard\plain 1.\tab}Coups\par"
        r"\pard\ls1\ilvl1 {\listtext\f3\'b7\tab}Juntas\par\pard {\pntext a)\tab}Trials\par}"
    )
    document = read("a.rtf", source)
    assert shown(document) == [
        ("list-item", "1. Coups"), ("list-item", "• Juntas"), ("list-item", "a) Trials"),
    ]  # fmt: skip
    assert [segment.level for segment in document.segments] == [1, 2, 1]


def test_letters_of_any_code_page(read: Read) -> None:
    """Bytes are read by their font's character set; Unicode escapes hide their substitutes, pairs make one letter."""
    source = (
        rb"{\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}{\f2\fcharset128 C;}{\f3\fcharset2 "
        rb"Symbol;}}\f0 Se\'f1or \f1\'cf\'f0\'e0\'e2\'ee \f2\'93\'fa\'96\'7b \f3 a\f0  \u8220?law\u8221\'94 {\uc2\u1055xy} "
        rb"\u-10179?\u-8694? co\-operate, a\~b\_c\emdash d\par}"
    )
    assert read("a.rtf", source).text == "Señor Право 日本 α “law” П \U0001f60a cooperate, a b-c—d"


def test_binary_data_pictures_and_fields(read: Read) -> None:
    """Raw bytes with braces among them, pictures, field codes and unknown destinations are passed over."""
    source = (
        rb"{\rtf1\ansi One{\pict\wmetafile8\bin6 }}{{}\ }{\*\unknown secret}{\field{\*\fldinst HYPERLINK secret}"
        rb"{\fldrslt  two}}{\upr{ secret}{\*\ud{ three}}}{\xe secret}\par}"
    )
    assert read("a.rtf", source).text == "One two three"


def test_tables_with_merged_and_nested_cells(read: Read) -> None:
    """Rows are whole, paragraphs of a cell stay in it, a nested table's text stays in its cell, notes follow the row."""
    source = (
        r"{\rtf1\ansi\trowd\cellx10\clmrg\cellx20\intbl Plan\cell\cell\row"
        r"\trowd\cellx10\cellx20\intbl 1\cell Coups\par and juntas{\footnote\pard Why.}\cell\row"
        r"\trowd\cellx10\cellx20\intbl 2\cell\itap2 in\nestcell{\*\nesttableprops\nestrow}{\nonesttables\par}"
        r"\itap1\cell\row\pard End\par}"
    )
    document = read("a.rtf", source)
    assert shown(document) == [
        ("table-row", "Plan | "), ("table-row", "1 | Coups and juntas"), ("note", "Why."), ("table-row", "2 | in"),
        ("paragraph", "End"),
    ]  # fmt: skip
    assert {segment.table for segment in document.segments if segment.cells} == {0}


def test_cut_off_and_ill_nested_files_lose_nothing(read: Read) -> None:
    """Text is read to where a file breaks off, with a warning; braces too many, or ten thousand deep, end nothing."""
    document = read("a.rtf", r"{\rtf1\ansi{\b One\par Two")
    assert [text for _, text in shown(document)] == ["One", "Two"]
    assert document.warnings == ("The file breaks off before its end; ask for it again.",)
    assert read("b.rtf", r"{\rtf1\ansi One}} Two\par}").text == "One Two"
    assert read("c.rtf", r"{\rtf1\ansi " + "{" * 10_000 + "deep" + "}" * 10_000 + r"\par}").text == "deep"


def test_rtf_of_pictures_has_no_text_layer(tmp_path: Path) -> None:
    """A file that holds a scan and no text is not empty."""
    path = tmp_path / "a.rtf"
    path.write_text(r"{\rtf1\ansi{\pict\pngblip 89504e47}\par}")
    unreadable = extract_file(path)
    assert isinstance(unreadable, Unreadable)
    assert unreadable.reason == "no-text-layer"
