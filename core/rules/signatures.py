"""Rules about who has signed, what was ticked at a step, and what a body has decided."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.acts import Verb
from core.condition import shown
from core.fields import Field
from core.finding import Problem
from core.rule_kinds import BodyKey, FieldKey, Proposal, rule
from core.rules.wording import people

_ONWARD = (Verb.APPROVE, Verb.PERFORM, Verb.FILE)


@dataclass(frozen=True, slots=True)
class SignersDiffer:
    """Titles of the steps that different people sign; `and_applicant` keeps the applicant out as well."""

    steps: tuple[str, ...]
    and_applicant: bool = False


@rule("core.signers-differ", "签字人不得相同", SignersDiffer, verbs=_ONWARD)
def signers_differ(parameters: SignersDiffer, proposal: Proposal) -> Iterator[Problem]:
    """One person does not sign in two of these capacities."""
    step, matter, by = proposal.step, proposal.matter, proposal.act.by
    if step is None or step.title not in parameters.steps:
        return
    earlier = [
        other.title
        for index, other in enumerate(matter.steps)
        if index != matter.at and other.title in parameters.steps and by in {mark.by for mark in matter.signed(index)}
    ]
    if parameters.and_applicant and by == matter.applicant:
        earlier.insert(0, "申请")
    if earlier:
        yield Problem(
            f"{people(proposal, [by])}已在“{'”“'.join(earlier)}”环节签字",
            f"由能办理“{step.title}”的另一人签字；没有另一人的，先指定代理人",
        )


@dataclass(frozen=True, slots=True)
class SignedBefore:
    """Titles of the steps whose signatures must all stand before the matter is performed.

    `distinct` demands that each is signed by someone else, the applicant counted among them.
    """

    steps: tuple[str, ...]
    distinct: bool = False


@rule("core.signed-before", "签字齐备方可办理", SignedBefore, verbs=(Verb.PERFORM,), deferred=True)
def signed_before(parameters: SignedBefore, proposal: Proposal) -> Iterator[Problem]:
    """Nothing is carried out before every signature is there."""
    matter = proposal.matter
    taken = {matter.applicant: "申请"} if parameters.distinct else {}
    unsigned: list[str] = []
    for title in parameters.steps:
        index = next((at for at, step in enumerate(matter.steps) if step.title == title), -1)
        signers = dict.fromkeys(mark.by for mark in matter.signed(index)) if index >= 0 else {}
        if not signers:
            unsigned.append(title)
        for person in signers:
            if person in taken:
                facts = f"{people(proposal, [person])}既签了“{taken[person]}”，又签了“{title}”"
                yield Problem(facts, f"退回“{title}”环节，由另一人签字；没有另一人的，先指定代理人")
            elif parameters.distinct:
                taken[person] = title
    if unsigned:
        missing = f"“{'”“'.join(unsigned)}”"
        yield Problem(f"{missing}还没有签字", f"补办{missing}的签字后再办；拒绝补办的，办理“不同意”")


@dataclass(frozen=True, slots=True)
class Ticked:
    """Blanks of a step's own form that must be ticked to approve there."""

    form: str
    blanks: tuple[FieldKey, ...]


@rule("core.ticked", "逐项核对", Ticked, verbs=_ONWARD)
def ticked(parameters: Ticked, proposal: Proposal) -> Iterator[Problem]:
    """The step is not passed before each point has been checked."""
    for key in parameters.blanks if _at(parameters.form, proposal) else ():
        if proposal.given.get(key) is not True:
            title = _step_blank(proposal, parameters.form, key)
            yield Problem(f"{title}：未核对通过", f"核对后在“{title}”填“是”；核对不通过的，退回或不同意", key)


@dataclass(frozen=True, slots=True)
class NotAtStep:
    """With these values in a blank of a step's own form the step may not be passed."""

    form: str
    blank: FieldKey
    values: tuple[str, ...]


@rule("core.not-at-step", "有此情形不得通过", NotAtStep, verbs=_ONWARD)
def not_at_step(parameters: NotAtStep, proposal: Proposal) -> Iterator[Problem]:
    """A matter with such a verdict is not passed on."""
    value = proposal.given.get(parameters.blank)
    if _at(parameters.form, proposal) and value in parameters.values:
        title = _step_blank(proposal, parameters.form, parameters.blank)
        yield Problem(f"{title}：{shown(value)}", "不得同意，请办理“退回”或“不同意”", parameters.blank)


@dataclass(frozen=True, slots=True)
class CollectiveDecision:
    """The body that must have agreed."""

    body: BodyKey


@rule("core.collective-decision", "须经集体研究", CollectiveDecision, verbs=_ONWARD, deferred=True)
def collective_decision(parameters: CollectiveDecision, proposal: Proposal) -> Iterator[Problem]:
    """Nobody approves or carries out before the body has agreed."""
    matter, office = proposal.matter, proposal.office
    resolutions = [each for each in office.resolutions(matter.number) if each.body == parameters.body]
    if any(each.adopted for each in resolutions):
        return
    step = next((step for step in matter.steps if step.body == parameters.body), None)
    where = f"“{step.title}”环节" if step else "会议"
    declared = office.matter_type(matter.kind)
    amount = f"金额 {shown(matter.money(declared.amount))}，" if declared and declared.amount else ""
    last = f"{resolutions[0].held_on.isoformat()} 的会议没有通过" if resolutions else "会议还没有同意"
    yield Problem(f"{amount}{last}", f"先提交会议研究，由会议秘书在{where}登记同意的决议")


def _at(form: str, proposal: Proposal) -> bool:
    """Whether the step's own form was filled in; where it was not, the form itself says so."""
    return proposal.step is not None and proposal.step.form == form and bool(proposal.given)


def _step_blank(proposal: Proposal, form: str, key: str) -> str:
    declared = proposal.office.matter_type(proposal.matter.kind)
    blanks: tuple[Field, ...] = declared.step_forms.get(form, ()) if declared else ()
    return next((blank.title for blank in blanks if blank.key == key), key)


KINDS = (signers_differ, signed_before, ticked, not_at_step, collective_decision)
