"""Matters and records as documents of the store, and back."""

from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from core.acts import Verb
from core.attachments.attachment import attachment_from_json
from core.chains.changes import changes_from_document, changes_to_document, with_added
from core.chains.steps import Step
from core.family import LedgerType, MatterType
from core.fields import Kind, Value, from_json, to_json
from core.matter import Mark, Matter, State
from core.money import from_fen, to_fen
from core.people import Absence, Delegation, Oversight, Person, Recusal, Span, Staff, Tenure
from core.records import Duty, Entry, Notice, NoticeState, Objection, Resolution

Document = dict[str, Any]

_TYPED = (Kind.MONEY, Kind.DATE, Kind.ROWS)
"""The kinds of value that a document holds otherwise than they are."""
_EMPTY = (None, "", (), -1, False)
"""What a record's field is left out for, being its default."""

_TOLD_OF_A_MARK = ("on_behalf", "basis", "opinion", "reason", "void", "carried")
"""What is kept of a mark only where there is something to tell."""


def _kept(value: Any) -> Any:
    """A field of a record as JSON keeps it; what is empty is left out by the callers."""
    match value:
        case date():
            return value.isoformat()
        case tuple():
            return list(value)
        case _:
            return value


def _plain(record: Any) -> Document:
    values = ((name, getattr(record, name)) for name in (each.name for each in fields(record)))
    return {name: _kept(value) for name, value in values if value not in _EMPTY}


def mark_to_document(mark: Mark) -> Document:
    document: Document = {"verb": mark.verb.value, "by": mark.by, "at": mark.at.isoformat(), "step": mark.step}
    for name in _TOLD_OF_A_MARK:
        if told := getattr(mark, name):
            document[name] = told
    if mark.persons:
        document["persons"] = list(mark.persons)
    return document


def mark_from_document(document: Mapping[str, Any]) -> Mark:
    told = {name: document[name] for name in _TOLD_OF_A_MARK if name in document}
    at, persons = datetime.fromisoformat(document["at"]), tuple(document.get("persons", ()))
    return Mark(Verb(document["verb"]), document["by"], at, document["step"], persons=persons, **told)


def matter_to_document(matter: Matter, kind: MatterType) -> Document:
    """A matter as stored. Its steps are not: the rulebook's digest, clause and chain name them."""
    amount = matter.values.get(kind.amount)
    return {
        "number": matter.number,
        "kind": matter.kind,
        "applicant": matter.applicant,
        "unit": matter.unit,
        "submitted": matter.submitted.isoformat(),
        "subject": kind.about(matter.values),
        "amount": to_fen(amount) if isinstance(amount, Decimal) else 0,
        "values": {key: to_json(value) for key, value in matter.values.items()},
        "extra": {form: {k: to_json(v) for k, v in values.items()} for form, values in matter.extra.items()},
        "rulebook": matter.rulebook,
        "clause": matter.clause,
        "chain": matter.chain,
        "state": matter.state.value,
        "at": matter.at,
        "resume": matter.resume,
        "arrived": matter.arrived.isoformat() if matter.arrived else "",
        "due": matter.due.isoformat() if matter.due else "",
        "duty": matter.duty,
        "course": [mark_to_document(mark) for mark in matter.course],
        **({"moved": matter.moved.isoformat()} if matter.moved else {}),
        **({"attachments": [each.to_json() for each in matter.attachments]} if matter.attachments else {}),
        **changes_to_document(matter.added, matter.handed, matter.asked),
    }


def matter_from_document(
    document: Mapping[str, Any], version: int, kind: MatterType | None, steps: tuple[Step, ...]
) -> Matter:
    """A stored matter; of a kind that is not enabled the values stay as text, so that it can still be read."""
    blanks = {blank.key: blank for blank in kind.facts} if kind else {}
    forms = {form: {b.key: b for b in fields} for form, fields in kind.step_forms.items()} if kind else {}
    added, handed, asked = changes_from_document(document)
    return Matter(
        number=document["number"],
        kind=document["kind"],
        applicant=document["applicant"],
        unit=document["unit"],
        submitted=datetime.fromisoformat(document["submitted"]),
        values={key: from_json(blanks[key], raw) if key in blanks else raw for key, raw in document["values"].items()},
        rulebook=document["rulebook"],
        clause=document["clause"],
        chain=document["chain"],
        steps=with_added(steps, added),
        state=State(document["state"]),
        at=document["at"],
        resume=document["resume"],
        arrived=datetime.fromisoformat(document["arrived"]) if document["arrived"] else None,
        due=date.fromisoformat(document["due"]) if document["due"] else None,
        course=tuple(mark_from_document(mark) for mark in document["course"]),
        duty=document["duty"],
        version=version,
        extra={
            form: {
                key: from_json(forms[form][key], raw) if key in forms.get(form, {}) else raw for key, raw in v.items()
            }
            for form, v in document["extra"].items()
        },
        moved=date.fromisoformat(document["moved"]) if "moved" in document else None,
        added=added,
        handed=handed,
        asked=asked,
        attachments=tuple(map(attachment_from_json, document.get("attachments", ()))),
    )


