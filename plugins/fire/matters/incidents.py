"""A fire: what was done at what time, and what is done afterwards."""

from core.family import MatterType
from core.fields import Field, Kind


def _time(key: str, title: str) -> Field:
    return Field(key, title, help="写作 14:05")


INCIDENT = MatterType(
    key="fire.incident",
    title="火灾处置记录",
    prefix="火灾",
    fields=(
        Field("on", "日期", Kind.DATE),
        Field("place", "起火部位"),
        _time("discovered", "发现时间"),
        _time("started", "启动预案"),
        _time("evacuated", "全部疏散完毕"),
        _time("fought", "开始扑救"),
        _time("alarmed", "报火警"),
        Field("everybody_out", "楼内人员全部疏散", Kind.FLAG),
        Field("commander", "现场指挥", Kind.PERSON),
        Field("course", "经过和后果", Kind.LONG),
    ),
    subject="place",
    register=True,
)

AFTERMATH = MatterType(
    key="fire.aftermath",
    title="火灾善后和教训",
    prefix="善后",
    fields=(
        Field("incident", "火灾处置记录", Kind.MATTER, matter="fire.incident"),
        Field("protection", "现场保护", Kind.LONG),
        Field("investigation", "接受调查的情况", Kind.LONG),
        Field("lessons", "教训", Kind.LONG),
        Field("improvements", "管理程序和要求的改进", Kind.LONG),
    ),
    subject="incident",
    register=True,
    indexed=("incident",),
)

MATTERS = (INCIDENT, AFTERMATH)
