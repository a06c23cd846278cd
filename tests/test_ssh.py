"""The office behind a real sshd: the key decides the person, and nothing but the office is reached."""

import json
import os
import signal
import socket
import subprocess
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from core.days.clock import SystemClock
from core.journal import Journal
from core.store.database import Store
from pseudo_terminal import PATIENCE, until
from tui.commandline.exits import Exit

FILED = (
    "submit",
    "费用支出申请",
    "事由=购打印纸",
    "金额=120",
    "预算科目=办公费",
    "支出类别=办公用品",
    "资金渠道=年度预算",
)


def acts(server: Any, fingerprint: str) -> list[Any]:
    """The journal's entries of one key's sessions, oldest first."""
    store = Store(server.store)
    try:
        return [each for each in Journal(store).entries(limit=10_000) if each.session == fingerprint]
    finally:
        store.close()


def test_a_known_key_opens_the_screen_of_its_owner(server: Any, clerk: Path, connect: Any) -> None:
    client = connect(clerk)
    assert client.shows("李晓东（秘书科科员）"), client.received
    client.send("\x11")
    assert until(client.ended)
    assert client.process.returncode == 0
    came, went = [each for each in acts(server, server.fingerprint(clerk)) if not each.detail.get("verb")][-2:]
    assert (came.act, came.actor, went.act) == ("登录", "P010", "退出")
    assert came.detail["address"] == "127.0.0.1"
    assert came.detail["terminal"].startswith("/dev/pts/")
    assert "why" not in went.detail


@pytest.mark.parametrize("kind", ["ecdsa", "rsa"])
def test_every_kind_of_key_that_is_taken_lets_its_owner_in(server: Any, kind: str) -> None:
    key = server.key(f"kind-{kind}", "P016", kind=kind)
    assert server.ssh(key, "mine", "--json").returncode == 0


def test_unknown_revoked_expired_and_strange_keys_are_turned_away(server: Any) -> None:
    revoked = server.key("revoked", "P011")
    assert server.guizhang("keys", "revoke", server.fingerprint(revoked), "--reason", "遗失", "--as", "P001") == 0
    elsewhere = server.key("elsewhere", "P011", "--from", "10.9.8.0/24")
    expired = server.key("expired", "P011", "--expires", (SystemClock().today() + timedelta(days=2)).isoformat())
    assert server.ssh(expired, "mine").returncode == 0
    store = Store(server.store)
    with store.transaction("", "测试"):
        table = store.table("keys")
        stored = next(each for each in table if each["fingerprint"] == server.fingerprint(expired))
        table.update({"expires": "2026-01-01"}, doc_ids=[stored.doc_id])
    store.close()
    for key in (server.folder / "unknown", revoked, elsewhere, expired):
        told = server.ssh(key, "mine")
        assert told.returncode == 255, key
        assert b"Permission denied" in told.stderr
        assert told.stdout == b""


def test_verbs_run_without_a_screen_and_their_exit_codes_arrive(server: Any, clerk: Path) -> None:
    filed = server.ssh(clerk, *FILED, "--json")
    assert filed.returncode == Exit.DONE, filed.stderr.decode()
    result = json.loads(filed.stdout)
    number = result["matter"]["number"]
    assert result["matter"]["applicant"] == "P010"
    assert [each["matter"] for each in json.loads(server.ssh(clerk, "mine", "--json").stdout)] == [number]
    assert json.loads(server.ssh(clerk, "inbox", "--json").stdout) == []
    assert server.ssh(clerk, "submit", "费用支出申请", "金额=1").returncode == Exit.REFUSED
    assert server.ssh(clerk, "approve", number, "--opinion", "同意").returncode == Exit.NOT_ALLOWED
    assert server.ssh(clerk, "aprove", number).returncode == Exit.USAGE
    assert server.ssh(clerk, "batch", number).returncode == Exit.REFUSED
    for look in ("calendar", "organisation", "compliance", "emergency", "reconcile", "notices", "duties"):
        told = server.ssh(clerk, look, "--json")
        assert told.returncode == Exit.DONE and isinstance(json.loads(told.stdout), list), look
    entry = next(each for each in acts(server, server.fingerprint(clerk)) if each.act == "submit")
    assert (entry.actor, entry.matter) == ("P010", number)


