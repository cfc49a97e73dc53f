"""Builders of small files, one fault or feature each."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from imetaudit.extract import extract_file
from imetaudit.model import Document

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
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
    """Write a DOCX of a body's XML and further parts, with relations as id to kind and target where they matter."""

    def write(body: str, relations: dict[str, tuple[str, str]] | None = None, **parts: str | bytes) -> Path:
        path = tmp_path / "course.docx"
        spaces = f'xmlns:w="{WORD}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:r="{RELATION}"'
        with zipfile.ZipFile(path, "w") as package:
            package.writestr("[Content_Types].xml", _TYPES)
            package.writestr("word/document.xml", f"<w:document {spaces}><w:body>{body}</w:body></w:document>")
            for name, content in parts.items():
                if isinstance(content, str):
                    content = content.replace("<w:root", f"<w:root {spaces}", 1)
                package.writestr(f"word/{name}" if "." in name else f"word/{name}.xml", content)
            if relations:
                package.writestr("word/_rels/document.xml.rels", relations_xml(relations))
        return path

    return write


def relations_xml(relations: dict[str, tuple[str, str]]) -> str:
    """Return a relations part; a target with `://` lies outside the package."""
    lines = (
        f'<Relationship Id="{name}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
        f'Target="{target}"{" TargetMode=" + chr(34) + "External" + chr(34) if "://" in target else ""}/>'
        for name, (kind, target) in relations.items()
    )
    spaces = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    return f"<Relationships {spaces}>{''.join(lines)}</Relationships>"


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


def read_path(path: Path) -> Document:
    """Read a document that must be readable."""
    document = extract_file(path)
    assert isinstance(document, Document), document
    check_offsets(document)
    return document


def p(text: str, properties: str = "", run: str = "") -> str:
    """Return a paragraph's XML."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"
