"""What somebody is told when he signs in again: when he was here last, and what was done in his name since."""

from typing import Any

import pytest

from core.access.factor import FAILED_ACT
from core.access.keys import PersonKey, add_key
from core.access.last_visit import LastVisit, last_visit
from core.access.logins import Visit, log_in, log_out
from keys_made_up import public_key
from tui.app import OfficeApp
from tui.session import Session


@pytest.fixture
def key(sample: Any) -> PersonKey:
    """The clerk's key, added long before."""
    added, _ = add_key(sample.office, by="P3", person="P6", text=public_key(1))
    return added


def again(sample: Any, key: PersonKey) -> LastVisit | None:
    return last_visit(sample.office.store, key.person)


def was_here(sample: Any, key: PersonKey) -> None:
    visit = Visit(key, "10.1.2.3", "/dev/pts/7")
    log_in(sample.office.store, visit)
    log_out(sample.office.store, visit)


def test_whoever_was_never_here_is_told_nothing(sample: Any, key: PersonKey) -> None:
    assert again(sample, key) is None


def test_the_last_time_and_its_place_are_told_and_nobody_elses(sample: Any, key: PersonKey) -> None:
    was_here(sample, key)
    other, _ = add_key(sample.office, by="P3", person="P5", text=public_key(2))
    log_in(sample.office.store, Visit(other, "10.9.9.9"))
    last = again(sample, key)
    assert last is not None
    assert (last.address, last.failed, last.keys) == ("10.1.2.3", 0, ())


def test_what_was_tried_in_vain_and_a_key_in_his_name_are_told(sample: Any, key: PersonKey) -> None:
    with sample.office.store.transaction("P6", FAILED_ACT):
        pass
    was_here(sample, key)
    for _ in range(2):
        with sample.office.store.transaction("P6", FAILED_ACT):
            pass
    add_key(sample.office, by="P3", person="P6", text=public_key(3))
    last = again(sample, key)
    assert last is not None
    assert (last.failed, len(last.keys)) == (2, 1)


async def test_the_screen_asks_about_a_key_that_was_added_meanwhile(sample: Any, screens: Any, key: PersonKey) -> None:
    was_here(sample, key)
    new, _ = add_key(sample.office, by="P3", person="P6", text=public_key(3))
    app = OfficeApp(Session(sample.office, "P6"), again(sample, key))
    async with app.run_test(size=(120, 40)) as pilot:
        await screens.settle(pilot)
        words = screens.text(app)
        assert "请您核对" in words
        assert new.fingerprint[:20] in words
        assert "马上告诉安全管理员" in words
        assert "请您核对" not in await screens.press(pilot, "enter")


async def test_where_nothing_happened_the_greeting_is_one_line(sample: Any, screens: Any, key: PersonKey) -> None:
    was_here(sample, key)
    app = OfficeApp(Session(sample.office, "P6"), again(sample, key))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await screens.settle(pilot)
        assert "您上次登录" in screens.text(app)
        assert "10.1.2.3" in screens.text(app)
        assert "请您核对" not in screens.text(app)
