"""How well the program agrees with the coding of the hold-out syllabi, as a Markdown table.

The syllabi and their coding lie beside this file. Nothing in the taxonomy may be tuned to them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from imetaudit.executors import Local
from imetaudit.pipeline import AuditOptions, audit
from imetaudit.taxonomy import Taxonomy, load_taxonomy

HOLDOUT = Path(__file__).parent / "holdout"
AREAS = {
    "human_rights": "human-rights",
    "democracy": "democracy",
    "civilian_control": "civilian-control",
    "loac": "law-of-armed-conflict",
}
SAID = {"covered": "taught", "mentioned-only": "mentioned", "no-evidence": "none", "not-auditable": "none"}

Pair = tuple[str, str]
"""What a person coded, and what the program said in the coder's words."""


def pairs(taxonomy: Taxonomy) -> dict[str, list[Pair]]:
    """Audit the hold-out syllabi and return, for each area, what was coded and what was said of each."""
    options = AuditOptions(ocr="never")
    result = audit(
        HOLDOUT / "files", as_of="2026-11-21", taxonomy=taxonomy, standards=(), options=options, executor=Local(2, 60)
    )
    course_of = {path: course.id for course in result.courses for path in course.documents}
    outcome = {(row.course, row.topic): SAID[row.outcome.value] for row in result.coverage}
    coded = [json.loads(line) for line in (HOLDOUT / "coding.jsonl").read_text(encoding="utf-8").splitlines()]
    return {
        area: [(each["areas"][key]["outcome"], outcome[course_of[each["file"]], area]) for each in coded]
        for key, area in AREAS.items()
    }


def table(agreement: dict[str, list[Pair]]) -> str:
    """Return the figures as a Markdown table: `covered` against coded `taught`, and the two grave errors."""
    lines = [
        "| area | syllabi | taught | precision | recall | F1 | none called covered | taught called no evidence |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for area, said in agreement.items():
        hits = said.count(("taught", "taught"))
        taught = sum(true == "taught" for true, _ in said)
        covered = sum(told == "taught" for _, told in said)
        none = sum(true == "none" for true, _ in said)
        cells = [
            _ratio(hits, covered), _ratio(hits, taught), _ratio(2 * hits, taught + covered),
            f"{said.count(('none', 'taught'))} of {none}", f"{said.count(('taught', 'none'))} of {taught}",
        ]  # fmt: skip
        lines.append(f"| {area} | {len(said)} | {taught} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _ratio(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "–"


def report(arguments: Sequence[str] = ()) -> str:
    """Return the table for the shipped taxonomy, with its version and the beginning of its digest."""
    taxonomy = load_taxonomy(*arguments)
    return f"Taxonomy {taxonomy.version}, sha256 {taxonomy.sha256[:12]}.\n\n{table(pairs(taxonomy))}"


if __name__ == "__main__":
    print(report())
