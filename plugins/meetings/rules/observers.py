"""Rules about those who attend a meeting and have no vote: who may come, and when they leave."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.consulted import everyone
from core.finding import Problem
from core.rule_kinds import Proposal, Selector, rule
from core.rules.no_parameters import NoParameters
from core.rules.wording import people
from plugins.meetings import agenda
from plugins.meetings.agenda import NOTICE, OPENING
from plugins.meetings.matters import session
from plugins.meetings.matters.topics import ENLARGED
from plugins.meetings.rules.presiding import Chosen
from plugins.meetings.rules.steps import at_meeting, begun_at
from plugins.meetings.sitting import Event


@rule("meetings.observers-of-items", "列席人员对应议题", NoParameters, matters=(NOTICE,))
def observers_of_items(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Whoever is asked to attend is asked for one of the items, and is not a member."""
    matter, office = proposal.matter, proposal.office
    body = office.body(matter.text("body"))
    members = agenda.members(office, body) if body else []
    last = len(matter.rows("items"))
    for number, row in enumerate(matter.rows("observers"), 1):
        if not 1 <= row.get("item", 0) <= last:
            facts = f"列席人员第 {number} 行的议题序号是 {row.get('item')}，议题共 {last} 项"
            yield Problem(facts, f"改为 1 至 {last}", f"observers.{number}.item")
        if row.get("person") in members:
            facts = f"{people(proposal, [str(row.get('person'))])}是参加会议的成员"
            yield Problem(facts, "从列席人员中去掉", f"observers.{number}.person")


@dataclass(frozen=True, slots=True)
class Watchers:
    """Selectors of those who are asked to watch a meeting where its notice says so; any of their unit may come."""

    watchers: tuple[Selector, ...]


def _watching(parameters: Watchers, proposal: Proposal, person: str) -> bool:
    office = proposal.office
    units = {office.organisation.unit_of(each, office.day) for each in everyone(office, parameters.watchers)}
    return office.organisation.unit_of(person, office.day) in units


@rule("meetings.invited", "邀请监督", Watchers, matters=(OPENING,))
def invited(parameters: Watchers, proposal: Proposal) -> Iterator[Problem]:
    """Where the notice invites someone to watch, he or one of his own is there without a vote."""
    meeting, matter = at_meeting(proposal), proposal.matter
    if meeting is None or not meeting.notice.flag("discipline"):
        return
    if not any(_watching(parameters, proposal, str(row.get("person"))) for row in matter.rows("others")):
        asked = everyone(proposal.office, parameters.watchers)
        facts = f"通知邀请派人监督，列席人员中没有{people(proposal, asked)}或其派员"
        yield Problem(facts, "等来人列席后签到", "others")


@rule("meetings.observers", "指定列席", Watchers, matters=(OPENING, session.ATTENDANCE_KEY))
def observers(parameters: Watchers, proposal: Proposal) -> Iterator[Problem]:
    """Besides the members only those attend whom the body, the notice or an item asks for; a widened meeting is open
    to others, who do not vote either.
    """
    meeting, office, matter = at_meeting(proposal), proposal.office, proposal.matter
    if meeting is None or meeting.notice.text("form") == ENLARGED:
        return
    asked = set(everyone(office, meeting.body.attendees))
    asked |= {str(row["person"]) for row in meeting.notice.rows("observers")}
    asked |= {each.reporter for each in meeting.items} | {matter.text("recorder")}
    asked |= {str(row["instead"]) for row in matter.rows("roll") if row.get("instead")}
    asked |= set(meeting.sitting.ranked) | meeting.sitting.attending | {meeting.sitting.recorder}
    watched = meeting.notice.flag("discipline")
    come = [(str(row.get("person")), f"others.{number}.person") for number, row in enumerate(matter.rows("others"), 1)]
    if matter.text("change") == Event.ARRIVES.value:
        come.append((matter.text("person"), "person"))
    for person, at in come:
        if person not in asked and not (watched and _watching(parameters, proposal, person)):
            facts = f"{people(proposal, [person])}没有被指定列席"
            yield Problem(facts, "从列席人员中去掉；需要扩大范围的，以扩大会议另发通知", at)


@rule("meetings.enlarged-to", "扩大会议的范围", Chosen, matters=(agenda.OPENING,))
def enlarged_to(parameters: Chosen, proposal: Proposal) -> Iterator[Problem]:
    """A widened meeting is open to these, and to whoever reports at it or is asked to attend; to nobody else."""
    meeting = at_meeting(proposal)
    if meeting is None or meeting.notice.text("form") != ENLARGED:
        return
    asked = {str(row["person"]) for row in meeting.notice.rows("observers")}
    asked |= {*everyone(proposal.office, parameters.by), *(each.reporter for each in meeting.items)}
    for number, row in enumerate(proposal.matter.rows("others"), 1):
        person = str(row.get("person"))
        if person not in asked:
            facts = f"{people(proposal, [person])}不在扩大的范围之内"
            yield Problem(facts, "从列席人员中去掉；确有需要的，在会议通知中指定列席", f"others.{number}.person")


@rule("meetings.observer-leaves", "列席至议题结束", NoParameters, matters=(session.ATTENDANCE_KEY,))
def observer_leaves(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Whoever attends for an item stays until it is dealt with, and may leave then."""
    meeting, matter = at_meeting(proposal), proposal.matter
    if meeting is None or matter.text("change") != Event.LEAVES.value:
        return
    person = matter.text("person")
    wanted = [int(row["item"]) for row in meeting.notice.rows("observers") if row.get("person") == person]
    left = [number for number in wanted if not meeting.item(number).result]
    if left:
        items = "、".join(f"第 {number} 项" for number in left)
        yield Problem(f"{people(proposal, [person])}列席的{items}还没有讨论完", "等议题结束后退席", "person")


@rule("meetings.observers-withdraw", "列席人员随议题退席", NoParameters, matters=(session.REPORT_KEY,))
def observers_withdraw(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Whoever was asked for certain items only has left when the next item is taken up."""
    meeting = begun_at(proposal)
    if meeting is None:
        return
    staying = [each for each in overstaying(meeting) if each != proposal.matter.text("person")]
    if staying:
        facts = f"{people(proposal, staying)}列席的议题已经结束，人还在会上"
        yield Problem(facts, "请其退席，登记《到会变动》", "item")


def overstaying(meeting: agenda.Meeting) -> list[str]:
    """Who is still there though every item he was asked for has its conclusion."""
    asked: dict[str, list[int]] = {}
    for row in meeting.notice.rows("observers"):
        asked.setdefault(str(row["person"]), []).append(int(row["item"]))
    left = {each.reporter for each in meeting.unsettled()}
    done = [person for person, items in asked.items() if all(meeting.item(each).result for each in items)]
    return [each for each in done if each in meeting.sitting.attending and each not in left]


KINDS = (
    observers_of_items,
    invited,
    observers,
    enlarged_to,
    observer_leaves,
    observers_withdraw,
)
