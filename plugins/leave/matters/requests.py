"""Leave asked for, consent sought beforehand, trips on duty, journeys abroad."""

from collections.abc import Iterator, Mapping

from core.consulted import Consulted
from core.family import Booked, MatterType, Outcome
from core.fields import Field, Kind, Value
from core.matter import Matter
from core.people import Absence, Span
from core.records import Effect, Entry
from plugins.leave import days, standing
from plugins.leave.settings import ANNUAL, COMPENSATORY

SINCE = Field("since", "起始日期", Kind.DATE)
SINCE_HALF = Field(
    "since_half", "起始时段", Kind.CHOICE, required=False, choices=days.HALVES, help="不填为上午，即从这一天早上起"
)
UNTIL = Field("until", "结束日期", Kind.DATE)
UNTIL_HALF = Field(
    "until_half", "结束时段", Kind.CHOICE, required=False, choices=days.HALVES, help="不填为下午，即到这一天下班为止"
)
HALF_DAYS = Field("half_days", "半天数", Kind.NUMBER, unit="个半天")
PERSON = Field("person", "人员", Kind.PERSON)
LEAVE = Field("leave", "假别", Kind.CHOICE, setting="leave.kinds")


def absent(person: str, reason: str, matter: Matter) -> Iterator[Effect]:
    """A person is away on the days that are taken up altogether; on half a day he still comes in."""
    away = days.whole_days(days.span_of(matter))
    if away:
        yield Absence(person, reason, Span(*away))


