"""Lucheng's office with one bureau seal: what the tests of seals do in it."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from hypothesis import settings

from core.acts import Act, Verb
from core.cases.play import office_factory
from core.days.clock import ZONE, FixedClock
from core.fields import Value
from core.office import Office
from core.records import Entry
from core.verdict import Result
from core.writing import Writing
from plugins.seals import standing
from plugins.seals.matters.books import STATEMENT
from plugins.seals.reckoning import discrepancies

CONFIG = Path(__file__).parent.parent / "config"
FRESH = office_factory(CONFIG, "lucheng")
DIRECTOR, CHARGE, LEADER, HEAD = "P001", "P002", "P003", "P006"
DEPUTY, ACCOUNTANT, CASHIER, STOREKEEPER, KEEPER, OTHER = "P007", "P008", "P009", "P010", "P011", "P012"
CLERK, COLLEAGUE = "P015", "P016"
CHECKED = {"checked": True, "fault": "无"}
CONSENT = {"consent_by": LEADER, "consent_at": "2026-03-02 08:30", "consent_how": "电话"}
FEW = settings(max_examples=12)


class Desk:
    """Lucheng's office with one bureau seal, kept by one clerk of the office."""

    def __init__(self) -> None:
        self.clock = FixedClock(datetime(2026, 3, 2, 9, tzinfo=ZONE))
        self.office: Office = FRESH(self.clock)
        assert self.enter("局印章", "局印章", KEEPER).done

    def on(self, day: date) -> None:
        self.clock.set(datetime(day.year, day.month, day.day, 9, tzinfo=ZONE))
        self.office.tick()

    def submit(self, by: str, kind: str, values: dict[str, Any], reason: str = "") -> Result:
        return self.office.perform(Act(Verb.SUBMIT, by, kind, values=values, reason=reason))

    def act(self, verb: Verb, by: str, number: str, **values: Any) -> Result:
        return self.office.perform(Act(verb, by, matter=number, values=values, opinion="意见"))

    def enter(self, seal: str, kind: str, keeper: str) -> Result:
        known = {"unit": "office", "fit": True, "place": "保险柜", "scope": "公务", "scoped_by": HEAD, "origin": "原有"}
        return self.submit(HEAD, "seals.seal", {"seal": seal, "kind": kind, "custodian": keeper, **known})

    def apply(self, copies: int, by: str = CLERK, seal: str = "局印章", place: str = "单位内") -> str:
        values = {"seal": seal, "material": "公文", "title": "函", "purpose": "报送", "copies": copies, "place": place}
        result = self.submit(by, "seals.use", {**values, "blank": False, "major": False})
        assert result.matter is not None, result.verdict.findings
        return result.matter.number

    def approved(self, copies: int, by: str = CLERK, place: str = "单位内") -> str:
        number = self.apply(copies, by, place=place)
        assert self.act(Verb.APPROVE, LEADER, number).done
        return number

    def seal(self, number: str, count: int, by: str = KEEPER) -> Result:
        return self.act(Verb.PERFORM, by, number, count=count, **CHECKED)

    def seal_first(self, number: str, count: int) -> Result:
        return self.act(Verb.URGENT, KEEPER, number, count=count, **CHECKED, **CONSENT)

    def smuggle(self, seal: str, count: int, application: str) -> None:
        """A line in the book that no act of sealing has made."""
        values: dict[str, Value] = {"year": str(self.office.desk.day.year), "seal": seal, "count": count}
        values |= {"numbers": "?", "application": application, "handler": CLERK, "custodian": KEEPER}
        with self.office.store.transaction(HEAD, "登记", at=self.office.desk.now) as transaction:
            Writing(self.office.desk, transaction).effects([Entry(standing.IMPRESSIONS, self.office.desk.day, values)])

    def hand(self, by: str, seal: str, taker: str, manner: str, since: date, until: date | None) -> Result:
        span = {"since": since.isoformat(), "until": until.isoformat() if until else ""}
        values = {"seal": seal, "manner": manner, "taker": taker, "fit": True, "reason": "外出", **span}
        result = self.submit(by, "seals.handover", values)
        if not result.done or result.matter is None:
            return result
        if manner != "交还":
            assert self.act(Verb.APPROVE, CHARGE, result.matter.number).done
        return self.act(Verb.APPROVE, taker, result.matter.number)

    def found(self, year: str = "2026") -> set[tuple[str, str, str, int]]:
        rows = discrepancies(self.office.desk, year)
        return {(row["way"], row["reference"], row["seal"], row["count"]) for row in rows}

    def state(self) -> Result:
        assert STATEMENT.prepare is not None
        return self.submit(HEAD, "seals.statement", dict(STATEMENT.prepare(self.office.desk, HEAD, None)))

    @staticmethod
    def clauses(result: Result) -> set[str]:
        return {finding.clause.key for finding in result.verdict.findings}
