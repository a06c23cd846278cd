"""A rulebook that is in order: its clauses, chains, duties and settings as they are read."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from core.agency import Agency
from core.chains.steps import Mode, Otherwise, StepKind
from core.errors import RulebookInvalid
from core.finding import Level
from core.rulebook.agency_file import read_agency
from core.rulebook.load import digest, load_rulebook
from core.rulebook.model import ClauseClass
from money_rulebook import AGENCY, HEAD, MONEY, clause, load, use


@pytest.fixture(scope="module")
def agency() -> Agency:
    return read_agency(AGENCY)


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


def test_texts_kept_from_before_clauses_were_named_are_read_still(agency: Agency) -> None:
    of_then = '[regulation]\nid = "old"\ntitle = "旧办法"\nfamily = "money"\n' + "".join(
        f'[[clause]]\nno = "{no}"\n{title}kind = "exhortation"\ntext = "从前的条文"\nmanual = "由人判断"\n'
        for no, title in (("flow", 'title = "流程图"\n'), ("ch1.1", ""), ("3", ""))
    )
    with pytest.raises(RulebookInvalid):
        load_rulebook({"old.toml": of_then}, agency, [MONEY])
    book = load_rulebook({"old.toml": of_then}, agency, [MONEY], kept=True)
    assert [clause.name for _, clause in book.clauses()] == ["流程图", "ch1.1", "第三条"]


def test_duties_records_and_settings_are_read(agency: Agency) -> None:
    book = load(
        agency,
        clause(
            '[[clause.duty]]\ntitle = "报表"\nby = "cashier"\nevery = "monthly"\ndue = { workdays = 5, from = "end" }',
            kind="deadline",
        ),
        clause(
            '[[clause.duty]]\ntitle = "报账"\nby = "applicant"\n'
            'after = { matter = "money.spending", counted_from = ["spent_on", "event"], days = 15 }',
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
    duty, after = (each for each, _, _ in book.duties())
    assert after.after is not None and after.after.counted_from == ("spent_on", "event")
    assert duty.id == "duty@finance/1" and duty.due and duty.due.offset == 5 and duty.due.unit == "workdays"


def test_the_principles_of_the_core_are_enforced_by_the_program_itself(agency: Agency) -> None:
    text = (Path(__file__).parents[1] / "config/national/general.toml").read_text(encoding="utf-8")
    book = load_rulebook({"general.toml": text}, agency, [MONEY])
    assert {each.classed for _, each in book.clauses()} == {ClauseClass.ENFORCED}
    assert book.cite("general/turn").label == "《通则》按序办理"


def test_a_regulation_of_a_family_that_is_not_enabled_stays_readable(agency: Agency) -> None:
    text = '[regulation]\nid = "travel"\ntitle = "差旅"\nfamily = "travel"\n' + clause(
        '[[clause.rule]]\nuse = "travel.cap"\nsum = 1.5'
    )
    book = load_rulebook({"travel.toml": text}, agency, [MONEY])
    found = book.find("travel/1")
    assert found and found[1].manual == "本单位未启用该类管理" and found[1].classed is ClauseClass.MANUAL


def test_dates_of_a_regulation_hold_for_its_clauses(agency: Agency) -> None:
    text = HEAD + "since = 2026-01-01\n" + clause(use()) + clause("since = 2026-06-01\n" + use(), no="2")
    book = load_rulebook({"finance.toml": text}, agency, [MONEY])
    assert [each.since for _, each in book.clauses()] == [date(2026, 1, 1), date(2026, 6, 1)]


def test_a_text_that_imitates_a_heading_moves_no_line(agency: Agency) -> None:
    body = 'note = """\n[[clause]]\n"""\nmanual = "由人"'
    book = load(agency, clause(body), clause('manual = "由人"', no="2"))
    assert [each.line for _, each in book.clauses()] == [6, 15]


def test_the_digest_names_the_text_whatever_its_line_ends() -> None:
    assert digest({"a": "x\ny\n"}) == digest({"a": "\ufeffx\r\ny\r\n"})
    assert digest({"a": "x", "b": "y"}) != digest({"a": "xb", "b": ""}) != digest({"a": "y", "b": "x"})
