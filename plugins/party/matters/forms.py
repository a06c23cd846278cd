"""Blanks that many Party forms share, and how a plain register is declared."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from core.consulted import Consulted
from core.days import terms
from core.days.awaited import discharges
from core.days.wording import half_of, month_of, quarter_of
from core.family import Booked, MatterType, Outcome
from core.fields import Field, Kind, Value
from core.matter import Matter
from core.records import Duty, Effect
from plugins.party import roll

UNIT = Field("unit", "支部", Kind.UNIT, help="党支部、党小组或党总支")
PERSON = Field("person", "党员", Kind.PERSON)
DAY = Field("day", "日期", Kind.DATE)
CONTENT = Field("content", "内容", Kind.LONG)
YEAR = Field("period", "年度", Kind.PERIOD, lengths=(terms.YEAR,))
QUARTER = Field("period", "季度", Kind.PERIOD, lengths=(terms.QUARTER,))
HALF = Field("period", "半年", Kind.PERIOD, lengths=(terms.HALF_YEAR,))
MONTH = Field("period", "月份", Kind.PERIOD, lengths=(terms.MONTH,))
SECRETARY = Field("secretary", "支部书记", Kind.PERSON)

Follows = Callable[[Outcome], Iterable[Effect]]
Derive = Callable[[Consulted, Matter], Mapping[str, Value]]
Prepare = Callable[[Consulted, str, Duty | None], Mapping[str, Value]]
_PERIODS = {YEAR: lambda day: str(day.year), QUARTER: quarter_of, HALF: half_of, MONTH: month_of}


def begun(period: Field | None = None, *, of_meeting: bool = False) -> Prepare:
    """The form begins with the branch and the period of the duty, or with the present period and one's own branch.

    What is owed after a meeting begins with its number.
    """

    def prepare(office: Consulted, person: str, duty: Duty | None) -> Mapping[str, Value]:
        found = roll.member(office, person)
        unit = duty.unit if duty else found.unit if found else ""
        when = duty.period if duty else _PERIODS[period](office.day) if period else ""
        meeting = duty.matter if duty and of_meeting else ""
        told = (("unit", unit), ("period", when if period else ""), ("meeting", meeting))
        return {key: value for key, value in told if value}

    return prepare


def register(
    key: str,
    title: str,
    prefix: str,
    *fields: Field,
    subject: str = "content",
    follows: Follows | None = None,
    books: tuple[Booked, ...] = (),
    derived: tuple[Field, ...] = (),
    derive: Derive | None = None,
    indexed: tuple[str, ...] = (),
    prepare: Prepare | None = None,
    help: str = "",
) -> MatterType:
    """A register that begins with the branch and period it is for."""
    period = next((field for field in fields if field in _PERIODS), None)
    branch = any(field.key == "unit" for field in fields)
    meeting = any(field.key == "meeting" and field.kind is Kind.TEXT for field in fields)
    return MatterType(
        key=key,
        title=title,
        prefix=prefix,
        fields=fields,
        subject=subject,
        register=True,
        follows=follows,
        books=books,
        derived=derived,
        derive=derive,
        indexed=indexed,
        prepare=prepare or (begun(period, of_meeting=meeting) if branch or period or meeting else None),
        help=help,
    )


def with_secretary(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    """The derived secretary of the branch on the form."""
    return roll.secretary(office, matter.text("unit"))


def on_its_day(outcome: Outcome) -> Iterator[Effect]:
    """Does away with the recurring duties that such a matter answers in the periods of its day."""
    yield from discharges(outcome, outcome.matter.day("day") or outcome.office.day)
