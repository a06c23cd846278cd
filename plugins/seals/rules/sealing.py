"""Rules of the moment of sealing: by whom, how often, on what, after whose consent, and where."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from core.acts import Verb
from core.chains.selectors import Scope, select
from core.chains.steps import StepKind
from core.finding import Problem
from core.rule_kinds import Proposal, Selector, rule
from core.rules.no_parameters import NoParameters
from core.rules.wording import people
from plugins.seals import standing

_USE, _OUTING = (standing.USE,), (standing.OUTING,)
_AT_SEALING = (Verb.PERFORM,)


@rule("seals.by-holder", "由保管人本人盖印", NoParameters, matters=(*_USE, *_OUTING), verbs=(Verb.SUBMIT, Verb.PERFORM))
def by_holder(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A seal is put on paper or given out only by the one in whose keeping the register has it today, for others."""
    office = proposal.office
    found = standing.seal(office, standing.seal_name(office, proposal.matter))
    if found is None:
        return
    holder = found.holder(office.day)
    who = people(proposal, [holder])
    if proposal.step is None:
        if proposal.matter.applicant == holder:
            yield Problem(f"申请人{who}就是“{found.name}”的保管人", "由科室内另一人提出申请，保管人只核对和盖印")
    elif proposal.act.by != holder:
        facts = f"“{found.name}”今天由{who}保管，不由{people(proposal, [proposal.act.by])}保管"
        yield Problem(facts, f"由{who}办理；在您待办里的，转办给{who}")


