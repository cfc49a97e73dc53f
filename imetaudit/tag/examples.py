"""The examples of the data files, run: each topic's sentences, and each cue's.

It knows what an example promises, and says which promises the tagger does not keep. It reads no files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from imetaudit.errors import Problem
from imetaudit.model import Document, Outline, Section, SectionKind, Segment, SegmentKind
from imetaudit.tag.tagger import Finding, Tagger
from imetaudit.taxonomy import Topic

_MARKED = re.compile(r"(?:(en|es|fr|pt): )?(.*?)\[\[(.+?)\]\](.*)", re.DOTALL)


def run_examples(tagger: Tagger) -> list[Problem]:
    """Run every example of the tagger's taxonomy and return a problem for each that fails, by file."""
    problems = [problem for topic in tagger.taxonomy.topics for problem in _topic_problems(tagger, topic)]
    return problems + list(_cue_problems(tagger))


def as_document(text: str, language: str | None = None) -> tuple[Document, Outline]:
    """Return a sentence as a document of one paragraph that is a lesson; a None language admits terms of every one."""
    segment = Segment(SegmentKind.PARAGRAPH, 0, len(text))
    document = Document("example", "", "text/plain", "text", text, (segment,), language=language)
    return document, Outline((Section(SectionKind.LESSON, "", 0, len(text)),))


def _topic_problems(tagger: Tagger, topic: Topic) -> Iterator[Problem]:
    file, _, line = topic.where.rpartition(":")
    met: set[str] = set()
    languages = {term.text: term.language for term in topic.terms}
    for text in topic.match:
        found = _of(tagger, topic, text)
        kept = [finding for finding in found if finding.reason is None]
        met.update(languages[finding.term] for finding in found if finding.reason in (None, "contained"))
        if not kept:
            why = f"it was set aside as {found[0].reason!r}" if found else "no term matches it"
            what = f"{topic.id}: the example {text!r} must match, but {why}"
            yield Problem(file, int(line), what, "mend term or example")
    for text in topic.no_match:
        for finding in _of(tagger, topic, text):
            if finding.reason is None:
                what = f"{topic.id}: the example {text!r} must not match, but the term {finding.term!r} does"
                yield Problem(file, int(line), what, "narrow the term, exclude the phrase, or mend the example")
    for language in sorted({term.language for term in topic.terms} - met):
        what = f"{topic.id}: no example matches a term in {language!r}"
        yield Problem(file, int(line), what, "add one under examples: match")


def _of(tagger: Tagger, topic: Topic, text: str) -> list[Finding]:
    return [finding for finding in tagger.tag(*as_document(text)).findings if finding.topic == topic.id]


def _cue_problems(tagger: Tagger) -> Iterator[Problem]:
    for reason, examples, where in tagger.taxonomy.context.examples:
        file, _, line = where.rpartition(":")
        for text in examples.set_aside:
            got = _read(tagger, text)
            if got != reason:
                told = f"it was {'kept' if got is None else f'set aside as {got!r}'}"
                what = f"the example {text!r} must be set aside as {reason!r}, but {told}"
                yield Problem(file, int(line), what, "mend it")
        for text in examples.kept:
            if _read(tagger, text) is not None:
                yield Problem(file, int(line), f"the example {text!r} must be kept, but was set aside", "mend it")


def _read(tagger: Tagger, text: str) -> str | None:
    """Return the reason that the context rules give for the marked mention of an example."""
    marked = _MARKED.fullmatch(text)
    if marked is None:
        return "an example that marks no [[mention]]"
    language, before, mention, after = marked[1] or "en", marked[2], marked[3], marked[4]
    sentence = before + mention + after
    return tagger.reason(SectionKind.LESSON, language, sentence, len(before), len(before) + len(mention))
