"""Requests and reports that go up to superiors in the agency's name."""

from core.family import MatterType
from core.fields import Field, Kind

DISPATCH = "meetings.dispatch"

MATTERS = (
    MatterType(
        key=DISPATCH,
        title="上报文件",
        prefix="上报",
        fields=(
            Field("title", "标题"),
            Field("sort", "文种", Kind.CHOICE, choices=("请示", "报告")),
            Field("important", "重要事项", Kind.FLAG, help="重要的请示、报告先经会议决定"),
            Field("recipient", "报送机关"),
            Field("content", "正文", Kind.LONG),
        ),
        subject="title",
        step_forms={"sent": (Field("document", "发文字号"), Field("sent_on", "发出日期", Kind.DATE))},
        help="以单位名义上报的请示、报告",
    ),
)
