"""Rules of the trip as it is asked for."""

from collections.abc import Iterator
from datetime import timedelta

from core.finding import Problem
from core.rule_kinds import Proposal, rule
from core.rules.no_parameters import NoParameters
from plugins.travel import figures

_TRIP = (figures.TRIP,)


@rule("travel.asked-first", "先批准后公出", NoParameters, matters=_TRIP)
def asked_first(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A trip is asked for on the day it begins at the latest."""
    leaves, today = proposal.matter.day("leaves_on"), proposal.office.day
    if leaves and leaves < today:
        yield Problem(
            f"出发日期 {leaves} 早于申请日期 {today}",
            f"已经动身的不能补批；还没有动身的，把出发日期改为 {today} 或以后",
            "leaves_on",
        )


@rule("travel.follows-event", "按会议培训时间往返", NoParameters, matters=_TRIP)
def follows_event(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A trip to a meeting or a training begins and ends with it, but for the days the agency allows."""
    matter = proposal.matter
    margin = int(proposal.office.setting("travel.margin-days"))
    begins, ends = matter.day("event_from"), matter.day("event_to")
    leaves, returns = matter.day("leaves_on"), matter.day("returns_on")
    if begins and leaves and leaves < (earliest := begins - timedelta(days=margin)):
        yield Problem(
            f"会议培训 {begins} 开始，出发日期 {leaves}，早了 {(begins - leaves).days} 天（可早 {margin} 天）",
            f"出发日期改为 {earliest} 或以后",
            "leaves_on",
        )
    if ends and returns and returns > (latest := ends + timedelta(days=margin)):
        yield Problem(
            f"会议培训 {ends} 结束，返回日期 {returns}，晚了 {(returns - ends).days} 天（可晚 {margin} 天）",
            f"返回日期改为 {latest} 或以前",
            "returns_on",
        )


KINDS = (asked_first, follows_event)
