"""What a person may ask for over the line: which verbs, and nothing that touches the server's own files or names."""

import argparse
import shlex
from dataclasses import dataclass

from core.access.account import Role
from core.errors import StoreError
from core.exports import ExportFolder
from tui.commandline.dispatch import ACTS
from tui.commandline.exits import NotAllowedFault, UsageFault
from tui.commandline.exports import OUTPUT
from tui.commandline.parser import Parser
from tui.commandline.place import Place

REMOTE = frozenset(
    {*ACTS, "inbox", "mine", "offers", "people", "find", "holdings", "show", "why", "duties", "notices", "ledgers"}
    | {"ledger", "audit verify", "audit anchor", "audit slip", "rulebook show", "commands", "help", "plugins"}
    | {"attach", "fetch", "exports", "fetch-export"}
    | {"overview", "print", "paper-template", "inspection-list", "reconcile"}
    | {"batch", "calendar", "organisation", "compliance", "emergency", "pin", "keys list", "logins"}
)
"""The verbs that a session of a member of staff answers; every other is for whoever sits at the server."""

_ABOUT = frozenset({"commands", "help", "accounts list", "keys list", "pin"})
OF_ROLE: dict[Role, frozenset[str]] = {
    Role.STAFF: REMOTE,
    Role.SYSTEM: _ABOUT | {"accounts open", "keys add", "plugins"},
    Role.SECURITY: _ABOUT
    | {"accounts activate", "accounts lock", "accounts end", "accounts reset", "keys grant", "keys revoke"},
    Role.AUDIT: _ABOUT | {"logins", "journal", "audit verify", "audit anchor", "audit slip"},
}
"""What each kind of account may ask for over the line."""

_FILES = frozenset({"文件", "目录", "路径"})
"""How arguments that name a file are called."""
_PLACE = {"person": "--as", "store": "--store", "config": "--config", "agency": "--agency"}


def words_of(command: str) -> list[str]:
    """The words of what the client sent, split as a shell would and never given to one."""
    if "\n" in command or "\r" in command:
        raise UsageFault("命令里不能换行；内容有几行的，请写 --form - 并从标准输入送来")
    try:
        return shlex.split(command)
    except ValueError:
        raise UsageFault("命令里的引号没有成对，请补全后重发") from None


@dataclass(frozen=True, slots=True)
class Remote:
    """One session's limits: the office it is in, the person and the key it belongs to."""

    place: Place
    person: str
    fingerprint: str
    role: Role = Role.STAFF

    def admit(self, parser: Parser, arguments: argparse.Namespace) -> None:
        """Let the arguments through as this person's, in this office; raises `NotAllowedFault` for anything else."""
        if arguments.verb not in OF_ROLE[self.role]:
            if self.role is not Role.STAFF:
                raise NotAllowedFault(f"“{arguments.verb}”不归{self.role.title}办（《通则》三员分设），登录后不能办")
            raise NotAllowedFault(f"“{arguments.verb}”只能由管理员在服务器上办理，登录后不能办")
        for name, option in _PLACE.items():
            if getattr(arguments, name) is not None:
                told = "用谁的密钥登录，就是谁在办理" if name == "person" else "登录到哪个单位是定好的"
                raise NotAllowedFault(f"{told}，不能写 {option}")
        for action in parser._actions:
            value = getattr(arguments, action.dest, None)
            if action.metavar in _FILES and value not in (None, "-", []) and action.dest not in _PLACE:
                name = "、".join(action.option_strings) or "文件"
                raise NotAllowedFault(f"登录后不能读写服务器上的文件，不能写{name}；要送来内容，请用“-”从标准输入读")
            if action.metavar == OUTPUT and value not in (None, "", "-"):
                setattr(arguments, action.dest, self._export(value))
        arguments.person, arguments.session = self.person, self.fingerprint
        arguments.agency = self.place.agency
        arguments.config, arguments.store = str(self.place.config), str(self.place.store)

    def _export(self, given: str) -> str:
        """The path in the person's own folder; raises `NotAllowedFault` for a name that leads elsewhere."""
        try:
            return str(ExportFolder(self.place.store, self.person).place(given))
        except StoreError as error:
            raise NotAllowedFault(str(error)) from None
