"""The second factor: a PIN, or the codes of a device. Wrong answers cost time, and in the end the factor itself."""

import base64
import hashlib
import hmac
import os
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tinydb import where

from core.access.account import Measure
from core.access.accounts import measures
from core.access.session_rules import Factor
from core.errors import FactorRefused
from core.store.database import Store
from core.store.document import StoreDocument
from core.store.entitlement import FACTORS
from core.store.opening import MEMORY

if TYPE_CHECKING:
    from core.office import Office

PASSED_ACT, FAILED_ACT, CLOSED_ACT, SET_ACT = "验证通过", "验证失败", "验证停用", "设置二次验证"
LEAST, MOST = 6, 12
"""Digits of a PIN."""
CLOSED_AFTER = 10
"""Wrong answers in a row after which the factor is void until it is reset."""
_FREE = 3
"""Wrong answers that cost no time: slips of the hand."""
_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(hours=1)
_STEP, _DIGITS = 30, 6
_SECRET = 20


def wait_after(failures: int) -> timedelta:
    """How long nobody may answer after so many wrong answers in a row."""
    if failures < _FREE:
        return timedelta()
    return min(_LONGEST_WAIT, _FIRST_WAIT * (1 << (failures - _FREE)))


def is_set(store: Store, account: str) -> bool:
    """Whether the account has a factor that was not reset since."""
    stored = _stored(store, account)
    return stored is not None and stored["resets"] == _resets(store, account)


def pin_faults(pin: str) -> str:
    """What is wrong with a PIN, as one sentence; empty where nothing is."""
    if not (pin.isascii() and pin.isdecimal() and LEAST <= len(pin) <= MOST):
        return f"口令是 {LEAST} 到 {MOST} 位数字"
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return "口令太容易猜到：不能是同一个数字，也不能是连续的数字" if steps <= {0} or steps in ({1}, {9}) else ""


def set_pin(office: "Office", account: str, pin: str) -> None:
    """Keep a person's own PIN; raises `FactorRefused` where it cannot serve, or a factor is set already."""
    if fault := pin_faults(pin):
        raise FactorRefused(fault)
    salt = os.urandom(16)
    _keep(office, account, Factor.PIN, salt, _hashed(_pepper(office.store), pin, salt))


def change_pin(office: "Office", account: str, old: str, new: str) -> None:
    """Exchange a person's PIN for another once the old one is proved; raises `FactorRefused`."""
    stored = _stored(office.store, account)
    if stored is not None and stored["kind"] != Factor.PIN.value:
        raise FactorRefused("您用的是验证器，没有口令；换手机的，请安全管理员重设")
    if fault := pin_faults(new):
        raise FactorRefused(f"新的{fault}")
    if new == old.strip():
        raise FactorRefused("新的口令和现在的一样，请另选一个")
    office.prove(account, old)
    salt = os.urandom(16)
    proved = str(stored["kept"]) if stored is not None else ""
    _keep(office, account, Factor.PIN, salt, _hashed(_pepper(office.store), new, salt), proved)


def new_secret() -> bytes:
    """A fresh secret for a device."""
    return os.urandom(_SECRET)


def shown_secret(secret: bytes) -> str:
    """The secret as it is typed into a device, in groups of four."""
    text = base64.b32encode(secret).decode()
    return " ".join(text[place : place + 4] for place in range(0, len(text), 4))


def set_totp(office: "Office", account: str, secret: bytes, code: str) -> None:
    """Keep a device's secret once the device has shown a right code for it; raises `FactorRefused`."""
    step = _step_of(secret, code, office.desk.now, -1)
    if step is None:
        raise FactorRefused("验证码不对，请核对手机的时间和输入的密钥，再输入一次新的验证码")
    salt = os.urandom(16)
    _keep(office, account, Factor.TOTP, salt, _veiled(_pepper(office.store), secret, salt), step=step)


def verify(office: "Office", account: str, answer: str) -> None:
    """Judge an answer and record it; raises `FactorRefused` for a wrong one, or one that comes too soon."""
    store, now = office.store, office.desk.now
    told = ""
    with office.recording(account, PASSED_ACT, {}) as transaction:
        stored = _stored(store, account)
        if stored is None or stored["resets"] != _resets(store, account):
            raise FactorRefused("还没有设置二次验证，请先登录画面设置")
        _check_wait(stored, now)
        step = _right(_pepper(store), stored, answer.strip(), now)
        if step is None:
            failures = int(stored["failures"]) + 1
            stored.update(failures=failures, failed_at=now.isoformat())
            transaction.act = CLOSED_ACT if failures >= CLOSED_AFTER else FAILED_ACT
            told = _told(failures)
        else:
            stored.update(failures=0, failed_at="", step=step)
        store.table(FACTORS).put(stored)
    if told:
        raise FactorRefused(told)


