"""What a case row expects, compared with what came of the act."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from core.cases.acts import duties_titled, holds, titled
from core.cases.files import CaseRow
from core.cases.words import read_filled
from core.chains.planning import plan, present_actors
from core.chains.steps import StepKind
from core.family import LedgerType
from core.fields import Kind
from core.finding import Finding, Level
from core.matter import Matter, State
from core.money import format_money, parse_money
from core.office import Office
from core.records import DutyState, Entry
from core.rulebook.coverage import Tally
from core.rulebook.faults import meant
from core.verdict import Progress, Result

PASSED, REFUSED, WARNED = "通过", "拒绝", "提醒"
_STATES = {state.title: state for state in State}
_WITH_OBJECT = ("待", "例行", "无例行", "逾期", "台账")
EXPECTATIONS = (PASSED, REFUSED, WARNED, *_STATES, *_WITH_OBJECT)
_LINES, _NOTICE = "笔数", "公示"


@dataclass
class Outcome:
    """What came of one row: the act's result, if an act was done, and the case's matter after it."""

    row: CaseRow
    office: Office
    result: Result | None
    matter: Matter | None
    faults: list[str] = field(default_factory=list)
    applied: set[str] = field(default_factory=set)
    """Clauses that something was passed by."""
    objected: set[str] = field(default_factory=set)
    """Clauses that something was refused or warned of by, or found overdue."""

    def tallies(self) -> dict[str, Tally]:
        keys = self.applied | self.objected
        return {key: Tally(int(key in self.applied), int(key in self.objected)) for key in keys}


def compare(outcome: Outcome) -> None:
    """Note in the outcome every expectation that was not met, and which clauses had a part."""
    _clauses_at_work(outcome)
    heads = [expected.split()[0] for expected in outcome.row.expected]
    if outcome.result is not None and REFUSED not in heads and WARNED not in heads:
        _passed(outcome, outcome.result)
    for expected in outcome.row.expected:
        head, *rest = expected.split(maxsplit=1)
        try:
            _CHECKS.get(head, _no_such)(outcome, rest[0] if rest else head)
        except ValueError as error:
            outcome.faults.append(str(error))
    named = outcome.applied | outcome.objected
    for key in outcome.row.clauses:
        if outcome.office.rulebook.find(key) is None:
            known = [f"{regulation.id}/{clause.no}" for regulation, clause in outcome.office.rulebook.clauses()]
            outcome.faults.append(f"没有条款“{key}”，{meant(key, known)}")
        elif not outcome.faults and key not in named:
            outcome.faults.append(f"条款 {key} 在这里没有起作用")


def _clauses_at_work(outcome: Outcome) -> None:
    """Sort the clauses of the act into those it passed by and those that objected."""
    result = outcome.result
    if result is None:
        return
    if result.done:
        kind = result.matter.kind if result.matter else ""
        outcome.applied |= set(result.verdict.judged)
        recorded = {f"{kind}.{key}" for key in (*_written(result), *_given(result))}
        recorded |= {effect.ledger for effect in result.follows if isinstance(effect, Entry)}
        outcome.applied |= _recording(outcome.office, recorded)
    for finding in result.verdict.findings:
        if finding.level is not Level.NOTE:
            outcome.objected.add(finding.clause.key)
    outcome.objected |= _refusing_clauses(outcome, result)


def _recording(office: Office, names: set[str]) -> set[str]:
    """The clauses that demand one of these blanks or ledgers."""
    return {
        f"{regulation.id}/{clause.no}"
        for regulation, clause in office.rulebook.clauses()
        if names.intersection(clause.records)
    }


def _refusing_clauses(outcome: Outcome, result: Result) -> set[str]:
    """The clauses that refused: those found against, and those that demand a blank found faulty."""
    kind = result.verdict.act.kind or (outcome.matter.kind if outcome.matter else "")
    refusing = _refusing(result)
    blanks = {f"{kind}.{finding.at.split('.')[0]}" for finding in refusing}
    return {finding.clause.key for finding in refusing} | _recording(outcome.office, blanks)


def _written(result: Result) -> Iterator[str]:
    yield from result.matter.values if result.matter else ()


def _given(result: Result) -> Iterator[str]:
    for given in result.matter.extra.values() if result.matter else ():
        yield from given if isinstance(given, dict) else ()


def _refusing(result: Result) -> list[Finding]:
    return [finding for finding in result.verdict.findings if finding.level is Level.REFUSE]


def _said(result: Result) -> str:
    findings = [finding for finding in result.verdict.findings if finding.level is not Level.NOTE]
    said = "；".join(f"{each.clause.label}（{each.clause.key}）{each.level.title}：{each.facts}" for each in findings)
    return said or "没有提出问题"


def _passed(outcome: Outcome, result: Result) -> None:
    if not result.done:
        outcome.faults.append(f"预期办成，实际没有办成。{_said(result)}")


def _as_passed(outcome: Outcome, _: str) -> None:
    if outcome.result is None:
        raise ValueError(f"“{outcome.row.action}”不办理事项，不能预期“{PASSED}”")


def _as_refused(outcome: Outcome, _: str) -> None:
    result = _needed(outcome, REFUSED)
    if not result.verdict.refused:
        raise ValueError("预期拒绝，实际办成了" if result.done else f"预期拒绝，实际只是提醒。{_said(result)}")
    _by_clauses(outcome, REFUSED, _refusing_clauses(outcome, result))


def _as_warned(outcome: Outcome, _: str) -> None:
    result = _needed(outcome, WARNED)
    warned = {finding.clause.key for finding in result.verdict.findings if finding.level is Level.WARN}
    if result.verdict.refused or not warned:
        raise ValueError(f"预期提醒，实际{'拒绝' if result.verdict.refused else '没有提醒'}。{_said(result)}")
    _by_clauses(outcome, WARNED, warned)


def _needed(outcome: Outcome, word: str) -> Result:
    if outcome.result is None:
        raise ValueError(f"“{outcome.row.action}”不办理事项，不能预期“{word}”")
    return outcome.result


def _by_clauses(outcome: Outcome, word: str, keys: set[str]) -> None:
    assert outcome.result is not None
    for key in outcome.row.clauses:
        if key not in keys:
            raise ValueError(f"预期依 {key} {word}，该条款没有提出问题。{_said(outcome.result)}")


def _as_state(outcome: Outcome, title: str) -> None:
    matter = _matter(outcome)
    if matter.state is not _STATES[title]:
        where = f"（在“{matter.step.title}”环节）" if matter.step else ""
        raise ValueError(f"预期事项{title}，实际{matter.state.title}{where}")


def _matter(outcome: Outcome) -> Matter:
    if outcome.matter is None:
        raise ValueError("这时还没有提交成功的事项")
    return outcome.matter


def _as_waiting(outcome: Outcome, who: str) -> None:
    matter, desk = _matter(outcome), outcome.office.desk
    if matter.step is None:
        raise ValueError(f"预期待{who}，实际事项{matter.state.title}")
    now = next(planned for planned in plan(desk, matter) if planned.progress is Progress.NOW)
    outcome.applied.add(now.clause.key)
    if now.step.kind is StepKind.NOTICE and who == _NOTICE:
        return
    present = present_actors(desk, matter)
    for each in who.replace("，", "、").split("、"):
        if not any(holds(each.strip(), person, desk.organisation, desk.day) for person in present):
            waiting = "、".join(now.names) or now.missing or "无人"
            raise ValueError(f"预期待{each}，实际在“{matter.step.title}”环节待{waiting}")


def _dated(rest: str, office: Office) -> tuple[str, date]:
    title, _, day = rest.rpartition(" ")
    try:
        return title.strip(), date.fromisoformat(day)
    except ValueError:
        raise ValueError(f"“例行 {rest}”应写成“例行 名称 2026-03-31”") from None


def _as_owed(outcome: Outcome, rest: str) -> None:
    title, day = _dated(rest, outcome.office)
    found = duties_titled(title, outcome.office)
    outcome.applied |= {duty.clause for duty in found if duty.due == day}
    if not any(duty.due == day for duty in found):
        days = "、".join(sorted({duty.due.isoformat() for duty in found}))
        raise ValueError(f"预期“{title}”在 {day} 前办，实际{'期限为 ' + days if days else '没有这件应办的事'}")


def _as_not_owed(outcome: Outcome, title: str) -> None:
    declared = [
        f"{each.id}/{clause.no}" for duty, each, clause in outcome.office.rulebook.duties() if titled(title, duty.title)
    ]
    if found := duties_titled(title, outcome.office):
        raise ValueError(f"预期没有应办的“{title}”，实际期限为 {found[0].due}")
    outcome.applied |= set(declared)


def _as_overdue(outcome: Outcome, title: str) -> None:
    found = duties_titled(title, outcome.office)
    overdue = [duty for duty in found if duty.state(outcome.office.desk.day) is DutyState.OVERDUE]
    if not overdue:
        state = f"期限为 {found[0].due}" if found else "没有这件应办的事"
        raise ValueError(f"预期“{title}”逾期，实际{state}")
    outcome.objected |= {duty.clause for duty in overdue}


def _as_ledger(outcome: Outcome, rest: str) -> None:
    """`付款台账 余额 金额=500`, or `付款台账 笔数=2`."""
    office = outcome.office
    title, _, pair = rest.rpartition(" ")
    title = title.strip().removesuffix("余额").strip()
    ledgers = {ledger.title: ledger for ledger in office.host.ledgers.values()}
    if title not in ledgers:
        raise ValueError(f"没有“{title}”这本台账，{meant(title, list(ledgers))}")
    ((name, figure),) = read_filled(pair).items() or ((rest, ""),)
    ledger, figure = ledgers[title], str(figure)
    if name == _LINES:
        count = len(office.desk.entries(ledger.key, limit=10_000))
        if str(count) != figure:
            raise ValueError(f"预期“{title}”有 {figure} 笔，实际 {count} 笔")
    else:
        _balance(office, ledger, name, figure)
    outcome.applied |= _recording(office, {ledger.key})


def _balance(office: Office, ledger: LedgerType, name: str, figure: str) -> None:
    summed = {column.title: column for column in ledger.columns if column.kind in (Kind.MONEY, Kind.NUMBER)}
    if name not in summed:
        raise ValueError(f"“{ledger.title}”没有可以合计的“{name}”栏，{meant(name, [*summed, _LINES])}")
    total = office.desk.total(ledger.key, summed[name].key)
    if total != parse_money(figure, allow_negative=True):
        money = summed[name].kind is Kind.MONEY
        raise ValueError(f"预期“{ledger.title}”的{name}合计 {figure}，实际 {format_money(total) if money else total}")


def _no_such(outcome: Outcome, _: str) -> None:
    expected = next(each for each in outcome.row.expected if each.split()[0] not in _CHECKS)
    raise ValueError(f"没有“{expected}”这种预期，{meant(expected.split()[0], EXPECTATIONS)}")


_CHECKS: dict[str, Callable[[Outcome, str], None]] = {
    PASSED: _as_passed,
    REFUSED: _as_refused,
    WARNED: _as_warned,
    **dict.fromkeys(_STATES, _as_state),
    "待": _as_waiting,
    "例行": _as_owed,
    "无例行": _as_not_owed,
    "逾期": _as_overdue,
    "台账": _as_ledger,
}
