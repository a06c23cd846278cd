"""Importing people: a whole file judged at once, every mistake named, all of it registered by one act."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from core.acts import Act, Verb
from core.rosters.roster_file import RosterFile, read_roster_files
from core.rosters.roster_template import write_template
from tui.commandline.dispatch import run

HEADINGS = {
    "人员": ("编号", "姓名", "身份"),
    "任职": ("编号", "姓名", "职务", "科室", "起始日期", "截止日期", "依据"),
    "分管": ("编号", "姓名", "分管科室", "分管工作", "起始日期", "截止日期", "依据"),
}
SEPARATION = """
[[clause]]
no = "8"
kind = "separation"
text = "局长不直接分管财务"
[[clause.rule]]
use = "core.post-without-functions"
post = "director"
functions = ["finance"]

[[clause]]
no = "9"
kind = "separation"
text = "会计出纳不得由科长兼任"
[[clause.rule]]
use = "core.posts-apart"
posts = ["head", "cashier"]
"""


def book(folder: Path, **sheets: list[tuple[Any, ...]]) -> Path:
    """A roster whose sheets (people, tenures, oversights) have these rows under their headings."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for key, title in (("people", "人员"), ("tenures", "任职"), ("oversights", "分管")):
        if key in sheets:
            sheet = made.create_sheet(title)
            for row in (HEADINGS[title], *sheets[key]):
                sheet.append(row)
    path = folder / "名册.xlsx"
    made.save(path)
    return path


def filed(sample: Any, read: RosterFile, by: str = "P3", preview: bool = False) -> Any:
    act = Act(Verb.SUBMIT, by, "core.roster", values={"basis": "名册", **read.values})
    return sample.office.preview(act) if preview else sample.office.perform(act)


def sentences(sample: Any, read: RosterFile, by: str = "P3") -> list[str]:
    verdict = filed(sample, read, by, preview=True)
    return [str(each) for each in (*read.faults, *map(read.placed, verdict.findings))]


@pytest.fixture
def separated(tmp_path: Path, sample_module: Any) -> Any:
    """The sample agency with two clauses on who may hold what."""
    return sample_module.Sample(tmp_path, rulebook=sample_module.RULEBOOK + SEPARATION)


def test_people_posts_and_changes_of_both_are_registered_by_one_act(sample: Any, tmp_path: Path) -> None:
    path = book(
        tmp_path,
        people=[("P8", "任平生", "编外"), ("P6", "吴六", "退休")],
        tenures=[
            ("P8", "任平生", "科员", "贸易科", date(2026, 3, 1), None, "聘用合同"),
            ("P6", "吴六", "科员", "贸易科", "2020-01-01", "2026.3.31", None),
        ],
    )
    before = len(sample.office.journal.entries(limit=1000))
    result = filed(sample, read_roster_files([path]))
    assert result.done, result.verdict.findings
    assert len(sample.office.journal.entries(limit=1000)) == before + 1
    organisation = sample.office.desk.organisation
    assert organisation.people["P8"].staff.value == "编外" and "rps" in organisation.people["P8"].search
    assert organisation.people["P6"].staff.value == "退休"
    assert organisation.holders("clerk", date(2026, 3, 2), "trade") == ("P6", "P8")
    assert organisation.holders("clerk", date(2026, 4, 1), "trade") == ("P8",)


def test_importing_the_same_roster_again_changes_nothing_and_says_so(sample: Any, tmp_path: Path) -> None:
    path = book(tmp_path, people=[("P8", "任平生", "编外")])
    assert filed(sample, read_roster_files([path])).done
    again = filed(sample, read_roster_files([path]))
    assert not again.done and "没有不同" in again.verdict.findings[0].facts


