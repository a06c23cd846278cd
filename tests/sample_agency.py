"""A small agency with one family, on which the office itself is tested."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from shutil import copytree
from types import ModuleType
from typing import Any

from core.acts import Act, Verb
from core.days.clock import ZONE, FixedClock
from core.family import Booked, Family, LedgerType, MatterType, Outcome
from core.fields import Field, Kind
from core.finding import Problem
from core.office import Office
from core.records import Effect, Entry
from core.rule_kinds import FieldKey, Proposal, rule
from core.rulebook.people_file import read_people
from core.verdict import Result

CONFIG = Path(__file__).parent.parent / "config"

AGENCY = """
[agency]
key = "sample"
title = "示例局"
zone = "Asia/Shanghai"
families = ["sample"]

[[unit]]
key = "leaders"
title = "局领导"
leaders = true
[[unit]]
key = "office"
title = "办公室"
[[unit]]
key = "trade"
title = "贸易科"

[[post]]
key = "director"
title = "局长"
rank = 1
[[post]]
key = "deputy"
title = "副局长"
rank = 2
[[post]]
key = "head"
title = "科长"
rank = 3
head = true
[[post]]
key = "cashier"
title = "出纳"
rank = 4
[[post]]
key = "clerk"
title = "科员"
rank = 5

[[function]]
key = "finance"
title = "财务"

[[body]]
key = "council"
title = "局长办公会"
members = ["director", "deputy"]
chair = ["director"]
secretary = ["head-of:office"]
quorum = "1/2"

[permissions]
"core.delegation" = ["director", "head-of:office"]
"core.absence" = ["head-of:office"]
"core.appointment" = ["head-of:office"]
"core.departure" = ["head-of:office"]
"core.oversight" = ["director"]
"core.correction" = ["cashier"]
"""

PEOPLE = """
[[person]]
key = "P1"
name = "赵一"
[[person]]
key = "P2"
name = "钱二"
[[person]]
key = "P3"
name = "孙三"
[[person]]
key = "P4"
name = "李四"
[[person]]
key = "P5"
name = "周五"
[[person]]
key = "P6"
name = "吴六"
[[person]]
key = "P7"
name = "郑七"

[[tenure]]
person = "P1"
post = "director"
unit = "leaders"
[[tenure]]
person = "P2"
post = "deputy"
unit = "leaders"
[[tenure]]
person = "P3"
post = "head"
unit = "office"
[[tenure]]
person = "P4"
post = "cashier"
unit = "office"
[[tenure]]
person = "P5"
post = "head"
unit = "trade"
[[tenure]]
person = "P6"
post = "clerk"
unit = "trade"
[[tenure]]
person = "P7"
post = "deputy"
unit = "leaders"

[[oversight]]
person = "P2"
units = ["trade"]
functions = ["finance"]
[[oversight]]
person = "P7"
units = ["office"]
"""

RULEBOOK = """
[regulation]
id = "spending"
title = "开支办法"
family = "sample"

[[clause]]
no = "1"
kind = "approval"
text = "开支由分管领导审批，一千元以上先经局长办公会研究，批准后由出纳付款"
[[clause.chain]]
matter = "sample.spending"
steps = [
  { by = "unit-head", title = "科长审核" },
  { resolution = "council", title = "会议研究", when = { amount = { at_least = "1000.00" } }, clause = "2" },
  { by = "supervising-leader", title = "领导审批", due = { days = 3, workdays = true } },
  { by = "cashier", title = "付款", perform = true, form = "payment" },
]

[[clause]]
no = "2"
kind = "decision"
text = "一千元以上的开支由局长办公会研究决定"

[[clause]]
no = "3"
kind = "limit"
text = "单笔开支不超过五万元"
[[clause.rule]]
use = "sample.cap"
field = "amount"
cap = "50000.00"

[[clause]]
no = "4"
kind = "limit"
text = "一般不在年底前突击花钱"
[[clause.rule]]
use = "sample.cap"
level = "warn"
field = "amount"
cap = "20000.00"

[[clause]]
no = "5"
kind = "obligation"
text = "办公室每月向局长报送收支表"
[[clause.duty]]
title = "报送收支表"
by = "head-of:office"
every = "monthly"
due = { workdays = 5, from = "end" }
notice_days = 10

[[clause]]
no = "6"
kind = "deadline"
text = "付款后半月内交回单据"
[[clause.duty]]
title = "交回单据"
by = "applicant"
after = { matter = "sample.spending", step = "付款", days = 15, workdays = false }

