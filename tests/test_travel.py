"""A trip makes its traveller absent; a claim never pays more than the standards, nor money that is owed back."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.acts import Act, Verb
from core.cases.play import office_factory
from core.days.clock import FixedClock
from core.finding import Level
from core.office import Office
from core.verdict import Result
from office_acts import clauses
from plugins.travel import figures

CONFIG = Path(__file__).parent.parent / "config"
CLERK, LEADER, DIRECTOR, HEAD, SECRETARY, ACCOUNTANT, CASHIER, FINANCE = (
    "P019", "P003", "P001", "P016", "P006", "P008", "P009", "P002",
)  # fmt: skip
STEPS = (
    (HEAD, {"happened": True, "direct": True}),
    (SECRETARY, {"allowances": True, "costs": True}),
    (ACCOUNTANT, {"vouchers": True}),
    (FINANCE, {}),
)
FRESH = office_factory(CONFIG, "baicheng")
SLOW = settings(max_examples=12)


class Desk:
    """An office on 2 March 2026, with a travel budget where it keeps one."""

    def __init__(self, fresh: Callable[[FixedClock], Office] = FRESH, budget: str = "50000") -> None:
        self.clock = FixedClock(datetime(2026, 3, 2, 9))
        self.office = fresh(self.clock)
        if figures.kept(self.office.desk):
            lines = [{"heading": "差旅费", "amount": budget}]
            values = {"year": "2026", "event": "年初下达", "basis": "白财预〔2026〕3号", "lines": lines}
            assert self.submit(ACCOUNTANT, "finance.budget", values).done

    def submit(self, by: str, kind: str, values: dict[str, Any], reason: str = "") -> Result:
        return self.office.perform(Act(Verb.SUBMIT, by, kind, values=values, reason=reason))

    def do(self, verb: Verb, by: str, number: str, **values: Any) -> Result:
        return self.office.perform(Act(verb, by, matter=number, values=values, opinion="意见"))

    def ask(self, by: str = CLERK, **more: Any) -> Result:
        values = {
            "purpose": "参加会议", "kind": "会议", "destination": "长春市", "route": "白城—长春—白城",
            "leaves_on": "2026-03-10", "returns_on": "2026-03-12", "event_from": "2026-03-11",
            "event_to": "2026-03-12", "notice": "有通知", "notice_number": "吉网办〔2026〕8号",
        }  # fmt: skip
        return self.submit(by, "travel.trip", values | more)

    def approved(self, by: str = CLERK, signer: str = LEADER, **more: Any) -> str:
        number = number_of(self.ask(by, **more))
        assert self.do(Verb.APPROVE, signer, number).done
        return number

    def claim(self, trip: str, by: str = CLERK, on: date = date(2026, 3, 16), **more: Any) -> Result:
        self.clock.set(datetime.combine(on, datetime.min.time()).replace(hour=9))
        values: dict[str, Any] = {
            "purpose": "参加会议", "trip": trip, "left_on": "2026-03-10", "returned_on": "2026-03-12",
            "report": "已参加", "hosted": "否", "allowance_days": "0", "meals": "0", "local": "0",
        }  # fmt: skip
        return self.submit(by, "travel.claim", values | more)

    def ready_to_pay(self, claim: Result) -> str:
        number = number_of(claim)
        for by, values in STEPS:
            assert self.do(Verb.APPROVE, by, number, **values).done
        return number

    def lend(self, amount: Decimal) -> None:
        values = {"purpose": "设备定金", "kind": "其他公务", "amount": str(amount), "basis": "批准"}
        loan = number_of(self.submit(CLERK, "finance.loan", {**values, "ends_on": "2026-03-05"}))
        assert self.do(Verb.APPROVE, LEADER, loan).done and self.do(Verb.APPROVE, ACCOUNTANT, loan).done
        assert self.do(Verb.PERFORM, CASHIER, loan, method="转账").done


def number_of(result: Result) -> str:
    assert result.matter is not None and result.done, result.verdict.findings
    return result.matter.number


def noted(result: Result) -> list[str]:
    return [each.facts + each.remedy for each in result.verdict.findings if each.level is Level.NOTE]


def ticket(number: str = "G1", on: str = "2026-03-10", amount: str = "50", **more: str) -> dict[str, str]:
    known = {"number": number, "on": on, "origin": "白城", "destination": "长春", "means": "火车", "seat": "硬座"}
    return known | {"amount": amount, "claimed": amount} | more


def stay(number: str = "Z1", nights: str = "2", amount: str = "600", **more: str) -> dict[str, str]:
    known = {"number": number, "place": "长春", "on": "2026-03-10", "nights": nights, "room": "标准间"}
    return known | {"amount": amount, "claimed": amount} | more


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk()
    yield made
    made.office.close()


def test_an_approved_traveller_is_away_from_the_first_to_the_last_day_and_no_longer(desk: Desk) -> None:
    trip = number_of(desk.ask(LEADER))
    assert desk.office.desk.organisation.absence(LEADER, date(2026, 3, 10)) is None
    assert desk.do(Verb.APPROVE, DIRECTOR, trip).done
    organisation = desk.office.desk.organisation
    away = [organisation.absence(LEADER, date(2026, 3, day)) is not None for day in (9, 10, 12, 13)]
    assert away == [False, True, True, False]


@pytest.mark.parametrize(
    ("kind", "last", "away"),
    [("取消公出", "", []), ("提前返回", "2026-03-10", [10]), ("提前返回", "2026-03-11", [10, 11])],
)
def test_who_comes_back_early_or_never_left_is_not_away(desk: Desk, kind: str, last: str, away: list[int]) -> None:
    values = {"trip": desk.approved(LEADER, DIRECTOR), "kind": kind, "reason": "会议缩短"}
    assert desk.submit(LEADER, "travel.back", values | ({"last_day": last} if last else {})).done
    organisation = desk.office.desk.organisation
    assert [day for day in range(8, 15) if organisation.absence(LEADER, date(2026, 3, day))] == away


def test_a_return_is_registered_by_the_traveller_within_the_trip_and_called_off_once(desk: Desk) -> None:
    trip = desk.approved(LEADER, DIRECTOR)
    late = {"trip": trip, "kind": "提前返回", "last_day": "2026-03-13", "reason": "延期"}
    off = {"trip": trip, "kind": "取消公出", "reason": "会议取消"}
    assert clauses(desk.submit(LEADER, "travel.back", late)) == {"general/form"}
    assert clauses(desk.submit(CLERK, "travel.back", off)) == {"general/permission"}
    assert desk.submit(LEADER, "travel.back", off).done
    assert clauses(desk.submit(LEADER, "travel.back", off)) == {"general/closed"}


def test_a_leader_without_a_stand_in_is_told_and_a_clerk_is_not(desk: Desk) -> None:
    assert any("代理" in each and "卢文静" in each for each in noted(desk.ask(LEADER)))
    assert any("白若溪" in each for each in noted(desk.ask(HEAD)))
    assert any("代理" in each for each in noted(desk.ask(CASHIER)))
    assert not noted(desk.ask(CLERK))
    stands_in = {"person": LEADER, "stand_in": FINANCE, "since": "2026-03-10", "until": "2026-03-12"}
    assert desk.submit(DIRECTOR, "core.delegation", {**stands_in, "basis": "主任指定"}).done
    assert not noted(desk.ask(LEADER))


def test_dates_in_the_wrong_order_and_a_route_without_an_end_are_named_together(desk: Desk) -> None:
    result = desk.ask(returns_on="2026-03-09", event_to="2026-03-01", route="长春", kind="培训")
    places = {each.at for each in result.verdict.findings if each.clause.key == "general/form"}
    assert places == {"returns_on", "event_to", "route"}


def test_a_claim_begins_with_the_latest_trip_that_has_none(desk: Desk) -> None:
    first = desk.approved()
    prepare = desk.office.host.matter_types["travel.claim"].prepare
    assert prepare is not None
    assert prepare(desk.office.desk, CLERK, None)["trip"] == first
    assert desk.claim(first).done
    assert prepare(desk.office.desk, CLERK, None) == {}
    duty = next(each for each in desk.office.desk.duties(CLERK) if each.matter == first)
    assert duty.due == date(2026, 3, 27)


@SLOW
@given(st.lists(st.tuples(st.integers(0, 90_000), st.integers(0, 100)), max_size=4), st.integers(0, 3))
def test_what_is_claimed_and_what_is_borne_make_up_the_bills(shares: list[tuple[int, int]], days: int) -> None:
    desk = Desk()
    rows = []
    for at, (fen, percent) in enumerate(shares):
        amount = Decimal(fen) / 100
        rows.append(ticket(f"G{at}", amount=f"{amount}", claimed=f"{fen * percent // 100 / Decimal(100)}"))
    allowed = {"allowance_days": str(days), "meals": str(days * 100), "local": str(days * 80)}
    result = desk.claim(desk.approved(), tickets=rows, **allowed)
    assert result.matter is not None and result.done, result.verdict.findings
    face = sum((Decimal(fen) / 100 for fen, _ in shares), Decimal(0))
    assert result.matter.money("amount") + result.matter.money("borne") == face + days * 180
    desk.office.close()


@SLOW
@given(st.integers(1, 300_000), st.integers(0, 300_000))
def test_a_debtor_is_paid_only_what_goes_beyond_his_loans(claimed: int, lent: int) -> None:
    desk = Desk()
    amount, owed = Decimal(claimed) / 100, Decimal(lent) / 100
    if owed:
        desk.lend(owed)
    number = desk.ready_to_pay(desk.claim(desk.approved(), tickets=[ticket(amount=f"{amount}")]))
    offset = min(amount, owed)
    method = "转账" if amount > owed else "无余额"
    if offset:
        less = desk.do(Verb.PERFORM, CASHIER, number, offset=f"{offset - Decimal('0.01')}", method="转账")
        assert clauses(less) == {"travel/2(b)"}
        assert "travel/2(b)" in clauses(desk.do(Verb.PERFORM, CASHIER, number, offset=f"{offset}", method="现金"))
    assert desk.do(Verb.PERFORM, CASHIER, number, offset=f"{offset}", method=method).done
    books = desk.office.desk
    assert books.total("finance.loans", "amount") == owed - offset
    assert books.total("travel.payments", "paid") == amount - offset
    assert books.total("finance.payments", "amount") == books.total("finance.commitments", "amount") == amount
    desk.office.close()


def test_two_loans_are_set_off_in_the_order_they_were_lent(desk: Desk) -> None:
    desk.lend(Decimal(100))
    desk.lend(Decimal(300))
    number = desk.ready_to_pay(desk.claim(desk.approved(), tickets=[ticket(amount="250")]))
    assert desk.do(Verb.PERFORM, CASHIER, number, offset="250", method="无余额").done
    left = [desk.office.desk.total("finance.loans", "amount", loan=f"借款-2026-000{each}") for each in (1, 2)]
    assert left == [0, 150]


def test_a_bill_paid_as_travel_is_not_reimbursed_again_nor_the_other_way_round(desk: Desk) -> None:
    lines = [{"heading": "办公费", "amount": "5000"}]
    issued = {"year": "2026", "event": "追加", "basis": "白财预〔2026〕4号", "lines": lines}
    assert desk.submit(ACCOUNTANT, "finance.budget", issued).done
    known = {"purpose": "购打印纸", "heading": "办公费", "category": "办公用品", "fund_source": "年度预算"}
    spending = number_of(desk.submit(CLERK, "finance.expenditure", {**known, "amount": "900"}))
    assert desk.do(Verb.APPROVE, LEADER, spending).done
    trip = desk.approved()

    def reimburse(number: str) -> Result:
        bill = {"number": number, "issuer": "铁路", "kind": "正式发票", "amount": "50"}
        more = {"amount": "50", "expenditure": spending, "spent_on": "2026-03-02", "vouchers": [bill]}
        return desk.submit(CLERK, "finance.reimbursement", {**known, **more})

    assert reimburse("A1").done
    assert clauses(desk.claim(trip, tickets=[ticket("a 1")])) == {"travel/flow.4"}
    number = desk.ready_to_pay(desk.claim(trip, tickets=[ticket("B1")]))
    assert desk.do(Verb.PERFORM, CASHIER, number, offset="0", method="转账").done
    assert clauses(reimburse("B1")) == {"finance/9(c)"}


def test_allowances_are_for_the_days_approved_and_hosted_ones_for_days_on_the_way(desk: Desk) -> None:
    trip = desk.approved()
    other = desk.approved("P020")
    four = {"allowance_days": "4", "meals": "400", "local": "320", "returned_on": "2026-03-13"}
    assert clauses(desk.claim(trip, **four)) == {"travel/3(1)"}
    one = {"allowance_days": "1", "meals": "100", "local": "80"}
    two = {"hosted": "是", "allowance_days": "2", "meals": "200", "local": "160"}
    detour = ticket("G3", on="2026-03-12", origin="长春", destination="吉林", claimed="0")
    assert clauses(desk.claim(trip, **two, tickets=[ticket(), detour])) == {"travel/4"}
    paid_by_the_host = ticket("G3", on="2026-03-12", origin="长春", destination="白城", amount="0")
    assert desk.claim(trip, **{**two, **one}, tickets=[ticket(), detour]).done
    number = desk.ready_to_pay(desk.claim(other, "P020", **two, tickets=[ticket(), paid_by_the_host]))
    claim = desk.office.desk.matter(number)
    assert claim is not None and claim.money("amount") == 410


def test_two_claims_on_one_bill_cannot_both_be_paid(desk: Desk) -> None:
    trips = {by: desk.approved(by) for by in (CLERK, "P020")}
    first, second = (desk.ready_to_pay(desk.claim(trip, by, tickets=[ticket()])) for by, trip in trips.items())
    assert desk.do(Verb.PERFORM, CASHIER, first, offset="0", method="转账").done
    assert clauses(desk.do(Verb.PERFORM, CASHIER, second, offset="0", method="转账")) == {"travel/flow.4"}


def test_every_fault_of_a_claim_is_named_at_once_with_its_row(desk: Desk) -> None:
    tickets = [ticket(seat="软卧", claimed="60"), ticket("G2", on="2026-03-20", destination="吉林")]
    result = desk.claim(desk.approved(), tickets=tickets, lodging=[stay(amount="900")], meals="1")
    assert clauses(result) == {
        "general/form", "travel/3(1)", "travel/3(2)", "travel/3(3)(a)", "travel/5(a)", "travel/5(b)"
    }  # fmt: skip
    assert {each.at for each in result.verdict.findings} >= {"tickets.1.standard", "tickets.2.claimed", "meals"}


ONLY_TRAVEL = """
[regulation]
id = "travel"
title = "差旅办法"
family = "travel"

