"""The command line: the same acts as the screens, exit codes to rely on, Chinese alone."""

import io
import json
import re
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest

from core.acts import Act, Verb
from core.days.clock import SystemClock
from core.errors import StoreBusy
from core.office import Office
from tui.commandline.exits import Exit
from tui.commandline.place import AGENCY, STORE
from tui.start import main

SPENDING = ("submit", "开支申请", "事由=购打印纸")


class Line:
    """Gives commands to the sample agency as a person at a terminal would."""

    def __init__(self, sample: Any, capture: pytest.CaptureFixture[str]) -> None:
        self.sample, self._capture = sample, capture
        self._place = ["--config", str(sample.config), "--store", str(sample.store_path), "--agency", "sample"]
        self.out = self.err = ""

    def __call__(self, *words: str, by: str = "") -> int:
        self._capture.readouterr()
        code = main([*words, *self._place, *(["--as", by] if by else [])])
        self.out, self.err = self._capture.readouterr()
        return code

    def json(self, *words: str, by: str = "") -> Any:
        self(*words, "--json", by=by)
        return json.loads(self.out)

    def filed(self, amount: str = "500") -> str:
        return str(self.json(*SPENDING, f"金额={amount}", by="吴六")["matter"]["number"])


@pytest.fixture(autouse=True)
def bare_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (AGENCY, STORE):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def line(sample: Any, capsys: pytest.CaptureFixture[str]) -> Line:
    sample.clock = SystemClock()
    return Line(sample, capsys)


def test_a_spending_runs_its_whole_course_from_the_command_line(line: Line) -> None:
    assert line(*SPENDING, "金额=500", by="贸易科科员") == Exit.DONE
    number = line.out.split()[0]
    assert "等待周五" in line.out
    assert re.search(r"留痕第 \d+ 号 [0-9a-f]{16}", line.out)
    assert line("approve", number, "--opinion", "同意", by="周五") == Exit.DONE
    assert line("approve", number, by="P2") == Exit.DONE
    assert line("perform", number, "支票号=A-1", by="李四") == Exit.DONE
    assert "已办结" in line.out
    assert [each["values"]["purpose"] for each in line.json("ledger", "付款台账")] == ["购打印纸"]


def test_a_refusal_names_level_clause_facts_remedy_and_blank(line: Line) -> None:
    assert line(*SPENDING, "金额=60000", by="吴六") == Exit.REFUSED
    assert line.out == ""
    for part in (
        "【拒绝】《开支办法》第三条：单笔开支不超过五万元",
        "事实：金额 60000",
        "怎样办：改为 50000",
        "栏目：金额",
    ):
        assert part in line.err


def test_every_fault_of_a_form_is_told_at_once(line: Line) -> None:
    assert line("submit", "开支申请", "金额=许多", "时由=纸", by="吴六") == Exit.REFUSED
    for part in ("许多", "是否指“事由”", "“事由”未填写"):
        assert part in line.err


def test_a_warning_waits_for_a_reason(line: Line) -> None:
    assert line(*SPENDING, "金额=30000", by="吴六") == Exit.REFUSED
    assert "--reason" in line.err
    assert line(*SPENDING, "金额=30000", "--reason", "设备损坏，急需更换", by="吴六") == Exit.DONE


def test_preview_judges_and_writes_nothing(line: Line) -> None:
    before = line.sample.office.journal.head()
    assert line(*SPENDING, "金额=2000", "--preview", by="吴六") == Exit.DONE
    assert "可以办理" in line.out
    assert "2. 会议研究（待到）" in line.out
    assert line(*SPENDING, "金额=60000", "--preview", by="吴六") == Exit.REFUSED
    assert line.sample.office.journal.head() == before


def test_someone_elses_turn_is_another_code_than_a_rule(line: Line) -> None:
    number = line.filed()
    assert line("approve", number, by="吴六") == Exit.NOT_ALLOWED
    assert "申请人本人" in line.err
    assert line("approve", number, by="钱二") == Exit.NOT_ALLOWED
    assert line("submit", "分管分工", by="吴六") == Exit.NOT_ALLOWED


def test_what_changed_since_it_was_seen_is_to_be_tried_again(line: Line) -> None:
    number = line.filed()
    version = line.json("show", number)["version"]
    assert line("comment", number, "--opinion", "请附清单", by="周五") == Exit.DONE
    assert line("approve", number, "--seen", str(version), by="周五") == Exit.AGAIN


