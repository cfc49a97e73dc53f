"""The tagger: findings with their place, section and lesson; contained ones; passages that may be boilerplate."""

from __future__ import annotations

import pytest

from imetaudit.model import Document, Lesson, Outline, Section, SectionKind, Segment, SegmentKind
from imetaudit.tag.tagger import Finding, Tagged, Tagger
from imetaudit.taxonomy import load_taxonomy

TOPICS = """
area: civilian-control
label: {en: Civilian control}
order: 1
version: "1"
scope: control
topics:
  - id: control
    label: {en: civilian control}
    definition: d
    source: project judgement
    verified: false
    strength: explicit
    terms:
      en:
        - civilian control
        - civilian control of the military
        - {phrase: control of the military and police, strength: weak}
        - {phrase: ministers in civilian control, strength: contextual}
    examples: {match: [Civilian control], no_match: [Air control]}
  - id: military
    label: {en: military}
    definition: d
    source: project judgement
    verified: false
    strength: weak
    terms: {en: [military]}
    examples: {match: [Military], no_match: [Naval]}
"""


@pytest.fixture(scope="module")
def tagger(tmp_path_factory: pytest.TempPathFactory) -> Tagger:
    """Return a tagger of two topics under the shipped rules of context."""
    file = tmp_path_factory.mktemp("topics") / "civilian-control.yaml"
    file.write_text(TOPICS, encoding="utf-8")
    return Tagger(load_taxonomy(file))


Part = tuple[SectionKind, str]


def course(
    *parts: Part, segment: SegmentKind = SegmentKind.PARAGRAPH, lessons: tuple[str, ...] = ()
) -> tuple[Document, Outline]:
    """Return a document in which each part is segment and section; lessons take the titles in turn."""
    segments, sections, at = [], [], 0
    found: list[Lesson] = []
    for number, (kind, text) in enumerate(parts):
        end = at + len(text)
        segments.append(Segment(segment, at, end, page=number + 1))
        index = None
        if kind is SectionKind.LESSON and len(found) < len(lessons):
            index = len(found)
            found.append(Lesson(str(index + 1), lessons[index], at, end))
        sections.append(Section(kind, "", at, end, lesson=index))
        at = end + 1
    text = "\n".join(text for _, text in parts)
    return Document("c.txt", "", "text/plain", "text", text, tuple(segments), language="en"), Outline(
        tuple(sections), tuple(found)
    )


def of(tagged: Tagged, topic: str = "civilian-control.control") -> list[Finding]:
    """Return the findings of a topic."""
    return [finding for finding in tagged.findings if finding.topic == topic]


def test_a_finding_says_where_it_stands(tagger: Tagger) -> None:
    """Quote, sentence, page, offsets, kind of section and lesson are those of the mention."""
    text, outline = course(
        (SectionKind.OTHER, "Welcome."),
        (SectionKind.LESSON, "Read first. Then CIVILIAN CONTROL. Then rest."),
        lessons=("Who commands",),
    )
    (finding,) = of(tagger.tag(text, outline))
    assert (finding.quote, finding.sentence) == ("CIVILIAN CONTROL", "Then CIVILIAN CONTROL.")
    assert text.text[finding.start : finding.end] == finding.quote
    assert (finding.page, finding.kind, finding.lesson, finding.heading) == (2, SectionKind.LESSON, 0, False)
    assert (finding.term, finding.area, finding.reason) == ("civilian control", "civilian-control", None)


