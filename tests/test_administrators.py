"""What an administrator is shown and may type: accounts, keys and comings and goings, and no business at all."""

import json
from pathlib import Path
from typing import Any

import pytest

from core.access.account import Role
from core.access.keys import key_of
from core.access.logins import Visit, log_in, log_out
from core.access.public_key import fingerprint_of
from core.access.setting_up import Appointed, set_up
from core.acts import Act, Verb
from core.office import Office
from keys_made_up import public_key
from tui.app import OfficeApp
from tui.commandline.dispatch import parser_of, run
from tui.commandline.exits import Exit, NotAllowedFault
from tui.commandline.place import Place
from tui.commandline.remote import OF_ROLE, Remote
from tui.session import Session


def fingerprint(seed: int) -> str:
    return fingerprint_of(public_key(seed).split()[1])


SEEDS = {Role.SYSTEM: 1, Role.SECURITY: 2, Role.AUDIT: 3}


@pytest.fixture
def place(sample: Any) -> list[str]:
    return ["--agency", "sample", "--store", str(sample.store_path), "--config", str(sample.config)]


@pytest.fixture
def administered(sample: Any) -> Any:
    """The sample office with a matter filed, then put under three administrators called as their roles."""
    sample.number = sample.filed()
    set_up(sample.office, {role: Appointed(role.value, role.title, public_key(seed)) for role, seed in SEEDS.items()})
    return sample


def typed(sample: Any, role: Role, *words: str) -> int:
    """What a session of that administrator answers to a command."""
    where = Place(sample.config, "sample", sample.store_path)
    return run(words, Remote(where, role.value, fingerprint(SEEDS[role]), role).admit)


def screen(sample: Any, role: Role) -> OfficeApp:
    office = Office.open(sample.config, "sample", sample.store_path, sample.clock, session=fingerprint(SEEDS[role]))
    return OfficeApp(Session(office, role.value))


def test_three_keys_set_the_three_up(sample: Any, place: list[str], tmp_path: Path) -> None:
    words = ["accounts", "setup"]
    for role, seed in SEEDS.items():
        file = tmp_path / f"{role.value}.pub"
        file.write_text(public_key(seed), encoding="utf-8")
        words += [f"--{role.value}", role.value, role.title, str(file)]
    assert run([*words, *place]) == Exit.DONE
    assert run([*words, *place]) == Exit.USAGE
    assert run(["accounts", "list", *place]) == Exit.DONE


