"""The journal: what it records, and every kind of tampering named by the entry it touched."""

import hashlib
import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.errors import StoreError
from core.journal import Journal
from core.store.database import Store
from core.store.exchange import export_journal
from core.store.links import GUARDS, Header, has_algorithm, link
from core.store.opening import FORMAT
from core.verifying import Anchor, Verdict

MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store of nine entries: the founding, then eight acts on three documents; the second is removed at the end."""
    path = tmp_path / "store.db"
    with Store(path, synchronous="OFF") as store:
        matters = store.table("matters")
        with store.transaction("张三", "申请", matter="用印-1", at=MORNING):
            matters.insert_multiple([{"n": 1, "事由": "甲"}, {"n": 2}, {"n": 3}])
        for number in range(6):
            with store.transaction(f"审批人{number}", "审批", at=MORNING + timedelta(minutes=number)) as act:
                matters.update({"步骤": number}, doc_ids=[number % 3 + 1])
                act.set_meta("organisation", str(number))
        with store.transaction("王五", "删除", at=MORNING + timedelta(hours=1)):
            matters.remove(doc_ids=[2])
    return path


def _tamper(path: Path, *statements: str) -> None:
    """What somebody with the database file and any SQLite shell can do, putting the guards back in the end."""
    connection = sqlite3.connect(path)
    for trigger in ("journal_unaltered", "journal_undeleted"):
        connection.execute(f"DROP TRIGGER IF EXISTS {trigger}")
    for statement in (*statements, *GUARDS.values()):
        connection.execute(statement)
    connection.commit()
    connection.close()


def _verify(path: Path, *anchors: Anchor) -> Verdict:
    with Store(path) as store:
        return Journal(store).verify(anchors, documents=True)


def _anchor(path: Path) -> Anchor:
    with Store(path) as store:
        anchor = Journal(store).anchor()
        assert anchor is not None
        return anchor


def test_an_untouched_store_is_sound(path: Path) -> None:
    anchor = _anchor(path)
    verdict = _verify(path, anchor)
    assert (verdict.sound, verdict.entries, verdict.first_bad) == (True, 9, None)
    assert (anchor.sequence, anchor.count, anchor.digest) == (9, 9, verdict.head)


def test_an_entry_keeps_who_did_what_for_whom_and_the_new_images(tmp_path: Path) -> None:
    with Store(tmp_path / "store.db") as store:
        with store.transaction(
            "李四",
            "审批",
            on_behalf="张三",
            matter="用印-2026-0042",
            session="SHA256:abc",
            rulebook="f00d",
            at=MORNING,
            detail={"意见": "同意"},
        ) as act:
            store.table("matters").insert({"状态": "待审"})
            store.table("matters").update({"状态": "已批"}, doc_ids=[1])
        entry = Journal(store).entry(act.sequence)
    assert entry is not None
    assert (entry.actor, entry.on_behalf, entry.act, entry.matter) == ("李四", "张三", "审批", "用印-2026-0042")
    assert (entry.session, entry.rulebook, entry.detail) == ("SHA256:abc", "f00d", {"意见": "同意"})
    assert (entry.at, entry.digest) == (MORNING, act.digest)
    (image,) = entry.documents
    assert (image.table, image.doc_id, image.revision, image.document) == ("matters", 1, 2, {"状态": "已批"})


def test_entries_are_read_forward_backward_and_by_matter(path: Path) -> None:
    with Store(path) as store:
        journal = Journal(store)
        assert [entry.sequence for entry in journal.entries(after=6)] == [7, 8, 9]
        assert [entry.sequence for entry in journal.entries(limit=2)] == [1, 2]
        assert [entry.sequence for entry in journal.latest(before=4, limit=2)] == [3, 2]
        assert [entry.sequence for entry in journal.for_matter("用印-1")] == [2]
        assert journal.for_matter("") == []
        assert journal.entry(10) is None
        plan = store.storage.rows(
            "EXPLAIN QUERY PLAN SELECT * FROM journal WHERE matter=? AND matter<>'' ORDER BY sequence", ("用印-1",)
        )
        assert [str(row[-1]) for row in plan] == ["SEARCH journal USING INDEX journal_matter (matter=?)"]


def test_the_first_entry_names_the_algorithm(path: Path) -> None:
    with Store(path) as store:
        first = Journal(store).entry(1)
    assert first is not None
    assert first.detail == {"algorithm": "sm3" if has_algorithm("sm3") else "sha256", "format": FORMAT}


def test_a_store_made_where_sm3_is_missing_goes_on_with_its_own_algorithm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as lacking:
        lacking.setattr("core.store.opening.available_algorithm", lambda: "sha256")
        Store(tmp_path / "store.db").close()
    with Store(tmp_path / "store.db") as store:
        with store.transaction("张三", "申请"):
            pass
        verdict = Journal(store).verify()
        body = store.storage.rows("SELECT body FROM journal WHERE sequence=1")[0][0]
    assert verdict.sound
    assert json.loads(body)["detail"]["algorithm"] == "sha256"


def test_time_never_goes_back_whatever_the_clock_does(tmp_path: Path) -> None:
    with Store(tmp_path / "store.db") as store:
        for moment in (MORNING, MORNING - timedelta(days=400), MORNING + timedelta(seconds=1)):
            with store.transaction("张三", "申请", at=moment):
                pass
        journal = Journal(store)
        assert [entry.at for entry in journal.entries(after=1)] == [MORNING, MORNING, MORNING + timedelta(seconds=1)]
        assert journal.verify().sound


def test_the_table_of_the_journal_can_only_grow(path: Path) -> None:
    connection = sqlite3.connect(path)
    for statement in ("UPDATE journal SET actor='x' WHERE sequence=3", "DELETE FROM journal WHERE sequence=9"):
        with pytest.raises(sqlite3.IntegrityError, match="只能追加"):
            connection.execute(statement)
    connection.close()


@pytest.mark.parametrize(
    "column", ["at", "actor", "on_behalf", "act", "matter", "session", "rulebook", "body", "digest"]
)
def test_an_edited_entry_is_named_whichever_field_was_edited(path: Path, column: str) -> None:
    changed = "at + 1" if column == "at" else "replace(body, '\"n\":2', '\"n\":9')" if column == "body" else "'甲'"
    _tamper(path, f"UPDATE journal SET {column}={changed} WHERE sequence=4")
    verdict = _verify(path)
    assert (verdict.sound, verdict.first_bad, verdict.entries) == (False, 4, 3)
    assert "第 4 条" in verdict.sentence


def test_a_deleted_entry_is_named(path: Path) -> None:
    _tamper(path, "DELETE FROM journal WHERE sequence=5")
    verdict = _verify(path)
    assert (verdict.first_bad, verdict.entries) == (5, 4)
    assert "缺失" in verdict.sentence


def test_a_deleted_entry_whose_successors_moved_up_is_named(path: Path) -> None:
    _tamper(path, "DELETE FROM journal WHERE sequence=5", "UPDATE journal SET sequence=sequence-1 WHERE sequence>5")
    assert _verify(path).first_bad == 5


def test_entries_in_another_order_are_named(path: Path) -> None:
    _tamper(
        path,
        "UPDATE journal SET sequence=-1 WHERE sequence=3",
        "UPDATE journal SET sequence=3 WHERE sequence=6",
        "UPDATE journal SET sequence=6 WHERE sequence=-1",
    )
    assert _verify(path).first_bad == 3


def test_a_forged_entry_at_the_end_is_named(path: Path) -> None:
    _tamper(
        path,
        "INSERT INTO journal SELECT 10, at, '张三', '', '批准', '', '', '', body, digest FROM journal WHERE sequence=9",
    )
    assert _verify(path).first_bad == 10


def test_an_entry_put_before_the_first_is_named(path: Path) -> None:
    _tamper(path, "INSERT INTO journal SELECT 0, at, '张三', '', '', '', '', '', body, digest FROM journal LIMIT 1")
    assert _verify(path).first_bad == 1


def test_a_founding_entry_that_names_another_algorithm_is_refused(path: Path) -> None:
    for body in ('{"detail":{"algorithm":"md5"},"documents":[],"settings":{}}', "{", "[]"):
        _tamper(path, f"UPDATE journal SET body='{body}' WHERE sequence=1")
        verdict = _verify(path)
        assert (verdict.sound, verdict.first_bad) == (False, 1)


def test_a_tail_cut_off_shows_against_an_anchor_alone(path: Path) -> None:
    anchor = _anchor(path)
    _tamper(
        path,
        "DELETE FROM journal WHERE sequence=9",
        'INSERT INTO d_matters SELECT 2, 3, \'{"n":2,"步骤":4}\'',
    )
    assert _verify(path).sound
    verdict = _verify(path, anchor)
    assert (verdict.sound, verdict.first_bad) == (False, 9)
    assert "截去" in verdict.sentence


def test_an_older_backup_in_place_of_the_store_shows_against_an_anchor(path: Path, tmp_path: Path) -> None:
    with Store(path) as store:
        store.backup(tmp_path / "old.db")
        with store.transaction("张三", "申请"):
            pass
    assert _verify(tmp_path / "old.db", _anchor(path)).first_bad == 10


def _forge(path: Path, change: Callable[[list[object]], None]) -> None:
    """Rewrites the whole chain after changing one entry, as somebody with the program's source could."""
    connection = sqlite3.connect(path)
    rows = [list(row) for row in connection.execute("SELECT * FROM journal ORDER BY sequence")]
    change(rows[3])
    algorithm, previous = json.loads(rows[0][8])["detail"]["algorithm"], "0" * 64
    for row in rows:
        sequence, at, *texts, body, _ = row
        row[9] = previous = link(algorithm, Header(sequence, previous, at, *texts), body)
    connection.execute("DROP TRIGGER journal_undeleted")
    connection.execute("DELETE FROM journal")
    connection.executemany("INSERT INTO journal VALUES (?,?,?,?,?,?,?,?,?,?)", rows)
    connection.execute(GUARDS["journal_undeleted"])
    connection.commit()
    connection.close()