def _told(failures: int) -> str:
    if failures >= CLOSED_AFTER:
        return f"连续 {failures} 次不对，二次验证已停用，请安全管理员重设"
    wait = wait_after(failures)
    later = f"，请在 {int(wait.total_seconds())} 秒以后再试" if wait else ""
    return f"不对{later}；连续 {CLOSED_AFTER} 次不对即停用，已有 {failures} 次"


def _check_wait(stored: StoreDocument, now: datetime) -> None:
    failures = int(stored["failures"])
    if failures >= CLOSED_AFTER:
        raise FactorRefused(f"连续 {failures} 次不对，二次验证已停用，请安全管理员重设")
    if not stored["failed_at"]:
        return
    left = datetime.fromisoformat(stored["failed_at"]) + wait_after(failures) - now
    if left > timedelta():
        raise FactorRefused(f"还要等 {int(left.total_seconds()) + 1} 秒才能再试")


def _right(pepper: bytes, stored: StoreDocument, answer: str, now: datetime) -> int | None:
    """The step of time that a right answer stands for (0 for a PIN); None for a wrong one."""
    salt, kept = bytes.fromhex(stored["salt"]), bytes.fromhex(stored["kept"])
    if stored["kind"] == Factor.PIN.value:
        return 0 if hmac.compare_digest(_hashed(pepper, answer, salt), kept) else None
    return _step_of(_veiled(pepper, kept, salt), answer, now, int(stored["step"]))


def _step_of(secret: bytes, code: str, now: datetime, last: int) -> int | None:
    """The step whose code this is, of the present one and its neighbours; a code is good once only."""
    from cryptography.hazmat.primitives.hashes import SHA1
    from cryptography.hazmat.primitives.twofactor.totp import TOTP

    device = TOTP(secret, _DIGITS, SHA1(), _STEP)
    present = int(now.timestamp()) // _STEP
    given = code.replace(" ", "").encode("utf-8", "replace")
    for step in (present - 1, present, present + 1):
        if step > last and hmac.compare_digest(device.generate(step * _STEP), given):
            return step
    return None


def _keep(
    office: "Office", account: str, kind: Factor, salt: bytes, kept: bytes, proved: str = "", step: int = -1
) -> None:
    """Keep a factor in the place of the one that was proved, or of none; the code of a `step` has been used."""
    store = office.store
    with office.recording(account, SET_ACT, {"kind": kind.value, **({"changed": True} if proved else {})}):
        standing = _stored(store, account) if is_set(store, account) else None
        if (str(standing["kept"]) if standing is not None else "") != proved:
            raise FactorRefused("已经设置过；要更换，请先答现在的，忘记了的，请安全管理员重设")
        table = store.table(FACTORS)
        table.index("account", unique=True)
        row: dict[str, Any] = {
            "account": account,
            "kind": kind.value,
            "salt": salt.hex(),
            "kept": kept.hex(),
            "resets": _resets(store, account),
            "failures": 0,
            "failed_at": "",
            "step": step,
        }
        stored = _stored(store, account)
        if stored is None:
            table.insert(row)
        else:
            stored.update(row)
            table.put(stored)


def _stored(store: Store, account: str) -> StoreDocument | None:
    found = store.table(FACTORS).get(where("account") == account)
    return found if isinstance(found, StoreDocument) else None


def _resets(store: Store, account: str) -> int:
    return sum(each.measure is Measure.RESET for each in measures(store, account))


def _hashed(pepper: bytes, pin: str, salt: bytes) -> bytes:
    keyed = hmac.digest(pepper, pin.encode("utf-8", "replace"), "sha256")
    return hashlib.scrypt(keyed, salt=salt, n=1 << 14, r=8, p=1)


def _veiled(pepper: bytes, secret: bytes, salt: bytes) -> bytes:
    """A device's secret under a mask of its own; the same again takes the mask off."""
    mask = hmac.digest(pepper, salt, "sha256")
    return bytes(left ^ right for left, right in zip(secret, mask, strict=False))


_IN_MEMORY = os.urandom(32)


def _pepper(store: Store) -> bytes:
    """What lies beside the store and never in it, its journal or their copies: without it nothing kept can be tried."""
    if store.storage.path == MEMORY:
        return _IN_MEMORY
    path = Path(f"{store.storage.path}.pepper")
    if not path.exists():
        if any(is_set(store, each["account"]) for each in store.table(FACTORS)):
            raise FactorRefused(f"文件 {path.name} 不在，谁的二次验证都不能核对；请系统管理员从另存的备份放回")
        from tempfile import mkstemp

        descriptor, fresh = mkstemp(dir=path.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(os.urandom(32))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):  # Another session was first: its pepper counts.
            os.link(fresh, path)
        os.unlink(fresh)
    return path.read_bytes()
