"""What the command line says: data to standard output, narration to standard error, all of it fit for a terminal."""

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from core.finding import Remark
from core.text import clean, fit, hidden_character, width
from tui.commandline.exits import UsageFault

_GAP = "  "


def say(text: str = "") -> None:
    """Data, for whoever reads or pipes it on."""
    print(clean(text), file=sys.stdout)


def tell(text: str) -> None:
    """Narration, for whoever sits at the terminal."""
    print(clean(text), file=sys.stderr)


def give(blocks: Iterable[bytes]) -> None:
    """A file's contents as they are, for whoever redirects them; never to a terminal, which they could drive."""
    if sys.stdout.isatty():
        raise UsageFault("文件的内容不能显示在终端上，请改写到文件，如：… > 文件")
    sys.stdout.flush()
    for block in blocks:
        sys.stdout.buffer.write(block)
    sys.stdout.buffer.flush()


def say_json(value: Any) -> None:
    """Data for programs. What may not reach a terminal is escaped, so that nothing is lost."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    if hidden_character(text):
        text = "".join(each if not hidden_character(each) else _escaped(each) for each in text)
    print(text, file=sys.stdout)


def _escaped(character: str) -> str:
    return f"\\u{ord(character):04x}"


def say_table(headings: Sequence[str], rows: Iterable[Sequence[object]], empty: str) -> None:
    """Rows under headings, each column as wide as its widest cell; narrates the sentence where there are none."""
    lines = [[_line(cell) for cell in row] for row in rows]
    if not lines:
        tell(empty)
        return
    table = [list(headings), *lines]
    widths = [max(width(row[place]) for row in table) for place in range(len(headings))]
    for row in table:
        padded = [fit(cell, room) for cell, room in zip(row[:-1], widths, strict=False)]
        say(_GAP.join([*padded, row[-1]]).rstrip())


def _line(cell: object) -> str:
    return clean(str(cell)).replace("\n", " ").replace("\t", " ")


def remark_lines(remark: Remark, blank: str) -> list[str]:
    """A remark as people read it: how grave, by which clauses, the facts, the remedy, the blank."""
    first, *others = (f"{clause.label}：{clause.text}" for clause in remark.clauses)
    lines = [
        f"【{remark.level.title}】{first}",
        *(f"    还依据：{other}" for other in others),
        f"    事实：{remark.facts}",
        f"    怎样办：{remark.remedy}",
    ]
    return [*lines, f"    栏目：{blank}"] if blank else lines
