"""The core's own matter types, put together as a family."""

from core.family import Family, Setting
from core.fields import Kind
from core.registers.corrections import CORRECTION, CORRECTIONS
from core.registers.handover import HANDOVER, HANDOVERS
from core.registers.people import ABSENCE, APPOINTMENT, DELEGATION, DEPARTURE, OVERSIGHT, RECUSAL
from core.registers.roster import ROSTER
from core.rules.ready import READY

IDLE_MINUTES = Setting(
    "idle-minutes", "无操作自动退出", Kind.NUMBER, 30, help="登录后这么多分钟没有按键，保存草稿并退出"
)
SESSIONS = Setting("sessions", "同时打开的画面", Kind.NUMBER, 4, help="一个人最多同时打开多少个画面，至少 1 个")

CORE = Family(
    key="core",
    title="机构与人员",
    matters=(DELEGATION, ABSENCE, APPOINTMENT, DEPARTURE, OVERSIGHT, RECUSAL, ROSTER, HANDOVER, CORRECTION),
    rules=READY,
    ledgers=(CORRECTIONS, HANDOVERS),
    settings=(IDLE_MINUTES, SESSIONS),
)
