"""Money never leaves its budget, its approval or its vouchers, whatever order the acts come in."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.acts import Act, Verb
from core.cases.play import office_factory
from core.days.clock import FixedClock
from core.finding import Level
from core.matter import State
from core.office import Office
from core.verdict import Result
from office_acts import clauses
from plugins.finance import standing

CONFIG = Path(__file__).parent.parent / "config"
CLERK, LEADER, HEAD, ACCOUNTANT, CASHIER = "P019", "P003", "P006", "P008", "P009"
CHECKED = {"legal": True, "valid": True, "verdict": "真实完整"}
FRESH = office_factory(CONFIG, "baicheng")
FEN = st.integers(1, 99_999).map(lambda fen: Decimal(fen) / 100)
SLOW = settings(max_examples=15)


class Desk:
    """An office of Baicheng with a budget of 5,000 yuan for office expenses."""

    def __init__(self, budget: str = "5000") -> None:
        self.clock = FixedClock(datetime(2026, 3, 2, 9))
        self.office: Office = FRESH(self.clock)
        self.add_budget("年初下达", budget)

    def add_budget(self, event: str, amount: str) -> Result:
        lines = [{"heading": "办公费", "amount": amount}]
        values = {"year": "2026", "event": event, "basis": "白财预〔2026〕3号", "lines": lines}
        return self.submit(ACCOUNTANT, "finance.budget", values)

    def submit(self, by: str, kind: str, values: dict[str, Any], reason: str = "另一笔采购") -> Result:
        return self.office.perform(Act(Verb.SUBMIT, by, kind, values=values, reason=reason))

    def do(self, verb: Verb, by: str, number: str, **values: Any) -> Result:
        return self.office.perform(Act(verb, by, matter=number, values=values, opinion="意见"))

    def spend(self, amount: Decimal | str, purpose: str = "购打印纸", **more: Any) -> dict[str, Any]:
        known = {"heading": "办公费", "category": "办公用品", "fund_source": "年度预算"}
        return {"purpose": purpose, "amount": str(amount), **known, **more}

    def apply(self, amount: Decimal | str, **more: Any) -> Result:
        return self.submit(CLERK, "finance.expenditure", self.spend(amount, **more))

    def approved(self, amount: Decimal | str) -> str:
        result = self.apply(amount)
        assert result.matter is not None, result.verdict.findings
        assert self.do(Verb.APPROVE, LEADER, result.matter.number).done
        return result.matter.number

    def claim(
        self, amount: Decimal | str, application: str, *vouchers: tuple[str, Decimal | str], **more: Any
    ) -> Result:
        rows = [
            {"number": number, "issuer": "鹤城纸业", "kind": "正式发票", "amount": str(each)}
            for number, each in vouchers
        ]
        known = {"expenditure": application, "spent_on": "2026-03-02", "vouchers": rows}
        return self.submit(CLERK, "finance.reimbursement", self.spend(amount, **known, **more))

    def pay(self, number: str) -> Result:
        assert self.do(Verb.APPROVE, ACCOUNTANT, number, **CHECKED).done
        assert self.do(Verb.APPROVE, HEAD, number).done
        assert self.do(Verb.APPROVE, LEADER, number).done
        return self.do(Verb.PERFORM, CASHIER, number, method="转账")

    def left(self) -> Decimal:
        return standing.budget_left(self.office.desk, "2026", "办公费")


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk()
    yield made
    made.office.close()


def number_of(result: Result) -> str:
    assert result.matter is not None, [each.facts for each in result.verdict.findings]
    return result.matter.number


@SLOW
@given(st.lists(st.tuples(FEN, st.booleans()), max_size=8))
def test_approvals_in_any_order_never_take_more_than_the_budget(wishes: list[tuple[Decimal, bool]]) -> None:
    desk = Desk("1500")
    waiting = []
    for amount, approve in wishes:
        result = desk.apply(amount)
        if result.matter is None:
            assert amount > desk.left()
        elif approve:
            desk.do(Verb.APPROVE, LEADER, result.matter.number)
        else:
            waiting.append(result.matter.number)
    for number in waiting:
        desk.do(Verb.APPROVE, LEADER, number)
    assert desk.left() >= 0
    desk.office.close()


@SLOW
@given(st.lists(FEN, min_size=1, max_size=5), st.integers(-2, 2))
def test_a_claim_passes_exactly_when_its_vouchers_add_up(amounts: list[Decimal], off: int) -> None:
    desk = Desk()
    total = sum(amounts, Decimal(0))
    claimed = total + Decimal(off) / 100
    if claimed <= 0 or claimed >= 1000:
        desk.office.close()
        return
    application = desk.approved("999.99")
    vouchers = [(f"{at:020d}", amount) for at, amount in enumerate(amounts, 1)]
    result = desk.claim(claimed, application, *vouchers)
    assert result.done is (off == 0)
    assert clauses(result) == (set() if off == 0 else {"finance/9(b)"})
    desk.office.close()


@SLOW
@given(FEN, FEN)
def test_after_the_last_claim_exactly_what_was_paid_is_gone_from_the_budget(approved: Decimal, paid: Decimal) -> None:
    desk = Desk()
    paid = min(approved, paid)
    application = desk.approved(approved)
    assert desk.left() == 5000 - approved
    claim = number_of(desk.claim(paid, application, ("1", paid), final=True))
    assert desk.pay(claim).done
    assert desk.left() == 5000 - paid
    assert clauses(desk.claim("0.01", application, ("2", "0.01"))) == {"finance/6(2)(b)"}
    desk.office.close()


def test_a_released_application_keeps_what_is_under_claim_and_pays_no_more(desk: Desk) -> None:
    application = desk.approved("900")
    running, dropped = (number_of(desk.claim(each, application, (each, each))) for each in ("300", "200"))
    values = {"expenditure": application, "reason": "不再购置"}
    for left in (5000 - 500, 5000 - 500):
        assert desk.submit(ACCOUNTANT, "finance.release", values).done
        assert desk.left() == left
    assert clauses(desk.claim("1", application, ("A2", "1"))) == {"finance/6(2)(b)"}
    assert desk.do(Verb.REJECT, ACCOUNTANT, dropped).done
    assert desk.submit(ACCOUNTANT, "finance.release", values).done
    assert desk.pay(running).done
    assert desk.left() == 5000 - 300


def test_a_second_approval_is_refused_when_the_first_has_taken_the_budget_up(desk: Desk) -> None:
    desk.add_budget("追减", "4000")
    first, second = number_of(desk.apply("700")), number_of(desk.apply("800", purpose="印制宣传册"))
    assert desk.do(Verb.APPROVE, LEADER, first).done
    refused = desk.do(Verb.APPROVE, LEADER, second)
    assert clauses(refused) == {"finance/4(b)"}
    assert "300.00" in refused.verdict.findings[0].facts
    desk.add_budget("追加", "500")
    assert desk.do(Verb.APPROVE, LEADER, second).done


def test_a_rejected_claim_sets_its_vouchers_free_but_a_withheld_one_stays_blocked(desk: Desk) -> None:
    application = desk.approved("900")
    first = number_of(desk.claim("300", application, ("A1", "100"), ("A2", "200")))
    values = {"number": "ａ1", "claim": first, "person": CLERK, "reason": "虚假发票", "reported_to": "P002"}
    assert desk.submit(ACCOUNTANT, "finance.withholding", values).done
    assert desk.do(Verb.REJECT, ACCOUNTANT, first).done
    assert desk.claim("200", application, ("A2", "200")).done
    assert clauses(desk.claim("100", application, ("A1", "100"))) == {"finance/9(g)"}


def test_a_voucher_left_out_on_resubmission_can_be_used_elsewhere(desk: Desk) -> None:
    application = desk.approved("900")
    first = number_of(desk.claim("300", application, ("A1", "100"), ("A2", "200")))
    assert desk.do(Verb.RETURN, ACCOUNTANT, first).done
    assert clauses(desk.claim("100", application, ("A1", "100"))) == {"finance/9(c)"}
    kept = [{"number": "A2", "issuer": "鹤城纸业", "kind": "正式发票", "amount": "200"}]
    changed = {"amount": "200", "vouchers": kept}
    assert desk.office.perform(Act(Verb.RESUBMIT, CLERK, matter=first, values=changed)).done
    assert desk.claim("100", application, ("A1", "100")).done


def test_the_same_number_twice_in_one_claim_is_refused_however_it_is_written(desk: Desk) -> None:
    application = desk.approved("900")
    result = desk.claim("300", application, ("26 11 a", "100"), ("２６１１Ａ", "200"))
    assert clauses(result) == {"finance/9(c)"}


def test_splitting_names_the_earlier_matters_and_stops_at_the_window(desk: Desk) -> None:
    first = number_of(desk.apply("600", supplier="鹤城纸业"))
    values = desk.spend("500", supplier="鹤城纸业", purpose="另购墨盒")
    warned = desk.submit(CLERK, "finance.expenditure", values, reason="")
    assert not warned.done
    assert [first in each.facts for each in warned.verdict.findings if each.level is Level.WARN] == [True]
    desk.clock.set(datetime(2026, 4, 1, 9))
    assert desk.submit(CLERK, "finance.expenditure", values, reason="").done


def test_parts_by_another_section_or_for_another_thing_are_no_splitting(desk: Desk) -> None:
    desk.apply("600", supplier="鹤城纸业")
    other = desk.submit("P024", "finance.expenditure", desk.spend("500", supplier="鹤城纸业"), reason="")
    unlike = desk.submit(CLERK, "finance.expenditure", desk.spend("500", purpose="车位租金"), reason="")
    assert other.done and unlike.done


def test_a_prepared_statement_is_true_and_an_altered_one_is_refused(desk: Desk) -> None:
    application = desk.approved("900")
    desk.pay(number_of(desk.claim("300", application, ("A1", "300"))))
    desk.clock.set(datetime(2026, 4, 2, 9))
    kind = desk.office.host.matter_types["finance.statement"]
    assert kind.prepare is not None
    values = dict(kind.prepare(desk.office.desk, ACCOUNTANT, None))
    assert values["period"] == "2026-03"
    assert values["spent"] == Decimal("300.00")
    altered = desk.submit(ACCOUNTANT, kind.key, {**values, "spent": "299.99"})
    assert clauses(altered) == {"finance/5(2)"}
    assert desk.submit(ACCOUNTANT, kind.key, values).done


def test_a_payment_in_cash_needs_the_cash_to_be_booked(desk: Desk) -> None:
    application = desk.approved("900")
    claim = number_of(desk.claim("300", application, ("A1", "300")))
    for by, values in ((ACCOUNTANT, CHECKED), (HEAD, {}), (LEADER, {})):
        assert desk.do(Verb.APPROVE, by, claim, **values).done
    assert clauses(desk.do(Verb.PERFORM, CASHIER, claim, method="现金")) == {"finance/11(6)"}
    cash = {"purpose": "付货款", "amount": "300", "source": "零余额账户", "account": "零余额账户"}
    drawn = desk.submit(CASHIER, "finance.withdrawal", {**cash, "belongs_to": "本单位", "expenditure": application})
    assert desk.do(Verb.APPROVE, ACCOUNTANT, number_of(drawn)).done
    assert desk.do(Verb.PERFORM, CASHIER, claim, method="现金").done
    assert standing.cash(desk.office.desk) == 0


@pytest.mark.parametrize(("spent", "returned", "done"), [("0", "500", True), ("0", "499", False), ("1", "499", False)])
def test_a_loan_is_settled_by_money_given_back_or_by_a_paid_claim(
    desk: Desk, spent: str, returned: str, done: bool
) -> None:
    values = {"purpose": "设备定金", "kind": "其他公务", "amount": "500", "basis": "审批单", "ends_on": "2026-03-05"}
    loan = number_of(desk.submit(CLERK, "finance.loan", values))
    assert desk.do(Verb.APPROVE, LEADER, loan).done
    assert desk.do(Verb.APPROVE, ACCOUNTANT, loan).done
    assert desk.do(Verb.PERFORM, CASHIER, loan, method="转账").done
    settled = {"loan": loan, "spent": spent, "returned": returned, "form": "转账"}
    result = desk.submit(CLERK, "finance.settlement", settled)
    assert result.done is done
    assert done or clauses(result) == {"finance/11(2)"}


def test_every_refusal_of_a_bad_claim_comes_at_once(desk: Desk) -> None:
    application = number_of(desk.apply("900"))
    rows = [{"kind": "白头单", "amount": "100"}]
    values = desk.spend("1200", expenditure=application, spent_on="2026-03-01", vouchers=rows, credit="是")
    refused = desk.submit(CLERK, "finance.reimbursement", values)
    wanted = {"finance/6(2)(b)", "finance/6(3)(b)", "finance/6(3)(c)", "finance/9(b)", "finance/9(c)"}
    assert wanted <= clauses(refused)
    assert desk.office.desk.matters("finance.reimbursement", state=State.RUNNING) == []
