"""Which kind each part of a syllabus gets."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from imetaudit.model import Document, Outline, SectionKind
from imetaudit.outline import OutlineCues, read_outline

from .conftest import MakeDocument

POLICY_TEXT = (
    "Students with disabilities who need reasonable accommodation should see the dean of students, and the "
    "university does not discriminate; academic integrity and the honor code bind every student of this school."
)


def kind_at(document: Document, outline: Outline, words: str) -> SectionKind:
    """Return the kind of the section that holds the words."""
    at = document.text.index(words)
    return next(s.kind for s in outline.sections if s.start <= at < s.end)


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("COURSE DESCRIPTION", SectionKind.DESCRIPTION),
        ("Descripción del curso", SectionKind.DESCRIPTION),
        ("Objectifs pédagogiques", SectionKind.OBJECTIVE),
        ("3. Learning Outcomes", SectionKind.OBJECTIVE),
        ("Avaliação", SectionKind.ASSESSMENT),
        ("Essay questions", SectionKind.ASSESSMENT),
        ("Bibliografía obligatoria", SectionKind.REQUIRED_READING),
        ("Pour aller plus loin", SectionKind.OPTIONAL_READING),
        ("Bibliography", SectionKind.OPTIONAL_READING),
        ("Statement on academic freedom", SectionKind.POLICY),
        ("Disability Services", SectionKind.POLICY),
        ("About the Instructor", SectionKind.BIOGRAPHY),
        ("Office Hours", SectionKind.CONTACT),
        ("Misión", SectionKind.MISSION),
        ("Prerequisites", SectionKind.PREREQUISITE),
    ],
)
def test_a_heading_gives_its_text_a_kind(
    cues: OutlineCues, make_document: MakeDocument, heading: str, kind: SectionKind
) -> None:
    """A heading in any of the four languages, with or without accents, number and capitals, decides."""
    document = make_document("# A Course", "Some School", "One", "Two", f"# {heading}", "Words of the part.")
    assert kind_at(document, read_outline(document, cues), "Words of the part") is kind


@pytest.mark.parametrize(
    "topic",
    [
        "Foreign Policy",
        "Uniform Code of Military Justice",
        "Reglas de enfrentamiento",
        "Emergency Powers",
        "Appeals",
        "Normas internacionales de derechos humanos",
        "Politique de défense",
        "Public Administration",
        "Eligibility to vote",
    ],
)
def test_a_topic_is_not_taken_for_boilerplate(cues: OutlineCues, make_document: MakeDocument, topic: str) -> None:
    """A heading that only shares a word with a policy heading sets nothing aside."""
    aside = {SectionKind.POLICY, SectionKind.PREREQUISITE, SectionKind.CONTACT, SectionKind.MISSION}
    document = make_document("# A Course", "School", "One", "Two", f"# {topic}", "What is taught here.")
    assert kind_at(document, read_outline(document, cues), "What is taught") not in aside


def test_sections_hold_every_segment_in_order(cues: OutlineCues, make_document: MakeDocument) -> None:
    """Sections do not overlap, and between them the text holds only white space."""
    document = make_document(
        "# T", "^ Running head", "# Schedule", "Week | Topic | Readings", "1 | War | Clausewitz", "End"
    )
    sections = read_outline(document, cues).sections
    assert sections[0].start == 0
    assert sections[-1].end == len(document.text)
    assert [document.text[a.end : b.start].strip(" |\n") for a, b in pairwise(sections)] == [""] * (len(sections) - 1)


def test_a_policy_ends_where_the_schedule_begins(cues: OutlineCues, make_document: MakeDocument) -> None:
    """Without any heading levels, dated lines end a policy section."""
    document = make_document(
        "Course X", "Academic Honesty", POLICY_TEXT, "Sept. 3 The Constitution", "Sept. 5 Congress and War Powers",
        "Sept. 10 Habeas corpus", "Sept. 12 The Press",
    )  # fmt: skip
    outline = read_outline(document, cues)
    assert kind_at(document, outline, "honor code") is SectionKind.POLICY
    assert kind_at(document, outline, "Habeas corpus") is SectionKind.LESSON
    assert len(outline.lessons) == 4


def test_unheaded_policy_after_the_schedule_is_no_lesson(cues: OutlineCues, make_document: MakeDocument) -> None:
    """A paragraph full of policy after the last lesson is set apart by its content."""
    document = make_document("# Schedule", "Week 1: Rights", "Week 2: Duties", POLICY_TEXT)
    assert kind_at(document, read_outline(document, cues), "disabilities") is SectionKind.POLICY


def test_a_policy_word_in_a_lesson_title_stays_a_lesson(cues: OutlineCues, make_document: MakeDocument) -> None:
    """Titles about disability, harassment or copyright are taught where they stand in a schedule."""
    document = make_document(
        "# Schedule", "Week 1: Disability rights", "Harassment", "Week 2: Copyright", "Week 3: Courts"
    )
    outline = read_outline(document, cues)
    assert kind_at(document, outline, "Harassment") is SectionKind.LESSON
    assert kind_at(document, outline, "Copyright") is SectionKind.LESSON


def test_readings_of_a_lesson_are_their_own_section(cues: OutlineCues, make_document: MakeDocument) -> None:
    """A reading line under a lesson, and a column of readings, keep the lesson's index."""
    document = make_document(
        "# Schedule",
        "## Week 1: Coups",
        "Finer, The Man on Horseback, pp. 1-20",
        "Recommended: Luttwak",
        "## Week 2: Courts",
    )
    outline = read_outline(document, cues)
    assert kind_at(document, outline, "Finer") is SectionKind.REQUIRED_READING
    assert kind_at(document, outline, "Luttwak") is SectionKind.OPTIONAL_READING
    table = make_document("# Schedule", "Week | Topic | Readings", "1 | Coups | Finer", "2 | Courts | Marbury")
    found = [s for s in read_outline(table, cues).sections if s.kind is SectionKind.REQUIRED_READING]
    assert [(table.text[s.start : s.end], s.lesson) for s in found] == [("Finer", 0), ("Marbury", 1)]


