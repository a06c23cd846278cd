"""Meetings that vote on nothing: when they are held, who comes, what they cover, what they lead to."""

from collections.abc import Iterator

from core.finding import Problem
from core.rule_kinds import Proposal
from plugins.meetings.routine.matters import (
    attendance,
    calling,
    meetings_above,
    preparations,
    proceedings,
    requests,
    tasks,
)
from plugins.meetings.routine.rules import attendance as attendance_rules
from plugins.meetings.routine.rules import chairing, contents, records, schedule
from plugins.meetings.routine.rules import requests as request_rules
from plugins.meetings.timing import time_of

MATTERS = (
    *requests.MATTERS,
    *calling.MATTERS,
    *proceedings.MATTERS,
    *tasks.MATTERS,
    *attendance.MATTERS,
    *preparations.MATTERS,
    *meetings_above.MATTERS,
)
KINDS = (
    *request_rules.KINDS,
    *schedule.KINDS,
    *chairing.KINDS,
    *contents.KINDS,
    *records.KINDS,
    *attendance_rules.KINDS,
)
_OWN = frozenset(each.key for each in MATTERS)
_TIMES = {"time": "时间", "began": "开始时间", "ended": "结束时间"}


def unreadable_times(proposal: Proposal) -> Iterator[tuple[str, Problem]]:
    """A time of day that a form states can be read as one."""
    matter = proposal.matter
    if matter.kind not in _OWN:
        return
    for key, title in _TIMES.items():
        text = matter.text(key)
        if text and time_of(text) is None:
            yield "general/form", Problem(f"{title}：{text}，不是一天中的时间", "按 9:30 的样子填写", key)
