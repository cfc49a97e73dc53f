"""`make bench`: what the program costs, each figure beside a peer or a bar measured in the same run.

    python tests/bench/run.py [extraction|program|all] [FOLDER] [--write]

Without a folder, extraction is measured with the corpus of real syllabi where it lies beside the checkout, and else, as
the rest, with the sample school. `--write` puts the tables into docs/performance.md.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.extraction import corpus, extraction
from bench.measures import Measure
from bench.program import start, tagging, whole
from imetaudit.datafile import sample_dir
from imetaudit.extract import extract_file
from imetaudit.model import Document
from imetaudit.taxonomy import load_taxonomy

PAGE = Path(__file__).parents[2] / "docs" / "performance.md"


def program(folder: Path) -> list[Measure]:
    """Take the measures of the program as a whole."""
    read = [extract_file(path, ocr="never") for path in sorted(folder.rglob("*")) if path.is_file()]
    documents = [document for document in read if isinstance(document, Document)]
    return [start(), tagging(documents, load_taxonomy()), whole(folder)]


def write(section: str, measures: Sequence[Measure]) -> None:
    """Replace the table of a section in docs/performance.md.

    Raises:
        ValueError: the page has no marks for the section.
    """
    text = PAGE.read_text(encoding="utf-8")
    begin, end = f"<!-- {section}: begin -->\n", f"<!-- {section}: end -->"
    start_at, end_at = text.index(begin) + len(begin), text.index(end)
    rows = [f"| {each.what} | {each.bar} | {each.measured} | {_kept(each)} |" for each in measures]
    table = "\n".join(["| what | bar | measured | kept |", "| --- | --- | --- | --- |", *rows])
    PAGE.write_text(f"{text[:start_at]}\n{table}\n\n{text[end_at:]}", encoding="utf-8")


def _kept(measure: Measure) -> str:
    return "" if measure.kept is None else "yes" if measure.kept else "**no**"


def main() -> None:
    """Measure, print, and write where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("part", nargs="?", default="all", choices=("all", "extraction", "program"))
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--write", action="store_true", help="write the tables into docs/performance.md")
    given = parser.parse_args()
    for section in ("extraction", "program") if given.part == "all" else (given.part,):
        files = given.folder if section == "extraction" else given.folder or sample_dir()
        measures = extraction(corpus(files)) if section == "extraction" else program(files or sample_dir())
        print(*measures, sep="\n", flush=True)
        if given.write:
            write(section, measures)


if __name__ == "__main__":
    main()
