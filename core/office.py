"""The one door: every act of a person, an import or a case is judged and recorded here."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from tinydb import where

from core.access.factor import verify
from core.access.keys import against, key_of
from core.access.readers_desk import ReadersDesk
from core.access.session_rules import SIGNING
from core.acts import SYSTEM, TO_APPLICANT, Act, Verb
from core.agency import Agency
from core.chains.course import Setting, returned
from core.chains.planning import plan
from core.consequences import effects_of
from core.days.calendar import Calendar
from core.days.clock import Clock, SystemClock
from core.days.duty_book import OPENED
from core.days.national_days import TABLE as HOLIDAYS_FILE
from core.desk import Desk
from core.errors import GuizhangError, NotEntitled, SessionEnded, StoreError
from core.family import Outcome
from core.finding import Finding, Level
from core.hearings.batch import against_batch
from core.hearings.hearing import Hearing
from core.hearings.hearings import Hearings
from core.hearings.judge import Judge
from core.host import Host, reason_of
from core.indexes import lacking, prepare
from core.journal import Journal
from core.matter import Mark, Matter
from core.people import Oversight, Person, Tenure
from core.records import Effect, Notice, NoticeState, Resolved
from core.rulebook.agency_file import load_agency
from core.rulebook.load import load_rulebook, read_rulebook_folder
from core.rulebook.model import GENERAL, Rulebook
from core.rulebook.national import FOLDER
from core.rulebook.texts import read_text, read_texts
from core.store.database import Store
from core.store.transaction import Receipt, Transaction
from core.verdict import Result, Verdict
from core.writing import Writing

Begun = TypeVar("Begun")

PROJECTED = "projected"
"""Name of the day in the store up to which the inboxes follow the dates of posts, absences and stand-ins."""

GENERAL_FILE = "general.toml"
"""The built-in regulation, in the folder of national tables."""


class _NotAllowed(Exception):
    """Ends the transaction of an act that was not allowed, so that nothing of it is written."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict


class _MadeMeanwhile(Exception):
    """Ends the transaction that was to make what another session has just made."""


