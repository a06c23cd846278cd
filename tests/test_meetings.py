"""Meetings through the office and on the screen: one act a step, resolutions used once, secret ballots kept secret."""

import json
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from core.acts import Act, Verb
from core.agency import Base
from core.days.clock import FixedClock
from core.errors import RulebookInvalid
from core.matter import State
from core.office import Office
from core.rulebook.agency_file import read_agency
from core.verdict import Result
from office_acts import clauses, file, move_clock, number
from office_sitting import (
    DEPUTIES,
    DIRECTOR,
    DONE,
    FRESH,
    MORNING,
    RECORDER,
    SECRETARY,
    called,
    discussed,
    step,
    topic,
)
from plugins.meetings import agenda
from plugins.meetings.pages import guizhang_pages
from plugins.meetings.views import console, today
from tui.app import OfficeApp
from tui.screens.page import PageScreen
from tui.session import Session

ACCOUNTANT, CLERK = "P008", "P024"
SPENDING = {
    "purpose": "租用会议室", "amount": "1800", "heading": "办公费", "category": "会议培训", "fund_source": "年度预算",
}  # fmt: skip


@pytest.fixture
def office() -> Iterator[Office]:
    found = FRESH(FixedClock(MORNING))
    yield found
    found.close()


def spending(office: Office) -> str:
    lines = [{"heading": "办公费", "amount": "50000"}]
    file(office, ACCOUNTANT, "finance.budget", year="2026", event="年初下达", basis="批复", lines=lines)
    return number(file(office, CLERK, "finance.expenditure", **SPENDING))


def adopted(office: Office, meeting: str) -> Result:
    for each in (*DEPUTIES, DIRECTOR):
        assert step(office, meeting, "vote", person=each, method="举手", choice="赞成").done
    return step(office, meeting, "conclusion", outcome="通过", decision="同意", dissent="无", **DONE)


def test_what_waits_for_a_body_is_a_topic_by_itself_until_it_stands_on_an_agenda(office: Office) -> None:
    expenditure = spending(office)
    body = office.agency.bodies["office-meeting"]
    assert [each.number for each in agenda.waiting(office.desk, body)] == [expenditure]
    called(office, expenditure)
    assert agenda.waiting(office.desk, body) == []


def test_a_conclusion_carries_what_waited_for_it_on_in_one_entry_of_the_journal(office: Office) -> None:
    expenditure = spending(office)
    meeting = discussed(office, expenditure)
    before = office.journal.head()
    result = adopted(office, meeting)
    after = office.journal.head()
    assert result.done and before is not None and after is not None
    assert after.sequence == before.sequence + len((*DEPUTIES, DIRECTOR)) + 1
    (resolution,) = office.desk.resolutions(expenditure)
    assert (resolution.number, resolution.adopted, resolution.members_present) == (f"{meeting}-1", True, 4)
    carried = office.desk.matter(expenditure)
    assert carried is not None and carried.step is not None and carried.step.title == "分管领导签批"


def test_a_resolution_is_neither_invented_nor_used_again(office: Office) -> None:
    expenditure = spending(office)
    meeting = discussed(office, expenditure)
    conclusion = number(adopted(office, meeting))
    other = number(file(office, CLERK, "finance.expenditure", **{**SPENDING, "purpose": "印制资料"}))
    form = {"number": f"{meeting}-1", "held_on": "2026-03-02", "present": "4", "outcome": "通过"}
    for target in ("", conclusion, meeting):
        forged = Act(Verb.RESOLVE, RECORDER, matter=other, values=form, target=target)
        assert clauses(office.perform(forged)) == {"general/quorum"}


def test_where_what_waited_is_withdrawn_nothing_of_its_conclusion_is_written(office: Office) -> None:
    expenditure = spending(office)
    meeting = discussed(office, expenditure)
    for each in (*DEPUTIES, DIRECTOR):
        assert step(office, meeting, "vote", person=each, method="举手", choice="赞成").done
    assert office.perform(Act(Verb.WITHDRAW, CLERK, matter=expenditure)).done
    refused = step(office, meeting, "conclusion", outcome="通过", decision="同意", dissent="无", **DONE)
    assert clauses(refused) == {"office-meeting/flow.8"}
    assert agenda.sitting_of(office.desk, meeting).item(1).result == ""
    assert step(office, meeting, "conclusion", outcome="暂缓", decision="申请已撤回", dissent="无").done


def test_two_who_record_the_same_vote_record_it_once(office: Office) -> None:
    meeting = discussed(office, spending(office))
    act: dict[str, Any] = {"person": DEPUTIES[0], "method": "举手", "choice": "赞成"}
    assert step(office, meeting, "vote", **act).done
    assert "office-meeting/flow.3" in clauses(step(office, meeting, "vote", **act))
    assert agenda.sitting_of(office.desk, meeting).item(1).tally.cast == 1


def test_a_secret_ballot_leaves_nobodys_choice_anywhere(office: Office) -> None:
    meeting = discussed(office, spending(office))
    before = office.journal.head()
    assert before is not None
    counts: dict[str, Any] = {"issued": 4, "returned": 4, "votes_for": 3, "against": 1, "abstained": 0, "invalid": 0}
    counted = step(office, meeting, "ballot", **counts)
    kept = json.dumps([dict(each.values) for each in office.desk.entries("meetings.record", limit=1)], default=str)
    matter = office.desk.matter(number(counted))
    assert matter is not None
    told = kept + json.dumps(dict(matter.values), default=str)
    assert not any(person in told for person in (DIRECTOR, *DEPUTIES))
    assert "3/1/0" in kept


