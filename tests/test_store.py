"""The store: its transactions, its refusals, its file."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from tinydb import where
from tinydb.table import Document

from core.errors import Conflict, StoreError, Unrecorded
from core.journal import Journal
from core.store.database import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "store.db") as opened:
        yield opened


def test_a_document_comes_back_as_it_was_written(store: Store) -> None:
    document = {
        "事由": "购打印纸",
        "金额": 120000,
        "单价": 0.1,
        "附件": ["发票"],
        "经办": {"姓名": "张三"},
        "备注": None,
    }
    with store.transaction("张三", "申请"):
        number = store.table("matters").insert(document)
    assert store.table("matters").get(doc_id=number) == document


def test_a_write_outside_a_transaction_is_refused(store: Store) -> None:
    with pytest.raises(Unrecorded, match="留痕"):
        store.table("matters").insert({"事由": "甲"})
    assert store.table("matters").all() == []


def test_a_lone_write_is_recorded_where_recording_is_automatic(tmp_path: Path) -> None:
    with Store(tmp_path / "store.db", recording="automatic") as store:
        store.table("matters").insert({"事由": "甲"})
        head = Journal(store).head()
    assert head is not None
    assert (head.actor, head.act, head.documents[0].document) == ("", "table", {"事由": "甲"})


def test_a_failed_act_leaves_neither_document_nor_entry(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.transaction("张三", "申请"):
        store.table("matters").insert({"事由": "甲"})
        _ = 1 / 0
    assert store.table("matters").all() == []
    assert Journal(store).head() is None


def test_a_failed_step_dooms_the_act_even_when_its_error_is_caught(store: Store) -> None:
    matters = store.table("matters")
    with pytest.raises(StoreError, match="撤销"), store.transaction("张三", "申请"):
        matters.insert({"事由": "甲"})
        with pytest.raises(ValueError):
            matters.insert({"事由": float("nan")})
    assert matters.all() == []


def test_a_transaction_within_another_joins_it(store: Store) -> None:
    with store.transaction("张三", "申请") as outer:
        with store.transaction("李四", "登记"):
            store.table("ledger").insert({"摘要": "甲"})
        store.table("matters").insert({"事由": "甲"})
    entry = Journal(store).entry(outer.sequence)
    assert entry is not None
    assert (entry.actor, entry.act) == ("张三", "申请")
    assert [image.table for image in entry.documents] == ["ledger", "matters"]


def test_a_second_act_cannot_be_begun_inside_the_first(store: Store) -> None:
    first, second = store.transaction("张三", "申请"), store.transaction("李四", "审批")
    with first as act:
        with pytest.raises(StoreError, match="尚未结束"), second:
            pass
        store.table("matters").insert({"n": 1})
    assert (act.sequence, len(store.table("matters"))) == (2, 1)


def test_a_document_of_a_table_dropped_by_somebody_else_is_a_conflict(tmp_path: Path) -> None:
    with Store(tmp_path / "store.db") as one, Store(tmp_path / "store.db") as two:
        with one.transaction("张三", "申请"):
            one.table("matters").insert({"n": 1})
        mine = one.table("matters").get(doc_id=1)
        with two.transaction("李四", "清理"):
            two.drop_table("matters")
        assert one.table("matters").all() == []
        with pytest.raises(Conflict), one.transaction("张三", "申请"):
            one.table("matters").put(mine)
        with one.transaction("张三", "申请"):
            one.table("matters").insert({"n": 3})
        assert one.table("matters").all() == [{"n": 3}]


def test_an_act_that_writes_no_document_still_leaves_its_entry(store: Store) -> None:
    with store.transaction("审计员", "查阅留痕", detail={"页": 3}) as act:
        pass
    entry = Journal(store).entry(act.sequence)
    assert entry is not None
    assert (entry.act, entry.detail, entry.documents) == ("查阅留痕", {"页": 3}, ())


def test_the_matter_and_the_detail_may_be_filled_in_during_the_act(store: Store) -> None:
    with store.transaction("张三", "申请") as act:
        act.matter = "用印-2026-0001"
        act.detail["编号"] = "用印-2026-0001"
    (entry,) = Journal(store).for_matter("用印-2026-0001")
    assert entry.detail == {"编号": "用印-2026-0001"}


def test_a_receipt_names_the_entry_and_exists_only_after_the_commit(store: Store) -> None:
    with store.transaction("张三", "申请", at=datetime(2026, 3, 2, 9, 30)) as act, pytest.raises(StoreError):
        _ = act.receipt
    entry = Journal(store).entry(act.sequence)
    assert entry is not None
    assert (entry.digest, entry.at) == (act.receipt.digest, act.receipt.at)
    assert act.receipt.at.isoformat() == "2026-03-02T09:30:00+08:00"


def test_a_document_changed_by_somebody_else_is_a_conflict(store: Store) -> None:
    matters = store.table("matters")
    with store.transaction("张三", "申请"):
        matters.insert({"状态": "待审"})
    mine, theirs = matters.get(doc_id=1), matters.get(doc_id=1)
    with store.transaction("李四", "审批"):
        matters.put(_with(theirs, "已批"))
    with pytest.raises(Conflict, match="其他人"), store.transaction("王五", "退回"):
        matters.put(_with(mine, "退回"))
    assert matters.get(doc_id=1)["状态"] == "已批"


def test_a_document_removed_by_somebody_else_is_a_conflict(store: Store) -> None:
    matters = store.table("matters")
    with store.transaction("张三", "申请"):
        matters.insert({"状态": "待审"})
    mine = matters.get(doc_id=1)
    with store.transaction("李四", "删除"):
        matters.remove(doc_ids=[1])
    with pytest.raises(Conflict), store.transaction("王五", "审批"):
        matters.put(mine)


def test_a_document_can_be_put_twice_in_a_row(store: Store) -> None:
    matters = store.table("matters")
    with store.transaction("张三", "申请"):
        matters.insert({"状态": "待审"})
    document = matters.get(doc_id=1)
    for state in ("已批", "已办结"):
        with store.transaction("李四", "审批"):
            matters.put(_with(document, state))
    assert (matters.get(doc_id=1)["状态"], matters.get(doc_id=1).rev) == ("已办结", 3)


def _with(document: Document, state: str) -> Document:
    document["状态"] = state
    return document


def test_a_second_document_under_a_unique_index_is_a_conflict(store: Store) -> None:
    matters = store.table("matters")
    matters.index("编号", unique=True)
    with store.transaction("张三", "申请"):
        matters.insert({"编号": "用印-1"})
    with pytest.raises(Conflict, match="重复"), store.transaction("李四", "申请"):
        matters.insert({"编号": "用印-1"})
    assert len(matters) == 1


def test_an_index_cannot_be_made_unique_over_documents_that_are_alike(store: Store) -> None:
    matters = store.table("matters")
    with store.transaction("张三", "申请"):
        matters.insert_multiple([{"编号": "甲"}, {"编号": "甲"}])
    with pytest.raises(Conflict, match="更正"):
        matters.index("编号", unique=True)
    with store.transaction("张三", "申请"):
        matters.insert({"编号": "甲"})
    assert len(matters) == 3


@pytest.mark.parametrize(
    "value",
    [
        float("nan"),
        float("inf"),
        1e15,
        -1e15,
        2**53,
        -(2**53),
        "a\x00b",
        "\ud800",
        "\x1b]52;c;x\x07",
        "a\rb",
        "\x7f",
        "\x9b31m",
        "\u202e",
        "\u2066",
        "\u200b",
        "\u200f",
        "\ufeff",
    ],
)
def test_a_value_that_cannot_be_kept_safely_is_refused_wherever_it_stands(store: Store, value: object) -> None:
    places = [{"甲": value}, {"甲": {"乙": [1, value]}}]
    if isinstance(value, str):
        places.append({value: 1})
    for place in places:
        with pytest.raises(ValueError, match="请"), store.transaction("张三", "申请"):
            store.table("matters").insert(place)
    assert store.table("matters").all() == []


def test_the_largest_values_and_line_breaks_are_kept(store: Store) -> None:
    document = {"数": 2**53 - 1, "负": 1 - 2**53, "文": "一行\n\t二行\\u0000", "多": "😀", "小": 999999999999999.0}
    with store.transaction("张三", "申请"):
        store.table("matters").insert(document)
    assert store.table("matters").get(doc_id=1) == document


def test_a_field_is_named_when_its_value_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="“经办·姓名”"), store.transaction("张三", "申请"):
        store.table("matters").insert({"经办": {"姓名": "张\u202e三"}})


def test_a_value_of_no_known_kind_or_nested_without_end_is_refused(store: Store) -> None:
    endless: list[object] = []
    endless.append(endless)
    for document, error in [
        ({"日": datetime(2026, 1, 1)}, TypeError),
        ({1: "甲"}, TypeError),
        ({"a": endless}, ValueError),
    ]:
        with pytest.raises(error), store.transaction("张三", "申请"):
            store.table("matters").insert(document)


def test_a_header_with_a_hidden_character_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="抬头"), store.transaction("张\u202e三", "申请"):
        pass
    assert Journal(store).head() is None


def test_a_setting_of_a_failed_act_is_not_kept(store: Store) -> None:
    with pytest.raises(KeyError), store.transaction("张三", "申请") as act:
        act.set_meta("organisation", "7")
        raise KeyError
    assert store.meta("organisation") is None


def test_tables_whose_names_differ_in_case_alone_are_two(store: Store) -> None:
    with store.transaction("张三", "申请"):
        for name in ("A", "a", "^a", 'q"t', "台账"):
            store.table(name).insert({"name": name})
    assert store.tables() == {"A", "a", "^a", 'q"t', "台账"}
    assert all(store.table(name).all() == [{"name": name}] for name in store.tables())


def test_an_index_made_by_another_session_is_kept_from_its_first_moment(tmp_path: Path) -> None:
    with Store(tmp_path / "store.db") as one, Store(tmp_path / "store.db") as two:
        with one.transaction("张三", "申请"):
            one.table("matters").insert({"state": "待审", "n": 1.5})
        mine = one.table("matters").get(doc_id=1)
        two.table("matters").index("state")
        two.table("matters").index("n", "state", unique=True)
        with one.transaction("张三", "申请"):
            one.table("matters").insert({"state": "待审", "n": 2})
            mine["state"] = "已批"
            one.table("matters").put(mine)
        for store in (one, two):
            assert [each.doc_id for each in store.table("matters").search(where("state") == "待审")] == [2]
            assert [each.doc_id for each in store.table("matters").search(where("n") == 1.5)] == [1]
        with pytest.raises(Conflict), one.transaction("张三", "申请"):
            one.table("matters").insert({"state": "待审", "n": 2})
        assert Journal(two).verify(documents=True).sound


def test_an_index_goes_with_its_table_and_is_missed_by_nobody(tmp_path: Path) -> None:
    with Store(tmp_path / "store.db") as one, Store(tmp_path / "store.db") as two:
        with one.transaction("张三", "申请"):
            one.table("matters").index("state")
            one.table("matters").insert({"state": "待审"})
        assert two.table("matters").count(where("state") == "待审") == 1
        with one.transaction("张三", "清理"):
            one.drop_table("matters")
        assert two.table("matters").count(where("state") == "待审") == 0
        with one.transaction("张三", "申请"):
            one.table("matters").insert({"state": "待审"})
        assert two.table("matters").count(where("state") == "待审") == 1


def test_an_index_undone_with_its_act_is_not_relied_on(store: Store) -> None:
    with store.transaction("张三", "申请"):
        store.table("matters").insert({"state": "待审"})
    with pytest.raises(ZeroDivisionError), store.transaction("张三", "申请"):
        store.table("matters").index("state")
        _ = 1 / 0
    assert store.table("matters").count(where("state") == "待审") == 1
    with store.transaction("张三", "申请"):
        store.table("matters").insert({"state": "待审"})
    assert store.table("matters").count(where("state") == "待审") == 2


def test_a_change_writes_no_index_but_those_of_the_fields_that_changed(tmp_path: Path) -> None:
    with Store(tmp_path / "store.db") as store:
        matters, connection = store.table("matters"), store.storage.connection
        for field in ("number", "state", "values.金额", "Unit"):
            matters.index(field)
        with store.transaction("张三", "申请"):
            matters.insert({"number": "甲", "state": "待审", "values": {"金额": 5}, "Unit": "办公室"})
        statements: list[str] = []
        connection.set_trace_callback(statements.append)
        for change in ({"note": "改"}, {"state": "已批"}, {"values": {"金额": 5.0}}, {"state": "已批"}):
            with store.transaction("李四", "审批"):
                matters.update(change, doc_ids=[1])
        connection.set_trace_callback(None)
    written = [re.findall(r'"(f_[^"]+)"=', each) for each in statements if each.startswith("UPDATE")]
    assert written == [[], ["f_state"], ["f_values.金额"], []]


def test_a_sparse_index_finds_what_has_the_field_and_takes_the_place_of_a_full_one(store: Store) -> None:
    matters = store.table("matters")
    fields, asked = ("kind", "values.会议"), (where("kind") == "表决") & (where("values")["会议"] == "三")
    matters.index(*fields)
    with store.transaction("张三", "申请"):
        matters.insert({"kind": "表决", "values": {"会议": "三"}})
        matters.insert({"kind": "开支", "values": {"金额": 5}})
    full = store.indexes()
    matters.index(*fields, sparse=True)
    assert len(full - store.indexes()) == len(store.indexes() - full) == 1
    assert re.search(r"SEARCH .*p_matters.*=\? AND f_values\.会议=\?", matters.explain(asked)[0])
    assert [each.doc_id for each in matters.search(asked)] == [1]
    with store.transaction("李四", "改"):
        matters.update({"kind": "表决", "values": {"会议": "三"}}, doc_ids=[2])
        matters.update({"values": {}}, doc_ids=[1])
    assert [each.doc_id for each in matters.search(asked)] == [2]
