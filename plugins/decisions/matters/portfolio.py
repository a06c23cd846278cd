"""What a principal does not manage himself: signing matters on to the deputy in charge, reports, disclosure."""

from collections.abc import Iterator

from core.family import Booked, MatterType, Outcome
from core.fields import Field, Kind
from core.records import Effect, Entry
from plugins.decisions.ledgers import DISCLOSED
from plugins.decisions.matters.decision import BY_LEADER, DECISION, FUNCTION, LEADER, led_by

SIGNING, BRIEFING, REVIEW = "decisions.signing", "decisions.briefing", "decisions.review"
DISCLOSURE, APPRAISAL, INTEGRITY = "decisions.disclosure", "decisions.appraisal", "decisions.integrity-report"

_AREA = Field("function", "工作", Kind.FUNCTION)


def _disclosed(outcome: Outcome) -> Iterator[Effect]:
    if outcome.settled:
        for row in outcome.matter.rows("functions"):
            values = {key: str(row.get(key, "")) for key in ("function", "channel", "content")}
            yield Entry(DISCLOSED, outcome.office.day, values, outcome.matter.number)


def _count(key: str, title: str) -> Field:
    return Field(key, title, Kind.NUMBER, unit="票")


_PERIOD = Field("period", "期间", Kind.PERIOD, help="与例行事项的期间一致")

MATTERS = (
    MatterType(
        key=SIGNING,
        title="工作事项签批",
        prefix="签批",
        fields=(
            Field("title", "事项"),
            Field("nature", "性质", Kind.CHOICE, setting="decisions.natures"),
            FUNCTION,
            Field("content", "内容和建议", Kind.LONG),
        ),
        subject="title",
        derived=(LEADER, BY_LEADER),
        derive=led_by,
        help="日常工作逐级签批；重大的由会议决定",
    ),
    MatterType(
        key=BRIEFING,
        title="向主要领导汇报分管工作",
        prefix="分管汇报",
        register=True,
        fields=(
            Field("title", "汇报事项"),
            Field("major", "重大事项或重要问题", Kind.FLAG),
            Field("subject", "有关决策", Kind.MATTER, required=False, matter=DECISION),
            Field("content", "情况和请示", Kind.LONG),
        ),
        subject="title",
        derived=(LEADER, BY_LEADER),
        derive=led_by,
    ),
    MatterType(
        key=REVIEW,
        title="不直接管的工作汇报检查",
        prefix="管检",
        register=True,
        fields=(
            _PERIOD,
            Field("occasion", "场合", Kind.CHOICE, setting="decisions.occasions"),
            Field(
                "functions",
                "各项工作",
                Kind.ROWS,
                columns=(_AREA, Field("findings", "情况"), Field("problems", "问题和整改", required=False)),
            ),
        ),
        subject="period",
        indexed=("period",),
    ),
    MatterType(
        key=DISCLOSURE,
        title="不直接管的工作公开",
        prefix="管公",
        register=True,
        fields=(
            _PERIOD,
            Field(
                "functions",
                "各项工作",
                Kind.ROWS,
                columns=(
                    _AREA,
                    Field("channel", "公开方式", Kind.CHOICE, setting="decisions.channels"),
                    Field("content", "公开内容"),
                ),
            ),
        ),
        subject="period",
        follows=_disclosed,
        books=(Booked(DISCLOSED, rows="functions"),),
        indexed=("period",),
    ),
    MatterType(
        key=APPRAISAL,
        title="述职述廉和评议",
        prefix="述职",
        register=True,
        fields=(
            _PERIOD,
            Field("reporter", "述职人", Kind.PERSON),
            Field("held_on", "会议日期", Kind.DATE),
            Field("audience", "参加范围"),
            Field("due", "应到", Kind.NUMBER, unit="人"),
            Field("present", "实到", Kind.NUMBER, unit="人"),
            Field("report", "述职述廉要点", Kind.LONG),
            _count("excellent", "优秀"),
            _count("good", "称职"),
            _count("basic", "基本称职"),
            _count("failing", "不称职"),
        ),
        subject="period",
        indexed=("period",),
    ),
    MatterType(
        key=INTEGRITY,
        title="向上级述职述廉",
        prefix="述廉",
        register=True,
        fields=(
            _PERIOD,
            Field("reporter", "述职人", Kind.PERSON),
            Field("audience", "向谁报告", Kind.CHOICE, setting="decisions.audiences"),
            Field("reported_on", "报告日期", Kind.DATE),
            Field("report", "报告要点", Kind.LONG),
        ),
        subject="period",
        indexed=("period",),
    ),
)
