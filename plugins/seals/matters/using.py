"""Using a seal: the application and its impressions, taking the seal out, bringing it back."""

from collections.abc import Iterator, Mapping

from core.acts import Verb
from core.chains.steps import StepKind
from core.consulted import Consulted
from core.days.terms import YEAR
from core.family import Booked, MatterType, Outcome
from core.fields import Field, Kind, Value
from core.matter import Matter, State
from core.records import Duty, Effect, Entry
from plugins.seals import standing

SEAL = Field("seal", "印章", ledger="seals.register.seal", help="印章台账上的一枚；回车选择")
_CUSTODIAN = Field("custodian", "保管人", Kind.PERSON)
_YEAR = Field("year", "年度", Kind.PERIOD, lengths=(YEAR,))
SEALING = (
    Field("count", "实际用印数", Kind.NUMBER, unit="印"),
    Field("checked", "已核对材料、目的和手续", Kind.FLAG),
    Field("fault", "材料不合要求之处", Kind.CHOICE, setting="seals.faults"),
    Field("operator", "代用人", Kind.PERSON, required=False, help="由其他工作人员盖印的，填写其姓名"),
    Field("present", "保管人在场监印", Kind.FLAG, required=False),
    Field("consent_by", "口头同意的领导", Kind.PERSON, required=False, help="事先同意的领导", urgent=True),
    Field(
        "consent_at", "同意的时间", required=False, help="今天的写作 09:30；以前的写作 2026-03-02 09:30", urgent=True
    ),
    Field(
        "consent_how",
        "同意的方式",
        Kind.CHOICE,
        required=False,
        choices=("当面", "电话", "短信或即时通信"),
        urgent=True,
    ),
)


