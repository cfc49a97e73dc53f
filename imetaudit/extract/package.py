"""Packages: the zip files of XML parts in which DOCX and ODT come.

It knows how to open one without being harmed by it: too many parts, parts that swell, entities, deep nesting. It does
not know what the parts mean.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

from imetaudit.extract.build import Refusal
from imetaudit.extract.thresholds import Limits
from imetaudit.model import UnreadableReason


class Package:
    """An open package whose sizes were checked; its parts are read on demand."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        """Take over a checked archive."""
        self._archive = archive
        self.names = frozenset(archive.namelist())

    def xml(self, name: str) -> Any:
        """Return the root element of a part, or None where there is no such part.

        Raises:
            lxml.etree.XMLSyntaxError: The part is not well-formed.
        """
        if name not in self.names:
            return None
        from lxml import etree

        # No entity is resolved, and libxml2's own limits on depth and size stay on.
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        return etree.fromstring(self._archive.read(name), parser)


def open_package(data: bytes, limits: Limits) -> Package | Refusal:
    """Open a package, or refuse it where unpacking could harm."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    entries = archive.infolist()
    swollen = any(
        entry.file_size > limits.archive_ratio_from
        and entry.file_size > limits.archive_ratio * max(1, entry.compress_size)
        for entry in entries
        if entry.filename.endswith((".xml", ".rels"))
    )
    too_big = sum(entry.file_size for entry in entries) > limits.archive_bytes
    if swollen or too_big or len(entries) > limits.archive_entries:
        detail = "The file unpacks to far more than a document needs; save it again in its program, without media."
        return Refusal(UnreadableReason.TOO_LARGE, detail)
    return Package(archive)


def local(element: Any) -> str:
    """Return an element's name without its namespace; empty for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str | None:
    """Return the value of the attribute with that local name, whatever its namespace; None where there is none."""
    if element is None:
        return None
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return None


def child(element: Any, *path: str) -> Any:
    """Return the first descendant along a path of local names, or None."""
    for name in path:
        if element is None:
            return None
        element = next((each for each in element if local(each) == name), None)
    return element
