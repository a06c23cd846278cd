"""Rules about who calls a meeting, who presides over it and who keeps its record."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.consulted import everyone
from core.finding import Problem
from core.rule_kinds import Proposal, Selector, rule
from core.rules.no_parameters import NoParameters
from core.rules.wording import people
from plugins.meetings import agenda, officers
from plugins.meetings.agenda import NOTICE, OPENING
from plugins.meetings.matters import handing, session
from plugins.meetings.rules.steps import at_meeting
from plugins.meetings.sitting import DEFERRED, PRESENT, Event


@dataclass(frozen=True, slots=True)
class Chosen:
    """Selectors of the persons meant."""

    by: tuple[Selector, ...]


@rule("meetings.convener", "召集人", NoParameters, matters=(NOTICE,))
def convener(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A meeting is called by those whom its body names."""
    matter, office = proposal.matter, proposal.office
    body = office.body(matter.text("body"))
    if body is None:
        return
    able = officers.conveners(office, body)
    if matter.text("convener") not in able:
        facts = f"召集人：{people(proposal, [matter.text('convener')])}"
        yield Problem(facts, f"“召集人”改填{people(proposal, able)}", "convener")


@rule("meetings.entrusted", "受委托方可召集", NoParameters, matters=(NOTICE,))
def entrusted(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Whoever calls a meeting in the place of the first of its conveners is his stand-in on the day of the meeting."""
    matter, office = proposal.matter, proposal.office
    body = office.body(matter.text("body"))
    if body is None:
        return
    able = officers.conveners(office, body)
    convener, day = matter.text("convener"), matter.day("held_on") or office.day
    if convener not in able or convener == able[0]:
        return
    named = (
        *office.organisation.stand_ins(able[0], NOTICE, day),
        *office.organisation.stand_ins(able[0], OPENING, day),
    )
    if convener not in {each.stand_in for each in named}:
        facts = f"{people(proposal, [convener])}在 {day} 没有受{people(proposal, able[:1])}委托"
        remedy = f"由{people(proposal, able[:1])}召集；不能到会的，先登记《指定代理》，代理期间包括会议日期"
        yield Problem(facts, remedy, "convener")


@rule("meetings.chair", "主持人", NoParameters, matters=(OPENING, session.REPORT_KEY))
def chair(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """The first of the chair's holders presides; another of them only on his behalf: named in the notice that he has
    approved, or as his stand-in. No item is taken up when whoever presides has left.
    """
    meeting, office = at_meeting(proposal), proposal.office
    if meeting is None:
        return
    if proposal.matter.kind != OPENING:
        presiding = meeting.sitting.chair
        if presiding and presiding not in meeting.sitting.present:
            facts = f"主持人{people(proposal, [presiding])}已经离会"
            following = people(proposal, officers.successors(office, meeting)[:1])
            handed = f"登记《会上交接》，由{following}主持" if following else "等主持人回来"
            yield Problem(facts, f"{handed}；不再议的，结论记为“暂缓”", "item")
        return
    person, day = proposal.matter.text("chair"), office.day
    able = officers.chairs(office, meeting.body)
    entrusted = {meeting.notice.text("convener")}
    for first in able[:1]:
        entrusted |= {first, *(each.stand_in for each in office.organisation.stand_ins(first, OPENING, day))}
    present = [str(row["person"]) for row in proposal.matter.rows("roll") if row.get("state") == PRESENT]
    if person not in able or person not in entrusted:
        facts = f"主持人：{people(proposal, [person])}，没有受委托主持"
        yield Problem(facts, f"由{people(proposal, able[:1])}主持，或先登记由其委托的代理人", "chair")
    elif person not in present:
        yield Problem(f"主持人{people(proposal, [person])}没有到会", "由到会的人主持", "chair")


@rule("meetings.presided-by", "由规定的人主持审定", Chosen, matters=(agenda.CONCLUSION,))
def presided_by(parameters: Chosen, proposal: Proposal) -> Iterator[Problem]:
    """Such an item is decided only where one of these presides; without him it is put off."""
    meeting = at_meeting(proposal)
    if meeting is None or not meeting.sitting.opened or proposal.matter.text("outcome") == DEFERRED:
        return
    able = everyone(proposal.office, parameters.by)
    if meeting.sitting.chair not in able:
        facts = f"本次会议由{people(proposal, [meeting.sitting.chair])}主持"
        yield Problem(facts, f"结论记为“{DEFERRED}”，等{people(proposal, able)}主持时再审定", "outcome")


@rule("meetings.recorder", "记录人", Chosen, matters=(OPENING, session.ATTENDANCE_KEY, handing.HANDING_KEY))
def recorder(parameters: Chosen, proposal: Proposal) -> Iterator[Problem]:
    """The record is kept by the one whom the clause names, who stays from beginning to end."""
    matter, office = proposal.matter, proposal.office
    taking_over = matter.kind == handing.HANDING_KEY and matter.text("role") == handing.RECORDS
    if matter.kind == OPENING or taking_over:
        blank = "person" if taking_over else "recorder"
        able = officers.with_stand_ins(office, everyone(office, parameters.by))
        if matter.text(blank) not in able:
            facts = f"记录人：{people(proposal, [matter.text(blank)])}"
            yield Problem(facts, f"由{people(proposal, able)}担任记录人", blank)
        return
    meeting = at_meeting(proposal)
    if meeting and matter.text("change") == Event.LEAVES.value and matter.text("person") == meeting.sitting.recorder:
        yield Problem("记录人要全程参加", "不登记离会；先闭会", "person")


KINDS = (
    convener,
    entrusted,
    chair,
    presided_by,
    recorder,
)
