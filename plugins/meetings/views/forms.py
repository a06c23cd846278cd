"""The forms of a meeting's steps, begun with what is known."""

from collections.abc import Mapping, Sequence

from core.agency import Body
from core.consulted import Consulted, everyone
from core.matter import Matter, State
from plugins.meetings import agenda
from plugins.meetings.agenda import NOTICE, Meeting
from plugins.meetings.matters import session
from plugins.meetings.matters.handing import CHAIRS
from plugins.meetings.officers import successors
from plugins.meetings.sitting import DEFERRED, PASSED, PRESENT
from plugins.meetings.views.console import View
from plugins.meetings.views.lines import subject

POSITIONS = (session.AGREES, session.DISAGREES, session.WAITS)


def notice(office: Consulted, body: Body, waiting: Sequence[Matter]) -> dict[str, object]:
    """The form of a notice with everything that waits for a body: a member reports on what he proposed himself, the
    leader in charge on all else.
    """
    members = agenda.members(office, body)
    items = []
    for each in waiting:
        leaders = office.organisation.overseers(office.day, unit=each.unit) if each.unit else ()
        own = each.applicant in members
        items.append(
            {"subject": each.number, "reporter": each.applicant if own else next(iter(leaders), each.applicant)}
        )
    year = office.day.year
    held = (each for each in office.matters(NOTICE, body=body.key) if each.state in (State.RUNNING, State.SETTLED))
    before = sum(agenda.appointment_of(office, each).counts_in(year) for each in held)
    begun: dict[str, object] = {"title": f"{year}年第{before + 1}次{body.title}", "body": body.key, "items": items}
    convenes = everyone(office, body.convener or body.chair)
    return begun | ({"convener": convenes[0]} if convenes else {})


def opening(office: Consulted, meeting: Meeting, roll: Mapping[str, str], recorder: str) -> dict[str, object]:
    """The form of the roll call: whoever presides is the first of the chair's holders who is there."""
    ladder = everyone(office, meeting.body.chair)
    chair = next((each for each in ladder if roll.get(each) == PRESENT), meeting.notice.text("convener"))
    asked = [str(row["person"]) for row in meeting.notice.rows("observers")]
    asked += [each.reporter for each in meeting.items]
    others = [each for each in dict.fromkeys(asked) if each and each not in roll]
    return {
        "meeting": meeting.notice.number,
        "chair": chair,
        "recorder": recorder,
        "roll": [{"person": person, "state": state} for person, state in roll.items()],
        "others": [{"person": person} for person in others],
    }


def report(meeting: Meeting, number: int, reporter: str) -> dict[str, object]:
    """The form of an item's report."""
    return {"meeting": meeting.notice.number, "item": number, "person": reporter}


def statement(meeting: Meeting, shown: View, position: str, text: str) -> dict[str, object]:
    """The form of the statement of whoever's turn it is."""
    return {**report(meeting, shown.item, shown.turn), "position": position, "text": text}


def vote(office: Consulted, meeting: Meeting, shown: View, choice: str) -> dict[str, object]:
    """The form of the vote of whoever's turn it is, in the way that was opened, else the agency's first."""
    ballot = meeting.item(shown.item).ballot
    method = ballot.method if ballot else office.setting("meetings.methods")[0]
    return {**report(meeting, shown.item, shown.turn), "method": method, "choice": choice}


def conclusion(office: Consulted, meeting: Meeting, number: int, outcome: str) -> dict[str, object]:
    """The form of an item's conclusion: what was asked for, and who would carry it out."""
    values: dict[str, object] = {"outcome": outcome}
    announced = meeting.announced(number)
    if announced is None:
        return values
    item, matter, organisation = meeting.item(number), announced.matter, office.organisation
    if session.DISAGREES not in item.positions and not item.tally.against:
        values["dissent"] = "无"
    if outcome == DEFERRED:
        values["decision"] = "本次会议不作决定，下次再议"
    if outcome != PASSED:
        return values
    values["decision"] = matter.text("decision") or f"同意{subject(office, matter)}"
    people = {
        "responsible": organisation.heads(matter.unit, office.day),
        "supervisor": organisation.overseers(office.day, unit=matter.unit),
    }
    values |= {"executor": matter.unit} if matter.unit else {}
    return values | {key: found[0] for key, found in people.items() if found}


def handing(office: Consulted, meeting: Meeting) -> dict[str, object]:
    """The form by which the chair is handed on, where whoever presides is gone: to the next in order who is there."""
    sitting = meeting.sitting
    if sitting.chair in sitting.present:
        return {}
    values: dict[str, object] = {"role": CHAIRS, "reason": "主持人离会"}
    able = successors(office, meeting)
    return {**values, "person": able[0]} if able else values
