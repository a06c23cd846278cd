"""A vote at a meeting: opened for a way of voting, a secret one sealed twice, unsealed by two, its count returned."""

from collections.abc import Iterator, Mapping

from core.consulted import Consulted
from core.family import Outcome
from core.fields import Field, Kind, Value
from core.matter import Matter
from core.records import Effect
from plugins.meetings import agenda
from plugins.meetings.matters.session import DERIVED, ITEM, PERSON, enters, of_meeting, step_type
from plugins.meetings.sitting import OPEN_METHODS, SECRET, Event

VOTING_KEY, WATCH_KEY, DEPOSIT_KEY = "meetings.voting", "meetings.watch", "meetings.deposit"
UNSEALING_KEY, REVOTE_KEY = "meetings.unsealing", "meetings.revote"

_SEAL = Field("seal", "封签", required=False, help="由程序填写：票箱的公开封签，不是口令")


def _own(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    """A ballot is his who puts it in."""
    return {**of_meeting(office, matter), "person": matter.applicant}


def _opened(outcome: Outcome) -> Iterator[Effect]:
    matter = outcome.matter
    meeting, item = matter.text("meeting"), matter.count("item")
    yield agenda.entry(
        outcome.office, meeting, Event.OPENS, item, person=matter.text("watcher"), value=matter.text("method")
    )


MATTERS = (
    step_type(
        VOTING_KEY,
        "开始表决",
        "开表",
        (
            ITEM,
            Field("method", "表决方式", Kind.CHOICE, choices=(*OPEN_METHODS, SECRET)),
            Field(
                "watcher",
                "监票人",
                Kind.PERSON,
                required=False,
                help="无记名、各人在自己画面上投票的，填写；用纸票的不填",
            ),
            _SEAL,
        ),
        _opened,
    ),
    step_type(
        WATCH_KEY,
        "监票封箱",
        "监票",
        (ITEM, _SEAL),
        enters(Event.WATCHES),
        derived=(*DERIVED, PERSON),
        derive=_own,
    ),
    step_type(
        DEPOSIT_KEY,
        "无记名投票",
        "密票",
        (
            ITEM,
            Field(
                "sealed",
                "密封的选票",
                required=False,
                help="由程序填写：在“开会”画面上投，封好以后谁也看不见里面写了什么",
            ),
        ),
        enters(Event.DEPOSITS),
        derived=(*DERIVED, PERSON),
        derive=_own,
    ),
    step_type(
        UNSEALING_KEY,
        "开箱",
        "开箱",
        (ITEM, Field("returned", "箱内票数", Kind.NUMBER, required=False, unit="票", help="由程序填写")),
        enters(Event.UNSEALS),
    ),
    step_type(
        REVOTE_KEY,
        "重新投票",
        "重投",
        (ITEM, Field("reason", "缘由", Kind.LONG, help="例如：监票人的口令忘记了，票箱打不开")),
        enters(Event.VOIDS),
    ),
)