def test_a_teacher_named_in_a_heading_opens_no_biography(cues: OutlineCues, make_document: MakeDocument) -> None:
    """What stands below "Professor A. Person" is not set aside."""
    document = make_document("# War and Law", "# Professor A. Person", "# I. Courts", "Habeas corpus in wartime.")
    assert kind_at(document, read_outline(document, cues), "Habeas") is not SectionKind.BIOGRAPHY


def test_headers_run_and_do_not_end_a_part(cues: OutlineCues, make_document: MakeDocument) -> None:
    """A page header within a policy leaves the policy open behind it."""
    document = make_document("# T", "a", "b", "# Attendance", "Be there.", "^ Page 2", "Always.")
    outline = read_outline(document, cues)
    assert kind_at(document, outline, "Page 2") is SectionKind.RUNNING
    assert kind_at(document, outline, "Always") is SectionKind.POLICY


def test_unheaded_prose_about_the_course_is_its_description(cues: OutlineCues, make_document: MakeDocument) -> None:
    """A first paragraph that says what the course examines is the description, and contact lines are not."""
    document = make_document(
        "Politics 101", "Office Hours: Mon 2-3", "This course examines how armies obey parliaments."
    )
    outline = read_outline(document, cues)
    assert kind_at(document, outline, "armies obey") is SectionKind.DESCRIPTION
    assert kind_at(document, outline, "Mon 2-3") is SectionKind.CONTACT


def test_a_list_of_verbs_is_objectives(cues: OutlineCues, make_document: MakeDocument) -> None:
    """Items that begin with verbs of doing are objectives without a heading."""
    document = make_document("T", "- Explain due process.", "- Compare two courts.", "- Define a right.")
    assert kind_at(document, read_outline(document, cues), "due process") is SectionKind.OBJECTIVE


def test_an_empty_document_has_no_sections(cues: OutlineCues, make_document: MakeDocument) -> None:
    """No text gives no section, no lesson and no hours."""
    assert read_outline(make_document(), cues) == Outline(sections=())


TABLE = ("# Schedule", "Week | Topic", "1 | Coups", "2 | Courts")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Founded eighty years ago, this college upholds human rights and democracy.", SectionKind.MISSION),
        ("Everyone at the institute upholds democracy in all that is done here.", SectionKind.OTHER),
        ("Human Rights Section · Central File copy", SectionKind.OTHER),
        ("Write to democracy@example.org or ring 555-1234 for a place.", SectionKind.CONTACT),
    ],
)
def test_what_follows_a_schedule_table_is_no_lesson(
    cues: OutlineCues, make_document: MakeDocument, text: str, kind: SectionKind
) -> None:
    """The last lesson of a table ends with the table."""
    document = make_document("# X", *TABLE, text)
    outline = read_outline(document, cues)
    assert kind_at(document, outline, text[:9]) is kind
    assert kind_at(document, outline, "Courts") is SectionKind.LESSON


def test_the_last_lesson_keeps_its_details_and_nothing_more(cues: OutlineCues, make_document: MakeDocument) -> None:
    """Behind as many pieces as the longest lesson has, prose and a page's foot end the schedule; items do not."""
    lessons = ("# Schedule", "Week 1: Coups", "Why they come.", "Week 2: Courts", "Week 3: Press", "Who asks whom.")
    prose = "The institute has upheld democracy " + "in every year of its long and honourable life " * 4
    document = make_document("# X", *lessons, "- Visit to a newsroom", prose, "More of it.")
    outline = read_outline(document, cues)
    assert kind_at(document, outline, "Who asks") is SectionKind.LESSON
    assert kind_at(document, outline, "newsroom") is SectionKind.LESSON
    assert kind_at(document, outline, "upheld democracy") is SectionKind.OTHER
    assert kind_at(document, outline, "More of it") is SectionKind.OTHER
    footed = make_document("# X", *lessons, "2024 · Institute of Democracy · rev 3")
    assert kind_at(footed, read_outline(footed, cues), "2024") is SectionKind.OTHER


def test_a_line_at_a_page_edge_that_names_the_course_runs(cues: OutlineCues, make_document: MakeDocument) -> None:
    """A header that stands on one page only is no part of the lesson before it; on the first page it is a title."""
    head = "NAV-1 Ropes · Human Rights Section, file copy"
    document = make_document("# NAV-1 Ropes and Knots", *TABLE, head, "# Assessment", "A knot.")
    pages = [2 if segment.start >= document.text.index(head) else 1 for segment in document.segments]
    paged = replace(
        document, segments=tuple(replace(s, page=p) for s, p in zip(document.segments, pages, strict=True)), pages=2
    )
    outline = read_outline(paged, cues)
    assert kind_at(paged, outline, head) is SectionKind.RUNNING
    assert kind_at(paged, outline, "Ropes and Knots") is SectionKind.TITLE


def test_a_menu_above_the_title_is_no_title(cues: OutlineCues, make_document: MakeDocument) -> None:
    """List items in the title block are neither title nor teaching."""
    document = make_document("# NAV-1 Ropes", "- Home", "- Democracy and Defence", "# NAV-1 Ropes", "Some School")
    assert kind_at(document, read_outline(document, cues), "Democracy") is SectionKind.OTHER
