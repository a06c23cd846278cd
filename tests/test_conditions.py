"""Conditions are typed by the blanks they compare, and mean what they say."""

import operator
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from core.condition import Condition, facts_named
from core.family import MatterType
from core.fields import Field, Kind
from core.rulebook.conditions import facts_of, read_condition
from core.rulebook.faults import Sheet
from core.rulebook.tables import Table
from core.rulebook.vocabulary import Staffing

LEAVE = MatterType(
    "leave.request",
    "请假",
    "请假",
    (
        Field("days", "天数", Kind.NUMBER),
        Field("pay", "扣发", Kind.MONEY),
        Field("sort", "假别", Kind.CHOICE, choices=("事假", "病假")),
        Field("listed", "类别", Kind.CHOICE, setting="leave.sorts"),
        Field("since", "起始日", Kind.DATE),
        Field("abroad", "出境", Kind.FLAG),
        Field("unit", "科室", Kind.UNIT),
        Field("papers", "材料", Kind.ROWS, columns=(Field("name", "名称"),)),
    ),
)
OTHER = MatterType("leave.cancel", "销假", "销假", (Field("days", "天数", Kind.NUMBER),))
STAFFING = Staffing({"director": "主任"}, {"network": "网络科"}, {"finance": "财务"}, {"council": "办公会"})


def load(text: str, *matters: MatterType) -> tuple[Condition | None, list[tuple[int, str]]]:
    sheet = Sheet("a.toml", f"when = {text}")
    table = Table(sheet, (), tomli.loads(sheet.text)).table("when")
    assert table is not None
    condition = read_condition(table, facts_of(matters or [LEAVE]), STAFFING)
    return condition, [(fault.line, fault.message) for fault in sheet.faults]


def sound(text: str) -> Condition:
    condition, faults = load(text)
    assert condition is not None and not faults, faults
    return condition


COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "at_least": operator.ge,
    "over": operator.gt,
    "at_most": operator.le,
    "under": operator.lt,
    "is": operator.eq,
    "is_not": operator.ne,
}


@given(st.sampled_from(sorted(COMPARED)), st.integers(0, 9), st.integers(0, 9))
def test_every_comparison_is_what_its_name_says(name: str, fact: int, figure: int) -> None:
    wanted = COMPARED[name](fact, figure)
    assert sound(f"{{ days = {{ {name} = {figure} }} }}").met({"days": fact}) is wanted
    assert sound(f'{{ pay = {{ {name} = "{figure}.00" }} }}').met({"pay": Decimal(fact)}) is wanted


@pytest.mark.parametrize(
    ("text", "facts", "met"),
    [
        ('{ sort = { in = ["事假", "病假"] } }', {"sort": "病假"}, True),
        ('{ sort = { not_in = ["事假"] } }', {"sort": "事假"}, False),
        ("{ abroad = { is = true } }", {"abroad": True}, True),
        ("{ since = { at_least = 2026-03-01 } }", {"since": date(2026, 3, 1)}, True),
        ("{ days = { at_least = 3, under = 5 } }", {"days": 5}, False),
        ('{ days = { over = 3 }, sort = { is = "事假" } }', {"days": 4, "sort": "病假"}, False),
        ("{ any = [{ days = { over = 3 } }, { abroad = { is = true } }] }", {"days": 1, "abroad": True}, True),
        ("{ all = [{ days = { over = 3 } }, { abroad = { is = true } }] }", {"days": 1, "abroad": True}, False),
        ('{ applicant.post = { is = "director" } }', {"applicant.post": "director"}, True),
        ('{ "applicant.unit" = { is = "network" } }', {"applicant.unit": "network"}, True),
        ("{ applicant.rank = { at_most = 2 } }", {"applicant.rank": 3}, False),
        ("{ days = { over = 3 } }", {}, False),
        ("{ days = { is_not = 3 } }", {}, True),
    ],
)
def test_a_condition_is_met_by_the_facts_it_describes(text: str, facts: Mapping[str, Any], met: bool) -> None:
    assert sound(text).met(facts) is met


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{ dais = { over = 3 } }", "是否指“days”？"),
        ("{ 天数 = { over = 3 } }".replace("天数", '"天数"'), "应写“days”"),
        ("{ days = { ovr = 3 } }", "是否指“over”？"),
        ("{ days = 3 }", "要写明如何比较"),
        ("{ days = {} }", "没有写明如何比较"),
        ("{}", "条件是空的"),
        ('{ days = { over = "3" } }', "不加引号的整数"),
        ("{ pay = { over = 3.5 } }", "加引号"),
        ("{ pay = { over = 3 } }", '"3.00"'),
        ('{ pay = { over = "3.005" } }', "精确到分"),
        ('{ sort = { is = "事架" } }', "是否指“事假”？"),
        ('{ sort = { over = "事假" } }', "不能用 over"),
        ('{ sort = { in = "事假" } }', "方括号"),
        ("{ sort = { in = [] } }", "方括号"),
        ("{ abroad = { in = [true] } }", "只能用 is"),
        ('{ since = { is = "2026-03-01" } }', "不加引号的日期"),
        ("{ since = { is = 2026-03-01T08:00:00 } }", "不加引号的日期"),
        ('{ unit = { is = "netwrk" } }', "是否指“network”？"),
        ('{ papers = { is = "a" } }', "不能作条件"),
        ('{ applicant.pst = { is = "director" } }', "是否指“applicant.post”？"),
        ('{ applicant.post = { is = "directr" } }', "是否指“director”？"),
        ("{ any = { days = { over = 3 } } }", "方括号"),
    ],
)
def test_a_faulty_condition_says_what_to_write(text: str, words: str) -> None:
    _, faults = load(text)
    assert len(faults) == 1 and words in faults[0][1], faults


def test_faults_of_a_condition_come_together_each_on_its_line() -> None:
    _, faults = load("""{ any = [
  { dais = { over = 3 } },
  { sort = { is = "事架", in = [] } },
] }""")
    assert [line for line, _ in faults] == [2, 3, 3]


def test_choices_kept_as_a_setting_are_not_checked_against_a_fixed_list() -> None:
    assert sound('{ listed = { is = "婚假" } }').met({"listed": "婚假"})


def test_a_condition_for_several_kinds_of_matter_names_what_they_all_have() -> None:
    assert load("{ days = { over = 3 } }", LEAVE, OTHER)[1] == []
    ((_, message),) = load("{ abroad = { is = true } }", LEAVE, OTHER)[1]
    assert "没有“abroad”这个栏目" in message


def test_a_condition_knows_every_fact_it_asks_for() -> None:
    condition = sound("{ any = [{ days = { over = 3 } }, { applicant.rank = { is = 1 } }], abroad = { is = true } }")
    assert facts_named(condition) == {"days", "applicant.rank", "abroad"}


@pytest.mark.parametrize(
    ("written", "met"),
    [
        ("{ days = { over = 3 } }", False),
        ("{ days = { at_most = 3 } }", False),
        ("{ days = { is_not = 3 } }", True),
    ],
)
def test_a_fact_kept_as_text_for_want_of_its_family_is_as_good_as_unknown(written: str, met: bool) -> None:
    assert sound(written).met({"days": "5"}) is met
