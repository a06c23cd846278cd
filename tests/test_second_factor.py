"""The second factor: set by the person, asked at the start, when idle and before signing; guessing costs time."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from tinydb import where

from core.access.account import Grant, Measure, Role
from core.access.accounts import write_grant
from core.access.factor import (
    CLOSED_AFTER,
    change_pin,
    is_set,
    new_secret,
    pin_faults,
    set_pin,
    set_totp,
    shown_secret,
    verify,
    wait_after,
)
from core.access.keys import add_key
from core.access.logins import comings
from core.access.setting_up import Appointed, set_up
from core.acts import Act, Verb
from core.errors import FactorRefused, KeyRefused, RulebookInvalid
from core.office import Office
from core.rulebook.agency_file import read_agency
from keys_made_up import public_key
from tui.app import OfficeApp
from tui.commandline.dispatch import run
from tui.commandline.exits import Exit
from tui.commandline.place import Place
from tui.commandline.remote import Remote
from tui.session import Session

PIN = "271828"
ASKED = '[session]\nsecond_factor = "pin"\nidle_lock_minutes = 5\nproof_minutes = 10\n'


@pytest.fixture
def asked(tmp_path: Path, sample_module: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The sample office with a second factor, and the section head P5 signed in with his key."""
    monkeypatch.setattr(sample_module, "AGENCY", str(sample_module.AGENCY) + ASKED)
    sample = sample_module.Sample(tmp_path)
    key, _ = add_key(sample.office, by="P3", person="P5", text=public_key(5))
    sample.signed_in = Office.open(sample.config, "sample", sample.store_path, sample.clock, session=key.fingerprint)
    yield sample
    sample.signed_in.close()


def later(sample: Any, **span: int) -> None:
    sample.clock.set(sample.clock.now() + timedelta(**span))


def refused(office: Office, answer: str) -> str:
    with pytest.raises(FactorRefused) as caught:
        office.prove("P5", answer)
    return str(caught.value)


def test_signing_takes_a_proof_that_is_not_too_old(asked: Any) -> None:
    office, number = asked.signed_in, asked.filed()
    set_pin(office, "P5", PIN)
    approve = Act(Verb.APPROVE, "P5", matter=number)
    result = office.perform(approve)
    assert not result.done and [each.clause.key for each in result.verdict.findings] == ["general/second-factor"]
    assert office.preview(approve).allowed, "what could be done is told before the proof"
    assert office.perform(Act(Verb.COMMENT, "P5", matter=number, opinion="看过")).done, "a remark decides nothing"
    office.prove("P5", PIN)
    later(asked, minutes=11)
    assert not office.perform(approve).done
    office.prove("P5", PIN)
    later(asked, minutes=10)
    assert office.perform(approve).done


def test_whoever_did_not_sign_in_with_a_key_is_not_asked(asked: Any) -> None:
    number = asked.filed()
    assert asked.act(Verb.APPROVE, "P5", number).done


@pytest.mark.parametrize("pin", ["", "12345", "1234567890123", "abcdef", "111111", "123456", "987654", "２７１８２８"])
def test_a_pin_that_is_no_pin_or_easily_guessed_is_refused(pin: str) -> None:
    assert pin_faults(pin)
    assert not pin_faults(PIN)


def test_what_is_kept_tells_nothing_of_the_pin(asked: Any) -> None:
    office = asked.signed_in
    set_pin(office, "P5", PIN)
    (row,) = office.store.table("factors")
    assert PIN not in str(dict(row)) and len(row["kept"]) == 128
    pepper = Path(f"{asked.store_path}.pepper")
    assert pepper.stat().st_mode & 0o777 == 0o600 and len(pepper.read_bytes()) == 32
    assert pepper.read_bytes().hex() not in asked.store_path.read_bytes().hex()
    pepper.write_bytes(bytes(32))
    assert "不对" in refused(office, PIN), "without the pepper the right PIN is none"


