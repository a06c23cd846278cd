"""One clause: its words, what carries it out, how its openings are read, and what has been done under it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields as blanks_of
from enum import Enum
from typing import Any

from tinydb import where

from core.chains.selectors import described
from core.chains.steps import Chain
from core.condition import Condition, shown
from core.condition_words import in_words, named
from core.family import Setting
from core.fields import Kind
from core.rulebook.model import Clause, ClauseClass, RecurringDuty, Regulation, RuleUse
from tui.screens.reading import ReadingScreen
from tui.session import Session
from tui.widgets.prose import Paragraph
from tui.wording import duty_text

_NEWEST = 10


class ClauseScreen(ReadingScreen):
    """Everything about one clause."""

    def __init__(self, session: Session, key: str) -> None:
        self._key = key
        super().__init__(session)

    def paragraphs(self) -> list[Paragraph]:
        found = self.session.office.rulebook.find(self._key)
        if found is None:
            return [Paragraph("没有这一条。")]
        regulation, clause = found
        text = [
            Paragraph(f"《{regulation.title}》{clause.name}", strong=True),
            Paragraph(clause.text, 2),
            Paragraph(f"条款编号：{self._key}", 2),
            Paragraph(""),
            Paragraph(f"落实：{clause.classed.title}（{_MEANING[clause.classed]}）", strong=True),
            *(Paragraph(line, 2) for line in enforcement(self.session, clause)),
        ]
        if clause.note:
            text += [Paragraph(""), Paragraph("怎样理解", strong=True), Paragraph(clause.note, 2)]
        return [*text, Paragraph(""), *self._records(clause)]

    def _records(self, clause: Clause) -> Iterator[Paragraph]:
        session = self.session
        yield Paragraph("依此条办理的", strong=True)
        kinds = {chain.matter for chain in clause.chains} | {kind for use in clause.rules for kind in use.matters}
        count = 0
        for kind in sorted(kinds):
            declared = session.office.host.matter_types.get(kind)
            found = session.office.store.table("matters").count(where("kind") == kind)
            if declared and found:
                count += 1
                yield Paragraph(f"《{declared.title}》{found} 件", 2)
                for matter in session.desk.matters(kind, limit=_NEWEST):
                    name = declared.about(matter.values)
                    yield Paragraph(f"{matter.number}　{name}　{matter.state.title}", 4)
        for duty in [each for each in session.desk.duties() if each.clause == self._key][:_NEWEST]:
            count += 1
            state = duty_text(duty, session.day)
            yield Paragraph(f"例行：{duty.title}　{duty.due}　{state}", 2)
        if not count:
            yield Paragraph("还没有。", 2)


_MEANING = {
    ClauseClass.ENFORCED: "违反的不予办理",
    ClauseClass.TRACKED: "到期提醒，逾期显示",
    ClauseClass.RECORDED: "必须如实登记，不得更改",
    ClauseClass.MANUAL: "由人判断",
}


def enforcement(session: Session, clause: Clause) -> Iterator[str]:
    """What carries a clause out, in words, a line each."""
    for use in clause.rules:
        yield rule_line(session, use)
    for chain in clause.chains:
        yield from _chain_lines(session, chain)
    for duty in clause.duties:
        yield _duty_line(session, duty)
    if clause.records:
        yield f"登记：{'、'.join(_record_title(session, each) for each in clause.records)}"
    for key, value in clause.settings.items():
        setting = session.office.host.settings.get(key)
        if setting:
            values = value if isinstance(value, tuple) else (value,)
            yield f"设置：{setting.title} = {'、'.join(_set(session, setting, each) for each in values)}"
    if clause.cited_by_steps:
        yield "程序：由办理流程或系统直接落实"
    if clause.manual:
        yield f"人工：{clause.manual}"


def _set(session: Session, setting: Setting, value: Any) -> str:
    """What a clause sets; posts and selectors, which are kept as text, by what they stand for."""
    plain = shown(named(value, setting.kind, session.desk))
    return described(plain, session.organisation) if setting.kind is Kind.TEXT and plain.isascii() else plain


def rule_line(session: Session, use: RuleUse) -> str:
    """A rule with its parameters and the matters it is judged for."""
    kinds = session.office.host.matter_types
    on = "、".join(f"《{kinds[kind].title}》" for kind in use.matters if kind in kinds)
    figures = [_figure(session, use, blank.name) for blank in blanks_of(use.parameters)]
    told = f"：{'，'.join(figure for figure in figures if figure)}" if any(figures) else ""
    when = f"（{in_words(use.when, session.desk, use.matters[0])}时）" if use.when else ""
    return f"规则：{use.kind.title}{told}{when}　用于{on}　{use.level.title}"


def _figure(session: Session, use: RuleUse, name: str) -> str:
    """A parameter in words: what it holds; keys of blanks, posts and bodies by their titles."""
    value: Any = getattr(use.parameters, name)
    if value is None or value == "" or value == () or value is False:
        return ""
    values = value if isinstance(value, tuple | list) else (value,)
    return "、".join(_titled(session, use, each) for each in values)


def _titled(session: Session, use: RuleUse, value: Any) -> str:
    if isinstance(value, Condition):
        return in_words(value, session.desk, use.matters[0])
    if not isinstance(value, str):
        return str(getattr(value, "title", value.value)) if isinstance(value, Enum) else shown(value)
    agency, host = session.office.agency, session.office.host
    for kind in use.matters:
        if title := _of_matter(session, kind, value):
            return title
    tables = (agency.posts, agency.units, agency.bodies, host.matter_types, host.ledgers, host.settings)
    title = next((table[value].title for table in tables if value in table), "") or agency.functions.get(value, "")
    return title or (described(value, session.organisation) if value.isascii() else value)


def _of_matter(session: Session, kind: str, key: str) -> str:
    """What a key of a matter stands for: a blank of its form or of a step's, a column, a step that has a form."""
    declared = session.office.host.matter_types[kind]
    blanks = [*declared.facts, *(blank for form in declared.step_forms.values() for blank in form)]
    columns = (column for blank in blanks for column in blank.columns)
    steps = (step for chain, _, _ in session.office.rulebook.chains(kind) for step in chain.steps)
    titles = [each.title for each in (*blanks, *columns) if each.key == key]
    titles += [step.title for step in steps if step.form == key]
    return titles[0] if titles else ""


