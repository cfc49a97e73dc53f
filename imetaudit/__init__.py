"""Audit course syllabi for human rights, democracy and civilian control of the military.

The public library is small and stable: `audit`, `load_taxonomy`, `load_result`, and `imetaudit.extract.extract_file`.
Each is imported when it is first asked for, so that `import imetaudit` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imetaudit.pipeline import audit
    from imetaudit.results import load_result
    from imetaudit.taxonomy import load_taxonomy

__version__ = "0.1.0"
__all__ = ["__version__", "audit", "load_result", "load_taxonomy"]

_HOMES = {
    "audit": "imetaudit.pipeline",
    "load_result": "imetaudit.results",
    "load_taxonomy": "imetaudit.taxonomy",
}


def __getattr__(name: str) -> object:
    """Import a public function from its home."""
    if name not in _HOMES:
        raise AttributeError(f"module 'imetaudit' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
