"""Pages that a browser or Word saved as one MIME file (.mht, .mhtml).

It knows how to find the page among its pictures and style sheets, and in which encoding it is. It does not read HTML.
"""

from __future__ import annotations

_STARTS = (b"from:", b"mime-version:", b"date:", b"subject:", b"snapshot-content", b"content-type:", b"x-")


def is_mime(data: bytes) -> bool:
    """Tell whether the bytes begin like a MIME file."""
    return data.lstrip(b"\xef\xbb\xbf \r\n\t")[:32].lower().startswith(_STARTS)


def pages_of(data: bytes) -> list[tuple[bytes, str | None]]:
    """Return the pages in a MIME file, the first being the one that was saved, each with its declared encoding.

    The others are what its frames show; they are returned in the order of the file. [] where there is none.
    """
    from email import message_from_bytes
    from email.policy import compat32

    pages: list[tuple[bytes, str | None]] = []
    for part in message_from_bytes(data.lstrip(b"\xef\xbb\xbf \r\n\t"), policy=compat32).walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            body = part.get_payload(decode=True)
            if isinstance(body, bytes) and body.strip():
                pages.append((body, part.get_content_charset()))
    return pages
