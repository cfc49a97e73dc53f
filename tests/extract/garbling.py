"""Ways in which the letters of a text go wrong between a document and its reader, made by rule and not by chance."""

from __future__ import annotations

import re
import string
import unicodedata

PROSE = {
    "en": (
        "The course examines how a parliament oversees the armed forces and how courts protect the rights of every "
        "person under arrest. In the second week the students read the constitution of their country and discuss who "
        "may declare an emergency, for how long, and under whose control. Each student then writes a short paper on "
        "one of the cases and defends it before the class. The final examination has two questions on the readings. "
    ),
    "es": (
        "El curso examina cómo un parlamento supervisa a las fuerzas armadas y cómo los tribunales protegen los "
        "derechos de toda persona detenida. En la segunda semana los alumnos leen la constitución de su país y "
        "discuten quién puede declarar un estado de excepción, por cuánto tiempo y bajo qué control. Después cada "
        "alumno escribe un ensayo breve sobre uno de los casos y lo defiende ante la clase. El examen final tiene dos "
        "preguntas sobre las lecturas. "
    ),
    "fr": (
        "Le cours étudie comment un parlement contrôle les forces armées et comment les tribunaux protègent les droits "
        "de toute personne arrêtée. La deuxième semaine, les élèves lisent la constitution de leur pays et discutent "
        "qui peut déclarer l'état d'urgence, pour combien de temps et sous quel contrôle. Chaque élève rédige ensuite "
        "un court essai sur l'un des cas et le défend devant la classe. L'examen final comporte deux questions. "
    ),
    "pt": (
        "O curso examina como um parlamento fiscaliza as forças armadas e como os tribunais protegem os direitos de "
        "toda pessoa detida. Na segunda semana os alunos leem a constituição do seu país e discutem quem pode declarar "
        "o estado de emergência, por quanto tempo e sob que controle. Depois cada aluno escreve um ensaio breve sobre "
        "um dos casos e o defende diante da turma. O exame final tem duas perguntas sobre as leituras. "
    ),
}
"""Ordinary prose of a syllabus, without a term of any topic but by accident."""

_LETTERS = re.compile(r"[^\W\d_]+")


def caesar(text: str, step: int) -> str:
    """Shift every letter by so many places, as a font with a shifted table of characters does."""
    letters = string.ascii_lowercase
    shifted = letters[step:] + letters[:step]
    return bare(text).translate(str.maketrans(letters + letters.upper(), shifted + shifted.upper()))


def exchanged(text: str, key: int) -> str:
    """Exchange letters one for one without order, as a font with its own numbering of glyphs does."""
    letters = string.ascii_lowercase
    order = sorted(letters, key=lambda letter: (ord(letter) * (2 * key + 37) + key) % 101)
    return bare(text).lower().translate(str.maketrans(letters, "".join(order)))


def shuffled(text: str) -> str:
    """Bring the letters of every word out of order, as text drawn letter by letter out of order does."""

    def shuffle(word: re.Match[str]) -> str:
        order = sorted(range(len(word[0])), key=lambda place: (place * 7 + 3 * len(word[0])) % 11)
        return "".join(word[0][place] for place in order)

    return _LETTERS.sub(shuffle, text)


def backwards(text: str) -> str:
    """Turn every word round, as mirrored text does."""
    return _LETTERS.sub(lambda word: word[0][::-1], text)


def private(text: str) -> str:
    """Move every character into the private range, as a symbol font does."""
    return "".join(chr(0xF000 + ord(letter)) if letter.isascii() and letter != " " else letter for letter in text)


def spread(text: str) -> str:
    """Set every letter apart."""
    return " ".join(text.replace(" ", ""))


def run_together(text: str) -> str:
    """Leave the blanks out."""
    return text.replace(" ", "")


def lost(text: str) -> str:
    """Replace every letter with an accent by the sign for a letter that was lost."""
    return "".join(letter if letter.isascii() else "\ufffd" for letter in unicodedata.normalize("NFC", text))


def bare(text: str) -> str:
    """Take the accents off."""
    return "".join(each for each in unicodedata.normalize("NFD", text) if not unicodedata.combining(each))
