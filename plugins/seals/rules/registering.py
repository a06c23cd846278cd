"""Rules about the register: which seals there are, who keeps them, that they are never all in one hand."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from core.acts import Verb
from core.consulted import Consulted
from core.finding import Problem
from core.matter import State
from core.rule_kinds import FieldKey, Proposal, rule
from core.rules.no_parameters import NoParameters
from core.rules.wording import people
from core.text import nearest
from plugins.seals import standing
from plugins.seals.matters.keeping import BACK, FOR_GOOD, MADE, TEMPORARY
from plugins.seals.standing import Keeping, Seal

ENTRY, HANDOVER, DELEGATION = "seals.seal", "seals.handover", "core.delegation"
_OF_A_SEAL = (standing.USE, standing.OUTING, HANDOVER, "seals.stop", "seals.loss", "seals.disposal", "seals.incident")


@rule("seals.on-the-register", "印章已经登记", NoParameters, matters=_OF_A_SEAL)
def on_the_register(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Only a seal that is on the register is used, handed over, stopped or disposed of."""
    office, name = proposal.office, standing.seal_name(proposal.office, proposal.matter)
    if name and standing.seal(office, name) is None:
        known = list(standing.seals(office))
        hint = nearest(name, known)
        listed = f"台账上有：{'、'.join(known)}" if known else "台账上还没有印章"
        remedy = f"改填“{hint}”，或先办理印章登记" if hint else f"先办理印章登记；{listed}"
        yield Problem(f"印章台账上没有“{name}”", remedy, "seal")


