"""What rules and families may ask of the office."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from core.agency import Body
from core.days.calendar import Calendar
from core.fields import Sought, Value
from core.matter import Matter, State
from core.national_tables import NationalTable
from core.people import Organisation
from core.records import Duty, Entry, Holding, Resolution

if TYPE_CHECKING:
    from core.family import MatterType


class Consulted(Protocol):
    """The office as rules and families see it: they ask, and never write."""

    remembered: dict[Any, Any] | None
    """What has been asked while one act is judged; `core.remembering.once_a_hearing` keeps it."""

    @property
    def now(self) -> datetime: ...
    @property
    def day(self) -> date: ...
    @property
    def calendar(self) -> Calendar: ...
    @property
    def organisation(self) -> Organisation: ...

    def matter_type(self, kind: str) -> "MatterType | None":
        """The declaration of a kind of matter."""
        ...

    def kind_named(self, named: str) -> str:
        """The key of the kind of matter that has this key or title; empty where there is none."""
        ...

    def setting(self, key: str) -> Any:
        """The value of `family.key`: the agency's, else the declared default."""
        ...

    def national(self, key: str, day: date | None = None) -> NationalTable:
        """The national table `file.table` as it holds on a day (today); LookupError where there is none."""
        ...

    def body(self, key: str) -> Body | None:
        """A body of the agency."""
        ...

    def bodies(self) -> tuple[Body, ...]:
        """Every body of the agency."""
        ...

    def awaiting(self, body: str) -> list[Matter]:
        """The matters that wait for a body's resolution, oldest first."""
        ...

    def matter(self, number: str) -> Matter | None: ...

    def matters(self, kind: str, /, *, state: State | None = None, limit: int = 200, **values: Value) -> list[Matter]:
        """Matters of a kind whose indexed values are as given, newest first."""
        ...

    def entries(self, ledger: str, /, *, limit: int = 200, **values: Sought) -> list[Entry]:
        """Entries of a ledger whose indexed columns are as given, newest first."""
        ...

    def whole(self, ledger: str, /, **values: Value) -> tuple[Entry, ...]:
        """Every entry of a ledger whose indexed columns are as given, oldest first; kept, and read on next time."""
        ...

    def entry(self, ledger: str, number: int) -> Entry | None: ...

    def reversed(self, entry: Entry) -> dict[str, Value]:
        """The values that cancel an entry: sums and numbers negated, the rest as it was."""
        ...

    def total(self, ledger: str, column: str, /, **values: Sought) -> Decimal:
        """The sum of a money or number column over the entries as given."""
        ...

    def totals(
        self, ledger: str, column: str, by: tuple[str, ...], /, **values: Sought
    ) -> Mapping[tuple[str, ...], Decimal]:
        """The sums of a money or number column over the entries as given, by the texts of other columns."""
        ...

    def resolutions(self, matter: str) -> list[Resolution]: ...

    def duties(self, person: str = "", until: date | None = None) -> list[Duty]:
        """What is owed and not done (by one person), soonest first; with a later day, what will be owed by then."""
        ...

    def duties_awaiting(self, evidence: str, periods: Collection[str]) -> list[Duty]:
        """The recurring duties of these periods, not done, for which a kind of matter is the evidence."""
        ...

    def duty(self, key: str) -> Duty | None:
        """One duty, done or not."""
        ...

    def duties_from(self, matter: str, *, done: bool = False) -> list[Duty]:
        """What is owed because of a matter, soonest first; what is done already only where it is asked for."""
        ...

    def holdings(self, person: str) -> list[Holding]:
        """What somebody must take over before this person can leave."""
        ...

    def waiting_on(self, person: str) -> list[str]:
        """The numbers of matters at whose present step nobody but this person may act."""
        ...

    def selected(self, selector: str, applicant: str = "") -> tuple[str, ...]:
        """The persons a selector names today."""
        ...


def everyone(office: Consulted, selectors: Iterable[str]) -> list[str]:
    """The persons that any of the selectors names today, in the order of the selectors; each once."""
    return list(dict.fromkeys(person for selector in selectors for person in office.selected(selector)))
