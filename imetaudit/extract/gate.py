"""The quality gate: from what a reader made of a file to a text that the audit may rely on, or to the reason why not.

It knows the order of the checks and how what each of them finds bears on the share of the text that counts as read. It
does not know any format, nor the rules of the checks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from imetaudit.extract.build import Block, Reading, Refusal, assemble
from imetaudit.extract.language import UNDETERMINED, is_searched, is_unknown, language, with_languages
from imetaudit.extract.quality import judge, soundness
from imetaudit.extract.recount import count_words
from imetaudit.extract.thresholds import Thresholds
from imetaudit.model import Segment, TextLine

_MOJIBAKE = ("Ã", "Â", "â€", "Å", "Ä", "ï¿½", "‚Ä", "√")
"""What the first byte of a letter in UTF-8 looks like in the encodings for which it is mistaken."""


@dataclass(frozen=True)
class Admitted:
    """A text that has passed the gate."""

    text: str
    segments: tuple[Segment, ...]
    lines: tuple[TextLine, ...]
    language: str | None
    readable_share: float
    warnings: tuple[str, ...]


def admit(reading: Reading, thresholds: Thresholds) -> Admitted | Refusal:
    """Judge what a reader made of a file."""
    blocks, mended = _mended(reading.blocks)
    stop_words = frozenset().union(*thresholds.stop_words.values())
    longest = thresholds.limits.segment_characters
    text, segments, lines = assemble(blocks, typeset=reading.typeset, stop_words=stop_words, longest=longest)
    sound = judge(text, thresholds) or soundness(text, segments, thresholds)
    if isinstance(sound, Refusal):
        return sound
    main = language(text, thresholds) or (UNDETERMINED if is_unknown(text, thresholds) else None)
    segments = with_languages(text, segments, main, thresholds)
    warnings = ["Letters read in a wrong encoding were restored."] if mended else []
    warnings += sound.warnings
    share = reading.readable_share * sound.share
    for part, warning in (
        _complete(text, reading.recounted, thresholds),
        _searched(text, segments, main, thresholds),
    ):
        # What two checks find missing may be the same words: the worse of them counts.
        share = min(share, part)
        warnings += [warning] if warning else []
    return Admitted(text, segments, lines, main, round(share, 4), (*reading.warnings, *warnings))


def _mended(blocks: Iterable[Block]) -> tuple[Sequence[Block], bool]:
    """Restore letters that were written as UTF-8 and read as another encoding, as far as that is certain."""
    mended = []
    changed = False
    for block in blocks:
        if _suspect(block.text) or any(map(_suspect, block.cells)):
            fixed = replace(block, text=_decoded(block.text), cells=tuple(map(_decoded, block.cells)))
            changed = changed or fixed != block
            block = fixed
        mended.append(block)
    return mended, changed


def _suspect(raw: str) -> bool:
    return not raw.isascii() and any(sign in raw for sign in _MOJIBAKE)


def _decoded(raw: str) -> str:
    import ftfy

    return ftfy.fix_encoding(raw)


def _complete(text: str, recounted: int | None, thresholds: Thresholds) -> tuple[float, str]:
    """Compare the words read with those of the second reading."""
    quality = thresholds.quality
    read = count_words(text)
    if recounted is None or max(read, recounted) < quality.recount_from_words:
        return 1.0, ""
    if read < (1 - quality.recount_missing) * recounted:
        told = (
            f"A second reading counts {recounted:,} words where {read:,} were read; parts of the text may be missing."
        )
        return read / recounted, told
    return 1.0, ""


def _searched(text: str, segments: Sequence[Segment], main: str | None, thresholds: Thresholds) -> tuple[float, str]:
    """Return which share of the words is in a language that is searched, and a warning where it is not all."""
    words = foreign = 0
    for segment in segments:
        size = text.count(" ", segment.start, segment.end) + 1
        words += size
        foreign += 0 if is_searched(segment.language, thresholds) else size
    if not is_searched(main, thresholds):
        named = "" if main == UNDETERMINED else f" ({main})"
        return 0.0, f"The text is in a language{named} that is not searched; what it teaches was not found out."
    if words and foreign > (1 - thresholds.quality.searched_share) * words:
        return 1 - foreign / words, f"About {foreign / words:.0%} of the text is in a language that is not searched."
    return 1.0, ""
