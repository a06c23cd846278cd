"""Where an agency's rules and records are, and who is acting."""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from core.text import nearest
from tui.commandline.exits import NotAllowedFault, UsageFault
from tui.commandline.parser import Parser

if TYPE_CHECKING:
    from core.access.readers_desk import ReadersDesk
    from core.matter import Matter
    from core.office import Office
    from core.store.database import Store

AGENCY, STORE = "GUIZHANG_AGENCY", "GUIZHANG_STORE"
"""Variables that stand for `--agency` and `--store`."""
_LONGEST_ANSWER = 64
"""Bytes of the line that answers the second factor."""


@dataclass(frozen=True, slots=True)
class Place:
    """One agency: the folder of all configuration, its key, its store."""

    config: Path
    agency: str
    store: Path

    @property
    def folder(self) -> Path:
        return self.config / "agencies" / self.agency


def common_arguments(parser: Parser) -> None:
    """The options that every verb takes."""
    parser.add_argument("--agency", metavar="单位", help=f"哪个单位；也可写在环境变量 {AGENCY}")
    parser.add_argument("--store", metavar="文件", help=f"记录库的文件；也可写在环境变量 {STORE}")
    parser.add_argument("--config", metavar="目录", help="存放各单位制度的目录")
    parser.add_argument("--as", dest="person", metavar="人员", help="由谁办理：姓名、编号，或科室加职务")
    parser.add_argument("--json", action="store_true", help="以程序可读的形式输出")
    parser.add_argument("--pin-stdin", action="store_true", help="二次验证的口令或验证码从标准输入的第一行读")
    parser.set_defaults(session="")


def config_folder(given: str | None) -> Path:
    """The folder of configuration: the one given, the checkout's own, or the example that comes with the program."""
    if given is not None:
        folder = Path(given)
        if not (folder / "agencies").is_dir():
            raise UsageFault(f"目录 {folder} 里没有各单位的制度（agencies），请核对 --config")
        return folder
    top = Path(__file__).parents[2]
    beside = top / "config"
    return beside if (beside / "agencies").is_dir() else top / "core" / "example"


def agencies(config: Path) -> list[str]:
    """The keys of all agencies that have a folder, in order."""
    return sorted(each.parent.name for each in (config / "agencies").glob("*/agency.toml"))


def agency_key(config: Path, given: str | None) -> str:
    """The agency meant: named by the option or the variable, or the only one."""
    known = agencies(config)
    named = given if given is not None else os.environ.get(AGENCY)
    if named is None and len(known) == 1:
        return known[0]
    listed = "、".join(known) or "一个也没有"
    if named is None:
        raise UsageFault(f"请用 --agency 写明是哪个单位；现有：{listed}")
    if named not in known:
        hint = nearest(named, known)
        raise UsageFault(f"没有“{named}”这个单位，" + (f"是否指“{hint}”？" if hint else f"现有：{listed}"))
    return named


def place_of(arguments: argparse.Namespace) -> Place:
    """The place the arguments mean."""
    config = config_folder(arguments.config)
    key = agency_key(config, arguments.agency)
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    store = store_given(arguments) or data / "guizhang" / f"{key}.store"
    return Place(config, key, store)


def store_given(arguments: argparse.Namespace) -> Path | None:
    """The store that the option or the variable names."""
    given = arguments.store if arguments.store is not None else os.environ.get(STORE)
    return Path(given) if given else None


@contextmanager
def stored(arguments: argparse.Namespace, oldest: int | None = None) -> Iterator["Store"]:
    """The records alone, open while the block runs; readable whatever has become of the agency's rules. `oldest` is
    the earliest format that will do, the present one where it is not given.
    """
    path = store_given(arguments) or place_of(arguments).store
    if not path.is_file():
        raise UsageFault(f"没有记录库 {path}，请核对 --store，或先运行 guizhang init")
    from core.store.database import Store
    from core.store.opening import FORMAT

    store = Store(path, oldest=FORMAT if oldest is None else oldest)
    try:
        _signed_in(store, arguments)
        yield store
    finally:
        store.close()


