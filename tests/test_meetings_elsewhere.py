"""A party group's meeting at Lucheng: votes by name, a decision that nobody asked to be followed up."""

from datetime import date

import pytest

from core.acts import Verb
from core.cases.play import office_factory
from core.days.clock import FixedClock
from core.days.terms import Term
from core.office import Office
from office_acts import file, move_clock, number, sign
from office_sitting import CONFIG, MORNING
from plugins.meetings import agenda
from plugins.meetings.matters.follow_up import to_report
from plugins.meetings.overviews import resolutions

SECRETARY, DEPUTIES, RECORDER, HEAD = "P001", ("P005", "P004", "P003", "P002"), "P006", "P013"
LEADER, LATER = "P003", "2026-03-20"


@pytest.fixture
def office() -> Office:
    return office_factory(CONFIG, "lucheng")(FixedClock(MORNING))


def sitting(office: Office) -> str:
    """The number of a meeting whose one item was reported on and discussed by all but the secretary."""
    topic = number(
        file(
            office, HEAD, agenda.TOPIC, title="干部轮岗", body="party-group", category="干部调配奖惩",
            work_opinion="一", proposal="二", decision="同意轮岗", disputes="无",
        )
    )  # fmt: skip
    assert sign(office, LEADER, topic).done and sign(office, SECRETARY, topic).done
    assert sign(office, RECORDER, topic, Verb.PERFORM, papers="一份").done
    meeting = number(
        file(
            office, RECORDER, agenda.NOTICE, title="党组会", body="party-group", form="例会", held_on="2026-03-02",
            time="9:00", place="二楼", convener=SECRETARY, items=[{"subject": topic, "reporter": LEADER}],
        )
    )  # fmt: skip
    assert sign(office, SECRETARY, meeting).done
    roll = [{"person": each, "state": "到会"} for each in (SECRETARY, *DEPUTIES)]
    assert file(office, RECORDER, agenda.OPENING, meeting=meeting, chair=SECRETARY, recorder=RECORDER, roll=roll).done
    at = {"meeting": meeting, "item": 1}
    assert file(office, RECORDER, "meetings.report", **at, person=LEADER).done
    for each in DEPUTIES:
        assert file(office, RECORDER, "meetings.statement", **at, person=each, position="同意", text="可").done
    return meeting


def concluded(office: Office, meeting: str) -> str:
    """The number of the conclusion of a vote by name, each member's from his own session."""
    at = {"meeting": meeting, "item": 1}
    assert file(office, RECORDER, "meetings.voting", **at, method="记名").done
    for each in (*DEPUTIES, SECRETARY):
        assert file(office, each, "meetings.vote", **at, person=each, method="记名", choice="赞成").done
    then = {"executor": "economy", "responsible": HEAD, "finish_by": LATER}
    return number(
        file(office, RECORDER, agenda.CONCLUSION, **at, outcome="通过", decision="同意轮岗", dissent="无", **then)
    )


def test_a_decision_because_of_which_nothing_is_owed_is_not_said_to_be_carried_out(office: Office) -> None:
    decision = concluded(office, sitting(office))
    assert office.desk.duties_from(decision, done=True) == []
    (line,) = resolutions(office.desk, Term.read("2026"))
    assert line["state"] == "期限未到"
    following = sitting(office)
    notice = office.desk.matter(following)
    found = agenda.meeting_of(office.desk, notice) if notice else None
    assert found is not None and to_report(office.desk, found) == ({"conclusion": decision},)
    move_clock(office, date(2026, 3, 23))
    (line,) = resolutions(office.desk, Term.read("2026"))
    assert line["state"] == "过期没有反馈"
