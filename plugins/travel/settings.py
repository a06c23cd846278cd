"""What travel regulations leave open: figures and lists that an agency sets."""

from core.family import Setting
from core.fields import Kind

SETTINGS = (
    Setting(
        "lodging-caps",
        "住宿费限额",
        Kind.TEXT,
        (),
        many=True,
        help="每项写作“地点=金额”，元/间·晚；分档次的写作“地点/档次=金额”。照当地财政部门的文件填写",
    ),
    Setting("margin-days", "会议前后可多出的天数", Kind.NUMBER, 1, help="比会议、培训早到和晚走各不超过的天数"),
    Setting("heading", "差旅费的预算科目", Kind.TEXT, "差旅费", help="付款后记入支出台账的科目"),
    Setting("category", "差旅费的支出类别", Kind.TEXT, "差旅", help="付款后记入支出台账的类别"),
)
