"""Rules about the statements of attendance: they show what the books show, and the talks that follow are held."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from core.condition import shown
from core.finding import Problem
from core.rule_kinds import Proposal, rule
from core.rules.wording import blank, people
from plugins.leave import figures
from plugins.leave.days import in_days
from plugins.leave.rules.requests import NoParameters

_STATEMENTS = ("leave.month-statement", "leave.year-statement")


class Column(StrEnum):
    """A column of a statement."""

    LATE = "late"
    EARLY = "early"
    MISSING = "missing"
    PERSONAL = "personal"
    SICK = "sick"
    ANNUAL = "annual"
    COMPENSATORY = "compensatory"
    OTHER = "other"
    UNPAID = "unpaid"
    TRUANCY = "truancy"
    FINE = "fine"
    HALF_BONUS = "half_bonus"
    WHOLE_BONUS = "whole_bonus"
    HONOURS = "honours"
    ADMONISHED = "admonished"


_TIMES = (Column.LATE, Column.EARLY)
_TICKED = (Column.WHOLE_BONUS, Column.HONOURS, Column.ADMONISHED)


@dataclass(frozen=True, slots=True)
class StatementAgrees:
    """The columns that the statement shows as the books have them."""

    columns: tuple[Column, ...]


@rule("leave.statement-agrees", "考勤表与台账一致", StatementAgrees, matters=_STATEMENTS)
def statement_agrees(parameters: StatementAgrees, proposal: Proposal) -> Iterator[Problem]:
    """A statement leaves nobody out and shows the figures of the books."""
    matter, office = proposal.matter, proposal.office
    monthly = matter.kind == _STATEMENTS[0]
    period = matter.text("period")
    if not period:
        return  # The period itself is refused with the form.
    booked = {line["person"]: line for line in (figures.month_lines if monthly else figures.year_lines)(office, period)}
    said = {row["person"]: (number, row) for number, row in enumerate(matter.rows("lines"), 1) if "person" in row}
    for person in sorted({*booked, *said}):
        number, row = said.get(person, (0, {}))
        line = booked.get(person, {})
        for column in parameters.columns:
            right = _right(proposal, column, line, row)
            if _plain(row.get(column)) != _plain(right):
                title = _title(proposal, column)
                facts = f"{people(proposal, [person])}{title} {_said(column, row.get(column))} ≠ {_said(column, right)}"
                at = f"lines.{number}.{column}" if number else "lines"
                yield Problem(facts, f"{title}改为 {_said(column, right)}", at)


def _right(proposal: Proposal, column: Column, line: figures.Line, row: Mapping[str, Any]) -> object:
    """What a column should show; a deduction for lateness stops at the allowance that the row states."""
    if column is Column.FINE and proposal.matter.kind == _STATEMENTS[0]:
        allowance = row.get("allowance")
        return figures.late_fine(proposal.office, line, allowance if isinstance(allowance, Decimal) else None)
    return line.get(column)


def _plain(value: object) -> object:
    """An empty cell is nought, and not ticked."""
    return value or 0


def _said(column: Column, value: object) -> str:
    if column is Column.FINE:
        return shown(value or Decimal(0))
    if column in _TICKED:
        return shown(bool(value))
    count = value if isinstance(value, int) else 0
    if column is Column.HALF_BONUS:
        return f"{count}%"
    return f"{count} 次" if column in _TIMES else in_days(count)


def _title(proposal: Proposal, column: Column) -> str:
    lines = blank(proposal, "lines")
    return next((each.title for each in lines.columns if each.key == column), column) if lines else column


@rule("leave.talk-with-all", "应谈尽谈", NoParameters, matters=("leave.talk",))
def talk_with_all(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Everyone whom a month's statement names for it is talked to."""
    matter, office = proposal.matter, proposal.office
    statement = office.matter(matter.text("statement"))
    if statement is None:
        return
    due = [row["person"] for row in statement.rows("lines") if figures.reaches_talk(office, row)]
    talked = {row.get("person") for row in matter.rows("lines")}
    left = [person for person in due if person not in talked]
    if left:
        yield Problem(f"还没有谈话的：{people(proposal, left)}", "在“谈话情况”中逐人填写", "lines")


KINDS = (statement_agrees, talk_with_all)
