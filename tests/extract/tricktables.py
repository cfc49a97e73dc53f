"""Tables painted in every way that word processors, typesetters and web browsers draw them, with the rows they show.

Each trick is one PDF of a paragraph, a table and a paragraph. What a trick expects is what a person reads: a row's cells
in order, a wrapped cell as one line, a merged cell's text once. The words are fictional lessons in English and Spanish.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

Cells = Sequence[Sequence[str | None]]
"""Rows of cells; a newline ends a line in a cell, and None is a place that the cell to its left covers."""

SIZE = 10.0
BEFORE = [
    "The plan below says what is taught in each week of the course and how many hours",
    "are given to it in class.",
]
AFTER = ["Students read the texts before class. The plan may change, and changes are told", "in class one week before."]

ENGLISH: Cells = (
    ("Week", "Topic", "Reading", "Hours"),
    ("1", "The soldier and the state:\nwho commands whom", "Ch. 1", "2 h"),
    ("2", "Parliament and the budget", "Ch. 2 and the\nlaw of 1994", "3 h"),
    ("3", "Courts, juries and\nthe duty to refuse an\nunlawful order", "Ch. 4", "90 min"),
    ("4", "Elections under guard", "Ch. 5", "4 h"),
)
SPANISH: Cells = (
    ("Sesión", "Tema", "Lectura", "Horas"),
    ("1", "Derechos humanos y\nsu protección", "Cap. 1", "2"),
    ("2", "El mando civil", "Cap. 2 y la\nley orgánica", "4"),
    ("3", "Trato a prisioneros y\npoblación civil en el\nconflicto", "Cap. 3", "6"),
    ("4", "Transición a la democracia", "Cap. 7", "2"),
)
SHORT: Cells = (
    ("1", "Coups and juntas", "2 h"),
    ("2", "Trials of officers", "90 min"),
    ("3", "Elections under guard", "3 h"),
    ("4", "Parliament and budget", "4 h"),
)
DATED: Cells = (
    ("Date", "Topic", "Reading", "Hours"),
    ("Week 1\n(3 March)", "The soldier and the state:\nwho commands whom\nin a republic", "Ch. 1", "2 h"),
    ("Week 2\n(10 March)", "Parliament and the budget", "Ch. 2 and the\nlaw of 1994", "3 h"),
    ("Week 3\n(17 March)", "Courts and the military", "Ch. 4", "90 min"),
    ("Week 4\n(24 March)", "Elections under guard", "Ch. 5", "4 h"),
)
NARROW: Cells = (
    ("Week", "Topic", "Hours"),
    ("Wk 1", "Coups and juntas\nof the region", "2 h"),
    ("Wk 2", "Trials of officers", "90 min"),
    ("Wk 3", "Elections, voters", "3 h"),
)
DITTO: Cells = (
    ("Week", "Topic", "Reading", "Hours"),
    ("1", "The soldier and the state", "Ch. 1", "2 h"),
    ("", "Visit to the ministry of\ndefence", "Notes", "1 h"),
    ("2", "Courts and the military", "Ch. 4", "90 min"),
    ("", "Seminar on obedience", "Ch. 4", "1 h"),
    ("3", "Elections under guard", "Ch. 5", "4 h"),
)
MIDDLE: Cells = (
    ("Week", "Topic", "Reading", "Hours"),
    ("1\n(May)", "The soldier and the state:\n\nwho commands whom\nin a republic", "Ch. 1", "2 h"),
    ("2\n(June)", "Courts", "Ch. 2\n\nCh. 3", "3 h"),
)
PAIRS: Cells = (
    ("3 March", "Introduction. What soldiers owe to the state, and what the state\nowes to soldiers; reading: Ch. 1"),
    ("10 March", "Parliament and the budget; reading: Ch. 2"),
    ("17 March", "Courts, juries and the duty to refuse an order that breaks the\nlaw; reading: Ch. 4"),
    ("24 March", "Elections under guard; reading: Ch. 5"),
)
XS = (60.0, 110.0, 290.0, 400.0, 470.0)
XSD = (60.0, 130.0, 290.0, 400.0, 470.0)
XS3 = (60.0, 120.0, 330.0, 420.0)

Expected = tuple[tuple[str, ...], ...]
Paint = Callable[[Any], Expected]


@dataclass(frozen=True)
class Trick:
    """One PDF and the table rows that a person reads in it."""

    name: str
    paint: Paint

    def write(self, folder: Path) -> tuple[Path, Expected]:
        """Write the PDF and return its path and rows."""
        path = folder / f"{self.name}.pdf"
        canvas = Canvas(str(path), pagesize=A4, invariant=1)
        canvas.setFont("Helvetica", SIZE)
        expected = self.paint(canvas)
        canvas.save()
        return path, expected


def prose(canvas: Any, y: float, lines: Sequence[str], x: float = 60) -> None:
    """Paint lines of a paragraph from `y` downwards."""
    for number, line in enumerate(lines):
        canvas.drawString(x, y - 12 * number, line)


def said(rows: Cells) -> Expected:
    """Return the cells as they are to be read: wrapped lines as one, merged places empty."""
    return tuple(tuple(" ".join((cell or "").split()) for cell in row) for row in rows)


def heights(rows: Cells, pad: float, lead: float) -> list[float]:
    """Return the height of each row."""
    return [max(str(cell or "").count("\n") + 1 for cell in row) * lead + 2 * pad for row in rows]


def cells(
    canvas: Any,
    rows: Cells,
    xs: Sequence[float] = XS,
    *,
    top: float = 700,
    pad: float = 4,
    lead: float = 12,
    middle: bool = False,
    bold_head: bool = True,
    by_column: bool = False,
) -> list[float]:
    """Paint the text of the cells and return the y of the rows' bounds, downwards."""
    ys = [top]
    for height in heights(rows, pad, lead):
        ys.append(ys[-1] - height)
    places = [(row, column) for row in range(len(rows)) for column in range(len(rows[0]))]
    if by_column:
        places.sort(key=lambda place: place[1])
    for row, column in places:
        text = rows[row][column] if column < len(rows[row]) else None
        lines = (text or "").split("\n")
        y = ys[row] - pad - SIZE + 1
        if middle:
            y -= (ys[row] - ys[row + 1] - 2 * pad - lead * len(lines)) / 2
        canvas.setFont("Helvetica-Bold" if row == 0 and bold_head else "Helvetica", SIZE)
        for number, line in enumerate(lines):
            if line:
                canvas.drawString(xs[column] + 4, y - lead * number, line)
    canvas.setFont("Helvetica", SIZE)
    return ys


