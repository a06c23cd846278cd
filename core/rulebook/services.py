"""Reading what `agency.toml` says of anchors, attachments, reminders and sessions."""

import re
from pathlib import Path

from core.access.session_rules import USUAL_SESSION, Factor, SessionRules
from core.anchoring import SecondPlace
from core.attachments.limits import MEGABYTE, USUAL_LIMITS, AttachmentLimits
from core.mailing import NO_MAILING, Mailing
from core.rulebook.tables import Table
from core.rulebook.values import plain_text

_ADDRESS = re.compile(r"[A-Za-z0-9._%+{}-]+@[A-Za-z0-9.-]+")


def read_second_place(whole: Table) -> SecondPlace | None:
    """`[anchors]`: a folder or a command, where anchors go besides the server's own file."""
    table = whole.table("anchors")
    if table is None:
        return None
    folder, command = table.text("folder"), _command(table)
    if bool(folder) is bool(command):
        table.fault("", "[anchors] 要写 folder（另一块盘或另一台机器共享的目录）或 command（送到另一台机器的命令）之一")
    if folder and not folder.startswith("/"):
        table.fault("folder", f"“{folder}”应写完整的路径，如 /mnt/anchors")
    if any(character.isspace() for character in folder):
        table.fault("folder", f"“{folder}”不能含有空格")
    table.close("锚记")
    return SecondPlace(Path(folder) if folder else None, command)


def read_attachments(whole: Table) -> AttachmentLimits:
    """`[attachments]`: kinds as name endings, the largest in megabytes, the most of a matter."""
    usual, table = USUAL_LIMITS, whole.table("attachments")
    if table is None:
        return usual
    kinds = table.texts("kinds")
    for number, kind in enumerate(kinds):
        if not (kind.isascii() and kind.isalnum() and kind == kind.lower()):
            table.sheet.fault((*table.place, "kinds", number), f"“{kind}”应是小写的文件名结尾，例如 pdf，不带点")
    limits = AttachmentLimits(
        kinds=kinds or usual.kinds,
        largest=table.number("largest", usual.largest // MEGABYTE, least=1) * MEGABYTE,
        most=table.number("most", usual.most, least=1),
    )
    table.close("附件")
    return limits


def read_mailing(whole: Table) -> Mailing:
    """`[reminders]`: the command, the sender's address, people's addresses, how many days ahead."""
    table = whole.table("reminders")
    if table is None:
        return NO_MAILING
    command = _command(table)
    addresses = table.table("addresses")
    mailing = Mailing(
        command=command,
        sender=table.read("from", _address, NO_MAILING.sender),
        to=table.read("to", _address, NO_MAILING.to),
        addresses=tuple((key, addresses.read(key, _address, "")) for key in addresses.values) if addresses else (),
        days=table.number("days", NO_MAILING.days),
    )
    table.close("提醒")
    return mailing


def read_session(whole: Table) -> SessionRules:
    """`[session]`: the second factor, after how many idle minutes it is asked again, for how many it lets one sign."""
    usual, table = USUAL_SESSION, whole.table("session")
    if table is None:
        return usual
    word, kinds = table.text("second_factor"), [each.value for each in Factor]
    if word not in kinds:
        table.fault(
            "second_factor" if word else "", f"“second_factor”应写 {'、'.join(kinds)} 之一；不要的，删去 [session]"
        )
    rules = SessionRules(
        factor=Factor(word) if word in kinds else None,
        idle_lock_minutes=table.number("idle_lock_minutes", usual.idle_lock_minutes, least=1),
        proof_minutes=table.number("proof_minutes", usual.proof_minutes, least=1),
    )
    table.close("登录")
    return rules


def _command(table: Table) -> tuple[str, ...]:
    command = table.texts("command")
    if command and not command[0].startswith("/"):
        table.fault("command", f"“{command[0]}”应写完整的路径，如 /usr/sbin/sendmail")
    return command


def _address(raw: object) -> str:
    text = plain_text(raw)
    if not _ADDRESS.fullmatch(text):
        raise ValueError(f"应是邮件地址，如 office@example.org，这里是“{text}”")
    return text
