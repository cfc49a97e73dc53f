"""Pictures of text to blocks, through the tesseract program where it is installed.

It knows how to find and call tesseract and how sure it was, and nothing about recognising characters. It does not
know PDF or picture files: the pictures come as PNG bytes from the modules that have them.
"""

from __future__ import annotations

import csv
import functools
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, replace

from imetaudit.extract.build import Block
from imetaudit.extract.plain import plain_blocks
from imetaudit.extract.printed import Printed, around
from imetaudit.extract.thresholds import Thresholds

_WORD_LEVEL = "5"
_WITH_ORIENTATION, _WITHOUT_ORIENTATION = "1", "3"
"""tesseract's page segmentation modes: both find columns and paragraphs, the first turns a page upright before."""


_SKIPPED = 20
"""How many lines may be passed over to find the next of a block: those of a table, or rules; a bound to the work."""


@dataclass(frozen=True)
class Recognised:
    """What OCR made of one picture."""

    blocks: tuple[Block, ...] = ()
    words: int = 0
    confidence: float = 0.0
    """tesseract's mean confidence in its words, long ones weighing more, from 0 to 1; 0 where there are none."""


def can_ocr() -> bool:
    """Tell whether tesseract is on the path."""
    return shutil.which("tesseract") is not None


def recognise(
    image: bytes,
    thresholds: Thresholds,
    *,
    page: int | None = None,
    language: str | None = None,
    width: float | None = None,
) -> Recognised:
    """Recognise the text of one picture (PNG); nothing where the time is over.

    Args:
        image: the picture's bytes.
        thresholds: time, and the names of the language data.
        page: the number that the blocks are to bear.
        language: ISO 639-1 code of the language to try first, where it is known; every installed one is tried.
        width: of the page in points, where it has one, so that the lines' places on it are kept.

    Raises:
        OSError: tesseract cannot be started, or does not understand the picture.
    """
    program = shutil.which("tesseract")
    if program is None:
        raise FileNotFoundError("tesseract")
    installed = _installed(program)
    command = [
        *(program, "stdin", "stdout"),
        *("--psm", _WITH_ORIENTATION if "osd" in installed else _WITHOUT_ORIENTATION),
        *("-l", "+".join(_wanted(installed, thresholds, language)) or "eng"),
        "tsv",
    ]
    # One thread: the batch already uses every core.
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - the program is found on the path and the arguments are our own
            command, input=image, capture_output=True, timeout=thresholds.ocr.seconds, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        return Recognised()
    if done.returncode:
        raise OSError(f"tesseract ended with code {done.returncode}")
    return _recognised(done.stdout.decode("utf-8", "replace"), thresholds, page, width)


def lacks(language: str | None, thresholds: Thresholds) -> bool:
    """Tell whether tesseract has no data for a searched language, so that its accents are guessed."""
    program = shutil.which("tesseract")
    name = thresholds.ocr.languages.get(language or "")
    return program is not None and name is not None and name not in _installed(program)


@functools.lru_cache(maxsize=4)
def _installed(program: str) -> frozenset[str]:
    listed = subprocess.run([program, "--list-langs"], capture_output=True, timeout=30, check=False)  # noqa: S603
    return frozenset(listed.stdout.decode("utf-8", "replace").split())


def _wanted(installed: frozenset[str], thresholds: Thresholds, language: str | None) -> list[str]:
    names = thresholds.ocr.languages
    first = [names[language]] if language is not None and language in names else []
    return [name for name in dict.fromkeys((*first, *names.values())) if name in installed]


def _recognised(table: str, thresholds: Thresholds, page: int | None, width: float | None) -> Recognised:
    """Read tesseract's table of words: paragraphs stay apart, lines stay lines."""
    lines: dict[tuple[str, ...], list[dict[str, str]]] = {}
    certain = letters = words = 0.0
    pixels = 0.0
    for row in csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        pixels = pixels or float(row["width"])
        text = (row.get("text") or "").strip()
        if row["level"] != _WORD_LEVEL or not text:
            continue
        lines.setdefault((row["block_num"], row["par_num"], row["line_num"]), []).append(row)
        words += 1
        letters += len(text)
        certain += len(text) * max(0.0, float(row["conf"])) / 100
    if not words:
        return Recognised()
    told = {key: " ".join(row["text"].strip() for row in held) for key, held in lines.items()}
    blocks = plain_blocks(_laid_out(told), thresholds.lines, page=page)
    if page is not None and width is not None and pixels:
        places = [_printed(held, page, width / pixels) for held in lines.values()]
        blocks = _placed(blocks, list(zip(told.values(), places, strict=True)))
    return Recognised(tuple(blocks), int(words), round(certain / letters, 4))


def _laid_out(lines: dict[tuple[str, ...], str]) -> str:
    parts: list[str] = []
    previous: Sequence[str] = ()
    for key, text in lines.items():
        if previous and key[:2] != previous[:2]:
            parts.append("")
        parts.append(text)
        previous = key
    return "\n".join(parts)


def _printed(words: Sequence[dict[str, str]], page: int, points: float) -> Printed:
    """Return the place of a line from its words' rows; a pixel has so many points."""
    boxes = []
    for row in words:
        left, top, wide, high = (points * float(row[key]) for key in ("left", "top", "width", "height"))
        boxes.append((left, top, left + wide, top + high))
    return Printed(page, around(boxes), tuple(edge for left, _, right, _ in boxes for edge in (left, right)))


def _placed(blocks: Sequence[Block], lines: Sequence[tuple[str, Printed]]) -> list[Block]:
    """Return the blocks with the places of their lines; a block whose lines are not found again has none."""
    placed = []
    at = 0
    for block in blocks:
        found: list[Printed] = []
        wanted = block.text.split("\n") if block.text else []
        for raw in wanted:
            # A bullet may have been written anew, and a rule between paragraphs left out.
            tail = (raw.split(maxsplit=1) or [raw])[-1]
            place = next((n for n in range(at, min(len(lines), at + _SKIPPED)) if lines[n][0].endswith(tail)), None)
            if place is None:
                break
            found.append(lines[place][1])
            at = place + 1
        placed.append(replace(block, lines=(tuple(found),)) if found and len(found) == len(wanted) else block)
    return placed
