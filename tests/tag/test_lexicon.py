"""The lexicon: the search by pieces finds what every expression would; conditions, languages, sentences."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from imetaudit.folding import fold
from imetaudit.model import Document, Segment, SegmentKind
from imetaudit.tag.lexicon import Lexicon, Match, sentence_around
from imetaudit.taxonomy import Taxonomy, load_taxonomy

HEAD = """
area: democracy
label: {en: Democracy}
order: 1
version: "1"
scope: democracy
topics:
  - id: it
    label: {en: it}
    definition: d
    source: project judgement
    verified: false
    strength: explicit
"""
TAIL = """
    examples: {match: [x], no_match: [y]}
"""


def no_shares(text: str) -> Mapping[str, float]:  # noqa: ARG001 (what a lexicon is given)
    """Tell nothing of a passage's languages."""
    return {}


def document(*paragraphs: str, language: str | None = None) -> Document:
    """Return a document of paragraphs."""
    segments, at = [], 0
    for paragraph in paragraphs:
        segments.append(Segment(SegmentKind.PARAGRAPH, at, at + len(paragraph)))
        at += len(paragraph) + 1
    return Document("d", "", "text/plain", "text", "\n".join(paragraphs), tuple(segments), language=language)


Find = Callable[..., list[tuple[str, str | None]]]


@pytest.fixture
def find(tmp_path: Path) -> Find:
    """Return a function that searches paragraphs for the terms of one topic: what matched, and the reason beside it."""

    def run(
        terms: str,
        *paragraphs: str,
        language: str | None = None,
        shares: Callable[[str], Mapping[str, float]] = no_shares,
    ) -> list[tuple[str, str | None]]:
        file = tmp_path / "democracy.yaml"
        file.write_text(HEAD + terms + TAIL, encoding="utf-8")
        text = document(*paragraphs, language=language)
        found = Lexicon(load_taxonomy(file), shares).find(text)
        return [(text.text[match.start : match.end], match.reason) for match in found]

    return run


# --- the gate --------------------------------------------------------------------------------------


def by_every_regex(taxonomy: Taxonomy, text: Document) -> set[tuple[str, str, str, int, int]]:
    """Return what is found when every term's regular expression is run over every segment."""
    folded, found = fold(text.text), set()
    for topic in taxonomy.topics:
        for term in topic.terms:
            searched = text.text if term.acronym else folded
            for segment in text.segments:
                for match in re.compile(term.pattern.regex).finditer(searched, segment.start, segment.end):
                    found.add((topic.id, term.language, term.text, match.start(), match.end()))
    return found


def generated(taxonomy: Taxonomy, count: int) -> Iterator[str]:
    """Yield paragraphs woven from the taxonomy's own examples: joined, cut, in capitals, in other orders."""
    chance = random.Random(7)
    examples = [text for topic in taxonomy.topics for text in (*topic.match, *topic.no_match)]
    for _ in range(count):
        one, other = chance.choice(examples), chance.choice(examples)
        words = f"{one} {other}".split()
        at = chance.randrange(len(words))
        yield chance.choice([
            f"{one} {other}", one.upper(), f"{one.rstrip('.')}, {other}", " ".join(words[at:] + words[:at]),
            f"{one} | {other} | 2 hrs", "-".join(one.split()), f"x{one}", f"{one}'s “{other}”",
        ])  # fmt: skip


def unjudged(lexicon: Lexicon, text: Document) -> set[tuple[str, str, str, int, int]]:
    """Return what the lexicon finds before conditions drop any of it."""
    lexicon._judge = lambda match, *_: match  # type: ignore[method-assign]
    return {
        (match.topic.id, match.term.language, match.term.text, match.start, match.end) for match in lexicon.find(text)
    }


def test_the_search_by_pieces_misses_nothing(taxonomy: Taxonomy) -> None:
    """On hundreds of paragraphs woven from the examples it finds exactly what running every expression finds."""
    text = document(*generated(taxonomy, 300))
    expected = by_every_regex(taxonomy, text)
    assert len(expected) > 300
    assert unjudged(Lexicon(taxonomy, no_shares), text) == expected


def test_a_match_far_apart_in_a_long_paragraph_is_found(find: Find) -> None:
    """Parts that may stand many words apart are found to the full width, and no wider."""
    terms = "    terms: {en: [soldier ~12 constitution]}"
    words = " ".join(["extraordinarily"] * 12)
    sentence = f"soldiers {words} constitution"
    assert find(terms, f"{'once ' * 200}the {sentence} and more") == [(sentence, None)]
    assert find(terms, f"soldiers extraordinarily {words} constitution") == []


