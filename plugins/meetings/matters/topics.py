"""Before a meeting: topics, requests to reconsider, the notice, leave from it; and letting out what was said there."""

from collections.abc import Iterator, Mapping

from core.consulted import Consulted, everyone
from core.family import MatterType, Outcome
from core.fields import Field, Kind, Value
from core.matter import Matter
from core.records import Copy, Effect
from plugins.meetings import agenda

ORDINARY, EXTRAORDINARY, ENLARGED = "例会", "临时会议", "扩大会议"
PUBLISHING, TAKING_AWAY = "公开会议内容", "带走会议材料"

BODY = Field("body", "会议机构", Kind.BODY)
CATEGORY = Field("category", "议题类别", Kind.CHOICE, setting="meetings.categories")
MEETING = Field("meeting", "会议", Kind.MATTER, matter=agenda.NOTICE, help="会议通知的编号")

TOPIC = MatterType(
    key=agenda.TOPIC,
    title="议题申报",
    prefix="议题",
    fields=(
        Field("title", "议题"),
        BODY,
        CATEGORY,
        Field("work_opinion", "工作意见", Kind.LONG),
        Field("proposal", "建议", Kind.LONG),
        Field("decision", "提请决定事项", Kind.LONG),
        Field("disputes", "争议问题", Kind.LONG, help="如实写明；没有争议的写“无”"),
        Field("reason", "提请研究的缘由", Kind.LONG, required=False, help="属于其他事项的，写明为什么要上会"),
        Field("consulted", "会前酝酿情况", Kind.LONG, required=False, help="征求过谁的意见，意见是什么"),
        Field(
            "concerned",
            "涉及的人员",
            Kind.ROWS,
            required=False,
            columns=(Field("person", "人员", Kind.PERSON), Field("relation", "关系", required=False)),
            help="议题涉及的班子成员，以及亲属是当事人的班子成员；这些人应当回避",
        ),
    ),
    subject="title",
    step_forms={
        "handout": (Field("handout", "分发的书面材料", Kind.LONG, help="每份材料写一行，写明分发给谁"),),
        "papers": (Field("papers", "汇编的材料", Kind.LONG, help="每份材料写一行"),),
    },
    indexed=("body",),
)


def _reconsidered(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    decided = office.matter(matter.text("subject"))
    if decided is None:
        return {}
    return {"body": decided.text("body"), "title": f"复议：{decided.text('decision')}"[:200]}


RECONSIDERATION = MatterType(
    key=agenda.RECONSIDERATION,
    title="复议请求",
    prefix="复议",
    fields=(
        Field("subject", "原决议", Kind.MATTER, matter=agenda.CONCLUSION, help="议题结论的编号"),
        Field("ground", "情形", Kind.CHOICE, choices=("新的问题", "情况变化", "执行困难")),
        Field("reason", "说明", Kind.LONG),
        Field(
            "seconders",
            "联名人",
            Kind.ROWS,
            required=False,
            columns=(Field("person", "人员", Kind.PERSON),),
            help="制度不许一人提出复议的，写明联名的成员",
        ),
    ),
    subject="reason",
    derived=(BODY, Field("title", "议题")),
    derive=_reconsidered,
    indexed=("body",),
    help="新的决议作出之前，原决议照样执行",
)


def invited(office: Consulted, notice: Matter) -> list[str]:
    """Every member of the body, and all who are to report or attend."""
    body = office.body(notice.text("body"))
    if body is None:
        return []
    told = [
        *agenda.members(office, body),
        *everyone(office, body.attendees),
        *(str(row["reporter"]) for row in notice.rows("items") if "reporter" in row),
        *(str(row["person"]) for row in notice.rows("observers")),
    ]
    return list(dict.fromkeys(told))


def told(office: Consulted, notice: Matter, matter: Matter) -> Iterator[Effect]:
    """Whoever a notice invites is sent a matter: the notice, or a change of it."""
    for person in invited(office, notice):
        yield Copy(person, matter.number, matter.applicant, office.day)


def _sent(outcome: Outcome) -> Iterator[Effect]:
    """A settled notice is sent to whoever it invites."""
    if outcome.settled:
        yield from told(outcome.office, outcome.matter, outcome.matter)


NOTICE = MatterType(
    key=agenda.NOTICE,
    title="会议通知",
    prefix="会议",
    fields=(
        Field("title", "会议名称", help="例如 2026年第1次办务会"),
        BODY,
        Field("form", "会议形式", Kind.CHOICE, choices=(ORDINARY, EXTRAORDINARY, ENLARGED)),
        Field("held_on", "会议日期", Kind.DATE),
        Field("time", "时间", help="例如 9:00"),
        Field("place", "地点"),
        Field("convener", "召集人", Kind.PERSON),
        Field("special", "特殊情况", Kind.LONG, required=False, help="临时召开的，写明缘由"),
        Field(
            "items",
            "议题",
            Kind.ROWS,
            columns=(
                Field("subject", "议题或等待决定的事项", Kind.MATTER),
                Field("reporter", "汇报人", Kind.PERSON),
            ),
            help="按讨论的先后填写；通知发出后不再增减",
        ),
        Field(
            "observers",
            "列席人员",
            Kind.ROWS,
            required=False,
            columns=(Field("person", "人员", Kind.PERSON), Field("item", "议题序号", Kind.NUMBER)),
            help="指定谁为哪一项议题列席",
        ),
        Field("discipline", "邀请纪检监察派人监督", Kind.FLAG, required=False),
    ),
    subject="title",
    follows=_sent,
    indexed=("body",),
    help="审定以后发给每位成员；审定之前可以退回修改",
)


def of_notice(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    notice = office.matter(matter.text("meeting"))
    return {"body": notice.text("body"), "held_on": notice.values["held_on"]} if notice else {}


OF_NOTICE = (BODY, Field("held_on", "会议日期", Kind.DATE))

LEAVE = MatterType(
    key=agenda.LEAVE,
    title="会议请假",
    prefix="会假",
    fields=(MEETING, Field("reason", "事由")),
    subject="reason",
    derived=OF_NOTICE,
    derive=of_notice,
    indexed=("meeting",),
)

RELEASE = MatterType(
    key=agenda.RELEASE,
    title="会议内容外传审批",
    prefix="会传",
    fields=(
        MEETING,
        Field("purpose", "申请事项", Kind.CHOICE, choices=(PUBLISHING, TAKING_AWAY)),
        Field("content", "内容或材料", Kind.LONG),
        Field("audience", "范围", help="公开给谁看，或由谁带走"),
        Field("wording", "口径", Kind.LONG, required=False, help="对外怎样表述"),
        Field("when", "时间", Kind.DATE, required=False),
        Field("teller", "传达人", Kind.PERSON, required=False),
        Field("spoken", "含个人发言或不同意见", Kind.FLAG),
    ),
    subject="content",
    derived=OF_NOTICE,
    derive=of_notice,
    indexed=("meeting",),
)

MATTERS = (TOPIC, RECONSIDERATION, NOTICE, LEAVE, RELEASE)
