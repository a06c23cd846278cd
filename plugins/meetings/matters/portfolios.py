"""What leaders do between meetings: matters of a portfolio, reports to the principal, documents sent upward."""

from collections.abc import Mapping

from core.family import Consulted, MatterType
from core.fields import Field, Kind, Value
from core.matter import Matter

PORTFOLIO, IMPORTANT, DISPATCH = "meetings.portfolio", "meetings.important-report", "meetings.dispatch"

_UNIT = Field("unit", "所属科室", Kind.UNIT)


def _leaders(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    """Who is in charge of the unit that a matter belongs to."""
    leaders = office.organisation.overseers(office.day, unit=matter.text("unit"))
    return {"leader": leaders[0]} if leaders else {}


_LEADER = Field("leader", "分管领导", Kind.PERSON)

MATTERS = (
    MatterType(
        key=PORTFOLIO,
        title="分管事项",
        prefix="分管事项",
        fields=(
            Field("title", "事项"),
            _UNIT,
            Field("nature", "性质", Kind.CHOICE, choices=("财", "物", "其他重要事项", "一般事项")),
            Field("general", "带全局性或针对性", Kind.FLAG),
            Field("consulted", "听取各方面意见的情况", Kind.LONG, required=False),
            Field("content", "内容", Kind.LONG),
            Field("route", "报请审定", Kind.CHOICE, choices=("主任", "主任办公会")),
        ),
        subject="title",
        derived=(_LEADER,),
        derive=_leaders,
        step_forms={"done": (Field("done", "实施情况", Kind.LONG),)},
        indexed=("unit",),
    ),
    MatterType(
        key=IMPORTANT,
        title="重要情况报告",
        prefix="情况",
        fields=(
            Field("title", "情况或问题"),
            Field("occurred_on", "发生日期", Kind.DATE),
            Field("content", "经过和现状", Kind.LONG),
            Field("measures", "已采取的措施", Kind.LONG, required=False),
        ),
        subject="title",
    ),
    MatterType(
        key=DISPATCH,
        title="上报文件",
        prefix="上报",
        fields=(
            Field("title", "标题"),
            Field("sort", "文种", Kind.CHOICE, choices=("请示", "报告")),
            Field("important", "重要事项", Kind.FLAG),
            Field("recipient", "报送机关"),
            Field("content", "正文", Kind.LONG),
        ),
        subject="title",
        step_forms={"sent": (Field("document", "发文字号"), Field("sent_on", "发出日期", Kind.DATE))},
        help="以单位名义上报的请示、报告",
    ),
)
