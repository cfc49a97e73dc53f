"""Pictures of text to blocks, through the tesseract program where it is installed.

It knows how to find and call tesseract, and nothing about recognising characters. It does not know PDF: the pictures
come as PNG bytes from the module that has them.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess

from imetaudit.extract.build import Block, Reading, Refusal
from imetaudit.extract.plain import plain_blocks
from imetaudit.extract.thresholds import Thresholds
from imetaudit.model import UnreadableReason


def can_ocr() -> bool:
    """Tell whether tesseract is on the path."""
    return shutil.which("tesseract") is not None


def ocr_blocks(image: bytes, thresholds: Thresholds, *, page: int | None = None) -> list[Block]:
    """Recognise the text of one picture (PNG, JPEG, TIFF, …); [] where there is none or the time is over.

    Raises:
        OSError: tesseract cannot be started, or does not understand the picture.
    """
    program = shutil.which("tesseract")
    if program is None:
        raise FileNotFoundError("tesseract")
    command = [
        program,
        "stdin",
        "stdout",
        "--psm",
        "3",
        "-l",
        _languages(program, tuple(thresholds.ocr.languages.values())),
    ]
    # One thread: the batch already uses every core.
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - the program is found on the path and the arguments are our own
            command, input=image, capture_output=True, timeout=thresholds.ocr.seconds, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        return []
    if done.returncode:
        raise OSError(f"tesseract ended with code {done.returncode}")
    text = done.stdout.decode("utf-8", "replace").replace("\f", "\n")
    return plain_blocks(text, thresholds.lines, page=page)


@functools.lru_cache(maxsize=4)
def _languages(program: str, wanted: tuple[str, ...]) -> str:
    listed = subprocess.run([program, "--list-langs"], capture_output=True, timeout=30, check=False)  # noqa: S603
    installed = set(listed.stdout.decode("utf-8", "replace").split())
    return "+".join(name for name in wanted if name in installed) or "eng"


def read_image(data: bytes, thresholds: Thresholds, *, allowed: bool) -> Reading | Refusal:
    """Read a picture by OCR, or say why not."""
    if not allowed or not can_ocr():
        how = "allow OCR" if can_ocr() else "install tesseract and allow OCR"
        detail = f"The file is a picture without text; {how}, or audit a document with text."
        return Refusal(UnreadableReason.NO_TEXT_LAYER, detail)
    blocks = ocr_blocks(data, thresholds, page=1)
    if not blocks:
        return Refusal(UnreadableReason.NO_TEXT_LAYER, "OCR found no text in the picture; audit a better scan.")
    warnings = ("The text was recognised by OCR and may have errors.",)
    return Reading(tuple(blocks), "ocr", 1, warnings=warnings, typeset=True)
