"""Ties with the public, talks, visits and help; what is published of Party affairs."""

from collections.abc import Iterator, Mapping

from core.consulted import Consulted
from core.days.awaited import awaiting
from core.family import Booked, MatterType, Outcome
from core.fields import Field, Kind, Value
from core.matter import Matter
from core.records import Discharge, Effect, Entry
from plugins.party.matters.forms import (
    CONTENT,
    DAY,
    HALF,
    MONTH,
    PERSON,
    QUARTER,
    SECRETARY,
    UNIT,
    YEAR,
    on_its_day,
    register,
    with_secretary,
)

_WHO = Field("person", "对象", Kind.PERSON)

CONTACT = register(
    "party.contact",
    "党员联系群众登记",
    "联系群众",
    PERSON,
    UNIT,
    Field("lines", "联系对象", Kind.ROWS, columns=(Field("name", "姓名"), Field("opinion", "意见建议"))),
    subject="person",
    indexed=("person",),
)
CONTACT_REPORT = register(
    "party.contact-report",
    "联系群众情况汇报",
    "联系汇报",
    UNIT,
    HALF,
    Field(
        "lines",
        "联系情况",
        Kind.ROWS,
        columns=(PERSON, Field("needs", "思想状况和要求"), Field("help", "帮助情况")),
    ),
    subject="period",
)
CONTACT_STATEMENT = register("party.contact-statement", "联系制度落实情况通报", "联系通报", UNIT, YEAR, CONTENT)

TALK = register(
    "party.talk",
    "谈心谈话登记",
    "谈心",
    UNIT,
    HALF,
    Field(
        "lines",
        "谈心",
        Kind.ROWS,
        columns=(
            Field("one", "谈话人", Kind.PERSON),
            Field("other", "谈话对象", Kind.PERSON),
            Field("content", "内容"),
        ),
    ),
    subject="period",
)
VISIT = register(
    "party.visit",
    "走访慰问登记",
    "走访",
    Field("occasion", "情形", Kind.CHOICE, setting="party.visit-occasions"),
    DAY,
    Field("visitor", "走访人", Kind.PERSON),
    Field("event", "情况登记编号", required=False, help="因困难或有关情况走访的填写"),
    Field("lines", "走访对象", Kind.ROWS, columns=(_WHO, Field("content", "情况"))),
    subject="occasion",
    follows=on_its_day,
)
HARDSHIP = register(
    "party.hardship",
    "党员困难情况登记",
    "困难",
    PERSON,
    UNIT,
    Field("cause", "情形", Kind.CHOICE, setting="party.help-causes"),
    DAY,
    CONTENT,
    derived=(SECRETARY,),
    derive=with_secretary,
)
PAIRING = register(
    "party.pairing",
    "结对帮扶登记",
    "结对",
    Field("hardship", "困难情况", Kind.MATTER, matter="party.hardship"),
    Field("person", "帮扶对象", Kind.PERSON),
    Field("helper", "帮扶责任人", Kind.PERSON),
    Field("measures", "帮扶措施", Kind.LONG),
    Field("duty_text", "帮扶责任"),
    subject="measures",
)


def _given(outcome: Outcome) -> Iterator[Effect]:
    matter = outcome.matter
    if outcome.settled:
        values: dict[str, Value] = {"person": matter.text("person"), "source": matter.text("source")}
        yield Entry("party.help-fund", outcome.office.day, {**values, "amount": matter.money("amount")})


def _granted(outcome: Outcome) -> Iterator[Effect]:
    matter = outcome.matter
    if outcome.settled:
        values: dict[str, Value] = {"person": matter.text("person"), "source": matter.text("cause")}
        yield Entry("party.help-fund", outcome.office.day, {**values, "amount": -matter.money("amount")})


GIVING = register(
    "party.help-income",
    "帮扶款收入登记",
    "帮扶款",
    Field("source", "来源", Kind.CHOICE, setting="party.help-sources"),
    Field("person", "经手人", Kind.PERSON),
    Field("amount", "金额", Kind.MONEY),
    subject="source",
    follows=_given,
    books=(Booked("party.help-fund", column="amount", blank="amount"),),
)
GRANT = MatterType(
    key="party.help-grant",
    title="困难党员补助",
    prefix="补助",
    fields=(
        PERSON,
        UNIT,
        Field("cause", "情形", Kind.CHOICE, setting="party.help-causes"),
        Field("below_average", "生活低于当地平均水平", Kind.FLAG),
        Field("amount", "金额", Kind.MONEY),
        CONTENT,
    ),
    subject="content",
    amount="amount",
    derived=(SECRETARY,),
    derive=with_secretary,
    follows=_granted,
    books=(Booked("party.help-fund"),),
)


