"""What goes up to superiors in the agency's name: requests and reports, applications to fill posts."""

from collections.abc import Iterator, Mapping

from core.consulted import Consulted
from core.family import MatterType
from core.fields import Field, Kind, Value
from core.finding import Problem
from core.matter import Matter
from core.rule_kinds import Proposal, rule
from core.rules.no_parameters import NoParameters

DISPATCH, POST_USE = "meetings.dispatch", "meetings.post-use"

_DISPATCH = MatterType(
    key=DISPATCH,
    title="上报文件",
    prefix="上报",
    fields=(
        Field("title", "标题"),
        Field("sort", "文种", Kind.CHOICE, choices=("请示", "报告")),
        Field("important", "重要事项", Kind.FLAG, help="重要的请示、报告先经会议决定"),
        Field("recipient", "报送机关"),
        Field("content", "正文", Kind.LONG),
    ),
    subject="title",
    step_forms={"sent": (Field("document", "发文字号"), Field("sent_on", "发出日期", Kind.DATE))},
    help="以单位名义上报的请示、报告",
)


def _agenda_category(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    return {"agenda_category": str(office.setting("meetings.post-use-category"))}


_POST_USE = MatterType(
    key=POST_USE,
    title="用编申请",
    prefix="用编",
    fields=(
        Field("organ", "用编单位"),
        Field("purpose", "用途", Kind.CHOICE, choices=("补充人员", "安置复员退伍军人")),
        Field("approved", "核定编制", Kind.NUMBER, unit="名"),
        Field("filled", "实有人员", Kind.NUMBER, unit="名"),
        Field("asked", "申请用编", Kind.NUMBER, unit="名"),
        Field("by_committee", "属于区委常委会研究的干部异动", Kind.FLAG),
        Field("reason", "理由", Kind.LONG),
    ),
    subject="organ",
    step_forms={"reply": (Field("document", "批准文号"), Field("approved_on", "批准日期", Kind.DATE))},
    derived=(Field("agenda_category", "议题类别"),),
    derive=_agenda_category,
    indexed=("organ",),
)


@rule("meetings.within-establishment", "在核定的编制内", NoParameters, matters=(POST_USE,))
def within_establishment(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """The people an organ has and those it asks for fit its approved establishment."""
    matter = proposal.matter
    approved, filled, asked = (matter.count(key) for key in ("approved", "filled", "asked"))
    if filled + asked > approved:
        facts = f"实有 {filled} 名，申请 {asked} 名，合计超过核定编制 {approved} 名"
        yield Problem(facts, f"申请用编改为 {max(approved - filled, 0)} 名以内", "asked")


MATTERS = (_DISPATCH, _POST_USE)
KINDS = (within_establishment,)
