"""What clumsy and hostile hands do, where it belongs to no other page of tests."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from core.adopting import adopt
from core.duty_book import OPENED
from core.errors import RulebookInvalid, StoreError, StoreFailed
from core.fields import Directory, Field, Kind, read
from core.office import Office
from core.store.exchange import export_documents
from tui.demonstration.office import build, plan_of
from tui.demonstration.season import Season

CONFIG = Path(__file__).parent.parent / "config"


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31", "1899-12-31", "2200-01-01", "99999999999999999999-1-1"])
def test_a_day_of_another_age_is_a_slip_and_told_so(text: str) -> None:
    with pytest.raises(ValueError, match=r"请核对年份|不是日期"):
        read(Field("on", "日期", Kind.DATE), text, Directory())


@pytest.mark.parametrize("text", ["2000000", "2147483647", "9" * 400, "9" * 5000])
def test_a_count_beyond_all_counting_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"超出范围|不是整数"):
        read(Field("days", "天数", Kind.NUMBER), text, Directory())


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
