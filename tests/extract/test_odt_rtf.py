"""OpenDocument and Rich Text."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

from imetaudit.extract import extract_file
from imetaudit.model import Document, Unreadable

from .conftest import check_offsets, shown

_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "style", "manifest")
)


def odt(path: Path, body: str, manifest: str = "") -> Path:
    """Write an ODT of a body's XML."""
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        content = f"<office:body><office:text>{body}</office:text></office:body>"
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


def test_rtf_headings_and_rows(read: Callable[..., Document]) -> None:
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
