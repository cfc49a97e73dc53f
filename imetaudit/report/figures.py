"""The report's drawings: inline SVG made from numbers, and the same in words.

It knows shapes, shades and patterns that stay apart in greyscale and on paper. It computes no number of its own
but lengths on the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from imetaudit.report.blocks import Figure
from imetaudit.report.numbers import AreaNumbers, State, TopicNumbers
from imetaudit.report.wording import OUTCOME_NAMES, count, shorten

_WIDTH = 640
_LABEL = 200
_BAR = 22
_STEP = 34
_KEY = 26
_TOPIC_LABEL = 270
_TOPIC_STEP = 22

# Each state has a pattern of its own (`templates/signs.svg`), so that none is told by colour alone.
_FILLS = {
    State.COVERED: "#003a70",
    State.MENTIONED_ONLY: "url(#p-mentioned)",
    State.NO_EVIDENCE: "#ffffff",
    State.NOT_AUDITABLE: "url(#p-unread)",
    State.NO_SYLLABUS: "url(#p-absent)",
}


def outcome_bars(title: str, areas: Sequence[AreaNumbers], source: str, notes: tuple[str, ...] = ()) -> Figure:
    """Return a stacked bar an area, each as long as the catalogue, with the number of courses in each state."""
    height = _KEY + _STEP * len(areas) + 4
    drawing = [
        f'<svg class="bars" role="img" viewBox="0 0 {_WIDTH} {height}" aria-label="{escape(title, quote=True)}">',
        _key(),
        *(_bar(area, _KEY + 6 + _STEP * row) for row, area in enumerate(areas)),
        "</svg>",
    ]
    return Figure(title, "".join(drawing), tuple(bar_in_words(area) for area in areas), source, notes)


def bar_in_words(area: AreaNumbers) -> str:
    """Return what a bar shows."""
    parts = [f"{OUTCOME_NAMES[state].lower()} {area.tally.of(state):,}" for state in State]
    return f"{shorten(area.label, 80)}: {', '.join(parts)}; together {count(area.tally.courses, 'course')}."


def _key(states: Sequence[State] = tuple(State)) -> str:
    """Return the key, its entries beside each other in the order of the bars."""
    entries, x = [], 0.0
    for state in states:
        name = OUTCOME_NAMES[state]
        entries.append(
            f'<rect x="{x:g}" y="3" width="16" height="12" fill="{_FILLS[state]}" stroke="#222" stroke-width=".8"/>'
            f'<text x="{x + 21:g}" y="13.5" class="key">{escape(name)}</text>'
        )
        x += 32 + 6.1 * len(name)
    return "".join(entries)


def _bar(area: AreaNumbers, top: int) -> str:
    whole, room = area.tally.courses, _WIDTH - _LABEL - 2
    parts = [f'<text x="{_LABEL - 8}" y="{top + 15}" text-anchor="end">{escape(shorten(area.label, 33))}</text>']
    x = float(_LABEL)
    for state in State:
        number = area.tally.of(state)
        if not number:
            continue
        width = room * number / whole
        parts.append(
            f'<rect x="{x:.1f}" y="{top}" width="{width:.1f}" height="{_BAR}" fill="{_FILLS[state]}" '
            'stroke="#222" stroke-width=".8"/>'
        )
        parts.append(_number(x + width / 2, top, number, width, dark=state is State.COVERED))
        x += width
    return "".join(parts)


def _number(middle: float, top: int, number: int, width: float, *, dark: bool) -> str:
    """Return the number in its part of the bar, on a plate where it has a pattern; nothing without room."""
    digits = f"{number:,}"
    room = 8.0 * len(digits) + 6
    if width < room + 1:
        return ""
    text = (
        f'<text x="{middle:.1f}" y="{top + 15.5}" text-anchor="middle" class="n{" w" if dark else ""}">{digits}</text>'
    )
    if dark:
        return text
    return f'<rect x="{middle - room / 2:.1f}" y="{top + 4}" width="{room:g}" height="14" rx="2" fill="#fff"/>{text}'


def topic_bars(area: AreaNumbers, source: str) -> Figure:
    """Return a bar a topic of the area: the audited courses that cover it, and those that only mention it."""
    height = _KEY + _TOPIC_STEP * len(area.topics) + 4
    title = f"{shorten(area.label, 80)}: audited courses by topic"
    drawing = [
        f'<svg class="bars" role="img" viewBox="0 0 {_WIDTH} {height}" aria-label="{escape(title, quote=True)}">',
        _key((State.COVERED, State.MENTIONED_ONLY)),
        *(_topic_bar(topic, _KEY + 4 + _TOPIC_STEP * row) for row, topic in enumerate(area.topics)),
        "</svg>",
    ]
    notes = (
        f"The full width is the {count(area.tally.audited, 'audited course')}. In parentheses, courses that only "
        "mention the topic. A course may cover several topics.",
    )
    words = tuple(
        f"{shorten(topic.label, 80)}: covered by {topic.covered:,}, mentioned only by {topic.mentioned_only:,}, "
        f"of {topic.audited:,}."
        for topic in area.topics
    )
    return Figure(title, "".join(drawing), words, source, notes)


def _topic_bar(topic: TopicNumbers, top: int) -> str:
    room = _WIDTH - _TOPIC_LABEL - 118
    parts = [
        f'<text x="{_TOPIC_LABEL - 8}" y="{top + 12}" text-anchor="end">{escape(shorten(topic.label, 44))}</text>',
        f'<rect x="{_TOPIC_LABEL}" y="{top + 1}" width="{room}" height="14" class="whole"/>',
    ]
    x = float(_TOPIC_LABEL)
    for state, number in ((State.COVERED, topic.covered), (State.MENTIONED_ONLY, topic.mentioned_only)):
        width = room * number / topic.audited if topic.audited else 0.0
        if width:
            parts.append(
                f'<rect x="{x:.1f}" y="{top + 1}" width="{width:.1f}" height="14" fill="{_FILLS[state]}" '
                'stroke="#222" stroke-width=".8"/>'
            )
        x += width
    tail = f"{topic.covered:,} of {topic.audited:,}" + (f" (+{topic.mentioned_only:,})" if topic.mentioned_only else "")
    parts.append(f'<text x="{_WIDTH - 112}" y="{top + 12.5}" class="n">{tail}</text>')
    return "".join(parts)
