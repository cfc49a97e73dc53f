"""Handbooks of invented courses, in the marks of the sample school, and the files made of them."""

from __future__ import annotations

from sample_school.markup import Heading, Items, Paragraph, Source, Table, parse_blocks
from sample_school.odf import render_odt
from sample_school.page import render_pdf
from sample_school.word import render_docx

FULL = """
# Handbook of Courses 2026

Harbour Staff College, San Telmo. Students report to the registrar with their orders and uniform.

## Admission

Applicants send their papers through the military group. The college answers within thirty days of receipt.

===
## NAV-310 Coastal Navigation

Prerequisite: none. Three credits.

### Description

This course treats tides, charts, pilotage and the use of radar in narrow waters by night and in fog.

### Objectives

- Plan a passage along a coast.
- Fix a position by three bearings.

### Schedule

| Lesson | Subject | Hours |
| 1 | Charts and tides | 6 |
| 2 | Pilotage in narrow waters | 4 |

===
## LAW-345 Human Rights and the Use of Force

### Description

This course examines international human rights law, due process and the use of force by security forces.

### Objectives

- Explain the obligations of the state under international human rights law.

### Schedule

| Lesson | Subject | Hours |
| 1 | The Universal Declaration of Human Rights | 3 |
| 2 | Use of force and human rights standards | 5 |

===
## LOG-210 Joint Logistics

### Description

This course covers supply, transport, depots and the planning of convoys for a brigade on the march.

### Schedule

| Lesson | Subject | Hours |
| 1 | Depots and stock | 8 |
| 2 | Convoys | 8 |

## Faculty

Captain Ana Ruiz holds a degree in human rights law and teaches navigation at the college since 2019.
"""

SPANISH = """
# Catálogo de cursos

Escuela de Estado Mayor del Puerto

MED-245 Medicina de patrulla. Curso de primeros auxilios, evacuación y sanidad en campaña para clases de tropa.

DDHH-101 Derechos humanos. Curso sobre el derecho internacional de los derechos humanos, el debido proceso y la Declaración Universal.

NAV-230 Lanchas rápidas. Curso práctico de manejo de lanchas, abordaje y mantenimiento de motores fuera de borda.
"""

TABLE = """
# Courses offered

| Code | Title | Hours | Description |
| NAV-1 | Charts | 40 | The course treats charts, tides and pilotage in narrow waters by day and night. |
| HR-2 | Human Rights | 24 | The course examines international human rights law and the Universal Declaration of Human Rights. |
| LOG-3 | Supply | 30 | The course covers depots, stock, transport and the planning of convoys on the march. |
"""

SYLLABUS = """
# POL-300 Security Policy

Prerequisites: POL-101 Introduction to Policy, HIS-102 World History, LAW-103 Public Law.

## Course description

This course examines how security policy is made, and by whom, from the cabinet to the brigade.

## Schedule

HR-1 Human rights and the soldier. This course session treats the duty to protect and its limits in practice.

HR-2 Courts and commissions. This course session treats the courts of the region and how a case reaches them.

HR-3 Reporting. This course session treats what a unit must report, to whom, and within how many hours.

## Related courses

POL-301 Defence Economics

POL-302 Military Sociology

POL-303 Strategy
"""

PLAN = """
# Degree plan in defence studies

Students take 30 credits among the following courses of the college, in any order.

| First year | Credits |
| NAV-1 Charts | 3 |
| HR-2 Human Rights | 3 |
| LOG-3 Supply | 3 |

- POL-301 Defence Economics
- POL-302 Military Sociology
- POL-303 Strategy
"""


def source(text: str) -> Source:
    """Return what the renderers of the sample school take."""
    return Source("handbook", frozenset(), tuple(parse_blocks(text)), "Handbook")


def html(text: str) -> bytes:
    """Return a page of it."""
    made = []
    for block in parse_blocks(text):
        if isinstance(block, Heading):
            made.append(f"<h{block.level + 1}>{block.text}</h{block.level + 1}>")
        elif isinstance(block, Paragraph):
            made.append(f"<p>{block.text}</p>")
        elif isinstance(block, Items):
            made.append("<ul>" + "".join(f"<li>{text}</li>" for text in block.texts) + "</ul>")
        elif isinstance(block, Table):
            rows = ("".join(f"<td>{cell}</td>" for cell in row) for row in block.rows)
            made.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
    return ("<!DOCTYPE html><html><body>" + "\n".join(made) + "</body></html>").encode()


def files_of(text: str) -> dict[str, bytes]:
    """Return the handbook in every format, by ending."""
    made = source(text)
    return {".pdf": render_pdf(made), ".docx": render_docx(made), ".odt": render_odt(made), ".html": html(text)}
