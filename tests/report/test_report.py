"""The report's files: complete in every format, harmless, and the same for the same result."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from imetaudit.errors import UsageError
from imetaudit.model import CourseStatus, Result, TaxonomyRecord, Verdict, VerdictKind
from imetaudit.report import format_names, render
from imetaudit.report.contents import contents
from imetaudit.report.csv import csv_files
from imetaudit.report.html import to_html
from imetaudit.report.numbers import report_numbers
from imetaudit.report.places import document_link
from imetaudit.report.recommendations import recommendations
from imetaudit.report.text import to_text
from report.builders import college, hostile, large, make_course, make_document, make_result, make_run

VOID = {"meta", "br", "hr", "img", "link", "input", "col", "rect", "path", "circle", "use"}


class Page(HTMLParser):
    """What a test wants to know of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element, its id, link and what it must not have."""
        self.tags.append(tag)
        given = dict(attrs)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [given["href"] or ""] if "href" in given else []
        self.faults += [f"{tag} {name}" for name in given if name.startswith("on") or name in ("src", "style")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that closes itself."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Note an end that closes nothing."""
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        """Keep the words that a reader sees."""
        if not self.open or self.open[-1] != "style":
            self.words.append(data)


def page_of(result: Result) -> Page:
    """Return the parsed page of a result."""
    return Page(to_html(contents(result)))


CASES = {
    "college": college(),
    "hostile": hostile(),
    "large": large(12),
    "empty": make_result([], []),
    "one-course": make_result([make_course("A-1", "Tactics")], [make_document("a-1.pdf")]),
    "nothing-read": make_result(
        [make_course("A-1", "Tactics", status=CourseStatus.NOT_AUDITABLE)],
        [make_document("a-1.pdf", reason="encrypted")],
    ),
    "no-syllabus": make_result([make_course("A-1", "Tactics", status=CourseStatus.NO_SYLLABUS)], []),
    "other-areas": replace(college(), run=make_run(taxonomy=TaxonomyRecord("own", "1", "ab" * 32, 1, 2)), coverage=()),
    "no-standard": replace(college(), run=make_run(standards=()), verdicts=()),
}


@pytest.mark.parametrize("result", CASES.values(), ids=CASES)
def test_the_page_is_well_formed_and_needs_nothing_else(result: Result) -> None:
    """Elements close, ids are unique, inner links arrive, and nothing is fetched, run or styled from outside."""
    page = page_of(result)
    assert page.faults == []
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))
    assert [link for link in page.links if link.startswith("#") and link[1:] not in page.ids] == []
    assert [link for link in page.links if not link.startswith(("#", "./"))] == []
    assert not {"script", "link", "img", "iframe", "object", "base"} & set(page.tags)


@pytest.mark.parametrize("result", CASES.values(), ids=CASES)
def test_the_same_result_gives_the_same_bytes(result: Result, tmp_path: Path) -> None:
    """Two renderings, one of a result with its rows turned round, are equal byte for byte."""
    turned = replace(
        result, courses=result.courses[::-1], mentions=result.mentions[::-1], coverage=result.coverage[::-1]
    )
    first = render(result, format_names(), tmp_path / "a")
    second = render(turned, format_names(), tmp_path / "b")
    assert [path.name for path in first] == [path.name for path in second]
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name


def test_hostile_text_is_shown_and_does_nothing() -> None:
    """Markup and template code in a syllabus are shown as the words they are, and control characters are gone."""
    text = to_html(contents(hostile()))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<script" not in text
    assert "{{ 7*7 }}" in text
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    assert text.count("</style>") == 1


def test_hostile_text_is_bounded() -> None:
    """A sentence of twenty thousand characters is shown in part, with the words that matched."""
    page = page_of(hostile())
    assert max(len(words) for words in page.words) < 1000
    assert "human rights" in page.words
    assert max(map(len, to_text(contents(hostile())).splitlines())) <= 120


def test_a_path_cannot_leave_the_folder_or_run() -> None:
    """Links to documents are relative and quoted, whatever the file is called."""
    links = [link for link in page_of(hostile()).links if not link.startswith("#")]
    assert "./javascript%3Aalert%281%29.pdf#page=2" in links
    assert all(link.startswith("./") and "//" not in link and ":" not in link for link in links)


