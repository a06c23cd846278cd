"""What a study regulation leaves open: who studies, what about, how much in a year."""

from core.days.terms import YEAR
from core.family import LedgerType, Setting
from core.fields import Field, Kind

SETTINGS = (
    Setting("centre-posts", "中心组成员的职务", Kind.POST, (), many=True),
    Setting("centre-half-days", "中心组全年集中学习", Kind.NUMBER, 0, help="个半天；0 表示没有规定"),
    Setting("attendance-percent", "中心组成员年出席率", Kind.NUMBER, 0, help="百分数；0 表示没有规定"),
    Setting("contents", "学习内容的类别", Kind.TEXT, ("政治理论", "政策法规", "业务知识"), many=True),
    Setting("collective-kinds", "集中学习的组织单位", Kind.TEXT, ("机关",), many=True),
    Setting(
        "writing-kinds",
        "学习成果的种类",
        Kind.TEXT,
        ("学习笔记", "学习体会", "发言提纲", "业务论文", "调研文章"),
        many=True,
    ),
    Setting("yearly-writings", "每人每年的学习成果", Kind.TEXT, (), many=True, help="每项写作“种类=篇数”"),
    Setting("personal-plans", "每人每年制订自学计划", Kind.FLAG, False),
    Setting("online-hours", "每人每年的网络学时", Kind.NUMBER, 0, help="学时；0 表示没有规定"),
)

_YEAR, _PERSON = Field("year", "年度", Kind.PERIOD, lengths=(YEAR,)), Field("person", "人员", Kind.PERSON)
_HALF_DAYS = Field("half_days", "半天数", Kind.NUMBER, unit="个半天")

LEDGERS = (
    LedgerType(
        "study.sessions",
        "集中学习台账",
        (_YEAR, Field("group", "组织单位"), Field("topic", "专题"), Field("content", "类别"), _HALF_DAYS),
        ("year", "group", "content"),
        together=(("year", "content"),),
    ),
    LedgerType(
        "study.attendance",
        "学习出席台账",
        (
            _YEAR,
            Field("group", "组织单位"),
            _PERSON,
            Field("due", "应到", Kind.NUMBER, unit="次"),
            Field("present", "实到", Kind.NUMBER, unit="次"),
            _HALF_DAYS,
        ),
        ("year", "group", "person"),
        together=(("person", "year", "group"),),
    ),
    LedgerType(
        "study.writings",
        "学习成果台账",
        (_YEAR, _PERSON, Field("kind", "种类"), Field("title", "题目"), Field("count", "篇数", Kind.NUMBER, unit="篇")),
        ("year", "person", "kind", "title"),
        together=(("person", "year", "kind"),),
    ),
    LedgerType(
        "study.hours",
        "网络学时台账",
        (_YEAR, _PERSON, Field("course", "课程"), Field("hours", "学时", Kind.NUMBER, unit="学时")),
        ("year", "person", "course"),
        together=(("person", "year"),),
    ),
)