@rule("seals.return-by-holder", "由保管人收回", NoParameters, matters=("seals.return",))
def return_by_holder(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A seal that was taken out is taken back by its keeper, once, with the impressions that were made outside."""
    matter, office = proposal.matter, proposal.office
    outing = standing.referred(office, matter, "outing")
    found = standing.seal(office, standing.seal_name(office, matter))
    if outing is None or found is None:
        return
    if found.out != outing.number:
        said = "已经归还" if standing.returned(office, outing.number) else "还没有带出"
        yield Problem(f"{outing.number}的印章{said}", "核对外带审批的编号", "outing")
    holder = found.holder(office.day)
    if matter.applicant != holder:
        yield Problem(
            f"登记人：{people(proposal, [matter.applicant])}", f"请由{people(proposal, [holder])}收回印章并登记"
        )
    other = matter.text("returned_by")
    if other in (outing.applicant, holder):
        yield Problem(f"代还人：{people(proposal, [other])}", "借用人本人归还的不填；代还人不能是保管人", "returned_by")
    elif other and not matter.text("reason"):
        facts = f"借用人是{people(proposal, [outing.applicant])}，由{people(proposal, [other])}代还"
        yield Problem(facts, "写明借用人没有本人归还的缘由；外带期间的用印仍由借用人负责", "reason")
    use = standing.referred(office, outing, "use")
    count, copies = matter.count("count"), use.count("copies") if use else 0
    booked = standing.printed(office, use.number, use.text("seal")) if use else 0
    if count > copies:
        yield Problem(f"外带期间用印 {count} > 批准 {copies}", "核对印数；确有多盖的，另行登记违规情形", "count")
    elif use is not None and use.performed and count != booked:
        yield Problem(f"外带期间用印 {count} ≠ 登记簿 {booked}", f"印数改为 {booked}", "count")


@rule("seals.within-approved", "不超过批准的印数", NoParameters, matters=_USE, verbs=(Verb.SUBMIT, Verb.PERFORM))
def within_approved(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """At least one impression is asked for, and no more are made than were approved."""
    copies, count = proposal.matter.count("copies"), proposal.given.get("count")
    if copies < 1:
        yield Problem(f"用印数 {copies}", "用印数至少填 1", "copies")
    if isinstance(count, int) and count > copies:
        yield Problem(f"实际用印 {count} > 批准 {copies}", f"盖 {copies} 印；不够的另行提交用印申请", "count")
    elif isinstance(count, int) and count < 1:
        yield Problem("实际用印 0", "没有盖印的，办理“不同意”或“退回”", "count")


@dataclass(frozen=True, slots=True)
class Consent:
    """Who can consent to a blank page in writing."""

    by: tuple[Selector, ...]


@rule("seals.blank-by-consent", "空白材料须书面申请并经签字", Consent, matters=_USE, verbs=(Verb.SUBMIT, Verb.PERFORM))
def blank_by_consent(parameters: Consent, proposal: Proposal) -> Iterator[Problem]:
    """Nothing blank is sealed without a written application and the signature of the one who may consent to it."""
    matter, office = proposal.matter, proposal.office
    if not matter.flag("blank"):
        return
    if not matter.text("written"):
        yield Problem("空白材料，没有书面申请", "写明特殊情况和用途的书面申请；否则先填好材料的内容再申请", "written")
    scope = Scope(office.organisation, office.day, matter.applicant, matter.unit, matter.values)
    able = {person for selector in parameters.by for person in select(selector, scope)}
    signers = {mark.on_behalf or mark.by for mark in matter.course if mark.verb is Verb.APPROVE and not mark.void}
    if proposal.act.verb in (Verb.PERFORM, Verb.URGENT) and not able & signers:
        yield Problem("空白材料，没有规定的领导书面同意", f"先由{people(proposal, sorted(able))}签字同意")


@rule("seals.oral-consent", "先行用印须经口头同意", Consent, matters=_USE, verbs=_AT_SEALING)
def oral_consent(parameters: Consent, proposal: Proposal) -> Iterator[Problem]:
    """Before the signatures a seal is used only on the consent, noted down, of the leader who is to sign."""
    matter, office, given = proposal.matter, proposal.office, proposal.given
    if proposal.act.verb is not Verb.URGENT:
        return
    scope = Scope(office.organisation, office.day, matter.applicant, matter.unit, matter.values)
    able = [person for selector in parameters.by for person in select(selector, scope) if person != matter.applicant]
    said = str(given.get("consent_by", ""))
    if said not in able:
        told = people(proposal, [said]) if said else "未填写"
        yield Problem(f"口头同意的领导：{told}", f"先向{people(proposal, able)}报告，经同意后再盖印", "consent_by")
    if not given.get("consent_how"):
        yield Problem("没有写明同意的方式", "填写领导以何种方式同意", "consent_how")
    told = str(given.get("consent_at", ""))
    today = f"{office.day} {told}" if len(told) == len("09:30") else told
    try:
        agreed = datetime.fromisoformat(today).replace(tzinfo=office.now.tzinfo)
    except ValueError:
        yield Problem("没有写明同意的时间", "今天的按 09:30、以前的按 2026-03-02 09:30 的样子填写", "consent_at")
        return
    if agreed > office.now:
        facts = f"同意的时间 {agreed:%Y-%m-%d %H:%M} 晚于现在 {office.now:%Y-%m-%d %H:%M}"
        yield Problem(facts, "先报告，经同意后再盖印；时间有误的改正", "consent_at")


@rule("seals.watched", "代用印章须在场监印", NoParameters, matters=_USE, verbs=_AT_SEALING)
def watched(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Somebody else puts the seal on paper only under the eyes of its keeper."""
    operator, given = proposal.given.get("operator"), proposal.given
    if operator and operator != proposal.act.by and given.get("present") is not True:
        facts = f"由{people(proposal, [str(operator)])}代用，保管人没有在场监印"
        yield Problem(facts, "由保管人盖印，或在保管人在场时盖印并在“保管人在场监印”填“是”", "present")


@rule("seals.out-by-form", "外带须经批准", NoParameters, matters=_USE, verbs=_AT_SEALING)
def out_by_form(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Outside, a seal is used only under a granted form to take it out for this use, as often as the return says."""
    matter, office = proposal.matter, proposal.office
    if matter.text("place") != standing.OUTSIDE:
        return
    granted = standing.outings(office, matter.number)
    if not granted:
        yield Problem(
            f"{matter.number}用印地点为外带，没有办结的外带审批", "先办理《印章外带审批》，或改在单位内用印", "place"
        )
        return
    back = standing.returned(office, granted[0].number)
    count = proposal.given.get("count")
    if back is not None and isinstance(count, int) and count != back.count("count"):
        facts = f"登记用印 {count} ≠ 归还时登记的 {back.count('count')}"
        yield Problem(facts, f"实际用印数改为 {back.count('count')}", "count")


@rule("seals.out-for-one-use", "外带只用于申请事由", NoParameters, matters=_USE, verbs=_AT_SEALING)
def out_for_one_use(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A seal that is out is used for nothing but what it was taken out for."""
    matter, office = proposal.matter, proposal.office
    found = standing.seal(office, matter.text("seal"))
    outing = office.matter(found.out) if found and found.out else None
    if outing is not None and outing.text("use") != matter.number:
        facts = f"“{matter.text('seal')}”由{people(proposal, [outing.applicant])}外带，只用于{outing.text('use')}"
        yield Problem(facts, "等印章归还后再用", "seal")


@rule("seals.outing-in-order", "外带手续相符", NoParameters, matters=_OUTING, verbs=(Verb.SUBMIT, Verb.PERFORM))
def outing_in_order(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A seal goes out for one approved use outside, with its own applicant, for days that are said, when it is in."""
    matter, office = proposal.matter, proposal.office
    use = standing.referred(office, matter, "use")
    if use is None:
        return
    giving_out = proposal.step is not None and proposal.step.kind is StepKind.PERFORM
    if use.state in standing.ENDED or use.performed or use.text("place") != standing.OUTSIDE:
        said = "已经用印" if use.performed else use.state.title if use.state in standing.ENDED else "用印地点是单位内"
        yield Problem(f"{use.number}{said}", "填写用印地点为外带、还没有用印的申请", "use")
    elif giving_out and not standing.approved(use):
        yield Problem(f"{use.number}还没有批准", "等用印申请签字齐备后再交出印章", "use")
    if use.applicant != matter.applicant:
        yield Problem(f"用印申请人是{people(proposal, [use.applicant])}", "由用印申请人本人办理外带", "use")
    leaves, returns = matter.day("leaves_on"), matter.day("returns_on")
    if leaves and returns and (returns < leaves or leaves < office.day) and not giving_out:
        yield Problem(f"带出 {leaves}，归还 {returns}", f"带出不早于 {office.day}，归还不早于带出", "returns_on")
    found = standing.seal(office, use.text("seal"))
    if found is not None and found.out and found.out != matter.number:
        yield Problem(f"“{found.name}”已由{found.out}带出", "等印章归还后再带出", "use")


KINDS = (
    by_holder, return_by_holder, within_approved, blank_by_consent, oral_consent,
    watched, out_by_form, out_for_one_use, outing_in_order,
)  # fmt: skip
