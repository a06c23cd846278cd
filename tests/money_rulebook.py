"""An agency and a family made up to read rulebooks with, and how a test writes one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from core.acts import Verb
from core.agency import Agency
from core.condition import Condition
from core.errors import RulebookInvalid
from core.family import Family, LedgerType, MatterType, Setting
from core.fields import Field, Kind
from core.finding import Problem
from core.rule_kinds import (
    BodyKey,
    FieldKey,
    FunctionKey,
    LedgerKey,
    MatterKey,
    PostKey,
    Proposal,
    RuleKind,
    Selector,
    UnitKey,
    rule,
)
from core.rulebook.load import load_rulebook
from core.rulebook.model import Rulebook

AGENCY = """
[agency]
key = "office"
title = "示范单位"
families = ["money"]

[[unit]]
key = "leaders"
title = "办领导"
[[unit]]
key = "network"
title = "网络科"

[[post]]
key = "director"
title = "主任"
rank = 1
[[post]]
key = "cashier"
title = "出纳"
rank = 5

[[function]]
key = "finance"
title = "财务"

[[body]]
key = "office-meeting"
title = "办务会"
members = ["director"]
chair = ["director"]
secretary = ["cashier"]
quorum = "2/3"
"""
AMOUNT = FieldKey("amount")


@dataclass(frozen=True)
class Everything:
    """One parameter of each type a rule kind can ask for."""

    cap: Decimal
    blank: FieldKey = AMOUNT
    words: str = ""
    strict: bool = False
    days: int = 0
    start: date | None = None
    share: Fraction = Fraction(1, 2)
    sums: tuple[Decimal, ...] = ()
    only: Condition | None = None
    post: PostKey | None = None
    body: BodyKey | None = None
    unit: UnitKey | None = None
    function: FunctionKey | None = None
    ledger: LedgerKey | None = None
    other: MatterKey | None = None
    who: tuple[Selector, ...] = ()


@rule("money.cap", "限额", Everything, matters=("money.spending",))
def cap(parameters: Everything, proposal: Proposal) -> Iterator[Problem]:
    """No spending is over the cap."""
    if proposal.matter.money(parameters.blank) > parameters.cap:
        yield Problem("超过限额", "减少金额")


@dataclass(frozen=True)
class Blank:
    """A blank and nothing else."""

    field: FieldKey


@rule("money.paid", "付款登记", Blank, verbs=(Verb.PERFORM,))
def paid(parameters: Blank, proposal: Proposal) -> Iterator[Problem]:
    """A payment names its voucher."""
    if not proposal.given.get(parameters.field):
        yield Problem("未填写", "填写")


SPENDING = MatterType(
    key="money.spending",
    title="费用支出",
    prefix="费用",
    fields=(
        Field("amount", "金额", Kind.MONEY),
        Field("purpose", "事由"),
        Field("way", "方式", Kind.CHOICE, choices=("现金", "转账")),
        Field("spent_on", "支出日期", Kind.DATE),
        Field("people", "人数", Kind.NUMBER, required=False),
        Field("urgent", "紧急", Kind.FLAG, required=False),
        Field("handler", "经办人", Kind.PERSON),
        Field("bills", "票据", Kind.ROWS, columns=(Field("number", "发票号"),), required=False),
    ),
    step_forms={"payment": (Field("voucher", "凭证号"),)},
)
LOAN = MatterType("money.loan", "借款", "借款", (Field("amount", "金额", Kind.MONEY),))
KINDS: tuple[RuleKind, ...] = (cap, paid)
MONEY = Family(
    "money",
    "财务",
    matters=(SPENDING, LOAN),
    rules=KINDS,
    ledgers=(LedgerType("money.cash", "现金账", (Field("amount", "金额", Kind.MONEY),)),),
    settings=(
        Setting("limit", "限额", Kind.MONEY, Decimal(0)),
        Setting("ways", "方式", Kind.TEXT, ("现金",), many=True),
    ),
)
HEAD = '[regulation]\nid = "finance"\ntitle = "财务管理制度"\nfamily = "money"\n'


def clause(body: str = "", no: str = "1", kind: str = "limit") -> str:
    """A clause whose heading stands on the line after the blank one."""
    return f'\n[[clause]]\nno = "{no}"\nkind = "{kind}"\ntext = "条文"\n{body}\n'


def load(agency: Agency, *clauses: str, **others: str) -> Rulebook:
    files = {"finance.toml": HEAD + "".join(clauses)} | {f"{name}.toml": text for name, text in others.items()}
    return load_rulebook(files, agency, [MONEY])


def faults(agency: Agency, *clauses: str, **others: str) -> list[tuple[str, int, str]]:
    with pytest.raises(RulebookInvalid) as caught:
        load(agency, *clauses, **others)
    return [(fault.path, fault.line, fault.message) for fault in caught.value.faults]


def only(agency: Agency, *clauses: str) -> tuple[int, str]:
    """The line and the sentence of the one fault there is."""
    found = faults(agency, *clauses)
    assert len(found) == 1, found
    return found[0][1], found[0][2]


def use(parameters: str = 'cap = "1000.00"') -> str:
    return f'[[clause.rule]]\nuse = "money.cap"\n{parameters}'
