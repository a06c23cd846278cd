"""A major decision from its proposal to the archive, and the report on what an emergency left no time to decide."""

from collections.abc import Iterator, Mapping

from core.chains.steps import StepKind
from core.consulted import Consulted
from core.family import Booked, MatterType, Outcome
from core.fields import Field, Kind, Value
from core.matter import Matter, State
from core.records import Effect
from plugins.decisions.ledgers import BOOK, Turn, line

DECISION, EMERGENCY = "decisions.decision", "decisions.emergency"

BODY = Field("body", "决策机构", Kind.BODY)
CATEGORY = Field("category", "决策类别", Kind.CHOICE, setting="decisions.categories")
FUNCTION = Field("function", "所属工作", Kind.FUNCTION, required=False, help="按工作分管的，填写是哪一项工作")
LEADER = Field("leader", "分管领导", Kind.PERSON)
BY_LEADER = Field("by_leader", "由分管领导本人提出", Kind.FLAG)
CONCERNED = Field(
    "concerned",
    "涉及的人员",
    Kind.ROWS,
    required=False,
    columns=(Field("person", "人员", Kind.PERSON), Field("relation", "关系", required=False)),
    help="涉及的班子成员，以及亲属是当事人的班子成员；这些人应当回避",
)


def led_by(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    """The leader in charge: of the function the matter names, else of its unit; and whether he filed it himself.

    What somebody in charge of any unit files without naming a function is of his own charge.
    """
    organisation, day = office.organisation, office.day
    function, own = matter.text("function"), False
    found = organisation.overseers(day, function=function) if function else ()
    if not found:
        found = organisation.overseers(day, unit=matter.unit) if matter.unit else ()
        own = any(matter.applicant in organisation.overseers(day, unit=unit) for unit in organisation.units)
    if own or matter.applicant in found:
        return {"leader": matter.applicant, "by_leader": True}
    return {"leader": found[0], "by_leader": False} if found else {"by_leader": False}


def _derived(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    pairs = dict(str(each).split("=", 1) for each in office.setting("decisions.agenda"))
    category = pairs.get(matter.text("category"))
    return {**led_by(office, matter), **({"agenda_category": category} if category else {})}


def _decided(outcome: Outcome) -> Iterator[Effect]:
    """What a body made of it is a line in the book of decisions, which everybody reads: not what is secret of it."""
    matter = outcome.matter
    title = "" if matter.flag("classified") else matter.text("title")
    if outcome.completed is not None and outcome.completed.kind is StepKind.RESOLUTION:
        yield from line(outcome, Turn.ADOPTED, matter.number, title)
    elif matter.state is State.REJECTED:
        yield from line(outcome, Turn.DEFEATED, matter.number, title)


def _views(who: Field, *more: Field) -> Field:
    columns = (who, Field("opinion", "意见", Kind.LONG), *more)
    return Field("views", "听取的意见", Kind.ROWS, columns=columns)


_TAKEN = Field("taken", "采纳情况", required=False)
_STEP_FORMS = {
    "research": (Field("research", "调研情况", Kind.LONG, help="什么时候、到哪里、问了谁，情况怎样"),),
    "opinions": (
        _views(
            Field("source", "来源", Kind.CHOICE, choices=("相关科室", "工作人员", "专家", "下级单位", "服务对象")),
            Field("who", "提出人"),
            _TAKEN,
        ),
    ),
    "experts": (
        _views(Field("who", "专家"), _TAKEN),
        Field("feasible", "论证结论", Kind.CHOICE, choices=("可行", "修改后可行", "不可行")),
    ),
    "public": (
        Field("channel", "征求意见的方式"),
        Field("until", "截止日期", Kind.DATE),
        Field("received", "收到意见", Kind.NUMBER, unit="条"),
        Field("handled", "采纳情况和理由", Kind.LONG),
    ),
    "risk": (
        Field("risk", "风险等级", Kind.CHOICE, choices=("低", "中", "高")),
        Field("measures", "防范措施", Kind.LONG),
    ),
    "legality": (
        Field("legality", "审查结论", Kind.CHOICE, choices=("合法", "修改后合法", "不合法")),
        Field("reasons", "审查意见", Kind.LONG),
    ),
    "consultation": (
        _views(Field("person", "征求意见的成员", Kind.PERSON)),
        Field("agreement", "意见情况", Kind.CHOICE, choices=("基本一致", "个别不同", "反对较集中")),
    ),
    "prior-talk": (
        Field(
            "talks",
            "酝酿情况",
            Kind.ROWS,
            columns=(Field("person", "领导成员", Kind.PERSON), Field("opinion", "意见", Kind.LONG)),
        ),
    ),
    "lead": (Field("lead", "牵头领导", Kind.PERSON),),
    "plan": (Field("plan", "建议方案", Kind.LONG, help="在调查研究和论证的基础上提出"),),
    "motion": (Field("motion", "动议情况", Kind.LONG, help="谁提出、什么岗位、什么条件"),),
    "recommendation": (
        Field("recommended", "推荐情况", Kind.LONG, help="推荐的方式、范围和结果"),
        Field("candidate", "人选"),
    ),
    "inspection": (
        Field("inspectors", "考察人", Kind.ROWS, columns=(Field("person", "人员", Kind.PERSON),)),
        Field("inspected", "考察情况", Kind.LONG),
    ),
    "archive": (
        Field("minutes", "会议记录或纪要编号"),
        Field("kept", "存放位置"),
    ),
}

_DECISION = MatterType(
    key=DECISION,
    title="重大决策",
    prefix="决策",
    fields=(
        Field("title", "决策事项"),
        CATEGORY,
        BODY,
        FUNCTION,
        Field("basis", "决策依据", Kind.LONG, help="法律、文件、上级要求或工作需要"),
        Field("proposal", "拟定方案", Kind.LONG),
        Field("options", "备选方案", Kind.LONG, required=False, help="比较过的其他方案；没有的写“无”"),
        Field("amount", "涉及金额", Kind.MONEY, required=False),
        Field("far_reaching", "特别重大或影响面大", Kind.FLAG, help="需要专家论证和风险评估的填“是”"),
        Field("public", "涉及群众切身利益", Kind.FLAG, help="需要公开征求意见的填“是”"),
        Field("classified", "涉密", Kind.FLAG),
        Field("revises", "调整的原决策", Kind.MATTER, required=False, matter=DECISION, help="改变原来决定的，填其编号"),
        CONCERNED,
    ),
    subject="title",
    amount="amount",
    step_forms=_STEP_FORMS,
    derived=(LEADER, BY_LEADER, Field("agenda_category", "议题类别")),
    derive=_derived,
    follows=_decided,
    books=(Booked(BOOK, early=True),),
    indexed=("revises",),
    help="按规定的程序逐步办理，最后由会议集体决定；紧急处置的另办《紧急处置报告》",
)

_EMERGENCY = MatterType(
    key=EMERGENCY,
    title="紧急处置报告",
    prefix="急报",
    fields=(
        Field("title", "紧急情况"),
        BODY,
        Field("happened_on", "处置日期", Kind.DATE),
        Field("decided_by", "临机决定人", Kind.PERSON),
        Field("measures", "采取的措施", Kind.LONG),
        Field("reason", "来不及上会的缘由", Kind.LONG),
    ),
    subject="title",
    step_forms={"archive": _STEP_FORMS["archive"]},
    help="先处置、后报告：事后及时向会议报告，由会议追认或纠正",
)

MATTERS = (_DECISION, _EMERGENCY)
