"""Builders of believable results for the tests of the result file and the report; no syllabus stands behind them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from imetaudit.model import (
    Boilerplate,
    Counts,
    CourseRecord,
    CourseStatus,
    Coverage,
    Depth,
    DocumentRecord,
    HoursBasis,
    LessonRecord,
    Mention,
    Outcome,
    Result,
    Run,
    Searched,
    StandardRecord,
    TaxonomyRecord,
    Verdict,
    VerdictKind,
)

AREAS: Mapping[str, tuple[str, bool, Mapping[str, str]]] = {
    "human-rights": (
        "Human rights",
        True,
        {
            "general": "human rights in general",
            "torture": "prohibition of torture",
            "remedies": "remedies and accountability for violations",
            "vulnerable": "protection of vulnerable groups",
        },
    ),
    "democracy": (
        "Democracy and the rule of law",
        True,
        {"rule-of-law": "rule of law", "elections": "free elections", "due-process": "due process"},
    ),
    "civilian-control": (
        "Civilian control of the military",
        True,
        {
            "oversight": "legislative oversight of defence",
            "control": "civilian control",
            "role": "role of the military",
        },
    ),
    "law-of-armed-conflict": ("Law of armed conflict", False, {"general": "law of armed conflict in general"}),
    "military-justice": ("Military justice", False, {"general": "military justice in general"}),
    "professionalism": ("Professionalism and ethics", False, {}),
    "defense-resources": ("Defense resource management", False, {}),
    "counternarcotics": ("Counternarcotics cooperation", False, {}),
    "women-peace-security": ("Women, peace and security", False, {}),
}
REASONS = {
    "boilerplate": "The passage stands alike in the syllabi of several courses.",
    "negation": "The sentence says that the subject is not taught.",
    "biography": "The sentence is about a person's career.",
    "homonym": "The words mean something else here.",
}


def make_mention(
    course: str,
    area: str,
    sentence: str,
    quote: str,
    *,
    topic: str = "general",
    reason: str | None = None,
    page: int | None = 2,
    section: str = "lesson",
    lesson: str | None = "3",
    document: str | None = None,
    start: int = 100,
    strength: str = "explicit",
) -> Mention:
    """Return a mention whose id is a digest of what it says."""
    key = f"{course}|{area}|{topic}|{quote}|{sentence}|{start}"
    return Mention(
        id=hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:16],
        course=course,
        document=document or f"{course.lower()}.pdf",
        topic=f"{area}.{topic}",
        area=area,
        term=quote.lower(),
        quote=quote,
        sentence=sentence,
        page=page,
        start=start,
        end=start + len(quote),
        section=section,
        lesson=lesson,
        strength=strength,
        kept=reason is None,
        reason=reason,
    )


def make_document(path: str, *, reason: str | None = None, detail: str | None = None, pages: int = 6) -> DocumentRecord:
    """Return the record of a file that was read, or for a reason was not."""
    read = reason is None
    return DocumentRecord(
        path=path,
        sha256=hashlib.sha256(path.encode("utf-8", "replace")).hexdigest(),
        media_type="application/pdf",
        status="read" if read else "unreadable",
        reason=reason,
        detail=detail,
        pages=pages if read else None,
        words=pages * 385 if read else 0,
        language="en" if read else None,
        extractor="pdf" if read else None,
        readable_share=1.0 if read else 0.0,
    )


def make_course(
    course: str,
    title: str,
    *,
    status: CourseStatus = CourseStatus.AUDITED,
    hours: float | None = 40.0,
    lessons: Sequence[LessonRecord] = (),
    documents: Sequence[str] | None = None,
) -> CourseRecord:
    """Return a course of the catalogue with one PDF, unless told otherwise."""
    if documents is None:
        documents = () if status is CourseStatus.NO_SYLLABUS else (f"{course.lower()}.pdf",)
    audited = status is CourseStatus.AUDITED
    return CourseRecord(
        id=course,
        title=title,
        edition="AY 2026-2027",
        department="Department of Strategy",
        attributes={"MASL": "P171234"} if audited else {},
        documents=tuple(documents),
        status=status,
        hours=hours if audited else None,
        hours_basis=HoursBasis.STATED if audited and hours is not None else HoursBasis.UNKNOWN,
        lessons=tuple(lessons),
    )


def make_lessons(course: str, titles: Mapping[str, tuple[str, ...]]) -> tuple[LessonRecord, ...]:
    """Return lessons of two hours each, with the areas of which each has evidence."""
    return tuple(
        LessonRecord(str(number), title, 2.0, "2.0 hrs", True, f"{course.lower()}.pdf", 2 + number // 4, areas)
        for number, (title, areas) in enumerate(titles.items(), 1)
    )


def make_coverage(
    courses: Sequence[CourseRecord],
    mentions: Sequence[Mention],
    covered: Mapping[tuple[str, str], tuple[Depth, float | None]],
) -> tuple[Coverage, ...]:
    """Return a row a course and area, and a row a topic with a mention, as the mentions have it."""
    rows = []
    for course in courses:
        own = [mention for mention in mentions if mention.course == course.id]
        for area in AREAS:
            rows.append(
                _coverage(course, area, "area", [m for m in own if m.area == area], covered.get((course.id, area)))
            )
        for topic in sorted({m.topic for m in own}):
            about = [m for m in own if m.topic == topic]
            rows.append(_coverage(course, topic, "topic", about, covered.get((course.id, about[0].area))))
    return tuple(rows)


def _coverage(
    course: CourseRecord,
    topic: str,
    level: str,
    mentions: Sequence[Mention],
    covered: tuple[Depth, float | None] | None,
) -> Coverage:
    kept = sum(mention.kept for mention in mentions)
    aside = len(mentions) - kept
    if course.status is not CourseStatus.AUDITED:
        outcome, because = Outcome.NOT_AUDITABLE, "No file of the course could be read."
    elif covered and kept:
        outcome, because = Outcome.COVERED, "A lesson or an objective has evidence."
    elif mentions:
        outcome, because = Outcome.MENTIONED_ONLY, "Every mention was set aside, or stands outside what is taught."
    else:
        outcome, because = Outcome.NO_EVIDENCE, "No term of the area was found."
    near = "“Students discuss the limits of military power.” No term of the area stands in it."
    miss = near if outcome is Outcome.NO_EVIDENCE and topic == "democracy" else None
    hit = covered if outcome is Outcome.COVERED else None
    searched = Searched(212, 2310, miss) if course.status is CourseStatus.AUDITED else Searched(0, 0)
    return Coverage(
        course.id,
        topic,
        level,
        outcome,
        hit[0] if hit else None,
        hit[1] if hit else None,
        kept,
        aside,
        searched,
        because,
    )


def make_run(**changes: object) -> Run:
    """Return a run on a fictional staff college, with two standards."""
    areas: list[Mapping[str, object]] = [
        {
            "id": area,
            "label": label,
            "lead": lead,
            "topics": [{"id": f"{area}.{topic}", "label": name} for topic, name in topics.items()],
        }
        for area, (label, lead, topics) in AREAS.items()
    ]
    taxonomy = TaxonomyRecord("imetaudit-core", "2026.11", "ab" * 32, 13, 912, tuple(areas), dict(REASONS))
    criteria: list[Mapping[str, object]] = [
        {
            "id": "whinsec-343.hours",
            "text": "At least 8 hours on human rights, the rule of law, due process, civilian control of the "
            "military, and "
            "the role of the military in a democratic society.",
            "citation": "10 U.S.C. 343(d)(1)",
            "unit": "hours",
            "threshold": 8,
            "verified": True,
            "effective_from": None,
            "effective_to": None,
        },
        {
            "id": "whinsec-343.topics",
            "text": "Each of the five matters is in the mandatory instruction.",
            "citation": "10 U.S.C. 343(d)(1), a reading of it",
            "unit": "topics",
            "threshold": 5,
            "verified": False,
            "effective_from": "2026-01-29",
            "effective_to": None,
        },
    ]
    standard = StandardRecord(
        "whinsec-343", "2026.11", "cd" * 32, "Instruction that every student receives", tuple(criteria)
    )
    run = Run(
        tool="0.1.0",
        as_of="2026-11-21",
        taxonomy=taxonomy,
        standards=(standard,),
        options={"ocr": "auto"},
        catalog_sha256="ef" * 32,
        school="Atlantic Staff College",
    )
    return replace(run, **changes)  # type: ignore[arg-type]


def make_result(
    courses: Sequence[CourseRecord],
    documents: Sequence[DocumentRecord],
    mentions: Sequence[Mention] = (),
    covered: Mapping[tuple[str, str], tuple[Depth, float | None]] | None = None,
    *,
    verdicts: Sequence[Verdict] = (),
    boilerplate: Sequence[Boilerplate] = (),
    run: Run | None = None,
    warnings: Sequence[str] = (),
) -> Result:
    """Return a result whose counts and coverage follow from its rows."""
    states = [course.status for course in courses]
    readings = [document.status for document in documents]
    counts = Counts(
        courses=len(courses),
        audited=states.count(CourseStatus.AUDITED),
        not_auditable=states.count(CourseStatus.NOT_AUDITABLE),
        no_syllabus=states.count(CourseStatus.NO_SYLLABUS),
        documents=len(documents),
        read=readings.count("read"),
        unreadable=readings.count("unreadable"),
    )
    return Result(
        run=run or make_run(),
        counts=counts,
        documents=tuple(sorted(documents, key=lambda document: document.path)),
        courses=tuple(sorted(courses, key=lambda course: course.id)),
        coverage=tuple(
            sorted(make_coverage(courses, mentions, covered or {}), key=lambda row: (row.course, row.level, row.topic))
        ),
        mentions=tuple(sorted(mentions, key=lambda m: (m.course, m.document, m.start, m.end, m.topic, m.term, m.id))),
        boilerplate=tuple(boilerplate),
        verdicts=tuple(sorted(verdicts, key=lambda verdict: (verdict.criterion, verdict.course or ""))),
        warnings=tuple(warnings),
    )


def college() -> Result:
    """Return the result of a small college: every state of a course and every reason occurs."""
    courses = [
        make_course("CIV-210", "Civil-Military Relations in Democracies", lessons=_civil_lessons()),
        make_course("LAW-101", "Operational Law and Human Rights", lessons=_law_lessons()),
        make_course("LOG-120", "Joint Logistics Planning", hours=None),
        make_course("NAV-310", "Naval Operations and Maritime Strategy"),
        make_course("STR-400", "Strategy and Policy", hours=12.5),
        make_course("INT-220", "Intelligence Analysis", status=CourseStatus.NOT_AUDITABLE),
        make_course("MED-105", "Field Medicine", status=CourseStatus.NOT_AUDITABLE),
        make_course("WAR-999", "War Game", status=CourseStatus.NO_SYLLABUS),
    ]
    documents = [
        *(make_document(f"{name}.pdf") for name in ("civ-210", "law-101", "log-120", "nav-310", "str-400")),
        make_document("int-220.pdf", reason="no-text-layer", detail="All 12 pages are pictures."),
        make_document("med-105.pdf", reason="encrypted"),
    ]
    covered = {
        ("CIV-210", "civilian-control"): (Depth.COURSE, 12.0),
        ("CIV-210", "democracy"): (Depth.BLOCK, 4.0),
        ("CIV-210", "human-rights"): (Depth.PART, None),
        ("LAW-101", "human-rights"): (Depth.COURSE, 10.0),
        ("LAW-101", "law-of-armed-conflict"): (Depth.BLOCK, 6.0),
        ("LAW-101", "military-justice"): (Depth.PART, 2.0),
        ("STR-400", "civilian-control"): (Depth.BLOCK, None),
    }
    mission = "The College promotes respect for human rights and democratic values in all it does."
    return make_result(
        courses,
        documents,
        _college_mentions(mission),
        covered,
        verdicts=_college_verdicts(),
        boilerplate=(Boilerplate(mission, 5, 5, 5),),
        warnings=("old/nav-300.pdf is named by no course.",),
    )


def _civil_lessons() -> tuple[LessonRecord, ...]:
    return make_lessons(
        "CIV-210",
        {
            "Soldiers and the state": ("civilian-control",),
            "Parliaments and defence budgets": ("civilian-control", "democracy"),
            "The rule of law in transitions": ("democracy", "human-rights"),
            "Seminar papers": (),
        },
    )


def _law_lessons() -> tuple[LessonRecord, ...]:
    return make_lessons(
        "LAW-101",
        {"Human rights in operations": ("human-rights",), "Detention": ("human-rights", "law-of-armed-conflict")},
    )


def _college_mentions(mission: str) -> list[Mention]:
    control = "Students explain how civilian control is kept by parliaments, budgets and courts."
    detention = (
        "Given a detention scenario, apply the prohibition of torture "
        "and report human rights violations to the commander."
    )
    mentions = [
        make_mention("CIV-210", "civilian-control", control, "civilian control", topic="control", section="objective"),
        make_mention(
            "CIV-210",
            "civilian-control",
            "Parliamentary oversight of the armed forces: budgets, inquiries, appointments.",
            "Parliamentary oversight of the armed forces",
            topic="oversight",
            start=300,
        ),
        make_mention(
            "CIV-210",
            "democracy",
            "The rule of law in transitions: courts, police, army.",
            "rule of law",
            topic="rule-of-law",
        ),
        make_mention(
            "CIV-210", "human-rights", "Truth commissions and human rights trials.", "human rights", start=500
        ),
        make_mention("LAW-101", "human-rights", detention, "prohibition of torture", topic="torture", start=700),
        make_mention("LAW-101", "human-rights", detention, "human rights violations", topic="remedies", start=740),
        make_mention(
            "LAW-101", "human-rights", "El respeto de los derechos humanos en operaciones.", "derechos humanos"
        ),
        make_mention("LAW-101", "law-of-armed-conflict", "The Geneva Conventions and detention.", "Geneva Conventions"),
        make_mention("LAW-101", "military-justice", "Courts-martial and fair trial.", "Courts-martial", page=None),
        make_mention(
            "LAW-101",
            "democracy",
            "This course does not cover due process in civilian courts.",
            "due process",
            topic="due-process",
            reason="negation",
        ),
        make_mention(
            "STR-400",
            "civilian-control",
            "Who decides on war? Civilian control in wartime.",
            "Civilian control",
            topic="control",
        ),
        make_mention(
            "NAV-310",
            "human-rights",
            "Captain Doe taught human rights law for ten years.",
            "human rights law",
            reason="biography",
            section="biography",
            lesson=None,
        ),
    ]
    for course in ("CIV-210", "LAW-101", "LOG-120", "NAV-310", "STR-400"):
        mentions.append(
            make_mention(
                course,
                "human-rights",
                mission,
                "human rights",
                reason="boilerplate",
                section="mission",
                lesson=None,
                page=1,
            )
        )
    return mentions


def _college_verdicts() -> list[Verdict]:
    met, failed, open_ = VerdictKind.MET, VerdictKind.NOT_MET, VerdictKind.NOT_DETERMINED
    return [
        Verdict("whinsec-343.hours", "CIV-210", met, "16 hours in mandatory lessons.", 16.0, 8.0, "hours"),
        Verdict("whinsec-343.hours", "LAW-101", met, "10 hours in mandatory lessons.", 10.0, 8.0, "hours"),
        Verdict("whinsec-343.hours", "LOG-120", open_, "The syllabus states no hours.", None, 8.0, "hours"),
        Verdict("whinsec-343.hours", "NAV-310", failed, "No lesson has evidence.", 0.0, 8.0, "hours"),
        Verdict("whinsec-343.hours", "INT-220", open_, "The course could not be audited.", None, 8.0, "hours"),
        Verdict(
            "whinsec-343.topics",
            "LAW-101",
            VerdictKind.PARTLY_MET,
            "Two of five matters are present.",
            2.0,
            5.0,
            "topics",
            (),
            ("due process", "rule of law"),
        ),
    ]


HOSTILE = "<script>alert(1)</script> \u202egnp\x07\x00 حقوق 🕊 {{ 7*7 }} </style> &amp; \"'>"
"""What a syllabus must not be able to do to a page."""


def hostile() -> Result:
    """Return a result in which every text that comes from a school is hostile."""
    long = "Before " + "word " * 2000 + "human rights" + " after" * 2000
    course = replace(
        make_course(HOSTILE, HOSTILE * 50, lessons=make_lessons("X-1", {HOSTILE * 20: ("human-rights",)})),
        edition=HOSTILE,
        department=HOSTILE,
        attributes={HOSTILE: HOSTILE},
        documents=("javascript:alert(1).pdf",),
        warnings=(HOSTILE,),
    )
    unread = make_document(f"//evil/{HOSTILE}.pdf", reason="damaged", detail=HOSTILE * 20)
    mentions = [
        make_mention(HOSTILE, "human-rights", long, "human rights", document="javascript:alert(1).pdf", lesson=HOSTILE),
        make_mention(HOSTILE, "human-rights", HOSTILE, "script", document="javascript:alert(1).pdf", reason=HOSTILE),
    ]
    return make_result(
        [course, make_course("=cmd|' /C calc'!A0", "+1", status=CourseStatus.NO_SYLLABUS)],
        [make_document("javascript:alert(1).pdf"), unread],
        mentions,
        {(HOSTILE, "human-rights"): (Depth.BLOCK, 2.0)},
        verdicts=[
            Verdict("whinsec-343.hours", HOSTILE, VerdictKind.NOT_MET, HOSTILE, 0.0, 8.0, HOSTILE, (), (HOSTILE,))
        ],
        boilerplate=[Boilerplate(HOSTILE * 100, 2, 2, 2)],
        run=make_run(school=HOSTILE),
        warnings=[HOSTILE],
    )


def large(courses: int) -> Result:
    """Return a result of many courses, each with many lessons, mentions kept and mentions set aside."""
    names = [f"CRS-{number:04d}" for number in range(courses)]
    mentions = []
    for place, name in enumerate(names):
        for number in range(20):
            area = list(AREAS)[(place + number) % len(AREAS)]
            sentence = f"Lesson {number}: the officers discuss human rights and the limits of force in case {number}."
            reason = None if number % 3 else "boilerplate"
            mentions.append(make_mention(name, area, sentence, "human rights", start=number * 100, reason=reason))
    lessons = {f"Lesson on subject {number}": ("human-rights",) if number % 4 == 0 else () for number in range(20)}
    covered = {(name, area): (Depth.BLOCK, 2.0) for name in names[::2] for area in AREAS}
    return make_result(
        [make_course(name, f"Course {name}", lessons=make_lessons(name, lessons)) for name in names],
        [make_document(f"{name.lower()}.pdf") for name in names],
        mentions,
        covered,
    )
