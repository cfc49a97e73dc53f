"""Zip packages with fixed dates: the wrapping of DOCX and ODT files.

Members are stored, not compressed, so that their bytes do not hang on the version of a compression library.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def write_package(members: Mapping[str, str]) -> bytes:
    """Return a zip archive of the members, in the order given."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as archive:
        for name, text in members.items():
            information = ZipInfo(name, date_time=(2026, 1, 15, 8, 0, 0))
            information.external_attr = 0o644 << 16
            archive.writestr(information, text.encode("utf-8"))
    return buffer.getvalue()
