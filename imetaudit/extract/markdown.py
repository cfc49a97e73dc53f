"""Markdown to blocks: as people write it, and as html2text makes it of old web pages.

It knows headings, lists, quotes, tables (of which html2text lets a row run over several lines) and the marks inside a
line. It does not know HTML beyond dropping its tags.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

from imetaudit.extract.build import Block, Reading, Refusal
from imetaudit.extract.lines import continues, heading_shaped, is_plain_item, normal_bullet, separate, wrap_width
from imetaudit.extract.mdtables import MarkdownTable, find_tables
from imetaudit.extract.plain import decode, is_too_long, too_long, unify_line_ends
from imetaudit.extract.thresholds import Lines, Thresholds
from imetaudit.model import SegmentKind

# Possessive repeats and starts that look behind keep every pattern linear in the length of a hostile line.
_HEADING = re.compile(r"\s{0,3}(#{1,6})(?:\s+(.*)|#*\s*)$")
_SETEXT = re.compile(r"\s{0,3}(=+|-{2,})\s*$")
_RULE = re.compile(r"\s{0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$")
_ITEM = re.compile(r"(\s*)(?:([-*+])|(\(?\d{1,3}[.)]))\s+(?=\S)")
_QUOTE = re.compile(r"\s{0,3}(?:>\s?)+")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_BOLD_LINE = re.compile(r"\s*(\*\*|__)(?!\s)((?:(?!\1).)+?)\1\s*+:?\s*+$")
_IMAGE = re.compile(r"!\[[^\[\]]*+\](?:\((?:[^()]++|\([^()]*+\))*+\)|\[[^\[\]]*+\])?", re.DOTALL)
_LINK = re.compile(r"\[((?:[^\[\]]++|\[[^\[\]]*+\])*+)\](?:\((?:[^()]++|\([^()]*+\))*+\)|\[[^\[\]]*+\])", re.DOTALL)
_REFERENCE = re.compile(r"""\s{0,3}\[[^\]^][^\]]*\]:\s+(?:<[^<>]*>|\S+)(?:\s+(?:"[^"]*"|'[^']*'|\([^()]*\)))?\s*$""")
_FOOTNOTE = re.compile(r"\s{0,3}\[\^([^\]\s]+)\]:\s+(?=\S)")
_FOOTNOTE_MARK = re.compile(r"\[\^[^\]\s]+\]")
_TASK = re.compile(r"\[[ xX]\]\s+(?=\S)")
_HTML_TABLE = re.compile(r"\s{0,3}<table\b", re.IGNORECASE)
_HTML_TABLE_BEGIN = re.compile(r"<table\b", re.IGNORECASE)
_HTML_TABLE_END = re.compile(r"</table\s*>", re.IGNORECASE)
_UNREAD = tuple(
    (re.compile(f"{start}.*?{end}", re.DOTALL | re.IGNORECASE), re.compile(end, re.IGNORECASE))
    for start, end in (("<!--", "-->"), (r"<script\b", r"</script\s*+>"), (r"<style\b", r"</style\s*+>"))
)
"""What is not for readers, with the pattern of its end."""
_AUTOLINK = re.compile(r"<((?:https?|mailto|ftp):[^<>\s]+)>")
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>")
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
_STARS = re.compile(r"(?<![\w\\*])\*{1,3}(?=[^\s*])|(?<=[^\s*\\])\*{1,3}(?![\w*])")
_LOOSE_STARS = re.compile(r"(?<!\\)\*{2,}")
_UNDERSCORES = re.compile(r"(?<![\w\\])_{1,3}(?=[^\s_])|(?<=[^\s_\\])_{1,3}(?!\w)")
_CODE = re.compile(r"(?<!`)`++([^`]++)`++")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~<\"'$&:;,/=?@^])")
_BAR_RULE = re.compile(r"\s*(?:-{3,}\|)+-{3,}\s*$")
_CITE = re.compile(r"(?:(?<!\s)\s++)?\{[.#:][^{}\n]*\}")


def read_markdown(data: bytes, thresholds: Thresholds) -> Reading | Refusal:
    """Read Markdown; it has no pages."""
    text, warnings = decode(data, thresholds.encodings)
    if is_too_long(text, thresholds.limits):
        return too_long(len(text))
    text = unify_line_ends(text).replace("\f", "\n")
    if "<" in text:
        text = _without_unread(text)
    return Reading(tuple(markdown_blocks(text, thresholds)), "markdown", warnings=warnings)