def level(canvas: Any, ys: Sequence[float], left: float = XS[0], right: float = XS[-1]) -> None:
    """Draw level lines."""
    for y in ys:
        canvas.line(left, y, right, y)


def upright(canvas: Any, xs: Sequence[float], top: float, bottom: float) -> None:
    """Draw upright lines."""
    for x in xs:
        canvas.line(x, top, x, bottom)


def framed(rows: Cells, rule: Callable[[Any, Sequence[float], list[float]], None], **options: Any) -> Paint:
    """Return a painter of one table between two paragraphs; `rule` draws its lines."""
    xs = options.pop("xs", XS)

    def paint(canvas: Any) -> Expected:
        prose(canvas, 760, BEFORE)
        ys = cells(canvas, rows, xs, **options)
        rule(canvas, xs, ys)
        prose(canvas, ys[-1] - 30, AFTER)
        return said(rows)

    return paint


# --- ways to draw rules ---------------------------------------------------------------------------


def grid(canvas: Any, xs: Sequence[float], ys: list[float]) -> None:
    """Rule every cell by long lines."""
    level(canvas, ys, xs[0], xs[-1])
    upright(canvas, xs, ys[0], ys[-1])


def thin_boxes(canvas: Any, xs: Sequence[float], ys: list[float]) -> None:
    """Rule every cell by four thin filled rectangles, as word processors do."""
    for top, bottom in itertools.pairwise(ys):
        for left, right in itertools.pairwise(xs):
            for box in ((left, top, right - left, 0.5), (left, bottom, right - left, 0.5)):
                canvas.rect(*box, stroke=0, fill=1)
            for x in (left, right):
                canvas.rect(x, bottom, 0.5, top - bottom, stroke=0, fill=1)


def cell_boxes(canvas: Any, xs: Sequence[float], ys: list[float]) -> None:
    """Draw a stroked rectangle round every cell."""
    for top, bottom in itertools.pairwise(ys):
        for left, right in itertools.pairwise(xs):
            canvas.rect(left, bottom, right - left, top - bottom, stroke=1, fill=0)


