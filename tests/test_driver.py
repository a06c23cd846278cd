"""A session on a real terminal: what it survives, how it ends, where its cursor is."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyte
import pytest

from tui.driver import InputDecoder
from tui.environment import TerminalRefusedError, prepare
from tui.text import cells

_DEMO = Path(__file__).with_name("session_demo.py")
_PATIENCE = 15.0
"""Seconds before a wait is given up; far more than needed, so that a busy machine does not fail a test."""


class Session:
    """A demo session on a pseudo terminal of 80 by 24."""

    def __init__(self, notes: Path, **variables: str) -> None:
        self._notes = notes
        self.received = b""
        self.screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self.screen)
        self.terminal, other = pty.openpty()
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        environment = {**os.environ, "TERM": "xterm-256color", "PYTHONPATH": str(_DEMO.parent.parent), **variables}
        self.process = subprocess.Popen(
            [sys.executable, str(_DEMO), str(notes)],
            stdin=other,
            stdout=other,
            stderr=other,
            env=environment,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(other)

    def receive(self, seconds: float = 0.05) -> bytes:
        """What the session sends until it is silent that long."""
        chunk = b""
        while select.select([self.terminal], [], [], seconds)[0]:
            try:
                data = os.read(self.terminal, 65536)
            except OSError:
                break
            if not data:
                break
            chunk += data
        self.received += chunk
        # The picture needs no answers to the session's questions about the terminal.
        self._stream.feed(re.sub(rb"\x1b\[[?>=<][0-9;$]*[pu]", b"", chunk))
        return chunk

    def send(self, data: bytes) -> None:
        os.write(self.terminal, data)

    def until(self, condition: Callable[[], bool]) -> bool:
        """Receive until the condition holds; false when patience ends first."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            if condition():
                return True
            if self.terminal >= 0:
                self.receive()
            else:
                time.sleep(0.02)
        return condition()

    @property
    def notes(self) -> str:
        return self._notes.read_text(encoding="utf-8") if self._notes.exists() else ""

    def hang_up(self) -> None:
        """Close the terminal, as a dropped line does."""
        os.close(self.terminal)
        self.terminal = -1

    def ended(self) -> bool:
        return self.process.poll() is not None

    def close(self) -> None:
        if self.terminal >= 0:
            self.hang_up()
        if not self.ended():
            self.process.kill()
        self.process.wait()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Session]]:
    """Starts sessions and waits until they are drawn."""
    sessions: list[Session] = []

    def begin(**variables: str) -> Session:
        session = Session(tmp_path / f"notes-{len(sessions)}", **variables)
        sessions.append(session)
        assert session.until(lambda: "就绪" in session.notes), session.received.decode("utf-8", "replace")
        session.receive(0.2)
        return session

    yield begin
    for session in sessions:
        session.close()


def _processor_ticks(process: int) -> int:
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def _wakeups(process: int) -> int:
    return sum(
        int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)", (task / "status").read_text(), re.M).group(1))  # type: ignore[union-attr]
        for task in Path(f"/proc/{process}/task").iterdir()
    )


def test_a_client_sending_gbk_is_told_to_switch_and_the_session_lives(start) -> None:
    session = start()
    session.send("你好".encode("gbk"))
    assert session.until(lambda: "编码:" in session.notes)
    assert "UTF-8" in session.notes
    session.send("好的".encode())
    assert session.until(lambda: "好的" in "".join(session.screen.display).replace(" ", ""))
    assert session.notes.count("编码:") == 1


def test_a_hung_up_terminal_ends_the_session_with_the_draft_told(start) -> None:
    session = start()
    session.send("丙".encode())
    session.receive(0.2)
    session.hang_up()
    assert session.until(session.ended)
    assert "草稿:甲乙丙" in session.notes
    assert "结束" in session.notes


