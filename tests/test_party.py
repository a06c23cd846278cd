"""The Party family: dues that reconcile to the fen, duties told apart by branch, forms that begin with the books."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import where

from core.acts import Act, Verb
from core.days.wording import month_of
from core.desk import ledger_table
from core.office import Office
from core.verdict import Result
from party_office import (
    COLLECTOR,
    DEPUTY,
    GENERAL,
    MEMBERS,
    OTHER_COLLECTOR,
    OTHER_SECRETARY,
    PROBATIONER,
    SECRETARY,
    assess,
    at,
    clauses,
    done,
    enrol,
    file,
    opened,
    owed,
)
from plugins.party import dues, roll
from plugins.party.matters.dues import CHECK, COLLECTION, PUBLICATION, REMITTANCE
from plugins.party.matters.members import APPRAISAL


@pytest.fixture
def office() -> Iterator[Office]:
    found = opened()
    enrol(found)
    yield found
    found.close()


@pytest.mark.parametrize(
    ("category", "income", "expected"),
    [
        (dues.SERVING, "3000.00", "15.00"),
        (dues.SERVING, "3000.01", "30.00"),
        (dues.SERVING, "5000.00", "50.00"),
        (dues.SERVING, "5000.01", "75.00"),
        (dues.SERVING, "10000.00", "150.00"),
        (dues.SERVING, "10000.01", "200.00"),
        (dues.RETIRED, "5000.00", "25.00"),
        (dues.RETIRED, "5000.01", "50.00"),
        (dues.FLAT, "0.00", "0.20"),
        (dues.SERVING, "1001.00", "5.01"),
    ],
)
def test_dues_follow_the_national_tiers_whose_upper_bounds_belong_to_them(
    office: Office, category: str, income: str, expected: str
) -> None:
    assert dues.monthly(office.desk, category, Decimal(income), date(2026, 1, 5)) == Decimal(expected)


MONEY = st.decimals(min_value=Decimal("200.00"), max_value=Decimal("60000.00"), places=2)


@settings(max_examples=12)
@given(incomes=st.lists(MONEY, min_size=1, max_size=4), months=st.integers(1, 3))
def test_what_is_fixed_collected_published_and_passed_on_agrees_to_the_fen(incomes: list[Decimal], months: int) -> None:
    office = opened()
    try:
        people = MEMBERS[: len(incomes)]
        enrol(office, people=people)
        fixed = assess(office, dict(zip(people, incomes, strict=True)))
        for month in range(1, months + 1):
            at(office, date(2026, month, 28))
            assert COLLECTION.prepare is not None
            form = COLLECTION.prepare(office.desk, COLLECTOR, owed(office, "收取党费", "branch-1")[-1])
            done(file(office, COLLECTOR, "party.dues-collection", dict(form)))
        assert office.desk.total("party.dues", "amount") == sum(fixed.values()) * months
        at(office, date(2026, 4, 9))
        quarter = owed(office, "上缴党费", "branch-1")[0]
        assert REMITTANCE.prepare is not None and PUBLICATION.prepare is not None
        form = REMITTANCE.prepare(office.desk, COLLECTOR, quarter)
        assert form["amount"] == sum(fixed.values()) * months
        done(file(office, COLLECTOR, "party.remittance", dict(form)
                  | {"superior": "工委", "receipt": "S-1"}))  # fmt: skip
        assert dues.collected(office.desk, "branch-1", "2026Q1") == dues.remitted(office.desk, "branch-1", "2026Q1")
        shown = PUBLICATION.prepare(office.desk, COLLECTOR, quarter)
        assert {row["person"]: row["amount"] for row in _rows(shown["lines"])} == {
            person: amount * months for person, amount in fixed.items()
        }
        done(file(office, COLLECTOR, "party.dues-publication", dict(shown)))
    finally:
        office.close()


def _rows(value: object) -> tuple[dict[str, object], ...]:
    assert isinstance(value, tuple)
    return value


def test_an_entry_corrected_in_red_can_be_collected_again(office: Office) -> None:
    assess(office, dict.fromkeys(MEMBERS, Decimal("4000.00")))
    row = {"person": SECRETARY, "month": "2026-01", "amount": "40.00", "way": dues.SELF}
    form = {"unit": "branch-1", "period": "2026-01", "day": "2026-01-05", "lines": [row]}
    done(file(office, COLLECTOR, "party.dues-collection", form))
    assert not file(office, COLLECTOR, "party.dues-collection", form).done
    entry = office.desk.entries("party.dues", limit=1)[0]
    red = {"ledger": "party.dues", "number": entry.number, "reason": "记错"}
    corrected = office.perform(Act(Verb.SUBMIT, "P006", "core.correction", values=_titles(office, red)))
    done(corrected)
    assert dues.accounts(office.desk, [SECRETARY]).paid(SECRETARY, "2026-01") == Decimal(0)
    done(file(office, COLLECTOR, "party.dues-collection", form))
    assert dues.accounts(office.desk, [SECRETARY]).paid(SECRETARY, "2026-01") == Decimal("40.00")


def _titles(office: Office, values: dict[str, object]) -> dict[str, object]:
    declared = office.desk.matter_type("core.correction")
    assert declared is not None
    keys = [blank.key for blank in declared.fields]
    return dict(zip(keys, values.values(), strict=False))


def test_a_collector_hands_nothing_over_but_passes_on_what_he_holds(office: Office) -> None:
    assess(office, dict.fromkeys(MEMBERS, Decimal("4000.00")))
    row = {"person": SECRETARY, "month": "2026-01", "amount": "40.00", "way": dues.SELF}
    form = {"unit": "branch-1", "period": "2026-01", "day": "2026-01-05", "lines": [row]}
    done(file(office, COLLECTOR, "party.dues-collection", form))
    in_hand = [each for each in office.desk.holdings(COLLECTOR) if each.what == "代收党费"]
    assert [(each.title, each.settle) for each in in_hand] == [("第一党支部代收党费 40.00 元", True)]
    passed_on = {"unit": "branch-1", "period": "2026Q1", "amount": "40.00", "superior": "工委", "receipt": "S-1"}
    done(file(office, COLLECTOR, "party.remittance", passed_on))
    assert not [each for each in office.desk.holdings(COLLECTOR) if each.what == "代收党费"]


def test_a_quarter_in_which_nothing_came_in_is_closed_with_nought_and_a_full_one_only_once(office: Office) -> None:
    nought = {"unit": "branch-2", "period": "2026Q1", "amount": "0", "superior": "工委", "receipt": "无"}
    done(file(office, OTHER_COLLECTOR, "party.remittance", nought))
    assess(office, dict.fromkeys(MEMBERS, Decimal("4000.00")))
    row = {"person": SECRETARY, "month": "2026-01", "amount": "40.00", "way": dues.SELF}
    form = {"unit": "branch-1", "period": "2026-01", "day": "2026-01-05", "lines": [row]}
    done(file(office, COLLECTOR, "party.dues-collection", form))
    full = nought | {"unit": "branch-1", "amount": "40.00"}
    done(file(office, COLLECTOR, "party.remittance", full))
    assert clauses(file(office, COLLECTOR, "party.remittance", full | {"amount": "0"})) == {"party-building/ch7.3(d)"}


def test_whoever_has_not_paid_is_listed_with_his_months_in_a_row(office: Office) -> None:
    assess(office, dict.fromkeys(MEMBERS, Decimal("4000.00")))
    at(office, date(2026, 3, 2))
    done(file(office, COLLECTOR, "party.dues-collection", {
        "unit": "branch-1", "period": "2026-03", "day": "2026-03-02",
        "lines": [{"person": SECRETARY, "month": "2026-03", "amount": "40.00", "way": dues.SELF}],
    }))  # fmt: skip
    assert CHECK.prepare is not None
    at(office, date(2026, 4, 9))
    duty = [each for each in owed(office, "核对党费交纳", "branch-1") if each.period == "2026-03"]
    lines = {row["person"]: row["months"] for row in _rows(CHECK.prepare(office.desk, COLLECTOR, duty[0])["lines"])}
    assert lines == {DEPUTY: 3, COLLECTOR: 3, PROBATIONER: 3}
    done(file(office, COLLECTOR, "party.dues-check", dict(CHECK.prepare(office.desk, COLLECTOR, duty[0]))))
    (talk,) = (each for each in office.desk.duties() if each.title == "对未交党费的批评教育")
    assert talk.owners == (SECRETARY,)


def test_the_form_of_the_appraisal_begins_with_every_member_of_the_branch(office: Office) -> None:
    at(office, date(2026, 11, 20))
    assert APPRAISAL.prepare is not None
    (duty,) = owed(office, "民主评议党员", "branch-1")
    form = APPRAISAL.prepare(office.desk, SECRETARY, duty)
    assert [row["person"] for row in _rows(form["lines"])] == list(MEMBERS)
    assert (form["unit"], form["period"]) == ("branch-1", "2026")


def collected(office: Office, by: str, unit: str, *months: str, **row: str) -> Result:
    """One member's dues taken in today."""
    rows = [{"way": dues.SELF, "amount": "40.00", **row, "month": month} for month in months]
    today = office.desk.day
    form = {"unit": unit, "period": month_of(today), "day": today.isoformat(), "lines": rows}
    return file(office, by, "party.dues-collection", form)


