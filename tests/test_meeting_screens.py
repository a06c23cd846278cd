"""The screens of a meeting, driven: members vote by two keys, a secret vote takes four sessions, the room looks on."""

from collections.abc import Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from core.acts import Act, Verb
from core.office import Office
from office_sitting import (
    CLERK,
    DEPUTIES,
    DIRECTOR,
    DONE,
    MEMBERS,
    RECORDER,
    SECRETARY,
    Opened,
    called,
    discussed,
    item_of,
    sessions,
    signed_in,
    step,
    topic,
)
from plugins.meetings import agenda
from plugins.meetings.pages import guizhang_pages
from tui.app import OfficeApp
from tui.screens.page import PageScreen
from tui.session import Session

WORD = "abcdef"


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    yield from sessions(tmp_path)


@asynccontextmanager
async def sitting_at(office: Office, person: str, screens: Any, page: str = "meetings.console") -> Any:
    """A person's session with a page of meetings open."""
    app = OfficeApp(Session(office, person))
    async with app.run_test(size=(80, 24)) as pilot:
        found = next(each for each in guizhang_pages() if each.key == page)
        await app.push_screen(PageScreen(app.session, found))
        await screens.settle(pilot)
        yield pilot


async def keys(pilot: Any, screens: Any, *pressed: str) -> str:
    for each in pressed:
        await pilot.press(each)
        await screens.settle(pilot)
    await screens.settle(pilot)
    words = str(screens.text(pilot.app))
    assert not screens.english(words), screens.english(words)
    return words


async def test_a_member_is_called_to_a_vote_and_casts_it_by_two_keys(opened: Opened, screens: Any) -> None:
    office = opened()
    meeting = discussed(office, topic(office))
    assert step(office, meeting, "voting", method="记名").done
    app = OfficeApp(Session(opened(), DEPUTIES[0]))
    async with app.run_test(size=(80, 24)) as pilot:
        await screens.settle(pilot)
        assert "请您投票。按 M 去办" in screens.text(app)
        assert "1 赞成" in await keys(pilot, screens, "m", "1")
        assert "您选的是“反对”" in await keys(pilot, screens, "2")
        assert "您选的是“赞成”" in await keys(pilot, screens, "1")
        assert "您已经投票" in await keys(pilot, screens, "enter")
        await keys(pilot, screens, "escape")
        assert "请您投票" not in screens.text(app)
    assert item_of(office, meeting).votes == {DEPUTIES[0]: "赞成"}


async def test_the_recorder_sees_the_count_grow_without_a_key(opened: Opened, screens: Any) -> None:
    office = opened()
    meeting = discussed(office, topic(office))
    async with sitting_at(opened(), RECORDER, screens) as pilot:
        assert "已投 0 票" in await keys(pilot, screens, "b", "3")
        assert step(office, meeting, "vote", by=DEPUTIES[0], person=DEPUTIES[0], method="记名", choice="赞成").done
        pilot.app.screen.look_again()
        await screens.settle(pilot)
        words = screens.text(pilot.app)
        assert "已投 1 票" in words and "还有 3 人" in words
        refused = await keys(pilot, screens, "1")
        assert "不能代记" in refused and "通则" in refused


async def test_a_roll_half_marked_outlives_what_others_do_meanwhile(opened: Opened, screens: Any) -> None:
    office = opened()
    called(office, topic(office))
    async with sitting_at(opened(), RECORDER, screens) as pilot:
        await keys(pilot, screens, "3", "3")
        office.perform(Act(Verb.PHRASE, SECRETARY, values={"text": "同意"}))
        pilot.app.screen.look_again()
        await screens.settle(pilot)
        assert screens.text(pilot.app).count("缺席") == 3


async def typed(pilot: Any, screens: Any, words: str) -> None:
    await screens.write(pilot, words)
    await keys(pilot, screens, "enter")