def test_a_form_arrives_through_standard_input(server: Any, clerk: Path) -> None:
    words = " ".join((*FILED[:2], *FILED[3:], "--preview"))
    told = server.ssh(clerk, f"{words} --form -", given='{"事由": "购笔; $(id)"}'.encode())
    assert told.returncode == Exit.DONE, told.stderr.decode()


@pytest.mark.parametrize(
    ("command", "code", "told"),
    [
        ("inbox; id", Exit.USAGE, "没有“inbox;”"),
        ("inbox $(id)", Exit.USAGE, "不认识“$(id)”"),
        ("`id`", Exit.USAGE, "没有“`id`”"),
        ("inbox && id", Exit.USAGE, "不认识“&& id”"),
        ("inbox | id > /tmp/x", Exit.USAGE, "不认识"),
        ("inbox\nid", Exit.USAGE, "不能换行"),
        ("inbox '", Exit.USAGE, "引号没有成对"),
        ("inbox \x1b[31m", Exit.USAGE, "不可见"),
        ("inbox --as P001", Exit.NOT_ALLOWED, "用谁的密钥登录"),
        ("--as P001", Exit.USAGE, "写明要做什么"),
        ("--as=P001 inbox", Exit.NOT_ALLOWED, "用谁的密钥登录"),
        ("inbox --store /tmp/other.store", Exit.NOT_ALLOWED, "--store"),
        ("ledger 现金日记账 --export /tmp/x.xlsx", Exit.NOT_ALLOWED, "不写目录"),
        ("ledger 现金日记账 --export ../x.xlsx", Exit.NOT_ALLOWED, "不写目录"),
        ("submit 费用支出申请 --form /etc/passwd", Exit.NOT_ALLOWED, "不能写--form"),
        ("audit verify --anchors /etc/shadow", Exit.NOT_ALLOWED, "不能写--anchors"),
        ("keys add P010 /etc/shadow", Exit.NOT_ALLOWED, "只能由管理员在服务器上办理"),
        ("session --key x", Exit.NOT_ALLOWED, "只能由管理员在服务器上办理"),
        ("export /tmp/all.json", Exit.NOT_ALLOWED, "只能由管理员在服务器上办理"),
        ("/usr/lib/openssh/sftp-server", Exit.USAGE, "没有“/usr/lib/openssh/sftp-server”"),
        ("scp -t /tmp", Exit.USAGE, "没有“scp”"),
    ],
)
def test_whatever_a_client_sends_is_words_for_the_office_and_never_for_a_shell(
    server: Any, clerk: Path, command: str, code: int, told: str
) -> None:
    answer = server.ssh(clerk, command)
    assert answer.returncode == code, answer.stderr.decode()
    assert told in answer.stderr.decode()
    assert b"uid=" not in answer.stdout + answer.stderr
    assert b"Traceback" not in answer.stderr


def test_nothing_is_forwarded_and_no_file_service_answers(server: Any, clerk: Path) -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        port = listening.getsockname()[1]
        through = server.ssh(clerk, options=("-W", f"127.0.0.1:{port}"))
        assert through.returncode != 0
        listening.settimeout(0.2)
        with pytest.raises(TimeoutError):
            listening.accept()
    back = server.ssh(clerk, "mine", options=("-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:22"))
    assert back.returncode == 255
    words = server.words(clerk)
    transfer = ["sftp", *words[1:-3], "-P", str(server.port), words[-1]]
    files = subprocess.run(transfer, input=b"ls /\n", capture_output=True, timeout=PATIENCE)
    assert files.returncode != 0
    assert b"etc" not in files.stdout
    agent = server.ssh(clerk, "mine", options=("-A", "-X"))
    assert agent.returncode == 0


@pytest.mark.parametrize("kind", ["../../../etc/x;$(id)", "xterm\x1b[31m", "dumb", "x" * 200])
def test_a_hostile_terminal_is_a_sentence(connect: Any, clerk: Path, kind: str) -> None:
    client = connect(clerk, TERM=kind)
    assert until(client.ended)
    assert "终端" in client.picture
    assert client.process.returncode == Exit.USAGE
    assert b"uid=" not in client.received
    assert b"\x1b[31m" not in client.received


