"""HTML pages, also as browsers save them, to blocks.

It knows encodings, what a parser gives up on, frames, and the page's title. The walk over the elements is `htmlwalk`'s.
Pages that frames show are never fetched.
"""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Sequence
from typing import Any

from imetaudit.extract.build import Block, Reading, Refusal
from imetaudit.extract.htmlwalk import PageWalk, furniture_share, one_line
from imetaudit.extract.mime import is_mime, pages_of
from imetaudit.extract.plain import decode, is_too_long, plain_blocks, too_long
from imetaudit.extract.thresholds import Thresholds
from imetaudit.model import SegmentKind, UnreadableReason

_CHARSET = re.compile(
    rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]+encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE
)
_ANY_TAG = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|<[^<>]*>", re.IGNORECASE | re.DOTALL)
_ENCODING = re.compile(r"<\?xml[^<>]*\?>")


def read_html(data: bytes, thresholds: Thresholds) -> Reading | Refusal:
    """Read a page; it has no page numbers."""
    pages = pages_of(data) if is_mime(data) else [(data, None)]
    decoded = [_decoded(page, charset, thresholds) for page, charset in pages]
    texts = [text for text, _ in decoded]
    warnings = [warning for _, told in decoded for warning in told]
    if is_too_long("\n".join(texts), thresholds.limits):
        return too_long(sum(map(len, texts)))
    blocks: list[Block] = []
    frames: list[str] = []
    hidden = 0
    ordinals = itertools.count()
    waiting = texts[::-1]
    while waiting:
        root, whole = _parse(text := waiting.pop())
        if not whole:
            # The parser gives up on absurd nesting and says so only in its log; what it left must not pass for absent.
            flat = html.unescape(_ANY_TAG.sub("\n", text))
            blocks += plain_blocks(flat, thresholds.lines, ordinals=ordinals)
            warnings.append("The page breaks its format; it was read as flat text.")
        elif root is not None:
            furniture = furniture_share(root) <= thresholds.html.furniture_share
            walk = PageWalk(thresholds, ordinals, furniture)
            blocks += _with_title(walk.read(root), root.findtext(".//title"))
            frames += walk.frames
            hidden += walk.hidden_words
            waiting += walk.inner_pages[::-1]
    return _result(blocks, frames if len(pages) == 1 else [], hidden, warnings, thresholds)


def _decoded(page: bytes, charset: str | None, thresholds: Thresholds) -> tuple[str, tuple[str, ...]]:
    declared = _CHARSET.search(page[:8192])
    name = charset or ((declared[1] or declared[2]).decode("ascii", "replace") if declared else None)
    # A page that says in single bytes that it is in double bytes is wrong.
    return decode(page, thresholds.encodings, None if name and name.lower().startswith("utf-16") else name)


def _result(
    blocks: Sequence[Block], frames: Sequence[str], hidden: int, warnings: Sequence[str], thresholds: Thresholds
) -> Reading | Refusal:
    shown = _shown(frames, thresholds.html.frames_named)
    if not blocks and frames:
        detail = f"The page only shows other files in frames ({shown}); audit those."
        return Refusal(UnreadableReason.EMPTY, detail)
    told = [*warnings]
    if hidden > thresholds.html.hidden_words:
        told.append("Hidden parts of the page were not read.")
    if frames:
        told.append(f"Pages shown in frames were not read: {shown}.")
    return Reading(tuple(blocks), "html", warnings=tuple(dict.fromkeys(told)))


def _shown(frames: Sequence[str], limit: int) -> str:
    names = list(dict.fromkeys(one_line(frame.split("?")[0].split("#")[0])[-80:] for frame in frames))
    more = f" and {len(names) - limit} more" if len(names) > limit else ""
    return ", ".join(names[:limit]) + more


def _with_title(blocks: list[Block], title: str | None) -> list[Block]:
    if title and title.strip() and not any(_same(title, block.text) for block in blocks[:5]):
        return [Block(SegmentKind.HEADING, one_line(title), level=1), *blocks]
    return blocks


def _same(one: str, other: str) -> bool:
    return one_line(one).lower() == one_line(other).lower()


def _parse(text: str) -> tuple[Any, bool]:
    """Return the root element, or None for a page without any, and whether all of the page is under it."""
    from lxml import etree

    text = _ENCODING.sub("", text, count=1).replace("\0", "")
    if not text.strip():
        return None, True
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.ParserError:
        return None, True
    except etree.XMLSyntaxError:
        return None, not _ANY_TAG.sub("", text).strip()
    return root, all(entry.level < etree.ErrorLevels.FATAL for entry in parser.error_log)
