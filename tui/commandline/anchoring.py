"""An anchor taken and kept: on the server, and in the second place that the agency names."""

import argparse
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from core.anchoring import SecondPlace, add_line, last_line
from core.errors import GuizhangError
from core.system_errors import reason
from core.verifying import Anchor
from tui.commandline.agency_command import CommandFault, handed
from tui.commandline.exits import Exit, UsageFault
from tui.commandline.output import say, say_json, tell
from tui.commandline.place import place_of

if TYPE_CHECKING:
    from core.journal import Journal

_PATIENCE = 60.0
"""Seconds that the command may take."""
_MOST = 1 << 53
"""No journal has as many entries."""


class _NotKept(Exception):
    """A place did not take the anchor; the message says why and what to do."""


def read_anchor(line: str) -> Anchor:
    """The anchor that a line holds. Raises `ValueError`."""
    sequence, at, digest, count = line.split()
    anchor = Anchor(int(sequence), datetime.fromisoformat(at), digest, int(count))
    if not 0 < anchor.sequence < _MOST or anchor.at.tzinfo is None:
        raise ValueError(line)
    return anchor


def taken(journal: "Journal") -> Anchor:
    """An anchor of the journal as it is."""
    anchor = journal.anchor()
    if anchor is None:
        raise UsageFault("还没有留痕，不能取锚记")
    return anchor


def keep_anchor(journal: "Journal", arguments: argparse.Namespace) -> int:
    """Take an anchor, show it, and have it kept wherever it was asked to be; every place that did not is told."""
    anchor = taken(journal)
    line = f"{anchor.sequence} {anchor.at.isoformat()} {anchor.digest} {anchor.count}"
    first = Path(arguments.append) if arguments.append is not None else None
    if first is None and arguments.second:
        raise UsageFault("--second 要和 --append 一起写：送到第二处的，服务器上也要留一份")
    told = []
    for keep in (_keep_here, _keep_elsewhere) if arguments.second else (_keep_here,):
        try:
            if first is not None:
                keep(journal, line, first, arguments)
        except _NotKept as fault:
            told.append(str(fault))
    if arguments.json:
        at = anchor.at.isoformat()
        say_json(
            {"sequence": anchor.sequence, "at": at, "digest": anchor.digest, "count": anchor.count, "not_kept": told}
        )
    else:
        say(line)
        if not arguments.second:
            tell("请把上面一行抄存到服务器以外的地方，核对时用 --anchors 读入")
    for each in told:
        tell(each)
    return Exit.REFUSED if told else Exit.DONE


def _keep_here(journal: "Journal", line: str, first: Path, arguments: argparse.Namespace) -> None:
    _add(journal, first, line)


def _keep_elsewhere(journal: "Journal", line: str, first: Path, arguments: argparse.Namespace) -> None:
    place = place_of(arguments)
    second = _second_place(place.folder / "agency.toml")
    if second is None:
        raise _NotKept("锚记只存了服务器上一处：单位文件没有写明第二处，请写 [anchors]，再运行 guizhang server init")
    if unfit := second.unfit((first.parent, place.store)):
        raise _NotKept(f"锚记没有送到第二处：{unfit}")
    record = second.record(first, place.agency)
    if second.command:
        _agreeing(journal, record)
        _send(second.command, line)
    _add(journal, record, line)


def _second_place(file: Path) -> SecondPlace | None:
    from core.rulebook.agency_file import load_agency

    try:
        return load_agency(file).second_place
    except GuizhangError as error:
        raise _NotKept(f"锚记没有送到第二处，单位文件读不出：{error}") from None


def _send(command: tuple[str, ...], line: str) -> None:
    """Have another machine keep the line, which it proves by saying it back."""
    try:
        answer = handed(command, f"{line}\n".encode(), _PATIENCE).decode("utf-8", "replace").split("\n")
    except CommandFault as fault:
        raise _NotKept(f"锚记没有送到第二处：{fault}") from None
    held = next((each.strip() for each in reversed(answer) if each.strip()), "")
    if held != line:
        raise _NotKept(f"锚记没有送到第二处：命令 {command[0]} 应当把那里存下的最后一行读回来，读回的不是这一行")


def _add(journal: "Journal", path: Path, line: str) -> None:
    _agreeing(journal, path)
    try:
        add_line(path, line)
    except OSError as error:
        raise _NotKept(f"锚记没有存进 {path}：{reason(error)}") from None


def _agreeing(journal: "Journal", path: Path) -> None:
    """The journal still goes through the anchor that was kept there last: it is neither an old copy nor rewritten."""
    try:
        kept = last_line(path)
        sound = not kept or journal.holds(read_anchor(kept))
    except ValueError:
        raise _NotKept(f"{path} 的最后一行不是锚记，请核对这个文件，移开以后再取") from None
    except OSError as error:
        raise _NotKept(f"{path} 读不出：{reason(error)}") from None
    if not sound:
        raise _NotKept(
            f"留痕与 {path} 里最后的锚记（第 {kept.split()[0]} 条）不符：记录库曾被换成旧备份、截去末尾或改写，"
            "请审计员立即核对；确是从备份恢复的，把这个文件移开另存，再取锚记"
        )
