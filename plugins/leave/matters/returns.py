"""Coming back from leave before its end: what was not used goes back to the balances, and the person is there again."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from core.consulted import Consulted
from core.family import MatterType, Outcome
from core.fields import Field, Kind, Value
from core.finding import Problem
from core.matter import Matter, State
from core.records import Effect, EndAbsence, Entry, unreversed
from plugins.leave import days, standing
from plugins.leave.matters.requests import PERSON, booked

_BOOKS = ("leave.annual", "leave.compensatory", "leave.taken")


def _of_request(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    request = office.matter(matter.text("request"))
    return {"person": request.applicant} if request else {}


def _original(office: Consulted, request: Matter) -> list[Entry]:
    """The lines that were booked when the request was granted and have not been reversed since."""
    found = []
    for ledger in _BOOKS:
        lines = unreversed(office.entries(ledger, person=request.applicant))
        found += [each for each in lines if each.matter == request.number]
    return found


def _returned(outcome: Outcome) -> Iterator[Effect]:
    office, request = outcome.office, outcome.office.matter(outcome.matter.text("request"))
    if not outcome.settled or request is None:
        return
    restored = standing.Drawn()
    for entry in _original(office, request):
        yield Entry(entry.ledger, office.day, office.reversed(entry), request.number, corrects=entry.number)
        used = entry.values["half_days"]
        if entry.ledger == "leave.annual" and isinstance(used, int):
            restored.annual[str(entry.values["year"])] = -used
        elif entry.ledger == "leave.compensatory" and isinstance(used, int):
            restored.compensatory = -used
    whole = days.span_of(request)
    kept = standing.until_return(whole, outcome.matter)
    halves = standing.counting(office, request, kept)
    yield from booked(office, request, halves, standing.draws(office, request, halves, restored))
    away, still = days.whole_days(whole), days.whole_days(kept)
    if away:
        yield EndAbsence(request.applicant, away[0], still[1] if still else away[0] - timedelta(days=1))


RETURN = MatterType(
    key=standing.RETURN,
    title="销假登记",
    prefix="销假",
    fields=(
        Field("request", "请假申请", Kind.MATTER, matter=standing.REQUEST),
        Field("back_on", "返岗日期", Kind.DATE),
        Field("back_half", "返岗时段", Kind.CHOICE, required=False, choices=days.HALVES, help="不填为上午"),
    ),
    subject="request",
    register=True,
    derived=(PERSON,),
    derive=_of_request,
    follows=_returned,
    indexed=("request",),
    help="提前返岗时登记，没有用完的假退回余额",
)


def problems(office: Consulted, matter: Matter) -> Iterator[Problem]:
    """One comes back once, from one's own granted leave, before it ends."""
    request = office.matter(matter.text("request"))
    if request is None or matter.day("back_on") is None:
        return
    if request.applicant != matter.applicant:
        who = office.organisation.described(request.applicant, office.day)
        yield Problem(f"{request.number} 是{who}的请假", "由请假的本人登记销假", "request")
    if request.state is not State.SETTLED:
        yield Problem(
            f"{request.number} {request.state.title}", "批准并备案的请假才用销假；办理中的可以撤回", "request"
        )
    if office.matters(standing.RETURN, state=State.SETTLED, limit=1, request=request.number):
        yield Problem(f"{request.number} 已经销假", "不必再登记", "request")
    whole, kept = days.span_of(request), standing.until_return(days.span_of(request), matter)
    if not whole.start <= kept.stop < whole.stop:
        span = f"{request.day('since')} 至 {request.day('until')}"
        yield Problem(f"返岗时间不在假期 {span} 之内", "按期返岗的不必销假；日期有误的予以改正", "back_on")


MATTERS = (RETURN,)
