"""Rules about topics and agendas: which body, what may stand on an agenda, what comes up again."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.acts import Verb
from core.consulted import Consulted
from core.finding import Problem
from core.matter import Matter, State
from core.rule_kinds import BodyKey, Proposal, rule
from core.rules.no_parameters import NoParameters
from core.rules.wording import people
from plugins.meetings import agenda
from plugins.meetings.agenda import NOTICE, RECONSIDERATION, TOPIC
from plugins.meetings.sitting import LOST, PASSED


@dataclass(frozen=True, slots=True)
class Scope:
    """The body that a category of topics belongs to."""

    body: BodyKey
    category: str


@rule("meetings.scope", "议事范围", Scope, matters=(TOPIC,))
def scope(parameters: Scope, proposal: Proposal) -> Iterator[Problem]:
    """A topic goes to the body in whose scope it lies."""
    matter, office = proposal.matter, proposal.office
    if matter.text("category") != parameters.category or matter.text("body") == parameters.body:
        return
    right, named = office.body(parameters.body), office.body(matter.text("body"))
    facts = f"“{parameters.category}”属{right.title if right else parameters.body}的议事范围"
    remedy = f"“会议机构”改填{right.title if right else parameters.body}，或改正“议题类别”"
    yield Problem(f"{facts}，填的是{named.title if named else ''}", remedy, "body")


def _unready(office: Consulted, matter: Matter, body: str) -> str:
    """Why a matter cannot stand on a body's agenda; empty where it can."""
    if matter.kind in (TOPIC, RECONSIDERATION):
        if matter.text("body") != body:
            return "不是提请本会议机构研究的"
        return "" if matter.state is State.SETTLED else f"{matter.state.title}，还没有确定上会或材料没有汇编"
    step = matter.step
    return "" if step is not None and step.body == body else "不在等待本会议机构的决议"


@rule("meetings.ready", "上会的议题备齐", NoParameters, matters=(NOTICE,), verbs=(Verb.SUBMIT, Verb.APPROVE))
def ready(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Only topics that are settled with their papers, or matters that wait for the body, stand on its agenda; each
    once, and on one agenda at a time.
    """
    matter, office = proposal.matter, proposal.office
    body = matter.text("body")
    others = {
        str(row["subject"]): notice.number
        for notice in (agenda.coming(office, body) if office.body(body) else ())
        for row in notice.rows("items")
        if notice.number != matter.number
    }
    seen: set[str] = set()
    for number, row in enumerate(matter.rows("items"), 1):
        subject = str(row.get("subject", ""))
        found = office.matter(subject)
        if found is None:
            continue
        at = f"items.{number}.subject"
        if why := _unready(office, found, body):
            yield Problem(f"第 {number} 项 {subject}{why}", "换成已经备齐的议题，或等备齐后再发通知", at)
        if subject in others:
            yield Problem(f"第 {number} 项 {subject}已列入{others[subject]}的议题", "去掉这一项", at)
        if subject in seen:
            yield Problem(f"第 {number} 项 {subject}前面已经列过", "去掉这一项", at)
        seen.add(subject)


@rule("meetings.not-redecided", "决议不得径行改变", NoParameters, matters=(NOTICE,))
def not_redecided(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """What a body has adopted comes up again only as a request to reconsider it."""
    for number, subject in _listed(proposal):
        if PASSED in agenda.outcomes(proposal.office, subject.number, proposal.matter.text("body")):
            facts = f"第 {number} 项 {subject.number}已经作出决议"
            yield Problem(facts, "去掉这一项；确需改变的，先办理《复议请求》", f"items.{number}.subject")


@rule("meetings.new-candidate", "被否决的人选不再上会", NoParameters, matters=(NOTICE,))
def new_candidate(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """After a candidate was voted down somebody else is proposed, in a topic of its own."""
    office = proposal.office
    for number, subject in _listed(proposal):
        personnel = agenda.category_of(office, subject) in office.setting("meetings.personnel")
        if personnel and LOST in agenda.outcomes(office, subject.number, proposal.matter.text("body")):
            facts = f"第 {number} 项 {subject.number}的人选已被否决"
            yield Problem(facts, "去掉这一项；按程序重新提出人选，另行申报议题", f"items.{number}.subject")


def _listed(proposal: Proposal) -> Iterator[tuple[int, Matter]]:
    for number, row in enumerate(proposal.matter.rows("items"), 1):
        found = proposal.office.matter(str(row.get("subject", "")))
        if found is not None:
            yield number, found


@dataclass(frozen=True, slots=True)
class Seconded:
    """How many others must ask along with whoever asks."""

    least: int


@rule("meetings.seconded", "复议不由一人提出", Seconded, matters=(agenda.RECONSIDERATION,))
def seconded(parameters: Seconded, proposal: Proposal) -> Iterator[Problem]:
    """A decision is reconsidered where several ask for it, each of whom belongs to the body that made it."""
    matter, office = proposal.matter, proposal.office
    body = office.body(matter.text("body"))
    members = agenda.members(office, body) if body else []
    named = {str(row["person"]) for row in matter.rows("seconders") if "person" in row} - {matter.applicant}
    if strangers := sorted(named - set(members)):
        yield Problem(f"{people(proposal, strangers)}不是成员", "由成员联名", "seconders")
    if len(named & set(members)) < parameters.least:
        facts = f"另有 {len(named & set(members))} 人联名，至少要 {parameters.least} 人"
        yield Problem(facts, "请其他成员联名", "seconders")


KINDS = (
    scope,
    ready,
    not_redecided,
    new_candidate,
    seconded,
)