def test_busy_records_are_to_be_tried_again(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(office: Office, act: Act) -> None:
        raise StoreBusy("记录库正被其他人占用，请稍后再试")

    monkeypatch.setattr(Office, "perform", busy)
    assert line(*SPENDING, "金额=1", by="吴六") == Exit.AGAIN
    assert "请稍后再试" in line.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["aprove", "1"], "是否指“approve”"),
        (["approve"], "还要写明：编号"),
        (["approve", "开支-2026-0001", "--colour"], "不认识“--colour”"),
        (["approve", "开支-2026-0001"], "--as"),
        (["return", "开支-2026-0001", "--to", "x"], "后面要写数字"),
        (["submit", "开支申请", "金额"], "栏目=内容"),
        (["submit", "开支申请", "金额=1", "金额=2"], "填了两次"),
        (["show", "没有"], "没有编号为“没有”的事项"),
        (["ledger", "付款台帐"], "付款台账"),
        (["ledger", "付款台账", "--where", "颜色=红"], "没有“颜色”一栏"),
        (["journal", "999"], "第 999 条留痕没有记下"),
        (["rulebook"], "rulebook check"),
        (["rulebook", "show", "spending/99"], "没有“spending/99”"),
        (["inbox", "--as", "吴流"], "是否指“吴六”"),
        (["inbox", "--as", "副局长"], "有 2 位"),
        (["inbox", "--limit"], "后面要写内容"),
        (["journal", "9" * 40], "要写数字"),
        (["journal", "--limit", "9" * 5000], "要写数字"),
        (["-x"], "不认识“-x”"),
    ],
)
def test_a_wrong_command_is_told_what_to_write(line: Line, words: list[str], told: str) -> None:
    assert line(*words) == Exit.USAGE
    assert told in line.err
    assert "Traceback" not in line.err
    assert line.out == ""


HOSTILE = ["[/b][red]纸", "=HYPERLINK(1)", "%s{0}$(id)`id`", "'; DROP TABLE matters;--", "纸" * 300, "a\tb", "😀‍👩"[0]]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_kept_as_they_are(line: Line, text: str) -> None:
    result = line.json("submit", "开支申请", f"事由={text}", "金额=1", by="吴六")
    assert result["matter"]["values"]["purpose"] == text.strip()
    assert line("show", result["matter"]["number"]) == Exit.DONE
    assert text.replace("\t", " ") in line.out.replace("\t", " ")


@pytest.mark.parametrize("text", ["纸\x1b[31m", "纸\u202e", "纸\u200b", "\udcff"])
def test_words_that_could_drive_a_terminal_are_turned_away(line: Line, text: str) -> None:
    assert line("submit", "开支申请", f"事由={text}", "金额=1", by="吴六") == Exit.USAGE
    assert "不可见" in line.err
    assert text not in line.err


def test_an_opinion_with_hidden_signs_is_refused_by_the_clause(sample: Any) -> None:
    number = sample.filed("500")
    result = sample.act(Verb.APPROVE, "P5", number, "同意\u202e")
    assert not result.done
    assert [each.clause.key for each in result.verdict.findings] == ["general/text"]


def test_a_form_is_read_from_a_file_or_from_standard_input(
    line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = tmp_path / "表.json"
    form.write_text('{"事由": "购纸", "金额": 0.30, "票据": [{"发票号": "7", "票面金额": 0.3}]}', encoding="utf-8-sig")
    values = line.json("submit", "开支申请", "--form", str(form), by="吴六")["matter"]["values"]
    assert values == {"purpose": "购纸", "amount": "0.30", "bills": [{"number": "7", "sum": "0.30"}]}
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO('{"事由": "购笔"}'.encode())))
    assert line("submit", "开支申请", "金额=1", "--form", "-", by="吴六") == Exit.DONE


def test_a_number_of_ten_thousand_digits_is_refused_by_its_blank(line: Line, tmp_path: Path) -> None:
    form = tmp_path / "form.json"
    form.write_text('{"事由": "购纸", "金额": ' + "9" * 10_000 + "}", encoding="utf-8")
    assert line("submit", "开支申请", "--form", str(form), by="吴六") == Exit.REFUSED
    assert "超过上限" in line.out + line.err


@pytest.mark.parametrize(
    "content", [b"[1]", b"{", b"\xff\xfe", b'{"a": 1, "a": 2}', b"[" * 100_000, b"null", b'{"a": NaN'], ids=repr
)
def test_a_file_that_is_no_form_is_a_sentence(line: Line, tmp_path: Path, content: bytes) -> None:
    form = tmp_path / "form.json"
    form.write_bytes(content)
    assert line("submit", "开支申请", "--form", str(form), by="吴六") == Exit.USAGE
    assert "Traceback" not in line.err
    assert line.err.strip()


def test_lists_and_reasons_can_be_read_by_people_and_programs(line: Line) -> None:
    number = line.filed()
    assert [each["matter"] for each in line.json("inbox", by="周五")] == [number]
    assert line.json("inbox", by="钱二") == []
    assert [each["matter"] for each in line.json("mine", by="吴六")] == [number]
    why = line.json("why", number, by="钱二")
    assert why["now"][0]["actors"][0]["person"] == "P5"
    assert why["acts"]["approve"]["clause"]["key"] == "spending/1"
    assert why["acts"]["comment"] is None
    assert line("why", number, by="周五") == Exit.DONE
    assert "同意（approve）：可以" in line.out
    assert {each["what"] for each in line.json("find", "打印")} == {"事项"}
    assert [each["key"] for each in line.json("find", "wl")] == ["P6"]
    assert {each["key"]: each["enabled"] for each in line.json("offers", by="吴六")}["sample.spending"]
    assert len(line.json("people")) == 7
    assert line("duties") == line("notices") == line("tick") == line("plugins") == line("commands") == Exit.DONE


