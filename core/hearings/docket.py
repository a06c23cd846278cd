"""An act on a matter taken up: the matter found and open, the actor lawful, the mark it will leave."""

from core.acts import SYSTEM, Act, Verb
from core.chains.actors import Actor, lawful
from core.chains.planning import step_clause
from core.chains.signatures import still_to_sign
from core.chains.steps import Step, StepKind
from core.desk import Desk
from core.finding import Finding
from core.hearings.hearing import Hearing
from core.hearings.judge import Judge
from core.matter import Mark, Matter

EVER = frozenset({Verb.COMMENT, Verb.COPY})
"""Acts that change nothing of a matter, and so are open when it is closed."""


def take_up(desk: Desk, judge: Judge, act: Act) -> tuple[Hearing, Matter | None]:
    """The hearing of an act on a matter, and the matter where it may be acted on at all."""
    hearing = Hearing(act)
    hearing.stored = desk.matter_document(act.matter)
    if hearing.stored is None:
        hearing.findings.append(judge.unknown_matter(act.matter))
        return hearing, None
    hearing.before = matter = desk.to_matter(hearing.stored)
    if act.version and act.version != matter.version:
        last = matter.course[-1]
        who = f"{desk.organisation.name(last.by)}已经办过“{last.verb.title}”"
        facts = f"您看到的是第 {act.version} 版，现为第 {matter.version} 版，{who}"
        hearing.findings.append(judge.general("version", facts, "请重新打开事项，看过新情况后再办"))
    if matter.kind not in desk.host.matter_types:
        facts = f"“{matter.number}”所属的业务模块没有启用"
        hearing.findings.append(judge.general("closed", facts, "只能查看；启用该模块后再办"))
        return hearing, None
    if act.verb not in EVER and not matter.state.open:
        facts = f"事项{matter.number}{matter.state.title}"
        hearing.findings.append(judge.general("closed", facts, "办结的事项不再变动；确有需要，请另行提交"))
        return hearing, None
    return hearing, matter


def mark_of(desk: Desk, act: Act, step: int = -1, actor: Actor | None = None) -> Mark:
    """What an act leaves in the course."""
    return Mark(
        act.verb,
        act.by,
        desk.now,
        step,
        actor.on_behalf if actor else "",
        actor.basis if actor else "",
        act.opinion.strip(),
        act.reason.strip(),
    )


def lawful_actor(desk: Desk, judge: Judge, hearing: Hearing, matter: Matter, step: Step) -> Actor | None:
    """The capacity in which the actor may act now; a finding by the step's clause where there is none."""
    act = hearing.act
    if act.verb is Verb.EXPIRE:
        if act.by == SYSTEM:
            return Actor(act.by)
        hearing.findings.append(judge.general("turn", "公示没有期满", "公示期满自动转到下一环节，无需办理"))
        return None
    organisation, day = desk.organisation, desk.day
    found = lawful(step, matter.at, matter, organisation, day)
    waiting = still_to_sign(step, found, matter.signed(matter.at))
    mine = sorted((actor for actor in waiting if actor.person == act.by), key=lambda actor: bool(actor.on_behalf))
    if mine:
        return mine[0]
    who = "、".join(dict.fromkeys(organisation.described(actor.person, day) for actor in waiting))
    person = organisation.described(act.by, day)
    asked = [each for each in found.withheld if each.asker == act.by]
    facts = f"“{step.title}”环节应由{who or '指定人员'}办理，{person}不是办理人"
    remedy = f"请等候{who}办理" if who else f"{'；'.join(found.missing)}，请先任命或指定代理人"
    if asked:
        who = organisation.described(asked[0].asked, day)
        facts, remedy = f"{person}已委派{who}提出意见，还没有答复", f"请等候{who}答复，或先收回委派"
    elif any(mark.by == act.by for mark in matter.signed(matter.at)):
        facts = f"{person}在“{step.title}”环节已经签过字，现在等待{who}"
    elif act.by == matter.applicant:
        facts = f"{person}是申请人本人，不得审批自己的事项；本环节应由{who or '指定人员'}办理"
    elif recusal := organisation.recused(act.by, matter.number, matter.applicant, day):
        facts = f"{person}已回避（{recusal.reason}），不得办理本事项"
        hearing.findings.append(judge.general("recusal", facts, remedy))
        return None
    elif step.kind is StepKind.RESOLUTION:
        facts = f"“{step.title}”还没有结果；会议研究后由{who or '会议秘书'}登记决议"
    hearing.findings.append(Finding("core.turn", step_clause(desk, matter, matter.at), facts, remedy))
    return None