def test_what_a_client_sets_in_its_surroundings_does_not_arrive(server: Any, clerk: Path) -> None:
    names = ("PYTHONPATH", "PYTHONSTARTUP", "LC_ALL", "TEXTUAL_DRIVER", "GUIZHANG_STORE", "LANG")
    options = tuple(word for name in names for word in ("-o", f"SendEnv={name}"))
    told = server.ssh(
        clerk,
        "mine",
        "--json",
        options=(*options, "-o", "SetEnv=GUIZHANG_AGENCY=lucheng"),
        **dict.fromkeys(names, "/nowhere"),
    )
    assert told.returncode == 0, told.stderr.decode()
    json.loads(told.stdout)


def sessions(fingerprint: str) -> list[int]:
    """The processes of a key's sessions."""
    found = []
    for place in Path("/proc").iterdir():
        if place.name.isdecimal():
            try:
                words = (place / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if fingerprint.encode() in words and b"session" in words:
                found.append(int(place.name))
    return found


def test_a_dropped_line_ends_the_process_and_keeps_what_was_typed(server: Any, connect: Any) -> None:
    key = server.key("dropped", "P012")
    fingerprint = server.fingerprint(key)
    client = connect(key)
    assert client.shows("待办")
    client.send("n")
    assert client.shows("费用支出申请")
    client.send("费用支出\r")
    assert client.shows("带*的必须填写"), client.picture
    client.send("购打印纸若干")
    assert client.shows("购打印纸若干")
    client.drop()
    assert until(lambda: not sessions(fingerprint))
    drafts = list(Path(f"{server.store}.drafts").rglob("*.json"))
    assert any("购打印纸若干" in path.read_text(encoding="utf-8") for path in drafts)
    left = acts(server, fingerprint)[-1]
    assert (left.act, left.detail["why"]) == ("退出", "连接中断")
    again = connect(key)
    assert again.shows("上次有没有提交的内容")


def test_a_person_has_so_many_screens_open_and_one_that_is_cut_off_gives_its_place_back(
    server: Any, connect: Any
) -> None:
    key, other = server.key("many", "P016"), server.key("many2", "P016")
    clients = [connect(each) for each in (key, key, other, other)]
    assert all(client.shows("待办") for client in clients)
    fifth = connect(key)
    assert until(fifth.ended), fifth.picture
    assert "您已经打开了4个画面" in fifth.picture
    assert fifth.process.returncode == Exit.NOT_ALLOWED
    assert "4 个画面" in acts(server, server.fingerprint(key))[-1].detail["why"]
    assert server.ssh(key, "mine").returncode == Exit.DONE
    clients[0].drop()
    assert until(lambda: len(sessions(server.fingerprint(key))) == 1)
    assert connect(key).shows("待办")


def test_a_revoked_key_ends_the_running_session_at_its_next_act(server: Any, connect: Any) -> None:
    key = server.key("lost", "P013")
    fingerprint = server.fingerprint(key)
    client = connect(key)
    assert client.shows("待办")
    assert server.guizhang("keys", "revoke", fingerprint, "--reason", "密钥盘遗失", "--as", "P001") == 0
    client.send("p")
    for asked, answer in (("选一条可以删去", "\r"), ("写下常用的一句意见", "同意，请抓紧办理\r")):
        # The office's own look at the clock ends the session too, should that come first.
        assert until(lambda asked=asked: asked in client.picture or client.ended()), client.picture
        client.send(answer)
    assert until(client.ended), client.picture
    assert "密钥盘遗失" in client.picture
    assert client.process.returncode == Exit.NOT_ALLOWED
    last = acts(server, fingerprint)[-1]
    assert last.act == "退出"
    assert "密钥盘遗失" in last.detail["why"]
    assert server.ssh(key, "mine").returncode == 255


def test_a_command_ends_when_its_client_is_gone(server: Any, clerk: Path) -> None:
    client = subprocess.Popen(
        [*server.words(clerk), *FILED[:2], "--form", "-"],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    fingerprint = server.fingerprint(clerk)
    assert until(lambda: any(sessions(fingerprint)))
    time.sleep(0.5)
    os.kill(client.pid, signal.SIGKILL)
    client.wait()
    assert until(lambda: not sessions(fingerprint))
