"""The lists of the administrators' screen, a row for each account, key, coming and going, and entry of the journal."""

from collections.abc import Callable, Sequence

from core.access.accounts import all_accounts, state_of
from core.access.keys import PersonKey, against, all_keys
from core.access.logins import comings
from core.acts import Verb
from core.journal import Entry
from tui.session import Session
from tui.widgets.columns import Column
from tui.widgets.rows import FixedSource, Record
from tui.wording import coming_text

_LISTED = 500
"""How many entries are listed at most, the newest first."""

_COLUMNS: dict[str, Sequence[Column]] = {
    "accounts": (
        Column("账号", 10, importance=9),
        Column("姓名", 10, grows=True, importance=9),
        Column("用途", 10, importance=8),
        Column("情况", 6, importance=9),
        Column("由谁开立", 10, importance=4),
        Column("开立日期", 10, importance=5),
    ),
    "keys": (
        Column("账号", 10, importance=9),
        Column("情况", 6, importance=9),
        Column("有效期至", 10, importance=8),
        Column("登录地址", 14, importance=6),
        Column("说明", 10, importance=5),
        Column("指纹", 18, grows=True, importance=7),
    ),
    "logins": (
        Column("时间", 16, importance=9),
        Column("账号", 10, importance=9),
        Column("做什么", 16, importance=8),
        Column("地址", 15, importance=8),
        Column("缘由", 12, grows=True, importance=5),
        Column("终端", 10, importance=4),
        Column("指纹", 18, grows=True, importance=7),
    ),
    "journal": (
        Column("序号", 7, right=True, importance=9),
        Column("时间", 16, importance=8),
        Column("谁", 10, importance=9),
        Column("做什么", 10, importance=9),
        Column("事项", 14, importance=8),
        Column("摘要", 16, grows=True, importance=6),
    ),
}
EMPTY = {"accounts": "还没有账号。", "keys": "还没有登记密钥。", "logins": "没有登录记录。", "journal": "没有留痕。"}


def columns(area: str) -> Sequence[Column]:
    """The columns of one area."""
    return _COLUMNS[area]


def source(session: Session, area: str) -> FixedSource:
    """The rows of one area as they are now."""
    return FixedSource(_ROWS[area](session))


def _accounts(session: Session) -> list[Record]:
    return [
        Record(
            each.key,
            (
                each.key,
                each.name,
                each.role.title,
                state_of(session.office.store, each.key).title,
                each.opened_by,
                each.opened_on.isoformat(),
            ),
        )
        for each in all_accounts(session.office.store)
    ]


def _keys(session: Session) -> list[Record]:
    return [Record(each.fingerprint, _key(session, each)) for each in all_keys(session.office.store)]


def _key(session: Session, key: PersonKey) -> tuple[str, ...]:
    expires = key.expires.isoformat() if key.expires else "长期"
    state = "吊销" if key.revoked else "可用"
    if not key.revoked and against(session.office.store, key, session.day):
        state = "停用" if key.granted else "未启用"
    return key.person, state, expires, "、".join(key.addresses) or "不限", key.note, key.fingerprint


def _logins(session: Session) -> list[Record]:
    return [
        Record(
            str(each.sequence),
            (
                f"{each.at:%m-%d %H:%M:%S}",
                each.actor,
                coming_text(each),
                str(each.detail.get("address", "")),
                str(each.detail.get("why", "")),
                str(each.detail.get("terminal", "")),
                each.session,
            ),
        )
        for each in comings(session.office.journal, _LISTED)
    ]


def _journal(session: Session) -> list[Record]:
    return [Record(str(each.sequence), _entry(each)) for each in session.office.journal.latest(limit=_LISTED)]


def _entry(entry: Entry) -> tuple[str, ...]:
    act = Verb(entry.act).title if entry.act in {verb.value for verb in Verb} else entry.act
    actor = entry.actor + (f"代{entry.on_behalf}" if entry.on_behalf else "")
    return str(entry.sequence), f"{entry.at:%m-%d %H:%M:%S}", actor, act, entry.matter, entry.digest[:16]


_ROWS: dict[str, Callable[[Session], list[Record]]] = {
    "accounts": _accounts,
    "keys": _keys,
    "logins": _logins,
    "journal": _journal,
}
