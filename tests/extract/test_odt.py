"""OpenDocument texts: what a reader of the page sees, in packages and flat files."""

from __future__ import annotations

import zipfile
from pathlib import Path

from imetaudit.extract import extract_file
from imetaudit.model import Document, Unreadable

from .conftest import check_offsets, shown
from .conftest import read_path as read

_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "style", "manifest", "fo", "draw")
)


def odt(path: Path, body: str, manifest: str = "", styles: str = "", automatic: str = "") -> Path:
    """Write an ODT of a body's XML, of what its styles part holds, and of its automatic styles."""
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        content = f"<office:automatic-styles>{automatic}</office:automatic-styles>"
        content += f"<office:body><office:text>{body}</office:text></office:body>"
        package.writestr("styles.xml", f"<office:document-styles {_SPACES}>{styles}</office:document-styles>")
        package.writestr("content.xml", f"<office:document-content {_SPACES}>{content}</office:document-content>")
        package.writestr("META-INF/manifest.xml", f"<manifest:manifest {_SPACES}>{manifest}</manifest:manifest>")
    return path


def test_odt_headings_lists_tables_notes(tmp_path: Path) -> None:
    """Headings keep their level, items their bullet, rows their cells; deleted text is not read."""
    body = (
        "<text:tracked-changes><text:p>deleted</text:p></text:tracked-changes>"
        '<text:h text:outline-level="2">Plan</text:h><text:p>Rule<text:s text:c="2"/>of<text:tab/>law'
        "<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>A note</text:p></text:note-body></text:note></text:p>"
        "<text:list><text:list-item><text:p>Coups</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>1</text:p></table:table-cell><table:table-cell>"
        "<text:p>Trials</text:p></table:table-cell></table:table-row></table:table>"
    )
    document = extract_file(odt(tmp_path / "a.odt", body))
    assert isinstance(document, Document)
    check_offsets(document)
    assert shown(document) == [
        ("heading", "Plan"),
        ("paragraph", "Rule of law"),
        ("note", "A note"),
        ("list-item", "• Coups"),
        ("table-row", "1 | Trials"),
    ]
    assert document.segments[0].level == 2


def test_odt_with_password_is_encrypted(tmp_path: Path) -> None:
    """A package whose manifest tells of encryption is encrypted, not damaged."""
    unreadable = extract_file(odt(tmp_path / "a.odt", "", "<manifest:encryption-data/>"))
    assert isinstance(unreadable, Unreadable)
    assert unreadable.reason == "encrypted"


_NUMBERED = (
    '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="I" '
    'style:num-prefix="Lesson " style:num-suffix=":"/><text:list-level-style-number text:level="2" style:num-format="1" '
    'text:display-levels="2" style:num-suffix="."/><text:list-level-style-bullet text:level="3" text:bullet-char="o"/>'
    "</text:list-style>"
)


def test_list_numbers_are_counted_through_levels_and_continued(tmp_path: Path) -> None:
    """Numbers are written in their shape, deeper levels show the levels above, and a list that goes on counts on."""
    body = (
        '<text:list text:style-name="L1"><text:list-item><text:p>Coups</text:p><text:list><text:list-item>'
        "<text:p>Juntas</text:p></text:list-item><text:list-item><text:p>Trials</text:p><text:list><text:list-item>"
        "<text:p>Due process</text:p></text:list-item></text:list></text:list-item></text:list></text:list-item>"
        '</text:list><text:p>Between</text:p><text:list text:style-name="L1" text:continue-numbering="true">'
        '<text:list-item><text:p>Votes</text:p></text:list-item><text:list-item text:start-value="7">'
        "<text:p>Courts</text:p></text:list-item></text:list>"
        '<text:list text:style-name="L1"><text:list-item><text:p>Anew</text:p></text:list-item></text:list>'
    )
    document = read(odt(tmp_path / "a.odt", body, automatic=_NUMBERED))
    assert [text for _, text in shown(document)] == [
        "Lesson I: Coups", "I.1. Juntas", "I.2. Trials", "• Due process", "Between", "Lesson II: Votes",
        "Lesson VII: Courts", "Lesson I: Anew",
    ]  # fmt: skip


def test_headings_carry_the_numbers_of_the_outline(tmp_path: Path) -> None:
    """A heading's number is only in the styles part, and is part of what the reader sees, unless it was taken away."""
    styles = (
        '<office:styles><text:outline-style style:name="Outline"><text:outline-level-style text:level="1" '
        'style:num-format="1" style:num-prefix="Module "/></text:outline-style></office:styles>'
    )
    automatic = '<style:style style:name="P9" style:family="paragraph" style:list-style-name=""/>'
    heading = '<text:h text:outline-level="1"{}>{}</text:h>'
    body = (
        heading.format("", "Rights") + heading.format(' text:style-name="P9"', "Aside") + heading.format("", "Duties")
    )
    texts = [text for _, text in shown(read(odt(tmp_path / "a.odt", body, styles=styles, automatic=automatic)))]
    assert texts == ["Module 1 Rights", "Aside", "Module 2 Duties"]


