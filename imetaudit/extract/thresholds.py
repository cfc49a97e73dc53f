"""The figures and word lists by which extraction judges, read from `taxonomies/extraction.yaml`.

It knows the names of the figures and reports every one that is missing or of the wrong type. It does not know
what they are used for.
"""

from __future__ import annotations

import functools
import types
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

from imetaudit.datafile import taxonomies_dir
from imetaudit.errors import DataFileError, Problem


@dataclass(frozen=True)
class Limits:
    """How large a file, and its parts, may be."""

    file_bytes: int
    text_characters: int
    text_lines: int
    archive_entries: int
    archive_bytes: int
    archive_ratio: int
    archive_ratio_from: int
    members: int
    member_bytes: int
    member_depth: int
    sheet_cells: int
    pdf_pages: int
    pdf_page_objects: int
    page_characters: int
    nesting: int
    segment_characters: int
    digest_bytes: int
    seconds: int
    clock_seconds: int
    memory_bytes: int


@dataclass(frozen=True)
class Quality:
    """When a text is too poor to audit, and when its language is told."""

    garbled_characters: float
    garbled_words: float
    garbled_triples: float
    garbled_single: float
    garbled_long: float
    long_word: int
    garbled_from_words: int
    garbled_piece_words: int
    garbled_pieces: float
    damaged_words: float
    sound_stop_words: float
    word_characters: int
    odd_with_stop_words: float
    language_share: float
    language_lead: float
    language_from_words: int
    other_language_from_words: int
    language_sample_words: int
    unknown_from_words: int
    unknown_share: float
    unknown_triples: float
    script_share: float
    searched_share: float
    scan_words: int
    recount_missing: float
    recount_from_words: int
    page_text_characters: int
    scan_share: float
    picture_page_words: int
    poor_triples: float
    drawing_paths: int
    silent_marks: int
    drawing_segments: int
    silent_rtf_bytes: int


@dataclass(frozen=True)
class Encodings:
    """How an encoding is told that a text does not state."""

    western_share: float
    candidates: list[str]
    """The first of those that do equally well is taken."""
    letters: str
    within: str
    """Signs that stand between letters."""
    opening: str
    """Signs that stand before a word and never within one."""
    around: str
    """Signs that say nothing."""


@dataclass(frozen=True)
class Pictures:
    """When a picture is blank, looks like writing, or is too large; how much of a document pictures are."""

    pixels: int
    look_pixels: int
    contrast: int
    light: int
    background: float
    blank_ink: float
    written_bands: float
    bands: int
    document_pixels: int
    document_page_words: int
    page_words: int


@dataclass(frozen=True)
class Lines:
    """When a line break was made by a program, and when a line looks like a heading."""

    wrapped: int
    long: int
    long_share: float
    heading: int
    heading_words: int
    html2text_width: int
    table_rows: int
    table_across: float


@dataclass(frozen=True)
class Tables:
    """When a table holds data and when it only lays out a page."""

    cell: int
    cell_mean: int
    row_lines: int
    key_words: int
    columns: int


@dataclass(frozen=True)
class PdfLayout:
    """The proportions by which lines, columns, tables and headings of a page are told."""

    glued_letters: int
    glued_sample: int
    glued_gap: float
    ligature_gap: float
    raised: float
    annotations: int
    field_size: float
    field_leading: float
    field_letter: float
    same_line: float
    run_gap: float
    column_gap: float
    columns_width: float
    column_gap_lead: float
    column_edge: float
    column_cross: float
    column_cross_short: float
    column_apart: float
    column_fill: float
    column_words: float
    column_lines: int
    column_turn: float
    column_going_on: float
    column_fill_drawn: float
    column_words_drawn: float
    table_lines: int
    table_gap: float
    paragraph_gap: float
    region_gap: float
    list_indent: float
    note_size: float
    note_mark: float
    heading_size: float
    rule_thickness: float
    rule_snap: float
    head_gap: float
    rule_reach: float
    edge: float
    running_share: float
    running_pages: int
    cell_lines: float
    word_gap: float
    row_gap: float
    row_doubt: float
    bar_gap: float
    title_share: float
    stack_cell: int
    stack_fill: float
    caption_gap: float
    gutter_lines: int
    blank: float
    word_start: float
    cut_room: float


@dataclass(frozen=True)
class PdfText:
    """The proportions by which lines of a page become paragraphs, headings and running heads."""

    bold_share: float
    small_head: float
    head_apart: float
    table_shift: float
    size_change: float
    step_usual: float
    step_least: float
    step_most: float
    ragged: float
    room: float
    long_line: float
    short_line: float
    first_indent: float
    title: float
    bold_heading: float


@dataclass(frozen=True)
class Ocr:
    """How pictures of text are read."""

    resolution: int
    page_pixels: int
    small_width: int
    pages: int
    seconds: int
    file_seconds: int
    confidence: float
    noise: float
    languages: Mapping[str, str]
    """ISO 639-1 code to the name of tesseract's language data."""


@dataclass(frozen=True)
class Descriptions:
    """How a table of course descriptions, one course a row, is told from any other table."""

    header_rows: int
    fact: int
    columns: Mapping[str, list[str]]
    """Names of columns by what they hold: `id`, `title`, `name`, `text`, `aside` and, in other tables, `schedule`."""


