"""Who may write what: once the three administrators are set up, the kind of actor decides which tables an act writes.

The store asks this of every transaction and of every document in it, so that no program above can go round it.
"""

from datetime import date
from typing import TYPE_CHECKING, Any

from tinydb import where

from core.access.account import ADMINISTRATORS, AFTER, Measure, Role
from core.acts import SYSTEM
from core.errors import NotEntitled
from core.store.values import decode

if TYPE_CHECKING:
    from core.store.database import Store

MANAGED = "administrators"
"""Name of the setting that says the three administrators have been set up; never unset."""
ACCOUNTS, KEYS, GRANTS, FACTORS = "accounts", "keys", "grants", "factors"

_KEPT = {ACCOUNTS: Role.SYSTEM, KEYS: Role.SYSTEM, GRANTS: Role.SECURITY}
"""The tables that one kind of administrator adds to, and nobody ever changes."""
_WRITER = {ACCOUNTS: "opened_by", KEYS: "added_by", GRANTS: "by"}
_STANDING = tuple(each.value for each in AFTER)
_OF_KEYS = (Measure.GRANT.value, Measure.REVOKE.value)


class Entitlement:
    """The right of one actor to one act, asked inside its transaction."""

    def __init__(self, store: "Store", actor: str, session: str, day: date) -> None:
        """Raises `NotEntitled` where the actor has no active account, or has not signed in with a key of his own."""
        self._store, self._actor = store, actor
        self._asked = bool(store.meta(MANAGED))
        self._role: Role | None = None
        """None for what a day brings by itself, which is no person's and needs no account."""
        if not self._asked or actor == SYSTEM:
            return
        account = store.table(ACCOUNTS).get(where("key") == actor)
        if not isinstance(account, dict) or self._last(actor, _STANDING) != Measure.ACTIVATE.value:
            raise NotEntitled("account", f"{actor}没有启用的账号", "请系统管理员开立账号，安全管理员启用后再办")
        if not self._signed_in(session, day):
            raise NotEntitled("account", f"{actor}没有用自己启用的密钥登录", "请用自己的密钥登录后再办")
        self._role = Role(account["role"])

    def _last(self, subject: str, among: tuple[str, ...]) -> str:
        measure = self._latest(subject, among)
        return str(measure["measure"]) if measure else ""

    def _latest(self, subject: str, among: tuple[str, ...]) -> Any:
        found = self._store.table(GRANTS).search(where("subject") == subject)
        return next((each for each in reversed(found) if each["measure"] in among), None)

    def _signed_in(self, session: str, day: date) -> bool:
        key = self._store.table(KEYS).get(where("fingerprint") == session) if session else None
        granted = self._latest(session, _OF_KEYS) if isinstance(key, dict) else None
        if not isinstance(key, dict) or granted is None or granted["measure"] != Measure.GRANT.value:
            return False
        return bool(key["person"] == self._actor and (not granted["until"] or day.isoformat() <= granted["until"]))

    def check(self, table: str, revision: int, text: str | None) -> None:
        """Raises `NotEntitled` where this actor may not leave a document of a table so."""
        if not self._asked:
            return
        if table in _KEPT:
            self._kept(table, revision, text)
        elif table == FACTORS:
            if text is None or decode(text)["account"] != self._actor:
                self._refuse("二次验证只由本人设置", "请本人设置；忘记了的，请安全管理员重设")
        elif self._role in ADMINISTRATORS:
            self._refuse(f"{self._role.title}不办业务", "请由业务人员用自己的账号办理")

    def check_setting(self, key: str) -> None:
        """Raises `NotEntitled` where this actor may not change one of the store's own settings."""
        if self._asked and (self._role in ADMINISTRATORS or key == MANAGED):
            self._refuse("记录库的设置不由管理员改动", "请由业务人员办理")

    def _kept(self, table: str, revision: int, text: str | None) -> None:
        wanted = _KEPT[table]
        if self._role != wanted:
            told = "开立账号、登记密钥" if wanted is Role.SYSTEM else "启用、停用账号和密钥"
            self._refuse(f"{told}由{wanted.title}办理，{self._actor}不是", f"请{wanted.title}办理")
        if revision != 1 or text is None:
            self._refuse("账号、密钥和授权只增不改", "请另行停用、注销或者重新开立")
        document = decode(str(text))
        if SYSTEM in (document.get("key"), document.get("person")):
            self._refuse(f"“{SYSTEM}”是程序自己留痕用的名字，不能有账号和密钥", "另取一个账号名")
        if document[_WRITER[table]] != self._actor:
            self._refuse("不得以别人的名义办理", "请本人办理")
        if table == GRANTS:
            self._granted(str(document["subject"]))

    def _granted(self, subject: str) -> None:
        """Nobody decides on his own account or key, nor on what he himself has opened."""
        account = self._store.table(ACCOUNTS).get(where("key") == subject)
        key = self._store.table(KEYS).get(where("fingerprint") == subject)
        opened = {each[name] for each, name in ((account, "opened_by"), (key, "added_by")) if isinstance(each, dict)}
        if subject == self._actor or (isinstance(key, dict) and key["person"] == self._actor):
            self._refuse("不得给自己授权", "请另一位安全管理员办理")
        if self._actor in opened:
            self._refuse("开立的人不得自己启用", "请另一位安全管理员办理")

    def _refuse(self, facts: str, remedy: str) -> None:
        raise NotEntitled("three-administrators", facts, remedy)
