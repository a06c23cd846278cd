"""Rules about statements and counted work: they say what the books say, and what is still missing is named."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.finding import Problem
from core.rule_kinds import Proposal, rule
from core.rules.wording import people
from plugins.study import figures
from plugins.study.rules.sessions import Least, NoParameters, in_days

_REVIEW = ("study.review",)


def _year(proposal: Proposal) -> str:
    """The year a statement is for; empty where none could be read."""
    return proposal.matter.text("period")


@rule("study.standing-true", "个人情况与台账一致", NoParameters, matters=("study.standing",))
def standing_true(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A person's statement shows what the books show."""
    office, matter = proposal.office, proposal.matter
    if not _year(proposal):
        return  # The year itself is refused with the form.
    said = {row.get("item"): row for row in matter.rows("rows")}
    for row in figures.owed(office, matter.text("person"), _year(proposal)):
        if said.get(row["item"]) != row:
            told = f"应完成 {row['required']}，已完成 {row['done']}，还差 {row['missing']} {row['unit']}"
            yield Problem(f"“{row['item']}”与台账不符", f"{row['item']}一行填：{told}，不迟于 {row['by']}", "rows")


@rule("study.review-true", "汇总与台账一致", NoParameters, matters=_REVIEW)
def review_true(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """The year's review leaves nobody out and shows what the books show."""
    office, matter, year = proposal.office, proposal.matter, _year(proposal)
    if not year:
        return  # The year itself is refused with the form.
    booked = figures.half_days(office, year)
    if matter.count("half_days") != booked:
        yield Problem(
            f"中心组集中学习 {matter.count('half_days')} 个半天，台账是 {booked}", f"改为 {booked}", "half_days"
        )
    uncovered = "、".join(figures.uncovered(office, year))
    if matter.text("uncovered") != uncovered:
        yield Problem("没有学到的类别与台账不符", f"填{uncovered}" if uncovered else "留空", "uncovered")
    said = {str(row.get("person")): row for row in matter.rows("people")}
    wrong = [line["person"] for line in figures.reviewed(office, year) if said.get(line["person"]) != line]
    if wrong:
        yield Problem(
            f"与台账不符：{people(proposal, wrong[:5])}等 {len(wrong)} 人", "重新打开本表，用台账生成的数字", "people"
        )


@rule("study.days-enough", "全年学习时间", Least, matters=_REVIEW)
def days_enough(parameters: Least, proposal: Proposal) -> Iterator[Problem]:
    """The centre group studied together for at least so long in the year."""
    half_days = figures.half_days(proposal.office, _year(proposal))
    if half_days < parameters.half_days:
        facts = f"全年集中学习 {in_days(half_days)} < {in_days(parameters.half_days)}"
        yield Problem(facts, f"补足 {in_days(parameters.half_days - half_days)}；来不及的，写明原因后继续", "half_days")


@rule("study.contents-covered", "学习内容齐全", NoParameters, matters=_REVIEW)
def contents_covered(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Every kind of content has been studied in the year."""
    if uncovered := figures.uncovered(proposal.office, _year(proposal)):
        yield Problem(f"没有学到：{'、'.join(uncovered)}", "补学；来不及的，写明原因后继续", "uncovered")


@dataclass(frozen=True, slots=True)
class Percent:
    """The least share of a year's sessions, in hundredths."""

    least: int


@rule("study.member-share", "成员年出席率", Percent, matters=_REVIEW)
def member_share(parameters: Percent, proposal: Proposal) -> Iterator[Problem]:
    """Every member was there at so many of the year's sessions."""
    office = proposal.office
    for person in figures.members(office):
        share = figures.percent(office, person, _year(proposal))
        if share is not None and share < parameters.least:
            facts = f"{people(proposal, [person])}年出席率 {share}% < {parameters.least}%"
            yield Problem(facts, "写明原因和补课情况后继续", "people")


@rule("study.everybody-done", "人人完成", NoParameters, matters=_REVIEW)
def everybody_done(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Everyone has written and planned what the year asks of him."""
    office = proposal.office
    for person in figures.staff(office.organisation, office.day) if _year(proposal) else ():
        if short := figures.missing(office, person, _year(proposal)):
            yield Problem(
                f"{people(proposal, [person])}还差：{short}", "补齐后再汇总；确实没有的，写明原因后继续", "people"
            )


@rule("study.not-twice", "不重复计数", NoParameters, matters=("study.writing", "study.online"))
def not_twice(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A writing is registered once and under one kind; a course counts once a year for a person."""
    office, matter = proposal.office, proposal.matter
    if matter.kind == "study.writing":
        title, person = matter.text("title"), matter.text("person")
        if office.total("study.writings", "count", person=person, title=title):
            kind = office.entries("study.writings", person=person, title=title, limit=1)[0].values["kind"]
            yield Problem(f"《{title}》已登记为{kind}", "另写一篇，或改正题目", "title")
        return
    seen: set[tuple[str, str]] = set()
    for number, row in enumerate(matter.rows("rows"), 1):
        key = (str(row.get("person")), str(row.get("course")))
        booked = office.total("study.hours", "hours", year=_year(proposal), person=key[0], course=key[1])
        if key in seen or booked:
            name = office.organisation.name(key[0])
            yield Problem(f"{name}的“{key[1]}”已经计过学时", f"删去第 {number} 行", f"rows.{number}.course")
        seen.add(key)


@rule("study.held-already", "学过再记", NoParameters, matters=("study.collective", "study.writing"))
def held_already(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """What is recorded has taken place; a topic is spoken on by the one it was given to."""
    matter, office = proposal.matter, proposal.office
    key = "held_on" if matter.kind == "study.collective" else "written_on"
    if (day := matter.day(key)) and day > office.day:
        yield Problem(f"日期 {day} 还没有到", "之后再登记", key)
    assignment = office.matter(matter.text("assignment"))
    if assignment and matter.text("speaker") != assignment.text("person"):
        name = office.organisation.name(assignment.text("person"))
        yield Problem(f"{assignment.number} 的承担人是{name}", f"辅导人填{name}；换人的，另行安排", "speaker")


@rule("study.writing-for-duty", "所写的就是应写的", NoParameters, matters=("study.writing",))
def writing_for_duty(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A writing filed for a duty is its owner's, of the year that the duty asks for."""
    matter, office = proposal.matter, proposal.office
    duty = office.duty(matter.duty) if matter.duty else None
    day = matter.day("written_on")
    if duty is None or day is None:
        return
    if duty.person != matter.text("person"):
        facts = f"作者是{people(proposal, [matter.text('person')])}，不是“{duty.title}”"
        yield Problem(facts, "改正作者，或不选这件例行事项", "person")
    if duty.period != str(day.year):
        yield Problem(f"完成日期 {day} 不在“{duty.title}”的年度内", "改正完成日期，或不选这件例行事项", "written_on")


KINDS = (
    writing_for_duty,
    standing_true, review_true, days_enough, contents_covered, member_share, everybody_done, not_twice, held_already,
)  # fmt: skip
