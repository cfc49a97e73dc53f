"""The twenty-two traps: places where a word stands and nothing is taught, each as a small syllabus through the chain."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping

import pytest
from conftest import coverage_of

from imetaudit.model import CourseStatus, Outcome, Result

Audit = Callable[[Mapping[str, str | bytes]], Result]

# A course on something else, long enough to be a syllabus; `{}` takes what the trap puts into its lessons.
SYLLABUS = """# LOG 210 Supply Management for Junior Officers

## Course description

This course prepares junior officers to run a unit's supply room, to keep stock records and to plan transport.

## Objectives

Students will be able to keep a stock ledger and to plan a convoy's fuel.

## Schedule

Lesson 1. Stock records and the ledger (2 hours)

Lesson 2. Fuel, tyres and spare parts (2 hours)

{}

Lesson 4. Loading plans and manifests (2 hours)
"""

# Behind the lessons, for what has a place of its own.
AFTER = SYLLABUS.replace("{}\n\n", "") + "\n{}\n"

HR, DEM, CIV, LOAC = "human-rights", "democracy", "civilian-control", "law-of-armed-conflict"

NONE = [
    ("T1", HR, AFTER, "© 2024. All rights reserved. Reservados todos los derechos."),
    ("T2", HR, AFTER, "## Equal opportunity\n\nThe school does not discriminate on the basis of race or sex, and respects the civil rights of all."),
    ("T3", DEM, SYLLABUS, "Lesson 3. Roads of the Democratic Republic of the Congo (2 hours)"),
    ("T3-es", DEM, SYLLABUS, "Lección 3. Carreteras de la República Democrática del Congo (2 horas)"),
    ("T4", HR, SYLLABUS, "Lesson 3. Freedom of movement on the road, right-of-way and water rights (2 hours)"),
    ("T4-dem", DEM, SYLLABUS, "Lesson 3. Election of a spare-parts supplier; the constitution of the loading team (2 hours)"),
    ("T4-coup", CIV, SYLLABUS, "Lesson 3. The leader's coup d'oeil and the coup de main (2 hours)"),
    ("T4-loac", LOAC, SYLLABUS, "Lesson 3. Graduates with distinction show their detention pond plan (2 hours)"),
    ("T5", CIV, SYLLABUS, "Lesson 3. Civil air traffic control and civil engineering (2 hours)"),
    ("T5-es", HR, SYLLABUS, "Lección 3. Derechos de inscripción y derechos de autor; lado derecho del camión (2 horas)"),
    ("T6", CIV, SYLLABUS, "Lesson 3. Civil-military operations, CIMIC and civil affairs (2 hours)"),
    ("T6-icc", LOAC, SYLLABUS, "Lesson 3. The ICC stock code and the POC list (2 hours)"),
    ("T7", HR, AFTER, "## Instructor\n\nDr Ruiz is a human rights lawyer who led the elections observation in two countries."),
    ("T8", HR, SYLLABUS, "Lesson 3. Transport law (2 hours). The lesson does not cover human rights law."),
    ("T8-es", HR, SYLLABUS, "Lección 3. Derecho del transporte, sin incluir derechos humanos (2 horas)"),
    ("T9", DEM, AFTER, "## Dismissal\n\nStudents are afforded due process before dismissal."),
    ("T10", HR, AFTER, "## Prerequisites\n\nStudents must have completed the human rights course HR101."),
    ("T13", DEM, AFTER, "## Contact\n\nCenter for Human Rights and Democracy, Democracy Hall, room 12. Phone 555 0100."),
    ("T14", HR, AFTER, "## Admission\n\nAll nominees must pass Leahy vetting for gross violations of human rights."),
    ("T16", HR, SYLLABUS, "Lesson 3. [insert human rights objective] (2 hours)"),
]  # fmt: skip


@pytest.mark.parametrize(("trap", "area", "syllabus", "text"), NONE, ids=[case[0] for case in NONE])
def test_a_trap_is_no_evidence(trap: str, area: str, syllabus: str, text: str, audited: Audit) -> None:
    """What only looks like the subject leaves the course without evidence, and is shown as set aside if it matched."""
    result = audited({"log-210.md": syllabus.format(text)})
    (course,) = result.courses
    row = coverage_of(result, course.id, area)
    assert row.outcome is Outcome.NO_EVIDENCE, trap
    assert row.kept == 0
    assert all(mention.reason for mention in result.mentions if mention.area == area)


CONTROL = [
    (HR, "Lesson 3. Human rights law and the soldier (2 hours)"),
    (DEM, "Lesson 3. Democratic institutions and the rule of law (2 hours)"),
    (CIV, "Lesson 3. Civilian control of the military (2 hours)"),
    (LOAC, "Lesson 3. The Geneva Conventions and the law of armed conflict (2 hours)"),
]


@pytest.mark.parametrize(("area", "text"), CONTROL, ids=[case[0] for case in CONTROL])
def test_the_same_syllabus_with_a_real_lesson_is_covered(area: str, text: str, audited: Audit) -> None:
    """The traps' syllabus, with a lesson on the area in the traps' place, is covered: the traps do fail for a reason."""
    result = audited({"log-210.md": SYLLABUS.format(text)})
    (course,) = result.courses
    row = coverage_of(result, course.id, area)
    assert (row.outcome, row.hours) == (Outcome.COVERED, 2.0)


def test_t11_a_reading_alone_is_a_mention(audited: Audit) -> None:
    """A required reading without a lesson is mentioned only, and brings no hours."""
    text = AFTER.format("## Required reading\n\n- The handbook of democratic governance, chapters 1-3")
    result = audited({"log-210.md": text})
    row = coverage_of(result, result.courses[0].id, DEM)
    assert (row.outcome, row.hours) == (Outcome.MENTIONED_ONLY, None)


def test_t12_a_title_alone_is_not_teaching(audited: Audit) -> None:
    """A course named for an area whose lessons are tactics is mentioned only."""
    text = SYLLABUS.replace("Supply Management for Junior Officers", "Democracy and Defense").replace("{}\n\n", "")
    result = audited({"log-210.md": text})
    assert coverage_of(result, result.courses[0].id, DEM).outcome is Outcome.MENTIONED_ONLY


def test_t15_a_mission_statement_in_every_syllabus_is_reported_once(audited: Audit) -> None:
    """A sentence that stands in the syllabi of several courses is boilerplate, whatever the numbers in it."""
    mission = (
        "Founded {} years ago, this college promotes respect for human rights and democratic values in the hemisphere."
    )
    names = ("Supply", "Transport", "Hydrography", "Welding")
    files = {
        f"{name.lower()}.md": AFTER.replace("Supply Management for Junior Officers", name)
        .replace("LOG 210", f"LOG {210 + number}")
        .format("## About the college\n\n" + mission.format(40 + number))
        for number, name in enumerate(names)
    }  # fmt: skip
    result = audited(files)
    assert all(row.outcome is Outcome.NO_EVIDENCE for row in result.coverage if row.topic in (HR, DEM))
    told = [(each.courses, each.documents) for each in result.boilerplate if "promotes respect" in each.text]
    mission_set_aside = {mention.reason for mention in result.mentions if "promotes respect" in mention.sentence}
    assert told == [(4, 4)] or mission_set_aside == {"mission"}


def test_t17_a_table_of_contents_is_set_aside(audited: Audit) -> None:
    """Dot leaders and page numbers make a line part of a table of contents."""
    text = SYLLABUS.replace("{}\n\n", "").replace(
        "## Course description",
        "## Contents\n\n- Human rights in operations ........ 4\n- Supply ........ 9\n\n## Course description",
    )
    result = audited({"log-210.md": text})
    assert coverage_of(result, result.courses[0].id, HR).outcome is Outcome.NO_EVIDENCE


def test_t18_a_glossary_is_at_most_a_mention(audited: Audit) -> None:
    """A glossary's definition teaches nothing."""
    text = AFTER.format("## Glossary\n\n- Human rights: the rights of every person\n- Manifest: a list of cargo")
    result = audited({"log-210.md": text})
    assert coverage_of(result, result.courses[0].id, HR).outcome is not Outcome.COVERED


