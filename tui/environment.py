"""What the terminal session takes from its surroundings, checked before any part of the screen is loaded."""

import os
import re
from collections.abc import MutableMapping

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
