"""The store's file: who may read it, what it refuses to open, how it is shared, its log and its backup."""

import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from tinydb.operations import increment

from core.errors import StoreBusy, StoreError, StoreFailed, StoreTooNew
from core.journal import Journal
from core.store.database import Store
from core.store.opening import FORMAT, LOG_LIMIT


def test_the_file_and_its_lock_are_readable_by_the_service_account_alone(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        with Store(tmp_path / "store.db") as store, store.transaction("张三", "申请"):
            pass
        for name in ("store.db", "store.db.lock"):
            assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    finally:
        os.umask(old)


def test_documents_survive_closing_and_opening(tmp_path: Path) -> None:
    with Store(tmp_path / "store.db") as store, store.transaction("张三", "申请") as act:
        store.table("matters").insert({"事由": "甲"})
        act.set_meta("organisation", "7")
    with Store(tmp_path / "store.db") as store:
        assert store.table("matters").all() == [{"事由": "甲"}]
        assert (store.meta("organisation"), store.meta("nothing")) == ("7", None)


def test_two_stores_on_one_file_see_each_other_at_once(tmp_path: Path) -> None:
    with Store(tmp_path / "store.db") as one, Store(tmp_path / "store.db") as two:
        with one.transaction("张三", "申请"):
            one.table("matters").insert({"n": 1})
        with two.transaction("李四", "申请"):
            two.table("matters").update(increment("n"))
        assert one.table("matters").all() == [{"n": 2}]
        assert Journal(one).verify(documents=True).sound


def test_a_store_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    with Store(tmp_path / "store.db") as store, store.transaction("张三", "升级") as act:
        act.set_meta("format", str(FORMAT + 1))
    with pytest.raises(StoreTooNew, match="升级程序"):
        Store(tmp_path / "store.db")


def test_a_file_that_is_no_store_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("这不是记录库。" * 500, encoding="utf-8")
    with pytest.raises(StoreFailed, match="不是记录库"):
        Store(text)
    assert text.read_text(encoding="utf-8") == "这不是记录库。" * 500
    foreign = sqlite3.connect(tmp_path / "foreign.db")
    foreign.execute("CREATE TABLE t(x)")
    foreign.close()
    with pytest.raises(StoreFailed, match="不是本程序的记录库"):
        Store(tmp_path / "foreign.db")


def test_a_damaged_store_is_told_in_a_sentence_and_closed(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with Store(path) as store, store.transaction("张三", "申请"):
        store.table("matters").insert_multiple({"n": number, "文": "规" * 500} for number in range(300))
    content = bytearray(path.read_bytes())
    content[8192:] = b"\x5a" * (len(content) - 8192)
    path.write_bytes(content)
    with Store(path) as store:
        with pytest.raises(StoreFailed, match="从备份恢复"):
            store.table("matters").all()
        with pytest.raises(StoreError, match="已关闭"):
            store.table("matters").all()


def test_a_store_in_a_folder_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreFailed, match="路径不存在"):
        Store(tmp_path / "nowhere" / "store.db")


def test_a_store_held_by_another_process_is_busy_and_free_again_when_that_dies(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    holder = (
        "import sys, time; from core.store.database import Store\n"
        "with Store(sys.argv[1]).transaction('甲', '占用'):\n"
        "    print('held', flush=True); time.sleep(600)\n"
    )
    with Store(path, timeout=0.2) as store:
        process = subprocess.Popen([sys.executable, "-c", holder, str(path)], stdout=subprocess.PIPE, text=True)
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "held\n"
            with pytest.raises(StoreBusy, match="稍后再试"), store.transaction("乙", "申请"):
                pass
        finally:
            process.kill()
            process.communicate()
        with store.transaction("乙", "申请"):
            store.table("matters").insert({"n": 1})
        assert len(store.table("matters")) == 1


def test_a_store_locked_by_a_foreign_program_is_busy(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with Store(path, timeout=0.1) as store:
        foreign = sqlite3.connect(path, isolation_level=None)
        foreign.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy), store.transaction("乙", "申请"):
            pass
        foreign.execute("ROLLBACK")
        foreign.close()
        with store.transaction("乙", "申请") as act:
            pass
        assert act.sequence == 2


def test_the_log_is_moved_into_the_file_when_it_grows_and_when_the_store_closes(tmp_path: Path) -> None:
    path, log = tmp_path / "store.db", tmp_path / "store.db-wal"
    store = Store(path, synchronous="OFF")
    for number in range(160):
        with store.transaction("张三", "申请"):
            store.table("matters").insert({"n": number, "文": "规" * 20_000})
    assert path.stat().st_size > 4 << 20
    assert log.stat().st_size < 12 << 20
    statements: list[str] = []
    store.storage.connection.set_trace_callback(statements.append)
    for number in range(64):
        with store.transaction("张三", "申请"):
            store.table("matters").insert({"n": number})
    store.storage.connection.set_trace_callback(None)
    assert len([each for each in statements if "checkpoint" in each]) <= 1
    assert log.stat().st_size == LOG_LIMIT
    store.close()
    assert not log.exists()


def test_a_backup_is_a_whole_store_with_its_journal(tmp_path: Path) -> None:
    with Store(tmp_path / "store.db") as store:
        with store.transaction("张三", "申请"):
            store.table("matters").insert({"事由": "甲"})
        store.backup(tmp_path / "copy.db")
        with Store(tmp_path / "copy.db") as copy:
            assert copy.table("matters").all() == [{"事由": "甲"}]
            assert Journal(copy).anchor() == Journal(store).anchor()
            assert Journal(copy).verify(documents=True).sound
        with pytest.raises(StoreError, match="已存在"):
            store.backup(tmp_path / "copy.db")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can open what belongs to others")
def test_root_who_looks_at_a_store_leaves_nothing_that_its_account_cannot_open(tmp_path: Path) -> None:
    path, nobody = tmp_path / "own" / "office.store", 65534
    path.parent.mkdir()
    Store(path).close()
    Path(f"{path}.lock").unlink()
    for each in (path.parent, *path.parent.iterdir()):
        os.chown(each, nobody, nobody)
    store = Store(path)
    with store.transaction("P1", "查看"):
        pass
    assert {each.name: each.stat().st_uid for each in path.parent.iterdir()} == {
        name: nobody for name in ("office.store", "office.store.lock", "office.store-wal", "office.store-shm")
    }
    store.close()


def test_a_store_opened_by_a_link_has_the_same_gate(tmp_path: Path) -> None:
    path, link = tmp_path / "office.store", tmp_path / "link.store"
    first = Store(path)
    link.symlink_to(path)
    second = Store(link, timeout=0.1)
    with first.transaction("P1", "办理"), pytest.raises(StoreBusy), second.transaction("P2", "办理"):
        pass
    assert not Path(f"{link}.lock").exists()
    first.close()
    second.close()
