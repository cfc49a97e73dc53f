"""Read how long a lesson or a course lasts, in hours of sixty minutes.

It knows the ways in which hours are written and which of them are ambiguous; what is ambiguous stays None and is never
guessed. It does not know which words of a document say how long something lasts: it is handed them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from imetaudit.outline.folding import fold

_MINUTES = 60.0


@dataclass(frozen=True)
class HoursCues:
    """Patterns of lengths of time over folded text."""

    numbers: Mapping[str, int]
    weekdays: re.Pattern[str]
    academic_minutes: float
    tolerance: float
    ambiguous: re.Pattern[str]
    breaks: re.Pattern[str]
    span: re.Pattern[str]
    """A stretch of the clock: groups `h1 m1 p1 h2 m2 p2`."""
    times: re.Pattern[str]
    """A count of pieces of a stated length: groups `count`, `each` and `unit`, or the same with a `2`."""
    clock: re.Pattern[str]
    """Hours and perhaps minutes: groups `hours` and `minutes`."""
    academic: re.Pattern[str]
    sitting: re.Pattern[str]
    minute: re.Pattern[str]
    colon: re.Pattern[str]
    part: re.Pattern[str]
    bare: re.Pattern[str]
    definition: re.Pattern[str]
    """What a document says of the length of its own periods: groups `unit`, `minutes`."""
    tail: re.Pattern[str]
    """A length of time at the end of a line."""
    academic_word: re.Pattern[str]
    total: frozenset[str]


@dataclass(frozen=True)
class UnitLengths:
    """How many minutes the periods of one document have."""

    academic: float
    sittings: Mapping[str, float]
    """A word for a sitting, in the singular, to minutes; only those that the document defines."""


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(w) for w in sorted({fold(w) for w in words}, key=lambda w: (-len(w), w)))


def compile_hours(entry: Mapping[str, object], numbers: Mapping[str, int], weekdays: Iterable[str]) -> HoursCues:
    """Compile the `hours` part of the cues file."""

    def words(key: str) -> str:
        value = entry[key]
        return _either(value if isinstance(value, list) else [])

    number = rf"(?:\d{{1,3}}(?:[.,]\d{{3}})+|\d+(?:[.,]\d+)?|\b(?:{_either(numbers)}))"
    clock, minute, academic = words("clock"), words("minute"), words("academic")
    sitting, parts = words("sitting"), words("parts")
    end = r"(?![a-z0-9])"
    ampm = r"\s*(?:[ap]\.?\s?m\.?)?"
    time = r"(?<![\d.,:])(?P<h{0}>[0-2]?\d)(?:[:.h](?P<m{0}>[0-5]\d)|(?P<n{0}>[0-5]\d))?(?:\s?h\b)?\s*(?P<p{0}>[ap]\.?\s?m\.?)?"
    each = rf"(?:x|de|of|d'|@|at)\s*(?P<each>{number})\s*-?\s*(?P<unit>{academic}|{clock}|{minute}){end}"
    tight = rf"(?:[\s-]*(?:x\s*)?(?P<each2>{number})\s*-\s*(?P<unit2>{clock}|{minute})\s+(?:{sitting}|{academic}))"
    lengths = rf"{number}\s*-?\s*(?:{academic}|{clock}|{minute}|{sitting}|{parts}|wks?|weeks?|semanas?|semaines?|ects|uv|credits?)"
    return HoursCues(
        numbers=dict(numbers),
        weekdays=re.compile(rf"\b(?:{_either(w for w in weekdays if len(w) > 2)})\b"),
        academic_minutes=float(str(entry["academic_minutes"])),
        tolerance=float(str(entry["tolerance"])),
        ambiguous=re.compile(rf"(?<![a-z])(?:{words('ambiguous')})(?![a-z])"),
        breaks=re.compile(rf"\b(?:{words('breaks')})\b"),
        span=re.compile(time.format(1) + r"\s*(?:-|to|until|hasta|as|a(?!\w))\s*" + time.format(2) + r"(?![\d:])"),
        times=re.compile(
            rf"(?P<count>{number})\s*(?:(?:{academic}|{sitting})\s*)?{each}|(?P<count2>{number}){tight}"
        ),
        clock=re.compile(
            rf"(?P<hours>{number})\s*-?\s*(?:{clock}){end}(?:\s*(?:and|y|e|et|,)?\s*(?P<minutes>\d{{1,2}})(?!\d|\s*(?:{clock}){end})\s*(?:{minute})?)?"
            r"|(?P<hours2>\d{1,3})h(?P<minutes2>[0-5]\d)(?!\d)"
        ),
        academic=re.compile(rf"(?P<count>{number})\s*-?\s*(?:{academic}){end}"),
        sitting=re.compile(rf"(?P<count>{number})\s*-?\s*(?P<unit>{sitting}){end}"),
        minute=re.compile(rf"(?P<count>{number})\s*-?\s*(?:{minute}){end}"),
        colon=re.compile(r"(?<![\d:.])(?P<hours>\d{1,3}):(?P<minutes>[0-5]\d)(?![\d:])"),
        part=re.compile(rf"(?P<count>{number})\s*(?:{parts}){end}"),
        bare=re.compile(r"\s*(?P<count>\d{1,3}(?:[.,]\d{1,2})?)\s*"),
        definition=re.compile(
            rf"\b(?P<unit>{academic}|{sitting})\s*(?:=\s*[a-z-]+\s*|\([^)]*\)\s*)?(?:lasts?|is|are|of|de|=|dura|duran|dure|dura-se|equivale a|tem|tiene|est de|have|has|\(|:)\s*(?:of|de|a)?\s*(?P<minutes>\d{{2}})\s*-?\s*(?:{minute}){end}"
            rf"|\b(?P<minutes2>\d{{2}})\s*-?\s*(?:{minute})\s+(?P<unit2>{academic}|{sitting}){end}"
        ),
        tail=re.compile(
            rf"(?:(?<=\s)|^)(?:(?:(?:{_either(weekdays)}),\s*)?(?:{number}\s*(?:x|a|to)\s*)?{lengths}(?:\s*(?:(?:of|de|d'|en)\s*)?(?:{number}\s*-?\s*)?(?:{academic}|{clock}|{minute}|{sitting}|continuous|continu)?)*|\d{{1,3}}:[0-5]\d|\d{{1,3}}h[0-5]\d|[0-2]?\d[:.h]?[0-5]\d{ampm}\s*-\s*[0-2]?\d[:.h]?[0-5]\d{ampm})\s*\d{{0,2}}[.)\]]?\s*$"
        ),
        academic_word=re.compile(rf"(?:{academic}){end}"),
        total=frozenset(fold(w) for w in (entry["total"] if isinstance(entry["total"], list) else [])),
    )


def read_unit_lengths(folded: str, cues: HoursCues) -> UnitLengths:
    """Read what a document says of the length of its own academic hours and sittings.

    A word that is given two different lengths is ambiguous and has none; academic hours then keep the default.
    """
    academic: set[float] = set()
    sittings: dict[str, set[float]] = {}
    for match in cues.definition.finditer(folded):
        unit = match["unit"] or match["unit2"]
        minutes = float(match["minutes"] or match["minutes2"])
        if cues.academic_word.fullmatch(unit):
            academic.add(minutes)
        else:
            sittings.setdefault(_singular(unit), set()).add(minutes)
    known = {unit: values.pop() for unit, values in sorted(sittings.items()) if len(values) == 1}
    return UnitLengths(academic.pop() if len(academic) == 1 else cues.academic_minutes, known)


def _singular(unit: str) -> str:
    """Return the last word of a sitting's name without its plural."""
    word = unit.split()[-1]
    for plural, singular in (("iones", "ion"), ("oes", "ao"), ("ses", "s"), ("s", "")):
        if word.endswith(plural) and len(word) > len(plural) + 2:
            return word[: -len(plural)] + singular
    return word


