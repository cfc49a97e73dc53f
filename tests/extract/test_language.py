"""Languages: of a document and of its parts, and what is not searched."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from imetaudit.extract import extract_file
from imetaudit.extract.language import language
from imetaudit.extract.thresholds import load_thresholds
from imetaudit.model import Document

from . import garbling

FOREIGN = {
    "de": "Der Kurs führt die Studierenden in die Grundlagen der Verfassung ein und behandelt die Rolle der Gerichte. "
    "Die Teilnehmer lesen die Gesetze ihres Landes und sprechen über den Notstand, der von dem Parlament erklärt wird. ",
    "it": "Il corso introduce gli studenti ai principi della costituzione e tratta il ruolo dei tribunali nel paese. "
    "Gli allievi leggono le leggi e discutono con il docente di come il parlamento dichiara lo stato di emergenza. ",
    "und": "Курс знакомит студентов с основами конституции и рассматривает роль судов в стране и права граждан. "
    "Слушатели читают законы своей страны и обсуждают, кто объявляет чрезвычайное положение и на какой срок. ",
}


@pytest.mark.parametrize("code", sorted(garbling.PROSE))
def test_the_language_of_a_document(code: str, read: Callable[..., Document]) -> None:
    """The language of prose is told, in capitals too."""
    assert read("a.txt", garbling.PROSE[code]).language == code
    assert read("b.txt", garbling.PROSE[code].upper()).language == code


@pytest.mark.parametrize("code", sorted(FOREIGN))
def test_a_language_that_is_not_searched_proves_no_absence(code: str, tmp_path: Path) -> None:
    """A document in a language that is not searched is named as such, and none of it counts as read."""
    path = tmp_path / "a.txt"
    path.write_text(FOREIGN[code] * 4, encoding="utf-8")
    document = extract_file(path)
    assert isinstance(document, Document)
    assert (document.language, document.readable_share) == (code, 0.0)
    assert any("not searched" in warning for warning in document.warnings)


def test_a_foreign_part_counts_as_unread(tmp_path: Path) -> None:
    """Of a document a third of which is in a language that is not searched, two thirds count as read."""
    path = tmp_path / "a.md"
    path.write_text(garbling.PROSE["en"] * 2 + "\n\n" + FOREIGN["de"] * 2, encoding="utf-8")
    document = extract_file(path)
    assert isinstance(document, Document)
    assert document.language == "en"
    assert 0.55 < document.readable_share < 0.75


def test_lists_of_letters_are_in_no_language() -> None:
    """Single letters, which mark points and grades, tell no language although some are words of Portuguese."""
    assert language("A B C D E F G H a o e a o e a o e " * 10, load_thresholds()) is None


def test_short_parts_take_the_language_around_them(read: Callable[..., Document]) -> None:
    """A heading takes the language of what follows, items that of what goes before, a short document the main one."""
    text = (
        f"# Course outline\n\n{garbling.PROSE['en'] * 2}\n\n# Programa\n\n{garbling.PROSE['es']}\n\n- Taller\n- Visita\n\n"
        f"# Reading\n\n{garbling.PROSE['en']}\n"
    )
    document = read("a.md", text)
    assert document.language == "en"
    told = {document.text[s.start : s.end][:15]: s.language for s in document.segments}
    assert told["Course outline"] == "en"
    assert told["Programa"] == told["• Taller"] == told["• Visita"] == "es"
    assert told["Reading"] == "en"


def test_a_list_in_another_language_is_judged_as_one(read: Callable[..., Document]) -> None:
    """Items of which none tells its language tell it together."""
    items = [
        "El parlamento y el presupuesto",
        "La justicia y los tribunales",
        "Quién manda en la crisis",
        "El uso de la fuerza",
    ]
    document = read("a.md", garbling.PROSE["en"] * 2 + "\n\n" + "\n".join(f"- {item}" for item in items) + "\n")
    assert {s.language for s in document.segments[1:]} == {"es"}


def test_bare_words_of_yaml_are_stop_words() -> None:
    """`on` and `no`, which YAML takes for true and false, are among the words of their languages."""
    words = load_thresholds().stop_words
    assert "on" in words["en"]
    assert "no" in words["es"]
    assert "no" in words["pt"]
