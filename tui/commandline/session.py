"""`guizhang session`: what sshd starts for whoever signs in; the key alone says who that is."""

import argparse
import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from core.errors import GuizhangError
from tui.commandline.exits import Exit, NotAllowedFault, UsageFault
from tui.commandline.left_out import leave_out_network
from tui.commandline.output import tell
from tui.commandline.parser import Parser
from tui.commandline.place import Place, opened, place_of, stored
from tui.environment import Surroundings, TerminalRefusedError, enter, prepare

if TYPE_CHECKING:
    from core.access.keys import PersonKey
    from core.store.database import Store

_COMMANDS = 32
"""Commands of one person that may run at once."""


def arguments(parser: Parser, verb: str) -> None:
    parser.add_argument("--key", required=True, metavar="指纹", help="登录所用密钥的指纹，由登录服务写出")


def run(arguments: argparse.Namespace) -> int:
    if arguments.person is not None:
        raise NotAllowedFault("用谁的密钥登录，就是谁在办理，不能写 --as")
    place = place_of(arguments)
    arguments.agency, arguments.config, arguments.store = place.agency, str(place.config), str(place.store)
    os.umask(0o077)
    surroundings = enter()
    from tui.commandline.remote import words_of

    words = words_of(surroundings.command)
    return _verb(arguments, place, surroundings, words) if words else _screen(arguments, place, surroundings)


def _verb(arguments: argparse.Namespace, place: Place, surroundings: Surroundings, words: list[str]) -> int:
    """Do the one thing the client asked for, without a screen."""
    from core.access.accounts import role_of
    from core.access.logins import Visit, log_in
    from core.access.presence import take_place
    from tui.commandline.dispatch import run
    from tui.commandline.remote import OF_ROLE, Remote
    from tui.commandline.watch import Watch

    with Watch() as watch:
        with stored(arguments) as store:
            key = _good_key(store, arguments.key)
            if take_place(place.store, key.person, "command", _COMMANDS) is None:
                tell(f"您同时有 {_COMMANDS} 个命令在办，请等办完再来")
                return Exit.AGAIN
            role = role_of(store, key.person)
            asked = next((verb for verb in (" ".join(words[:2]), words[0]) if verb in OF_ROLE[role]), "")
            log_in(store, Visit(key, surroundings.address, surroundings.terminal, asked or "（不认识）"))
        code = run(words, Remote(place, key.person, key.fingerprint, role).admit)
    if watch.reason:
        tell(watch.reason)
        return Exit.AGAIN
    return code


def _screen(arguments: argparse.Namespace, place: Place, surroundings: Surroundings) -> int:
    """Show the person his workbench until he leaves, the line drops, or his key is no longer good."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageFault("没有终端，不能打开界面；请用 ssh -t 登录，或写明要做什么，全部动作见 --help")
    try:
        prepare()
    except TerminalRefusedError as error:
        raise UsageFault(str(error)) from None
    arguments.session = arguments.key
    leave_out_network()
    with opened(arguments) as office:
        from core.access.last_visit import last_visit
        from core.access.logins import Visit, log_in, log_out
        from core.access.presence import take_place

        visit = Visit(_good_key(office.store, arguments.key), surroundings.address, surroundings.terminal)
        last = last_visit(office.store, visit.key.person)
        log_in(office.store, visit)
        most = max(1, int(office.desk.setting("core.sessions")))
        if take_place(place.store, visit.key.person, "screen", most) is None:
            told = f"您已经打开了 {most} 个画面，一个人最多同时打开这么多；请先退出一个（中断的连接一两分钟后自动退出）"
            log_out(office.store, visit, told)
            raise NotAllowedFault(told)
        from tui.app import run_screen

        why = ""
        try:
            why = run_screen(office, visit.key.person, last=last)
        finally:
            # The line may be gone by now; what is still to be recorded must not be cut short by it.
            signal.signal(signal.SIGHUP, signal.SIG_IGN)
            with suppress(GuizhangError):
                log_out(office.store, visit, why)
    return Exit.NOT_ALLOWED if why else Exit.DONE


def _good_key(store: "Store", fingerprint: str) -> "PersonKey":
    from core.access.keys import against, key_of
    from core.days.clock import SystemClock

    key = key_of(store, fingerprint)
    reason = against(store, key, SystemClock().today()) if key else "这把登录密钥没有登记，请向管理员登记"
    if key is None or reason:
        raise NotAllowedFault(reason)
    return key
