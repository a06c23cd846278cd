"""A rulebook loads whole or not at all, with every fault of every file in one answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from core.acts import Verb
from core.agency import Agency
from core.chains.steps import Mode, Otherwise, StepKind
from core.condition import Condition
from core.errors import RulebookInvalid
from core.family import (
    BodyKey,
    Family,
    FieldKey,
    FunctionKey,
    LedgerKey,
    LedgerType,
    MatterKey,
    MatterType,
    PostKey,
    Proposal,
    RuleKind,
    Selector,
    Setting,
    UnitKey,
    rule,
)
from core.fields import Field, Kind
from core.finding import Level, Problem
from core.rulebook.agency_file import read_agency
from core.rulebook.load import digest, load_rulebook
from core.rulebook.model import ClauseClass, Rulebook

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


@pytest.fixture(scope="module")
def agency() -> Agency:
    return read_agency(AGENCY)


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


def test_a_whole_rulebook_is_read_with_typed_parameters(agency: Agency) -> None:
    book = load(
        agency,
        clause(
            use(
                'cap = "1000.00"\nwords = "字"\nstrict = true\ndays = 3\nstart = 2026-01-01\nshare = "2/3"\n'
                'sums = ["1.5", "2"]\nonly = { amount = { over = "5.00" } }\npost = "cashier"\n'
                'body = "office-meeting"\n'
                'unit = "network"\nfunction = "finance"\nledger = "money.cash"\nother = "money.loan"\n'
                'who = ["director", "leader-of-function:finance", "chosen:handler", "cashier@network"]\n'
                'when = { amount = { at_least = "1.00" } }\nlevel = "warn"\nremedy = "先请示"'
            )
        ),
    )
    (found, regulation, where), *rest = book.uses("money.spending")
    assert not rest and regulation.title == "财务管理制度" and where.line == 6
    assert (found.id, found.level, found.remedy) == ("money.cap@finance/1", Level.WARN, "先请示")
    assert found.when and found.when.described() == "金额 ≥ 1.00 元"
    values = found.parameters
    assert (values.cap, values.share, values.start) == (Decimal("1000.00"), Fraction(2, 3), date(2026, 1, 1))
    assert values.sums == (Decimal("1.5"), Decimal(2)) and values.only.met({"amount": Decimal(6)})
    assert values.who[2] == "chosen:handler" and book.cite("finance/1").text == "条文"


def test_a_second_use_of_a_kind_in_one_clause_has_an_id_of_its_own(agency: Agency) -> None:
    uses = load(agency, clause(use() + "\n" + use())).uses("money.spending")
    assert [each.id for each, _, _ in uses] == ["money.cap@finance/1", "money.cap@finance/1#2"]


def test_a_chain_is_read_with_its_policies_and_cited_clauses(agency: Agency) -> None:
    steps = """
