"""The common layout of a printed form."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from core.text import width
from tui.papers.sheet import Cell, Grid, Opinion, Part, Receipt, Sheet
from tui.papers.word import Box, Page

_COLUMNS = 12
"""Into how many columns a form's line is divided, so that one, two or three blanks stand on it."""
_LABEL = 2
_WIDEST = 40
"""Terminal cells of text for which a column of a table is widened."""


def laid_out(sheet: Sheet, at: datetime) -> Page:
    """The sheet as a Word document."""
    page = Page(f"{sheet.title} {sheet.number}", sheet.agency, at)
    page.heading(sheet.agency, 14)
    page.heading(sheet.title)
    page.line(f"编号：{sheet.number}　　{sheet.state}".rstrip(), right=True)
    for part in sheet.parts:
        _part(page, part)
    for passage in sheet.passages:
        if passage.label:
            page.line(passage.label, bold=True, size=12)
        page.prose(passage.text)
    if sheet.opinions:
        page.line(sheet.opinions_title, bold=True, keep=True)
        page.table([1] * _COLUMNS, (_opinion(each) for each in sheet.opinions))
    if sheet.signatures:
        page.line("　　".join(f"{each}：＿＿＿＿＿＿" for each in sheet.signatures), before=18)
    if sheet.note:
        page.line(sheet.note, size=9)
    for receipt in sheet.receipts:
        _receipt(page, sheet.agency, receipt)
    page.foot(sheet.proof)
    return page


def _part(page: Page, part: Part) -> None:
    if part.heading:
        page.line(part.heading, bold=True)
    page.table([1] * _COLUMNS, (list(_line(cells)) for cells in part.lines if cells))
    for grid in part.grids:
        page.line(grid.title, bold=True, keep=True)
        page.table(widths(grid), boxes(grid), headed=True)


def _line(cells: Sequence[Cell]) -> Iterator[Box]:
    share = _COLUMNS // len(cells)
    for place, cell in enumerate(cells):
        room = share if place < len(cells) - 1 else _COLUMNS - share * place
        yield Box(cell.label, _LABEL, align="center")
        yield Box(cell.text, room - _LABEL)


def _opinion(opinion: Opinion) -> tuple[Box, Box]:
    signed = "　".join(each for each in (opinion.post, opinion.who, opinion.on) if each)
    return Box(opinion.step, _LABEL, align="center"), Box(opinion.text, _COLUMNS - _LABEL, foot=signed)


def widths(grid: Grid) -> list[int]:
    """How the columns of a table share its width: by what is longest in each."""
    rows = [grid.headings, *grid.rows[:200], grid.total or grid.headings]
    longest = [max(width(row[place]) for row in rows) for place in range(len(grid.headings))]
    return [min(max(each, 4) + 2, _WIDEST) for each in longest]


def boxes(grid: Grid) -> Iterator[list[Box]]:
    """The rows of a table from its headings to its total."""
    yield [Box(each, bold=True, align="center") for each in grid.headings]
    for row in (*grid.rows, *([grid.total] if grid.total else [])):
        last = row is grid.total
        yield [Box(each, bold=last, align="right" if place in grid.right else "left") for place, each in enumerate(row)]


def _receipt(page: Page, agency: str, receipt: Receipt) -> None:
    page.line("－　" * 20, size=9, before=12)
    page.heading(receipt.title, 14)
    page.line(f"编号：{receipt.number}", right=True, keep=True)
    page.table([1] * _COLUMNS, (list(_line([cell])) for cell in receipt.cells), together=True)
    page.line(f"收款单位（盖章）：{agency}　　收款人：＿＿＿＿＿＿", before=12)
