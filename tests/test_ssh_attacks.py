"""What people try on a server that answers SSH: none of it reaches more than the person's own work."""

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from core.store.database import Store
from pseudo_terminal import PATIENCE, until
from tui.commandline.exits import Exit

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40
SPENDING = ("submit", "费用支出申请", "金额=120", "预算科目=办公费", "支出类别=办公用品", "资金渠道=年度预算")
FORBIDDEN = set("\x00\x07\x08\x1b\x9b\u202e\u200b")
"""Characters that may reach nobody's terminal."""
MARKUP = "[@click=app.quit]点[/] [/b] [red]红[/red] =1+1 $(id) `id`"
"""What markup, a spreadsheet and a shell would each take for more than text."""


@pytest.fixture(scope="module")
def leader(server: Any) -> Path:
    """The key of the leader who decides on the clerk's spending."""
    key = server.key("leader", "P002")
    assert isinstance(key, Path)
    return key


def filed(server: Any, clerk: Path, purpose: str = "事由=购打印纸") -> str:
    told = server.ssh(clerk, "submit", *[_quoted(word) for word in (*SPENDING[1:], purpose)], "--json")
    assert told.returncode == Exit.DONE, told.stderr.decode()
    return str(json.loads(told.stdout)["matter"]["number"])


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "'\\''") + "'"


@contextmanager
def listening() -> Iterator[socket.socket]:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        place.listen()
        place.settimeout(0.3)
        yield place


def free_port() -> int:
    with listening() as place:
        return int(place.getsockname()[1])


@pytest.mark.parametrize("way", ["-L", "-D"])
def test_a_tunnel_that_the_client_opens_ends_at_the_server(server: Any, clerk: Path, way: str) -> None:
    with listening() as target:
        port, wanted = free_port(), target.getsockname()[1]
        told = f"127.0.0.1:{port}" + (f":127.0.0.1:{wanted}" if way == "-L" else "")
        client = subprocess.Popen(server.words(clerk, "-N", way, told), stdin=subprocess.DEVNULL)
        try:
            with socket.socket() as line:
                assert until(lambda: line.connect_ex(("127.0.0.1", port)) == 0)
                line.settimeout(PATIENCE)
                with suppress(ConnectionError):
                    if way == "-D":
                        line.sendall(b"\x05\x01\x00")
                        line.recv(2)
                        line.sendall(b"\x05\x01\x00\x01\x7f\x00\x00\x01" + wanted.to_bytes(2, "big"))
                    answer = line.recv(100)
                    assert answer == b"" or answer[1] != 0
            with pytest.raises(TimeoutError):
                target.accept()
        finally:
            client.kill()
            client.wait()


