"""The inspection list: every clause with its evidence, counted over a period, and harmless in a spreadsheet."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document

from core.acts import Act, Verb
from core.inspection import Inspection
from core.matter import State
from tui.app import OfficeApp
from tui.commandline.exits import Exit, UsageFault
from tui.commandline.inspection import listed
from tui.papers.book import bound
from tui.screens.regulation import RegulationScreen
from tui.session import Session
from tui.start import main

Sheets = dict[str, list[dict[str, Any]]]
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def sheets(content: bytes) -> Sheets:
    """The rows of every sheet by heading."""
    found: Sheets = {}
    for sheet in openpyxl.load_workbook(BytesIO(content)):
        headings, *rows = sheet.iter_rows(values_only=True)
        found[sheet.title] = [dict(zip(map(str, headings), row, strict=True)) for row in rows]
    return found


def clause(found: Sheets, number: str) -> dict[str, Any]:
    return next(row for row in found["检查清单"] if row["条款"] == f"第{number}条")


@pytest.fixture
def busy(sample: Any) -> Any:
    """Three spendings, one paid and one turned down, and a month whose statement was sent late."""
    paid, waiting, refused = sample.filed("500"), sample.filed("600"), sample.filed("700")
    for verb, by, rest in (
        (Verb.APPROVE, "P5", {}),
        (Verb.APPROVE, "P2", {}),
        (Verb.PERFORM, "P4", {"values": {"cheque": "C-1"}}),
    ):
        assert sample.act(verb, by, paid, "同意", **rest).done
    assert sample.act(Verb.REJECT, "P5", refused, "没有必要").done
    assert sample.submit(purpose="太贵", amount="60000").matter is None
    sample.on(2026, 4, 20)
    late = next(each for each in sample.office.desk.duties("P3") if each.period == "2026-03")
    assert sample.office.perform(Act(Verb.DISCHARGE, "P3", target=late.key, opinion="已报送")).done
    assert sample.office.perform(Act(Verb.ACKNOWLEDGE, "P6", target="spending")).done
    sample.numbers = (paid, waiting, refused)
    return sample


def test_each_clause_stands_with_its_class_what_carries_it_out_and_its_matters(busy: Any) -> None:
    found = sheets(listed(busy.office.desk, *YEAR))
    assert [row["条款"] for row in found["检查清单"]] == [f"第{each}条" for each in "一二三四五六七"]
    chain = clause(found, "一")
    assert (chain["制度"], chain["落实"], chain["由什么落实"]) == ("开支办法", "强制", "流程：《开支申请》")
    assert (chain["事项"], chain["办结"], chain["办理中"], chain["未通过"]) == (3, 1, 1, 1)
    assert chain["凭据"] == "、".join(busy.numbers)
    assert clause(found, "三")["由什么落实"] == "检查：限额" and clause(found, "三")["事项"] == 3
    assert clause(found, "七")["事项"] == 0
    assert {row["阅知签收"] for row in found["检查清单"]} == {1}


def test_a_clause_with_a_condition_counts_only_what_meets_it(tmp_path: Path, sample_module: Any) -> None:
    large = """