def test_a_match_never_reaches_over_the_end_of_a_segment(find: Find) -> None:
    """Words of two paragraphs make no term."""
    terms = "    terms: {en: [civilian control]}"
    assert find(terms, "civilian", "control") == []
    assert find(terms, "civilian control", "civilian control") == [("civilian control", None)] * 2


def test_an_empty_document_has_no_match(find: Find) -> None:
    """A document without segments is searched without harm."""
    assert find("    terms: {en: [civilian control]}") == []


def test_matches_come_in_the_order_of_the_text_longest_first(find: Find) -> None:
    """At one place the longest match comes first."""
    terms = "    terms: {en: [control, civilian control, civilian control of the military]}"
    assert [quote for quote, _ in find(terms, "Civilian control of the military, control")] == [
        "Civilian control of the military", "Civilian control", "control", "control",
    ]  # fmt: skip


# --- another sense of the word ------------------------------------------------------------------------


def test_an_excluded_phrase_makes_a_homonym(find: Find) -> None:
    """A match inside a longer excluded phrase is marked; the same word elsewhere is not."""
    terms = "    terms: {en: [constitution]}\n    exclude: [constitution of the committee]"
    assert find(terms, "The constitution of the committee, and the constitution.") == [
        ("constitution", "homonym"), ("constitution", None),
    ]  # fmt: skip


def test_an_excluded_phrase_reaches_over_a_match_in_its_middle(find: Find) -> None:
    """The longer phrase need not begin where the match does, and one that only stands near does no harm."""
    terms = "    terms: {en: [republic]}\n    exclude: [democratic republic of the congo, banana split]"
    assert find(terms, "The Democratic Republic of the Congo") == [("Republic", "homonym")]
    assert find(terms, "A banana split, republic") == [("republic", None)]


def test_unless_makes_a_homonym_in_its_own_sentence_only(find: Find) -> None:
    """A phrase under `unless` works within the sentence of the match."""
    terms = "    terms: {en: [{phrase: elections, unless: [override]}]}"
    assert find(terms, "Elections need an override. Elections in Ghana.") == [
        ("Elections", "homonym"),
        ("Elections", None),
    ]


def test_an_acronym_counts_where_it_is_spelled_out(find: Find) -> None:
    """Capitals exactly as written, with dots or without, and only beside the words that they stand for."""
    terms = "    terms: {en: [{acronym: ICC, stands_for: international criminal court}]}"
    assert find(terms, "The ICC meets.", "The International Criminal Court") == [("ICC", None)]
    assert find(terms, "The IC.C. meets.", "International Criminal Court") == [("IC.C", None)]
    assert find(terms, "The ICC meets.", "The cricket council") == [("ICC", "acronym")]
    assert find(terms, "The icc and ICCs meet.", "International Criminal Court") == []


# --- with ---------------------------------------------------------------------------------------------

WITH = "    terms: {{en: [{{phrase: oversight committee, with: [military], within: {0}}}]}}"


@pytest.mark.parametrize(
    ("within", "paragraphs", "counts"),
    [
        ("sentence", ("The oversight committee and the military.",), True),
        ("sentence", ("The oversight committee met. The military came.",), False),
        ("section", ("The oversight committee met. The military came.",), True),
        ("section", ("The oversight committee met.", "x", "The military came."), True),
        ("section", ("The oversight committee met.", *("x",) * 9, "The military came."), False),
        ("document", ("The oversight committee met.", *("x",) * 9, "The military came."), True),
        ("document", ("The oversight committee met.", "Nobody came."), False),
    ],
)
def test_a_term_that_needs_company_looks_as_far_as_it_says(
    find: Find, within: str, paragraphs: tuple[str, ...], counts: bool
) -> None:
    """`with` is sought in the sentence, near by, or in the whole document."""
    assert bool(find(WITH.format(within), *paragraphs)) is counts


@pytest.mark.parametrize("within", ["sentence", "section", "document"])
def test_a_term_is_no_company_for_itself(find: Find, within: str) -> None:
    """The match itself does not satisfy its own condition, in any scope; a second one does."""
    terms = f"    terms: {{en: [{{phrase: military court, with: [military], within: {within}}}]}}"
    assert find(terms, "The military court") == []
    assert len(find(terms, "The military court and the military court")) == 2


# --- languages ------------------------------------------------------------------------------------------

TWO = "    terms: {en: [control civil], es: [control civil]}"


def shares_of(text: str) -> Mapping[str, float]:
    """Take a passage with *el* for Spanish and one with *the* for English."""
    return {"es": float("el " in text.lower()), "en": float("the " in text.lower())}


