"""PDF files that swell, loop or lie.

It knows how a PDF is written, well enough to write it wrongly. It does not know what a reader makes of it.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Sequence

_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_SAID = b"BT /F1 12 Tf 72 700 Td (The rule of law and the role of the armed forces in a democracy) Tj ET\n"


def pdf(objects: Sequence[bytes], *, trailer: bytes = b"") -> bytes:
    """Return a file of the objects, numbered from 1; the first is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, table)
    return bytes(out)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """Return a stream object's body."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def one_page(content: bytes, *more: bytes, resources: bytes = b"", box: bytes = b"0 0 612 792") -> bytes:
    """Return a file of one page with that content stream as object 4, Helvetica as 5 and further objects from 6."""
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> %s >> >>"
        % (box, resources)
    )
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, content, _FONT,
            *more,
        ]
    )  # fmt: skip


def repeated(piece: bytes, size: int) -> bytes:
    """Return a zlib stream of about `size` bytes of the piece over and over, without ever holding them."""
    unit = piece * max(1, (1 << 20) // len(piece))
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(unit) + packer.flush(zlib.Z_FULL_FLUSH)
    # The checksum is wrong, which readers forgive.
    return b"\x78\xda" + block * (size // len(unit)) + b"\x03\x00" + struct.pack(">I", 0)


def _flate(piece: bytes, size: int) -> bytes:
    return one_page(stream(repeated(piece, size), b"/Filter /FlateDecode"))


def _nested_filters() -> bytes:
    inner = repeated(b"\0", 1 << 30)
    return one_page(stream(zlib.compress(zlib.compress(inner)), b"/Filter [/FlateDecode /FlateDecode /FlateDecode]"))


def _many_pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % number for number in range(4, 4 + count))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>"
    pages = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count)
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", pages, _FONT, *[page] * count])


def _lying_count(count: bytes) -> bytes:
    return one_page(stream(_SAID)).replace(b"/Count 1", b"/Count " + count)


def _circular_pages() -> bytes:
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 4 >>",
            b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R] /Count 4 >>",
        ]
    )


def _forms(depth: int, twice: bool, closed: bool) -> bytes:
    """Return a page whose forms draw each other: in a ring where `closed`, else each the next once or `twice`."""
    forms = []
    for number in range(depth):
        following = 6 + (number + 1) % depth
        draws = b"" if number == depth - 1 and not closed else b"/Fx Do " * (2 if twice else 1)
        entries = (
            b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /Fx %d 0 R >> >>" % following
        )
        forms.append(stream(draws, entries))
    return one_page(stream(b"/Fx Do\n" + _SAID), *forms, resources=b"/XObject << /Fx 6 0 R >>")


def _circular_outline() -> bytes:
    whole = one_page(stream(_SAID), b"<< /Title (a) /Parent 6 0 R /First 6 0 R /Last 6 0 R /Next 6 0 R /Prev 6 0 R >>")
    return whole.replace(b"/Type /Catalog", b"/Type /Catalog /Outlines 6 0 R", 1)


def _circular_xref() -> bytes:
    whole = one_page(stream(_SAID))
    table = whole.rindex(b"xref\n0")
    return whole.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % table)


def _image(filter_name: bytes, data: bytes, side: int) -> bytes:
    entries = (
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /%s"
        % (side, side, filter_name)
    )
    draw = stream(b"q 600 0 0 700 0 0 cm /Im Do Q")
    return one_page(draw, stream(data, entries), resources=b"/XObject << /Im 6 0 R >>")


def _noise(size: int) -> bytes:
    return b"".join(zlib.crc32(struct.pack(">I", number)).to_bytes(4, "big") for number in range(size // 4))


def _words(count: int, spread: bool) -> bytes:
    """Return a page of many words, `spread` over it or all at one place."""
    said = []
    for number in range(count):
        x, y = (number * 37 % 560, number * 53 % 760) if spread else (72, 700)
        said.append(b"1 0 0 1 %d %d Tm (w%d) Tj" % (x, y, number))
    packed = zlib.compress(b"BT /F1 6 Tf " + b"\n".join(said) + b" ET")
    return one_page(stream(packed, b"/Filter /FlateDecode"))


PDFS: dict[str, tuple[Callable[[], bytes], str]] = {
    "flate-zeros": (lambda: _flate(b"\0", 1 << 30), "damaged|too-large|timed-out|empty"),
    "flate-operators": (lambda: _flate(b"1 0 0 1 0 0 cm\n", 1 << 28), "damaged|too-large|timed-out|empty"),
    "flate-text": (lambda: _flate(_SAID, 1 << 28), "read|damaged|too-large|timed-out"),
    "nested-filters": (_nested_filters, "damaged|too-large|timed-out|empty"),
    "path-segments": (lambda: _flate(b"9 9 l\n", 30_000_000), "damaged|too-large|timed-out|empty|no-text-layer"),
    "rectangles": (lambda: _flate(b"1 1 9 9 re f\n", 13_000_000), "damaged|too-large|timed-out|empty|no-text-layer"),
    "rules": (lambda: one_page(stream(b"".join(
        b"%d 1 m %d 700 l S 1 %d m 600 %d l S\n" % (n, n, n, n) for n in range(1, 600)) + _SAID)), "read"),
    "pages-100000": (lambda: _many_pages(100_000), "too-large"),
    "pages-4000-blank": (lambda: _many_pages(4_000), "empty"),
    "count-huge": (lambda: _lying_count(b"2000000000"), "read|too-large|damaged"),
    "count-negative": (lambda: _lying_count(b"-7"), "read|damaged|empty"),
    "circular-pages": (_circular_pages, "damaged|empty|read"),
    "circular-forms": (lambda: _forms(2, False, True), "read"),
    "doubling-forms": (lambda: _forms(28, True, False), "read|timed-out|too-large"),
    "deep-forms": (lambda: _forms(5_000, False, False), "read"),
    "circular-outline": (_circular_outline, "read"),
    "circular-xref": (_circular_xref, "read|damaged"),
    "negative-length": (lambda: one_page(stream(_SAID).replace(b"/Length ", b"/Length -")), "read|damaged|empty"),
    "huge-length": (lambda: one_page(stream(_SAID).replace(b"/Length ", b"/Length 99999999999")), "read|damaged|empty"),
    "huge-box": (lambda: one_page(stream(_SAID), box=b"-1e9 -1e9 1e9 1e9"), "read"),
    "no-box": (lambda: one_page(stream(_SAID), box=b"0 0 0 0"), "read"),
    "deep-arrays": (lambda: one_page(stream(b"[" * 500_000 + _SAID)), "read|damaged|empty"),
    "deep-states": (lambda: one_page(stream(b"q " * 500_000 + _SAID)), "read"),
    "deep-dictionaries": (lambda: one_page(b"<< /A " * 200_000), "read|damaged|empty"),
    "jbig2-noise": (lambda: _image(b"JBIG2Decode", _noise(4000), 9_000), "damaged"),
    "jpx-noise": (lambda: _image(b"JPXDecode", b"\0\0\0\x0cjP  \r\n\x87\n" + _noise(4000), 9_000), "damaged"),
    "dct-noise": (lambda: _image(b"DCTDecode", b"\xff\xd8\xff\xe0" + _noise(4000), 60_000), "damaged|too-large"),
    "image-bomb": (lambda: _image(b"FlateDecode", repeated(b"\0", 1 << 30), 32_000), "no-text-layer|too-large"),
    "words-in-one-place": (lambda: _words(20_000, spread=False), "read|garbled|timed-out"),
    "words-everywhere": (lambda: _words(20_000, spread=True), "read|garbled|timed-out"),
}  # fmt: skip
"""Each builder with the outcomes that are right: `read`, or reasons."""
