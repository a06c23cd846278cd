"""Everybody's study: plans, collective study, topics given to somebody, writings, online hours."""

from collections.abc import Iterator, Mapping

from core.consulted import Consulted
from core.days.awaited import awaiting, discharges
from core.days.terms import YEAR
from core.family import Booked, MatterType, Outcome
from core.fields import Field, Kind, Value
from core.records import Discharge, Duty, Effect, Entry
from plugins.study import figures
from plugins.study.matters.centre import CONTENT, HALF_DAYS, plan

_YEAR = Field("period", "年度", Kind.PERIOD, lengths=(YEAR,))

OFFICE_PLAN = plan("office-plan", "机关学习计划", "机学")

PERSONAL_PLAN = MatterType(
    key="study.personal-plan",
    title="个人自学计划",
    prefix="自学",
    fields=(
        _YEAR,
        Field("lines", "安排", Kind.ROWS, columns=(Field("time", "学习时间"), Field("content", "学习内容"))),
    ),
    subject="period",
    register=True,
    prepare=lambda office, person, duty: {"period": str(office.day.year)},
    indexed=("period",),
)

ASSIGNMENT = MatterType(
    key="study.assignment",
    title="专题辅导安排",
    prefix="专题",
    fields=(
        Field("topic", "专题", help="业务工作的重点、热点、难点"),
        Field("person", "承担人", Kind.PERSON),
        Field("due_on", "辅导日期", Kind.DATE),
    ),
    subject="topic",
    register=True,
    indexed=("person",),
)


def _staff(office: Consulted, person: str, duty: Duty | None) -> Mapping[str, Value]:
    people = figures.staff(office.organisation, office.day)
    return {"held_on": office.day, "people": tuple({"person": each} for each in people)}


def _studied(outcome: Outcome) -> Iterator[Effect]:
    matter = outcome.matter
    day = matter.day("held_on") or outcome.office.day
    if not outcome.settled:
        return
    common: dict[str, Value] = {"year": str(day.year), "group": matter.text("kind")}
    held: dict[str, Value] = {key: matter.values[key] for key in ("topic", "content", "half_days")}
    yield Entry("study.sessions", day, {**common, **held}, matter.number)
    for row in matter.rows("people"):
        present = row.get("present") is True
        counted: dict[str, Value] = {"due": 1, "present": int(present)}
        counted["half_days"] = matter.count("half_days") if present else 0
        yield Entry("study.attendance", day, {**common, "person": row["person"], **counted}, matter.number)
    yield from discharges(outcome, day)


COLLECTIVE = MatterType(
    key="study.collective",
    title="集中学习记录",
    prefix="集学",
    fields=(
        Field("kind", "组织单位", Kind.CHOICE, setting="study.collective-kinds"),
        Field("held_on", "日期", Kind.DATE),
        HALF_DAYS,
        Field("topic", "专题"),
        CONTENT,
        Field("assignment", "专题辅导安排", Kind.MATTER, required=False, matter="study.assignment"),
        Field("speaker", "辅导人", Kind.PERSON, required=False),
        Field(
            "people",
            "参加人员",
            Kind.ROWS,
            columns=(Field("person", "人员", Kind.PERSON), Field("present", "参加", Kind.FLAG)),
        ),
    ),
    subject="topic",
    register=True,
    prepare=_staff,
    follows=_studied,
    books=(
        Booked("study.sessions"),
        Booked("study.attendance"),
    ),
)


def _written(outcome: Outcome) -> Iterator[Effect]:
    """One writing does one of its author's duties to write something of its kind."""
    matter = outcome.matter
    day = matter.day("written_on") or outcome.office.day
    if outcome.settled:
        values: dict[str, Value] = {key: matter.text(key) for key in ("person", "kind", "title")}
        yield Entry("study.writings", day, {**values, "year": str(day.year), "count": 1}, matter.number)
        if not matter.duty:
            owed = list(awaiting(outcome.office, matter, (str(day.year),)))
            yield from (Discharge(duty.key, matter.number) for duty in owed[:1])


WRITING = MatterType(
    key="study.writing",
    title="学习成果登记",
    prefix="学果",
    fields=(
        Field("person", "作者", Kind.PERSON),
        Field("kind", "种类", Kind.CHOICE, setting="study.writing-kinds"),
        Field("title", "题目"),
        Field("written_on", "完成日期", Kind.DATE),
        Field("where", "存放或发表处", help="网址、刊期或档案号"),
    ),
    subject="title",
    register=True,
    prepare=lambda office, person, duty: {"person": person, "written_on": office.day},
    follows=_written,
    books=(Booked("study.writings"),),
    own="person",
    indexed=("person",),
)


def _counted(outcome: Outcome) -> Iterator[Effect]:
    matter = outcome.matter
    for row in matter.rows("rows") if outcome.settled else ():
        yield Entry("study.hours", outcome.office.day, {**row, "year": matter.text("period")}, matter.number)


ONLINE = MatterType(
    key="study.online",
    title="网络学时登记",
    prefix="网学",
    fields=(
        _YEAR,
        Field("source", "来源", help="网络学堂的名称和导出日期"),
        Field(
            "rows",
            "学时",
            Kind.ROWS,
            columns=(
                Field("person", "人员", Kind.PERSON),
                Field("course", "课程"),
                Field("hours", "学时", Kind.NUMBER, unit="学时"),
            ),
        ),
    ),
    subject="source",
    register=True,
    follows=_counted,
    books=(Booked("study.hours"),),
    indexed=("period",),
    help="按网络学堂导出的名单逐行填写，同一人同一课程一年只计一次",
)

MATTERS = (OFFICE_PLAN, PERSONAL_PLAN, ASSIGNMENT, COLLECTIVE, WRITING, ONLINE)