def _of_applicant(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    return {"person": matter.applicant, "half_days": len(standing.used(office, matter))}


def _of_request(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    if len(days.span_of(matter)) > 2 * days.LONGEST:
        return {"person": matter.applicant}
    joined = standing.joined_half_days(office, matter, matter.applicant)
    return {
        **_of_applicant(office, matter),
        "joined_half_days": joined,
        "run_half_days": max(joined, standing.month_half_days(office, matter, matter.applicant)),
    }


def _granted(outcome: Outcome) -> Iterator[Effect]:
    """A granted request is booked by month, drawn from the balances, and makes the person absent."""
    matter, office = outcome.matter, outcome.office
    if not outcome.settled:
        return
    halves = standing.used(office, matter)
    yield from booked(office, matter, halves, standing.draws(office, matter, halves))
    yield from absent(matter.applicant, matter.text("leave"), matter)


def booked(office: Consulted, request: Matter, halves: list[int], drawn: standing.Drawn) -> Iterator[Entry]:
    """The lines of a request's half days: what is drawn from each balance, and what is taken in each month."""
    person, leave = request.applicant, request.text("leave")
    event = "使用" if leave in (ANNUAL, COMPENSATORY) else f"冲抵{leave}"
    for year, count in drawn.annual.items():
        values: dict[str, Value] = {"person": person, "year": year, "half_days": -count, "event": event}
        yield Entry("leave.annual", office.day, values, request.number)
    if drawn.compensatory:
        values = {"person": person, "half_days": -drawn.compensatory, "event": event}
        values["day"] = request.day("since") or office.day
        yield Entry("leave.compensatory", office.day, values, request.number)
    over = days.by_month(drawn.over)
    for month, count in days.by_month(halves).items():
        values = {"person": person, "year": month[:4], "month": month, "leave": leave}
        values |= {"half_days": count, "unpaid": over.get(month, 0), "request": request.number}
        yield Entry("leave.taken", office.day, values, request.number)


REQUEST = MatterType(
    key="leave.request",
    title="请假申请",
    prefix="请假",
    fields=(
        LEAVE,
        SINCE,
        SINCE_HALF,
        UNTIL,
        UNTIL_HALF,
        Field("reason", "事由"),
        Field("cover", "工作安排", Kind.LONG, required=False, help="请假期间的工作由谁接、怎样安排"),
        Field("stand_in", "建议的代理人", Kind.PERSON, required=False),
        Field("proof", "证明材料", required=False, help="病假单、结婚证、出生证明等的名称和编号"),
        Field("hospital", "就诊医院", required=False),
        Field("hospital_grade", "医院等级", Kind.CHOICE, required=False, setting="leave.hospital-grades"),
        Field("physician_rank", "医师职称", Kind.CHOICE, required=False, setting="leave.physician-ranks"),
        Field(
            "consent",
            "事前请示",
            Kind.MATTER,
            required=False,
            matter="leave.consent",
            help="事后补办手续的，填写事前请示或报告的编号",
        ),
    ),
    subject="reason",
    derived=(
        PERSON,
        HALF_DAYS,
        Field("joined_half_days", "连同前后相连的同类假共计半天数", Kind.NUMBER, unit="个半天"),
        Field("run_half_days", "同类假连续或当月累计半天数", Kind.NUMBER, unit="个半天"),
    ),
    derive=_of_request,
    step_forms={
        "district": (
            Field("reply", "上级批复", help="批准的机关和文号"),
            Field("replied_on", "批复日期", Kind.DATE),
        ),
    },
    follows=_granted,
    books=(
        Booked("leave.taken"),
        Booked("leave.annual", always=False),
        Booked("leave.compensatory", always=False),
    ),
    indexed=("person",),
    help="请假天数按单位的工作日历计算，不用自己数",
)

CONSENT = MatterType(
    key="leave.consent",
    title="事前请示",
    prefix="请示",
    fields=(LEAVE, SINCE, UNTIL, Field("reason", "事由"), Field("means", "请示方式", help="如：电话、当面")),
    subject="reason",
    derived=(PERSON,),
    derive=lambda office, matter: {"person": matter.applicant},
    indexed=("person",),
    help="来不及办理请假手续时，先请示或报告，回来后补办",
)


def _outing(outcome: Outcome) -> Iterator[Effect]:
    if outcome.settled:
        yield from absent(outcome.matter.applicant, "因公外出", outcome.matter)


OUTING = MatterType(
    key="leave.outing",
    title="因公外出",
    prefix="公出",
    fields=(
        Field("place", "公出单位"),
        Field("purpose", "公出事由"),
        SINCE,
        SINCE_HALF,
        UNTIL,
        UNTIL_HALF,
        Field("stand_in", "建议的代理人", Kind.PERSON, required=False),
    ),
    subject="purpose",
    derived=(PERSON, HALF_DAYS),
    derive=_of_applicant,
    follows=_outing,
    indexed=("person",),
    help="审批人由审批环节的签字自动记入",
)


def _abroad(outcome: Outcome) -> Iterator[Effect]:
    if outcome.settled:
        yield from absent(outcome.matter.applicant, "出国（境）", outcome.matter)


ABROAD = MatterType(
    key="leave.abroad",
    title="出国（境）报告",
    prefix="出境",
    fields=(
        Field("purpose", "出国（境）事由", Kind.CHOICE, choices=("考察", "学习", "其他")),
        Field("place", "前往国家或地区"),
        Field("exit_approval", "出国（境）批件", required=False, help="批准机关和文号"),
        SINCE,
        UNTIL,
        Field("cover", "工作安排", Kind.LONG, required=False),
    ),
    subject="place",
    derived=(PERSON,),
    derive=lambda office, matter: {"person": matter.applicant},
    follows=_abroad,
    indexed=("person",),
)

DEPARTURE_REPORT = MatterType(
    key="leave.departure-report",
    title="临行报告",
    prefix="临行",
    fields=(
        Field("journey", "出国（境）报告", Kind.MATTER, matter="leave.abroad"),
        Field("reported_to", "报告对象", Kind.PERSON),
        Field("leaves_on", "离境日期", Kind.DATE),
        Field("contact", "联系方式", required=False),
    ),
    subject="leaves_on",
    register=True,
    indexed=("journey",),
)

MATTERS = (REQUEST, CONSENT, OUTING, ABROAD, DEPARTURE_REPORT)
