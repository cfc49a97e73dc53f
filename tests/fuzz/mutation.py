"""Changing a file's bytes in the ways in which files break: cut, torn, doubled, overwritten, repacked.

It knows how to change bytes, and inside a ZIP the bytes of a part. Every choice follows from a number, so that a file
that failed can be made again from its name. It does not know what a reader promises.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator

_TOKENS = (
    b"\0", b"\xff", b"\xfe\xff", b"\n", b" ", b"-1", b"999999999999", b"<", b">", b"&x;", b"]]>", b"<!--", b"{", b"}",
    b"\\bin999999 ", b"\\u-1?", b"/Length -1", b"/Filter /FlateDecode", b"/Kids [1 0 R]", b"endstream", b"endobj", b"xref",
    b"stream\r\n", b"[", b"(", b"<<", b"| --- |", b"```", b"\xe2\x80\xae", b"\xed\xa0\x80", b"\x0c", b"<table><tr><td>",
    b"<w:p><w:r><w:t>", b"</w:t>", b'w:val="-5"', b"%PDF-1.4", b"PK\x03\x04", b"{\\rtf1",
)  # fmt: skip
_PACKAGE_EVERY = 4
"""Of so many changed ZIP files one is changed as a whole; in the others a part is, and the ZIP stays whole."""


class Choices:
    """Numbers that follow from a seed, the same on every machine and in every version of Python."""

    def __init__(self, seed: str) -> None:
        """Begin at the seed."""
        self._seed = seed
        self._bytes = self._stream()

    def _stream(self) -> Iterator[int]:
        counter = 0
        while True:
            yield from hashlib.sha256(f"{self._seed}/{counter}".encode()).digest()
            counter += 1

    def below(self, limit: int) -> int:
        """Return a number from 0 to below the limit, which must be 1 or more."""
        return int.from_bytes(bytes(next(self._bytes) for _ in range(6)), "big") % limit


def mutated(data: bytes, seed: str) -> bytes:
    """Return the file changed as the seed decides."""
    choices = Choices(seed)
    if zipfile.is_zipfile(io.BytesIO(data)) and choices.below(_PACKAGE_EVERY):
        return _repacked(data, choices)
    return _changed(data, choices)


def _changed(data: bytes, choices: Choices) -> bytes:
    out = bytearray(data)
    for _ in range(1 + choices.below(8)):
        start = choices.below(len(out) + 1)
        end = min(len(out), start + choices.below(1 << choices.below(12)) + 1)
        match choices.below(7):
            case 0:
                del out[start:end]
            case 1:
                out[start:end] = out[start:end] * (1 + choices.below(20))
            case 2:
                out[start:start] = _TOKENS[choices.below(len(_TOKENS))] * (1 + choices.below(40))
            case 3:
                other = choices.below(len(out) + 1)
                out[start:end] = out[other : other + end - start]
            case 4:
                out[start:end] = bytes(choices.below(256) for _ in range(min(64, end - start)))
            case 5 if not choices.below(4):
                del out[start:]
            case _:
                for place in range(start, end, 1 + choices.below(50)):
                    out[place] ^= 1 << choices.below(8)
    return bytes(out)


def _repacked(data: bytes, choices: Choices) -> bytes:
    """Return a ZIP one of whose parts is changed, dropped or under another's name."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = [name for name in old.namelist() if not name.endswith("/")]
        main = [name for name in names if name.endswith(("document.xml", "content.xml"))]
        chosen = main[0] if main and choices.below(2) else names[choices.below(len(names))]
        for name in names:
            part = old.read(name)
            if name == chosen:
                fate = choices.below(10)
                if fate == 0:
                    continue
                part = old.read(names[choices.below(len(names))]) if fate == 1 else _changed(part, choices)
            new.writestr(zipfile.ZipInfo(name), part)
    return out.getvalue()
