"""Pages of known text, set in columns and beside tables, whose sentences can be looked for in what was read.

It knows reportlab's frames and canvas. Each builder returns the sentences that must come out whole.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
_ENGLISH = (
    "The officers of lesson {n} study how parliament decides on the budget of the armed forces and who may ask for"
    " an account of what was spent",
    "Case number {n} shows what a court did when soldiers had detained people without telling a judge where they were",
    "In debate {n} the class weighs the orders of an elected minister against the advice that generals gave him in"
    " private before the war",
)
_SPANISH = (
    "Los oficiales de la lección {n} estudian cómo el parlamento decide el presupuesto de las fuerzas armadas y quién"
    " puede pedir cuentas",
    "El caso número {n} muestra lo que hizo un tribunal cuando los soldados habían detenido a personas sin avisar a"
    " ningún juez",
    "En el debate {n} la clase compara las órdenes de un ministro elegido con los consejos que le dieron los generales",
)


def sentences(count: int, start: int = 0, language: str = "en") -> list[str]:
    """Return so many different sentences."""
    forms = _ENGLISH if language == "en" else _SPANISH
    # The tails keep the lines of neighbouring columns from beginning their sentences in step, as no real ones do.
    tails = ("", " (2 h)", " (30 min, seminar)", " (reading: chapter 4 and the notes to it)", " (1 h)")
    return [f"{forms[n % 3].format(n=n)}{tails[n * n % 5]}." for n in range(start, start + count)]


def set_lines(texts: list[str], width: float, size: float = 9.5, per_paragraph: int = 3) -> list[str]:
    """Break sentences into lines of a column, some sentences to a paragraph."""
    lines: list[str] = []
    for place in range(0, len(texts), per_paragraph):
        lines += simpleSplit(" ".join(texts[place : place + per_paragraph]), "Helvetica", size, width)
    return lines


def paint_columns(
    canvas: Any, columns: list[tuple[float, list[str]]], top: float, *, across: bool, size: float = 9.5
) -> None:
    """Paint columns of lines, column after column or `across` line by line, as some programs do."""
    canvas.setFont("Helvetica", size)
    spots = [(number, place, x, line) for place, (x, lines) in enumerate(columns) for number, line in enumerate(lines)]
    for number, _, x, line in sorted(spots) if across else spots:
        canvas.drawString(x, top - 12 * number, line)


def columns_pdf(path: Path, count: int, *, across: bool = False, language: tuple[str, ...] = ("en",)) -> list[str]:
    """Write a page of so many columns under a title and return its sentences."""
    gap = 18.0
    width = (WIDTH - 100 - gap * (count - 1)) / count
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont("Helvetica-Bold", 16)
    canvas.drawString(50, 790, "The soldier and the state: a course over all the columns")
    each = 24 // count
    texts = [sentences(each, 101 * place, language[place % len(language)]) for place in range(count)]
    columns = [
        (50 + place * (width + gap), set_lines(texts[place], width, per_paragraph=2 + place)) for place in range(count)
    ]
    paint_columns(canvas, columns, 760, across=across)
    canvas.save()
    return [text for column in texts for text in column]


def side_bar_pdf(path: Path, *, across: bool = False) -> list[str]:
    """Write a page with a narrow side bar beside its text and return the sentences of both."""
    main, bar = sentences(18), sentences(5, 202)
    canvas = Canvas(str(path), pagesize=A4)
    columns = [(50.0, set_lines(bar, 110, 8.0, 1)), (185.0, set_lines(main, 360))]
    paint_columns(canvas, columns, 760, across=across, size=9.5 if not across else 8.0)
    canvas.save()
    return [*bar, *main]


def part_columns_pdf(path: Path, *, across: bool = False) -> list[str]:
    """Write a page of which the lower half alone is in two columns, with a heading over both in its midst."""
    wide, texts = sentences(9), [sentences(4, 101 * n) for n in range(1, 5)]
    canvas = Canvas(str(path), pagesize=A4)
    top = set_lines(wide, WIDTH - 100)
    paint_columns(canvas, [(50.0, top)], 790, across=False)
    y = 790 - 12 * len(top) - 12
    for pair in (texts[:2], texts[2:]):
        canvas.setFont("Helvetica-Bold", 11)
        canvas.drawString(50, y, "A heading of the part that stands below, over both of its columns and beyond")
        columns = [(50.0, set_lines(pair[0], 238)), (306.0, set_lines(pair[1], 238, per_paragraph=4))]
        paint_columns(canvas, columns, y - 18, across=across)
        y -= 18 + 12 * max(len(lines) for _, lines in columns) + 12
    canvas.save()
    return [*wide, *(text for column in texts for text in column)]


def columns_with_feet_pdf(path: Path) -> list[str]:
    """Write three pages of two columns, each column with its own foot, sentences running over column and page ends."""
    texts = sentences(60)
    lines = set_lines(texts, 238, per_paragraph=60)
    canvas = Canvas(str(path), pagesize=A4)
    for page in range(3):
        canvas.setFont("Helvetica", 8)
        canvas.drawString(50, 30, f"Army School {2 * page + 1}")
        canvas.drawString(306, 30, f"Syllabus {2 * page + 2}")
        share = -(-len(lines) // 6)
        first, second = (lines[(2 * page + n) * share : (2 * page + n + 1) * share] for n in (0, 1))
        paint_columns(canvas, [(50.0, first), (306.0, second)], 780, across=False)
        canvas.showPage()
    canvas.save()
    return texts


def whole(sentence: str, segments: list[str]) -> bool:
    """Tell whether a sentence stands in one segment."""
    return any(sentence in segment for segment in segments)
