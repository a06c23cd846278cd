"""Party meetings as they were held: who ought to come, who came, what was decided, what is to be put right."""

from collections.abc import Iterator, Mapping

from core.consulted import Consulted
from core.days.awaited import awaiting
from core.days.recurrence import periods_holding
from core.days.wording import half_of
from core.family import Booked, MatterType, Outcome
from core.fields import Field, Kind, Value
from core.matter import Matter, State
from core.records import Discharge, Duty, Effect, Entry
from plugins.party import attending
from plugins.party.matters.forms import CONTENT, PERSON, SECRETARY, UNIT, Prepare, begun
from plugins.party.roll import secretary

PASSED, FAILED, PUT_OFF = "通过", "不通过", "暂缓"
HELD_ON = Field("held_on", "会议日期", Kind.DATE)
_NOTICE = Field("notice", "会议通知", Kind.MATTER, required=False, matter="party.meeting-notice")
_ABSENT = Field(
    "absent",
    "缺席人员",
    Kind.ROWS,
    required=False,
    columns=(PERSON, Field("reason", "缺席原因"), Field("written", "会前交了书面汇报", Kind.FLAG, required=False)),
    help="只填缺席的；没有填的都记为到会",
)
_DECISIONS = Field(
    "decisions",
    "议定事项",
    Kind.ROWS,
    required=False,
    columns=(
        Field("item", "事项"),
        Field("about", "涉及党员", Kind.PERSON, required=False),
        Field(
            "prior",
            "支委会记录",
            Kind.MATTER,
            required=False,
            matter=attending.COMMITTEE,
            help="支委会提出初步意见的那次会",
        ),
        Field("important", "重要问题", Kind.FLAG),
        Field("votes_for", "赞成", Kind.NUMBER, required=False, unit="票"),
        Field("against", "反对", Kind.NUMBER, required=False, unit="票"),
        Field("abstained", "弃权", Kind.NUMBER, required=False, unit="票"),
        Field("disputed", "争执不下", Kind.FLAG, required=False),
        Field("outcome", "结果", Kind.CHOICE, choices=(PASSED, FAILED, PUT_OFF)),
    ),
)
PROBLEMS = Field(
    "problems",
    "查摆的问题",
    Kind.ROWS,
    required=False,
    columns=(
        Field("problem", "问题"),
        Field("measure", "整改措施"),
        Field("responsible", "责任人", Kind.PERSON),
        Field("due", "完成期限", Kind.DATE),
        Field("serious", "重大问题", Kind.FLAG, required=False),
    ),
)
_HELD = (
    Field("place", "地点"),
    _NOTICE,
    Field("topics", "议事内容", Kind.LONG),
    Field("chair", "主持人", Kind.PERSON),
    Field("chair_reason", "由他人主持的缘由", required=False, help="书记不能到会的原因，谁指定"),
    Field("recorder", "记录人", Kind.PERSON),
    _ABSENT,
    Field("sitting_in", "列席干部", Kind.ROWS, required=False, columns=(PERSON,)),
    Field(
        "guests", "其他列席人员", Kind.ROWS, required=False, columns=(Field("name", "姓名"), Field("capacity", "身份"))
    ),
)
_DERIVED = (
    Field("due", "应到", Kind.NUMBER, unit="人"),
    Field("present", "实到", Kind.NUMBER, unit="人"),
    Field("absent_count", "缺席", Kind.NUMBER, unit="人"),
    Field("voters", "应到正式党员", Kind.NUMBER, unit="人"),
    Field("voters_present", "实到正式党员", Kind.NUMBER, unit="人"),
    Field("decided", "通过事项", Kind.NUMBER, unit="项"),
    Field("problem_count", "查摆问题", Kind.NUMBER, unit="个"),
    Field("serious_count", "重大问题", Kind.NUMBER, unit="个"),
    SECRETARY,
)
_BY_SECRETARY = Field("by_secretary", "由支部书记讲", Kind.FLAG)


