"""The accounts and keys of a store as they stand, read from the store alone, before any rulebook is loaded."""

from datetime import date
from typing import Any

from tinydb import where

from core.access.account import AFTER, Account, Grant, Measure, Role, State
from core.store.database import Store
from core.store.entitlement import ACCOUNTS, GRANTS, MANAGED


def managed(store: Store) -> bool:
    """Whether the three administrators have been set up; without them whoever sits at the machine keeps the keys."""
    return bool(store.meta(MANAGED))


def account_of(store: Store, key: str) -> Account | None:
    """The account of that key."""
    found = store.table(ACCOUNTS).get(where("key") == key)
    return _account(found) if isinstance(found, dict) else None


def all_accounts(store: Store) -> list[Account]:
    """Every account there ever was, in the order they were opened."""
    return [_account(each) for each in store.table(ACCOUNTS)]


def role_of(store: Store, key: str) -> Role:
    """What an account is for; a person without one is staff."""
    found = account_of(store, key) if managed(store) else None
    return found.role if found else Role.STAFF


def measures(store: Store, subject: str) -> list[Grant]:
    """What was decided of an account or a key, oldest first."""
    return [_grant(each) for each in store.table(GRANTS).search(where("subject") == subject)]


def state_of(store: Store, account: str) -> State:
    """How an account stands now."""
    return next(
        (AFTER[each.measure] for each in reversed(measures(store, account)) if each.measure in AFTER), State.INERT
    )


def decided(store: Store, fingerprint: str) -> Grant | None:
    """What was last decided of a key; None where nothing was."""
    found = [each for each in measures(store, fingerprint) if each.measure in (Measure.GRANT, Measure.REVOKE)]
    return found[-1] if found else None


def against_account(store: Store, key: str) -> str:
    """Why an account opens nothing now, as one sentence; empty where it does, and where there are no administrators."""
    if not managed(store):
        return ""
    if account_of(store, key) is None:
        return "还没有账号，请系统管理员开立，再由安全管理员启用"
    match state_of(store, key):
        case State.INERT:
            return "账号已经开立，还没有启用，请安全管理员启用"
        case State.LOCKED:
            return "账号已停用，请向安全管理员询问"
        case State.ENDED:
            return "账号已注销"
        case _:
            return ""


def write_account(store: Store, account: Account) -> None:
    """Keep a new account, within the act's transaction."""
    table = store.table(ACCOUNTS)
    table.index("key", unique=True)
    document = {"key": account.key, "name": account.name, "role": account.role.value}
    table.insert({**document, "opened_by": account.opened_by, "opened_on": account.opened_on.isoformat()})


def write_grant(store: Store, grant: Grant) -> None:
    """Keep a measure, within the act's transaction."""
    table = store.table(GRANTS)
    table.index("subject")
    until = grant.until.isoformat() if grant.until else ""
    document = {"subject": grant.subject, "measure": grant.measure.value, "by": grant.by, "on": grant.on.isoformat()}
    table.insert({**document, "reason": grant.reason, "until": until})


def _account(document: dict[str, Any]) -> Account:
    role, on = Role(document["role"]), date.fromisoformat(document["opened_on"])
    return Account(document["key"], document["name"], role, document["opened_by"], on)


def _grant(document: dict[str, Any]) -> Grant:
    until = date.fromisoformat(document["until"]) if document["until"] else None
    on = date.fromisoformat(document["on"])
    return Grant(document["subject"], Measure(document["measure"]), document["by"], on, document["reason"], until)
