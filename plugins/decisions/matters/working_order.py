"""Working order: what leaders report, posts and their tasks, emergency plans and drills, guidance visits, talks."""

from collections.abc import Callable, Iterable, Iterator

from core.days.recurrence import periods_holding
from core.family import MatterType, Outcome
from core.fields import Field, Kind
from core.records import Discharge, Effect
from plugins.decisions.matters.decision import LEADER, led_by

REMIT_EVENT, POST_DUTIES = "decisions.remit-event", "decisions.post-duties"
EMERGENCY_PLAN, DRILL = "decisions.emergency-plan", "decisions.drill"
GUIDANCE_VISIT, TALK = "decisions.guidance-visit", "decisions.talk"

_PERSON = Field("person", "人员", Kind.PERSON)
_HELD_ON = Field("held_on", "日期", Kind.DATE)
_HAZARD = Field("hazard", "突发事件类别", Kind.CHOICE, setting="decisions.hazards")


def regular(named: str = "") -> Callable[[Outcome], Iterable[Effect]]:
    """What follows is that the regular duties are done which wait for such a register in a period of its day: of its
    unit, of who fills it in, and, where a blank is named, those whose title has what stands in that blank.
    """

    def follows(outcome: Outcome) -> Iterator[Effect]:
        matter, office = outcome.matter, outcome.office
        if not outcome.settled:
            return
        day = matter.day("held_on") or office.day
        for duty in office.duties_awaiting(matter.kind, periods_holding(day, office.calendar)):
            titled = not named or matter.text(named) in duty.title
            his = duty.unit in ("", matter.unit) and duty.person in ("", matter.applicant)
            if titled and his and duty.key != matter.duty:
                yield Discharge(duty.key, matter.number)

    return follows


def _register(
    key: str, title: str, prefix: str, *fields: Field, follows: Callable[[Outcome], Iterable[Effect]] | None = None
) -> MatterType:
    return MatterType(
        key=key, title=title, prefix=prefix, register=True, fields=fields, subject=fields[0].key, follows=follows
    )


MATTERS = (
    MatterType(
        key=REMIT_EVENT,
        title="分管工作重要情况登记",
        prefix="情况",
        register=True,
        fields=(
            Field("title", "情况"),
            Field("level", "程度", Kind.CHOICE, choices=("重要情况", "重大事项")),
            Field("content", "详情", Kind.LONG),
        ),
        subject="title",
        derived=(LEADER, Field("by_leader", "由分管领导本人提出", Kind.FLAG)),
        derive=led_by,
        help="由科室登记，分管领导据此向主要领导报告",
    ),
    _register(
        POST_DUTIES,
        "岗位责任登记",
        "岗责",
        Field("post", "岗位", help="三定方案中的岗位名称"),
        _PERSON,
        Field(
            "tasks",
            "常规工作",
            Kind.ROWS,
            columns=(
                Field("task", "工作"),
                Field("responsible", "责任人", Kind.PERSON),
                Field("limit", "完成时限", help="例如：每月 5 日前，或 2026-06-30"),
                Field("measure", "工作举措"),
            ),
        ),
    ),
    _register(
        EMERGENCY_PLAN,
        "应急预案登记",
        "应急预案",
        Field("title", "预案名称"),
        _HAZARD,
        Field("mechanism", "应急机制", Kind.LONG, help="谁指挥、谁联络、哪几步"),
        Field("issued_on", "印发日期", Kind.DATE),
    ),
    _register(
        DRILL,
        "应急演练登记",
        "应急演练",
        Field("plan", "应急预案", Kind.MATTER, matter=EMERGENCY_PLAN),
        _HAZARD,
        _HELD_ON,
        Field("people", "参加人员", Kind.ROWS, columns=(_PERSON,)),
        Field("findings", "演练情况和问题", Kind.LONG),
        follows=regular("hazard"),
    ),
    _register(
        GUIDANCE_VISIT,
        "基层业务指导登记",
        "指导",
        Field("place", "街镇或园区"),
        _HELD_ON,
        Field("people", "指导人员", Kind.ROWS, columns=(_PERSON,)),
        Field("content", "指导内容和问题", Kind.LONG),
        follows=regular(),
    ),
    _register(
        TALK,
        "干部谈心谈话登记",
        "谈心谈话",
        Field("pairing", "谈话关系", Kind.CHOICE, setting="decisions.pairings"),
        _HELD_ON,
        Field("people", "谈话对象", Kind.ROWS, columns=(_PERSON,)),
        Field("content", "谈话要点", Kind.LONG),
        follows=regular("pairing"),
    ),
)
