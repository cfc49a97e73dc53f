"""How the report says things: numbers in words, plain names for the program's words, bounded text.

It knows English and the house's words. It counts nothing, and takes nothing from a result but single values.
Source: definitions and remedies are project judgement; the depths follow the tiers of GAO-21-338.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_TEENS = ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

OUTCOME_NAMES: Mapping[str, str] = {
    "covered": "Covered",
    "mentioned-only": "Mentioned only",
    "no-evidence": "No evidence found",
    "not-auditable": "Not auditable",
    "no-syllabus": "No syllabus",
}
OUTCOME_DEFINITIONS: Mapping[str, str] = {
    "covered": "The syllabus states, in the parts of it that say what is taught, that the area is taught.",
    "mentioned-only": "Words of the area occur, but not in a way that shows that it is taught.",
    "no-evidence": "The text was read and searched, and nothing was kept as evidence. It is not proof that the area is "
    "not taught: it may be taught under words that were not searched for, or without being written down.",
    "not-auditable": "The course has a syllabus, but its text could not be read well enough to say anything.",
    "no-syllabus": "The catalogue has the course, but no syllabus was handed in.",
}
DEPTH_NAMES: Mapping[str, str] = {"course": "Course", "block": "Block", "part": "Part"}
DEPTH_DEFINITIONS: Mapping[str, str] = {
    "course": "The area is what the course is about.",
    "block": "A lesson, an objective or an assessment is about the area.",
    "part": "The area is taught as a part of something else.",
}
VERDICT_NAMES: Mapping[str, str] = {
    "met": "Met",
    "partly-met": "Partly met",
    "not-met": "Not met",
    "not-determined": "Not determined",
    "not-applicable": "Not applicable",
    "waived": "Waived",
}
BASIS_NAMES: Mapping[str, str] = {
    "stated": "stated in the syllabus",
    "summed": "summed from its lessons",
    "estimated": "estimated",
    "unknown": "not known",
}
NOT_IN_FILE = (
    "The file describes several courses, and of this one no more than its name.",
    "Supply its syllabus, or mend the catalogue.",
)
"""What is said of a course that is named for a file that was read and does not describe it."""
UNREADABLE_NAMES: Mapping[str, tuple[str, str]] = {
    "encrypted": ("The file is locked with a password.", "Supply a copy without a password."),
    "no-text-layer": (
        "The pages are pictures without text.",
        "Supply the original, or recognise its text (OCR).",
    ),
    "garbled": (
        "The letters in the file are not those on the page.",
        "Supply the original or a new export.",
    ),
    "damaged": ("The file is damaged.", "Supply a copy that opens."),
    "empty": ("The file holds no text.", "Supply the right file."),
    "unsupported": ("The kind of file is not one that can be read.", "Supply it as PDF, DOCX, HTML, ODT, RTF or text."),
    "too-large": ("The file is larger than the limit.", "Supply the syllabus by itself, or raise the limit."),
    "timed-out": ("Reading took longer than the limit.", "Supply a simpler copy, or raise the limit."),
    "missing": (
        "The catalogue names it, but it is not in the folder.",
        "Supply the file, or mend the catalogue.",
    ),
}
SECTION_NAMES: Mapping[str, str] = {
    "required-reading": "required reading",
    "optional-reading": "optional reading",
    "running": "page header or footer",
    "other": "other text",
}

# Control characters, marks that turn the direction of a page, and halves of characters.
_UNSHOWABLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_BLANK = re.compile(r"\s+")


def clean(text: str) -> str:
    r"""Return the text on one line, without the characters that no page can show or that turn a page's direction.

    >>> clean("human\x07  rights\n\u202egnp")
    'human rights gnp'
    """
    if text.isprintable() and "  " not in text:  # nearly all text; the long way costs ten times as much
        return text.strip()
    return _BLANK.sub(" ", _UNSHOWABLE.sub("", text)).strip()


def shorten(text: str, limit: int) -> str:
    """Return the cleaned text in at most `limit` characters, cut between words where it can be.

    >>> shorten("The rule of law is taught.", 15)
    'The rule of…'
    """
    text = clean(text)
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    at_word = cut.rsplit(" ", 1)[0]
    return (at_word if len(at_word) > limit // 2 else cut).rstrip(" ,;:.") + "…"


def shorten_middle(text: str, limit: int) -> str:
    """Return the cleaned text in at most `limit` characters, its beginning and its end kept.

    >>> shorten_middle("The mission statement of the school (repeated)", 30)
    'The mission… (repeated)'
    """
    text = clean(text)
    if len(text) <= limit:
        return text
    tail = text[-(limit // 2) :].partition(" ")[2] or text[-(limit // 2) :]
    return f"{shorten(text, limit - len(tail) - 1)} {tail}"


def in_words(number: int) -> str:
    """Return a number below one hundred in words, a larger one in digits.

    >>> in_words(0), in_words(11), in_words(24), in_words(1000)
    ('none', 'eleven', 'twenty-four', '1,000')
    """
    if number == 0:
        return "none"
    if number < 20:
        return (_ONES + _TEENS)[number]
    if number < 100:
        ten, one = divmod(number, 10)
        return _TENS[ten - 2] + (f"-{_ONES[one]}" if one else "")
    return f"{number:,}"


def opening(text: str) -> str:
    """Return the text with a capital first letter."""
    return text[:1].upper() + text[1:]


def count(number: int, one: str, many: str = "") -> str:
    """Return a number in digits with its noun.

    >>> count(1, "course"), count(1200, "course"), count(2, "syllabus", "syllabi")
    ('1 course', '1,200 courses', '2 syllabi')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def part_of(number: int, whole: int, one: str = "", many: str = "") -> str:
    """Return a share with its denominator and noun, and a percentage where there is anything to divide by.

    >>> part_of(9, 24, "course"), part_of(1, 2), part_of(0, 0, "file")
    ('9 of 24 courses (38%)', '1 of 2 (50%)', '0 of 0 files')
    """
    noun = count(whole, one, many) if one else f"{whole:,}"
    return f"{number:,} of {noun}" + (f" ({percent(number / whole)})" if whole else "")


