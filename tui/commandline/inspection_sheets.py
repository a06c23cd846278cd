"""The sheets of an inspection list: how it was drawn up, the clauses, the matters, the duties, the ledgers."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from core.days.compliance import Standing
from core.host import Host
from core.inspection import Inspection, Line
from core.journal import Journal
from core.matter import State
from core.rulebook.model import Clause
from tui.commandline.spreadsheet import neutral
from tui.papers.values import proof

_MOST_ROWS = 1_000_000
"""Rows a sheet is given; a spreadsheet holds a few more."""

_CLAUSES = (
    ("制度", 18), ("条款", 12), ("内容", 50), ("落实", 6), ("由什么落实", 40), ("事项", 7), ("办结", 7), ("办理中", 7),
    ("未通过", 7), ("撤回", 7), ("应办例行", 9), ("按期办结", 9), ("逾期办结", 9), ("逾期未办", 9), ("尚未到期", 9),
    ("台账行数", 9), ("会议决议", 9), ("阅知签收", 9), ("凭据", 50),
)  # fmt: skip
_MATTERS = (
    ("编号", 20), ("事项", 20), ("内容", 40), ("申请人", 24), ("提交日期", 12), ("办理状态", 10), ("按哪一条办理", 28),
)  # fmt: skip
_DUTIES = (("依据", 28), ("例行事项", 40), ("责任人", 24), ("期限", 12), ("情况", 10), ("办结日期", 12), ("凭据", 20))
_LEDGERS = (("台账", 24), ("行数", 8), ("首行", 8), ("末行", 8))

_SHORT = 12
"""Characters that stand on one line of the narrowest column with words in it."""
_WRAPPED = Alignment(wrap_text=True, vertical="top")

Row = Sequence[object]


def write_inspection(inspection: Inspection, file: BinaryIO) -> None:
    """Write the list; no cell of it is ever a formula."""
    book = Workbook(write_only=True)
    _sheet(book, "检查清单", _CLAUSES, (_clause(inspection, line) for line in inspection.lines()))
    _sheet(book, "事项", _MATTERS, _matters(inspection))
    _sheet(book, "例行事项", _DUTIES, _duties(inspection))
    _sheet(book, "台账", _LEDGERS, _ledgers(inspection))
    _sheet(book, "说明", (("项目", 16), ("内容", 90)), _told(inspection))
    book.save(file)


def _sheet(book: Workbook, title: str, columns: Sequence[tuple[str, int]], rows: Iterable[Row]) -> None:
    sheet: Any = book.create_sheet(title)
    for place, (_, width) in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"
    sheet.append([_heading(sheet, name) for name, _ in columns])
    for count, row in enumerate(rows):
        if count == _MOST_ROWS:
            sheet.append([f"以上 {_MOST_ROWS} 行，其余请缩短日期范围再列"])
            break
        sheet.append([_cell(sheet, cell) for cell in row])


def _heading(sheet: Any, name: str) -> Any:
    cell = WriteOnlyCell(sheet, name)
    cell.font, cell.alignment = Font(bold=True), _WRAPPED
    return cell


def _cell(sheet: Any, value: object) -> object:
    """A value as a cell; a long text is shown in full, on several lines."""
    if not isinstance(value, str):
        return value
    words = neutral(value)
    if len(words) <= _SHORT:
        return words
    cell = WriteOnlyCell(sheet, words)
    cell.alignment = _WRAPPED
    return cell


def _clause(inspection: Inspection, line: Line) -> Row:
    clause, matters, duties = line.clause, line.matters, line.duties
    lines = sum(each.lines for each in line.ledgers)
    return (
        line.regulation.title,
        clause.name,
        clause.text,
        clause.classed.title,
        "；".join(_carried_out(inspection.desk.host, clause)),
        sum(matters.values()),
        matters[State.SETTLED],
        matters[State.RUNNING] + matters[State.RETURNED],
        matters[State.REJECTED],
        matters[State.WITHDRAWN],
        sum(duties.values()),
        duties[Standing.DONE],
        duties[Standing.LATE],
        duties[Standing.OVERDUE],
        duties[Standing.DUE] + duties[Standing.COMING],
        lines if line.ledgers else None,
        line.decisions or None,
        line.acknowledged,
        "、".join(_evidence(inspection.desk.host, line)),
    )


def _evidence(host: Host, line: Line) -> Iterator[str]:
    """The matters and ledger lines behind a clause, by number."""
    total = sum(line.matters.values())
    yield from line.named
    if total > len(line.named):
        yield f"等 {total} 件，见“事项”"
    for kept in line.ledgers:
        if kept.lines:
            yield f"《{host.ledgers[kept.ledger].title}》第 {kept.first} 行至第 {kept.last} 行"


def _carried_out(host: Host, clause: Clause) -> Iterator[str]:
    """What carries a clause out, each in a few words."""
    yield from dict.fromkeys(f"检查：{use.kind.title}" for use in clause.rules)
    yield from dict.fromkeys(f"流程：《{_kind(host, chain.matter)}》" for chain in clause.chains)
    yield from (f"例行：{duty.title}" for duty in clause.duties)
    ledgers = [host.ledgers[key].title for key in clause.records if key in host.ledgers]
    kinds = [
        kind.title for kind in host.matter_types.values() for key in clause.records if key.startswith(f"{kind.key}.")
    ]
    yield from dict.fromkeys(f"登记：《{title}》" for title in (*ledgers, *kinds))
    if clause.readings:
        yield "查阅范围"
    if clause.cited_by_steps:
        yield "由办理流程或系统直接落实"
    if clause.manual:
        yield f"人工：{clause.manual}"


def _kind(host: Host, key: str) -> str:
    return host.matter_types[key].title if key in host.matter_types else key


def _matters(inspection: Inspection) -> Iterator[Row]:
    desk = inspection.desk
    for each in inspection.matters:
        who = desk.organisation.described(each.applicant, each.on)
        by = desk.rulebook.called(each.clause)
        yield each.number, _kind(desk.host, each.kind), each.subject, who, each.on, each.state.title, by


def _duties(inspection: Inspection) -> Iterator[Row]:
    organisation, rulebook = inspection.desk.organisation, inspection.desk.rulebook
    for each in inspection.duties:
        duty = each.duty
        owners = "、".join(organisation.name(owner) for owner in duty.owners)
        basis = rulebook.called(duty.clause)
        yield basis, duty.title, owners, duty.due, each.standing.title, duty.done, duty.note


def _ledgers(inspection: Inspection) -> Iterator[Row]:
    for each in inspection.ledgers.values():
        yield inspection.desk.host.ledgers[each.ledger].title, each.lines, each.first or None, each.last or None


def _told(inspection: Inspection) -> Iterator[Row]:
    desk = inspection.desk
    regulation = desk.rulebook.regulations[inspection.regulation].title if inspection.regulation else "全部制度"
    yield "单位", desk.agency.title
    yield "制度", regulation
    yield "起止日期", f"{inspection.since} 至 {inspection.until}"
    yield "列出时间", f"{desk.now:%Y-%m-%d %H:%M}"
    yield "制度文本摘要", desk.rulebook.digest
    yield "留痕", proof(Journal(desk.store).head(), desk.day)
    yield (
        "事项",
        "起止日期内提交的事项；一条只规定流程的，只计按这一条办理的，其余计它所检查、登记的各种事项，有适用条件的只计符合的",
    )
    yield "未通过", "有人签署不同意的事项；提交时当场被拒绝的没有成为事项，不在其中"
    yield "例行事项", "期限在起止日期内的例行事项，按列出当天的情况"
    yield "台账", "日期在起止日期内的登记，红字也计在内"
    yield "阅知签收", "到截止日期为止签收过这项制度的人数"
    yield "范围", "只列列出人可以查阅的事项和登记"