def test_screen_forwarding_a_tunnel_device_and_a_second_session_are_refused(server: Any, clerk: Path) -> None:
    shown = server.ssh(clerk, "mine", options=("-X", "-v", "-o", "LogLevel=VERBOSE"), DISPLAY="127.0.0.1:0")
    assert shown.returncode == 0 and b"X11 forwarding request failed" in shown.stderr
    device = server.ssh(clerk, "mine", options=("-w", "0:0", "-o", "ExitOnForwardFailure=yes"))
    assert device.returncode == 255
    control = server.folder / "control"
    words = server.words(clerk, "-o", f"ControlPath={control}")
    first = subprocess.Popen(
        [*words[:-1], "-M", words[-1], "submit", "费用支出申请", "--form", "-"], stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        assert until(control.exists)
        second = subprocess.run(
            [*words[:-1], "-o", "ControlMaster=no", words[-1], "mine"], capture_output=True, timeout=PATIENCE
        )
        assert b"refused" in second.stderr
    finally:
        first.kill()
        first.wait()


@pytest.mark.parametrize("program", ["sftp", "scp", "scp -O"])
def test_no_file_is_copied_past_the_office(server: Any, clerk: Path, tmp_path: Path, program: str) -> None:
    words = server.words(clerk)
    name, *more = program.split()
    assert shutil.which(name)
    fixed = [name, *more, *words[1:-3], "-P", str(server.port)]
    taken, left = tmp_path / "taken", f"{server.folder}/left"
    if name == "sftp":
        done = subprocess.run([*fixed, words[-1]], input=f"get /etc/hostname {taken}\n".encode(), capture_output=True)
    else:
        done = subprocess.run([*fixed, "/etc/hostname", f"{words[-1]}:{left}"], capture_output=True, timeout=PATIENCE)
        assert done.returncode != 0
        done = subprocess.run([*fixed, f"{words[-1]}:/etc/hostname", str(taken)], capture_output=True, timeout=PATIENCE)
    assert done.returncode != 0
    assert not taken.exists() and not Path(left).exists()


def test_a_key_tried_too_often_and_a_certificate_do_not_open_the_door(server: Any, clerk: Path) -> None:
    authority = server._generate("authority")
    subprocess.run(
        ["ssh-keygen", "-q", "-s", str(authority), "-I", "P010", "-n", "root", f"{server.folder}/unknown.pub"],
        check=True, capture_output=True,
    )  # fmt: skip
    told = server.ssh(server.folder / "unknown", "mine")
    assert told.returncode == 255 and b"Permission denied" in told.stderr
    strangers = [word for number in range(8) for word in ("-i", str(server._generate(f"stranger{number}")))]
    words = server.words(clerk)
    many = [*words[: words.index("-i")], *strangers, *words[words.index("-i") :], "mine"]
    tried = subprocess.run(many, capture_output=True, timeout=PATIENCE)
    assert tried.returncode == 255 and b"Too many authentication failures" in tried.stderr


def test_files_go_in_and_out_as_they_are_and_only_by_their_names(server: Any, clerk: Path, leader: Path) -> None:
    number = filed(server, clerk)
    assert server.ssh(clerk, "attach", number, "../../../发票.pdf", given=PDF).returncode == Exit.DONE
    assert server.ssh(clerk, "attach", number, "发票.pdf", given=PDF + b"2").returncode == Exit.REFUSED
    assert server.ssh(clerk, "attach", number, "脚本.sh", given=b"id").returncode == Exit.REFUSED
    assert server.ssh(clerk, "attach", number, "假.pdf", given=b"#!/bin/sh").returncode == Exit.REFUSED
    fetched = server.ssh(leader, "fetch", number, "发票.pdf")
    assert (fetched.returncode, fetched.stdout) == (Exit.DONE, PDF)
    for name in ("../../../发票.pdf", "/etc/passwd"):
        told = server.ssh(leader, "fetch", number, name)
        assert (told.returncode, told.stdout) == (Exit.USAGE, b"")
    shown = json.loads(server.ssh(leader, "show", number, "--json").stdout)
    assert [each["name"] for each in shown["attachments"]] == ["发票.pdf"]
    outsider = server.key("outsider", "P013")
    told = server.ssh(outsider, "attach", number, "别人的.pdf", given=PDF)
    assert told.returncode == Exit.NOT_ALLOWED, told.stderr.decode()


def test_what_is_exported_stays_in_the_person_s_own_folder(server: Any, clerk: Path, leader: Path) -> None:
    assert server.ssh(leader, "ledger", "预算台账", "--export", "预算.xlsx").returncode == Exit.DONE
    folder = Path(f"{server.store}.exports") / "P002"
    assert folder.stat().st_mode & 0o077 == 0
    assert [path.stat().st_mode & 0o077 for path in folder.iterdir()] == [0]
    fetched = server.ssh(leader, "fetch-export", "预算.xlsx")
    assert fetched.stdout.startswith(b"PK")
    again = server.ssh(leader, "ledger", "预算台账", "--export", "预算.xlsx")
    assert again.returncode != Exit.DONE and "已存在" in again.stderr.decode()
    assert json.loads(server.ssh(clerk, "exports", "--json").stdout) == []
    assert server.ssh(clerk, "fetch-export", "预算.xlsx").returncode == Exit.USAGE
    assert server.ssh(clerk, "fetch-export", "../P002/预算.xlsx").returncode == Exit.USAGE
    (folder / "暗.xlsx").symlink_to(server.store)
    (folder / "上.xlsx").symlink_to("/root")
    for name in ("暗.xlsx", "../../office.store"):
        told = server.ssh(leader, "fetch-export", _quoted(name))
        assert (told.returncode, told.stdout) == (Exit.USAGE, b""), name
    assert [each["name"] for each in json.loads(server.ssh(leader, "exports", "--json").stdout)] == ["预算.xlsx"]
    for name in ("/tmp/x.xlsx", "暗.xlsx"):
        told = server.ssh(leader, "ledger", "预算台账", "--export", name)
        assert told.returncode != Exit.DONE, name
    assert Path(server.store).read_bytes()[:6] == b"SQLite"


def pouring(words: list[str], megabytes: int) -> tuple[int, bytes, int]:
    """Pour one endless line into a client until it takes no more; exit code, complaint, bytes taken."""
    client = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert client.stdin is not None and client.stderr is not None
    taken, block = 0, b"x" * 1_000_000
    with suppress(BrokenPipeError):
        for _ in range(megabytes):
            client.stdin.write(block)
            taken += len(block)
    with suppress(BrokenPipeError):
        client.stdin.close()
    told = client.stderr.read()
    return client.wait(timeout=PATIENCE), told, taken


def test_a_line_of_a_hundred_megabytes_is_refused_and_costs_nothing(server: Any, clerk: Path) -> None:
    number = filed(server, clerk)
    form = pouring([*server.words(clerk), "submit", "费用支出申请", "--form", "-"], 100)
    assert form[0] == Exit.USAGE and "太大" in form[1].decode()
    file = pouring([*server.words(clerk), "attach", number, "大.pdf"], 100)
    assert file[0] == Exit.USAGE and "附件太大" in file[1].decode()
    assert list(Path(f"{server.store}.files").glob("incoming-*")) == []
    words = server.ssh(clerk, "comment", number, "--opinion", "长" * 30_000)
    assert words.returncode == Exit.REFUSED and "最多" in words.stderr.decode()


def test_characters_that_drive_a_terminal_are_refused_wherever_they_are_typed(server: Any, clerk: Path) -> None:
    number = filed(server, clerk)
    hostile = {
        "事由": "\x1b]52;c;aWQ=\x07",
        "预算科目": "\x9b31m",
        "支出类别": "\u202e倒",
        "金额": "\x00",
        "资金渠道": "\u200b",
    }
    told = server.ssh(clerk, "submit", "费用支出申请", "--form", "-", given=json.dumps(hostile).encode())
    assert told.returncode == Exit.REFUSED
    said = told.stdout.decode() + told.stderr.decode()
    assert {text for text in ("事由", "支出类别") if f"栏目：{text}" in said} == {"事由", "支出类别"}, said
    assert not FORBIDDEN & set(said)
    for words in (
        ("comment", number, "--opinion", "\x1b[31m红"),
        ("attach", number, "\u202efdp.发票"),
        ("attach", number, "票.pdf", "--opinion", "\x9b31m"),
        ("phrase", "同意\x08\x08"),
        ("find", "\x1b]0;x\x07"),
    ):
        told = server.ssh(clerk, *map(_quoted, words), given=PDF)
        assert told.returncode != Exit.DONE, words
        assert not FORBIDDEN & set(told.stderr.decode() + told.stdout.decode())
    store = Store(server.store)
    try:
        kept = json.dumps(
            [dict(row) for name in sorted(store.tables()) for row in store.table(name)], ensure_ascii=False
        )
    finally:
        store.close()
    assert not FORBIDDEN & set(kept)


def test_markup_in_every_field_another_person_reads_stays_plain_text(
    server: Any, clerk: Path, leader: Path, connect: Any
) -> None:
    number = filed(server, clerk, f"事由={MARKUP}")
    assert server.ssh(clerk, "comment", number, "--opinion", _quoted(MARKUP)).returncode == Exit.DONE
    name = "[red]票[@click=app.quit] $(id).pdf"
    assert server.ssh(clerk, "attach", number, _quoted(name), "--opinion", _quoted(MARKUP), given=PDF).returncode == 0
    plain = MARKUP.replace(" ", "")
    listed = server.ssh(leader, "show", number).stdout.decode()
    assert listed.count(MARKUP) >= 3 and name in listed and "uid=" not in listed
    client = connect(leader)
    assert client.shows("待办"), client.picture
    assert client.shows("[@click=app.qu"), client.picture
    client.send("\x1b[F")
    assert client.shows(f">{number}"), client.picture
    client.send("\r")
    assert client.shows(plain), client.picture
    client.send("\x1b[F")
    assert client.shows("[red]票[@click=app.quit]"), client.picture
    assert client.process.poll() is None
    assert b"uid=" not in client.received and b"\x1b]52" not in client.received


@contextmanager
def strict(ssh: Any, folder: Path, *options: str) -> Iterator[Any]:
    server = ssh.Server(folder, *options)
    try:
        yield server
    finally:
        server.close()


def _silent(server: Any, stack: ExitStack, count: int, word: bytes = b"") -> list[socket.socket]:
    """Connections that say at most a few bytes and then nothing."""
    lines = []
    for _ in range(count):
        line = stack.enter_context(socket.socket())
        line.settimeout(PATIENCE)
        with suppress(OSError):
            line.connect(("127.0.0.1", server.port))
            if word:
                line.sendall(word)
            lines.append(line)
    return lines


def _ended(line: socket.socket) -> bool:
    """Whether the server has hung up by the time the socket's patience ends."""
    try:
        while line.recv(4096):
            pass
    except TimeoutError:
        return False
    except OSError:
        pass
    return True


def test_connections_that_never_sign_in_are_hung_up_on_and_keep_nobody_out(ssh: Any, tmp_path: Path) -> None:
    with strict(ssh, tmp_path, "LoginGraceTime 8", "MaxStartups 8:100:8") as server, ExitStack() as stack:
        key = server.key("clerk", "P010")
        lines = _silent(server, stack, 6) + _silent(server, stack, 40, b"SSH-2.0-slow")
        assert all(map(_ended, lines))
        # On a busy machine signing in can itself take longer than is allowed here.
        assert until(lambda: server.ssh(key, "mine").returncode == 0)
        assert server.process.poll() is None


@pytest.mark.soak
def test_a_thousand_connections_at_once_end_by_themselves_and_the_office_goes_on(ssh: Any, tmp_path: Path) -> None:
    with strict(ssh, tmp_path, "LoginGraceTime 5", "MaxStartups 50:30:100") as server, ExitStack() as stack:
        key = server.key("clerk", "P010")
        lines = _silent(server, stack, 1000, b"SSH-2.0-")
        assert until(lambda: server.ssh(key, "mine").returncode == 0)
        assert all(map(_ended, lines))
        assert until(lambda: len(_children(server.process.pid)) == 0)


@pytest.mark.soak
def test_a_thousand_commands_of_one_person_lose_nothing_and_leave_no_process(server: Any) -> None:
    key, running, done = server.key("busy", "P011"), [], 0
    for number in range(1000):
        words = [*server.words(key), f"phrase 意见{number % 40}"]
        running.append(
            subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        )
        if len(running) == 20:
            done += sum(each.wait(timeout=PATIENCE) in (Exit.DONE, Exit.REFUSED) for each in running)
            running.clear()
    assert done == 1000
    assert until(lambda: len(_children(server.process.pid)) == 0)


def _children(parent: int) -> list[int]:
    told = subprocess.run(["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, text=True).stdout
    return [int(each) for each in told.split() if Path(f"/proc/{each}").exists() and int(each) != os.getpid()]