@dataclass(frozen=True)
class Html:
    """What of a page is told or left out."""

    furniture_share: float
    hidden_words: int
    frames_named: int


@dataclass(frozen=True)
class LibreOffice:
    """How old Office files are converted."""

    seconds: int


@dataclass(frozen=True)
class Thresholds:
    """Everything that extraction judges by."""

    limits: Limits
    quality: Quality
    encodings: Encodings
    lines: Lines
    tables: Tables
    pdf: PdfLayout
    pdf_text: PdfText
    pictures: Pictures
    ocr: Ocr
    descriptions: Descriptions
    html: Html
    libreoffice: LibreOffice
    stop_words: Mapping[str, frozenset[str]]
    """Of the languages that are searched."""
    other_stop_words: Mapping[str, frozenset[str]]
    """Of languages that are known only in order not to be taken for one that is searched."""
    letter_triples: Mapping[str, frozenset[str]]
    """The commonest triples of unaccented letters in words, by language; `_` is a word's edge."""

    @functools.cached_property
    def every_stop_word(self) -> frozenset[str]:
        """The stop words of all languages."""
        return frozenset().union(*self.stop_words.values(), *self.other_stop_words.values())


_Part = TypeVar(
    "_Part",
    Limits,
    Quality,
    Lines,
    Tables,
    PdfLayout,
    PdfText,
    Pictures,
    Ocr,
    Descriptions,
    LibreOffice,
    Encodings,
    Html,
)


def load_thresholds(path: Path | None = None) -> Thresholds:
    """Read the thresholds from `path`, or from the file that came with the program.

    Raises:
        DataFileError: The file cannot be read, or figures are missing or of the wrong type; all are listed.
    """
    return _load(path or taxonomies_dir() / "extraction.yaml")


@functools.lru_cache(maxsize=4)
def _load(path: Path) -> Thresholds:
    import yaml

    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise DataFileError(
            [Problem(str(path), 0, f"cannot be read ({type(error).__name__})", "restore it")]
        ) from error
    problems: list[Problem] = []
    if not isinstance(data, dict):
        raise DataFileError([Problem(str(path), 0, "is not a mapping", "restore it")])
    thresholds = Thresholds(
        limits=_part(Limits, data, "limits", path, problems),
        quality=_part(Quality, data, "quality", path, problems),
        encodings=_part(Encodings, data, "encodings", path, problems),
        lines=_part(Lines, data, "lines", path, problems),
        tables=_part(Tables, data, "tables", path, problems),
        pdf=_part(PdfLayout, data, "pdf", path, problems),
        pdf_text=_part(PdfText, data, "pdf_text", path, problems),
        pictures=_part(Pictures, data, "pictures", path, problems),
        ocr=_part(Ocr, data, "ocr", path, problems),
        descriptions=_part(Descriptions, data, "descriptions", path, problems),
        html=_part(Html, data, "html", path, problems),
        libreoffice=_part(LibreOffice, data, "libreoffice", path, problems),
        stop_words=_words(data, "stop_words", path, problems),
        other_stop_words=_words(data, "other_stop_words", path, problems),
        letter_triples=_words(data, "letter_triples", path, problems),
    )
    if problems:
        raise DataFileError(problems)
    return thresholds


def _words(data: Mapping[str, Any], name: str, path: Path, problems: list[Problem]) -> Mapping[str, frozenset[str]]:
    """Return lists of words by language, each given as a list or as a line with blanks between."""
    given = data.get(name)
    lists = {
        code: some.split() if isinstance(some, str) else some
        for code, some in (given.items() if isinstance(given, dict) else ())
    }
    if not lists or not all(isinstance(some, list) for some in lists.values()):
        problems.append(Problem(str(path), 0, f"`{name}` is not a mapping of lists", "list words by language"))
        return {}
    # YAML takes a bare `on` or `no` for true or false.
    problems.extend(
        Problem(str(path), 0, f"`{name}.{code}` holds {word!r}, which is no text", "put the word in quotes")
        for code, some in sorted(lists.items())
        for word in some
        if not isinstance(word, str)
    )
    return types.MappingProxyType({code: frozenset(map(str, some)) for code, some in sorted(lists.items())})


def _part(kind: type[_Part], data: Mapping[str, Any], name: str, path: Path, problems: list[Problem]) -> _Part:
    given = data.get(name)
    given = given if isinstance(given, dict) else {}
    expected: dict[str, tuple[type, ...]] = {
        "int": (int,),
        "float": (int, float),
        "str": (str,),
        "list[str]": (list,),
    }
    values: dict[str, Any] = {}
    for each in fields(kind):
        value = given.get(each.name)
        if isinstance(value, bool) or not isinstance(value, expected.get(str(each.type), (dict,))):
            problems.append(Problem(str(path), 0, f"`{name}.{each.name}` is missing or of the wrong type", "give it"))
        values[each.name] = value
    problems.extend(
        Problem(str(path), 0, f"`{name}.{extra}` is not known", "remove it")
        for extra in sorted(set(map(str, given)) - set(values))
    )
    return kind(**values)
