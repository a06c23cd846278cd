"""Rules about Party dues: how much, for which month, by whom, and that the figures are the book's."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from core.days.terms import Term, period_written
from core.days.wording import month_of, quarter_of
from core.finding import Level, Problem
from core.matter import State
from core.rule_kinds import Proposal, rule
from core.rules.no_parameters import NoParameters
from core.rules.wording import people
from plugins.party import dues, roll

_ASSESSMENT, _COLLECTION, _LAPSE = ("party.dues-assessment",), ("party.dues-collection",), ("party.dues-lapse",)


def _months(row: Mapping[str, Any]) -> int | None:
    try:
        return roll.numbered(str(row.get("month", "")))
    except ValueError:
        return None


@rule("party.dues-tier", "党费按比例核定", NoParameters, matters=_ASSESSMENT)
def by_the_tiers(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A member's monthly dues are his income at the national rate of its tier, for the months of one year.

    Who cannot pay so much pays less, or nothing, where the superior Party committee approved it.
    """
    office, year = proposal.office, proposal.matter.text("period")
    for number, row in enumerate(proposal.matter.rows("lines"), 1):
        month = str(row.get("month") or "")
        if month and not month.startswith(f"{year}-"):
            facts = f"起算月份{period_written(month)}不在{period_written(year)}之内"
            yield Problem(facts, f"写{period_written(year)}的月份", f"lines.{number}.month")
        if not {"person", "category", "income", "monthly"} <= set(row):
            continue
        due = dues.monthly(office, row["category"], row["income"], office.day)
        who, reduced = people(proposal, [row["person"]]), row["category"] == dues.REDUCED
        if reduced and not row.get("approval"):
            remedy = "经支部研究、上一级党委批准以后再填，写明文号"
            yield Problem(f"{who}少交或免交，没有批准文号", remedy, f"lines.{number}.approval")
        if row["monthly"] >= due if reduced else row["monthly"] != due:
            facts = f"{who}月收入 {row['income']} 元，按比例应交 {due} 元，填写 {row['monthly']} 元"
            remedy = f"填写批准的数额，少于 {due} 元" if reduced else f"每月应交改为 {due} 元"
            yield Problem(facts, remedy, f"lines.{number}.monthly")


