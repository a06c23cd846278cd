"""Handing over the books, auditing a departure, opening the archives, publishing the finances."""

from core.family import MatterType
from core.fields import Field, Kind

HANDOVER = MatterType(
    key="finance.handover",
    title="财务移交",
    prefix="移交",
    fields=(
        Field("person", "移交人", Kind.PERSON),
        Field("post", "移交的职务", Kind.POST),
        Field("successor", "接收人", Kind.PERSON),
        Field("supervisor", "监交人", Kind.PERSON),
        Field("content", "移交清单", Kind.LONG, help="账簿、凭证、票据、现金、印章、未了事项"),
    ),
    subject="content",
    indexed=("person",),
    help="移交人、接收人、监交人三方签字",
)

AUDIT = MatterType(
    key="finance.audit",
    title="离任审计",
    prefix="审计",
    fields=(
        Field("person", "被审计人", Kind.PERSON),
        Field("auditor", "审计单位"),
        Field("span", "审计期间"),
        Field("departure", "离任登记", Kind.MATTER, required=False, matter="core.departure"),
        Field("conclusion", "审计结论", Kind.LONG),
    ),
    subject="span",
    register=True,
    indexed=("person",),
)

ARCHIVE_ACCESS = MatterType(
    key="finance.archive-access",
    title="调阅会计档案",
    prefix="调档",
    fields=(
        Field("content", "调阅内容", help="哪一年、哪一类凭证或账簿"),
        Field("purpose", "调阅用途"),
        Field("outside", "提供给外单位", Kind.FLAG),
        Field("recipient", "外单位名称", required=False),
        Field("ground", "对外提供的依据", Kind.CHOICE, required=False, choices=("法律规定", "单位主管领导同意")),
        Field("ground_text", "依据的条文或批示", required=False),
        Field("taken_out", "带走原件", Kind.FLAG),
    ),
    subject="content",
)

PUBLICATION = MatterType(
    key="finance.publication",
    title="财务公开",
    prefix="公开",
    fields=(
        Field("period", "公开期间", Kind.PERIOD),
        Field("content", "公开内容", Kind.LONG),
        Field("channel", "公开方式", Kind.CHOICE, setting="finance.publication-channels"),
        Field("published_on", "公开日期", Kind.DATE),
    ),
    subject="period",
    register=True,
)

MATTERS = (HANDOVER, AUDIT, ARCHIVE_ACCESS, PUBLICATION)