def test_a_new_division_of_work_ends_the_earlier_one(sample: Any, tmp_path: Path) -> None:
    oversights = [("P7", "郑七", "办公室、贸易科", "财务", "2026-03-02", None, "分工文件")]
    path = book(tmp_path, oversights=oversights)
    sample.config.joinpath("agencies/sample/agency.toml").write_text(
        sample.config.joinpath("agencies/sample/agency.toml")
        .read_text(encoding="utf-8")
        .replace('"core.oversight" = ["director"]', '"core.oversight" = ["director", "head-of:office"]'),
        encoding="utf-8",
    )
    office = sample.open()
    act = Act(Verb.SUBMIT, "P3", "core.roster", values={"basis": "分工", **read_roster_files([path]).values})
    assert office.perform(act).done
    assert set(office.desk.organisation.overseers(date(2026, 3, 2), unit="trade")) == {"P2", "P7"}
    assert office.desk.organisation.overseers(date(2026, 3, 2), unit="office") == ("P7",)
    office.close()


def test_the_import_needs_the_right_to_make_each_registration_it_stands_for(sample: Any, tmp_path: Path) -> None:
    read = read_roster_files([book(tmp_path, oversights=[("P7", "郑七", "贸易科", None, "2026-03-02")])])
    assert any("分管分工" in each for each in sentences(sample, read))
    assert any("任职登记" in each for each in sentences(sample, read, by="P1"))
    assert not filed(sample, read, by="P6").done


def test_the_principal_put_in_charge_of_the_money_is_refused_by_the_clause_row_by_row(
    separated: Any, tmp_path: Path
) -> None:
    path = book(
        tmp_path,
        tenures=[("P5", "周五", "出纳", "办公室", "2026-03-02"), ("P6", "吴六", "出纳", "办公室", "2026-03-02")],
        oversights=[("P1", "赵一", "贸易科", "财务", "2026-03-02")],
    )
    read = read_roster_files([path])
    placed = [read.placed(each) for each in filed(separated, read, preview=True).findings]
    found = {(each.sheet, each.row, each.column, each.clause and each.clause.key) for each in placed}
    assert ("分管", 2, "分管工作", "spending/8") in found
    assert ("任职", 2, "编号", "spending/9") in found
    assert not any(each.sheet == "任职" and each.row == 3 for each in placed)


def test_a_leader_in_charge_of_the_money_does_not_become_principal_by_import(separated: Any, tmp_path: Path) -> None:
    promoted = [("P2", "钱二", "局长", "局领导", "2026-04-01")]
    read = read_roster_files([book(tmp_path, tenures=promoted)])
    assert [each.clause.key for each in filed(separated, read, preview=True).findings] == ["spending/8"]


def test_a_leader_who_gives_the_money_up_by_the_same_roster_may_become_principal(
    separated: Any, tmp_path: Path
) -> None:
    path = book(
        tmp_path,
        tenures=[("P2", "钱二", "局长", "局领导", "2026-04-01")],
        oversights=[
            ("P2", "钱二", "贸易科", None, "2026-04-01"),
            ("P7", "郑七", "办公室", "财务", "2026-04-01"),
        ],
    )
    found = filed(separated, read_roster_files([path]), preview=True).findings
    assert {each.clause.key for each in found} == {"general/permission"}


def test_lines_are_judged_after_the_lines_before_them(separated: Any, tmp_path: Path) -> None:
    handed_on = [
        ("P5", "周五", "科长", "贸易科", "2020-01-01", "2026-03-01"),
        ("P5", "周五", "出纳", "办公室", "2026-03-02"),
    ]
    read = read_roster_files([book(tmp_path, tenures=handed_on)])
    assert not filed(separated, read, preview=True).findings


