"""The minutes of a meeting as they are circulated, drafted from its record."""

from collections.abc import Mapping

from core.consulted import Consulted
from core.family import MatterType
from core.fields import Field, Kind, Value
from core.records import Duty
from plugins.meetings import agenda
from plugins.meetings.matters.topics import MEETING, OF_NOTICE, of_notice
from plugins.meetings.minutes import minutes_of
from plugins.meetings.papers import drafted


def _drafted(office: Consulted, person: str, duty: Duty | None) -> Mapping[str, Value]:
    """The form starts with the meeting that ended last, where nobody has drawn up its minutes yet."""
    for closing in office.matters(agenda.CLOSING, limit=1):
        minutes = minutes_of(office, closing.text("meeting"))
        if minutes is None or office.matters(agenda.MINUTES, limit=1, meeting=minutes.number):
            continue
        return {"meeting": minutes.number, "title": f"{minutes.title}纪要", "content": drafted(office, minutes)}
    return {}


MINUTES = MatterType(
    key=agenda.MINUTES,
    title="会议纪要",
    prefix="纪要",
    fields=(
        MEETING,
        Field("title", "标题"),
        Field("content", "内容", Kind.LONG, help="写决定事项，不写个人发言"),
        Field("major", "重大事项", Kind.FLAG, help="重大事项的纪要由全体班子成员签字"),
        Field("audience", "印发范围"),
    ),
    subject="title",
    derived=OF_NOTICE,
    derive=of_notice,
    prepare=_drafted,
    indexed=("meeting",),
)

MATTERS = (MINUTES,)
