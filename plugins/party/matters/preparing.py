"""What goes before a meeting and what comes of it: notices, reports, opinions, talks; rectification, execution."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from core.consulted import Consulted
from core.days.awaited import discharges
from core.family import MatterType, Outcome
from core.fields import Field, Kind, Value
from core.matter import Matter
from core.records import Discharge, Duty, Effect
from plugins.party import attending
from plugins.party.matters.forms import CONTENT, DAY, PERSON, SECRETARY, UNIT, begun, register, with_secretary

_NOTICE = Field("notice", "会议通知", Kind.MATTER, matter="party.meeting-notice")
_MEETING = Field("meeting", "会议记录编号")
_HELD_ON = Field("held_on", "会议日期", Kind.DATE)


def _days(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    held = matter.day("held_on") or office.day
    before = int(office.setting("party.report-days"))
    return {
        "report_by": held - timedelta(days=before),
        "prepare_by": held - timedelta(days=1),
        **with_secretary(office, matter),
    }


def _called(outcome: Outcome) -> Iterator[Effect]:
    """The duty to call such a meeting in the period it is held in is done."""
    if held := outcome.matter.day("held_on"):
        yield from discharges(outcome, held)


NOTICE = MatterType(
    key="party.meeting-notice",
    title="党内会议通知",
    prefix="党会通知",
    fields=(
        UNIT,
        Field("meeting", "会议", Kind.CHOICE, choices=tuple(attending.TITLES)),
        _HELD_ON,
        Field("time", "时间", help="写作 14:30"),
        Field("place", "地点"),
        Field("agenda", "议事内容", Kind.LONG),
    ),
    subject="agenda",
    register=True,
    prepare=begun(),
    indexed=("unit",),
    derived=(Field("report_by", "报告上级期限", Kind.DATE), Field("prepare_by", "准备期限", Kind.DATE), SECRETARY),
    derive=_days,
    follows=_called,
    help="民主生活会的支部一栏填领导班子所在科室",
)


def _of_notice(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    notice = office.matter(matter.text("notice"))
    held: date | None = notice.day("held_on") if notice else None
    return {"held_on": held or office.day, "meeting": notice.text("meeting") if notice else ""}


def _paper(key: str, title: str, prefix: str, *fields: Field) -> MatterType:
    """What is prepared for a meeting that was called."""
    return register(
        key,
        title,
        prefix,
        _NOTICE,
        DAY,
        *fields,
        subject="notice",
        derived=(_HELD_ON, Field("meeting", "会议")),
        derive=_of_notice,
        indexed=("notice",),
    )


RECEIPTS = _paper(
    "party.receipts", "会议通知签收登记", "党会签收", Field("lines", "收到通知的人员", Kind.ROWS, columns=(PERSON,))
)
REPORT = _paper("party.superior-report", "会前报告上级党组织", "会前报告", Field("superior", "上级党组织"), CONTENT)
OPINIONS = _paper(
    "party.opinions",
    "征求意见登记",
    "征求意见",
    Field(
        "lines",
        "意见",
        Kind.ROWS,
        columns=(Field("source", "征求对象", Kind.CHOICE, setting="party.opinion-sources"), Field("opinion", "意见")),
    ),
)
TALKS = _paper(
    "party.meeting-talks",
    "会前谈心登记",
    "会前谈心",
    Field(
        "lines",
        "谈心",
        Kind.ROWS,
        columns=(
            Field("one", "谈话人", Kind.PERSON),
            Field("other", "谈话对象", Kind.PERSON),
            Field("content", "交换的意见"),
        ),
    ),
)
SPEECHES = _paper(
    "party.speeches",
    "书面发言登记",
    "书面发言",
    Field("lines", "书面发言", Kind.ROWS, columns=(PERSON, Field("title", "材料名称"))),
)
PAPERS = (RECEIPTS, REPORT, OPINIONS, TALKS, SPEECHES)

RECTIFICATION = register(
    "party.rectification",
    "整改落实登记",
    "整改",
    _MEETING,
    Field(
        "lines",
        "整改结果",
        Kind.ROWS,
        columns=(Field("problem", "问题"), Field("result", "整改结果"), Field("done_on", "完成日期", Kind.DATE)),
    ),
    subject="meeting",
)
SERIOUS = register(
    "party.serious-report",
    "重大问题报告",
    "重大问题",
    _MEETING,
    Field("superior", "上级党组织"),
    DAY,
    CONTENT,
)
EXECUTION = register(
    "party.execution",
    "支部决议落实登记",
    "决议落实",
    _MEETING,
    Field("measures", "出现的问题和采取的措施"),
    CONTENT,
)
ANALYSIS = register("party.analysis", "党员思想分析", "思想分析", _MEETING, UNIT, CONTENT)
RESERVED = register(
    "party.reserved-opinion",
    "保留意见登记",
    "保留意见",
    PERSON,
    _MEETING,
    Field("opinion", "不同意见", Kind.LONG),
    Field("reported_up", "向上级党组织反映", Kind.FLAG),
    Field("carries_out", "在决定改变以前照决定执行", Kind.FLAG),
    subject="opinion",
)

EXTRA = register(
    "party.extra-meeting",
    "增开民主生活会提议",
    "增开",
    Field("reason", "需要增开的原因", Kind.LONG),
    Field("hold_by", "拟于何时以前召开", Kind.DATE),
    subject="reason",
)


def owed(office: Consulted, matter: Matter, *turns: str) -> list[Duty]:
    """A branch's duties to hold a meeting of the kind to be arranged otherwise; of all turns where none is named."""
    kind = attending.TITLES.get(matter.text("meeting"))
    found = office.duties_awaiting(kind, turns) if kind else []
    return [duty for duty in found if duty.unit == matter.text("unit")]


def _rearranged(outcome: Outcome) -> Iterator[Effect]:
    matter = outcome.matter
    for duty in owed(outcome.office, matter, matter.text("turn")) if outcome.settled else ():
        yield Discharge(duty.key, f"{matter.number}：{matter.text('reason')}")


REARRANGED = register(
    "party.rearranged",
    "党内会议另行安排",
    "另行安排",
    UNIT,
    Field("meeting", "会议", Kind.CHOICE, choices=tuple(attending.TITLES)),
    Field("turn", "本应召开的期间", Kind.PERIOD),
    Field("reason", "特殊情况", Kind.LONG),
    Field("make_up_by", "改到何时以前", Kind.DATE),
    subject="reason",
    follows=_rearranged,
    derived=(SECRETARY,),
    derive=with_secretary,
)

LIFE_REPORT = MatterType(
    key="party.life-report",
    title="民主生活会情况报告",
    prefix="民主会报告",
    fields=(
        Field("meeting", "民主生活会记录", Kind.MATTER, matter=attending.DEMOCRATIC),
        Field("content", "情况", Kind.LONG),
    ),
    subject="content",
    step_forms={"sent": (Field("superior", "上级组织"), Field("sent_on", "报送日期", Kind.DATE))},
    indexed=("meeting",),
)

MATTERS = (NOTICE, *PAPERS, RECTIFICATION, SERIOUS, EXECUTION, ANALYSIS, RESERVED, EXTRA, REARRANGED, LIFE_REPORT)
