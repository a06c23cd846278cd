"""Statements drawn from the books: how one person stands, and how the year stands for all."""

from collections.abc import Mapping

from core.consulted import Consulted
from core.days.terms import YEAR
from core.family import MatterType
from core.fields import Field, Kind, Value
from core.records import Duty
from plugins.study import figures

_YEAR = Field("period", "年度", Kind.PERIOD, lengths=(YEAR,))
_PERSON = Field("person", "人员", Kind.PERSON)


def _number(key: str, title: str) -> Field:
    return Field(key, title, Kind.NUMBER)


def _stands(office: Consulted, person: str, duty: Duty | None) -> Mapping[str, Value]:
    year = str(office.day.year)
    return {"period": year, "person": person, "rows": tuple(figures.owed(office, person, year))}


STANDING = MatterType(
    key="study.standing",
    title="个人学习情况表",
    prefix="学情",
    fields=(
        _YEAR,
        _PERSON,
        Field(
            "rows",
            "学习情况",
            Kind.ROWS,
            columns=(
                Field("item", "项目"),
                _number("required", "应完成"),
                _number("done", "已完成"),
                _number("missing", "还差"),
                Field("unit", "单位"),
                Field("by", "不迟于", Kind.DATE),
            ),
        ),
    ),
    subject="person",
    register=True,
    prepare=_stands,
    own="person",
    indexed=("person", "period"),
    help="打开就是本人现在的情况，不必提交；要留底的提交一份",
)


def _year(office: Consulted, person: str, duty: Duty | None) -> Mapping[str, Value]:
    year = duty.period if duty and duty.period else str(office.day.year)
    uncovered = "、".join(figures.uncovered(office, year))
    values: dict[str, Value] = {"period": year, "half_days": figures.half_days(office, year)}
    return {**values, "people": figures.reviewed(office, year), **({"uncovered": uncovered} if uncovered else {})}


REVIEW = MatterType(
    key="study.review",
    title="年度学习情况汇总",
    prefix="学汇",
    fields=(
        _YEAR,
        Field("half_days", "中心组集中学习", Kind.NUMBER, unit="个半天"),
        Field("uncovered", "没有学到的类别", required=False),
        Field(
            "people",
            "各人情况",
            Kind.ROWS,
            columns=(
                _PERSON,
                Field("percent", "中心组出席率", Kind.NUMBER, required=False, unit="%"),
                Field("missing", "还差", required=False),
            ),
        ),
    ),
    subject="period",
    register=True,
    prepare=_year,
    indexed=("period",),
    help="数字由台账生成",
)

MATTERS = (STANDING, REVIEW)
