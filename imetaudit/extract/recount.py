"""A second, simpler reading of a file, only to count its words.

It knows for each format of markup the shortest way to its words, and shares no code with the readers that it checks.
It does not know order, layout or what a word is for, nor PDF, whose reader counts the bare text of its pages itself.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from imetaudit.extract.sniff import Format

_WORD = re.compile(r"[^\W\d_]{2,}")
# The same, faster, for text in ASCII.
_ASCII_WORD = re.compile(r"[A-Za-z]{2,}")
_PARTS = re.compile(r"word/(?:document|document2|footnotes|endnotes|header\d*|footer\d*)\.xml$|content\.xml$")
# Of Word and OpenDocument: what is deleted, twice there, a command or a comment; and what parts words.
_NOT_SHOWN = re.compile(
    rb"<((?:\w+:)?(?:Fallback|delText|instrText|delInstrText|moveFrom|tracked-changes|annotation|vanish))\b[^>]*(?<!/)>"
    rb".*?</\1>|<!--.*?-->",
    re.DOTALL,
)
_APART = re.compile(rb"</(?:\w+:)?(?:p|h|tc|note)>|<(?:\w+:)?(?:tab|br|cr|s|line-break|ptab)\b[^>]*/>")
_TAG = re.compile(rb"<[^>]*>")
_UNSEEN = frozenset({
    "script", "style", "noscript", "template", "head", "nav", "select", "button", "textarea", "svg", "math", "object",
    "iframe", "s", "strike", "del", "input", "map", "datalist", "embed", "audio", "video", "canvas", "applet",
})  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def count_words(text: str) -> int:
    """Return the number of runs of two letters and more.

    >>> count_words("3 hours, a day")
    2
    """
    return len((_ASCII_WORD if text.isascii() else _WORD).findall(text))


def recount(data: bytes, kind: Format) -> int | None:
    """Return the number of words that a file holds by a second reading; None where there is none of its format."""
    # OpenDocument also comes as one flat file, and a page in the mail's form of a browser.
    if kind in (Format.DOCX, Format.ODT) and data.startswith(b"PK"):
        return _count_package(data)
    if kind is Format.HTML and data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _count_html(data)
    return None


def _count_package(data: bytes) -> int:
    """Count in the bare text between the tags, which needs no tree."""
    seen: set[bytes] = set()
    words = 0
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in sorted(package.namelist()):
            if not _PARTS.search(name):
                continue
            text = _TAG.sub(b"", _APART.sub(b" ", _NOT_SHOWN.sub(b" ", _read(package, name))))
            # The header of every section is a part of its own, and most of them say the same.
            if text not in seen:
                words += count_words(html.unescape(text.decode("utf-8", "replace")))
                seen.add(text)
    return words


def _read(package: zipfile.ZipFile, name: str) -> bytes:
    # To the size that is told: a part that is larger is not unpacked to find that out.
    with package.open(name) as part:
        return part.read(package.getinfo(name).file_size)


def _count_html(data: bytes) -> int | None:
    from lxml import etree
    from lxml.html import document_fromstring

    try:
        root = document_fromstring(data)
    except (etree.ParserError, ValueError):
        return None
    return count_words("".join(_texts(root)))


def _texts(element: Any) -> Iterator[str]:
    """Yield the texts of a tree that a reader would see; elements that part words yield a blank."""
    stack: list[Any] = [element]
    while stack:
        each = stack.pop()
        if isinstance(each, str):
            yield each
            continue
        tail = each.tail or ""
        name = each.tag.rpartition("}")[2] if isinstance(each.tag, str) else None
        stack.append(tail)
        if name is None or name in _UNSEEN or each.get("hidden") is not None or _HIDDEN.search(each.get("style") or ""):
            continue
        # These lie within words; everything else parts them.
        apart = "" if name in ("span", "a", "b", "i", "u", "em", "strong", "font", "sup", "sub") else " "
        stack.append(apart)
        stack.extend(reversed(each))
        stack.append(apart + (each.text or ""))
