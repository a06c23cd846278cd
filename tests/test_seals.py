"""Seals: every impression is covered by an approval, every approval by its impressions, and no hand holds them all."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.acts import Act, Verb
from core.caserun import office_factory
from core.clock import ZONE, FixedClock
from core.fields import Value
from core.office import Office
from core.records import Entry
from core.verdict import Result
from core.writing import Writing
from plugins.seals import standing
from plugins.seals.matters.books import STATEMENT, VOLUME
from plugins.seals.reckoning import UNAPPROVED, UNUSED, discrepancies

CONFIG = Path(__file__).parent.parent / "config"
FRESH = office_factory(CONFIG, "lucheng")
DIRECTOR, CHARGE, LEADER, HEAD = "P001", "P002", "P003", "P006"
DEPUTY, ACCOUNTANT, CASHIER, STOREKEEPER, KEEPER, OTHER = "P007", "P008", "P009", "P010", "P011", "P012"
CLERK, COLLEAGUE = "P015", "P016"
CHECKED = {"checked": True, "fault": "无"}
CONSENT = {"consent_by": LEADER, "consent_at": "2026-03-02 08:30", "consent_how": "电话"}
FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


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


@pytest.fixture
def desk() -> Iterator[Desk]:
    found = Desk()
    yield found
    found.office.close()


def clauses(result: Result) -> set[str]:
    return {finding.clause.key for finding in result.verdict.findings}


def test_a_book_that_agrees_with_its_approvals_has_nothing_to_state(desk: Desk) -> None:
    assert desk.seal(desk.approved(3), 3).done
    desk.apply(5)
    assert desk.found() == set()
    assert desk.state().done


def test_every_seeded_discrepancy_is_stated_and_nothing_else(desk: Desk) -> None:
    honest, idle, short = desk.approved(2), desk.approved(4), desk.approved(3)
    unsigned, urgent, reversed_ = desk.apply(2), desk.apply(1), desk.approved(2)
    assert desk.seal(honest, 2).done
    assert desk.seal(short, 1).done
    assert desk.seal_first(urgent, 1).done
    assert desk.seal(reversed_, 2).done
    values = {"ledger": "用印登记簿", "entry": 4, "reason": "记错"}
    assert desk.submit(HEAD, "core.correction", values).done
    desk.smuggle("局印章", 1, "")
    desk.smuggle("局印章", 2, unsigned)
    desk.smuggle("局印章", 3, honest)
    desk.smuggle("党组印章", 1, short)
    desk.smuggle("局印章", 1, "用印-2026-9999")
    assert desk.found() == {
        (UNUSED, idle, "局印章", 4),
        (UNUSED, reversed_, "局印章", 2),
        (UNUSED, short, "局印章", 1),
        (UNAPPROVED, urgent, "局印章", 1),
        (UNAPPROVED, "登记簿第 6 行", "局印章", 1),
        (UNAPPROVED, unsigned, "局印章", 2),
        (UNAPPROVED, honest, "局印章", 3),
        (UNAPPROVED, short, "党组印章", 1),
        (UNAPPROVED, "用印-2026-9999", "局印章", 1),
    }


def test_the_prepared_statement_is_accepted_and_one_that_hides_a_line_is_refused(desk: Desk) -> None:
    desk.smuggle("局印章", 1, "")
    desk.approved(2)
    assert STATEMENT.prepare is not None
    prepared: dict[str, Any] = dict(STATEMENT.prepare(desk.office.desk, HEAD, None))
    for hidden in range(2):
        rows = [row for at, row in enumerate(prepared["rows"]) if at != hidden]
        refused = desk.submit(HEAD, "seals.statement", {**prepared, "rows": rows})
        assert clauses(refused) == {"seals/8(a)"}
    assert desk.submit(HEAD, "seals.statement", prepared).done


def test_a_use_beforehand_that_the_leader_then_refuses_stays_without_approval(desk: Desk) -> None:
    number = desk.apply(2)
    assert desk.seal_first(number, 2).done
    assert desk.found() == {(UNAPPROVED, number, "局印章", 2)}
    assert desk.act(Verb.REJECT, LEADER, number).done
    assert desk.found() == {(UNAPPROVED, number, "局印章", 2)}


def test_a_use_beforehand_agrees_once_it_is_signed(desk: Desk) -> None:
    number = desk.apply(2)
    assert desk.seal_first(number, 2).done
    assert desk.act(Verb.APPROVE, LEADER, number).done
    assert desk.found() == set()
    (line,) = desk.office.desk.entries(standing.IMPRESSIONS)
    assert line.values["remark"] == "先行用印"


def test_an_approval_is_used_once_however_few_impressions_were_made(desk: Desk) -> None:
    number = desk.approved(3)
    assert desk.seal(number, 1).done
    assert not desk.seal(number, 2).done
    assert standing.printed(desk.office.desk, number) == 1


def test_an_approval_of_december_may_be_used_in_january(desk: Desk) -> None:
    desk.on(date(2026, 12, 31))
    number = desk.approved(2)
    assert desk.found() == {(UNUSED, number, "局印章", 2)}
    desk.on(date(2027, 1, 4))
    assert desk.seal(number, 2).done
    assert desk.found() == set()
    assert desk.found("2027") == set()


def test_numbers_run_through_the_year_and_none_is_given_twice(desk: Desk) -> None:
    assert desk.seal(desk.approved(3), 3).done
    assert desk.submit(HEAD, "core.correction", {"ledger": "用印登记簿", "entry": 1, "reason": "记错"}).done
    assert desk.seal(desk.approved(1), 1).done
    desk.on(date(2027, 1, 4))
    assert desk.seal(desk.approved(2), 2).done
    lines = [each for each in reversed(desk.office.desk.entries(standing.IMPRESSIONS)) if not each.corrects]
    assert [each.values["numbers"] for each in lines] == ["2026-0001至0003", "2026-0004", "2027-0001至0002"]


@FEW
@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 5), st.booleans()), max_size=5))
def test_whatever_was_done_the_statement_accounts_for_every_impression(uses: list[tuple[int, int, bool]]) -> None:
    desk = Desk()
    approved = printed = 0
    for copies, count, first in uses:
        if first:
            done = desk.seal_first(desk.apply(copies, COLLEAGUE), count).done
            printed += count if done else 0
        else:
            done = desk.seal(desk.approved(copies), count).done
            approved, printed = approved + copies, printed + (count if done else 0)
        assert done == (1 <= count <= copies)
    over = sum(count for way, _, _, count in desk.found() if way == UNAPPROVED)
    left = sum(count for way, _, _, count in desk.found() if way == UNUSED)
    assert printed - over == approved - left
    assert desk.state().done
    desk.office.close()


def test_a_stand_in_seals_in_the_name_of_the_keeper(desk: Desk) -> None:
    day = date(2026, 3, 9)
    assert desk.hand(KEEPER, "局印章", OTHER, "临时代管", day, day + timedelta(4)).done
    desk.on(day)
    number = desk.approved(1)
    assert clauses(desk.seal(number, 1)) == {"seals/2(a)"}
    sealed = desk.seal(number, 1, OTHER)
    assert sealed.matter is not None
    mark = sealed.matter.course[-1]
    assert (mark.by, mark.on_behalf) == (OTHER, KEEPER)
    desk.on(day + timedelta(7))
    assert desk.seal(desk.approved(1), 1).done


def test_a_stand_in_who_goes_away_too_hands_on_and_the_next_one_seals(desk: Desk) -> None:
    day = date(2026, 3, 9)
    assert desk.hand(KEEPER, "局印章", OTHER, "临时代管", day, day + timedelta(4)).done
    desk.on(day)
    assert desk.hand(OTHER, "局印章", DEPUTY, "临时代管", day + timedelta(1), day + timedelta(2)).done
    desk.on(day + timedelta(1))
    number = desk.approved(1)
    assert clauses(desk.seal(number, 1, OTHER)) == {"seals/2(a)"}
    assert desk.seal(number, 1, DEPUTY).done


def test_a_request_to_stop_that_is_refused_frees_the_seal_again() -> None:
    office = office_factory(CONFIG, "baicheng")(FixedClock(datetime(2026, 3, 2, 9, tzinfo=ZONE)))
    entry = {"seal": "公章", "kind": "公章", "unit": "secretariat", "custodian": "P011", "fit": True, "place": "秘书科"}
    entry |= {"scope": "公务", "scoped_by": "P006", "origin": "原有"}
    assert office.perform(Act(Verb.SUBMIT, "P006", "seals.seal", values=entry)).done
    stop = {"seal": "公章", "ground": "印章损坏", "note": "印面磨损"}
    asked = office.perform(Act(Verb.SUBMIT, "P012", "seals.stop", values=stop))
    assert asked.matter is not None
    use = {"seal": "公章", "material": "便函", "title": "函", "purpose": "联系", "copies": 1, "place": "单位内"}
    refused = office.perform(Act(Verb.SUBMIT, "P019", "seals.use", values={**use, "blank": False}))
    assert clauses(refused) == {"seals/11(a)"}
    assert office.perform(Act(Verb.REJECT, "P006", matter=asked.matter.number, opinion="尚可使用")).done
    assert office.perform(Act(Verb.SUBMIT, "P019", "seals.use", values={**use, "blank": False})).done
    office.close()


def test_a_seal_that_is_out_comes_back_with_as_many_impressions_as_are_booked(desk: Desk) -> None:
    number = desk.approved(3, place="外带")
    values = {
        "use": number,
        "purpose": "签约",
        "place": "会展中心",
        "leaves_on": "2026-03-02",
        "returns_on": "2026-03-03",
    }
    outing = desk.submit(CLERK, "seals.outing", values)
    assert outing.matter is not None
    assert desk.act(Verb.APPROVE, CHARGE, outing.matter.number).done
    assert desk.act(Verb.PERFORM, KEEPER, outing.matter.number).done
    found = standing.seal(desk.office.desk, "局印章")
    assert found is not None
    assert found.out == outing.matter.number
    back = {"outing": outing.matter.number, "condition": "完好"}
    assert clauses(desk.submit(KEEPER, "seals.return", {**back, "count": 4})) == {"seals/7(c)"}
    assert desk.submit(KEEPER, "seals.return", {**back, "count": 2}).done
    assert clauses(desk.seal(number, 3)) == {"seals/7(a)"}
    assert desk.seal(number, 2).done
    assert desk.found() == {(UNUSED, number, "局印章", 1)}
    assert desk.office.desk.entries(standing.IMPRESSIONS)[0].values["remark"] == "外带"


def test_a_year_is_bound_by_a_statement_that_still_holds(desk: Desk) -> None:
    number = desk.approved(1)
    assert desk.state().done
    assert desk.seal(number, 1).done
    desk.on(date(2027, 1, 5))
    assert VOLUME.prepare is not None
    stale = {**VOLUME.prepare(desk.office.desk, KEEPER, None), "place": "档案室"}
    assert clauses(desk.submit(KEEPER, "seals.volume", stale)) == {"seals/8(b)"}
    assert STATEMENT.prepare is not None
    duty = next(each for each in desk.office.desk.duties(HEAD) if each.evidence == "seals.volume")
    assert desk.submit(HEAD, "seals.statement", dict(STATEMENT.prepare(desk.office.desk, HEAD, duty))).done
    fresh = {**VOLUME.prepare(desk.office.desk, KEEPER, duty), "place": "档案室"}
    filed = desk.submit(KEEPER, "seals.volume", fresh)
    assert filed.matter is not None
    assert desk.act(Verb.FILE, HEAD, filed.matter.number).done
    assert duty.key not in {each.key for each in desk.office.desk.duties()}


HANDOVERS = st.lists(
    st.tuples(
        st.sampled_from(["财务专用章", "法人名章"]),
        st.sampled_from([ACCOUNTANT, CASHIER, STOREKEEPER, KEEPER]),
        st.sampled_from(["临时代管", "正式移交", "交还"]),
        st.integers(0, 12),
        st.integers(0, 8),
    ),
    max_size=7,
)


@FEW
@given(HANDOVERS)
def test_no_course_of_handovers_puts_both_finance_seals_in_one_hand(
    asked: list[tuple[str, str, str, int, int]],
) -> None:
    desk = Desk()
    assert desk.enter("财务专用章", "财务专用章", ACCOUNTANT).done
    assert desk.enter("法人名章", "法人名章", CASHIER).done
    for name, taker, manner, offset, length in asked:
        seal = standing.seals(desk.office.desk)[name]
        since = desk.office.desk.day + timedelta(offset)
        desk.hand(seal.holder(desk.office.desk.day), name, taker, manner, since, since + timedelta(length))
        kept = standing.seals(desk.office.desk)
        for ahead in range(60):
            day = desk.office.desk.day + timedelta(ahead)
            assert kept["财务专用章"].holder(day) != kept["法人名章"].holder(day)
        desk.on(desk.office.desk.day + timedelta(1))
    desk.office.close()


def test_a_seal_given_back_early_and_handed_on_is_sealed_with_by_its_new_keeper(desk: Desk) -> None:
    day = date(2026, 3, 9)
    assert desk.hand(KEEPER, "局印章", OTHER, "临时代管", day, day + timedelta(4)).done
    desk.on(day + timedelta(2))
    assert desk.hand(OTHER, "局印章", KEEPER, "交还", day + timedelta(2), None).done
    assert desk.hand(KEEPER, "局印章", DEPUTY, "正式移交", day + timedelta(2), None).done
    found = standing.seal(desk.office.desk, "局印章")
    assert found is not None
    assert found.holder(desk.office.desk.day) == DEPUTY
    number = desk.approved(1)
    assert not desk.seal(number, 1).done
    assert desk.seal(number, 1, DEPUTY).done


@pytest.fixture
def finance(desk: Desk) -> Desk:
    assert desk.enter("财务专用章", "财务专用章", ACCOUNTANT).done
    assert desk.enter("法人名章", "法人名章", CASHIER).done
    return desk


def test_a_finance_seal_that_comes_back_between_two_keepings_counts(finance: Desk) -> None:
    day = date(2026, 3, 9)
    for since in (day, day + timedelta(5)):
        assert finance.hand(ACCOUNTANT, "财务专用章", STOREKEEPER, "临时代管", since, since + timedelta(2)).done
    filed = finance.hand(CASHIER, "法人名章", ACCOUNTANT, "临时代管", day + timedelta(2), day + timedelta(7))
    assert clauses(filed) == {"seals/2(b)"}
    assert finance.hand(CASHIER, "法人名章", ACCOUNTANT, "临时代管", day, day + timedelta(2)).done


def test_a_finance_seal_that_will_come_back_counts_against_a_handover_for_good(finance: Desk) -> None:
    day = date(2026, 3, 2)
    assert finance.hand(ACCOUNTANT, "财务专用章", STOREKEEPER, "临时代管", day, day + timedelta(4)).done
    assert clauses(finance.hand(CASHIER, "法人名章", ACCOUNTANT, "正式移交", day, None)) == {"seals/2(b)"}
    assert finance.hand(CASHIER, "法人名章", KEEPER, "正式移交", day, None).done


def test_two_handovers_under_way_at_once_do_not_meet_in_one_hand(finance: Desk) -> None:
    known = {"manner": "正式移交", "taker": STOREKEEPER, "fit": True, "reason": "轮岗", "since": "2026-03-02"}
    numbers = []
    for by, name in ((ACCOUNTANT, "财务专用章"), (CASHIER, "法人名章")):
        filed = finance.submit(by, "seals.handover", {**known, "seal": name})
        assert filed.matter is not None
        assert finance.act(Verb.APPROVE, CHARGE, filed.matter.number).done
        numbers.append(filed.matter.number)
    assert finance.act(Verb.APPROVE, STOREKEEPER, numbers[0]).done
    assert clauses(finance.act(Verb.APPROVE, STOREKEEPER, numbers[1])) == {"seals/2(b)"}


def test_a_seal_handed_on_meanwhile_is_not_taken_over_from_one_who_has_it_no_more(desk: Desk) -> None:
    known = {"seal": "局印章", "manner": "正式移交", "fit": True, "reason": "轮岗", "since": "2026-03-02"}
    numbers = []
    for taker in (OTHER, DEPUTY):
        filed = desk.submit(KEEPER, "seals.handover", {**known, "taker": taker})
        assert filed.matter is not None
        assert desk.act(Verb.APPROVE, CHARGE, filed.matter.number).done
        numbers.append(filed.matter.number)
    assert desk.act(Verb.APPROVE, OTHER, numbers[0]).done
    assert clauses(desk.act(Verb.APPROVE, DEPUTY, numbers[1])) == {"seals/3(b)"}
