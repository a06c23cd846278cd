"""Baicheng's office meeting, from its notice to its end: for tests of what it decides and what comes of that."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from core.acts import Act, Verb
from core.cases.play import office_factory
from core.days.clock import ZONE, FixedClock
from core.finding import Level
from core.office import Office
from core.verdict import Result

CONFIG = Path(__file__).parent.parent / "config"
FRESH = office_factory(CONFIG, "baicheng")
DIRECTOR, DEPUTIES, SECRETARY, DEPUTY_SECRETARY, RECORDER = "P001", ("P004", "P003", "P002"), "P006", "P007", "P013"
WATCHER, CHARGE, HEAD, CLERK = "P005", "P003", "P016", "P019"
DONE = {"executor": "network", "responsible": HEAD, "supervisor": CHARGE, "finish_by": "2026-04-01"}


class Sitting:
    """An office of Baicheng on a morning in March 2026."""

    def __init__(self) -> None:
        self.clock = FixedClock(datetime(2026, 3, 2, 9, tzinfo=ZONE))
        self.office: Office = FRESH(self.clock)

    def on(self, day: date) -> None:
        """Another morning."""
        self.clock.set(datetime(day.year, day.month, day.day, 9, tzinfo=ZONE))

    def file(self, by: str, kind: str, **values: Any) -> Result:
        return self.office.perform(Act(Verb.SUBMIT, by, kind, values=values))

    def act(self, verb: Verb, by: str, matter: str, **said: Any) -> Result:
        return self.office.perform(Act(verb, by, matter=matter, **said))

    def begun(self, *subjects: str) -> str:
        """The number of a meeting that has voted in favour of nothing yet: called, signed in."""
        held_on = self.office.desk.day.isoformat()
        notice = number(
            self.file(
                SECRETARY, "meetings.notice", title="办务会", body="office-meeting", form="临时会议", held_on=held_on,
                time="9:00", place="三楼", convener=DIRECTOR, special="急事", discipline=True,
                items=[{"subject": each, "reporter": CHARGE} for each in subjects],
            )
        )  # fmt: skip
        assert self.act(Verb.APPROVE, DIRECTOR, notice).done
        roll = [{"person": each, "state": "到会"} for each in (DIRECTOR, *DEPUTIES)]
        values = {"chair": DIRECTOR, "recorder": RECORDER, "roll": roll, "others": [{"person": WATCHER}]}
        assert self.file(RECORDER, "meetings.opening", meeting=notice, **values).done
        return notice

    def step(self, meeting: str, kind: str, item: int = 1, **values: Any) -> Result:
        return self.file(RECORDER, f"meetings.{kind}", meeting=meeting, item=item, **values)

    def voted(self, meeting: str, item: int = 1) -> None:
        """Everyone has heard, spoken on and voted for an item."""
        assert self.step(meeting, "report", item, person=CHARGE).done
        for each in DEPUTIES:
            assert self.step(meeting, "statement", item, person=each, position="同意", text="没有补充").done
        for each in (*DEPUTIES, DIRECTOR):
            assert self.step(meeting, "vote", item, person=each, method="举手", choice="赞成").done

    def concluded(self, meeting: str, item: int = 1, outcome: str = "通过", dissent: str = "无") -> Result:
        more = DONE if outcome == "通过" else {}
        return self.step(meeting, "conclusion", item, outcome=outcome, decision="同意建设", dissent=dissent, **more)

    def closed(self, meeting: str) -> Result:
        return self.file(RECORDER, "meetings.closing", meeting=meeting, papers="全部收回", kept="三号柜")


def number(result: Result) -> str:
    """The number of what was filed."""
    assert result.matter is not None, [each.facts for each in result.verdict.findings]
    return result.matter.number


def clauses(result: Result) -> set[str]:
    """The clauses by which an act was refused."""
    return {each.clause.key for each in result.verdict.findings if each.level is Level.REFUSE}
