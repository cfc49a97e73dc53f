"""How many single lines of teachers' wording the taxonomy finds, and how many of other subjects it leaves alone.

The lines lie in `phrasings/`, written without sight of the taxonomy. Of each three, two may be learnt from (`learn`);
the third (`test`) is for measuring only. Which is which follows from the line's own text.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from imetaudit.assess.coverage import Evidence, total
from imetaudit.extract.language import stop_word_shares
from imetaudit.extract.thresholds import load_thresholds
from imetaudit.model import Document, Outline, Section, SectionKind, Segment, SegmentKind
from imetaudit.tag import Tagger
from imetaudit.taxonomy import load_taxonomy

PHRASINGS = Path(__file__).parent / "phrasings"
AREAS = ("human-rights", "democracy", "civilian-control", "law-of-armed-conflict")


@dataclass(frozen=True)
class Line:
    """One line of a syllabus and the areas that it is about."""

    text: str
    language: str
    areas: tuple[str, ...]
    place: str

    @property
    def part(self) -> str:
        """Return `learn` or `test`."""
        return "test" if blake2b(self.text.encode(), digest_size=2).digest()[0] % 3 == 0 else "learn"


def lines() -> list[Line]:
    """Return all lines, in the order of the files."""
    told = (
        json.loads(row) for path in sorted(PHRASINGS.glob("*.jsonl")) for row in path.read_text("utf-8").splitlines()
    )
    return [Line(each["text"], each["language"], tuple(each["areas"]), each["place"]) for each in told]


def points(tagger: Tagger, line: Line) -> dict[str, float]:
    """Return the points that a line brings to each area, alone in a lesson, objective, description or assessment."""
    kind = SectionKind(line.place)
    segment = Segment(SegmentKind.PARAGRAPH, 0, len(line.text))
    document = Document("line", "", "text/plain", "text", line.text, (segment,), language=line.language)
    outline = Outline((Section(kind, "", 0, len(line.text)),))
    evidence: dict[str, list[Evidence]] = defaultdict(list)
    for f in tagger.tag(document, outline).findings:
        if f.reason is None:
            evidence[f.area].append(Evidence(f.topic, f.quote, f.strength, f.kind, "line", f.start, f.end, None, False))
    return {area: total(evidence[area], tagger.taxonomy.coverage) for area in AREAS}


def main() -> None:
    """Print the shares; with a part (`learn`) as argument, also each line of it that is missed or wrongly found."""
    thresholds = load_thresholds(None)
    tagger = Tagger(load_taxonomy(), lambda text: stop_word_shares(text, thresholds))
    found: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    for line in lines():
        scored = points(tagger, line)
        for area in AREAS:
            group = "about" if area in line.areas else "other" if not line.areas else None
            if group is None:
                continue
            found[line.part, area, f"{group} {line.language}"].append(scored[area])
            wrong = scored[area] < 0.5 if group == "about" else scored[area] >= 0.5
            if wrong and line.part in sys.argv[1:] and line.part == "learn":
                print(f"{group}\t{area}\t{line.language}\t{scored[area]:.2f}\t{line.text}")
    for part in ("learn", "test"):
        for area in AREAS:
            for group in ("about", "other"):
                cells = []
                for language in ("en", "es", "fr", "pt"):
                    scores = found[part, area, f"{group} {language}"]
                    if scores:
                        half, full = (sum(s >= bar for s in scores) / len(scores) for bar in (0.5, 1.0))
                        cells.append(f"{language} {half:.2f}/{full:.2f} of {len(scores)}")
                print(f"{part:6}{area:22}{group:6} {'  '.join(cells)}", file=sys.stderr)


if __name__ == "__main__":
    main()
