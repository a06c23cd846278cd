"""Monthly and yearly statements of attendance, drawn from the books."""

from collections.abc import Mapping

from core.consulted import Consulted
from core.days import terms
from core.family import MatterType
from core.fields import Field, Kind, Value
from core.matter import Matter
from core.records import Duty
from plugins.leave import figures

_PERSON = Field("person", "人员", Kind.PERSON)


def _half_days(key: str, title: str) -> Field:
    return Field(key, title, Kind.NUMBER, required=False, unit="个半天")


def _times(key: str, title: str) -> Field:
    return Field(key, title, Kind.NUMBER, required=False, unit="次")


def _month(office: Consulted, person: str, duty: Duty | None) -> Mapping[str, Value]:
    period = figures.last_month(office, duty)
    return {"period": period, "lines": tuple(figures.month_lines(office, period))}


def _year(office: Consulted, person: str, duty: Duty | None) -> Mapping[str, Value]:
    period = figures.last_year(office, duty)
    return {"period": period, "lines": tuple(figures.year_lines(office, period))}


def _late_persons(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    return {"late_persons": sum(figures.reaches_talk(office, line) for line in matter.rows("lines"))}


MONTH = MatterType(
    key="leave.month-statement",
    title="月度考勤表",
    prefix="月考",
    fields=(
        Field("period", "月份", Kind.PERIOD, lengths=(terms.MONTH,)),
        Field(
            "lines",
            "考勤情况",
            Kind.ROWS,
            required=False,
            columns=(
                _PERSON,
                _times("late", "迟到"),
                _times("early", "早退"),
                _half_days("missing", "未签到未说明"),
                _half_days("personal", "事假"),
                _half_days("sick", "病假"),
                _half_days("annual", "年休假"),
                _half_days("compensatory", "补休假"),
                _half_days("other", "其他假"),
                _half_days("unpaid", "扣基本工资"),
                _half_days("truancy", "旷工"),
                Field("allowance", "当月津补贴", Kind.MONEY, required=False, help="填写后，扣除以此为限"),
                Field("fine", "拟扣津补贴", Kind.MONEY, required=False),
            ),
        ),
        Field("note", "说明", Kind.LONG, required=False),
    ),
    subject="period",
    register=True,
    derived=(Field("late_persons", "须诫勉谈话人数", Kind.NUMBER, unit="人"),),
    derive=_late_persons,
    prepare=_month,
    indexed=("period",),
    help="数字由台账生成，只列有情况的人员；请假按半天计",
)

YEAR = MatterType(
    key="leave.year-statement",
    title="年度考勤表",
    prefix="年考",
    fields=(
        Field("period", "年度", Kind.PERIOD, lengths=(terms.YEAR,)),
        Field(
            "lines",
            "考勤处理建议",
            Kind.ROWS,
            required=False,
            columns=(
                _PERSON,
                _half_days("truancy", "旷工"),
                Field("fine", "拟扣年终奖金", Kind.MONEY, required=False),
                Field("half_bonus", "扣除部分年终奖金", Kind.NUMBER, required=False, unit="%"),
                Field("whole_bonus", "扣除全部年终奖金", Kind.FLAG, required=False),
                Field("honours", "旷工取消评先评优资格", Kind.FLAG, required=False),
                Field("admonished", "受告诫取消评先评优资格", Kind.FLAG, required=False),
            ),
        ),
        Field("note", "说明", Kind.LONG, required=False),
    ),
    subject="period",
    register=True,
    prepare=_year,
    indexed=("period",),
    help="数字由台账生成，是处理建议，由有权的人决定",
)

MATTERS = (MONTH, YEAR)
