"""Acts by which a place at a step is handed on, asked for, joined, or a signature taken back."""

from dataclasses import replace

from core.acts import POSITION_TITLES, Act, Position, Verb
from core.chains.actors import Actor, lawful, signed_before
from core.chains.additions import (
    answered,
    asked_of,
    handed_on,
    has_signed,
    last_acted,
    signer_added,
    signer_removed,
    taken_back,
)
from core.chains.changes import Added, Asked, Handed
from core.chains.planning import step_clause
from core.chains.steps import Repeat, Step, StepKind
from core.desk import Desk
from core.finding import Finding
from core.hearings.docket import lawful_actor, mark_of, take_up
from core.hearings.hearer import Hearer
from core.hearings.hearing import Hearing
from core.hearings.judge import Judge
from core.hearings.persons import Persons
from core.hearings.retracing import followed
from core.matter import Matter
from core.rule_kinds import Proposal

PASSING = frozenset({Verb.TRANSFER, Verb.CONSULT, Verb.ANSWER, Verb.ADD_SIGNER, Verb.REMOVE_SIGNER, Verb.TAKE_BACK})


class Passing(Hearer):
    """Hears who else is to act on a matter under way."""

    def __init__(self, desk: Desk, judge: Judge) -> None:
        super().__init__(desk, judge)
        self._persons = Persons(desk, judge)

    def hear(self, act: Act) -> Hearing:
        hearing, matter = take_up(self._desk, self._judge, act)
        if matter is None:
            return hearing
        hearing.proposal = Proposal(act, matter, self._desk, matter.step)
        match act.verb:
            case _ if matter.step is None:
                facts = "事项已退回申请人，等待重新提交"
                self._refuse(hearing, "turn", facts, "请等申请人重新提交后再办")
            case Verb.REMOVE_SIGNER:
                self._remove(hearing, matter)
            case Verb.TAKE_BACK:
                self._take_back(hearing, matter)
            case Verb.ANSWER:
                self._answer(hearing, matter, matter.step)
            case _:
                self._at_step(hearing, matter, matter.step)
        return hearing

    def _at_step(self, hearing: Hearing, matter: Matter, step: Step) -> None:
        """What only the one whose turn it is may do."""
        hearing.judged.append(step_clause(self._desk, matter, matter.at).key)
        actor = lawful_actor(self._desk, self._judge, hearing, matter, step)
        match hearing.act.verb:
            case Verb.TRANSFER:
                self._transfer(hearing, matter, step, actor or Actor(hearing.act.by))
            case Verb.CONSULT:
                self._consult(hearing, matter, step, actor or Actor(hearing.act.by))
            case _:
                self._add(hearing, matter, step, actor or Actor(hearing.act.by))

    def _transfer(self, hearing: Hearing, matter: Matter, step: Step, actor: Actor) -> None:
        desk, act = self._desk, hearing.act
        hearing.judged.append("general/transfer")
        if actor.on_behalf:
            facts = f"您是{desk.organisation.name(actor.on_behalf)}的代理人，不得再转给别人"
            self._refuse(hearing, "transfer", facts, "请自己办理，或由被代理人本人转办")
        takers = self._persons.named(hearing, matter, "transfer", only=1)
        if not takers:
            return
        taker = takers[0]
        name = desk.organisation.described(taker, desk.day)
        found = lawful(step, matter.at, matter, desk.organisation, desk.day)
        held = {each.capacity for each in found.actors} | {person for person, _ in found.beside}
        if taker in held | {mark.on_behalf or mark.by for mark in matter.signed(matter.at)}:
            self._refuse(hearing, "transfer", f"{name}在本环节已有自己的位置", "请转给另一人", "persons")
        if step.policy.repeat is Repeat.OTHER and taker in signed_before(matter, matter.at):
            clause = step_clause(desk, matter, matter.at)
            facts = f"{name}已在前面的环节签过字，本环节须由另一人签字"
            hearing.findings.append(Finding("core.transfer", clause, facts, "请转给没有签过字的人", "persons"))
        if any(matter.at == each.index and actor.person == each.person for each in matter.added):
            self._refuse(hearing, "transfer", "加签是请您本人签字，不得转给别人", "请签署意见，或请加签人减签")
        handed = Handed(matter.at, actor.capacity, taker)
        basis = f"{desk.organisation.name(actor.capacity)}转{desk.organisation.name(taker)}"
        mark = replace(mark_of(desk, act, matter.at, actor), basis=basis, persons=(taker,))
        hearing.after = lambda current: (handed_on(current, handed, mark), None)

    def _consult(self, hearing: Hearing, matter: Matter, step: Step, actor: Actor) -> None:
        desk, act = self._desk, hearing.act
        hearing.judged.append("general/consult")
        persons = self._persons.named(hearing, matter, "consult", only=1)
        if not persons:
            return
        asked = Asked(matter.at, actor.person, actor.capacity, persons[0])
        if any(each.asked == asked.asked for each in matter.asked):
            name = desk.organisation.name(asked.asked)
            self._refuse(hearing, "consult", f"已有人委派{name}，还没有答复", "请等候答复，或委派另一人", "persons")
        basis = f"{desk.organisation.name(actor.person)}委派{desk.organisation.name(asked.asked)}"
        mark = replace(mark_of(desk, act, matter.at, actor), basis=basis, persons=persons)
        hearing.after = lambda current: (asked_of(current, asked, mark), None)

    def _answer(self, hearing: Hearing, matter: Matter, step: Step) -> None:
        desk, act = self._desk, hearing.act
        hearing.judged.append("general/consult")
        mine = [each for each in matter.asked if each.asked == act.by]
        found = lawful(step, matter.at, matter, desk.organisation, desk.day)
        if not mine or not set(mine) & set(found.withheld):
            self._refuse(hearing, "consult", "没有人委派您对本事项提意见", "请核对事项")
        elif not act.opinion.strip():
            self._refuse(hearing, "opinion", "答复没有写意见", "写明您的意见", "opinion")
        basis = f"受{desk.organisation.name(mine[0].asker)}委派" if mine else ""
        mark = replace(mark_of(desk, act, matter.at), basis=basis)
        hearing.after = lambda current: (answered(current, act.by, mark), None)

    def _add(self, hearing: Hearing, matter: Matter, step: Step, actor: Actor) -> None:
        desk, act = self._desk, hearing.act
        hearing.judged.append("general/addition")
        title = POSITION_TITLES[act.position]
        if step.kind is not StepKind.SIGN and act.position is not Position.BEFORE:
            self._refuse(hearing, "addition", f"“{step.title}”不是签字环节，不能{title}", "请改用前加签")
        if not act.opinion.strip():
            self._refuse(hearing, "addition", "加签没有写明缘由", "写明为什么还要由他签字", "opinion")
        persons = self._persons.named(hearing, matter, "addition")
        found = lawful(step, matter.at, matter, desk.organisation, desk.day)
        held = {each.capacity for each in found.actors} | {person for person, _ in found.beside}
        coming = {each.person for each in matter.added if not has_signed(matter, each)}
        for person in persons:
            if person in coming or (act.position is Position.BESIDE and person in held):
                facts = f"{desk.organisation.described(person, desk.day)}本来就要签字"
                self._refuse(hearing, "addition", facts, "无需加签，请加另一人", "persons")
        first = matter.at + 1 if act.position is Position.AFTER else matter.at
        names = "、".join(map(desk.organisation.name, persons))
        basis = f"{title}：{names}"
        mark = replace(mark_of(desk, act, matter.at, actor), basis=basis, persons=persons)
        setting, reason = self._setting(), act.opinion.strip()

        def after(current: Matter) -> tuple[Matter, Step | None]:
            current = current.with_mark(mark)
            for offset, person in enumerate(persons):
                index = first if act.position is Position.BESIDE else first + offset
                name = f"加签（{desk.organisation.name(person)}）"
                added = Added(index, person, act.by, act.position, name, reason, desk.now)
                current = signer_added(current, added, setting)
            return (replace(current, at=matter.at) if act.position is Position.BEFORE else current), None

        hearing.after = after

    def _remove(self, hearing: Hearing, matter: Matter) -> None:
        desk, act = self._desk, hearing.act
        hearing.judged.append("general/addition")
        persons = self._persons.named(hearing, matter, "removal", only=1, able=False)
        if not persons:
            return
        name = desk.organisation.described(persons[0], desk.day)
        mine = [each for each in matter.added if each.person == persons[0]]
        unsigned = [each for each in mine if not has_signed(matter, each)]
        if not mine:
            at = next((at for at, step in enumerate(matter.steps) if self._holds(matter, at, step, persons[0])), -1)
            facts = f"{name}没有被加签"
            if at >= 0:
                clause = step_clause(desk, matter, at)
                facts = f"{name}在“{matter.steps[at].title}”环节签字是制度规定的，不是加签"
                hearing.findings.append(Finding("core.addition", clause, facts, "制度规定的签字不能减去", "persons"))
            else:
                self._refuse(hearing, "addition", facts, "请核对要减去的人", "persons")
            return
        if not unsigned:
            self._refuse(hearing, "addition", f"{name}的签字已经办完", "已经办完的不能减去", "persons")
            return
        added = unsigned[-1]
        may = {added.by} | {each.stand_in for each in desk.organisation.delegations if each.person == added.by
                            and each.covers(matter.kind, desk.day)}  # fmt: skip
        if not desk.organisation.tenures_of(added.by, desk.day):
            may |= set(desk.organisation.principals(desk.day)) - {matter.applicant}
        if act.by not in may:
            adder = desk.organisation.described(added.by, desk.day)
            self._refuse(hearing, "addition", f"{name}是由{adder}加签的", f"请由{adder}减签")
        basis = f"减签：{desk.organisation.name(added.person)}"
        mark = replace(mark_of(desk, act), basis=basis, persons=persons)
        setting = self._setting()
        hearing.after = lambda current: signer_removed(current, added, mark, setting)

    def _holds(self, matter: Matter, at: int, step: Step, person: str) -> bool:
        found = lawful(step, at, matter, self._desk.organisation, self._desk.day)
        return any(person in (actor.person, actor.capacity) for actor in found.actors)

    def _take_back(self, hearing: Hearing, matter: Matter) -> None:
        desk, act = self._desk, hearing.act
        hearing.judged.append("general/take-back")
        last = last_acted(matter)
        mark = last[-1] if last else None
        if mark is None or mark.by != act.by:
            who = desk.organisation.described(mark.by, desk.day) if mark else "申请人"
            self._refuse(hearing, "take-back", f"最后办理的是{who}", "只能收回自己刚办的；请与现在的办理人商量退回")
            return
        if mark.verb not in (Verb.APPROVE, Verb.TRANSFER, Verb.CONSULT):
            remedy = "提交可以撤回；其他的请另行更正" if mark.verb is Verb.SUBMIT else "请另行更正"
            self._refuse(hearing, "take-back", f"最后办的是“{mark.verb.title}”，不能收回", remedy)
            return
        if what := followed(desk, matter, mark):
            facts = f"“{mark.verb.title}”之后已经产生{what}"
            self._refuse(hearing, "take-back", facts, "请与现在的办理人商量退回，或另行更正")
        basis = f"收回“{mark.verb.title}”"
        note = replace(mark_of(desk, act, mark.step), basis=basis)
        setting = self._setting()
        hearing.after = lambda current: (taken_back(current, note, setting), None)
