"""What a fire-safety regulation leaves open: lists, hours and figures that an agency sets."""

from core.family import Setting
from core.fields import Kind

FREQUENCIES = ("每日", "每周", "每月", "每季度", "每半年", "每年")
"""How often a thing may be arranged, from the closest to the rarest; `每日` means every working day."""

SETTINGS = (
    Setting("grade", "单位的消防等级", Kind.TEXT, "其他单位", help="列为消防安全重点单位的，填“消防安全重点单位”"),
    Setting("sector", "单位的性质", Kind.TEXT, "机关、团体、事业单位"),
    Setting("posts", "须定岗位责任人的岗位和房间", Kind.TEXT, (), many=True),
    Setting(
        "facility-kinds",
        "疏散设施和消防器材的种类",
        Kind.TEXT,
        ("灭火器", "消火栓", "疏散通道", "安全出口", "应急照明", "疏散指示标志", "防火门"),
        many=True,
    ),
    Setting("publicity-forms", "宣传教育的形式", Kind.TEXT, ("宣传栏", "内部网站", "专题会议", "警示片"), many=True),
    Setting("training-forms", "培训的形式", Kind.TEXT, ("集中授课", "实地操作", "网络课程"), many=True),
    Setting(
        "work-hours", "可以作业的时间", Kind.TEXT, "08:00-18:00", help="动火、用火、临时用电的开始和结束时间在此之内"
    ),
    Setting("longest-hours", "一次作业最长", Kind.NUMBER, 8, help="小时"),
    Setting("no-flame-places", "禁止明火的部位", Kind.TEXT, (), many=True),
    Setting(
        "qualifications",
        "须有操作资格的作业",
        Kind.TEXT,
        ("动火=焊接与热切割作业", "临时用电=电工作业"),
        many=True,
        help="每项写作“作业=资格”",
    ),
    Setting(
        "money-matters",
        "可以作整改经费依据的事项",
        Kind.TEXT,
        ("finance.expenditure", "finance.reimbursement"),
        many=True,
    ),
    Setting("alarm-minutes", "发现火情后报警不迟于", Kind.NUMBER, 5, help="分钟"),
    Setting(
        "emergency-card",
        "应急卡",
        Kind.TEXT,
        ("拨打 119，说清地点、火情和联系人", "启动灭火和应急疏散预案", "疏散楼内所有人员，不乘电梯", "扑救初起火灾"),
        many=True,
        help="发生火灾时做什么，按先后一行一条",
    ),
)
