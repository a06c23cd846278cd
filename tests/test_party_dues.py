"""Party dues entered wrongly: twice, too early, for a period there is not, less than is owed without approval."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from core.office import Office
from core.verdict import Result
from party_office import COLLECTOR, DEPUTY, MEMBERS, PROBATIONER, SECRETARY, at, clauses, done, enrol, file, opened
from plugins.party import dues
from plugins.party.matters.dues import COLLECTION


@pytest.fixture
def office() -> Iterator[Office]:
    found = opened()
    enrol(found)
    yield found
    found.close()


def fix(office: Office, monthly: str, **more: str) -> Result:
    """Fixes what the secretary owes, whose income is 6000 yuan where nothing else is said."""
    row = {"person": SECRETARY, "category": dues.SERVING, "income": "6000", "monthly": monthly, **more}
    return file(office, COLLECTOR, "party.dues-assessment", {"unit": "branch-1", "period": "2026", "lines": [row]})


def collect(office: Office, month: str, day: str) -> Result:
    row = {"person": SECRETARY, "month": month, "amount": "90.00", "way": dues.SELF}
    form = {"unit": "branch-1", "period": month, "day": day, "lines": [row]}
    return file(office, COLLECTOR, "party.dues-collection", form)


def test_what_was_fixed_is_fixed_anew_only_for_months_not_yet_paid(office: Office) -> None:
    done(fix(office, "90.00"))
    assert clauses(fix(office, "90.00")) == {"party-building/ch7.3(a)"}
    at(office, date(2026, 3, 10))
    done(collect(office, "2026-03", "2026-03-10"))
    back = fix(office, "120.00", income="8000", month="2026-03")
    assert "2026年4月" in next(finding.remedy for finding in back.verdict.findings if finding.at.endswith("month"))
    done(fix(office, "120.00", income="8000", month="2026-04"))
    books = dues.accounts(office.desk, [SECRETARY])
    assert [books.fixed(SECRETARY, month) for month in ("2026-03", "2026-04")] == [Decimal(90), Decimal(120)]


def test_whoever_was_left_out_of_the_years_assessment_is_named(office: Office) -> None:
    (note,) = (finding.facts for finding in done(fix(office, "90.00")).verdict.findings)
    names = {each: office.desk.organisation.name(each) in note for each in MEMBERS}
    assert names == {SECRETARY: False, DEPUTY: True, COLLECTOR: True, PROBATIONER: True}


def test_less_is_owed_only_with_the_superiors_approval_and_whoever_is_let_off_is_not_behind(office: Office) -> None:
    assert clauses(fix(office, "0.00")) == {"party-building/ch7.3(a)"}
    assert clauses(fix(office, "0.00", category=dues.REDUCED)) == {"party-building/ch7.3(a)"}
    assert clauses(fix(office, "90.00", category=dues.REDUCED, approval="批〔2026〕3号")) == {"party-building/ch7.3(a)"}
    done(fix(office, "0.00", category=dues.REDUCED, approval="批〔2026〕3号"))
    at(office, date(2026, 3, 10))
    assert dues.unpaid_lines(office.desk, "branch-1", "2026-02") == []
    assert COLLECTION.prepare is not None
    assert COLLECTION.prepare(office.desk, COLLECTOR, None)["lines"] == ()


def test_dues_are_not_taken_on_a_day_to_come_nor_in_a_quarter_that_is_passed_on(office: Office) -> None:
    done(fix(office, "90.00"))
    assert clauses(collect(office, "2026-01", "2026-01-31")) == {"general/form"}
    done(collect(office, "2026-01", "2026-01-05"))
    at(office, date(2026, 4, 8))
    remitted = {"unit": "branch-1", "period": "2026Q1", "amount": "90.00", "superior": "机关工委", "receipt": "1"}
    done(file(office, COLLECTOR, "party.remittance", remitted))
    assert clauses(collect(office, "2026-03", "2026-03-31")) == {"party-building/ch7.3(b)"}


@pytest.mark.parametrize(
    ("kind", "period", "more"),
    [
        ("party.remittance", "2026Q5", {"amount": "0.00", "superior": "机关工委", "receipt": "1"}),
        ("party.remittance", "2026Q4", {"amount": "0.00", "superior": "机关工委", "receipt": "1"}),
        ("party.remittance", "2026-01", {"amount": "0.00", "superior": "机关工委", "receipt": "1"}),
        ("party.dues-check", "2026-01", {}),
        ("party.dues-check", "2026-1", {}),
        ("party.dues-check", "一月", {}),
        ("party.dues-publication", "2026Q2", {}),
    ],
)
def test_no_account_is_given_of_a_period_that_there_is_not_or_that_is_to_come(
    office: Office, kind: str, period: str, more: dict[str, str]
) -> None:
    result = file(office, COLLECTOR, kind, {"unit": "branch-1", "period": period, **more})
    assert not result.done
    assert {finding.at for finding in result.verdict.findings} == {"period"}
