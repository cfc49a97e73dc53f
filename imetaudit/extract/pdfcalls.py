"""pdfium's functions as ctypes calls them fastest: without converting each argument to the type that is declared.

It knows ctypes. It does not know what the functions do: whoever calls one hands it arguments of the right C types,
which are integers (taken for C's `int`), pointers and what `ctypes.byref` returns.
"""

from __future__ import annotations

import ctypes
import functools
from collections.abc import Callable
from typing import Any


@functools.cache
def bare(name: str) -> Callable[..., Any]:
    """Return the function of that name; a call takes half the time, and a wrong argument is not noticed."""
    import pypdfium2.raw as pdfium

    declared = getattr(pdfium, name)
    address = ctypes.cast(declared, ctypes.c_void_p).value
    return ctypes.CFUNCTYPE(declared.restype)(address or 0)