def test_a_member_who_moves_in_mid_month_pays_that_month_once_wherever_he_pays(office: Office) -> None:
    assess(office, dict.fromkeys(MEMBERS, Decimal("4000.00")))
    at(office, date(2026, 3, 10))
    done(collected(office, COLLECTOR, "branch-1", "2026-03", person=DEPUTY))
    at(office, date(2026, 3, 16))
    enrol(office, "branch-2", OTHER_COLLECTOR, (OTHER_COLLECTOR,))
    for person in (DEPUTY, PROBATIONER):
        enrol(office, "branch-2", OTHER_COLLECTOR, (person,))
        assert clauses(collected(office, COLLECTOR, "branch-1", "2026-03", person=person)) >= {
            "party-building/ch7.1(a)"
        }
    again = collected(office, OTHER_COLLECTOR, "branch-2", "2026-03", person=DEPUTY)
    assert clauses(again) == {"party-building/ch7.3(b)"}
    done(collected(office, OTHER_COLLECTOR, "branch-2", "2026-03", person=PROBATIONER))
    assert COLLECTION.prepare is not None
    begun = COLLECTION.prepare(office.desk, OTHER_COLLECTOR, None)
    assert (begun["unit"], [row["person"] for row in _rows(begun["lines"])]) == ("branch-2", [])
    sums = [dues.collected(office.desk, unit, "2026Q1") for unit in ("branch-1", "branch-2")]
    assert sums == [Decimal("40.00"), Decimal("40.00")]
    at(office, date(2026, 4, 8))
    begun = COLLECTION.prepare(office.desk, OTHER_COLLECTOR, None)
    assert {row["person"] for row in _rows(begun["lines"])} == {DEPUTY, PROBATIONER}