def percent(share: float) -> str:
    """Return a share as a whole percentage that says 0% or 100% only where that is so.

    >>> percent(0.004), percent(0.375), percent(0.999), percent(1.0)
    ('<1%', '38%', '>99%', '100%')
    """
    whole = int(share * 100 + 0.5)
    if whole == 0 and share > 0:
        return "<1%"
    if whole == 100 and share < 1:
        return ">99%"
    return f"{whole}%"


def decimal(number: float) -> str:
    """Return a number with at most one decimal.

    >>> decimal(2.0), decimal(1.25), decimal(1200.5)
    ('2', '1.3', '1,200.5')
    """
    tenths = int(abs(number) * 10 + 0.5)
    sign = "-" if number < 0 and tenths else ""
    return f"{sign}{tenths // 10:,}" + (f".{tenths % 10}" if tenths % 10 else "")


def hours(number: float | None) -> str:
    """Return hours, or that they are not stated.

    >>> hours(1.0), hours(2.5), hours(None)
    ('1 hour', '2.5 hours', 'not stated')
    """
    if number is None:
        return "not stated"
    return f"{decimal(number)} {'hour' if decimal(number) == '1' else 'hours'}"


def listing(parts: Sequence[str], link: str = "and") -> str:
    """Return the parts as a list in a sentence.

    >>> listing(["a"]), listing(["a", "b"]), listing(["a", "b", "c"])
    ('a', 'a and b', 'a, b, and c')
    """
    if len(parts) < 3:
        return f" {link} ".join(parts)
    return f"{', '.join(parts[:-1])}, {link} {parts[-1]}"


def some(parts: Sequence[str], limit: int, link: str = "and") -> str:
    """Return the first of the parts as a list in a sentence, and how many more there are.

    >>> some(["a", "b", "c", "d"], 2)
    'a, b, and 2 more'
    """
    if len(parts) <= limit:
        return listing(parts, link)
    return listing([*parts[:limit], f"{len(parts) - limit:,} more"])


def within(label: str) -> str:
    """Return a label as it stands inside a sentence: a capital first letter lowered, an acronym left alone.

    >>> within("Human rights"), within("NATO standards")
    ('human rights', 'NATO standards')
    """
    if label[1:2].islower():
        return label[:1].lower() + label[1:]
    return label


def section_name(kind: str) -> str:
    """Return what a section kind is called on paper."""
    return SECTION_NAMES.get(kind, kind.replace("-", " "))
