"""PDF: the reading order of pages in columns, measured by the sentences that come out whole."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from . import pdfpages
from .conftest import shown
from .test_pdf import read

_LAYOUTS: dict[str, Callable[[Path], list[str]]] = {
    "one": partial(pdfpages.columns_pdf, count=1),
    "two": partial(pdfpages.columns_pdf, count=2),
    "two-across": partial(pdfpages.columns_pdf, count=2, across=True),
    "three": partial(pdfpages.columns_pdf, count=3),
    "three-across": partial(pdfpages.columns_pdf, count=3, across=True),
    "parallel": partial(pdfpages.columns_pdf, count=2, language=("en", "es")),
    "parallel-across": partial(pdfpages.columns_pdf, count=2, language=("en", "es"), across=True),
    "side-bar": pdfpages.side_bar_pdf,
    "side-bar-across": partial(pdfpages.side_bar_pdf, across=True),
    "part": pdfpages.part_columns_pdf,
    "part-across": partial(pdfpages.part_columns_pdf, across=True),
    "feet": pdfpages.columns_with_feet_pdf,
}


@pytest.mark.parametrize("layout", _LAYOUTS.values(), ids=_LAYOUTS)
def test_every_sentence_comes_out_whole(layout: Callable[[Path], list[str]], tmp_path: Path) -> None:
    """Whatever the columns and the order in which they were drawn, no sentence is torn or mixed with another."""
    path = tmp_path / "page.pdf"
    sentences = layout(path)
    segments = [text for _, text in shown(read(path))]
    torn = [sentence for sentence in sentences if not pdfpages.whole(sentence, segments)]
    assert torn == []
