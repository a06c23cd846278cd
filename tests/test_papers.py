"""Paper: matters on their forms, a year of a ledger as a book, an agency's own templates, hostile words harmless."""

import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from lxml import etree

from core.acts import Verb
from core.errors import StoreError
from core.family import Family
from core.fields import Field, Kind
from core.host import Host
from core.papers import Paper, Receipts, paper_faults
from office_acts import number
from office_sitting import CLERK, DIRECTOR, HEAD, RECORDER, WATCHER, Sitting
from tui.app import OfficeApp
from tui.commandline.exits import Exit
from tui.commandline.new_files import new_file
from tui.papers.book import bound
from tui.papers.printing import printed, template_folder
from tui.papers.template_start import starting_template
from tui.papers.values import written
from tui.screens.matter import MatterScreen
from tui.session import Session
from tui.start import main

HOSTILE = (
    "{{ 7*7 }}",
    "{% for x in (1,2) %}重复{% endfor %}",
    "{{ ''.__class__.__mro__ }}",
    "{%tr for 行 in 票据 %}",
    "<w:p><w:r><w:t>插入</w:t></w:r></w:p>",
    "</w:t></w:r></w:p></w:tc>",
    "&lt;b&gt; & \"引号\" '撇号'",
    "]]> <!-- <?xml ?>",
    "=cmd|' /C calc'!A0",
    "MERGEFIELD 甲 \\* MERGEFORMAT",
)


def words(content: bytes) -> str:
    """Every text of a document, its foot included, a line for each paragraph."""
    document = Document(BytesIO(content))
    parts = [document.element.body, document.sections[0].footer._element]
    lines = [
        "".join(each.text or "" for each in paragraph.iter("{*}t")) for part in parts for paragraph in part.iter("{*}p")
    ]
    return "\n".join(lines)


def line_of(content: bytes, label: str) -> str:
    """What stands beside a label on the form."""
    for table in Document(BytesIO(content)).tables:
        for row in table.rows:
            cells = [cell.text for cell in row.cells]
            if label in cells:
                return next(cell for cell in cells[cells.index(label) :] if cell != label)
    raise AssertionError(label)


def paper(sample: Any, number: str) -> bytes:
    found = printed(sample.office.desk, sample.office.desk.matter(number))
    assert found.fault == ""
    return found.content


@pytest.fixture
def paid(sample: Any) -> str:
    """A spending that ran its course: signed by the head, by one who stands in for the leader, paid."""
    number = sample.filed("1409.50", bills=[{"number": "A1", "sum": "1000"}, {"number": "A2", "sum": "409.50"}])
    assert sample.act(Verb.APPROVE, "P5", number, "情况属实").done
    known = {"number": "2026-8", "held_on": "2026-03-02", "present": "3", "outcome": "通过"}
    assert sample.act(Verb.RESOLVE, "P3", number, values=known).done
    values = {"person": "P2", "stand_in": "P7", "since": "2026-03-02", "until": "2026-03-20", "basis": "出差"}
    assert sample.submit("P1", "core.delegation", **values).done
    assert sample.act(Verb.APPROVE, "P7", number, "同意").done
    assert sample.act(Verb.PERFORM, "P4", number, values={"cheque": "C-1"}).done
    return number


def test_a_form_shows_title_number_blanks_rows_and_what_they_come_to(sample: Any, paid: str) -> None:
    content = paper(sample, paid)
    text = words(content)
    assert text.startswith("示例局\n开支申请\n")
    assert f"编号：{paid}" in text and "已办结" in text
    assert line_of(content, "事由") == "购打印纸"
    assert line_of(content, "金额") == "1,409.50 元（大写：壹仟肆佰零玖元伍角）"
    assert line_of(content, "支票号") == "C-1"
    bills = next(table for table in Document(BytesIO(content)).tables if table.rows[0].cells[0].text == "发票号")
    assert [[cell.text for cell in row.cells] for row in bills.rows] == [
        ["发票号", "票面金额"], ["A1", "1,000.00"], ["A2", "409.50"], ["合计", "1,409.50"],
    ]  # fmt: skip


