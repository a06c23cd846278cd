"""A rulebook loads whole or not at all, with every fault of every file in one answer, on its line."""

import pytest

from core.agency import Agency
from core.errors import RulebookInvalid
from core.rulebook.agency_file import read_agency
from core.rulebook.load import load_rulebook
from money_rulebook import AGENCY, HEAD, MONEY, clause, faults, load, only, use


@pytest.fixture(scope="module")
def agency() -> Agency:
    return read_agency(AGENCY)


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
    "evidence that is not named": (
        DUTY + 'every = "monthly"\nevidence_when = { amount = { over = "1.00" } }',
        14,
        ("“evidence”",),
    ),
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


def test_a_setting_given_twice_is_refused(agency: Agency) -> None:
    body = '[[clause.setting]]\nkey = "money.limit"\nvalue = "1.00"'
    line, message = only(agency, clause(body), clause(body, no="2"))
    assert line == 18 and "已经设定" in message


def test_a_misspelt_family_is_no_family_that_is_not_enabled(agency: Agency) -> None:
    with pytest.raises(RulebookInvalid, match="是否指“money”？"):
        load_rulebook({"a.toml": HEAD.replace("money", "mony") + clause('manual = "由人"')}, agency, [MONEY])


def test_full_width_punctuation_is_pointed_out() -> None:
    with pytest.raises(RulebookInvalid, match="全角的“＝”"):
        read_agency('[agency]\nkey ＝ "a"\n')


def test_a_body_whose_clause_is_absent_is_refused() -> None:
    agency = read_agency(AGENCY.replace('quorum = "2/3"', 'clause = "finance/9"'))
    with pytest.raises(RulebookInvalid, match=r"agency\.toml 第 \d+ 行：会议机构“办务会”.*finance/1"):
        load_rulebook({"finance.toml": HEAD + clause('manual = "由人"')}, agency, [MONEY])
