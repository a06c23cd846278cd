"""Leaving: whatever a leaver holds is listed with who takes it over, and nobody leaves before."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core.acts import Act, Verb
from core.records import Duty, Holding
from office_acts import clauses
from tui.commandline.dispatch import run


def leave(sample: Any, person: str, post: str) -> Any:
    return sample.submit("P3", "core.departure", person=person, post=post, last_day="2026-03-31", basis="调离")


def hand_over(sample: Any, person: str, *items: tuple[str, str], by: str = "", supervisor: str = "P1") -> Any:
    rows = [{"编号": item, "接收人": receiver} for item, receiver in items]
    return sample.submit(by or person, "core.handover", person=person, supervisor=supervisor, items=rows)


def keys(sample: Any, person: str) -> dict[str, str]:
    return {each.key: each.what for each in sample.office.desk.holdings(person)}


def test_a_person_holds_what_waits_on_him_alone_what_he_asked_for_and_what_he_owes(sample: Any) -> None:
    waiting, own = sample.filed(), sample.submit("P5", purpose="茶叶", amount="90").matter.number
    assert keys(sample, "P5") == {waiting: "等待办理", own: "本人申请"}
    assert keys(sample, "P6") == {waiting: "本人申请"}
    for verb, by in ((Verb.APPROVE, "P5"), (Verb.APPROVE, "P2")):
        sample.act(verb, by, waiting)
    sample.act(Verb.PERFORM, "P4", waiting, values={"支票号": "A-1"})
    assert list(keys(sample, "P6").values()) == ["例行事项"]


def test_a_duty_of_the_post_passes_with_the_post_until_it_is_overdue(sample: Any) -> None:
    sample.on(2026, 4, 6)
    assert "例行事项" not in keys(sample, "P3").values()
    sample.on(2026, 4, 20)
    assert "例行事项" in keys(sample, "P3").values()


def test_nobody_leaves_while_he_holds_something_that_no_handover_covers(sample: Any) -> None:
    number = sample.filed()
    refused = leave(sample, "P6", "clerk")
    assert clauses(refused) == {"general/handover"} and number in refused.verdict.findings[0].facts
    assert hand_over(sample, "P6", (number, "P5")).done
    assert leave(sample, "P6", "clerk").done


def test_one_who_holds_nothing_leaves_at_once(sample: Any) -> None:
    assert leave(sample, "P6", "clerk").done


def test_one_who_keeps_another_post_hands_over_nothing_yet(sample: Any) -> None:
    sample.filed()
    sample.submit("P3", "core.appointment", person="P6", post="cashier", unit="office", since="2026-03-02", basis="任")
    assert leave(sample, "P6", "clerk").done
    assert clauses(leave(sample, "P6", "cashier")) == {"general/handover"}


def test_one_who_is_moved_to_another_post_hands_over_nothing(sample: Any) -> None:
    sample.filed()
    sample.submit("P3", "core.appointment", person="P6", post="cashier", unit="office", since="2026-04-01", basis="任")
    assert leave(sample, "P6", "clerk").done


def test_a_handover_is_refused_while_anything_is_left_off_the_list(sample: Any) -> None:
    first, second = sample.filed(), sample.filed()
    refused = hand_over(sample, "P6", (first, "P5"))
    assert clauses(refused) == {"general/handover"}
    assert [second in each.facts for each in refused.verdict.findings] == [True]
    assert not hand_over(sample, "P6").done


def test_everything_wrong_with_a_handover_is_said_at_once(sample: Any) -> None:
    number = sample.filed()
    refused = hand_over(sample, "P6", (number, "P6"), ("开支-2026-9999", "P5"), supervisor="P6")
    at = {each.at for each in refused.verdict.findings}
    assert at == {"supervisor", "items.1.receiver", "items.2.item"}


def test_the_leaver_or_whoever_registers_departures_hands_over_and_nobody_else(sample: Any) -> None:
    number = sample.filed()
    assert clauses(hand_over(sample, "P6", (number, "P5"), by="P5")) == {"general/permission"}
    assert hand_over(sample, "P6", (number, "P5"), by="P3").done


def test_what_comes_after_the_handover_needs_another(sample: Any) -> None:
    number = sample.filed()
    hand_over(sample, "P6", (number, "P5"))
    later = sample.filed()
    refused = leave(sample, "P6", "clerk")
    assert later in refused.verdict.findings[0].facts and number not in refused.verdict.findings[0].facts


def test_the_form_begins_with_everything_that_is_held(sample: Any) -> None:
    number = sample.filed()
    prepare = sample.office.host.matter_types["core.handover"].prepare
    assert prepare is not None
    assert [row["item"] for row in prepare(sample.office.desk, "P6", None)["items"]] == [number]


def test_the_ledger_keeps_who_took_what_over(sample: Any) -> None:
    number = sample.filed()
    hand_over(sample, "P6", (number, "P5"))
    lines = sample.office.desk.entries("core.handovers", person="P6")
    assert [(line.values["item"], line.values["receiver"]) for line in lines] == [(number, "P5")]
    assert "购打印纸" in str(lines[0].values["title"])


def test_a_stand_in_who_leaves_is_asked_about_those_he_stands_in_for(sample: Any) -> None:
    sample.submit(
        "P3", "core.delegation", person="P2", stand_in="P7", since="2026-03-02", until="2026-03-31", basis="出差"
    )
    assert list(keys(sample, "P7").values()) == ["代理"]


def test_people_leaving_by_a_roster_are_held_to_the_same(sample: Any) -> None:
    sample.filed()
    row = {"person": "P6", "post": "clerk", "unit": "trade", "since": "2020-01-01", "until": "2026-03-31"}
    assert clauses(sample.submit("P3", "core.roster", basis="名册", tenures=[row])) == {"general/handover"}


SUPERVISED = """
[[clause]]
no = "8"
kind = "approval"
text = "离任移交由监交人签字"
[[clause.chain]]
matter = "core.handover"
steps = [ { by = "chosen:supervisor", title = "监交" } ]
"""


def test_where_the_agency_has_it_supervised_the_handover_counts_when_it_is_signed_and_still_whole(
    tmp_path: Path, sample_module: Any
) -> None:
    supervised = sample_module.Sample(tmp_path, rulebook=sample_module.RULEBOOK + SUPERVISED)
    first = supervised.filed()
    handover = hand_over(supervised, "P6", (first, "P5"))
    assert not leave(supervised, "P6", "clerk").done
    second = supervised.filed()
    late = supervised.act(Verb.APPROVE, "P1", handover.matter.number)
    assert clauses(late) == {"general/handover"}
    assert supervised.act(Verb.RETURN, "P1", handover.matter.number, "还漏了一件").done
    rows = [{"编号": each, "接收人": "P5"} for each in (first, second)]
    again = Act(Verb.RESUBMIT, "P6", matter=handover.matter.number, values={"移交清单": rows})
    assert supervised.office.perform(again).done
    assert supervised.act(Verb.APPROVE, "P1", handover.matter.number).done
    assert leave(supervised, "P6", "clerk").done


@pytest.fixture
def contributing(sample: Any) -> Any:
    """The sample agency whose family says that P6 has borrowed money and keeps a seal."""

    def holdings(office: Any, person: str) -> list[Holding]:
        if person == "P6":
            return [
                Holding("借款-1", "借款", "尚有 300.00 元未结清", "先还清借款", settle=True),
                Holding("印章-1", "印章", "财务专用章", "交给接管的人"),
            ]
        return []

    def give(contributed: Any) -> None:
        loaded = sample.office.host.loaded[0]
        family = replace(loaded.family, holdings=contributed)
        sample.office.host.loaded[0] = replace(loaded, family=family)

    give(holdings)
    sample.give = give
    return sample


def test_families_contribute_and_what_must_be_settled_cannot_be_handed_over(contributing: Any) -> None:
    refused = hand_over(contributing, "P6", ("印章-1", "P5"))
    assert [each.remedy for each in refused.verdict.findings] == ["先还清借款"]
    contributing.give(lambda office, person: [Holding("印章-1", "印章", "财务专用章", "交给接管的人")])
    assert hand_over(contributing, "P6", ("印章-1", "P5")).done
    assert leave(contributing, "P6", "clerk").done


def test_a_family_that_fails_to_count_stands_in_the_way_and_names_itself(contributing: Any) -> None:
    def fail(office: Any, person: str) -> list[Holding]:
        raise ValueError("账页损坏")

    contributing.give(fail)
    refused = leave(contributing, "P6", "clerk")
    assert clauses(refused) == {"general/handover"} and "账页损坏" in refused.verdict.findings[0].facts


def test_the_command_line_lists_what_is_held_and_writes_the_handover_form(sample: Any, capsys: Any) -> None:
    number = sample.filed()
    sample.office.close()
    place = ["--config", str(sample.config), "--agency", "sample", "--store", str(sample.store_path)]
    assert run(["holdings", "吴六", *place]) == 0
    assert number in capsys.readouterr().out
    assert run(["holdings", "吴六", "--to", "周五", "--supervisor", "赵一", *place]) == 0
    form = json.loads(capsys.readouterr().out)
    office = sample.open()
    assert office.perform(Act(Verb.SUBMIT, "P6", "core.handover", values=form)).done
    office.close()
    assert run(["holdings", "吴六", "--json", *place]) == 0
    assert [each["handed_over"] for each in json.loads(capsys.readouterr().out)] == [True]


def test_a_duty_shared_with_others_is_not_his_alone(sample: Any) -> None:
    shared = Duty("共同", "共同事项", "spending/6", ("P6", "P5"), sample.office.desk.day, sample.office.desk.day)
    from core.writing import Writing

    with sample.office.store.transaction("系统", "登记") as transaction:
        Writing(sample.office.desk, transaction).effects([shared])
    assert not keys(sample, "P6")