def hollow_boxes(canvas: Any, xs: Sequence[float], ys: list[float]) -> None:
    """Draw a frame round every cell as a filled shape with a hole, as drawing programs do."""
    for top, bottom in itertools.pairwise(ys):
        for left, right in itertools.pairwise(xs):
            path = canvas.beginPath()
            path.rect(left, bottom, right - left, top - bottom)
            path.rect(left + 1, bottom + 1, right - left - 2, top - bottom - 2)
            canvas.drawPath(path, stroke=0, fill=1, fillMode=0)


def shades(canvas: Any, xs: Sequence[float], ys: list[float]) -> None:
    """Shade every other row and draw no line."""
    canvas.setFillGray(0.9)
    for number, (top, bottom) in enumerate(itertools.pairwise(ys)):
        if number % 2 == 0:
            canvas.rect(xs[0], bottom, xs[-1] - xs[0], top - bottom, stroke=0, fill=1)
    canvas.setFillGray(0)


def shaded_cells(canvas: Any, xs: Sequence[float], ys: list[float]) -> None:
    """Shade every cell apart, a white gap between them, and draw no line."""
    canvas.setFillGray(0.9)
    for top, bottom in itertools.pairwise(ys):
        for left, right in itertools.pairwise(xs):
            canvas.rect(left + 0.5, bottom + 0.5, right - left - 1, top - bottom - 1, stroke=0, fill=1)
    canvas.setFillGray(0)


def nothing(_canvas: Any, _xs: Sequence[float], _ys: list[float]) -> None:
    """Draw no rule."""


def between_rows(canvas: Any, xs: Sequence[float], ys: list[float]) -> None:
    """Draw a level line above and below every row."""
    level(canvas, ys, xs[0], xs[-1])


def split_between_rows(canvas: Any, xs: Sequence[float], ys: list[float]) -> None:
    """Draw a level line above and below every row, cell by cell, with gaps between the cells."""
    for y in ys:
        for left, right in itertools.pairwise(xs):
            canvas.line(left, y, right - 6, y)


def book(canvas: Any, xs: Sequence[float], ys: list[float]) -> None:
    """Draw a line above the head, below it and below the table, as books do."""
    level(canvas, [ys[0], ys[1], ys[-1]], xs[0], xs[-1])


def between_columns(canvas: Any, xs: Sequence[float], ys: list[float]) -> None:
    """Draw upright lines between the columns, and a level one under the head."""
    upright(canvas, xs[1:-1], ys[0], ys[-1])
    level(canvas, ys[1:2], xs[0], xs[-1])


def book_columns(canvas: Any, xs: Sequence[float], ys: list[float]) -> None:
    """Draw upright lines between the columns, and level ones round the head and under the table."""
    upright(canvas, xs, ys[0], ys[-1])
    level(canvas, [ys[0], ys[1], ys[-1]], xs[0], xs[-1])


def only_upright(canvas: Any, xs: Sequence[float], ys: list[float]) -> None:
    """Draw upright lines at every column's edge and no level one."""
    upright(canvas, xs, ys[0], ys[-1])


def inner(canvas: Any, xs: Sequence[float], ys: list[float]) -> None:
    """Draw the lines between cells and none around the table."""
    level(canvas, ys[1:-1], xs[0], xs[-1])
    upright(canvas, xs[1:-1], ys[0], ys[-1])


def double(canvas: Any, xs: Sequence[float], ys: list[float]) -> None:
    """Draw every line twice, a point and a half apart."""
    grid(canvas, xs, ys)
    grid(canvas, [x + 1.5 for x in xs], [y - 1.5 for y in ys])


def dotted(canvas: Any, xs: Sequence[float], ys: list[float]) -> None:
    """Draw every line as a row of tiny squares."""
    for y in ys:
        x = xs[0]
        while x < xs[-1]:
            canvas.rect(x, y, 0.7, 0.7, stroke=0, fill=1)
            x += 2
    for x in xs:
        y = ys[-1]
        while y < ys[0]:
            canvas.rect(x, y, 0.7, 0.7, stroke=0, fill=1)
            y += 2


def broken(canvas: Any, xs: Sequence[float], ys: list[float]) -> None:
    """Draw each side of each cell as a line of its own that stops short of the corners."""
    for top, bottom in itertools.pairwise(ys):
        for left, right in itertools.pairwise(xs):
            level(canvas, [top, bottom], left + 1.5, right - 1.5)
            upright(canvas, [left, right], top - 1.5, bottom + 1.5)