def test_six_months_count_across_a_year_and_a_part_paid_back_breaks_them() -> None:
    office = opened(date(2025, 8, 4))
    enrol(office)
    rows = [{"person": PROBATIONER, "category": dues.SERVING, "income": "4000.00", "monthly": "40.00"}]
    for year, day in (("2025", date(2025, 8, 4)), ("2026", date(2026, 1, 5))):
        at(office, day)
        lines = [row | {"month": f"{year}-{day.month:02d}"} for row in rows]
        done(file(office, COLLECTOR, "party.dues-assessment", {"unit": "branch-1", "period": year, "lines": lines}))
    lapse = {"person": PROBATIONER, "unit": "branch-1", "good_reason": False, "content": "六个月没有交纳"}
    assert clauses(file(office, COLLECTOR, "party.dues-lapse", lapse)) == {"party-building/ch7.7(b)"}
    at(office, date(2026, 2, 3))
    member = roll.member(office.desk, PROBATIONER)
    assert member is not None and dues.accounts(office.desk, [PROBATIONER]).unpaid_run(member, "2026-01") == 6
    back = {"person": PROBATIONER, "unit": "branch-1", "way": dues.LATE, "first": "2025-10", "last": "2025-11"}
    asked = done(file(office, PROBATIONER, "party.dues-consent", back | {"content": "外派"})).matter
    assert asked is not None
    done(office.perform(Act(Verb.APPROVE, SECRETARY, matter=asked.number)))
    late = {"person": PROBATIONER, "way": dues.LATE, "consent": asked.number}
    assert clauses(collected(office, COLLECTOR, "branch-1", "2025-11", **late | {"amount": "20.00"}))
    done(collected(office, COLLECTOR, "branch-1", "2025-10", "2025-11", **late))
    assert dues.accounts(office.desk, [PROBATIONER]).unpaid_run(member, "2026-01") == 2
    assert clauses(file(office, COLLECTOR, "party.dues-lapse", lapse)) == {"party-building/ch7.7(b)"}
    office.close()


