"""Write the binary syllabi of the sample school: `python tests/make_sample_school.py [FOLDER]`.

The sources are in `tests/sample_school/source`; the Markdown, HTML and plain-text syllabi and the catalogue are files
that people wrote and are not touched. Two runs give the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sample_school.markup import Source, read_source

_SOURCES = Path(__file__).parent / "sample_school" / "source"
_FOLDER = Path(__file__).parent.parent / "sample_syllabi"


def build_school(sources: Path = _SOURCES) -> dict[str, bytes]:
    """Return the binary syllabi, by file name in sorted order."""
    read = (read_source(path, sources / "shared") for path in sorted(sources.glob("*.txt")))
    return dict(sorted((source.output, _render(source)) for source in read))


def write_school(folder: Path = _FOLDER) -> int:
    """Write the binary syllabi into a folder and return how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    school = build_school()
    for name, data in school.items():
        (folder / name).write_bytes(data)
    return len(school)


def _render(source: Source) -> bytes:
    """Return the source in the format that the suffix of its output names."""
    from sample_school.odf import render_odt
    from sample_school.page import render_pdf
    from sample_school.rich import render_rtf
    from sample_school.scan import render_scan
    from sample_school.word import render_docx

    if "scanned" in source.layout:
        return render_scan(source)
    writers = {".pdf": render_pdf, ".docx": render_docx, ".odt": render_odt, ".rtf": render_rtf}
    return writers[Path(source.output).suffix](source)


if __name__ == "__main__":
    written = write_school(*map(Path, sys.argv[1:2]))
    sys.stdout.write(f"{written} files written\n")
