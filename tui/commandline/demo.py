"""`guizhang demo`: the invented office on the screen, or its walk as text where there is no terminal."""

import argparse
import os
import sys
from pathlib import Path

from tui.commandline.exits import Exit, UsageFault
from tui.commandline.output import say, tell
from tui.commandline.parser import Parser
from tui.commandline.place import config_folder, person_named


def arguments(parser: Parser, verb: str) -> None:
    parser.add_argument("--picture", metavar="文件", help="把工作台的画面存成图片，不打开工作台")
    parser.add_argument("--text", action="store_true", help="不打开工作台，把一笔开支的全过程打印出来")


def run(arguments: argparse.Namespace) -> int:
    config = config_folder(arguments.config)
    agency = _with_a_demonstration(config, arguments.agency)
    if arguments.picture is not None:
        return _picture(config, agency, Path(arguments.picture), arguments.person)
    if arguments.text or not (sys.stdin.isatty() and sys.stdout.isatty()):
        if arguments.person is not None:
            raise UsageFault("打印出来的过程由几个人依次办理，不能写 --as；要以某人打开工作台，请在终端里运行")
        from tui.demonstration.walk import walk

        return Exit.DONE if walk(config, agency, say) else Exit.REFUSED
    from tui.environment import TerminalRefusedError, prepare

    try:
        prepare()
    except TerminalRefusedError as error:
        raise UsageFault(str(error)) from None
    from tui.demonstration.office import open_demonstration

    office, person = open_demonstration(config, agency, _folder(), tell)
    try:
        from tui.app import run_screen

        run_screen(office, person_named(office, arguments.person) if arguments.person else person, demo=True)
    finally:
        office.close()
    return Exit.DONE


def _with_a_demonstration(config: Path, agency: str | None) -> str:
    """The agency that was named, or the first, of those that come with a demonstration."""
    found = sorted(path.parent.name for path in (config / "agencies").glob("*/demo.toml"))
    if not found:
        raise UsageFault("没有带演示的单位；请在单位的目录里写出 demo.toml")
    if agency and agency not in found:
        raise UsageFault(f"单位 {agency} 没有演示；带演示的单位有 {'、'.join(found)}")
    return agency or found[0]


def _folder() -> Path:
    """Where the demonstration's records are kept."""
    home = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return home / "guizhang" / "demo"


def _picture(config: Path, agency: str, target: Path, named: str | None) -> int:
    """Draw the workbench as it opens, without a terminal."""
    from tui.environment import prepare

    os.environ.setdefault("TERM", "xterm-256color")
    prepare()
    from tui.demonstration.office import open_demonstration
    from tui.demonstration.picture import draw

    office, person = open_demonstration(config, agency, _folder(), tell)
    try:
        shown = person if named is None else person_named(office, named)
        target.write_text(draw(office, shown), encoding="utf-8")
    finally:
        office.close()
    tell(f"已存成 {target}")
    return Exit.DONE
