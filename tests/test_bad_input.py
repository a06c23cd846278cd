"""What clumsy and hostile hands do, where it belongs to no other page of tests."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from core.acts import Act, Verb
from core.cases.play import office_factory
from core.days.clock import FixedClock
from core.days.duty_book import OPENED
from core.days.national_days import read_national_days
from core.errors import RulebookInvalid, StoreError, StoreFailed
from core.fields import Directory, Field, Kind, read, read_form
from core.finding import Level
from core.office import Office
from core.rosters.adopting import adopt
from core.store.exchange import export_documents
from tui.demonstration.office import build, plan_of
from tui.demonstration.season import Season
from tui.start import main

CONFIG = Path(__file__).parent.parent / "config"
NATIONAL_YEARS = read_national_days(CONFIG / "national").published


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31", "1899-12-31", "2200-01-01", "99999999999999999999-1-1"])
def test_a_day_of_another_age_is_a_slip_and_told_so(text: str) -> None:
    with pytest.raises(ValueError, match=r"请核对年份|不是日期"):
        read(Field("on", "日期", Kind.DATE), text, Directory())


@pytest.mark.parametrize("text", ["2000000", "2147483647", "9" * 400, "9" * 5000])
def test_a_count_beyond_all_counting_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"超出范围|不是整数"):
        read(Field("days", "天数", Kind.NUMBER), text, Directory())


@pytest.mark.parametrize("blank_text", ["", " ", "\t\n ", "\u3000\u3000", "\u00a0"])
def test_blanks_alone_fill_no_blank(blank_text: str) -> None:
    form = read_form([Field("purpose", "事由")], {"事由": blank_text}, Directory())
    assert [fault.facts for fault in form.faults] == ["“事由”未填写"] and form.values == {}


def test_a_blank_filled_by_its_key_and_by_its_title_is_filled_twice() -> None:
    form = read_form([Field("purpose", "事由")], {"事由": "购纸", "purpose": "购车"}, Directory())
    assert [fault.facts for fault in form.faults] == ["“事由”填了两次"]


def test_a_short_blank_has_one_line_and_no_line_of_a_long_text_passes_for_the_programs_own(
    sample: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    forged = "申请人：甲"
    assert read(Field("purpose", "事由"), f"购纸\n{forged}", Directory()) == f"购纸 {forged}"
    number = sample.filed()
    assert sample.act(Verb.COMMENT, "P6", number, opinion=f"请核\n{forged}").done
    sample.office.close()
    place = ["--config", str(sample.config), "--agency", "sample", "--store", str(sample.store_path)]
    assert main(["show", number, *place]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert forged not in shown and f"          {forged}" in shown


def test_a_second_demonstration_built_meanwhile_leaves_the_first_ones_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Season, "live", lambda season: None)
    plan, path = plan_of(CONFIG, "baicheng"), tmp_path / "demo.store"
    build(CONFIG, "baicheng", path, plan, lambda text: None)
    first = path.stat().st_ino
    build(CONFIG, "baicheng", path, plan, lambda text: None)
    assert path.stat().st_ino == first
    assert [each.name for each in tmp_path.iterdir()] == ["demo.store"]


@pytest.mark.parametrize(
    "text",
    [
        '{"matters":{"1":{"number":"x"}}}',
        '{"matters":{"1":{}}}',
        '{"people":{"1":{"key":"P1"}}}',
        '{"people":{"1":{"key":"P1","name":"甲\\u202e"}}}',
        '{"people":{"1":{"key":"P1","name":NaN}}}',
        '{"people":{"99999999999999999999":{"key":"a"}}}',
        '{"duties":{"1":{"key":"a"}}}',
        '{"people":' + "[" * 100_000,
        "[]",
    ],
)
def test_a_file_of_records_that_cannot_be_read_is_not_taken_over(sample: Any, text: str) -> None:
    sample.office.close()
    office = Office.open(sample.config, "sample", sample.store_path.with_name("new.store"), sample.clock)
    file = sample.config / "records.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(StoreError, match=r"records\.json"):
        adopt(office, file)
    assert not office.store.meta(OPENED)
    assert len(office.store.table("people")) == 0


def test_a_spoilt_document_is_told_and_never_exported(sample: Any) -> None:
    sample.office.close()
    with closing(sqlite3.connect(sample.store_path)) as store:
        store.execute("update d_people set doc='{bad' where id=1")
        store.commit()
    office, target = sample.open(), sample.config / "out.json"
    with pytest.raises(StoreFailed, match="audit verify --documents"):
        office.desk.organisation.name("P1")
    with pytest.raises(StoreFailed):
        export_documents(office.store, target)
    assert not target.exists()


@pytest.mark.parametrize(
    ("place", "spoil", "words"),
    [
        ("agencies/sample/rulebook/spending.toml", None, "一项制度也没有"),
        ("agencies/sample/rulebook/spending.toml", "a = " + "[" * 3000, "括号套得太深"),
        ("agencies/sample/rulebook/spending.toml", "开支".encode("gbk"), "不是 UTF-8"),
        ("national/holidays.toml", None, "找不到这个文件"),
        ("national/holidays.toml", "[[year]]\nyear = 'x'", "年份应是"),
        ("national/travel.toml", "差旅".encode("gbk"), "national/travel.toml 第 1 行"),
        ("national/general.toml", None, "找不到这个文件"),
    ],
)
def test_a_file_of_rules_that_is_spoilt_keeps_the_office_shut_with_a_sentence(
    sample: Any, place: str, spoil: str | bytes | None, words: str
) -> None:
    sample.office.close()
    path = sample.config / place
    path.unlink() if spoil is None else path.write_bytes(spoil if isinstance(spoil, bytes) else spoil.encode())
    with pytest.raises(RulebookInvalid, match=words):
        sample.open()


def test_a_term_beyond_the_calendar_is_told_when_the_rulebook_is_read(tmp_path: Path, sample_module: Any) -> None:
    rulebook = sample_module.RULEBOOK.replace("days = 3, workdays", "days = 99999999999, workdays")
    with pytest.raises(RulebookInvalid, match="应不大于"):
        sample_module.Sample(tmp_path, rulebook=rulebook)


def test_leave_that_reaches_into_a_year_without_published_holidays_says_so() -> None:
    with closing(office_factory(CONFIG, "lucheng")(FixedClock(datetime(2026, 3, 2, 9)))) as office:
        last = max(NATIONAL_YEARS)
        asked = {"leave": "事假", "since": f"{last}-12-30", "until": f"{last + 1}-01-05", "reason": "家中有事"}
        verdict = office.preview(Act(Verb.SUBMIT, "P016", "leave.request", values=asked))
        told = [finding for finding in verdict.findings if "还没有公布" in finding.facts]
        assert [(finding.level, finding.at) for finding in told] == [(Level.NOTE, "until")]
        assert f"{last + 1} 年" in told[0].facts


def test_one_who_may_not_hold_two_posts_does_not_stand_in_for_the_other(tmp_path: Path, sample_module: Any) -> None:
    apart = """
[[clause]]
no = "9"
kind = "separation"
text = "科长与出纳不得由一人担任"
[[clause.rule]]
use = "core.posts-apart"
posts = ["head", "cashier"]
"""
    sample = sample_module.Sample(tmp_path, rulebook=sample_module.RULEBOOK + apart)

    def named(person: str, stand_in: str) -> set[str]:
        values = {"person": person, "stand_in": stand_in, "since": "2026-03-02", "until": "2026-03-06", "basis": "外出"}
        result = sample.office.perform(Act(Verb.SUBMIT, "P1", "core.delegation", values=values))
        return {finding.clause.key for finding in result.verdict.findings}

    assert named("P3", "P4") == named("P4", "P5") == {"spending/9"}
    assert named("P3", "P5") == named("P4", "P6") == set()


def test_a_matter_whose_only_signer_is_its_applicant_is_refused_with_the_remedy(sample: Any) -> None:
    refused = sample.submit("P1", "sample.project", name="改造")
    finding = next(each for each in refused.verdict.findings if each.level is Level.REFUSE)
    assert finding.clause.key == "general/no-actor"
    assert "申请人本人" in finding.facts
    assert finding.remedy
