"""Keeping seals: entered on the register, handed over, lost, stopped, disposed of, renewed; and what went wrong."""

from collections.abc import Iterator, Mapping

from core.acts import Verb
from core.consulted import Consulted
from core.family import Booked, MatterType, Outcome
from core.fields import Field, Kind, Value
from core.people import Delegation, Span
from core.records import Duty, Effect, Entry
from plugins.seals import standing
from plugins.seals.matters.using import SEAL

TEMPORARY, FOR_GOOD, BACK = "临时代管", "正式移交", "交还"
EXISTING, MADE = "原有", "新制"


def _line(outcome: Outcome, event: str, **values: Value) -> Entry:
    matter = outcome.matter
    told: dict[str, Value] = {"seal": matter.text("seal"), "event": event, "reference": matter.number, **values}
    return Entry(standing.REGISTER, outcome.office.day, told, matter.number)


def _to_hand_over(office: Consulted, person: str, duty: Duty | None) -> Mapping[str, Value]:
    """A handover begins today, with the seal that the person keeps where he keeps but one."""
    kept = [each.name for each in standing.seals(office).values() if each.in_use and each.holder(office.day) == person]
    return {"since": office.day, **({"seal": kept[0]} if len(kept) == 1 else {})}


def _entered(outcome: Outcome) -> Iterator[Effect]:
    matter = outcome.matter
    if outcome.settled:
        told = {key: matter.text(key) for key in ("kind", "unit", "place")}
        yield _line(outcome, standing.ENTERED, person=matter.text("custodian"), note=matter.text("scope"), **told)


def _handed_over(outcome: Outcome) -> Iterator[Effect]:
    matter, office = outcome.matter, outcome.office
    if not outcome.settled:
        return
    taker, since = matter.text("taker"), matter.day("since") or office.day
    match matter.text("manner"):
        case "临时代管":
            until = matter.day("until") or since
            leaders = [mark.by for mark in matter.course if mark.verb is Verb.APPROVE and mark.by != taker]
            basis = f"{matter.number}，{'、'.join(map(office.organisation.name, leaders))}指定代管{matter.text('seal')}"
            yield _line(outcome, standing.KEPT, person=taker, since=since, until=until)
            kept = standing.seal(office, matter.text("seal"))
            if kept is not None and kept.custodian != taker:
                named_by = leaders[-1] if leaders else matter.applicant
                scope, span = (standing.USE, standing.OUTING), Span(since, until)
                yield Delegation(matter.number, kept.custodian, taker, named_by, basis, span, scope)
        case "正式移交":
            yield _line(outcome, standing.MOVED, person=taker, since=office.day)
        case _:
            yield _line(outcome, standing.GIVEN_BACK, person=taker, since=office.day)


def _lost(outcome: Outcome) -> Iterator[Effect]:
    if outcome.settled:
        yield _line(outcome, standing.LOST, since=outcome.matter.day("found_on") or outcome.office.day)


def _stopped(outcome: Outcome) -> Iterator[Effect]:
    if outcome.settled:
        yield _line(outcome, standing.STOPPED, note=outcome.matter.text("ground"))


def _disposed(outcome: Outcome) -> Iterator[Effect]:
    if outcome.settled:
        yield _line(outcome, standing.DISPOSED, note=outcome.matter.text("way"), person=outcome.matter.text("witness"))


