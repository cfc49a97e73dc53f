"""Presentations: the order of slides and shapes, lists, tables, notes, what is left out."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

from imetaudit.extract import extract_file
from imetaudit.model import Document, Unreadable

from .conftest import shown

Read = Callable[..., Document]
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    f'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" xmlns:r="{_OFFICE}"'
)


def text(*paragraphs: str) -> str:
    """Return a text body; a paragraph may begin with properties in angle brackets."""
    made = (each if each.startswith("<") else f"<a:r><a:t>{each}</a:t></a:r>" for each in paragraphs)
    return "<p:txBody><a:bodyPr/>" + "".join(f"<a:p>{each}</a:p>" for each in made) + "</p:txBody>"


def shape(body: str, kind: str = "", *, at: tuple[int, int] | None = None) -> str:
    """Return a shape, as a placeholder of a kind or at a place (left, top)."""
    holder = f'<p:ph type="{kind}"/>' if kind else ""
    place = f'<a:xfrm><a:off x="{at[0]}" y="{at[1]}"/><a:ext cx="100" cy="100"/></a:xfrm>' if at else ""
    return (
        f"<p:sp><p:nvSpPr><p:cNvPr/><p:nvPr>{holder}</p:nvPr></p:nvSpPr><p:spPr>{place}</p:spPr>"
        f"{body if body.startswith('<') else text(body)}</p:sp>"
    )


def relations(**named: tuple[str, str]) -> str:
    """Return a relations part of kinds and targets by id."""
    rows = (f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{to}"/>' for key, (kind, to) in named.items())
    return "<Relationships>" + "".join(rows) + "</Relationships>"


def deck(path: Path, slides: list[str], order: list[int] | None = None, parts: dict[str, str] | None = None) -> Path:
    """Write a deck of slides (the XML of their shapes, or a whole slide) shown in an order, and further parts."""
    order = list(range(1, len(slides) + 1)) if order is None else order
    ids = "".join(f'<p:sldId id="{255 + number}" r:id="s{number}"/>' for number in order)
    named = {f"s{number}": ("slide", f"slides/slide{number}.xml") for number in order}
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(
            "ppt/presentation.xml", f"<p:presentation {_SPACES}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>"
        )
        package.writestr("ppt/_rels/presentation.xml.rels", relations(**named))
        package.writestr("_rels/.rels", relations(main=("officeDocument", "/ppt/presentation.xml")))
        for number, content in enumerate(slides, 1):
            whole = content if content.startswith("<p:sld") else f"<p:sld>{tree(content)}</p:sld>"
            package.writestr(f"ppt/slides/slide{number}.xml", whole.replace("<p:sld", f"<p:sld {_SPACES}", 1))
        for name, xml in (parts or {}).items():
            package.writestr(name, xml.replace("SPACES", _SPACES))
    return path


def tree(shapes: str) -> str:
    """Return a slide's tree of shapes."""
    return f"<p:cSld><p:spTree>{shapes}</p:spTree></p:cSld>"


def read(path: Path) -> Document:
    """Read a deck, which must be readable."""
    document = extract_file(path)
    assert isinstance(document, Document), document
    return document


def test_slides_are_pages_in_the_order_in_which_they_are_shown(tmp_path: Path) -> None:
    """The presentation's list gives the order; a hidden slide is left out, counted, and warned of."""
    slides = [shape("First", "title"), shape("Second", "title"), f'<p:sld show="0">{tree(shape("Hidden"))}</p:sld>']
    document = read(deck(tmp_path / "a.pptx", slides, [2, 3, 1]))
    assert [(segment.page, segment.kind.value) for segment in document.segments] == [(1, "heading"), (3, "heading")]
    assert document.text == "Second\n\nFirst"
    assert (document.pages, document.extractor) == (3, "pptx")
    assert document.warnings == ("Hidden slides were not read: 1.",)


def test_title_first_then_placeholders_then_text_boxes_in_rows(tmp_path: Path) -> None:
    """Text boxes are read in rows whatever the order in which they were drawn; feet are told apart."""
    slide = (
        shape("Right", at=(500, 210))
        + shape("Below", at=(0, 900))
        + shape("Left", at=(0, 200))
        + shape("12", "sldNum")
        + shape("Body", "body")
        + shape("Elections", "title")
    )
    assert shown(read(deck(tmp_path / "a.pptx", [slide]))) == [
        ("heading", "Elections"),
        ("paragraph", "Body"),
        ("paragraph", "Left"),
        ("paragraph", "Right"),
        ("paragraph", "Below"),
        ("footer", "12"),
    ]


def test_bullets_come_from_paragraph_or_layout(tmp_path: Path) -> None:
    """A body's lines are items by their layout's list style; numbers run on; a paragraph may have no bullet."""
    body = text(
        "Coups",
        '<a:pPr lvl="1"/><a:r><a:t>Juntas</a:t></a:r>',
        "<a:pPr><a:buNone/></a:pPr><a:r><a:t>Prose</a:t></a:r>",
        '<a:pPr><a:buAutoNum type="romanUcPeriod" startAt="4"/></a:pPr><a:r><a:t>Four</a:t></a:r>',
        '<a:pPr><a:buAutoNum type="romanUcPeriod" startAt="4"/></a:pPr><a:r><a:t>Five</a:t></a:r>',
    )
    styles = "".join(f'<a:lvl{level}pPr><a:buChar char="-"/></a:lvl{level}pPr>' for level in (1, 2))
    path = deck(
        tmp_path / "a.pptx",
        [shape(body, "body")],
        parts={
            "ppt/slides/_rels/slide1.xml.rels": relations(l=("slideLayout", "../slideLayouts/l.xml")),
            "ppt/slideLayouts/l.xml": f"<p:sldLayout SPACES>{tree(shape('Click to add text', 'body'))}</p:sldLayout>",
            "ppt/slideLayouts/_rels/l.xml.rels": relations(m=("slideMaster", "../slideMasters/m.xml")),
            "ppt/slideMasters/m.xml": "<p:sldMaster SPACES><p:txStyles><p:bodyStyle>"
            f"{styles}</p:bodyStyle></p:txStyles></p:sldMaster>",
        },
    )
    document = read(path)
    assert [segment.level for segment in document.segments] == [1, 2, 0, 1, 1]
    assert document.text.split("\n") == ["• Coups", "• Juntas", "", "Prose", "", "IV. Four", "V. Five"]


