"""What is said beside a form and recorded nowhere: read from the standard input, never an argument."""

import argparse
import sys
from typing import TYPE_CHECKING

from core.acts import Act, Verb
from tui.commandline.exits import UsageFault

if TYPE_CHECKING:
    from core.office import Office
    from core.verdict import Result

_LONGEST = 1_000
"""Bytes of a word or a choice."""


def said_beside(office: "Office", act: Act, arguments: argparse.Namespace) -> "Result | None":
    """What filing the form came to with what was said beside it; None where it asks for nothing of the kind."""
    kind = office.desk.matter_type(office.desk.kind_named(act.kind)) if act.verb is Verb.SUBMIT else None
    if kind is None or kind.unseen is None:
        return None
    from core.directory import OfficeDirectory
    from core.fields import read_form
    from core.unseen import Seat

    read = read_form(kind.fields, act.values, OfficeDirectory(office.desk))
    seat = Seat(office.desk, office.store.storage.path, office.perform, act.by, read.values)
    asked = kind.unseen.asks(seat)
    if not asked:
        return None
    if arguments.form == "-":
        raise UsageFault(f"{asked}从标准输入读，各栏请写成 栏目=内容")
    return kind.unseen.file(seat, _line(asked))


def _line(asked: str) -> str:
    """One line that is typed unseen, or sent; raises `UsageFault` where there is none."""
    if sys.stdin.isatty():
        from getpass import getpass

        said = getpass(f"{asked}：")
    else:
        said = sys.stdin.buffer.readline(_LONGEST).decode("utf-8", "replace").strip()
    if not said:
        raise UsageFault(f"{asked}写在标准输入里，占一行；不要写在命令里")
    return said