@rule("seals.one-record", "一枚印章登记一次", NoParameters, matters=(ENTRY,))
def one_record(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A seal is entered once, with one custodian; its name is free again when it is out of use."""
    found = standing.seal(proposal.office, proposal.matter.text("seal"))
    if found is not None and found.in_use:
        who = people(proposal, [found.custodian])
        yield Problem(
            f"“{found.name}”已经登记，保管人{who}", "换人保管请办理印章交接；另一枚印章请用另一个名称", "seal"
        )


@rule("seals.scope-by-head", "使用范围由科室负责人确定", NoParameters, matters=(ENTRY,))
def scope_by_head(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """What a section's seal is for is laid down by the head of that section."""
    matter, organisation, day = proposal.matter, proposal.office.organisation, proposal.office.day
    heads = organisation.heads(matter.text("unit"), day)
    if matter.text("scoped_by") not in heads:
        who = people(proposal, heads)
        remedy = f"由{who}确定使用范围后登记" if who else "该科室目前没有负责人，请先办理任职登记"
        yield Problem(f"使用范围由{people(proposal, [matter.text('scoped_by')])}确定", remedy, "scoped_by")


@rule("seals.made-on-approval", "新制印章凭批准", NoParameters, matters=(ENTRY,))
def made_on_approval(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A seal that was made anew is entered by the approval that had it made, once."""
    matter, office = proposal.matter, proposal.office
    if matter.text("origin") != MADE:
        return
    request = standing.referred(office, matter, "request")
    if request is None or request.state is not State.SETTLED:
        said = f"{request.number}{request.state.title}" if request else "没有填写更换新增申请"
        yield Problem(said, "先办理《印章更换新增申请》，办结后再登记", "request")
    elif request.text("seal") != matter.text("seal"):
        facts = f"批准制作的是“{request.text('seal')}”，登记的是“{matter.text('seal')}”"
        yield Problem(facts, f"印章名称改为“{request.text('seal')}”", "seal")
    elif any(each.text("request") == request.number for each in office.matters(ENTRY, seal=matter.text("seal"))):
        yield Problem(f"{request.number}批准的印章已经登记过", "再制新章的，另行办理更换新增申请", "request")


@rule("seals.handed-by-holder", "由现保管人移交", NoParameters, matters=(HANDOVER,), verbs=(Verb.SUBMIT, Verb.APPROVE))
def handed_by_holder(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A seal is handed over by the one who has it, beforehand, to somebody else, for a span that is said."""
    matter, office = proposal.matter, proposal.office
    found = standing.seal(office, matter.text("seal"))
    if found is None:
        return
    holder, taker, manner = found.holder(office.day), matter.text("taker"), matter.text("manner")
    if holder != matter.applicant and office.organisation.tenures_of(holder, office.day):
        yield Problem(
            f"“{found.name}”现由{people(proposal, [holder])}保管", f"请由{people(proposal, [holder])}填写交接"
        )
    if taker == holder:
        yield Problem("接管人就是现在的保管人", "接管人改填另一人", "taker")
    if manner == BACK and taker != found.custodian:
        yield Problem(
            f"交还给了{people(proposal, [taker])}", f"接管人改为{people(proposal, [found.custodian])}", "taker"
        )
    if proposal.step is not None:
        return
    since, until = matter.day("since"), matter.day("until")
    if since and since < office.day:
        yield Problem(f"起始日期 {since} 已经过去", f"交接须在事前办理，起始日期改为 {office.day} 或以后", "since")
    if manner == TEMPORARY and (until is None or (since and until < since)):
        yield Problem(f"截止日期：{until or '未填写'}", "写明代管到哪一天，不早于起始日期", "until")


def _spans(found: dict[str, Seal], since: date, until: date) -> list[date]:
    """The days of a span on which somebody begins to keep a seal, or has it back."""
    keepings = [each for seal in found.values() for each in seal.keepings]
    turns = {each.since for each in keepings} | {each.until + timedelta(days=1) for each in keepings}
    return sorted({since, *(day for day in turns if since <= day <= until)})


def _supposed(proposal: Proposal, apart: dict[str, Seal]) -> tuple[dict[str, Seal], date, date]:
    """The seals as they would be kept, and for which days that is asked."""
    matter, day = proposal.matter, proposal.office.day
    name, since = matter.text("seal"), matter.day("since") or day
    until = matter.day("until") or since
    settled = max([day, *(each.until + timedelta(days=1) for seal in apart.values() for each in seal.keepings)])
    if matter.kind == ENTRY:
        entered = Seal(name, matter.text("kind"), matter.text("unit"), matter.text("custodian"))
        return ({**apart, name: entered}, day, settled) if entered.kind in _kinds(proposal.office) else ({}, day, day)
    if matter.kind == DELEGATION:
        named = [each.strip() for each in matter.text("scope").replace("，", "、").split("、") if each.strip()]
        if named and standing.USE not in named:
            return {}, day, day
        person, stand_in = matter.text("person"), matter.text("stand_in")
        hers = {key: each for key, each in apart.items() if each.holder(since) == person}
        moved = {
            key: replace(each, keepings=(*each.keepings, Keeping(stand_in, since, until))) for key, each in hers.items()
        }
        return ({**apart, **moved}, since, until) if hers else ({}, day, day)
    if name not in apart:
        return {}, day, day
    seal, taker = apart[name], matter.text("taker")
    if matter.text("manner") == TEMPORARY:
        kept = replace(seal, keepings=(*seal.keepings, Keeping(taker, since, until)))
        return {**apart, name: kept}, since, until
    custodian = taker if matter.text("manner") == FOR_GOOD else seal.custodian
    return {**apart, name: replace(seal, custodian=custodian, keepings=())}, day, settled


def _kinds(office: Consulted) -> tuple[str, ...]:
    return tuple(office.setting("seals.apart"))


@rule(
    "seals.never-in-one-hand",
    "不得由一人集中保管",
    NoParameters,
    matters=(ENTRY, HANDOVER, DELEGATION),
    verbs=(Verb.SUBMIT, Verb.APPROVE),
)
def never_in_one_hand(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """The seals that are to be kept apart are on no day all with one person: custodian, stand-in or deputy."""
    office = proposal.office
    kinds = _kinds(office)
    apart = {name: each for name, each in standing.seals(office).items() if each.in_use and each.kind in kinds}
    supposed, since, until = _supposed(proposal, apart)
    if len(supposed) < 2:
        return
    for day in _spans(supposed, since, until):
        holders = {each.holder(day) for each in supposed.values()}
        if len(holders) == 1:
            at = {ENTRY: "custodian", HANDOVER: "taker"}.get(proposal.matter.kind, "stand_in")
            names = "、".join(f"“{name}”" for name in supposed)
            yield Problem(f"{day} 起{names}将全部在{people(proposal, holders)}手中", "改由另一人保管其中一枚", at)
            return


APPLICANT = FieldKey("")
"""The applicant himself is meant."""


@dataclass(frozen=True, slots=True)
class StandInFirst:
    """The blanks that say who is away (else the applicant) and for which days."""

    since: FieldKey
    until: FieldKey
    person: FieldKey = APPLICANT


@rule("seals.stand-in-first", "外出先交印章", StandInFirst)
def stand_in_first(parameters: StandInFirst, proposal: Proposal) -> Iterator[Problem]:
    """Whoever keeps a seal goes away only when somebody keeps it on every day of his absence."""
    matter, office = proposal.matter, proposal.office
    person = matter.text(parameters.person) if parameters.person else matter.applicant
    since, until = matter.day(parameters.since), matter.day(parameters.until)
    if since is None or until is None:
        return
    for seal in standing.seals(office).values():
        left = next((day for day in standing.days(since, until) if seal.in_use and seal.holder(day) == person), None)
        if left is not None:
            facts = f"{people(proposal, [person])}保管“{seal.name}”，{left} 没有代管人"
            yield Problem(
                facts, f"先办理印章交接，写明 {since} 至 {until} 由谁代管", parameters.person or parameters.since
            )


@rule("seals.stopped-first", "先停用后处置", NoParameters, matters=("seals.disposal",))
def stopped_first(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Only a seal that was stopped by the signed form, or is lost, is disposed of; and once."""
    found = standing.seal(proposal.office, proposal.matter.text("seal"))
    if found is not None and found.state not in (standing.STOPPED, standing.LOST):
        said = "正在使用" if found.in_use else "已经处置"
        remedy = "先办理《印章停用》，签字办结后再处置" if found.in_use else "无需再次登记"
        yield Problem(f"“{found.name}”{said}", remedy, "seal")


_USED = (standing.USE, standing.OUTING, HANDOVER, "seals.stop")


@rule("seals.not-stopped", "停用的印章不得再用", NoParameters, matters=_USED, verbs=(Verb.SUBMIT, Verb.PERFORM))
def not_stopped(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A seal that is stopped, lost or disposed of is used no more, from the day its stopping is asked for."""
    matter, office = proposal.matter, proposal.office
    found = standing.seal(office, standing.seal_name(office, matter))
    if found is None:
        return
    asked = standing.stopping(office, found.name)
    if not found.in_use:
        yield Problem(f"“{found.name}”已{found.state}", "改用在用的印章；确有需要的，办理更换新增申请", "seal")
    elif asked is not None and asked.number != matter.number:
        facts = f"“{found.name}”已由{asked.number}提出停用（{asked.text('ground')}）"
        yield Problem(facts, "改用在用的印章，或等停用申请有结果后再办", "seal")


KINDS = (
    on_the_register, one_record, scope_by_head, made_on_approval, handed_by_holder,
    never_in_one_hand, stand_in_first, stopped_first, not_stopped,
)  # fmt: skip
