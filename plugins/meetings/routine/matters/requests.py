"""Whether a meeting is held at all: a section's request, its meal or allowance, the count of meetings held."""

from collections.abc import Iterator, Mapping

from core.consulted import Consulted
from core.days.terms import HALF_YEAR, MONTH
from core.family import MatterType
from core.fields import Field, Kind, Value
from core.matter import Matter
from plugins.meetings.matters.topics import BODY

REQUEST, CATERING, COUNT = "meetings.request", "meetings.catering", "meetings.count"
SMALL, LARGE = "小范围会议", "大会"
ALONE, TOGETHER = "单独召开", "合并召开"

_REQUEST = MatterType(
    key=REQUEST,
    title="开会申请",
    prefix="会申",
    fields=(
        Field("title", "会议名称"),
        BODY,
        Field("unit", "主办科室", Kind.UNIT),
        Field("content", "会议内容", Kind.LONG),
        Field("held_on", "会议日期", Kind.DATE),
        Field("period", "时段", Kind.CHOICE, choices=("上午", "下午", "全天")),
        Field("attendees", "参加对象"),
        Field("people", "参加人数", Kind.NUMBER, unit="人"),
        Field("remote", "能用网络、电话或短信传达", Kind.FLAG),
        Field("remote_reason", "能传达而仍要开会的理由", required=False),
        Field("scale", "规模", Kind.CHOICE, choices=(SMALL, LARGE)),
        Field("small_enough", "小范围布置就够", Kind.FLAG),
        Field("important", "重要会议", Kind.FLAG),
        Field("copies", "发放资料", Kind.NUMBER, unit="份"),
    ),
    subject="title",
    step_forms={
        "coordinated": (
            Field("outcome", "统筹结果", Kind.CHOICE, choices=(ALONE, TOGETHER)),
            Field("merged_with", "并入的会议", Kind.MATTER, required=False, matter=REQUEST),
            Field("apart", "不合并的理由", required=False),
        )
    },
    indexed=("unit", "held_on"),
)

_CATERING = MatterType(
    key=CATERING,
    title="会议餐和补助申请",
    prefix="会餐",
    fields=(
        Field("request", "会议", Kind.MATTER, matter=REQUEST),
        Field("sort", "项目", Kind.CHOICE, choices=("会议餐", "会议补助")),
        Field("amount", "金额", Kind.MONEY),
        Field("special", "特殊情况", Kind.LONG, required=False),
    ),
    subject="sort",
    amount="amount",
    indexed=("request",),
)


def _total(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    return {"total": sum(int(row.get("count", 0)) for row in matter.rows("units"))}


def _rows() -> Iterator[Field]:
    yield Field("unit", "科室", Kind.UNIT)
    yield Field("count", "次数", Kind.NUMBER, unit="次")


_COUNT = MatterType(
    key=COUNT,
    title="会议次数统计",
    prefix="会统",
    register=True,
    fields=(
        Field("period", "期间", Kind.PERIOD, lengths=(MONTH, HALF_YEAR)),
        Field("units", "各科室", Kind.ROWS, required=False, columns=tuple(_rows()), help="没有开会的科室不填"),
        Field("report", "说明", Kind.LONG, required=False),
    ),
    subject="period",
    derived=(Field("total", "合计", Kind.NUMBER, unit="次"),),
    derive=_total,
    indexed=("period",),
    help="登记以后报告主要负责人",
)

MATTERS = (_REQUEST, _CATERING, _COUNT)