def test_thirty_mistakes_make_thirty_sentences(sample: Any, tmp_path: Path) -> None:
    people = [
        (None, "无号", "在编"), ("P8", None, "在编"), ("P9", "甲", "在遍"), ("P10", "乙", "在编"),
        ("P10", "乙", "在编"), ("P11", "丙\u202e", "在编"), ("P12", "=A1", "在编"),
    ]  # fmt: skip
    tenures = [
        ("P10", None, "科元", "贸易科", "2026-03-01"),
        ("P10", None, "科员", "贸意科", "2026-03-01"),
        ("P10", None, "科员", "贸易科", "2026-13-01"),
        ("P10", None, "科员", "贸易科", None),
        ("P10", None, None, "贸易科", "2026-03-01"),
        ("P10", None, "科员", None, "2026-03-01"),
        (None, "乙", "科员", "贸易科", "2026-03-01"),
        ("P99", None, "科员", "贸易科", "2026-03-01"),
        ("赵一", None, "科员", "贸易科", "2026-03-01"),
        ("P10", "赵一", "科员", "贸易科", "2026-03-01"),
        ("P10", "乙", "科员", "贸易科", "2026-03-01", "2026-02-01"),
        ("P10", "乙", "科员", "办公室", "2026-03-01"),
        ("P10", "乙", "科员", "办公室", "2026-03-01"),
        ("P10", "乙", "科员", "局领导", "2026-03-01", "明天"),
        ("P97", "乙", "科员", "局领导", "2026-03-01"),
    ]
    oversights = [
        ("P98", None, "贸易科", None, "2026-03-01"),
        ("P2", "赵一", "贸易科", None, "2026-03-01"),
        ("P2", None, "贸易可", None, "2026-03-01"),
        ("P2", None, "贸易科", "财物", "2026-03-01"),
        ("P2", None, None, None, "2026-03-01"),
        ("P2", None, "贸易科", None, "三月"),
        ("P2", None, "贸易科", None, None),
        ("P2", None, "贸易科", None, "2026-03-01", "2026-01-01"),
        (None, "钱二", "贸易科", None, "2026-03-01"),
        ("P7", None, "贸易科、人事科", None, "2026-03-01"),
    ]
    read = read_roster_files([book(tmp_path, people=people, tenures=tenures, oversights=oversights)])
    said = [each for each in sentences(sample, read) if "表第" in each]
    assert len(said) == 30 and len(set(said)) == 30, "\n".join(said)
    assert any("第 2 行“职务”：没有名为“科元”的职务，是否指“科长”？" in each for each in said)
    assert any("应写编号“P1”" in each for each in said)


def test_waiting_matters_come_to_whoever_the_roster_puts_in_the_post(sample: Any, tmp_path: Path) -> None:
    number = sample.submit(purpose="纸", amount="10").matter.number
    path = book(tmp_path, people=[("P8", "任平生", "在编")], tenures=[("P8", None, "科长", "贸易科", "2026-03-02")])
    assert filed(sample, read_roster_files([path])).done
    leaving = book(tmp_path, tenures=[("P5", "周五", "科长", "贸易科", "2020-01-01", "2026-03-01")])
    assert sample.office.desk.waiting_on("P5") == []
    assert filed(sample, read_roster_files([leaving])).done
    rows = [row for row in sample.office.store.table("inbox") if row["matter"] == number]
    assert [row["person"] for row in rows] == ["P8"]


def init(sample: Any, store: Path, *words: str) -> int:
    return run(["init", "--config", str(sample.config), "--agency", "sample", "--store", str(store), *words])


def test_an_office_is_set_up_from_a_roster(sample: Any, tmp_path: Path) -> None:
    path = book(
        tmp_path,
        people=[("P1", "赵一", "在编"), ("P2", "钱二", None)],
        tenures=[
            ("P1", "赵一", "局长", "局领导", "2020-01-01"),
            ("P2", "钱二", "副局长", "局领导", "2020-01-01"),
        ],
        oversights=[("P2", "钱二", "办公室、贸易科", "财务", "2020-01-01")],
    )
    assert init(sample, tmp_path / "new.store", "--people", str(path)) == 0
    sample.store_path = tmp_path / "new.store"
    office = sample.open()
    assert office.desk.organisation.principals(date(2026, 3, 2)) == ("P1",)
    assert office.desk.organisation.overseers(date(2026, 3, 2), function="finance") == ("P2",)
    office.close()


