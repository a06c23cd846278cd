"""Rules about what must be there first: a branch, a meeting that is owed, money in the fund."""

from collections.abc import Iterator

from core.days.terms import period_written
from core.finding import Problem
from core.rule_kinds import Proposal, rule
from core.rules.no_parameters import NoParameters
from plugins.party import roll
from plugins.party.matters.preparing import owed


@rule("party.branch", "党支部", NoParameters, matters=("party.roll",))
def a_branch(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Members belong to a branch that has a secretary."""
    office, unit = proposal.office, proposal.matter.text("unit")
    if unit and not roll.secretaries(office, unit):
        title = office.organisation.units[unit].title
        yield Problem(f"{title}没有支部书记", "填写党支部；新设的支部先办理书记的任职登记", "unit")


@rule("party.turn-owed", "本应召开的会", NoParameters, matters=("party.rearranged",))
def turn_owed(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Only a meeting that is owed and not held is arranged otherwise, and for a day that is still to come."""
    matter, office = proposal.matter, proposal.office
    turns = [each.period for each in owed(office, matter)]
    if matter.text("turn") not in turns:
        known = "、".join(map(period_written, turns)) or "没有"
        facts = f"{period_written(matter.text('turn'))}没有应开而未开的{matter.text('meeting')}"
        yield Problem(facts, f"填写应开的期间（现有：{known}）", "turn")
    day = matter.day("make_up_by")
    if day and day < office.day:
        yield Problem(f"改到 {day}，已经过去", "填写今天或以后的日期；已经开了的直接登记会议记录", "make_up_by")


@rule("party.fund-enough", "帮扶款够用", NoParameters, matters=("party.help-grant",))
def fund_enough(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """No more is granted than the fund holds."""
    there = proposal.office.total("party.help-fund", "amount")
    if proposal.matter.money("amount") > there:
        facts = f"金额 {proposal.matter.money('amount')} 元 > 帮扶款余额 {there} 元"
        yield Problem(facts, "减少金额，或先办理帮扶款收入登记", "amount")


KINDS = (a_branch, turn_owed, fund_enough)