def test_a_factor_is_set_once_and_again_only_after_a_reset(asked: Any) -> None:
    office = asked.signed_in
    assert "还没有设置" in refused(office, PIN)
    set_pin(office, "P5", PIN)
    with pytest.raises(FactorRefused, match="已经设置过"):
        set_pin(office, "P5", "314159")
    own = asked.office.perform(Act(Verb.RESET_FACTOR, "P5", target="P5", opinion="忘了"))
    assert not own.done
    assert asked.office.perform(Act(Verb.RESET_FACTOR, "P3", target="P5", opinion="忘了")).done
    assert not is_set(office.store, "P5") and "还没有设置" in refused(office, PIN)
    set_pin(office, "P5", "314159")
    office.prove("P5", "314159")


def test_a_person_exchanges_his_pin_by_the_old_one_and_guesses_at_it_count(asked: Any) -> None:
    office, other = asked.signed_in, "314159"
    with pytest.raises(FactorRefused, match="还没有设置"):
        change_pin(office, "P5", PIN, other)
    set_pin(office, "P5", PIN)
    for old, new, told in (
        (PIN, "1234567", "容易猜到"),
        (PIN, "12", "六|6"),
        (PIN, PIN, "和现在的一样"),
        ("000001", other, "已有 1 次"),
    ):
        with pytest.raises(FactorRefused, match=told):
            change_pin(office, "P5", old, new)
    office.prove("P5", PIN)
    change_pin(office, "P5", PIN, other)
    assert office.unproved() is None, "the old one was proved"
    assert "不对" in refused(office, PIN)
    office.prove("P5", other)
    last = next(entry for entry in reversed(office.journal.entries(0, 100)) if entry.act == "设置二次验证")
    assert last.detail == {"kind": "pin", "changed": True}


