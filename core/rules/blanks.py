"""Rules about what is written in a blank."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.condition import shown
from core.finding import Problem
from core.rule_kinds import FieldKey, Proposal, rule
from core.rules.wording import titled, written


@dataclass(frozen=True, slots=True)
class Forbidden:
    """What may not be written in a blank (`是` where it is ticked); with no values, what the use's `when` describes."""

    field: FieldKey
    values: tuple[str, ...] = ()


@rule("core.forbidden", "不允许的情形", Forbidden)
def forbidden(parameters: Forbidden, proposal: Proposal) -> Iterator[Problem]:
    """What the clause describes is not allowed."""
    value = proposal.matter.values.get(parameters.field)
    if not parameters.values or (value is not None and shown(value) in parameters.values):
        title = titled(proposal, parameters.field)
        facts = written(proposal, parameters.field)
        yield Problem(facts, f"属于禁止的情形；如填写有误，改正“{title}”", parameters.field)


@dataclass(frozen=True, slots=True)
class Filled:
    """The blanks that must be filled in."""

    fields: tuple[FieldKey, ...]


@rule("core.filled", "必须写明", Filled, recorded=True)
def filled(parameters: Filled, proposal: Proposal) -> Iterator[Problem]:
    """The fact cannot be left out."""
    for key in parameters.fields:
        if proposal.matter.values.get(key) in (None, "", ()):
            title = titled(proposal, key)
            yield Problem(f"“{title}”未填写", f"填写{title}", key)


@dataclass(frozen=True, slots=True)
class OneOf:
    """The values that a blank may have; an empty blank passes."""

    field: FieldKey
    values: tuple[str, ...]


@rule("core.one-of", "限定的填法", OneOf)
def one_of(parameters: OneOf, proposal: Proposal) -> Iterator[Problem]:
    """Only certain values are allowed."""
    value = proposal.matter.values.get(parameters.field)
    if value is not None and value not in parameters.values:
        allowed = "、".join(parameters.values)
        yield Problem(
            written(proposal, parameters.field),
            f"“{titled(proposal, parameters.field)}”只能是：{allowed}",
            parameters.field,
        )


@dataclass(frozen=True, slots=True)
class FromList:
    """The setting (`family.key`) whose list a blank must be taken from."""

    field: FieldKey
    setting: str


@rule("core.from-list", "限于名单之内", FromList)
def from_list(parameters: FromList, proposal: Proposal) -> Iterator[Problem]:
    """Only what the agency keeps on its list is allowed."""
    value = proposal.matter.values.get(parameters.field)
    allowed = tuple(proposal.office.setting(parameters.setting) or ())
    if value is not None and value not in allowed:
        listed = f"改填名单内的一项：{'、'.join(allowed)}" if allowed else "名单还是空的，请先由管理员设置名单"
        yield Problem(f"{written(proposal, parameters.field)}，不在名单内", listed, parameters.field)


@dataclass(frozen=True, slots=True)
class Cap:
    """The most a figure may be."""

    field: FieldKey
    most: Decimal


@rule("core.cap", "不得超过", Cap)
def cap(parameters: Cap, proposal: Proposal) -> Iterator[Problem]:
    """A figure stays at or below its cap."""
    value = proposal.matter.values.get(parameters.field)
    if isinstance(value, Decimal | int) and value > parameters.most:
        title = titled(proposal, parameters.field)
        most = parameters.most if isinstance(value, Decimal) else int(parameters.most)
        yield Problem(f"{title} {shown(value)} > {shown(most)}", f"把{title}改为不超过 {shown(most)}", parameters.field)


@dataclass(frozen=True, slots=True)
class Floor:
    """The least a figure may be."""

    field: FieldKey
    least: Decimal


@rule("core.floor", "不得少于", Floor)
def floor(parameters: Floor, proposal: Proposal) -> Iterator[Problem]:
    """A figure stays at or above its floor."""
    value = proposal.matter.values.get(parameters.field)
    if isinstance(value, Decimal | int) and value < parameters.least:
        title = titled(proposal, parameters.field)
        least = parameters.least if isinstance(value, Decimal) else int(parameters.least)
        yield Problem(
            f"{title} {shown(value)} < {shown(least)}", f"把{title}改为不少于 {shown(least)}", parameters.field
        )


KINDS = (forbidden, filled, one_of, from_list, cap, floor)
