"""Baicheng's office meeting, from its notice to its end: for tests of how it goes and what comes of its decisions."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from core.acts import Act, Verb
from core.cases.play import office_factory
from core.days.clock import ZONE, FixedClock
from core.office import Office
from core.rulebook.people_file import load_people
from core.verdict import Result
from office_acts import file, move_clock, number, sign
from plugins.meetings import agenda
from plugins.meetings.sitting import Item

CONFIG = Path(__file__).parent.parent / "config"
FRESH = office_factory(CONFIG, "baicheng")
MORNING = datetime(2026, 3, 2, 9, tzinfo=ZONE)
DIRECTOR, DEPUTIES, SECRETARY, DEPUTY_SECRETARY, RECORDER = "P001", ("P004", "P003", "P002"), "P006", "P007", "P013"
WATCHER, CHARGE, HEAD, CLERK = "P005", "P003", "P016", "P019"
MEMBERS = (*DEPUTIES, DIRECTOR)
DONE: dict[str, Any] = {"executor": "network", "responsible": HEAD, "supervisor": CHARGE, "finish_by": "2026-04-01"}


class Sitting:
    """An office of Baicheng on a morning in March 2026."""

    def __init__(self) -> None:
        self.office: Office = FRESH(FixedClock(MORNING))

    def on(self, day: date) -> None:
        """Another morning."""
        move_clock(self.office, day)

    def file(self, by: str, kind: str, **values: Any) -> Result:
        return file(self.office, by, kind, **values)

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


Opened = Callable[[], Office]
"""Opens one more session on a store."""


def sessions(folder: Path) -> Iterator[Opened]:
    """Sessions of their own on one store; all are closed in the end."""
    offices: list[Office] = []

    def another() -> Office:
        offices.append(Office.open(CONFIG, "baicheng", folder / "a.store", FixedClock(MORNING)))
        return offices[-1]

    first = another()
    people = load_people(CONFIG / "agencies" / "baicheng" / "people.toml", first.agency)
    first.found(people.people, people.tenures, people.oversights, first.desk.day)
    yield another
    for each in offices:
        each.close()


def topic(office: Office, title: str = "一项", category: str = "三重一大") -> str:
    """The number of a topic that its papers have been handed in for."""
    filed = number(
        file(
            office, DIRECTOR, agenda.TOPIC, title=title, body="office-meeting", category=category,
            work_opinion="一", proposal="二", decision="三", disputes="无",
        )
    )  # fmt: skip
    assert sign(office, SECRETARY, filed, Verb.PERFORM, papers="一份").done
    return filed


def called(office: Office, *subjects: str, on: str = "2026-03-02", title: str = "第1次办务会", **more: Any) -> str:
    """The number of a meeting whose notice has been sent."""
    items = [{"subject": each, "reporter": SECRETARY} for each in subjects]
    notice = number(
        file(
            office, SECRETARY, agenda.NOTICE, title=title, body="office-meeting", form="临时会议", held_on=on,
            time="9:00", place="三楼", convener=DIRECTOR, special="急事", items=items, **more,
        )
    )  # fmt: skip
    assert sign(office, DIRECTOR, notice).done
    return notice


def signed_in(office: Office, meeting: str, *missing: str, others: tuple[str, ...] = ()) -> None:
    """The members who are not missing are there, with the secretary and others."""
    roll = [{"person": each, "state": "缺席" if each in missing else "到会"} for each in MEMBERS]
    opening = {"meeting": meeting, "chair": DIRECTOR, "recorder": RECORDER, "roll": roll}
    came = [{"person": each} for each in (SECRETARY, *others)]
    assert file(office, RECORDER, agenda.OPENING, **opening, others=came).done


def step(office: Office, meeting: str, kind: str, item: int = 1, by: str = RECORDER, **values: Any) -> Result:
    """One line of a meeting's record about an item."""
    return file(office, by, f"meetings.{kind}", meeting=meeting, item=item, **values)


def item_of(office: Office, meeting: str, number: int = 1) -> Item:
    """How an item stands."""
    return agenda.sitting_of(office.desk, meeting).item(number)


def discussed(office: Office, *subjects: str, title: str = "第1次办务会") -> str:
    """The number of a meeting whose first item was reported on and discussed by all but the director."""
    meeting = called(office, *subjects, title=title)
    signed_in(office, meeting)
    assert step(office, meeting, "report", person=SECRETARY).done
    for each in DEPUTIES:
        assert step(office, meeting, "statement", person=each, position="同意", text="没有补充").done
    return meeting