def test_opinions_stand_in_the_order_of_signing_with_post_name_day_and_stand_in(sample: Any, paid: str) -> None:
    tables = Document(BytesIO(paper(sample, paid))).tables
    signed = [(row.cells[0].text, row.cells[-1].text) for row in tables[-1].rows]
    assert [step for step, _ in signed] == ["科长审核", "会议研究", "领导审批", "付款"]
    assert signed[0][1] == "情况属实\n贸易科科长　周五　2026年3月2日"
    assert "经局长办公会2026-8研究，应到 3 人，实到 3 人，通过。" in signed[1][1]
    assert signed[2][1] == "同意\n副局长　郑七代钱二　2026年3月2日"
    assert signed[3][1] == "已办理\n办公室出纳　李四　2026年3月2日"


def test_the_foot_names_the_newest_entry_on_the_matter(sample: Any, paid: str) -> None:
    last = sample.office.journal.for_matter(paid)[-1]
    assert f"留痕第 {last.sequence} 号 {last.digest[:16]}" in words(paper(sample, paid))


def test_signatures_that_no_longer_count_are_not_printed(sample: Any) -> None:
    number = sample.filed()
    assert sample.act(Verb.APPROVE, "P5", number, "先同意").done
    assert sample.act(Verb.RETURN, "P2", number, "补票据").done
    assert "先同意" in words(paper(sample, number))
    assert sample.act(Verb.RESUBMIT, "P6", number, values={"amount": "600"}).done
    text = words(paper(sample, number))
    assert "先同意" not in text and "补票据" not in text and "陆佰元整" in text


def test_a_rejection_stands_on_the_form(sample: Any) -> None:
    number = sample.filed()
    assert sample.act(Verb.REJECT, "P5", number, "没有必要").done
    text = words(paper(sample, number))
    assert "未通过" in text and "【不同意】没有必要" in text


@pytest.mark.parametrize(
    ("amount", "capitals"),
    [
        ("1409.50", "壹仟肆佰零玖元伍角"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元零叁角贰分"),
        ("107000.53", "壹拾万柒仟元零伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
    ],
)
def test_amounts_are_written_out_as_the_rules_for_bills_print_them(sample: Any, amount: str, capitals: str) -> None:
    money = Field("amount", "金额", Kind.MONEY)
    told = written(sample.office.desk, money, Decimal(amount), sample.office.desk.day)
    assert told == f"{Decimal(amount):,.2f} 元（大写：{capitals}）"


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("own", [False, True], ids=["common", "template"])
def test_hostile_words_are_printed_as_they_are_and_do_nothing(sample: Any, hostile: str, own: bool) -> None:
    if own:
        lay(sample, start(sample))
    number = sample.filed(remark=hostile, bills=[{"number": hostile, "sum": "500"}])
    sample.act(Verb.APPROVE, "P5", number, hostile)
    content = paper(sample, number)
    assert words(content).count(hostile) == 3
    with zipfile.ZipFile(BytesIO(content)) as packed:
        for name in packed.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(packed.read(name))


def test_characters_that_no_document_may_hold_are_told_by_a_box(sample: Any) -> None:
    matter = sample.office.desk.matter(sample.filed())
    spoilt = replace(matter, values={"purpose": "甲\x1b[2J乙\ufffe丙\ud800", "amount": "不是金额"})
    assert "甲□[2J乙□丙□" in words(printed(sample.office.desk, spoilt).content)


def test_a_matter_of_a_family_out_of_use_still_prints(sample: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    number = sample.filed()
    monkeypatch.setattr(sample.office.host, "matter_types", {})
    text = words(paper(sample, number))
    assert "sample.spending" in text and "购打印纸" in text


def start(sample: Any, kind: str = "sample.spending") -> bytes:
    desk = sample.office.desk
    return starting_template(desk, desk.host.matter_types[kind])


def lay(sample: Any, content: bytes, kind: str = "sample.spending") -> Path:
    folder = template_folder(sample.office.desk)
    folder.mkdir(exist_ok=True)
    path = folder / f"{kind}.docx"
    path.write_bytes(content)
    return path


def reworded(content: bytes, change: Callable[[str], str]) -> bytes:
    """The document with every paragraph's text changed."""
    document = Document(BytesIO(content))
    for text in document.element.body.iter("{*}t"):
        text.text = change(text.text or "")
    held = BytesIO()
    document.save(held)
    return held.getvalue()


def test_a_starting_template_filled_in_tells_the_same_as_the_common_layout(sample: Any, paid: str) -> None:
    common = words(paper(sample, paid)).split("\n")
    lay(sample, start(sample))
    own = [each.strip("　") for each in words(paper(sample, paid)).split("\n")]
    assert [each for each in common if each not in own] == []
    assert "可以用的名称" in own
    assert not [each for each in own if "{{" in each or "{%" in each]


def test_an_agencys_own_wording_is_used(sample: Any, paid: str) -> None:
    lay(sample, reworded(start(sample), lambda text: text.replace("审批意见", "领导批示")))
    assert "领导批示" in words(paper(sample, paid))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda text: text.replace("{{ 事由 }}", "{{ 事油 }}"), "没有“事油”，是否指“事由”？"),
        (lambda text: text.replace("{{ 事由 }}", "{{ 事由 }"), "括号没有成对"),
        (lambda text: text.replace("{{ 事由 }}", "{{ 事由 + }}"), "不合写法"),
        (lambda text: text.replace("{{ 行.发票号 }}", "{{ 行.发票码 }}"), "“发票码”没有"),
        (lambda text: text.replace("{{ 事由 }}", "{{ 事由.__class__ }}"), "写法有误"),
    ],
    ids=["unknown", "unclosed", "unreadable", "column", "unsafe"],
)
def test_a_faulty_template_is_named_with_its_place_and_the_common_layout_serves(
    sample: Any, paid: str, change: Callable[[str], str], told: str
) -> None:
    path = lay(sample, reworded(start(sample), change))
    found = printed(sample.office.desk, sample.office.desk.matter(paid))
    assert str(path) in found.fault and told in found.fault
    assert line_of(found.content, "事由") == "购打印纸"


