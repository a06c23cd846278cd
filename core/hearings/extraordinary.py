"""Acts that only a clause allows: deciding in the signers' place, and performing before the signatures."""

from dataclasses import replace

from core.acts import Act, Verb
from core.chains.actors import Actor, lawful, recused, scope_of
from core.chains.additions import overridden, performed_first, performing_step
from core.chains.course import Setting
from core.chains.planning import cited, step_clause
from core.chains.selectors import described, select
from core.chains.signatures import still_to_sign
from core.chains.steps import Step, Urgent
from core.chains.urgency import debts, paperwork
from core.directory import OfficeDirectory
from core.fields import Value, read_form
from core.finding import Citation, Finding
from core.hearings.docket import mark_of, take_up
from core.hearings.hearer import Hearer
from core.hearings.hearing import Hearing
from core.matter import Matter
from core.records import Duty
from core.rule_kinds import Proposal

EXTRAORDINARY = frozenset({Verb.OVERRIDE, Verb.URGENT})


class Extraordinary(Hearer):
    """Hears `OVERRIDE` and `URGENT`."""

    def hear(self, act: Act) -> Hearing:
        hearing, matter = take_up(self._desk, self._judge, act)
        if matter is None:
            return hearing
        if matter.step is None:
            facts = "事项已退回申请人，等待重新提交"
            self._refuse(hearing, "turn", facts, "请等申请人重新提交后再办")
        elif act.verb is Verb.OVERRIDE:
            self._override(hearing, matter, matter.step)
        else:
            self._urgent(hearing, matter, matter.step)
        if not act.opinion.strip():
            self._refuse(hearing, "opinion", f"{act.verb.title}没有写明缘由", "写明缘由，与事项一并留痕", "opinion")
        return hearing

    def _judged(self, hearing: Hearing, matter: Matter, step: Step, given: dict[str, Value]) -> None:
        hearing.proposal = Proposal(hearing.act, matter, self._desk, step, given)
        findings, judged = self._judge.hear(hearing.proposal)
        hearing.findings += findings
        hearing.judged += judged

    def _override(self, hearing: Hearing, matter: Matter, step: Step) -> None:
        desk, act = self._desk, hearing.act
        self._judged(hearing, matter, step, {})
        if step.override is None:
            facts = f"制度没有写明“{step.title}”环节可以特批"
            self._refuse(hearing, "override", facts, "请由该环节的办理人签署意见")
            return
        clause = cited(desk, matter, step.override.clause)
        hearing.judged.append(clause.key)
        self._named(hearing, matter, step.override.by, clause, "特批")
        mark = replace(mark_of(desk, act, matter.at), basis=f"依据{clause.label}特批")
        setting = Setting(desk.organisation, desk.calendar, desk.now)
        hearing.after = lambda current: overridden(current, mark, setting)

    def _named(
        self, hearing: Hearing, matter: Matter, by: tuple[str, ...], clause: Citation, what: str, own: bool = False
    ) -> None:
        """Whether the actor is one of those whom the clause names; `own` lets the applicant be one of them."""
        desk, act = self._desk, hearing.act
        scope = scope_of(matter, desk.organisation, desk.day)
        people = dict.fromkeys(person for selector in by for person in select(selector, scope))
        able = [
            person for person in people if (own or person != matter.applicant) and not recused(person, matter, scope)
        ]
        if act.by in able:
            return
        who = "、".join(desk.organisation.described(person, desk.day) for person in able)
        who = who or "、".join(described(selector, desk.organisation) for selector in by)
        facts = f"{desk.organisation.described(act.by, desk.day)}无权{what}"
        hearing.findings.append(Finding(f"core.{act.verb.value}", clause, facts, f"请由{who}{what}"))

    def _urgent(self, hearing: Hearing, matter: Matter, present: Step) -> None:
        desk, act = self._desk, hearing.act
        chain = desk.chain_of(matter)
        at = performing_step(matter)
        if chain is None or chain.urgent is None or at < 0:
            self._judged(hearing, matter, present, {})
            self._refuse(hearing, "urgent", "制度没有写明本事项可以先办后补", "请等前面的环节办完后再办")
            return
        step, clause = matter.steps[at], cited(desk, matter, chain.urgent.clause)
        hearing.judged += [clause.key, step_clause(desk, matter, at).key]
        if at == matter.at or matter.performed:
            facts = "事项已经办理过" if matter.performed else f"已经轮到“{step.title}”环节"
            self._refuse(hearing, "urgent", facts, "请补齐手续" if matter.performed else "请改用“办理”")
            return
        given = self._given(hearing, matter, step)
        self._judged(hearing, matter, step, given)
        actor = self._performer(hearing, matter, at, chain.urgent, clause)
        for debt in debts(desk, matter.kind, matter.applicant, matter.unit):
            hearing.findings.append(debt)
        basis = f"依据{clause.label}先办后补" + (f"；{actor.basis}" if actor.basis else "")
        mark = replace(mark_of(desk, act, at, actor), basis=basis)
        filled = replace(matter, extra={**matter.extra, step.form: given}) if step.form and given else matter
        hearing.effects.append(self._duty(matter, chain.urgent, clause))
        hearing.after = lambda _: performed_first(filled, mark)

    def _performer(self, hearing: Hearing, matter: Matter, at: int, urgent: Urgent, clause: Citation) -> Actor:
        desk, act = self._desk, hearing.act
        if urgent.by:
            self._named(hearing, matter, urgent.by, clause, "先行办理", own="applicant" in urgent.by)
            return Actor(act.by)
        step = matter.steps[at]
        found = lawful(step, at, matter, desk.organisation, desk.day)
        waiting = still_to_sign(step, found, ())
        mine = [actor for actor in waiting if actor.person == act.by]
        if not mine:
            who = "、".join(desk.organisation.described(actor.person, desk.day) for actor in waiting)
            facts = f"“{step.title}”由{who or '指定人员'}办理"
            hearing.findings.append(Finding("core.urgent", clause, facts, f"请由{who or '指定人员'}先行办理"))
        return min(mine, key=lambda actor: bool(actor.on_behalf)) if mine else Actor(act.by)

    def _given(self, hearing: Hearing, matter: Matter, step: Step) -> dict[str, Value]:
        kind = self._desk.host.matter_types[matter.kind]
        form = read_form(kind.step_forms.get(step.form, ()), hearing.act.values, OfficeDirectory(self._desk))
        for fault in form.faults:
            self._refuse(hearing, "form", fault.facts, fault.remedy, fault.at)
        return dict(form.values)

    def _duty(self, matter: Matter, urgent: Urgent, clause: Citation) -> Duty:
        desk = self._desk
        deadline = desk.calendar.add_days(desk.day, urgent.due.days, workdays=urgent.due.workdays)
        kind = desk.host.matter_types[matter.kind]
        return Duty(
            paperwork(matter.number),
            f"补齐手续（{kind.title}{matter.number}）",
            clause.key,
            (matter.applicant,),
            desk.day,
            deadline.day,
            deadline.derivation,
            matter.kind,
            matter.number,
            unit=matter.unit,
        )