[[clause]]
no = "1"
kind = "approval"
text = "公出由分管领导审批，报销由出纳办理"
[[clause.chain]]
matter = "travel.trip"
steps = [{ by = "supervising-leader", title = "审批" }]
[[clause.chain]]
matter = "travel.claim"
steps = [{ by = "cashier", title = "付款", perform = true, form = "payment" }]
[[clause.rule]]
use = "travel.loan-first"
[[clause.rule]]
use = "travel.within-budget"
[[clause.rule]]
use = "travel.bill-once"

[[clause]]
no = "2"
kind = "limit"
text = "副主任以上按司局级，其余人员按其余一档；补助自定"
[[clause.rule]]
use = "travel.transport-class"
when = { applicant.rank = { at_most = 2 } }
tier = "bureau"
[[clause.rule]]
use = "travel.transport-class"
when = { applicant.rank = { over = 2 } }
[[clause.rule]]
use = "travel.lodging-cap"
when = { applicant.rank = { at_most = 2 } }
tier = "司局级"
[[clause.rule]]
use = "travel.lodging-cap"
when = { applicant.rank = { over = 2 } }
[[clause.rule]]
use = "travel.allowances"
meals = "60.00"
[[clause.setting]]
key = "travel.lodging-caps"
value = ["长春市=350.00", "长春市/司局级=450.00", "白城市=300.00"]
"""


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Callable[[FixedClock], Office]:
    """Baicheng's people in an agency that keeps travel alone, by ranks."""
    config = tmp_path_factory.mktemp("travel") / "config"
    copytree(CONFIG / "national", config / "national")
    copytree(CONFIG / "agencies" / "baicheng", config / "agencies" / "baicheng")
    folder = config / "agencies" / "baicheng"
    for path in (folder / "rulebook").iterdir():
        path.unlink()
    (folder / "rulebook" / "travel.toml").write_text(ONLY_TRAVEL, encoding="utf-8")
    text = (folder / "agency.toml").read_text(encoding="utf-8")
    text = re.sub(r"(?m)^families = .*$", 'families = ["travel"]', text)
    text = re.sub(r'(?m)^clause = ".*"\n', "", text)
    text = re.sub(r"(?ms)^\[(?:reading|left_out)\].*?(?=^\[)", "", text)
    (folder / "agency.toml").write_text(text, encoding="utf-8")
    return office_factory(config, "baicheng")


