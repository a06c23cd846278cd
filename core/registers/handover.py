"""Leaving: everything a leaver holds, listed with who takes it over, before he leaves his last post."""

from collections.abc import Iterator, Mapping

from core.consulted import Consulted
from core.family import LedgerType, MatterType, Outcome
from core.fields import Field, Kind, Value
from core.finding import Problem
from core.records import Duty, Effect, Entry, Holding
from core.rule_kinds import Proposal
from core.text import nearest

HANDOVERS = LedgerType(
    key="core.handovers",
    title="移交台账",
    columns=(
        Field("person", "移交人", Kind.PERSON),
        Field("receiver", "接收人", Kind.PERSON),
        Field("item", "编号"),
        Field("title", "内容"),
    ),
    indexed=("person", "receiver"),
)


def _handed_over(outcome: Outcome) -> Iterator[Effect]:
    matter, office = outcome.matter, outcome.office
    if not outcome.settled:
        return
    person = matter.text("person")
    titles = {each.key: f"{each.what}：{each.title}" for each in office.holdings(person)}
    for row in matter.rows("items"):
        item = str(row["item"])
        values: dict[str, Value] = {"person": person, "receiver": str(row["receiver"]), "item": item}
        yield Entry(HANDOVERS.key, office.day, {**values, "title": titles.get(item, item)}, matter.number)


def _listed(office: Consulted, person: str, duty: Duty | None) -> Mapping[str, Value]:
    """The form with everything the person holds, the receivers left open."""
    rows = tuple({"item": each.key, "title": f"{each.what}：{each.title}"} for each in left(office, person))
    return {"person": person, "items": rows}


HANDOVER = MatterType(
    key="core.handover",
    title="离任移交单",
    prefix="离交",
    fields=(
        Field("person", "移交人", Kind.PERSON),
        Field("supervisor", "监交人", Kind.PERSON),
        Field(
            "items",
            "移交清单",
            Kind.ROWS,
            required=False,
            columns=(
                Field("item", "编号", help="事项、例行事项、借款、资产等的编号"),
                Field("title", "内容", required=False),
                Field("receiver", "接收人", Kind.PERSON),
                Field("note", "说明", required=False),
            ),
        ),
    ),
    subject="person",
    register=True,
    follows=_handed_over,
    prepare=_listed,
    own="person",
    indexed=("person",),
    help="移交人手中的每一项都写明接收人；全部列完才能提交，之后才能登记离任",
)


def left(office: Consulted, person: str) -> list[Holding]:
    """What a person holds and no handover covers, each thing once."""
    lines = office.entries(HANDOVERS.key, limit=10_000, person=person)
    reversed_lines = {each.corrects for each in lines}
    covered = {each.values["item"] for each in lines if not each.corrects and each.number not in reversed_lines}
    found = {each.key: each for each in office.holdings(person)}
    return [each for each in found.values() if each.settle or each.key not in covered]


def handover_problems(proposal: Proposal) -> Iterator[tuple[str, Problem]]:
    """Every thing held is on the list, with someone else in office to take it; nothing is on it that is not held."""
    matter, office = proposal.matter, proposal.office
    person, organisation = matter.text("person"), office.organisation
    if not person:
        return
    if matter.text("supervisor") == person:
        yield "handover", Problem("监交人就是移交人本人", "另请一位监交人，一般为上一级领导", "supervisor")
    held = {each.key: each for each in left(office, person)}
    listed = set()
    for number, row in enumerate(matter.rows("items"), 1):
        item, receiver = str(row.get("item", "")), str(row.get("receiver", ""))
        listed.add(item)
        if item and item not in held:
            hint = nearest(item, held)
            meant = f"是否指“{hint}”？" if hint else "从清单中去掉这一行"
            facts = f"{organisation.name(person)}手中没有编号为“{item}”的"
            yield "handover", Problem(facts, meant, f"items.{number}.item")
        if receiver == person:
            yield "handover", Problem("接收人就是移交人本人", "改由他人接收", f"items.{number}.receiver")
        elif receiver and not organisation.tenures_of(receiver, office.day):
            facts = f"{organisation.name(receiver)}目前在本单位没有职务"
            yield "handover", Problem(facts, "改由在岗人员接收", f"items.{number}.receiver")
    for each in held.values():
        if each.settle:
            yield "handover", Problem(f"{each.what}“{each.title}”（{each.key}）不能移交给他人", each.remedy, "items")
        elif each.key not in listed:
            facts = f"{each.what}“{each.title}”（{each.key}）没有写明由谁接收"
            yield "handover", Problem(facts, f"{each.remedy}；移交的，在清单中加一行", "items")


def leaving_problems(proposal: Proposal) -> Iterator[tuple[str, Problem]]:
    """Nobody leaves his last post while he holds something that no handover covers."""
    matter, office = proposal.matter, proposal.office
    person, post, last_day = matter.text("person"), matter.text("post"), matter.day("last_day")
    if not person or not post or last_day is None:
        return
    organisation = office.organisation
    stays = any(each.span.until > last_day and each.post != post for each in organisation.tenures_of(person, last_day))
    begins = any(each.person == person and each.span.since > last_day for each in organisation.tenures)
    if stays or begins:
        return
    held = left(office, person)
    if held:
        listed = "；".join(f"{each.what}“{each.title}”（{each.key}）" for each in held)
        facts = f"{organisation.name(person)}手中还有 {len(held)} 项没有移交：{listed}"
        remedy = "先提交《离任移交单》，逐项写明接收人；不能移交的先办结"
        yield "handover", Problem(facts, remedy, "person")
