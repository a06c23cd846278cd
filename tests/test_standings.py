"""At a glance: where each seal is, what everybody has studied, who answers for fire safety, who is behind with dues."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from core.acts import Act, Verb
from core.cases.play import office_factory
from core.days.clock import ZONE, FixedClock
from core.days.terms import Term
from core.office import Office
from plugins.fire import figures as fire
from plugins.fire.overviews import answering, facilities
from plugins.party.overviews import paid_up
from plugins.seals.overviews import seals
from plugins.study import figures as study
from plugins.study.overviews import standings

CONFIG = Path(__file__).parent.parent / "config"
YEAR = Term.read("2026")
HEAD, LEADER, CHARGE, KEEPER, CLERK, COLLECTOR = "P006", "P003", "P002", "P011", "P015", "P015"
STOREKEEPER, MEMBER, OTHER = "P010", "P013", "P017"


@pytest.fixture
def office() -> Iterator[Office]:
    found = office_factory(CONFIG, "lucheng")(FixedClock(datetime(2026, 3, 2, 9, tzinfo=ZONE)))
    yield found
    found.close()


def filed(office: Office, by: str, kind: str, /, **values: Any) -> str:
    result = office.perform(Act(Verb.SUBMIT, by, kind, values=values))
    assert result.done and result.matter is not None, [finding.facts for finding in result.verdict.findings]
    return result.matter.number


def lines(found: Iterator[Mapping[str, Any]], **values: Any) -> list[Mapping[str, Any]]:
    return [line for line in found if all(line.get(key) == value for key, value in values.items())]


def test_a_seal_that_is_out_is_shown_in_the_hands_it_is_in_and_overdue_from_the_next_day(
    seals_module: ModuleType,
) -> None:
    desk = seals_module.Desk()
    use = desk.approved(2, place="外带")
    taken = {"use": use, "purpose": "签约", "place": "会展中心", "leaves_on": "2026-03-02", "returns_on": "2026-03-03"}
    outing = desk.submit(CLERK, "seals.outing", taken).matter.number
    (kept,) = seals(desk.office.desk, YEAR)
    assert (kept["state"], kept["holder"], kept["impressions"]) == ("在用", KEEPER, 0)
    assert desk.act(Verb.APPROVE, CHARGE, outing).done and desk.act(Verb.PERFORM, KEEPER, outing).done
    assert desk.seal(use, 2).done
    desk.on(date(2026, 3, 3))
    (out,) = seals(desk.office.desk, YEAR)
    assert (out["state"], out["holder"], out["out"], out["impressions"]) == ("外带", CLERK, outing, 2)
    desk.on(date(2026, 3, 5))
    (late,) = seals(desk.office.desk, Term.read("2026-04"))
    assert (late["state"], late["overdue"], late["custodian"], late["impressions"]) == ("逾期未还", 2, KEEPER, 0)
    desk.office.close()


def test_everybodys_study_is_what_each_is_told_himself(office: Office) -> None:
    hours = [
        {"person": MEMBER, "course": "数字经济", "hours": 50},
        {"person": OTHER, "course": "数字经济", "hours": 20},
    ]
    filed(office, HEAD, "study.online", period="2026", source="网络学堂", rows=hours)
    shown = list(standings(office.desk, Term.read("2026Q1")))
    for person in study.staff(office.desk.organisation, office.desk.day):
        own = [(row["item"], row["done"], row["missing"]) for row in study.owed(office.desk, person, "2026")]
        assert [(row["item"], row["done"], row["missing"]) for row in shown if row["person"] == person] == own
    (done,) = lines(iter(shown), person=MEMBER, item="网络学时")
    (behind,) = lines(iter(shown), person=OTHER, item="网络学时")
    assert (done["state"], behind["state"], behind["missing"]) == ("已完成", "还差", 30)
    assert [row["person"] for row in shown].index(OTHER) < [row["person"] for row in shown].index(MEMBER)


def test_the_tree_of_those_who_answer_names_what_nobody_answers_for(office: Office) -> None:
    named = {"duties": "按责任书履行", "since": "2026-03-02"}
    for level, unit, person, place in (
        (fire.OF_UNIT, "office", HEAD, ""),
        (fire.OF_POST, "office", KEEPER, "档案室"),
        (fire.OF_POST, "office", KEEPER, "会议室"),
    ):
        filed(office, HEAD, "fire.responsibility", level=level, unit=unit, person=person, place=place, **named)
    tree: list[Any] = list(answering(office.desk, YEAR))
    assert [row["state"] for row in lines(iter(tree), level=fire.RESPONSIBLE)] == ["还没有人负责"]
    at = tree.index(lines(iter(tree), level=fire.OF_UNIT, unit="office")[0])
    assert [row["place"] for row in tree[at + 1 : at + 3]] == ["档案室", "会议室"]
    assert all(row["level"].startswith("　") and row["person"] == KEEPER for row in tree[at + 1 : at + 3])
    assert [row["state"] for row in lines(iter(tree), place="机房")] == ["还没有人负责"]


def test_a_facility_is_shown_where_it_stands_and_when_it_falls_due(office: Office) -> None:
    common = {"kind": "灭火器", "type": "干粉", "unit": "office", "person": STOREKEEPER, "upkeep": "每月查看"}
    for number, made in (("MH-01", "2025-01-10"), ("MH-02", "2021-04-10"), ("MH-03", "2024-05-01")):
        filed(office, HEAD, "fire.facility", number=number, place="走廊", made_on=made, **common)
    first = office.desk.matters("fire.facility", number="MH-01")[0].number
    lent = {"place": "会议室", "unit": "office", "person": KEEPER, "moved_on": "2026-03-02", "back_by": "2026-03-09"}
    filed(office, HEAD, "fire.move", facility=first, reason="会议期间", **lent)
    shown = list(facilities(office.desk, Term.read("2026H1")))
    assert [(row["number"], row["state"]) for row in shown] == [
        ("MH-02", "这一段到期"),
        ("MH-03", "在用"),
        ("MH-01", "借用中"),
    ]
    assert (shown[2]["place"], shown[2]["person"]) == ("会议室", KEEPER)
    assert shown[0]["service_by"] == date(2026, 4, 10)


def test_whoever_is_behind_with_his_dues_stands_first_and_the_sums_agree_with_the_book(office: Office) -> None:
    rows = [{"person": each, "standing": "正式党员", "since": "2015-07-01"} for each in (MEMBER, OTHER)]
    filed(office, COLLECTOR, "party.roll", unit="branch-1", lines=rows)
    fixed = [{"person": each, "category": "在职", "income": "4000.00", "monthly": "40.00"} for each in (MEMBER, OTHER)]
    filed(office, COLLECTOR, "party.dues-assessment", unit="branch-1", period="2026", lines=fixed)
    paid = [{"person": MEMBER, "month": "2026-03", "amount": "40.00", "way": "本人按月"}]
    filed(office, COLLECTOR, "party.dues-collection", unit="branch-1", period="2026-03", day="2026-03-02", lines=paid)
    first, second = paid_up(office.desk, YEAR)
    assert (first["person"], first["owed"], first["rest"], first["missing"]) == (OTHER, Decimal(120), Decimal(120), 3)
    assert (second["paid"], second["rest"], second["missing"]) == (Decimal(40), Decimal(80), 2)
    whole = sum(line["paid"] for line in paid_up(office.desk, YEAR) if isinstance(line["paid"], Decimal))
    assert whole == office.desk.total("party.dues", "amount")
    (alone, _) = paid_up(office.desk, Term.read("2026-03"))
    assert (alone["person"], alone["owed"]) == (OTHER, Decimal(40))