def test_returning_counts_steps_as_they_are_shown(line: Line) -> None:
    number = line.filed()
    line("approve", number, by="周五")
    assert line("return", number, "--to", "1", "--opinion", "重新核对数量", by="钱二") == Exit.DONE
    assert "科长审核" in line.out
    assert line("return", number, "--to", "0", "--opinion", "x", by="周五") == Exit.USAGE


def test_the_same_token_does_it_once(line: Line) -> None:
    assert line(*SPENDING, "金额=1", "--token", "甲", by="吴六") == Exit.DONE
    assert line(*SPENDING, "金额=1", "--token", "甲", by="吴六") == Exit.REFUSED
    assert len(line.json("mine", by="吴六")) == 1


def test_no_cell_of_an_exported_ledger_is_a_formula(line: Line, tmp_path: Path) -> None:
    number = str(line.json("submit", "开支申请", "事由==1+1", "金额=234.50", by="吴六")["matter"]["number"])
    for verb, by, blanks in (("approve", "周五", []), ("approve", "钱二", []), ("perform", "李四", ["支票号=@A"])):
        assert line(verb, number, *blanks, by=by) == Exit.DONE
    book = tmp_path / "付款.xlsx"
    assert line("ledger", "付款台账", "--export", str(book)) == Exit.DONE
    rows = list(openpyxl.load_workbook(book).active.iter_rows())  # type: ignore[union-attr]
    assert [cell.value for cell in rows[0]][:4] == ["行号", "日期", "事由", "金额"]
    assert rows[1][2].value == "'=1+1"
    assert rows[1][3].value == 234.5
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n", "d"}
    assert line("ledger", "付款台账", "--export", str(book)) == Exit.USAGE
    assert "已存在" in line.err


def test_a_ledger_is_filtered_and_put_in_order(line: Line) -> None:
    for purpose, amount in (("购纸", "30"), ("购笔", "10"), ("购纸", "20")):
        number = str(
            line.json("submit", "开支申请", f"事由={purpose}", f"金额={amount}", by="吴六")["matter"]["number"]
        )
        line("approve", number, by="周五")
        line("approve", number, by="P2")
        line("perform", number, "支票号=1", by="李四")
    assert [each["values"]["amount"] for each in line.json("ledger", "付款台账", "--order", "金额")] == [
        "10.00",
        "20.00",
        "30.00",
    ]
    assert [each["values"]["amount"] for each in line.json("ledger", "付款台账", "--where", "事由=购纸")] == [
        "20.00",
        "30.00",
    ]
    assert [each["number"] for each in line.json("ledger", "付款台账", "--order", "金额", "--limit", "1")] == [2]
    assert line("ledger", "付款台账") == Exit.DONE
    assert line.out.splitlines()[0].split() == ["行号", "日期", "事由", "金额", "凭", "更正"]


def test_the_journal_is_listed_anchored_verified_and_exported(line: Line, tmp_path: Path) -> None:
    line.filed()
    assert [each["act"] for each in line.json("journal")][-1] == "submit"
    assert line.json("journal", "2")["documents"]
    assert line("audit", "anchor") == Exit.DONE
    anchors = tmp_path / "anchors"
    anchors.write_text(line.out, encoding="utf-8")
    line.filed()
    assert line("audit", "verify", "--documents", "--anchors", str(anchors)) == Exit.DONE
    anchors.write_text(re.sub(r" [0-9a-f]{8}", " 00000000", anchors.read_text()), encoding="utf-8")
    assert line("audit", "verify", "--anchors", str(anchors)) == Exit.REFUSED
    assert line("audit", "export", str(tmp_path / "journal")) == Exit.DONE
    assert (tmp_path / "journal").stat().st_mode & 0o077 == 0


def test_an_office_is_set_up_and_its_documents_move_to_a_new_store(
    line: Line, tmp_path: Path, sample_module: Any
) -> None:
    people = tmp_path / "people.toml"
    people.write_text(sample_module.PEOPLE, encoding="utf-8")
    line.sample.office.close()
    line._place[3] = str(tmp_path / "deep" / "new.store")
    assert line("inbox", by="吴六") == Exit.USAGE
    assert "guizhang init" in line.err
    assert line("init", "--people", str(people), "--since", "2026-01-01") == Exit.DONE
    assert line("init", "--people", str(people)) == Exit.USAGE
    number = line.filed()
    exported = str(tmp_path / "all.json")
    assert line("export", exported) == Exit.DONE
    assert line("import", exported) == Exit.USAGE
    line._place[3] = str(tmp_path / "copy.store")
    assert line("import", exported) == Exit.DONE
    assert [each["matter"] for each in line.json("inbox", by="周五")] == [number]
    assert line.filed() > number