ENTRY = MatterType(
    key="seals.seal",
    title="印章登记",
    prefix="印章",
    fields=(
        Field("seal", "印章", help="印章的名称，以后都用这个名称，如：公章"),
        Field("kind", "种类", Kind.CHOICE, setting="seals.kinds"),
        Field("unit", "使用科室", Kind.UNIT),
        Field("custodian", "保管人", Kind.PERSON),
        Field("fit", "保管人符合保管条件", Kind.FLAG, help="政治可靠、守纪律、责任心强"),
        Field("place", "存放地点"),
        Field("scope", "使用范围和要求", Kind.LONG),
        Field("scoped_by", "范围由谁确定", Kind.PERSON),
        Field("origin", "来源", Kind.CHOICE, choices=(EXISTING, MADE)),
        Field("request", "更换新增申请", Kind.MATTER, required=False, matter="seals.request", help="新制的填写"),
    ),
    subject="seal",
    register=True,
    follows=_entered,
    books=(Booked("seals.register"),),
    indexed=("seal",),
    help="一枚印章登记一次，有且只有一名保管人",
)
HANDOVER = MatterType(
    key="seals.handover",
    title="印章交接",
    prefix="印章交接",
    fields=(
        SEAL,
        Field("manner", "交接方式", Kind.CHOICE, choices=(TEMPORARY, FOR_GOOD, BACK)),
        Field("taker", "接管人", Kind.PERSON),
        Field("fit", "接管人符合保管条件", Kind.FLAG, help="政治可靠、守纪律、责任心强"),
        Field("since", "起始日期", Kind.DATE),
        Field("until", "截止日期", Kind.DATE, required=False, help="临时代管的填写"),
        Field("reason", "事由"),
    ),
    subject="reason",
    prepare=_to_hand_over,
    follows=_handed_over,
    books=(Booked("seals.register"),),
    indexed=("seal",),
    help="由现在的保管人填写，接管人签字后生效；没有写进登记的交接不算数",
)
LOSS = MatterType(
    key="seals.loss",
    title="印章遗失报告",
    prefix="印章遗失",
    fields=(
        SEAL,
        Field("found_on", "发现日期", Kind.DATE),
        Field("circumstances", "遗失或被盗经过", Kind.LONG),
        Field("reported_to", "报告的领导", Kind.PERSON),
    ),
    subject="circumstances",
    register=True,
    follows=_lost,
    books=(Booked("seals.register"),),
    indexed=("seal",),
    help="提交即停止使用该印章",
)
STOP = MatterType(
    key="seals.stop",
    title="印章停用",
    prefix="印章停用",
    fields=(SEAL, Field("ground", "停用事由", Kind.CHOICE, setting="seals.grounds"), Field("note", "说明", Kind.LONG)),
    subject="note",
    follows=_stopped,
    books=(Booked("seals.register"),),
    indexed=("seal",),
    help="提交后即不得再用；办结后交由管理科室处置",
)
DISPOSAL = MatterType(
    key="seals.disposal",
    title="印章处置登记",
    prefix="印章处置",
    fields=(
        SEAL,
        Field("way", "处置方式", Kind.CHOICE, choices=("销毁", "上缴制发机关", "封存")),
        Field("done_on", "处置日期", Kind.DATE),
        Field("witness", "监督人", Kind.PERSON),
    ),
    subject="seal",
    register=True,
    follows=_disposed,
    books=(Booked("seals.register"),),
    indexed=("seal",),
)
REQUEST = MatterType(
    key="seals.request",
    title="印章更换新增申请",
    prefix="制章",
    fields=(
        Field("seal", "新印章名称"),
        Field("ground", "事由", Kind.CHOICE, choices=("损坏更换", "工作需要新增")),
        Field("reason", "理由", Kind.LONG),
    ),
    subject="reason",
    indexed=("seal",),
)
INCIDENT = MatterType(
    key="seals.incident",
    title="印章违规情形登记",
    prefix="印章违规",
    fields=(
        SEAL,
        Field("misuse", "情形", Kind.CHOICE, setting="seals.misuses"),
        Field("person", "责任人", Kind.PERSON),
        Field("found_on", "发现日期", Kind.DATE),
        Field("facts", "经过和后果", Kind.LONG),
        Field("handling", "处理情况", Kind.LONG, required=False),
    ),
    subject="facts",
    register=True,
    indexed=("person",),
)
MATTERS = (ENTRY, HANDOVER, LOSS, STOP, DISPOSAL, REQUEST, INCIDENT)
