"""Applications to spend, the claims made on them, and the vouchers they rest on."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from core.chains.steps import StepKind
from core.family import Booked, MatterType, Outcome
from core.fields import Field, Kind, Value
from core.matter import Matter, State
from core.records import Effect, Entry
from plugins.finance import standing

_SHARED = (
    Field("amount", "金额", Kind.MONEY),
    Field("heading", "预算科目", Kind.CHOICE, setting="finance.headings"),
    Field("category", "支出类别", Kind.CHOICE, setting="finance.categories"),
    Field("fund_source", "资金渠道", Kind.CHOICE, setting="finance.fund-sources"),
    Field("item", "支出项目", required=False, help="专项资金、项目经费和固定支出须写明"),
    Field("project", "项目", Kind.MATTER, required=False, matter="finance.project"),
    Field("supplier", "供应商", required=False),
    Field("procurement", "政府采购编号", required=False, help="属政府采购目录的，填写采购计划或合同备案编号"),
    Field("credit", "签单挂账", Kind.FLAG, required=False, help="先赊欠、后付款的填“是”"),
)

CHECK = (
    Field("legal", "票据合法", Kind.FLAG),
    Field("valid", "票据有效", Kind.FLAG),
    Field("verdict", "审核结论", Kind.CHOICE, choices=("真实完整", "不真实或不合法", "记载不准确或不完整")),
)
PAYMENT = (
    Field("method", "付款方式", Kind.CHOICE, choices=("转账", "现金", "冲抵借款")),
    Field("account", "账户", required=False),
)
ACCEPTANCE = (
    Field("accepted_on", "验收日期", Kind.DATE),
    Field("accepted", "验收合格", Kind.FLAG),
    Field("goods", "验收物品", Kind.LONG, help="品名、数量，与清单一致"),
)
VOUCHER = (
    Field("number", "票据号码", required=False),
    Field("issuer", "开票单位", required=False),
    Field("kind", "票据种类", Kind.CHOICE, setting="finance.voucher-kinds"),
    Field("amount", "票面金额", Kind.MONEY),
)


def committed(outcome: Outcome) -> Iterator[Effect]:
    """An approved application takes up its budget."""
    if outcome.settled:
        yield _commitment(outcome, "批准", outcome.matter.money("amount"))


def _commitment(outcome: Outcome, event: str, amount: Decimal) -> Entry:
    matter, day = outcome.matter, outcome.office.day
    values: dict[str, Value] = {key: matter.text(key) for key in ("heading", "category", "item", "supplier", "purpose")}
    values |= {"year": standing.year(day), "month": standing.month(day), "unit": matter.unit}
    values["application"] = matter.number
    return Entry("finance.commitments", day, {**values, "event": event, "amount": amount}, matter.number)


def claimed(outcome: Outcome) -> Iterator[Effect]:
    """Vouchers follow the claim's state; the payment is booked, and the unspent rest of the budget set free."""
    yield from _vouchers(outcome)
    if outcome.completed and outcome.completed.kind is StepKind.PERFORM:
        yield from _payment(outcome)


def _vouchers(outcome: Outcome) -> Iterator[Effect]:
    matter, office = outcome.matter, outcome.office
    rows = {standing.voucher_number(row): row for row in matter.rows("vouchers")}
    latest: dict[str, Entry] = {}
    for entry in office.entries("finance.vouchers", claim=matter.number):
        latest.setdefault(str(entry.values["number"]), entry)
    ended = matter.state in standing.ENDED
    event = "付讫" if matter.state is State.SETTLED else "送审"
    for number, row in rows.items():
        known = latest.get(number)
        wanted = "撤出" if ended else event
        overall = standing.last_event(office, number) if number else None
        withheld = overall is not None and overall.values["event"] == "扣留"
        if number and not withheld and (known is None or known.values["event"] != wanted):
            values = {"issuer": row.get("issuer", ""), "kind": row["kind"], "amount": row["amount"]}
            yield Entry(
                "finance.vouchers",
                office.day,
                {"number": number, **values, "claim": matter.number, "event": wanted},
                matter.number,
            )
    for number, entry in latest.items():
        if number not in rows and entry.values["event"] == "送审":
            yield Entry("finance.vouchers", office.day, {**entry.values, "event": "撤出"}, matter.number)


