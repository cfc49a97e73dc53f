"""HTML, RTF, Markdown and plain text that nest, repeat or sprawl.

It knows which shapes make a reader take the square of a length, or worse. It does not know any reader.
"""

from __future__ import annotations

from collections.abc import Callable

SAID = "The rule of law and the role of the armed forces in a democracy. "


def _page(body: str) -> str:
    return f"<!doctype html><html><body>{body}<p>{SAID}</p></body></html>"


def _nested_tables(depth: int) -> str:
    return "<table><tr><td>a</td><td>" * depth + SAID + "</td></tr></table>" * depth


def _cells(count: int, spans: str) -> str:
    rows = "".join(f"<tr>{f'<td {spans}>the law</td>' * 100}</tr>" for _ in range(count // 100))
    return f"<table>{rows}</table>"


MARKUP: dict[str, tuple[str, Callable[[], str], str]] = {
    "deep-divs": (".html", lambda: _page("<div>" * 1_000_000), "read|too-large|timed-out"),
    "deep-spans": (".html", lambda: _page("<span>law " * 100_000), "read|too-large|timed-out"),
    "one-line": (".html", lambda: _page("a" * 50_000_000), "too-large"),
    "nested-tables": (".html", lambda: _page(_nested_tables(60)), "read"),
    "spans": (".html", lambda: _page(_cells(100_000, 'rowspan="65535" colspan="1000"')), "read|too-large"),
    "cells": (".html", lambda: _page(_cells(100_000, "")), "read"),
    "entity-outside": (".html", lambda: '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + _page("&x;"), "read"),
    "frames": (".html", lambda: _page('<iframe src="file:///etc/passwd"></iframe><object data="/etc/passwd"></object>'), "read"),
    "open-comments": (".html", lambda: _page("<!--" * 250_000), "read|empty"),
    "open-scripts": (".html", lambda: _page("<div>" * 3000 + "<script " * 100_000), "read|empty|garbled"),
    # A million levels cost about ten seconds of a processor: fewer levels say as much, and never meet the time limit.
    "deep-braces": (".rtf", lambda: "{\\rtf1 " + "{" * 300_000 + SAID, "read|damaged"),
    "closing-braces": (".rtf", lambda: "{\\rtf1 " + SAID + "}" * 1_000_000, "read|damaged"),
    "binary-lengths": (".rtf", lambda: "{\\rtf1 " + SAID + "\\bin999999999 \\bin-5 a" * 10_000 + "}", "read|damaged"),
    "control-words": (".rtf", lambda: "{\\rtf1 " + SAID + "\\trowd\\b\\cell" * 100_000 + "}", "read|damaged"),
    "code-points": (".rtf", lambda: "{\\rtf1 " + SAID + "\\u99999999 ?\\u-99999 ?\\'zz" * 1000 + "}", "read|damaged|garbled"),
    "backticks": (".md", lambda: "a " + "`" * 1_000_000, "read|garbled"),
    "brackets": (".md", lambda: "[a](" * 250_000, "read|garbled"),
    "open-links": (".md", lambda: "[a](" + " " * 500_000 + "b" * 500_000, "read|garbled"),
    "images": (".md", lambda: "![a](b" * 160_000, "read|garbled"),
    "comments": (".md", lambda: SAID + "<!--" * 250_000, "read"),
    "spaces": (".md", lambda: SAID + "|a" + " " * 1_000_000 + "{b **c**" + " " * 1_000_000 + "x", "read"),
    "hashes": (".md", lambda: "# " + "#" * 500_000 + " " * 500_000 + "x", "read|garbled|empty"),
    "bars": (".md", lambda: "|" * 500_000 + "\n" + "-|" * 250_000 + "\n" + "|" * 250_000, "read|garbled|empty"),
    "columns": (".md", lambda: "a|" * 40_000 + "\n" + "-|" * 40_000 + "\n" + "b|c\n" * 40_000, "read|garbled|too-large"),
    "emphasis": (".md", lambda: SAID + "*the **law " * 90_000, "read"),
    "quotes": (".md", lambda: ">" * 1_000_000, "read|empty|garbled"),
    "long-words": (".txt", lambda: ("aB1" * 300_000 + " ") * 3, "read|garbled"),
    "broken-words": (".txt", lambda: (("x" * 70 + "-\n") + SAID + "\n") * 7_000, "read|garbled"),
    "prose-on-one-line": (".txt", lambda: SAID * 15_000, "read"),
    "dots": (".txt", lambda: SAID + "." * 500_000 + " 3\n" + ". " * 250_000, "read"),
    "digits": (".txt", lambda: SAID + "1" * 500_000 + "1,000" * 100_000 + "2001-" * 100_000, "read"),
    "dashes": (".txt", lambda: SAID + "-" * 500_000 + " " + "----- " * 80_000, "read"),
    "form-feeds": (".txt", lambda: "a\f" * 500_000, "too-large"),
    "zeros": (".txt", lambda: "\0" * 1_000_000, "empty"),
}  # fmt: skip
"""Each builder with its suffix and the outcomes that are right: `read`, or reasons."""
