"""Setting an office up from a roster: its first people, judged as they would be if they were registered later."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.acts import SYSTEM, Act, Verb
from core.hearings.filing import Filing
from core.hearings.judge import Judge
from core.office import Office
from core.people import Organisation, Oversight, Person, Tenure
from core.registers.roster import ROSTER
from core.registers.roster_reading import read_roster
from core.rulebook.people_file import PeopleFile
from core.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Founding:
    """The verdict on a first roster, and the people it lists; none where it is refused."""

    verdict: Verdict
    people: PeopleFile | None = None


def founding(office: Office, values: Mapping[str, object], reason: str = "") -> Founding:
    """Judge the first roster of an office that nobody serves in yet; nothing is written."""
    agency = office.agency
    desk = office.desk.supposing(Organisation(agency.units, agency.posts, agency.functions))
    act = Act(Verb.SUBMIT, SYSTEM, ROSTER.key, values=values, reason=reason)
    verdict = Filing(desk, Judge(desk)).founding(act).verdict
    if not verdict.allowed or verdict.matter is None:
        return Founding(verdict)
    changes = [each.change for each in read_roster(verdict.matter, desk.organisation, desk.day).registrations]
    return Founding(
        verdict,
        PeopleFile(
            tuple(each for each in changes if isinstance(each, Person)),
            tuple(each for each in changes if isinstance(each, Tenure)),
            tuple(each for each in changes if isinstance(each, Oversight)),
        ),
    )
