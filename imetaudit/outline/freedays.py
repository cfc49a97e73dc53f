"""Tell days on which nothing is taught: holidays, breaks, and days that only hold an exam or a due date.

It knows the words of such days, and that a day with more under its title is a lesson still. It does not know where a
day begins; a day whose hours are stated is never asked about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from imetaudit.outline.cues import OutlineCues
from imetaudit.outline.folding import fold, words_of
from imetaudit.outline.rows import Mark
from imetaudit.outline.units import Unit

_BRACKETS = re.compile(r"\([^()]*\)")
_REST = 2
"""A holiday's title has at most so many words more ("Labor Day weekend")."""


def is_free(units: Sequence[Unit], index: int, limit: int, mark: Mark, title: str, cues: OutlineCues) -> bool:
    """Whether the day that begins at a unit is no lesson.

    Args:
        units: The pieces of the document.
        index: The piece with which the day begins.
        limit: The piece with which the next begins; the number of pieces for the last.
        mark: Its mark.
        title: Its title.
        cues: The compiled cues.
    """
    if not title or not _says_free(fold(title), cues):
        return False
    if mark.table is not None or limit >= len(units):
        return True
    below = sum(len(unit.words) for unit in units[index + 1 : limit] if not unit.is_running)
    return below < cues.content.guarded_words


def _says_free(title: str, cues: OutlineCues) -> bool:
    if cues.lessons.untaught.search(title):
        return True
    bare = _BRACKETS.sub(" ", title)
    words = [word for word in words_of(bare) if not word.isdigit()]
    if words and all(word in cues.lessons.exams for word in words):
        return True
    rest = cues.lessons.holiday.sub(" ", bare)
    return rest != bare and len(words_of(rest)) <= _REST
