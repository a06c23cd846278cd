"""Texts found by their words: the index answers what reading every document would, and is what is read."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import where

from core.journal import Journal
from core.store.database import Store
from core.store.table import StoreTable
from core.text import hidden_character

LETTERS = st.one_of(st.sampled_from("购纸打印Aa，1 -\"'*%\n\U0001f600"), st.characters(codec="utf-8"))
TEXTS = st.text(LETTERS, max_size=6).filter(lambda text: hidden_character(text) is None)
HELD = st.one_of(TEXTS, st.none(), st.integers(-9, 9), st.lists(TEXTS, max_size=2))
DOCUMENTS = st.fixed_dictionaries({}, optional={"subject": HELD, "values": st.fixed_dictionaries({"名": HELD})})
FIELDS = ("subject", "values.名")


@pytest.fixture
def table() -> StoreTable:
    table = Store(":memory:", recording="automatic").table("matters")
    table.searchable("subject")
    return table


def _texts(document: Any) -> list[str]:
    held = (document.get("subject"), document.get("values", {}).get("名"))
    return [each for each in held if isinstance(each, str)]


@given(
    early=st.lists(DOCUMENTS, max_size=4),
    late=st.lists(DOCUMENTS, max_size=4),
    changes=st.lists(st.tuples(st.integers(1, 8), st.one_of(st.none(), DOCUMENTS)), max_size=5),
    sought=st.one_of(TEXTS, st.sampled_from(["购", "纸", "打印", "A", "a", "印纸", "，", " ", "*", '"'])),
)
@settings(max_examples=150)
def test_what_is_found_is_what_holds_the_text(
    early: list[dict[str, Any]],
    late: list[dict[str, Any]],
    changes: list[tuple[int, dict[str, Any] | None]],
    sought: str,
) -> None:
    store = Store(":memory:", recording="automatic")
    table = store.table("matters")
    table.insert_multiple(early)
    table.searchable(*FIELDS)
    table.insert_multiple(late)
    for number, change in changes:
        held = table.get(doc_id=number)
        if held is None:
            continue
        if change is None:
            table.remove(doc_ids=[number])
        else:
            held.clear()
            held.update(change)
            table.put(held)
    expected = [each.doc_id for each in reversed(table.all()) if any(sought in text for text in _texts(each))]
    assert [each.doc_id for each in table.find(sought, *FIELDS)] == expected
    assert [each.doc_id for each in table.find(sought, *FIELDS, limit=2)] == expected[:2]
    assert Journal(store).verify(documents=True).sound


def test_a_word_of_two_characters_is_found_by_its_index_alone(table: StoreTable) -> None:
    table.insert_multiple({"subject": f"购办公用品第{number}批"} for number in range(50))
    table.insert({"subject": "会议用纸"})
    statements: list[str] = []
    connection = table._engine.connection
    connection.set_trace_callback(statements.append)
    found = table.find("用纸", "subject")
    connection.set_trace_callback(None)
    assert [each["subject"] for each in found] == ["会议用纸"]
    (read,) = [each for each in statements if each.startswith("SELECT")]
    plan = [str(row[-1]) for row in connection.execute(f"EXPLAIN QUERY PLAN {read}")]
    assert [line.split(" VIRTUAL")[0] for line in plan] == [
        "SCAN s_matters",
        "SEARCH d_matters USING INTEGER PRIMARY KEY (rowid=?)",
    ]
    assert "VIRTUAL TABLE INDEX" in plan[0]


def test_a_search_keeps_to_a_condition(table: StoreTable) -> None:
    table.insert_multiple({"subject": "会议用纸", "kind": number % 3, "n": number} for number in range(9))
    assert [each["n"] for each in table.find("用纸", "subject", cond=where("kind") == 1)] == [7, 4, 1]
    odd = where("n").test(lambda n: n % 2 == 1)
    assert [each["n"] for each in table.find("用纸", "subject", cond=odd, limit=2)] == [7, 5]


def test_an_act_that_changes_no_word_writes_no_word(table: StoreTable) -> None:
    table.insert({"subject": "会议用纸", "state": "待审"})
    statements: list[str] = []
    table._engine.connection.set_trace_callback(statements.append)
    table.update({"state": "已批"}, doc_ids=[1])
    assert not [each for each in statements if "s_matters" in each and not each.startswith("PRAGMA")]
    table.update({"subject": "会场布置"}, doc_ids=[1])
    assert [each for each in statements if each.startswith("INSERT INTO s_matters") or 'INTO "s_matters"' in each]


def test_words_are_taken_up_by_every_session_and_go_with_their_table(tmp_path: Path) -> None:
    with Store(tmp_path / "s.db") as one, Store(tmp_path / "s.db") as two:
        with one.transaction("张三", "申请"):
            one.table("matters").insert({"subject": "会议用纸"})
        two.table("matters").searchable("subject")
        with one.transaction("张三", "申请"):
            one.table("matters").insert({"subject": "打印用纸"})
        assert [each.doc_id for each in two.table("matters").find("用纸", "subject")] == [2, 1]
        with two.transaction("张三", "清理"):
            two.drop_table("matters")
        assert one.table("matters").find("用纸", "subject") == []
        assert one.storage.rows("SELECT name FROM sqlite_master WHERE name GLOB 's_*'") == []


def test_without_kept_words_the_newest_documents_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.store.listing._LOOKED_AT", 3)
    table = Store(":memory:", recording="automatic").table("matters")
    table.insert_multiple({"subject": f"用纸{number}"} for number in range(5))
    assert [each["subject"] for each in table.find("用纸", "subject")] == ["用纸4", "用纸3", "用纸2"]
    assert table.find("用纸0", "subject") == []
