"""Rules about rounds: arranged often enough, made on the day by those named, every line answered."""

from collections.abc import Iterator

from core.finding import Problem
from core.rule_kinds import Proposal, rule
from plugins.fire import figures
from plugins.fire.matters.rounds import ROUNDS
from plugins.fire.rules.responsibilities import NoParameters

_ROUNDS = tuple(ROUNDS)


@rule("fire.often-enough", "频次不低于全国要求", NoParameters, matters=("fire.arrangement",))
def often_enough(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A round is arranged at least as often as the country demands."""
    listed, reference = figures.allowed(proposal.office, proposal.matter.text("kind"))
    frequency = proposal.matter.text("frequency")
    if listed and frequency not in listed:
        yield Problem(
            f"频次：{frequency}，少于{reference}要求的{listed[-1]}", f"频次改为：{'、'.join(listed)}", "frequency"
        )


@rule("fire.made-as-arranged", "按安排巡查检查", NoParameters, matters=_ROUNDS)
def made_as_arranged(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A round is recorded once it is made, by those whom the arrangement names."""
    matter, office = proposal.matter, proposal.office
    kind, day = ROUNDS[matter.kind], matter.day("on") or office.day
    if day > office.day:
        yield Problem(f"日期 {day} 还没有到", f"{kind}之后再登记，日期填 {office.day}", "on")
    arranged = figures.arrangement(office, kind, day)
    if arranged is None:
        yield Problem(f"还没有{kind}的安排", f"先办理防火巡查检查安排，确定{kind}的人员、内容、部位和频次")
        return
    people = [str(row["person"]) for row in arranged.rows("people")]
    if matter.applicant not in people:
        who = "、".join(office.organisation.described(each, office.day) for each in people)
        yield Problem(
            f"{office.organisation.name(matter.applicant)}不在{arranged.number}确定的{kind}人员中", f"请由{who}登记"
        )


@rule("fire.on-the-spot", "当天登记", NoParameters, matters=_ROUNDS)
def on_the_spot(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A round is written down on the day it is made."""
    day, today = proposal.matter.day("on"), proposal.office.day
    if day and day < today:
        yield Problem(f"日期 {day}，今天是 {today}", "写明事后补登的理由后继续", "on")


@rule("fire.every-line-answered", "逐项查看", NoParameters, matters=_ROUNDS)
def every_line_answered(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Everything that was arranged is looked at, and what is not sound is told."""
    matter, office = proposal.matter, proposal.office
    rows = matter.rows("lines")
    looked = {(row.get("place"), row.get("point")) for row in rows}
    missing = [each for each in figures.points(office, ROUNDS[matter.kind], matter.day("on") or office.day)
               if each not in looked]  # fmt: skip
    if missing:
        told = "、".join(f"{place}·{point}" for place, point in missing[:5])
        more = f"等 {len(missing)} 项" if len(missing) > 5 else ""
        yield Problem(f"没有查看：{told}{more}", "逐项查看，每项填一行", "lines")
    for number, row in enumerate(rows, 1):
        if row.get("sound") is not True and not row.get("note"):
            yield Problem(
                f"{row.get('place')}·{row.get('point')}：不正常，没有写明问题", "写明是什么问题、当场怎样处理",
                f"lines.{number}.note",
            )  # fmt: skip


KINDS = (often_enough, made_as_arranged, on_the_spot, every_line_answered)