def test_what_was_reset_meanwhile_is_not_exchanged(asked: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    office = asked.signed_in
    set_pin(office, "P5", PIN)
    prove = office.prove

    def proved_and_reset(account: str, answer: str) -> None:
        prove(account, answer)
        with asked.office.recording("P3", "重设", {}):
            write_grant(asked.office.store, Grant("P5", Measure.RESET, "P3", office.desk.day))

    monkeypatch.setattr(office, "prove", proved_and_reset)
    with pytest.raises(FactorRefused, match="已经设置过"):
        change_pin(office, "P5", PIN, "314159")
    assert not is_set(office.store, "P5")


def test_guessing_costs_more_and_more_time_and_in_the_end_the_factor(asked: Any) -> None:
    office = asked.signed_in
    set_pin(office, "P5", PIN)
    tried = 0
    for guess in range(1000):
        try:
            verify(office, "P5", f"{guess:06d}")
        except FactorRefused as refusal:
            tried += "还要等" not in str(refusal)
    assert tried == 3, "in one moment no more than the slips of a hand"
    for failures in range(3, CLOSED_AFTER):
        assert "还要等" in refused(office, PIN), "the right one must wait too"
        later(asked, seconds=int(wait_after(failures).total_seconds()) + 1)
        refused(office, "000000")
    later(asked, days=365)
    assert "已停用" in refused(office, PIN)
    acts = [each.act for each in comings(office.journal, 99)]
    assert acts.count("验证失败") == CLOSED_AFTER - 1 and acts.count("验证停用") == 1
    assert all(each.session == office.session for each in comings(office.journal, 99))


def test_several_sessions_share_one_count(asked: Any) -> None:
    set_pin(asked.signed_in, "P5", PIN)
    other = Office.open(asked.config, "sample", asked.store_path, asked.clock, session=asked.signed_in.session)
    for office in (asked.signed_in, other, asked.signed_in):
        refused(office, "000000")
    assert "还要等" in refused(other, PIN)
    other.close()


def test_a_right_answer_begins_the_count_anew(asked: Any) -> None:
    office = asked.signed_in
    set_pin(office, "P5", PIN)
    for answer in ("1", "2"):
        refused(office, answer)
    office.prove("P5", PIN)
    assert "已有 1 次" in refused(office, "3")


def test_a_code_of_a_device_is_good_once_and_for_its_time(asked: Any) -> None:
    office, secret = asked.signed_in, new_secret()

    def code() -> str:
        device = TOTP(secret, 6, SHA1(), 30)
        return device.generate(int(asked.clock.now().timestamp())).decode()

    with pytest.raises(FactorRefused, match="验证码不对"):
        set_totp(office, "P5", secret, "000000" if code() != "000000" else "000001")
    set_totp(office, "P5", secret, code())
    stored = office.store.table("factors").get(where("account") == "P5")
    assert isinstance(stored, dict) and secret.hex() not in stored["kept"]
    assert shown_secret(secret).count(" ") == 7
    refused(office, code())
    later(asked, seconds=30)
    used = code()
    office.prove("P5", used)
    refused(office, used)
    later(asked, seconds=90)
    refused(office, used)
    office.prove("P5", code())


def test_under_three_administrators_only_the_security_administrator_resets(asked: Any) -> None:
    three = {role: Appointed(role.value, role.title, public_key(place)) for place, role in enumerate(Role) if place}
    set_up(asked.office, three)
    verdict = asked.office.preview(Act(Verb.RESET_FACTOR, "P3", target="P5", opinion="忘了"))
    assert [each.clause.key for each in verdict.findings] == ["general/three-administrators"]


def test_an_administrator_proves_himself_before_he_decides(asked: Any) -> None:
    from core.access.public_key import read_public_key

    three = {role: Appointed(role.value, role.title, public_key(place)) for place, role in enumerate(Role) if place}
    set_up(asked.office, three)
    fingerprint = read_public_key(public_key(list(Role).index(Role.SYSTEM))).fingerprint
    office = Office.open(asked.config, "sample", asked.store_path, asked.clock, session=fingerprint)
    opening = Act(Verb.OPEN_ACCOUNT, "system", target="P6", values={"role": "staff"})
    assert not office.perform(opening).done
    with pytest.raises(KeyRefused, match="还没有验证"):
        add_key(office, by="system", person="P5", text=public_key(9))
    set_pin(office, "system", PIN)
    office.prove("system", PIN)
    assert office.perform(opening).done
    office.close()


def test_what_is_wrong_with_the_session_of_an_agency_file_is_told(sample_module: ModuleType) -> None:
    for lines in ('second_factor = "sms"', "idle_lock_minutes = 5", 'second_factor = "pin"\nidle_lock_minutes = 0'):
        with pytest.raises(RulebookInvalid):
            read_agency(f"{sample_module.AGENCY}[session]\n{lines}\n")


class Sent:
    """Standard input with these bytes in it."""

    def __init__(self, words: str) -> None:
        self.buffer = BytesIO(words.encode())

    def isatty(self) -> bool:
        return False


def test_a_command_takes_the_pin_from_the_first_line_sent(
    asked: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    set_pin(asked.signed_in, "P5", PIN)
    number = asked.filed()
    remote = Remote(Place(asked.config, "sample", asked.store_path), "P5", asked.signed_in.session)
    # The command line keeps the time of the machine, by which the key and the proof are judged.
    approve = ["approve", number]
    assert run(approve, remote.admit) == Exit.NOT_ALLOWED
    assert "再次验证" in capsys.readouterr().err
    for line, code in (("000000\n", Exit.NOT_ALLOWED), (f"{PIN}\n其余的内容", Exit.DONE)):
        sent = Sent(line)
        monkeypatch.setattr("sys.stdin", sent)
        assert run([*approve, "--pin-stdin"], remote.admit) == code, capsys.readouterr()
    assert sent.buffer.read().decode() == "其余的内容", "what follows is left for the command"
    place = ["--agency", "sample", "--store", str(asked.store_path), "--config", str(asked.config)]
    assert run(["inbox", "--as", "P5", "--pin-stdin", *place]) == Exit.USAGE


def test_over_the_line_the_old_pin_and_the_new_one_come_on_two_lines(
    asked: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    set_pin(asked.signed_in, "P5", PIN)
    remote = Remote(Place(asked.config, "sample", asked.store_path), "P5", asked.signed_in.session)
    monkeypatch.setattr("core.office.SystemClock", lambda: asked.clock)
    for sent, code in (("000000\n314159\n", Exit.NOT_ALLOWED), (f"{PIN}\n314159\n", Exit.DONE)):
        monkeypatch.setattr("sys.stdin", Sent(sent))
        assert run(["pin"], remote.admit) == code, capsys.readouterr()
    asked.signed_in.prove("P5", "314159")
    assert run(["pin", "--as", "P5", "--agency", "sample", "--config", str(asked.config)]) == Exit.USAGE


async def test_the_pin_is_exchanged_where_it_is_asked_for(asked: Any, screens: Any) -> None:
    set_pin(asked.signed_in, "P5", PIN)
    asked.filed()
    app = OfficeApp(Session(asked.signed_in, "P5"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "F2" in screens.text(app)
        assert "现在的口令" in await screens.press(pilot, "f2")
        assert "请输入口令" in await screens.press(pilot, "f2")
        for typed, told in (
            ((PIN, "314159", "314158"), "两次输入的不一样"),
            (("000000", "314159", "314159"), "不对"),
            ((PIN, "314159", "314159"), "购打印纸"),
        ):
            if "现在的口令" not in screens.text(app):
                await screens.press(pilot, "f2")
            for each in typed:
                assert "购打印纸" not in screens.text(app)
                await screens.write(pilot, each)
                shown = await screens.press(pilot, "enter")
            assert told in shown
        assert not app.locked
    asked.signed_in.prove("P5", "314159")


async def test_the_first_login_sets_the_pin_and_the_idle_screen_asks_for_it(asked: Any, screens: Any) -> None:
    asked.filed()
    app = OfficeApp(Session(asked.signed_in, "P5"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = screens.text(app)
        assert "请设置一个" in shown and "购打印纸" not in shown
        for pin in (PIN, PIN):
            await screens.write(pilot, pin)
            assert PIN not in screens.text(app)
            shown = await screens.press(pilot, "enter")
        assert "购打印纸" in shown
        app._touched -= 301
        app.look_again()
        await pilot.pause()
        assert app.locked and "购打印纸" not in screens.text(app)
        for key in ("escape", "f3", "f10", "ctrl+p", "ctrl+o", "1", "n"):
            assert "购打印纸" not in await screens.press(pilot, key)
            assert app.locked
        await screens.write(pilot, "000000")
        assert "不对" in await screens.press(pilot, "enter")
        await screens.write(pilot, PIN)
        assert "购打印纸" in await screens.press(pilot, "enter")
        assert not app.locked


async def test_a_stale_proof_is_asked_for_before_signing(asked: Any, screens: Any) -> None:
    set_pin(asked.signed_in, "P5", PIN)
    asked.signed_in.prove("P5", PIN)
    number = asked.filed()
    app = OfficeApp(Session(asked.signed_in, "P5"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        later(asked, minutes=11)
        await screens.press(pilot, "enter")
        assert "签字之前" in await screens.press(pilot, "f5")
        assert "签字之前" not in await screens.press(pilot, "escape")
        assert asked.office.desk.matter(number).version == 1
        await screens.press(pilot, "f5")
        await screens.write(pilot, PIN)
        assert "意见" in await screens.press(pilot, "enter")


def test_where_the_pepper_is_lost_nobody_is_charged_with_a_wrong_answer(asked: Any) -> None:
    set_pin(asked.signed_in, "P5", PIN)
    pepper = Path(f"{asked.store_path}.pepper")
    kept = pepper.read_bytes()
    pepper.unlink()
    for _ in range(CLOSED_AFTER + 1):
        with pytest.raises(FactorRefused, match="从另存的备份放回"):
            asked.signed_in.prove("P5", PIN)
    assert not pepper.exists()
    pepper.write_bytes(kept)
    asked.signed_in.prove("P5", PIN)


def test_a_clock_set_back_makes_no_proof_good_for_longer(asked: Any) -> None:
    set_pin(asked.signed_in, "P5", PIN)
    asked.signed_in.prove("P5", PIN)
    later(asked, days=-1)
    assert asked.signed_in.unproved() is not None
