"""A whole office meeting by keys: topic, notice, roll call, votes, minutes, what comes of it, told at the next one."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from core.matter import State

DIRECTOR, PROPOSER, SECRETARY, DEPUTY_SECRETARY = "P001", "P003", "P006", "P007"
ACCOUNTANT, RECORDER, ARCHIVIST, SECTION_HEAD, CLERK = "P008", "P013", "P014", "P016", "P024"
FIRST_DAY, FIRST_MEETING, NEXT_DAY = date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 10)
DONE_BY, SECOND_CALL, SECOND_MEETING = date(2026, 3, 20), date(2026, 4, 13), date(2026, 4, 17)
BUDGET = {"年度": "2026", "事项": "年初下达", "依据": "函", "预算明细": [{"预算科目": "办公费", "金额": "5000"}]}
ROOM = {"事由": "租会议室", "金额": "1000", "预算科目": "办公费", "支出类别": "会议培训", "资金渠道": "年度预算"}
ASKED = {"工作意见": "分步", "建议": "同意", "提请决定事项": "同意实施", "争议问题": "无"}
CHARGED = {"落实科室": "wlk", "落实责任人": "lxb", "检查督促的班子成员": "szy", "落实期限": "3-31"}
SUPERVISED = {
    "督查范围": "本单位确定",
    "来源": "会议交办",
    "列入上级督查机构": "否",
    "领导意见": "办",
    "办理意见": "分步",
}


@pytest.fixture
def walk(walking: Any, screens: Any) -> Iterator[Any]:
    found = walking.Walk(screens, FIRST_DAY, "baicheng")
    yield found
    found.close()


def proposed(title: str) -> dict[str, str]:
    return {"议题": title, "会议机构": "办务会", "议题类别": "三重一大", **ASKED}


async def announced(seat: Any, topic: str, day: str) -> str:
    """The secretary puts the papers together, and everything that waits on the agenda."""
    await seat.decide(topic, "f6", {"汇编的材料": "方案"})
    assert topic in await seat.open_page("开会")
    await seat.press("enter")
    number = str(await seat.fill_in({"会议形式": "例会", "会议日期": day, "时间": "9:00", "地点": "三楼"}))
    await seat.press("escape")
    return number


async def held(seat: Any, charged: dict[str, str]) -> str:
    """One item: reported, spoken on from the last in rank, voted on with the principal last, concluded."""
    await seat.press("enter")
    for name in ("曾令仪", "单志远", "卢文静"):
        assert f"请{name}" in seat.words
        await seat.press("1")
        await seat.write("可")
        await seat.press("enter")
    assert "请周启明（主任）末位表态" in seat.words
    assert "请曾令仪（副主任）表决" in await seat.press("v")
    assert "赞成 4 票，反对 0 票，弃权 0 票，通过" in await seat.press("1", "1", "1", "1")
    await seat.press("enter")
    return str(await seat.fill_in(charged))


async def test_a_whole_meeting_from_its_topic_to_the_report_at_the_next(walk: Any, screens: Any) -> None:
    desk = walk.office.desk
    async with walk.sits(ACCOUNTANT) as seat:
        await seat.offer("预算下达与调整", BUDGET)
    async with walk.sits(CLERK) as seat:
        spending = await seat.offer("费用支出申请", ROOM)
    async with walk.sits(PROPOSER) as seat:
        topic = await seat.offer("议题申报", proposed("宣传方案"))
    async with walk.sits(DIRECTOR) as seat:
        await seat.decide(topic, "f5")
    async with walk.sits(SECRETARY) as seat:
        meeting = await announced(seat, topic, "3-9")
    async with walk.sits(DIRECTOR) as seat:
        await seat.decide(meeting, "f5")

    async with walk.sits(RECORDER, FIRST_MEETING) as seat:
        assert "2026年第1次办务会　签到" in await seat.open_page("开会")
        assert "到会 4／应到 4 人" in await seat.press("f5")
        carried = await held(seat, {"落实期限": "3-31"})
        decided = await held(seat, CHARGED)
        assert "各项都有结论，按 F5 闭会归档" in seat.words and not screens.english(seat.words)
        await seat.press("f5")
        await seat.fill_in({"会议材料": "全部收回", "存放位置": "柜"})
        await seat.press("escape")
        minutes = await seat.offer("会议纪要", {"重大事项": "否", "印发范围": "各科室"})
    async with walk.sits(ARCHIVIST) as seat:
        await seat.decide(minutes, "g")
    drawn_up = desk.matter(minutes)
    assert drawn_up.state is State.SETTLED and "会议决定：同意租会议室" in drawn_up.text("content")
    assert "单志远作了汇报" in drawn_up.text("content") and "可" not in drawn_up.text("content").split()

    async with walk.sits(PROPOSER) as seat:
        await seat.decide(spending, "f5")
    assert desk.matter(spending).state is State.SETTLED
    assert [each.number for each in desk.resolutions(spending)] == [f"{meeting}-1"]

    async with walk.sits(SECRETARY, NEXT_DAY) as seat:
        task = await seat.discharge("会议决定立项督查", SUPERVISED)
    assert (desk.matter(task).text("origin"), desk.matter(task).text("handler")) == (decided, SECTION_HEAD)
    async with walk.sits(SECTION_HEAD) as seat:
        await seat.decide(task, "f5")
    async with walk.sits(SECTION_HEAD, DONE_BY) as seat:
        await seat.decide(task, "f6", {"办理结果": "办完"})
        assert "办结：落实办务会决议" in await seat.press("3", "d")
        await seat.write("办完")
        await seat.press("f2", "enter")
    async with walk.sits(DEPUTY_SECRETARY) as seat:
        await seat.decide(task, "f5")
    assert desk.matter(task).state is State.SETTLED

    async with walk.sits(DIRECTOR, SECOND_CALL) as seat:
        second = await seat.offer("议题申报", proposed("值班"))
    async with walk.sits(SECRETARY) as seat:
        following = await announced(seat, second, "4-17")
    async with walk.sits(DIRECTOR) as seat:
        await seat.decide(following, "f5")
    async with walk.sits(RECORDER, SECOND_MEETING) as seat:
        assert "2026年第2次办务会　签到" in await seat.open_page("开会")
        await seat.press("f5")
        assert "督办通报" in await seat.press("t")
        report = desk.matter(await seat.fill_in({}))
    told = {str(row["conclusion"]): row["state"] for row in report.rows("decisions")}
    assert report.text("meeting") == following and told == {carried: "进行中", decided: "已完成"}
    assert walk.found_wrong() == []
