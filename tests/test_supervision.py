"""Supervision through the office and on the board: from a meeting's resolution to its closing, late or in time."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from core.acts import Act, Verb
from core.finding import Level
from core.matter import State
from core.records import Duty, DutyState
from office_acts import clauses, number
from office_sitting import Sitting
from plugins.supervision import board
from plugins.supervision.board import OPEN, Standing, View
from plugins.supervision.matters import EXPLANATION, TASK
from plugins.supervision.pages import guizhang_pages
from tui.app import OfficeApp
from tui.screens.page import PageScreen
from tui.session import Session

PRINCIPAL, CHARGE, SECRETARY, DEPUTY_SECRETARY, HEAD, CLERK = "P001", "P003", "P006", "P007", "P016", "P019"
GIVEN: dict[str, Any] = {
    "title": "检查网络安全", "scope": "本单位确定", "source": "领导批办交办", "command": False,
    "instruction": "请限期完成", "instructed_by": CHARGE, "opinion": "逐家检查", "section": "network",
    "handler": CLERK, "finish_by": "2026-03-20",
}  # fmt: skip
TOPIC = {
    "title": "安全检查", "body": "office-meeting", "category": "其他需办务会研究的问题", "work_opinion": "分三步",
    "proposal": "同意", "decision": "是否实施", "disputes": "无",
}  # fmt: skip


@pytest.fixture
def sitting() -> Iterator[Any]:
    found = Sitting()
    yield found
    found.office.close()


def given(sitting: Any, **changed: Any) -> str:
    """The number of a supervised matter that its section has taken in."""
    filed = sitting.file(DEPUTY_SECRETARY, TASK, **{**GIVEN, **changed})
    assert filed.matter is not None, [each.facts for each in filed.verdict.findings]
    task = str(filed.matter.number)
    assert sitting.act(Verb.APPROVE, HEAD, task).done
    return task


def owed(sitting: Any, title: str) -> list[Duty]:
    return [each for each in sitting.office.desk.duties() if each.title == title]


def done(sitting: Any, task: str) -> Any:
    return sitting.act(Verb.PERFORM, CLERK, task, values={"result": "已检查"})


def concluded(sitting: Any) -> str:
    """The number of what a meeting concluded on a topic."""
    topic = number(sitting.file(CHARGE, "meetings.topic", **TOPIC))
    assert sitting.act(Verb.APPROVE, PRINCIPAL, topic).done
    assert sitting.act(Verb.PERFORM, SECRETARY, topic, values={"papers": "方案"}).done
    meeting = sitting.begun(topic)
    sitting.voted(meeting)
    return str(number(sitting.concluded(meeting)))


def test_a_meetings_resolution_is_supervised_once_from_a_form_that_knows_it(sitting: Any) -> None:
    conclusion = concluded(sitting)
    (duty,) = owed(sitting, "会议决定立项督查")
    kind = sitting.office.desk.matter_type(TASK)
    begun = kind.prepare(sitting.office.desk, SECRETARY, duty)
    assert begun == {
        "origin": conclusion, "title": f"{TOPIC['title']}：同意建设", "instructed_by": CHARGE,
        "section": "network", "handler": HEAD, "finish_by": date(2026, 4, 1),
    }  # fmt: skip
    values = {**GIVEN, **begun, "source": "会议交办"}
    assert sitting.office.perform(Act(Verb.SUBMIT, SECRETARY, TASK, values=values, duty=duty.key)).done
    assert owed(sitting, "会议决定立项督查") == []
    again = sitting.file(SECRETARY, TASK, **values)
    assert clauses(again) == {"supervision/3(2)"}


def test_a_task_withdrawn_leaves_its_resolution_to_be_supervised_anew(sitting: Any) -> None:
    origin = {"origin": concluded(sitting), "source": "会议交办"}
    first = number(sitting.file(SECRETARY, TASK, **{**GIVEN, **origin}))
    assert sitting.act(Verb.WITHDRAW, SECRETARY, first).done
    assert sitting.file(SECRETARY, TASK, **{**GIVEN, **origin}).done


def test_a_task_is_due_urged_late_explained_and_closed(sitting: Any) -> None:
    task = given(sitting)
    (duty,) = owed(sitting, "限期办理督查事项")
    assert (duty.owners, duty.due) == ((CLERK,), date(2026, 3, 20))
    assert sitting.act(Verb.URGE, DEPUTY_SECRETARY, task, opinion="请抓紧").done
    sitting.on(date(2026, 3, 24))
    assert owed(sitting, "限期办理督查事项")[0].state(date(2026, 3, 24)) is DutyState.OVERDUE
    assert clauses(done(sitting, task)) == {"supervision/5(b)"}
    why = {"task": task, "reason": "两家停业", "expected_on": "2026-03-27", "told": CHARGE}
    explanation = number(sitting.file(CLERK, EXPLANATION, **why))
    assert sitting.act(Verb.APPROVE, CHARGE, explanation).done
    assert owed(sitting, "说明督查事项未按期办结的情况") == []
    assert done(sitting, task).done
    assert owed(sitting, "限期办理督查事项") == []
    assert sitting.act(Verb.APPROVE, SECRETARY, task).done
    told = [each.values["turn"] for each in reversed(sitting.office.desk.entries("supervision.book", task=task))]
    assert told == ["立项", "办理", "催办", "说明情况", "办理", "销号"]
    assert sitting.office.desk.matter(task).state is State.SETTLED


def test_a_task_that_is_dropped_is_owed_no_more(sitting: Any) -> None:
    task = given(sitting)
    assert {each.matter for each in sitting.office.desk.duties(CLERK)} >= {task}
    assert sitting.act(Verb.WITHDRAW, DEPUTY_SECRETARY, task).done
    assert task not in {each.matter for each in sitting.office.desk.duties()}
    assert sitting.office.desk.entries("supervision.book", task=task)[0].values["turn"] == "撤销"


def test_an_explanation_that_its_leader_refused_explains_nothing(sitting: Any) -> None:
    task = given(sitting)
    sitting.on(date(2026, 3, 24))
    why = {"task": task, "reason": "忘了", "expected_on": "2026-03-27", "told": CHARGE}
    explanation = number(sitting.file(CLERK, EXPLANATION, **why))
    assert sitting.act(Verb.REJECT, CHARGE, explanation, opinion="重写").done
    assert clauses(done(sitting, task)) == {"supervision/5(b)"}


def test_work_sent_back_is_done_once_more_before_it_is_closed(sitting: Any) -> None:
    task = given(sitting)
    assert done(sitting, task).done
    assert sitting.act(Verb.RETURN, SECRETARY, task, to=1, opinion="缺两家").done
    (line,) = board.lines(sitting.office.desk, OPEN)
    assert line.stage is Standing.UNDER_WAY
    assert done(sitting, task).done
    assert sitting.act(Verb.APPROVE, SECRETARY, task).done


def test_the_board_puts_first_what_is_late_and_of_that_what_superiors_wait_for(sitting: Any) -> None:
    above = {"scope": "上级交办", "source": "市委交办"}
    fresh = given(sitting, finish_by="2026-04-20")
    own = given(sitting, finish_by="2026-03-12")
    soon = given(sitting, finish_by="2026-03-24")
    superiors = given(sitting, **above, finish_by="2026-03-18", report_by="2026-03-18")
    reporting = given(sitting, **above, finish_by="2026-03-31", report_by="2026-04-10")
    assert done(sitting, reporting).done
    assert sitting.act(Verb.APPROVE, SECRETARY, reporting).done
    sitting.on(date(2026, 3, 19))
    found = board.lines(sitting.office.desk, OPEN)
    assert [each.matter.number for each in found] == [superiors, own, soon, reporting, fresh]
    assert [each.standing.value for each in found] == ["逾期", "逾期", "快到期", "待上报", "在办"]
    assert found[3].day == date(2026, 4, 10)
    views = {view: len(board.shown(found, view)) for view in View if view is not View.CLOSED}
    assert views == {View.OPEN: 5, View.OVERDUE: 2, View.NEARLY_DUE: 1, View.OFFICE: 1}


async def test_the_board_is_worked_by_keys_on_a_small_screen(sitting: Any, screens: Any) -> None:
    late = given(sitting, title="检查 [/b] 网络安全", finish_by="2026-03-12")
    given(sitting, title="整改机房", finish_by="2026-04-20")
    sitting.on(date(2026, 3, 19))
    app = OfficeApp(Session(sitting.office, SECRETARY))
    async with app.run_test(size=(80, 24)) as pilot:
        page = next(iter(guizhang_pages()))
        await app.push_screen(PageScreen(app.session, page))
        await screens.settle(pilot)
        words = screens.text(app)
        assert "未销号 2 件，逾期 1 件" in words and "逾期 7 天" in words and "检查 [/b] 网络安全" in words
        words = await screens.press(pilot, "2")
        assert "[2 逾期]" in words and "整改机房" not in words
        assert "这里没有督查事项" in await screens.press(pilot, "5")
        await screens.press(pilot, "1", "u")
        await screens.write(pilot, "请抓紧")
        await screens.press(pilot, "enter")
        words = await screens.press(pilot, "enter")
        assert "在办 催1次" in words
        assert late in await screens.press(pilot, "enter")
    (urged,) = sitting.office.desk.matters("supervision.urging", task=late)
    assert (urged.applicant, urged.text("words")) == (SECRETARY, "请抓紧")
    assert {copy.person for copy in sitting.office.desk.copies(CLERK)} == {CLERK}


def test_what_is_closed_is_reported_on_no_more(sitting: Any) -> None:
    task = given(sitting)
    assert done(sitting, task).done and sitting.act(Verb.APPROVE, SECRETARY, task).done
    late = sitting.file(CLERK, "supervision.progress", task=task, progress="又去了一家")
    refused = [each.clause.key for each in late.verdict.findings if each.level is Level.REFUSE]
    assert refused == ["supervision/5(b)"]
