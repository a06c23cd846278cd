"""The organisation on one day: who leads each unit, who holds which post, who stands in, and what nobody holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from core.people import Organisation, Tenure


@dataclass(frozen=True, slots=True)
class Seat:
    """One post as it is filled: by a person, or by nobody where `person` is empty."""

    unit: str
    """Key of the unit; empty for what belongs to none."""
    post: str
    """The post in words, or the charge that somebody has."""
    person: str = ""
    remark: str = ""
    """What he is in charge of, whether he is away, who stands in."""

    @property
    def vacant(self) -> bool:
        return not self.person


def chart(organisation: Organisation, day: date) -> list[Seat]:
    """Every unit with its leader in charge and its posts, highest first; then the functions, then the vacant posts."""
    found: list[Seat] = []
    for key in organisation.units:
        found += _unit(organisation, key, day)
    for function, title in organisation.functions.items():
        leaders = organisation.overseers(day, function=function)
        found += [Seat("", f"分管{title}", person) for person in leaders] or [Seat("", f"分管{title}")]
    held = {tenure.post for tenure in organisation.tenures if tenure.span.holds(day)}
    found += [Seat("", post.title) for post in organisation.posts.values() if post.key not in held]
    return found


def _unit(organisation: Organisation, unit: str, day: date) -> Iterator[Seat]:
    leaders = organisation.overseers(day, unit=unit)
    yield from [Seat(unit, "分管领导", person) for person in leaders] or [Seat(unit, "分管领导")]
    holders = [each for each in organisation.tenures if each.unit == unit and each.span.holds(day)]
    holders.sort(key=lambda tenure: organisation.posts[tenure.post].rank)
    highest = min((post.rank for post in organisation.posts.values()), default=0)
    led = any(organisation.posts[each.post].head or organisation.posts[each.post].rank == highest for each in holders)
    if not led:
        yield Seat(unit, "负责人")
    yield from (_seat(organisation, tenure, day) for tenure in holders)


def _seat(organisation: Organisation, tenure: Tenure, day: date) -> Seat:
    return Seat(
        tenure.unit,
        organisation.posts[tenure.post].title,
        tenure.person,
        "；".join(remarks(organisation, tenure.person, day)),
    )


def remarks(organisation: Organisation, person: str, day: date) -> Iterator[str]:
    """What there is to say of a person on a day: his charge, his absence, who acts for him, for whom he acts."""
    for charge in organisation.oversights:
        if charge.person == person and charge.span.holds(day):
            over = [organisation.units[unit].title for unit in charge.units]
            over += [organisation.functions[each] for each in charge.functions]
            yield f"分管{'、'.join(over)}"
    if absence := organisation.absence(person, day):
        yield f"{absence.reason}，至 {absence.span.until}"
    for each in organisation.delegations:
        if each.span.holds(day) and each.person == person:
            yield f"由{organisation.name(each.stand_in)}代理，至 {each.span.until}"
        if each.span.holds(day) and each.stand_in == person:
            yield f"代{organisation.name(each.person)}，至 {each.span.until}"
