"""The letters of Rich Text Format: control words, groups, and characters in whatever code page a font asks for.

It knows how the bytes part into tokens and how escaped bytes become text. It does not know what control words do.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from imetaudit.extract.symbols import symbol


class Token(NamedTuple):
    """One piece of the source."""

    kind: str
    """`word`, `symbol`, `byte`, `text`, `{` or `}`."""
    text: str
    """The control word or symbol without its backslash, the byte in hexadecimal, or the text."""
    number: int | None = None
    """The number after a control word, where it has one."""


_TOKEN = re.compile(
    r"\\(?P<word>[A-Za-z]{1,40})(?P<number>-?\d{1,10})?\ ?"
    r"|\\'(?P<byte>[0-9A-Fa-f]{2})"
    r"|\\(?P<symbol>[^A-Za-z])"
    r"|(?P<brace>[{}])"
    r"|(?P<text>[^\\{}\r\n\0]+)",
    re.DOTALL,
)
_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 78: "shift_jis", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "cp950",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
"""The code page of each character set of a font. Source: Microsoft, RTF Specification 1.9.1, font table."""
_SYMBOL_CHARSET = 2
_PAGES = {437: "cp437", 708: "cp708", 10000: "mac_roman", 65001: "utf-8"}


def tokens(source: str) -> Iterator[Token]:
    """Yield the tokens of a source whose bytes were decoded as Latin-1; line ends and binary data are no tokens."""
    place = 0
    while True:
        found = _TOKEN.search(source, place)
        if found is None:
            return
        place = found.end()
        kind = found.lastgroup or ""
        if kind in ("word", "number"):
            number = int(found["number"]) if found["number"] else None
            if found["word"] == "bin":
                # So many raw bytes follow, braces among them.
                place += max(0, number or 0)
                continue
            yield Token("word", found["word"], number)
        elif kind == "brace":
            yield Token(found["brace"], "")
        else:
            yield Token(kind, found[kind])


def code_page(number: int | None) -> str:
    """Return the codec of a code page's number; Western Europe's where it is not known."""
    name = _PAGES.get(number or 0, f"cp{number}")
    try:
        codecs.lookup(name)
    except LookupError:
        return "cp1252"
    return name


class Font(NamedTuple):
    """What of a font bears on what its characters are."""

    name: str = ""
    charset: int = 1
    page: int | None = None

    def decode(self, data: bytes, document: str) -> str:
        """Return what the bytes say in this font; `document` is the codec of fonts that name none."""
        if self.charset == _SYMBOL_CHARSET:
            return "".join(symbol(self.name, byte) or (" " if byte == 0x20 else "") for byte in data)
        codec = code_page(self.page) if self.page else _CHARSETS.get(self.charset, document)
        return data.decode(codec, "replace")
