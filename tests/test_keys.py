"""Keys of persons: read to the last byte, registered and revoked by recorded acts, asked at every act."""

import base64
import hashlib
import json
import struct
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.access.keys import add_key, against, all_keys, key_of, revoke_key
from core.access.logins import Visit, log_in
from core.access.public_key import read_public_key
from core.acts import Act, Verb
from core.errors import KeyRefused, SessionEnded
from core.office import Office
from tui.commandline.dispatch import run
from tui.commandline.exits import Exit
from tui.commandline.place import Place
from tui.commandline.remote import Remote


def packed(*parts: bytes) -> str:
    return base64.b64encode(b"".join(struct.pack(">I", len(part)) + part for part in parts)).decode()


def ed25519(seed: int = 7) -> str:
    return "ssh-ed25519 " + packed(b"ssh-ed25519", bytes([seed]) * 32)


def rsa(bits: int) -> str:
    modulus = ((1 << (bits - 1)) | 1).to_bytes(bits // 8, "big")
    return "ssh-rsa " + packed(b"ssh-rsa", b"\x01\x00\x01", b"\x00" + modulus)


def ecdsa(curve: str, size: int) -> str:
    kind = f"ecdsa-sha2-{curve}"
    return f"{kind} " + packed(kind.encode(), curve.encode(), b"\x04" + b"\x11" * (size - 1))


@pytest.mark.parametrize("line", [ed25519(), rsa(3072), rsa(4096), ecdsa("nistp256", 65), ecdsa("nistp521", 133)])
def test_sound_keys_are_read_with_the_fingerprint_that_sshd_names(line: str) -> None:
    key = read_public_key(f"  {line} 吴六的 密钥\n")
    digest = hashlib.sha256(base64.b64decode(line.split()[1])).digest()
    assert key.fingerprint == "SHA256:" + base64.b64encode(digest).decode().rstrip("=")
    assert (key.line, key.comment) == (line, "吴六的 密钥")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "不认识的公钥类型"),
        ("ssh-ed25519", "没有内容"),
        ("ssh-ed25519 !!!!", "抄错"),
        (ed25519()[:-4], "不完整"),
        ("ssh-ed25519 " + packed(b"ssh-ed25519", b"\x01" * 31), "不完整"),
        ("ssh-ed25519 " + packed(b"ssh-ed25519", b"\x01" * 32, b"x"), "多余"),
        ("ssh-ed25519 " + packed(b"ssh-rsa", b"\x01" * 32), "类型不符"),
        (rsa(2048), "2048 位"),
        (ecdsa("nistp256", 33), "不完整"),
        ("ssh-dss " + packed(b"ssh-dss", b"1"), "DSA"),
        ("ssh-ed25519-cert-v01@openssh.com AAAA", "证书"),
        (f'command="id" {ed25519()}', "选项"),
        (f"restrict,pty {ed25519()}", "选项"),
        (f"{ed25519()}\n{ed25519(8)}", "一行"),
        (f"{ed25519()}\r{ed25519(8)}", "一行"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----\nb3Blb\n-----END", "私钥"),
    ],
)
def test_what_is_no_sound_key_is_refused_with_the_reason(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        read_public_key(text)


@given(st.text(max_size=80), st.binary(max_size=60))
def test_no_text_at_all_breaks_the_reading(text: str, blob: bytes) -> None:
    for line in (text, f"ssh-ed25519 {text}", f"ssh-rsa {base64.b64encode(blob).decode()}"):
        try:
            key = read_public_key(line)
        except ValueError as error:
            assert str(error)
        else:
            assert "\n" not in key.line


def test_a_registered_key_is_found_by_its_fingerprint_and_the_act_is_in_the_journal(sample: Any) -> None:
    office = sample.office
    key, receipt = add_key(office, by="P3", person="P6", text=ed25519(), addresses=("10.1.2.0/24",))
    assert key_of(office.store, key.fingerprint) == key
    entry = office.journal.entry(receipt.sequence)
    assert (entry.act, entry.actor, entry.detail["person"]) == ("登记密钥", "P3", "P6")
    assert against(office.store, key, office.desk.day) == ""


def test_everything_that_stands_against_a_key_is_told_at_once(sample: Any) -> None:
    before = sample.office.journal.head()
    with pytest.raises(KeyRefused) as refused:
        add_key(
            sample.office,
            by="P3",
            person="没有此人",
            text=rsa(1024),
            expires=date(2025, 1, 1),
            addresses=("10.1.2.3/8", '"; id'),
        )
    assert len(refused.value.problems) == 5
    assert sample.office.journal.head() == before


def test_a_key_belongs_to_one_person_and_is_never_taken_again_once_revoked(sample: Any) -> None:
    office = sample.office
    key, _ = add_key(office, by="P3", person="P6", text=ed25519())
    with pytest.raises(KeyRefused, match="已登记在吴六名下"):
        add_key(office, by="P3", person="P5", text=ed25519())
    with pytest.raises(KeyRefused, match="无需再办"):
        add_key(office, by="P3", person="P6", text=ed25519())
    with pytest.raises(KeyRefused, match="为什么"):
        revoke_key(office, by="P3", fingerprint=key.fingerprint, reason=" ")
    revoked, _ = revoke_key(office, by="P3", fingerprint=key.fingerprint, reason="遗失")
    assert (revoked.revoked_by, revoked.reason) == ("P3", "遗失")
    with pytest.raises(KeyRefused, match="不能再登记"):
        add_key(office, by="P3", person="P6", text=ed25519())
    with pytest.raises(KeyRefused, match="无需再办"):
        revoke_key(office, by="P3", fingerprint=key.fingerprint, reason="遗失")
    with pytest.raises(KeyRefused, match="没有指纹"):
        revoke_key(office, by="P3", fingerprint="SHA256:x", reason="遗失")
    assert [each.fingerprint for each in all_keys(office.store)] == [key.fingerprint]


def test_a_key_is_good_through_its_last_day_and_only_while_its_owner_serves(sample: Any) -> None:
    office = sample.office
    key, _ = add_key(office, by="P3", person="P6", text=ed25519(), expires=date(2026, 3, 31))
    assert against(office.store, key, date(2026, 3, 31)) == ""
    assert "有效期" in against(office.store, key, date(2026, 4, 1))
    values = {"person": "P6", "post": "clerk", "last_day": "2026-03-10", "basis": "调离"}
    left = office.perform(Act(Verb.SUBMIT, "P3", "core.departure", values=values))
    assert left.done, left.verdict.findings
    assert against(office.store, key, date(2026, 3, 10)) == ""
    assert "没有职务" in against(office.store, key, date(2026, 3, 11))


def session_of(sample: Any, fingerprint: str) -> Office:
    return Office.open(sample.config, "sample", sample.store_path, sample.clock, session=fingerprint)


def spending(by: str = "P6") -> Act:
    return Act(Verb.SUBMIT, by, "sample.spending", values={"purpose": "购纸", "amount": "1"})


def test_each_act_of_a_session_names_its_key_in_the_journal(sample: Any) -> None:
    key, _ = add_key(sample.office, by="P3", person="P6", text=ed25519())
    office = session_of(sample, key.fingerprint)
    result = office.perform(spending())
    assert result.receipt is not None
    assert office.journal.entry(result.receipt.sequence).session == key.fingerprint
    office.close()


def test_a_revoked_key_ends_the_session_at_its_next_act_and_nothing_is_written(sample: Any) -> None:
    key, _ = add_key(sample.office, by="P3", person="P6", text=ed25519())
    office = session_of(sample, key.fingerprint)
    assert office.perform(spending()).done
    revoke_key(sample.office, by="P3", fingerprint=key.fingerprint, reason="遗失")
    before = sample.office.journal.head()
    with pytest.raises(SessionEnded, match="遗失"):
        office.perform(spending())
    with pytest.raises(SessionEnded):
        office.perform_all([spending()])
    assert sample.office.journal.head() == before
    assert office.desk.matters("sample.spending")
    office.close()


def test_a_key_that_runs_out_ends_the_session_too(sample: Any) -> None:
    key, _ = add_key(sample.office, by="P3", person="P6", text=ed25519(), expires=date(2026, 3, 2))
    office = session_of(sample, key.fingerprint)
    assert office.perform(spending()).done
    sample.on(2026, 3, 3)
    with pytest.raises(SessionEnded, match="有效期"):
        office.perform(spending())
    office.close()


def test_a_session_of_a_key_that_nobody_registered_does_nothing(sample: Any) -> None:
    office = session_of(sample, "SHA256:unknown")
    with pytest.raises(SessionEnded, match="没有登记"):
        office.perform(spending())
    office.close()


def test_over_the_line_a_person_sees_who_registered_which_keys_in_his_name_and_no_others(
    sample: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    office, mine = sample.office, {}
    for person, seed in (("P5", 5), ("P6", 6), ("P6", 7)):
        key, _ = add_key(office, by="P3", person=person, text=ed25519(seed))
        log_in(office.store, Visit(key, "10.1.2.3"))
        mine.setdefault(person, []).append(key.fingerprint)
    here = Place(sample.config, "sample", sample.store_path)

    def told(*words: str) -> list[dict[str, Any]]:
        assert run([*words, "--json"], Remote(here, "P6", mine["P6"][0]).admit) == Exit.DONE
        found = json.loads(capsys.readouterr().out)
        assert isinstance(found, list)
        return found

    for words in (("keys", "list"), ("keys", "list", "--person", "P5")):
        assert [(each["fingerprint"], each["added_by"]) for each in told(*words)] == [(key, "P3") for key in mine["P6"]]
    assert {each["account"] for each in told("logins")} == {"P6"}
    assert sorted(each["key"] for each in told("logins")) == sorted(mine["P6"])
