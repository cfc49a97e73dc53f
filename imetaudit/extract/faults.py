"""What an exception in a reader, or the end of a worker, says of the file: whose fault it is, and what to do.

It knows that a library which refuses bytes speaks of the file, and that anything else raised while reading is a fault
of this program, which must not pass for a damaged file. It never quotes an exception's message: that may hold the
syllabus.
"""

from __future__ import annotations

from imetaudit.executors.work import Failure, FailureKind, place_of
from imetaudit.extract.build import Refusal
from imetaudit.extract.thresholds import Limits
from imetaudit.model import UnreadableReason

_SPEAKING = ("binascii", "imetaudit.extract", "lxml", "lzma", "pypdfium2", "zipfile", "zlib")
"""Modules whose own exceptions are raised for nothing but bytes that break a format."""
_FORMAT_ERRORS = (EOFError, UnicodeError)
_ZIPFILE_ERRORS = (ValueError, OSError, RuntimeError)
_NO_MEMORY = 2
"""libxml2's `XML_ERR_NO_MEMORY`, which comes as if it were a fault of syntax."""


def breaks_format(error: Exception) -> bool:
    """Tell whether an exception is a library's word that the bytes break their format."""
    if type(error).__module__.startswith(_SPEAKING) or isinstance(error, _FORMAT_ERRORS):
        return True
    # On some broken archives zipfile fails by an error that is not its own.
    return isinstance(error, _ZIPFILE_ERRORS) and " in zipfile:" in place_of(error)


def lacks_memory(error: Exception) -> bool:
    """Tell whether an exception says that memory was not enough."""
    from lxml.etree import XMLSyntaxError

    return isinstance(error, MemoryError) or (
        isinstance(error, XMLSyntaxError) and getattr(error, "code", None) == _NO_MEMORY
    )


def refusal_for(error: Exception) -> Refusal:
    """Return why a file could not be read on which a reader raised."""
    if breaks_format(error):
        fault = type(error).__name__
        detail = f"The file is damaged or breaks its format ({fault}); open it in its program and save it again."
        return Refusal(UnreadableReason.DAMAGED, detail)
    return _fault(place_of(error))


def refusal_of(failure: Failure, limits: Limits) -> Refusal:
    """Return why a file could not be read whose worker failed."""
    match failure.kind:
        case FailureKind.TIMED_OUT:
            detail = (
                f"Reading took longer than a document may ({limits.seconds} seconds of a processor, or "
                f"{limits.clock_seconds} by the clock); print the file to a new PDF, or split it by course."
            )
            return Refusal(UnreadableReason.TIMED_OUT, detail)
        case FailureKind.MEMORY:
            return too_much_memory(limits)
        case FailureKind.FAULT:
            return _fault(failure.detail.rstrip("."))
        case FailureKind.CRASHED:
            ending = failure.detail.rstrip(".")
            detail = f"A library broke down on the file ({ending}); open it in its program and save it anew as PDF."
            return Refusal(UnreadableReason.DAMAGED, detail)


def too_much_memory(limits: Limits) -> Refusal:
    """Return the refusal of a file whose reading takes more memory than a worker may have."""
    detail = (
        f"Reading needs more memory than the {limits.memory_bytes >> 20} MiB that a document may take; "
        "save it without pictures, or split it by course."
    )
    return Refusal(UnreadableReason.TOO_LARGE, detail)


def _fault(place: str) -> Refusal:
    detail = (
        f"The program failed on this file, which is a fault of the program and says nothing of the file ({place}); "
        "please report it, and audit another format of the document meanwhile."
    )
    return Refusal(UnreadableReason.DAMAGED, detail)
