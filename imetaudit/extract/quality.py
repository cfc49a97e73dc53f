"""The gate between a text that was had and a text that can be audited.

It knows what broken text looks like: glyphs without letters, words no one writes, letters that were exchanged. It
does not know why they broke, nor any page or file.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from imetaudit.extract.build import Refusal
from imetaudit.extract.letters import words_of
from imetaudit.extract.thresholds import Quality, Thresholds
from imetaudit.folding import fold
from imetaudit.model import Segment, UnreadableReason

_LETTERS = re.compile(r"[a-z]{3,}")
_IN_ADDRESSES = ("://", "www.", "@")
_ODD = re.compile(r"[A-Za-z]+[\d\\^`~<>{}\[\]|=+*$%#@]+[A-Za-z]|[\\^`{}|~=<>]{2,}|[a-z][A-Z]+[a-z]+[A-Z]")
_VOWEL = re.compile(r"[aeiouyàáâãäåæèéêëìíîïòóôõöøœùúûüýÿ]", re.IGNORECASE)
_LATIN_START = re.compile(r"[A-Za-zÀ-ÿ]")
# Signs that stand between letters only where a letter was read in a wrong encoding. What stands before the first is
# asked after it, since a pattern that begins with a set of characters is searched for much faster.
_ODD_SIGN = r"[\ufffd¡-©«¬®-´¶¸¹»-¿×÷‚„†‡‰‹›€]"
_DAMAGED = re.compile(rf"{_ODD_SIGN}(?<=[^\W\d_].){_ODD_SIGN}{{0,2}}(?=[^\W\d_])")
_PRIVATE_IN_WORD = re.compile(r"[\ue000-\uf8ff](?:(?<=[\w\ue000-\uf8ff].)|(?=\w))")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_SAMPLE = 200_000
_ALWAYS_BAD = ("Cn", "Cc")


@dataclass(frozen=True)
class Soundness:
    """How much of a text can be relied on."""

    share: float = 1.0
    """Of its words, those that are no damaged or garbled ones."""
    warnings: tuple[str, ...] = ()


def judge(text: str, thresholds: Thresholds) -> Refusal | None:
    """Return why there is no text to audit, or too much of it; None where it is worth a closer look."""
    if not text.strip():
        detail = "The file holds no text; check that it is the right file."
        return Refusal(UnreadableReason.EMPTY, detail)
    if len(text) > thresholds.limits.text_characters:
        detail = f"The text has {len(text):,} characters, more than is read of one document; split it by course."
        return Refusal(UnreadableReason.TOO_LARGE, detail)
    return None


def soundness(text: str, segments: Sequence[Segment], thresholds: Thresholds) -> Soundness | Refusal:
    """Judge a text piece by piece; a refusal where most pieces are garbled."""
    quality = thresholds.quality
    words = garbled = 0
    for piece in _pieces(text, segments, quality):
        size = piece.count(" ") + 1
        words += size
        garbled += size * is_garbled(piece, thresholds)
    if garbled > quality.garbled_pieces * words:
        detail = (
            "The text comes out as meaningless characters, or is in a language that is not known; export the document "
            "again, or print it to PDF and use OCR."
        )
        return Refusal(UnreadableReason.GARBLED, detail)
    damaged = _damaged_share(text)
    warnings = []
    if garbled:
        warnings.append(f"{garbled:,} of {words:,} words come out as meaningless characters.")
    if damaged:
        warnings.append("Some letters were lost to a wrong encoding.")
    return Soundness((1 - garbled / words) * (1 - damaged) if words else 1.0, tuple(warnings))


def _pieces(text: str, segments: Sequence[Segment], quality: Quality) -> Iterator[str]:
    """Yield stretches of whole segments, each of about so many words."""
    size = 7 * quality.garbled_piece_words
    start = end = 0
    for segment in segments:
        if end > start and segment.end - start > 1.5 * size:
            yield text[start:end]
            start = segment.start
        end = segment.end
        if end - start >= size:
            yield text[start:end]
            start = end
    if text[start:end].strip():
        yield text[start:end]


def is_garbled(text: str, thresholds: Thresholds) -> bool:
    """Tell whether the text is not what a person sees: glyphs without letters, or letters that were exchanged."""
    quality = thresholds.quality
    if _bad_share(text) > quality.garbled_characters or _damaged_share(text) > quality.damaged_words:
        return True
    sample = _without_addresses(text[:_SAMPLE])
    words = words_of(sample)
    if _is_run_together(words, quality):
        return True
    if len(words) < quality.garbled_from_words:
        return False
    known = _known_share(words, thresholds)
    if known >= quality.sound_stop_words:
        return False
    share = _triple_share(sample, thresholds)
    if share is not None and share < quality.garbled_triples:
        return True
    if _is_spread(words, quality):
        return True
    return known < quality.odd_with_stop_words and _odd_share(sample.split(), quality) > quality.garbled_words


def is_poor(text: str, thresholds: Thresholds) -> bool:
    """Tell whether a text layer over a picture is so poor that the picture is better read again."""
    share = _triple_share(_without_addresses(text[:_SAMPLE]), thresholds)
    return share is not None and share < thresholds.quality.poor_triples


def likeness(text: str, thresholds: Thresholds) -> float:
    """Return how much a text is like one of the languages that are searched, between 0 and 1; 0 where too short."""
    return _triple_share(_without_addresses(text[:_SAMPLE]), thresholds) or 0.0


def _without_addresses(text: str) -> str:
    if not any(sign in text for sign in _IN_ADDRESSES):
        return text
    return " ".join(word for word in text.split() if not any(sign in word for sign in _IN_ADDRESSES))


def _triple_share(text: str, thresholds: Thresholds) -> float | None:
    """Return the share of letter triples that are common in one language, the likeliest; None for too few words."""
    words = _LETTERS.findall(fold(text))
    if len(words) < thresholds.quality.garbled_from_words:
        return None
    edged = "_" + "__".join(words) + "_"
    counts = Counter(map("".join, zip(edged, edged[1:], edged[2:], strict=False)))
    total = sum(map(len, words))
    return max(
        sum(map(counts.__getitem__, common.intersection(counts))) / total
        for common in thresholds.letter_triples.values()
    )


def _known_share(words: Sequence[str], thresholds: Thresholds) -> float:
    """Return the share of stop words of three letters and more, in the language that has most of them."""
    counts = Counter(" ".join(words).lower().split(" "))
    lists = (*thresholds.stop_words.values(), *thresholds.other_stop_words.values())
    met = [word for word in thresholds.every_stop_word.intersection(counts) if len(word) >= 3]
    found = (sum(map(counts.__getitem__, some.intersection(met))) for some in lists)
    return max(found, default=0) / len(words)


def _is_spread(words: Sequence[str], quality: Quality) -> bool:
    return list(map(len, words)).count(1) > quality.garbled_single * len(words)


def _is_run_together(words: Sequence[str], quality: Quality) -> bool:
    long = [word for word in words if len(word) > quality.long_word]
    return len(long) > 2 and sum(map(len, long)) > quality.garbled_long * sum(map(len, words))


def _bad_share(text: str) -> float:
    # A font without a table of letters leaves the numbers of its glyphs, which begin at 1.
    if text.isascii() and not _CONTROL.search(text):
        return 0.0
    sample = text[:_SAMPLE]
    if "\ufffd" not in sample and sample.replace("\n", " ").replace("\t", " ").isprintable():
        return 0.0
    bad = sum(
        count
        for character, count in Counter(sample).items()
        if character == "\ufffd" or (unicodedata.category(character) in _ALWAYS_BAD and character not in "\n\t")
    )
    # A private character by itself is a bullet of a symbol font; in a word it hides a letter.
    bad += len(_PRIVATE_IN_WORD.findall(sample))
    return bad / max(1, len(sample) - sample.count(" ") - sample.count("\n"))


def _damaged_share(text: str) -> float:
    if text.isascii():
        return 0.0
    sample = text[:_SAMPLE]
    return len(_DAMAGED.findall(sample)) / max(1, len(sample.split()))


def _odd_share(words: Sequence[str], quality: Quality) -> float:
    odd = written = 0
    for word in words:
        if "/" in word or "@" in word or not _LATIN_START.search(word):
            continue
        written += 1
        word = word[: quality.word_characters]
        letters = words_of(word)
        voiceless = any(len(run) >= 4 and run.isascii() and not _VOWEL.search(run) for run in letters)
        odd += bool(voiceless or _ODD.search(word))
    return odd / written if written >= quality.garbled_from_words else 0.0