def test_a_line_of_the_roll_reversed_in_red_no_longer_counts(office: Office) -> None:
    enrol(office, "branch-2", OTHER_COLLECTOR, (DEPUTY,))
    assert [each.person for each in roll.roll(office.desk, "branch-2")] == [DEPUTY]
    wrong = office.desk.entries(roll.MEMBERS, limit=1)[0]
    red = {"ledger": roll.MEMBERS, "number": wrong.number, "reason": "没有转出"}
    done(office.perform(Act(Verb.SUBMIT, "P006", "core.correction", values=_titles(office, red))))
    assert roll.roll(office.desk, "branch-2") == []
    assert {each.person for each in roll.roll(office.desk, "branch-1")} == set(MEMBERS)


def test_a_members_month_is_looked_up_by_both_at_once(office: Office) -> None:
    asked = (where("values")["person"] == SECRETARY) & (where("values")["month"] == "2026-01")
    (plan,) = office.store.table(ledger_table("party.dues")).explain(asked, descending=True)
    assert plan.count("=?") == 2


def test_an_election_changes_the_posts_of_its_branch_alone(office: Office) -> None:
    post, held = "branch-secretary", office.desk.organisation.holders
    form = {"unit": "branch-1", "day": "2026-01-05", "due": len(MEMBERS), "present": len(MEMBERS)}
    lines = [{"person": DEPUTY, "post": post, "votes_for": 3}, {"person": COLLECTOR, "post": post, "votes_for": 3}]
    filed = done(file(office, COLLECTOR, "party.election", form | {"lines": lines[:1]})).matter
    assert filed is not None and held(post, office.desk.day, "branch-1") == (SECRETARY,)
    done(office.perform(Act(Verb.APPROVE, GENERAL, matter=filed.number)))
    organisation = office.desk.organisation
    assert organisation.holders(post, office.desk.day, "branch-1") == (DEPUTY,)
    assert organisation.holders(post, date(2026, 1, 4), "branch-1") == (SECRETARY,)
    assert organisation.holders(post, office.desk.day, "branch-2") == (OTHER_SECRETARY,)
    assert organisation.holders("organisation-commissioner", office.desk.day, "branch-1") == ()


@given(day=st.dates(date(2000, 1, 1), date(2090, 12, 31)), years=st.integers(0, 9), months=st.integers(0, 30))
def test_so_many_years_later_is_the_same_day_or_the_last_of_its_month(day: date, years: int, months: int) -> None:
    later = roll.years_after(day, years, months)
    count = (later.year - day.year) * 12 + later.month - day.month
    assert count == years * 12 + months
    assert later.day == min(day.day, monthrange(later.year, later.month)[1])


@given(st.integers(0, 9999), st.integers(1, 12))
def test_months_are_counted_and_named_back(year: int, month: int) -> None:
    name = f"{year:04d}-{month:02d}"
    assert roll.month_named(roll.numbered(name)) == name


@pytest.mark.parametrize("wrong", ["2026-13", "2026-0", "26-01", "2026/01", "", "二〇二六-01"])
def test_what_is_no_month_is_said_to_be_none(wrong: str) -> None:
    with pytest.raises(ValueError, match="不是月份"):
        roll.numbered(wrong)
