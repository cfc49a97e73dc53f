"""Pictures looked at: is one blank, does it look written on, and how it is made ready for OCR.

It knows Pillow and is the only module of extraction that does. It does not recognise characters, and does not know
where a picture comes from.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

from imetaudit.extract.thresholds import Thresholds

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, as shares of the picture's width and height."""

_FORMATS = ("PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP")


def is_blank(picture: Any, thresholds: Thresholds, hide: Sequence[Box] = ()) -> bool:
    """Tell whether a picture is light and has next to no ink outside the hidden boxes; a black one is a failed scan."""
    ink, paper, _background = _ink(picture, thresholds, hide)
    little = ink.histogram()[-1] < thresholds.pictures.blank_ink * ink.width * ink.height
    return bool(little and paper >= thresholds.pictures.light)


def looks_written(picture: Any, thresholds: Thresholds, hide: Sequence[Box] = ()) -> bool:
    """Tell whether a picture looks like a page of writing: ink in many bands on a background of one shade."""
    figures = thresholds.pictures
    ink, _paper, background = _ink(picture, thresholds, hide)
    if background < figures.background:
        return False
    # Each band becomes one row of pixels: a pixel there is white where the band has any ink.
    bands = ink.resize((ink.width, figures.bands), resample=_box_filter()).point(lambda value: 255 * (value > 0))
    lines = bands.resize((1, figures.bands), resample=_box_filter())
    return bool(sum(value > 0 for value in lines.tobytes()) >= figures.written_bands * figures.bands)


def _ink(picture: Any, thresholds: Thresholds, hide: Sequence[Box]) -> tuple[Any, int, float]:
    """Return a small black picture with the ink in white, the background's shade, and its share of the pixels."""
    from PIL import ImageDraw

    figures = thresholds.pictures
    small = picture.convert("L")
    longer = max(small.size)
    if longer > figures.look_pixels:
        scale = figures.look_pixels / longer
        small = small.resize((max(1, int(small.width * scale)), max(1, int(small.height * scale))), _box_filter())
    counts = small.histogram()
    paper = max(range(256), key=lambda shade: (counts[shade], shade))
    background = sum(counts[max(0, paper - 16) : paper + 17]) / (small.width * small.height)
    ink = small.point(lambda value: 255 * (abs(value - paper) > figures.contrast))
    draw = ImageDraw.Draw(ink)
    for left, top, right, bottom in hide:
        box = (left * ink.width - 2, top * ink.height - 2, right * ink.width + 2, bottom * ink.height + 2)
        draw.rectangle(box, fill=0)
    return ink, paper, background


def _box_filter() -> Any:
    from PIL import Image

    return Image.Resampling.BOX


def frames(data: bytes, thresholds: Thresholds) -> Iterator[Any]:
    """Yield the pictures of a file, upright as its camera says and on white: the pages of a TIFF, else one.

    Raises:
        ValueError: a picture has more pixels than are read.
        OSError: the file is damaged.
    """
    from PIL import Image, ImageOps

    limit = thresholds.pictures.pixels
    try:
        with warnings.catch_warnings():
            # Pillow's own limit warns on stderr; ours refuses.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(data), formats=_FORMATS)
    except Image.DecompressionBombError as error:
        raise ValueError("too many pixels") from error
    with opened as file:
        count = getattr(file, "n_frames", 1) if file.format == "TIFF" else 1
        for number in range(count):
            file.seek(number)
            if file.width * file.height > limit:
                raise ValueError("too many pixels")
            yield _on_white(ImageOps.exif_transpose(file))


def _on_white(picture: Any) -> Any:
    from PIL import Image

    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        with_alpha = picture.convert("RGBA")
        white = Image.new("RGBA", with_alpha.size, "white")
        white.alpha_composite(with_alpha)
        return white.convert("L")
    # Sixteen bits a pixel are cut, not scaled, by Pillow's own conversion.
    if picture.mode.startswith("I"):
        return picture.point(lambda value: value / 256).convert("L")
    return picture.convert("L")


def png(picture: Any, thresholds: Thresholds) -> bytes:
    """Return a picture as PNG, at a size that tesseract reads well."""
    from PIL import Image

    ocr = thresholds.ocr
    pixels = picture.width * picture.height
    if pixels > ocr.page_pixels:
        scale = (ocr.page_pixels / pixels) ** 0.5
    elif picture.width < ocr.small_width:
        scale = 2.0
    else:
        scale = 1.0
    if scale != 1.0:
        size = (max(1, int(picture.width * scale)), max(1, int(picture.height * scale)))
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()