def entry_to_document(entry: Entry, ledger: LedgerType) -> Document:
    """A ledger line: money as whole fen, so that sums are exact in the store."""
    values = {
        key: to_fen(value) if isinstance(value, Decimal) else to_json(value) for key, value in entry.values.items()
    }
    return {"on": entry.on.isoformat(), "matter": entry.matter, "corrects": entry.corrects, "values": values}


def entry_from_document(document: Mapping[str, Any], number: int, ledger: LedgerType) -> Entry:
    values: dict[str, Value] = dict(document["values"])
    for column in ledger.columns:
        if column.kind in _TYPED and column.key in values:
            raw = document["values"][column.key]
            values[column.key] = from_fen(raw) if column.kind is Kind.MONEY else from_json(column, raw)
    on = date.fromisoformat(document["on"])
    return Entry(ledger.key, on, values, document["matter"], document["corrects"], number)


def _span(document: Mapping[str, Any]) -> Span:
    since, until = document.get("since", ""), document.get("until", "")
    return Span(date.fromisoformat(since) if since else date.min, date.fromisoformat(until) if until else date.max)


def _span_document(span: Span) -> Document:
    return {
        "since": span.since.isoformat() if span.since != date.min else "",
        "until": span.until.isoformat() if span.until != date.max else "",
    }


def person_to_document(person: Person) -> Document:
    return {"key": person.key, "name": person.name, "staff": person.staff.value, "search": list(person.search)}


def person_from_document(document: Mapping[str, Any]) -> Person:
    return Person(document["key"], document["name"], Staff(document["staff"]), tuple(document["search"]))


def tenure_to_document(tenure: Tenure) -> Document:
    return {"person": tenure.person, "post": tenure.post, "unit": tenure.unit, **_span_document(tenure.span)}


def tenure_from_document(document: Mapping[str, Any]) -> Tenure:
    return Tenure(document["person"], document["post"], document["unit"], _span(document))


def oversight_to_document(oversight: Oversight) -> Document:
    return {
        "person": oversight.person,
        "units": list(oversight.units),
        "functions": list(oversight.functions),
        **_span_document(oversight.span),
    }


def oversight_from_document(document: Mapping[str, Any]) -> Oversight:
    return Oversight(document["person"], tuple(document["units"]), tuple(document["functions"]), _span(document))


def delegation_to_document(delegation: Delegation) -> Document:
    return {
        "key": delegation.key,
        "person": delegation.person,
        "stand_in": delegation.stand_in,
        "named_by": delegation.named_by,
        "basis": delegation.basis,
        "scope": list(delegation.scope),
        **_span_document(delegation.span),
    }


def delegation_from_document(document: Mapping[str, Any]) -> Delegation:
    return Delegation(
        document["key"],
        document["person"],
        document["stand_in"],
        document["named_by"],
        document["basis"],
        _span(document),
        tuple(document["scope"]),
    )


def absence_to_document(absence: Absence) -> Document:
    return {"person": absence.person, "reason": absence.reason, **_span_document(absence.span)}


def absence_from_document(document: Mapping[str, Any]) -> Absence:
    return Absence(document["person"], document["reason"], _span(document))


def recusal_to_document(recusal: Recusal) -> Document:
    told = {"matter": recusal.matter, "applicant": recusal.applicant}
    return {"person": recusal.person, "reason": recusal.reason, **told, **_span_document(recusal.span)}


def recusal_from_document(document: Mapping[str, Any]) -> Recusal:
    told = {key: document[key] for key in ("person", "reason", "matter", "applicant")}
    return Recusal(**told, span=_span(document))


def duty_to_document(duty: Duty) -> Document:
    """A condition on the evidence is the rulebook's to state, and of no more use once the duty is done."""
    plain = _plain(replace(duty, evidence_when=None))
    return {**plain, "owners": list(duty.owners), "done": duty.done.isoformat() if duty.done else ""}


def duty_from_document(document: Mapping[str, Any]) -> Duty:
    days = {key: date.fromisoformat(document[key]) for key in ("opens", "due")}
    done = date.fromisoformat(document["done"]) if document["done"] else None
    return Duty(**{**document, **days, "owners": tuple(document["owners"]), "done": done})


def notice_to_document(notice: Notice) -> Document:
    objections = [{**asdict(objection), "on": objection.on.isoformat()} for objection in notice.objections]
    return {**_plain(notice), "objections": objections, "state": notice.state.value}


def notice_from_document(document: Mapping[str, Any]) -> Notice:
    days = {key: date.fromisoformat(document[key]) for key in ("since", "until")}
    objections = tuple(Objection(**{**each, "on": date.fromisoformat(each["on"])}) for each in document["objections"])
    return Notice(**{**document, **days, "objections": objections, "state": NoticeState(document["state"])})


def resolution_to_document(resolution: Resolution) -> Document:
    return {**asdict(resolution), "held_on": resolution.held_on.isoformat()}


def resolution_from_document(document: Mapping[str, Any]) -> Resolution:
    return Resolution(**{**document, "held_on": date.fromisoformat(document["held_on"])})
