"""Who may read: clauses keep matters and ledgers to some, and whoever has a part in one always reads it."""

import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from core.acts import Act, Verb
from core.cases.files import read_cases
from core.cases.play import office_factory, run_case
from core.days.compliance import ComplianceYear, Grouping
from core.errors import RulebookInvalid
from core.rulebook.agency_file import read_agency
from tui.app import OfficeApp
from tui.commandline.dispatch import run
from tui.screens.ledger import LedgerScreen
from tui.screens.matter import MatterScreen
from tui.screens.search import find_matters
from tui.session import Session

READING = """
[[clause]]
no = "9"
kind = "confidentiality"
text = "开支只给会计、出纳和经办的人看"
[[clause.reading]]
matter = "sample.spending"
by = ["cashier", "leader-of-function:finance"]
persons = ["handler"]
[[clause.reading]]
ledger = "sample.payments"
by = ["cashier"]
"""
HEAD = "# 案例\n\n| 日期 | 谁 | 做什么 | 填写 | 预期 | 依据 |\n|---|---|---|---|---|---|\n"

Make = Callable[..., Any]


@pytest.fixture
def make(tmp_path: Path, sample_module: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Make:
    """A sample office whose rulebook has these clauses added, and whose agency file these lines."""

    def build(clauses: str = READING, agency: str = "") -> Any:
        monkeypatch.setattr(sample_module, "AGENCY", str(sample_module.AGENCY) + agency)
        try:
            return sample_module.Sample(tmp_path, rulebook=sample_module.RULEBOOK + clauses)
        finally:
            monkeypatch.undo()

    return build


def readers(office: Any, number: str) -> set[str]:
    return {person for person in office.desk.organisation.people if not office.desk_of(person).kept_back(number)}


def test_a_matter_is_read_by_those_named_by_its_applicant_and_by_whoever_it_waits_for(make: Make) -> None:
    sample = make()
    number = sample.filed(handler="P3")
    assert readers(sample.office, number) == {"P2", "P3", "P4", "P5", "P6"}
    sample.act(Verb.APPROVE, "P5", number)
    assert "P5" in readers(sample.office, number), "who has signed goes on reading"


def test_a_reader_kept_out_is_told_the_clause_and_who_may_let_him_in(make: Make) -> None:
    sample = make()
    number = sample.filed()
    (finding,) = sample.office.preview(Act(Verb.READ, "P7", matter=number)).findings
    assert finding.clause.key == "spending/9" and "购打印纸" not in finding.facts + finding.remedy
    assert "出纳" in finding.facts and "抄送" in finding.remedy


def test_what_is_kept_back_is_in_no_answer_of_the_readers_desk(make: Make) -> None:
    sample = make()
    number = sample.filed()
    for verb, by in ((Verb.APPROVE, "P5"), (Verb.APPROVE, "P2")):
        assert sample.act(verb, by, number).done
    assert sample.act(Verb.PERFORM, "P4", number, values={"cheque": "1"}).done
    stranger, cashier = sample.office.desk_of("P7"), sample.office.desk_of("P4")
    assert stranger.matter(number) is None and stranger.matters("sample.spending") == []
    assert stranger.entries("sample.payments") == [] and stranger.entry("sample.payments", 1) is None
    assert stranger.total("sample.payments", "amount") == 0 and cashier.total("sample.payments", "amount") == 500
    assert [each.number for each in cashier.matters("sample.spending")] == [number]
    table = sample.office.store.table("matters")
    assert not table.find("打印", "number", "subject", cond=stranger.readable(), limit=9)
    assert len(table.find("打印", "number", "subject", cond=cashier.readable(), limit=9)) == 1
    assert len(sample.office.desk_of("P6").entries("sample.payments")) == 1
    owed = [ComplianceYear(desk, 2026).duties(Grouping.PERSON, "P6") for desk in (stranger, cashier)]
    assert [[duty.title for duty in duties] for duties in owed] == [[], ["交回单据"]]


def test_whoever_reads_the_whole_of_a_ledger_reads_it_by_index(make: Make) -> None:
    desk_of = make().office.desk_of
    assert desk_of("P4").readable("sample.payments") is None and desk_of("P4").readable("sample.project") is None
    assert desk_of("P7").readable("sample.payments") is not None and desk_of("P4").readable() is None


def test_what_no_clause_keeps_back_is_read_by_everybody(sample: Any) -> None:
    number = sample.filed()
    assert readers(sample.office, number) == set(sample.office.desk.organisation.people)
    assert sample.office.desk_of("").matter(number) is not None


def test_nobody_comments_on_urges_or_refers_to_what_he_may_not_read(make: Make) -> None:
    sample = make()
    number = sample.filed()
    for verb in (Verb.COMMENT, Verb.URGE, Verb.APPROVE):
        result = sample.act(verb, "P7", number, "看看")
        assert not result.done and [each.rule for each in result.verdict.findings] == ["core.reading"]
        assert result.verdict.matter is None
    result = sample.submit(by="P7", purpose="又购打印纸", amount="5", earlier=number)
    assert ("spending/9", "earlier") in {(each.clause.key, each.at) for each in result.verdict.findings}


def test_only_those_the_clause_names_let_others_read_by_sending_a_copy(make: Make) -> None:
    sample = make()
    number = sample.filed()
    refused = sample.act(Verb.COPY, "P6", number, persons=("P7",))
    assert not refused.done and "P7" not in readers(sample.office, number)
    assert sample.act(Verb.COPY, "P4", number, persons=("P7",)).done
    assert "P7" in readers(sample.office, number)


def test_a_stand_in_reads_what_waits_for_him_within_his_dates_only(make: Make) -> None:
    sample = make()
    number = sample.filed()
    values = {"person": "P5", "stand_in": "P3", "since": "2026-03-03", "until": "2026-03-04", "basis": "出差"}
    result = sample.submit(by="P1", kind="core.delegation", **values)
    assert result.done, result.verdict.findings
    seen = []
    for day in (2, 3, 4, 5):
        sample.on(2026, 3, day)
        seen.append("P3" in readers(sample.office, number))
    assert seen == [False, True, True, False]


def test_the_agencys_own_word_holds_where_no_clause_speaks(make: Make) -> None:
    sample = make("", '[reading]\nsample = ["unit-of-matter", "principal"]\n"sample.project" = ["everyone"]\n')
    number = sample.filed()
    assert readers(sample.office, number) == {"P1", "P5", "P6"}
    (finding,) = sample.office.desk_of("P4").kept_back(number)
    assert finding.clause.key == "general/reading" and "申请科室的人员、局长" in finding.facts


def test_those_linked_by_another_matter_are_found(make: Make) -> None:
    linked = READING.replace('["handler"]', '["earlier.handler", "sample.spending:handler"]')
    sample = make(linked.replace('["cashier", "leader-of-function:finance"]', '["members-of:council"]'))
    first = sample.filed(handler="P3")
    second = sample.filed(earlier=first, handler="P4")
    assert "P3" in readers(sample.office, second) and "P4" in readers(sample.office, first)
    assert {"P1", "P2", "P7"} <= readers(sample.office, first)


def test_a_condition_keeps_back_only_what_meets_it(make: Make) -> None:
    sample = make(READING.replace('persons = ["handler"]', 'when = { amount = { at_least = "1000.00" } }'))
    assert "P7" in readers(sample.office, sample.filed("999"))
    assert "P7" not in readers(sample.office, sample.filed("1000.50", handler="P3"))


def test_what_is_wrong_with_a_reading_is_told_with_the_nearest_name(make: Make) -> None:
    for wrong, said in (
        ('by = ["cashiers"]', "没有“cashiers”这个职务或写法"),
        ('persons = ["handlr"]', "填写人员的栏目"),
        ('persons = ["sample.project:name"]', "不引用别的事项"),
        ('ledger = "sample.payments"\nby = ["cashier"]', "两者选一"),
        ('by = ["staff-of:nowhere"]', "没有“nowhere”这个科室"),
    ):
        clause = f'[[clause]]\nno = "9"\nkind = "confidentiality"\ntext = "x"\n[[clause.reading]]\n{wrong}\n'
        with pytest.raises(RulebookInvalid) as caught:
            make(clause + 'matter = "sample.spending"\n')
        assert said in str(caught.value)


def test_a_reading_of_what_is_not_there_does_not_load(make: Make, sample_module: ModuleType) -> None:
    with pytest.raises(RulebookInvalid, match="业务、事项类型或台账"):
        make("", '[reading]\n"sample.spendin" = ["principal"]\n')
    with pytest.raises(RulebookInvalid, match="没有写由谁查阅"):
        read_agency(sample_module.AGENCY + "[reading]\nsample = []\n")


def test_a_case_row_reads_and_is_counted_for_the_clause(make: Make, sample_module: ModuleType, tmp_path: Path) -> None:
    sample = make()
    people = sample.config / "agencies" / "sample" / "people.toml"
    people.write_text(sample_module.PEOPLE, encoding="utf-8")
    rows = (
        "| 2026-03-02 | 贸易科科员 | 申请 开支申请 | 金额=500；事由=购打印纸 | 通过 | |\n"
        "| | 出纳 | 查阅 开支申请 | | 通过 | spending/9 |\n"
        "| | P7 | 查阅 开支申请 | | 拒绝 | spending/9 |\n"
        "| | 出纳 | 查阅 付款台账 | | 通过 | |\n"
    )
    file = tmp_path / "cases.md"
    file.write_text(HEAD + rows, encoding="utf-8")
    result = run_case(read_cases(file).cases[0], office_factory(sample.config, "sample"))
    assert result.passed, result.faults
    assert (result.tallies["spending/9"].passes, result.tallies["spending/9"].refuses) == (1, 1)


def test_the_command_line_keeps_back_the_same(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    sample = make()
    number = sample.filed()
    place = ["--agency", "sample", "--store", str(sample.store_path), "--config", str(sample.config)]
    for words, person, code, told in (
        (["show", number], "P7", 4, "开支办法"),
        (["show", number], "P4", 0, "购打印纸"),
        (["why", number], "P7", 4, "查阅"),
        (["find", "打印纸"], "P7", 0, "没有找到"),
        (["find", "打印纸"], "P4", 0, number),
        (["fetch", number, "a.pdf"], "P7", 4, "查阅"),
        (["reconcile", "付款台账"], "P7", 4, "不能全部查阅"),
        (["reconcile"], "P7", 0, "没有核对《付款台账》"),
        (["reconcile", "付款台账"], "P4", 0, "没有发现不符"),
    ):
        assert run([*words, "--as", person, *place]) == code, (words, person)
        output = "".join(capsys.readouterr())
        assert told in output and (person == "P4" or "购打印纸" not in output.replace("“打印纸”", ""))
    assert run(["show", number, *place]) == 4


async def test_the_screen_tells_the_clause_and_the_search_tells_nothing(make: Make, screens: Any) -> None:
    sample = make()
    number = sample.filed()
    for person, seen in (("P7", False), ("P4", True)):
        session = Session(sample.office, person)
        app = OfficeApp(session)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.press(pilot, "f3")
            await screens.write(pilot, "打印纸")
            assert (number in screens.text(app)) is seen
            await screens.press(pilot, "escape")
            app.push_screen(MatterScreen(session, number))
            await screens.settle(pilot)
            shown = screens.text(app)
            assert ("购打印纸" in shown) is seen and ("开支只给会计" in shown) is not seen
        assert [each.key for each in find_matters(session, number, 9)] == [number]
        assert ("购打印纸" in find_matters(session, number, 9)[0].note) is seen


async def test_a_ledger_says_how_many_lines_are_left_out(make: Make, screens: Any) -> None:
    sample = make()
    number = sample.filed()
    for verb, by in ((Verb.APPROVE, "P5"), (Verb.APPROVE, "P2")):
        assert sample.act(verb, by, number).done
    assert sample.act(Verb.PERFORM, "P4", number, values={"cheque": "1"}).done
    for person, seen in (("P7", False), ("P4", True)):
        session = Session(sample.office, person)
        app = OfficeApp(session)
        async with app.run_test(size=(80, 24)) as pilot:
            app.push_screen(LedgerScreen(session, "sample.payments"))
            await screens.settle(pilot)
            shown = screens.text(app)
            assert ("购打印纸" in shown) is seen and ("另有 1 行不在您的查阅范围" in shown) is not seen


def test_an_inbox_not_yet_brought_to_the_day_keeps_the_subject_back(
    make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    sample = make()
    number = sample.filed()
    with sample.office.recording("系统", "旧行", {}):
        row = dict(sample.office.store.table("inbox").all()[0])
        sample.office.store.table("inbox").insert({**row, "person": "P7"})
    place = ["--agency", "sample", "--store", str(sample.store_path), "--config", str(sample.config)]
    assert run(["inbox", "--as", "P7", *place]) == 0
    told = capsys.readouterr().out
    assert number in told and "购打印纸" not in told


def test_no_screen_and_no_command_reads_business_past_the_readers_desk() -> None:
    """Whatever reads for a person asks his own desk, or takes what it holds readable as a condition."""
    asked = "matter|notices|notice|matters|entries|entry|total|resolutions|duties|duty|holdings|awaiting"
    past = re.compile(rf"office\.desk\.({asked})\(")
    top = Path(__file__).parent.parent
    found = [
        f"{path.relative_to(top)}: {line.strip()}"
        for path in sorted((top / "tui").rglob("*.py"))
        if "demonstration" not in path.parts
        for line in path.read_text(encoding="utf-8").splitlines()
        if past.search(line)
    ]
    assert found == []
