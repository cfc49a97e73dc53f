"""Files to documents: `extract_file` reads a syllabus of any format, or says why it cannot.

The package knows formats and the quality of text. It does not know what a syllabus is.
"""

from imetaudit.extract.reading import extract_file

__all__ = ["extract_file"]
