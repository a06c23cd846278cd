"""Rules about the days between two dates."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.finding import Problem
from core.rule_kinds import FieldKey, Proposal, rule
from core.rules.wording import titled

UNSAID = FieldKey("")
"""The day of filing is meant."""


@dataclass(frozen=True, slots=True)
class WithinDays:
    """`until` comes at most `most` days after `since`; an empty `until` means the day of filing."""

    since: FieldKey
    most: int
    until: FieldKey = UNSAID
    workdays: bool = False


@rule("core.within-days", "限期之内", WithinDays)
def within_days(parameters: WithinDays, proposal: Proposal) -> Iterator[Problem]:
    """It is done within so many days."""
    matter, office = proposal.matter, proposal.office
    since = matter.day(parameters.since)
    until = matter.day(parameters.until) if parameters.until else office.day
    if since is None or until is None:
        return
    limit = office.calendar.add_days(since, parameters.most, parameters.workdays).day
    if until > limit:
        title = titled(proposal, parameters.since)
        end = titled(proposal, parameters.until) if parameters.until else "提交日期"
        yield Problem(
            f"{title} {since}，限期至 {limit}，{end} {until} 已逾期 {(until - limit).days} 天",
            f"期限已过，不能照常办理；如日期有误，改正“{title}”",
            parameters.since,
        )


@dataclass(frozen=True, slots=True)
class DaysAhead:
    """`until` comes at least `least` days after `since`; an empty `since` means the day of filing."""

    until: FieldKey
    least: int
    since: FieldKey = UNSAID
    workdays: bool = False


@rule("core.days-ahead", "提前若干天", DaysAhead)
def days_ahead(parameters: DaysAhead, proposal: Proposal) -> Iterator[Problem]:
    """It is asked for so many days ahead."""
    matter, office = proposal.matter, proposal.office
    until = matter.day(parameters.until)
    since = matter.day(parameters.since) if parameters.since else office.day
    if since is None or until is None:
        return
    earliest = office.calendar.add_days(since, parameters.least, parameters.workdays).day
    if until < earliest:
        title = titled(proposal, parameters.until)
        unit = "个工作日" if parameters.workdays else "天"
        yield Problem(
            f"{title} {until} 早于 {earliest}，不足 {parameters.least} {unit}",
            f"把“{title}”改为 {earliest} 或以后",
            parameters.until,
        )


KINDS = (within_days, days_ahead)