class Office:
    """One agency at work. `preview` judges, `perform` judges and writes; `desk` answers every question of rules and
    families, `desk_of` those of one person.
    """

    def __init__(
        self,
        agency: Agency,
        rulebook: Rulebook,
        host: Host,
        store: Store,
        calendar: Calendar,
        clock: Clock,
        *,
        session: str = "",
    ) -> None:
        self.agency, self.rulebook, self.host = agency, rulebook, host
        self.store, self.calendar, self.clock, self.session = store, calendar, clock, session
        self._proved: datetime | None = None
        self.desk = Desk(agency, rulebook, host, store, calendar, clock, self._earlier)
        self._judge = Judge(self.desk)
        self._hearings = Hearings(self.desk, self._judge)

    @classmethod
    def open(
        cls, config: Path, agency_key: str, store_path: Path | str, clock: Clock | None = None, *, session: str = ""
    ) -> "Office":
        """Open an agency's office on its store, created when it is not there.

        Raises `RulebookInvalid` with every fault of the agency's files, and `StoreError` when the store cannot be used.
        """
        folder = config / "agencies" / agency_key
        agency = load_agency(folder / "agency.toml")
        host = Host(agency.families)
        rulebook = load_rulebook(rulebook_texts(config, agency_key), agency, host.families)
        calendar = Calendar.load(config / "national", agency.own_days).open_table()
        store = Store(store_path)
        office = cls(agency, rulebook, host, store, calendar, clock or SystemClock(), session=session)
        try:
            office._bring_up_to_date()
        except BaseException:
            office.close()
            raise
        return office

    def found(
        self,
        people: Iterable[Person],
        tenures: Iterable[Tenure],
        oversights: Iterable[Oversight],
        since: date | None = None,
    ) -> Receipt:
        """Set the office up with its first people; StoreError when it has been set up before."""
        if self.store.meta(OPENED):
            raise StoreError("这个单位的记录已经建立，不能重复建立；增减人员请办理任职、离任登记")
        with self._transaction(SYSTEM, "建立") as transaction:
            prepare(self.store, self.host)
            transaction.set_meta(OPENED, (since or self.desk.day).isoformat())
            transaction.set_meta(PROJECTED, self.desk.day.isoformat())
            changes: tuple[Person | Tenure | Oversight, ...] = (*people, *tenures, *oversights)
            for change in changes:
                self.desk.roll.write(change, transaction)
        return transaction.receipt

    def _bring_up_to_date(self) -> None:
        """Make the indexes that a store set up earlier lacks, so that no list ever reads a whole table."""
        if not self.store.meta(OPENED) or not lacking(self.store, self.host):
            return
        with suppress(_MadeMeanwhile), self._begun(SYSTEM, "补建索引", "", {}) as transaction:
            transaction.detail["indexes"] = list(lacking(self.store, self.host))
            if not transaction.detail["indexes"]:
                raise _MadeMeanwhile
            prepare(self.store, self.host)

    def desk_of(self, person: str) -> ReadersDesk:
        """What one person may look up; empty for whoever has not said who he is."""
        return ReadersDesk(self.desk, person)

    @property
    def journal(self) -> Journal:
        """The record of every act."""
        return Journal(self.store)

    def preview(self, act: Act) -> Verdict:
        """What the act would come to; nothing is written."""
        return self._verdict(self._hearings.hear(act))

    def perform(self, act: Act) -> Result:
        """Judge the act and, if it is allowed, record it with all that follows in one transaction.

        A refusal is a `Result` that is not done, never an exception; `StoreError` when the store cannot be written,
        `SessionEnded` when the key this session was opened with is no longer good.
        """
        return self._performed(act)

    def perform_all(self, acts: Iterable[Act]) -> list[Result]:
        """Do several acts, each judged and recorded by itself: one that is refused stops none of the others.

        What must be read singly is refused with the reason.
        """
        return [self._performed(act, together=True) for act in acts]

    def _performed(self, act: Act, *, together: bool = False) -> Result:
        try:
            if self.store.storage.awaited:
                self._heard_before(act, together)
            with self._transaction(act.by, act.verb.value, matter=act.matter) as transaction:
                verdict, matter, effects = self._act(act, transaction, together)
        except _NotAllowed as refusal:
            return Result(refusal.verdict)
        except NotEntitled as refusal:
            return Result(Verdict(act, (self._judge.general(refusal.clause, refusal.facts, refusal.remedy),)))
        return Result(verdict, matter, transaction.receipt, effects)

    def _heard_before(self, act: Act, together: bool) -> None:
        """Refuse at once what is refused as the records stand, so that it waits for no other writer nor keeps one.

        What may be done is heard again in its transaction: the others are changing what it was judged by.
        """
        with self._entitled(self.store.before(act.by, session=self.session, at=self.desk.now)):
            self._heard(act, together)

    def _heard(self, act: Act, together: bool) -> Hearing:
        """The hearing of an act that may be done; raises `_NotAllowed` for one that may not."""
        hearing = self._hearings.hear(act)
        if (unproved := self.unproved()) and act.verb in SIGNING:
            hearing.findings.append(unproved)
        if together:
            hearing.findings += against_batch(self._judge, hearing)
        repeated = self._repeated(act, hearing)
        if repeated or not hearing.verdict.allowed:
            raise _NotAllowed(self._verdict(hearing))
        return hearing

    def _act(
        self, act: Act, transaction: Transaction, together: bool
    ) -> tuple[Verdict, Matter | None, tuple[Effect, ...]]:
        """Judge and write an act: its verdict, the matter after it, and what followed."""
        hearing = self._heard(act, together)
        writing = Writing(self.desk, transaction)
        if act.token:
            self.store.table("tokens").insert({"token": act.token})
        if hearing.proposal is None or hearing.after is None:
            writing.effects(hearing.effects)
            for effect in hearing.effects:
                if isinstance(effect, Notice) and effect.state is NoticeState.UPHELD and effect.matter:
                    self._stopped(effect, act, writing)
            self._acknowledged(act)
            transaction.detail["target"] = act.target
            return hearing.verdict, None, tuple(hearing.effects)
        matter, effects = self._carried_out(hearing, writing)
        transaction.matter = matter.number
        transaction.on_behalf = matter.course[-1].on_behalf if matter.course else ""
        return hearing.verdict, matter, tuple(effects)

    def _carried_out(self, hearing: Hearing, writing: Writing) -> tuple[Matter, list[Effect]]:
        """Write the matter as the act leaves it, what follows, and the matters it decides on in turn."""
        try:
            matter, outcome = self._move(hearing, writing)
            effects = [*hearing.effects, *effects_of(self.desk, outcome)]
            writing.effects(effects, matter.number)
        except GuizhangError:
            raise
        except Exception as error:
            facts = f"办理后的登记没有完成（{reason_of(error)}）"
            hearing.findings.append(self._judge.general("broken-rule", facts, "请系统管理员检查有关业务模块后再办"))
            raise _NotAllowed(hearing.verdict) from error
        for resolved in [each for each in effects if isinstance(each, Resolved)]:
            act = replace(hearing.act, verb=Verb.RESOLVE, kind="", matter=resolved.matter, target=matter.number)
            decided = self._hearings.hear(replace(act, values=resolved.values, token="", version=0, duty=""))
            hearing.findings += decided.findings
            if not decided.verdict.allowed:
                raise _NotAllowed(hearing.verdict)
            effects += self._carried_out(decided, writing)[1]
        return matter, effects

    def _move(self, hearing: Hearing, writing: Writing) -> tuple[Matter, Outcome]:
        """Write the matter as the act leaves it."""
        proposal, after = hearing.proposal, hearing.after
        assert proposal is not None and after is not None
        if hearing.before is None or hearing.stored is None:
            kind = self.host.matter_types[proposal.matter.kind]
            numbered = replace(proposal.matter, number=writing.number(kind.prefix))
            matter, completed = after(numbered)
            writing.new_matter(matter)
        else:
            matter, completed = after(hearing.before)
            writing.changed_matter(matter, hearing.stored)
        return matter, hearing.outcome(matter, completed)

    def _verdict(self, hearing: Hearing) -> Verdict:
        """The verdict with the course that lies ahead, which an act that goes through has no need of."""
        matter = hearing.before
        if matter is not None and not hearing.course and matter.state.open and matter.kind in self.host.matter_types:
            hearing.course = plan(self.desk, matter)
        return hearing.verdict

    def _stopped(self, notice: Notice, act: Act, writing: Writing) -> None:
        """An upheld objection sends the matter back to its applicant."""
        matter, stored = self.desk.matter(notice.matter), self.desk.matter_document(notice.matter)
        if matter is None or stored is None or not matter.state.open:
            return
        setting = Setting(self.desk.organisation, self.calendar, self.desk.now)
        upheld = next(objection for objection in notice.objections if objection.upheld)
        mark = Mark(Verb.RETURN, act.by, self.desk.now, matter.at, opinion=f"公示异议成立：{upheld.outcome}")
        writing.changed_matter(returned(matter, mark, TO_APPLICANT, setting), stored)

    def _repeated(self, act: Act, hearing: Hearing) -> bool:
        """Whether an act of this token is done already; sending it twice does it once."""
        if not act.token or not self.store.table("tokens").contains(where("token") == act.token):
            return False
        hearing.findings.append(self._judge.general("closed", "这一次提交已经办过", "无需重复提交", level=Level.REFUSE))
        return True

    def _acknowledged(self, act: Act) -> None:
        if act.verb is Verb.ACKNOWLEDGE:
            self.store.table("acknowledgements").insert(
                {
                    "person": act.by,
                    "regulation": act.target,
                    "rulebook": self.rulebook.digest,
                    "on": self.desk.day.isoformat(),
                }
            )

    def tick(self) -> list[Result]:
        """Do what a new day brings by itself: matters reach those whose post, absence or stand-in begins or ends
        today, and notices whose period ran out without an open or upheld objection let their matters on.
        """
        done = []
        projected = date.fromisoformat(self.store.meta(PROJECTED) or self.desk.day.isoformat())
        if self.desk.organisation.changes_between(projected, self.desk.day):
            with self._transaction(SYSTEM, "换日") as transaction:
                Writing(self.desk, transaction).project_all()
                transaction.set_meta(PROJECTED, self.desk.day.isoformat())
        for notice in self.desk.notices():
            unsettled = any(objection.upheld is None for objection in notice.objections)
            if notice.state is not NoticeState.RUNNING or notice.until >= self.desk.day or unsettled:
                continue
            with self._transaction(SYSTEM, Verb.EXPIRE.value, matter=notice.matter) as transaction:
                Writing(self.desk, transaction).notice(replace(notice, state=NoticeState.EXPIRED))
            if notice.matter:
                done.append(self.perform(Act(Verb.EXPIRE, SYSTEM, matter=notice.matter)))
        return done

    def recording(self, actor: str, act: str, detail: Mapping[str, object]) -> AbstractContextManager[Transaction]:
        """One recorded act that is no matter's: what is written in the block, and its entry in the journal."""
        return self._transaction(actor, act, detail=detail)

    def _transaction(
        self, actor: str, act: str, *, matter: str = "", detail: Mapping[str, object] | None = None
    ) -> AbstractContextManager[Transaction]:
        return self._entitled(self._begun(actor, act, matter, detail))

    @contextmanager
    def _entitled(self, begun: AbstractContextManager[Begun]) -> Iterator[Begun]:
        """What is begun for an actor who has the right to it, in a session that is still good."""
        try:
            with begun as found:
                if ended := self.ended():
                    raise SessionEnded(ended)
                yield found
        except NotEntitled as refusal:
            if ended := self.ended():
                raise SessionEnded(ended) from None
            raise refusal.cited(self.rulebook.cite(f"{GENERAL}/{refusal.clause}").label) from None

    def _begun(
        self, actor: str, act: str, matter: str, detail: Mapping[str, object] | None
    ) -> AbstractContextManager[Transaction]:
        return self.store.transaction(
            actor,
            act,
            matter=matter,
            session=self.session,
            rulebook=self.rulebook.digest,
            at=self.desk.now,
            detail=detail,
        )

    def ended(self) -> str:
        """Why the key this session was opened with is no longer good; empty while it is, and where there is none."""
        if not self.session:
            return ""
        key = key_of(self.store, self.session)
        return against(self.store, key, self.desk.day) if key else "这把登录密钥没有登记，请向管理员登记"

    def prove(self, person: str, answer: str) -> None:
        """Take a person's second factor; raises `FactorRefused` for a wrong answer, or one that comes too soon."""
        verify(self, person, answer)
        self._proved = self.desk.now

    def unproved(self) -> Finding | None:
        """Why nothing may be signed in this session before the second factor is given again; None where it may."""
        rules = self.agency.session
        if rules.factor is None or not self.session:
            return None
        good = timedelta(minutes=rules.proof_minutes)
        # A clock that was set back must not make a proof good for longer.
        if self._proved is not None and abs(self.desk.now - self._proved) <= good:
            return None
        facts = "还没有验证" if self._proved is None else f"上次验证已过 {rules.proof_minutes} 分钟"
        remedy = "请先答二次验证：画面上随即询问；命令行写 --pin-stdin，从标准输入的第一行送来"
        return self._judge.general("second-factor", facts, remedy)

    def _earlier(self, texts: Mapping[str, str]) -> Rulebook:
        return load_rulebook(texts, self.agency, self.host.families, kept=True)

    def close(self) -> None:
        self.store.close()


def rulebook_texts(config: Path, agency_key: str) -> dict[str, str]:
    """The texts of an agency's rulebook, with the built-in regulation and the national tables."""
    texts = read_rulebook_folder(config / "agencies" / agency_key / "rulebook")
    tables = read_texts(config / "national", "*.toml", FOLDER)
    for other in (GENERAL_FILE, HOLIDAYS_FILE):
        tables.pop(f"{FOLDER}{other}", None)
    return {**texts, **tables, GENERAL_FILE: read_text(config / "national" / GENERAL_FILE)}
