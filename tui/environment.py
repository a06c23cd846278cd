"""What the terminal session takes from its surroundings, checked before any part of the screen is loaded."""

import os
import re
from collections.abc import MutableMapping
from dataclasses import dataclass
from ipaddress import ip_address
from pwd import getpwuid

_TERMINAL = re.compile(r"[A-Za-z0-9][A-Za-z0-9+._-]{0,63}")

_DROPPED_PREFIXES = ("TEXTUAL", "PYTHON")
_DROPPED = frozenset(
    {"EDITOR", "VISUAL", "PAGER", "MANPAGER", "BROWSER", "COLUMNS", "LINES", "FORCE_COLOR", "TTY_COMPATIBLE", "LESS"}
    | {"TTY_INTERACTIVE", "ESCDELAY", "UNICODE_VERSION", "LESSOPEN", "LESSCLOSE"}
)

_SETTINGS = {
    # Input methods commit whole phrases; the extended keyboard protocol loses or garbles them.
    "TEXTUAL_DISABLE_KITTY_KEY": "1",
    "TEXTUAL_ANIMATIONS": "none",
    "TEXTUAL_THEME": "ansi-dark",
    # Milliseconds after which a lone Esc byte counts as the key; arrow keys arrive in one piece well within it.
    "ESCDELAY": "25",
}


_USUAL_PORT = "22"
_LINE = re.compile(r"/dev/[A-Za-z0-9/]{1,32}")
_MALFORMED = "?"
"""Stands for a TERM that cannot be passed on; no terminal is called so."""
REACHED = "GUIZHANG_REACHED"
"""The variable that holds the words by which the client's machine reaches this office: `ssh guizhang@10.0.0.1`."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What sshd says of a connection: the client's address, its terminal's device, the command it sent."""

    address: str
    terminal: str
    command: str


def enter(environment: MutableMapping[str, str] | None = None) -> Surroundings:
    """Take from the environment what sshd says and put a fixed one in its place; of the client only TERM stays."""
    variables = os.environ if environment is None else environment
    connection = variables.get("SSH_CONNECTION", "")
    address = _address(connection.split(" ")[0])
    line, terminal = variables.get("SSH_TTY", ""), variables.get("TERM", "")
    command = variables.get("SSH_ORIGINAL_COMMAND", "")
    fixed = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": variables.get("HOME", "/")}
    if terminal:
        fixed["TERM"] = terminal if _TERMINAL.fullmatch(terminal) else _MALFORMED
    if reached := _reached(connection):
        fixed[REACHED] = reached
    variables.clear()
    variables.update(fixed)
    return Surroundings(address, line if _LINE.fullmatch(line) else "", command)


def _address(said: str) -> str:
    try:
        return str(ip_address(said))
    except ValueError:
        return ""


def _reached(connection: str) -> str:
    """The words that reach the account and the address a connection came in at; empty where sshd did not say."""
    _, _, server, port = (*connection.split(" "), "", "", "", "")[:4]
    if not _address(server) or not port.isdecimal():
        return ""
    other = f"-p {port} " if port != _USUAL_PORT else ""
    return f"ssh {other}{getpwuid(os.getuid()).pw_name}@{_address(server)}"


class TerminalRefusedError(Exception):
    """The terminal cannot show a screen; the message says so in Chinese and names the way out."""


def prepare(environment: MutableMapping[str, str] | None = None) -> None:
    """Drop every variable that could steer the program, check TERM, and set what the screen needs.

    Must run before the screen library is first imported, which reads its settings once. Raises
    `TerminalRefusedError` when TERM is missing, malformed or names a terminal without cursor movement.
    """
    variables = os.environ if environment is None else environment
    for name in list(variables):
        if name in _DROPPED or name.startswith(_DROPPED_PREFIXES):
            del variables[name]
    terminal = variables.get("TERM", "")
    if not terminal:
        raise TerminalRefusedError("没有终端，无法显示界面。请用 ssh -t 登录，或者改用命令行办理。")
    if not _TERMINAL.fullmatch(terminal):
        raise TerminalRefusedError("终端类型（TERM）写法不对。请在登录软件中把终端类型设为 xterm-256color。")
    if terminal in ("dumb", "unknown"):
        raise TerminalRefusedError(
            "这种终端（TERM）不能移动光标，无法显示界面。请把终端类型设为 xterm-256color，或者改用命令行办理。"
        )
    variables.update(_SETTINGS)
