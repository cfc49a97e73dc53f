"""Words as runs of letters."""

from __future__ import annotations

from imetaudit.extract.letters import words_of


def test_words_do_not_depend_on_what_else_the_text_holds() -> None:
    """Text in ASCII and the same text beside a letter outside it give the same words."""
    text = "".join(map(chr, range(128))) + " week_2: rights,of  man3kind"
    assert words_of(text + " É") == [*words_of(text), "É"]
    assert words_of(text)[-5:] == ["week", "rights", "of", "man", "kind"]


def test_words_of_every_script_are_found() -> None:
    """Letters of any script make words; figures and signs do not."""
    assert words_of("droits de l’État, права 7 человека") == ["droits", "de", "l", "État", "права", "человека"]
