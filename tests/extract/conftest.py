"""Builders of small files, one fault or feature each."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from imetaudit.extract import extract_file
from imetaudit.model import Document

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
    'PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Document]:
    """Write bytes or text under a name and read the file, which must be readable."""

    def write_and_read(name: str, content: bytes | str, **options: str) -> Document:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        document = extract_file(path, **options)  # type: ignore[arg-type]
        assert isinstance(document, Document), document
        check_offsets(document)
        return document

    return write_and_read


@pytest.fixture
def docx(tmp_path: Path) -> Callable[..., Path]:
    """Write a DOCX of a body's XML and further parts."""

    def write(body: str, **parts: str) -> Path:
        path = tmp_path / "course.docx"
        spaces = f'xmlns:w="{WORD}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        with zipfile.ZipFile(path, "w") as package:
            package.writestr("[Content_Types].xml", _TYPES)
            package.writestr("word/document.xml", f"<w:document {spaces}><w:body>{body}</w:body></w:document>")
            for name, xml in parts.items():
                package.writestr(f"word/{name}.xml", xml.replace("<w:root", f"<w:root {spaces}", 1))
        return path

    return write


def check_offsets(document: Document) -> None:
    """Check what every document promises of its segments and cells."""
    end = 0
    for segment in document.segments:
        assert end <= segment.start < segment.end
        assert set(document.text[end : segment.start]) <= {"\n"}
        assert "\n" not in document.text[segment.start : segment.end]
        if segment.cells:
            cells = [document.text[start:stop] for start, stop in segment.cells]
            assert document.text[segment.start : segment.end] == " | ".join(cells)
        end = segment.end
    assert end == len(document.text)


def shown(document: Document) -> list[tuple[str, str]]:
    """Return the segments as kind and text."""
    return [(segment.kind.value, document.text[segment.start : segment.end]) for segment in document.segments]