@pytest.mark.parametrize(
    ("by", "signer", "seat", "night", "done"),
    [
        (LEADER, DIRECTOR, "软卧", "450", True),
        (LEADER, DIRECTOR, "软卧", "450.01", False),
        (CLERK, LEADER, "软卧", "350", False),
        (CLERK, LEADER, "硬卧", "350", True),
        (CLERK, LEADER, "硬卧", "350.01", False),
    ],
)
def test_standards_go_by_rank_where_the_agency_says_so(
    alone: Callable[[FixedClock], Office], by: str, signer: str, seat: str, night: str, done: bool
) -> None:
    desk = Desk(alone)
    trip = desk.approved(by, signer)
    result = desk.claim(trip, by, tickets=[ticket(seat=seat)], lodging=[stay(nights="1", amount=night)])
    assert result.done is done
    assert done or clauses(result) == {"travel/2"}
    desk.office.close()


def test_the_agencys_own_rate_goes_before_the_national_one(alone: Callable[[FixedClock], Office]) -> None:
    desk = Desk(alone)
    trip = desk.approved()
    assert clauses(desk.claim(trip, allowance_days="3", meals="180.01", local="240")) == {"travel/2"}
    assert clauses(desk.claim(trip, allowance_days="3", meals="180", local="240.01")) == {"travel/2"}
    assert desk.claim(trip, allowance_days="3", meals="180", local="240").done
    desk.office.close()


def test_an_agency_without_finance_books_its_travel_alone(alone: Callable[[FixedClock], Office]) -> None:
    desk = Desk(alone)
    claim = desk.claim(desk.approved(), tickets=[ticket(), ticket("G1 ")])
    assert clauses(claim) == {"travel/1"}
    number = number_of(desk.claim("出差-2026-0001", tickets=[ticket()]))
    assert clauses(desk.do(Verb.PERFORM, CASHIER, number, offset="1", method="转账")) == {"travel/1"}
    assert desk.do(Verb.PERFORM, CASHIER, number, offset="0", method="现金").done
    assert desk.office.desk.total("travel.payments", "paid") == 50
    desk.office.close()


def test_places_and_routes_are_read_as_people_write_them() -> None:
    assert figures.stops(" 白城市－长春→北京 — 白城") == ("白城", "长春", "北京", "白城")
    assert figures.place("镇赉县") == "镇赉" and figures.place("郊区") == "郊区"
