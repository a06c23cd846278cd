"""Reading arguments: `argparse` with its help and its complaints in Chinese."""

import argparse
import re
from collections.abc import Sequence
from typing import NoReturn

from core.text import clean, fit, width
from tui.commandline.exits import UsageFault

_LABEL_CELLS = 30
_LARGEST = 1_000_000_000
"""No count, year or number of an entry is beyond it."""

_COMPLAINTS = (
    (r"the following arguments are required: (.+)", "还要写明：{}"),
    (r"unrecognized arguments: (.+)", "不认识“{}”"),
    (r"argument (.+?): expected (?:one|at least one|\d+) arguments?", "“{}”后面要写内容"),
    (r"argument (.+?): ignored explicit argument (.+)", "“{}”后面不写内容"),
    (r"argument (.+?): invalid int value: (.+)", "“{}”后面要写数字，不能写 {}"),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", "“{}”不能写 {}，可写：{}"),
    (r"argument (.+?): not allowed with argument (.+)", "“{}”和“{}”不能同时写"),
    (r"one of the arguments (.+) is required", "“{}”要写其中一个"),
    (r"argument (.+?): (.+)", "“{}”写法不对"),
)


class Parser(argparse.ArgumentParser):
    """The arguments of one verb. A complaint is raised as `UsageFault`, never printed from here."""

    def __init__(self, name: str, help: str) -> None:
        super().__init__(prog=f"guizhang {name}".strip(), description=help, add_help=False, allow_abbrev=False)
        self.register("type", int, _number)
        self.add_argument("-h", "--help", action="store_true", help="显示这段说明")
        self._usage = ""

    def read(self, words: Sequence[str]) -> argparse.Namespace:
        """What the words say; options may stand among the rest. Asked for help, it is said and the program ends."""
        if "-h" in words or "--help" in words:
            print(self.format_help(), end="")
            raise SystemExit(0)
        # While it reads intermixed words, argparse does not know its own positionals.
        self._usage = self.format_usage()
        return self.parse_intermixed_args(words)

    def error(self, message: str) -> NoReturn:
        raise UsageFault(f"{_complaint(message)}\n{self._usage}")

    def format_usage(self) -> str:
        written = [_label(action) for action in self._actions if not action.option_strings]
        return " ".join(["用法：" + self.prog, *written, "[选项]"])

    def format_help(self) -> str:
        written = [action for action in self._actions if not action.option_strings]
        options = [action for action in self._actions if action.option_strings]
        lines = [self.format_usage(), "", self.description or ""]
        for heading, actions in (("要写的内容：", written), ("选项：", options)):
            if actions:
                lines += ["", heading, *(_explained(_label(action), action.help or "") for action in actions)]
        return "\n".join(lines) + "\n"


def listed(entries: Sequence[tuple[str, str]]) -> str:
    """Names with what they mean, one a line."""
    return "\n".join(_explained(name, meaning) for name, meaning in entries)


def _number(text: str) -> int:
    found = int(text)
    if abs(found) > _LARGEST:
        raise ValueError(text)
    return found


def _explained(label: str, meaning: str) -> str:
    if width(label) > _LABEL_CELLS - 2:
        return f"  {label}\n  {' ' * _LABEL_CELLS}{meaning}"
    return f"  {fit(label, _LABEL_CELLS)}{meaning}"


def _label(action: argparse.Action) -> str:
    names = ", ".join(action.option_strings)
    if action.nargs == 0:
        return names
    value = " ".join(action.metavar) if isinstance(action.metavar, tuple) else action.metavar or action.dest
    if names:
        return f"{names} {value}"
    if action.nargs == "?":
        return f"[{value}]"
    if action.nargs == "+":
        return f"{value} …"
    return f"[{value} …]" if action.nargs == "*" else value


def _complaint(message: str) -> str:
    for pattern, sentence in _COMPLAINTS:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return clean(sentence.format(*found.groups()))
    return "命令的写法不对"
