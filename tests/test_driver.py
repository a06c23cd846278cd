"""A session on a real terminal: what it survives, how it ends, where its cursor is."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pseudo_terminal import Terminal, until
from tui.driver import InputDecoder
from tui.environment import TerminalRefusedError, prepare
from tui.text import cells

_DEMO = Path(__file__).with_name("session_demo.py")
_SURROUNDINGS = {**os.environ, "TERM": "xterm-256color", "PYTHONPATH": str(_DEMO.parent.parent)}


class Session(Terminal):
    """A demo session on a terminal."""

    def __init__(self, notes: Path, **variables: str) -> None:
        self._notes = notes
        super().__init__([sys.executable, str(_DEMO), str(notes)], {**_SURROUNDINGS, **variables})

    @property
    def notes(self) -> str:
        return self._notes.read_text(encoding="utf-8") if self._notes.exists() else ""

    def notes_down(self, words: str) -> bool:
        """Wait until the session has noted the words, reading what it draws meanwhile."""
        return until(lambda: self.receive(0.01) is not None and words in self.notes)

    @property
    def drawn(self) -> bool:
        """Whether the whole screen stands, the cursor in its first field."""
        return "长文" in self.picture and "询问" in self.picture and self.cursor == (4, 0)

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and line of the cursor."""
        self.receive()
        return self.screen.cursor.x, self.screen.cursor.y


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Session]]:
    """Starts sessions and waits until they are drawn."""
    sessions: list[Session] = []

    def begin(**variables: str) -> Session:
        session = Session(tmp_path / f"notes-{len(sessions)}", **variables)
        sessions.append(session)
        assert session.notes_down("就绪") and until(lambda: session.drawn), session.received.decode("utf-8", "replace")
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
    assert session.notes_down("编码:")
    assert "UTF-8" in session.notes
    session.send("好的")
    assert session.shows("好的")
    assert session.notes.count("编码:") == 1


def test_a_hung_up_terminal_ends_the_session_with_the_draft_told(start) -> None:
    session = start()
    session.send("丙")
    assert session.shows("甲乙丙")
    session.hang_up()
    assert until(session.ended)
    assert "草稿:甲乙丙" in session.notes
    assert "结束" in session.notes


def test_a_hang_up_signal_alone_ends_the_session_with_the_draft_told(start) -> None:
    session = start()
    session.send("丁")
    assert session.shows("甲乙丁")
    session.process.send_signal(signal.SIGHUP)
    assert until(session.ended)
    assert "草稿:甲乙丁" in session.notes
    assert session.notes.count("草稿") == 1
    assert session.process.returncode == 0


def test_end_of_input_without_a_signal_ends_the_session_and_burns_no_processor(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    keyboard, typing = os.pipe()
    output = (tmp_path / "output").open("wb")
    process = subprocess.Popen(
        [sys.executable, str(_DEMO), str(notes)], stdin=keyboard, stdout=output, stderr=output, env=_SURROUNDINGS
    )
    os.close(keyboard)
    assert until(lambda: notes.exists() and "就绪" in notes.read_text(encoding="utf-8"))
    before = _processor_ticks(process.pid)
    os.close(typing)
    ended: list[tuple[int, int, Any]] = []

    def gone() -> bool:
        ended.append(os.wait4(process.pid, os.WNOHANG))
        return ended[-1][0] == process.pid

    if not until(gone):
        process.kill()
    output.close()
    _, status, usage = ended[-1]
    assert os.waitstatus_to_exitcode(status) == 0
    assert "草稿:甲乙" in notes.read_text(encoding="utf-8")
    spent = usage.ru_utime + usage.ru_stime - before / os.sysconf("SC_CLK_TCK")
    assert spent < 0.5


def test_an_idle_session_sends_nothing_and_does_not_wake(start) -> None:
    session = start()

    def idle() -> bool:
        before = _wakeups(session.process.pid)
        return session.receive(1.5) == b"" and _wakeups(session.process.pid) - before <= 2

    assert until(idle)


def test_esc_is_one_key_and_an_arrow_after_it_another(start) -> None:
    session = start()
    session.send(b"\x1b")
    assert session.notes_down("退出键")
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
    session.send(phrase)
    assert until(lambda: phrase in session.picture)


def test_the_terminal_cursor_stands_at_the_caret(start) -> None:
    session = start()
    session.send("丙")
    assert until(lambda: session.cursor == (6, 0))
    session.send(b"\x1b[D")
    assert until(lambda: session.cursor == (4, 0))
    session.send(b"\t\t")
    assert until(lambda: session.cursor[1] > 10)
    session.send(b"\x1b[F")
    row = next(number for number, words in enumerate(session.screen.display) if "长文" in words.replace(" ", ""))
    assert until(lambda: session.cursor == (5, row))
    session.send(b"\x1b[Z\x1b[Z")
    assert until(lambda: session.cursor == (4, 0))


def test_the_terminal_cursor_is_back_at_the_caret_after_a_dialog_and_a_resize(start) -> None:
    session = start()
    session.send(b"\x1b[15~")
    assert session.shows("会有后果")
    session.send(b"\x1b")
    assert until(lambda: "会有后果" not in session.picture and session.drawn)
    session.resize(20, 60)
    assert "甲乙" not in session.screen.display[0].replace(" ", "")
    assert until(lambda: session.drawn and "甲乙" in session.screen.display[0].replace(" ", ""))


def test_a_click_on_a_key_is_the_key(start) -> None:
    session = start()
    row = next(number for number, words in enumerate(session.screen.display, start=1) if "F1" in words)
    before, _, _ = session.screen.display[row - 1].partition("F5")
    place = cells(before) + 1
    session.send(f"\x1b[<0;{place};{row}M\x1b[<0;{place};{row}m".encode())
    assert session.shows("会有后果")


def test_ctrl_c_is_answered_in_chinese_and_ends_nothing(start) -> None:
    session = start()
    session.send(b"\t\x03")
    assert session.shows("退出请按")
    assert not session.ended()


def test_a_fault_of_the_program_ends_with_a_sentence_and_no_particulars(start) -> None:
    session = start()
    session.send(b"\x1b[20~")
    assert until(session.ended)
    session.receive()
    assert "程序出错" in session.received.decode("utf-8", "replace")
    assert b"secret" not in session.received
    assert b"Traceback" not in session.received


def test_without_colour_no_colour_code_is_sent(start) -> None:
    session = start(NO_COLOR="1")
    session.send(b"\t\x1b[B\x1b[15~")
    assert session.shows("会有后果")
    codes = [code for match in re.findall(rb"\x1b\[([0-9;]*)m", session.received) for code in match.split(b";")]
    assert b"7" in codes
    to_default = {b"39", b"49"}
    assert not [code for code in codes if code and code not in to_default and (30 <= int(code) < 50 or int(code) >= 90)]


def test_the_same_words_stand_on_every_kind_of_terminal(start) -> None:
    sessions = [*(start(TERM=kind) for kind in ("xterm", "linux", "vt100")), start(NO_COLOR="1")]
    assert until(lambda: len({each.picture for each in sessions}) == 1)


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
