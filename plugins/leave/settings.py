"""What leave regulations leave open: kinds of leave, working hours, and the figures their clauses set."""

from decimal import Decimal

from core.family import Setting
from core.fields import Kind

PERSONAL, SICK, ANNUAL, COMPENSATORY = "事假", "病假", "年休假", "补休假"
"""The kinds of leave that have books of their own."""

SETTINGS = (
    Setting(
        "kinds",
        "假别",
        Kind.TEXT,
        (PERSONAL, SICK, ANNUAL, COMPENSATORY, "婚假", "丧假", "探亲假", "产假", "哺乳假", "陪产假"),
        many=True,
    ),
    Setting(
        "natural-kinds",
        "按自然日计算的假别",
        Kind.TEXT,
        ("探亲假", "产假"),
        many=True,
        help="其余假别只计工作日",
    ),
    Setting("offset-kinds", "先以年休假、补休假冲抵的假别", Kind.TEXT, (), many=True),
    Setting("offset-order", "冲抵的先后", Kind.TEXT, (ANNUAL, COMPENSATORY), many=True),
    Setting(
        "hospital-grades",
        "医院等级",
        Kind.TEXT,
        ("一级", "二级丙等", "二级乙等", "二级甲等", "三级丙等", "三级乙等", "三级甲等", "三级特等"),
        many=True,
    ),
    Setting("physician-ranks", "医师职称", Kind.TEXT, ("住院医师", "主治医师", "副主任医师", "主任医师"), many=True),
    Setting("morning", "上午上班时刻", Kind.TEXT, "08:30"),
    Setting("afternoon", "下午上班时刻", Kind.TEXT, "14:00"),
    Setting("midday", "上午、下午签到的分界时刻", Kind.TEXT, "12:30"),
    Setting("off-duty", "下班时刻", Kind.TEXT, "17:30"),
    Setting("excuses", "不能按时签到的公务事由", Kind.TEXT, ("因公出差", "下乡", "参加会议"), many=True),
    Setting("overtime-work", "加班工作的性质", Kind.TEXT, ("临时突发工作", "全局性重要工作", "日常性工作"), many=True),
    Setting("duty-kinds", "值班种类", Kind.TEXT, ("法定节假日值班", "非工作时间突发值班", "夜班"), many=True),
    Setting("rest-day-duty", "只在休息日的值班种类", Kind.TEXT, ("法定节假日值班",), many=True),
    Setting("duty-half-days", "值班一天补休的半天数", Kind.NUMBER, 2),
    Setting("overtime-hours", "可补休的加班小时数", Kind.NUMBER, 0, help="达到这个数的才计补休"),
    Setting("overtime-half-days", "加班补休的半天数", Kind.NUMBER, 0),
    Setting("overnight-half-days", "通宵加班补休的半天数", Kind.NUMBER, 0),
    Setting("late-times", "迟到早退处理的次数", Kind.NUMBER, 0, help="一个月内达到这个次数的才处理；零表示没有规定"),
    Setting("late-fine", "迟到早退每次扣除", Kind.MONEY, Decimal("0.00")),
    Setting("truancy-fine", "旷工每天扣除年终奖金", Kind.MONEY, Decimal("0.00")),
    Setting("honours-days", "取消评先评优资格的旷工天数", Kind.NUMBER, 0, help="零表示没有规定"),
    Setting("half-bonus-days", "扣除部分年终奖金的旷工天数", Kind.NUMBER, 0, help="零表示没有规定"),
    Setting("half-bonus-percent", "部分扣除年终奖金的百分数", Kind.NUMBER, 0),
    Setting("whole-bonus-days", "扣除全部年终奖金的旷工天数", Kind.NUMBER, 0, help="零表示没有规定"),
    Setting(
        "violations",
        "违反劳动纪律的行为",
        Kind.TEXT,
        ("擅离工作岗位", "玩电脑游戏", "炒股票", "上网购物"),
        many=True,
    ),
)
