"""Acts on a matter that is under way: signing, performing, filing, rejecting, returning, withdrawing, commenting."""

from dataclasses import replace
from datetime import date

from core.acts import TO_APPLICANT, Act, Verb
from core.chains.actors import recused, scope_of
from core.chains.course import rejected, returned, signed, withdrawn
from core.chains.planning import step_clause
from core.chains.steps import Step, StepKind
from core.chains.urgency import urgently_performed
from core.directory import OfficeDirectory
from core.fields import Field, Kind, Value, read_form
from core.finding import Finding
from core.hearings.docket import lawful_actor, mark_of, take_up
from core.hearings.hearer import Hearer
from core.hearings.hearing import Hearing
from core.matter import Mark, Matter
from core.records import Resolution
from core.rule_kinds import Proposal

VERB_OF_STEP = {
    StepKind.SIGN: Verb.APPROVE,
    StepKind.PERFORM: Verb.PERFORM,
    StepKind.FILE: Verb.FILE,
    StepKind.RESOLUTION: Verb.RESOLVE,
    StepKind.NOTICE: Verb.EXPIRE,
}
"""The act that carries a step forward."""

ADOPTED, DEFEATED, DEFERRED = "通过", "不通过", "暂缓"

RESOLUTION_FORM = (
    Field("number", "决议编号", help="会议纪要的编号"),
    Field("held_on", "会议日期", Kind.DATE),
    Field("present", "实到人数", Kind.NUMBER, unit="人"),
    Field("outcome", "结果", Kind.CHOICE, choices=(ADOPTED, DEFEATED, DEFERRED)),
    Field("note", "说明", Kind.LONG, required=False),
)
"""What is written down of a body's decision."""


