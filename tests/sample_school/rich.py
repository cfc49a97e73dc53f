"""Syllabi as RTF files, in Windows-1252 with its characters escaped.

It knows the control words that a word processor writes for headings, lists and tables. It does not know what the text
says.
"""

from __future__ import annotations

from .markup import Block, Heading, Items, NewPage, Paragraph, Source, Table

_TEXT_WIDTH = 9000
_SIZES = (32, 26, 24)


def render_rtf(source: Source) -> bytes:
    """Write a source as an RTF file and return its bytes."""
    head = (
        "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\froman Times New Roman;}{\\f1\\fswiss Arial;}}\n"
        "{\\info{\\title " + _escaped(source.title) + "}{\\creatim\\yr2026\\mo1\\dy15\\hr8\\min0}}\n"
        "{\\header\\pard\\f1\\fs16 " + _escaped(source.header) + "\\par}\n"
        "{\\footer\\pard\\f1\\fs16 " + _escaped(source.footer) + "\\par}\n"
    )
    return (head + "".join(_block(block) for block in source.blocks) + "}\n").encode("ascii")


def _block(block: Block) -> str:
    """Return one block in control words."""
    match block:
        case Heading(text, level):
            return f"\\pard\\sb120\\f1\\fs{_SIZES[min(level, 2)]}\\b {_escaped(text)}\\b0\\f0\\fs22\\par\n"
        case Paragraph(text):
            return f"\\pard\\sa80\\f0\\fs22 {_escaped(text)}\\par\n"
        case Items(texts):
            return "".join(f"\\pard\\fi-260\\li520\\f0\\fs22 \\bullet\\tab {_escaped(text)}\\par\n" for text in texts)
        case Table(rows):
            return "".join(_row(row) for row in rows) + "\\pard\\par\n"
        case NewPage():
            return "\\page\n"


def _row(row: tuple[str, ...]) -> str:
    step = _TEXT_WIDTH // len(row)
    edges = "".join(f"\\cellx{step * number}" for number in range(1, len(row) + 1))
    return f"\\trowd\\trgaph70{edges}\n" + "".join(f"\\pard\\intbl {_escaped(cell)}\\cell " for cell in row) + "\\row\n"


def _escaped(text: str) -> str:
    """Return text with control characters and everything beyond ASCII escaped."""
    out = []
    for character in text:
        if character in "\\{}":
            out.append(f"\\{character}")
        elif character == "\n":
            out.append("\\line ")
        elif ord(character) < 128:
            out.append(character)
        else:
            out.append(f"\\'{character.encode('cp1252')[0]:02x}")
    return "".join(out)