def test_a_chain_rewritten_as_a_whole_shows_against_an_anchor_alone(path: Path) -> None:
    with Store(path) as store:
        early = Journal(store).entry(5)
        assert early is not None
    anchor, head = Anchor(5, early.at, early.digest, 5), _anchor(path)
    _forge(path, lambda row: row.__setitem__(2, "别人"))
    assert _verify(path).sound
    verdict = _verify(path, anchor, head)
    assert (verdict.sound, verdict.first_bad) == (False, 5)
    assert "锚记" in verdict.sentence


def test_a_clock_set_back_by_a_forger_is_named(path: Path) -> None:
    _forge(path, lambda row: row.__setitem__(1, 0))
    verdict = _verify(path)
    assert (verdict.sound, verdict.first_bad) == (False, 4)
    assert "时间" in verdict.sentence


@pytest.mark.parametrize(
    ("statement", "first_bad", "word"),
    [
        ("UPDATE d_matters SET doc=replace(doc, '甲', '乙') WHERE id=1", 6, "改动"),
        ("UPDATE d_matters SET doc=doc || ' ' WHERE id=3", 8, "改动"),
        ("UPDATE d_matters SET doc='不是记录' WHERE id=3", 8, "改动"),
        ("UPDATE d_matters SET rev=7 WHERE id=3", 8, "改动"),
        ("DELETE FROM d_matters WHERE id=3", 8, "删去"),
        ("DROP TABLE d_matters", 6, "删去"),
        ("INSERT INTO d_matters VALUES (2, 4, '{}')", 9, "仍在库中"),
        ("INSERT INTO d_matters VALUES (99, 1, '{}')", None, "没有任何留痕"),
        ("INSERT INTO d_matters VALUES (-99, 1, '{}')", None, "没有任何留痕"),
        ("CREATE TABLE d_other AS SELECT * FROM d_matters", None, "没有任何留痕"),
        ("UPDATE meta SET value='9' WHERE key='organisation'", 8, "设置"),
    ],
)
def test_a_document_changed_behind_the_journal_is_found(
    path: Path, statement: str, first_bad: int | None, word: str
) -> None:
    _tamper(path, statement)
    with Store(path) as store:
        assert Journal(store).verify().sound
        verdict = Journal(store).verify(documents=True)
    assert (verdict.sound, verdict.first_bad) == (False, first_bad)
    assert word in verdict.sentence


