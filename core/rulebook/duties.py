"""Reading `[[clause.duty]]`: what is owed again and again, or after a matter reaches a point."""

from dataclasses import dataclass
from datetime import date

from core.days.recurrence import DueRule, Frequency, Recurrence, parse_recurrence
from core.family import MatterType
from core.fields import Kind
from core.rulebook.conditions import facts_of, read_condition
from core.rulebook.faults import unknown
from core.rulebook.model import EVENT, After, RecurringDuty
from core.rulebook.positions import Place
from core.rulebook.tables import Table
from core.rulebook.values import plain_date, plain_number, plain_text
from core.rulebook.vocabulary import Vocabulary

_EVERYBODY = "everyone"
"""Whose duty it may be where each owes his own; a matter is signed and filed by somebody in particular."""
_OF_THE_APPLICANT = ("applicant", "unit-head", "supervising-leader")
_OWN_UNIT = ("unit-head", "supervising-leader")


@dataclass(frozen=True, slots=True)
class Awaited:
    """A step that a duty waits for, by the matter type and the step's title, and where the duty says so."""

    matter: str
    step: str
    place: Place


def read_duty(table: Table, vocabulary: Vocabulary, clause: str) -> tuple[RecurringDuty | None, list[Awaited]]:
    """The duty a table states, its id without the number of a second one, and the step it waits for."""
    titled = table.needed("title", "例行事项")
    owned = table.needed("by", "例行事项")
    within = table.table("after")
    event = _after(within, vocabulary) if within else None
    matter = vocabulary.matters.get(event.matter) if event else None
    recurrence, due = _recurring(table)
    if (recurrence is None) == (within is None) and not ("every" in table.values and recurrence is None):
        table.fault("", "例行事项要在“every”（周期）和“after”（发生后）中写一个，且只写一个")
    if due is not None and within is not None:
        table.fault("due", "用“after”时，期限写在 after 的 days 中，不能再写“due”")
    per_unit = table.flag("per_unit")
    units = tuple(each for each in table.texts("units") if _known_unit(table, each, vocabulary))
    if units and (within is not None or per_unit):
        table.fault("units", "“units”（分给哪些科室）只用于周期性事项，且不与 per_unit 同用")
    per_person = table.flag("per_person")
    everybody = per_person and table.has("by") and table.values["by"] == _EVERYBODY
    owner = (lambda raw: _owner(plain_text(raw), matter, per_unit, vocabulary)) if not everybody else plain_text
    by = table.read("by", owner, "") if owned else ""
    if per_person and (within is not None or per_unit or units):
        table.fault("per_person", "“per_person”（每人一件）只用于周期性事项，且不与 per_unit、units 同用")
    to = tuple(each for each in table.texts("to") if _selectable(table, each, matter, vocabulary))
    when = table.table("when")
    if when and within is None:
        table.fault("when", "“when”只能和“after”一起用，周期性事项没有可以比较的表")
    condition = read_condition(when, facts_of([matter]), vocabulary.staffing) if when and matter else None
    shown = table.read("evidence", lambda raw: vocabulary.matter(plain_text(raw)), None)
    evidence_when = table.table("evidence_when")
    if evidence_when and (shown is None or within is not None):
        table.fault("evidence_when", "“evidence_when”（凭什么样的表办结）只用于周期性事项，且要写明“evidence”")
    such = read_condition(evidence_when, facts_of([shown]), vocabulary.staffing) if evidence_when and shown else None
    duty = RecurringDuty(
        id=f"duty@{clause}",
        title=table.text("title"),
        by=by,
        every=recurrence,
        due=due,
        notice_days=table.number("notice_days", 7),
        to=to,
        evidence=shown.key if shown else "",
        evidence_when=such,
        per_unit=per_unit,
        units=units,
        after=event,
        when=condition,
        per_person=per_person,
    )
    table.close("例行事项")
    awaited = [Awaited(event.matter, event.step, (*table.place, "after", "step"))] if event and event.step else []
    return (duty if titled and owned else None), awaited


def _owner(selector: str, matter: MatterType | None, per_unit: bool, vocabulary: Vocabulary) -> str:
    if selector in _OF_THE_APPLICANT and matter is None and not (per_unit and selector in _OWN_UNIT):
        said = "，分科室的事项要加 per_unit = true" if selector in _OWN_UNIT else ""
        raise ValueError(f"不能用“{selector}”，周期性事项没有申请人{said}")
    return vocabulary.staffing.selector(selector, [matter] if matter else [])


def _known_unit(table: Table, key: str, vocabulary: Vocabulary) -> bool:
    try:
        vocabulary.staffing.unit(key)
    except ValueError as error:
        table.fault("units", f"“units”{error}")
        return False
    return True


def _selectable(table: Table, selector: str, matter: MatterType | None, vocabulary: Vocabulary) -> bool:
    try:
        vocabulary.staffing.selector(selector, [matter] if matter else [])
    except ValueError as error:
        table.fault("to", f"“to”{error}")
        return False
    return True


def _recurring(table: Table) -> tuple[Recurrence | None, DueRule | None]:
    weekday = table.number("weekday")
    anchor = table.read("anchor", _optional_day, None)
    recurrence = None
    if table.has("every"):
        try:
            recurrence = parse_recurrence(plain_text(table.values["every"]), weekday=weekday, anchor=anchor)
        except ValueError as error:
            table.fault("every", f"“every”：{error}")
        if recurrence and recurrence.frequency is Frequency.ONCE and anchor is None:
            table.fault("every", "只办一次的事项要用“anchor”写明日期，例如 anchor = 2026-06-30")
    within = table.table("due")
    return recurrence, _due_rule(within) if within else None


def _optional_day(raw: object) -> date | None:
    return plain_date(raw)


def _due_rule(table: Table) -> DueRule | None:
    """`{ workdays = 5, from = "end" }` or `{ days = 10, from = "start" }`."""
    start = table.text("from", "end")
    units = [unit for unit in ("workdays", "days") if table.has(unit)]
    table.close("期限")
    if len(units) != 1:
        table.fault("", "期限要在“workdays”（工作日）和“days”（自然日）中写一个，且只写一个")
        return None
    offset = table.read(units[0], plain_number, 1)
    if start not in ("start", "end"):
        table.fault("from", f"期限的起算点“{start}”不对，可用：start（期初）、end（期末）")
        return None
    try:
        return DueRule(offset, "start" if start == "start" else "end", "workdays" if units[0] == "workdays" else "days")
    except ValueError as error:
        table.fault(units[0], str(error))
        return None


def _after(table: Table, vocabulary: Vocabulary) -> After | None:
    known = table.needed("matter", "例行事项的“after”")
    matter = table.read("matter", lambda raw: vocabulary.matter(plain_text(raw)), None) if known else None
    starts = table.texts("counted_from")
    if matter:
        days = [EVENT, *(blank.key for blank in matter.facts if blank.kind is Kind.DATE)]
        for start in (each for each in starts if each not in days):
            table.fault("counted_from", f"“{matter.title}”" + unknown("日期栏目", start, days))
    after = After(
        matter=matter.key if matter else "",
        step=table.text("step"),
        counted_from=starts or (EVENT,),
        days=table.number("days"),
        workdays=table.flag("workdays"),
    )
    table.close("例行事项的“after”")
    return after if matter else None
