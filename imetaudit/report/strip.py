"""The lessons of one course as a strip: how long each is, and which areas it carries.

It knows shapes that stay apart in greyscale and on paper. It computes no number but lengths on the page, and selects
nothing: every lesson of the course has its place, in the order of the syllabus.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from itertools import pairwise

from imetaudit.model import LessonRecord
from imetaudit.report.blocks import Figure
from imetaudit.report.wording import decimal, listing, shorten

_WIDTH = 640
_LABEL = 200
_ROW = 20
_BAR = 13
_HEAD = 6
_FOOT = 16
_LEAST = 3.0  # points that the shortest lesson is wide


def lesson_strip(course: str, lessons: Sequence[LessonRecord], labels: Mapping[str, str]) -> Figure | None:
    """Return a row an area with a dark cell for each lesson that carries it; None where no lesson carries any.

    A lesson is as wide as its hours where all lessons state them; otherwise all are of one width. Lessons that a
    student may leave out are hatched.
    """
    areas = [area for area in labels if any(area in lesson.areas for lesson in lessons)]
    if not areas:
        return None
    timed = all(lesson.hours is not None for lesson in lessons)
    edges = _edges([lesson.hours or 0.0 if timed else 1.0 for lesson in lessons])
    height = _HEAD + _ROW * len(areas) + _FOOT
    title = f"{shorten(course, 60)}: lessons and what they carry"
    drawing = [
        f'<svg class="bars" role="img" viewBox="0 0 {_WIDTH} {height}" aria-label="{escape(title, quote=True)}">',
        *(_row(area, labels[area], lessons, edges, _HEAD + _ROW * row) for row, area in enumerate(areas)),
        _scale(lessons, edges, height),
        "</svg>",
    ]
    width = "as wide as its hours" if timed else "of one width, because not all state hours"
    notes = (f"Each cell is a lesson, {width}. Dark: the lesson carries the area. Hatched: and need not be attended.",)
    words = tuple(_in_words(lesson, labels) for lesson in lessons if lesson.areas)
    return Figure(title, "".join(drawing), words, notes=notes, numbered=False)


def _edges(lengths: Sequence[float]) -> list[float]:
    """Return where each lesson begins on the page, and where the last one ends."""
    room = _WIDTH - _LABEL - 2
    total = sum(lengths) or 1.0
    widths = [max(_LEAST, room * length / total) for length in lengths]
    shrink = room / sum(widths)
    edges = [float(_LABEL)]
    for width in widths:
        edges.append(edges[-1] + width * shrink)
    return edges


def _row(area: str, label: str, lessons: Sequence[LessonRecord], edges: Sequence[float], top: int) -> str:
    parts = [f'<text x="{_LABEL - 8}" y="{top + 11}" text-anchor="end">{escape(shorten(label, 33))}</text>']
    grid = "".join(f"M{x:.1f} {top}v{_BAR}" for x in edges)
    for lesson, (left, right) in zip(lessons, pairwise(edges), strict=True):
        if area in lesson.areas:
            fill = "#003a70" if lesson.mandatory else "url(#p-mentioned)"
            parts.append(f'<rect x="{left:.1f}" y="{top}" width="{right - left:.1f}" height="{_BAR}" fill="{fill}"/>')
    frame = f"M{edges[0]:.1f} {top}H{edges[-1]:.1f}M{edges[0]:.1f} {top + _BAR}H{edges[-1]:.1f}"
    parts.append(f'<path d="{grid}{frame}" class="whole"/>')
    return "".join(parts)


def _scale(lessons: Sequence[LessonRecord], edges: Sequence[float], height: int) -> str:
    """Return the numbers of the first and last lesson below the strip."""
    first, last = (shorten(lessons[place].number or str(place % len(lessons) + 1), 18) for place in (0, -1))
    return (
        f'<text x="{edges[0]:.1f}" y="{height - 3}" class="key">{escape(first)}</text>'
        f'<text x="{edges[-1]:.1f}" y="{height - 3}" text-anchor="end" class="key">{escape(last)}</text>'
    )


def _in_words(lesson: LessonRecord, labels: Mapping[str, str]) -> str:
    named = shorten(lesson.number, 20) or shorten(lesson.title, 60)
    length = f" ({decimal(lesson.hours)} h)" if lesson.hours is not None else ""
    choice = "" if lesson.mandatory else ", not mandatory"
    carried = listing([shorten(labels.get(area, area), 60) for area in sorted(lesson.areas)])
    return f"Lesson {named}{length}{choice}: {carried}."