def _response(office: Consulted, matter: Matter) -> str:
    lists = {"必访": "visit-events", "必谈": "talk-events", "调动谈话": "transfer-events"}
    said = matter.text("occasion")
    return next((what for what, key in lists.items() if said in office.setting(f"party.{key}")), "无")


def _event_facts(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    """What the event asks for, and who is in charge of the person's unit; the principal where nobody is."""
    person, day = matter.text("person"), office.day
    unit = office.organisation.unit_of(person, day)
    leaders = [*office.organisation.overseers(day, unit=unit), *office.organisation.principals(day)] if unit else []
    others = [each for each in leaders if each != person]
    return {"response": _response(office, matter), **({"leader": others[0]} if others else {})}


EVENT = register(
    "party.event",
    "干部情况登记",
    "干部情况",
    _WHO,
    Field("occasion", "情形", help="如：病伤事故、工作调整、调进"),
    DAY,
    CONTENT,
    derived=(
        Field("response", "应办", Kind.CHOICE, choices=("必访", "必谈", "调动谈话", "无")),
        Field("leader", "分管领导", Kind.PERSON),
    ),
    derive=_event_facts,
)


def _about_transfer(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    event = office.matter(matter.text("event"))
    return {"about_transfer": event is not None and event.text("response") == "调动谈话"}


EVENT_TALK = register(
    "party.event-talk",
    "谈话登记",
    "谈话",
    _WHO,
    Field("talker", "谈话人", Kind.PERSON),
    DAY,
    Field("event", "干部情况登记", Kind.MATTER, required=False, matter="party.event"),
    CONTENT,
    derived=(Field("about_transfer", "调动谈话", Kind.FLAG),),
    derive=_about_transfer,
    indexed=("person",),
)


def _spoken_with(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    year = matter.text("period")
    talks = office.matters("party.event-talk", limit=10_000)
    spoken = {each.text("person") for each in talks if (day := each.day("day")) and str(day.year) == year}
    staff = [person.key for person in office.organisation.staff(office.day)]
    leaders = {person for each in office.setting("party.team") for person in office.selected(str(each))}
    return {"missed": sum(each not in spoken and each not in leaders for each in staff)}


TALK_STATEMENT = register(
    "party.talk-statement",
    "年度谈心情况",
    "谈心情况",
    YEAR,
    CONTENT,
    derived=(Field("missed", "没有谈到的人数", Kind.NUMBER, unit="人"),),
    derive=_spoken_with,
)
THINKING = register(
    "party.thinking",
    "思想作风情况登记",
    "思想情况",
    UNIT,
    MONTH,
    CONTENT,
    Field("problem", "发现的问题", required=False),
    derived=(Field("has_problem", "发现问题", Kind.FLAG),),
    derive=lambda office, matter: {"has_problem": bool(matter.text("problem"))},
)
SOLVED = register(
    "party.problem-solved",
    "问题解决登记",
    "问题解决",
    Field("thinking", "思想作风情况", Kind.MATTER, matter="party.thinking"),
    CONTENT,
)
ACTIVITY = register("party.activity", "支部学习和活动登记", "支部活动", UNIT, QUARTER, DAY, CONTENT)

PUBLISHABLE = register(
    "party.publishable",
    "党务应公开事项登记",
    "应公开",
    Field("item", "公开内容", Kind.CHOICE, setting="party.published-items"),
    DAY,
    CONTENT,
)


def _published(outcome: Outcome) -> Iterator[Effect]:
    """What is published is the earliest account that is due; the next one is owed on its own."""
    matter, office = outcome.matter, outcome.office
    if outcome.settled and not matter.duty:
        due = (duty for duty in awaiting(office, matter, ()) if duty.opens <= office.day)
        yield from (Discharge(duty.key, matter.number) for duty in sorted(due, key=lambda duty: duty.due)[:1])


DISCLOSURE = register(
    "party.disclosure",
    "党务公开登记",
    "党务公开",
    Field("item", "公开内容", Kind.CHOICE, setting="party.published-items"),
    Field("source", "依据的事项", required=False, help="应公开事项或换届登记的编号"),
    Field("place", "公开位置"),
    DAY,
    CONTENT,
    Field("secret", "含有须保密的议事内容", Kind.FLAG),
    subject="item",
    follows=_published,
    indexed=("item",),
)

MATTERS = (
    CONTACT,
    CONTACT_REPORT,
    CONTACT_STATEMENT,
    TALK,
    VISIT,
    HARDSHIP,
    PAIRING,
    GIVING,
    GRANT,
    EVENT,
    EVENT_TALK,
    TALK_STATEMENT,
    THINKING,
    SOLVED,
    ACTIVITY,
    PUBLISHABLE,
    DISCLOSURE,
)
