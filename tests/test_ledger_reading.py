"""A stretch of a ledger that is asked for again is read on from where it ended, and never tells what did not happen."""

from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.acts import SYSTEM
from core.codec import entry_to_document
from core.desk import ledger_table
from core.records import Entry

LEDGER = "sample.payments"


class Undone(Exception):
    """An act that came to nothing."""


def write(sample: Any, purpose: str, amount: int, fails: bool) -> None:
    """A line written in a transaction that reads it back and then may come to nothing."""
    office = sample.office
    entry = Entry(LEDGER, office.desk.day, {"purpose": purpose, "amount": Decimal(amount)}, "开支-2026-0001")
    document = entry_to_document(entry, office.host.ledgers[LEDGER])
    with office.store.transaction(SYSTEM, "记一行"):
        office.store.table(ledger_table(LEDGER)).insert(document)
        office.desk.whole(LEDGER, purpose=purpose)
        if fails:
            raise Undone


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(["购纸", "购笔"]), st.booleans(), st.booleans()), max_size=15))
def test_what_is_read_on_equals_what_is_read_whole(tmp_path_factory: Any, sample_module: Any, steps: Any) -> None:
    sample = sample_module.Sample(tmp_path_factory.mktemp("read-on"))
    for number, (purpose, fails, looks) in enumerate(steps):
        with suppress(Undone):
            write(sample, purpose, number, fails)
        if looks:
            for each in ("购纸", "购笔"):
                anew = tuple(reversed(sample.office.desk.entries(LEDGER, limit=1000, purpose=each)))
                assert sample.office.desk.whole(LEDGER, purpose=each) == anew
    sample.office.close()


def test_a_line_that_another_session_adds_is_there_at_the_next_look(sample: Any) -> None:
    other = sample.open()
    write(sample, "购纸", 1, False)
    assert len(other.desk.whole(LEDGER, purpose="购纸")) == 1
    write(sample, "购纸", 2, False)
    assert [each.number for each in other.desk.whole(LEDGER, purpose="购纸")] == [1, 2]
    other.close()


def test_a_reader_sees_no_more_of_a_stretch_than_he_may(sample: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from core.access.readers_desk import ReadersDesk

    write(sample, "购纸", 1, False)
    desk = sample.office.desk_of("P6")
    assert len(desk.whole(LEDGER, purpose="购纸")) == 1
    monkeypatch.setattr(ReadersDesk, "readable", lambda self, name="": object())
    monkeypatch.setattr(ReadersDesk, "_entry_read", lambda self, entry: False)
    assert desk.whole(LEDGER, purpose="购纸") == ()
    assert len(sample.office.desk.whole(LEDGER, purpose="购纸")) == 1
