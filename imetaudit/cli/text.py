"""`imetaudit text`: exactly the text in which offsets count, and with --json how it was understood."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("text")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Segments, lines with places, sections, lessons, …, as JSON.")
@click.option(
    "--ocr",
    type=click.Choice(["auto", "never", "always"]),
    default="auto",
    show_default=True,
    help="Read pages without text by OCR, where tesseract is installed.",
)
def command(file: Path, as_json: bool, ocr: str) -> None:
    """Print what the reader saw in FILE, without a line more or less.

    FILE may be one of the syllabi that an archive or a table of courses holds: archive.zip!/course.docx.
    """
    import dataclasses
    import json

    from imetaudit.errors import NothingReadError, UsageError
    from imetaudit.extract.guarded import extract_guarded
    from imetaudit.extract.members import members_of
    from imetaudit.model import MEMBER, Unreadable

    document = extract_guarded(file, ocr=ocr)
    if isinstance(document, Unreadable) and file.is_file() and (held := members_of(file)).members:
        listed = "\n".join(f"  {file}{MEMBER}{member.name}" for member in held.members)
        raise UsageError(f"{file}: holds several syllabi; name one of them\n{listed}")
    if isinstance(document, Unreadable):
        raise NothingReadError(f"{file}: {document.reason.value}: {document.detail}")
    if not as_json:
        # Bytes: a terminal's encoding or Windows' line ends would shift the offsets.
        click.echo(document.text.encode(), nl=False)
        return
    from imetaudit.datafile import taxonomies_dir
    from imetaudit.outline import load_cues, read_outline

    outline = read_outline(document, load_cues(taxonomies_dir() / "outline.yaml"))
    lines = [
        {"start": each.start, "end": each.end, "page": each.page, "box": [round(side, 1) for side in each.box]}
        for each in document.lines
    ]
    told = {**dataclasses.asdict(document), "lines": lines, "outline": dataclasses.asdict(outline)}
    click.echo(json.dumps(told, ensure_ascii=False, indent=1).encode())
