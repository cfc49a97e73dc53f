"""Boilerplate: which passages are taken for the same, and that the work grows with their number only."""

from __future__ import annotations

import pytest

from imetaudit.tag import boilerplate
from imetaudit.tag.boilerplate import Passage, clusters, fingerprint, likeness

MISSION = (
    "The mission of the school is to educate leaders of the hemisphere who respect human rights, the rule of law and"
    " civilian control of the armed forces, and who serve their people with courage, honesty and a sense of duty, in"
    " peace and in war, at home and abroad, under the constitution and the laws of their own country and its allies."
)
WORDS = 8


def passage(document: str, text: str, start: int = 0) -> Passage:
    """Return a passage as the tagger makes it."""
    return Passage(document, start, text, fingerprint(text, WORDS))


def grouped(*texts: str, similarity: float = 0.8) -> list[list[str]]:
    """Return the documents of each group, the texts being those of documents a, b, c and so on."""
    passages = [passage(chr(ord("a") + index), text) for index, text in enumerate(texts)]
    return [[each.document for each in group] for group in clusters(passages, similarity)]


def test_the_same_words_are_one_passage() -> None:
    """Capitals, accents, signs and spaces make no difference."""
    assert grouped(MISSION, MISSION.upper(), MISSION.replace(",", " –  ")) == [["a", "b", "c"]]


def test_another_number_makes_no_difference() -> None:
    """A course number, date or room does not part two passages."""
    one = f"NAV 310, 12 May 2025, room 4: {MISSION}"
    other = f"NAV 477, 3 May 2026, room 112: {MISSION}"
    assert grouped(one, other) == [["a", "b"]]
    assert fingerprint(one, WORDS) == fingerprint(other, WORDS)


def test_a_word_changed_is_still_the_same_passage() -> None:
    """A near duplicate is found; a passage of other words is not."""
    assert grouped(MISSION, MISSION.replace("school", "academy"), MISSION.replace("courage", "valour")) == [
        ["a", "b", "c"]
    ]
    other = "Lessons follow the history of the cavalry from the horse to the tank; a visit to the museum ends them."
    assert grouped(MISSION, other, MISSION) == [["a", "c"], ["b"]]


def test_half_of_a_passage_is_another_passage() -> None:
    """What shares less than the asked share of its word triples is kept apart."""
    half = (
        " ".join(MISSION.split()[:28])
        + " learn to sail by night without lamps, to mend nets and to cook for forty men in a gale."
    )
    assert grouped(MISSION, half) == [["a"], ["b"]]


@pytest.mark.parametrize(
    ("text", "told"), [("one two three four five six seven", False), ("one two three four five six seven eight", True)]
)
def test_a_short_passage_is_never_boilerplate(text: str, told: bool) -> None:
    """Below the number of words a passage has no fingerprint, and stands in no group; figures are no words."""
    assert bool(fingerprint(text, WORDS)) is told
    assert bool(fingerprint(f"{text} 9 10 11", WORDS)) is told
    assert grouped(text, text) == ([["a", "b"]] if told else [])


def test_groups_and_members_come_in_order() -> None:
    """Groups are sorted by their first passage, and passages by document and place, whatever order they came in."""
    other = MISSION.replace("leaders", "sailors").replace("school", "fleet").upper()[::-1]
    passages = [passage("c", MISSION), passage("a", other), passage("b", MISSION, 9), passage("b", MISSION, 2)]
    told = [[(each.document, each.start) for each in group] for group in clusters(passages, 0.8)]
    assert told == [[("a", 0)], [("b", 2), ("b", 9), ("c", 0)]]
    assert clusters(passages[::-1], 0.8) == clusters(passages, 0.8)


def test_likeness_is_the_share_of_equal_rows() -> None:
    """It is one for the same passage, and nothing where there is no fingerprint."""
    assert likeness(fingerprint(MISSION, WORDS), fingerprint(MISSION, WORDS)) == 1.0
    assert likeness((), ()) == 0.0
    assert likeness((1, 2, 3, 4), (1, 2, 0, 0)) == 0.5


def test_passages_that_share_a_little_are_kept_apart() -> None:
    """Passages that came near enough to be compared are still parted where they are less alike than was asked."""
    one, other = Passage("a", 0, "", tuple(range(32))), Passage("b", 0, "", (*range(16), *range(100, 116)))
    assert len(clusters([one, other], 0.6)) == 2
    assert len(clusters([one, other], 0.5)) == 1


def test_a_thousand_passages_take_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Grouping compares a passage with the few that resemble it, not with all."""
    compared = []

    def counted(one: tuple[int, ...], other: tuple[int, ...]) -> float:
        compared.append(one)
        return likeness(one, other)

    monkeypatch.setattr(boilerplate, "likeness", counted)
    letters = str.maketrans("0123456789", "abcdefghij")
    own = [" ".join(f"{number}x{word}".translate(letters) for word in range(20)) for number in range(0, 1000, 2)]
    texts = own + [MISSION] * 500
    passages = [passage(f"{number:04}", text) for number, text in enumerate(texts)]
    groups = clusters(passages, 0.8)
    assert len(compared) < 2 * len(passages)
    assert (len(groups), max(map(len, groups))) == (501, 500)
