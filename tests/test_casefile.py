"""Cases that clerks write: read from Markdown and worksheets, played on a fresh office, judged row by row."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from core.cases.files import CaseFile, read_cases
from core.cases.play import CaseResult, office_factory, run_case
from core.cases.words import read_filled
from core.rulebook.coverage import Tally

HEAD = "# 案例\n\n| 日期 | 谁 | 做什么 | 填写 | 预期 | 依据 |\n|---|---|---|---|---|---|\n"
FILE = "| 2026-03-02 | 贸易科科员 | 申请 开支申请 | 金额=500；事由=购打印纸 | %s | %s |\n"

Play = Callable[[str], CaseResult]


def written(folder: Path, text: str) -> CaseFile:
    path = folder / "cases.md"
    path.write_text(text, encoding="utf-8")
    return read_cases(path)


@pytest.fixture
def play(sample: Any, tmp_path: Path, sample_module: Any) -> Play:
    """Plays the rows of one table on the sample agency."""
    agency = sample.config / "agencies" / "sample"
    (agency / "people.toml").write_text(sample_module.PEOPLE, encoding="utf-8")
    rulebook = sample_module.RULEBOOK + '\n[[clause]]\nno = "8"\nkind = "register"\ntext = "写明事由"\n'
    rulebook += '[[clause.record]]\nmatter = "sample.spending"\nfields = ["purpose"]\n'
    (agency / "rulebook" / "spending.toml").write_text(rulebook, encoding="utf-8")
    offices = office_factory(sample.config, "sample")

    def run(rows: str) -> CaseResult:
        file = written(tmp_path, HEAD + rows)
        assert not file.faults, file.faults
        return run_case(file.cases[0], offices)

    return run


def message(result: CaseResult) -> str:
    assert len(result.faults) == 1, result.faults
    return result.faults[0].message


def test_a_table_under_a_heading_is_a_case_with_its_lines(tmp_path: Path) -> None:
    text = HEAD + FILE % ("拒绝", "finance/6(1)(b)、finance/7") + "| | | 同意 | | 待 出纳；已办结 | |\n"
    (case,) = written(tmp_path, "说明的话\n\n" + text + "\n完。\n").cases
    assert (case.title, case.line, case.path) == ("案例", 3, "cases.md")
    first, second = case.rows
    assert (first.line, first.day, first.who) == (7, date(2026, 3, 2), "贸易科科员")
    assert first.filled == {"金额": "500", "事由": "购打印纸"} and first.clauses == ("finance/6(1)(b)", "finance/7")
    assert (second.day, second.who, second.filled) == (first.day, first.who, {})
    assert second.expected == ("待 出纳", "已办结")


def test_columns_may_stand_in_any_order_and_repeat_the_row_above(tmp_path: Path) -> None:
    text = "# a\n|做什么|谁|日期|预期|依据|填写|\n|-|:-:|-|-|-|-|\n|留言|甲|2026年3月2日|通过|a/1|意见=好|\n"
    (case,) = written(tmp_path, text + "|||2026.3.3|同上|同上|同上|\n").cases
    assert case.rows[1].clauses == ("a/1",) and case.rows[1].filled == {"意见": "好"}
    assert case.rows[1].day == date(2026, 3, 3) and case.rows[1].action == "留言"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (HEAD.replace("预期", "预计"), 3, "是否指“预期”？"),
        (HEAD.replace("# 案例", "") + FILE % ("通过", ""), 3, "标题"),
        (HEAD + "| 3月2日 | 甲 | 同意 | | 通过 | |\n", 5, "不是日期"),
        (HEAD + "| 2026-03-02 | 甲 | 同意 | | | |\n", 5, "“预期”没有填写"),
        (HEAD + "| 2026-03-02 | 甲 | 同意 | 购打印纸 | 通过 | |\n", 5, "栏目=内容"),
        (HEAD + "| 2026-03-02 | 甲 | 同意 | a=1；a=2 | 通过 | |\n", 5, "两次"),
        (HEAD + "| 2026-03-02 | 甲 | 同意 | a=[b=1 | 通过 | |\n", 5, "没有对应的“]”"),
        (HEAD + "| 2026-03-02 | 甲 | 同意 | | 通过 | 6(1) |\n", 5, "制度编号/条款号"),
        (HEAD + "| 2026-03-02 | 甲 | 同意 | a=1|2 | 通过 | |\n", 5, "竖线"),
        (HEAD + "| 2026-03-02 | 甲\u202e | 同意 | | 通过 | |\n", 5, "U+202E"),
        ("# 案例\n|日期|谁|做什么|预期|\n|2026-03-02|甲|同意|通过|\n", 2, "分隔线"),
        ("只有文字\n", 0, "没有案例"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    faults = written(tmp_path, text).faults
    assert any(fault.line == line and words in fault.message for fault in faults), faults


def test_all_faults_of_a_file_are_said_at_once(tmp_path: Path) -> None:
    rows = "| 2026-13-02 | 甲 | 同意 | | 通过 | |\n| 2026-03-02 | 甲 | 同意 | 无等号 | | 6 |\n"
    assert [fault.line for fault in written(tmp_path, HEAD + rows).faults] == [1, 5, 6, 6, 6]


def test_a_worksheet_is_a_case(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "小额支出"
    sheet.append(["日期", "谁", "做什么", "填写", "预期", "依据"])
    sheet.append([date(2026, 3, 2), "赵一", "申请 开支申请", "金额=500\n事由=购打印纸", "通过", None])
    sheet.append([None, None, "同意", None, "通过", None])
    book.save(tmp_path / "a.xlsx")
    (case,) = read_cases(tmp_path / "a.xlsx").cases
    assert case.title == "小额支出" and [row.line for row in case.rows] == [2, 3]
    assert case.rows[0].filled == {"金额": "500", "事由": "购打印纸"} and case.rows[1].who == "赵一"


def test_a_file_that_is_no_workbook_or_no_text_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"x")
    (tmp_path / "b.md").write_bytes("# 案例".encode("gbk"))
    assert "打不开" in read_cases(tmp_path / "a.xlsx").faults[0].message
    assert "UTF-8" in read_cases(tmp_path / "b.md").faults[0].message


def test_rows_of_a_blank_are_written_in_brackets() -> None:
    filled = read_filled("事由=办公；票据=[发票号=1，票面金额=1,200.00]［发票号＝2，票面金额＝3]".replace("3]", "3］"))
    rows = ({"发票号": "1", "票面金额": "1,200.00"}, {"发票号": "2", "票面金额": "3"})
    assert filled == {"事由": "办公", "票据": rows}


@given(st.dictionaries(st.text(min_size=1, max_size=8), st.text(max_size=20), max_size=4))
def test_any_text_can_be_filled_in_with_its_marks_escaped(values: dict[str, str]) -> None:
    plain = {name.strip(): value.strip() for name, value in values.items() if name.strip()}
    cell = "；".join(f"{_escaped(name)}={_escaped(value)}" for name, value in plain.items())
    assert read_filled(cell) == plain


def _escaped(text: str) -> str:
    return "".join("\\" + each if each in "\\=＝；;[]［］\n" else each for each in text)


@given(st.text(alphabet="a=＝；;，,[]［］\\1| \n", max_size=40))
def test_filling_in_reads_or_says_why_not(cell: str) -> None:
    try:
        read_filled(cell)
    except ValueError as error:
        assert "填写" in str(error)


def test_a_case_plays_a_matter_from_filing_to_payment(play: Play) -> None:
    result = play(
        FILE % ("待 贸易科科长", "spending/1 spending/8")
        + "| | 贸易科科长 | 同意 | | 待 钱二 | spending/1 |\n"
        + "| 2026-03-03 | 钱二 | 同意 | 意见=可以 | 待 出纳 | |\n"
        + "| | 李四 | 付款 | 支票号=7 | 已办结；台账 付款台账 余额 金额=500.00；台账 付款台账 笔数=1 | |\n"
        + "| | 李四 | 查看 | | 例行 交回单据 2026-03-18 | spending/6 |\n"
        + "| 2026-03-19 | 李四 | 查看 | | 逾期 交回单据 | spending/6 |\n"
        + "| | 贸易科科员 | 办结 交回单据 | 意见=单据已交财务 | 无例行 交回单据 | spending/6 |\n"
    )
    assert result.passed, result.faults
    assert result.tallies["spending/1"] == Tally(4, 0) and result.tallies["spending/6"] == Tally(2, 1)


def test_a_refusal_counts_for_the_clause_that_refused(play: Play) -> None:
    result = play(FILE.replace("500", "60000") % ("拒绝", "spending/3"))
    assert result.passed and result.tallies["spending/3"] == Tally(0, 1)
    assert result.tallies.get("spending/1", Tally()).passes == 0


def test_a_blank_left_out_is_refused_by_the_clause_that_demands_it(play: Play) -> None:
    result = play(FILE.replace("；事由=购打印纸", "") % ("拒绝", "spending/8"))
    assert result.passed, result.faults


def test_a_warning_goes_on_with_a_reason(play: Play) -> None:
    rows = FILE.replace("500", "30000") % ("提醒", "spending/4")
    rows += FILE.replace("500", "30000；理由=急用") % ("提醒；待 贸易科科长", "spending/4")
    assert play(rows).passed
    assert "没有提醒" in message(play(FILE % ("提醒", "")))


def test_a_decision_and_a_return_are_played(play: Play) -> None:
    result = play(
        FILE.replace("500", "1500") % ("通过", "")
        + "| | 周五 | 同意 | | 待 办公室科长 | spending/2 |\n"
        + "| 2026-03-05 | 孙三 | 登记决议 | 决议编号=3；会议日期=2026-03-04；实到人数=3；结果=通过 | 待 钱二 | "
        + "spending/2 |\n"
        + "| | 钱二 | 退回 | 意见=写明用途；退至=科长审核 | 待 周五 | |\n"
        + "| | 周五 | 不同意 | 意见=不需要 | 未通过 | |\n"
    )
    assert result.passed, result.faults


def test_a_notice_runs_out_on_its_own_day_and_an_objection_is_settled(play: Play) -> None:
    rows = (
        "| 2026-03-02 | 吴六 | 申请 项目申报 | 名称=改造 | 通过 | spending/7 |\n"
        "| | 钱二 | 同意 | | 通过 | |\n| | 郑七 | 同意 | | 待 公示 | |\n"
    )
    later = "| 2026-03-20 | 李四 | 查看 | | 待 局长 | |\n"
    assert play(rows + later).passed
    objected = "| 2026-03-03 | 李四 | 提出异议 | 意见=重复 | 通过 | spending/7 |\n"
    held = play(rows + objected + later)
    assert "公示" in message(held) and held.faults[0].line == 9
    settled = "| 2026-03-04 | 赵一 | 处理异议 | 异议是否成立=否；处理结果=不重复 | 通过 | |\n"
    assert play(rows + objected + settled + later).passed


def test_a_register_between_leaves_the_matter_the_latest(play: Play) -> None:
    result = play(
        FILE % ("通过", "")
        + "| | 孙三 | 登记 外出登记 | 人员=周五；事由=休假；起始日期=2026-03-02；截止日期=2026-03-04 | 通过 | |\n"
        + "| 2026-03-05 | 周五 | 同意 | | 待 钱二 | |\n"
        + "| | 钱二 | 同意 | 事项=#1 | 待 出纳 | |\n"
    )
    assert result.passed, result.faults


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (FILE.replace("金额", "金頟") % ("拒绝", ""), "是否指“金额”？"),
        (FILE.replace("申请 开支申请", "申请 开支申清") % ("通过", ""), "是否指“开支申请”？"),
        (FILE.replace("申请 开支", "申情 开支") % ("通过", ""), "没有“申情 开支申请”这个动作"),
        (FILE.replace("贸易科科员", "易科科员") % ("通过", ""), "是否指“贸易科科员”？"),
        (FILE.replace("500", "500；票据=[发票=1]") % ("通过", ""), "是否指“发票号”？"),
        (FILE % ("通果", ""), "是否指“通过”？"),
        (FILE % ("通过", "spending/11"), "是否指“spending/1”？"),
        (FILE % ("通过", "spending/2"), "条款 spending/2 在这里没有起作用"),
        (FILE % ("拒绝", ""), "实际办成了"),
        (FILE % ("已办结", ""), "实际办理中（在“科长审核”环节）"),
        (FILE % ("待 局长", ""), "待周五"),
        (FILE.replace("500", "60000") % ("通过", ""), "《开支办法》第三条（spending/3）拒绝"),
        (FILE.replace("500", "60000") % ("拒绝", "spending/4"), "预期依 spending/4 拒绝"),
        (FILE % ("例行 交回单剧 2026-03-18", ""), "是否指“交回单据”？"),
        (FILE % ("例行 交回单据 三月", ""), "例行 名称 2026-03-31"),
        (FILE % ("例行 交回单据 2026-03-18", ""), "没有这件应办的事"),
        (FILE % ("逾期 交回单据", ""), "预期“交回单据”逾期"),
        (FILE % ("台账 付款台帐 余额 金额=0", ""), "是否指“付款台账”？"),
        (FILE % ("台账 付款台账 余额 金额=1", ""), "实际 0.00"),
        (FILE % ("台账 付款台账 余额 事由=1", ""), "合计"),
        ("| 2026-03-02 | 吴六 | 同意 | | 通过 | |\n", "没有提交成功的事项"),
        ("| 2026-03-02 | 吴六 | 办结 交回单据 | 意见=已办 | 通过 | |\n", "没有应办的“交回单据”"),
        ("| 2026-03-02 | 吴六 | 签收 开支方法 | | 通过 | |\n", "是否指“开支办法”？"),
    ],
)
def test_a_row_that_fails_says_why_on_its_line(play: Play, row: str, words: str) -> None:
    result = play(row)
    assert not result.passed and words in message(result) and result.faults[0].line == 5


def test_rows_stand_in_the_order_of_their_days(play: Play) -> None:
    result = play(FILE % ("通过", "") + "| 2026-03-01 | 周五 | 同意 | | 通过 | |\n")
    assert "早于" in message(result) and result.faults[0].line == 6


def test_every_case_begins_on_a_fresh_office(play: Play) -> None:
    rows = FILE % ("台账 付款台账 笔数=0；待 周五", "")
    assert play(rows).passed and play(rows).passed


def test_a_case_hands_on_adds_signers_asks_and_takes_back(play: Play) -> None:
    rows = FILE % ("待 贸易科科长", "spending/1")
    rows += "| | 贸易科科长 | 前加签 李四 | 意见=请先看 | 待 李四 | general/addition |\n"
    rows += "| | 李四 | 委派 孙三 | | 待 孙三 | general/consult |\n"
    rows += "| | 孙三 | 答复 | 意见=合理 | 待 李四 | |\n"
    rows += "| | 贸易科科长 | 减签 李四 | | 待 贸易科科长 | general/addition |\n"
    rows += "| | 贸易科科长 | 转办 李四 | | 待 李四 | general/transfer |\n"
    rows += "| | 贸易科科长 | 收回 | | 待 贸易科科长 | general/take-back |\n"
    rows += "| | 吴六 | 催办 | | 通过 | general/urge |\n"
    rows += "| | 吴六 | 催办 | | 拒绝 | general/urge |\n"
    rows += "| | 吴六 | 抄送 李四、孙三 | | 通过 | general/copy |\n"
    rows += "| | 局长 | 特批 | 意见=急 | 拒绝 | general/override |\n"
    assert play(rows).passed, play(rows).faults
