"""What is planned and counted of study must fit the calendar, and be some study at all."""

from collections.abc import Iterator

from core.acts import Verb
from core.days.terms import Term
from core.finding import Problem
from core.rule_kinds import Proposal

FORM = "general/form"
_YEAR, _QUARTER, _MONTH = 12, 3, 1
_PERIODS = {
    "study.plan": (_YEAR, _QUARTER),
    "study.office-plan": (_YEAR, _QUARTER),
    "study.personal-plan": (_YEAR,),
    "study.online": (_YEAR,),
}
"""How many months the period of each kind may have."""


def fits(proposal: Proposal) -> Iterator[tuple[str, Problem]]:
    """Study is of a year, quarter or month that there is, and takes some time."""
    matter = proposal.matter
    if proposal.act.verb not in (Verb.SUBMIT, Verb.RESUBMIT) or not matter.kind.startswith("study."):
        return
    lengths, period = _PERIODS.get(matter.kind, ()), matter.text("period")
    if lengths and period and not Term.written(period, *lengths):
        ways = "2026 或 2026Q1" if _QUARTER in lengths else "2026"
        yield FORM, Problem(f"期间“{period}”不能辨认", f"写作 {ways}", "period")
    for number, row in enumerate(matter.rows("lines"), 1):
        month = str(row.get("month", ""))
        if month and not (Term.written(month, _MONTH) and (not lengths or month.startswith(period[:4]))):
            yield (
                FORM,
                Problem(f"月份“{month}”不在期间“{period}”之内", f"写作 {period[:4]}-03", f"lines.{number}.month"),
            )
        if row.get("half_days") == 0:
            yield FORM, Problem("学习时间 0 个半天", "填 1 以上，一天计 2 个半天", f"lines.{number}.half_days")
    if matter.values.get("half_days") == 0 and not matter.rows("lines") and matter.kind != "study.review":
        yield FORM, Problem("学习时间 0 个半天", "填 1 以上，一天计 2 个半天", "half_days")
    for number, row in enumerate(matter.rows("rows"), 1):
        if row.get("hours") == 0:
            yield FORM, Problem("学时 0", "填 1 以上；没有学的不填", f"rows.{number}.hours")
