"""Rules about requests to hold a meeting: meetings held together, handouts, and the count of what was held."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.acts import Verb
from core.consulted import Consulted
from core.finding import Problem
from core.matter import Matter, State
from core.records import Entry
from core.rule_kinds import FieldKey, Proposal, rule
from core.rules.no_parameters import NoParameters
from core.rules.wording import titled
from plugins.meetings.ledgers import SESSIONS
from plugins.meetings.routine.matters.requests import ALONE, CATERING, COUNT, REQUEST, TOGETHER

_MONTH = len("2026-03")
_MONTHS_OF_HALF = {"1": range(1, 7), "2": range(7, 13)}
_ALL_SESSIONS = 10_000
"""Meetings in the book; many times what is held in some years."""


def _same_time(office: Consulted, matter: Matter) -> list[Matter]:
    """The requests of other sections, agreed to or on their way, for the same day and part of the day."""
    found = office.matters(REQUEST, held_on=matter.values["held_on"])
    whole = {"全天"}
    return [
        each
        for each in found
        if each.unit != matter.unit
        and each.state in (State.RUNNING, State.SETTLED)
        and (each.text("period") == matter.text("period") or whole & {each.text("period"), matter.text("period")})
    ]


@rule("meetings.combined", "能合并的合并召开", NoParameters, matters=(REQUEST,), verbs=(Verb.APPROVE, Verb.PERFORM))
def combined(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Meetings of one part of a day are held together, or it is said why not."""
    given, step = proposal.given, proposal.step
    if step is None or step.form != "coordinated":
        return
    others = _same_time(proposal.office, proposal.matter)
    names = "、".join(f"{each.number}“{each.text('title')}”" for each in others)
    if given.get("outcome") == ALONE and others and not given.get("apart"):
        yield Problem(f"同一时段还有{names}", "合并召开，或写明“不合并的理由”", "apart")
    merged = given.get("merged_with")
    if given.get("outcome") == TOGETHER and merged not in {each.number for each in others}:
        yield Problem("没有填写同一时段的另一次会议", f"“并入的会议”填{names or '同一时段的申请'}", "merged_with")


@rule("meetings.copies", "少发资料", NoParameters, matters=(REQUEST,))
def copies(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """No more handouts are made than the people who come need."""
    matter = proposal.matter
    most = matter.count("people") * int(proposal.office.setting("meetings.copies-each"))
    if matter.count("copies") > most:
        facts = f"发放资料 {matter.count('copies')} 份 > 参加 {matter.count('people')} 人共 {most} 份"
        yield Problem(facts, f"减到 {most} 份以内", "copies")


@dataclass(frozen=True, slots=True)
class Excepted:
    """The blank that tells why an exception is made."""

    reason: FieldKey


@rule("meetings.exception", "一般不准，例外写明缘由", Excepted, matters=(REQUEST, CATERING))
def exception(parameters: Excepted, proposal: Proposal) -> Iterator[Problem]:
    """What is not done as a rule is done only where it is said what makes this an exception."""
    if not proposal.matter.text(parameters.reason):
        title = titled(proposal, parameters.reason)
        yield Problem(f"一般不准，“{title}”没有填写", f"不办；确属例外的，写明“{title}”", parameters.reason)


def _within(entry: Entry, period: str) -> bool:
    day = str(entry.values.get("held_on", ""))
    if len(period) == _MONTH and period[4] == "-":
        return day.startswith(period)
    year, _, half = period.partition("H")
    return day[:4] == year and int(day[5:7]) in _MONTHS_OF_HALF.get(half, ())


@rule("meetings.counted", "次数与台账相符", NoParameters, matters=(COUNT,))
def counted(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """The count of meetings held is the one that the book gives, section by section."""
    matter, office = proposal.matter, proposal.office
    said = {str(row["unit"]): int(row["count"]) for row in matter.rows("units") if "unit" in row and "count" in row}
    held: dict[str, int] = {}
    for entry in office.entries(SESSIONS, limit=_ALL_SESSIONS):
        unit = str(entry.values.get("unit", ""))
        held[unit] = held.get(unit, 0) + _within(entry, matter.text("period"))
    for unit in sorted({*said, *held}):
        if said.get(unit, 0) != held.get(unit, 0):
            title = office.organisation.units[unit].title
            facts = f"{title}填 {said.get(unit, 0)} 次，会务台账 {held.get(unit, 0)} 次"
            yield Problem(facts, f"改为 {held.get(unit, 0)} 次；会议没有记录的，先补登会务记录", "units")


KINDS = (combined, copies, exception, counted)