def test_a_hang_up_signal_alone_ends_the_session_with_the_draft_told(start) -> None:
    session = start()
    session.send("丁".encode())
    session.receive(0.2)
    session.process.send_signal(signal.SIGHUP)
    assert session.until(session.ended)
    assert "草稿:甲乙丁" in session.notes
    assert session.notes.count("草稿") == 1
    assert session.process.returncode == 0


def test_end_of_input_without_a_signal_ends_the_session_and_burns_no_processor(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    keyboard, typing = os.pipe()
    output = (tmp_path / "output").open("wb")
    environment = {**os.environ, "TERM": "xterm-256color", "PYTHONPATH": str(_DEMO.parent.parent)}
    process = subprocess.Popen(
        [sys.executable, str(_DEMO), str(notes)], stdin=keyboard, stdout=output, stderr=output, env=environment
    )
    os.close(keyboard)
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and not (notes.exists() and "就绪" in notes.read_text(encoding="utf-8")):
        time.sleep(0.02)
    before = _processor_ticks(process.pid)
    os.close(typing)
    ended = 0
    while not ended and time.monotonic() < end:
        ended, status, usage = os.wait4(process.pid, os.WNOHANG)
        time.sleep(0.02)
    output.close()
    if not ended:
        process.kill()
        process.wait()
    assert ended
    assert os.waitstatus_to_exitcode(status) == 0
    assert "草稿:甲乙" in notes.read_text(encoding="utf-8")
    spent = usage.ru_utime + usage.ru_stime - before / os.sysconf("SC_CLK_TCK")
    assert spent < 0.5


def test_an_idle_session_sends_nothing_and_does_not_wake(start) -> None:
    session = start()
    session.receive(0.6)
    before = _wakeups(session.process.pid)
    sent = session.receive(1.5)
    assert sent == b""
    assert _wakeups(session.process.pid) - before <= 2


def test_esc_is_one_key_and_an_arrow_after_it_another(start) -> None:
    session = start()
    session.send(b"\x1b")
    assert session.until(lambda: "退出键" in session.notes)
    session.send(b"\x1b[D")
    session.receive(0.2)
    assert session.notes.count("退出键") == 1


def test_the_terminal_is_asked_for_clicks_only_and_never_for_the_extended_keyboard(start) -> None:
    received = start().received
    assert b"\x1b[?1000h" in received
    assert b"\x1b[?1003h" not in received
    assert not re.search(rb"\x1b\[>\d+u", received)


def test_a_long_commit_of_an_input_method_arrives_whole(start) -> None:
    session = start()
    phrase = "有很大差别" * 6
    session.send(phrase.encode())
    assert session.until(lambda: phrase in "".join(session.screen.display[0].split()))


def test_the_terminal_cursor_stands_at_the_caret(start) -> None:
    session = start()

    def at() -> tuple[int, int]:
        session.receive(0.2)
        return session.screen.cursor.x, session.screen.cursor.y

    assert at() == (4, 0)
    session.send("丙".encode())
    assert at() == (6, 0)
    session.send(b"\x1b[D")
    assert at() == (4, 0)
    session.send(b"\t\t")
    assert session.until(lambda: at()[1] > 10)
    session.send(b"\x1b[F")
    row = next(number for number, words in enumerate(session.screen.display) if "长文" in words.replace(" ", ""))
    assert at() == (5, row)
    session.send(b"\x1b[Z\x1b[Z")
    assert at() == (4, 0)


def test_the_terminal_cursor_is_back_at_the_caret_after_a_dialog_and_a_resize(start) -> None:
    session = start()
    session.send(b"\x1b[15~")
    assert session.until(lambda: "会有后果" in "".join(session.screen.display).replace(" ", ""))
    session.send(b"\x1b")
    assert session.until(lambda: "会有后果" not in "".join(session.screen.display).replace(" ", ""))
    session.receive(0.2)
    assert (session.screen.cursor.x, session.screen.cursor.y) == (4, 0)
    session.screen.resize(20, 60)
    fcntl.ioctl(session.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 20, 60, 0, 0))
    session.process.send_signal(signal.SIGWINCH)
    session.receive(0.4)
    assert (session.screen.cursor.x, session.screen.cursor.y) == (4, 0)