def test_hidden_and_changed_text_is_left_out_and_warned_of(tmp_path: Path) -> None:
    """Hidden spans, paragraphs, sections and rows, deletions and comments are not read, and the officer is told."""
    automatic = (
        '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
        '<style:style style:name="B" style:family="paragraph"><style:text-properties text:display="none"/></style:style>'
        '<style:style style:name="P" style:family="paragraph" style:parent-style-name="B"/>'
    )
    row = "<table:table-cell><text:p>{}</text:p></table:table-cell><table:table-cell><text:p>x</text:p></table:table-cell>"
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>"
        '</text:changed-region></text:tracked-changes><text:p>Seen<text:span text:style-name="H">secret</text:span>'
        '<office:annotation><text:p>remark</text:p></office:annotation></text:p><text:p text:style-name="P">secret</text:p>'
        '<text:p>secret<text:hidden-paragraph text:is-hidden="true"/></text:p>'
        '<text:section text:display="none"><text:p>secret</text:p></text:section>'
        f"<table:table><table:table-row>{row.format('1')}</table:table-row>"
        f'<table:table-row table:visibility="collapse">{row.format("secret")}</table:table-row></table:table>'
    )
    document = read(odt(tmp_path / "a.odt", body, automatic=automatic))
    assert [text for _, text in shown(document)] == ["Seen", "1 | x"]
    assert document.warnings == (
        "Hidden text was not read.", "Tracked changes were read as accepted.", "Comments were not read.",
    )  # fmt: skip


def test_text_boxes_shapes_and_running_heads(tmp_path: Path) -> None:
    """Text in frames and drawn shapes follows its paragraph; running heads stand first and last, each once."""
    body = (
        "<text:p>Before<draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box></draw:frame>"
        "<draw:custom-shape><text:p>drawn</text:p></draw:custom-shape> after</text:p>"
    )
    page = "<style:header><text:p>School</text:p></style:header><style:footer><text:p>Foot</text:p></style:footer>"
    styles = f"<office:master-styles><style:master-page>{page}</style:master-page><style:master-page>{page}"
    styles += "</style:master-page></office:master-styles>"
    assert shown(read(odt(tmp_path / "a.odt", body, styles=styles))) == [
        ("header", "School"),
        ("paragraph", "Before after"),
        ("paragraph", "boxed"),
        ("paragraph", "drawn"),
        ("footer", "Foot"),
    ]


def test_nested_and_merged_tables_and_the_title_field(tmp_path: Path) -> None:
    """Header rows are rows, a covered cell is empty, a nested table's text stays in its cell, a title field is read."""
    cell = "<table:table-cell>{}</table:table-cell>"
    inner = f"<table:table><table:table-row>{cell.format('<text:p>in</text:p>')}</table:table-row></table:table>"
    body = (
        "<text:p><text:title>Civil Rights</text:title></text:p><table:table><table:table-header-rows><table:table-row>"
        '<table:table-cell table:number-columns-spanned="2"><text:p>Plan</text:p></table:table-cell>'
        "<table:covered-table-cell/></table:table-row></table:table-header-rows><table:table-row>"
        f"{cell.format('<text:p>1</text:p>')}{cell.format(inner)}</table:table-row></table:table>"
    )
    assert [text for _, text in shown(read(odt(tmp_path / "a.odt", body)))] == ["Civil Rights", "Plan | ", "1 | in"]


def test_flat_file_is_read_like_a_package(tmp_path: Path) -> None:
    """A .fodt, which is one XML file, is an OpenDocument text too."""
    path = tmp_path / "a.fodt"
    path.write_text(
        f'<?xml version="1.0"?>\n<office:document {_SPACES} office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:automatic-styles>{_NUMBERED}</office:automatic-styles><office:body><office:text>"
        '<text:list text:style-name="L1"><text:list-item><text:p>Coups</text:p></text:list-item></text:list>'
        "</office:text></office:body></office:document>"
    )
    document = read(path)
    assert (document.extractor, document.text, document.warnings) == ("odt", "Lesson I: Coups", ())


def test_document_of_pictures_has_no_text_layer(tmp_path: Path) -> None:
    """A file that holds a scan and no text is not empty."""
    body = "<text:p><draw:frame><draw:image/></draw:frame></text:p>"
    unreadable = extract_file(odt(tmp_path / "a.odt", body))
    assert isinstance(unreadable, Unreadable)
    assert unreadable.reason == "no-text-layer"
