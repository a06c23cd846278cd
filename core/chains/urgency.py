"""The debt that an urgent act leaves: its paperwork, or putting right what was not consented to; and what it blocks."""

from collections.abc import Iterator
from dataclasses import replace

from tinydb import where

from core.acts import Verb
from core.codec import duty_from_document
from core.desk import Desk
from core.finding import Finding
from core.matter import Matter
from core.records import Discharge, Duty, Effect

_PAPERWORK, _REDRESS, _AFTER_REDRESS = "urgent@", "redress@", "redressA"


def paperwork(matter: str) -> str:
    """The key of the duty to complete the paperwork of a matter that was performed first."""
    return f"{_PAPERWORK}{matter}"


def urgently_performed(matter: Matter) -> bool:
    """Whether it was performed before it was signed."""
    return any(mark.verb is Verb.URGENT and not mark.void for mark in matter.course)


def refused_afterwards(desk: Desk, matter: Matter) -> Iterator[Effect]:
    """What follows where a matter that was performed first is not consented to: its paperwork is complete with the
    refusal, and whoever refused sees to it that what was done is put right within the time the clause gives.
    """
    duty, chain, refusal = desk.duty(paperwork(matter.number)), desk.chain_of(matter), matter.course[-1]
    if duty is None or chain is None or chain.urgent is None:
        return
    yield Discharge(duty.key, f"{matter.number}未获同意：{refusal.opinion}")
    term = chain.urgent.due
    deadline = desk.calendar.add_days(desk.day, term.days, workdays=term.workdays)
    title = duty.title.replace("补齐手续", "核实纠正先行办理", 1)
    owners = (refusal.on_behalf or refusal.by,)
    yield replace(
        duty, key=f"{_REDRESS}{matter.number}", title=title, owners=owners, opens=desk.day, due=deadline.day,
        derivation=deadline.derivation, evidence="", done=None, done_by="", note="",
    )  # fmt: skip


def debts(desk: Desk, kind: str, applicant: str, unit: str, paying: str = "") -> list[Finding]:
    """A finding, by the clause that allowed it, for each matter of a kind performed first by the applicant or his unit
    that is not in order after its day; `paying` is the duty that the act itself is to discharge.
    """
    found = []
    for duty, debtors in (*_owed(desk, kind), *_to_redress(desk, kind)):
        owed = applicant in debtors or (bool(unit) and duty.unit == unit)
        if duty.key != paying and owed and duty.due < desk.day:
            found.append(_debt(desk, duty))
    return found


def _owed(desk: Desk, kind: str) -> Iterator[tuple[Duty, tuple[str, ...]]]:
    """The paperwork still to be completed for matters of a kind, with those who owe it."""
    query = (where("evidence") == kind) & (where("done") == "")
    duties = map(duty_from_document, desk.store.table("duties").search(query))
    return ((duty, duty.owners) for duty in duties if duty.key.startswith(_PAPERWORK))


def _to_redress(desk: Desk, kind: str) -> Iterator[tuple[Duty, tuple[str, ...]]]:
    """What was not consented to and is still to be put right, of a kind, with those who asked for it."""
    query = (where("key") >= _REDRESS) & (where("key") < _AFTER_REDRESS) & (where("done") == "")
    for duty in map(duty_from_document, desk.store.table("duties").search(query)):
        matter = desk.matter(duty.matter)
        if matter is not None and matter.kind == kind:
            yield duty, (matter.applicant,)


def _debt(desk: Desk, duty: Duty) -> Finding:
    clause = duty.clause if desk.rulebook.find(duty.clause) else "general/urgent"
    late = f"今天是 {desk.day}，仍未办结"
    if duty.key.startswith(_PAPERWORK):
        facts = f"{duty.matter}先办后补，应于 {duty.due} 前补齐手续，{late}"
        remedy = f"先补齐{duty.matter}的手续，再办同类事项"
    else:
        who = "、".join(desk.organisation.described(person, desk.day) for person in duty.owners)
        facts = f"{duty.matter}先行办理而未获同意，应于 {duty.due} 前纠正，{late}"
        remedy = f"先纠正，由{who}核实后办结“{duty.title}”，再办同类事项"
    return Finding("core.urgent", desk.rulebook.cite(clause), facts, remedy)
