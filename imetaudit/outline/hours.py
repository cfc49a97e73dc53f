"""Read how long a lesson or a course lasts, in hours of sixty minutes.

It knows the ways in which hours are written and which of them are ambiguous; what is ambiguous stays None and is never
guessed. It does not know which words of a document say how long something lasts: it is handed them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from imetaudit.outline.folding import fold

_MINUTES = 60.0
_REACH = 80


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
    whole: re.Pattern[str]
    """How many weeks or days a course lasts, before its hours ("Two weeks, ")."""
    exact: float
    minute_stems: tuple[str, ...]
    """The shortest beginnings of the words for minutes."""
    total: frozenset[str]
    plain_total: frozenset[str]
    """Labels that name hours: a number alone behind one counts in hours."""
    least_plain: float


@dataclass(frozen=True)
class UnitLengths:
    """How many minutes the periods of one document have."""

    academic: float
    sittings: Mapping[str, float]
    """A word for a sitting, in the singular, to minutes; only those that the document defines."""


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(w) for w in sorted({fold(w) for w in words}, key=lambda w: (-len(w), w)))


def _stems(words: object) -> tuple[str, ...]:
    """Return the words that no other begins, leaving out signs such as `'`."""
    kept: list[str] = []
    for word in sorted({fold(w) for w in words} if isinstance(words, list) else (), key=len):
        if len(word) > 1 and not any(word.startswith(stem) for stem in kept):
            kept.append(word)
    return tuple(sorted(kept))


class _Grammar:
    """The pieces of patterns from which those of `HoursCues` are built."""

    def __init__(self, entry: Mapping[str, object], numbers: Iterable[str]) -> None:
        """Fold the words of the entry's lists."""
        self._entry = entry
        self.number = rf"(?:\d{{1,3}}(?:[.,]\d{{3}}){{1,4}}|\d{{1,9}}(?:[.,]\d{{1,9}})?|\b(?:{_either(numbers)}))"
        self.clock, self.minute, self.academic = self.words("clock"), self.words("minute"), self.words("academic")
        self.sitting, self.parts, self.each = self.words("sitting"), self.words("parts"), self.words("each")
        self.end = r"(?![a-z0-9])"

    def listed(self, key: str) -> list[str]:
        """Return a list of the entry."""
        value = self._entry[key]
        return [str(word) for word in value] if isinstance(value, list) else []

    def words(self, key: str) -> str:
        """Return a pattern of any word of a list."""
        return _either(self.listed(key))

    def span(self) -> str:
        """Return the pattern of a stretch of the clock."""
        time = (
            r"(?<![\d.,:])(?P<h{0}>[0-2]?\d)(?:[:.h](?P<m{0}>[0-5]\d)|(?P<n{0}>[0-5]\d))?"
            r"(?:\s?h\b)?\s*(?P<p{0}>[ap]\.?\s?m\.?)?"
        )
        return time.format(1) + rf"\s*(?:{self.words('until')})(?![a-z])\s*" + time.format(2) + r"(?!\d|:\d)"

    def times(self) -> str:
        """Return the pattern of a count of pieces of a stated length."""
        unit = rf"{self.academic}|{self.clock}|{self.minute}"
        loose = rf"(?:{self.each})\s*(?P<each>{self.number})\s*-?\s*(?P<unit>{unit}){self.end}"
        tight = (
            rf"[\s-]*(?:x\s*)?(?P<each2>{self.number})\s*-\s*"
            rf"(?P<unit2>{self.clock}|{self.minute})\s+(?:{self.sitting}|{self.academic})"
        )
        pieces = rf"(?:{self.academic}|{self.sitting})"
        return rf"(?P<count>{self.number})\s*(?:{pieces}\s*)?{loose}|(?P<count2>{self.number})(?:{tight})"

    def hours(self) -> str:
        """Return the pattern of hours and perhaps minutes."""
        minutes = rf"(?P<minutes>\d{{1,2}})(?!\d|\s*(?:{self.clock}){self.end})\s*(?:{self.minute})?"
        return (
            rf"(?<![a-z0-9.,-])(?P<hours>{self.number})\s*-?\s*(?:{self.clock}){self.end}"
            rf"(?:\s*(?:{self.words('plus')})?\s*{minutes})?|(?P<hours2>\d{{1,3}})h(?P<minutes2>[0-5]\d)(?!\d)"
        )

    def definition(self) -> str:
        """Return the pattern of what a document says of the length of its own periods."""
        unit = rf"{self.academic}|{self.sitting}"
        return (
            rf"\b(?P<unit>{unit})\s*(?:=\s*[a-z-]+\s*|\([^)]*\)\s*)?(?:{self.words('defines')})\s*(?:of|de|a)?\s*"
            rf"(?P<minutes>\d{{2}})\s*-?\s*(?:{self.minute}){self.end}"
            rf"|\b(?P<minutes2>\d{{2}})\s*-?\s*(?:{self.minute})\s+(?P<unit2>{unit}){self.end}"
        )

    def tail(self, weekdays: Iterable[str]) -> str:
        """Return the pattern of a length of time at the end of a line."""
        unit = rf"{self.academic}|{self.clock}|{self.minute}|{self.sitting}"
        length = rf"{self.number}\s*-?\s*(?:{unit}|{self.parts}|{self.words('unsized')})"
        more = rf"\s*(?:(?:{self.each}|en)\s*)?(?:{self.number}\s*-?\s*)?(?:{unit}|{self.words('ambiguous')})?"
        many = rf"(?:(?:{_either(weekdays)}),\s*)?(?:{self.number}\s*(?:x|a|to)\s*)?{length}(?:{more})*"
        clock = r"[0-2]?\d[:.h]?[0-5]\d\s*(?:[ap]\.?\s?m\.?)?"
        alone = rf"\d{{1,3}}[:h][0-5]\d|{clock}\s*-\s*{clock}"
        return rf"(?:(?<=\s)|^)(?:{many}|{alone})\s*\d{{0,2}}[.)\]]?\s*$"


