"""The phrase language: what each written form matches, and what is refused."""

from __future__ import annotations

import re

import pytest

from imetaudit.folding import fold
from imetaudit.taxonomy.phrase import PhraseError, compile_acronym, compile_phrase, literals


def matches(phrase: str, text: str, language: str = "en") -> list[str]:
    """Return what the phrase matches in the text, folded."""
    return [found.group() for found in re.finditer(compile_phrase(phrase, language).regex, fold(text))]


@pytest.mark.parametrize(
    ("phrase", "language", "text", "expected"),
    [
        ("civilian control", "en", "CIVILIAN CONTROL", ["civilian control"]),
        ("civil-military", "en", "civil military; civil–military; Civil-Military", ["civil military", "civil–military", "civil-military"]),
        ("democracy", "en", "Democracies and democracy's", ["democracies", "democracy"]),
        ("soldier oath", "en", "the soldier's oath", ["soldier's oath"]),
        ("human right", "en", "human rights, inhuman rights", ["human rights"]),
        ("=rights", "en", "rights right", ["rights"]),
        ("fuerza armada", "es", "FUERZAS ARMADAS", ["fuerzas armadas"]),
        ("elección", "es", "elecciones, eleccion", ["elecciones", "eleccion"]),
        ("droit humain", "fr", "droits humains", ["droits humains"]),
        ("eleição", "pt", "ELEIÇÕES", ["eleicoes"]),
        ("democrati*", "en", "democratization of the undemocratic", ["democratization"]),
        ("*democratic", "en", "undemocratic", ["undemocratic"]),
        ("defen[cs]e", "en", "defence defense defens", ["defence", "defense"]),
        ("(coup|military takeover)", "en", "a coup, a Military Takeover", ["coup", "military takeover"]),
        ("control of [the] [very] military", "en", "control of military, control of the very military", ["control of military", "control of the very military"]),
        ("[the] rule of law", "en", "the rule of law", ["the rule of law"]),
        ("rule * law", "en", "rule of law, rule of the law", ["rule of law"]),
    ],
)  # fmt: skip
def test_a_phrase_matches_its_wordings(phrase: str, language: str, text: str, expected: list[str]) -> None:
    """Words match in any capitals, accents, hyphens and regular inflections, and never as parts of words."""
    assert expected == matches(phrase, text, language)


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("general* ~3 (elected|parliament)", "Why generals answer to elected leaders", True),
        ("general* ~3 (elected|parliament)", "Parliament summons the generals", True),
        ("general* >3 (elected|parliament)", "Parliament summons the generals", False),
        ("general* ~3 (elected|parliament)", "Generals wait for one two three four elected", False),
        ("general* ~3 parliament", "We study generals. Parliament is next.", False),
        ("general* ~3 parliament", "generals | parliament", False),
        ("soldier & constitution", "A soldier of the U.S. army swears, and long he swears, to the constitution", True),
        ("(oath >2 constitution) ~4 soldier", "soldiers take an oath to the constitution", True),
    ],
)
def test_nearness_counts_words_within_a_sentence(phrase: str, text: str, found: bool) -> None:
    """Nearness holds up to so many words between, in the order asked for, and not over a full stop or a cell."""
    assert found == bool(matches(phrase, text))


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("(a|democracy", "not closed"),
        ("democracy)", "left over"),
        ("[the]", "may be missing"),
        ("~5 democracy", "a part is empty"),
        ("army ~ congress", "needs a number"),
        ("", "a part is empty"),
        ("(of|democracy)", "three letters"),
        ("the {army}", "has no meaning"),
    ],
)
def test_a_wrong_phrase_is_refused_with_the_reason(phrase: str, said: str) -> None:
    """What cannot be understood, or cannot be found by a literal piece, raises with the reason."""
    with pytest.raises(PhraseError, match=re.escape(said)):
        compile_phrase(phrase, "en")


def test_every_required_part_has_its_pieces() -> None:
    """The pieces by which candidates are found hold, for each required part, all its alternatives."""
    assert compile_phrase("(army|navies) ~4 [the] congress", "en").needs == (
        frozenset({"army"[:3], "navies"}),
        frozenset({"congress"}),
    )


def test_an_acronym_is_read_as_written() -> None:
    """Capitals count, dots between them do not."""
    regex, _ = compile_acronym("IHL")
    assert re.findall(regex, "IHL, I.H.L, ihl, IHLS") == ["IHL", "I.H.L"]


def test_wordings_of_a_cue_are_listed() -> None:
    """Alternatives and optional words multiply; wildcards are refused."""
    assert literals("(do|does) not [really] cover") == (
        "do not cover", "do not really cover", "does not cover", "does not really cover",
    )  # fmt: skip
    with pytest.raises(PhraseError):
        literals("democra*")
