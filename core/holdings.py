"""What a person holds: matters that wait on him alone, his own under way, duties that stay his, what families know."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tinydb import where

from core.host import reason_of
from core.matter import State
from core.records import Duty, DutyState, Holding

if TYPE_CHECKING:
    from core.desk import Desk

LEAVING = ("core.handover", "core.departure", "core.roster")
"""Matters by which someone leaves; they are not among what he leaves behind."""


def waiting_on(desk: "Desk", person: str) -> list[str]:
    """The numbers of matters under way at whose present step nobody but this person may act, soonest due first."""
    inbox = desk.store.table("inbox")
    mine = inbox.page(where("person") == person, order=("due",), limit=1000).rows
    found = []
    for number in dict.fromkeys(str(row["matter"]) for row in mine if not row["on_behalf"]):
        others = inbox.search(where("matter") == number)
        if all(row["person"] == person for row in others):
            found.append(number)
    return found


def held(desk: "Desk", person: str) -> Iterator[Holding]:
    """Everything that somebody must take over before this person can leave."""
    for number in waiting_on(desk, person):
        yield from _matter(desk, number, person)
    for state in (State.RUNNING, State.RETURNED):
        query = (where("applicant") == person) & (where("state") == state.value)
        for document in desk.store.table("matters").search(query):
            if document["kind"] not in LEAVING:
                title = f"{_kind(desk, document['kind'])}：{document['subject']}"
                yield Holding(document["number"], "本人申请", title, "办结、撤回，或交由接收人跟进")
    yield from _duties(desk, person)
    for delegation in desk.organisation.represents(person, desk.day):
        title = f"代{desk.organisation.name(delegation.person)}办理，至 {delegation.span.until}"
        yield Holding(delegation.key, "代理", title, "为被代理人另行指定代理，再填写接收人")
    yield from _of_families(desk, person)


def _duties(desk: "Desk", person: str) -> Iterator[Holding]:
    """What he alone owes: once what followed from a matter, and a recurring duty when a period of it is overdue, since
    otherwise it passes with the post.
    """
    overdue: dict[str, list[Duty]] = {}
    for duty in desk.duties(person):
        if duty.owners != (person,):
            continue
        if not duty.period:
            yield Holding(duty.key, "例行事项", f"{duty.title}（{duty.due} 前）", "办结，或交由接收人办理")
        elif duty.state(desk.day) is DutyState.OVERDUE:
            head = duty.key.split(f"@{duty.period}")[0]
            overdue.setdefault(f"{head}@{duty.unit}" if duty.unit else head, []).append(duty)
    for key, duties in overdue.items():
        title = f"{duties[0].title.split('（')[0]}，逾期 {len(duties)} 期，最早应于 {duties[0].due} 前办"
        yield Holding(key, "例行事项", title, "办结，或交由接收人补办")


def _matter(desk: "Desk", number: str, person: str) -> Iterator[Holding]:
    document = desk.matter_document(number)
    if document is not None and document["applicant"] != person and document["kind"] not in LEAVING:
        title = f"{_kind(desk, document['kind'])}：{document['subject']}"
        yield Holding(number, "等待办理", title, "先行办理，或交由接任该职务的人办理")


def _kind(desk: "Desk", key: str) -> str:
    found = desk.matter_type(key)
    return found.title if found else key


def _of_families(desk: "Desk", person: str) -> Iterator[Holding]:
    """What the families contribute; one that fails stands in the way until it is mended."""
    for family in desk.host.families:
        if family.holdings is None:
            continue
        try:
            yield from family.holdings(desk, person)
        except Exception as error:
            facts = f"清点“{family.title}”时出错（{reason_of(error)}）"
            yield Holding(f"{family.key}.fault", family.title, facts, "请系统管理员修复后再办", settle=True)