def _custodian(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    """The seal and who keeps it when the form is filed."""
    name = standing.seal_name(office, matter)
    found = standing.seal(office, name)
    return {"custodian": found.custodian} if found else {}


def _derived(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    return {**_custodian(office, matter), "year": str(matter.submitted.year)}


def _asked_for(office: Consulted, person: str, duty: Duty | None) -> Mapping[str, Value]:
    """An application begins inside the office, with the seal where there is but one."""
    in_use = [each.name for each in standing.seals(office).values() if each.in_use]
    return {"place": standing.INSIDE, **({"seal": in_use[0]} if len(in_use) == 1 else {})}


def _to_seal(office: Consulted, matter: Matter, form: str) -> Mapping[str, Value]:
    return {"count": matter.count("copies")}


def _to_take_out(office: Consulted, person: str, duty: Duty | None) -> Mapping[str, Value]:
    """Taking out begins today, for what the person last had approved to be sealed outside."""
    running = office.matters(standing.USE, state=State.RUNNING)
    mine = (each for each in running if each.applicant == person and each.text("place") == standing.OUTSIDE)
    use = next((each for each in mine if standing.approved(each)), None)
    begun: dict[str, Value] = {"leaves_on": office.day, "returns_on": office.day}
    return {**begun, "use": use.number, "purpose": use.text("purpose")} if use else begun


def _to_take_back(office: Consulted, person: str, duty: Duty | None) -> Mapping[str, Value]:
    """A return begins with the seal of the duty, or the only one that is out; where its use is booked, as often."""
    out = [each.out for each in standing.seals(office).values() if each.out]
    number = duty.matter if duty and duty.matter else out[0] if len(out) == 1 else ""
    outing = office.matter(number)
    use = standing.referred(office, outing, "use") if outing else None
    if use is None:
        return {}
    booked = {"count": standing.printed(office, use.number, use.text("seal"))} if use.performed else {}
    return {"outing": number, **booked}


def _keeper(office: Consulted, duty: Duty) -> tuple[str, ...]:
    """Whoever keeps the seal that is out takes it back, whoever owes it."""
    outing = office.matter(duty.matter)
    found = standing.seal(office, standing.seal_name(office, outing)) if outing else None
    return (found.holder(office.day),) if found else ()


def _impressed(outcome: Outcome) -> Iterator[Effect]:
    """Each sealing is booked with the numbers of its impressions."""
    matter, office, act = outcome.matter, outcome.office, outcome.proposal.act
    if outcome.completed is None or outcome.completed.kind is not StepKind.PERFORM:
        return
    given, name = matter.extra.get("sealing", {}), matter.text("seal")
    remarks = [matter.text("place")] if matter.text("place") == standing.OUTSIDE else []
    remarks += ["先行用印"] if act.verb is Verb.URGENT else []
    remarks += ["保管人在场监印"] if given.get("operator") else []
    values: dict[str, Value] = {"year": str(office.day.year), "seal": name, "count": int(given["count"])}
    values["numbers"] = standing.numbers(office, name, office.day, int(given["count"]))
    values |= {"title": matter.text("title"), "purpose": matter.text("purpose"), "application": matter.number}
    values |= {"handler": matter.applicant, "custodian": act.by, "remark": "、".join(remarks)}
    if given.get("operator"):
        values["operator"] = str(given["operator"])
    yield Entry(standing.IMPRESSIONS, office.day, values, matter.number)


def _taken_out(outcome: Outcome) -> Iterator[Effect]:
    matter, office = outcome.matter, outcome.office
    if outcome.completed is not None and outcome.completed.kind is StepKind.PERFORM:
        values: dict[str, Value] = {"seal": standing.seal_name(office, matter), "event": standing.OUT}
        values |= {"person": matter.applicant, "place": matter.text("place"), "reference": matter.number}
        for key, blank in (("since", "leaves_on"), ("until", "returns_on")):
            values[key] = matter.day(blank) or office.day
        yield Entry(standing.REGISTER, office.day, values, matter.number)


def _brought_back(outcome: Outcome) -> Iterator[Effect]:
    matter, office = outcome.matter, outcome.office
    if outcome.settled:
        values: dict[str, Value] = {"seal": standing.seal_name(office, matter), "event": standing.BACK}
        note = matter.text("condition")
        if other := matter.text("returned_by"):
            note += f"；{office.organisation.name(other)}代还，{matter.text('reason')}"
        values |= {"person": matter.applicant, "reference": matter.text("outing"), "note": note}
        yield Entry(standing.REGISTER, office.day, values, matter.number)


APPLICATION = MatterType(
    key="seals.use",
    title="用印申请",
    prefix="用印",
    fields=(
        SEAL,
        Field("material", "用印材料", Kind.CHOICE, setting="seals.materials"),
        Field("title", "材料名称"),
        Field("purpose", "用印事由"),
        Field("copies", "用印数", Kind.NUMBER, unit="印", help="要盖多少个印；实际用印不得超过批准的数"),
        Field("blank", "空白材料", Kind.FLAG, help="纸张、表格、合同、证明等还没有写上内容的填“是”"),
        Field("place", "用印地点", Kind.CHOICE, choices=(standing.INSIDE, standing.OUTSIDE)),
        Field("major", "重大事项", Kind.FLAG, required=False),
        Field("issued", "已经领导签发", Kind.FLAG, required=False),
        Field("issued_by", "签发领导", Kind.PERSON, required=False),
        Field("document", "文号", required=False, help="文号，或签发件的编号"),
        Field("concerned", "当事人", required=False, help="个人事项写明是谁的事"),
        Field("written", "书面申请", Kind.LONG, required=False, help="空白材料用印的特殊情况和用途"),
    ),
    subject="title",
    prepare=_asked_for,
    step_forms={"sealing": SEALING},
    prepare_step=_to_seal,
    follows=_impressed,
    books=(Booked("seals.impressions", column="count", blank="sealing.count"),),
    indexed=("seal", "year"),
    derived=(_CUSTODIAN, _YEAR),
    derive=_derived,
    help="先审批，后用印；批准几印，只能盖几印",
)
OUTING = MatterType(
    key="seals.outing",
    title="印章外带审批",
    prefix="印章外带",
    fields=(
        Field("use", "用印申请", Kind.MATTER, matter="seals.use", help="外带期间只能用于这一件"),
        Field("purpose", "外带事由"),
        Field("place", "外带地点"),
        Field("leaves_on", "带出日期", Kind.DATE),
        Field("returns_on", "预计归还日期", Kind.DATE),
    ),
    subject="purpose",
    prepare=_to_take_out,
    follows=_taken_out,
    books=(Booked("seals.register"),),
    indexed=("use",),
    derived=(_CUSTODIAN,),
    derive=_custodian,
    help="由借用人本人填写；借用人对外带期间的用印负责",
)
RETURN = MatterType(
    key="seals.return",
    title="印章归还登记",
    prefix="印章归还",
    fields=(
        Field("outing", "外带审批", Kind.MATTER, matter="seals.outing"),
        Field("count", "外带期间用印数", Kind.NUMBER, unit="印"),
        Field("condition", "印章状况", Kind.CHOICE, choices=("完好", "损坏")),
        Field("returned_by", "代还人", Kind.PERSON, required=False, help="不是借用人本人归还的填写"),
        Field("reason", "代还缘由", required=False, help="借用人为什么没有本人归还"),
    ),
    subject="outing",
    register=True,
    prepare=_to_take_back,
    filed_by=_keeper,
    follows=_brought_back,
    books=(Booked("seals.register"),),
    indexed=("outing",),
    help="由保管人收回印章时登记",
)
MATTERS = (APPLICATION, OUTING, RETURN)
