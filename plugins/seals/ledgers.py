"""The books of seals: what became of each seal, and every impression made with it."""

from core.days.terms import YEAR
from core.family import LedgerType
from core.fields import Field, Kind

REGISTER = LedgerType(
    "seals.register",
    "印章台账",
    (
        Field("seal", "印章"),
        Field("event", "事项"),
        Field("kind", "种类"),
        Field("unit", "使用科室", Kind.UNIT),
        Field("place", "存放地点"),
        Field("person", "保管人", Kind.PERSON),
        Field("since", "自", Kind.DATE),
        Field("until", "至", Kind.DATE),
        Field("reference", "有关事项"),
        Field("note", "说明"),
    ),
    ("seal",),
    help="每枚印章的启用、交接、外带、停用和处置，一事一行",
)
IMPRESSIONS = LedgerType(
    "seals.impressions",
    "用印登记簿",
    (
        Field("year", "年度", Kind.PERIOD, lengths=(YEAR,)),
        Field("seal", "印章"),
        Field("numbers", "印次号"),
        Field("count", "印数", Kind.NUMBER, unit="印"),
        Field("title", "材料名称"),
        Field("purpose", "用印事由"),
        Field("application", "用印审批单"),
        Field("handler", "经办人", Kind.PERSON),
        Field("custodian", "盖印人", Kind.PERSON),
        Field("operator", "代用人", Kind.PERSON),
        Field("remark", "备注"),
    ),
    ("year", "seal", "application"),
    help="盖一次记一行，印次号按印章和年度连续编排",
    together=(("year", "seal"),),
    told="numbers",
)
LEDGERS = (REGISTER, IMPRESSIONS)
