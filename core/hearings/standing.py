"""Acts that are not on a matter: discharging a duty, objecting to a notice, settling an objection, acknowledging."""

from dataclasses import replace

from core.acts import SYSTEM, Act, Verb
from core.directory import OfficeDirectory
from core.fields import Field, Kind, read_form
from core.hearings.hearer import Hearer
from core.hearings.hearing import Hearing
from core.records import Discharge, NoticeState, Objection

STANDING = frozenset({Verb.DISCHARGE, Verb.OBJECT, Verb.SETTLE_OBJECTION, Verb.ACKNOWLEDGE})

OBJECTION_FORM = (
    Field("upheld", "异议是否成立", Kind.FLAG),
    Field("outcome", "处理结果", Kind.LONG),
)
"""What is written down when an objection is settled."""


class Standing(Hearer):
    """Hears the acts on duties, notices and regulations."""

    def hear(self, act: Act) -> Hearing:
        hearing = Hearing(act)
        desk = self._desk
        if act.by != SYSTEM and not desk.organisation.tenures_of(act.by, desk.day):
            facts = f"{desk.organisation.name(act.by)}目前在本单位没有职务"
            self._refuse(hearing, "permission", facts, "请先办理任职登记")
        match act.verb:
            case Verb.DISCHARGE:
                self._discharge(hearing)
            case Verb.OBJECT:
                self._object(hearing)
            case Verb.SETTLE_OBJECTION:
                self._settle(hearing)
            case _:
                self._acknowledge(hearing)
        return hearing

    def _discharge(self, hearing: Hearing) -> None:
        act, desk = hearing.act, self._desk
        duty = desk.duty(act.target)
        if duty is None:
            self._refuse(hearing, "unknown", f"没有“{act.target}”这件例行事项", "请从“例行”中选取")
            return
        hearing.judged.append(duty.clause)
        organisation, day = desk.organisation, desk.day
        if duty.done:
            facts = f"“{duty.title}”已于 {duty.done} 办结"
            self._refuse(hearing, "closed", facts, "无需再办")
        stand_ins = {each.person for each in organisation.represents(act.by, day)}
        if act.by not in duty.owners and not stand_ins.intersection(duty.owners):
            who = "、".join(organisation.described(person, day) for person in duty.owners) or "相应职务的人员"
            facts = f"“{duty.title}”由{who}负责"
            self._refuse(hearing, "turn", facts, f"请由{who}办结")
        if duty.evidence:
            kind = desk.host.matter_types[duty.evidence]
            facts = f"“{duty.title}”要以《{kind.title}》为凭"
            filers = "、".join(organisation.described(person, day) for person in desk.filers(duty))
            remedy = f"请{f'由{filers}' if filers else ''}填写《{kind.title}》，提交后自动办结"
            if (acted_on := desk.acted_on(duty)) is not None:
                remedy = f"请办理 {acted_on.number}，办到下一环节即自动办结"
            self._refuse(hearing, "evidence", facts, remedy)
        elif not act.opinion.strip():
            remedy = "写明办理情况：何时、怎样办的、结果存放在哪里"
            self._refuse(hearing, "evidence", "没有写明办理情况", remedy, "opinion")
        hearing.effects.append(Discharge(duty.key, act.opinion.strip()))

    def _object(self, hearing: Hearing) -> None:
        act, desk = hearing.act, self._desk
        notice = desk.notice(act.target)
        if notice is None or notice.state is not NoticeState.RUNNING or desk.day > notice.until:
            facts = "公示不存在或已经结束" if notice is None else f"公示期为 {notice.since} 至 {notice.until}"
            self._refuse(hearing, "objection", facts, "请在公示期内提出异议")
            return
        hearing.judged.append(notice.clause)
        if not act.opinion.strip():
            self._refuse(hearing, "opinion", "没有写明异议内容", "写明异议和依据", "opinion")
        objection = Objection(act.by, desk.day, act.opinion.strip())
        hearing.effects.append(replace(notice, objections=(*notice.objections, objection)))

    def _settle(self, hearing: Hearing) -> None:
        act, desk = hearing.act, self._desk
        notice = desk.notice(act.target)
        waiting = [each for each in notice.objections if each.upheld is None] if notice else []
        if notice is None or not waiting:
            self._refuse(hearing, "objection", "没有等待处理的异议", "请核对公示")
            return
        if act.by not in desk.organisation.principals(desk.day) or act.by == waiting[0].by:
            self._refuse(hearing, "permission", "异议由主要负责人处理", "请主要负责人处理")
        form = read_form(OBJECTION_FORM, act.values, OfficeDirectory(desk))
        hearing.findings += [self._judge.general("form", each.facts, each.remedy, each.at) for each in form.faults]
        if form.faults:
            return
        upheld = form.values["upheld"] is True
        settled = replace(waiting[0], upheld=upheld, outcome=str(form.values["outcome"]))
        objections = tuple(settled if each is waiting[0] else each for each in notice.objections)
        state = NoticeState.UPHELD if upheld else notice.state
        hearing.effects.append(replace(notice, objections=objections, state=state))

    def _acknowledge(self, hearing: Hearing) -> None:
        regulation = self._desk.rulebook.regulations.get(hearing.act.target)
        if regulation is None:
            facts = f"没有“{hearing.act.target}”这项制度"
            self._refuse(hearing, "unknown", facts, "请从“制度”中选取")
