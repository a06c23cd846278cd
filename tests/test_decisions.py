"""Major decisions through the office: they stand on the body's agenda, its resolution moves each on, and only once."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from core.acts import Verb
from core.matter import State
from office_acts import clauses, number
from office_sitting import Sitting
from plugins.meetings import agenda

PLAN: dict[str, Any] = {
    "title": "监测平台建设", "category": "重大项目安排", "body": "office-meeting", "basis": "年度计划",
    "proposal": "分两期建设", "amount": "80000", "far_reaching": False, "public": False, "classified": False,
}  # fmt: skip
VIEWS = {"views": [{"source": "相关科室", "who": "信息化科", "opinion": "同意"}]}
SECRETARY, RECORDER, HEAD, CHARGE = "P006", "P013", "P016", "P003"


@pytest.fixture
def sitting() -> Iterator[Any]:
    found = Sitting()
    yield found
    found.office.close()


def waiting(sitting: Any, by: str = HEAD, **changed: Any) -> str:
    """The number of a decision that has come as far as the meeting."""
    filed = sitting.file(by, "decisions.decision", **{**PLAN, **changed})
    assert filed.matter is not None, [each.facts for each in filed.verdict.findings]
    decision = str(filed.matter.number)
    assert sitting.act(Verb.FILE, by, decision, values={"research": "到三家单位了解"}).done
    assert sitting.act(Verb.FILE, by, decision, values=VIEWS).done
    if by != CHARGE:
        assert sitting.act(Verb.APPROVE, CHARGE, decision).done
    return decision


def archived(sitting: Any, decision: str) -> Any:
    values = {"minutes": "会议-2026-0001", "kept": "三号柜"}
    return sitting.act(Verb.FILE, SECRETARY, decision, values=values)


def test_a_decision_that_waits_is_on_the_agenda_in_its_own_category(sitting: Any) -> None:
    decision = waiting(sitting)
    sitting.file("P014", "decisions.decision", **{**PLAN, "category": "重要干部任免", "function": "personnel"})
    body = sitting.office.agency.bodies["office-meeting"]
    found = agenda.waiting(sitting.office.desk, body)
    assert [each.number for each in found] == [decision]
    appointment = sitting.office.desk.matters("decisions.decision", state=State.RUNNING)[0]
    categories = [agenda.category_of(sitting.office.desk, each) for each in (found[0], appointment)]
    assert categories == ["三重一大", "重要人事任免"]


def test_the_resolution_moves_a_decision_on_and_its_file_waits_for_the_closed_record(sitting: Any) -> None:
    decision = waiting(sitting)
    meeting = sitting.begun(decision)
    sitting.voted(meeting)
    assert sitting.concluded(meeting).done
    moved = sitting.office.desk.matter(decision)
    assert moved is not None and moved.step is not None and moved.step.title == "记录存档"
    assert clauses(archived(sitting, decision)) == {"major-decisions/flow.9", "top-leader/flow.4"}
    assert sitting.closed(meeting).done
    assert archived(sitting, decision).done
    (line,) = sitting.office.desk.entries("decisions.book", decision=decision)
    assert (line.values["turn"], line.values["note"]) == ("会议通过", "监测平台建设")


def test_one_resolution_is_not_spent_twice(sitting: Any) -> None:
    first, second = waiting(sitting), waiting(sitting, title="机房改造")
    meeting = sitting.begun(first, second)
    sitting.voted(meeting)
    conclusion = number(sitting.concluded(meeting))
    assert "office-meeting/flow.6" in clauses(sitting.concluded(meeting))
    said = {"number": f"{meeting}-1", "held_on": "2026-03-02", "present": "4", "outcome": "通过"}
    for target in (conclusion, ""):
        refused = sitting.act(Verb.RESOLVE, RECORDER, second, target=target, values=said)
        assert "general/quorum" in clauses(refused)
    stays = sitting.office.desk.matter(second)
    assert stays is not None and stays.step is not None and stays.step.body == "office-meeting"
    assert len(sitting.office.desk.resolutions(first)) == 1


def test_a_decision_in_dispute_passes_only_after_it_was_researched_again(sitting: Any) -> None:
    decision = waiting(sitting)
    meeting = sitting.begun(decision)
    sitting.voted(meeting)
    assert "major-decisions/flow.8" in clauses(sitting.concluded(meeting, dissent="二期可以不建"))
    assert sitting.concluded(meeting, outcome="暂缓", dissent="二期可以不建").done
    assert sitting.closed(meeting).done
    assert sitting.act(Verb.RETURN, RECORDER, decision, to=0, opinion="重新调研").done
    assert sitting.act(Verb.FILE, HEAD, decision, values={"research": "二期缓建"}).done
    sitting.on(date(2026, 3, 4))
    again = sitting.begun(decision)
    sitting.voted(again)
    assert sitting.concluded(again, dissent="二期可以不建").done


def test_a_decision_returned_on_its_way_to_the_meeting_has_not_been_researched_again(sitting: Any) -> None:
    filed = number(sitting.file(HEAD, "decisions.decision", **PLAN))
    assert sitting.act(Verb.FILE, HEAD, filed, values={"research": "到三家单位了解"}).done
    assert sitting.act(Verb.FILE, HEAD, filed, values=VIEWS).done
    assert sitting.act(Verb.RETURN, CHARGE, filed, to=0, opinion="写清楚").done
    assert sitting.act(Verb.FILE, HEAD, filed, values={"research": "写清楚了"}).done
    assert sitting.act(Verb.APPROVE, CHARGE, filed).done
    meeting = sitting.begun(filed)
    sitting.voted(meeting)
    assert "major-decisions/flow.8" in clauses(sitting.concluded(meeting, dissent="二期可以不建"))


def test_a_deputy_who_proposes_a_decision_reports_speaks_and_votes_on_it(sitting: Any) -> None:
    decision = waiting(sitting, by=CHARGE)
    meeting = sitting.begun(decision)
    sitting.voted(meeting)
    assert sitting.concluded(meeting).done


def test_what_is_secret_of_a_decision_does_not_stand_in_the_book(sitting: Any) -> None:
    decision = waiting(sitting, classified=True)
    meeting = sitting.begun(decision)
    sitting.voted(meeting)
    assert sitting.concluded(meeting).done
    (line,) = sitting.office.desk.entries("decisions.book", decision=decision)
    assert "note" not in line.values


def test_what_was_not_decided_is_known_as_such_to_whoever_carries_it_out(sitting: Any) -> None:
    decision = waiting(sitting)
    task = {"task": "采购设备", "executor": "network", "responsible": HEAD, "finish_by": "2026-06-30"}
    before = sitting.file(CHARGE, "decisions.assignment", subject=decision, **task)
    assert before.matter is not None and before.matter.values["decided"] is False
    meeting = sitting.begun(decision)
    sitting.voted(meeting)
    assert sitting.concluded(meeting).done
    after = sitting.file(CHARGE, "decisions.assignment", subject=decision, **task)
    assert after.matter is not None and after.matter.values["decided"] is True