[[clause]]
no = "7"
kind = "publicity"
text = "重大项目公示五个工作日后实施"
[[clause.chain]]
matter = "sample.project"
steps = [
  { by = ["deputy"], mode = "all", title = "会签" },
  { notice = 5, by = "head-of:office", title = "公示" },
  { by = "principal", title = "局长批准" },
]
"""


@dataclass(frozen=True)
class Cap:
    """A sum that a blank may not exceed."""

    field: FieldKey
    cap: Decimal


@rule("sample.cap", "限额", Cap, matters=("sample.spending",))
def within_cap(parameters: Cap, proposal: Proposal) -> Iterator[Problem]:
    """The sum stays within the cap."""
    amount = proposal.matter.money(parameters.field)
    if amount > parameters.cap:
        yield Problem(f"金额 {amount} 元 > 限额 {parameters.cap} 元", f"改为 {parameters.cap} 元以内", parameters.field)


def paid(outcome: Outcome) -> Iterator[Effect]:
    if outcome.completed and outcome.completed.title == "付款":
        values = {"amount": outcome.matter.money("amount"), "purpose": outcome.matter.text("purpose")}
        yield Entry("sample.payments", outcome.office.day, values)


SPENDING = MatterType(
    key="sample.spending",
    title="开支申请",
    prefix="开支",
    fields=(
        Field("purpose", "事由"),
        Field("amount", "金额", Kind.MONEY),
        Field("needed_on", "用款日期", Kind.DATE, required=False),
        Field("kind", "类别", Kind.CHOICE, required=False, choices=("办公", "差旅")),
        Field("urgent", "是否急件", Kind.FLAG, required=False),
        Field("people", "人数", Kind.NUMBER, required=False, unit="人"),
        Field("handler", "经办人", Kind.PERSON, required=False),
        Field("section", "用款科室", Kind.UNIT, required=False),
        Field("earlier", "前次申请", Kind.MATTER, required=False, matter="sample.spending"),
        Field(
            "bills",
            "票据",
            Kind.ROWS,
            required=False,
            columns=(Field("number", "发票号"), Field("sum", "票面金额", Kind.MONEY)),
        ),
        Field("remark", "备注", Kind.LONG, required=False),
    ),
    subject="purpose",
    amount="amount",
    step_forms={"payment": (Field("cheque", "支票号"),)},
    follows=paid,
    books=(Booked("sample.payments", column="amount", blank="amount"),),
    indexed=("purpose",),
)
PROJECT = MatterType(
    key="sample.project", title="项目申报", prefix="项目", fields=(Field("name", "名称"),), subject="name"
)
PAYMENTS = LedgerType(
    key="sample.payments",
    title="付款台账",
    columns=(Field("purpose", "事由"), Field("amount", "金额", Kind.MONEY)),
    indexed=("purpose",),
)


def install() -> None:
    """Make the sample family importable under the name that the agency file uses."""
    module = ModuleType("plugins.sample")
    family = Family(
        "sample", "示例", matters=(SPENDING, PROJECT), rules=(within_cap,), ledgers=(PAYMENTS,), settings=()
    )
    from core.hookspec import hookimpl

    def guizhang_family() -> Family:
        return family

    module.guizhang_family = hookimpl(guizhang_family)  # type: ignore[attr-defined]
    sys.modules["plugins.sample"] = module


class Sample:
    """The sample agency's office with a clock that stands still, and shorthands for acts."""

    def __init__(self, folder: Path, *, rulebook: str = RULEBOOK, store: str = "office.store") -> None:
        install()
        self.config = folder / "config"
        copytree(CONFIG / "national", self.config / "national", dirs_exist_ok=True)
        agency = self.config / "agencies" / "sample"
        (agency / "rulebook").mkdir(parents=True, exist_ok=True)
        (agency / "agency.toml").write_text(AGENCY, encoding="utf-8")
        (agency / "rulebook" / "spending.toml").write_text(rulebook, encoding="utf-8")
        self.store_path = folder / store
        self.clock = FixedClock(datetime(2026, 3, 2, 9, 0, tzinfo=ZONE))
        self.office = self.open()
        if not self.office.store.meta("opened"):
            people = read_people(PEOPLE, self.office.agency)
            self.office.found(people.people, people.tenures, people.oversights)

    def open(self) -> Office:
        return Office.open(self.config, "sample", self.store_path, self.clock)

    def on(self, year: int, month: int, day: int) -> None:
        self.clock.set(datetime(year, month, day, 9, 0, tzinfo=ZONE))

    def submit(self, by: str = "P6", kind: str = "sample.spending", because: str = "", **values: Any) -> Result:
        return self.office.perform(Act(Verb.SUBMIT, by, kind, values=values, reason=because))

    def act(self, verb: Verb, by: str, number: str, opinion: str = "", **rest: Any) -> Result:
        return self.office.perform(Act(verb, by, matter=number, opinion=opinion, **rest))

    def filed(self, amount: str = "500", **values: Any) -> str:
        """The number of a spending that has been filed by the clerk."""
        result = self.submit(purpose="购打印纸", amount=amount, **values)
        assert result.matter is not None, result.verdict.findings
        return result.matter.number


Make = Callable[..., Sample]
