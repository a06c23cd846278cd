"""Registers of people: who stands in for whom, who is away, who holds which post, who is in charge of what."""

from collections.abc import Iterator
from datetime import date

from core.family import MatterType, Outcome
from core.fields import Field, Kind
from core.people import Absence, Delegation, Oversight, Recusal, Span, Tenure
from core.records import Effect, EndTenure


def _span(outcome: Outcome) -> Span:
    matter = outcome.matter
    return Span(matter.day("since") or outcome.office.day, matter.day("until") or date.max)


def named_kinds(scope: str) -> list[str]:
    """The kinds of matter that a stand-in's scope names, as they are written."""
    return [each.strip() for each in scope.replace("，", "、").split("、") if each.strip()]


def _delegation(outcome: Outcome) -> Iterator[Effect]:
    matter = outcome.matter
    if outcome.settled:
        scope = tuple(outcome.office.kind_named(each) for each in named_kinds(matter.text("scope")))
        yield Delegation(
            matter.number,
            matter.text("person"),
            matter.text("stand_in"),
            matter.applicant,
            matter.text("basis"),
            _span(outcome),
            scope,
        )


def _absence(outcome: Outcome) -> Iterator[Effect]:
    if outcome.settled:
        yield Absence(outcome.matter.text("person"), outcome.matter.text("reason"), _span(outcome))


def _recusal(outcome: Outcome) -> Iterator[Effect]:
    matter = outcome.matter
    if outcome.settled:
        of, related = matter.text("matter"), matter.text("related")
        yield Recusal(matter.text("person"), matter.text("reason"), of, related, _span(outcome))


def _appointment(outcome: Outcome) -> Iterator[Effect]:
    matter = outcome.matter
    if outcome.settled:
        yield Tenure(matter.text("person"), matter.text("post"), matter.text("unit"), _span(outcome))


def _departure(outcome: Outcome) -> Iterator[Effect]:
    matter = outcome.matter
    if outcome.settled:
        yield EndTenure(matter.text("person"), matter.text("post"), matter.day("last_day") or outcome.office.day)


def _oversight(outcome: Outcome) -> Iterator[Effect]:
    matter = outcome.matter
    if not outcome.settled:
        return
    units = tuple(dict.fromkeys(str(row["unit"]) for row in matter.rows("units")))
    functions = tuple(dict.fromkeys(str(row["function"]) for row in matter.rows("functions")))
    yield Oversight(matter.text("person"), units, functions, _span(outcome))


_SINCE = Field("since", "起始日期", Kind.DATE)
_UNTIL = Field("until", "截止日期", Kind.DATE)

DELEGATION = MatterType(
    key="core.delegation",
    title="指定代理",
    prefix="代理",
    fields=(
        Field("person", "被代理人", Kind.PERSON),
        Field("stand_in", "代理人", Kind.PERSON),
        _SINCE,
        _UNTIL,
        Field("basis", "依据", help="谁指定、凭什么指定，办理时将写作“甲代乙，依据……”"),
        Field("scope", "事项范围", required=False, help="填事项的名称，多个以顿号分开；不填为全部事项"),
    ),
    subject="basis",
    register=True,
    follows=_delegation,
    help="外出、请假期间由他人代为办理",
)

ABSENCE = MatterType(
    key="core.absence",
    title="外出登记",
    prefix="外出",
    fields=(
        Field("person", "人员", Kind.PERSON),
        _SINCE,
        _UNTIL,
        Field("reason", "事由", help="如：出差、学习、休假"),
    ),
    subject="reason",
    register=True,
    follows=_absence,
    help="外出期间的待办由代理人办理，没有代理人时等待",
)

RECUSAL = MatterType(
    key="core.recusal",
    title="回避登记",
    prefix="回避",
    fields=(
        Field("person", "回避人", Kind.PERSON),
        Field("matter", "回避事项", Kind.MATTER, required=False, help="只回避一件的，填写编号"),
        Field("related", "相关人员", Kind.PERSON, required=False, help="填写后，此人提出的事项一律回避"),
        Field("reason", "回避缘由", Kind.LONG, help="如：亲属关系、本人经办、有利害关系"),
        Field("since", "起始日期", Kind.DATE, required=False, help="不填为即日起"),
        Field("until", "截止日期", Kind.DATE, required=False),
    ),
    subject="reason",
    register=True,
    follows=_recusal,
    own="person",
    help="本人可自行登记；登记后不再办理有关事项，其位置按无人担任处理",
)

APPOINTMENT = MatterType(
    key="core.appointment",
    title="任职登记",
    prefix="任职",
    fields=(
        Field("person", "人员", Kind.PERSON),
        Field("post", "职务", Kind.POST),
        Field("unit", "科室", Kind.UNIT),
        _SINCE,
        Field("until", "截止日期", Kind.DATE, required=False),
        Field("basis", "依据", help="任职文件"),
    ),
    subject="basis",
    register=True,
    follows=_appointment,
)

DEPARTURE = MatterType(
    key="core.departure",
    title="离任登记",
    prefix="离任",
    fields=(
        Field("person", "人员", Kind.PERSON),
        Field("post", "职务", Kind.POST),
        Field("last_day", "最后任职日", Kind.DATE),
        Field("basis", "依据", help="免职、调动、退休文件"),
    ),
    subject="basis",
    register=True,
    follows=_departure,
)

OVERSIGHT = MatterType(
    key="core.oversight",
    title="分管分工",
    prefix="分管",
    fields=(
        Field("person", "领导", Kind.PERSON),
        Field("units", "分管科室", Kind.ROWS, required=False, columns=(Field("unit", "科室", Kind.UNIT),)),
        Field("functions", "分管工作", Kind.ROWS, required=False, columns=(Field("function", "工作", Kind.FUNCTION),)),
        _SINCE,
        Field("until", "截止日期", Kind.DATE, required=False),
        Field("basis", "依据", help="分工文件"),
    ),
    subject="basis",
    register=True,
    follows=_oversight,
)