@pytest.mark.parametrize(
    "make", [lambda r: " ".join(page_of(r).words), lambda r: to_text(contents(r))], ids=["html", "txt"]
)
def test_every_file_that_was_not_read_is_in_every_page(make: object) -> None:
    """No format leaves out a file that could not be read, a course without a syllabus, or a recommendation."""
    assert callable(make)
    words = re.sub(r"\s+", " ", make(college()))
    for expected in ("int-220.pdf", "med-105.pdf", "WAR-999", "no-text-layer", "encrypted", "Seven more in the report"):
        assert expected in words
    assert "organised along the elements of a finding in Government Auditing Standards" in words
    assert "generally accepted government auditing standards" not in words.lower()
    assert "unverified" in words


def test_text_and_page_say_the_same() -> None:
    """Every heading, caption and number sentence of the page is in the plain text."""
    text = re.sub(r"\s+", " ", to_text(contents(college())))
    source = to_html(contents(college()))
    said = re.findall(r"<(?:h[1-5]|caption|dt)[^>]*>(?:<[^>]+>)*([^<]+)<", source)
    assert len(said) > 60
    assert [
        words
        for words in said
        if words.replace("&#39;", "'").replace("&amp;", "&") not in text and "Contents" not in words
    ] == []


def test_tables_have_captions_scopes_and_headings_do_not_jump() -> None:
    """Each table has a caption, each header cell a scope, and no heading skips a level."""
    source = to_html(contents(college()))
    assert source.count("<table") == source.count("<caption>")
    assert len(re.findall(r"<th\b", source)) == len(re.findall(r'<th scope="(?:col|row)"', source))
    levels = [int(level) for level in re.findall(r"<h([1-6])\b", source)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert '<html lang="en">' in source
    assert 'class="skip" href="#main"' in source


def test_no_sign_stands_without_its_words() -> None:
    """Wherever a sign is drawn, its meaning stands beside it for those who do not see it."""
    source = to_html(contents(college()))
    bare = re.findall(r'<svg class="sign" aria-hidden="true"><use href="#s-[a-z-]+"/></svg>(.{0,24})', source)
    assert len(bare) > 60
    assert [after for after in bare if not re.match(r'(<span class="vh">| )\w', after)] == []


def test_quotes_stand_marked_in_their_sentence_with_their_place() -> None:
    """A passage shows its sentence, every match in it marked, and document, page, part and lesson."""
    source = to_html(contents(college()))
    assert (
        "apply the </bdi><mark>prohibition of torture</mark><bdi> and report </bdi><mark>human rights violations</mark>"
        in (source)
    )
    place = r'<footer><a href="\./law-101\.pdf#page=2" class="doc"><bdi>law-101\.pdf</bdi></a>, page 2, lesson 3\.'
    assert re.search(place, source)


def test_a_mention_set_aside_is_shown_with_its_reason() -> None:
    """What was set aside is in the course's page, under the sentence of its reason."""
    source = to_html(contents(college()))
    assert "<summary>Set aside: 2 mentions in 2 passages, for 2 reasons</summary>" in source
    assert "The sentence says that the subject is not taught." in source


def test_a_large_catalogue_shows_a_selection_and_says_so() -> None:
    """Above two hundred courses a page has the best passages of each course and says where the others are."""
    result = large(220)
    source = to_html(contents(result))
    assert "At most 8 passages of evidence are shown of a course here" in source
    assert "of which 8 are shown; the others are in evidence.csv" in source
    assert len(source) / 220 < 16_000
    assert csv_files(result)["evidence.csv"].count("\n") == len(result.mentions) + 1


def test_an_option_of_the_run_sets_how_many_passages_are_shown() -> None:
    """The number of passages a course follows the run's option, in a small catalogue too."""
    result = large(3)
    limited = replace(result, run=make_run(options={"report_passages": 2}))
    assert "At most 2 passages of evidence are shown of a course here" in to_html(contents(limited))
    assert "At most" not in to_html(contents(result))


def rows_of(result: Result, name: str) -> list[list[str]]:
    """Return the rows of one CSV file, its header first."""
    text = csv_files(result)[name]
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize("result", CASES.values(), ids=CASES)
def test_no_cell_is_a_formula_and_every_row_is_whole(result: Result) -> None:
    """A cell that begins like a formula has an apostrophe before it; all rows of a file are as long as its header."""
    for name in csv_files(result):
        header, *rows = rows_of(result, name)
        assert all(len(row) == len(header) for row in rows), name
        assert [
            cell for row in [header, *rows] for cell in row if cell.lstrip().startswith(("=", "+", "-", "@", "|"))
        ] == []


def test_the_csv_files_hold_everything() -> None:
    """Courses, coverage, evidence, flags and refusals are complete and agree with the result."""
    result = college()
    assert [row[0] for row in rows_of(result, "courses.csv")[1:]] == [course.id for course in result.courses]
    assert len(rows_of(result, "coverage.csv")) == len(result.coverage) + 1
    assert [row[1] for row in rows_of(result, "evidence.csv")[1:]].count("no") == 7
    assert [(row[0], row[3], row[4]) for row in rows_of(result, "flags.csv")[1:]] == [
        ("LAW-101", "mentioned-only", "no"),
        ("LOG-120", "no-evidence", "yes"),
        ("NAV-310", "no-evidence", "yes"),
        ("STR-400", "no-evidence", "no"),
    ]
    assert [(row[0], row[3]) for row in rows_of(result, "not-auditable.csv")[1:]] == [
        ("INT-220", "no-text-layer"),
        ("MED-105", "encrypted"),
        ("WAR-999", "no-syllabus"),
    ]


def test_the_files_have_their_names(tmp_path: Path) -> None:
    """Each format writes the files that the documentation names, and no other."""
    assert [path.name for path in render(college(), ["html"], tmp_path)] == ["report.html"]
    assert [path.name for path in render(college(), ["txt", "json"], tmp_path)] == ["report.txt", "result.json"]
    names = {path.name for path in render(college(), ["csv"], tmp_path)}
    assert {"courses.csv", "coverage.csv", "evidence.csv", "flags.csv", "not-auditable.csv"} <= names
    assert {path.name for path in tmp_path.iterdir()} == names | {"report.html", "report.txt", "result.json"}


@pytest.mark.parametrize("formats", [["pdf"], ["html", "docx"], ["xlsx"], ["HTML"], []])
def test_a_format_that_is_not_there_is_refused_before_anything_is_written(formats: list[str], tmp_path: Path) -> None:
    """The message says which formats there are, and no file is left behind."""
    with pytest.raises(UsageError, match="choose from html, csv, txt, json"):
        render(college(), formats, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """A file where the folder should be is the operator's to mend, and is said so."""
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="cannot be written"):
        render(college(), ["txt"], tmp_path / "out")


def test_recommendations_follow_from_conditions_only() -> None:
    """Where every file was read and a reviewer decided, nothing is recommended about reading or review."""
    reviewed = replace(large(2), run=make_run(standards=(), decisions_sha256="ab" * 32))
    steps = [step.in_full() for step in recommendations(report_numbers(reviewed))]
    said = " ".join(part if isinstance(part, str) else getattr(part, "text", "") for step in steps for part in step)
    assert "decide, with the course director of CRS-0001" in said
    assert "readable copies" not in said
    assert "reviewer" not in said
    assert len(steps) == 4


def test_a_school_in_order_gets_no_recommendation() -> None:
    """Where no condition was found the report says so and recommends nothing."""
    result = make_result([], [], run=make_run(standards=()))
    assert recommendations(report_numbers(result)) == ()
    assert "No condition was found that calls for a recommendation." in to_text(contents(result))


def test_verdicts_that_are_alike_are_said_once() -> None:
    """Courses of which the same is said on a criterion share a row, and every one of them is named there."""
    because = "Whether the course is technical is for a person to judge."
    result = large(5)
    verdicts = tuple(
        Verdict("whinsec-343.hours", course.id, VerdictKind.NOT_DETERMINED, because) for course in result.courses
    )
    text = re.sub(r"\s+", " ", to_text(contents(replace(result, verdicts=verdicts))))
    assert text.count(because.removesuffix(".")) == 1
    assert "5 courses: CRS-0000, CRS-0001, CRS-0002, CRS-0003, CRS-0004. Verdict: Not determined" in text
    assert "Not determined 5, of 5 verdicts." in text


def test_the_first_page_names_few_courses_and_whole_sentences() -> None:
    """However many courses a recommendation names, its short form stays a whole sentence."""
    steps = recommendations(report_numbers(large(150)))
    short = "".join(part if isinstance(part, str) else getattr(part, "text", "") for part in steps[0].in_short())
    assert "CRS-0001, CRS-0003, CRS-0005, and 72 more" in short
    assert short.endswith("record the decision.")


def test_a_member_is_linked_by_the_file_that_holds_it() -> None:
    """The link shows the member's name and leads to its archive or table, which a browser can open."""
    link = document_link("2026/all.zip!/law/course.pdf", 3)
    assert (link.text, link.href) == ("2026/all.zip!/law/course.pdf", "./2026/all.zip")
    assert document_link("law/course.pdf", 3).href == "./law/course.pdf#page=3"
