"""The development of members: one step after another, with its materials, up to full membership."""

from collections.abc import Iterator, Mapping

from core.consulted import Consulted
from core.family import Booked, MatterType, Outcome
from core.fields import Field, Kind, Value
from core.matter import Matter
from core.records import Effect, Entry
from plugins.party import attending, roll
from plugins.party.matters.forms import CONTENT, DAY, PERSON, SECRETARY, UNIT, YEAR, register, with_secretary

BOOK = "party.development"


def stages(office: Consulted) -> tuple[str, ...]:
    """The steps in their order."""
    return tuple(str(each) for each in office.setting("party.stages"))


def taken(office: Consulted, person: str) -> list[Entry]:
    """The steps a person has taken, the first of them first."""
    return list(reversed(office.entries(BOOK, person=person, limit=1000)))


def _facts(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    known: dict[str, Value] = dict(with_secretary(office, matter))
    order, before = stages(office), taken(office, matter.text("person"))
    if matter.text("stage") in order:
        known["turn"] = order.index(matter.text("stage")) + 1
    if before:
        known["previous"] = str(before[-1].values["stage"])
    born = matter.day("born") or next((each.values["born"] for each in before if each.values.get("born")), None)
    if born is not None:
        known["born_on"] = born
    return known


def _stepped(outcome: Outcome) -> Iterator[Effect]:
    matter, office = outcome.matter, outcome.office
    day, person = matter.day("day") or office.day, matter.text("person")
    if not outcome.settled:
        return
    values: dict[str, Value] = {
        "person": person,
        "unit": matter.text("unit"),
        "stage": matter.text("stage"),
        "day": day,
    }
    born = matter.day("born")
    yield Entry(BOOK, day, {**values, "born": born} if born else values)
    standing = matter.text("becomes")
    if standing:
        known = roll.member(office, person)
        line: dict[str, Value] = {"person": person, "unit": matter.text("unit"), "standing": standing}
        yield Entry(roll.MEMBERS, day, {**line, "since": known.since if known else day})


STEP = MatterType(
    key="party.development-step",
    title="发展党员环节登记",
    prefix="发展党员",
    fields=(
        PERSON,
        UNIT,
        Field("stage", "环节", Kind.CHOICE, setting="party.stages"),
        DAY,
        Field("born", "出生日期", Kind.DATE, required=False, help="递交入党申请书时填写"),
        Field("meeting", "支部党员大会记录", Kind.MATTER, required=False, matter=attending.MEMBERS),
        Field("sponsors", "培养联系人或入党介绍人", Kind.ROWS, required=False, columns=(PERSON,)),
        Field("training_days", "集中培训天数", Kind.NUMBER, required=False, unit="天"),
        Field("document", "上级批复文号", required=False),
        Field("becomes", "批准以后的身份", Kind.CHOICE, required=False, choices=(roll.PROBATIONARY, roll.FULL)),
        Field("materials", "材料审查", Kind.MATTER, required=False, matter="party.materials"),
        Field("examination", "全面考察", Kind.MATTER, required=False, matter="party.examination"),
        CONTENT,
    ),
    subject="stage",
    derived=(
        Field("turn", "第几个环节", Kind.NUMBER),
        Field("previous", "上一个环节"),
        Field("born_on", "出生日期（台账）", Kind.DATE),
        SECRETARY,
    ),
    derive=_facts,
    follows=_stepped,
    books=(
        Booked("party.development"),
        Booked("party.members", always=False),
    ),
    indexed=("person",),
)
PLAN = register(
    "party.development-plan",
    "发展党员计划",
    "发展计划",
    UNIT,
    YEAR,
    Field("number", "计划发展人数", Kind.NUMBER, unit="人"),
    CONTENT,
    indexed=("unit", "period"),
)
INSPECTION = register(
    "party.inspection",
    "培养考察登记",
    "培养考察",
    Field("step", "发展党员环节", Kind.MATTER, matter=STEP.key),
    PERSON,
    DAY,
    CONTENT,
    Field("trained", "参加的培训"),
)
EXAMINATION = register(
    "party.examination",
    "发展对象全面考察",
    "全面考察",
    PERSON,
    DAY,
    Field("training", "培养情况"),
    Field("motives", "入党动机"),
    Field("knowledge", "党章党史知识掌握情况"),
    Field("conduct", "现实表现"),
    subject="person",
    indexed=("person",),
)
_MATERIALS = (
    ("application", "入党申请书"),
    ("autobiography", "自传"),
    ("reports", "思想汇报"),
    ("inspections", "培养考察记实"),
    ("training", "培训和考试情况"),
    ("opinions", "群众评议和民主测评"),
    ("review", "政治审查"),
    ("conduct", "现实表现"),
)
MATERIALS = register(
    "party.materials",
    "发展党员材料审查",
    "材料审查",
    PERSON,
    DAY,
    *(Field(key, title + "齐全", Kind.FLAG) for key, title in _MATERIALS),
    Field("full_application", "转正申请书齐全", Kind.FLAG, required=False, help="转正时填写"),
    subject="person",
    indexed=("person",),
)

MATTERS = (STEP, PLAN, INSPECTION, EXAMINATION, MATERIALS)