def test_a_meeting_goes_on_from_its_record_alone(office: Office) -> None:
    meeting = discussed(office, spending(office))
    found = today.meetings_today(office.desk)[0]
    assert found.notice.number == meeting
    shown = console.view(office.desk, found)
    assert (shown.stage, shown.turn) == (console.Stage.SPEAKING, DIRECTOR)


async def page(office: Office, screens: Any, pilot: Any) -> str:
    found = next(iter(guizhang_pages()))
    await pilot.app.push_screen(PageScreen(pilot.app.session, found))
    await screens.settle(pilot)
    return str(screens.text(pilot.app))


async def test_a_meeting_is_run_by_single_keys_on_a_small_screen(office: Office, screens: Any) -> None:
    expenditure = spending(office)
    meeting = called(office, expenditure)
    app = OfficeApp(Session(office, RECORDER))
    async with app.run_test(size=(80, 24)) as pilot:
        assert "签到" in await page(office, screens, pilot)
        words = await screens.press(pilot, "1", "1", "1", "3", "f5")
        assert "听取汇报" in words and "到会 3／应到 4 人" in words
        assert "请单志远" in await screens.press(pilot, "enter")
        await screens.press(pilot, "1", "enter")
        await screens.settle(pilot)
        assert "请卢文静" in screens.text(app)
        await screens.press(pilot, "2", "enter")
        await screens.settle(pilot)
        assert "末位表态" in screens.text(app)
        assert not screens.english(screens.text(app))
        words = await screens.press(pilot, "v", "1")
        await screens.settle(pilot)
        await screens.press(pilot, "v", "1")
        await screens.settle(pilot)
        await screens.press(pilot, "v", "1")
        await screens.settle(pilot)
        assert "赞成 3 票" in screens.text(app)
        assert "议题结论" in await screens.press(pilot, "enter")
    assert [each.values["choice"] for each in office.desk.matters("meetings.vote", meeting=meeting)] == ["赞成"] * 3


async def test_without_a_meeting_the_page_lists_what_waits(office: Office, screens: Any) -> None:
    expenditure = spending(office)
    app = OfficeApp(Session(office, RECORDER))
    async with app.run_test(size=(80, 24)) as pilot:
        words = await page(office, screens, pilot)
        assert expenditure in words and "租用会议室" in words
        assert "会议通知" in await screens.press(pilot, "enter")
        assert not screens.english(screens.text(app))


def test_a_topic_voted_down_for_good_does_not_come_up_again(office: Office) -> None:
    subject = topic(office, category="重要人事任免")
    meeting = discussed(office, subject)
    for each in (*DEPUTIES, DIRECTOR):
        assert step(office, meeting, "vote", person=each, method="举手", choice="反对").done
    assert step(office, meeting, "conclusion", outcome="不通过", decision="另提人选", dissent="无").done
    found = office.desk.matter(subject)
    assert found is not None and found.state is State.SETTLED
    assert agenda.waiting(office.desk, office.agency.bodies["office-meeting"]) == []


def test_a_meeting_that_was_never_opened_gives_its_items_back(office: Office) -> None:
    expenditure = spending(office)
    body = office.agency.bodies["office-meeting"]
    called(office, expenditure)
    assert today.meetings_today(office.desk) and not agenda.waiting(office.desk, body)
    move_clock(office, date(2026, 3, 3))
    assert not today.meetings_today(office.desk)
    assert [each.number for each in agenda.waiting(office.desk, body)] == [expenditure]


def test_a_meeting_that_sits_past_midnight_goes_on(office: Office) -> None:
    meeting = discussed(office, spending(office))
    move_clock(office, date(2026, 3, 3))
    found = today.meetings_today(office.desk)[0]
    assert found.notice.number == meeting
    assert step(office, meeting, "statement", person=DIRECTOR, position="同意", text="同意").done


def test_nobody_walks_in_unasked(office: Office) -> None:
    meeting = discussed(office, spending(office))
    arrival = {"meeting": meeting, "person": "P019", "change": "到会"}
    assert "office-meeting/4(4)(a)" in clauses(file(office, RECORDER, "meetings.attendance", **arrival))
    assert file(office, RECORDER, "meetings.attendance", **{**arrival, "person": SECRETARY}).done


BODY = """
[agency]
key = "a"
title = "甲局"
families = []
[[unit]]
key = "leaders"
title = "局领导"
[[post]]
key = "director"
title = "局长"
rank = 1
[[body]]
key = "board"
title = "局长办公会"
members = ["director"]
chair = ["director"]
secretary = ["director"]
"""


def test_a_body_is_called_by_its_chair_and_wants_a_majority_of_all_members_unless_it_says_otherwise() -> None:
    body = read_agency(BODY).bodies["board"]
    assert (body.convener, body.majority_base, body.majority_over) == (("director",), Base.DUE, True)
    said = BODY + 'majority_base = "cast"\nmajority = "2/3"\nmajority_over = false\nconvener = ["head-of:leaders"]\n'
    told = read_agency(said).bodies["board"]
    assert (told.convener, told.majority_base, told.majority) == (("head-of:leaders",), Base.CAST, Fraction(2, 3))


@pytest.mark.parametrize("line", ['majority_base = "all"', 'majority = "3/2"', 'attendees = ["clerk"]', "chairs = []"])
def test_a_bodys_figures_are_checked_when_they_are_read(line: str) -> None:
    with pytest.raises(RulebookInvalid):
        read_agency(BODY + line)
