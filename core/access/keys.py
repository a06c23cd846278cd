"""Whose key is whose: every key a person may sign in with, added and revoked through recorded acts alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from ipaddress import ip_network
from typing import TYPE_CHECKING, Any

from tinydb import where

from core.access.account import Grant, Measure, Role
from core.access.accounts import account_of, against_account, decided, managed, role_of, write_grant
from core.access.public_key import PublicKey, read_public_key
from core.errors import KeyRefused
from core.store.database import Store
from core.store.document import StoreDocument
from core.store.entitlement import KEYS
from core.store.transaction import Receipt

if TYPE_CHECKING:
    from core.office import Office

ADDING_ACT = "登记密钥"
REVOKING_ACT = "吊销密钥"


@dataclass(frozen=True, slots=True)
class PersonKey:
    """One key of one person. It opens nothing after `expires` (a day), once revoked, or from another address."""

    fingerprint: str
    kind: str
    encoded: str
    person: str
    added_by: str
    added_on: date
    expires: date | None = None
    addresses: tuple[str, ...] = ()
    """Networks it may come from; empty means any."""
    note: str = ""
    granted: bool = True
    """Whether it was activated; where there are no administrators, registering it is enough."""
    revoked: date | None = None
    revoked_by: str = ""
    reason: str = ""


def key_of(store: Store, fingerprint: str) -> PersonKey | None:
    """The key of that fingerprint, revoked or not."""
    found = store.table(KEYS).get(where("fingerprint") == fingerprint)
    return _from_document(store, found) if isinstance(found, StoreDocument) else None


def all_keys(store: Store) -> list[PersonKey]:
    """Every key there ever was, in the order they were added."""
    return [_from_document(store, each) for each in store.table(KEYS)]


def against(store: Store, key: PersonKey, day: date) -> str:
    """Why the key opens nothing on that day, as one sentence; empty when it is good."""
    if key.revoked is not None:
        return f"这把密钥已于 {key.revoked} 吊销（{key.reason}），请向管理员领取新的登录密钥"
    if key.expires is not None and day > key.expires:
        return f"这把密钥的有效期到 {key.expires} 为止，请向管理员换领新的登录密钥"
    if reason := against_account(store, key.person):
        return f"您的{reason}"
    if not key.granted:
        return "这把密钥已经登记，还没有启用，请安全管理员启用"
    if role_of(store, key.person) is Role.STAFF and not _serves(store, key.person, day):
        return "您目前在本单位没有职务，不能登录；职务有变动的，请人事部门先登记任职"
    return ""


def add_key(
    office: "Office",
    *,
    by: str,
    person: str,
    text: str,
    expires: date | None = None,
    addresses: Sequence[str] = (),
    note: str = "",
) -> tuple[PersonKey, Receipt]:
    """Register a key for a person who serves; raises `KeyRefused` with everything that stands against it."""
    day = office.desk.day
    problems = [*_unproved(office), *_person_problems(office, person, day), *_limit_problems(expires, addresses, day)]
    key: PublicKey | None = None
    try:
        key = read_public_key(text)
    except ValueError as error:
        problems.append(str(error))
    if key is None or problems:
        raise KeyRefused(problems)
    with office.recording(by, ADDING_ACT, {"fingerprint": key.fingerprint, "person": person}) as transaction:
        earlier = key_of(office.store, key.fingerprint)
        if earlier is not None:
            raise KeyRefused([_taken(office, earlier, person)])
        added = write_key(office.store, key, person, by, day, expires, addresses, note)
    return added, transaction.receipt


def write_key(
    store: Store,
    key: PublicKey,
    person: str,
    by: str,
    day: date,
    expires: date | None = None,
    addresses: Sequence[str] = (),
    note: str = "",
) -> PersonKey:
    """Keep a new key, within the act's transaction."""
    table = store.table(KEYS)
    table.index("fingerprint", unique=True)
    added = PersonKey(
        key.fingerprint, key.kind, key.encoded, person, by, day, expires, tuple(addresses), note or key.comment
    )
    table.insert(_to_document(added))
    return replace(added, granted=not managed(store))


