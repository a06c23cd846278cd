"""What the documents leave open about supervision; each agency sets its own values beside the clauses."""

from core.family import Setting
from core.fields import Kind

SETTINGS = (
    Setting("scopes", "督查范围", Kind.TEXT, ("上级交办", "本单位确定"), many=True),
    Setting("sources", "督查事项的来源", Kind.TEXT, ("上级交办", "会议交办", "领导批示"), many=True),
)
