"""The report as one HTML page that needs nothing else: no script, no style sheet, no network.

It knows how blocks become elements; the words and numbers come from `contents`. Everything that a syllabus said goes
through the template's escaping.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from imetaudit.report.blocks import Report, Span, Style
from imetaudit.report.wording import clean

if TYPE_CHECKING:
    from jinja2 import Template

_LONGEST = 4000


def to_html(report: Report) -> str:
    """Return the page."""
    return _template().render(report=report) + "\n"


@cache
def _template() -> Template:
    """Return the page's template, compiled once, because Jinja2 is slow to import."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=PackageLoader("imetaudit.report"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters["shown"] = _shown
    environment.filters["drawing"] = Markup
    environment.tests["span"] = lambda inline: isinstance(inline, Span)
    environment.tests["words"] = lambda inline: isinstance(inline, str)
    environment.globals["styles"] = {style.name.lower(): style for style in Style}
    return environment.get_template("report.html")


def _shown(text: str) -> str:
    """Return the text without what no page can show; blanks at its ends stay, because lines are made of pieces."""
    text = text[:_LONGEST]
    left = " " if text[:1].isspace() else ""
    right = " " if text[-1:].isspace() and text.strip() else ""
    return f"{left}{clean(text)}{right}"
