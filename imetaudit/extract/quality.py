"""The gate between a text that was had and a text that can be audited, and the language it is in.

It knows what broken text looks like: glyphs without letters, words no one writes. It does not know why they broke.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from imetaudit.extract.build import Refusal
from imetaudit.extract.thresholds import Quality, Thresholds
from imetaudit.model import UnreadableReason

_WORD = re.compile(r"[^\W\d_]+")
_ODD = re.compile(r"[A-Za-z]+[\d\\^`~<>{}\[\]|=+*$%#@]+[A-Za-z]|[\\^`{}|~=<>]{2,}|[a-z][A-Z]+[a-z]+[A-Z]")
_VOWEL = re.compile(r"[aeiouyàáâãäåæèéêëìíîïòóôõöøœùúûüýÿ]", re.IGNORECASE)
_LATIN_START = re.compile(r"[A-Za-zÀ-ÿ]")
_LATIN = re.compile(r"[a-zà-öø-ÿ]", re.IGNORECASE)
_BAD_CATEGORIES = ("Co", "Cn", "Cc")


def judge(text: str, shares: Mapping[str, float], thresholds: Thresholds) -> Refusal | None:
    """Return why the text cannot be audited, or None where it can; `shares` are its `stop_word_shares`."""
    if not text.strip():
        detail = "The file holds no text; check that it is the right file."
        return Refusal(UnreadableReason.EMPTY, detail)
    if len(text) > thresholds.limits.text_characters:
        detail = f"The text has {len(text):,} characters, more than is read of one document; split it by course."
        return Refusal(UnreadableReason.TOO_LARGE, detail)
    if is_garbled(text, shares, thresholds):
        detail = (
            "The text comes out as meaningless characters; export the document again, or print it to PDF and use OCR."
        )
        return Refusal(UnreadableReason.GARBLED, detail)
    return None


def is_garbled(text: str, shares: Mapping[str, float], thresholds: Thresholds) -> bool:
    """Tell whether the text is not what a person sees: glyphs without letters, or letters that were exchanged."""
    quality = thresholds.quality
    if _bad_share(text) > quality.garbled_characters:
        return True
    if max(shares.values(), default=0.0) >= quality.odd_with_stop_words:
        return False
    words = text[:200_000].split()
    if len(words) < quality.garbled_from_words:
        return False
    return (
        _odd_share(words, quality) > quality.garbled_words
        or _vowel_share(text[:200_000], quality) < quality.garbled_vowels
    )


def _bad_share(text: str) -> float:
    if text.isascii():
        return 0.0
    sample = text[:500_000]
    bad = sum(
        count
        for character, count in _counts(sample).items()
        if character == "\ufffd" or (unicodedata.category(character) in _BAD_CATEGORIES and character not in "\n\t")
    )
    return bad / max(1, len(sample) - sample.count(" ") - sample.count("\n"))


def _counts(text: str) -> Mapping[str, int]:
    from collections import Counter

    return Counter(text)


def _vowel_share(text: str, quality: Quality) -> float:
    """Return the share of vowels among the Latin letters, which letters exchanged one for one give away; 1 for few."""
    letters = len(_LATIN.findall(text))
    return len(_VOWEL.findall(text)) / letters if letters >= 10 * quality.garbled_from_words else 1.0


def _odd_share(words: list[str], quality: Quality) -> float:
    odd = written = 0
    for word in words:
        if "/" in word or "@" in word or not _LATIN_START.search(word):
            continue
        written += 1
        letters = _WORD.findall(word)
        voiceless = any(len(run) >= 4 and run.isascii() and not _VOWEL.search(run) for run in letters)
        odd += bool(voiceless or _ODD.search(word))
    return odd / written if written >= quality.garbled_from_words else 0.0


def stop_word_shares(text: str, thresholds: Thresholds) -> dict[str, float]:
    """Return, by language, the share of the text's words that are its stop words; {} for a text without words."""
    limit = thresholds.quality.language_sample_words
    words = _WORD.findall(text[: 12 * limit].lower())[:limit]
    if not words:
        return {}
    return {code: sum(map(some.__contains__, words)) / len(words) for code, some in thresholds.stop_words.items()}


def language(text: str, shares: Mapping[str, float], thresholds: Thresholds) -> str | None:
    """Return the ISO 639-1 code of the text's main language; None where its `stop_word_shares` do not tell."""
    quality = thresholds.quality
    if not shares or len(text.split(None, quality.language_from_words)) < quality.language_from_words:
        return None
    (best, share), *others = sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))
    if share < quality.language_share or (others and share < quality.language_lead * others[0][1]):
        return None
    return best
