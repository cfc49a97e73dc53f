"""Packages: the zip files of XML parts in which DOCX and ODT come.

It knows how to open one without being harmed by it (too many parts, parts that swell, entities, deep nesting), and the
strict form of the standard. It does not know what the parts mean, nor how they refer to each other.
"""

from __future__ import annotations

import functools
import io
import zipfile
from typing import Any

from imetaudit.extract.build import Refusal
from imetaudit.extract.thresholds import Limits
from imetaudit.model import UnreadableReason

_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main",
     b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships",
     b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
)  # fmt: skip
"""The names of the strict form of the standard (ISO/IEC 29500, part 1) and those of the form that programs write."""
_PICTURES = ("media/", "Pictures/")
"""Pictures may pack to next to nothing, and are not unpacked; any other part may be what the document is read from."""


class Package:
    """An open package whose sizes were checked; its parts are read on demand."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        """Take over a checked archive."""
        self._archive = archive
        self.names = frozenset(archive.namelist())
        # Some programs write part names with backslashes, a slash in front, or in capitals of their own.
        self._entries = {_plain(name): name for name in reversed(archive.namelist())}
        self._parts: dict[str, bytes] = {}

    def part(self, name: str) -> str | None:
        """Return the name under which the package holds a part; None where it holds none."""
        return self._entries.get(_plain(name))

    def read(self, name: str) -> bytes:
        """Return a part's bytes; empty where there is no such part."""
        if name not in self._parts:
            entry = name if name in self.names else self.part(name)
            self._parts[name] = self._unpacked(entry) if entry else b""
        return self._parts[name]

    def _unpacked(self, entry: str) -> bytes:
        # Read to the size that is told, so that a part which is larger is not unpacked to find that out.
        with self._archive.open(entry) as part:
            return part.read(self._archive.getinfo(entry).file_size)

    def xml(self, name: str) -> Any:
        """Return the root element of a part, or None where there is no such part.

        Raises:
            lxml.etree.XMLSyntaxError: The part is not well-formed, or nested deeper than libxml2 reads (256).
        """
        return parse(self.read(name)) if name in self.names or self.part(name) else None


class EntitiesDeclaredError(ValueError):
    """A part declares entities: text would be lost with them, or another file be read through them."""


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def parse(data: bytes) -> Any:
    """Return the root element of an XML document, with the strict form's names written as the usual ones.

    Raises:
        lxml.etree.XMLSyntaxError: It is not well-formed, or nested deeper than libxml2 reads (256).
        EntitiesDeclaredError: It declares entities, which no word processor does.
    """
    from lxml import etree

    # No entity is resolved, and libxml2's own limits on depth, size and swelling entities stay on. Comments are dropped
    # because they would part the text around them.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, collect_ids=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    root = etree.fromstring(data, parser)
    types: Any = root.getroottree().docinfo.internalDTD
    if types is not None and next(iter(types.iterentities()), None) is not None:
        raise EntitiesDeclaredError
    if isinstance(root.tag, str) and root.tag.startswith("{http://purl.oclc.org/ooxml/"):
        data = etree.tostring(root)
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        root = etree.fromstring(data, parser)
    return root


def open_package(data: bytes, limits: Limits) -> Package | Refusal:
    """Open a package, or refuse it where unpacking could harm."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    entries = archive.infolist()
    swollen = any(
        entry.file_size > limits.archive_ratio_from
        and entry.file_size > limits.archive_ratio * max(1, entry.compress_size)
        for entry in entries
        if not any(folder in entry.filename for folder in _PICTURES)
    )
    too_big = sum(entry.file_size for entry in entries) > limits.archive_bytes
    if swollen or too_big or len(entries) > limits.archive_entries:
        detail = "The file unpacks to far more than a document needs; save it again in its program, without media."
        return Refusal(UnreadableReason.TOO_LARGE, detail)
    return Package(archive)


@functools.lru_cache(maxsize=4096)
def plain_name(tag: object) -> str:
    """Return a tag or attribute name without its namespace; empty for comments and processing instructions."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def local(element: Any) -> str:
    """Return an element's name without its namespace; empty for comments and processing instructions."""
    return plain_name(element.tag)


def attribute(element: Any, name: str) -> str | None:
    """Return the value of the attribute with that local name, whatever its namespace; None where there is none."""
    if element is None:
        return None
    for key, value in element.attrib.items():
        if plain_name(key) == name:
            return str(value)
    return None


@functools.lru_cache(maxsize=256)
def _word_name(name: str) -> str:
    return f"{{{_STRICT[0][1].decode('ascii')}}}{name}"


def word(element: Any, name: str) -> str | None:
    """Return the value of an attribute of WordprocessingML, with its namespace or without; None where there is none."""
    if element is None:
        return None
    value: str | None = element.get(_word_name(name))
    return element.get(name) if value is None else value


def child(element: Any, *path: str) -> Any:
    """Return the first descendant along a path of local names, or None."""
    for name in path:
        if element is None:
            return None
        for each in element:
            if plain_name(each.tag) == name:
                element = each
                break
        else:
            return None
    return element


def children(element: Any) -> dict[str, Any]:
    """Return the first child of each local name; none of an element that is None."""
    found: dict[str, Any] = {}
    for each in element if element is not None else ():
        found.setdefault(plain_name(each.tag), each)
    return found
