"""Having a matter under way judged by the present rulebook instead of the one it was filed under."""

from dataclasses import replace

from core.acts import Act, Verb
from core.agency import MOVING
from core.chains.course import Setting
from core.chains.planning import plan
from core.chains.remapping import difference, remapped
from core.chains.steps import StepKind
from core.finding import Level
from core.hearings.docket import mark_of, take_up
from core.hearings.filing import unmanned
from core.hearings.hearer import Hearer
from core.hearings.hearing import Hearing
from core.matter import Matter
from core.rule_kinds import Proposal, matter_facts


class Moving(Hearer):
    """Hears `MOVE`: only by those the agency names, and only where the present rules would take the matter."""

    def hear(self, act: Act) -> Hearing:
        hearing, matter = take_up(self._desk, self._judge, act)
        if matter is None:
            return hearing
        hearing.judged.append("general/move")
        hearing.proposal = Proposal(act, matter, self._desk, matter.step)
        self._permitted(hearing, matter)
        if not act.opinion.strip():
            self._refuse(hearing, "move", "没有写明缘由", "写明为什么换用现行制度，与事项一并留痕", "opinion")
        if self._present(matter):
            self._refuse(hearing, "move", f"{matter.number}已经按现行制度办理", "无需换用")
        elif not self._held_back(hearing, matter):
            self._move(hearing, matter)
        return hearing

    def _permitted(self, hearing: Hearing, matter: Matter) -> None:
        desk, by = self._desk, hearing.act.by
        selectors = desk.agency.permissions.get(MOVING, ())
        allowed = {person for selector in selectors for person in desk.selected(selector, by)}
        if by == matter.applicant:
            facts = f"{desk.organisation.described(by, desk.day)}是申请人本人"
            self._refuse(hearing, "own-matter", facts, "请由单位指定的其他人办理")
        elif by not in allowed:
            who = "、".join(sorted(desk.organisation.described(each, desk.day) for each in allowed))
            facts = f"{desk.organisation.described(by, desk.day)}无权换用制度"
            remedy = f"请由{who}办理" if who else "请在单位设置中指定由谁办理"
            self._refuse(hearing, "permission", facts, remedy)

    def _present(self, matter: Matter) -> bool:
        """Whether nothing of what the matter is judged by would change."""
        rulebook, day = self._desk.rulebook, self._desk.day
        clauses = [each[2] for each in (*rulebook.uses(matter.kind), *rulebook.chains(matter.kind))]
        same = all(clause.in_force(matter.ruled_on) == clause.in_force(day) for clause in clauses)
        return matter.rulebook == rulebook.digest and same

    def _held_back(self, hearing: Hearing, matter: Matter) -> bool:
        """What on the matter's own course keeps it with the text it was filed under."""
        for holds, facts, remedy in (
            (matter.performed, "事项已经付诸办理", "请按原制度办完"),
            (
                matter.step is not None and matter.step.kind is StepKind.NOTICE,
                "正在公示",
                "请等公示期满、转到下一环节后再换",
            ),
            (bool(matter.added), "有加签的环节", "没有签字的先减签；已经签字的按原制度办完"),
            (bool(matter.asked), "有委派的意见没有答复", "请等答复，或先收回委派"),
        ):
            if holds:
                self._refuse(hearing, "move", facts, remedy)
                return True
        return False

    def _move(self, hearing: Hearing, matter: Matter) -> None:
        desk = self._desk
        setting = Setting(desk.organisation, desk.calendar, desk.now)
        facts = matter_facts(matter, desk.organisation, desk.day)
        found = desk.rulebook.chain_for(matter.kind, facts, desk.day)
        if found is None:
            self._refuse(hearing, "move", "现行制度没有规定这样的事项由谁审批", "请按原制度办完")
            return
        place, key, chain = found
        target = replace(
            matter, rulebook=desk.rulebook.digest, clause=key, chain=place, steps=chain.steps, moved=desk.day
        )
        moved = remapped(matter, target, setting)
        if not moved.state.open:
            self._refuse(hearing, "move", "按现行制度没有剩下的环节", "请按原制度办完")
            return
        self._judged(hearing, moved)
        hearing.course = plan(desk, moved)
        hearing.judged += [planned.clause.key for planned in hearing.course]
        hearing.findings += unmanned(desk, self._judge, hearing.course, moved)
        told = str(difference(matter, moved, setting))
        waits = f"换用后在“{moved.step.title}”环节" if moved.step else "换用后仍等申请人重新提交"
        hearing.findings.append(self._judge.general("move", f"换用现行制度：{told}", waits, level=Level.NOTE))
        mark = replace(mark_of(desk, hearing.act), basis=f"换用{desk.rulebook.cite(key).label}：{told}")
        hearing.after = lambda _: (moved.with_mark(mark), None)

    def _judged(self, hearing: Hearing, moved: Matter) -> None:
        """The present rules are heard as if the applicant filed the matter again as it is."""
        act = Act(Verb.RESUBMIT, moved.applicant, matter=moved.number, reason=hearing.act.reason)
        findings, judged = self._judge.hear(Proposal(act, moved, self._desk))
        hearing.findings += findings
        hearing.judged += judged