def test_a_template_that_is_no_document_is_named_too(sample: Any, paid: str) -> None:
    path = lay(sample, "不是文档".encode())
    found = printed(sample.office.desk, sample.office.desk.matter(paid))
    assert str(path) in found.told and "已改用通用表样打印" in found.told


def test_a_years_book_holds_every_line_of_it_and_what_they_come_to(sample: Any, paid: str) -> None:
    desk = sample.office.desk
    ledger = desk.host.ledgers["sample.payments"]
    correction = {"ledger": "付款台账", "entry": 1, "reason": "记错"}
    assert sample.submit("P4", "core.correction", **correction).done
    content = bound(desk, ledger, 2026)
    text = words(content)
    assert "2026 年度" in text and "共 2 行，第 1 行至第 2 行，其中红字 1 行。" in text
    rows = [[cell.text for cell in row.cells] for row in Document(BytesIO(content)).tables[0].rows]
    assert rows[0] == ["行号", "日期", "事由", "金额", "凭"]
    assert rows[1][:4] == ["1", "2026-03-02", "购打印纸", "1,409.50"]
    assert rows[2][0] == "2（红字，冲第 1 行）" and rows[2][3] == "-1,409.50"
    assert "金额合计：0.00 元（大写：零元整）" in text
    assert "本年度没有登记。" in words(bound(desk, ledger, 2025))


def test_the_seals_forms_show_the_application_its_seal_and_its_lines_in_the_book(seals_module: Any) -> None:
    desk = seals_module.Desk()
    number = desk.approved(3, place="外带")
    outing = {"use": number, "purpose": "签约", "place": "会展中心"}
    outing |= {"leaves_on": "2026-03-03", "returns_on": "2026-03-03"}
    taken = desk.submit(seals_module.CLERK, "seals.outing", outing)
    assert taken.matter is not None, taken.verdict.findings
    content = printed(desk.office.desk, taken.matter).content
    assert words(content).split("\n")[1] == "外带审批表"
    assert line_of(content, "印章") == "局印章"
    assert line_of(content, "用印申请") == f"{number}（函）"
    inside = desk.approved(2)
    assert desk.seal(inside, 2).done
    content = printed(desk.office.desk, desk.office.desk.matter(inside)).content
    assert words(content).split("\n")[1] == "用印审批登记表"
    assert line_of(content, "实际用印数") == "2印"
    assert "用印登记簿第 1 行" in words(content)
    book = words(bound(desk.office.desk, desk.office.host.ledgers["seals.impressions"], 2026))
    assert "年度用印登记簿" in book and "印数合计：2印" in book
    desk.office.close()


