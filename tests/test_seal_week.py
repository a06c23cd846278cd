"""A week of the seal desk by keys: asked for, approved, sealed, handed over, taken out and brought back."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from plugins.seals import standing

CHARGE, LEADER, HEAD, KEEPER, STAND_IN, CLERK, COLLEAGUE = "P002", "P003", "P006", "P010", "P012", "P015", "P016"
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (date(2026, 3, day) for day in range(2, 7))
SEALED = {"已核对材料、目的和手续": "是", "材料不合要求之处": "无"}


@pytest.fixture
def walk(walking: Any, screens: Any) -> Iterator[Any]:
    found = walking.Walk(screens, MONDAY)
    yield found
    found.close()


def asked(title: str, copies: str, **more: str) -> dict[str, str]:
    said = {"用印材料": "公文", "材料名称": title, "用印事由": "报送", "用印数": copies, "空白材料": "否"}
    return {"印章": "jyz", **said, **more, "重大事项": "否"}


async def entered(seat: Any, seal: str, kind: str, keeper: str) -> None:
    kept = {"印章": seal, "种类": kind, "使用科室": "办公室", "保管人": keeper, "保管人符合保管条件": "是"}
    scope = {"存放地点": "柜", "使用范围和要求": "公务", "范围由谁确定": "zgm", "来源": "原有"}
    await seat.offer("yzdj", {**kept, **scope})


async def test_a_week_of_the_seal_desk_leaves_the_book_in_order(walk: Any) -> None:
    async with walk.sits(HEAD) as seat:
        await entered(seat, "局印章", "局印章", "cxy")
        await entered(seat, "业务章", "业务专用章", "戚远航")
    async with walk.sits(CLERK) as seat:
        first = await seat.offer("用印申请", asked("函", "2"))
    async with walk.sits(LEADER) as seat:
        await seat.decide(first, "f5")
    async with walk.sits(KEEPER) as seat:
        assert "已记入用印登记簿：印次号 2026-0001至0002" in await seat.decide(first, "f6", SEALED)

    async with walk.sits(KEEPER, TUESDAY) as seat:
        hands = {"交接方式": "临时代管", "接管人": "grs", "接管人符合保管条件": "是"}
        handed = await seat.offer("yzjj", {**hands, "起始日期": "3-4", "截止日期": "3-4", "事由": "外出"})
    for person in (CHARGE, STAND_IN):
        async with walk.sits(person) as seat:
            await seat.decide(handed, "f5")

    async with walk.sits(COLLEAGUE, WEDNESDAY) as seat:
        second = await seat.offer("用印申请", asked("表", "1"))
    async with walk.sits(LEADER) as seat:
        await seat.decide(second, "f5")
    async with walk.sits(STAND_IN) as seat:
        await seat.decide(second, "f6", SEALED)

    async with walk.sits(CLERK, THURSDAY) as seat:
        third = await seat.offer("用印申请", asked("合同", "3", 用印地点="外带"))
    async with walk.sits(LEADER) as seat:
        await seat.decide(third, "f5")
    async with walk.sits(CLERK) as seat:
        outing = await seat.offer("yzwd", {"外带地点": "工地", "预计归还日期": "3-6"})
    async with walk.sits(CHARGE) as seat:
        await seat.decide(outing, "f5")
    async with walk.sits(KEEPER) as seat:
        await seat.decide(outing, "f6")
        await seat.decide(third, "f6", {"实际用印数": "2", **SEALED})

    async with walk.sits(CLERK, FRIDAY) as seat:
        await seat.press("3")
        assert "请找池秀云（办公室内勤），由其填写《印章归还登记》" in await seat.press("d")
    async with walk.sits(KEEPER) as seat:
        returned = await seat.discharge("归还外带的印章", {"印章状况": "完好"})

    desk = walk.office.desk
    lines = {str(each.values["application"]): each.values for each in desk.entries(standing.IMPRESSIONS)}
    told = [(lines[each]["numbers"], lines[each]["custodian"]) for each in (first, second, third)]
    assert told == [("2026-0001至0002", KEEPER), ("2026-0003", STAND_IN), ("2026-0004至0005", KEEPER)]
    back = desk.matter(returned)
    assert back is not None and (back.text("outing"), back.count("count")) == (outing, 2)
    assert not standing.seals(desk)["局印章"].out
    assert walk.overdue("seals") == [] and walk.found_wrong() == []
