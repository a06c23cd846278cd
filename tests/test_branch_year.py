"""A year of a Party branch by keys: meetings, lessons, dues, publication and appraisal, each from what is owed."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core.matter import State

SECRETARY, COLLECTOR = "P013", "P015"
BRANCH = "第一党支部"
MEMBERS = ("叶知秋", "蔡一帆")
WALKED = ("召开支委会", "召开支部党员大会", "发出", "上党课", "支部书记讲党课", "民主评议",
          "核定党费", "收取党费", "核对党费", "上缴党费", "公示党费")  # fmt: skip


@pytest.fixture
def walk(walking: Any, screens: Any) -> Iterator[Any]:
    found = walking.Walk(screens, date(2026, 1, 5))
    yield found
    found.close()


async def call(seat: Any, day: date) -> None:
    """Call the committee together."""
    await seat.offer(
        "dnhytz", {"会议": "支委会", "会议日期": day.isoformat(), "时间": "9:00", "地点": "一室", "议事内容": "月例会"}
    )


async def call_members(walk: Any, month: int) -> None:
    """Call the members together a week ahead."""
    async with walk.sits(SECRETARY, date(2026, month, 18)) as seat:
        told = {"会议": "支部党员大会", "会议日期": f"{month}-25", "时间": "9:00", "地点": "一室", "议事内容": "总结"}
        await seat.discharge("发出支部党员大会通知", told)


async def test_a_year_of_a_branch_leaves_nothing_overdue(walk: Any) -> None:
    desk = walk.office.desk
    async with walk.sits(COLLECTOR) as seat:
        since = {"身份": "正式党员", "批准为预备党员日期": "2015-07-01"}
        await seat.offer("dymcdj", {"支部": BRANCH, "党员": [{"党员": each, **since} for each in MEMBERS]})
        fixed = {"类别": "在职", "月收入": "6000", "每月应交": "90"}
        await seat.discharge("核定党费", {"核定明细": [{"党员": each, **fixed} for each in MEMBERS]})
    async with walk.sits(SECRETARY) as seat:
        await call(seat, date(2026, 1, 25))

    for month in range(1, 13):
        quarter = month % 3 == 0
        if month > 1:
            async with walk.sits(COLLECTOR, date(2026, month, 8)) as seat:
                await seat.discharge("核对党费交纳", {})
                if month % 3 == 1:
                    first = {"上级党组织": "机关党总支"} if month == 4 else {}
                    await seat.discharge("上缴党费", {**first, "收据编号": f"{month}"})
                    published = await seat.discharge("公示党费收缴情况", {})
            if month % 3 == 1:
                async with walk.sits(SECRETARY) as seat:
                    await seat.decide(published, "f5")
        if quarter:
            await call_members(walk, month)
        async with walk.sits(SECRETARY, date(2026, month, 25)) as seat:
            committee = await seat.discharge("召开支委会", {"与会人员都能发表意见": "是"})
            if quarter:
                await seat.discharge("召开支部党员大会", {"与会人员都能发表意见": "是"})
                teacher = {"授课党员": "叶知秋", "授课人身份": "党组织负责人"}
                await seat.discharge("上党课", {"地点": "一室", "议事内容": "党史", **teacher})
            if month == 12:
                method = {"主持人": "叶知秋", "研究评议方法的支委会": committee, "党组指导意见": "三号"}
                await seat.discharge("民主评议党员", method)
            else:
                await call(seat, date(2026, month + 1, 25))
        async with walk.sits(COLLECTOR) as seat:
            await seat.discharge("收取党费", {})

    assert desk.total("party.dues", "amount", unit="branch-1") == Decimal(12 * 2 * 90)
    remitted = desk.matters("party.remittance", state=State.SETTLED)
    assert [(each.text("superior"), each.money("amount")) for each in remitted] == [("机关党总支", Decimal(540))] * 3
    owed = [each for each in walk.overdue("party-building") if BRANCH in each and each.startswith(WALKED)]
    assert owed == [] and walk.found_wrong() == []