def test_a_meeting_prints_its_notice_before_and_its_minutes_afterwards() -> None:
    sitting = Sitting()
    desk = sitting.office.desk
    spending = {"purpose": "购服务器", "amount": "30000", "heading": "办公费"}
    spending |= {"category": "其他", "fund_source": "年度预算"}
    lines = [{"heading": "办公费", "amount": "90000"}]
    budget = {"year": "2026", "event": "年初下达", "basis": "白财预〔2026〕3号", "lines": lines}
    assert sitting.file("P008", "finance.budget", **budget).done
    subject = number(sitting.file(CLERK, "finance.expenditure", **spending))
    meeting = sitting.begun(subject)
    sitting.voted(meeting)
    assert sitting.concluded(meeting).done
    text = words(printed(desk, desk.matter(meeting)).content)
    assert "办务会会议纪要" in text and "会议通知" not in text
    name = desk.organisation.name
    assert f"主持：{name(DIRECTOR)}" in text and f"记录：{name(RECORDER)}" in text
    assert f"列席：{name(WATCHER)}" in text
    assert "一、" in text and "会议决定：同意建设（赞成 4 票，反对 0 票，弃权 0 票）。" in text
    assert f"由{name(HEAD)}负责，网络科落实，2026-04-01 前完成。" in text
    assert "主要负责人签发：" in text and "没有补充" not in text
    sitting.office.close()


def test_forms_of_every_family_name_blanks_that_are_there() -> None:
    host = Host(["finance", "leave", "travel", "seals", "study", "fire", "party", "meetings"])
    assert [each.reason for each in host.loaded if each.reason] == []
    assert len(host.papers) > 20


def test_a_form_that_names_what_is_not_there_is_a_fault_of_its_family(sample: Any) -> None:
    family = next(each for each in sample.office.host.families if each.key == "sample")
    lines = (("purpose=用途", "amount"), ("purpos", "payment.cheque"), ("earlier.purpose", "amount.fen"))
    papers = (
        Paper("sample.spending", "开支单", lines, receipts=Receipts("收据", "bills", ("number", "summ"))),
        Paper("sample.payments", "付款簿", (("amount", "payer"),)),
        Paper("sample.other", "别的"),
    )
    wrong = Family(family.key, family.title, family.matters, ledgers=family.ledgers, papers=papers)
    told = "\n".join(paper_faults(wrong))
    for missing in ("“purpos”", "“amount.fen”", "“summ”", "“payer”", "“sample.other”"):
        assert missing in told
    assert len(paper_faults(wrong)) == 5


def test_the_command_prints_to_standard_output_and_to_a_new_file(
    sample: Any, paid: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    place = ["--config", str(sample.config), "--store", str(sample.store_path), "--agency", "sample"]
    assert main(["print", paid, *place]) == Exit.DONE
    assert "壹仟肆佰零玖元伍角" in words(capfdbinary.readouterr().out)
    file = tmp_path / "开支.docx"
    assert main(["print", paid, "--output", str(file), *place]) == Exit.DONE
    assert "壹仟肆佰零玖元伍角" in words(file.read_bytes()) and file.stat().st_mode & 0o077 == 0
    assert main(["print", paid, "--output", str(file), *place]) == Exit.USAGE
    assert main(["print", "付款台账", "--year", "2026", "--output", "-", *place]) == Exit.DONE
    assert "2026 年度" in words(capfdbinary.readouterr().out)
    assert main(["paper-template", "开支申请", *place]) == Exit.DONE
    assert "{{ 金额大写 }}" in words(capfdbinary.readouterr().out)
    for wrong in (["print", "开支-2026-9999"], ["print", paid, "--year", "2026"], ["paper-template", "开支申清"]):
        assert main([*wrong, *place]) == Exit.USAGE


def test_nothing_is_left_of_a_file_that_could_not_be_written(tmp_path: Path) -> None:
    with pytest.raises(StoreError), new_file(str(tmp_path / "a.docx"), ".docx"):
        raise OSError
    assert list(tmp_path.iterdir()) == []


async def test_the_key_on_a_matter_puts_the_document_into_the_persons_own_folder(
    sample: Any, paid: str, screens: Any
) -> None:
    app = OfficeApp(Session(sample.office, "P6"))
    async with app.run_test(size=(100, 30)) as pilot:
        await screens.settle(pilot)
        app.push_screen(MatterScreen(app.session, paid))
        await screens.settle(pilot)
        await pilot.press("d")
        for _ in range(100):
            await screens.settle(pilot)
            if "已导出" in screens.text(app):
                break
        assert "已导出" in screens.text(app)
    (file,) = Path(f"{sample.store_path}.exports").rglob("*.docx")
    assert file.parent.name == "P6" and paid in file.name
    assert "壹仟肆佰零玖元伍角" in words(file.read_bytes())