def markdown_blocks(text: str, thresholds: Thresholds) -> list[Block]:
    """Part Markdown into headings, paragraphs, list items and table rows."""
    lines = text.split("\n")
    tables = find_tables(lines, thresholds.tables)
    state = _Parse(thresholds.lines, wrap_width(lines, thresholds.lines))
    number = 0
    if lines and lines[0].rstrip() == "---":
        number = _front_matter(lines, state)
    while number < len(lines):
        table = tables.get(number)
        if table is None and "<" in lines[number] and not state.fenced and _HTML_TABLE.match(lines[number]):
            number = _html_table(lines, number, state, thresholds)
            continue
        if table is None:
            following = lines[number + 1] if number + 1 < len(lines) else ""
            number += 1 + state.take(lines[number], following)
            continue
        state.flush()
        _table_blocks(table, state)
        number = table.end
    state.flush()
    return state.blocks


@dataclass
class _Parse:
    """The blocks so far, and the lines of the one that is open."""

    figures: Lines
    width: int
    blocks: list[Block] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    item: tuple[str, int] | None = None
    """Of an open list item its mark as written in the text, and its depth."""
    note: bool = False
    """Whether the open lines are a footnote."""
    fenced: bool = False
    tables: int = 0

    def take(self, line: str, following: str) -> int:
        """Take in one line; return how many of the following it has used as well."""
        if ("```" in line or "~~~" in line) and _FENCE.match(line):
            self.flush()
            self.fenced = not self.fenced
            return 0
        if self.fenced:
            self.add_lines(SegmentKind.PARAGRAPH, [line])
            return 0
        if line.lstrip().startswith(">"):
            line = _QUOTE.sub("", line)
        if "|" in line:
            line = _without_stray_bars(line)
        if not line or line.isspace():
            self.flush()
            return 0
        return self._take_marked(line, following)

    def _take_marked(self, line: str, following: str) -> int:
        first = line.lstrip()[0]
        if first == "#" and (heading := _HEADING.match(line)):
            self.flush()
            title = (heading[2] or "").rstrip().rstrip("#").rstrip()
            self.blocks.append(Block(SegmentKind.HEADING, plain_inline(title), level=len(heading[1])))
            return 0
        if first in "*-_" and _RULE.match(line):
            self.flush()
            return 0
        if first in "-*+(0123456789" and (item := _ITEM.match(line)):
            self.flush()
            depth = 1 + len(item[1].expandtabs(4)) // 4
            self.item = ("• " if item[2] else item[3] + " ", depth)
            self.open.append(_TASK.sub("", line[item.end() :], count=1))
            return 0
        if first == "[" and (note := _FOOTNOTE.match(line)):
            self.flush()
            self.note = True
            self.open.append(line[note.end() :])
            return 0
        if first == "[" and _REFERENCE.match(line):
            return 0
        if not self.open and following[:3].strip(" ") and _SETEXT.match(following) and self._is_title(line, following):
            level = 1 if following.strip()[0] == "=" else 2
            self.blocks.append(Block(SegmentKind.HEADING, plain_inline(line), level=level))
            return 1
        self.open.append(line)
        return 0

    def _is_title(self, line: str, following: str) -> bool:
        # html2text underlines the first row of a table of one column, and ends that line in blanks.
        return len(line) <= self.figures.heading and not following.endswith("  ")

    def flush(self) -> None:
        """Close the open paragraph or list item."""
        if not self.open:
            self.item = None
            return
        groups = self._groups()
        self.open = []
        if self.note:
            self.note = False
            self.blocks.append(Block(SegmentKind.NOTE, plain_inline("\n".join(itertools.chain(*groups))).strip()))
            return
        if self.item:
            mark, depth = self.item
            self.item = None
            first, *rest = (plain_inline("\n".join(group)).strip() for group in groups)
            self.blocks.append(Block(SegmentKind.LIST_ITEM, mark + first if first else "", level=depth))
            self.blocks += [Block(SegmentKind.PARAGRAPH, text) for text in rest]
            return
        for group in groups:
            self.add_lines(SegmentKind.PARAGRAPH, group)

    def _groups(self) -> list[list[str]]:
        groups: list[list[str]] = []
        balance = 0
        for line in self.open:
            joined = bool(groups) and (balance > 0 or self._joins(groups[-1][-1], line))
            if joined:
                groups[-1].append(line)
            else:
                groups.append([line])
                balance = 0
            balance += line.count("[") - line.count("]")
        return groups

    def _joins(self, line: str, following: str) -> bool:
        if line.endswith("  ") or line.endswith("\\"):
            return not separate(line, following)
        return continues(line, following, self.width, self.figures)

    def add_lines(self, kind: SegmentKind, group: list[str]) -> None:
        """Add one paragraph, as a heading where the whole of it is bold and short."""
        raw = "\n".join(group)
        if "**" in raw or "__" in raw:
            bold = _BOLD_LINE.match(raw.replace("\n", " "))
            if bold and heading_shaped(bold[2], self.figures):
                kind = SegmentKind.HEADING
        text = plain_inline(raw).strip()
        if kind is SegmentKind.PARAGRAPH and is_plain_item(text):
            self.blocks.append(Block(SegmentKind.LIST_ITEM, normal_bullet(text), level=1))
        else:
            self.blocks.append(Block(kind, text))


