"""Trips asked for, ended early or called off, and the claims made after them."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from core.consulted import Consulted
from core.family import Booked, LedgerType, MatterType, Outcome
from core.fields import Field, Kind, Value
from core.people import Absence, Span
from core.records import Discharge, Duty, Effect, EndAbsence, Entry
from plugins.travel import figures
from plugins.travel.paying import paid

_PERSON, _UNIT = Field("person", "人员", Kind.PERSON), Field("unit", "科室", Kind.UNIT)
_ALSO_BOOKED_IN = (
    "travel.bills",
    "finance.commitments",
    "finance.payments",
    "finance.vouchers",
    "finance.cash",
    "finance.loans",
)
"""Ledgers a claim may touch, depending on how it is paid."""
_CLAIMED = Field("claimed", "报销金额", Kind.MONEY, help="超过标准的部分不报，由个人承担")


def _approved(outcome: Outcome) -> Iterator[Effect]:
    """An approved traveller is away; what waits for him goes to his stand-in."""
    matter = outcome.matter
    leaves, returns = matter.day("leaves_on"), matter.day("returns_on")
    if outcome.settled and leaves and returns:
        yield Absence(matter.applicant, f"出差（{matter.number}）", Span(leaves, returns))
        values: dict[str, Value] = {"person": matter.applicant, "unit": matter.unit, "trip": matter.number}
        values |= {"destination": matter.text("destination"), "days": (returns - leaves).days + 1}
        yield Entry("travel.trips", leaves, values, matter.number)


TRIP = MatterType(
    key=figures.TRIP,
    title="出差申请",
    prefix="出差",
    fields=(
        Field("purpose", "事由"),
        Field("kind", "类别", Kind.CHOICE, choices=("会议", "培训", "其他公务")),
        Field("destination", "目的地", help="省外的写到省，如“新疆乌鲁木齐”"),
        Field("route", "往返路线", help="依次写明经过的地方，如“白城—长春—白城”"),
        Field("leaves_on", "出发日期", Kind.DATE),
        Field("returns_on", "返回日期", Kind.DATE),
        Field("event_from", "会议培训开始日期", Kind.DATE, required=False),
        Field("event_to", "会议培训结束日期", Kind.DATE, required=False),
        Field("notice", "通知文件", Kind.CHOICE, choices=("有通知", "无通知", "通知涉密")),
        Field("notice_number", "通知文号", required=False, help="涉密通知的内容和文号不要写在这里"),
        Field("explanation", "情况说明", Kind.LONG, required=False, help="无通知或通知涉密的，书面说明公出的理由"),
        Field("hosted", "主办单位统一安排食宿交通", Kind.FLAG, required=False),
    ),
    subject="purpose",
    follows=_approved,
    books=(Booked("travel.trips"),),
    indexed=("destination",),
    help="每人一份，批准后再动身；批准后，公出期间的待办转给代理人",
)


def _back(outcome: Outcome) -> Iterator[Effect]:
    """Who is back, or never left, is no longer away; what he owed after a trip that was called off falls away."""
    matter, office = outcome.matter, outcome.office
    trip = figures.trip_of(matter, office)
    leaves = trip.day("leaves_on") if trip else None
    if not outcome.settled or trip is None or leaves is None:
        return
    cancelled = matter.text("kind") == figures.CANCELLED
    last = leaves - timedelta(days=1) if cancelled else matter.day("last_day")
    yield EndAbsence(trip.applicant, leaves, last or office.day)
    if cancelled:
        yield from (Discharge(duty.key, matter.number) for duty in office.duties_from(trip.number))


BACK = MatterType(
    key=figures.BACK,
    title="出差返回登记",
    prefix="返回",
    fields=(
        Field("trip", "出差申请", Kind.MATTER, matter=figures.TRIP),
        Field("kind", "情形", Kind.CHOICE, choices=("提前返回", figures.CANCELLED)),
        Field("last_day", "在外的最后一天", Kind.DATE, required=False, help="提前返回的必填"),
        Field("reason", "原因"),
    ),
    subject="reason",
    register=True,
    follows=_back,
    indexed=("trip",),
    help="没有成行或提前返回的，登记后不再算作外出",
)


def _begun(office: Consulted, person: str, duty: Duty | None) -> Mapping[str, Value]:
    """The claim of the trip a duty asks about, else of the traveller's latest trip that has none."""
    settled = [office.matter(duty.matter)] if duty else office.matters(figures.TRIP, limit=20)
    for trip in settled:
        if trip and trip.applicant == person and figures.approved_on(trip) and not figures.claim_of(trip, office):
            values: dict[str, Value] = {"trip": trip.number, "purpose": trip.text("purpose")}
            days = {"left_on": trip.day("leaves_on"), "returned_on": trip.day("returns_on")}
            return values | {key: day for key, day in days.items() if day} | {"hosted": trip.flag("hosted")}
    return {}