def test_locally_nobody_does_or_reads_business_any_more(
    administered: Any, place: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (["show", administered.number], ["find", "纸"], ["inbox"], ["journal"], ["export", "x.json"]):
        assert run([*words, "--as", "P6", *place]) == Exit.NOT_ALLOWED, words
        assert "购打印纸" not in "".join(capsys.readouterr())
    assert run(["keys", "add", "P6", "-", "--as", "P3", *place]) == Exit.NOT_ALLOWED
    assert run(["tick", *place]) == Exit.DONE
    assert run(["audit", "verify", *place]) == Exit.DONE


def test_accounts_go_through_two_hands(
    administered: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert typed(administered, Role.SECURITY, "accounts", "open", "P6") == Exit.NOT_ALLOWED
    assert typed(administered, Role.SYSTEM, "accounts", "open", "P6") == Exit.DONE
    keys = tmp_path / "k.pub"
    keys.write_text(public_key(6), encoding="utf-8")
    with keys.open(encoding="utf-8") as file:
        monkeypatch.setattr("sys.stdin", file)
        assert typed(administered, Role.SYSTEM, "keys", "add", "P6", "-") == Exit.DONE
    assert typed(administered, Role.SYSTEM, "accounts", "activate", "P6") == Exit.NOT_ALLOWED
    assert typed(administered, Role.SECURITY, "accounts", "activate", "P6") == Exit.DONE
    assert typed(administered, Role.SECURITY, "keys", "grant", fingerprint(6)) == Exit.DONE
    assert typed(administered, Role.SECURITY, "accounts", "lock", "security", "--reason", "x") == Exit.REFUSED
    capsys.readouterr()
    assert typed(administered, Role.AUDIT, "accounts", "list", "--json") == Exit.DONE
    told = {each["account"]: each["state"] for each in json.loads(capsys.readouterr().out)}
    assert told["P6"] == "active"


def test_the_auditor_reads_that_an_act_was_done_and_not_what_it_says(
    administered: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(administered, Role.AUDIT, "journal", "--limit", "99", "--json") == Exit.DONE
    entries = json.loads(capsys.readouterr().out)
    filed = next(each["sequence"] for each in entries if each["matter"] == administered.number)
    assert typed(administered, Role.AUDIT, "journal", str(filed)) == Exit.DONE
    entry = json.loads(capsys.readouterr().out)
    assert entry["actor"] == "P6" and entry["digest"] and "documents" not in entry and "detail" not in entry


@pytest.mark.parametrize("role", SEEDS, ids=lambda role: role.value)
def test_an_administrator_has_no_verb_of_business(administered: Any, role: Role) -> None:
    remote = Remote(Place(administered.config, "sample", administered.store_path), role.value, "x", role)
    for words in (["show", administered.number], ["find", "纸"], ["submit", "开支申请"], ["ledger"], ["people"]):
        parser = parser_of(words[0])
        with pytest.raises(NotAllowedFault, match="三员分设"):
            remote.admit(parser, parser.read(words[1:]))
    others = [verbs for other, verbs in OF_ROLE.items() if other not in (role, Role.STAFF)]
    assert OF_ROLE[role] - frozenset().union(*others), "each has something of his own"


@pytest.mark.parametrize(
    ("role", "seen", "unseen"),
    [
        (Role.SYSTEM, ("1 账号", "2 密钥", "开立账号", "系统管理员"), ("启用", "留痕", "待办")),
        (Role.SECURITY, ("1 账号", "2 密钥", "停用", "安全管理员"), ("开立账号 ", "留痕", "待办")),
        (Role.AUDIT, ("登录记录", "留痕", "审计员"), ("开立账号 ", "停用", "待办")),
    ],
    ids=["system", "security", "audit"],
)
async def test_each_has_a_screen_of_his_own(
    administered: Any, screens: Any, role: Role, seen: tuple[str, ...], unseen: tuple[str, ...]
) -> None:
    app = screen(administered, role)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = screens.text(app)
        assert all(each in shown for each in seen), shown
        head_and_foot = "\n".join([*screens.picture(app)[:3], *screens.picture(app)[-2:]])
        assert not any(each in head_and_foot for each in unseen), head_and_foot
        await pilot.press("f3")
        await pilot.pause()
        assert "查找" not in screens.text(app)


async def test_the_journal_on_the_screen_says_who_did_what_and_no_more(administered: Any, screens: Any) -> None:
    app = screen(administered, Role.AUDIT)
    async with app.run_test(size=(100, 24)) as pilot:
        await pilot.press("4")
        await pilot.pause()
        shown = screens.text(app)
        assert administered.number in shown and "购打印纸" not in shown


async def test_the_auditor_sees_who_came_from_where_for_what_and_why_he_left(
    administered: Any, screens: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    key = key_of(administered.office.store, fingerprint(SEEDS[Role.SYSTEM]))
    assert key is not None
    for verb in ("accounts list", "（不认识）"):
        log_in(administered.office.store, Visit(key, "10.1.2.3", "", verb))
    log_out(administered.office.store, Visit(key, "10.1.2.3", "/dev/pts/7"), "连接中断")
    told = ("登录：账号", "登录：（不认识）", "退出", "10.1.2.3", "连接中断")
    assert typed(administered, Role.AUDIT, "logins") == Exit.DONE
    listed = capsys.readouterr().out
    assert all(each in listed for each in (*told, key.fingerprint))
    app = screen(administered, Role.AUDIT)
    async with app.run_test(size=(132, 24)) as pilot:
        shown = await screens.press(pilot, "3")
        assert all(each.replace(" ", "") in shown.replace(" ", "") for each in told)


async def test_an_account_is_locked_from_the_screen(administered: Any, screens: Any) -> None:
    system = Office.open(
        administered.config, "sample", administered.store_path, administered.clock, session=fingerprint(1)
    )
    opened = system.perform(Act(Verb.OPEN_ACCOUNT, "system", target="P6", values={"role": "staff"}))
    assert opened.done
    app = screen(administered, Role.SECURITY)
    async with app.run_test(size=(100, 24)) as pilot:
        assert "未启用" in await screens.press(pilot, "end")
        assert "已启用账号" in await screens.press(pilot, "a")
        shown = await screens.press(pilot, "enter")
        assert "P6" in shown and "未启用" not in shown
