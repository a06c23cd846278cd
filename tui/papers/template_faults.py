"""What is wrong with an agency's template, and at which paragraph of it."""

import re
from collections.abc import Iterator
from pathlib import Path

from docx import Document
from docx.oxml.ns import qn
from jinja2 import TemplateError, UndefinedError, meta
from jinja2.sandbox import SandboxedEnvironment

from core.host import reason_of
from core.text import clean, nearest

_LOOP = re.compile(r"\{%\w*\s+for\s+(\w+)\s+in\s+(\w+)")
_VALUE = re.compile(r"\{\{(.*?)\}\}")
_OPENED, _CLOSED = re.compile(r"\{\{|\{%"), re.compile(r"\}\}|%\}")
_SHOWN = 40


def fault_of(path: Path, error: Exception, known: list[str]) -> str:
    """A sentence that names the file, the paragraph and what to do; `known` are the names it may use."""
    where = f"表样 {path} "
    if not isinstance(error, TemplateError):
        return f"{where}打不开或填不进去（{reason_of(error)}），请用 Word 重新存为 .docx"
    paragraphs = list(_tagged(path))
    loops = [found[0] for _, text in paragraphs for found in _LOOP.findall(text)]
    for place, text in paragraphs:
        if told := _wrong(text, [*known, *loops]):
            return f"{where}第 {place} 段“{clean(text)[:_SHOWN]}”：{told}"
    if isinstance(error, UndefinedError) and (quoted := re.findall(r"'([^']+)'", str(error))):
        return f"{where}里的“{clean(quoted[-1])}”没有，可以用的名称见 guizhang paper-template"
    return f"{where}写法有误（{reason_of(error)}），可以用的名称见 guizhang paper-template"


def _tagged(path: Path) -> Iterator[tuple[int, str]]:
    """The paragraphs with tags in them, those in tables too, numbered from the top of the document."""
    for place, paragraph in enumerate(Document(str(path)).element.body.iter(qn("w:p")), 1):
        text = "".join(each.text or "" for each in paragraph.iter(qn("w:t")))
        if "{" in text:
            yield place, text


def _wrong(text: str, known: list[str]) -> str:
    """What is wrong with the tags of one paragraph; empty where nothing is."""
    if len(_OPENED.findall(text)) != len(_CLOSED.findall(text)):
        return "括号没有成对，应写作 {{ 名称 }}"
    names = {source for _, source in _LOOP.findall(text)}
    for inside in _VALUE.findall(text):
        try:
            names |= meta.find_undeclared_variables(SandboxedEnvironment().parse("{{" + inside + "}}"))
        except TemplateError:
            return f"“{inside.strip()}”不合写法，应写作 {{{{ 名称 }}}}"
    for name in sorted(names - set(known)):
        hint = nearest(name, known)
        return f"没有“{name}”，是否指“{hint}”？" if hint else f"没有“{name}”这个名称"
    return ""
