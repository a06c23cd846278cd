"""What Party regulations leave open or name: posts, meetings' topics, steps of development, items to publish."""

from core.family import Setting
from core.fields import Kind

SETTINGS = (
    Setting("secretary", "支部书记的职务", Kind.POST, ""),
    Setting("collector", "党费收缴员的职务", Kind.POST, ""),
    Setting("committee", "支部委员会的职务", Kind.POST, (), many=True),
    Setting("team", "领导班子成员", Kind.TEXT, ("principal",), many=True, help="职务或其他选人的写法"),
    Setting("report-days", "民主生活会提前报告上级的天数", Kind.NUMBER, 0, help="零表示没有规定"),
    Setting("democratic-topics", "民主生活会的内容", Kind.TEXT, ("其他",), many=True),
    Setting("life-topics", "组织生活会的内容", Kind.TEXT, ("其他",), many=True),
    Setting("opinion-sources", "征求意见的对象", Kind.TEXT, ("党内外群众",), many=True),
    Setting("lecturers", "党课授课人", Kind.TEXT, ("党组织负责人",), many=True),
    Setting("study-forms", "学习教育形式", Kind.TEXT, ("集中学习",), many=True),
    Setting("late-months", "补交党费的月数", Kind.NUMBER, 6, help="补交不得早于这么多个月以前"),
    Setting("lapse-months", "连续不交党费报批的月数", Kind.NUMBER, 6),
    Setting(
        "stages",
        "发展党员的环节",
        Kind.TEXT,
        (
            "递交入党申请书",
            "派人谈话",
            "确定入党积极分子",
            "指定培养联系人",
            "确定发展对象",
            "确定入党介绍人",
            "政治审查",
            "集中培训",
            "支部大会接收预备党员",
            "上级审批预备党员",
            "支部大会讨论转正",
            "上级审批转正",
        ),
        many=True,
        help="依次办理，不得跳过",
    ),
    Setting("published-items", "党务公开的内容", Kind.TEXT, ("其他",), many=True),
    Setting("help-causes", "困难补助的情形", Kind.TEXT, ("患病住院",), many=True),
    Setting("help-sources", "帮扶款来源", Kind.TEXT, ("党组织支持",), many=True),
    Setting("visit-occasions", "走访慰问的情形", Kind.TEXT, ("其他",), many=True),
    Setting("visit-events", "领导必访的情形", Kind.TEXT, ("其他",), many=True),
    Setting("talk-events", "必须谈话的情形", Kind.TEXT, ("其他",), many=True),
    Setting("transfer-events", "调动必须谈话的情形", Kind.TEXT, ("调进", "调出"), many=True),
)
