"""Part a document into the pieces that get a kind: its segments, and the lines of segments that hold several parts.

It knows where a segment must be cut because an extractor ran a heading, a `Label: text` line, a lesson or a row of an
unruled table into its neighbour. It does not know what kind a piece gets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from imetaudit.model import Document, Segment, SegmentKind
from imetaudit.outline.cues import OutlineCues
from imetaudit.outline.folding import fold, words_of

_LABEL = re.compile(r"[\s*_>#•|\-]*(?P<label>[^:\n|]{2,48}?)\s*[*_]*:(?!\d|//)[*_]*\s*")
_RUN_IN = re.compile(
    r"[\s*_>#•|\-]*(?:\(?\d{1,2}\\?[.)]\s*)?[*_]*(?P<label>[^\W\d_]+(?: (?:[^\W\d_]+|&)){0,3})"
    r"[*_]*(?:\.[*_]*|\s[-–—])\s+(?=\S)"
)
_NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-h])\\?[.)]\s*")
_LABEL_REACH = 60
_NEXT_LABEL = re.compile(r"(?<=\S)(?:\s*[.;,·|•–—]\s*|\s+)(?=[A-ZÀ-Þ][^\W\d_]+(?: [^\W\d_]+){0,2} ?:\s)")
_BARE = re.compile(r"^[\s*_>#|•▪◦·\"“\\]*")
BULLETS = "*_>#| •▪◦·\\\t"
_NAMED_NUMBER = re.compile(r"\s+(?:[A-Z][\w-]*\s?){1,2}\d*[.:]\s+[A-Z¿¡]")
_TAIL_WINDOW = 48
_RULE = "-----"
_RULES = re.compile(r"(?<!-)(?:-{5,}+\s++)++(?=\S)")
_ENDS = ".;:)!?]"


@dataclass(frozen=True)
class Unit:
    """A piece of text that gets one kind: a segment, or some of its lines."""

    start: int
    end: int
    kind: SegmentKind
    folded: str
    """Its text, folded; as long as the text itself."""
    raw: str
    level: int = 0
    page: int | None = None
    cells: tuple[tuple[int, int], ...] = ()
    """Of a table row the offsets of its cells in the document."""
    table: int | None = None

    @property
    def is_running(self) -> bool:
        """Whether it repeats on every page."""
        return self.kind in (SegmentKind.HEADER, SegmentKind.FOOTER)

    @property
    def is_heading(self) -> bool:
        """Whether the extractor took it for a heading."""
        return self.kind is SegmentKind.HEADING

    @property
    def words(self) -> list[str]:
        """Its folded words."""
        return words_of(self.folded)

    @property
    def first_line(self) -> str:
        """Its first line, folded."""
        return self.folded.split("\n", 1)[0]


@dataclass(frozen=True)
class Label:
    """The label of a `Label: text` line."""

    name: str
    """Folded, without the colon."""
    rule: int | None
    """The number of the rule that it opens, if any."""
    text_start: int
    """Where the text after it begins, within the unit."""


def read_label(folded: str, cues: OutlineCues) -> Label | None:
    """Return the label with which a folded line begins, or None."""
    if ":" not in folded[:_LABEL_REACH]:
        return None
    match = _LABEL.match(folded)
    if not match or match["label"].count(" ") > cues.content.heading_words // 2:
        return None
    name = match["label"].strip(" *_\"'")
    return Label(name, cues.headings.find(name), match.end()) if name else None


def read_run_in(folded: str, cues: OutlineCues) -> Label | None:
    """Return the heading with which a folded paragraph begins ("2) Attendance. Come to class."), or None.

    It must be the whole of a cue: any sentence may begin with a word and a full stop.
    """
    match = _RUN_IN.match(folded)
    if not match or not cues.headings.is_whole(match["label"]):
        return None
    return Label(match["label"].strip(), cues.headings.find(match["label"]), match.end())


def label_starts(raw: str) -> list[int]:
    """Return where the labelled parts of a line begin: "Code: X-1. Edition: 2026 · Room: 4" has three.

    >>> label_starts("Code: X-1. Edition: 2026"), label_starts("Course Name: Media: part one")
    ([0, 11], [0, 13])
    """
    starts = [0]
    if raw.count(":") > 1:
        for match in _NEXT_LABEL.finditer(raw):
            # What has no colon of its own is the beginning of the label ("Course | Name: …").
            if ":" in raw[starts[-1] : match.start()]:
                starts.append(match.end())
    return starts


def begins_with_capital(raw: str) -> bool:
    """Whether a line's first word, behind a bullet and number, has a capital."""
    return _NUMBER.sub("", raw.strip(" *_>#•|-"), count=1).strip(" *_")[:1].isupper()


def is_numbered(raw: str) -> bool:
    """Whether a line begins with a number or letter of a list."""
    return _NUMBER.match(raw.strip(" *_>#•|-")) is not None


def read_heading(unit_line: str, cues: OutlineCues) -> int | None:
    """Return the rule that a short folded line opens as a heading, or None."""
    line = unit_line.strip()
    if len(line) > cues.content.heading_characters or line.count(" ") >= cues.content.heading_words:
        return None
    return cues.headings.find(line)


