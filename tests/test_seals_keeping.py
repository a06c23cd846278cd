"""Who has a seal in his hands: stand-ins, handovers, finance seals apart, stopping; whatever order the acts come in."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.acts import Act, Verb
from core.cases.play import office_factory
from core.days.clock import ZONE, FixedClock
from plugins.seals import standing

CONFIG = Path(__file__).parent.parent / "config"
CHARGE, HEAD, DEPUTY, ACCOUNTANT, CASHIER = "P002", "P006", "P007", "P008", "P009"
STOREKEEPER, KEEPER, OTHER = "P010", "P011", "P012"
FEW = settings(max_examples=12)


@pytest.fixture
def desk(seals_module: ModuleType) -> Iterator[Any]:
    found = seals_module.Desk()
    yield found
    found.office.close()


def test_a_stand_in_seals_in_the_name_of_the_keeper(desk: Any) -> None:
    day = date(2026, 3, 9)
    assert desk.hand(KEEPER, "局印章", OTHER, "临时代管", day, day + timedelta(4)).done
    desk.on(day)
    number = desk.approved(1)
    assert desk.clauses(desk.seal(number, 1)) == {"seals/2(a)"}
    sealed = desk.seal(number, 1, OTHER)
    assert sealed.matter is not None
    mark = sealed.matter.course[-1]
    assert (mark.by, mark.on_behalf) == (OTHER, KEEPER)
    desk.on(day + timedelta(7))
    assert desk.seal(desk.approved(1), 1).done


def test_a_stand_in_who_goes_away_too_hands_on_and_the_next_one_seals(desk: Any) -> None:
    day = date(2026, 3, 9)
    assert desk.hand(KEEPER, "局印章", OTHER, "临时代管", day, day + timedelta(4)).done
    desk.on(day)
    assert desk.hand(OTHER, "局印章", DEPUTY, "临时代管", day + timedelta(1), day + timedelta(2)).done
    desk.on(day + timedelta(1))
    number = desk.approved(1)
    assert desk.clauses(desk.seal(number, 1, OTHER)) == {"seals/2(a)"}
    assert desk.seal(number, 1, DEPUTY).done


def test_a_request_to_stop_that_is_refused_frees_the_seal_again(seals_module: ModuleType) -> None:
    office = office_factory(CONFIG, "baicheng")(FixedClock(datetime(2026, 3, 2, 9, tzinfo=ZONE)))
    entry = {"seal": "公章", "kind": "公章", "unit": "secretariat", "custodian": "P011", "fit": True, "place": "秘书科"}
    entry |= {"scope": "公务", "scoped_by": "P006", "origin": "原有"}
    assert office.perform(Act(Verb.SUBMIT, "P006", "seals.seal", values=entry)).done
    stop = {"seal": "公章", "ground": "印章损坏", "note": "印面磨损"}
    asked = office.perform(Act(Verb.SUBMIT, "P012", "seals.stop", values=stop))
    assert asked.matter is not None
    use = {"seal": "公章", "material": "便函", "title": "函", "purpose": "联系", "copies": 1, "place": "单位内"}
    refused = office.perform(Act(Verb.SUBMIT, "P019", "seals.use", values={**use, "blank": False}))
    assert seals_module.Desk.clauses(refused) == {"seals/11(a)"}
    assert office.perform(Act(Verb.REJECT, "P006", matter=asked.matter.number, opinion="尚可使用")).done
    assert office.perform(Act(Verb.SUBMIT, "P019", "seals.use", values={**use, "blank": False})).done
    office.close()


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
    seals_module: ModuleType,
    asked: list[tuple[str, str, str, int, int]],
) -> None:
    desk = seals_module.Desk()
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


def test_a_seal_given_back_early_and_handed_on_is_sealed_with_by_its_new_keeper(desk: Any) -> None:
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
def finance(desk: Any) -> Any:
    assert desk.enter("财务专用章", "财务专用章", ACCOUNTANT).done
    assert desk.enter("法人名章", "法人名章", CASHIER).done
    return desk


def test_a_finance_seal_that_comes_back_between_two_keepings_counts(finance: Any) -> None:
    day = date(2026, 3, 9)
    for since in (day, day + timedelta(5)):
        assert finance.hand(ACCOUNTANT, "财务专用章", STOREKEEPER, "临时代管", since, since + timedelta(2)).done
    filed = finance.hand(CASHIER, "法人名章", ACCOUNTANT, "临时代管", day + timedelta(2), day + timedelta(7))
    assert finance.clauses(filed) == {"seals/2(b)"}
    assert finance.hand(CASHIER, "法人名章", ACCOUNTANT, "临时代管", day, day + timedelta(2)).done


def test_a_finance_seal_that_will_come_back_counts_against_a_handover_for_good(finance: Any) -> None:
    day = date(2026, 3, 2)
    assert finance.hand(ACCOUNTANT, "财务专用章", STOREKEEPER, "临时代管", day, day + timedelta(4)).done
    assert finance.clauses(finance.hand(CASHIER, "法人名章", ACCOUNTANT, "正式移交", day, None)) == {"seals/2(b)"}
    assert finance.hand(CASHIER, "法人名章", KEEPER, "正式移交", day, None).done


def test_two_handovers_under_way_at_once_do_not_meet_in_one_hand(finance: Any) -> None:
    known = {"manner": "正式移交", "taker": STOREKEEPER, "fit": True, "reason": "轮岗", "since": "2026-03-02"}
    numbers = []
    for by, name in ((ACCOUNTANT, "财务专用章"), (CASHIER, "法人名章")):
        filed = finance.submit(by, "seals.handover", {**known, "seal": name})
        assert filed.matter is not None
        assert finance.act(Verb.APPROVE, CHARGE, filed.matter.number).done
        numbers.append(filed.matter.number)
    assert finance.act(Verb.APPROVE, STOREKEEPER, numbers[0]).done
    assert finance.clauses(finance.act(Verb.APPROVE, STOREKEEPER, numbers[1])) == {"seals/2(b)"}


def test_a_seal_handed_on_meanwhile_is_not_taken_over_from_one_who_has_it_no_more(desk: Any) -> None:
    known = {"seal": "局印章", "manner": "正式移交", "fit": True, "reason": "轮岗", "since": "2026-03-02"}
    numbers = []
    for taker in (OTHER, DEPUTY):
        filed = desk.submit(KEEPER, "seals.handover", {**known, "taker": taker})
        assert filed.matter is not None
        assert desk.act(Verb.APPROVE, CHARGE, filed.matter.number).done
        numbers.append(filed.matter.number)
    assert desk.act(Verb.APPROVE, OTHER, numbers[0]).done
    assert desk.clauses(desk.act(Verb.APPROVE, DEPUTY, numbers[1])) == {"seals/3(b)"}