def _front_matter(lines: list[str], state: _Parse) -> int:
    end = next((number for number, line in enumerate(lines[1:80], 1) if line.rstrip() in ("---", "...")), 0)
    for line in lines[1:end]:
        state.blocks.append(Block(SegmentKind.PARAGRAPH, line))
    return end + 1 if end else 1


def _table_blocks(table: MarkdownTable, state: _Parse) -> None:
    ordinal = state.tables
    for row in table.rows:
        cells = tuple(plain_inline(_without_marks(cell)) for cell in row)
        if sum(bool(cell.strip()) for cell in cells):
            state.blocks.append(Block(SegmentKind.TABLE_ROW, cells=cells, table=ordinal))
            state.tables = ordinal + 1


def _html_table(lines: list[str], start: int, state: _Parse, thresholds: Thresholds) -> int:
    """Read a table written in HTML; return the number of the line after it."""
    from lxml import etree

    from imetaudit.extract.htmlwalk import PageWalk

    end, depth = start, 0
    while end < len(lines):
        depth += len(_HTML_TABLE_BEGIN.findall(lines[end])) - len(_HTML_TABLE_END.findall(lines[end]))
        end += 1
        if depth <= 0:
            break
    state.flush()
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring("\n".join(lines[start:end]).encode("utf-8", "replace"), parser)
    ordinals = itertools.count(state.tables)
    state.blocks += PageWalk(thresholds, ordinals).read(root)
    state.tables = next(ordinals)
    return end


def _without_unread(text: str) -> str:
    for whole, end in _UNREAD:
        # Behind the last end no start can have one: looking for it from each would take for ever.
        last = max((found.end() for found in end.finditer(text)), default=0)
        text = whole.sub("", text[:last]) + text[last:]
    return text


def _without_stray_bars(line: str) -> str:
    """Return a line outside tables without the bars at its ends; its last blanks stay, for they may break the line."""
    if _BAR_RULE.match(line):
        return ""
    if line.lstrip().startswith("|"):
        line = line.lstrip()[1:].lstrip()
    body = line.rstrip()
    return body[:-1].rstrip() + line[len(body) :] if body.endswith("|") else line


def _without_marks(cell: str) -> str:
    kept = (line for line in cell.split("\n") if not _RULE.match(line))
    return "\n".join(re.sub(r"^\s*(?:#{1,6}|[-*+]|>+)\s+", "", line) for line in kept)


def plain_inline(raw: str) -> str:
    """Return a line's text without its marks: images dropped, of links the words, emphasis and escapes undone."""
    if "[" in raw:
        raw = _without_brackets(raw)
    if "`" in raw:
        raw = _CODE.sub(r"\1", raw)
    if "<" in raw:
        raw = _TAG.sub(" ", _AUTOLINK.sub(r"\1", raw))
    if "*" in raw:
        raw = _LOOSE_STARS.sub("", _STARS.sub("", raw))
    if "_" in raw:
        raw = _UNDERSCORES.sub("", raw)
    if "{" in raw:
        raw = _CITE.sub("", raw)
    if "\\" in raw:
        raw = _ESCAPE.sub(r"\1", raw)
    if "&" in raw:
        raw = _ENTITY.sub(_character, raw)
    return raw


def _character(match: re.Match[str]) -> str:
    import html

    return html.unescape(match[0])


def _without_brackets(raw: str) -> str:
    if "[^" in raw:
        raw = _FOOTNOTE_MARK.sub("", raw)
    if "![" in raw:
        raw = _IMAGE.sub("", raw)
    if "](" in raw or "][" in raw:
        raw = _LINK.sub(r"\1", raw)
    if "](" in raw:
        raw = _LINK.sub(r"\1", raw)
    return raw