[[clause.chain]]
matter = "money.spending"
steps = [
  { by = "unit-head", clause = "2", if_applicant = "instead", instead = ["director"] },
  { resolution = "office-meeting", when = { amount = { at_least = "1000.00" } } },
  { notice = 5, by = "cashier" },
  { by = ["director", "cashier"], mode = "count", count = 2, due = { days = 3 }, opinion = true },
  { by = "cashier", title = "付款", perform = true, form = "payment" },
  { by = "cashier", file = true },
]"""
    book = load(agency, clause(steps), clause(no="2", kind="approval"))
    chain = book.chains("money.spending")[0][0]
    kinds = [step.kind for step in chain.steps]
    assert kinds == [
        StepKind.SIGN,
        StepKind.RESOLUTION,
        StepKind.NOTICE,
        StepKind.SIGN,
        StepKind.PERFORM,
        StepKind.FILE,
    ]
    first, meeting, notice, several, payment, _ = chain.steps
    assert first.policy.applicant is Otherwise.INSTEAD and first.title == "本科室负责人审批"
    assert meeting.body == "office-meeting" and meeting.title == "办务会研究"
    assert notice.due and notice.due.days == 5 and notice.due.workdays
    assert several.mode is Mode.COUNT and several.count == 2 and payment.form == "payment"
    found = book.find("finance/2")
    assert found and found[1].classed is ClauseClass.ENFORCED


def test_duties_records_and_settings_are_read(agency: Agency) -> None:
    book = load(
        agency,
        clause(
            '[[clause.duty]]\ntitle = "报表"\nby = "cashier"\nevery = "monthly"\ndue = { workdays = 5, from = "end" }',
            kind="deadline",
        ),
        clause(
            '[[clause.duty]]\ntitle = "报账"\nby = "applicant"\n'
            'after = { matter = "money.spending", counted_from = "spent_on", days = 15 }',
            no="2",
            kind="deadline",
        ),
        clause('[[clause.record]]\nmatter = "money.spending"\nfields = ["purpose"]', no="3", kind="register"),
        clause('[[clause.setting]]\nkey = "money.limit"\nvalue = "5000.00"', no="4"),
        clause('[[clause.setting]]\nkey = "money.ways"\nvalue = ["转账", "公务卡"]', no="5"),
        clause('manual = "由人判断"', no="6", kind="exhortation"),
    )
    classes = [each.classed for _, each in book.clauses()]
    tracked, recorded, manual = ClauseClass.TRACKED, ClauseClass.RECORDED, ClauseClass.MANUAL
    assert classes == [tracked, tracked, recorded, recorded, recorded, manual]
    assert book.settings == {"money.limit": Decimal("5000.00"), "money.ways": ("转账", "公务卡")}
    duty = next(iter(book.duties()))[0]
    assert duty.id == "duty@finance/1" and duty.due and duty.due.offset == 5 and duty.due.unit == "workdays"


CHAIN = '[[clause.chain]]\nmatter = "money.spending"\nsteps = [\n  { by = "cashier", title = "付款" },\n  %s\n]'
DUTY = '[[clause.duty]]\ntitle = "报表"\nby = "cashier"\n'
WRONG = {
    "an unknown key of a clause": ('rules = 1\nmanual = "由人"', 10, ("没有“rules”这一项", "“rule”")),
    "an unknown rule kind": ('[[clause.rule]]\nuse = "money.cpa"', 11, ("money.cpa", "是否指“money.cap”？")),
    "an unknown parameter": (use('cap = "1.00"\nstrct = true'), 13, ("strct", "是否指“strict”？")),
    "a missing parameter": (use("days = 1"), 10, ("缺少参数“cap”",)),
    "a float": (use("cap = 1000.5"), 12, ("加引号", '"1000.50"')),
    "an amount as a number": (use("cap = 1000"), 12, ("加引号", '"1000.00"')),
    "a number as text": (use('cap = "1.00"\ndays = "3"'), 13, ("不加引号的整数", "“3”")),
    "a number for a flag": (use('cap = "1.00"\nstrict = 1'), 13, ("true",)),
    "a date as text": (use('cap = "1.00"\nstart = "2026-01-01"'), 13, ("不加引号的日期",)),
    "a share that is none": (use('cap = "1.00"\nshare = "2/0"'), 13, ('"2/3"',)),
    "an unknown blank": (use('cap = "1.00"\nblank = "amont"'), 13, ("栏目", "是否指“amount”？")),
    "a blank by its title": (use('cap = "1.00"\nblank = "金额"'), 13, ("应写“amount”",)),
    "an unknown post": (use('cap = "1.00"\npost = "cashir"'), 13, ("职务", "是否指“cashier”？")),
    "an unknown body": (use('cap = "1.00"\nbody = "office-meting"'), 13, ("会议机构", "是否指“office-meeting”？")),
    "an unknown unit": (use('cap = "1.00"\nunit = "netwrk"'), 13, ("科室", "是否指“network”？")),
    "an unknown function": (use('cap = "1.00"\nfunction = "finace"'), 13, ("职能", "是否指“finance”？")),
    "an unknown ledger": (use('cap = "1.00"\nledger = "money.cahs"'), 13, ("台账", "是否指“money.cash”？")),
    "an unknown matter": (use('cap = "1.00"\nother = "money.lone"'), 13, ("事项类型", "是否指“money.loan”？")),
    "an unknown selector": (use('cap = "1.00"\nwho = ["aplicant"]'), 13, ("是否指“applicant”？",)),
    "a chosen blank that is no person": (use('cap = "1.00"\nwho = "chosen:amount"'), 13, ("填写人员的栏目",)),
    "a family that is not enabled": (use('cap = "1.00"\nother = "travel.trip"'), 13, ("“travel”", "families")),
    "a matter the kind is not for": (use('cap = "1.00"\nmatter = "money.loan"'), 13, ("不用于“借款”",)),
    "a kind for any matter without one": ('[[clause.rule]]\nuse = "money.paid"\nfield = "voucher"', 10, ("matter",)),
    "an unknown level": (use('cap = "1.00"\nlevel = "wran"'), 13, ("是否指“warn”？",)),
    "an unknown fact": (use('cap = "1.00"\nwhen = { amout = { over = "1.00" } }'), 13, ("是否指“amount”？",)),
    "an unknown setting": ('[[clause.setting]]\nkey = "money.limt"\nvalue = "1.00"', 11, ("是否指“money.limit”？",)),
    "a setting of the wrong type": ('[[clause.setting]]\nkey = "money.limit"\nvalue = 5.0', 12, ("加引号",)),
    "a list that is none": ('[[clause.setting]]\nkey = "money.ways"\nvalue = "现金"', 12, ("方括号",)),
    "an unknown clause kind": ('kind2 = 1\nmanual = "由人"', 10, ("“kind”",)),
    "manual beside a rule": ('manual = "由人"\n' + use(), 10, ("不能再写“manual”",)),
    "a clause with nothing": ("", 6, ("没有任何落实办法", "manual")),
    "a chain without steps": ('[[clause.chain]]\nmatter = "money.spending"\nsteps = []', 10, ("没有任何环节",)),
    "an absent clause": (CHAIN % '{ by = "cashier", clause = "11" },', 14, ("没有“11”这个条款", "是否指“1”？")),
    "a clause of no regulation": (CHAIN % '{ by = "cashier", clause = "finence/1" },', 14, ("是否指“finance/1”？",)),
    "an unknown step form": (CHAIN % '{ by = "cashier", form = "paymnt" },', 14, ("是否指“payment”？",)),
    "an unknown step key": (CHAIN % '{ by = "cashier", tittle = "审核" },', 14, ("是否指“title”？",)),
    "a step of nobody": (CHAIN % '{ title = "审核" },', 14, ("由谁办理",)),
    "a step of two kinds": (CHAIN % '{ by = "cashier", perform = true, file = true },', 14, ("只能是",)),
    "a step by an unknown post": (CHAIN % '{ by = ["cashier", "directr"] },', 14, ("是否指“director”？",)),
    "a mode without its count": (CHAIN % '{ by = "cashier", mode = "count" },', 14, ("几人",)),
    "an unknown policy": (CHAIN % '{ by = "cashier", if_vacant = "wait" },', 14, ("if_vacant", "refuse")),
    "a fallback that nobody names": (CHAIN % '{ by = "cashier", if_absent = "instead" },', 14, ("instead",)),
    "an unknown frequency": (DUTY + 'every = "montly"', 13, ("monthly",)),
    "a duty of neither kind": (DUTY, 10, ("every", "after")),
    "a duty with an unknown step": (DUTY + 'after = { matter = "money.loan", step = "付钱" }', 13, ("环节",)),
    "a duty counted from no date": (
        DUTY + 'after = { matter = "money.spending", counted_from = "amount" }',
        13,
        ("日期栏目", "spent_on"),
    ),
    "a duty for a unit that there is not": (DUTY + 'every = "monthly"\nunits = ["nowhere"]', 14, ("nowhere",)),
    "a duty both for some units and for each": (
        DUTY + 'every = "monthly"\nper_unit = true\nunits = ["network"]',
        15,
        ("per_unit",),
    ),
    "a recurring duty of an applicant": (
        '[[clause.duty]]\ntitle = "报表"\nby = "applicant"\nevery = "monthly"',
        12,
        ("没有申请人",),
    ),
    "a record of an optional blank": (
        '[[clause.record]]\nmatter = "money.spending"\nfields = ["people"]',
        12,
        ("可以留空",),
    ),
    "an until before its since": (
        'since = 2026-02-01\nuntil = 2026-01-01\nmanual = "由人"',
        11,
        ("早于",),
    ),
    "a hidden character": ('manual = "由\\u202e人"', 10, ("U+202E",)),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_fault_is_reported_on_its_line_with_what_to_write(agency: Agency, what: str) -> None:
    body, line, words = WRONG[what]
    at, message = only(agency, clause(body))
    assert at == line, message
    for word in words:
        assert word in message


def test_faults_of_all_files_are_reported_at_once(agency: Agency) -> None:
    found = faults(
        agency,
        clause(use('cap = 1.5\nunit = "netwrk"\nwhen = { amount = { ovr = "1.00" } }')),
        clause(use("days = 1"), no="1"),
        broken='[regulation]\nid = "x\n',
        again=HEAD + clause('manual = "由人"'),
    )
    assert [path for path, _, _ in found] == ["broken.toml", *["finance.toml"] * 6]
    assert [line for _, line, _ in found] == [2, 2, 12, 13, 14, 17, 20]
    assert "引号" in found[0][2] and "again.toml" in found[1][2] and "写了两次" in found[5][2]


def test_a_chain_that_never_gets_its_turn_is_refused(agency: Agency) -> None:
    chain = '[[clause.chain]]\nmatter = "money.loan"\nsteps = [{ by = "cashier" }]'
    small = chain.replace("steps", 'when = { amount = { under = "1.00" } }\nsteps')
    for later in (chain, small):
        line, message = only(agency, clause(chain), clause(later, no="2"))
        assert line == 18 and "finance/1" in message
    load(agency, clause(small), clause(chain, no="2"))
    load(agency, clause("until = 2025-12-31\n" + chain), clause("since = 2026-01-01\n" + chain, no="2"))


def test_the_principles_of_the_core_are_enforced_by_the_program_itself(agency: Agency) -> None:
    text = (Path(__file__).parents[1] / "config/national/general.toml").read_text(encoding="utf-8")
    book = load_rulebook({"general.toml": text}, agency, [MONEY])
    assert {each.classed for _, each in book.clauses()} == {ClauseClass.ENFORCED}
    assert book.cite("general/turn").label == "《通则》按序办理"


def test_a_setting_given_twice_is_refused(agency: Agency) -> None:
    body = '[[clause.setting]]\nkey = "money.limit"\nvalue = "1.00"'
    line, message = only(agency, clause(body), clause(body, no="2"))
    assert line == 18 and "已经设定" in message


def test_a_regulation_of_a_family_that_is_not_enabled_stays_readable(agency: Agency) -> None:
    text = '[regulation]\nid = "travel"\ntitle = "差旅"\nfamily = "travel"\n' + clause(
        '[[clause.rule]]\nuse = "travel.cap"\nsum = 1.5'
    )
    book = load_rulebook({"travel.toml": text}, agency, [MONEY])
    found = book.find("travel/1")
    assert found and found[1].manual == "本单位未启用该类管理" and found[1].classed is ClauseClass.MANUAL


def test_a_misspelt_family_is_no_family_that_is_not_enabled(agency: Agency) -> None:
    with pytest.raises(RulebookInvalid, match="是否指“money”？"):
        load_rulebook({"a.toml": HEAD.replace("money", "mony") + clause('manual = "由人"')}, agency, [MONEY])


def test_dates_of_a_regulation_hold_for_its_clauses(agency: Agency) -> None:
    text = HEAD + "since = 2026-01-01\n" + clause(use()) + clause("since = 2026-06-01\n" + use(), no="2")
    book = load_rulebook({"finance.toml": text}, agency, [MONEY])
    assert [each.since for _, each in book.clauses()] == [date(2026, 1, 1), date(2026, 6, 1)]


def test_full_width_punctuation_is_pointed_out() -> None:
    with pytest.raises(RulebookInvalid, match="全角的“＝”"):
        read_agency('[agency]\nkey ＝ "a"\n')


def test_a_text_that_imitates_a_heading_moves_no_line(agency: Agency) -> None:
    body = 'note = """\n[[clause]]\n"""\nmanual = "由人"'
    book = load(agency, clause(body), clause('manual = "由人"', no="2"))
    assert [each.line for _, each in book.clauses()] == [6, 15]


def test_the_digest_names_the_text_whatever_its_line_ends() -> None:
    assert digest({"a": "x\ny\n"}) == digest({"a": "\ufeffx\r\ny\r\n"})
    assert digest({"a": "x", "b": "y"}) != digest({"a": "xb", "b": ""}) != digest({"a": "y", "b": "x"})


def test_a_body_whose_clause_is_absent_is_refused() -> None:
    agency = read_agency(AGENCY.replace('quorum = "2/3"', 'clause = "finance/9"'))
    with pytest.raises(RulebookInvalid, match=r"agency\.toml：会议机构“办务会”.*finance/1"):
        load_rulebook({"finance.toml": HEAD + clause('manual = "由人"')}, agency, [MONEY])
