"""How records are worded on the screen: values of blanks, days, findings, the proof of an act."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from core.access.last_visit import LastVisit
from core.days.terms import period_written
from core.desk import Desk
from core.fields import Field, Kind, Value, from_json, to_json
from core.finding import Finding, Remark, remarks
from core.journal import Entry
from core.money import format_money
from core.people import Organisation
from core.records import Duty, DutyState

NO_DUE = "9999-12-31"
"""How the inbox keeps that there is no deadline."""


def value_text(desk: Desk, blank: Field, value: Value | None) -> str:
    """A value as people read it; rows one a line."""
    match value:
        case None | "":
            return ""
        case bool():
            return "是" if value else "否"
        case Decimal():
            return format_money(value)
        case date():
            return value.isoformat()
        case int():
            return f"{value}{blank.unit}"
        case tuple():
            return "\n".join(row_line(desk, blank, row) for row in value)
        case _:
            return reference_text(desk, blank.kind, str(value))


def reference_text(desk: Desk, kind: Kind, key: str) -> str:
    """What a key stands for: a person with unit and post, the title of a unit, post, body or function."""
    agency = desk.agency
    match kind:
        case Kind.PERSON:
            return desk.organisation.described(key, desk.day)
        case Kind.UNIT if key in agency.units:
            return agency.units[key].title
        case Kind.POST if key in agency.posts:
            return agency.posts[key].title
        case Kind.BODY if key in agency.bodies:
            return agency.bodies[key].title
        case Kind.FUNCTION:
            return agency.functions.get(key, key)
        case Kind.PERIOD:
            return period_written(key)
        case _:
            return key


def row_line(desk: Desk, blank: Field, row: Mapping[str, Any]) -> str:
    """One row of a blank that holds rows, each cell with its title."""
    cells = ((column.title, value_text(desk, column, row.get(column.key))) for column in blank.columns)
    return "，".join(f"{title} {text}" for title, text in cells if text)


def raw_text(value: Value) -> Any:
    """A value as it would be typed: text, or a list of rows of texts."""
    if isinstance(value, tuple):
        return [{key: raw_text(cell) for key, cell in row.items()} for row in value]
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(to_json(value))


def cell_text(desk: Desk, column: Field, raw: Any) -> str:
    """A cell of a row as typed, read as people read it where it can be read."""
    text = str(raw)
    try:
        stored = from_json(column, text) if column.kind in (Kind.MONEY, Kind.DATE) else text
    except (ValueError, ArithmeticError):
        return text
    return value_text(desk, column, stored)


def moment(at: datetime) -> str:
    """A moment to the minute."""
    return at.strftime("%Y-%m-%d %H:%M")


def due_text(due: date | None, today: date) -> str:
    """A deadline in words: how many days are left or passed, else the day."""
    if due is None:
        return ""
    days = (due - today).days
    if days < 0:
        return f"逾期 {-days} 天"
    if days == 0:
        return "今天到期"
    return f"还有 {days} 天" if days <= 3 else due.isoformat()


def duty_text(duty: Duty, today: date) -> str:
    """How a duty stands, in words."""
    state = duty.state(today)
    return f"逾期 {(today - duty.due).days} 天" if state is DutyState.OVERDUE else state.title


def remark_lines(remark: Remark) -> list[str]:
    """What a remark stands on and what would satisfy it: each clause with its text, the remedy."""
    return [*(f"依据：{clause.quoted}" for clause in remark.clauses), *remedy_lines(remark)]


def remedy_lines(remark: Remark) -> list[str]:
    """What would satisfy a remark; no line where nothing would."""
    return [f"怎样办：{remark.remedy}"] if remark.remedy else []


def findings_text(*findings: Finding) -> str:
    """Findings as a few lines of text, what several say alike once."""
    return "\n".join(line for each in remarks(findings) for line in (each.facts, *remark_lines(each)))


def stands_in(organisation: Organisation, by: str, on_behalf: str) -> str:
    """Who signed: 甲, or 甲代乙."""
    name = organisation.name(by)
    return f"{name}代{organisation.name(on_behalf)}" if on_behalf else name


def coming_text(entry: Entry) -> str:
    """What somebody did at the door: signed in, for which command where it was not for the screen, or left."""
    from tui.commands.registry import by_verb

    verb = str(entry.detail.get("verb", ""))
    try:
        named = by_verb(verb).title if verb else ""
    except KeyError:
        named = verb
    return f"{entry.act}：{named}" if named else entry.act


def seen_text(last: LastVisit) -> str:
    """When somebody signed in before, and from where."""
    place = f"，来自 {last.address}" if last.address else ""
    return f"您上次登录：{last.at:%Y-%m-%d %H:%M}{place}。"


def warned_text(last: LastVisit, named: Callable[[str], str]) -> str:
    """What has been done in somebody's name since then and may not be his doing; empty where there is nothing."""
    lines = [f"{seen_text(last)}这以后："]
    if last.failed:
        lines.append(f"二次验证有 {last.failed} 次没有通过。")
    for key in last.keys:
        lines.append(f"{key.added_on} 以您的名义登记了密钥 {key.fingerprint}，登记人：{named(key.added_by)}。")
    lines.append("不是您本人办的，请马上告诉安全管理员和审计员。")
    return "\n".join(lines) if len(lines) > 2 else ""
