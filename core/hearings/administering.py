"""The acts of the three administrators, and that each keeps to his own."""

from collections.abc import Iterator
from datetime import date

from core.access.account import ADMINISTRATORS, Account, Grant, Measure, Role, State, bare_name
from core.access.accounts import account_of, all_accounts, managed, role_of, state_of
from core.access.factor import is_set
from core.access.keys import key_of
from core.acts import ADMINISTERING, SYSTEM, Act, Verb
from core.desk import Desk
from core.hearings.hearer import Hearer
from core.hearings.hearing import Hearing
from core.hearings.judge import Judge

_MEASURES = {
    Verb.ACTIVATE: Measure.ACTIVATE,
    Verb.LOCK: Measure.LOCK,
    Verb.END_ACCOUNT: Measure.END,
    Verb.RESET_FACTOR: Measure.RESET,
}
_WHOSE = {verb: Role.SYSTEM if verb is Verb.OPEN_ACCOUNT else Role.SECURITY for verb in ADMINISTERING}


class Administering(Hearer):
    """Hears the opening of accounts and the measures on accounts and keys."""

    def __init__(self, desk: Desk, judge: Judge) -> None:
        super().__init__(desk, judge)
        self._store = desk.store

    def bars(self, act: Act) -> Hearing | None:
        """The hearing that ends an administrator's business act, or anybody else's act of administration."""
        if act.by == SYSTEM or not (act.verb in ADMINISTERING or managed(self._store)):
            return None
        if act.verb is Verb.RESET_FACTOR and not managed(self._store):
            return None  # Whoever keeps the keys resets it, as long as nobody else is there to.
        role, wanted = role_of(self._store, act.by), _WHOSE.get(act.verb, Role.STAFF)
        if managed(self._store) and role is wanted:
            return None
        hearing = Hearing(act)
        if not managed(self._store):
            facts, remedy = "本单位还没有设立三员", "请先在服务器上设立：guizhang accounts setup"
        elif wanted is Role.STAFF:
            facts, remedy = f"{role.title}不办业务，也不看业务内容", "请由业务人员用自己的账号办理"
        else:
            facts, remedy = f"{act.verb.title}由{wanted.title}办理，{self._name(act.by)}不是", f"请{wanted.title}办理"
        self._refuse(hearing, "three-administrators", facts, remedy)
        return hearing

    def hear(self, act: Act) -> Hearing:
        hearing = Hearing(act, judged=["general/three-administrators", "general/account"])
        match act.verb:
            case Verb.OPEN_ACCOUNT:
                self._open(hearing)
            case Verb.GRANT_KEY:
                self._grant_key(hearing)
            case _:
                self._decide(hearing, _MEASURES[act.verb])
        return hearing

    def _name(self, key: str) -> str:
        account = account_of(self._store, key)
        return account.name if account else self._desk.organisation.name(key)

    def _open(self, hearing: Hearing) -> None:
        act, organisation = hearing.act, self._desk.organisation
        key = act.target.strip()
        role = next((each for each in Role if act.values.get("role") in (each.value, each.title)), None)
        name = str(act.values.get("name") or "").strip()
        if role is None:
            titles = "、".join(each.title for each in Role)
            self._refuse(hearing, "account", "没有写明账号的用途", f"写明是哪一种：{titles}", "role")
            return
        if not key or account_of(self._store, key):
            facts = f"账号“{key}”已经开立" if key else "没有写明账号"
            self._refuse(hearing, "account", facts, "换一个账号名" if key else "写明账号", "target")
        if role is Role.STAFF:
            if not organisation.tenures_of(key, self._desk.day):
                facts = f"{organisation.name(key)}目前在本单位没有职务"
                self._refuse(hearing, "account", facts, "请人事部门先登记任职，再开立账号", "target")
            name = organisation.name(key)
        else:
            for facts, remedy in self._two_in_one(key, name, role):
                self._refuse(hearing, "account", facts, remedy, "name")
        hearing.effects.append(Account(key, name, role, act.by, self._desk.day))

    def _two_in_one(self, key: str, name: str, role: Role) -> Iterator[tuple[str, str]]:
        """What would make one person two administrators, or an administrator one of the staff under the same key."""
        if not name:
            yield "没有写明管理员的姓名", "写明姓名"
        if key == SYSTEM:
            yield f"“{SYSTEM}”是程序自己留痕用的名字", "另取一个账号名"
        if key in self._desk.organisation.people:
            yield f"“{key}”是业务人员的编号", "管理员另用账号，不与业务人员的编号相同"
        bare = bare_name(name)
        administrators = [each for each in all_accounts(self._store) if each.role in ADMINISTRATORS]
        for each in administrators:
            if bare_name(each.name) == bare and state_of(self._store, each.key) is not State.ENDED:
                yield f"{name}已经是{each.role.title}（{each.key}）", "三员由三个人担任；同名的另一人，在姓名后注明"
        staff = {bare_name(each.name) for each in self._desk.organisation.staff(self._desk.day)}
        if role is Role.AUDIT and bare in staff:
            yield f"{name}是在岗的业务人员，审计员不由业务人员兼任", "请另指定一人；同名的另一人，在姓名后注明"

    def _decide(self, hearing: Hearing, measure: Measure) -> None:
        act = hearing.act
        account = account_of(self._store, act.target)
        if account is None and measure is Measure.RESET and act.target in self._desk.organisation.people:
            account = Account(act.target, self._name(act.target), Role.STAFF, SYSTEM, self._desk.day)
        if account is None:
            self._refuse(hearing, "account", f"没有“{act.target}”这个账号", "请核对账号", "target")
            return
        state = state_of(self._store, account.key)
        if account.key == act.by:
            self._refuse(hearing, "account", "不得给自己授权", "请另一位安全管理员办理")
        if measure is Measure.ACTIVATE and account.opened_by == act.by:
            self._refuse(hearing, "account", "开立的人不得自己启用", "请另一位安全管理员启用")
        if measure is Measure.RESET and not is_set(self._store, account.key):
            self._refuse(hearing, "account", f"{account.name}没有设置二次验证", "由本人在下次登录时设置")
        if state is State.ENDED or (measure is Measure.ACTIVATE and state is State.ACTIVE):
            self._refuse(
                hearing, "account", f"账号“{account.key}”现在是{state.title}", "无需再办；注销的不再启用，请另行开立"
            )
        if measure in (Measure.LOCK, Measure.END):
            if not act.opinion.strip():
                self._refuse(hearing, "account", "没有写明缘由", "写明为什么，如：调离、长期外出", "opinion")
            if self._last_of(account):
                facts = f"这是最后一个启用的{account.role.title}账号"
                self._refuse(hearing, "account", facts, f"先启用另一位{account.role.title}，再停用或注销这一个")
        hearing.effects.append(Grant(account.key, measure, act.by, self._desk.day, act.opinion.strip()))

    def _last_of(self, account: Account) -> bool:
        if account.role not in ADMINISTRATORS or state_of(self._store, account.key) is not State.ACTIVE:
            return False
        others = (each for each in all_accounts(self._store) if each.role is account.role and each.key != account.key)
        return not any(state_of(self._store, each.key) is State.ACTIVE for each in others)

    def _grant_key(self, hearing: Hearing) -> None:
        act, day = hearing.act, self._desk.day
        key = key_of(self._store, act.target)
        until = self._until(hearing)
        if key is None:
            self._refuse(hearing, "account", f"没有指纹为“{act.target}”的密钥", "请先列出密钥核对", "target")
            return
        if key.revoked is not None:
            self._refuse(
                hearing, "account", f"这把密钥已于 {key.revoked} 吊销", "吊销的不再启用，请另登记一把", "target"
            )
        if key.person == act.by:
            self._refuse(hearing, "account", "不得给自己授权", "请另一位安全管理员办理")
        if key.added_by == act.by:
            self._refuse(hearing, "account", "登记的人不得自己启用", "请另一位安全管理员启用")
        if until is not None and until < day:
            self._refuse(hearing, "account", f"有效期 {until} 已经过去", f"请写今天（{day}）或以后的日期", "until")
        hearing.effects.append(Grant(act.target, Measure.GRANT, act.by, day, act.opinion.strip(), until))

    def _until(self, hearing: Hearing) -> date | None:
        text = str(hearing.act.values.get("until") or "")
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self._refuse(hearing, "account", f"“{text}”不是日期", "请按 2026-03-02 的样子填写", "until")
            return None