class Signing(Hearer):
    """Hears every act on a matter that has been filed."""

    def hear(self, act: Act) -> Hearing:
        hearing, matter = take_up(self._desk, self._judge, act)
        if matter is None:
            return hearing
        match act.verb:
            case Verb.WITHDRAW:
                self._withdraw(hearing, matter)
            case Verb.COMMENT:
                self._comment(hearing, matter)
            case _:
                self._at_step(hearing, matter)
        return hearing

    def _withdraw(self, hearing: Hearing, matter: Matter) -> None:
        act = hearing.act
        if act.by != matter.applicant:
            facts = f"申请人是{self._desk.organisation.name(matter.applicant)}"
            self._refuse(hearing, "turn", facts, "只有申请人本人可以撤回")
        if matter.performed:
            facts = "事项已经付诸办理"
            self._refuse(hearing, "closed", facts, "已经办理的不能撤回，请另行提交更正")
        self._judged(hearing, matter, None)
        mark = mark_of(self._desk, act)
        hearing.after = lambda current: (withdrawn(current, mark), None)

    def _comment(self, hearing: Hearing, matter: Matter) -> None:
        if not hearing.act.opinion.strip():
            self._refuse(hearing, "opinion", "留言是空的", "写下要说的话", "opinion")
        if not self._desk.organisation.tenures_of(hearing.act.by, self._desk.day):
            self._refuse(hearing, "permission", "只有在岗人员可以留言", "请先办理任职登记")
        hearing.proposal = Proposal(hearing.act, matter, self._desk)
        mark = mark_of(self._desk, hearing.act)
        hearing.after = lambda current: (current.with_mark(mark), None)

    def _at_step(self, hearing: Hearing, matter: Matter) -> None:
        act, step = hearing.act, matter.step
        if step is None:
            facts = "事项已退回申请人，等待重新提交"
            self._refuse(hearing, "turn", facts, "请等申请人重新提交后再办")
            return
        clause = step_clause(self._desk, matter, matter.at)
        hearing.judged += [clause.key, matter.clause]
        actor = lawful_actor(self._desk, self._judge, hearing, matter, step)
        if actor is not None:
            self._right_verb(hearing, step)
        opinion_due = act.verb in (Verb.REJECT, Verb.RETURN) or step.opinion
        if opinion_due and not act.opinion.strip():
            facts = f"{act.verb.title}没有写明意见"
            self._refuse(hearing, "opinion", facts, "写明理由，让申请人知道怎样改正", "opinion")
        given = self._given(hearing, matter, step)
        self._judged(hearing, matter, step, given)
        mark = mark_of(self._desk, act, matter.at, actor)
        setting = self._setting()
        match act.verb:
            case Verb.REJECT:
                self._not_carried_out(hearing, matter)
                hearing.after = lambda current: (rejected(current, mark), None)
            case Verb.RETURN:
                self._return_target(hearing, matter)
                hearing.after = lambda current: (returned(current, mark, act.to, setting), None)
            case Verb.RESOLVE if step.kind is StepKind.RESOLUTION:
                self._resolve(hearing, matter, step, given, mark)
            case _:
                filled = replace(matter, extra={**matter.extra, step.form: given}) if step.form and given else matter
                hearing.after = lambda _: signed(filled, mark, setting)

    def _right_verb(self, hearing: Hearing, step: Step) -> None:
        act = hearing.act
        needed = VERB_OF_STEP[step.kind]
        if act.verb in (needed, Verb.REJECT, Verb.RETURN):
            return
        facts = f"“{step.title}”环节要做的是“{needed.title}”，不是“{act.verb.title}”"
        self._refuse(hearing, "turn", facts, f"请改用“{needed.title}”")

    def _return_target(self, hearing: Hearing, matter: Matter) -> None:
        to = hearing.act.to
        if to != TO_APPLICANT and not (0 <= to < matter.at and matter.signed(to)):
            facts = f"第 {to + 1} 环节不是已经办过的环节"
            self._refuse(hearing, "turn", facts, "请退回申请人，或退回一个已办过的环节")
        done = matter.carried_out_from(to) if to != TO_APPLICANT else None
        if done is not None and not done.again:
            remedy = "请退回申请人补充说明，或继续办理；办理有差错的，另行更正"
            self._refuse(hearing, "performed", f"“{done.title}”已经付诸办理", remedy)

    def _not_carried_out(self, hearing: Hearing, matter: Matter) -> None:
        """What was performed in its turn is not refused afterwards; what was performed before its turn may be."""
        done = matter.carried_out_from(0)
        if done is not None and not urgently_performed(matter):
            way = f"退回“{done.title}”环节重做" if done.again else "退回申请人补充说明"
            facts = f"“{done.title}”已经付诸办理，不能再不同意"
            self._refuse(hearing, "performed", facts, f"请{way}，或继续办理后另行更正")

    def _given(self, hearing: Hearing, matter: Matter, step: Step) -> dict[str, Value]:
        """What is filled in at this step's own form."""
        act = hearing.act
        kind = self._desk.host.matter_types.get(matter.kind)
        forward = act.verb is VERB_OF_STEP[step.kind]
        blanks: tuple[Field, ...] = RESOLUTION_FORM if step.kind is StepKind.RESOLUTION else ()
        if kind is not None and step.form:
            blanks = kind.step_forms.get(step.form, ())
        if not forward or not blanks:
            return {}
        form = read_form(blanks, act.values, OfficeDirectory(self._desk))
        hearing.findings += [self._judge.general("form", each.facts, each.remedy, each.at) for each in form.faults]
        return dict(form.values)

    def _judged(
        self, hearing: Hearing, matter: Matter, step: Step | None, given: dict[str, Value] | None = None
    ) -> None:
        hearing.proposal = Proposal(hearing.act, matter, self._desk, step, given or {})
        findings, judged = self._judge.hear(hearing.proposal)
        hearing.findings += findings
        hearing.judged += judged

    def _resolve(self, hearing: Hearing, matter: Matter, step: Step, given: dict[str, Value], mark: Mark) -> None:
        """A body's decision: its quorum checked, then the matter moved on, ended or left waiting.

        Putting it off decides nothing and needs no quorum.
        """
        desk = self._desk
        body = desk.agency.bodies[step.body]
        scope = scope_of(matter, desk.organisation, desk.day)
        members = {person for selector in body.members for person in desk.selected(selector)}
        due = {person for person in members if not recused(person, matter, scope)}
        held_on, present = given.get("held_on"), given.get("present")
        number, outcome = str(given.get("number", "")), str(given.get("outcome", ""))
        if not isinstance(held_on, date) or not isinstance(present, int):
            return
        hearing.findings += self._quorum(step.body, present, len(due), decides=outcome != DEFERRED)
        if held_on > desk.day:
            facts = f"会议日期 {held_on} 还没有到"
            self._refuse(hearing, "form", facts, "填写实际开会的日期", "held_on")
        for earlier in desk.resolution_numbered(step.body, number):
            if earlier.held_on != held_on:
                facts = f"{body.title}{number}号决议登记的会议日期是 {earlier.held_on}，这次填的是 {held_on}"
                self._refuse(hearing, "form", facts, "核对编号和日期", "number")
                break
        setting = self._setting()
        note = str(given.get("note", ""))
        adopted = outcome == ADOPTED
        act = hearing.act
        hearing.effects.append(
            Resolution(number, step.body, held_on, len(due), present, adopted, matter.number, act.by, note)
        )
        basis = f"{body.title}{number}号决议（{held_on}，应到 {len(due)} 人，实到 {present} 人）{outcome}"
        mark = replace(mark, basis=basis, opinion=note)
        if adopted:
            hearing.after = lambda current: signed(current, mark, setting)
        elif outcome == DEFEATED:
            self._not_carried_out(hearing, matter)
            hearing.after = lambda current: (rejected(current, replace(mark, verb=Verb.REJECT)), None)
        else:
            hearing.after = lambda current: (current.with_mark(replace(mark, verb=Verb.COMMENT)), None)

    def _quorum(self, key: str, present: int, due: int, *, decides: bool) -> list[Finding]:
        desk = self._desk
        body = desk.agency.bodies[key]
        enough = present > body.quorum * due if body.quorum_over else present >= body.quorum * due
        if present > due:
            facts = f"{body.title}应到 {due} 人，实到填了 {present} 人"
            return [self._judge.general("form", facts, "核对实到人数，列席人员不计", "present")]
        if enough or not decides:
            return []
        share = f"{body.quorum.numerator}/{body.quorum.denominator}"
        bound = "须超过" if body.quorum_over else "须达到"
        facts = f"{body.title}应到 {due} 人，实到 {present} 人，{bound}应到人数的 {share}"
        remedy = "到会人数足够后重新开会研究，再登记决议"
        citation = desk.rulebook.find(body.clause)
        if citation is not None:
            return [Finding("core.quorum", desk.rulebook.cite(body.clause), facts, remedy, "present")]
        return [self._judge.general("quorum", facts, remedy, "present")]
