"""Give every piece of a syllabus its kind, in reading order.

It knows how long a heading holds, when a lesson begins and ends, and when content outweighs the part in which it
stands. It does not know any cue by itself: headings, labels and content come from `signals`, lessons from `marks`.

What is university boilerplate must not be taken for teaching, nor a lecture's title for boilerplate: inside a schedule
only a heading of its own rank, or a paragraph full of policy, ends a lesson; and a mark of a lesson ends any policy.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from imetaudit.model import Section, SectionKind, SegmentKind
from imetaudit.outline.closing import find_close, is_footer
from imetaudit.outline.cues import OutlineCues, SectionRule
from imetaudit.outline.facts import kind_of_fact, labels_of
from imetaudit.outline.nesting import Heading, Nesting, capital_headings
from imetaudit.outline.pieces import Piece, join, row_pieces
from imetaudit.outline.rows import Mark
from imetaudit.outline.signals import (
    Content,
    aside_of,
    content_of,
    is_citation,
    is_whole_cue,
    label_of,
    rule_of_label,
    verb_lists,
)
from imetaudit.outline.standing import AFTER, IN_LESSON, PERSONAL, READINGS, UNDECIDED, Standing, within_lesson
from imetaudit.outline.stated import stated_number
from imetaudit.outline.units import Label, Unit, is_heading_shaped, is_numbered
from imetaudit.outline.weighing import kind_of_count, turn
from imetaudit.outline.within import LessonParts

_NUMBERED_TITLE = re.compile(r"\s*(?:[ivx]{1,5}|\d{1,2}|[a-h])[.):]\s*\S|\s*[a-z]{4,6}\s+[ivx\d]{1,5}[.:]\s*\S")
_TAIL = 24
_SENTENCE = re.compile(r"[^\W\d_]{2}[.!?]\W*$")


def make_sections(
    units: Sequence[Unit],
    marks: Mapping[int, Mark],
    lesson_of: Mapping[int, int],
    rules: Mapping[int, int],
    facts: frozenset[int],
    cues: OutlineCues,
) -> tuple[Section, ...]:
    """Return the sections in order; together they hold every unit.

    Args:
        units: The pieces of the document.
        marks: Where lessons and their frames begin, by unit.
        lesson_of: The index of the lesson that begins at a unit.
        rules: The rule of each unit that is a heading with a cue.
        facts: The rows of tables that hold facts about the course.
        cues: The compiled cues.
    """
    walk = _Walk(units, marks, lesson_of, rules, facts, cues)
    return join(walk.pieces())


class _Walk:
    """One pass over the pieces of a document."""

    def __init__(
        self,
        units: Sequence[Unit],
        marks: Mapping[int, Mark],
        lesson_of: Mapping[int, int],
        rules: Mapping[int, int],
        facts: frozenset[int],
        cues: OutlineCues,
    ) -> None:
        self._units = units
        self._marks = marks
        self._lesson_of = lesson_of
        self._rules = rules
        self._facts = facts
        self._fact = (SectionKind.OTHER, "")
        """The kind and label of the last fact, which a row without a label goes on with."""
        self._rows = {row: mark for mark in marks.values() for row in mark.rows}
        self._close = find_close(units, marks)
        self._cues = cues
        self._last_mark = max(marks, default=-1)
        self._first_mark = min(marks, default=len(units))
        self._verbs = verb_lists(units, cues)
        self._capitals = capital_headings(units, rules, cues)
        self._nesting = Nesting(units, rules, marks, cues)
        self._state = Standing(SectionKind.TITLE)
        self._mark_level = 0
        self._parts = LessonParts(cues)
        self._follow: tuple[SectionKind, str] | None = None
        """A kind that the items after a paragraph ending with a colon share with it."""

    def pieces(self) -> list[Piece]:
        """Return the pieces in order."""
        found: list[Piece] = []
        for index, unit in enumerate(self._units):
            found.extend(self._step(index, unit))
        return found

    def _step(self, index: int, unit: Unit) -> list[Piece]:
        state = self._state
        aside = aside_of(unit)
        if aside is not None:
            return [Piece(aside, "", unit.start, unit.end, unit.page, None)]
        if unit.kind is SegmentKind.NOTE:
            # A note is about what stands above it; without a part above it, nothing is known of it.
            return [self._piece(unit, SectionKind.OTHER if state.kind in UNDECIDED else None)]
        if index in self._marks:
            return self._lesson(index, unit)
        if index in self._rows and state.lesson is not None:
            return row_pieces(unit, self._rows[index].table, state.title, state.lesson)
        if index in self._facts:
            return self._facts_of(index, unit)
        if self._frames_next(index, unit):
            self._state = replace(
                self._state, kind=SectionKind.LESSON, title=" ".join(unit.raw.split()), lesson=None, in_schedule=True
            )
            return [self._piece(unit)]
        if self._names_someone(index):
            return [self._piece(unit, SectionKind.CONTACT, "")]
        if index in self._rules and self._open(index, unit, self._nesting.rule_of(index)):
            return [self._piece(unit)]
        if state.lesson is not None and self._parts.goes_on(unit):
            return [self._piece(unit, SectionKind.REQUIRED_READING)]
        if state.in_schedule and state.kind in READINGS and self._parts.ends_reading(unit):
            self._state = replace(state, kind=SectionKind.LESSON)
        return [self._told(index, unit)]

    def _told(self, index: int, unit: Unit) -> Piece:
        """Give a piece that begins nothing known its kind: by its label, as an unknown heading, by its content."""
        label = label_of(unit, self._cues)
        if label is not None and label.rule is not None:
            rule = rule_of_label(unit, self._cues.rules[label.rule], self._cues)
            piece = self._labelled(index, unit, label, rule)
            if piece is not None:
                return piece
        if (unit.is_heading or index in self._capitals) and index not in self._rules:
            return self._unknown_heading(index, unit)
        return self._piece(unit, *self._by_content(index, unit, self._state))

    def _piece(self, unit: Unit, kind: SectionKind | None = None, title: str | None = None) -> Piece:
        state = self._state
        named = state.title if title is None else title
        return Piece(kind or state.kind, named, unit.start, unit.end, unit.page, state.lesson)

    def _frames_next(self, index: int, unit: Unit) -> bool:
        """Whether a line without cue, or with a number of its own, stands as a title right before a lesson."""
        after = index + 1
        if (
            after not in self._marks
            or unit.kind is SegmentKind.TABLE_ROW
            or not is_heading_shaped(unit.raw, self._cues)
        ):
            return False
        last = unit.kind is SegmentKind.LIST_ITEM and self._state.kind in IN_LESSON
        if last or (self._state.lesson is not None and is_citation(unit.folded, self._cues)):
            # The last of a lesson's readings is no title of the next lesson.
            return False
        if index in self._rules:
            return _NUMBERED_TITLE.match(unit.folded) is not None
        begun = self._state.in_schedule or unit.is_heading or _NUMBERED_TITLE.match(unit.folded) is not None
        return begun and self._marks[after].table is None and ":" not in unit.folded

    def _names_someone(self, index: int) -> bool:
        """Whether a heading only names the teacher, or in the title block is followed by another heading."""
        if index not in self._rules or index + 1 >= len(self._units):
            return False
        unit, kind = self._units[index], self._cues.rules[self._rules[index]].kind
        if kind is SectionKind.BIOGRAPHY and self._cues.identity.people.match(unit.folded.strip()):
            # "Professor A. Person" opens no biography; "Professor" may.
            return not is_whole_cue(unit, self._cues)
        in_title = index < self._cues.content.title_units
        return in_title and kind in PERSONAL and self._units[index + 1].is_heading

    def _lesson(self, index: int, unit: Unit) -> list[Piece]:
        """Begin a lesson, or the frame of several; a row's readings and tasks are pieces of their own."""
        mark = self._marks[index]
        self._mark_level = unit.level if unit.is_heading else 0
        lesson = self._lesson_of.get(index)
        title = " ".join(unit.raw.split("\n", 1)[0].split())[: self._cues.lessons.title_characters]
        self._follow = None
        self._state = replace(
            self._state,
            kind=SectionKind.LESSON,
            title=title,
            level=unit.level if unit.is_heading else 0,
            headed=True,
            lesson=lesson,
            in_schedule=True,
        )
        if mark.table is None:
            return [self._piece(unit)]
        return row_pieces(unit, mark.table, title, lesson)

    def _facts_of(self, index: int, unit: Unit) -> list[Piece]:
        """Give each label and value of a row of facts its kind; the part in which the table stands goes on."""
        state = self._state
        undecided = not state.in_schedule and (state.kind in UNDECIDED or not state.headed)
        labels = labels_of(unit, self._cues)
        if not labels:
            return [self._piece(unit, *self._fact)]
        pieces: list[Piece] = []
        starts = [unit.start, *[start for start, end in unit.cells if end > start][2::2]]
        for label, start, end in zip(labels, starts, [*starts[1:], unit.end], strict=True):
            rule = None if label.rule is None else self._cues.rules[label.rule]
            if rule is not None and state.in_schedule and self._more_lessons(index) and rule.kind not in IN_LESSON:
                rule = None
            kind = kind_of_fact(rule, len(unit.words), state.kind, self._cues, undecided=undecided)
            self._fact = (kind, label.name if kind is not state.kind else state.title)
            pieces.append(Piece(*self._fact, start, end, unit.page, state.lesson))
        return pieces

    def _open(self, index: int, unit: Unit, rule: SectionRule) -> bool:
        """Open the part of a heading with a cue; False where the heading does not end the lesson it stands in."""
        state = self._state
        more = self._more_lessons(index) or (state.lesson is not None and self._parts.knows(unit))
        level = unit.level if unit.is_heading else 0
        title = " ".join(unit.raw.split()).strip(" *_:")
        self._follow = None
        if state.in_schedule and not rule.schedule and more and not self._leaves(state, level, rule):
            named = unit.is_heading or unit.folded.rstrip(" *_").endswith(":") or rule.kind in READINGS
            if rule.kind in IN_LESSON and named:
                told = not unit.is_heading and ":" in unit.folded.rstrip(" *_")[:-1]
                self._state = replace(state, kind=within_lesson(rule.kind, told=told), title=title, headed=True)
                self._parts.pass_heading(unit)
                return True
            return False
        self._state = Standing(
            rule.kind,
            title,
            level,
            headed=True,
            schedule_level=level if rule.schedule else state.schedule_level,
            in_schedule=rule.schedule,
        )
        if level:
            self._nesting.enter(Heading(level, rule.kind, title))
        return True

    def _more_lessons(self, index: int) -> bool:
        """Whether the schedule goes on after a piece: a mark comes before the next schedule heading."""
        return index < self._last_mark

    def _leaves(self, state: Standing, level: int, rule: SectionRule) -> bool:
        """Whether a heading of another kind leaves a schedule that goes on later."""
        if rule.kind in READINGS | {SectionKind.OTHER}:
            return False
        if level and state.schedule_level:
            return level <= state.schedule_level
        if level and state.level:
            return level <= state.level and rule.kind not in IN_LESSON
        return bool(level) and rule.kind not in IN_LESSON

    def _labelled(self, index: int, unit: Unit, label: Label, rule: SectionRule) -> Piece | None:
        """Give a `Label: text` piece its kind; None where the label does not count here."""
        state = self._state
        if stated_number(unit.folded[label.text_start :], label.name, self._cues) is not None:
            # "Hours: 40" is the length of the course; "Hours: 9-11" are those of the office.
            return self._piece(unit, SectionKind.OTHER, label.name)
        if rule.schedule:
            # "Topics: a, b and c" is teaching, "Units: 3" is not, and neither opens a list of lessons.
            text = unit.folded[label.text_start :]
            if text.startswith("("):
                self._state = Standing(SectionKind.LESSON, label.name, 0, headed=True, in_schedule=True)
                return self._piece(unit)
            many = len(text.split()) >= self._cues.content.least_words
            return self._piece(unit, SectionKind.LESSON, label.name) if many and not state.in_schedule else None
        inside = state.in_schedule and (self._more_lessons(index) or rule.kind in IN_LESSON)
        if inside:
            if rule.kind not in IN_LESSON:
                return None
            told = len(unit.words) >= self._cues.content.prose_words or unit.folded.rstrip().endswith((":", "?"))
            kind = within_lesson(rule.kind, told=told)
            self._state = replace(state, kind=kind, title=label.name, headed=True)
            return self._piece(unit)
        if rule.kind is SectionKind.BIOGRAPHY and len(unit.words) < self._cues.content.guarded_words:
            # "Instructor: A. Person" names somebody; a biography says more.
            return self._piece(unit, SectionKind.CONTACT, label.name)
        if rule.kind is SectionKind.OTHER or not rule.sticky:
            if state.headed and state.kind not in UNDECIDED | {SectionKind.TITLE, SectionKind.BIOGRAPHY}:
                # A "Date:" or "Time:" among a part's own lines belongs to the part.
                return None if rule.kind is SectionKind.OTHER else self._piece(unit, rule.kind, label.name)
            return self._piece(unit, rule.kind, label.name)
        goes_on = state.kind is rule.kind or (state.kind is SectionKind.POLICY and not state.labelled)
        if state.headed and goes_on and rule.kind is not SectionKind.DESCRIPTION:
            return self._piece(unit, rule.kind, label.name) if rule.kind is SectionKind.POLICY else None
        under_task = state.kind is SectionKind.ASSESSMENT and state.level > 0
        in_list = unit.kind is SegmentKind.LIST_ITEM and (state.headed or is_numbered(unit.raw))
        if in_list or (under_task and state.headed):
            return self._piece(unit, rule.kind, label.name)
        self._follow = None
        self._state = Standing(
            rule.kind, label.name, 0, headed=True, schedule_level=state.schedule_level, labelled=True
        )
        return self._piece(unit)

    def _unknown_heading(self, index: int, unit: Unit) -> Piece:
        """Pass a heading without a cue: part of the part it stands in where it is lower, else the end of it."""
        state, level = self._state, unit.level if unit.is_heading else 0
        self._follow = None
        title = " ".join(unit.raw.split())
        if state.kind is SectionKind.TITLE and index < self._cues.content.title_units:
            return self._piece(unit)
        if state.in_schedule:
            if state.lesson is not None and index < self._close.index and self._parts.is_reading(unit):
                return self._piece(unit, SectionKind.REQUIRED_READING)
            if self._more_lessons(index) or (level and level > (self._mark_level or state.schedule_level)):
                if state.kind in IN_LESSON:
                    self._state = replace(state, kind=SectionKind.LESSON, title=title)
                return self._piece(unit)
        elif state.headed and state.level and level > state.level:
            return self._piece(unit)
        kind = self._nesting.kind_of(index, state.kind)
        self._state = Standing(kind, title, level, headed=kind is not SectionKind.OTHER)
        if level:
            self._nesting.enter(Heading(level, kind, title))
        return self._piece(unit)

    def _by_content(self, index: int, unit: Unit, state: Standing) -> tuple[SectionKind, str]:
        """Weigh the content of a piece without heading against the part in which it stands."""
        cues = self._cues.content
        content = content_of(unit, self._cues)
        words = content.words
        if state.kind is SectionKind.LESSON or (state.in_schedule and state.kind in READINGS):
            return self._within_lesson(index, unit, content, words)
        if unit.kind is SegmentKind.LIST_ITEM and self._follow is not None and content.kind is None:
            return self._follow
        counted = kind_of_count(unit, state.kind, self._cues)
        if counted is not None:
            return counted, state.title if counted is state.kind else ""
        if index in self._verbs and state.kind in UNDECIDED | {SectionKind.DESCRIPTION}:
            return SectionKind.OBJECTIVE, state.title
        kind = turn(content, state.kind, self._cues, headed=state.headed, before_lessons=index < self._first_mark)
        ends_open = unit.folded.rstrip().endswith(":")
        self._follow = (kind, "") if ends_open and kind is not state.kind else None
        if kind is not state.kind:
            if kind is SectionKind.DESCRIPTION and (state.kind in UNDECIDED or content.opens is kind):
                self._state = Standing(kind, "", state.level if state.kind is SectionKind.OTHER else 0)
            return kind, self._state.title if kind is self._state.kind else ""
        if state.kind is SectionKind.CONTACT and content.kind is None and words >= cues.prose_words:
            self._state = Standing(SectionKind.OTHER)
            return SectionKind.OTHER, ""
        if state.kind is SectionKind.TITLE and unit.kind is SegmentKind.LIST_ITEM:
            # A page's menu, or the first items of a list without heading: no title either way.
            return SectionKind.OTHER, ""
        opening = state.kind in (SectionKind.TITLE, SectionKind.CONTENTS)
        # A page's menu is long as well, and no sentence.
        told = words >= cues.prose_words and _SENTENCE.search(unit.raw[-_TAIL:]) is not None
        if opening and told and index < self._first_mark:
            # What is told at length under the title, before any heading, is what the course is about.
            self._state = Standing(SectionKind.DESCRIPTION)
            return SectionKind.DESCRIPTION, ""
        if state.kind is SectionKind.TITLE and (index >= cues.title_units or words >= cues.prose_words):
            self._state = Standing(SectionKind.OTHER)
            return SectionKind.OTHER, ""
        return state.kind, state.title

    def _is_past(self, index: int, unit: Unit, content: Content) -> bool:
        """Whether a piece stands behind the last lesson, and is none of its details."""
        if index < self._close.index or unit.kind is SegmentKind.TABLE_ROW:
            return False
        prose = content.words >= self._cues.content.prose_words or content.kind in AFTER
        foreign = prose or is_footer(unit, self._cues)
        detail = unit.kind is SegmentKind.LIST_ITEM or not foreign or is_citation(unit.folded, self._cues)
        return self._close.certain or not detail

    def _within_lesson(self, index: int, unit: Unit, content: Content, words: int) -> tuple[SectionKind, str]:
        """Tell readings, and after the last lesson what is no lesson any more."""
        cues, state = self._cues.content, self._state
        if self._is_past(index, unit, content):
            kind = content.kind if content.kind in AFTER and words >= cues.least_words else SectionKind.OTHER
            self._state = Standing(SectionKind.OTHER)
            return kind, ""
        long = words >= cues.guarded_words
        foreign = content.kind in (SectionKind.POLICY, SectionKind.BIOGRAPHY, SectionKind.MISSION)
        enough = content.weight >= cues.guarded_phrases and content.kind is not SectionKind.MISSION
        if foreign and long and (enough or index > self._last_mark):
            if index > self._last_mark:
                self._state = Standing(SectionKind.OTHER)
            return content.kind or state.kind, ""
        if (
            index > self._last_mark
            and content.kind in (SectionKind.CONTACT, SectionKind.POLICY)
            and words < cues.prose_words
        ):
            return content.kind, ""
        if state.kind in READINGS or state.lesson is None:
            return state.kind, state.title
        if content.opens in READINGS:
            return content.opens, state.title
        if self._parts.is_reading(unit):
            return SectionKind.REQUIRED_READING, state.title
        return state.kind, state.title