def page_frame(canvas: Any, xs: Sequence[float], ys: list[float]) -> None:
    """Draw the full grid in a page with a frame."""
    grid(canvas, xs, ys)
    canvas.rect(30, 30, 535, 780, stroke=1, fill=0)


# --- tables that need their own painter -----------------------------------------------------------


def merged_across(canvas: Any) -> Expected:
    """Paint a ruled table with a title across it, and a cell over two columns."""
    rows: Cells = (ENGLISH[0], ("Part one: command", None, None, None), *ENGLISH[1:3],
                   ("3", "Visit to the ministry, no reading", None, "5 h"))  # fmt: skip
    prose(canvas, 760, BEFORE)
    ys = cells(canvas, rows)
    level(canvas, ys)
    upright(canvas, (XS[0], XS[-1]), ys[0], ys[-1])
    upright(canvas, XS[1:-1], ys[0], ys[1])
    upright(canvas, XS[1:-1], ys[2], ys[4])
    upright(canvas, (XS[1], XS[3]), ys[4], ys[5])
    prose(canvas, ys[-1] - 30, AFTER)
    expected = said(rows)
    return (expected[0], ("Part one: command",), *expected[2:])


def merged_down(canvas: Any) -> Expected:
    """Paint a ruled table in which one week stands for two rows."""
    rows: Cells = (ENGLISH[0], ENGLISH[1], ("", "Parliament and the budget", "Ch. 2", "3 h"), *ENGLISH[3:])
    ys = cells(canvas, rows)
    for number, y in enumerate(ys):
        level(canvas, [y], XS[1] if number == 2 else XS[0])
    upright(canvas, XS, ys[0], ys[-1])
    prose(canvas, ys[-1] - 30, AFTER)
    return said(rows)


def book_merged(canvas: Any) -> Expected:
    """Paint a typesetter's table with part titles between its rows."""
    rows: Cells = (ENGLISH[0], ("Part one: who commands", None, None, None), *ENGLISH[1:3],
                   ("Part two: who judges", None, None, None), *ENGLISH[3:])  # fmt: skip
    ys = cells(canvas, rows)
    level(canvas, [ys[0], ys[1], ys[2], ys[4], ys[5], ys[-1]])
    prose(canvas, ys[-1] - 30, AFTER)
    return tuple((row[0],) if len([cell for cell in row if cell]) == 1 else row for row in said(rows))


def _lessons(count: int) -> Cells:
    words = ["command", "courts", "budgets", "elections", "prisoners", "refugees", "treaties", "juries"]
    return [
        (
            str(number),
            f"Lesson on {words[number % 8]} and\nwhat the law asks of them",
            f"Ch. {number}",
            f"{number % 4 + 1} h",
        )
        for number in range(1, count + 1)
    ]


def over_pages(ruled: Callable[[Any, Sequence[float], list[float]], None], repeated: bool) -> Paint:
    """Return a painter of a table on two pages, its head on the second again where `repeated`."""

    def paint(canvas: Any) -> Expected:
        lessons = _lessons(30)
        first: Cells = [ENGLISH[0], *lessons[:18]]
        ruled(canvas, XS, cells(canvas, first))
        canvas.showPage()
        canvas.setFont("Helvetica", SIZE)
        rest: Cells = [*([ENGLISH[0]] if repeated else []), *lessons[18:]]
        ys = cells(canvas, rest, top=780, bold_head=repeated)
        ruled(canvas, XS, ys)
        prose(canvas, ys[-1] - 30, AFTER)
        return said([ENGLISH[0], *lessons])

    return paint


def split_row(ruled: Callable[[Any, Sequence[float], list[float]], None], repeated: bool) -> Paint:
    """Return a painter of a table of which one row stands partly on the next page."""

    def paint(canvas: Any) -> Expected:
        lessons = list(_lessons(24))
        start: Cells = [ENGLISH[0], *lessons[:17], ("18", "Military courts and the", "Ch. 18", "2 h")]
        ruled(canvas, XS, cells(canvas, start))
        canvas.showPage()
        canvas.setFont("Helvetica", SIZE)
        rest: Cells = [*([ENGLISH[0]] if repeated else []), ("", "rights of the accused", "", ""), *lessons[18:]]
        ys = cells(canvas, rest, top=780, bold_head=repeated)
        ruled(canvas, XS, ys)
        prose(canvas, ys[-1] - 30, AFTER)
        whole = ("18", "Military courts and the rights of the accused", "Ch. 18", "2 h")
        return said([ENGLISH[0], *lessons[:17], whole, *lessons[18:]])

    return paint


