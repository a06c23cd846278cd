"""Key work run as projects: targets given to posts and persons under one lead, inspected half-way and at the end."""

from collections.abc import Mapping

from core.consulted import Consulted
from core.family import MatterType
from core.fields import Field, Kind, Value
from core.matter import Matter
from plugins.decisions.matters.working_order import regular

KEY_PROJECT, KEY_INSPECTION = "decisions.key-project", "decisions.key-inspection"

_PERSON = Field("person", "人员", Kind.PERSON)


def _halfway(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    grouped: dict[str, Value] = {"grouped": bool(matter.rows("group"))}
    finish = matter.day("finish_by")
    return {**grouped, "inspect_by": office.day + (finish - office.day) / 2} if finish else grouped


MATTERS = (
    MatterType(
        key=KEY_PROJECT,
        title="重点工作项目登记",
        prefix="重点工作",
        register=True,
        fields=(
            Field("title", "项目"),
            Field("basis", "依据", help="会议结论或上级文件的编号"),
            Field("main", "为主责任人", Kind.PERSON, help="一个项目一人为主、包干负责"),
            Field("finish_by", "完成期限", Kind.DATE),
            Field(
                "targets",
                "目标任务",
                Kind.ROWS,
                columns=(
                    Field("target", "目标任务", help="能量化的写数量"),
                    Field("post", "岗位"),
                    _PERSON,
                    Field("due_on", "完成日期", Kind.DATE),
                ),
            ),
            Field("group", "临时工作领导小组", Kind.ROWS, required=False, columns=(_PERSON,), help="没有设的不填"),
            Field("group_since", "小组起始日期", Kind.DATE, required=False),
            Field("group_until", "小组撤销日期", Kind.DATE, required=False),
        ),
        subject="title",
        derived=(
            Field("grouped", "设了临时工作领导小组", Kind.FLAG),
            Field("inspect_by", "中期督查日期", Kind.DATE),
        ),
        derive=_halfway,
        follows=regular(),
    ),
    MatterType(
        key=KEY_INSPECTION,
        title="重点工作项目督查",
        prefix="重督",
        register=True,
        fields=(
            Field("project", "项目", Kind.MATTER, matter=KEY_PROJECT),
            Field("inspected_on", "督查日期", Kind.DATE),
            Field("progress", "进展", Kind.CHOICE, choices=("按期推进", "进度滞后", "已经完成", "没有完成")),
            Field("findings", "情况和问题", Kind.LONG),
            Field("measures", "考核和问责意见", Kind.LONG, required=False, help="滞后或没有完成的必须写明"),
        ),
        subject="findings",
        indexed=("project",),
    ),
)
