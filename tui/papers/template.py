"""An agency's own Word template, filled in. What people wrote in the form is put in as text and never carried out."""

from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from core.errors import GuizhangError
from core.fields import Field, Kind, Value
from core.money import format_money, in_words
from core.text import clean
from tui.papers.filling import Form
from tui.papers.names import FIXED, IN_WORDS, TOTAL, columns, listed, slots
from tui.papers.sheet import Sheet
from tui.papers.template_faults import fault_of
from tui.papers.values import sum_of, written


class TemplateFault(GuizhangError):
    """A template that cannot be filled in; the message names the file, the place and what to do."""


def filled(path: Path, form: Form, sheet: Sheet) -> bytes:
    """The template filled in. Raises `TemplateFault`."""
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    try:
        document = DocxTemplate(str(path))
        document.render(_context(form, sheet), environment)
        held = BytesIO()
        document.save(held)
    except Exception as error:
        raise TemplateFault(fault_of(path, error, _known(form))) from error
    return held.getvalue()


def _context(form: Form, sheet: Sheet) -> dict[str, Any]:
    given: dict[str, Any] = dict.fromkeys(FIXED, "")
    given |= {"单位名称": clean(sheet.agency), "表名": clean(sheet.title), "事项编号": clean(sheet.number)}
    given |= {"申请人": form.of_the_matter("applicant"), "申请科室": form.of_the_matter("unit")}
    given |= {"提交日期": form.of_the_matter("submitted"), "办理状态": sheet.state, "留痕": sheet.proof}
    given["各环节意见"] = [
        {"环节": each.step, "意见": each.text, "签名": each.who, "职务": each.post, "日期": each.on}
        for each in sheet.opinions
    ]
    given["正文"] = [{"标题": each.label, "内容": each.text} for each in sheet.passages]
    for slot in slots(form.desk.host, form.kind) if form.kind else ():
        found = form.found(slot.reference)
        given |= _named(form, slot.name, slot.blank, found[1] if found else None)
    return given


def _named(form: Form, name: str, blank: Field, value: Value | None) -> Iterator[tuple[str, Any]]:
    """What a blank is in a template: its text, an amount also in capitals, rows with their sums."""
    if blank.kind is Kind.ROWS:
        rows = value if isinstance(value, tuple) else ()
        named = columns(blank)
        yield name, [{key: _text(form, each, row.get(each.key)) for key, each in named.items()} for row in rows]
        for key, each in named.items():
            if each.kind is Kind.MONEY:
                yield f"{name}{TOTAL}{key}", format_money(sum_of(each, rows))
        return
    yield name, _text(form, blank, value)
    if blank.kind is Kind.MONEY:
        yield f"{name}{IN_WORDS}", in_words(value) if isinstance(value, Decimal) else ""


def _text(form: Form, blank: Field, value: Value | None) -> str:
    if isinstance(value, Decimal):
        return format_money(value)
    return written(form.desk, blank, value, form.day)


def _known(form: Form) -> list[str]:
    return [name for name, _ in listed(form.desk.host, form.kind)] if form.kind else [*FIXED]
