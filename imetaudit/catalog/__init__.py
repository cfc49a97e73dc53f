"""The catalogue: which courses a school has, and which files are their syllabi.

It knows a `courses.csv` as offices write them and a folder without one. It opens no syllabus: what a file holds is
for `extract` to say, and what it says of its course for `outline`.
"""

from imetaudit.catalog.reading import Catalog, read_catalog

__all__ = ["Catalog", "read_catalog"]
