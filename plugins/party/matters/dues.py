"""Party dues: fixed each year, collected each month, passed on and published each quarter."""

from collections.abc import Iterator, Mapping

from core.consulted import Consulted
from core.days import terms
from core.days.wording import month_of, quarter_of
from core.family import Booked, MatterType, Outcome
from core.fields import Field, Kind, Value
from core.matter import Matter, State
from core.records import Duty, Effect, Entry
from plugins.party import dues, roll
from plugins.party.matters.forms import (
    CONTENT,
    DAY,
    MONTH,
    PERSON,
    QUARTER,
    SECRETARY,
    UNIT,
    YEAR,
    register,
    with_secretary,
)

_AMOUNT = Field("amount", "金额", Kind.MONEY)
_MONTHLY = Field("monthly", "每月应交", Kind.MONEY)


def _assessed(outcome: Outcome) -> Iterator[Effect]:
    matter, year = outcome.matter, outcome.matter.text("period")
    for row in matter.rows("lines") if outcome.settled else ():
        month = str(row.get("month") or f"{year}-01")
        values = {"person": row["person"], "unit": matter.text("unit"), "year": year, "month": month}
        yield Entry(
            "party.dues-standards",
            outcome.office.day,
            {**values, "monthly": row["monthly"], "category": row["category"]},
        )


ASSESSMENT = register(
    "party.dues-assessment",
    "党费核定",
    "党费核定",
    UNIT,
    YEAR,
    Field(
        "lines",
        "核定明细",
        Kind.ROWS,
        columns=(
            PERSON,
            Field("category", "类别", Kind.CHOICE, choices=dues.CATEGORIES),
            Field("income", "月收入", Kind.MONEY, help="计算党费的基数，元"),
            _MONTHLY,
            Field("month", "起算月份", Kind.PERIOD, required=False, lengths=(terms.MONTH,), help="不填为当年 1 月"),
            Field("approval", "批准少交免交的文号", required=False, help="确有困难、上一级党委批准少交或免交的填写"),
        ),
    ),
    subject="period",
    follows=_assessed,
    books=(Booked("party.dues-standards", rows="lines"),),
    indexed=("period",),
    help="按全国统一的比例核定，一年一次；新党员从批准为预备党员的当月起",
)


def _collected(outcome: Outcome) -> Iterator[Effect]:
    matter, office = outcome.matter, outcome.office
    day = matter.day("day") or office.day
    for row in matter.rows("lines") if outcome.settled else ():
        values: dict[str, Value] = {
            key: row[key] for key in ("person", "month", "amount", "way", "payer") if row.get(key)
        }
        yield Entry("party.dues", day, {**values, "unit": matter.text("unit"), "quarter": quarter_of(day), "day": day})


def _due_now(office: Consulted, person: str, duty: Duty | None) -> Mapping[str, Value]:
    found = roll.member(office, person)
    unit = duty.unit if duty and duty.unit else found.unit if found else ""
    month = duty.period if duty else month_of(office.day)
    people = [each.person for each in roll.roll(office, unit)]
    books = dues.accounts(office, people)
    rows = tuple(
        {"person": person, "month": month, "amount": fixed, "way": dues.SELF}
        for person in people
        if (fixed := books.fixed(person, month)) is not None and not books.settled(person, month)
    )
    return {"unit": unit, "period": month, "day": office.day, "lines": rows}


COLLECTION = register(
    "party.dues-collection",
    "党费收缴登记",
    "党费",
    UNIT,
    MONTH,
    DAY,
    Field(
        "lines",
        "收缴明细",
        Kind.ROWS,
        columns=(
            PERSON,
            Field("month", "所属月份", Kind.PERIOD, lengths=(terms.MONTH,)),
            _AMOUNT,
            Field("way", "交纳方式", Kind.CHOICE, choices=dues.WAYS),
            Field("payer", "代交人", Kind.PERSON, required=False),
            Field("consent", "支部同意", Kind.MATTER, required=False, matter="party.dues-consent"),
        ),
    ),
    subject="period",
    follows=_collected,
    books=(Booked("party.dues", rows="lines"),),
    prepare=_due_now,
    help="代交、预交、补交的填写支部同意的编号",
)

CONSENT = MatterType(
    key="party.dues-consent",
    title="党费代交预交补交申请",
    prefix="党费同意",
    fields=(
        PERSON,
        UNIT,
        Field("way", "方式", Kind.CHOICE, choices=(dues.FOR_OTHER, dues.AHEAD, dues.LATE)),
        Field("first", "起始月份", Kind.PERIOD, lengths=(terms.MONTH,)),
        Field("last", "截止月份", Kind.PERIOD, lengths=(terms.MONTH,)),
        Field("payer", "代交人", Kind.PERSON, required=False),
        Field("content", "特殊情况", Kind.LONG),
    ),
    subject="content",
    derived=(SECRETARY,),
    derive=with_secretary,
    own="person",
    indexed=("person",),
)


def _special(outcome: Outcome) -> Iterator[Effect]:
    matter, office = outcome.matter, outcome.office
    if outcome.settled:
        values: dict[str, Value] = {key: matter.values[key] for key in ("person", "unit", "amount", "purpose")}
        yield Entry("party.special-dues", office.day, {**values, "quarter": quarter_of(office.day)})


SPECIAL = register(
    "party.special-dues",
    "特殊党费登记",
    "特殊党费",
    PERSON,
    UNIT,
    _AMOUNT,
    Field("purpose", "用途"),
    subject="purpose",
    follows=_special,
    books=(Booked("party.special-dues", column="amount", blank="amount"),),
    help="自愿交纳，不抵每月的党费",
)


