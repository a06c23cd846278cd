"""Reading what a chain allows out of the ordinary: deciding in the signers' place, performing before signing."""

from collections.abc import Callable
from dataclasses import dataclass

from core.chains.steps import Due, Override, StepKind, Urgent
from core.rulebook.positions import Place
from core.rulebook.tables import Table

Selectors = Callable[[Table, str], tuple[str, ...]]
"""Reads a key that names persons."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A clause that a chain says it carries out, and where it says so."""

    key: str
    place: Place


def cited_clause(table: Table, cited: list[Cited]) -> str:
    """The clause a table names under `clause`, noted for the check that it exists."""
    clause = table.text("clause")
    if clause:
        cited.append(Cited(clause, (*table.place, "clause")))
    return clause


def read_override(table: Table, kind: StepKind, selectors: Selectors, cited: list[Cited]) -> Override | None:
    """`override = { by = "…", clause = "…" }` of a step."""
    said = table.table("override")
    if said is None:
        return None
    if kind is not StepKind.SIGN:
        table.fault("override", "只有签字环节可以特批")
    by = selectors(said, "by") if said.needed("by", "特批") else ()
    clause = cited_clause(said, cited) if said.needed("clause", "特批") else ""
    said.close("特批")
    return Override(by, clause) if by and clause else None


def read_urgent(table: Table, performs: bool, selectors: Selectors, cited: list[Cited]) -> Urgent | None:
    """`urgent = { clause = "…", days = 3, workdays = true, by = […] }` of a chain."""
    said = table.table("urgent")
    if said is None:
        return None
    if not performs:
        table.fault("urgent", "审批链没有办理环节（perform = true），谈不上先办后补")
    clause = cited_clause(said, cited) if said.needed("clause", "先办后补") else ""
    days = said.number("days", 1, least=1) if said.needed("days", "先办后补") else 1
    urgent = Urgent(clause, Due(days, said.flag("workdays", True)), selectors(said, "by"))
    said.close("先办后补")
    return urgent
