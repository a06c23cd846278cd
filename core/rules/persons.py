"""Rules about who files a matter and who is named in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from core.finding import Problem
from core.rule_kinds import FieldKey, PostKey, Proposal, Selector, rule
from core.rules.wording import people, posts, titled, written


@dataclass(frozen=True, slots=True)
class FiledBy:
    """Selectors of those who may file such a matter."""

    by: tuple[Selector, ...]


@rule("core.filed-by", "限定办理人", FiledBy)
def filed_by(parameters: FiledBy, proposal: Proposal) -> Iterator[Problem]:
    """Only certain posts file such a matter."""
    applicant = proposal.matter.applicant
    allowed = [person for selector in parameters.by for person in proposal.office.selected(selector, applicant)]
    if applicant not in allowed:
        who = people(proposal, allowed)
        remedy = f"请由{who}办理" if who else "规定的办理人目前空缺，请先办理任职登记"
        yield Problem(f"申请人：{people(proposal, [applicant])}", remedy)


@dataclass(frozen=True, slots=True)
class PersonsDiffer:
    """Blanks (of persons) that must name different people; `and_applicant` counts the applicant among them."""

    fields: tuple[FieldKey, ...]
    and_applicant: bool = False


@rule("core.persons-differ", "不得为同一人", PersonsDiffer)
def persons_differ(parameters: PersonsDiffer, proposal: Proposal) -> Iterator[Problem]:
    """Two roles are never held by one person."""
    taken: dict[Any, str] = {proposal.matter.applicant: "申请人"} if parameters.and_applicant else {}
    for key in parameters.fields:
        person = proposal.matter.values.get(key)
        title = titled(proposal, key)
        if person in taken:
            yield Problem(f"{written(proposal, key)}，与{taken[person]}为同一人", f"{title}改为另一人", key)
        elif person is not None:
            taken[person] = title


@dataclass(frozen=True, slots=True)
class PersonsEnough:
    """At least so many different persons in the blanks; rows are searched through."""

    fields: tuple[FieldKey, ...]
    least: int
    and_applicant: bool = False


@rule("core.persons-enough", "至少若干人", PersonsEnough)
def persons_enough(parameters: PersonsEnough, proposal: Proposal) -> Iterator[Problem]:
    """So many people do it together."""
    named = {proposal.matter.applicant} if parameters.and_applicant else set()
    for key in parameters.fields:
        value = proposal.matter.values.get(key)
        cells = [cell for row in value for cell in row.values()] if isinstance(value, tuple) else [value]
        named |= {cell for cell in cells if isinstance(cell, str) and cell}
    if len(named) < parameters.least:
        titles = "、".join(titled(proposal, key) for key in parameters.fields)
        missing = parameters.least - len(named)
        yield Problem(
            f"人数 {len(named)} < {parameters.least}",
            f"在“{titles}”中再填写 {missing} 名不同的人",
            parameters.fields[0],
        )


@dataclass(frozen=True, slots=True)
class HoldsPost:
    """The person in a blank holds one of the posts; an empty blank passes."""

    field: FieldKey
    posts: tuple[PostKey, ...]


@rule("core.holds-post", "须任某职务", HoldsPost)
def holds_post(parameters: HoldsPost, proposal: Proposal) -> Iterator[Problem]:
    """Only the holder of a post may be named."""
    person = proposal.matter.values.get(parameters.field)
    organisation, day = proposal.office.organisation, proposal.office.day
    holders = [each for post in parameters.posts for each in organisation.holders(post, day)]
    if person is not None and person not in holders:
        who = people(proposal, holders)
        remedy = f"“{titled(proposal, parameters.field)}”改填{who}" if who else "该职务目前空缺，请先办理任职登记"
        yield Problem(
            f"{written(proposal, parameters.field)}，不担任{posts(proposal, parameters.posts)}",
            remedy,
            parameters.field,
        )


KINDS = (filed_by, persons_differ, persons_enough, holds_post)