TICKET = (
    Field("number", "票号"),
    Field("on", "乘坐日期", Kind.DATE),
    Field("until", "到达日期", Kind.DATE, required=False, help="隔日到达的填写"),
    Field("origin", "起点"),
    Field("destination", "终点"),
    Field("means", "交通工具", Kind.CHOICE, choices=("火车", "高铁动车", "全列软席列车", "轮船", "飞机", "长途汽车")),
    Field("seat", "席别", required=False, help="照票面填写，如硬卧、二等座、经济舱"),
    Field("amount", "票面金额", Kind.MONEY),
    Field("standard", "标准席别票价", Kind.MONEY, required=False, help="席别超出标准的，填写同日同程标准席别的票价"),
    _CLAIMED,
)
STAY = (
    Field("number", "票据号码"),
    Field("place", "地点"),
    Field("on", "入住日期", Kind.DATE),
    Field("nights", "晚数", Kind.NUMBER, unit="晚"),
    Field("room", "房型", Kind.CHOICE, choices=("标准间", "单人间", "套间", "其他")),
    Field("amount", "住宿金额", Kind.MONEY),
    _CLAIMED,
)
CONFIRM = (
    Field("happened", "公出属实", Kind.FLAG),
    Field("direct", "没有绕道办私事的费用", Kind.FLAG),
)
COMPLIANCE = (Field("allowances", "补助合规", Kind.FLAG), Field("costs", "费用合规", Kind.FLAG))
CHECK = (Field("vouchers", "票据合法有效", Kind.FLAG),)
PAYMENT = (
    Field("offset", "冲抵借款", Kind.MONEY, help="没有借款的填 0"),
    Field("method", "余额付款方式", Kind.CHOICE, choices=("转账", "现金", "无余额")),
)

CLAIM = MatterType(
    key=figures.CLAIM,
    title="公务出差审批单",
    prefix="差旅",
    fields=(
        Field("purpose", "事由"),
        Field("trip", "出差申请", Kind.MATTER, required=False, matter=figures.TRIP),
        Field("left_on", "实际出发日期", Kind.DATE),
        Field("returned_on", "实际返回日期", Kind.DATE),
        Field("report", "公出情况", Kind.LONG, help="办了什么事，结果如何"),
        Field("hosted", "主办单位统一安排食宿交通", Kind.FLAG),
        Field("tickets", "车船机票", Kind.ROWS, required=False, columns=TICKET),
        Field("lodging", "住宿", Kind.ROWS, required=False, columns=STAY),
        Field("allowance_days", "补助天数", Kind.NUMBER, unit="天"),
        Field("meals", "伙食补助费", Kind.MONEY),
        Field("local", "市内交通补助", Kind.MONEY),
    ),
    derived=(Field("amount", "报销合计", Kind.MONEY), Field("borne", "个人承担", Kind.MONEY)),
    derive=figures.sums,
    subject="purpose",
    amount="amount",
    step_forms={"confirm": CONFIRM, "compliance": COMPLIANCE, "check": CHECK, "payment": PAYMENT},
    follows=paid,
    books=(
        Booked("travel.payments"),
        *(Booked(each, always=False) for each in _ALSO_BOOKED_IN),
    ),
    prepare=_begun,
    indexed=("trip",),
    help="公出完成后填写，逐张写明票据和报销金额；没有费用的也要填写公出情况",
)

MATTERS = (TRIP, BACK, CLAIM)

_TRIP, _CLAIM_NUMBER = Field("trip", "出差申请"), Field("claim", "公务出差审批单")
LEDGERS = (
    LedgerType(
        "travel.trips",
        "出差台账",
        (_TRIP, _PERSON, _UNIT, Field("destination", "目的地"), Field("days", "天数", Kind.NUMBER, unit="天")),
        ("person", "unit"),
    ),
    LedgerType(
        "travel.payments",
        "差旅费台账",
        (
            _TRIP, _CLAIM_NUMBER, _PERSON, _UNIT, Field("amount", "报销合计", Kind.MONEY),
            Field("borne", "个人承担", Kind.MONEY), Field("offset", "冲抵借款", Kind.MONEY),
            Field("paid", "实付", Kind.MONEY), Field("method", "付款方式"),
        ),
        ("person", "unit"),
        help="报销合计减去冲抵借款即实付",
    ),
    LedgerType(
        "travel.bills",
        "差旅票据台账",
        (Field("number", "票据号码"), _CLAIM_NUMBER, Field("amount", "票面金额", Kind.MONEY), _CLAIMED),
        ("number",),
    ),
)  # fmt: skip
