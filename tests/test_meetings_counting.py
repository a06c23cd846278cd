"""Who counts at a meeting: members who keep out, members who wrote instead of coming."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import pytest

from core.agency import Body
from core.days.clock import FixedClock
from core.office import Office
from office_sitting import DEPUTIES, DIRECTOR, FRESH, MORNING, SECRETARY, called, item_of, signed_in, step, topic
from plugins.meetings import agenda
from plugins.meetings.record import read_on
from plugins.meetings.sitting import AGAINST, EXCUSED, FOR, PRESENT, SECRET, Event, Line, Sitting, carried, enough

SEVEN = tuple(f"M{each}" for each in range(1, 8))
OUT, LEFT = SEVEN[:3], SEVEN[3:]
BEGUN = (
    *(Line(Event.DUE, person=each, value=PRESENT) for each in SEVEN),
    Line(Event.REPORT, 1, SEVEN[0]),
    *(Line(Event.RECUSES, 1, each) for each in OUT),
)
LONG = (
    *BEGUN,
    Line(Event.ATTENDS, person="G1"),
    Line(Event.SPEAKS, 1, LEFT[0], FOR),
    Line(Event.OPENS, 1, OUT[0], SECRET),
    Line(Event.WATCHES, 1, OUT[0]),
    *(Line(Event.DEPOSITS, 1, each) for each in LEFT),
    Line(Event.LEAVES, person=LEFT[0]),
    Line(Event.RECUSES, 1, LEFT[1]),
    Line(Event.UNSEALS, 1),
    Line(Event.COUNT, 1, value="2/0/0"),
    Line(Event.ROLL, person=LEFT[2], value=EXCUSED),
    Line(Event.VOTES, 1, LEFT[3], FOR),
    Line(Event.RESULT, 1, value="通过"),
)
BODY = Body("body", "会", ("post",), ("post",), ("post",))


@pytest.fixture
def office() -> Iterator[Office]:
    found = FRESH(FixedClock(MORNING))
    yield found
    found.close()


@pytest.mark.parametrize("favour", range(5))
def test_of_seven_members_with_three_kept_out_four_decide(favour: int) -> None:
    votes = (Line(Event.VOTES, 1, each, FOR if place < favour else AGAINST) for place, each in enumerate(LEFT))
    sitting = read_on(Sitting(), [*BEGUN, *votes])
    assert sitting.order(1) == list(reversed(LEFT))
    assert [sitting.members_due(1, count_recused=each) for each in (False, True)] == [4, 7]
    assert carried(BODY, sitting, 1, count_recused=False) is (favour >= 3)
    assert carried(BODY, sitting, 1, count_recused=True) is (favour >= 4)


@pytest.mark.parametrize("known", range(len(LONG)))
def test_a_record_read_on_tells_the_same_and_leaves_what_was_told_before_as_it_was(known: int) -> None:
    before = read_on(Sitting(), LONG[:known])
    assert read_on(before, LONG[known:]) == read_on(Sitting(), LONG)
    assert before == read_on(Sitting(), LONG[:known])


def test_four_of_seven_are_two_thirds_only_where_those_kept_out_do_not_count() -> None:
    sitting = read_on(Sitting(), BEGUN)
    here = len(sitting.order(1))
    quorate = [
        enough(here, sitting.members_due(1, count_recused=each), Fraction(2, 3), over=False) for each in (False, True)
    ]
    assert quorate == [True, False]


def test_a_written_opinion_is_kept_and_counts_neither_as_presence_nor_as_a_vote(office: Office) -> None:
    meeting = called(office, topic(office))
    absent = DEPUTIES[0]
    signed_in(office, meeting, absent)
    assert step(office, meeting, "report", person=SECRETARY).done
    assert step(office, meeting, "written-opinion", person=absent, text="赞成").done
    sitting = agenda.sitting_of(office.desk, meeting)
    assert absent not in sitting.present and absent not in sitting.order(1)
    for each in DEPUTIES[1:]:
        assert step(office, meeting, "statement", person=each, position="同意", text="无").done
    for each, choice in zip((*DEPUTIES[1:], DIRECTOR), (FOR, AGAINST, FOR), strict=True):
        assert step(office, meeting, "vote", person=each, method="举手", choice=choice).done
    assert item_of(office, meeting).tally.text == "赞成 2 票，反对 1 票，弃权 0 票"
    values = {"outcome": "通过", "decision": "同意", "dissent": "无", "executor": "network", "responsible": "P016"}
    refused = step(office, meeting, "conclusion", **values, supervisor=DEPUTIES[1], finish_by=date(2026, 4, 1))
    assert not refused.done and "office-meeting/1(2)(b)" in {each.clause.key for each in refused.verdict.findings}
    kept = office.desk.matters("meetings.written-opinion", meeting=meeting)
    assert [each.text("text") for each in kept] == ["赞成"]
