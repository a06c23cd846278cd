"""The demonstration as text: one expenditure from request to payment, told act by act."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path

from core.cases.acts import act_of
from core.cases.files import CaseRow, read_cases
from core.cases.play import office_factory
from core.chains.planning import plan
from core.days.clock import FixedClock
from core.finding import remarks
from core.office import Office
from core.verdict import Result, receipt_line
from tui.commandline.output import remark_lines

_MORNING = time(9)

Say = Callable[[str], None]


def walk(config: Path, agency: str, say: Say) -> bool:
    """Play `cases/walk.md` on a fresh office in memory and tell it; whether the journal verified in the end."""
    case = read_cases(config / "agencies" / agency / "cases" / "walk.md").cases[0]
    clock = FixedClock(datetime.combine(case.rows[0].day, _MORNING))
    office = office_factory(config, agency)(clock)
    say(f"{office.agency.title}：{case.title}")
    numbers: list[str] = []
    for count, row in enumerate(case.rows):
        clock.set(datetime.combine(row.day, _MORNING) + timedelta(minutes=count))
        act = act_of(row, office, numbers)
        if act is None:
            continue
        result = office.perform(act)
        _tell(office, row, result, say)
        if result.matter and result.matter.number not in numbers:
            numbers.append(result.matter.number)
    verdict = office.journal.verify(documents=True)
    say("")
    say(f"留痕核验：{verdict.sentence}")
    office.close()
    return verdict.sound


def _tell(office: Office, row: CaseRow, result: Result, say: Say) -> None:
    desk = office.desk
    person = desk.organisation.described(result.verdict.act.by, desk.day)
    say("")
    say(f"{row.day}  {person}  {row.action}")
    filed = desk.matter_type(result.verdict.matter.kind) if result.verdict.matter else None
    for remark in remarks(result.verdict.findings):
        blank = filed.place(remark.at) if filed and remark.at else remark.at
        for line in remark_lines(remark, blank):
            say(f"    {line}")
    if not result.done or result.matter is None or result.receipt is None:
        say("    没有办成，已填写的内容保留，改正后可以再办。")
        return
    matter = result.matter
    waiting = next((planned for planned in plan(desk, matter) if planned.actors), None)
    kind = desk.host.matter_types[matter.kind]
    now = f"，等待{'、'.join(waiting.names)}（{waiting.step.title}）" if waiting else ""
    say(f"    {matter.number} {kind.title} {kind.about(matter.values)}：{matter.state.title}{now}")
    say(f"    {receipt_line(result.receipt)}")
