"""How a session begins, what it lets through, and how it ends, without a server."""

import argparse
import getpass
import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from core.access.keys import add_key, revoke_key
from core.access.logins import Visit, log_in, log_out
from core.days.clock import SystemClock
from core.errors import SessionEnded
from core.office import Office
from pseudo_terminal import PATIENCE
from tui.app import OfficeApp
from tui.commandline.dispatch import ACTS, VERBS, parser_of
from tui.commandline.exits import Exit, NotAllowedFault, UsageFault, exit_of_error
from tui.commandline.exports import OUTPUT
from tui.commandline.place import Place
from tui.commandline.remote import REMOTE, Remote, words_of
from tui.commandline.watch import Watch
from tui.environment import TerminalRefusedError, enter, prepare
from tui.session import Session
from tui.start import main

ED25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH"
TOP = Path(__file__).parent.parent


def remote() -> Remote:
    return Remote(Place(Path("/etc/guizhang"), "sample", Path("/var/lib/sample.store")), "P6", "SHA256:abc")


def admitted(*words: str) -> argparse.Namespace:
    """The arguments of a verb (one word) as a session lets them through."""
    parser = parser_of(words[0])
    arguments = parser.read(words[1:])
    remote().admit(parser, arguments)
    return arguments


def test_of_the_clients_surroundings_only_a_sound_terminal_stays() -> None:
    variables = {
        "SSH_CONNECTION": "10.1.2.3 50000 10.0.0.1 22",
        "SSH_TTY": "/dev/pts/7",
        "SSH_ORIGINAL_COMMAND": "inbox --json",
        "TERM": "xterm-256color",
        "PATH": "/tmp/evil",
        "LD_PRELOAD": "/tmp/evil.so",
        "GUIZHANG_STORE": "/tmp/other.store",
        "HOME": "/nonexistent",
    }
    found = enter(variables)
    assert (found.address, found.terminal, found.command) == ("10.1.2.3", "/dev/pts/7", "inbox --json")
    reached = f"ssh {getpass.getuser()}@10.0.0.1"
    kept = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": "/nonexistent", "TERM": "xterm-256color"}
    assert variables == {**kept, "GUIZHANG_REACHED": reached}


@pytest.mark.parametrize(
    ("said", "options"),
    [("10.1.2.3 1 10.0.0.1 2222", "-p 2222 "), ("fd00::9 1 fd00::1 22", ""), ("10.1.2.3 1 `id` 22", None)],
    ids=["another-port", "version-six", "no-address"],
)
def test_the_way_back_to_the_server_is_told_as_the_client_came(said: str, options: str | None) -> None:
    variables = {"SSH_CONNECTION": said}
    enter(variables)
    server = said.split(" ")[2]
    assert variables.get("GUIZHANG_REACHED") == (
        None if options is None else f"ssh {options}{getpass.getuser()}@{server}"
    )


@pytest.mark.parametrize("kind", ["../../../etc/x;$(id)", "a\x1b[31m", "x" * 80, "甲"])
def test_a_malformed_terminal_reaches_nothing_that_could_read_it(kind: str) -> None:
    variables = {"TERM": kind}
    enter(variables)
    assert kind not in variables["TERM"]
    with pytest.raises(TerminalRefusedError, match="写法不对"):
        prepare(variables)


@pytest.mark.parametrize("said", ["", "nonsense", "'; id", "10.1.2.3.4 1"])
def test_an_address_that_is_none_is_not_recorded(said: str) -> None:
    assert enter({"SSH_CONNECTION": said, "SSH_TTY": "/dev/../etc/passwd"}).address == ""


def test_the_clients_words_are_split_and_nothing_in_them_is_carried_out() -> None:
    assert words_of("approve 支出-2026-0001 --opinion '同意; rm -rf /'")[-1] == "同意; rm -rf /"
    assert words_of("inbox $(id) `id` ${HOME} *") == ["inbox", "$(id)", "`id`", "${HOME}", "*"]
    assert words_of("") == words_of(" \t ") == []
    for command in ("inbox\nid", "inbox\rid", "'", "\\"):
        with pytest.raises(UsageFault):
            words_of(command)


def test_a_verb_is_this_persons_in_this_office() -> None:
    arguments = admitted("inbox", "--json")
    assert (arguments.person, arguments.session, arguments.agency) == ("P6", "SHA256:abc", "sample")
    assert (arguments.store, arguments.config) == ("/var/lib/sample.store", "/etc/guizhang")


