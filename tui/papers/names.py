"""The names under which an agency's own template finds what stands on a form."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.family import MatterType
from core.fields import Field, Kind
from core.host import Host

FIXED = {
    "单位名称": "本单位的名称",
    "表名": "表样的名称",
    "事项编号": "事项的编号",
    "申请人": "申请人，连同科室和职务",
    "申请科室": "申请人的科室",
    "提交日期": "提交的日期",
    "办理状态": "办理中、已办结等",
    "各环节意见": "逐行：环节、意见、签名、职务、日期",
    "正文": "逐段：标题、内容",
    "留痕": "留痕序号、摘要前 16 位和打印日期",
}
"""What every template may use."""
IN_WORDS = "大写"
"""Ends the name of an amount in capital numerals."""
TOTAL = "合计"
"""Ends the name of what a column of amounts comes to."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One blank and its name in a template; `reference` is as in the lines of a `Paper`."""

    name: str
    blank: Field
    reference: str


def slots(host: Host, kind: MatterType) -> tuple[Slot, ...]:
    """Every blank of a kind of matter, and those of other matters that its form shows, each under a name of its own:
    its title without signs, numbered where that is taken.
    """
    taken = set(FIXED)
    found = [(blank, blank.key) for blank in kind.facts]
    found += [(blank, f"{form}.{blank.key}") for form, blanks in kind.step_forms.items() for blank in blanks]
    found += _elsewhere(host, kind)
    return tuple(Slot(_name(blank.title, taken), blank, reference) for blank, reference in found)


def _elsewhere(host: Host, kind: MatterType) -> Iterator[tuple[Field, str]]:
    paper = host.papers.get(kind.key)
    for reference in paper.named if paper else ():
        head, _, rest = reference.partition(".")
        refers = kind.blank(head)
        other = host.matter_types.get(refers.matter) if refers and rest else None
        blank = other.blank(rest) if other and head not in kind.step_forms else None
        if blank is not None:
            yield blank, reference


def columns(blank: Field) -> dict[str, Field]:
    """The columns of a blank that holds rows, by name."""
    taken: set[str] = set()
    return {_name(column.title, taken): column for column in blank.columns}


def _name(title: str, taken: set[str]) -> str:
    bare = re.sub(r"\W", "", title)
    base = bare if bare.isidentifier() else f"栏{bare}"
    name, number = base, 2
    while name in taken:
        name, number = f"{base}{number}", number + 1
    taken.add(name)
    return name


def listed(host: Host, kind: MatterType) -> Iterator[tuple[str, str]]:
    """Each name a template of this kind may use, with what it stands for."""
    yield from FIXED.items()
    for slot in slots(host, kind):
        if slot.blank.kind is Kind.ROWS:
            named = columns(slot.blank)
            money = [f"{slot.name}{TOTAL}{name}" for name, each in named.items() if each.kind is Kind.MONEY]
            yield slot.name, f"逐行：{'、'.join(named)}"
            yield from ((name, "这一列的合计") for name in money)
            continue
        yield slot.name, slot.blank.title
        if slot.blank.kind is Kind.MONEY:
            yield f"{slot.name}{IN_WORDS}", f"{slot.blank.title}的大写"
