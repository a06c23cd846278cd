"""Choosing instead of typing: from a ledger, today by one key, a title by the reading it has."""

from collections.abc import Iterator
from typing import Any

import pytest

from core.cases.play import office_factory
from core.days.clock import SystemClock
from core.names import matches, title_keys
from tui.app import OfficeApp
from tui.session import Session


@pytest.fixture
def desk(seals_module: Any) -> Iterator[Any]:
    found = seals_module.Desk()
    yield found
    found.office.close()


def test_every_ledger_that_a_blank_chooses_from_has_the_column(seals_module: Any) -> None:
    for agency in ("lucheng", "baicheng", "yongding"):
        office = office_factory(seals_module.CONFIG, agency)(SystemClock())
        kinds = office.host.matter_types.values()
        blanks = [blank for kind in kinds for blank in kind.fields if blank.ledger]
        for blank in blanks:
            ledger, _, column = blank.ledger.rpartition(".")
            assert column in {each.key for each in office.host.ledgers[ledger].columns}
        office.close()
        assert blanks


async def test_a_seal_is_chosen_from_the_register_with_what_became_of_it(desk: Any, walking: Any, screens: Any) -> None:
    assert desk.enter("业务章", "业务专用章", "P011").done
    app = OfficeApp(Session(desk.office, "P015"))
    async with app.run_test(size=(80, 24)) as pilot:
        seat = walking.Seat(pilot, screens)
        await seat.press("n")
        await seat.write("yysq")
        await seat.press("enter")
        words = await seat.press("enter")
        assert "台账上最近一行" in words and "局印章" in words and "业务章" in words and "启用" in words
        await seat.write("ywz")
        words = await seat.press("enter")
        assert "* 印章         业务章" in words and "台账上最近一行" not in words


def until(words: str) -> str:
    """What stands in the blank for the last day."""
    return next(line.split()[1] for line in words.splitlines() if "截止日期" in line)


async def test_t_writes_today_and_a_month_and_day_are_of_this_year(desk: Any, walking: Any, screens: Any) -> None:
    app = OfficeApp(Session(desk.office, "P010"))
    async with app.run_test(size=(80, 24)) as pilot:
        seat = walking.Seat(pilot, screens)
        await seat.press("n")
        await seat.write("印章交接")
        await seat.press("enter")
        await seat.fill({"截止日期": "3.9"})
        assert until(await seat.press("tab")) == "2026-03-09"
        await seat.fill({"截止日期": ""})
        assert until(await seat.press("t")) == "2026-03-02"


def test_a_title_is_found_by_the_reading_it_has_and_no_rarer_one() -> None:
    assert matches("yz", "印章登记", title_keys("印章登记"))
    assert not matches("yz", "月度考勤表", title_keys("月度考勤表"))
    assert not matches("yz", "台账更正", title_keys("台账更正"))
