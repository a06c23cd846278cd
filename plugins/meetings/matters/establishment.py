"""Applications to fill posts: what an organ's establishment allows, decided by a body and approved above."""

from collections.abc import Mapping

from core.consulted import Consulted
from core.family import MatterType
from core.fields import Field, Kind, Value
from core.matter import Matter

POST_USE = "meetings.post-use"


def _agenda_category(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    return {"agenda_category": str(office.setting("meetings.post-use-category"))}


POSTS = MatterType(
    key=POST_USE,
    title="用编申请",
    prefix="用编",
    fields=(
        Field("organ", "用编单位"),
        Field("purpose", "用途", Kind.CHOICE, choices=("补充人员", "安置复员退伍军人")),
        Field("approved", "核定编制", Kind.NUMBER, unit="名"),
        Field("filled", "实有人员", Kind.NUMBER, unit="名"),
        Field("asked", "申请用编", Kind.NUMBER, unit="名"),
        Field("by_committee", "属于区委常委会研究的干部异动", Kind.FLAG),
        Field("reason", "理由", Kind.LONG),
    ),
    subject="organ",
    step_forms={"reply": (Field("document", "批准文号"), Field("approved_on", "批准日期", Kind.DATE))},
    derived=(Field("agenda_category", "议题类别"),),
    derive=_agenda_category,
    indexed=("organ",),
)

MATTERS = (POSTS,)
