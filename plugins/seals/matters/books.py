"""The book of impressions: set against the approvals, and bound and archived when the year is over."""

from collections.abc import Mapping

from core.consulted import Consulted
from core.days.terms import YEAR
from core.family import MatterType
from core.fields import Field, Kind, Value
from core.matter import State
from core.records import Duty
from plugins.seals.reckoning import UNAPPROVED, UNUSED, discrepancies, totals

_YEAR = Field("period", "年度", Kind.PERIOD, lengths=(YEAR,))
_FIGURES = (
    Field("impressions", "登记印数", Kind.NUMBER, unit="印"),
    Field("lines", "登记笔数", Kind.NUMBER, unit="笔"),
)


def _stated(office: Consulted, person: str, duty: Duty | None) -> Mapping[str, Value]:
    year = duty.period if duty else str(office.day.year)
    return {"period": year, **totals(office, year), "rows": discrepancies(office, year)}


def _bound(office: Consulted, person: str, duty: Duty | None) -> Mapping[str, Value]:
    year = duty.period if duty else str(office.day.year - 1)
    made = next(iter(office.matters("seals.statement", state=State.SETTLED, limit=1, period=year)), None)
    return {"period": year, **totals(office, year), **({"statement": made.number} if made else {})}


STATEMENT = MatterType(
    key="seals.statement",
    title="用印核对表",
    prefix="用印核对",
    fields=(
        _YEAR,
        *_FIGURES,
        Field(
            "rows",
            "不符之处",
            Kind.ROWS,
            required=False,
            columns=(
                Field("way", "类别", Kind.CHOICE, choices=(UNAPPROVED, UNUSED)),
                Field("reference", "审批单"),
                Field("seal", "印章"),
                Field("count", "印数", Kind.NUMBER, unit="印"),
                Field("note", "查明的情况", required=False),
            ),
        ),
    ),
    subject="period",
    register=True,
    prepare=_stated,
    indexed=("period",),
    help="由登记簿和审批单逐一核对生成：盖了印没有批准的，批准了没有盖印的",
)
VOLUME = MatterType(
    key="seals.volume",
    title="用印登记簿归档",
    prefix="用印归档",
    fields=(
        _YEAR,
        *_FIGURES,
        Field("statement", "用印核对表", Kind.MATTER, matter="seals.statement"),
        Field("place", "存放地点"),
    ),
    subject="period",
    prepare=_bound,
    indexed=("period",),
    help="归档以后，这一年的登记不再更正",
)
MATTERS = (STATEMENT, VOLUME)