def read_hours(text: str, cues: HoursCues, lengths: UnitLengths, *, column: str | None = None) -> float | None:
    """Return how long the text says that something lasts, in 60-minute hours, or None.

    Args:
        text: The words that say it, such as `2 x 90 min`; not a whole sentence.
        cues: The compiled cues.
        lengths: What the document says of its own periods.
        column: The folded head of the table column in which it stands; None outside a table. Under one, a bare number
            counts in the column's unit, and `3:00` is three hours.
    """
    folded = fold(text).strip().strip("()[]").strip()
    if not folded or cues.ambiguous.search(folded):
        return None
    minutes = _read_span(folded, cues)
    if minutes is None:
        minutes = _read_length(folded, cues, lengths)
    if minutes is None:
        minutes = _read_figures(folded, cues, lengths, column)
    return None if minutes is None or minutes <= 0 else round(minutes / _MINUTES, 4)


def _read_span(folded: str, cues: HoursCues) -> float | None:
    """Add up the stretches of the clock, less the breaks that are named with a length."""
    total = 0.0
    for match in cues.span.finditer(folded):
        if not all(match[f"m{n}"] or match[f"n{n}"] or match[f"p{n}"] for n in (1, 2)) and not match["p2"]:
            return None
        start, end = _minute_of_day(match, 1, match["p2"]), _minute_of_day(match, 2, match["p2"])
        if end <= start:
            # 11:00-1:30 crosses noon on a twelve-hour clock; 14:00-9:00 makes no sense.
            end += 12 * _MINUTES
        if end <= start:
            return None
        total += end - start
    if not total:
        return None
    pause = cues.breaks.search(folded)
    if pause:
        length = cues.clock.search(folded, pause.end())
        short = cues.minute.search(folded, pause.end())
        if length:
            total -= _clock_minutes(length, cues)
        elif short:
            total -= _number(short["count"], cues)
        else:
            return None
    return total


