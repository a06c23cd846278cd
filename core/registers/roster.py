"""The roster: people, the posts they hold and what leaders are in charge of, many registered by one act."""

from collections.abc import Iterator

from core.family import MatterType, Outcome
from core.fields import Field, Kind
from core.people import Staff
from core.records import Effect
from core.registers.roster_reading import read_roster

_SINCE = Field("since", "起始日期", Kind.DATE)
_UNTIL = Field("until", "截止日期", Kind.DATE, required=False, help="仍在任的不填")
_NUMBER = Field("person", "编号", help="人员编号")
_NAME = Field("name", "姓名", required=False, help="供核对，与编号不符的不予登记")
_BASIS = Field("basis", "依据", required=False, help="文件名称和文号")

PEOPLE, TENURES, OVERSIGHTS = "people", "tenures", "oversights"


def _registered(outcome: Outcome) -> Iterator[Effect]:
    if outcome.settled:
        office = outcome.office
        for each in read_roster(outcome.matter, office.organisation, office.day).registrations:
            yield each.change


ROSTER = MatterType(
    key="core.roster",
    title="人员名册",
    prefix="名册",
    fields=(
        Field("basis", "依据", help="名册的来源"),
        Field(
            PEOPLE,
            "人员",
            Kind.ROWS,
            required=False,
            columns=(
                Field("key", "编号", help="人员编号，一人一号，不变"),
                Field("name", "姓名"),
                Field("staff", "身份", Kind.CHOICE, required=False, choices=tuple(each.value for each in Staff)),
            ),
        ),
        Field(
            TENURES,
            "任职",
            Kind.ROWS,
            required=False,
            columns=(
                _NUMBER, _NAME, Field("post", "职务", Kind.POST), Field("unit", "科室", Kind.UNIT), _SINCE, _UNTIL,
                _BASIS,
            ),
        ),
        Field(
            OVERSIGHTS,
            "分管",
            Kind.ROWS,
            required=False,
            columns=(
                _NUMBER, _NAME, Field("units", "分管科室", required=False, help="多个以顿号分开"),
                Field("functions", "分管工作", required=False, help="多个以顿号分开"), _SINCE, _UNTIL, _BASIS,
            ),
        ),
    ),
    subject="basis",
    register=True,
    follows=_registered,
    help="成批登记人员、任职、离任和分管；每一行都按单独登记时的规定判断",
)  # fmt: skip