def compile_hours(entry: Mapping[str, object], numbers: Mapping[str, int], weekdays: Iterable[str]) -> HoursCues:
    """Compile the `hours` part of the cues file.

    Args:
        entry: The part, checked.
        numbers: Number words and their values.
        weekdays: Days of the week, which tell a time of day (`Thursday, 19:00`) from a length.
    """
    grammar = _Grammar(entry, numbers)
    number, end = grammar.number, grammar.end
    days = list(weekdays)
    return HoursCues(
        numbers=dict(numbers),
        weekdays=re.compile(rf"\b(?:{_either(w for w in days if len(w) > 2)})\b"),
        academic_minutes=float(str(entry["academic_minutes"])),
        tolerance=float(str(entry["tolerance"])),
        ambiguous=re.compile(rf"(?<![a-z])(?:{grammar.words('ambiguous')})(?![a-z])"),
        breaks=re.compile(rf"\b(?:{grammar.words('breaks')})\b"),
        span=re.compile(grammar.span()),
        times=re.compile(grammar.times()),
        clock=re.compile(grammar.hours()),
        academic=re.compile(rf"(?P<count>{number})\s*-?\s*(?:{grammar.academic}){end}"),
        sitting=re.compile(rf"(?P<count>{number})\s*-?\s*(?P<unit>{grammar.sitting}){end}"),
        minute=re.compile(rf"(?P<count>\b{number})\s*-?\s*(?:{grammar.minute}){end}"),
        colon=re.compile(r"(?<![\d:.])(?P<hours>\d{1,3}):(?P<minutes>[0-5]\d)(?![\d:])"),
        part=re.compile(rf"(?P<count>{number})\s*(?:(?:{grammar.clock})\s+)?(?:{grammar.parts}){end}"),
        bare=re.compile(r"\s*(?P<count>\d{1,3}(?:[.,]\d{1,2})?)\s*"),
        definition=re.compile(grammar.definition()),
        tail=re.compile(grammar.tail(days)),
        academic_word=re.compile(rf"(?:{grammar.academic}){end}"),
        whole=re.compile(rf"{number}\s+(?:{grammar.words('spans')})\s*[,;:(]\s*(?=\d)"),
        exact=float(str(entry["exact"])),
        minute_stems=_stems(entry["minute"]),
        total=frozenset(fold(word) for word in grammar.listed("total")),
        plain_total=frozenset(fold(word) for word in grammar.listed("plain_total")),
        least_plain=float(str(entry["least_plain"])),
    )


def read_unit_lengths(folded: str, cues: HoursCues) -> UnitLengths:
    """Read what a document says of the length of its own academic hours and sittings.

    A word that is given two different lengths is ambiguous and has none; academic hours then keep the default.
    """
    academic: set[float] = set()
    sittings: dict[str, set[float]] = {}
    for match in _definitions(folded, cues):
        unit = match["unit"] or match["unit2"]
        minutes = float(match["minutes"] or match["minutes2"])
        if cues.academic_word.fullmatch(unit):
            academic.add(minutes)
        else:
            sittings.setdefault(_singular(unit), set()).add(minutes)
    known = {unit: values.pop() for unit, values in sorted(sittings.items()) if len(values) == 1}
    return UnitLengths(academic.pop() if len(academic) == 1 else cues.academic_minutes, known)


def _definitions(folded: str, cues: HoursCues) -> Iterator[re.Match[str]]:
    """Yield the definitions of periods, looking only around the words for minutes, which are rare."""
    done = 0
    at = _first(folded, cues.minute_stems, 0)
    while at is not None:
        for match in cues.definition.finditer(folded, max(done, at - _REACH), at + _REACH // 2):
            done = match.end()
            yield match
        at = _first(folded, cues.minute_stems, max(done, at + 1))


def _first(folded: str, stems: Iterable[str], start: int) -> int | None:
    return min((at for stem in stems if (at := folded.find(stem, start)) >= 0), default=None)


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
    if (
        half is None
        and side == 1
        and last_half
        and last_half.startswith("p")
        and hour < int(match["h2"])
        and int(match["h2"]) != 12
    ):
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
        if cues.clock.search(cues.part.sub(" ", folded)):
            return None
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


def count_of_periods(folded: str, cues: HoursCues) -> float | None:
    """Return how many academic hours or sittings a folded length counts, None where it counts hours of sixty minutes.

    `72 periods of 50 minutes` and `50 academic hours` count periods; `40 hours` and `2 x 90 min` do not.
    """
    match = cues.academic.search(folded) or (None if cues.clock.search(folded) else cues.sitting.search(folded))
    return _number(match["count"], cues) if match else None


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
    stated = cues.minute.search(column)
    if stated:
        # "Periods (50 min)"
        return _number(stated["count"], cues)
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
