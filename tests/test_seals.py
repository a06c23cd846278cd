"""The book of impressions: every line is covered by an approval, every approval by its lines, and a year is bound."""

from collections.abc import Iterator
from datetime import date
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.acts import Act, Verb
from plugins.seals import standing
from plugins.seals.matters.books import STATEMENT, VOLUME
from plugins.seals.reckoning import UNAPPROVED, UNUSED

CHARGE, LEADER, HEAD, KEEPER, CLERK, COLLEAGUE = "P002", "P003", "P006", "P011", "P015", "P016"
FEW = settings(max_examples=12)


@pytest.fixture
def desk(seals_module: ModuleType) -> Iterator[Any]:
    found = seals_module.Desk()
    yield found
    found.office.close()


def test_a_book_that_agrees_with_its_approvals_has_nothing_to_state(desk: Any) -> None:
    assert desk.seal(desk.approved(3), 3).done
    desk.apply(5)
    assert desk.found() == set()
    assert desk.state().done


def test_every_seeded_discrepancy_is_stated_and_nothing_else(desk: Any) -> None:
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
        (UNUSED, short, "局印章", 2),
        (UNAPPROVED, urgent, "局印章", 1),
        (UNAPPROVED, "登记簿第 6 行", "局印章", 1),
        (UNAPPROVED, unsigned, "局印章", 2),
        (UNAPPROVED, honest, "局印章", 3),
        (UNAPPROVED, short, "党组印章", 1),
        (UNAPPROVED, "用印-2026-9999", "局印章", 1),
    }


def test_the_prepared_statement_is_accepted_and_one_that_hides_a_line_is_refused(desk: Any) -> None:
    desk.smuggle("局印章", 1, "")
    desk.approved(2)
    assert STATEMENT.prepare is not None
    prepared: dict[str, Any] = dict(STATEMENT.prepare(desk.office.desk, HEAD, None))
    for hidden in range(2):
        rows = [row for at, row in enumerate(prepared["rows"]) if at != hidden]
        refused = desk.submit(HEAD, "seals.statement", {**prepared, "rows": rows})
        assert desk.clauses(refused) == {"seals/8(a)"}
    assert desk.submit(HEAD, "seals.statement", prepared).done


def test_a_use_beforehand_that_the_leader_then_refuses_stays_without_approval(desk: Any) -> None:
    number = desk.apply(2)
    assert desk.seal_first(number, 2).done
    assert desk.found() == {(UNAPPROVED, number, "局印章", 2)}
    assert desk.act(Verb.REJECT, LEADER, number).done
    assert desk.found() == {(UNAPPROVED, number, "局印章", 2)}


def test_a_use_beforehand_agrees_once_it_is_signed(desk: Any) -> None:
    number = desk.apply(2)
    assert desk.seal_first(number, 2).done
    assert desk.act(Verb.APPROVE, LEADER, number).done
    assert desk.found() == set()
    (line,) = desk.office.desk.entries(standing.IMPRESSIONS)
    assert line.values["remark"] == "先行用印"


def test_an_approval_is_used_once_however_few_impressions_were_made(desk: Any) -> None:
    number = desk.approved(3)
    assert desk.seal(number, 1).done
    assert not desk.seal(number, 2).done
    assert standing.printed(desk.office.desk, number, "局印章") == 1


def test_an_approval_of_december_may_be_used_in_january(desk: Any) -> None:
    desk.on(date(2026, 12, 31))
    number = desk.approved(2)
    assert desk.found() == {(UNUSED, number, "局印章", 2)}
    desk.on(date(2027, 1, 4))
    assert desk.seal(number, 2).done
    assert desk.found() == set()
    assert desk.found("2027") == set()


def test_impressions_over_two_years_count_together_against_one_approval(desk: Any) -> None:
    desk.on(date(2026, 12, 31))
    number = desk.approved(2)
    assert desk.seal(number, 2).done
    desk.on(date(2027, 1, 4))
    desk.smuggle("局印章", 1, number)
    assert desk.found() == set()
    assert desk.found("2027") == {(UNAPPROVED, number, "局印章", 1)}


def test_numbers_run_through_the_year_and_none_is_given_twice(desk: Any) -> None:
    assert desk.seal(desk.approved(3), 3).done
    assert desk.submit(HEAD, "core.correction", {"ledger": "用印登记簿", "entry": 1, "reason": "记错"}).done
    assert desk.seal(desk.approved(1), 1).done
    desk.on(date(2027, 1, 4))
    assert desk.seal(desk.approved(2), 2).done
    lines = [each for each in reversed(desk.office.desk.entries(standing.IMPRESSIONS)) if not each.corrects]
    assert [each.values["numbers"] for each in lines] == ["2026-0001至0003", "2026-0004", "2027-0001至0002"]


@FEW
@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 5), st.booleans()), max_size=5))
def test_whatever_was_done_the_statement_accounts_for_every_impression(
    seals_module: ModuleType, uses: list[tuple[int, int, bool]]
) -> None:
    desk = seals_module.Desk()
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


def test_a_seal_that_is_out_comes_back_with_as_many_impressions_as_are_booked(desk: Any) -> None:
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
    (owed,) = desk.office.desk.duties_from(outing.matter.number)
    assert owed.owners == (CLERK,) and desk.office.desk.filers(owed) == (KEEPER,)
    assert owed in desk.office.desk.duties(CLERK) and owed in desk.office.desk.duties(KEEPER)
    told = desk.office.perform(Act(Verb.DISCHARGE, CLERK, target=owed.key, opinion="已还")).verdict.findings
    assert [each.remedy for each in told] == ["请由戚远航（办公室科员）填写《印章归还登记》，提交后自动办结"]
    back = {"outing": outing.matter.number, "condition": "完好"}
    assert desk.clauses(desk.submit(KEEPER, "seals.return", {**back, "count": 4})) == {"seals/7(c)"}
    assert desk.submit(KEEPER, "seals.return", {**back, "count": 2}).done
    assert desk.clauses(desk.seal(number, 3)) == {"seals/7(a)"}
    assert desk.seal(number, 2).done
    assert desk.found() == {(UNUSED, number, "局印章", 1)}
    assert desk.office.desk.entries(standing.IMPRESSIONS)[0].values["remark"] == "外带"


def test_a_year_is_bound_by_a_statement_that_still_holds(desk: Any) -> None:
    number = desk.approved(1)
    assert desk.state().done
    assert desk.seal(number, 1).done
    desk.on(date(2027, 1, 5))
    assert VOLUME.prepare is not None
    stale = {**VOLUME.prepare(desk.office.desk, KEEPER, None), "place": "档案室"}
    assert desk.clauses(desk.submit(KEEPER, "seals.volume", stale)) == {"seals/8(b)"}
    assert STATEMENT.prepare is not None
    duty = next(each for each in desk.office.desk.duties(HEAD) if each.evidence == "seals.volume")
    assert desk.submit(HEAD, "seals.statement", dict(STATEMENT.prepare(desk.office.desk, HEAD, duty))).done
    fresh = {**VOLUME.prepare(desk.office.desk, KEEPER, duty), "place": "档案室"}
    filed = desk.submit(KEEPER, "seals.volume", fresh)
    assert filed.matter is not None
    assert desk.act(Verb.FILE, HEAD, filed.matter.number).done
    assert duty.key not in {each.key for each in desk.office.desk.duties()}
