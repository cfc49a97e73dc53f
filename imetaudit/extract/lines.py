"""Lines of text: which line ends an author chose, and which lines look like a heading or a list item.

It knows only strings, as they stand in plain text and Markdown. It does not know fonts or pages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from imetaudit.extract.thresholds import Lines

_LIST_ITEM = re.compile(
    r"""\s*(?:[-–*+•·▪▫◦‣⁃●○■□◆◇➢➤✓✔➔→§]\s+|   # a bullet
        \(?\d{1,3}[.)]\s+|\(?[a-zA-Z][.)]\s+|\(?[ivxIVX]{1,5}[.)]\s+)\S""",
    re.VERBOSE,
)
_BULLET = re.compile(r"\s*[-–*+•·▪▫◦‣⁃●○■□◆◇➢➤✓✔➔→§]\s+")
_PLAIN_ITEM = re.compile(r"\s*(?:[•·▪▫◦‣⁃●○■□◆◇➢➤✓✔]|\(?\d{1,3}[.)])\s+\S")
_INITIAL = re.compile(r"\s*[A-Z]\.\s")
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’»)\]*_]*$")
_BROKEN = re.compile(r"[^\W\d_][-\u2010\u00ad]$")
_LETTER = re.compile(r"[^\W\d_]")


def is_wrapped(lines: Sequence[str], figures: Lines) -> bool:
    """Tell whether a program broke the lines of this text at a width, by how few long lines it has."""
    lengths = [len(line.rstrip()) for line in lines if line.strip()]
    if not lengths:
        return False
    return sum(length > figures.long for length in lengths) <= figures.long_share * len(lengths)


def wrap_width(lines: Sequence[str], figures: Lines) -> int:
    """Return the width in characters at which lines seem to be broken; 0 where they are not broken by a program."""
    if not is_wrapped(lines, figures):
        return 0
    lengths = sorted(length for line in lines if figures.wrapped <= (length := len(line.rstrip())) <= figures.long)
    if not lengths:
        return figures.html2text_width
    return lengths[int(0.95 * (len(lengths) - 1))]


def continues(line: str, following: str, width: int, figures: Lines) -> bool:
    """Tell whether `following` goes on with what `line` says, rather than beginning something of its own.

    A line goes on where the next line's first word would not have fitted on it, so that a program broke it. With
    `width` 0 (not wrapped) only a line that ends amid a sentence goes on.
    """
    line, following = line.rstrip(), following.strip()
    if not line or not following or looks_like_list_item(following, line):
        return False
    if _BROKEN.search(line) and following[0].islower():
        return True
    amid = not _SENTENCE_END.search(line) and following[0].islower()
    if not width:
        return amid and len(line) >= figures.wrapped
    first_word = len(following.split(None, 1)[0])
    return len(line) >= figures.wrapped or len(line) + 1 + first_word > max(width, figures.wrapped)


def separate(line: str, following: str) -> bool:
    """Tell whether the author's own line break between the two parts items, rather than the halves of a sentence."""
    line, following = line.strip(), following.strip()
    if not line or not following:
        return True
    return not (following[0].islower() and not _SENTENCE_END.search(line))


def own_lines(raw: str) -> list[str]:
    r"""Return the parts of a paragraph that the author's line breaks (`\v`) set apart; other breaks become `\n`."""
    groups: list[str] = []
    for line in raw.split("\v"):
        if not line.strip():
            continue
        if groups and not separate(groups[-1], line):
            groups[-1] += "\n" + line
        else:
            groups.append(line)
    return groups


def looks_like_list_item(line: str, before: str = "") -> bool:
    """Tell whether the line begins with a bullet or an item's number.

    `before` is the line before it: where that leaves a bracket open, `h)` closes it and is no item's letter, and amid
    a sentence `J. Smith` is a name.
    """
    if not _LIST_ITEM.match(line):
        return False
    if _INITIAL.match(line) and before and not _SENTENCE_END.search(before.rstrip()):
        return False
    return before.count("(") <= before.count(")") or line.lstrip().startswith("(") or ")" not in line[:7]


def is_plain_item(line: str) -> bool:
    """Tell whether the line begins with a bullet or a number, which in prose hardly ever begin a line."""
    return bool(_PLAIN_ITEM.match(line))


def normal_bullet(line: str) -> str:
    """Return the line with whatever bullet it begins with written as `• `."""
    return _BULLET.sub("• ", line, count=1) if _BULLET.match(line) else line


def heading_shaped(line: str, figures: Lines) -> bool:
    """Tell whether a line, known to be set off by its type, is short and unpunctuated enough for a heading."""
    line = line.strip()
    if not line or len(line) > figures.heading or len(line.split()) > figures.heading_words:
        return False
    return bool(_LETTER.search(line)) and not line.endswith((".", ",", ";"))
