"""What is planned and counted of study must fit the calendar, and be some study at all."""

from collections.abc import Iterator

from core.acts import Verb
from core.days.terms import period_written
from core.finding import Problem
from core.rule_kinds import Proposal

FORM = "general/form"


def fits(proposal: Proposal) -> Iterator[tuple[str, Problem]]:
    """The months of a plan are of its year, and study takes some time."""
    matter = proposal.matter
    if proposal.act.verb not in (Verb.SUBMIT, Verb.RESUBMIT) or not matter.kind.startswith("study."):
        return
    year = matter.text("period")[:4]
    for number, row in enumerate(matter.rows("lines"), 1):
        month = str(row.get("month", ""))
        if month and not month.startswith(year):
            facts = f"{period_written(month)}不在{period_written(matter.text('period'))}之内"
            yield FORM, Problem(facts, f"写{year}年的月份", f"lines.{number}.month")
        if row.get("half_days") == 0:
            yield FORM, Problem("学习时间 0 个半天", "填 1 以上，一天计 2 个半天", f"lines.{number}.half_days")
    if matter.values.get("half_days") == 0 and not matter.rows("lines") and matter.kind != "study.review":
        yield FORM, Problem("学习时间 0 个半天", "填 1 以上，一天计 2 个半天", "half_days")
    for number, row in enumerate(matter.rows("rows"), 1):
        if row.get("hours") == 0:
            yield FORM, Problem("学时 0", "填 1 以上；没有学的不填", f"rows.{number}.hours")