[[clause]]
no = "8"
kind = "limit"
text = "五百五十元以上的开支不超过三万元"
[[clause.rule]]
use = "sample.cap"
field = "amount"
cap = "30000.00"
when = { amount = { at_least = "550.00" } }
"""
    sample = sample_module.Sample(tmp_path, rulebook=sample_module.RULEBOOK + large)
    _, large_one = sample.filed("500"), sample.filed("600")
    found = sheets(listed(sample.office.desk, *YEAR))
    assert (clause(found, "八")["事项"], clause(found, "八")["凭据"]) == (1, large_one)
    assert clause(found, "三")["事项"] == 2


def test_duties_are_counted_by_how_they_stand(busy: Any) -> None:
    found = sheets(listed(busy.office.desk, date(2026, 3, 1), date(2026, 4, 30)))
    monthly = clause(found, "五")
    assert (monthly["应办例行"], monthly["逾期办结"], monthly["按期办结"]) == (1, 1, 0)
    assert (clause(found, "六")["逾期未办"], clause(found, "六")["按期办结"]) == (1, 0)
    (row,) = [each for each in found["例行事项"] if each["情况"] == "逾期办结"]
    assert row["责任人"] == "孙三" and row["办结日期"].date() == date(2026, 4, 20)


def test_only_what_is_dated_in_the_period_counts(busy: Any) -> None:
    before = sheets(listed(busy.office.desk, date(2026, 1, 1), date(2026, 3, 1)))
    assert before["事项"] == [] and clause(before, "一")["事项"] == 0
    assert [row["编号"] for row in sheets(listed(busy.office.desk, *YEAR))["事项"]] == sorted(busy.numbers)
    on_the_day = sheets(listed(busy.office.desk, date(2026, 3, 2), date(2026, 3, 2)))
    assert clause(on_the_day, "一")["事项"] == 3
    with pytest.raises(UsageFault):
        listed(busy.office.desk, date(2026, 3, 2), date(2026, 3, 1))


def test_ledgers_are_cited_by_their_first_and_last_lines(seals_module: Any) -> None:
    desk = seals_module.Desk()
    for _ in range(2):
        assert desk.seal(desk.approved(2), 2).done
    found = sheets(listed(desk.office.desk, *YEAR, "seals"))
    assert {row["制度"] for row in found["检查清单"]} == {"区经信局印章管理制度"}
    book = next(row for row in found["台账"] if row["台账"] == "用印登记簿")
    assert (book["行数"], book["首行"], book["末行"]) == (2, 1, 2)
    cited = [row for row in found["检查清单"] if "《用印登记簿》第 1 行至第 2 行" in (row["凭据"] or "")]
    assert cited and all(row["台账行数"] >= 2 for row in cited)
    desk.office.close()


def test_the_list_says_for_what_it_was_drawn_up_and_from_which_records(busy: Any) -> None:
    told = {row["项目"]: row["内容"] for row in sheets(listed(busy.office.desk, *YEAR, "spending"))["说明"]}
    head = busy.office.journal.head()
    assert told["单位"] == "示例局" and told["起止日期"] == "2026-01-01 至 2026-12-31"
    assert told["留痕"].startswith(f"留痕第 {head.sequence} 号 {head.digest[:16]}")
    assert told["制度文本摘要"] == busy.office.rulebook.digest


@pytest.mark.parametrize("hostile", ["=cmd|' /C calc'!A0", "+1+1", "-1", "@SUM(A1)", "<w:p>", "{{ 7*7 }}"])
def test_hostile_words_are_never_formulas(sample: Any, hostile: str) -> None:
    assert sample.submit(purpose=hostile, amount="500").done
    book = openpyxl.load_workbook(BytesIO(listed(sample.office.desk, *YEAR)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert [cell.value for cell in cells if str(cell.value).lstrip("'") == hostile] != []
    assert [cell.value for cell in cells if str(cell.value).startswith(("=", "+", "-", "@"))] == []


def test_the_figures_agree_with_the_records(busy: Any) -> None:
    line = next(iter(Inspection(busy.office.desk, *YEAR).lines()))
    assert line.matters == {State.SETTLED: 1, State.RUNNING: 1, State.REJECTED: 1}
    assert line.named == busy.numbers


def test_the_command_writes_the_list_of_a_regulation(
    busy: Any, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    place = ["--config", str(busy.config), "--store", str(busy.store_path), "--agency", "sample"]
    period = ["--from", "2026-01-01", "--to", "2026年12月31日"]
    file = tmp_path / "清单.xlsx"
    assert main(["inspection-list", "--regulation", "开支办法", *period, "--output", str(file), *place]) == Exit.DONE
    assert len(sheets(file.read_bytes())["检查清单"]) == 7
    assert main(["inspection-list", *period, *place]) == Exit.DONE
    assert len(sheets(capfdbinary.readouterr().out)["事项"]) == 3
    for wrong in (["--regulation", "开支办发"], ["--from", "昨天"], ["--from", "2026-02-01", "--to", "2026-01-01"]):
        assert main(["inspection-list", *wrong, *place]) == Exit.USAGE


@pytest.mark.parametrize(("regulation", "clauses"), [("spending", 7), ("", None)], ids=["one", "all"])
async def test_the_list_is_saved_from_the_screen_for_the_days_that_are_named(
    busy: Any, screens: Any, regulation: str, clauses: int | None
) -> None:
    app = OfficeApp(Session(busy.office, "P3"))
    async with app.run_test(size=(100, 30)) as pilot:
        await screens.settle(pilot)
        if regulation:
            app.push_screen(RegulationScreen(app.session, regulation))
            await screens.settle(pilot)
        else:
            await screens.press(pilot, "6")
        assert "2026-01-01 至 2026-04-20" in await screens.press(pilot, "l")
        await screens.press(pilot, "ctrl+u")
        await screens.write(pilot, "昨天")
        assert "写作：2026-01-01 至 2026-06-30" in await screens.press(pilot, "enter")
        await screens.press(pilot, "enter", "ctrl+u")
        await screens.write(pilot, "2026-03-01 至 2026-03-31")
        words = await screens.press(pilot, "enter")
        for _ in range(100):
            if "已导出" in words:
                break
            await screens.settle(pilot)
            words = screens.text(app)
        assert "已导出" in words and "2026-03-01 至 2026-03-31" in words
    (file,) = Path(f"{busy.store_path}.exports").rglob("*.xlsx")
    found = sheets(file.read_bytes())["检查清单"]
    assert len(found) == clauses if clauses else {"开支办法"} <= {row["制度"] for row in found}


KEPT_BACK = """
[[clause]]
no = "9"
kind = "confidentiality"
text = "开支和付款只给出纳看"
[[clause.reading]]
matter = "sample.spending"
by = ["cashier"]
[[clause.reading]]
ledger = "sample.payments"
by = ["cashier"]
"""


def test_what_a_person_may_not_read_is_neither_listed_nor_printed_for_him(
    tmp_path: Path, sample_module: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    sample = sample_module.Sample(tmp_path, rulebook=sample_module.RULEBOOK + KEPT_BACK)
    number = sample.filed("500")
    for verb, by, rest in ((Verb.APPROVE, "P5", {}), (Verb.APPROVE, "P2", {}), (Verb.PERFORM, "P4", {"cheque": "C-1"})):
        assert sample.act(verb, by, number, "同意", values=rest).done
    office = sample.office
    cashier, stranger = (sheets(listed(office.desk_of(each), *YEAR)) for each in ("P4", "P3"))
    assert [row["编号"] for row in cashier["事项"]] == [number] and stranger["事项"] == []
    assert (clause(cashier, "一")["事项"], clause(stranger, "一")["事项"]) == (1, 0)
    ledger = office.host.ledgers["sample.payments"]
    assert "共 1 行" in text_of(bound(office.desk_of("P4"), ledger, 2026))
    assert "本年度没有登记" in text_of(bound(office.desk_of("P3"), ledger, 2026))
    place = ["--config", str(sample.config), "--store", str(sample.store_path), "--agency", "sample"]
    assert main(["print", number, "--as", "P3", "--output", str(tmp_path / "a.docx"), *place]) == Exit.NOT_ALLOWED
    assert "开支和付款" not in capsys.readouterr().out and not (tmp_path / "a.docx").exists()
    assert main(["print", number, "--as", "P4", "--output", str(tmp_path / "a.docx"), *place]) == Exit.DONE


def text_of(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(BytesIO(content)).paragraphs)