@pytest.mark.parametrize(
    "words",
    [
        ("inbox", "--as", "P1"),
        ("inbox", "--as", ""),
        ("inbox", "--store", "/tmp/x"),
        ("inbox", "--config=/tmp"),
        ("inbox", "--agency", "other"),
        ("submit", "开支申请", "--form", "/etc/passwd"),
        ("demo",),
        ("init",),
        ("session", "--key", "x"),
        ("export", "-"),
        ("backup", "x"),
        ("journal",),
    ],
)
def test_what_would_be_another_person_another_office_or_the_servers_files_is_not_let_through(
    words: tuple[str, ...],
) -> None:
    with pytest.raises(NotAllowedFault):
        admitted(*words)


def test_a_form_from_standard_input_is_let_through() -> None:
    assert admitted("submit", "开支申请", "--form", "-").form == "-"


def test_what_was_exported_is_fetched_by_its_name() -> None:
    assert admitted("fetch-export", "付款.xlsx").name == "付款.xlsx"


def test_every_act_of_a_person_can_be_done_over_the_line_and_no_upkeep_of_the_server() -> None:
    assert set(ACTS) <= REMOTE <= set(VERBS)
    kept = {"init", "export", "import", "session", "demo", "new-family", "backup", "restore-drill", "journal", "tick"}
    assert not REMOTE & kept
    assert not [verb for verb in REMOTE - {"keys list"} if verb.startswith(("keys", "server", "people "))]


def test_every_file_that_a_verb_over_the_line_could_touch_is_called_one() -> None:
    for verb in sorted(REMOTE):
        own = [each for each in parser_of(verb)._actions if each.dest not in ("store", "config")]
        for action in own:
            if "文件" in (action.help or "") or "目录" in (action.help or ""):
                assert action.metavar in ("文件", "目录", "路径", OUTPUT), (verb, action.dest)


def test_comings_and_goings_are_in_the_journal_with_key_address_and_terminal(sample: Any) -> None:
    office = sample.office
    key, _ = add_key(office, by="P3", person="P6", text=ED25519)
    visit = Visit(key, "10.1.2.3", "/dev/pts/7")
    came = office.journal.entry(log_in(office.store, visit).sequence)
    went = office.journal.entry(log_out(office.store, visit, "连接中断").sequence)
    assert (came.act, came.actor, came.session) == ("登录", "P6", key.fingerprint)
    assert came.detail == {"address": "10.1.2.3", "terminal": "/dev/pts/7"}
    assert (went.act, went.detail["why"]) == ("退出", "连接中断")
    assert office.journal.verify(documents=True).sound


@pytest.fixture
def in_session(sample: Any) -> Any:
    """An office opened with a key of the clerk's."""
    key, _ = add_key(sample.office, by="P3", person="P6", text=ED25519)
    office = Office.open(sample.config, "sample", sample.store_path, sample.clock, session=key.fingerprint)
    yield office
    office.close()


async def test_a_session_that_nobody_sits_at_keeps_its_draft_and_ends(in_session: Any, screens: Any) -> None:
    session = Session(in_session, "P6")
    app = OfficeApp(session)
    async with app.run_test(size=(80, 24)) as pilot:
        await screens.settle(pilot)
        await screens.press(pilot, "n", "enter")
        await screens.press(pilot, *"abc")
        app._touched -= 29 * 60
        app.look_again()
        assert app.ended == ""
        app._touched -= 2 * 60
        app.look_again()
        assert "30 分钟没有操作" in app.ended
    assert [each.values for each in session.drafts.all()] == [{"purpose": "abc"}]


async def test_a_key_keeps_a_session_awake(in_session: Any, screens: Any) -> None:
    app = OfficeApp(Session(in_session, "P6"))
    async with app.run_test(size=(80, 24)) as pilot:
        await screens.settle(pilot)
        app._touched -= 31 * 60
        await screens.press(pilot, "2")
        app.look_again()
        assert app.ended == ""


async def test_without_a_key_nobody_is_sent_away(sample: Any, screens: Any) -> None:
    app = OfficeApp(Session(sample.office, "P6"))
    async with app.run_test(size=(80, 24)) as pilot:
        await screens.settle(pilot)
        app._touched -= 99 * 60
        app.look_again()
        assert app.ended == ""


async def test_a_revoked_key_sends_its_owner_away_at_his_next_act(sample: Any, in_session: Any, screens: Any) -> None:
    app = OfficeApp(Session(in_session, "P6"))
    async with app.run_test(size=(80, 24)) as pilot:
        await screens.settle(pilot)
        revoke_key(sample.office, by="P3", fingerprint=in_session.session, reason="遗失")
        assert app.ended == ""
        app.screen.action_give("phrase")
        await screens.settle(pilot)
        await screens.press(pilot, "enter")
        await screens.press(pilot, *"ok")
        await screens.press(pilot, "f5", "enter")
        app.look_again()
        assert "遗失" in app.ended