def broken_words(canvas: Any) -> Expected:
    """Paint words that narrow cells break, with a hyphen in small letters and in capitals, and without one."""
    rows: Cells = (
        ("N.º", "MATERIA", "HORAS"),
        ("1", "DERECHO INTERNACIO-\nNAL", "8"),
        ("2", "El derecho consti-\ntucional y los dere-\nchos civiles", "6"),
        ("3", "PROTECCIÓN DE LOS DERE-\nCHOS HUMANOS", "4"),
        ("4", "relaciones cívico-\nmilitares", "2"),
    )
    prose(
        canvas, 760, ["Relaciones entre civiles y militares: un enfoque cívico. Los derechos, el orden internacional."]
    )
    grid(canvas, XS3, cells(canvas, rows, XS3))
    return (
        ("N.º", "MATERIA", "HORAS"),
        ("1", "DERECHO INTERNACIONAL", "8"),
        ("2", "El derecho constitucional y los derechos civiles", "6"),
        ("3", "PROTECCIÓN DE LOS DERECHOS HUMANOS", "4"),
        ("4", "relaciones cívico-militares", "2"),
    )


def cut_words(canvas: Any) -> Expected:
    """Paint words that a cell too narrow for them cuts between two lines without a hyphen."""
    xs = (60.0, 120.0, 188.0, 420.0)
    rows: Cells = (
        ("Week", "Area", "Topic"),
        ("1", "Responsibilit\ny", "Who answers for an order"),
        ("2", "Constitutiona\nl law", "Courts and the army"),
    )
    prose(canvas, 760, ["Constitutional law and the responsibility of command are taught in class."])
    grid(canvas, xs, cells(canvas, rows, xs, bold_head=False))
    return (
        ("Week", "Area", "Topic"),
        ("1", "Responsibility", "Who answers for an order"),
        ("2", "Constitutional law", "Courts and the army"),
    )


def two_tables(canvas: Any) -> Expected:
    """Paint two ruled tables side by side."""
    prose(canvas, 760, BEFORE)
    right = (300.0, 340.0, 470.0, 530.0)
    left = (60.0, 90.0, 220.0, 270.0)
    other: Cells = (("A", "Essay on command", "20 %"), ("B", "Examination", "50 %"), ("C", "Seminar", "30 %"))
    grid(canvas, left, cells(canvas, SHORT, left, bold_head=False))
    grid(canvas, right, cells(canvas, other, right, bold_head=False))
    return (*said(SHORT), *said(other))


def turned(canvas: Any) -> Expected:
    """Paint a ruled table on a page that is shown turned by a quarter."""
    canvas.setPageRotation(90)
    canvas.translate(595, 0)
    canvas.rotate(90)
    ys = cells(canvas, ENGLISH, top=500)
    grid(canvas, XS, ys)
    prose(canvas, ys[-1] - 30, AFTER)
    return said(ENGLISH)


def in_form(canvas: Any) -> Expected:
    """Paint a ruled table inside a form, as programs do that place one page in another."""
    canvas.beginForm("plan")
    canvas.setFont("Helvetica", SIZE)
    grid(canvas, XS, cells(canvas, ENGLISH))
    canvas.endForm()
    prose(canvas, 760, BEFORE)
    canvas.doForm("plan")
    return said(ENGLISH)


def numbers_right(canvas: Any) -> Expected:
    """Paint an unruled list of parts and their weights, the weights set flush right and far away."""
    rows = [("Attendance and discussion", "5 %"), ("Two essays on command", "25 %"), ("Final examination", "70 %")]
    prose(canvas, 760, BEFORE)
    for number, (part, weight) in enumerate(rows):
        canvas.drawString(60, 700 - 14 * number, part)
        canvas.drawRightString(400, 700 - 14 * number, weight)
    prose(canvas, 640, AFTER)
    return tuple(rows)