def test_a_document_set_back_to_an_earlier_image_is_found(path: Path) -> None:
    _tamper(path, "UPDATE d_matters SET rev=1, doc='{\"n\":3}' WHERE id=3")
    assert _verify(path).first_bad == 8


@pytest.mark.parametrize("held", ["NULL", "'已批'", "0", "1.0", "'1'"])
def test_a_column_that_disagrees_with_its_document_is_found(tmp_path: Path, held: str) -> None:
    with Store(tmp_path / "store.db") as store:
        store.table("matters").index("n")
        with store.transaction("张三", "申请"):
            store.table("matters").insert_multiple([{"n": True}, {"n": "批"}, {"n": 0.1}, {"n": [1]}, {}, {"n": 1}])
        assert Journal(store).verify(documents=True).sound
    _tamper(tmp_path / "store.db", f'UPDATE "d_matters" SET f_n={held} WHERE id=6')
    with Store(tmp_path / "store.db") as store:
        verdict = Journal(store).verify(documents=True)
    assert (verdict.sound, verdict.first_bad) == (False, None)
    assert "第 6 号记录" in verdict.sentence


def test_a_spoiled_entry_is_told_in_a_sentence_when_read(path: Path) -> None:
    _tamper(path, "UPDATE journal SET body='{' WHERE sequence=4")
    with Store(path) as store, pytest.raises(StoreError, match="第 4 条"):
        Journal(store).entry(4)


