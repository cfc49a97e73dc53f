"""The parts of a Word document: which hold its text, its styles, its notes, its running heads, its charts.

It knows how the main part refers to the others, and reads one only when it is asked for. It does not know paragraphs.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any

from imetaudit.extract.package import Package, parse, plain_name, word
from imetaudit.extract.relations import Relation, relations
from imetaudit.extract.wordnumbers import Numbering
from imetaudit.extract.wordstyles import Styles

_MAIN = re.compile(
    r"PartName=[\"']/?([^\"']+)[\"'][^>]*ContentType=[\"'][^\"']*(?:wordprocessingml|ms-word)[^\"']*main\+xml"
)
_UNASKED = ((b"<w:latentStyles", b"</w:latentStyles>"), (b'<w:style w:type="table"', b"</w:style>"))
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}


class WordParts:
    """The parts of one document; what they say is worked out once and on demand."""

    def __init__(self, package: Package) -> None:
        """Take a package and find its main part."""
        self.package = package
        self.main = _main_part(package)
        self._taken: set[tuple[str, str]] = set()

    @functools.cached_property
    def relations(self) -> Mapping[str, Relation]:
        """The references of the main part by id."""
        return relations(self.package, self.main)

    @functools.cached_property
    def styles(self) -> Styles:
        """The document's styles."""
        names = self.of_kind("styles")
        return Styles(parse(_without_unasked(self.package.read(names[0]))) if names else None)

    @functools.cached_property
    def numbering(self) -> Numbering:
        """The document's numberings, with their counters."""
        return Numbering(self._root("numbering"))

    @functools.cached_property
    def hides(self) -> bool:
        """Whether any text may be hidden: most documents hide none, and asking each run takes its time."""
        stories = [self.main, *self.of_kind("styles"), *self.of_kind("header"), *self.of_kind("footer")]
        stories += [*self.of_kind("footnotes"), *self.of_kind("endnotes")]
        return any(b"vanish" in data or data.startswith(_WIDE) for data in map(self.package.read, stories))

    def of_kind(self, kind: str) -> list[str]:
        """Return the names, sorted, of the parts that the main part relates to as `kind`.

        Where the package lost its relations, the parts are known by the names that Word gives them.
        """
        if self.relations:
            return sorted({relation.target for relation in self.relations.values() if relation.kind == kind})
        named = re.compile(rf"/?word[/\\]{kind}\d*\.xml$", re.IGNORECASE)
        return sorted(name for name in self.package.names if named.match(name))

    def note(self, reference: str, note_id: str) -> Any:
        """Return the footnote or endnote that an element cites, the first time it does; None afterwards."""
        kind = _NOTES[reference]
        if (kind, note_id) in self._taken:
            return None
        self._taken.add((kind, note_id))
        return self._notes.get((kind, note_id))

    @functools.cached_property
    def _notes(self) -> dict[tuple[str, str], Any]:
        notes: dict[tuple[str, str], Any] = {}
        for kind in _NOTES.values():
            root = self._root(kind)
            for note in root if root is not None else ():
                if word(note, "type") in (None, "normal"):
                    notes[kind, word(note, "id") or ""] = note
        return notes

    def _root(self, kind: str) -> Any:
        names = self.of_kind(kind)
        return self.package.xml(names[0]) if names else None


def _without_unasked(data: bytes) -> bytes:
    """Return `styles.xml` without the styles of tables and those that are only named, which are most of it."""
    for start, end in _UNASKED:
        kept: list[bytes] = []
        place = 0
        while (begin := data.find(start, place)) >= 0 and (stop := data.find(end, begin)) >= 0:
            kept.append(data[place:begin])
            place = stop + len(end)
        data = b"".join((*kept, data[place:]))
    return data


def _main_part(package: Package) -> str:
    for relation in relations(package, "").values():
        if relation.kind == "officeDocument":
            return relation.target
    declared = _MAIN.search(package.read("[Content_Types].xml").decode("utf-8", "replace"))
    return (package.part(declared[1]) if declared else None) or package.part("word/document.xml") or ""


def drawn_texts(root: Any) -> list[str]:
    """Return the texts of a diagram or chart in order, each once: titles, names of series, labels; figures not."""
    texts: list[str] = []
    for element in root.iter() if root is not None else ():
        name = plain_name(element.tag)
        if name == "p":
            texts.append("".join(each.text or "" for each in element.iter() if plain_name(each.tag) == "t"))
        elif name == "strCache":
            texts += [each.text or "" for each in element.iter() if plain_name(each.tag) == "v"]
    return list(dict.fromkeys(text for text in texts if text.strip()))