async def test_a_secret_vote_goes_through_the_sessions_of_recorder_watcher_and_members(
    opened: Opened, screens: Any
) -> None:
    office = opened()
    meeting = discussed(office, topic(office))
    async with sitting_at(opened(), RECORDER, screens) as pilot:
        assert "无记名" in await keys(pilot, screens, "b")
        told = await keys(pilot, screens, "4")
        assert "1 高雅琴" in told and "曾令仪" in told and "林向北" not in told
        assert "口令" in await keys(pilot, screens, "1")
        await typed(pilot, screens, WORD)
        await typed(pilot, screens, WORD)
        assert "等监票人高雅琴" in screens.text(pilot.app)
    async with sitting_at(opened(), SECRETARY, screens) as pilot:
        assert "按 K 封票箱" in screens.text(pilot.app)
        await keys(pilot, screens, "k")
        await typed(pilot, screens, WORD)
        await typed(pilot, screens, WORD)
    for member, key in zip(MEMBERS, "1121", strict=True):
        async with sitting_at(opened(), member, screens) as pilot:
            assert "您已经投票" in await keys(pilot, screens, key, "enter")
    async with sitting_at(opened(), RECORDER, screens) as pilot:
        assert "已投 4 票" in screens.text(pilot.app)
        await keys(pilot, screens, "k")
        await typed(pilot, screens, "wrong-word")
        assert "口令不对" in screens.text(pilot.app)
        await keys(pilot, screens, "enter", "k")
        await typed(pilot, screens, WORD)
        assert "等监票人" in screens.text(pilot.app)
    async with sitting_at(opened(), SECRETARY, screens) as pilot:
        await keys(pilot, screens, "k")
        await typed(pilot, screens, WORD)
        assert "赞成 3 票，反对 1 票" in screens.text(pilot.app)
    assert item_of(office, meeting).tally.text == "赞成 3 票，反对 1 票，弃权 0 票"
    async with sitting_at(opened(), RECORDER, screens) as pilot:
        assert "请周启明（主任）末位表态" in screens.text(pilot.app)
        await keys(pilot, screens, "1")
        await typed(pilot, screens, "按多数人的意见办")
        assert "按回车填写结论" in screens.text(pilot.app)
        words = await keys(pilot, screens, "enter")
        assert "议题结论" in words and "[通过]" in words


async def test_the_room_shows_who_is_next_and_no_vote_before_all_are_in(opened: Opened, screens: Any) -> None:
    office = opened()
    meeting = discussed(office, topic(office))
    assert step(office, meeting, "voting", method="举手").done
    assert step(office, meeting, "vote", person=DEPUTIES[0], method="举手", choice="反对").done
    async with sitting_at(opened(), SECRETARY, screens, "meetings.room") as pilot:
        words = screens.text(pilot.app)
        assert "一项" in words and "已投 1 票，还有 3 人" in words
        assert "反对" not in words and not screens.english(words)
        for each in (*DEPUTIES[1:], DIRECTOR):
            assert step(office, meeting, "vote", person=each, method="举手", choice="赞成").done
        pilot.app.screen.look_again()
        await screens.settle(pilot)
        assert "赞成 3 票，反对 1 票" in screens.text(pilot.app)


async def test_whoever_may_not_read_what_is_said_at_a_meeting_does_not_see_it(opened: Opened, screens: Any) -> None:
    office = opened()
    meeting = called(office, topic(office))
    async with sitting_at(opened(), "P024", screens) as pilot:
        assert office.desk.matter(meeting).text("title") in screens.text(pilot.app)
        signed_in(office, meeting)
        pilot.app.screen.look_again()
        await screens.settle(pilot)
        assert "没有您参加或者可以看的会" in screens.text(pilot.app)


async def test_whoever_may_keep_the_record_takes_it_over_when_the_line_is_down(opened: Opened, screens: Any) -> None:
    office = opened()
    meeting = discussed(office, topic(office))
    async with sitting_at(opened(), SECRETARY, screens) as pilot:
        assert "按 R 由您接替" in screens.text(pilot.app)
        words = await keys(pilot, screens, "r")
        assert "会上交接" in words and "记录人" in words
    assert agenda.sitting_of(office.desk, meeting).recorder == RECORDER


async def test_whoever_may_not_open_the_meeting_is_told_who_does(opened: Opened, screens: Any) -> None:
    office = opened()
    called(office, topic(office))
    async with sitting_at(opened(), SECRETARY, screens) as pilot:
        words = screens.text(pilot.app)
        assert "签到由记录人办理" in words and "冉国栋" in words


async def test_a_member_before_whom_another_votes_is_told_so(opened: Opened, screens: Any) -> None:
    office = opened()
    meeting = discussed(office, topic(office))
    assert step(office, meeting, "voting", method="记名").done
    async with sitting_at(opened(), DEPUTIES[1], screens) as pilot:
        assert "还不能投票：现在轮到曾令仪" in screens.text(pilot.app)
        assert step(office, meeting, "vote", by=DEPUTIES[0], person=DEPUTIES[0], method="记名", choice="弃权").done
        pilot.app.screen.look_again()
        await screens.settle(pilot)
        assert "请您投票" in screens.text(pilot.app)