def test_t19_possible_electives_do_not_cover(audited: Audit) -> None:
    """A list of what students may choose is not what the course teaches."""
    text = AFTER.format("## Electives\n\nElectives may include human rights, naval history and Portuguese.")
    result = audited({"log-210.md": text})
    assert coverage_of(result, result.courses[0].id, HR).outcome is not Outcome.COVERED


def test_t20_an_adversarys_slogan_does_not_cover(audited: Audit) -> None:
    """An opponent's propaganda about democracy is not a lesson on it."""
    text = SYLLABUS.format("Lesson 3. Enemy propaganda on the supply lines: democracy, bread and land (2 hours)")
    result = audited({"log-210.md": text})
    assert coverage_of(result, result.courses[0].id, DEM).outcome is not Outcome.COVERED


def test_t21_a_lesson_with_five_topics_counts_its_hours_once(audited: Audit) -> None:
    """Pooled hours hold a lesson once, however many topics it serves."""
    lesson = (
        "Lesson 3. Human rights, the rule of law, due process, civilian control of the military and the role of the "
        "armed forces in a democratic society (2 hours)"
    )
    result = audited({"log-210.md": SYLLABUS.format(lesson)})
    (pooled,) = [v for v in result.verdicts if v.course and v.criterion == "whinsec-343.hours"]
    assert pooled.measured == 2.0
    assert coverage_of(result, result.courses[0].id, HR).hours == 2.0


def _blank_pdf() -> bytes:
    """Return a one-page PDF that holds nothing but an image, as a scanner makes it."""
    pixels = zlib.compress(bytes(64 * 64))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>",
        b"<</Length 31>>stream\nq 612 0 0 792 0 0 cm /I Do Q   \nendstream",
        b"<</Type/XObject/Subtype/Image/Width 64/Height 64/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode"
        b"/Length " + str(len(pixels)).encode() + b">>stream\n" + pixels + b"\nendstream",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj".encode() + body + b"endobj\n"
    table = b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    return (
        out + b"xref\n0 6\n0000000000 65535 f \n" + table
        + f"trailer<</Size 6/Root 1 0 R>>startxref {len(out)}\n%%EOF".encode()
    )  # fmt: skip


def test_t22_a_scan_is_not_auditable_and_never_an_absence(audited: Audit) -> None:
    """A file without text makes its course not auditable, with the reason, beside a course that was read."""
    result = audited({"scan.pdf": _blank_pdf(), "log-210.md": SYLLABUS.format("Lesson 3. Ropes (2 hours)")})
    (scan,) = [document for document in result.documents if document.path == "scan.pdf"]
    assert (scan.status, scan.reason) == ("unreadable", "no-text-layer")
    (course,) = [course for course in result.courses if course.documents == ("scan.pdf",)]
    assert course.status is CourseStatus.NOT_AUDITABLE
    assert {row.outcome for row in result.coverage if row.course == course.id} == {Outcome.NOT_AUDITABLE}
