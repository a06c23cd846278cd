"""An agency leaves out of its forms what its own texts do not use, and nothing that a clause needs."""

import json
from typing import Any

import pytest

from core.acts import Verb
from core.agency import Agency
from core.errors import RulebookInvalid
from core.fields import Field, Kind, Value
from core.rulebook.agency_file import read_agency
from core.rulebook.load import load_rulebook
from money_rulebook import AGENCY, HEAD, MONEY, clause, use
from seals_office import CLERK, KEEPER, LEADER, Desk
from tui.app import OfficeApp
from tui.commandline.dispatch import run
from tui.drafts import Task, new_draft
from tui.screens.blank_row import BlankRow
from tui.screens.form import FormScreen
from tui.screens.form_plan import plan_form
from tui.session import Session

LINE = len(AGENCY.splitlines()) + 2
CHAIN = '[[clause.chain]]\nmatter = "money.spending"\nsteps = [{ by = "cashier", when = { urgent = { is = true } } }]'
DUTY = '[[clause.duty]]\ntitle = "报表"\nby = "cashier"\n'
AFTER = DUTY + 'after = { matter = "money.spending", days = 3 }\nwhen = { people = { over = 1 } }'
EVIDENCE = DUTY + 'every = "monthly"\nevidence = "money.spending"\nevidence_when = { urgent = { is = true } }'
READING = '[[clause.reading]]\nmatter = "money.spending"\nby = "director"\nwhen = { people = { over = 1 } }'
CONSENT = {"consent_by", "consent_at", "consent_how"}


def leaving_out(line: str) -> Agency:
    return read_agency(f"{AGENCY}[left_out]\n{line}\n")


def load(agency: Agency, *clauses: str, kept: bool = False) -> None:
    text = HEAD + "".join(clauses or [clause('manual = "由人"')])
    load_rulebook({"finance.toml": text}, agency, [MONEY], kept=kept)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('"money.spendin" = ["people"]', ("没有“money.spendin”这个事项类型", "是否指“money.spending”？")),
        ('"travel.trip" = ["people"]', ("“travel”这一类管理没有启用",)),
        ('"money.spending/paymnt" = ["voucher"]', ("没有“paymnt”这个环节表", "是否指“payment”？")),
        ('"money.spending" = ["peple"]', ("“费用支出”没有“peple”这个栏目", "是否指“people”？")),
        ('"money.spending" = ["人数"]', ("应写“people”",)),
        ('"money.spending" = ["purpose"]', ("“事由”（purpose）是必填的", "请删去这一项")),
        ('"money.spending/payment" = ["voucher"]', ("“凭证号”（voucher）是必填的",)),
        ('"money.spending" = ["bills.number"]', ("“发票号”（bills.number）是必填的",)),
    ],
    ids=str,
)
def test_what_cannot_be_left_out_is_told_on_its_line(line: str, words: tuple[str, ...]) -> None:
    with pytest.raises(RulebookInvalid) as caught:
        load(leaving_out(line))
    (fault,) = caught.value.faults
    assert (fault.path, fault.line) == ("agency.toml", LINE)
    assert all(word in fault.message for word in words), fault.message


@pytest.mark.parametrize(
    ("key", "body"),
    [
        ("people", use('cap = "1.00"\nblank = "people"')),
        ("people", use('cap = "1.00"\nwhen = { people = { over = 1 } }')),
        ("urgent", use('cap = "1.00"\nonly = { any = [{ urgent = { is = true } }, { people = { over = 1 } }] }')),
        ("urgent", CHAIN),
        ("people", AFTER),
        ("urgent", EVIDENCE),
        ("people", READING),
    ],
    ids=["parameter", "when", "condition", "step", "duty", "evidence", "reading"],
)
def test_a_blank_that_a_clause_uses_is_not_left_out(key: str, body: str) -> None:
    agency = leaving_out(f'"money.spending" = [\n  "bills",\n  "{key}",\n]')
    with pytest.raises(RulebookInvalid) as caught:
        load(agency, clause(body))
    (fault,) = caught.value.faults
    assert fault.line == LINE + 2
    assert f"（{key}）要用于《财务管理制度》第一条" in fault.message


def test_a_text_of_earlier_days_may_use_what_is_left_out_today() -> None:
    used = clause(use('cap = "1.00"\nblank = "people"'))
    load(leaving_out('"money.spending" = ["people"]'), used.replace("text =", 'title = "旧"\ntext ='), kept=True)


