"""DOCX, ODT and ZIP files that swell, call for other files, or lie about their parts.

It knows how packages are written. It does not know what a reader makes of them.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

from hostile.pdfs import repeated

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
    'PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
SAID = "The rule of law and the role of the armed forces in a democracy."
_PARAGRAPH = f"<w:p><w:r><w:t>{SAID}</w:t></w:r></w:p>"
_ODT = "application/vnd.oasis.opendocument.text"
_OFFICE = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP of the parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(body: str, prolog: str = "", **parts: str) -> bytes:
    """Return a Word document of a body's XML."""
    spaces = f'xmlns:w="{WORD}" xmlns:xi="http://www.w3.org/2001/XInclude"'
    document = f"{prolog}<w:document {spaces}><w:body>{body}</w:body></w:document>"
    return package({"[Content_Types].xml": _TYPES, "word/document.xml": document, **parts})


def odt(body: str, prolog: str = "") -> bytes:
    """Return an OpenDocument text of a body's XML."""
    content = f"{prolog}<office:document-content {_OFFICE}><office:body><office:text>{body}"
    return package(
        {"mimetype": _ODT, "content.xml": content + "</office:text></office:body></office:document-content>"}
    )


def _archive(entries: list[tuple[str, bytes, int]], *, shared: bool = False) -> bytes:
    """Return a document's ZIP with entries of name, packed bytes and told size; `shared` puts them at one place."""
    types = _TYPES.encode()
    whole = [("[Content_Types].xml", zlib.compress(types)[2:-4], len(types)), *entries]
    out, central, first = bytearray(), bytearray(), 0
    for number, (name, packed, size) in enumerate(whole):
        told = struct.pack(
            "<HHHHHIIIHH", 20, 0, 8, 0, 33, 0 if number else zlib.crc32(types), len(packed), size, len(name), 0
        )
        place = len(out)
        if shared and number > 1:
            place = first
        else:
            first = place
            out += b"PK\x03\x04" + told + name.encode() + packed
        central += (
            b"PK\x01\x02" + struct.pack("<H", 20) + told + struct.pack("<HHHII", 0, 0, 0, 0, place) + name.encode()
        )
    end = struct.pack("<HHHHIIH", 0, 0, len(whole), len(whole), len(central), len(out), 0)
    return bytes(out + central) + b"PK\x05\x06" + end


def _swelling(told: int) -> bytes:
    return _archive([("word/document.xml", repeated(b" ", 1 << 30)[2:-4], told)])


def _in_one_place() -> bytes:
    packed = repeated(b" ", 1 << 24)[2:-4]
    return _archive([(f"word/{number}.xml", packed, 1 << 24) for number in range(400)], shared=True)


def _entities(levels: int) -> str:
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(levels))
    return f'<!DOCTYPE d [<!ENTITY l0 "human rights ">{laughs}]>'


def _quadratic() -> str:
    return f'<!DOCTYPE d [<!ENTITY big "{"human rights " * 8000}">]>'


def _nested_archives(depth: int) -> bytes:
    inner = package({"syllabus.txt": SAID})
    for _ in range(depth):
        inner = package({f"{number}.zip": inner for number in range(10)})
    return inner


def _part_under_another_name() -> bytes:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.bin"/></Relationships>'
    )
    body = "<w:p/>" * 12_000_000
    document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return package({"[Content_Types].xml": _TYPES, "_rels/.rels": relations, "word/document.bin": document})


def _outside(of: str) -> str:
    return f'<!DOCTYPE d [<!ENTITY x SYSTEM "{of}"><!ENTITY % y SYSTEM "{of}"> %y;]>'


def _wide_table() -> str:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="64"/></w:tcPr><w:p><w:r><w:t>the law</w:t></w:r></w:p></w:tc>'
    return "<w:tbl>" + ("<w:tr>" + cell * 100 + "</w:tr>") * 400 + "</w:tbl>"


def _nested_tables(depth: int) -> str:
    row = f"<w:tr><w:tc>{_PARAGRAPH}</w:tc><w:tc>"
    return f"<w:tbl>{row}" * depth + _PARAGRAPH + "</w:tc></w:tr></w:tbl>" * depth


_XML = '<?xml version="1.0"?>'
PACKAGES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "swelling-part": (".docx", lambda: _swelling(1 << 30), "too-large"),
    "swelling-part-that-lies": (".docx", lambda: _swelling(5_000), "damaged"),
    "part-under-another-name": (".docx", _part_under_another_name, "too-large|empty|timed-out"),
    "entries-in-one-place": (".docx", _in_one_place, "too-large|damaged"),
    "entries-100000": (".docx", lambda: package(
        {"word/document.xml": "<a/>"} | {f"word/{n}.xml": "" for n in range(60_000)}), "too-large"),
    "archives-in-archives": (".zip", lambda: _nested_archives(4), "unsupported|too-large"),
    "billion-laughs": (".docx", lambda: docx(
        "<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>" + _PARAGRAPH, _XML + _entities(9)), "read|damaged|too-large"),
    "billion-laughs-odt": (".odt", lambda: odt(
        f"<text:p>&l9; {SAID}</text:p>", _XML + _entities(9)), "read|damaged|too-large"),
    "quadratic-entities": (".docx", lambda: docx(
        f"<w:p><w:r><w:t>{'&big;' * 8000}</w:t></w:r></w:p>" + _PARAGRAPH, _XML + _quadratic()),
        "read|damaged|too-large"),
    "entity-outside": (".docx", lambda: docx(
        "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>" + _PARAGRAPH, _XML + _outside("file:///etc/passwd")), "read|damaged"),
    "entity-outside-odt": (".odt", lambda: odt(
        f"<text:p>&x; {SAID}</text:p>", _XML + _outside("file:///etc/passwd")), "read|damaged"),
    "entity-on-the-network": (".docx", lambda: docx(
        "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>" + _PARAGRAPH, _XML + _outside("http://127.0.0.1:9/x")), "read|damaged"),
    "include": (".docx", lambda: docx(
        '<w:p><w:r><w:t><xi:include href="file:///etc/passwd" parse="text"/></w:t></w:r></w:p>' + _PARAGRAPH), "read"),
    "deep-elements": (".docx", lambda: docx("<w:sdt>" * 100_000 + "</w:sdt>" * 100_000), "damaged|too-large"),
    "nested-tables": (".docx", lambda: docx(_nested_tables(40)), "read"),
    "wide-table": (".docx", lambda: docx(_wide_table()), "read"),
    "paragraphs-60000": (".docx", lambda: docx("".join(
        f"<w:p><w:r><w:t>{n} {SAID}</w:t></w:r></w:p>" for n in range(60_000))), "read|too-large|timed-out"),
    "note-in-itself": (".docx", lambda: docx(
        '<w:p><w:r><w:t>Law of war</w:t><w:footnoteReference w:id="2"/></w:r></w:p>' + _PARAGRAPH,
        **{"word/footnotes.xml": f'<w:footnotes xmlns:w="{WORD}"><w:footnote w:id="2"><w:p><w:r><w:t>Again</w:t>'
           '<w:footnoteReference w:id="2"/></w:r></w:p></w:footnote></w:footnotes>'}), "read"),
}  # fmt: skip
"""Each builder with its suffix and the outcomes that are right: `read`, or reasons."""
