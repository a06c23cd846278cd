"""What the documents leave open about decisions; each agency sets its own values beside the clauses."""

from core.family import Setting
from core.fields import Kind

SETTINGS = (
    Setting("categories", "决策类别", Kind.TEXT, ("重大事项",), many=True),
    Setting(
        "agenda",
        "决策类别归入的议题类别",
        Kind.TEXT,
        (),
        many=True,
        help="每项写作“决策类别=议题类别”；没有写的归入等待会议决定的事项",
    ),
    Setting("natures", "签批事项的性质", Kind.TEXT, ("一般", "重大"), many=True),
    Setting("grounds", "追究决策责任的情形", Kind.TEXT, ("违反决策程序",), many=True),
    Setting("measures", "追究责任的方式", Kind.TEXT, ("批评教育",), many=True),
    Setting("liable", "承担责任的主体", Kind.TEXT, ("个人", "领导班子集体"), many=True),
    Setting("occasions", "汇报分管工作的场合", Kind.TEXT, ("会议",), many=True),
    Setting("channels", "公开的方式", Kind.TEXT, ("全办通报",), many=True),
    Setting("audiences", "接受述职述廉报告的上级", Kind.TEXT, ("上级党委",), many=True),
    Setting("hazards", "突发事件的类别", Kind.TEXT, ("自然灾害", "公共卫生", "公共安全", "重特大事故"), many=True),
    Setting("pairings", "谈心谈话的关系", Kind.TEXT, ("一把手与班子成员",), many=True),
)