def test_a_mention_in_a_title_is_told(tagger: Tagger) -> None:
    """The title of the lesson, a heading and the document's title count as headings."""
    title = "Civilian control"
    assert of(tagger.tag(*course((SectionKind.LESSON, title), lessons=(title,))))[0].heading
    assert of(tagger.tag(*course((SectionKind.OTHER, title), segment=SegmentKind.HEADING)))[0].heading
    assert of(tagger.tag(*course((SectionKind.TITLE, title))))[0].heading
    assert not of(tagger.tag(*course((SectionKind.OTHER, title))))[0].heading


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Civilian control of the military", ["civilian control of the military"]),
        ("Civilian control of the military and police", ["civilian control of the military"]),
        ("Ministers in civilian control", ["civilian control"]),
        ("Civilian control, civilian control", ["civilian control", "civilian control"]),
    ],
)
def test_of_overlapping_mentions_one_counts(tagger: Tagger, text: str, kept: list[str]) -> None:
    """The longer one counts, or the one that proves more; the others are contained."""
    findings = of(tagger.tag(*course((SectionKind.LESSON, text))))
    assert [finding.term for finding in findings if finding.reason is None] == kept
    assert {finding.reason for finding in findings} <= {None, "contained"}


def test_mentions_of_two_topics_do_not_contain_each_other(tagger: Tagger) -> None:
    """A mention is contained only in one of its own topic."""
    tagged = tagger.tag(*course((SectionKind.LESSON, "Civilian control of the military")))
    assert [finding.reason for finding in of(tagged, "civilian-control.military")] == [None]


def test_a_mention_set_aside_contains_nothing(tagger: Tagger) -> None:
    """Where the longer mention is set aside by its context, so is the shorter one, each with that reason."""
    tagged = tagger.tag(*course((SectionKind.LESSON, "This course does not cover civilian control of the military.")))
    assert {finding.reason for finding in of(tagged)} == {"negation"}


@pytest.mark.parametrize(
    ("kind", "reason"),
    [(SectionKind.POLICY, "policy"), (SectionKind.BIOGRAPHY, "biography"), (SectionKind.PREREQUISITE, "other-course"),
     (SectionKind.CONTENTS, "contents"), (SectionKind.MISSION, "mission"), (SectionKind.OBJECTIVE, None)],
)  # fmt: skip
def test_sections_that_are_no_instruction_set_aside(tagger: Tagger, kind: SectionKind, reason: str | None) -> None:
    """The kind of a section is a reason of its own."""
    assert of(tagger.tag(*course((kind, "Civilian control"))))[0].reason == reason


@pytest.mark.parametrize("segment", [SegmentKind.HEADER, SegmentKind.FOOTER])
def test_running_heads_are_set_aside_wherever_they_stand(tagger: Tagger, segment: SegmentKind) -> None:
    """A page header inside a lesson is a header."""
    (finding,) = of(tagger.tag(*course((SectionKind.LESSON, "Civilian control"), segment=segment)))
    assert (finding.kind, finding.reason) == (SectionKind.RUNNING, "running-head")


def test_a_mention_before_the_first_section_stands_in_none(tagger: Tagger) -> None:
    """An outline without sections is no error."""
    document, _ = course((SectionKind.LESSON, "Civilian control"))
    (finding,) = of(tagger.tag(document, Outline(())))
    assert (finding.kind, finding.lesson) == (SectionKind.OTHER, None)


def test_only_kept_mentions_outside_instruction_have_passages(tagger: Tagger) -> None:
    """What repetition would set aside is noted once a segment; lessons are exempt, and so is what is aside already."""
    welcome = "Welcome to the school, which stands for civilian control and again for civilian control of all."
    tagged = tagger.tag(*course(
        (SectionKind.LESSON, "Civilian control"),
        (SectionKind.OTHER, welcome),
        (SectionKind.POLICY, "Civilian control"),
    ))  # fmt: skip
    assert [(passage.document, passage.text) for passage in tagged.passages] == [("c.txt", welcome)]
    noted = {(finding.kind, finding.passage) for finding in of(tagged) if finding.reason is None}
    assert noted == {(SectionKind.LESSON, None), (SectionKind.OTHER, 0)}
    assert tagged.passages[0].fingerprint


def test_findings_come_in_the_order_of_the_text(tagger: Tagger) -> None:
    """They are sorted by place, and tagging twice gives the same."""
    document, outline = course(*[(SectionKind.LESSON, "Military matters and civilian control")] * 3)
    tagged = tagger.tag(document, outline)
    starts = [finding.start for finding in tagged.findings]
    assert starts == sorted(starts)
    assert tagger.tag(document, outline) == tagged
