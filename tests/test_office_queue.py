"""Sessions that come while another writes: what is refused need not wait, what may be done is judged in its turn."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import pytest

from core.acts import Act, Verb
from core.errors import SessionEnded, StoreBusy
from core.hearings.judge import Judge
from core.office import Office
from core.rule_kinds import Proposal
from core.store.database import Store
from core.verdict import Result
from office_acts import clauses

TOO_MUCH, SMALL = {"purpose": "购车", "amount": "90000"}, {"purpose": "购纸", "amount": "1"}


def spending(values: dict[str, str]) -> Act:
    return Act(Verb.SUBMIT, "P6", "sample.spending", values=values)


@pytest.fixture
def hurried(sample: Any) -> Iterator[Office]:
    """A session that does not wait for others."""
    other = sample.office
    store = Store(sample.store_path, timeout=0.0)
    office = Office(other.agency, other.rulebook, other.host, store, other.calendar, other.clock)
    yield office
    office.close()


@contextmanager
def another_writes(sample: Any) -> Iterator[None]:
    with sample.office.recording("P3", "试", {}):
        yield


def test_what_is_refused_is_refused_though_another_is_writing(sample: Any, hurried: Office) -> None:
    with another_writes(sample):
        assert clauses(hurried.perform(spending(TOO_MUCH))) == {"spending/3"}
        assert clauses(hurried.perform_all([spending(SMALL)])[0]) == {"general/singly"}
        with pytest.raises(StoreBusy):
            hurried.perform(spending(SMALL))
    assert sample.office.perform(spending(SMALL)).done


def test_of_two_who_sign_at_once_the_later_is_judged_by_what_the_first_has_left(sample: Any) -> None:
    approval = Act(Verb.APPROVE, "P5", matter=sample.filed())
    signed: list[Result] = []

    def sign() -> None:
        office = sample.open()
        signed.append(office.perform(approval))
        office.close()

    session = Thread(target=sign)
    with another_writes(sample):
        session.start()
    signed.append(sample.office.perform(approval))
    session.join()
    late, done = sorted(signed, key=lambda each: each.done)
    assert done.done and clauses(late) == {"spending/1"}
    assert len(sample.office.desk.matter(approval.matter).course) == 2


def test_a_session_whose_key_is_no_good_ends_though_another_is_writing(sample: Any) -> None:
    office = Office.open(sample.config, "sample", sample.store_path, sample.clock, session="SHA256:unknown")
    with another_writes(sample), pytest.raises(SessionEnded, match="没有登记"):
        office.perform(spending(TOO_MUCH))
    office.close()


def test_whoever_writes_does_not_wait_for_himself_and_lets_nobody_in_by_asking(sample: Any, hurried: Office) -> None:
    with another_writes(sample):
        assert not sample.office.store.storage.awaited
        with pytest.raises(StoreBusy):
            hurried.perform(spending(SMALL))


def test_an_act_is_judged_by_the_records_of_one_moment(sample: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    judging, other = Judge.hear, sample.open()
    matters, seen = sample.office.store.table("matters"), []

    def judged_while_another_files(judge: Judge, proposal: Proposal, *rest: Any) -> Any:
        if proposal.office is sample.office.desk:
            seen.append(len(matters))
            assert other.perform(spending(SMALL)).done
            seen.append(len(matters))
        return judging(judge, proposal, *rest)

    monkeypatch.setattr(Judge, "hear", judged_while_another_files)
    assert sample.office.preview(spending(SMALL)).allowed
    assert [*seen, len(matters)] == [0, 0, 1]
    other.close()