def test_a_click_on_a_key_is_the_key(start) -> None:
    session = start()
    row = next(number for number, words in enumerate(session.screen.display, start=1) if "F1" in words)
    before, _, _ = session.screen.display[row - 1].partition("F5")
    place = cells(before) + 1
    session.send(f"\x1b[<0;{place};{row}M\x1b[<0;{place};{row}m".encode())
    assert session.until(lambda: "会有后果" in "".join(session.screen.display).replace(" ", ""))


def test_ctrl_c_is_answered_in_chinese_and_ends_nothing(start) -> None:
    session = start()
    session.send(b"\t\x03")
    assert session.until(lambda: "退出请按" in "".join(session.screen.display).replace(" ", ""))
    assert not session.ended()


def test_a_fault_of_the_program_ends_with_a_sentence_and_no_particulars(start) -> None:
    session = start()
    session.send(b"\x1b[20~")
    assert session.until(session.ended)
    session.receive(0.2)
    assert "程序出错" in session.received.decode("utf-8", "replace")
    assert b"secret" not in session.received
    assert b"Traceback" not in session.received


def test_without_colour_no_colour_code_is_sent(start) -> None:
    session = start(NO_COLOR="1")
    session.send(b"\t\x1b[B\x1b[15~")
    session.receive(0.5)
    codes = [code for match in re.findall(rb"\x1b\[([0-9;]*)m", session.received) for code in match.split(b";")]
    assert b"7" in codes
    to_default = {b"39", b"49"}
    assert not [code for code in codes if code and code not in to_default and (30 <= int(code) < 50 or int(code) >= 90)]


def test_the_same_words_stand_on_every_kind_of_terminal(start) -> None:
    pictures = {tuple(start(TERM=kind).screen.display) for kind in ("xterm", "linux", "vt100")}
    pictures.add(tuple(start(NO_COLOR="1").screen.display))
    assert len(pictures) == 1


@pytest.mark.parametrize("kind", ["", "dumb", "unknown", "xterm;rm", "x" * 80, "../etc"])
def test_a_terminal_that_cannot_show_a_screen_is_refused_in_chinese(kind: str) -> None:
    with pytest.raises(TerminalRefusedError, match="终端"):
        prepare({"TERM": kind})


def test_the_surroundings_cannot_steer_the_program() -> None:
    variables = {
        "TERM": "xterm",
        "TEXTUAL_DRIVER": "os:system",
        "TEXTUAL_LOG": "/etc/passwd",
        "PYTHONPATH": "/tmp",
        "EDITOR": "sh",
        "PAGER": "sh",
        "COLUMNS": "3",
        "NO_COLOR": "1",
        "LANG": "zh_CN.UTF-8",
    }
    prepare(variables)
    assert not {"TEXTUAL_DRIVER", "TEXTUAL_LOG", "PYTHONPATH", "EDITOR", "PAGER", "COLUMNS"} & variables.keys()
    assert variables["NO_COLOR"] == "1"
    assert variables["LANG"] == "zh_CN.UTF-8"
    assert variables["TEXTUAL_DISABLE_KITTY_KEY"] == "1"


def test_preparing_the_surroundings_does_not_load_the_screen_library() -> None:
    code = "import sys, tui.environment; sys.exit('textual' in sys.modules or 'rich' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=_DEMO.parent.parent).returncode == 0


def test_a_character_split_between_two_reads_is_read_whole() -> None:
    decoder = InputDecoder()
    first, second = "你".encode()[:2], "你".encode()[2:]
    assert decoder.decode(first) == ""
    assert decoder.decode(second) == "你"
    assert decoder.decode("\ufffd".encode()) == "\ufffd"
    assert not decoder.malformed
    decoder.decode("你".encode("gbk") + b"a")
    assert decoder.malformed
