"""The debt of paperwork that an urgent act leaves: named, found when overdue, and what it then blocks."""

from tinydb import where

from core.codec import duty_from_document
from core.desk import Desk
from core.finding import Finding

_HEAD = "urgent@"


def paperwork(matter: str) -> str:
    """The key of the duty to complete the paperwork of a matter that was performed first."""
    return f"{_HEAD}{matter}"


def debts(desk: Desk, kind: str, applicant: str, unit: str, paying: str = "") -> list[Finding]:
    """A finding, by the clause that allowed it, for each matter of a kind whose paperwork the applicant or his unit
    still owes after its day; `paying` is the duty that the act itself is to discharge.
    """
    query = (where("evidence") == kind) & (where("done") == "")
    found = []
    for duty in map(duty_from_document, desk.store.table("duties").search(query)):
        owed = applicant in duty.owners or (bool(unit) and duty.unit == unit)
        if duty.key.startswith(_HEAD) and duty.key != paying and owed and duty.due < desk.day:
            facts = f"{duty.matter}先办后补，应于 {duty.due} 前补齐手续，今天是 {desk.day}，仍未补齐"
            remedy = f"先补齐{duty.matter}的手续，再办同类事项"
            clause = duty.clause if desk.rulebook.find(duty.clause) else "general/urgent"
            found.append(Finding("core.urgent", desk.rulebook.cite(clause), facts, remedy))
    return found
