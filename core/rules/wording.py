"""How the ready rules name a blank, and show what is written in it."""

from collections.abc import Iterable

from core.condition import shown
from core.days.terms import period_written
from core.fields import Field, Kind
from core.rule_kinds import Proposal


def blank(proposal: Proposal, key: str) -> Field | None:
    """The declaration of a blank of the matter's form."""
    declared = proposal.office.matter_type(proposal.matter.kind)
    return declared.blank(key) if declared else None


def titled(proposal: Proposal, key: str) -> str:
    """The title people know a blank by."""
    found = blank(proposal, key)
    return found.title if found else key


def written(proposal: Proposal, key: str) -> str:
    """`供应商：长春纸业`: a blank with what is written in it, people and posts by name."""
    found, value = blank(proposal, key), proposal.matter.values.get(key)
    organisation, day = proposal.office.organisation, proposal.office.day
    text = shown(value)
    if found and isinstance(value, str):
        if found.kind is Kind.PERSON:
            text = organisation.described(value, day)
        elif found.kind is Kind.PERIOD:
            text = period_written(value)
        elif found.kind is Kind.POST and value in organisation.posts:
            text = organisation.posts[value].title
        elif found.kind is Kind.UNIT and value in organisation.units:
            text = organisation.units[value].title
    return f"{titled(proposal, key)}：{text}"


def people(proposal: Proposal, persons: Iterable[str]) -> str:
    """Names with unit and post, separated as a list is written."""
    day = proposal.office.day
    return "、".join(proposal.office.organisation.described(person, day) for person in dict.fromkeys(persons))


def posts(proposal: Proposal, keys: Iterable[str]) -> str:
    """The titles of posts."""
    known = proposal.office.organisation.posts
    return "、".join(known[key].title if key in known else key for key in keys)
