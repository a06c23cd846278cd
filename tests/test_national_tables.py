"""National tables hold for their dates, name their document, and load whole or not at all."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from core.national_tables import NationalTables, NoFigures
from core.office import rulebook_texts
from core.rulebook.faults import Sheet
from core.rulebook.national import read_national

CONFIG = Path(__file__).parent.parent / "config"

TWO = """
[[table]]
key = "meals"
title = "伙食补助费"
reference = "旧办法"
since = 2007-01-01
until = 2013-12-31
otherwise = "50.00"

[[table]]
key = "meals"
title = "伙食补助费"
reference = "新办法"
since = 2014-01-01
rows = { "西藏" = "120.00", "火车" = ["硬座", "硬卧"] }
otherwise = "100.00"
"""


def read(text: str) -> tuple[NationalTables, list[str]]:
    sheet = Sheet("national/travel.toml", text)
    tables = NationalTables.of(read_national(sheet))
    return tables, [f"{fault.line}：{fault.message}" for fault in sheet.faults]


@pytest.mark.parametrize(
    ("day", "reference", "amount"),
    [(date(2013, 12, 31), "旧办法", "50.00"), (date(2014, 1, 1), "新办法", "100.00")],
)
def test_a_table_holds_from_its_first_to_its_last_day(day: date, reference: str, amount: str) -> None:
    tables, faults = read(TWO)
    assert not faults
    table = tables.on("travel.meals", day)
    assert (table.reference, table.amount("吉林")) == (reference, Decimal(amount))


def test_a_name_has_its_own_figure_or_list_where_the_table_gives_one() -> None:
    table = read(TWO)[0].on("travel.meals", date(2026, 3, 2))
    assert table.amount("西藏") == Decimal("120.00")
    assert table.listed("火车") == ("硬座", "硬卧")
    with pytest.raises(LookupError, match="火车"):
        table.amount("火车")


def test_a_table_is_asked_for_only_where_and_when_it_holds() -> None:
    tables = read(TWO)[0]
    with pytest.raises(NoFigures, match="没有 2006-12-31 的"):
        tables.on("travel.meals", date(2006, 12, 31))
    with pytest.raises(LookupError, match="现有：travel"):
        tables.on("travel.lodging", date(2026, 3, 2))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("until = 2013-12-31\n", "", "10：“travel.meals”有两张表的施行日期重叠"),
        ('reference = "旧办法"\n', "", "2：全国统一的标准缺少“reference”"),
        ('otherwise = "50.00"', "otherwise = 50.5", '8：“otherwise”是小数或金额，要加引号写成文字，例如 "50.50"'),
        ('otherwise = "50.00"', 'note = "…"', "全国统一的标准没有“note”这一项"),
        ('otherwise = "50.00"\n', "", "2：全国统一的标准要写“rows”"),
    ],
)
def test_a_faulty_table_is_named_with_its_line(old: str, new: str, said: str) -> None:
    assert old in TWO
    assert any(fault.startswith(said) or said in fault for fault in read(TWO.replace(old, new, 1))[1])


def test_the_tables_are_kept_among_the_texts_of_every_rulebook() -> None:
    texts = rulebook_texts(CONFIG, "baicheng")
    assert {"finance.toml", "general.toml", "national/travel.toml"} <= texts.keys()
    assert "national/holidays.toml" not in texts