def _attended(outcome: Outcome) -> Iterator[Effect]:
    """One line for everyone who ought to have come and for those who sat in; the duties of the periods are done."""
    matter, office = outcome.matter, outcome.office
    day = matter.day("held_on") or office.day
    if not outcome.settled:
        return
    reasons = {str(row["person"]): str(row["reason"]) for row in matter.rows("absent")}
    expected = attending.due(office, matter.kind, matter.text("unit"))
    said = {each: "缺席" if each in reasons else "到会" for each in expected}
    said |= {str(row["person"]): "列席" for row in matter.rows("sitting_in") if row["person"] not in said}
    for person, how in said.items():
        values = {"person": person, "unit": matter.text("unit"), "meeting": attending.KINDS[matter.kind]}
        values |= {"period": half_of(day), "attended": how, "reason": reasons.get(person, "")}
        yield Entry("party.attendance", day, {**values, "day": day})
    for duty in awaiting(office, matter, periods_holding(day, office.calendar)):
        yield Discharge(duty.key, matter.number)


def _called(office: Consulted, kind: str, unit: str) -> Matter | None:
    """The latest notice of such a meeting up to today that has no minutes yet."""
    held = {each.text("notice") for each in office.matters(kind, unit=unit)}
    return next(
        (
            each
            for each in office.matters("party.meeting-notice", state=State.SETTLED, unit=unit)
            if each.text("meeting") == attending.KINDS[kind]
            and (each.day("held_on") or office.day) <= office.day
            and each.number not in held
        ),
        None,
    )


def _minutes(kind: str) -> Prepare:
    """Minutes begin as the meeting was called, today where it was not; the secretary in the chair."""
    of_branch = begun()

    def prepare(office: Consulted, person: str, duty: Duty | None) -> Mapping[str, Value]:
        told = dict(of_branch(office, person, duty))
        unit = str(told.get("unit", ""))
        notice = _called(office, kind, unit) if unit else None
        told |= {"held_on": office.day, "recorder": person}
        if head := secretary(office, unit).get("secretary"):
            told["chair"] = head
        if notice is not None:
            told |= {"notice": notice.number, "place": notice.text("place"), "topics": notice.text("agenda")}
            told |= {"held_on": notice.day("held_on") or office.day}
        return told

    return prepare


def _meeting(key: str, prefix: str, *fields: Field, derived: tuple[Field, ...] = ()) -> MatterType:
    return MatterType(
        key=key,
        title=attending.KINDS[key] + "记录",
        prefix=prefix,
        fields=(UNIT, HELD_ON, *_HELD, *fields),
        subject="topics",
        register=True,
        derived=(*_DERIVED, *derived),
        derive=attending.counted,
        follows=_attended,
        books=(Booked("party.attendance"),),
        prepare=_minutes(key),
        indexed=("unit", "held_on"),
        help="登记以后不能改写；有差错的另行办理会议记录补正",
    )


_HEARD = Field("all_heard", "与会人员都能发表意见", Kind.FLAG)


def _topics(setting: str) -> Field:
    topic = Field("topic", "内容", Kind.CHOICE, setting=setting)
    return Field("covered", "检查的内容", Kind.ROWS, columns=(topic, Field("found", "情况")))


COMMITTEE = _meeting(attending.COMMITTEE, "支委会", _HEARD, _DECISIONS)
CELL = _meeting(attending.CELL, "小组会")
MEMBERS = _meeting(attending.MEMBERS, "党员大会", _HEARD, _DECISIONS)
LESSON = _meeting(
    attending.LESSON,
    "党课",
    Field("lecturer", "授课党员", Kind.PERSON, required=False, help="外请的不填"),
    Field("capacity", "授课人身份", Kind.CHOICE, setting="party.lecturers"),
    derived=(_BY_SECRETARY,),
)
LIFE = _meeting(
    attending.LIFE,
    "组织生活会",
    Field("manner", "开法", Kind.CHOICE, choices=("批评和自我批评", "专题讨论", "工作汇报")),
    _topics("party.life-topics"),
    PROBLEMS,
)
DEMOCRATIC = _meeting(
    attending.DEMOCRATIC,
    "民主生活会",
    Field("opinions", "征求意见登记", Kind.MATTER, required=False, matter="party.opinions"),
    Field("opinions_reported", "征求到的意见已在会上通报", Kind.FLAG),
    Field("proposal", "增开提议", Kind.MATTER, required=False, matter="party.extra-meeting"),
    _topics("party.democratic-topics"),
    PROBLEMS,
)

ADDENDUM = MatterType(
    key="party.addendum",
    title="会议记录补正",
    prefix="补正",
    fields=(
        Field("meeting", "会议记录编号", help="原记录仍可查看"),
        Field("wrong", "差错之处"),
        CONTENT,
    ),
    subject="wrong",
    register=True,
)

MATTERS = (COMMITTEE, CELL, MEMBERS, LESSON, LIFE, DEMOCRATIC, ADDENDUM)
