"""Leave and attendance: leave asked for and granted, balances, trips, signing in, absence without leave, statements."""

from collections.abc import Iterator

from core.acts import Verb
from core.family import Family
from core.finding import Level, Problem
from core.hookspec import hookimpl
from core.rule_kinds import Proposal
from plugins.leave import days, standing
from plugins.leave.ledgers import LEDGERS
from plugins.leave.matters import conduct, credits, presence, requests, returns, statements
from plugins.leave.papers import PAPERS
from plugins.leave.rules import balances
from plugins.leave.rules import presence as presence_rules
from plugins.leave.rules import requests as request_rules
from plugins.leave.rules import statements as statement_rules
from plugins.leave.settings import SETTINGS


@hookimpl
def guizhang_family() -> Family:
    """The leave family."""
    return Family(
        key="leave",
        title="考勤请假",
        matters=(
            *requests.MATTERS,
            *returns.MATTERS,
            *credits.MATTERS,
            *presence.MATTERS,
            *conduct.MATTERS,
            *statements.MATTERS,
        ),
        rules=(*request_rules.KINDS, *balances.KINDS, *presence_rules.KINDS, *statement_rules.KINDS),
        ledgers=LEDGERS,
        settings=SETTINGS,
        papers=PAPERS,
    )


@hookimpl
def guizhang_check(proposal: Proposal) -> Iterator[tuple[str, Problem]]:
    """A return agrees with its request; nobody corrects his own lines; a signer who goes away names a stand-in."""
    if proposal.act.verb is not Verb.SUBMIT:
        return
    if proposal.matter.kind == standing.RETURN:
        yield from (("general/form", problem) for problem in returns.problems(proposal.office, proposal.matter))
    if proposal.matter.kind == "core.correction":
        yield from _own_line(proposal)
    if proposal.matter.kind in (standing.REQUEST, standing.OUTING):
        yield from _stand_in(proposal)


def _own_line(proposal: Proposal) -> Iterator[tuple[str, Problem]]:
    matter, office = proposal.matter, proposal.office
    ledger, number = matter.text("ledger"), matter.count("entry")
    entry = office.entry(ledger, number) if ledger.startswith("leave.") else None
    if entry is not None and entry.values.get("person") == matter.applicant:
        facts = f"第 {number} 行记的是{office.organisation.described(matter.applicant, office.day)}本人"
        yield "general/own-matter", Problem(facts, "请另一位有更正权限的人登记", "entry")


def _stand_in(proposal: Proposal) -> Iterator[tuple[str, Problem]]:
    matter, office = proposal.matter, proposal.office
    away = days.whole_days(days.span_of(matter))
    if away is None or not standing.signer(office, matter.applicant, office.day):
        return
    if any(each.span.holds(away[0]) for each in office.organisation.delegations if each.person == matter.applicant):
        return
    chosen = matter.text("stand_in")
    who = f"由{office.organisation.described(chosen, office.day)}代理" if chosen else "由谁代理"
    facts = f"{away[0]} 至 {away[1]} 外出期间，由{office.organisation.name(matter.applicant)}签字的事项没有人可办"
    remedy = f"请在离开之前办理《指定代理》，写明{who}；不办的，这些事项等返回后再办"
    yield "general/no-actor", Problem(facts, remedy, "stand_in", Level.NOTE)