@rule("party.dues-once", "一年核定一次", NoParameters, matters=_ASSESSMENT)
def fixed_once(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """What was fixed changes only for months that are not paid yet; who has nothing fixed for the year is named."""
    matter, office = proposal.matter, proposal.office
    year, rows = matter.text("period"), matter.rows("lines")
    members = [each.person for each in roll.roll(office, matter.text("unit"))]
    books = dues.accounts(office, {*members, *roll.named(rows)})
    for number, row in enumerate(rows, 1):
        person, month = str(row.get("person", "")), str(row.get("month") or f"{year}-01")
        who, at = people(proposal, [person]), f"lines.{number}.month"
        if row.get("monthly") is not None and books.fixed(person, month) == row["monthly"]:
            yield Problem(f"{who}{period_written(month)}起每月 {row['monthly']} 元，已经核定", "删去这一行", at)
        elif paid := books.last_paid(person, month):
            later = Term.read(paid).moved(1).title
            yield Problem(f"{who}的党费已经交到{period_written(paid)}", f"收入有变动的，起算月份填{later}或以后", at)
    left = [each for each in members if each not in roll.named(rows) and books.fixed(each, f"{year}-12") is None]
    if left:
        yield Problem(f"{year} 年没有核定的党员：{people(proposal, left)}", "逐人核定", "lines", Level.NOTE)


@rule("party.dues-of-members", "支部的党员", NoParameters, matters=(*_ASSESSMENT, *_COLLECTION))
def of_members(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Dues are fixed and taken by a member's own branch, once for each member and month."""
    matter = proposal.matter
    members = roll.members(proposal.office, roll.named(matter.rows("lines")))
    seen: set[tuple[str, str]] = set()
    for number, row in enumerate(matter.rows("lines"), 1):
        person = str(row.get("person", ""))
        found = members.get(person)
        if person and (found is None or found.unit != matter.text("unit")):
            facts = f"{people(proposal, [person])}不在本支部的党员名册上"
            yield Problem(facts, "由其所在支部办理；新转入的先办理党员名册登记", f"lines.{number}.person")
        key = (person, str(row.get("month", "")))
        if key in seen:
            yield Problem(f"{people(proposal, [person])}写了两行", "删去重复的一行", f"lines.{number}.person")
        seen.add(key)


@rule("party.dues-fixed", "先核定后收缴", NoParameters, matters=_COLLECTION)
def fixed_first(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A month's dues are what was fixed for the member for the year; nothing is taken before that."""
    rows = proposal.matter.rows("lines")
    books = dues.accounts(proposal.office, roll.named(rows))
    for number, row in enumerate(rows, 1):
        if {"person", "month", "amount"} <= set(row):
            due = books.fixed(row["person"], row["month"])
            whose = f"{people(proposal, [row['person']])}{period_written(row['month'])}"
            if due is None:
                facts = f"{whose}的党费还没有核定"
                yield Problem(facts, "先办理党费核定", f"lines.{number}.person")
            elif row["amount"] != due:
                facts = f"{whose}核定 {due} 元，填写 {row['amount']} 元"
                yield Problem(facts, f"金额改为 {due} 元", f"lines.{number}.amount")


@rule("party.dues-monthly", "按月交纳", NoParameters, matters=_COLLECTION)
def each_month_once(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Each month is paid once; by oneself for the present month, ahead for a later, late for an earlier one.

    Nothing is added to a past quarter that has been passed on.
    """
    matter, office = proposal.matter, proposal.office
    day = matter.day("day") or office.day
    quarter = quarter_of(day)
    if quarter != quarter_of(office.day) and dues.remitted(office, matter.text("unit"), quarter) > dues.NOTHING:
        yield Problem(f"日期 {day} 所在的季度已经上缴党费", f"账已结清，日期填 {office.day}", "day")
    now, rows = roll.numbered(month_of(day)), matter.rows("lines")
    books = dues.accounts(office, roll.named(rows))
    for number, row in enumerate(rows, 1):
        month, way = _months(row), row.get("way")
        if month is None or way is None or "person" not in row:
            continue
        if books.paid(row["person"], row["month"]) > dues.NOTHING:
            facts = f"{people(proposal, [row['person']])}{period_written(row['month'])}的党费已经交过"
            yield Problem(facts, "删去这一行", f"lines.{number}.month")
        fit = {dues.AHEAD: month > now, dues.LATE: month < now}.get(way, month == now)
        if not fit:
            right = dues.AHEAD if month > now else dues.LATE if month < now else f"{dues.SELF}或{dues.FOR_OTHER}"
            yield Problem(
                f"收取{period_written(roll.month_named(now))}，所属{period_written(row['month'])}，不是{way}",
                f"交纳方式改为{right}",
                f"lines.{number}.way",
            )


@rule("party.dues-consent", "代交预交补交须经支部同意", NoParameters, matters=_COLLECTION)
def consented(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """What is paid for another, ahead or late has the branch's consent for that member, way and month."""
    for number, row in enumerate(proposal.matter.rows("lines"), 1):
        month, way = _months(row), row.get("way")
        if month is None or way in (None, dues.SELF):
            continue
        consent = proposal.office.matter(str(row.get("consent", "")))
        good = (
            consent is not None
            and consent.state is State.SETTLED
            and (consent.text("person"), consent.text("way")) == (row.get("person"), way)
            and roll.numbered(consent.text("first")) <= month <= roll.numbered(consent.text("last"))
            and (way != dues.FOR_OTHER or consent.text("payer") == row.get("payer"))
        )
        if not good:
            facts = f"{people(proposal, [str(row.get('person', ''))])}{period_written(row['month'])}{way}，没有支部同意"
            yield Problem(
                facts, "先由本人办理党费代交预交补交申请，经支部书记同意后填写编号", f"lines.{number}.consent"
            )


@rule("party.dues-span", "申请的月份", NoParameters, matters=("party.dues-consent",))
def sound_span(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A consent is asked for months in order; whoever pays for another is a member and not the same person."""
    matter, office = proposal.matter, proposal.office
    try:
        ordered = roll.numbered(matter.text("first")) <= roll.numbered(matter.text("last"))
    except ValueError as error:
        yield Problem(str(error), "改正起始、截止月份", "first")
        return
    if not ordered:
        yield Problem("起始月份晚于截止月份", "把起止月份改成先后次序", "last")
    payer = matter.text("payer")
    another = payer not in ("", matter.text("person")) and roll.member(office, payer) is not None
    if matter.text("way") == dues.FOR_OTHER and not another:
        said = people(proposal, [payer]) if payer else "未填写"
        yield Problem(f"代交人：{said}", "代交人填写另一名党员", "payer")


@rule("party.dues-late", "补交的期限", NoParameters, matters=(*_COLLECTION, "party.dues-consent"))
def not_too_late(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Dues are not paid back for a month longer ago than the limit."""
    matter, office = proposal.matter, proposal.office
    most = int(office.setting("party.late-months"))
    earliest = roll.numbered(month_of(matter.day("day") or office.day)) - most
    asked = [("first", matter.text("first"))] if matter.text("way") == dues.LATE else []
    rows = enumerate(matter.rows("lines"), 1)
    asked += [(f"lines.{at}.month", str(row.get("month", ""))) for at, row in rows if row.get("way") == dues.LATE]
    for at, month in asked:
        found = _months({"month": month})
        if found is not None and found < earliest:
            first = period_written(roll.month_named(earliest))
            facts = f"{period_written(month)}早于{first}，超过 {most} 个月"
            yield Problem(facts, f"不能补交；补交从{first}起，更早的报支部研究", at)


@rule("party.dues-admission", "新党员的起交月份", NoParameters, matters=(*_ASSESSMENT, *_COLLECTION))
def from_admission(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A new member owes dues from the month he was approved as a probationary member, neither earlier nor later."""
    matter = proposal.matter
    members = roll.members(proposal.office, roll.named(matter.rows("lines")))
    for number, row in enumerate(matter.rows("lines"), 1):
        found = members.get(str(row.get("person", "")))
        if found is None:
            continue
        admitted, at = month_of(found.since), f"lines.{number}.month"
        who, first = people(proposal, [found.person]), period_written(admitted)
        year = matter.text("period")
        month = str(row.get("month") or f"{year}-01")
        if month < admitted:
            facts = f"{who} {found.since} 批准为预备党员，{period_written(month)}早于{first}"
            yield Problem(facts, f"从{first}起交纳", at)
        elif matter.kind in _ASSESSMENT and admitted[:4] == year and month != admitted:
            facts = f"{who}{first}批准为预备党员，起算月份写的是{period_written(month)}"
            yield Problem(facts, f"起算月份改为{first}", at)


@rule(
    "party.dues-figures",
    "数字与账簿一致",
    NoParameters,
    matters=("party.remittance", "party.dues-publication", "party.dues-check"),
)
def by_the_book(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """What is passed on, published or found unpaid is what the dues book says."""
    matter, office = proposal.matter, proposal.office
    unit, period = matter.text("unit"), matter.text("period")
    try:
        term = Term.read(period)
    except ValueError:
        return  # The period itself is refused with the form.
    if too_early := _too_early(matter.kind, term, office.day):
        yield too_early
        return
    if matter.kind == "party.remittance":
        passed_on = dues.remitted(office, unit, period)
        rest = dues.collected(office, unit, period) - passed_on
        if matter.money("amount") != rest:
            facts = f"账簿应上缴 {rest} 元，填写 {matter.money('amount')} 元"
            yield Problem(facts, f"金额改为 {rest} 元", "amount")
        elif rest <= 0 < passed_on:
            yield Problem(f"{period_written(period)}的党费已全部上缴", "不用再登记", "period")
        return
    of_book = dues.account_lines if matter.kind == "party.dues-publication" else dues.unpaid_lines
    due = of_book(office, unit, period)
    if _figures(due) != _figures(matter.rows("lines")):
        measure = "元" if of_book is dues.account_lines else "个月"
        lines = (f"{people(proposal, [str(row['person'])])} {_figure(row)} {measure}" for row in due)
        said = "；".join(lines) or "没有，留空"
        yield Problem("所列与账簿不一致", f"按账簿填写：{said}", "lines")


def _too_early(kind: str, term: Term, day: date) -> Problem | None:
    """What is unpaid shows when a month is over; nothing is passed on or published of a quarter that has not begun."""
    if kind == "party.dues-check" and day <= term.last:
        return Problem(f"{term.title}还没有过完", f"{term.last} 以后再核对", "period")
    return Problem(f"{term.title}还没有到", "改正期间", "period") if day < term.first else None


def _figure(row: Mapping[str, Any]) -> Decimal | int:
    figure: Decimal | int = row["amount"] if "amount" in row else row["months"]
    return figure


def _figures(rows: Any) -> dict[str, Decimal | int]:
    return {str(row["person"]): _figure(row) for row in rows if "person" in row and {"amount", "months"} & set(row)}


@rule("party.dues-lapse", "连续不交党费", NoParameters, matters=_LAPSE)
def six_in_a_row(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Only so many months in a row without good reason are reported, and only of a member."""
    matter, least = proposal.matter, int(proposal.office.setting("party.lapse-months"))
    months = matter.count("months")
    if months < least:
        facts = f"连续未交 {months} 个月 < {least} 个月"
        yield Problem(facts, "不够报批的月数；先批评教育，督促补交", "person")
    if matter.flag("good_reason"):
        yield Problem("有正当理由", "不作自动脱党处理；办理补交", "good_reason")


KINDS = (
    by_the_tiers,
    fixed_once,
    of_members,
    fixed_first,
    each_month_once,
    consented,
    sound_span,
    not_too_late,
    from_admission,
    by_the_book,
    six_in_a_row,
)
