"""Letters to everybody who has something due: given to the agency's own command, or only shown."""

import argparse
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from typing import TYPE_CHECKING

from tui.commandline.agency_command import CommandFault, handed
from tui.commandline.exits import Exit
from tui.commandline.output import say, say_json, tell
from tui.commandline.parser import Parser
from tui.commandline.place import opened

if TYPE_CHECKING:
    from core.office import Office
    from core.reminding import Reminder

_PATIENCE = 30.0
"""Seconds that the command may take over one letter."""
_LINE_FEEDS = SMTP.clone(linesep="\n", max_line_length=76)
REMINDING_ACT = "提醒"


def arguments(parser: Parser, verb: str) -> None:
    parser.add_argument("--dry-run", action="store_true", help="只显示要提醒谁什么，不发出")
    parser.add_argument("--days", type=int, metavar="天数", help="提前几天提醒，不写则照单位文件")


def run(arguments: argparse.Namespace) -> int:
    from core.reminding import reminders

    with opened(arguments) as office:
        mailing = office.agency.mailing
        days = mailing.days if arguments.days is None else max(0, arguments.days)
        found = reminders(office, days)
        send = bool(mailing.command) and not arguments.dry_run
        failed = _send(office, found) if send else {}
        if arguments.json:
            say_json([_json(each, failed) for each in found])
        else:
            _show(office, found)
        if not mailing.command and not arguments.dry_run:
            tell("单位文件没有写明用什么命令发出（[reminders] 的 command），只作显示")
        for person, why in failed.items():
            tell(f"给{office.desk.organisation.name(person)}的提醒没有发出：{why}")
    return Exit.AGAIN if failed else Exit.DONE


def _json(reminder: "Reminder", failed: dict[str, str]) -> dict[str, object]:
    told = {"person": reminder.person, "overdue": list(reminder.overdue), "soon": list(reminder.soon)}
    return {**told, "failed": failed.get(reminder.person)}


def _show(office: "Office", found: list["Reminder"]) -> None:
    for reminder in found:
        say(office.desk.organisation.described(reminder.person, office.desk.day))
        for line in reminder.lines:
            say(f"  {line}")
    if not found:
        tell("没有要提醒的")


def _send(office: "Office", found: list["Reminder"]) -> dict[str, str]:
    """Give every letter to the command; who was not reached, with why. What was sent is recorded."""
    failed = {}
    for reminder in found:
        try:
            handed(office.agency.mailing.command, letter(office, reminder).as_bytes(policy=_LINE_FEEDS), _PATIENCE)
        except CommandFault as fault:
            failed[reminder.person] = str(fault)
    if found:
        reached = [each.person for each in found if each.person not in failed]
        with office.recording("系统", REMINDING_ACT, {"reached": reached, "failed": sorted(failed)}):
            pass
    return failed


def letter(office: "Office", reminder: "Reminder") -> EmailMessage:
    """The letter to one person: what is overdue and what is due, each with its clause."""
    desk, mailing = office.desk, office.agency.mailing
    name = desk.organisation.name(reminder.person)
    message = EmailMessage()
    message["From"] = formataddr((office.agency.title, mailing.sender))
    message["To"] = formataddr((name, mailing.address(reminder.person)))
    message["Date"] = format_datetime(desk.now)
    late = f"逾期 {len(reminder.overdue)} 件" if reminder.overdue else ""
    soon = f"将到期 {len(reminder.soon)} 件" if reminder.soon else ""
    message["Subject"] = f"{office.agency.title}办事提醒：{'，'.join(filter(None, (late, soon)))}"
    text = "\n".join([f"{name}：", "", *reminder.lines, "", "请登录办理。这封信由程序发出，请勿回复。", ""])
    message.set_content(text, charset="utf-8", cte="base64")
    return message
