"""The books of fire safety: who answers for what, what stands where, what was found, who took part."""

from core.days.terms import YEAR
from core.family import LedgerType
from core.fields import Field, Kind

_PLACE, _UNIT = Field("place", "部位"), Field("unit", "责任部门", Kind.UNIT)
_PERSON, _EVENT = Field("person", "责任人", Kind.PERSON), Field("event", "事项")

LEDGERS = (
    LedgerType(
        "fire.responsibilities",
        "消防安全责任台账",
        (Field("level", "层级"), _UNIT, _PLACE, _PERSON),
        ("level", "unit", "place", "person"),
    ),
    LedgerType(
        "fire.key-places",
        "消防安全重点部位台账",
        (_PLACE, _UNIT, _PERSON, Field("measures", "管理措施")),
        ("place", "unit"),
    ),
    LedgerType(
        "fire.equipment",
        "疏散设施和消防器材台账",
        (
            Field("number", "编号"),
            Field("kind", "种类"),
            _PLACE,
            _UNIT,
            _PERSON,
            _EVENT,
            Field("service_by", "下次维修不迟于", Kind.DATE),
            Field("scrap_by", "报废不迟于", Kind.DATE),
        ),
        ("number", "kind", "unit"),
    ),
    LedgerType(
        "fire.rounds",
        "防火巡查检查台账",
        (Field("kind", "种类"), _PERSON, Field("looked", "项数", Kind.NUMBER), Field("faults", "问题", Kind.NUMBER)),
        ("kind", "person"),
    ),
    LedgerType(
        "fire.hazards",
        "火灾隐患台账",
        (
            Field("hazard", "整改单"),
            _PLACE,
            _UNIT,
            _PERSON,
            _EVENT,
            Field("cost", "经费", Kind.MONEY),
            Field("expenditure", "支出事项"),
        ),
        ("hazard", "unit", "person", "event", "expenditure"),
    ),
    LedgerType(
        "fire.qualifications",
        "操作人员资格台账",
        (
            Field("certificate", "证书编号"),
            Field("operator", "操作人"),
            Field("kind", "资格"),
            Field("until", "有效期至", Kind.DATE),
        ),
        ("certificate", "operator"),
    ),
    LedgerType(
        "fire.attendance",
        "消防培训演练台账",
        (
            Field("year", "年度", Kind.PERIOD, lengths=(YEAR,)),
            Field("kind", "种类"),
            Field("person", "人员", Kind.PERSON),
            Field("present", "参加", Kind.NUMBER, unit="次"),
        ),
        ("year", "kind", "person"),
    ),
)
