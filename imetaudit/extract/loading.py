"""The bytes of a file, or why they cannot be had.

It knows what is no file (folders, pipes, devices, links that lead nowhere), what may not be opened, and what is too
large to be read. It does not look at the bytes.
"""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

from imetaudit.extract.build import Refusal
from imetaudit.extract.thresholds import Limits
from imetaudit.model import UnreadableReason

_CHUNK = 1 << 20


def load(path: Path, limits: Limits) -> tuple[bytes | None, str | None] | Refusal:
    """Return the bytes of a file and their digest; None for bytes, and for a digest, that are too large to be had."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            return Refusal(UnreadableReason.UNSUPPORTED, "This is a folder, not a file; audit the files in it.")
        if not stat.S_ISREG(mode):
            # Opening a pipe would wait for ever, and a device may have no end.
            detail = "This is a pipe or a device, not a file; copy the syllabus itself to here."
            return Refusal(UnreadableReason.UNSUPPORTED, detail)
        with path.open("rb") as file:
            data = file.read(limits.file_bytes + 1)
    except FileNotFoundError:
        return Refusal(UnreadableReason.MISSING, "The file is not there; correct the catalogue or add the file.")
    except PermissionError:
        return Refusal(UnreadableReason.MISSING, "The file may not be opened; give this user the right to read it.")
    except (OSError, ValueError) as error:
        detail = f"The file cannot be reached ({type(error).__name__}); copy it again, and mend links to it."
        return Refusal(UnreadableReason.MISSING, detail)
    if len(data) <= limits.file_bytes:
        return data, hashlib.sha256(data).hexdigest()
    return None, digest_of(path, limits)


def digest_of(path: Path, limits: Limits) -> str | None:
    """Return the SHA-256 of a file, read in pieces; None where it is none, cannot be opened, or has no near end."""
    digest = hashlib.sha256()
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode) or about.st_size > limits.digest_bytes:
            return None
        with path.open("rb") as file:
            for _ in range(limits.digest_bytes // _CHUNK + 1):
                piece = file.read(_CHUNK)
                if not piece:
                    return digest.hexdigest()
                digest.update(piece)
    except (OSError, ValueError):
        return None
    return None
