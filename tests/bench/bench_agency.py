"""The agency that is measured: the sample agency under a regulation of four signatures and a few limits."""

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from core.acts import Act, Verb
from core.office import Office
from core.rulebook.people_file import load_people

REGULATION = """
[regulation]
id = "spending"
title = "开支办法"
family = "sample"

[[clause]]
no = "1"
kind = "approval"
text = "开支由科长审核，分管领导、局长先后审批，出纳付款"
[[clause.chain]]
matter = "sample.spending"
steps = [
  { by = "unit-head", title = "科长审核" },
  { by = "supervising-leader", title = "领导审批", due = { days = 3, workdays = true } },
  { by = "principal", title = "局长审批" },
  { by = "cashier", title = "付款", perform = true, form = "payment" },
]

[[clause]]
no = "2"
kind = "limit"
text = "单笔开支不超过五万元"
[[clause.rule]]
use = "sample.cap"
field = "amount"
cap = "50000.00"

[[clause]]
no = "3"
kind = "limit"
text = "一般不超过两万元"
[[clause.rule]]
use = "sample.cap"
level = "warn"
field = "amount"
cap = "20000.00"
"""

FILING = {"purpose": "购打印纸", "amount": "500"}


def measured_office(folder: Path, store: str = "office.store") -> Office:
    """The agency's office on a store in the folder, set up when the store is new."""
    from sample_agency import Sample

    folder.mkdir(parents=True, exist_ok=True)
    office: Office = Sample(folder, rulebook=REGULATION, store=store).office
    return office


def joined_office(folder: Path, store: str = "office.store") -> Office:
    """The agency's office on a store that has been set up, opened by one process more."""
    from sample_agency import install

    install()
    return Office.open(folder / "config", "sample", folder / store)


def filing() -> Act:
    """A clerk asks for five hundred yuan."""
    return Act(Verb.SUBMIT, "P6", "sample.spending", values=FILING)


def signatures(number: str) -> tuple[Act, ...]:
    """The four acts that carry a filed spending to its end."""

    def act(verb: Verb, by: str, **values: Any) -> Act:
        return Act(verb, by, matter=number, values=values)

    return (
        act(Verb.APPROVE, "P5"),
        act(Verb.APPROVE, "P2"),
        act(Verb.APPROVE, "P1"),
        act(Verb.PERFORM, "P4", cheque="A-1"),
    )


def measured_people(office: Office, people_file: Path) -> str:
    """Set an office up with an agency's invented people; the key of one who serves there."""
    people = load_people(people_file, office.agency)
    office.found(people.people, people.tenures, people.oversights)
    return next(person.key for person in office.desk.organisation.staff(office.desk.day))
