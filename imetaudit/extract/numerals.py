"""Numerals: how a count is written in letters, Roman figures or digits.

It knows the shapes by the names that Office gives them. It does not count.
"""

from __future__ import annotations

_ROMANS = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
           (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def write_number(value: int, shape: str) -> str:
    """Write a count in the shape that a numbering names; figures for a shape that is not known.

    >>> write_number(4, "upperRoman"), write_number(28, "lowerLetter"), write_number(7, "decimal")
    ('IV', 'bb', '7')
    """
    if shape in ("lowerLetter", "upperLetter") and 0 < value <= 780:
        letters = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letters.upper() if shape == "upperLetter" else letters
    if shape in ("lowerRoman", "upperRoman") and 0 < value < 4000:
        roman = ""
        for worth, letters in _ROMANS:
            roman += letters * (value // worth)
            value %= worth
        return roman.upper() if shape == "upperRoman" else roman
    if shape == "decimalZero":
        return f"{value:02d}"
    return str(value)