async def test_what_turns_out_otherwise_begins_with_the_item_and_whom_the_cursor_stands_on(
    opened: Opened, screens: Any
) -> None:
    office = opened()
    discussed(office, topic(office, "购置设备"))
    async with sitting_at(opened(), RECORDER, screens) as pilot:
        assert "购置设备" in screens.text(pilot.app)
        words = await keys(pilot, screens, "home", "down", "h")
        assert "议题回避" in words and "单志远（副主任）" in words
    async with sitting_at(opened(), RECORDER, screens) as pilot:
        words = await keys(pilot, screens, "home", "l")
        assert "到会变动" in words and "曾令仪（副主任）" in words


async def test_a_form_begins_with_nothing_that_its_filler_may_not_read(opened: Opened, screens: Any) -> None:
    office = opened()
    meeting = discussed(office, topic(office, "购置设备"))
    for each in MEMBERS:
        assert step(office, meeting, "vote", person=each, method="举手", choice="赞成").done
    assert step(office, meeting, "conclusion", outcome="通过", decision="买三台", dissent="无", **DONE).done
    closing = {"papers": "全部收回", "kept": "柜"}
    assert office.perform(Act(Verb.SUBMIT, RECORDER, agenda.CLOSING, values={"meeting": meeting, **closing})).done
    for person, told in ((CLERK, False), (RECORDER, True)):
        app = OfficeApp(Session(opened(), person))
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            await screens.press(pilot, "n")
            await screens.write(pilot, "会议纪要")
            words = await screens.press(pilot, "enter")
            assert "印发范围" in words and ("买三台" in words) is told


async def test_of_two_meetings_a_day_the_one_that_asks_for_somebody_is_before_him_and_the_other_a_key_away(
    opened: Opened, screens: Any
) -> None:
    office = opened()
    called(office, topic(office, "修缮屋顶"), title="早到的会")
    asking = discussed(office, topic(office, "购置设备"), title="晚到的会")
    assert step(office, asking, "voting", method="举手").done
    async with sitting_at(opened(), DEPUTIES[0], screens) as pilot:
        words = screens.text(pilot.app)
        assert "购置设备" in words and "请您投票" in words and "今天还有早到的会；按 G 去看" in words
        assert "等记录人签到" in await keys(pilot, screens, "g", "2")
        assert "待上会的事项" in await keys(pilot, screens, "g", "3")
        assert "购置设备" in await keys(pilot, screens, "g", "1")


async def test_whoever_records_one_meeting_and_is_asked_to_another_goes_on_recording(
    opened: Opened, screens: Any
) -> None:
    office = opened()
    called(office, topic(office, "修缮屋顶"), title="先通知的会")
    discussed(office, topic(office, "购置设备"), title="正在记录的会")
    async with sitting_at(opened(), RECORDER, screens) as pilot:
        assert "正在记录的会　讨论" in screens.text(pilot.app)


async def test_a_blank_that_a_clause_asks_for_carries_its_mark_and_one_left_as_it_began_is_no_draft(
    opened: Opened, screens: Any
) -> None:
    office = opened()
    meeting = discussed(office, topic(office))
    for each in MEMBERS:
        assert step(office, meeting, "vote", person=each, method="举手", choice="赞成").done
    async with sitting_at(opened(), RECORDER, screens) as pilot:
        await keys(pilot, screens, "enter")
        words = await keys(pilot, screens, *["tab"] * 9)
        assert "* 落实期限" in words and "* 紧急缘由" not in words
        assert "已存为草稿" not in await keys(pilot, screens, "escape")
        assert pilot.app.session.drafts.all() == []


async def test_when_the_chair_has_left_the_recorder_is_told_and_hands_on_by_two_keys(
    opened: Opened, screens: Any
) -> None:
    office = opened()
    meeting = called(office, topic(office))
    signed_in(office, meeting)
    left = {"meeting": meeting, "person": DIRECTOR, "change": "离会"}
    assert office.perform(Act(Verb.SUBMIT, RECORDER, "meetings.attendance", values=left)).done
    async with sitting_at(opened(), RECORDER, screens) as pilot:
        assert "周启明（主任）已经离会：按 M 交接" in screens.text(pilot.app)
        refused = await keys(pilot, screens, "enter")
        assert "登记《会上交接》，由卢文静" in refused
        await keys(pilot, screens, "1", "m", "f5", "1")
        assert "汇报第 1 项，按回车登记" in screens.text(pilot.app)
    assert agenda.sitting_of(office.desk, meeting).chair == "P002"


def test_handing_on_without_saying_to_whom_is_asked_for_that_alone(opened: Opened) -> None:
    office = opened()
    meeting = discussed(office, topic(office))
    bare = Act(Verb.SUBMIT, RECORDER, "meetings.handing-over", values={"meeting": meeting})
    assert {each.facts for each in office.preview(bare).findings} == {
        "“交接什么”未填写", "“由谁接替”未填写", "“缘由”未填写",
    }  # fmt: skip
