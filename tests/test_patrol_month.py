"""A month of patrols by keys: a fault becomes a hazard, is put right and verified; inspection, equipment, service."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from core.matter import State

MANAGING, HEAD, KEEPER, CLERK = "P002", "P006", "P010", "P011"
FIRST_DAY = date(2026, 3, 2)
PATROLS = (date(2026, 3, 9), date(2026, 3, 16), date(2026, 3, 23), date(2026, 3, 30))
PATROL, INSPECTION, EQUIPMENT = "现场防火巡查", "现场防火检查", "现场设施器材检查"


@pytest.fixture
def walk(walking: Any, screens: Any) -> Iterator[Any]:
    found = walking.Walk(screens, FIRST_DAY)
    yield found
    found.close()


async def arranged(seat: Any, kind: str, frequency: str) -> None:
    rows = {"巡查检查人员": [{"人员": "cxy"}], "部位": [{"部位": "三楼"}]}
    await seat.offer("fhxcjcap", {"种类": kind, "频次": frequency, **rows})


async def go_round(seat: Any, page: str, *answers: str) -> str:
    """Walk a round by its page: a digit for each line; what is at fault is told in a word."""
    await seat.open_page(page)
    return await walked(seat, *answers)


async def walked(seat: Any, *answers: str) -> str:
    """Answer the lines of the round that stands open, and hand it in."""
    for answer in answers:
        await seat.press(answer)
        if answer == "2":
            await seat.write("堆物")
            await seat.press("enter")
    told = str(await seat.press("f5"))
    assert "已提交" in told, told
    await seat.press("enter")
    return str(seat.number_in(told))


async def test_a_month_of_patrols_leaves_nothing_overdue(walk: Any) -> None:
    desk = walk.office.desk
    async with walk.sits(HEAD) as seat:
        for kind, frequency in (("防火巡查", "每周"), ("防火检查", "每季度"), ("设施器材检查", "每月")):
            await arranged(seat, kind, frequency)
        kept = {"编号": "MH-01", "种类": "灭火器", "灭火器类型": "干粉", "设置位置": "三楼", "责任部门": "办公室"}
        facility = await seat.offer(
            "xfqcdj", {**kept, "责任人": "cxy", "出厂日期": "2021-03-20", "维护检查要求": "压力"}
        )

    async with walk.sits(KEEPER, size=(60, 20)) as seat:
        first = await go_round(seat, PATROL, "1", "1", "2", "1", "1", "1")
    async with walk.sits(HEAD) as seat:
        await seat.decide(first, "f5")
    async with walk.sits(KEEPER, date(2026, 3, 3), (60, 20)) as seat:
        report = await seat.discharge("上报巡查发现的问题", {"已当场改正": "否"})
    async with walk.sits(HEAD) as seat:
        put = {"责任部门": "办公室", "责任人": "戚远航", "整改期限": "3-6", "合格标准": "通", "经费来源": "不需经费"}
        hazard = await seat.discharge("给隐患定责定期", {**put, "整改前的防范措施": "看守"})
    async with walk.sits(MANAGING) as seat:
        await seat.decide(hazard, "f5")
    async with walk.sits(CLERK, date(2026, 3, 5)) as seat:
        await seat.open_duty("整改火灾隐患")
        assert f"{hazard}　火灾隐患整改" in seat.words
        await seat.press("escape")
        await seat.decide(hazard, "f6", {"整改情况": "清走"})
    async with walk.sits(MANAGING) as seat:
        await seat.decide(hazard, "f5", {"到现场看过": "是", "达到合格标准": "是"})
    found = desk.matter(hazard)
    assert found is not None and (found.state, found.text("report")) == (State.SETTLED, report)
    assert found.text("place") == "三楼" and "堆物" in found.text("description")

    for day in PATROLS:
        async with walk.sits(KEEPER, day) as seat:
            await seat.open_duty("防火巡查")
            rounds = [await walked(seat, *"111111")]
            if day == PATROLS[1]:
                done = {"维修单位": "消防站", "维修内容和结果": "换粉"}
                await seat.discharge("维修灭火器", done)
                rounds.append(await go_round(seat, EQUIPMENT, "1"))
                rounds.append(await go_round(seat, INSPECTION, *"111111"))
        async with walk.sits(HEAD) as seat:
            for number in rounds:
                if (matter := desk.matter(number)) is not None and matter.state is State.RUNNING:
                    await seat.decide(number, "f5")

    (service,) = desk.matters("fire.service")
    assert service.text("facility") == facility and service.day("service_by") == date(2028, 3, 16)
    assert [each for each in walk.overdue("fire-safety") if "核定" not in each] == []
    assert walk.found_wrong() == []
