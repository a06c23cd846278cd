"""TinyDB's interface as the store keeps it, and documents going out to TinyDB's files and coming in from them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tinydb import JSONStorage, TinyDB, where
from tinydb.operations import increment
from tinydb.table import Document

from core.errors import StoreError
from core.journal import Journal
from core.store.database import Store
from core.store.exchange import export_documents, export_journal, import_documents


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "store.db") as opened:
        yield opened


def test_an_export_opens_in_plain_tinydb_and_imports_again(store: Store, tmp_path: Path) -> None:
    with store.transaction("张三", "申请"):
        store.table("matters").insert_multiple([{"事由": "甲"}, {"事由": "乙\n"}, {"事由": "丙"}])
        store.table("人员").insert({"姓名": "张三"})
        store.table("matters").remove(doc_ids=[2])
    assert export_documents(store, tmp_path / "all.json") == 3
    plain = TinyDB(tmp_path / "all.json", storage=JSONStorage, encoding="utf-8", access_mode="r")
    assert [(each.doc_id, dict(each)) for each in plain.table("matters")] == [(1, {"事由": "甲"}), (3, {"事由": "丙"})]
    with Store(":memory:") as other:
        assert import_documents(other, tmp_path / "all.json", "李四") == 3
        assert other.storage.read() == store.storage.read()
        head = Journal(other).head()
        assert head is not None
        assert (head.actor, head.act, len(head.documents)) == ("李四", "导入", 3)
        with pytest.raises(ValueError, match="已有编号"):
            import_documents(other, tmp_path / "all.json", "李四")


def test_a_file_that_cannot_be_imported_is_refused_in_a_sentence(store: Store, tmp_path: Path) -> None:
    for content in ("", "[1]", '{"t": {"x": {}}}', '{"t": 5}'):
        (tmp_path / "in.json").write_text(content, encoding="utf-8")
        with pytest.raises(StoreError, match=r"in\.json"):
            import_documents(store, tmp_path / "in.json", "张三")
    with pytest.raises(StoreError, match="读不出"):
        import_documents(store, tmp_path / "absent.json", "张三")


def test_an_export_never_writes_over_a_file(store: Store, tmp_path: Path) -> None:
    (tmp_path / "there").write_text("要紧", encoding="utf-8")
    for export in (export_documents, export_journal):
        with pytest.raises(StoreError, match="已存在"):
            export(store, tmp_path / "there")
    assert (tmp_path / "there").read_text(encoding="utf-8") == "要紧"


def test_upsert_changes_or_adds_and_a_document_keeps_its_id() -> None:
    store = Store(":memory:", recording="automatic")
    table = store.table("t")
    assert table.upsert({"k": 1, "v": 1}, where("k") == 1) == [1]
    assert table.upsert({"k": 1, "v": 2}, where("k") == 1) == [1]
    assert table.upsert(Document({"k": 9}, doc_id=7)) == [7]
    assert table.upsert(Document({"v": 3}, doc_id=7)) == [7]
    assert table.all() == [{"k": 1, "v": 2}, {"k": 9, "v": 3}]
    with pytest.raises(ValueError):
        table.upsert({"k": 1})
    with pytest.raises(ValueError, match="已有编号 7"):
        table.insert(Document({}, doc_id=7))


def test_several_documents_are_added_all_or_none() -> None:
    table = Store(":memory:", recording="automatic").table("t")
    with pytest.raises(ValueError):
        table.insert_multiple([{"n": 1}, {"n": float("inf")}])
    assert table.all() == []
    with pytest.raises(ValueError):
        table.insert(5)  # type: ignore[arg-type]  # what a careless plug-in does


def test_results_are_copies_that_change_nothing() -> None:
    table = Store(":memory:", recording="automatic").table("t")
    table.insert({"n": [1]})
    table.all()[0]["n"].append(2)
    assert table.search(where("n").exists()) == [{"n": [1]}]


def test_ids_are_not_used_again_until_the_table_is_emptied() -> None:
    table = Store(":memory:", recording="automatic").table("t")
    table.insert_multiple([{}, {}])
    table.remove(doc_ids=[2])
    assert table.insert({}) == 3
    table.truncate()
    assert table.insert({}) == 1


def test_dropping_tables_is_recorded_document_by_document() -> None:
    store = Store(":memory:", recording="automatic")
    store.table("t").insert({"n": 1})
    store.table("u").insert({"n": 2})
    store.drop_table("t")
    assert store.tables() == {"u"}
    store.drop_tables()
    assert store.tables() == set()
    removed = [image.table for entry in Journal(store).latest(limit=2) for image in entry.documents]
    assert removed == ["u", "t"]
    assert Journal(store).verify(documents=True).sound


def test_the_default_table_answers_for_the_store_as_in_tinydb() -> None:
    store = Store(":memory:", recording="automatic")
    store.insert({"n": 1})
    store.insert_multiple({"n": number} for number in (2, 3))
    assert len(store) == 3
    assert [each["n"] for each in store] == [1, 2, 3]
    assert store.contains(where("n") == 2)
    assert store.update_multiple([({"m": 1}, where("n") == 1), (increment("n"), where("n") == 3)]) == [1, 3]
    assert [dict(each) for each in store.get(doc_ids=[1, 3, 9])] == [{"n": 1, "m": 1}, {"n": 4}]
    assert store.tables() == {"_default"}
    with pytest.raises(RuntimeError):
        store.get()
    with pytest.raises(RuntimeError):
        store.table("t").remove()


def test_documents_may_be_changed_while_the_table_is_read() -> None:
    store = Store(":memory:", recording="automatic")
    table = store.table("t")
    table.insert_multiple({"n": number} for number in range(1200))
    for document in table:
        table.update({"n": document["n"] + 1}, doc_ids=[document.doc_id])
    assert [each["n"] for each in table] == list(range(1, 1201))
