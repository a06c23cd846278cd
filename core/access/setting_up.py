"""Setting up the three administrators, all at once and once for all."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.access.account import ADMINISTRATORS, Account, Grant, Measure, Role, bare_name
from core.access.accounts import managed, write_account, write_grant
from core.access.keys import all_keys, key_of, write_key
from core.access.public_key import PublicKey, read_public_key
from core.acts import SYSTEM
from core.errors import KeyRefused
from core.store.entitlement import MANAGED
from core.store.transaction import Receipt

if TYPE_CHECKING:
    from core.office import Office

SETTING_UP_ACT = "设立三员"


@dataclass(frozen=True, slots=True)
class Appointed:
    """One of the three: his account's key, his name, and the line of his public key."""

    key: str
    name: str
    public_key: str


def set_up(office: "Office", appointed: Mapping[Role, Appointed]) -> Receipt:
    """Open and activate the accounts of the three administrators; raises `KeyRefused` with everything against it.

    Whoever has a key already is given an inert account, which the security administrator activates.
    """
    keys, problems = _read(office, appointed)
    if managed(office.store):
        problems = ["三员已经设立；换人请由系统管理员开立账号，安全管理员启用"]
    if problems:
        raise KeyRefused(problems)
    store, day = office.store, office.desk.day
    owners = {each.person: each for each in all_keys(store) if each.revoked is None}
    with office.recording(SYSTEM, SETTING_UP_ACT, {role.value: each.key for role, each in appointed.items()}) as act:
        for role, each in appointed.items():
            write_account(store, Account(each.key, each.name, role, SYSTEM, day))
            write_grant(store, Grant(each.key, Measure.ACTIVATE, SYSTEM, day, SETTING_UP_ACT))
            write_key(store, keys[role], each.key, SYSTEM, day)
            write_grant(store, Grant(keys[role].fingerprint, Measure.GRANT, SYSTEM, day, SETTING_UP_ACT))
        for person in owners:
            write_account(store, Account(person, office.desk.organisation.name(person), Role.STAFF, SYSTEM, day))
        act.set_meta(MANAGED, day.isoformat())
    return act.receipt


def _read(office: "Office", appointed: Mapping[Role, Appointed]) -> tuple[dict[Role, PublicKey], list[str]]:
    problems: list[str] = []
    keys: dict[Role, PublicKey] = {}
    organisation = office.desk.organisation
    for role in ADMINISTRATORS:
        each = appointed.get(role)
        if each is None or not each.name.strip() or not each.key.strip():
            problems.append(f"没有写明{role.title}")
            continue
        if each.key.strip() == SYSTEM:
            problems.append(f"“{SYSTEM}”是程序自己留痕用的名字，{role.title}的账号请另取一个")
        if each.key in organisation.people:
            problems.append(f"{role.title}的账号“{each.key}”是业务人员的编号，请另取一个")
        staff = {bare_name(person.name) for person in organisation.staff(office.desk.day)}
        if role is Role.AUDIT and bare_name(each.name) in staff:
            problems.append(f"{each.name}是在岗的业务人员，审计员不由业务人员兼任；同名的另一人，在姓名后注明")
        try:
            keys[role] = read_public_key(each.public_key)
        except ValueError as error:
            problems.append(f"{role.title}的公钥：{error}")
            continue
        if key_of(office.store, keys[role].fingerprint) is not None:
            problems.append(f"{role.title}的公钥已经登记过，请另生成一把")
    for what, held in (
        ("姓名", [bare_name(each.name) for each in appointed.values()]),
        ("账号", [bare_name(each.key) for each in appointed.values()]),
        ("公钥", [each.fingerprint for each in keys.values()]),
    ):
        if len(set(held)) < len(held):
            problems.append(f"三员由三个人担任，{what}不能相同")
    return keys, problems