def test_an_ended_session_is_told_as_not_allowed() -> None:
    assert exit_of_error(SessionEnded("已吊销")) == Exit.NOT_ALLOWED


def test_a_command_that_takes_too_long_is_stopped_and_says_so() -> None:
    read, write = os.pipe()
    watch = Watch(limit=0.1, output=write)
    with pytest.raises(KeyboardInterrupt), watch:
        time.sleep(PATIENCE)
    assert "0.1 秒" in watch.reason
    os.close(read)
    os.close(write)


def test_a_command_whose_client_is_gone_is_stopped_but_not_for_the_end_of_input() -> None:
    read, write = os.pipe()
    with Watch(output=write) as watch:
        time.sleep(1.2)
        assert watch.reason == ""
        with pytest.raises(KeyboardInterrupt):
            os.close(read)
            time.sleep(PATIENCE)
    assert "连接已断开" in watch.reason
    os.close(write)


@pytest.fixture
def placed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Where an office is that was set up for a session, with one key of one person."""
    place = ["--agency", "baicheng", "--store", str(tmp_path / "o.store"), "--config", str(TOP / "config")]
    (tmp_path / "k.pub").write_text(ED25519, encoding="utf-8")
    assert main(["init", *place]) == 0
    assert main(["keys", "add", "P010", str(tmp_path / "k.pub"), "--as", "P001", *place]) == 0
    capsys.readouterr()
    return place


def started(placed: list[str], *words: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    """Start as sshd does: isolated, with nothing but what sshd sets."""
    command = [sys.executable, "-I", "-X", "utf8", "-m", "tui", "session", *words, *placed]
    environment = {"SSH_CONNECTION": "10.1.2.3 1 10.0.0.1 22", "HOME": "/", **variables}
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", env=environment, timeout=PATIENCE, stdin=subprocess.DEVNULL
    )


def test_sshd_is_told_the_one_line_that_lets_a_key_in(placed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    key = ED25519.split()[1]
    assert main(["keys", "list", "--json", *placed]) == 0
    fingerprint = capsys.readouterr().out.split('"fingerprint": "')[1].split('"')[0]
    asked = ["keys", "authorized", "--fingerprint", fingerprint, "--key"]
    assert main([*asked, key, *placed]) == 0
    line = capsys.readouterr().out
    assert line.count("\n") == 1
    assert line.startswith('restrict,pty,command="')
    assert f"-I -X utf8 -m tui session --key {fingerprint} " in line
    assert line.endswith(f'" {ED25519}\n')
    assert main([*asked, key[:-4] + "AAAA", *placed]) == 0
    assert capsys.readouterr().out == ""
    assert main(["keys", "revoke", fingerprint[:12], "--reason", "遗失", "--as", "P001", *placed]) == 0
    capsys.readouterr()
    assert main([*asked, key, *placed]) == 0
    assert capsys.readouterr().out == ""


def test_limits_of_a_key_are_told_to_sshd_too(
    tmp_path: Path, placed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    from core.access.public_key import fingerprint_of

    other = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI"
    (tmp_path / "k2.pub").write_text(other, encoding="utf-8")
    until = date(SystemClock().today().year + 1, 5, 31)
    limits = ["--expires", until.isoformat(), "--from", "10.1.2.0/24, 10.9.9.9"]
    assert main(["keys", "add", "P011", str(tmp_path / "k2.pub"), "--as", "P001", *limits, *placed]) == 0
    capsys.readouterr()
    encoded = other.split()[1]
    assert main(["keys", "authorized", "--fingerprint", fingerprint_of(encoded), "--key", encoded, *placed]) == 0
    line = capsys.readouterr().out
    assert 'from="10.1.2.0/24,10.9.9.9"' in line
    assert f'expiry-time="{until.year}' in line


def test_a_session_does_what_its_command_says_as_the_owner_of_its_key(placed: list[str]) -> None:
    from core.access.public_key import fingerprint_of

    fingerprint = fingerprint_of(ED25519.split()[1])
    done = started(placed, "--key", fingerprint, SSH_ORIGINAL_COMMAND="inbox --json")
    assert (done.returncode, done.stdout, done.stderr) == (0, "[]\n", "")
    assert "用谁的密钥" in started(placed, "--key", fingerprint, "--as", "P001").stderr
    assert started(placed, "--key", "SHA256:none", SSH_ORIGINAL_COMMAND="inbox").returncode == Exit.NOT_ALLOWED
    without = started(placed, "--key", fingerprint)
    assert without.returncode == Exit.USAGE
    assert "没有终端" in without.stderr
    malformed = started(placed, "--key", fingerprint, SSH_ORIGINAL_COMMAND="inbox \udcff\udcfe")
    assert malformed.returncode == Exit.USAGE
    assert "Traceback" not in malformed.stderr
