"""How each seal stands by the books: in use or stopped, in whose hands, at which use, how often it was used."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from core.chains.steps import StepKind
from core.consulted import Consulted
from core.matter import Matter, State
from core.records import Entry

REGISTER, IMPRESSIONS = "seals.register", "seals.impressions"
USE, OUTING, RETURN = "seals.use", "seals.outing", "seals.return"
INSIDE, OUTSIDE = "单位内", "外带"
ENDED = (State.REJECTED, State.WITHDRAWN)

ENTERED, MOVED, KEPT, GIVEN_BACK = "启用", "移交", "代管", "交还"
OUT, BACK, LOST, STOPPED, DISPOSED = "外带", "归还", "遗失", "停用", "处置"
_BOUND = 100_000


@dataclass(frozen=True, slots=True)
class Keeping:
    """A stand-in keeps a seal for a span of days, both included."""

    person: str
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Seal:
    """One seal. `state` is the last event that put it in or out of use; `out` the take-out form it is away under."""

    name: str
    kind: str
    unit: str
    custodian: str
    state: str = ENTERED
    keepings: tuple[Keeping, ...] = ()
    out: str = ""

    @property
    def in_use(self) -> bool:
        return self.state == ENTERED

    def holder(self, day: date) -> str:
        """Who has it in his keeping on a day from today on: the stand-in named last for it, else the custodian."""
        kept = [each.person for each in self.keepings if each.since <= day <= each.until]
        return kept[-1] if kept else self.custodian


def live(office: Consulted, ledger: str, **values: str) -> list[Entry]:
    """The lines of a ledger that stand, oldest first: neither reversed nor reversals."""
    found = office.entries(ledger, limit=_BOUND, **values)
    reversed_ = {each.corrects for each in found if each.corrects}
    return [each for each in reversed(found) if not each.corrects and each.number not in reversed_]


def _after(seal: Seal | None, line: Entry) -> Seal | None:
    """The seal after one event of its own."""
    event, person = line.values["event"], str(line.values.get("person", ""))
    if event == ENTERED:
        return Seal(
            str(line.values["seal"]), str(line.values.get("kind", "")), str(line.values.get("unit", "")), person
        )
    if seal is None:
        return None
    match event:
        case "移交":
            return replace(seal, custodian=person, keepings=())
        case "代管":
            since, until = line.values.get("since"), line.values.get("until")
            assert isinstance(since, date) and isinstance(until, date)
            return replace(seal, keepings=(*seal.keepings, Keeping(person, since, until)))
        case "交还":
            before = line.on - timedelta(days=1)
            return replace(seal, keepings=tuple(replace(each, until=min(each.until, before)) for each in seal.keepings))
        case "外带":
            return replace(seal, out=str(line.values.get("reference", "")))
        case "归还":
            return replace(seal, out="")
        case _:
            return replace(seal, state=str(event))


def seals(office: Consulted) -> dict[str, Seal]:
    """Every seal on the register, by name."""
    found: dict[str, Seal] = {}
    for line in live(office, REGISTER):
        name = str(line.values["seal"])
        after = _after(found.get(name), line)
        if after is not None:
            found[name] = after
    return found


def seal(office: Consulted, name: str) -> Seal | None:
    """One seal by its name."""
    found: Seal | None = None
    for line in live(office, REGISTER, seal=name) if name else ():
        found = _after(found, line)
    return found


def stopping(office: Consulted, name: str) -> Matter | None:
    """The request to stop a seal that is under way or granted; the seal rests from its filing on."""
    found = office.matters("seals.stop", seal=name)
    entered = max(
        (line.on for line in live(office, REGISTER, seal=name) if line.values["event"] == ENTERED), default=None
    )
    return next(
        (each for each in found if each.state not in ENDED and entered and each.submitted.date() >= entered), None
    )


def referred(office: Consulted, matter: Matter, blank: str) -> Matter | None:
    """The matter that a blank names."""
    number = matter.text(blank)
    return office.matter(number) if number else None


def seal_name(office: Consulted, matter: Matter) -> str:
    """The seal a matter is about: written on its form, or on the form that it refers to."""
    if matter.text("seal"):
        return matter.text("seal")
    for blank in ("use", "outing"):
        other = referred(office, matter, blank)
        if other is not None:
            return seal_name(office, other)
    return ""


def approved(matter: Matter) -> bool:
    """Whether every signature that an application needs is there."""
    waiting = matter.step is not None and matter.step.kind is StepKind.PERFORM
    return matter.state is State.SETTLED or waiting


def count(line: Entry) -> int:
    """How many impressions a line of the book stands for."""
    return int(str(line.values["count"]))


def printed(office: Consulted, application: str, seal: str, before: str = "") -> int:
    """How many impressions of a seal stand in the book under an application: of all years, or of those before one."""
    lines = live(office, IMPRESSIONS, application=application)
    years = [each for each in lines if not before or str(each.values["year"]) < before]
    return sum(count(each) for each in years if each.values["seal"] == seal)


def outings(office: Consulted, use: str) -> list[Matter]:
    """The take-out forms of a use that were granted, newest first."""
    return office.matters(OUTING, state=State.SETTLED, use=use)


def returned(office: Consulted, outing: str) -> Matter | None:
    """The return of a seal that was taken out."""
    return next(iter(office.matters(RETURN, state=State.SETTLED, limit=1, outing=outing)), None)


def numbers(office: Consulted, name: str, day: date, more: int) -> str:
    """The numbers of the next impressions of a seal, which run through the year: `2026-0004至0006`.

    A number once given is not given again, whether or not its line was reversed.
    """
    year = str(day.year)
    corrected = office.entries("core.corrections", limit=_BOUND, ledger=IMPRESSIONS)
    lines = [office.entry(IMPRESSIONS, int(str(each.values["entry"]))) for each in corrected]
    reversed_ = [each for each in lines if each and (each.values["year"], each.values["seal"]) == (year, name)]
    first = 1 + int(office.total(IMPRESSIONS, "count", year=year, seal=name)) + sum(map(count, reversed_))
    last = first + more - 1
    return f"{year}-{first:04d}" + (f"至{last:04d}" if last > first else "")


def days(since: date, until: date) -> Iterator[date]:
    """The days of a span, both ends included; a year of them at most."""
    for offset in range(min((until - since).days, 366) + 1):
        yield since + timedelta(days=offset)
