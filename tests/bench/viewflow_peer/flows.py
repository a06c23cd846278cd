"""The flow that is measured: head, leader, director, cashier, one after the other."""

from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.models import Process

STEPS = ("head", "leader", "director", "cashier")


def unseen(request: object) -> None:
    """Stands for the page that a browser would show."""


class Spending(flow.Flow):
    """Four persons sign, each assigned by name."""

    process_class = Process

    start = flow.StartHandle(this.begin).Next(this.head)
    head = flow.View(unseen).Assign(username="head").Next(this.leader)
    leader = flow.View(unseen).Assign(username="leader").Next(this.director)
    director = flow.View(unseen).Assign(username="director").Next(this.cashier)
    cashier = flow.View(unseen).Assign(username="cashier").Next(this.end)
    end = flow.End()

    def begin(self, activation):  # type: ignore[no-untyped-def]
        activation.process.data = {"amount": "500.00", "purpose": "购打印纸"}
        return activation.process
