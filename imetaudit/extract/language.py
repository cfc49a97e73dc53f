"""Which language a text is in, and which each part of it is in.

It knows stop words and scripts. It does not know terms, nor what follows from a language that is not searched.
"""

from __future__ import annotations

import functools
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from imetaudit.extract.letters import words_of
from imetaudit.extract.quality import likeness
from imetaudit.extract.thresholds import Thresholds
from imetaudit.model import Segment, SegmentKind

_NO_ASCII = dict.fromkeys(range(0x80))
UNDETERMINED = "und"
"""The code of ISO 639-2 for a language that is not told, but surely is none of those that are searched."""


def stop_word_shares(text: str, thresholds: Thresholds) -> dict[str, float]:
    """Return, by searched language, the share of the text's words that are its stop words; {} without words."""
    words = _sample(text, thresholds)
    return _shares(_stop_words_in(words, thresholds), len(words), thresholds.stop_words) if words else {}


def language(text: str, thresholds: Thresholds) -> str | None:
    """Return the ISO 639-1 code of the text's main language; None where its words do not tell.

    It may be a language that is not searched, or `UNDETERMINED` for a text in another script than the Latin one.
    """
    quality = thresholds.quality
    # A word has a letter, and a sign before the next.
    if len(text) < 2 * quality.language_from_words - 1:
        return None
    words = _sample(text, thresholds)
    if len(words) < quality.language_from_words:
        return None
    if not text.isascii() and _foreign_script(words) > quality.script_share:
        return UNDETERMINED
    counts = _stop_words_in(words, thresholds)
    lists = thresholds.stop_words
    if len(words) >= quality.other_language_from_words:
        lists = {**lists, **thresholds.other_stop_words}
    shares = _shares(counts, len(words), lists)
    (best, share), *others = sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))
    if share < quality.language_share or _telling(counts, len(words), best, thresholds) < quality.language_share / 2:
        return None
    if others and share < quality.language_lead * others[0][1]:
        return None
    return best


def _telling(counts: Mapping[str, int], total: int, code: str, thresholds: Thresholds) -> float:
    """Return the share of a language's stop words of two letters and more: single letters also mark points of lists."""
    some = thresholds.stop_words.get(code) or thresholds.other_stop_words[code]
    return sum(count for word, count in counts.items() if len(word) > 1 and word in some) / total


def is_searched(code: str | None, thresholds: Thresholds) -> bool:
    """Tell whether terms of the language are looked for; a language that is not told passes for one."""
    return code is None or code in thresholds.stop_words


def is_unknown(text: str, thresholds: Thresholds) -> bool:
    """Tell whether a long text whose language is not told looks like none of those that are searched."""
    quality = thresholds.quality
    words = _sample(text, thresholds)
    if len(words) < quality.unknown_from_words or likeness(text, thresholds) >= quality.unknown_triples:
        return False
    counts = _stop_words_in(words, thresholds)
    return all(_telling(counts, len(words), code, thresholds) < quality.unknown_share for code in thresholds.stop_words)


def with_languages(
    text: str, segments: Sequence[Segment], main: str | None, thresholds: Thresholds
) -> tuple[Segment, ...]:
    """Return the segments with their languages.

    A run of segments that are too short to tell is judged as one; if that does not tell either, a heading takes the
    language of what follows it, other segments that of what goes before, and the first the document's, `main`.
    """
    told = [language(text[each.start : each.end], thresholds) for each in segments]
    settled = list(told)
    position = 0
    while position < len(told):
        if told[position] is not None:
            position += 1
            continue
        stop = position
        while stop < len(told) and told[stop] is None:
            stop += 1
        before = settled[position - 1] if position else None
        after = told[stop] if stop < len(told) else None
        settled[position:stop] = _filled(text, segments[position:stop], before, after, main, thresholds)
        position = stop
    return tuple(replace(each, language=code) for each, code in zip(segments, settled, strict=True))


def _filled(
    text: str, run: Sequence[Segment], before: str | None, after: str | None, main: str | None, thresholds: Thresholds
) -> list[str | None]:
    """Return the languages of a run of segments of which none tells its own."""
    around = {code for code in (before, after) if code is not None}
    if len(around) <= 1 and around <= {main}:
        whole = None if main is None or len(run) < 2 else language(text[run[0].start : run[-1].end], thresholds)
        return [whole or main] * len(run)
    own = language(text[run[0].start : run[-1].end], thresholds)
    filled = [own or before or main] * len(run)
    last = len(run) - 1
    # Headings belong to what follows them.
    while last >= 0 and run[last].kind is SegmentKind.HEADING and after is not None:
        filled[last] = after
        last -= 1
    return filled


def _sample(text: str, thresholds: Thresholds) -> list[str]:
    limit = thresholds.quality.language_sample_words
    return words_of(text[: 12 * limit].lower())[:limit]


def _stop_words_in(words: Sequence[str], thresholds: Thresholds) -> dict[str, int]:
    counts = Counter(words)
    return {word: counts[word] for word in thresholds.every_stop_word.intersection(counts)}


def _shares(counts: Mapping[str, int], total: int, lists: Mapping[str, frozenset[str]]) -> dict[str, float]:
    return {code: sum(map(counts.__getitem__, some.intersection(counts))) / total for code, some in lists.items()}


def _foreign_script(words: Sequence[str]) -> float:
    letters = "".join(words)
    return sum(not _is_latin(letter) for letter in letters.translate(_NO_ASCII)) / max(1, len(letters))


@functools.lru_cache(maxsize=4096)
def _is_latin(letter: str) -> bool:
    return letter.isascii() or "LATIN" in unicodedata.name(letter, "") or unicodedata.category(letter) == "Lm"