def is_heading_shaped(raw: str, cues: OutlineCues) -> bool:
    """Whether a line looks like a heading: short, begun with a capital, not ended as a sentence."""
    line = raw.strip().strip(BULLETS)
    if not line or len(line) > cues.content.heading_characters or line.count(" ") >= cues.content.heading_words:
        return False
    first = next((c for c in line if c.isalpha()), "")
    return (first.isupper() or line.count(" ") <= 2) and not line.endswith((".", ",", ";", "!")) and "\n" not in line


def part(document: Document, cues: OutlineCues) -> list[Unit]:
    """Return the pieces of a document in order; together they hold every segment."""
    folded = fold(document.text)
    units: list[Unit] = []
    for segment in document.segments:
        units.extend(_cut(segment, document.text, folded, cues))
    return units


def _cut(segment: Segment, text: str, folded: str, cues: OutlineCues) -> Iterator[Unit]:
    starts = [segment.start]
    divisible = segment.kind in (SegmentKind.PARAGRAPH, SegmentKind.LIST_ITEM, SegmentKind.HEADING)
    if divisible and "\n" in text[segment.start : segment.end]:
        starts.extend(_cuts(segment, text, folded, cues))
    if divisible:
        starts = sorted({*starts, *_glued(segment, text, folded, cues)})
    for start, end in zip(starts, [*starts[1:], segment.end], strict=True):
        trimmed = start + len(text[start:end].rstrip()) if end != segment.end else end
        yield Unit(
            start=start,
            end=max(start, trimmed),
            kind=segment.kind,
            folded=folded[start:trimmed],
            raw=text[start:trimmed],
            level=segment.level,
            page=segment.page,
            cells=segment.cells,
            table=segment.table,
        )


def _glued(segment: Segment, text: str, folded: str, cues: OutlineCues) -> Iterator[int]:
    """Yield where a lesson begins within a line that began with another of the same word, and after a ruled line."""
    if _RULE in folded[segment.start : segment.end]:
        yield from (segment.start + match.end() for match in _RULES.finditer(text[segment.start : segment.end]))
    if not text[segment.start].isupper():
        return
    match = cues.lessons.named.match(folded, segment.start)
    numbered = starts_lesson(folded[segment.start : segment.end], text[segment.start : segment.end], cues)
    if numbered:
        begin, after = segment.start, segment.start + numbered.end("word")
    elif match and match.end() <= segment.end:
        begin, after = match.start("word"), match.end("word")
    else:
        return
    word = text[begin:after]
    for again in re.finditer(rf"(?<=\s){re.escape(word)}\s", text[after : segment.end]):
        at = after + again.start()
        if not match and text[begin:at].rstrip()[-1:] not in _ENDS:
            continue
        if starts_lesson(folded[at : segment.end], text[at : segment.end], cues) or _NAMED_NUMBER.match(
            text, at + len(word)
        ):
            yield at


def _cuts(segment: Segment, text: str, folded: str, cues: OutlineCues) -> Iterator[int]:
    """Yield where a segment's later lines begin something new."""
    after_row = False
    before = ""
    position = segment.start
    for line in text[segment.start : segment.end].split("\n"):
        low = folded[position : position + len(line)]
        if position > segment.start and low.strip() and (after_row or _begins_anew(low, line, before, cues)):
            yield position
        after_row = bool(low.strip()) and _ends_as_row(low, cues)
        before = low
        position += len(line) + 1


def _begins_anew(low: str, raw: str, before: str, cues: OutlineCues) -> bool:
    bare = _BARE.sub("", low, count=1)
    if not bare:
        return False
    if starts_lesson(bare, raw.strip().lstrip(BULLETS + '"“'), cues):
        return True
    dated = cues.lessons.dated.match(bare)
    if (
        dated
        and not before.rstrip().endswith((",", "-"))
        and (len(before) < 55 or before.rstrip().endswith((".", ":", ")")))
    ):
        return True
    if is_heading_shaped(raw, cues) and cues.headings.whole.get(bare.strip(" :.*_")) is not None:
        return True
    colon = bare.find(":", 2, 48)
    if colon < 0 or not raw.strip(BULLETS)[:1].isupper():
        return False
    label = read_label(bare, cues)
    return label is not None and label.rule is not None


def starts_lesson(bare: str, raw: str, cues: OutlineCues) -> re.Match[str] | None:
    """Return the match of a lesson word with its number at the start of a line, or None.

    `Week 3 we will` and `class I took` are prose: a number in figures is followed by a capital or a mark, and a number
    in letters is in capitals and followed by a mark.
    """
    if not raw[:1].isupper():
        return None
    match = cues.lessons.numbered.match(bare)
    if not match:
        return None
    number, after = raw[match.start("number") : match.end("number")], raw[match.end() :]
    follows = after.lstrip()
    marked = not follows or follows[0] in '.:;)(-–—[,|/\n"“'
    if any(c.isdigit() for c in number) or match["number"] in cues.hours.numbers:
        return match if marked or follows[0].isupper() or follows[0].isdigit() or follows[0] in "¿¡«‘'*_" else None
    return match if number.isupper() and (marked and not follows.startswith(",")) else None


def _ends_as_row(low: str, cues: OutlineCues) -> bool:
    """Whether a line ends with a length of time, as a row of an unruled schedule does."""
    tail = low.rstrip()
    if not any(c.isdigit() for c in tail[-_TAIL_WINDOW:]) and not tail.endswith("day"):
        return False
    return cues.hours.tail.search(tail, max(0, len(tail) - _TAIL_WINDOW)) is not None
