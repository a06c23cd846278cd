"""The roll of members, elections, the yearly appraisal, and how leaders take part."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from core.consulted import Consulted
from core.days.wording import half_of
from core.family import Booked, MatterType, Outcome
from core.fields import Field, Kind, Value
from core.matter import Matter
from core.people import Span, Tenure
from core.records import Duty, Effect, EndTenure, Entry
from plugins.party import attending, roll
from plugins.party.matters.forms import (
    CONTENT,
    DAY,
    HALF,
    PERSON,
    SECRETARY,
    UNIT,
    YEAR,
    begun,
    on_its_day,
    register,
    with_secretary,
)

GRADES = ("优秀", "合格", "基本合格", "不合格")
LOWER, FAILED = "基本合格", "不合格"


def _entered(outcome: Outcome) -> Iterator[Effect]:
    matter, office = outcome.matter, outcome.office
    for row in matter.rows("lines") if outcome.settled else ():
        values: dict[str, Value] = {key: row[key] for key in ("person", "cell", "standing", "since") if row.get(key)}
        yield Entry(roll.MEMBERS, office.day, {**values, "unit": matter.text("unit")})


ROLL = register(
    "party.roll",
    "党员名册登记",
    "党员名册",
    UNIT,
    Field(
        "lines",
        "党员",
        Kind.ROWS,
        columns=(
            PERSON,
            Field("cell", "党小组", Kind.UNIT, required=False),
            Field("standing", "身份", Kind.CHOICE, choices=(roll.FULL, roll.PROBATIONARY, roll.MOVED)),
            Field("since", "批准为预备党员日期", Kind.DATE),
        ),
    ),
    subject="unit",
    follows=_entered,
    books=(Booked("party.members", rows="lines"),),
    help="登记现有党员、转入转出；预备党员的接收和转正由发展党员环节登记",
)


def _took_office(outcome: Outcome) -> Iterator[Effect]:
    """The old committee ends where the new begins; whoever is elected again to the same post goes on."""
    matter, office = outcome.matter, outcome.office
    if not outcome.settled:
        return
    unit, day = matter.text("unit"), office.day
    elected = {(str(row["person"]), str(row["post"])) for row in matter.rows("lines")}
    filled = {post for _, post in elected}
    posts = filled if matter.flag("by_election") else filled | set(map(str, office.setting("party.committee")))
    held = {(person, post) for post in sorted(posts) for person in office.organisation.holders(post, day, unit)}
    for person, post in sorted(held - elected):
        yield EndTenure(person, post, day - timedelta(days=1), unit)
    for person, post in sorted(elected - held):
        yield Tenure(person, post, unit, Span(day))


ELECTION = MatterType(
    key="party.election",
    title="支部换届选举登记",
    prefix="换届",
    fields=(
        UNIT,
        DAY,
        Field("due", "应到正式党员", Kind.NUMBER, unit="人"),
        Field("present", "实到", Kind.NUMBER, unit="人"),
        Field(
            "lines",
            "当选",
            Kind.ROWS,
            columns=(PERSON, Field("post", "职务", Kind.POST), Field("votes_for", "赞成", Kind.NUMBER, unit="票")),
        ),
        Field("by_election", "只是补选", Kind.FLAG, required=False, help="填“是”的，没有改选的委员继续任职"),
    ),
    subject="day",
    prepare=begun(),
    derived=(SECRETARY,),
    derive=with_secretary,
    follows=_took_office,
    help="上级批准以后，当选的人即日任职，没有连任的原委员同时离任",
)


def _appraised(outcome: Outcome) -> Iterator[Effect]:
    matter, office = outcome.matter, outcome.office
    for row in matter.rows("lines") if outcome.settled else ():
        values: dict[str, Value] = {"person": row["person"], "unit": matter.text("unit"), "grade": row["grade"]}
        yield Entry("party.appraisals", office.day, {**values, "year": matter.text("period")})


def _graded(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    grades = [row.get("grade") for row in matter.rows("lines") if not row.get("removed")]
    return {
        "to_admonish": sum(grade in (LOWER, FAILED) for grade in grades),
        "failed": grades.count(FAILED),
        **with_secretary(office, matter),
    }


def _to_appraise(office: Consulted, person: str, duty: Duty | None) -> Mapping[str, Value]:
    found = roll.member(office, person)
    unit = duty.unit if duty else found.unit if found else ""
    period = duty.period if duty else str(office.day.year)
    rows = tuple({"person": each.person, "grade": "合格"} for each in roll.roll(office, unit))
    return {"unit": unit, "period": period, "lines": rows}


APPRAISAL = register(
    "party.appraisal",
    "民主评议党员",
    "民主评议",
    UNIT,
    YEAR,
    Field("chair", "主持人", Kind.PERSON),
    Field("method", "研究评议方法的支委会", Kind.MATTER, matter=attending.COMMITTEE),
    Field("guidance", "党组指导意见", help="文号或日期、内容"),
    Field(
        "lines",
        "评议结果",
        Kind.ROWS,
        columns=(
            PERSON,
            Field("grade", "等次", Kind.CHOICE, choices=GRADES),
            Field("contact", "联系群众情况", required=False),
            Field("removed", "已开除或除名", Kind.FLAG, required=False),
        ),
    ),
    subject="period",
    follows=_appraised,
    books=(Booked("party.appraisals", rows="lines"),),
    prepare=_to_appraise,
    derived=(
        Field("to_admonish", "须诫勉谈话人数", Kind.NUMBER, unit="人"),
        Field("failed", "不合格人数", Kind.NUMBER, unit="人"),
        SECRETARY,
    ),
    derive=_graded,
    indexed=("period",),
)
_APPRAISAL = Field("appraisal", "民主评议", Kind.MATTER, matter="party.appraisal")
ADMONITION = register(
    "party.admonition",
    "党员诫勉谈话登记",
    "党员诫勉",
    _APPRAISAL,
    DAY,
    Field("lines", "谈话", Kind.ROWS, columns=(PERSON, Field("content", "谈话内容"))),
    subject="appraisal",
)
HELP_PLAN = register(
    "party.help-plan",
    "限期整改和帮教登记",
    "帮教",
    _APPRAISAL,
    Field(
        "lines",
        "整改和帮教",
        Kind.ROWS,
        columns=(
            PERSON,
            Field("due", "整改期限", Kind.DATE),
            Field("measures", "帮教措施"),
            Field("helper", "帮教人", Kind.PERSON),
        ),
    ),
    subject="appraisal",
)
WORK_APPRAISAL = register(
    "party.work-appraisal",
    "党建工作责任制考核",
    "党建考核",
    YEAR,
    Field(
        "lines",
        "考核结果",
        Kind.ROWS,
        columns=(
            PERSON,
            Field("grade", "结果"),
            Field("use", "结果运用", Kind.CHOICE, choices=("业绩评定", "奖励或处分", "选拔任用")),
        ),
    ),
    CONTENT,
    subject="period",
)


def attendance_lines(office: Consulted, period: str) -> list[dict[str, object]]:
    """How often each leader came to the meetings of his own branch and cell in a half year."""
    leaders = attending.due(office, attending.DEMOCRATIC, "")
    lines: list[dict[str, object]] = []
    for person in leaders:
        found = [
            each
            for each in office.entries("party.attendance", person=person, period=period, limit=1000)
            if each.values["meeting"] != attending.KINDS[attending.DEMOCRATIC]
        ]
        came = sum(each.values["attended"] == "到会" for each in found)
        lines.append(
            {"person": person, "came": came, "missed": sum(each.values["attended"] == "缺席" for each in found)}
        )
    return lines


def _leaders(office: Consulted, person: str, duty: Duty | None) -> Mapping[str, Value]:
    period = duty.period if duty else half_of(office.day)
    return {"period": period, "lines": tuple(attendance_lines(office, period))}


ATTENDANCE = register(
    "party.attendance-statement",
    "领导参加双重组织生活情况",
    "双重生活",
    HALF,
    Field(
        "lines",
        "参加情况",
        Kind.ROWS,
        columns=(
            PERSON,
            Field("came", "到会", Kind.NUMBER, unit="次"),
            Field("missed", "缺席", Kind.NUMBER, unit="次"),
        ),
    ),
    subject="period",
    prepare=_leaders,
    help="次数由组织生活台账算出",
)
BRANCH_REPORT = register(
    "party.branch-report",
    "听取支部工作汇报",
    "支部汇报",
    UNIT,
    HALF,
    DAY,
    CONTENT,
    Field("requirements", "提出的要求", Kind.LONG),
)

STUDY = register(
    "party.study",
    "党员学习登记",
    "党员学习",
    UNIT,
    DAY,
    Field("form", "学习形式", Kind.CHOICE, setting="party.study-forms"),
    CONTENT,
    Field("people", "参加人数", Kind.NUMBER, unit="人"),
    follows=on_its_day,
)
STUDY_PLAN = register("party.study-plan", "年度党员学习计划", "学习计划", UNIT, YEAR, CONTENT)
STUDY_NOTES = register(
    "party.study-notes",
    "学习心得登记",
    "学习心得",
    UNIT,
    YEAR,
    Field("lines", "心得笔记", Kind.ROWS, columns=(PERSON, Field("title", "题目"))),
    subject="period",
)

MATTERS = (
    ROLL,
    ELECTION,
    APPRAISAL,
    ADMONITION,
    HELP_PLAN,
    WORK_APPRAISAL,
    ATTENDANCE,
    BRANCH_REPORT,
    STUDY,
    STUDY_PLAN,
    STUDY_NOTES,
)
