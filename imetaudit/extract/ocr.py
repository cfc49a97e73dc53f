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
from dataclasses import dataclass

from imetaudit.extract.build import Block
from imetaudit.extract.plain import plain_blocks
from imetaudit.extract.thresholds import Thresholds

_WORD_LEVEL = "5"
_WITH_ORIENTATION, _WITHOUT_ORIENTATION = "1", "3"
"""tesseract's page segmentation modes: both find columns and paragraphs, the first turns a page upright before."""


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
    image: bytes, thresholds: Thresholds, *, page: int | None = None, language: str | None = None
) -> Recognised:
    """Recognise the text of one picture (PNG); nothing where the time is over.

    Args:
        image: the picture's bytes.
        thresholds: time, and the names of the language data.
        page: the number that the blocks are to bear.
        language: ISO 639-1 code of the language to try first, where it is known; every installed one is tried.

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
    return _recognised(done.stdout.decode("utf-8", "replace"), thresholds, page)


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


def _recognised(table: str, thresholds: Thresholds, page: int | None) -> Recognised:
    """Read tesseract's table of words: paragraphs stay apart, lines stay lines."""
    lines: dict[tuple[str, ...], list[str]] = {}
    certain = letters = words = 0.0
    for row in csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row.get("text") or "").strip()
        if row["level"] != _WORD_LEVEL or not text:
            continue
        lines.setdefault((row["block_num"], row["par_num"], row["line_num"]), []).append(text)
        words += 1
        letters += len(text)
        certain += len(text) * max(0.0, float(row["conf"])) / 100
    if not words:
        return Recognised()
    text = _laid_out(lines)
    return Recognised(tuple(plain_blocks(text, thresholds.lines, page=page)), int(words), round(certain / letters, 4))


def _laid_out(lines: dict[tuple[str, ...], list[str]]) -> str:
    parts: list[str] = []
    previous: Sequence[str] = ()
    for key, words in lines.items():
        if previous and key[:2] != previous[:2]:
            parts.append("")
        parts.append(" ".join(words))
        previous = key
    return "\n".join(parts)
