"""Hot work, open flames and temporary electricity: who is qualified, and a permit with watcher and hours."""

from collections.abc import Iterator

from core.family import Booked, MatterType, Outcome
from core.fields import Field, Kind, Value
from core.records import Effect, Entry


def _qualified(outcome: Outcome) -> Iterator[Effect]:
    matter = outcome.matter
    if outcome.settled:
        values: dict[str, Value] = {key: matter.text(key) for key in ("certificate", "operator", "kind")}
        yield Entry(
            "fire.qualifications", outcome.office.day, {**values, "until": matter.values["until"]}, matter.number
        )


QUALIFICATION = MatterType(
    key="fire.qualification",
    title="操作人员资格登记",
    prefix="操作证",
    fields=(
        Field("operator", "操作人", help="外单位人员写明单位和姓名"),
        Field("kind", "资格", help="例如 焊接与热切割作业、电工作业"),
        Field("certificate", "证书编号"),
        Field("issuer", "发证机关"),
        Field("until", "有效期至", Kind.DATE),
        Field("seen", "已核对原件", Kind.FLAG),
    ),
    subject="operator",
    register=True,
    follows=_qualified,
    books=(Booked("fire.qualifications"),),
    indexed=("certificate",),
)

PERMIT = MatterType(
    key="fire.permit",
    title="用火用电动火审批",
    prefix="动火",
    fields=(
        Field("kind", "作业种类", Kind.CHOICE, choices=("动火", "用火", "临时用电")),
        Field("work", "作业内容"),
        Field("place", "作业部位"),
        Field("unit", "责任部门", Kind.UNIT),
        Field("person", "责任人", Kind.PERSON),
        Field("operator", "操作人", help="外单位人员写明单位和姓名，与资格登记一致"),
        Field("certificate", "证书编号", required=False, ledger="fire.qualifications.certificate"),
        Field("watcher", "现场监护人", Kind.PERSON),
        Field("works_on", "作业日期", Kind.DATE),
        Field("begins", "开始时间", help="写作 08:30"),
        Field("ends", "结束时间", help="写作 16:00"),
        Field("measures", "消防安全措施", Kind.LONG),
    ),
    subject="work",
    step_forms={
        "start": (
            Field("cleared", "可燃物已清除", Kind.FLAG),
            Field("ready", "灭火器材到位", Kind.FLAG),
            Field("watched", "监护人在场", Kind.FLAG),
            Field("identified", "操作人与证书相符", Kind.FLAG),
        ),
        "finish": (
            Field("ended_at", "停止作业时间", help="写作 16:00"),
            Field("no_embers", "没有遗留火种", Kind.FLAG),
            Field("power_off", "电源气源已切断", Kind.FLAG),
        ),
    },
    indexed=("works_on",),
)

MATTERS = (QUALIFICATION, PERMIT)