def test_tables_groups_diagrams_and_charts(tmp_path: Path) -> None:
    """Rows stay whole with merged cells, groups are opened, SmartArt is a list with depth, a chart gives its title."""
    cells = "".join(f"<a:tr>{row}</a:tr>" for row in (
        '<a:tc gridSpan="2">' + text("Plan") + '</a:tc><a:tc hMerge="1">' + text("x") + "</a:tc>",
        f"<a:tc>{text('1')}</a:tc><a:tc>{text('Coups')}</a:tc>",
    ))  # fmt: skip
    frame = "<p:graphicFrame><a:graphic><a:graphicData>{}</a:graphicData></a:graphic></p:graphicFrame>"
    slide = (
        f"<p:grpSp>{shape('Grouped')}</p:grpSp>"
        + frame.format(f"<a:tbl>{cells.replace('p:txBody', 'a:txBody')}</a:tbl>")
        + frame.format('<dgm:relIds r:dm="d"/>')
        + frame.format('<c:chart r:id="c"/>')
    )
    points = "".join(
        f'<dgm:pt modelId="{key}"><dgm:t><a:p><a:r><a:t>{word}</a:t></a:r></a:p></dgm:t></dgm:pt>'
        for key, word in (("2", "Child"), ("1", "Parent"))
    )
    links = '<dgm:cxn srcId="1" destId="2" srcOrd="0"/><dgm:cxn srcId="0" destId="1" srcOrd="0"/>'
    path = deck(
        tmp_path / "a.pptx",
        [slide],
        parts={
            "ppt/slides/_rels/slide1.xml.rels": relations(
                d=("diagramData", "../diagrams/data1.xml"), c=("chart", "/ppt/charts/chart1.xml")
            ),
            "ppt/diagrams/data1.xml": f'<dgm:dataModel SPACES><dgm:ptLst><dgm:pt modelId="0" type="doc"/>{points}'
            f"</dgm:ptLst><dgm:cxnLst>{links}</dgm:cxnLst></dgm:dataModel>",
            "ppt/charts/chart1.xml": "<c:chartSpace SPACES><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>Spending</a:t>"
            "</a:r></a:p></c:rich></c:tx></c:title></c:chart></c:chartSpace>",
        },
    )
    document = read(path)
    assert shown(document) == [
        ("paragraph", "Grouped"),
        ("table-row", "Plan"),
        ("table-row", "1 | Coups"),
        ("list-item", "• Parent"),
        ("list-item", "• Child"),
        ("paragraph", "Spending"),
    ]
    assert [segment.level for segment in document.segments][3:5] == [1, 2]


def test_notes_are_read_and_comments_are_not(tmp_path: Path) -> None:
    """What the teacher says stands under its slide as a note, without the notes page's own furniture."""
    notes = shape("Say why", "body") + shape("3", "sldNum")
    path = deck(
        tmp_path / "a.pptx",
        [shape("Elections", "title")],
        parts={
            "ppt/slides/_rels/slide1.xml.rels": relations(
                n=("notesSlide", "../notesSlides/n.xml"), k=("comments", "../comments/c.xml")
            ),
            "ppt/notesSlides/n.xml": f"<p:notes SPACES>{tree(notes)}</p:notes>",
            "ppt/comments/c.xml": "<p:cmLst SPACES><p:cm><p:text>Remark</p:text></p:cm></p:cmLst>",
        },
    )
    document = read(path)
    assert shown(document) == [("heading", "Elections"), ("note", "Say why")]
    assert document.segments[1].page == 1


def test_title_drawn_as_a_text_box_is_a_heading(tmp_path: Path) -> None:
    """Without a title, a single line on top in larger type than all else is one."""
    large = text('<a:r><a:rPr sz="4000"/><a:t>Week 3</a:t></a:r>')
    document = read(deck(tmp_path / "a.pptx", [shape("Elections", at=(0, 300)) + shape(large, at=(0, 0))]))
    assert shown(document) == [("heading", "Week 3"), ("paragraph", "Elections")]


def test_slides_of_pictures_are_not_passed_for_empty(tmp_path: Path) -> None:
    """A slide that is one picture lowers the readable share; a deck of them has no text layer."""
    picture = '<p:pic><p:blipFill><a:blip r:embed="x"/></p:blipFill></p:pic>'
    document = read(deck(tmp_path / "a.pptx", [shape("Elections", "title"), picture]))
    assert document.readable_share == 0.5
    assert document.warnings == ("Slides that hold a picture and no text were not read: 1.",)
    unreadable = extract_file(deck(tmp_path / "b.pptx", [picture]))
    assert isinstance(unreadable, Unreadable)
    assert unreadable.reason == "no-text-layer"
