"""What seal regulations leave to the agency: kinds of seals, papers, faults of a paper, ways a seal is misused."""

from core.family import Setting
from core.fields import Kind

SETTINGS = (
    Setting("kinds", "印章种类", Kind.TEXT, ("公章", "财务专用章", "法人章", "业务专用章"), many=True),
    Setting("apart", "不得集于一人之手的印章种类", Kind.TEXT, (), many=True, help="这几种印章不得全部由一人保管或代管"),
    Setting("materials", "用印材料", Kind.TEXT, ("公文", "合同协议", "介绍信", "证明", "其他材料"), many=True),
    Setting(
        "faults",
        "材料不合要求之处",
        Kind.TEXT,
        ("无", "字迹潦草", "明显涂改", "表达不清", "落款单位不明", "没有签字"),
        many=True,
        help="盖印前核对的结论；除“无”以外，哪些不得盖印由条款写明",
    ),
    Setting("grounds", "停用事由", Kind.TEXT, ("单位名称变动", "印章损坏", "遗失或被盗", "其他"), many=True),
    Setting("misuses", "违规情形", Kind.TEXT, ("保管不善丢失", "把关不严造成后果", "非法使用印章"), many=True),
)
