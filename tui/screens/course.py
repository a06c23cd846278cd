"""A course in words: each step with who, by when, by which clause."""

from collections.abc import Iterable, Iterator

from core.verdict import Planned
from tui.session import Session
from tui.widgets.prose import Paragraph


def course_paragraphs(session: Session, course: Iterable[Planned], empty: str) -> Iterator[Paragraph]:
    """The steps that lie ahead, numbered."""
    place = 0
    for place, planned in enumerate(course, 1):
        yield Paragraph(f"{place} {planned.step.title}", strong=True)
        yield from step_paragraphs(session, planned, 2)
    if not place:
        yield Paragraph(empty)


def step_paragraphs(session: Session, planned: Planned, indent: int) -> Iterator[Paragraph]:
    """Who acts at a step, by when, by which clause, and what is missing."""
    who = "、".join(planned.names) or planned.missing or "待定"
    if body := session.office.agency.bodies.get(planned.step.body):
        who = f"{body.title}研究，{who}登记"
    parts = [who]
    if planned.names and planned.missing:
        parts.append(planned.missing)
    if planned.due:
        unsure = "（放假安排未公布，暂按周末推算）" if planned.provisional else ""
        parts.append(f"{planned.due} 前办结{unsure}")
    yield Paragraph("　".join([*parts, planned.clause.label]), indent)
