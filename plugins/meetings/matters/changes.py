"""A notice that was sent and does not hold any more: the meeting is put off to another time or place, or not held."""

from collections.abc import Iterator, Mapping

from core.consulted import Consulted
from core.family import MatterType, Outcome
from core.fields import Field, Kind, Value
from core.matter import Matter
from core.records import Effect
from plugins.meetings import agenda
from plugins.meetings.matters.topics import BODY, MEETING, told


def _of_notice(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    notice = office.matter(matter.text("meeting"))
    return {key: notice.values[key] for key in ("body", "form", "convener")} if notice else {}


def _told(outcome: Outcome) -> Iterator[Effect]:
    """Whoever was sent the notice is told of the change."""
    change, office = outcome.matter, outcome.office
    notice = office.matter(change.text("meeting"))
    if outcome.settled and notice is not None:
        yield from told(office, notice, change)


CHANGE = MatterType(
    key=agenda.CHANGE,
    title="会议变更",
    prefix="会变",
    fields=(
        MEETING,
        Field("change", "怎样变更", Kind.CHOICE, choices=(agenda.CANCELS, agenda.MOVES)),
        Field("held_on", "改到哪一天", Kind.DATE, required=False, help="取消的不填"),
        Field("time", "改到什么时间", required=False),
        Field("place", "改到什么地点", required=False),
        Field("reason", "缘由"),
    ),
    subject="reason",
    derived=(BODY, Field("form", "会议形式"), Field("convener", "召集人", Kind.PERSON)),
    derive=_of_notice,
    follows=_told,
    indexed=("meeting",),
    help="已经发出的会议通知取消或改期；办结时通知每一个收到过会议通知的人",
)

MATTERS = (CHANGE,)