def test_an_exported_journal_can_be_proven_with_the_standard_library_alone(path: Path, tmp_path: Path) -> None:
    with Store(path) as store:
        assert export_journal(store, tmp_path / "journal.jsonl") == 9
        head = Journal(store).head()
    previous = "0" * 64
    for line in (tmp_path / "journal.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        if entry["header"][0] == 1:
            algorithm = json.loads(entry["body"])["detail"]["algorithm"]
        assert entry["header"][1] == previous
        hashed = json.dumps(entry["header"], ensure_ascii=False, separators=(",", ":")) + "\n" + entry["body"]
        previous = hashlib.new(algorithm, hashed.encode()).hexdigest()
        assert entry["digest"] == previous
    assert head is not None
    assert previous == head.digest


def test_a_store_nobody_has_used_is_sound_and_has_no_anchor(tmp_path: Path) -> None:
    with Store(tmp_path / "store.db") as store:
        journal = Journal(store)
        assert (journal.head(), journal.anchor(), journal.verify(documents=True).sound) == (None, None, True)


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TRIGGER journal_unaltered",
        "CREATE TRIGGER extra AFTER INSERT ON journal BEGIN DELETE FROM d_matters; END",
        "CREATE VIEW extra AS SELECT * FROM journal",
    ],
)
def test_a_guard_taken_away_and_a_trap_laid_in_the_file_are_found(path: Path, statement: str) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    connection.close()
    verdict = _verify(path)
    assert not verdict.sound and "触发器" in verdict.sentence


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET at='x' WHERE sequence=2",
        "UPDATE journal SET at=9223372036854775807 WHERE sequence=2",
        "UPDATE journal SET actor=x'ff' WHERE sequence=2",
    ],
)
def test_an_entry_of_other_kinds_of_values_is_told_in_a_sentence_when_read(path: Path, statement: str) -> None:
    _tamper(path, statement)
    with Store(path) as store, pytest.raises(StoreError, match="第 2 条留痕已损坏"):
        Journal(store).entries()


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [("format", "x", "没有写明格式"), ("format", None, "没有写明格式"), ("archived", "x", "立卷止处无法辨认")],
)
def test_a_setting_that_was_never_written_so_is_told_in_a_sentence(
    path: Path, key: str, value: str | None, told: str
) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM meta WHERE key=?", (key,))
        if value is not None:
            connection.execute("INSERT INTO meta VALUES (?,?)", (key, value))
    connection.close()
    with pytest.raises(StoreError, match=told):
        _verify(path)