def bullets(canvas: Any) -> Expected:
    """Paint a ruled table whose cells hold lists."""
    rows: Cells = (
        ("Week", "Topic", "Hours"),
        ("1", "• Coups and their causes\n• Juntas", "2 h"),
        ("2", "• Trials\n• Truth commissions and\npardons", "3 h"),
    )
    grid(canvas, XS3, cells(canvas, rows, XS3))
    return (rows[0], ("1", "• Coups and their causes • Juntas", "2 h"),
            ("2", "• Trials • Truth commissions and pardons", "3 h"))  # type: ignore[return-value] # fmt: skip


def tight(canvas: Any) -> Expected:
    """Paint an unruled schedule whose rows stand no further apart than the lines of a cell."""
    ys = cells(canvas, ENGLISH, pad=0)
    prose(canvas, ys[-1] - 40, AFTER)
    return said(ENGLISH)


TRICKS: tuple[Trick, ...] = (
    Trick("grid-en", framed(ENGLISH, grid)),
    Trick("grid-es", framed(SPANISH, grid)),
    Trick("grid-middle", framed(ENGLISH, grid, middle=True)),
    Trick("grid-by-column", framed(SPANISH, grid, by_column=True)),
    Trick("thin-boxes", framed(ENGLISH, thin_boxes)),
    Trick("cell-boxes", framed(SPANISH, cell_boxes)),
    Trick("hollow-boxes", framed(MIDDLE, hollow_boxes, middle=True)),
    Trick("shaded-rows", framed(ENGLISH, shades)),
    Trick("shaded-cells", framed(SPANISH, shaded_cells)),
    Trick("double-rules", framed(ENGLISH, double)),
    Trick("dotted-rules", framed(ENGLISH, dotted)),
    Trick("broken-rules", framed(SPANISH, broken)),
    Trick("inner-rules", framed(ENGLISH, inner)),
    Trick("page-frame", framed(SPANISH, page_frame)),
    Trick("between-rows", framed(ENGLISH, between_rows)),
    Trick("between-rows-es", framed(SPANISH, split_between_rows)),
    Trick("between-rows-middle", framed(ENGLISH, between_rows, middle=True)),
    Trick("between-rows-tight", framed(SPANISH, between_rows, pad=2)),
    Trick("between-columns", framed(ENGLISH, between_columns)),
    Trick("only-upright", framed(SPANISH, only_upright)),
    Trick("book-columns", framed(ENGLISH, book_columns)),
    Trick("book-columns-single", framed(SHORT, book_columns, xs=XS3, bold_head=False)),
    Trick("dates-between-rows", framed(DATED, between_rows, xs=XSD, pad=2)),
    Trick("dates-unruled", framed(DATED, nothing, xs=XSD, pad=5)),
    Trick("dates-grid", framed(DATED, grid, xs=XSD)),
    Trick("narrow-gaps", framed(NARROW, between_rows, xs=(60.0, 98.0, 196.0, 250.0), pad=2)),
    Trick("gaps-in-first", framed(DITTO, grid)),
    Trick("gaps-in-first-unruled", framed(DITTO, nothing, pad=5)),
    Trick("two-columns-unruled", framed(PAIRS, nothing, xs=(60.0, 150.0, 470.0), pad=4)),
    Trick("book", framed(ENGLISH, book)),
    Trick("book-merged", book_merged),
    Trick("unruled", framed(ENGLISH, nothing, pad=5)),
    Trick("unruled-es", framed(SPANISH, nothing, pad=5)),
    Trick("unruled-middle", framed(ENGLISH, nothing, pad=5, middle=True)),
    Trick("unruled-single", framed(SHORT, nothing, xs=XS3, bold_head=False)),
    Trick("unruled-by-column", framed(SPANISH, nothing, pad=5, by_column=True)),
    Trick("unruled-tight", tight),
    Trick("merged-across", merged_across),
    Trick("merged-down", merged_down),
    Trick("two-pages", over_pages(grid, False)),
    Trick("two-pages-head", over_pages(grid, True)),
    Trick("two-pages-unruled", over_pages(nothing, True)),
    Trick("split-row", split_row(grid, False)),
    Trick("split-row-head", split_row(between_rows, True)),
    Trick("split-row-unruled", split_row(nothing, False)),
    Trick("broken-words", broken_words),
    Trick("cut-words", cut_words),
    Trick("two-tables", two_tables),
    Trick("turned", turned),
    Trick("in-form", in_form),
    Trick("numbers-right", numbers_right),
    Trick("bullets", bullets),
)
