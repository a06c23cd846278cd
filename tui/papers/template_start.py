"""A template to begin with: the form as it prints, with names in the place of what is filled in."""

from collections.abc import Iterator, Mapping

from core.desk import Desk
from core.family import MatterType
from core.fields import Kind
from core.papers import called
from tui.papers.layout import laid_out
from tui.papers.names import IN_WORDS, TOTAL, Slot, columns, listed, slots
from tui.papers.sheet import Cell, Grid, Opinion, Part, Sheet
from tui.papers.values import headed_total
from tui.papers.word import Box

_OF_THE_MATTER = {
    "matter.number": "事项编号",
    "matter.applicant": "申请人",
    "matter.unit": "申请科室",
    "matter.submitted": "提交日期",
    "matter.state": "办理状态",
}
"""What a line may show of every matter, and its name in a template."""


def starting_template(desk: Desk, kind: MatterType) -> bytes:
    """A Word template of a kind of matter, with what is asked for here; its last page lists every name it may use."""
    paper, named = desk.host.papers.get(kind.key), {slot.reference: slot for slot in _asked(desk, kind)}
    common = (("matter.applicant", "matter.submitted"), *((each,) for each in named))
    lines = paper.lines if paper and paper.lines else common
    signed = Opinion("{{ 行.环节 }}", "{{ 行.意见 }}", "{{ 行.签名 }}", "{{ 行.职务 }}", "{{ 行.日期 }}")
    begin, end = Opinion(_row("for 行 in 各环节意见"), "", "", "", ""), Opinion(_row("endfor"), "", "", "", "")
    running = Cell("{%p for 段 in 正文 %}", "{{ 段.标题 }}\n{{ 段.内容 }}\n{%p endfor %}")
    sheet = Sheet(
        agency=_value("单位名称"),
        title=_value("表名"),
        number=_value("事项编号"),
        state=_value("办理状态"),
        parts=(Part("", tuple(_lines(lines, named)), tuple(_grids(named))),),
        passages=(running,) if paper and (paper.passages or paper.becomes) else (),
        opinions_title=paper.opinions if paper else "审批意见",
        opinions=(begin, signed, end),
        signatures=paper.signatures if paper else (),
        note=paper.note if paper else "",
        receipts=(),
        proof=_value("留痕"),
    )
    page = laid_out(sheet, desk.now)
    page.new_page()
    page.heading("可以用的名称", 14)
    page.line("用的时候，在名称外面加两层花括号，逐行的照前面表里的写法。改好以后删去这一页。", size=9)
    page.table([1, 2], ([Box(name), Box(meaning)] for name, meaning in listed(desk.host, kind)))
    return page.saved()


def _asked(desk: Desk, kind: MatterType) -> Iterator[Slot]:
    for slot in slots(desk.host, kind):
        step = slot.reference.rpartition(".")[0]
        if desk.agency.asked(f"{kind.key}/{step}" if step else kind.key, (slot.blank,)):
            yield slot


def _value(name: str) -> str:
    return f"{{{{ {name} }}}}"


def _row(tag: str) -> str:
    """A tag that takes away the row of the table it stands in."""
    return f"{{%tr {tag} %}}"


def _lines(lines: tuple[tuple[str, ...], ...], named: Mapping[str, Slot]) -> Iterator[tuple[Cell, ...]]:
    for line in lines:
        cells = tuple(_cell(written, named) for written in line)
        if held := tuple(cell for cell in cells if cell):
            yield held


def _cell(written: str, named: Mapping[str, Slot]) -> Cell | None:
    reference, label = called(written)
    if reference in _OF_THE_MATTER:
        name = _OF_THE_MATTER[reference]
        return Cell(label or name, _value(name))
    slot = named.get(reference)
    if slot is None or slot.blank.kind is Kind.ROWS:
        return None
    words = f" 元（大写：{_value(slot.name + IN_WORDS)}）" if slot.blank.kind is Kind.MONEY else ""
    return Cell(label or slot.blank.title, _value(slot.name) + words)


def _grids(named: Mapping[str, Slot]) -> Iterator[Grid]:
    for slot in named.values():
        if slot.blank.kind is not Kind.ROWS:
            continue
        held = columns(slot.blank)
        rest = [""] * (len(held) - 1)
        each = tuple(_value(f"行.{name}") for name in held)
        total = tuple(_value(f"{slot.name}{TOTAL}{k}") if v.kind is Kind.MONEY else "" for k, v in held.items())
        rows = ((_row(f"for 行 in {slot.name}"), *rest), each, (_row("endfor"), *rest))
        yield Grid(slot.blank.title, tuple(held), rows, headed_total(total))
