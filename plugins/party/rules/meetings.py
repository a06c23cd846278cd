"""Rules about Party meetings: called in time, prepared, chaired by the right person, decided by enough votes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from core.finding import Problem
from core.matter import Matter, State
from core.rule_kinds import FieldKey, MatterKey, PostKey, Proposal, rule
from core.rules.no_parameters import NoParameters
from core.rules.wording import people, posts, titled
from plugins.party import attending
from plugins.party.matters.meetings import PASSED, PUT_OFF

_DECIDING = (attending.COMMITTEE, attending.MEMBERS)
_ALL = tuple(attending.KINDS)
_PREPARED = (attending.MEMBERS, attending.COMMITTEE, attending.LIFE, attending.DEMOCRATIC)


@dataclass(frozen=True, slots=True)
class Ahead:
    """How many days before the meeting it is called."""

    days: int = 0


@rule("party.notified", "会前通知", Ahead, matters=_PREPARED)
def notified(parameters: Ahead, proposal: Proposal) -> Iterator[Problem]:
    """A meeting is held as it was called: the same branch, kind and day, called before the meeting."""
    matter = proposal.matter
    notice, held = proposal.office.matter(matter.text("notice")), matter.day("held_on")
    if notice is None:
        yield Problem("没有会议通知", "先办理党内会议通知，再登记会议记录", "notice")
        return
    asked = (matter.text("unit"), attending.KINDS[matter.kind], held)
    if asked != (notice.text("unit"), notice.text("meeting"), notice.day("held_on")):
        facts = f"{notice.number}通知的是 {notice.day('held_on')} 的{notice.text('meeting')}"
        yield Problem(facts, "填写这次会议的通知；会议改期的重新通知", "notice")
    latest = held - timedelta(days=parameters.days) if held else None
    if latest and notice.submitted.date() > latest:
        facts = f"{notice.submitted.date()} 才通知，会议日期 {held}"
        yield Problem(facts, f"最迟 {latest} 通知；补发通知，改期召开", "notice")


@dataclass(frozen=True, slots=True)
class Papers:
    """The matter types that must be on record for the meeting, so many days before it."""

    kinds: tuple[MatterKey, ...]
    days: int = 0


@rule("party.papers", "会前准备齐备", Papers, matters=_PREPARED)
def papers(parameters: Papers, proposal: Proposal) -> Iterator[Problem]:
    """No meeting is held before what has to be prepared for it is on record."""
    matter, office = proposal.matter, proposal.office
    held, notice = matter.day("held_on"), matter.text("notice")
    for kind in parameters.kinds if held else ():
        assert held is not None
        declared = office.matter_type(kind)
        title = declared.title if declared else kind
        found = office.matters(kind, state=State.SETTLED, notice=notice) if notice else []
        days = [day for each in found if (day := each.day("day"))]
        latest = held - timedelta(days=parameters.days)
        if not days:
            yield Problem(f"没有这次会议的{title}", f"先办理{title}", "notice")
        elif min(days) > latest:
            yield Problem(
                f"{title}是 {min(days)}，最迟应在 {latest}",
                f"会议改到 {min(days) + timedelta(days=parameters.days)} 以后",
                "held_on",
            )


@rule("party.everyone-prepared", "逐人准备", Papers, matters=(attending.DEMOCRATIC, attending.LIFE))
def everyone_prepared(parameters: Papers, proposal: Proposal) -> Iterator[Problem]:
    """The papers name everyone who attends."""
    matter, office = proposal.matter, proposal.office
    expected = set(attending.due(office, matter.kind, matter.text("unit"))) - set(attending.absent(matter))
    for kind in parameters.kinds:
        declared = office.matter_type(kind)
        found = office.matters(kind, state=State.SETTLED, notice=matter.text("notice"))
        named = {str(row["person"]) for each in found for row in each.rows("lines")}
        if missing := sorted(expected - named):
            title = declared.title if declared else kind
            yield Problem(f"{title}缺 {people(proposal, missing)}", f"补办{title}", "notice")


@dataclass(frozen=True, slots=True)
class Chaired:
    """Who chairs by post in that branch; `instead`, with the reason written down, who may chair in his place."""

    posts: tuple[PostKey, ...]
    instead: tuple[PostKey, ...] = ()


@rule("party.chaired", "主持人", Chaired, matters=(*_ALL, "party.appraisal"))
def chaired(parameters: Chaired, proposal: Proposal) -> Iterator[Problem]:
    """A meeting is chaired by who ought to, or, for a reason that is written down, by who may in his place."""
    matter, office = proposal.matter, proposal.office
    chair, unit = matter.text("chair"), matter.text("unit")
    if not chair:
        return

    def holds(wanted: tuple[PostKey, ...]) -> bool:
        return any(chair in office.organisation.holders(post, office.day, unit) for post in wanted)

    if holds(parameters.posts):
        return
    facts = f"主持人：{people(proposal, [chair])}"
    if not holds(parameters.instead):
        allowed = posts(proposal, [*parameters.posts, *parameters.instead])
        yield Problem(facts, f"由本会的{allowed}主持", "chair")
    elif not matter.text("chair_reason"):
        yield Problem(
            f"{facts}，没有写明缘由", f"写明{posts(proposal, parameters.posts)}不能到会的缘由和由谁指定", "chair_reason"
        )


@rule("party.on-the-roll", "参加人员", NoParameters, matters=_ALL)
def on_the_roll(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Who attends is the committee, the cell or the whole branch; others only sit in."""
    matter = proposal.matter
    expected = attending.due(proposal.office, matter.kind, matter.text("unit"))
    if not expected:
        yield Problem("应到 0 人", "核对支部一栏；名册还没有登记的，先办理党员名册登记", "unit")
    for number, person in enumerate(attending.absent(matter), 1):
        if person not in expected:
            facts = f"{people(proposal, [person])}不在应到人员之内"
            yield Problem(facts, "从缺席人员中去掉；列席的填入列席一栏", f"absent.{number}.person")
    for number, row in enumerate(matter.rows("sitting_in"), 1):
        if row.get("person") in expected:
            facts = f"{people(proposal, [str(row['person'])])}是应到人员，不是列席"
            yield Problem(facts, "从列席干部中去掉", f"sitting_in.{number}.person")