def _payment(outcome: Outcome) -> Iterator[Effect]:
    matter, office, given = outcome.matter, outcome.office, outcome.proposal.given
    day, amount = office.day, matter.money("amount")
    method = str(given.get("method", "转账"))
    values = {key: matter.text(key) for key in ("heading", "category", "item", "purpose")}
    times = {"year": standing.year(day), "month": standing.month(day)}
    yield Entry(
        "finance.payments",
        day,
        {
            **times,
            **values,
            "unit": matter.unit,
            "person": matter.applicant,
            "amount": amount,
            "method": method,
            "account": str(given.get("account", "")),
        },
        matter.number,
    )
    if method == "现金":
        yield Entry(
            "finance.cash",
            day,
            {"month": standing.month(day), "event": "支付", "amount": -amount, "purpose": matter.text("purpose")},
            matter.number,
        )
    if matter.text("category") in office.setting("finance.asset-categories"):
        asset: dict[str, Value] = {"year": standing.year(day), "unit": matter.unit, "name": matter.text("purpose")}
        asset |= {"supplier": matter.text("supplier"), "amount": amount, "claim": matter.number}
        yield Entry("finance.assets", day, asset, matter.number)
    approved = standing.application(matter, office)
    if approved is None:
        yield _commitment(outcome, "直接报销", amount)
    elif matter.flag("final"):
        yield from _given_back(outcome, approved, "结余退回")


def _given_back(outcome: Outcome, application: Matter, event: str) -> Iterator[Effect]:
    rest = standing.unclaimed(outcome.office, application.number)
    if rest > 0:
        yield _commitment(replace(outcome, matter=application), event, -rest)


EXPENDITURE = MatterType(
    key="finance.expenditure",
    title="费用支出申请",
    prefix="支出",
    fields=(
        Field("purpose", "事由"),
        *_SHARED,
        Field("planned_on", "拟开支日期", Kind.DATE, required=False),
        Field("note", "说明", Kind.LONG, required=False),
    ),
    subject="purpose",
    amount="amount",
    follows=committed,
    books=(Booked("finance.commitments"),),
    indexed=("supplier", "heading", "project"),
    help="先请示、后开支：批准后才能用款和报销",
)

REIMBURSEMENT = MatterType(
    key="finance.reimbursement",
    title="费用报销",
    prefix="报销",
    fields=(
        Field("purpose", "事由"),
        Field("expenditure", "费用支出申请", Kind.MATTER, required=False, matter="finance.expenditure"),
        *_SHARED,
        Field("spent_on", "开支日期", Kind.DATE),
        Field("vouchers", "票据", Kind.ROWS, columns=VOUCHER),
        Field("list_attached", "附有清单", Kind.FLAG, required=False),
        Field("witness", "证明人", Kind.PERSON, required=False),
        Field("companion", "同行人", Kind.PERSON, required=False),
        Field("persons", "人数", Kind.NUMBER, required=False, unit="人"),
        Field("days", "天数", Kind.NUMBER, required=False, unit="天"),
        Field("final", "本申请最后一次报销", Kind.FLAG, required=False, help="填“是”后，未用完的金额退回预算"),
    ),
    subject="purpose",
    amount="amount",
    step_forms={"check": CHECK, "acceptance": ACCEPTANCE, "payment": PAYMENT},
    follows=claimed,
    books=(
        Booked("finance.payments"),
        Booked("finance.commitments", always=False),
        Booked("finance.vouchers", early=True),
    ),
    indexed=("expenditure", "project"),
)


def _withheld(outcome: Outcome) -> Iterator[Effect]:
    matter, office = outcome.matter, outcome.office
    if outcome.settled:
        values = {key: matter.text(key) for key in ("issuer", "claim", "reason")}
        number = standing.voucher_number(matter.values)
        yield Entry("finance.vouchers", office.day, {"number": number, **values, "event": "扣留"}, matter.number)


WITHHOLDING = MatterType(
    key="finance.withholding",
    title="扣留凭证",
    prefix="扣留",
    fields=(
        Field("number", "票据号码"),
        Field("issuer", "开票单位", required=False),
        Field("claim", "报销单", Kind.MATTER, required=False, matter="finance.reimbursement"),
        Field("person", "当事人", Kind.PERSON),
        Field("reason", "扣留原因", Kind.LONG),
        Field("reported_to", "报告的领导", Kind.PERSON),
    ),
    subject="number",
    register=True,
    follows=_withheld,
    books=(Booked("finance.vouchers"),),
    help="弄虚作假、严重违法的凭证：不受理、扣留，并报告办领导",
)


def _released(outcome: Outcome) -> Iterator[Effect]:
    matter, office = outcome.matter, outcome.office
    application = standing.application(matter, office)
    if not outcome.settled or application is None or application.state is not State.SETTLED:
        return
    yield from _given_back(outcome, application, "注销退回")


RELEASE = MatterType(
    key="finance.release",
    title="注销支出申请",
    prefix="注销",
    fields=(
        Field("expenditure", "费用支出申请", Kind.MATTER, matter="finance.expenditure"),
        Field("reason", "注销原因"),
    ),
    subject="reason",
    register=True,
    follows=_released,
    indexed=("expenditure",),
    help="批准后不再用款的，把没有报销的金额退回预算；此后不能再凭它报销",
)

MATTERS = (EXPENDITURE, REIMBURSEMENT, WITHHOLDING, RELEASE)
