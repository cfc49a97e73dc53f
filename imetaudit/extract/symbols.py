"""The letters of symbol fonts, which stand for other characters than those whose place they take.

It knows the Greek of Adobe's Symbol font and the marks of Microsoft's Wingdings that people put before items and into
boxes. It does not know the other pictures in those fonts, which say nothing that can be read.
"""

from __future__ import annotations

import re

_SYMBOL = dict(
    zip(
        range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True
    )
) | dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)) | {
    0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB3: "≥",
    0xB4: "×", 0xB7: "•", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xC5: "⊕", 0xC7: "∩", 0xC8: "∪", 0xD2: "®",
    0xD3: "©", 0xD4: "™", 0xDE: "⇒", 0xE2: "®", 0xE3: "©", 0xE4: "™",
}  # fmt: skip
"""Source: the Symbol encoding of Adobe (Unicode Consortium, MAPPINGS/VENDORS/ADOBE/symbol.txt)."""
_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x72: "□", 0x75: "◆", 0x76: "◆", 0x77: "◆", 0x9E: "•", 0x9F: "•",
    0xA7: "▪", 0xA8: "☐", 0xD8: "➢", 0xDC: "➔", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒",
    0xFE: "☑",
}  # fmt: skip
"""Source: the chart of the font; the names are the nearest of Unicode."""
_PRIVATE = range(0xF000, 0xF100)
_PRIVATE_LETTER = re.compile("[\uf000-\uf0ff]")


def symbol(font: str, code: int) -> str:
    """Return what a symbol font's character says, or nothing where it is a mere picture or the font is another.

    Office moves the characters of symbol fonts to U+F000: those are told without their font, since bullets stand at
    different places in the two fonts.

    >>> symbol("Symbol", 0x61), symbol("Wingdings", 0xFE), symbol("", 0xF0B7), symbol("Arial", 0x61)
    ('α', '☑', '•', '')
    """
    private = code in _PRIVATE
    place = code - 0xF000 if private else code
    name = font.lower()
    if name.startswith("symbol"):
        return _SYMBOL.get(place, chr(place) if 0x20 <= place < 0x40 else "")
    if name.startswith("wingdings"):
        return _WINGDINGS.get(place, "")
    if private:
        return _WINGDINGS.get(place) or _SYMBOL.get(place, "") if place > 0x7F else ""
    return ""


def without_private(text: str) -> str:
    r"""Return the text with what the characters of symbol fonts say; one that says nothing known stays as it is.

    >>> without_private("\uf0b7 Coups")
    '• Coups'
    """
    if text.isascii():
        return text
    return _PRIVATE_LETTER.sub(lambda match: symbol("", ord(match[0])) or match[0], text)
