"""OpenDocument texts (.odt, .ott, .fodt) to blocks: body, running heads and what the officer must be told of.

It knows where a package, or a flat file, keeps content and styles. It does not know pages, and does not read comments,
pictures, or what tracked changes have deleted.
"""

from __future__ import annotations

from typing import Any

from imetaudit.extract.build import Block, Reading, Refusal
from imetaudit.extract.cells import flat
from imetaudit.extract.odtstyles import OdtStyles
from imetaudit.extract.odtwalk import OdtMet, OdtWalk
from imetaudit.extract.package import Package, attribute, child, local, open_package, parse
from imetaudit.extract.thresholds import Thresholds
from imetaudit.model import SegmentKind, UnreadableReason


def read_odt(data: bytes, thresholds: Thresholds) -> Reading | Refusal:
    """Read an OpenDocument text; it has no page numbers, and its running heads stand first and last."""
    if not data.startswith(b"PK"):
        root = parse(data)
        return _read(root, root, None, thresholds)
    package = open_package(data, thresholds.limits)
    if isinstance(package, Refusal):
        return package
    manifest = package.xml("META-INF/manifest.xml")
    if manifest is not None and any(local(each) == "encryption-data" for each in manifest.iter()):
        detail = "The document has a password; save it without and audit that."
        return Refusal(UnreadableReason.ENCRYPTED, detail)
    return _read(package.xml("content.xml"), package.xml("styles.xml"), package, thresholds)


def _read(content: Any, styles: Any, package: Package | None, thresholds: Thresholds) -> Reading | Refusal:
    body = child(content, "body", "text")
    if body is None:
        return Refusal(UnreadableReason.DAMAGED, "The package holds no text document; save it again in its program.")
    met = OdtMet()
    looks = OdtStyles([styles, content] if styles is not content else [content])
    walk = OdtWalk(thresholds, looks, met, package)
    # The styles part has automatic styles of its own, under names that the content uses for others.
    running = OdtStyles([styles])
    blocks = [
        *_running(styles, "header", SegmentKind.HEADER, OdtWalk(thresholds, running, met, package)),
        *walk.read(body),
        *_running(styles, "footer", SegmentKind.FOOTER, OdtWalk(thresholds, running, met, package)),
    ]
    if met.pictures and not any(flat(block).strip() for block in blocks):
        detail = "The document holds pictures and no text; print it to PDF and read that by OCR."
        return Refusal(UnreadableReason.NO_TEXT_LAYER, detail)
    return Reading(tuple(blocks), "odt", warnings=_warnings(met))


def _warnings(met: OdtMet) -> tuple[str, ...]:
    said = (
        (met.hidden, "Hidden text was not read."),
        (met.tracked, "Tracked changes were read as accepted."),
        (met.comments, "Comments were not read."),
        (met.objects, "Embedded objects were not read."),
    )
    return tuple(text for when, text in said if when)


def _running(styles: Any, which: str, kind: SegmentKind, walk: OdtWalk) -> list[Block]:
    for page in child(styles, "master-styles") if child(styles, "master-styles") is not None else ():
        for element in page:
            shown = attribute(element, "display") != "false"
            if shown and local(element) in (which, f"{which}-left", f"{which}-first"):
                walk.read(element)
    texts = dict.fromkeys(map(flat, walk.blocks))
    return [Block(kind, text) for text in texts if text.strip()]