def _chain_lines(session: Session, chain: Chain) -> Iterator[str]:
    kind = session.office.host.matter_types.get(chain.matter)
    when = f"（{in_words(chain.when, session.desk, chain.matter)}时）" if chain.when else ""
    yield f"流程：《{kind.title if kind else chain.matter}》{when}"
    for place, step in enumerate(chain.steps, 1):
        body = session.office.agency.bodies.get(step.body)
        who = "、".join(described(selector, session.organisation) for selector in step.by)
        only = f"（{in_words(step.when, session.desk, chain.matter)}时）" if step.when else ""
        due = f"，限 {step.due.days} {'个工作日' if step.due.workdays else '天'}" if step.due else ""
        yield f"  {place} {step.title}：{body.title if body else who}{due}{only}"


def _duty_line(session: Session, duty: RecurringDuty) -> str:
    often = duty.every.title if duty.every else "每件事项之后"
    kind = session.office.host.matter_types.get(duty.evidence)
    proof = f"，以《{kind.title}》为凭" if kind else ""
    return f"例行：{duty.title}，{often}，由{described(duty.by, session.organisation)}办理{proof}"


def _record_title(session: Session, key: str) -> str:
    ledger = session.office.host.ledgers.get(key)
    if ledger:
        return ledger.title
    for kind in session.office.host.matter_types.values():
        if key.startswith(f"{kind.key}."):
            return f"《{kind.title}》{kind.place(key.removeprefix(f'{kind.key}.'))}"
    return key


def coverage_text(regulation: Regulation) -> str:
    """How the clauses of a regulation are carried out, counted."""
    counts = Counter(clause.classed for clause in regulation.clauses)
    total = len(regulation.clauses)
    lines = [f"《{regulation.title}》共 {total} 条"]
    lines += [f"{classed.title}：{counts[classed]} 条，{_MEANING[classed]}" for classed in ClauseClass]
    return "\n".join(lines)