def test_a_first_roster_that_breaks_a_clause_sets_nothing_up(separated: Any, tmp_path: Path, capsys: Any) -> None:
    path = book(
        tmp_path,
        people=[("P1", "赵一", "在编")],
        tenures=[("P1", "赵一", "局长", "局领导", "2020-01-01")],
        oversights=[("P1", "赵一", "办公室", "财务", "2020-01-01")],
    )
    assert init(separated, tmp_path / "new.store", "--people", str(path)) == 2
    assert "《开支办法》第八条" in capsys.readouterr().out
    assert not (tmp_path / "new.store").exists()


def test_the_command_tries_an_import_and_then_makes_it(sample: Any, tmp_path: Path, capsys: Any) -> None:
    sample.office.close()
    place = ["--config", str(sample.config), "--agency", "sample", "--store", str(sample.store_path), "--as", "孙三"]
    bad = book(tmp_path, people=[("P8", "任平生", "在遍")])
    assert run(["people", "import", str(bad), "--dry-run", "--json", *place]) == 1
    problem = json.loads(capsys.readouterr().out)["problems"][0]
    assert (problem["file"], problem["sheet"], problem["row"], problem["column"]) == ("名册.xlsx", "人员", 2, "身份")
    good = book(tmp_path, people=[("P8", "任平生", "在编")])
    assert run(["people", "import", str(good), "--dry-run", *place]) == 0
    assert "任平生" in capsys.readouterr().out
    assert run(["people", "import", str(good), *place]) == 0
    assert "留痕第" in capsys.readouterr().out
    office = sample.open()
    assert office.desk.organisation.name("P8") == "任平生"
    office.close()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_tables_of_separated_values_are_read_in_every_usual_encoding(
    sample: Any, tmp_path: Path, encoding: str
) -> None:
    people, tenures = tmp_path / "人员.csv", tmp_path / "任职.csv"
    people.write_text("编号,姓名,身份\r\nP8,尉迟恭,编外\r\n", encoding=encoding)
    tenures.write_text("编号,姓名,职务,科室,起始日期\r\nP8,尉迟恭,科员,贸易科,2026-03-02\r\n", encoding=encoding)
    assert filed(sample, read_roster_files([people, tenures])).done
    assert sample.office.desk.organisation.name("P8") == "尉迟恭"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"\xff\x80\x80\x80", "不是 UTF-8 或 GB18030"),
        ("a.csv", "甲,乙\n1,2\n".encode(), "看不出是哪一张表"),
        ("a.csv", "编号,姓明,身份\nP8,甲,在编\n".encode(), "是否指“姓名”"),
        ("a.xlsx", b"PK not a book", "打不开"),
        ("a.doc", b"", "只能导入"),
        ("a.csv", "编号,姓名,身份\n".encode(), "一行也没有填"),
    ],
)
def test_a_file_that_cannot_be_read_is_answered_with_a_sentence(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert any(said in str(fault) for fault in read_roster_files([path]).faults)


def test_the_template_lists_the_agencys_own_words_and_its_examples_are_not_imported(
    sample: Any, tmp_path: Path
) -> None:
    path = tmp_path / "样表.xlsx"
    write_template(path, sample.office.agency)
    made = load_workbook(path)
    assert made.sheetnames == ["说明", "人员", "任职", "分管"]
    assert {rule.formula1 for rule in made["任职"].data_validations.dataValidation} == {
        "说明!$B$2:$B$6",
        "说明!$C$2:$C$4",
    }
    assert read_roster_files([path]).count == 0
    made["人员"].append(["P8", "任平生", "在编"])
    made.save(path)
    assert filed(sample, read_roster_files([path])).done
