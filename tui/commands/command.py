"""One command: what it is called, how it is given, and what it does."""

from dataclasses import dataclass
from enum import Enum

from core.acts import Verb


class Scope(Enum):
    """Where a command can be given."""

    EVERYWHERE = "everywhere"
    WORKBENCH = "workbench"
    LIST = "list"
    MATTER = "matter"
    FORM = "form"
    LEDGER = "ledger"
    DIARY = "diary"
    RULEBOOK = "rulebook"
    ADMINISTRATION = "administration"
    COMMAND_LINE = "command-line"

    @property
    def title(self) -> str:
        return _TITLES[self]

    @property
    def on_screen(self) -> bool:
        """Whether a screen offers it, so that it stands in the palette and on the help page."""
        return self is not Scope.COMMAND_LINE


_TITLES = {
    Scope.EVERYWHERE: "各处",
    Scope.WORKBENCH: "工作台",
    Scope.LIST: "列表",
    Scope.MATTER: "事项",
    Scope.FORM: "表单",
    Scope.LEDGER: "台账",
    Scope.DIARY: "日程",
    Scope.RULEBOOK: "制度",
    Scope.ADMINISTRATION: "账号管理",
    Scope.COMMAND_LINE: "命令行",
}


_KEY_NAMES = {"enter": "回车", "escape": "Esc"}


@dataclass(frozen=True, slots=True)
class Command:
    """One command, declared once: binding, footer, palette, help page, verb and audit name are read from it."""

    key: str
    """Its name in the program, and in the audit of a session."""
    title: str
    help: str
    scope: Scope
    verb: str = ""
    """The words after `guizhang` that do the same; empty for what only a screen has."""
    binding: str = ""
    """The key as the screen binds it (`f5`, `n`, `ctrl+p`); without one it is given from the palette."""
    act: Verb | None = None

    @property
    def label(self) -> str:
        """The binding as people read it: F5, N, Ctrl+P, 回车."""
        if self.binding in _KEY_NAMES:
            return _KEY_NAMES[self.binding]
        return "+".join(part.capitalize() if len(part) > 1 else part.upper() for part in self.binding.split("+"))
