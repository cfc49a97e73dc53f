"""What a file is, by its bytes and never by its name.

It knows the signatures of file formats and what to tell the officer of those that cannot be read. It does not read
them. The suffix decides one thing only: whether text is Markdown or a table, which no byte can tell.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from enum import StrEnum
from typing import IO

from imetaudit.extract.mime import is_mime


class Format(StrEnum):
    """A format that can be read, or one of the ways in which it cannot."""

    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    PPTX = "pptx"
    DOC = "doc"
    PPT = "ppt"
    ODP = "odp"
    RTF = "rtf"
    HTML = "html"
    MARKDOWN = "markdown"
    TEXT = "text"
    IMAGE = "image"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    CSV = "csv"
    ARCHIVE = "archive"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True)
class Sniffed:
    """What the bytes say."""

    format: Format
    media_type: str
    detail: str = ""
    """For what cannot be read, one sentence: what it is and what to do."""


SUFFIXES = {
    ".pdf": Format.PDF,
    ".docx": Format.DOCX, ".docm": Format.DOCX, ".dotx": Format.DOCX, ".dotm": Format.DOCX,
    ".odt": Format.ODT, ".ott": Format.ODT, ".fodt": Format.ODT,
    ".pptx": Format.PPTX, ".pptm": Format.PPTX, ".ppsx": Format.PPTX, ".ppsm": Format.PPTX, ".potx": Format.PPTX,
    ".potm": Format.PPTX, ".ppt": Format.PPT, ".pps": Format.PPT, ".pot": Format.PPT, ".odp": Format.ODP,
    ".otp": Format.ODP,
    ".doc": Format.DOC, ".dot": Format.DOC,
    ".rtf": Format.RTF,
    ".html": Format.HTML, ".htm": Format.HTML, ".xhtml": Format.HTML, ".mht": Format.HTML, ".mhtml": Format.HTML,
    ".md": Format.MARKDOWN, ".markdown": Format.MARKDOWN,
    ".txt": Format.TEXT, ".text": Format.TEXT,
    ".xlsx": Format.XLSX, ".xlsm": Format.XLSX, ".xltx": Format.XLSX, ".xltm": Format.XLSX,
    ".xls": Format.XLS, ".ods": Format.ODS, ".ots": Format.ODS, ".csv": Format.CSV, ".tsv": Format.CSV,
    ".zip": Format.ARCHIVE,
    ".png": Format.IMAGE, ".jpg": Format.IMAGE, ".jpeg": Format.IMAGE, ".tif": Format.IMAGE, ".tiff": Format.IMAGE,
    ".gif": Format.IMAGE, ".bmp": Format.IMAGE, ".webp": Format.IMAGE,
}  # fmt: skip
"""What a suffix promises; where the bytes say otherwise they are believed, with a warning."""

_WORDPROCESSING = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PRESENTATION = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_OPENPRESENTATION = "application/vnd.oasis.opendocument.presentation"
_OPENDOCUMENT = "application/vnd.oasis.opendocument.text"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPENDOCUMENT_SHEET = "application/vnd.oasis.opendocument.spreadsheet"
_MACRO_FREE = "save it as PDF or DOCX and audit that"
_IMAGES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"GIF8", "image/gif"),
)
_OTHERS = (
    (b"\x1f\x8b", "application/gzip", "a packed archive; unpack it and audit the files in it"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed", "a packed archive; unpack it and audit the files in it"),
    (b"Rar!", "application/vnd.rar", "a packed archive; unpack it and audit the files in it"),
    (b"BZh", "application/x-bzip2", "a packed archive; unpack it and audit the files in it"),
    (b"%!PS", "application/postscript", "a PostScript file; convert it to PDF and audit that"),
    (b"\xffWPC", "application/vnd.wordperfect", f"a WordPerfect file; {_MACRO_FREE}"),
    (b"bplist00", "application/x-webarchive", "a web archive or another Apple file; save the page as HTML or PDF"),
    (b"\x7fELF", "application/x-executable", "a program, not a document"),
)
_PACKAGES = (("Index/Document.iwa", "application/vnd.apple.pages", "an Apple iWork file"),)
# Parts that tell a document of an Office program from an archive of files.
_PARTS = ("[Content_Types].xml", "word/document.xml", "ppt/presentation", *(start for start, _, _ in _PACKAGES))
_WORD_TYPE = re.compile(rb'ContentType="([^"]{0,99}(?:wordprocessingml|ms-word)[^"]{0,99}main\+xml)"')
_HTML_START = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|link|style|script|table|div|p|h[1-6]|center|font|section|article|main|"
    rb"header|nav|footer|details|ol|ul|dl|pre|blockquote|form|frameset|iframe|span|img)\b",
    re.IGNORECASE,
)
_FLAT_TEXT = re.compile(rb"<office:document\s[^>]*mimetype=[\"']application/vnd\.oasis\.opendocument\.text")
_TEXT_CONTROLS = bytes(sorted({*range(0x20)} - {0x07, 0x08, 0x09, 0x0A, 0x0C, 0x0D, 0x1A, 0x1B}))


def sniff(data: bytes, suffix: str) -> Sniffed:
    """Tell what `data` is; `suffix` (with its dot, any case) only parts Markdown from plain text."""
    if b"%PDF-" in data[:1024]:
        return Sniffed(Format.PDF, "application/pdf")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return sniff_package(io.BytesIO(data))
    if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf"):
        return Sniffed(Format.RTF, "application/rtf")
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _sniff_compound(data)
    for signature, media_type in _IMAGES:
        if data.startswith(signature):
            return Sniffed(Format.IMAGE, media_type)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return Sniffed(Format.IMAGE, "image/webp")
    if data.startswith(b"BM") and data[6:10] == b"\0\0\0\0":
        return Sniffed(Format.IMAGE, "image/bmp")
    for signature, media_type, what in _OTHERS:
        if data.startswith(signature):
            return Sniffed(Format.UNSUPPORTED, media_type, f"This is {what}.")
    return _sniff_text(data, suffix.lower())


def sniff_package(file: IO[bytes]) -> Sniffed:
    """Tell what a zip file is: a document, a workbook, or an archive of files; it is not loaded for that."""
    try:
        with zipfile.ZipFile(file) as package:
            names = package.namelist()
            locked = any(entry.flag_bits & 1 for entry in package.infolist())
            kind = "" if locked else _declared(package, names)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
        detail = f"The package cannot be opened ({type(error).__name__}); ask for the file again."
        return Sniffed(Format.DAMAGED, "application/zip", detail)
    if not kind and not any(name.startswith(start) for name in names for start in _PARTS):
        # Locked members of an archive are each told of by themselves.
        detail = "This is an archive that was not opened; unpack it and audit the files in it."
        return Sniffed(Format.ARCHIVE, "application/zip", detail)
    if locked:
        return Sniffed(
            Format.ENCRYPTED, "application/zip", "The package has a password; save it without and audit that."
        )
    if kind.startswith(_OPENDOCUMENT):
        return Sniffed(Format.ODT, _OPENDOCUMENT)
    if "wordprocessingml" in kind or "ms-word" in kind or "word/document.xml" in names:
        return Sniffed(Format.DOCX, _WORDPROCESSING)
    if kind.startswith(_OPENDOCUMENT_SHEET):
        return Sniffed(Format.ODS, _OPENDOCUMENT_SHEET)
    if any(name.startswith("xl/workbook") and name.endswith(".xml") for name in names):
        return Sniffed(Format.XLSX, _SPREADSHEET)
    if any(name.startswith("ppt/presentation") for name in names):
        return Sniffed(Format.PPTX, _PRESENTATION)
    if kind.startswith(_OPENPRESENTATION):
        return Sniffed(Format.ODP, _OPENPRESENTATION)
    for start, media_type, what in _PACKAGES:
        if any(name.startswith(start) for name in names):
            return Sniffed(Format.UNSUPPORTED, media_type, f"This is {what}; {_MACRO_FREE}.")
    what = f"type {kind}" if kind else "an Office program in a form that is not known"
    return Sniffed(Format.UNSUPPORTED, kind or "application/zip", f"This is a file of {what}; {_MACRO_FREE}.")


def _declared(package: zipfile.ZipFile, names: list[str]) -> str:
    if "mimetype" in names and package.getinfo("mimetype").file_size < 200:
        kind = package.read("mimetype").decode("ascii", "replace").strip()
        return kind if re.fullmatch(r"[\w.+-]+/[\w.+-]+", kind) else ""
    if "[Content_Types].xml" in names and package.getinfo("[Content_Types].xml").file_size < 1_000_000:
        found = _WORD_TYPE.search(package.read("[Content_Types].xml"))
        return found[1].decode("ascii", "replace") if found else ""
    return ""


def _sniff_compound(data: bytes) -> Sniffed:
    from imetaudit.extract.compound import Compound, compound_kind

    kind = compound_kind(data)
    if kind is Compound.LOCKED:
        detail = "The document has a password; save it without and audit that."
        return Sniffed(Format.ENCRYPTED, "application/x-ole-storage", detail)
    if kind is Compound.WORD:
        return Sniffed(Format.DOC, "application/msword")
    if kind is Compound.SLIDES:
        return Sniffed(Format.PPT, "application/vnd.ms-powerpoint")
    if kind is Compound.SHEETS:
        return Sniffed(Format.XLS, "application/vnd.ms-excel")
    detail = f"This is an old Office or mail file; open it in its program, {_MACRO_FREE}."
    return Sniffed(Format.UNSUPPORTED, "application/x-ole-storage", detail)


def _sniff_text(data: bytes, suffix: str) -> Sniffed:
    head = data[:65536]
    marked = head.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff"))
    wide = marked or looks_wide(head) is not None
    if not wide and _is_binary(head):
        detail = f"This is no document format that can be read; open it in its program, {_MACRO_FREE}."
        return Sniffed(Format.UNSUPPORTED, "application/octet-stream", detail)
    start = head.replace(b"\0", b"") if wide else head
    start = start.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if _is_html(start):
        return Sniffed(Format.HTML, "text/html")
    if start.startswith((b"<?xml", b"<office:document")) and _FLAT_TEXT.search(start):
        return Sniffed(Format.ODT, "application/vnd.oasis.opendocument.text-flat-xml")
    if start.startswith(b"<?xml"):
        return Sniffed(Format.UNSUPPORTED, "application/xml", f"This is an XML data file; {_MACRO_FREE}.")
    if SUFFIXES.get(suffix) is Format.CSV:
        return Sniffed(Format.CSV, "text/csv")
    if SUFFIXES.get(suffix) is Format.MARKDOWN:
        return Sniffed(Format.MARKDOWN, "text/markdown")
    return Sniffed(Format.TEXT, "text/plain")


def _is_html(start: bytes) -> bool:
    if is_mime(start):
        return bool(
            re.search(rb"multipart/(?:related|mixed|alternative)|content-type:\s*text/html", start[:4096].lower())
        )
    if start.startswith(b"<!--"):
        start = start[start.find(b"-->") + 3 :].lstrip()
    if start.startswith(b"<?xml"):
        return b"<html" in start[:2048].lower()
    return bool(_HTML_START.match(start)) or bool(
        re.search(rb"<(?:!doctype\s+html|html[\s>])", start[:1024], re.IGNORECASE)
    )


def looks_wide(head: bytes) -> str | None:
    """Return the encoding of text without a mark at its start that is written in two or four bytes a character."""
    if len(head) < 8:
        return None
    blank = [head[place::4].count(0) / (len(head) / 4) for place in range(4)]
    if min(blank[2:]) > 0.95 and blank[0] < 0.05:
        return "utf-32-le"
    if min(blank[:2]) > 0.95 and blank[3] < 0.05:
        return "utf-32-be"
    even, odd = (blank[0] + blank[2]) / 2, (blank[1] + blank[3]) / 2
    if max(even, odd) > 0.35 and min(even, odd) < 0.05:
        return "utf-16-le" if odd > even else "utf-16-be"
    return None


def _is_binary(head: bytes) -> bool:
    controls = len(head) - len(head.translate(None, _TEXT_CONTROLS))
    return (b"\0" in head and controls > 0.001 * len(head)) or controls > 0.02 * len(head)