def _remitted(outcome: Outcome) -> Iterator[Effect]:
    matter = outcome.matter
    if outcome.settled:
        values: dict[str, Value] = {"unit": matter.text("unit"), "quarter": matter.text("period")}
        yield Entry(
            "party.remitted",
            outcome.office.day,
            {**values, "amount": matter.money("amount"), "receipt": matter.text("receipt")},
        )


def _to_remit(office: Consulted, person: str, duty: Duty | None) -> Mapping[str, Value]:
    found = roll.member(office, person)
    unit = duty.unit if duty else found.unit if found else ""
    period = duty.period if duty else quarter_of(office.day)
    amount = dues.collected(office, unit, period) - dues.remitted(office, unit, period)
    last = next(iter(office.matters("party.remittance", state=State.SETTLED, limit=1)), None)
    return {"unit": unit, "period": period, "amount": amount, **({"superior": last.text("superior")} if last else {})}


REMITTANCE = register(
    "party.remittance",
    "党费上缴登记",
    "党费上缴",
    UNIT,
    QUARTER,
    _AMOUNT,
    Field("superior", "上级党组织"),
    Field("receipt", "收据编号"),
    subject="period",
    follows=_remitted,
    books=(Booked("party.remitted", column="amount", blank="amount"),),
    prepare=_to_remit,
    help="金额由账簿算出：本季度收到的减去已上缴的",
)


def _account(office: Consulted, person: str, duty: Duty | None) -> Mapping[str, Value]:
    found = roll.member(office, person)
    unit = duty.unit if duty else found.unit if found else ""
    period = duty.period if duty else quarter_of(office.day)
    return {"unit": unit, "period": period, "lines": tuple(dues.account_lines(office, unit, period))}


PUBLICATION = MatterType(
    key="party.dues-publication",
    title="党费收缴公示",
    prefix="党费公示",
    fields=(UNIT, QUARTER, Field("lines", "收缴情况", Kind.ROWS, required=False, columns=(PERSON, _AMOUNT))),
    subject="period",
    derived=(SECRETARY,),
    derive=with_secretary,
    prepare=_account,
    help="数字由账簿生成",
)


def _unpaid(office: Consulted, person: str, duty: Duty | None) -> Mapping[str, Value]:
    found = roll.member(office, person)
    unit = duty.unit if duty else found.unit if found else ""
    period = duty.period if duty else roll.month_named(roll.numbered(month_of(office.day)) - 1)
    return {"unit": unit, "period": period, "lines": tuple(dues.unpaid_lines(office, unit, period))}


def _longest(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    runs = [int(row["months"]) for row in matter.rows("lines") if isinstance(row.get("months"), int)]
    lapse = int(office.setting("party.lapse-months"))
    figures: dict[str, Value] = {"unpaid": len(runs), "lapsed": sum(run >= lapse for run in runs)}
    return {**figures, **with_secretary(office, matter)}


CHECK = register(
    "party.dues-check",
    "党费交纳核对",
    "党费核对",
    UNIT,
    MONTH,
    Field(
        "lines",
        "没有交纳的党员",
        Kind.ROWS,
        required=False,
        columns=(PERSON, Field("months", "连续未交月数", Kind.NUMBER, unit="个月")),
    ),
    subject="period",
    derived=(
        Field("unpaid", "未交人数", Kind.NUMBER, unit="人"),
        Field("lapsed", "达到报批月数的人数", Kind.NUMBER, unit="人"),
        SECRETARY,
    ),
    derive=_longest,
    prepare=_unpaid,
    help="名单由账簿生成；一个月过完还没有交的算未交",
)

CRITICISM = register(
    "party.dues-criticism",
    "未交党费批评教育登记",
    "党费教育",
    Field("check", "党费交纳核对", Kind.MATTER, matter="party.dues-check"),
    Field("lines", "谈话情况", Kind.ROWS, columns=(PERSON, Field("content", "谈话内容"), Field("reason", "本人说明"))),
    subject="check",
)


def _run(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    found = roll.member(office, matter.text("person"))
    last = roll.month_named(roll.numbered(month_of(matter.submitted.date())) - 1)
    months = dues.accounts(office, [found.person]).unpaid_run(found, last) if found else 0
    return {"months": months, **roll.secretary(office, matter.text("unit"))}


def _lapsed(outcome: Outcome) -> Iterator[Effect]:
    matter, office = outcome.matter, outcome.office
    found = roll.member(office, matter.text("person"))
    if outcome.settled and found:
        values: dict[str, Value] = {"person": found.person, "unit": found.unit, "standing": roll.REMOVED}
        yield Entry(roll.MEMBERS, office.day, {**values, "since": found.since})


LAPSE = MatterType(
    key="party.dues-lapse",
    title="自动脱党报批",
    prefix="脱党报批",
    fields=(
        PERSON,
        UNIT,
        Field("good_reason", "有正当理由", Kind.FLAG),
        Field("check", "党费交纳核对", Kind.MATTER, required=False, matter="party.dues-check"),
        CONTENT,
    ),
    subject="content",
    derived=(Field("months", "连续未交月数", Kind.NUMBER, unit="个月"), SECRETARY),
    derive=_run,
    step_forms={
        "superior": (Field("document", "上级批复文号"), Field("decided_on", "批复日期", Kind.DATE)),
    },
    follows=_lapsed,
    books=(Booked("party.members"),),
    indexed=("person",),
    help="只有上级党组织的批复登记以后，党员名册才改变",
)

MATTERS = (ASSESSMENT, COLLECTION, CONSENT, SPECIAL, REMITTANCE, PUBLICATION, CHECK, CRITICISM, LAPSE)
