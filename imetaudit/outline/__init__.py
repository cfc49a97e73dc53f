"""From a document to its outline: sections, lessons with hours, and the course's identity.

Call `load_cues` once and `read_outline` for each document. The children of this package import one another and never
the package.
"""

from imetaudit.outline.assemble import read_outline
from imetaudit.outline.cues import OutlineCues, load_cues

__all__ = ["OutlineCues", "load_cues", "read_outline"]