@dataclass(frozen=True, slots=True)
class SitsIn:
    """Posts whose holder sits in on every such meeting."""

    posts: tuple[PostKey, ...]


@rule("party.sits-in", "列席人员", SitsIn, matters=_ALL)
def sits_in(parameters: SitsIn, proposal: Proposal) -> Iterator[Problem]:
    """The holder of a post sits in on the meeting."""
    matter, office = proposal.matter, proposal.office
    there = {str(row.get("person")) for row in matter.rows("sitting_in")}
    there |= set(attending.due(office, matter.kind, matter.text("unit")))
    for post in parameters.posts:
        holders = office.organisation.holders(post, office.day)
        if holders and not there & set(holders):
            yield Problem(
                f"{posts(proposal, [post])}没有列席", f"在列席干部中填写{people(proposal, holders)}", "sitting_in"
            )


@dataclass(frozen=True, slots=True)
class Share:
    """The share of the full members who ought to come that a resolution needs."""

    share: Fraction


@rule("party.enough-votes", "表决票数", Share, matters=_DECIDING)
def enough_votes(parameters: Share, proposal: Proposal) -> Iterator[Problem]:
    """An important question is carried only by that share of the full members who ought to come."""
    matter = proposal.matter
    voters = matter.count("voters")
    least = -(-voters * parameters.share.numerator // parameters.share.denominator)
    for number, row in enumerate(matter.rows("decisions"), 1):
        votes = row.get("votes_for") or 0
        if row.get("important") is True and row.get("outcome") == PASSED and votes < least:
            facts = (
                f"“{row.get('item', '')}”赞成 {votes} 票 < {least} 票（应到正式党员 {voters} 人的 {parameters.share}）"
            )
            yield Problem(facts, "结果改为不通过或暂缓；票数有误的予以改正", f"decisions.{number}.outcome")


@rule("party.voters-only", "列席的不表决", NoParameters, matters=_DECIDING)
def voters_only(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Only full members who came vote; who sits in, and probationary members, have no ballot."""
    matter = proposal.matter
    there = matter.count("voters_present")
    for number, row in enumerate(matter.rows("decisions"), 1):
        cast = sum(int(row.get(key) or 0) for key in ("votes_for", "against", "abstained"))
        if cast > there:
            facts = f"“{row.get('item', '')}”共 {cast} 票 > 实到正式党员 {there} 人"
            yield Problem(facts, "列席人员和预备党员的票不计，改正票数", f"decisions.{number}.votes_for")


@rule("party.disputed", "争执不下的暂缓", NoParameters, matters=_DECIDING)
def disputed(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """What stays disputed is put off, and voted on again when views have come together."""
    for number, row in enumerate(proposal.matter.rows("decisions"), 1):
        if row.get("disputed") is True and row.get("outcome") != PUT_OFF:
            facts = f"“{row.get('item', '')}”争执不下，结果写的是{row.get('outcome', '')}"
            yield Problem(facts, f"结果改为{PUT_OFF}，会后酝酿，下次会议再表决", f"decisions.{number}.outcome")


@rule("party.committee-first", "支委会先提意见", NoParameters, matters=(attending.MEMBERS,))
def committee_first(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """The branch's members decide only on what its committee has discussed and given an opinion on."""
    matter, office = proposal.matter, proposal.office
    for number, row in enumerate(matter.rows("decisions"), 1):
        prior = office.matter(str(row.get("prior", "")))
        if prior is None or not _discussed(prior, matter, str(row.get("item", ""))):
            facts = f"“{row.get('item', '')}”没有支委会的初步意见"
            yield Problem(facts, "先由支委会研究同一事项，再填写支委会记录编号", f"decisions.{number}.prior")


def _discussed(prior: Matter, matter: Matter, item: str) -> bool:
    held, before = matter.day("held_on"), prior.day("held_on")
    items = {str(row.get("item", "")) for row in prior.rows("decisions")}
    same = prior.kind == attending.COMMITTEE and prior.text("unit") == matter.text("unit") and item in items
    return bool(same and held and before and before <= held)


@rule("party.minutes-once", "原始记录不得改动", NoParameters, matters=_ALL)
def minutes_once(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """The minutes of a meeting are entered once; a mistake is noted beside them."""
    matter, held = proposal.matter, proposal.matter.day("held_on")
    if held is None:
        return
    found = proposal.office.matters(matter.kind, state=State.SETTLED, unit=matter.text("unit"), held_on=held)
    if found:
        facts = f"{held} 的这次会议已有记录 {found[0].number}"
        yield Problem(facts, "原记录不能改动；有差错的办理会议记录补正", "held_on")
    if held > proposal.office.day:
        yield Problem(f"会议日期 {held} 还没有到", "会后再登记", "held_on")


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Blanks that must be ticked."""

    fields: tuple[FieldKey, ...]


@rule("party.confirmed", "须确认", Confirmed)
def confirmed(parameters: Confirmed, proposal: Proposal) -> Iterator[Problem]:
    """Each of these points holds."""
    for key in parameters.fields:
        if proposal.matter.values.get(key) is False:
            yield Problem(f"{titled(proposal, key)}：否", f"做到以后，在“{titled(proposal, key)}”填“是”", key)


@rule("party.absent-in-writing", "缺席的交书面汇报", NoParameters, matters=(attending.LIFE, attending.DEMOCRATIC))
def absent_in_writing(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Whoever cannot come has handed in a written report before the meeting."""
    for number, row in enumerate(proposal.matter.rows("absent"), 1):
        if row.get("written") is not True:
            facts = f"{people(proposal, [str(row.get('person', ''))])}没有到会，也没有交书面汇报"
            yield Problem(facts, "会前交书面汇报，填“是”", f"absent.{number}.written")


KINDS = (
    notified,
    papers,
    everyone_prepared,
    chaired,
    on_the_roll,
    sits_in,
    enough_votes,
    voters_only,
    disputed,
    committee_first,
    minutes_once,
    confirmed,
    absent_in_writing,
)