def _minute_of_day(match: re.Match[str], side: int, last_half: str | None) -> float:
    hour = int(match[f"h{side}"])
    minute = int(match[f"m{side}"] or match[f"n{side}"] or 0)
    half = match[f"p{side}"]
    if half is None and side == 1 and last_half and last_half.startswith("p") and hour < int(match["h2"]) and int(match["h2"]) != 12:
        half = last_half
    if half and half.startswith("p") and hour < 12:
        hour += 12
    if half and half.startswith("a") and hour == 12:
        hour = 0
    return hour * _MINUTES + minute


def _read_length(folded: str, cues: HoursCues, lengths: UnitLengths) -> float | None:
    """Read lengths with a unit; more than one counts only where they are joined by `+` or named as parts."""
    match = cues.times.search(folded)
    if match:
        suffix = "" if match["count"] else "2"
        unit = match[f"unit{suffix}"]
        piece = _number(match[f"each{suffix}"], cues)
        if cues.academic_word.fullmatch(unit):
            piece *= lengths.academic
        elif not cues.minute.fullmatch(f"1 {unit}"):
            piece *= _MINUTES
        return _number(match[f"count{suffix}"], cues) * piece
    parts = list(cues.part.finditer(folded))
    if parts:
        return sum(_number(m["count"], cues) for m in parts) * _MINUTES
    for pattern, minutes in ((cues.academic, lengths.academic), (cues.clock, 0.0), (cues.minute, 1.0)):
        found = list(pattern.finditer(folded))
        if not found:
            continue
        rest = pattern.sub(" ", folded)
        if len(found) > 1 and rest.count("+") < len(found) - 1:
            return None
        if pattern is not cues.minute and cues.minute.search(rest):
            return None
        if minutes:
            return sum(_number(m["count"], cues) for m in found) * minutes
        return sum(_clock_minutes(m, cues) for m in found)
    return None


def _clock_minutes(match: re.Match[str], cues: HoursCues) -> float:
    hours = _number(match["hours"] or match["hours2"], cues)
    return hours * _MINUTES + float(match["minutes"] or match["minutes2"] or 0)


def _read_figures(folded: str, cues: HoursCues, lengths: UnitLengths, column: str | None) -> float | None:
    """Read sittings of a length that the document defines, `3:00`, and bare numbers under a column's head."""
    sitting = cues.sitting.search(folded)
    if sitting:
        minutes = lengths.sittings.get(_singular(sitting["unit"]))
        return None if minutes is None else _number(sitting["count"], cues) * minutes
    colon = cues.colon.search(folded)
    if colon and not cues.weekdays.search(folded):
        return int(colon["hours"]) * _MINUTES + int(colon["minutes"])
    bare = cues.bare.fullmatch(folded)
    if bare and (column is not None or "." in bare["count"]):
        return _number(bare["count"], cues) * _column_minutes(column, cues, lengths)
    return None


def _column_minutes(column: str | None, cues: HoursCues, lengths: UnitLengths) -> float:
    if column is None:
        return _MINUTES
    if cues.minute.search(f"1 {column}"):
        return 1.0
    if cues.academic_word.search(column):
        return lengths.academic
    if cues.sitting.search(f"1 {column}"):
        return lengths.sittings.get(_singular(column), 0.0)
    return _MINUTES


def _number(written: str, cues: HoursCues) -> float:
    """Turn figures or a number word into a number; `1.290` and `1,290` are a thousand and more."""
    word = cues.numbers.get(written)
    if word is not None:
        return float(word)
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", written):
        return float(re.sub(r"[.,]", "", written))
    return float(written.replace(",", "."))
