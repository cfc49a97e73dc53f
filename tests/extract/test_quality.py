"""The quality gate: garbled texts are found in four languages, and unusual but sound texts are let through."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from imetaudit.extract import extract_file
from imetaudit.extract.quality import is_garbled
from imetaudit.extract.thresholds import Thresholds, load_thresholds
from imetaudit.model import Document

from . import garbling
from .garbling import PROSE

LANGUAGES = sorted(PROSE)


@pytest.fixture(scope="module")
def thresholds() -> Thresholds:
    """Return the figures that come with the program."""
    return load_thresholds()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("step", range(1, 26))
def test_shifted_letters_are_garbled(language: str, step: int, thresholds: Thresholds) -> None:
    """A text whose letters are shifted by any step is garbled."""
    assert is_garbled(garbling.caesar(PROSE[language], step), thresholds)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", range(12))
def test_exchanged_letters_are_garbled(language: str, key: int, thresholds: Thresholds) -> None:
    """A text whose letters are exchanged one for one is garbled."""
    assert is_garbled(garbling.exchanged(PROSE[language], key), thresholds)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "garble",
    [garbling.shuffled, garbling.backwards, garbling.private, garbling.spread, garbling.run_together],
)
def test_other_faults_of_fonts_are_garbled(garble: Callable[[str], str], language: str, thresholds: Thresholds) -> None:
    """Shuffled, mirrored, private, spread and glued letters are garbled, and so is a whole text in capitals of them."""
    assert is_garbled(garble(PROSE[language]), thresholds)
    assert is_garbled(garble(PROSE[language]).upper(), thresholds)


@pytest.mark.parametrize("language", ["es", "fr", "pt"])
def test_letters_lost_to_an_encoding_are_garbled(language: str, thresholds: Thresholds) -> None:
    """A text in which all letters with accents were lost is garbled: its terms cannot be found."""
    assert is_garbled(garbling.lost(PROSE[language]), thresholds)


SOUND = {
    **PROSE,
    "capitals": PROSE["es"].upper(),
    "course codes": " ".join(
        f"CMR-{number} LAW-{number + 1}B NAV{number}X credits {number % 7}" for number in range(60)
    ),
    "numbers": " | ".join(f"{number}.5 {number * 31 % 97} 12-0{number % 9}" for number in range(200)),
    "schedule": "\n".join(f"Week {n} | Seminar | Ledger, convoy, fuel | Room B{n} | 0900-1100" for n in range(1, 25)),
    "horario": "\n".join(f"Semana {n} | Taller | Combustible, convoyes | Aula {n} | Cnel. Ruiz" for n in range(1, 25)),
    "bibliography": "\n".join(
        f"Huntington, S. P., Janowitz, M., Feaver, P. D. & Brzezinski, Z. ({1957 + n}). Krieg und Frieden, vol. {n}. "
        "Cambridge, MA: Harvard Univ. Press, pp. 12-34. ISBN 978-0-674-81736-4."
        for n in range(15)
    ),
    "links": "\n".join(f"Reading {n}: https://www.example.org/xq7z/kj{n}/vbn-rtk.pdf?w=zzx{n}" for n in range(40)),
    "acronyms": "NATO SOUTHCOM WHINSEC DSCA IMET FMF CIMIC ROE LOAC SOFA JCET TSCP MTT PME NCO CSM ILO COA "
    "lists of abbreviations that staff officers use in orders and in the annexes of a plan " * 3,
    "names": "Brzezinski Wróblewski Szczepański Nguyen Tshwane Mkhize Hrvatska Kyrgyzstan Schwarzkopf "
    "visit the seminar as guests and the students ask them about the army and the press " * 3,
}


@pytest.mark.parametrize("kind", sorted(SOUND))
def test_unusual_texts_are_let_through(kind: str, thresholds: Thresholds) -> None:
    """Codes, figures, tables with few function words, capitals, bibliographies and names are no garbled text."""
    assert not is_garbled(SOUND[kind], thresholds)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_text_read_in_a_wrong_encoding_is_restored(tmp_path: Path, language: str, encoding: str) -> None:
    """UTF-8 that was once read as a Western encoding and saved again is restored, with a warning."""
    text = PROSE[language] + "Señal, façade, São, œuvre. "
    wrong = text.encode("utf-8").decode(encoding, "ignore") if encoding == "latin-1" else _as_cp1252(text)
    path = tmp_path / "a.txt"
    path.write_text(wrong, encoding="utf-8")
    document = extract_file(path)
    assert isinstance(document, Document)
    assert "Señal, façade, São" in document.text
    assert "Ã" not in document.text
    assert "Letters read in a wrong encoding were restored." in document.warnings


def _as_cp1252(text: str) -> str:
    # Bytes that the encoding does not define stay as control characters, as browsers leave them.
    return "".join(
        bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)
        for byte in text.encode("utf-8")
    )


def test_one_garbled_part_lowers_the_share(tmp_path: Path) -> None:
    """Where only a part of a text is garbled the rest is read, and the share says how much that is."""
    parts = [PROSE["en"] * 3, garbling.caesar(PROSE["en"] * 3, 5), PROSE["en"] * 3, PROSE["en"] * 3]
    path = tmp_path / "a.md"
    path.write_text("\n\n".join(parts))
    document = extract_file(path)
    assert isinstance(document, Document)
    assert document.readable_share == pytest.approx(0.75, abs=0.03)
    assert any("meaningless" in warning for warning in document.warnings)


def test_a_bullet_of_a_symbol_font_is_no_garbled_letter(tmp_path: Path) -> None:
    """Private characters that stand alone are bullets: a list of short items with them is read in full."""
    path = tmp_path / "a.txt"
    path.write_text("\n".join(f"\uf0b7 item {n} of the plan" for n in range(30)))
    document = extract_file(path)
    assert isinstance(document, Document)
    assert document.readable_share == 1.0


def test_missing_words_are_noticed_by_the_second_reading(
    docx: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader that leaves out a third of the words is found out: a warning, and a lower readable share."""
    paragraph = f"<w:p><w:r><w:t>{PROSE['en']}</w:t></w:r></w:p>"
    path = docx(paragraph * 3)
    whole = extract_file(path)
    assert isinstance(whole, Document)
    assert (whole.readable_share, whole.warnings) == (1.0, ())
    from imetaudit.extract import docx as reader

    sound = reader.read_docx

    def careless(data: bytes, thresholds: Thresholds) -> object:
        from dataclasses import replace

        reading = sound(data, thresholds)
        return replace(reading, blocks=reading.blocks[:2])  # type: ignore[arg-type, union-attr]

    monkeypatch.setattr(reader, "read_docx", careless)
    short = extract_file(path)
    assert isinstance(short, Document)
    assert short.readable_share == pytest.approx(2 / 3, abs=0.02)
    assert any("second reading" in warning for warning in short.warnings)


def test_the_second_reading_counts_what_a_reader_sees(docx: Callable[..., Path], read: Callable[..., Document]) -> None:
    """Deleted text, alternatives, commands, scripts and hidden parts are no missing words."""
    aside = (
        "<w:p><w:r><w:delText>{0}</w:delText><w:instrText>{0}</w:instrText></w:r><mc:AlternateContent><mc:Choice/>"
        "<mc:Fallback><w:t>{0}</w:t></mc:Fallback></mc:AlternateContent></w:p>"
    ).format(PROSE["en"])
    document = extract_file(docx(f"<w:p><w:r><w:t>{PROSE['en']}</w:t></w:r></w:p>{aside}"))
    assert isinstance(document, Document)
    assert document.readable_share == 1.0
    page = read(
        "a.html",
        f"<html><head><style>{PROSE['en']}</style></head><body><script>{PROSE['en']}</script><p>{PROSE['en']}</p>"
        f"<div style='display: none'>{PROSE['en']}</div><nav>{PROSE['en']}</nav></body></html>",
    )
    assert page.readable_share == 1.0
