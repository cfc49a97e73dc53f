"""Objectives: where one begins and ends, its kind, the level of its verb, its condition and standard."""

from __future__ import annotations

from pathlib import Path

import pytest

from imetaudit.errors import DataFileError
from imetaudit.model import LearningLevel, Objective, ObjectiveKind
from imetaudit.outline import OutlineCues, read_outline
from imetaudit.outline.objective_cues import load_objective_cues

from .conftest import CUES_FILE, MakeDocument

SHIPPED = CUES_FILE.with_name("objectives.yaml")


@pytest.fixture
def objectives(cues: OutlineCues, make_document: MakeDocument):  # type: ignore[no-untyped-def]
    """Return a function that reads the objectives of marked lines, and checks that their offsets are right."""

    def read(*lines: str) -> tuple[Objective, ...]:
        document = make_document(*lines)
        found = read_outline(document, cues).objectives
        assert [" ".join(document.text[each.start : each.end].split()) for each in found] == [e.text for e in found]
        return found

    return read


def test_items_under_a_heading_are_objectives(objectives) -> None:  # type: ignore[no-untyped-def]
    """Each item is an objective with the level of its verb; the sentence that leads to the list is none."""
    found = objectives(
        "# Learning Objectives",
        "By the end of the course students will be able to:",
        "- Explain how parliament approves the budget of the forces.",
        "- Analyze two coups; ",
        "- Design a lesson on the duty to refuse",
    )
    assert [(each.text, each.level) for each in found] == [
        ("Explain how parliament approves the budget of the forces", LearningLevel.UNDERSTAND),
        ("Analyze two coups", LearningLevel.ANALYSE),
        ("Design a lesson on the duty to refuse", LearningLevel.CREATE),
    ]


def test_the_highest_of_joined_verbs_counts(objectives) -> None:  # type: ignore[no-untyped-def]
    """Of "identify, compare and assess" the level is that of "assess"; a verb further on does not count."""
    found = objectives("# Objectives", "- Identify, compare and assess courts that design rules")
    assert (found[0].verb, found[0].level) == ("assess", LearningLevel.EVALUATE)


@pytest.mark.parametrize(
    ("line", "verb"),
    [
        ("- Los alumnos analizarán la relación entre mando y ministro", "analizar"),
        ("- Que los alumnos sean capaces de explicar el debido proceso", "explicar"),
        ("- Les stagiaires seront capables d'expliquer qui décide", "expliquer"),
        ("- Expliquer qui décide de l'emploi des forces", "expliquer"),
        ("- Avaliar o controle parlamentar", "avaliar"),
    ],
)
def test_verbs_of_four_languages(objectives, line: str, verb: str) -> None:  # type: ignore[no-untyped-def]
    """Infinitives and their futures are known in Spanish, French and Portuguese."""
    found = objectives("# Objetivos", line, "- Explain the second of two")
    assert found[0].verb == verb


def test_marks_give_the_kind(objectives) -> None:  # type: ignore[no-untyped-def]
    """A TLO is terminal, an ELO enabling, and the mark and its number are no part of the text."""
    found = objectives(
        "# Objectives",
        "- TLO 1. Apply the law of war on a patrol.",
        "- ELO 1.1: Name four protected groups.",
        "- Know it",
    )
    assert [(each.kind, each.text) for each in found] == [
        (ObjectiveKind.TERMINAL, "Apply the law of war on a patrol"),
        (ObjectiveKind.ENABLING, "Name four protected groups"),
        (ObjectiveKind.OBJECTIVE, "Know it"),
    ]


def test_a_heading_of_outcomes_gives_outcomes(objectives) -> None:  # type: ignore[no-untyped-def]
    """What stands under "Learning Outcomes" is called an outcome."""
    assert objectives("# Learning Outcomes", "- Discuss due process")[0].kind is ObjectiveKind.OUTCOME


def test_action_condition_and_standard(objectives) -> None:  # type: ignore[no-untyped-def]
    """The three labelled parts of military instruction make one objective, in whatever order they stand."""
    found = objectives(
        "# Terminal Learning Objective",
        "Action: Detain a person within the law.",
        "Conditions: At a checkpoint, with an interpreter.",
        "Standard: No rule of the card is broken.",
    )
    assert len(found) == 1
    assert found[0].text == "Detain a person within the law"
    assert found[0].condition == "At a checkpoint, with an interpreter"
    assert found[0].standard == "No rule of the card is broken"
    assert found[0].kind is ObjectiveKind.TERMINAL
    turned = objectives("# Objectives", "Condition: At night.", "Action: Explain an order", "Standard: Without notes")
    assert (turned[0].condition, turned[0].standard) == ("At night", "Without notes")


def test_a_condition_and_a_standard_within_a_sentence(objectives) -> None:  # type: ignore[no-untyped-def]
    """What is given before the verb is the condition; what follows "in accordance with" is the standard."""
    found = objectives(
        "# Objectives", "- Given a map and an order, plan a search in accordance with the law of the land."
    )
    assert found[0].condition == "Given a map and an order"
    assert (found[0].verb, found[0].standard) == ("plan", "in accordance with the law of the land")


def test_sentences_of_a_paragraph(objectives) -> None:  # type: ignore[no-untyped-def]
    """In running text only sentences that begin with a verb are objectives; abbreviations do not end them."""
    found = objectives(
        "# Course Objectives",
        "This part is new. Students will compare U.S. Army rules with those of others. They enjoyed it last year. "
        "Students will: (1) list the organs; (2) explain their powers.",
    )
    assert [each.text for each in found] == [
        "Students will compare U.S. Army rules with those of others",
        "list the organs",
        "explain their powers",
    ]


def test_no_objectives_outside_their_section(objectives) -> None:  # type: ignore[no-untyped-def]
    """A verb at the head of a policy or an assignment makes no objective."""
    assert (
        objectives("# Academic Integrity", "- Explain your absence to the dean", "# Assignments", "- Write a paper")
        == ()
    )


def test_a_verb_at_two_levels_is_a_fault(tmp_path: Path) -> None:
    """The file is refused with the line of the second place."""
    text = SHIPPED.read_text(encoding="utf-8").replace("    en: [understand,", "    en: [define, understand,", 1)
    copy = tmp_path / "objectives.yaml"
    copy.write_text(text, encoding="utf-8")
    with pytest.raises(DataFileError) as caught:
        load_objective_cues(copy)
    assert "define" in str(caught.value)
    assert caught.value.problems[0].line > 0
