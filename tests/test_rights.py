"""Three administrators whose rights exclude one another: every attack on the division is refused and leaves nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from tinydb import where

from core.access.account import Account, Grant, Measure, Role, State
from core.access.accounts import all_accounts, role_of, state_of, write_account, write_grant
from core.access.keys import add_key, against, key_of, revoke_key
from core.access.logins import Visit, log_in
from core.access.setting_up import Appointed, set_up
from core.acts import Act, Verb
from core.errors import KeyRefused, NotEntitled, SessionEnded, StoreError
from core.office import Office
from keys_made_up import public_key

SYSTEM, SECURITY, AUDIT = "sys", "sec", "aud"


def appointed(**changed: Appointed) -> dict[Role, Appointed]:
    three = {
        "system": Appointed(SYSTEM, "系甲", public_key(1)),
        "security": Appointed(SECURITY, "安乙", public_key(2)),
        "audit": Appointed(AUDIT, "审丙", public_key(3)),
    }
    return {Role(name): each for name, each in (three | changed).items()}


class Managed:
    """The sample office under three administrators; `of` is the office as somebody signed in sees it."""

    def __init__(self, sample: Any) -> None:
        self.sample, self.office = sample, sample.office
        set_up(self.office, appointed())
        self.keys = {SYSTEM: 1, SECURITY: 2, AUDIT: 3}
        self._offices: list[Office] = []

    def fingerprint(self, person: str) -> str:
        from core.access.public_key import read_public_key

        return read_public_key(public_key(self.keys[person])).fingerprint

    def of(self, person: str) -> Office:
        fingerprint = self.fingerprint(person)
        office = Office.open(
            self.sample.config, "sample", self.sample.store_path, self.sample.clock, session=fingerprint
        )
        self._offices.append(office)
        return office

    def act(self, verb: Verb, by: str, target: str = "", opinion: str = "", **values: Any) -> Any:
        return self.of(by).perform(Act(verb, by, target=target, opinion=opinion, values=values))

    def open_staff(self, person: str, seed: int) -> None:
        """An account and a key for a member of staff, both activated."""
        self.keys[person] = seed
        assert self.act(Verb.OPEN_ACCOUNT, SYSTEM, person, role="staff").done
        add_key(self.of(SYSTEM), by=SYSTEM, person=person, text=public_key(seed))
        assert self.act(Verb.ACTIVATE, SECURITY, person).done
        assert self.act(Verb.GRANT_KEY, SECURITY, self.fingerprint(person)).done

    def close(self) -> None:
        for office in self._offices:
            office.close()


@pytest.fixture
def managed(sample: Any) -> Iterator[Managed]:
    found = Managed(sample)
    yield found
    found.close()


@contextmanager
def nothing_written(office: Office) -> Iterator[None]:
    before = office.journal.head()
    yield
    assert office.journal.head() == before


def clauses(result: Any) -> set[str]:
    assert not result.done
    return {finding.clause.key for finding in result.verdict.findings}


SPENDING = Act(Verb.SUBMIT, "P6", "sample.spending", values={"purpose": "购纸", "amount": "1"})


def test_without_administrators_everything_stays_as_it_was(sample: Any) -> None:
    assert sample.office.perform(SPENDING).done
    key, _ = add_key(sample.office, by="P3", person="P6", text=public_key(9))
    assert against(sample.office.store, key, sample.office.desk.day) == ""
    result = sample.office.perform(Act(Verb.OPEN_ACCOUNT, "P3", target="P6", values={"role": "staff"}))
    assert clauses(result) == {"general/three-administrators"}


def test_the_three_are_set_up_together_and_once(managed: Managed) -> None:
    office = managed.office
    assert {each.key: each.role for each in all_accounts(office.store)} == {
        SYSTEM: Role.SYSTEM, SECURITY: Role.SECURITY, AUDIT: Role.AUDIT,
    }  # fmt: skip
    for person in (SYSTEM, SECURITY, AUDIT):
        assert managed.of(person).ended() == ""
    with nothing_written(office), pytest.raises(KeyRefused, match="已经设立"):
        set_up(office, appointed(system=Appointed("s2", "丁", public_key(4))))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"audit": Appointed(AUDIT, "安乙", public_key(3))}, "姓名不能相同"),
        ({"audit": Appointed(SECURITY, "审丙", public_key(3))}, "账号不能相同"),
        ({"audit": Appointed(AUDIT, "审丙", public_key(2))}, "公钥不能相同"),
        ({"audit": Appointed(AUDIT, "吴六", public_key(3))}, "不由业务人员兼任"),
        ({"system": Appointed("P6", "系甲", public_key(1))}, "是业务人员的编号"),
        ({"system": Appointed(SYSTEM, "", public_key(1))}, "没有写明系统管理员"),
        ({"system": Appointed(SYSTEM, "系甲", "ssh-ed25519 x")}, "系统管理员的公钥"),
    ],
    ids=["name", "account", "key", "auditor-of-staff", "number-of-staff", "nobody", "no-key"],
)
def test_nobody_is_two_of_the_three(sample: Any, changed: dict[str, Appointed], told: str) -> None:
    with nothing_written(sample.office), pytest.raises(KeyRefused, match=told):
        set_up(sample.office, appointed(**changed))


def test_an_account_is_inert_until_another_than_who_opened_it_activates_it(managed: Managed) -> None:
    managed.keys["P6"] = 6
    assert managed.act(Verb.OPEN_ACCOUNT, SYSTEM, "P6", role="业务人员").done
    key, _ = add_key(managed.of(SYSTEM), by=SYSTEM, person="P6", text=public_key(6))
    store = managed.office.store
    assert state_of(store, "P6") is State.INERT and "还没有启用" in against(store, key, date(2026, 3, 2))
    with nothing_written(managed.office), pytest.raises(NotEntitled):
        log_in(store, Visit(key, "10.0.0.1"))
    assert clauses(managed.act(Verb.ACTIVATE, SYSTEM, "P6")) == {"general/three-administrators"}
    assert managed.act(Verb.ACTIVATE, SECURITY, "P6").done
    assert "这把密钥已经登记，还没有启用" in against(store, key, date(2026, 3, 2))
    assert managed.act(Verb.GRANT_KEY, SECURITY, key.fingerprint, until="2099-03-31").done
    good = key_of(store, key.fingerprint)
    assert good is not None and against(store, good, date(2099, 3, 31)) == ""
    assert "有效期" in against(store, good, date(2099, 4, 1))
    log_in(store, Visit(good, "10.0.0.1"))
    assert managed.of("P6").perform(SPENDING).done


def test_an_administrator_neither_does_nor_sees_business(managed: Managed) -> None:
    managed.open_staff("P6", 6)
    filed = managed.of("P6").perform(SPENDING)
    assert filed.matter is not None
    number = filed.matter.number
    for person in (SYSTEM, SECURITY, AUDIT):
        office = managed.of(person)
        with nothing_written(office):
            submit = Act(Verb.SUBMIT, person, "sample.spending", values=dict(SPENDING.values))
            for act in (submit, Act(Verb.COMMENT, person, matter=number, opinion="看看"), Act(Verb.PHRASE, person)):
                assert clauses(office.perform(act)) == {"general/three-administrators"}
        desk = office.desk_of(person)
        assert desk.matter(number) is None and desk.matters("sample.spending") == [] and desk.duties() == []
        (finding,) = desk.kept_back(number)
        assert finding.clause.key == "general/three-administrators"
        read = office.preview(Act(Verb.READ, person, matter=number))
        assert not read.allowed and read.matter is None


def test_the_store_itself_keeps_each_kind_of_actor_to_its_tables(managed: Managed) -> None:
    managed.open_staff("P6", 6)
    day = managed.office.desk.day

    def business(office: Office) -> None:
        office.store.table("matters").insert({"number": "伪造"})

    def account(office: Office, by: str) -> None:
        write_account(office.store, Account("x", "某", Role.SECURITY, by, day))

    def grant(office: Office, by: str) -> None:
        write_grant(office.store, Grant("P6", Measure.ACTIVATE, by, day))

    def setting(office: Office) -> None:
        assert office.store.storage.current is not None
        office.store.storage.current.set_meta("administrators", "")

    attacks: list[tuple[str, Any]] = [
        (SYSTEM, business), (SECURITY, business), (AUDIT, business),
        (SECURITY, lambda office: account(office, SECURITY)), (AUDIT, lambda office: account(office, AUDIT)),
        ("P6", lambda office: account(office, "P6")), (SYSTEM, lambda office: grant(office, SYSTEM)),
        (AUDIT, lambda office: grant(office, AUDIT)), ("P6", lambda office: grant(office, "P6")),
        (SYSTEM, lambda office: account(office, SECURITY)), (SECURITY, lambda office: grant(office, AUDIT)),
        (SYSTEM, setting), ("P6", setting),
        (SYSTEM, lambda office: office.store.table("accounts").remove(where("key") == AUDIT)),
        (SYSTEM, lambda office: office.store.table("accounts").update({"role": "security"}, where("key") == SYSTEM)),
        (SECURITY, lambda office: office.store.table("grants").update({"measure": "activate"}, where("by") == "sec")),
        ("P6", lambda office: office.store.table("factors").insert({"account": "P5", "pin": ""})),
    ]  # fmt: skip
    for place, (person, attack) in enumerate(attacks):
        office = managed.of(person)
        with nothing_written(office), pytest.raises(NotEntitled), office.recording(person, f"攻击 {place}", {}):
            attack(office)


def test_a_refused_write_dooms_the_act_even_where_it_is_caught(managed: Managed) -> None:
    office = managed.of(SYSTEM)
    with nothing_written(office), pytest.raises(StoreError, match="没有办成"), office.recording(SYSTEM, "攻击", {}):
        try:
            office.store.table("matters").insert({"number": "伪造"})
        except NotEntitled as refusal:
            assert refusal.clause == "three-administrators"


def test_nobody_acts_without_a_key_of_his_own(managed: Managed) -> None:
    managed.open_staff("P6", 6)
    managed.open_staff("P5", 5)
    local, borrowed = managed.office, managed.of("P5")
    with nothing_written(local):
        for office in (local, borrowed):
            assert clauses(office.perform(SPENDING)) == {"general/account"}
        opening = Act(Verb.OPEN_ACCOUNT, SYSTEM, target="P3", values={"role": "staff"})
        assert clauses(local.perform(opening)) == {"general/account"}


def test_nobody_gives_himself_a_role_or_decides_on_his_own_account(managed: Managed) -> None:
    assert managed.act(Verb.OPEN_ACCOUNT, SYSTEM, "sec2", name="安丁", role="security").done
    assert clauses(managed.act(Verb.OPEN_ACCOUNT, SYSTEM, "sec3", name="系甲", role="security")) == {"general/account"}
    assert clauses(managed.act(Verb.OPEN_ACCOUNT, SYSTEM, SYSTEM, name="x", role="security")) == {"general/account"}
    assert clauses(managed.act(Verb.OPEN_ACCOUNT, SYSTEM, "a2", name="吴六", role="audit")) == {"general/account"}
    assert clauses(managed.act(Verb.OPEN_ACCOUNT, SYSTEM, "P6", name="x", role="audit")) == {"general/account"}
    assert clauses(managed.act(Verb.ACTIVATE, SECURITY, SECURITY)) == {"general/account"}
    assert clauses(managed.act(Verb.GRANT_KEY, SECURITY, managed.fingerprint(SECURITY))) == {"general/account"}
    with nothing_written(managed.office), pytest.raises(NotEntitled, match="三员分设"):
        add_key(managed.of(SECURITY), by=SECURITY, person="sec2", text=public_key(8))
    with nothing_written(managed.office), pytest.raises(NotEntitled, match="给自己"):
        revoke_key(managed.of(SECURITY), by=SECURITY, fingerprint=managed.fingerprint(SECURITY), reason="换")
    assert role_of(managed.office.store, SYSTEM) is Role.SYSTEM


def test_whoever_opened_an_account_does_not_activate_it_though_he_changed_posts_since(sample: Any) -> None:
    with sample.office.recording(SECURITY, "开立账号", {}):
        write_account(sample.office.store, Account("P6", "吴六", Role.STAFF, SECURITY, date(2026, 1, 5)))
    managed = Managed(sample)
    assert clauses(managed.act(Verb.ACTIVATE, SECURITY, "P6")) == {"general/account"}
    office = managed.of(SECURITY)
    with nothing_written(office), pytest.raises(NotEntitled, match="开立的人"), office.recording(SECURITY, "启用", {}):
        write_grant(office.store, Grant("P6", Measure.ACTIVATE, SECURITY, date(2026, 3, 2)))
    managed.close()


def test_the_auditor_reads_and_writes_nothing_but_that_he_was_there(managed: Managed) -> None:
    office = managed.of(AUDIT)
    key = key_of(office.store, managed.fingerprint(AUDIT))
    assert key is not None
    log_in(office.store, Visit(key, "10.0.0.9", "pts/3"))
    entry = office.journal.head()
    assert entry is not None and entry.session == key.fingerprint and entry.documents == ()
    assert entry.detail == {"address": "10.0.0.9", "terminal": "pts/3"}
    for verb in (Verb.OPEN_ACCOUNT, Verb.ACTIVATE, Verb.LOCK, Verb.END_ACCOUNT, Verb.GRANT_KEY, Verb.RESET_FACTOR):
        assert clauses(managed.act(verb, AUDIT, SYSTEM, "试", role="staff")) == {"general/three-administrators"}
    assert office.journal.verify().sound


def test_the_last_of_a_kind_stays_and_a_locked_account_ends_at_its_next_act(managed: Managed) -> None:
    assert clauses(managed.act(Verb.LOCK, SECURITY, AUDIT, "离任")) == {"general/account"}
    managed.open_staff("P6", 6)
    office = managed.of("P6")
    assert office.perform(SPENDING).done
    assert clauses(managed.act(Verb.LOCK, SECURITY, "P6")) == {"general/account"}, "why is needed"
    assert managed.act(Verb.LOCK, SECURITY, "P6", "长期外出").done
    with nothing_written(managed.office), pytest.raises(SessionEnded, match="停用"):
        office.perform(SPENDING)
    assert managed.act(Verb.ACTIVATE, SECURITY, "P6").done
    assert office.perform(SPENDING).done
    assert managed.act(Verb.END_ACCOUNT, SECURITY, "P6", "调离").done
    assert clauses(managed.act(Verb.ACTIVATE, SECURITY, "P6")) == {"general/account"}


def test_whoever_had_a_key_before_has_an_inert_account_after(sample: Any) -> None:
    key, _ = add_key(sample.office, by="P3", person="P6", text=public_key(9))
    set_up(sample.office, appointed())
    assert state_of(sample.office.store, "P6") is State.INERT
    assert "还没有启用" in against(sample.office.store, key, sample.office.desk.day)


def test_a_day_that_comes_is_recorded_without_anybody(managed: Managed) -> None:
    managed.sample.on(2026, 3, 3)
    managed.office.tick()
    with managed.office.recording("系统", "换日", {}):
        managed.office.store.table("notices").insert({"key": "x"})


def test_a_stand_in_signs_within_his_dates_and_not_a_day_longer(sample: Any) -> None:
    values = {"person": "P5", "stand_in": "P3", "since": "2026-03-03", "until": "2026-03-04", "basis": "出差"}
    assert sample.submit(by="P1", kind="core.delegation", **values).done
    first, second = sample.filed(), sample.filed()
    for day, number, done in ((2, first, False), (3, first, True), (5, second, False)):
        sample.on(2026, 3, day)
        assert sample.act(Verb.APPROVE, "P3", number).done is done


@pytest.mark.parametrize("name", ["安 乙", "安乙 ", "安\u3000乙"])
def test_a_name_written_otherwise_is_the_same_person(sample: Any, name: str) -> None:
    with pytest.raises(KeyRefused, match="姓名不能相同"):
        set_up(sample.office, appointed(audit=Appointed(AUDIT, name, public_key(3))))
    result = Managed(sample).act(Verb.OPEN_ACCOUNT, SYSTEM, "aud2", role="audit", name=name)
    assert not result.done and "已经是安全管理员" in result.verdict.findings[0].facts


def test_nobody_is_given_the_name_under_which_the_program_itself_is_recorded(sample: Any) -> None:
    with pytest.raises(KeyRefused, match="程序自己留痕用的名字"):
        set_up(sample.office, appointed(audit=Appointed("系统", "审丙", public_key(3))))
    row = {"key": "系统", "name": "另一人"}
    told = sample.office.perform(Act(Verb.SUBMIT, "P1", "core.roster", values={"people": [row]}))
    assert not told.done and any("程序自己留痕用的名字" in each.facts for each in told.verdict.findings)
    managed = Managed(sample)
    for role in ("system", "audit", "staff"):
        assert not managed.act(Verb.OPEN_ACCOUNT, SYSTEM, "系统", role=role, name="另一人").done
    office = managed.of(SYSTEM)
    with pytest.raises(NotEntitled, match="程序自己留痕用的名字"), office.recording(SYSTEM, "开立账号", {}):
        write_account(office.store, Account("系统", "另一人", Role.SYSTEM, SYSTEM, date(2026, 3, 2)))
    assert "系统" not in [each.key for each in all_accounts(sample.office.store)]
