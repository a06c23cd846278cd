"""Filing a matter, and filing it again after it was returned."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from core.acts import Act, Verb
from core.chains.actors import lawful
from core.chains.changes import with_added
from core.chains.course import begin, only_reworded, resubmitted
from core.chains.planning import plan
from core.chains.selectors import unnamed
from core.chains.urgency import debts
from core.days.terms import period_written
from core.desk import Desk
from core.directory import OfficeDirectory
from core.family import MatterType
from core.fields import Value, read_form
from core.finding import Finding, Level
from core.hearings.hearer import Hearer
from core.hearings.hearing import Hearing
from core.hearings.judge import Judge
from core.host import reason_of
from core.matter import Mark, Matter, State
from core.registers.handover import HANDOVER
from core.registers.people import APPOINTMENT, DEPARTURE, OVERSIGHT
from core.registers.roster import OVERSIGHTS, ROSTER
from core.rule_kinds import Proposal, matter_facts
from core.text import nearest
from core.verdict import Planned, Progress

UNNUMBERED = "（提交后编号）"
"""Stands for a matter's number until it is filed."""


class Filing(Hearer):
    """Hears `SUBMIT` and `RESUBMIT`."""

    def submit(self, act: Act) -> Hearing:
        """A new matter: its form read, its chain found, its rules judged, its course laid out."""
        hearing = Hearing(act)
        kind = self._kind(act, hearing)
        if kind is None or not self._serves(act, hearing):
            return hearing
        values, incomplete = self._read(kind, act.values, hearing)
        desk = self._desk
        if not kind.own or values.get(kind.own) != act.by:
            self._permitted(act, kind, hearing)
        hearing.findings += debts(desk, kind.key, act.by, desk.organisation.unit_of(act.by, desk.day), act.duty)
        matter = Matter(
            UNNUMBERED, kind.key, act.by, desk.organisation.unit_of(act.by, desk.day), desk.now, values,
            desk.rulebook.digest, "", duty=act.duty,
        )  # fmt: skip
        matter = self._derived(matter, kind, hearing, incomplete)
        self._for_its_duty(matter, kind, hearing)
        matter = self._on_its_chain(matter, kind, hearing, incomplete)
        self._judged(hearing, matter, incomplete, begin(matter, self._setting()) if matter.steps else matter)
        mark = Mark(Verb.SUBMIT, act.by, desk.now, reason=act.reason.strip())
        hearing.after = lambda numbered: (begin(numbered.with_mark(mark), self._setting()), None)
        return hearing

    def _for_its_duty(self, matter: Matter, kind: MatterType, hearing: Hearing) -> None:
        """A matter filed for a duty is such evidence as the duty asks for, of the period and unit it is owed for."""
        if not matter.duty:
            return
        duty = self._desk.duty(matter.duty)
        if duty is None or duty.done:
            facts = f"没有“{matter.duty}”这件例行事项" if duty is None else f"“{duty.title}”已于 {duty.done} 办结"
            self._refuse(hearing, "evidence", facts, "请从“例行”中选取要办的一件")
            return
        if duty.evidence != kind.key:
            wanted = self._desk.host.matter_types.get(duty.evidence)
            facts = f"“{duty.title}”不以《{kind.title}》为凭"
            remedy = f"请填写《{wanted.title}》" if wanted else "请直接办结，写明办理情况"
            self._refuse(hearing, "evidence", facts, remedy)
            return
        units = self._desk.agency.units
        for at, due in (("period", duty.period), ("unit", duty.unit)):
            given = matter.text(at)
            if kind.blank(at) and due and given and given != due:
                said, asked = (units[each].title if each in units else period_written(each) for each in (given, due))
                self._refuse(hearing, "evidence", f"填写的是{said}，“{duty.title}”要的是{asked}", f"改为{asked}", at)
        stated = matter_facts(matter, self._desk.organisation, self._desk.day)
        if duty.evidence_when is not None and not duty.evidence_when.met(stated):
            remedy = f"要{duty.evidence_when.described()}；办的是另一件的，不选这件例行事项"
            self._refuse(hearing, "evidence", f"办的不是“{duty.title}”要求的那一种", remedy)

    def founding(self, act: Act) -> Hearing:
        """The first roster of an office, which nobody is there to file or to permit."""
        hearing = Hearing(act)
        values, incomplete = self._read(ROSTER, act.values, hearing)
        desk = self._desk
        matter = Matter(UNNUMBERED, ROSTER.key, act.by, "", desk.now, values, desk.rulebook.digest, "")
        self._judged(hearing, matter, incomplete, matter)
        return hearing

    def resubmit(self, act: Act) -> Hearing:
        """A returned matter, with its form as the applicant changed it; what he leaves out stays as it was."""
        hearing = Hearing(act)
        desk = self._desk
        hearing.stored = desk.matter_document(act.matter)
        if hearing.stored is None:
            hearing.findings.append(self._judge.unknown_matter(act.matter))
            return hearing
        hearing.before = before = desk.to_matter(hearing.stored)
        kind = desk.host.matter_types.get(before.kind)
        if before.state is not State.RETURNED or act.by != before.applicant or kind is None:
            facts = f"事项{before.state.title}，申请人是{desk.organisation.name(before.applicant)}"
            self._refuse(hearing, "turn", facts, "只有被退回的事项，才由申请人本人重新提交")
            return hearing
        titles = {blank.title: blank.key for blank in kind.fields}
        typed = {titles.get(name, name): value for name, value in act.values.items()}
        kept = {key: value for key, value in before.values.items() if key not in typed}
        values, incomplete = self._read(kind, typed, hearing, kept)
        changed = self._derived(replace(before, values=values, state=State.RUNNING), kind, hearing, incomplete)
        changed = self._on_its_chain(changed, kind, hearing, incomplete)
        mark = Mark(Verb.RESUBMIT, act.by, desk.now, opinion=act.opinion.strip(), reason=act.reason.strip())
        kinds = {blank.key: blank.kind for blank in kind.fields}
        again = resubmitted(before, changed, mark, kinds, self._setting())
        self._judged(hearing, changed, incomplete, again)
        if before.performed and not incomplete and not only_reworded(before, changed, kinds):
            facts = f"{before.number}已经付诸办理，只能改文字说明"
            self._refuse(hearing, "performed", facts, "请恢复原来的内容；确有差错的，另行更正")
        hearing.after = lambda _: (again, None)
        return hearing

    def _kind(self, act: Act, hearing: Hearing) -> MatterType | None:
        kinds = self._desk.host.matter_types
        found = kinds.get(act.kind) or next((each for each in kinds.values() if each.title == act.kind), None)
        if found is None:
            hint = nearest(act.kind, [each.title for each in kinds.values()])
            remedy = f"是否指“{hint}”？" if hint else "请从“申请”菜单中选取"
            self._refuse(hearing, "unknown", f"没有名为“{act.kind}”的事项", remedy)
        return found

    def _serves(self, act: Act, hearing: Hearing) -> bool:
        desk = self._desk
        if desk.organisation.tenures_of(act.by, desk.day):
            return True
        facts = f"{desk.organisation.name(act.by)}目前在本单位没有职务"
        self._refuse(hearing, "permission", facts, "请先办理任职登记")
        return False

    def _permitted(self, act: Act, kind: MatterType, hearing: Hearing) -> None:
        """Registers of the core are open only to those whom the agency names."""
        desk = self._desk
        if not kind.key.startswith("core."):
            return
        if kind.key == ROSTER.key:
            for each in self._roster_kinds(act):
                self._permitted(act, desk.host.matter_types[each], hearing)
            return
        if kind.key == HANDOVER.key:
            self._permitted(act, DEPARTURE, hearing)
            return
        selectors = desk.agency.permissions.get(kind.key, ())
        allowed = {person for selector in selectors for person in desk.selected(selector, act.by)}
        if act.by not in allowed:
            who = "、".join(sorted(desk.organisation.described(person, desk.day) for person in allowed))
            facts = f"“{kind.title}”限指定人员登记，{desk.organisation.described(act.by, desk.day)}不在其中"
            remedy = f"请由{who}登记" if who else "请在单位设置中指定登记人"
            self._refuse(hearing, "permission", facts, remedy)

    def _roster_kinds(self, act: Act) -> tuple[str, ...]:
        """The registrations that a roster does the work of."""
        titles = {blank.title: blank.key for blank in ROSTER.fields}
        oversights = OVERSIGHTS in {titles.get(name, name) for name, value in act.values.items() if value}
        return (APPOINTMENT.key, DEPARTURE.key, OVERSIGHT.key) if oversights else (APPOINTMENT.key, DEPARTURE.key)

    def _read(
        self, kind: MatterType, typed: Mapping[str, object], hearing: Hearing, kept: Mapping[str, Value] | None = None
    ) -> tuple[Mapping[str, Value], frozenset[str]]:
        kept = kept or {}
        blanks = [blank for blank in kind.fields if blank.key not in kept]
        form = read_form(blanks, typed, OfficeDirectory(self._desk))
        hearing.findings += [self._judge.general("form", fault.facts, fault.remedy, fault.at) for fault in form.faults]
        incomplete = frozenset(fault.at.split(".")[0] for fault in form.faults)
        return {**kept, **form.values}, incomplete

    def _derived(self, matter: Matter, kind: MatterType, hearing: Hearing, incomplete: frozenset[str]) -> Matter:
        """The matter with the facts its type works out from the form; where that fails the act is refused."""
        stated = {blank.key for blank in kind.fields}
        plain = replace(matter, values={key: value for key, value in matter.values.items() if key in stated})
        if kind.derive is None:
            return plain
        try:
            return replace(plain, values={**plain.values, **kind.derive(self._desk, plain)})
        except Exception as error:
            if not incomplete:
                facts = f"“{kind.title}”没有算出有关数据（{reason_of(error)}）"
                self._refuse(hearing, "broken-rule", facts, "请系统管理员检查有关业务模块后再办")
            return plain

    def _on_its_chain(self, matter: Matter, kind: MatterType, hearing: Hearing, incomplete: frozenset[str]) -> Matter:
        """The matter with the first chain of its rulebook whose condition it meets."""
        desk = self._desk
        facts = matter_facts(matter, desk.organisation, desk.day)
        found = desk.rulebook_of(matter.rulebook).chain_for(kind.key, facts, matter.ruled_on)
        if found is not None:
            number, key, chain = found
            hearing.judged.append(key)
            kept = matter.added if (key, number) == (matter.clause, matter.chain) else ()
            return replace(matter, clause=key, chain=number, steps=with_added(chain.steps, kept), added=kept)
        if not kind.register and not incomplete:
            facts_said = f"本单位的制度没有规定这样的“{kind.title}”由谁审批"
            self._refuse(hearing, "no-actor", facts_said, "请先在制度中写明办理流程")
        return matter

    def _judged(self, hearing: Hearing, matter: Matter, incomplete: frozenset[str], ahead: Matter) -> None:
        """Judge the matter as filed; `ahead` is what it becomes, whose course is laid out."""
        hearing.proposal = Proposal(hearing.act, matter, self._desk)
        findings, judged = self._judge.hear(hearing.proposal, incomplete)
        hearing.findings += findings
        hearing.judged += judged
        hearing.course = plan(self._desk, ahead)
        hearing.judged += [planned.clause.key for planned in hearing.course]
        # Whom the form will name is not missing as long as the form is not filled in.
        course = [each for each in hearing.course if not (incomplete and unnamed(each.step.by, matter.values))]
        hearing.findings += unmanned(self._desk, self._judge, course, ahead)


def unmanned(desk: Desk, judge: Judge, course: Iterable[Planned], matter: Matter) -> Iterator[Finding]:
    """The steps still to be done that nobody may act at now: refused where nobody ever could, else noted."""
    for planned in course:
        if not planned.missing or planned.progress is Progress.DONE:
            continue
        found = lawful(planned.step, planned.index, matter, desk.organisation, desk.day)
        level = Level.REFUSE if found.stuck else Level.NOTE
        facts = f"“{planned.step.title}”环节没有可以办理的人：{planned.missing}"
        remedy = "请先任命相应职务，或指定代理人" if found.stuck else "可先提交；请指定代理人，或等其返回后办理"
        yield judge.general("no-actor", facts, remedy, level=level)
