"""Acts beside the course: urging a matter on, sending it to readers, keeping stock phrases."""

from dataclasses import replace

from core.access.reading import Readers
from core.acts import Act, Verb
from core.chains.planning import present_actors
from core.chains.selectors import Scope, select
from core.desk import Desk
from core.hearings.docket import mark_of, take_up
from core.hearings.hearer import Hearer
from core.hearings.hearing import Hearing
from core.hearings.judge import Judge
from core.hearings.persons import Persons
from core.matter import Matter
from core.records import Copy, Phrase
from core.rule_kinds import Proposal
from core.text import hidden_character

ATTENDING = frozenset({Verb.URGE, Verb.COPY, Verb.PHRASE})

_LEADING = ("unit-head", "supervising-leader", "principal")

LONGEST_PHRASE = 100
"""Characters of a stock phrase."""
MOST_PHRASES = 50
"""Stock phrases of one person."""


class Attending(Hearer):
    """Hears `URGE`, `COPY` and `PHRASE`."""

    def __init__(self, desk: Desk, judge: Judge) -> None:
        super().__init__(desk, judge)
        self._persons = Persons(desk, judge)

    def hear(self, act: Act) -> Hearing:
        if act.verb is Verb.PHRASE:
            return self._phrase(act)
        hearing, matter = take_up(self._desk, self._judge, act)
        if matter is None:
            return hearing
        hearing.proposal = Proposal(act, matter, self._desk, matter.step)
        if act.verb is Verb.URGE:
            self._urge(hearing, matter)
        else:
            self._copy(hearing, matter)
        return hearing

    def _part(self, matter: Matter) -> set[str]:
        """Who has had a part in a matter: the applicant and everyone who acted on it."""
        return {matter.applicant, *(mark.by for mark in matter.course if mark.verb is not Verb.COMMENT)}

    def _leading(self, matter: Matter, waiting: tuple[str, ...]) -> set[str]:
        """Who leads the applicant or those a matter waits for: heads, supervising leaders, the principal."""
        organisation, day = self._desk.organisation, self._desk.day
        units = {matter.unit, *(organisation.unit_of(person, day) for person in waiting)}
        scopes = [Scope(organisation, day, unit=unit) for unit in units]
        return {person for scope in scopes for selector in _LEADING for person in select(selector, scope)}

    def _urge(self, hearing: Hearing, matter: Matter) -> None:
        desk, act = self._desk, hearing.act
        hearing.judged.append("general/urge")
        waiting = present_actors(desk, matter)
        if act.by not in self._part(matter) | self._leading(matter, waiting):
            name = desk.organisation.described(act.by, desk.day)
            facts = f"{name}不是申请人，没有办过本事项，也不是申请人或办理人的科室负责人、分管领导"
            self._refuse(hearing, "urge", facts, f"请由申请人{desk.organisation.name(matter.applicant)}催办")
        elif act.by in waiting:
            self._refuse(hearing, "urge", "本事项正等您办理", "请办理，不必催办")
        urged = [mark.at.date() for mark in matter.course if mark.verb is Verb.URGE]
        if urged and desk.calendar.workdays_between(urged[-1], desk.day) < 1:
            after = desk.calendar.add_workdays(urged[-1], 1).day
            self._refuse(hearing, "urge", f"{urged[-1]} 已经催办过", f"请于 {after} 以后再催")
        names = "、".join(map(desk.organisation.name, waiting))
        mark = replace(mark_of(desk, act), basis=f"催请{names}办理" if names else "", persons=waiting)
        hearing.after = lambda current: (current.with_mark(mark), None)

    def _copy(self, hearing: Hearing, matter: Matter) -> None:
        desk, act = self._desk, hearing.act
        hearing.judged.append("general/copy")
        having_part = self._part(matter) | set(present_actors(desk, matter))
        if act.by not in having_part and not Readers(desk).grants(act.by, matter):
            name = desk.organisation.described(act.by, desk.day)
            self._refuse(hearing, "copy", f"{name}不是申请人，也不办理本事项", "请由申请人或办理人抄送")
        persons = self._persons.named(hearing, matter, "copy")
        readers = set(desk.readers(matter.number))
        for person in readers.intersection(persons):
            facts = f"已经抄送过{desk.organisation.described(person, desk.day)}"
            self._refuse(hearing, "copy", facts, "不必重复抄送", "persons")
        hearing.effects += [Copy(person, matter.number, act.by, desk.day) for person in persons]
        names = "、".join(map(desk.organisation.name, persons))
        mark = replace(mark_of(desk, act), basis=f"抄送{names}", persons=persons)
        hearing.after = lambda current: (current.with_mark(mark), None)

    def _phrase(self, act: Act) -> Hearing:
        """Keeps the phrase in `Act.opinion`, or takes the one in `Act.target` off the list."""
        hearing = Hearing(act, judged=["general/phrase"])
        desk, text = self._desk, act.opinion.strip()
        kept = desk.phrases(act.by)
        if not desk.organisation.tenures_of(act.by, desk.day):
            facts = f"{desk.organisation.name(act.by)}目前在本单位没有职务"
            self._refuse(hearing, "permission", facts, "请先办理任职登记")
        if act.target:
            if act.target not in kept:
                self._refuse(hearing, "unknown", f"没有“{act.target}”这条常用意见", "请从列表中选取")
            hearing.effects.append(Phrase(act.by, act.target, kept=False))
            return hearing
        if not text or len(text) > LONGEST_PHRASE:
            facts = f"共 {len(text)} 个字，最多 {LONGEST_PHRASE} 个字" if text else "没有写内容"
            self._refuse(hearing, "phrase", facts, "写一句不超过一百字的意见", "opinion")
        if bad := hidden_character(text):
            self._refuse(hearing, "text", f"含有不可见的{bad}", "请删除后重新输入", "opinion")
        if text in kept:
            self._refuse(hearing, "phrase", f"“{text}”已在列表中", "无需再存", "opinion")
        if len(kept) >= MOST_PHRASES:
            self._refuse(hearing, "phrase", f"已有 {len(kept)} 条，最多 {MOST_PHRASES} 条", "请先删去不用的")
        hearing.effects.append(Phrase(act.by, text))
        return hearing
