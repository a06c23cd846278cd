"""A ledger of very many lines on the screen: what is read stays bounded until more is asked for."""

from decimal import Decimal
from typing import Any

from core.records import Entry
from core.writing import Writing
from tui.app import OfficeApp
from tui.session import Session


def paid(sample: Any, count: int) -> None:
    office = sample.office
    with office.store.transaction("P4", "perform") as transaction:
        lines = [{"purpose": f"用途{number}", "amount": Decimal(number)} for number in range(count)]
        entries = [Entry("sample.payments", office.desk.day, values) for values in lines]
        Writing(office.desk, transaction).effects(entries, "开支-1")


async def test_a_long_ledger_is_summed_when_asked_and_narrowed_by_how_a_text_begins(
    sample, screens, monkeypatch
) -> None:
    monkeypatch.setattr("tui.screens.ledger._SMALL", 20)
    paid(sample, 30)
    app = OfficeApp(Session(sample.office, "P6"))
    async with app.run_test(size=(80, 24)) as pilot:
        words = await screens.press(pilot, "5", "end", "enter")
        assert "合计" in words and "435.00" not in words
        assert "金额合计 435.00" in await screens.press(pilot, "t")
        await screens.press(pilot, "f", "3")
        await screens.write(pilot, "用途2")
        words = await screens.press(pilot, "enter")
        assert "共 11 条" in words
        assert "金额合计 247.00" in words
        await screens.press(pilot, "f", "3")
        await screens.write(pilot, "途2")
        assert "共 11 条" not in await screens.press(pilot, "enter")
