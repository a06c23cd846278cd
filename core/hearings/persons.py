"""The persons whom an act names: found, and able to take what is handed to them."""

from core.directory import OfficeDirectory
from core.fields import Kind
from core.hearings.hearer import Hearer
from core.hearings.hearing import Hearing
from core.matter import Matter

_WHAT = {
    "transfer": ("转给谁", "写明转给哪一位"),
    "consult": ("委派谁", "写明委派哪一位"),
    "addition": ("由谁加签", "写明请哪一位签字"),
    "removal": ("减去谁", "写明减去哪一位"),
    "copy": ("抄送给谁", "写明抄送给哪几位"),
}
_CLAUSE = {"removal": "addition"}


class Persons(Hearer):
    """Reads `Act.persons`; everything that is wrong with them becomes a finding."""

    def named(
        self, hearing: Hearing, matter: Matter, purpose: str, *, only: int = 0, able: bool = True
    ) -> tuple[str, ...]:
        """The persons by key, as many as can be told; `able` asks that they may be given a part in the matter."""
        clause = _CLAUSE.get(purpose, purpose)
        what, remedy = _WHAT[purpose]
        found: list[str] = []
        if not any(text.strip() for text in hearing.act.persons):
            self._refuse(hearing, clause, f"没有写明{what}", remedy, "persons")
        if only and len(hearing.act.persons) > only:
            facts = f"写了 {len(hearing.act.persons)} 人，一次只能写一人"
            self._refuse(hearing, clause, facts, remedy, "persons")
        for text in hearing.act.persons:
            try:
                person = OfficeDirectory(self._desk).refer(Kind.PERSON, text.strip()) if text.strip() else ""
            except ValueError as error:
                self._refuse(hearing, "unknown", str(error), "改正姓名或编号", "persons")
                continue
            if person and (not able or self._able(hearing, matter, person, clause)):
                found.append(person)
        return tuple(dict.fromkeys(found))

    def _able(self, hearing: Hearing, matter: Matter, person: str, clause: str) -> bool:
        """Serving, there, not the applicant, not the actor himself, not recused; a reader need only serve."""
        desk, organisation = self._desk, self._desk.organisation
        name = organisation.described(person, desk.day)
        reading = clause == "copy"
        facts = ""
        if not organisation.tenures_of(person, desk.day):
            facts = f"{name}目前在本单位没有职务"
        elif person == hearing.act.by:
            facts = f"{name}就是您本人"
        elif person == matter.applicant and not reading:
            facts = f"{name}是申请人本人"
        elif not reading and (recusal := organisation.recused(person, matter.number, matter.applicant, desk.day)):
            facts = f"{name}已回避（{recusal.reason}）"
        elif not reading and (away := organisation.absence(person, desk.day)):
            facts = f"{name}{away.reason}，{away.span.until} 后返回"
        if facts:
            self._refuse(hearing, clause, facts, "请另选一位在岗人员", "persons")
        return not facts