_UNATTENDED = frozenset(
    {"session", "keys authorized", "keys list", "accounts setup", "accounts list", "tick", "remind", "backup"}
    | {"restore-drill", "archive", "store upgrade", "audit verify", "audit anchor", "audit slip"}
)
"""What is done on the server itself, by nobody in particular, even where three administrators keep the accounts."""


def _signed_in(store: "Store", arguments: argparse.Namespace) -> None:
    """Where there are three administrators, nobody acts or reads but with a key of his own."""
    from core.access.accounts import managed

    if not arguments.session and getattr(arguments, "verb", "") not in _UNATTENDED and managed(store):
        raise NotAllowedFault("本单位已设立三员，办理和查阅都要用自己的密钥登录：ssh 服务器 动作")


def _prove(office: "Office", arguments: argparse.Namespace) -> None:
    """Take the second factor from the first line of what is sent, leaving the rest to be read."""
    if not arguments.session:
        raise UsageFault("没有用密钥登录，不需要二次验证，请去掉 --pin-stdin")
    office.prove(str(arguments.person), answer_line(sys.stdin.buffer))


def answer_line(given: BinaryIO) -> str:
    """One line of what is sent, with an answer to the second factor."""
    return given.readline(_LONGEST_ANSWER).decode("ascii", "replace").strip()


@contextmanager
def opened(arguments: argparse.Namespace) -> Iterator["Office"]:
    """The office, open while the block runs; it must have been set up."""
    place = place_of(arguments)
    missing = UsageFault(f"“{place.agency}”还没有建立记录库（{place.store}），请先运行 guizhang init")
    if not place.store.is_file():
        raise missing
    from core.days.duty_book import OPENED
    from core.office import Office

    office = Office.open(place.config, place.agency, place.store, session=arguments.session)
    try:
        if not office.store.meta(OPENED):
            raise missing
        _signed_in(office.store, arguments)
        if getattr(arguments, "pin_stdin", False):
            _prove(office, arguments)
        yield office
    finally:
        office.close()


def actor(office: "Office", arguments: argparse.Namespace) -> str:
    """The key of the person who acts; he must be named."""
    if arguments.session:
        return str(arguments.person)
    if arguments.person is None:
        raise UsageFault("请用 --as 写明由谁办理：姓名、编号，或科室加职务")
    return person_named(office, arguments.person)


def kept_to(office: "Office", arguments: argparse.Namespace) -> str:
    """Whose keys and logins alone may be seen: over the line a member of staff sees his own; empty for everybody's."""
    from core.access.account import Role
    from core.access.accounts import role_of

    staff = arguments.session and role_of(office.store, arguments.person) is Role.STAFF
    return str(arguments.person) if staff else ""


def readers_desk(office: "Office", arguments: argparse.Namespace) -> "ReadersDesk":
    """What the person named may look up; whoever names nobody reads what everybody may."""
    return office.desk_of(actor(office, arguments) if arguments.person is not None else "")


def matter_read(office: "Office", arguments: argparse.Namespace) -> "Matter":
    """The matter of the number given, which the person named may read."""
    desk = readers_desk(office, arguments)
    if kept_back := desk.kept_back(arguments.number):
        raise NotAllowedFault("\n".join(f"{each.clause.label}：{each.facts}；{each.remedy}" for each in kept_back))
    matter = desk.matter(arguments.number)
    if matter is None:
        raise UsageFault(f"没有编号为“{arguments.number}”的事项，请核对编号")
    return matter


def person_named(office: "Office", text: str) -> str:
    """The key of the one person whom a name, a number or unit and post stand for."""
    from core.directory import OfficeDirectory
    from core.fields import Kind

    try:
        return OfficeDirectory(office.desk).refer(Kind.PERSON, text)
    except ValueError as error:
        raise UsageFault(str(error)) from None
