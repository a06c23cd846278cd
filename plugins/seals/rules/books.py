"""Rules about the book of impressions: true to the lines, reconciled, bound once, and closed with its year."""

from collections.abc import Iterator

from core.finding import Problem
from core.matter import Matter, State
from core.rule_kinds import Proposal, rule
from core.rules.no_parameters import NoParameters
from plugins.seals import standing
from plugins.seals.reckoning import discrepancies, totals

_TITLES = {"impressions": "登记印数", "lines": "登记笔数"}


def _figures(proposal: Proposal) -> Iterator[Problem]:
    """The figures of a form against those of the book."""
    year = proposal.matter.text("period")
    for key, right in totals(proposal.office, year).items():
        said = proposal.matter.count(key)
        if said != right:
            yield Problem(f"{_TITLES[key]} {said} ≠ 登记簿 {right}", f"{_TITLES[key]}改为 {right}", key)


def _compared(matter: Matter) -> dict[tuple[str, str, str], object]:
    return {
        (str(each["way"]), str(each["reference"]), str(each["seal"])): each["count"] for each in matter.rows("rows")
    }


@rule("seals.statement-true", "核对表与登记簿、审批单一致", NoParameters, matters=("seals.statement",))
def statement_true(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """The statement names every impression without approval and every approval without impression, and no other."""
    yield from _figures(proposal)
    said = _compared(proposal.matter)
    found = {
        (row["way"], row["reference"], row["seal"]): row["count"]
        for row in discrepancies(proposal.office, proposal.matter.text("period"))
    }
    for way, reference, seal in sorted(said.keys() | found.keys()):
        key = (way, reference, seal)
        if said.get(key) != found.get(key):
            count = found.get(key, 0)
            remedy = f"列明：{way}，{reference}，{seal}，{count} 印" if count else f"删去{way}{reference}一行"
            yield Problem(f"{reference}（{seal}）{way} {said.get(key, 0)} ≠ 核对 {count}", remedy, "rows")


@rule("seals.volume-true", "年度登记簿整理归档", NoParameters, matters=("seals.volume",))
def volume_true(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A year that is over is bound once, by a statement that still holds."""
    matter, office = proposal.matter, proposal.office
    year = matter.text("period")
    if not year.isdecimal() or int(year) >= office.day.year:
        yield Problem(f"{year} 年还没有结束", "年度结束、登记完毕后再归档", "period")
        return
    for earlier in office.matters("seals.volume", period=year):
        if earlier.number != matter.number and earlier.state not in standing.ENDED:
            yield Problem(f"{year} 年已由{earlier.number}归档", "无需重复归档", "period")
    yield from _figures(proposal)
    statement = standing.referred(office, matter, "statement")
    found = {(row["way"], row["reference"], row["seal"]): row["count"] for row in discrepancies(office, year)}
    if statement is not None and (statement.text("period") != year or _compared(statement) != found):
        yield Problem(
            f"{statement.number}与 {year} 年登记簿不符", f"重新编制 {year} 年的用印核对表，填写它的编号", "statement"
        )


@rule("seals.year-closed", "归档的登记不再更正", NoParameters, matters=("core.correction",))
def year_closed(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A line of a year that has been bound is not reversed."""
    matter, office = proposal.matter, proposal.office
    ledger = matter.text("ledger")
    line = office.entry(ledger, matter.count("entry")) if ledger == standing.IMPRESSIONS else None
    bound = office.matters("seals.volume", state=State.SETTLED, period=str(line.on.year)) if line else []
    if line is not None and bound:
        facts = f"第 {matter.count('entry')} 行属 {line.on.year} 年，已由{bound[0].number}归档"
        yield Problem(facts, "归档的登记不再更正；有出入的，写入当年的用印核对表", "entry")


KINDS = (statement_true, volume_true, year_closed)
