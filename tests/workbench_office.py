"""A workbench on the sample office, and what stands in its areas."""

from decimal import Decimal
from typing import Any

from core.records import Entry, Notice, Objection
from core.writing import Writing
from tui.app import OfficeApp
from tui.session import Session


def opened(sample: Any, person: str, *, demo: bool = False) -> OfficeApp:
    return OfficeApp(Session(sample.office, person, demo=demo))


def published(sample: Any, *objections: Objection) -> None:
    office = sample.office
    day = office.desk.day
    notice = Notice("公示-1", "评优公示", "拟评定名单", "spending/7", day, day, objections=objections)
    with office.store.transaction("P1", "submit") as transaction:
        Writing(office.desk, transaction).notice(notice)


def paid(sample: Any, count: int) -> None:
    office = sample.office
    with office.store.transaction("P4", "perform") as transaction:
        writing = Writing(office.desk, transaction)
        for number in range(count):
            values = {"purpose": f"用途{number}", "amount": Decimal(number)}
            writing.effects([Entry("sample.payments", office.desk.day, values)], "开支-1")
