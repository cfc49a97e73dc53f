"""Whether the first heading of a document opens its part, with a title above it or none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
import yaml

from imetaudit.model import Document, SectionKind
from imetaudit.outline import OutlineCues, read_outline

from .conftest import CUES_FILE, MakeDocument

LANGUAGES = ("en", "es", "fr", "pt")
FILLED = "Elected civilians decide and soldiers obey."
HEADINGS = {
    SectionKind.OBJECTIVE: (
        "Objectives", "Learning Objectives", "Aims and objectives", "Objectives of the Course", "Terminal Learning Objective 1",
        "Objetivos", "Objetivo general", "Objetivos de aprendizaje", "OBJETIVO TERMINAL", "Resultados de aprendizaje",
        "Objectifs", "Objectifs pédagogiques", "Objectif général du cours", "Objetivos da disciplina", "Objetivos específicos",
    ),
    SectionKind.DESCRIPTION: (
        "Course Description", "Description", "Course overview", "Descripción del curso", "Presentación", "Description du cours",
        "Présentation", "Descrição do curso", "Ementa",
    ),
    SectionKind.ASSESSMENT: ("Assessment", "Evaluation", "Evaluación", "Évaluation", "Avaliação"),
    SectionKind.LESSON: ("Course Schedule", "Lessons", "Temario", "Contenidos", "Programme des séances", "Cronograma"),
    SectionKind.MISSION: ("Mission of the College", "Misión del Colegio", "Mission de l'École", "Missão da Escola"),
    SectionKind.PREREQUISITE: ("Prerequisites", "Requisitos previos", "Prérequis", "Pré-requisitos", "See also"),
    SectionKind.REQUIRED_READING: ("Required Readings", "Bibliografía obligatoria", "Lectures obligatoires", "Leituras obrigatórias"),
    SectionKind.POLICY: ("Course Policies", "Academic Integrity", "Normas del Colegio", "Règlement intérieur", "Normas da Escola"),
    SectionKind.BIOGRAPHY: ("About the Instructor", "Cuerpo docente", "Corps enseignant", "Corpo docente"),
}  # fmt: skip
CASES = [(kind, heading) for kind, headings in HEADINGS.items() for heading in headings]


def kind_of(document: Document, cues: OutlineCues, words: str) -> SectionKind:
    """Return the kind of the section that holds the words."""
    at = document.text.index(words)
    return next(s.kind for s in read_outline(document, cues).sections if s.start <= at < s.end)


@pytest.mark.parametrize(("kind", "heading"), CASES)
@pytest.mark.parametrize("above", [(), ("# Cinnabar Studies",), ("Cinnabar Studies",)])
def test_the_first_heading_opens_its_part(
    cues: OutlineCues, make_document: MakeDocument, above: tuple[str, ...], heading: str, kind: SectionKind
) -> None:
    """Right below the title, or where there is none, a heading decides as it does later."""
    document = make_document(*above, f"## {heading}", FILLED)
    assert kind_of(document, cues, "soldiers obey") is kind


def cue_words() -> Iterator[tuple[str, str]]:
    """Yield each heading of the file with its language, without its signs for other words."""
    for entry in yaml.safe_load(CUES_FILE.read_text(encoding="utf-8"))["sections"]:
        for language in LANGUAGES:
            for phrase in entry.get("headings", {}).get(language, ()):
                if "*" not in phrase.strip("*"):
                    yield language, phrase.strip("* ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cue_counts_as_the_first_heading(cues: OutlineCues, make_document: MakeDocument, language: str) -> None:
    """No heading of the file is passed over in the title block that counts below it."""
    passed = []
    for own, phrase in cue_words():
        low = make_document("# Cinnabar", "One", "Two", "Three", f"## {phrase.title()}", FILLED)
        first = make_document("# Cinnabar", f"## {phrase.title()}", FILLED)
        if own == language and kind_of(first, cues, "soldiers") is not kind_of(low, cues, "soldiers"):
            passed.append(phrase)
    assert passed == []


@pytest.mark.parametrize(
    "title",
    [
        "Introduction to Public Policy",
        "Introducción al derecho penal",
        "Projet et stratégie navale",
        "Law and Policy",
        "Reading War",
    ],
)
def test_a_title_that_begins_as_a_heading_stays_a_title(
    cues: OutlineCues, make_document: MakeDocument, title: str
) -> None:
    """A first line that says more than a cue is the course's title."""
    document = make_document(f"# {title}", "Fall 2024", "## Objectives", FILLED)
    assert kind_of(document, cues, title) is SectionKind.TITLE
    assert kind_of(document, cues, "soldiers obey") is SectionKind.OBJECTIVE


@pytest.mark.parametrize(
    ("language", "kind"), [("fr", SectionKind.REQUIRED_READING), ("en", SectionKind.LESSON), (None, SectionKind.LESSON)]
)
def test_a_heading_is_read_in_the_language_of_its_document(
    cues: OutlineCues, make_document: MakeDocument, language: str | None, kind: SectionKind
) -> None:
    """`Lectures` are readings in French and classes in English."""
    document = replace(make_document("# Cinnabar", "One", "Two", "# Lectures", FILLED), language=language)
    assert kind_of(document, cues, "soldiers obey") is kind