def test_terms_of_another_language_count_only_in_its_passages(tmp_path: Path) -> None:
    """In an English document a Spanish term is found where the passage is Spanish, and nowhere else."""
    file = tmp_path / "democracy.yaml"
    file.write_text(HEAD + TWO + TAIL, encoding="utf-8")
    lexicon = Lexicon(load_taxonomy(file), shares_of)

    def languages(*paragraphs: str, language: str | None) -> list[tuple[int, str]]:
        found: list[Match] = lexicon.find(document(*paragraphs, language=language))
        return [(match.segment, match.term.language) for match in found]

    paragraphs = ("The control civil", "El control civil", "control civil")
    assert languages(*paragraphs, language="en") == [(0, "en"), (1, "en"), (1, "es"), (2, "en")]
    assert languages(*paragraphs, language="es") == [(0, "en"), (0, "es"), (1, "es"), (2, "es")]
    assert languages("control civil", language=None) == [(0, "en"), (0, "es")]
    assert languages("The control civil", "El control civil", language="fr") == [(0, "en"), (1, "es")]


# --- offsets ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("İİİ İstanbul: Civilian Control", "Civilian Control"),
        ("Die Straße, groß: CIVILIAN CONTROL.", "CIVILIAN CONTROL"),
        ("The ofﬁce of ﬂags — civilian\u00a0control", "civilian\u00a0control"),
        ("𝔄 🙂 civilian–control", "civilian–control"),
        ("Ǆ ŉ ẞ e\u0301lite civilian control", "civilian control"),
    ],
)
def test_offsets_hold_whatever_stands_before(find: Find, text: str, quote: str) -> None:
    """Letters that grow or shrink when folded move no offset: the quote is the slice of the text."""
    assert find("    terms: {en: [civilian control]}", text) == [(quote, None)]


# --- sentences ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "mention", "expected"),
    [
        ("One. Two elections here. Three.", "elections", "Two elections here."),
        ("Dr. Paz and Col. Ruiz on elections. Next.", "elections", "Dr. Paz and Col. Ruiz on elections."),
        ("J. S. Mill on liberty. Next.", "liberty", "J. S. Mill on liberty."),
        ("See art. 4 and cap. 5, vol. 2 on rights. Next.", "rights", "See art. 4 and cap. 5, vol. 2 on rights."),
        ("4. Human rights. Then war.", "Human", "4. Human rights."),
        ("Lesson 12. Human rights. Then war.", "Human", "Lesson 12. Human rights."),
        ("We read chapter 4. Human rights follow.", "Human", "Human rights follow."),
        ("The war ended in 1945. Human rights followed.", "rights", "Human rights followed."),
        ("We serve the Army. Rights follow.", "Rights", "Rights follow."),
        ("No war; only rights; no peace", "rights", "only rights"),
        ("Is it so? ¿Qué derechos hay? Sí.", "derechos", "¿Qué derechos hay?"),
        ("He said “No rights.” Then he left.", "left", "Then he left."),
        ("e.g. rights and e.g. duties", "duties", "e.g. rights and e.g. duties"),
        ("rights", "rights", "rights"),
    ],
)
def test_a_sentence_is_what_a_reader_would_take_for_one(text: str, mention: str, expected: str) -> None:
    """Titles, initials, references and numbering end no sentence; a semicolon does."""
    start = text.index(mention)
    left, right = sentence_around(text, 0, len(text), start, start + len(mention))
    assert text[left:right] == expected


def test_a_sentence_does_not_leave_its_segment() -> None:
    """Only the text between the segment's ends is read."""
    text = "Before rights after"
    assert sentence_around(text, 7, 13, 7, 13) == (7, 13)


@pytest.mark.parametrize("filler", ["word ", "x"])
@pytest.mark.parametrize("place", [0, 30, 300, 900, 5000])
def test_a_long_sentence_is_cut_around_the_mention(filler: str, place: int) -> None:
    """However long a sentence is, with spaces or without, what is shown holds the mention and stays short."""
    before, after = (filler * 6000)[:place], (filler * 6000)[:6000]
    text = f"{before} elections {after}"
    start = len(before) + 1
    left, right = sentence_around(text, 0, len(text), start, start + 9)
    assert left <= start
    assert start + 9 <= right
    assert right - left <= 5300 if filler == "x" else right - left <= 1210


def test_a_mention_over_the_end_of_a_sentence_is_held_whole() -> None:
    """A mention in which a sentence seems to end still lies within what is shown."""
    text = "First. The Rights. Democracy now. Last."
    start = text.index("Rights. Democracy")
    left, right = sentence_around(text, 0, len(text), start, start + len("Rights. Democracy"))
    assert text[left:right] == "The Rights. Democracy now."