def test_what_is_held_already_is_shown_though_left_out() -> None:
    agency = leaving_out('"money.spending" = ["people", "bills.note"]')
    bills = Field("bills", "票据", Kind.ROWS, columns=(Field("number", "号"), Field("note", "注", required=False)))
    blanks = (Field("amount", "金额", Kind.MONEY), Field("people", "人数", Kind.NUMBER, required=False), bills)
    asked = agency.asked("money.spending", blanks)
    assert [blank.key for blank in asked] == ["amount", "bills"]
    assert [column.key for column in asked[1].columns] == ["number"]
    held: dict[str, Value] = {"people": 3, "bills": ({"number": "1"}, {"number": "2", "note": "补"})}
    assert agency.asked("money.spending", blanks, held) == blanks
    assert agency.asked("money.spending/payment", blanks) == blanks


@pytest.fixture
def narrowed(sample: Any, sample_module: Any) -> Any:
    """The sample office, which does not ask for the people of a spending."""
    text = f'{sample_module.AGENCY}\n[left_out]\n"sample.spending" = ["people", "remark"]\n'
    (sample.config / "agencies" / "sample" / "agency.toml").write_text(text, encoding="utf-8")
    sample.office.close()
    sample.office = sample.open()
    return sample


async def test_a_form_does_not_show_what_is_left_out(narrowed: Any, screens: Any) -> None:
    app = OfficeApp(Session(narrowed.office, "P6"))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(FormScreen(app.session, new_draft(Task(Verb.SUBMIT, kind="sample.spending"))))
        await screens.settle(pilot)
        shown = {row.blank.key for row in app.screen.query(BlankRow)}
    assert "handler" in shown and not shown & {"people", "remark"}


def test_the_command_line_lists_only_what_is_asked_and_takes_the_rest(
    narrowed: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ["--config", str(narrowed.config), "--store", str(narrowed.store_path), "--agency", "sample"]
    assert run(["offers", "--json", "--as", "P6", *place]) == 0
    (spending,) = (each for each in json.loads(capsys.readouterr().out) if each["key"] == "sample.spending")
    listed = {blank["key"] for blank in spending["fields"]}
    assert "urgent" in listed and not listed & {"people", "remark"}
    filed = narrowed.submit(purpose="购纸", amount="5", people="3")
    assert filed.done and filed.matter.values["people"] == 3


def test_a_returned_matter_shows_what_was_filled_in(narrowed: Any) -> None:
    number = narrowed.filed("500", people="3")
    assert narrowed.act(Verb.RETURN, "P5", number, "改").done
    plan = plan_form(Session(narrowed.office, "P6"), Task(Verb.RESUBMIT, matter=number))
    assert plan is not None and plan.initial["people"] == "3"
    assert {"people"} == {blank.key for blank in plan.blanks} & {"people", "remark"}


def test_a_matter_of_an_earlier_text_is_asked_for_everything(narrowed: Any, sample_module: Any) -> None:
    number = narrowed.filed("500")
    assert narrowed.act(Verb.RETURN, "P5", number, "改").done
    path = narrowed.config / "agencies" / "sample" / "rulebook" / "spending.toml"
    path.write_text(f"{sample_module.RULEBOOK}\n# 新\n", encoding="utf-8")
    narrowed.office.close()
    narrowed.office = narrowed.open()
    plan = plan_form(Session(narrowed.office, "P6"), Task(Verb.RESUBMIT, matter=number))
    assert plan is not None and {"people", "remark"} <= {blank.key for blank in plan.blanks}


def test_a_sealing_asks_for_an_oral_consent_only_beforehand() -> None:
    desk = Desk()
    number = desk.apply(2)

    def asked(verb: Verb) -> set[str]:
        plan = plan_form(Session(desk.office, KEEPER), Task(verb, matter=number))
        return {blank.key for blank in plan.blanks} if plan else set()

    assert asked(Verb.URGENT) >= CONSENT | {"count"}
    assert desk.act(Verb.APPROVE, LEADER, number).done
    assert "count" in asked(Verb.PERFORM) and not asked(Verb.PERFORM) & CONSENT
    desk.office.close()


def test_an_application_to_seal_asks_for_what_its_agency_uses() -> None:
    desk = Desk()
    plan = plan_form(Session(desk.office, CLERK), Task(Verb.SUBMIT, kind="seals.use"))
    assert plan is not None
    asked = {blank.key for blank in plan.blanks}
    assert "major" in asked and not asked & {"issued", "issued_by", "document"}
    desk.office.close()