def revoke_key(office: "Office", *, by: str, fingerprint: str, reason: str) -> tuple[PersonKey, Receipt]:
    """Revoke a key for good, from its owner's next act on; raises `KeyRefused` when it cannot be revoked."""
    problems = _unproved(office) + ([] if reason.strip() else ["请写明为什么吊销，如：遗失、离任、更换"])
    if problems:
        raise KeyRefused(problems)
    with office.recording(by, REVOKING_ACT, {"fingerprint": fingerprint, "reason": reason}) as transaction:
        key = key_of(office.store, fingerprint)
        if key is None:
            raise KeyRefused([f"没有指纹为“{fingerprint}”的密钥，请先列出密钥核对"])
        if key.revoked is not None:
            raise KeyRefused([f"这把密钥已于 {key.revoked} 吊销，无需再办"])
        grant = Grant(fingerprint, Measure.REVOKE, by, office.desk.day, reason.strip())
        write_grant(office.store, grant)
    return replace(key, revoked=grant.on, revoked_by=by, reason=grant.reason), transaction.receipt


def _unproved(office: "Office") -> list[str]:
    finding = office.unproved()
    return [f"{finding.facts}；{finding.remedy}"] if finding else []


def _person_problems(office: "Office", person: str, day: date) -> list[str]:
    organisation = office.desk.organisation
    if managed(office.store):
        reason = "" if account_of(office.store, person) else "还没有账号，请先开立账号，再登记密钥"
        return [f"{organisation.name(person)}{reason}"] if reason else []
    if organisation.tenures_of(person, day):
        return []
    return [f"{organisation.name(person)}目前在本单位没有职务，先登记任职，再登记密钥"]


def _limit_problems(expires: date | None, addresses: Sequence[str], day: date) -> list[str]:
    problems = []
    if expires is not None and expires < day:
        problems.append(f"有效期 {expires} 已经过去，请填写今天（{day}）或以后的日期")
    for address in addresses:
        try:
            ip_network(address)
        except ValueError:
            problems.append(f"“{address}”不是网络地址，应写作 10.1.2.3 或 10.1.2.0/24（主机位为 0）")
    return problems


def _taken(office: "Office", earlier: PersonKey, person: str) -> str:
    if earlier.revoked is not None:
        return f"这把密钥已于 {earlier.revoked} 吊销，不能再登记；请重新生成一把"
    owner = office.desk.organisation.name(earlier.person)
    if earlier.person == person:
        return f"这把密钥已于 {earlier.added_on} 登记在{owner}名下，无需再办"
    return f"这把密钥已登记在{owner}名下；一把密钥只属于一个人，请另生成一把"


def _serves(store: Store, person: str, day: date) -> bool:
    """Whether the person holds any post on the day; read from the store alone, before any rulebook is loaded."""
    today = day.isoformat()
    return any(
        (not each["since"] or each["since"] <= today) and (not each["until"] or today <= each["until"])
        for each in store.table("tenures").search(where("person") == person)
    )


def _to_document(key: PersonKey) -> dict[str, Any]:
    return {
        "fingerprint": key.fingerprint,
        "kind": key.kind,
        "encoded": key.encoded,
        "person": key.person,
        "added_by": key.added_by,
        "added_on": key.added_on.isoformat(),
        "expires": key.expires.isoformat() if key.expires else "",
        "addresses": list(key.addresses),
        "note": key.note,
    }


def _from_document(store: Store, document: StoreDocument) -> PersonKey:
    last = decided(store, document["fingerprint"])
    revoked = last if last is not None and last.measure is Measure.REVOKE else None
    granted = last if last is not None and last.measure is Measure.GRANT else None
    expires = date.fromisoformat(document["expires"]) if document["expires"] else None
    return PersonKey(
        document["fingerprint"],
        document["kind"],
        document["encoded"],
        document["person"],
        document["added_by"],
        date.fromisoformat(document["added_on"]),
        granted.until if granted is not None and granted.until is not None else expires,
        tuple(document["addresses"]),
        document["note"],
        granted is not None or not managed(store),
        revoked.on if revoked is not None else None,
        revoked.by if revoked is not None else "",
        revoked.reason if revoked is not None else "",
    )


def expiry_moment(expires: date, zone: Any) -> datetime:
    """The first moment at which a key is no longer good."""
    return datetime.combine(date.fromordinal(expires.toordinal() + 1), datetime.min.time(), tzinfo=zone)
