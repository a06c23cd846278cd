"""The four hooks by which a regulation family joins in."""

from collections.abc import Iterable
from typing import Any

import pluggy

from core.family import Family, Outcome
from core.finding import Problem
from core.records import Effect
from core.rule_kinds import Proposal

PROJECT = "guizhang"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


class Hooks:
    """What a plugin may implement; only `guizhang_family` is required."""

    @hookspec
    def guizhang_family(self) -> Family:  # type: ignore[empty-body]
        """The family, as pure data: key, title, matter types, rule kinds, ledgers, settings.

        Example::

            @hookimpl
            def guizhang_family() -> Family:
                return Family(key="vehicles", title="公务用车", matters=(TRIP,), rules=(WITHIN_CAP,))
        """

    @hookspec
    def guizhang_check(self, proposal: Proposal) -> Iterable[tuple[str, Problem]]:  # type: ignore[empty-body]
        """Problems with an act of any family, each with the clause (`regulation/no`) it stands on.

        Example::

            @hookimpl
            def guizhang_check(proposal):
                if proposal.matter.kind == "core.tenure" and ledger_is_open(proposal):
                    yield "finance/15(c)", Problem("账目尚未移交", "先办理《财务移交》")
        """

    @hookspec
    def guizhang_settled(self, outcome: Outcome) -> Iterable[Effect]:  # type: ignore[empty-body]
        """What follows from an act of any family; returned, and written by the core in the same transaction.

        Example::

            @hookimpl
            def guizhang_settled(outcome):
                if outcome.settled and outcome.matter.kind == "travel.trip":
                    yield Entry("vehicles.trips", outcome.office.day, {"place": outcome.matter.text("place")})
        """

    @hookspec
    def guizhang_pages(self) -> Iterable[Any]:  # type: ignore[empty-body]
        """Screens of the family (`tui.page.Page`); implemented in its `pages.py`, which only the screen imports.

        Example::

            @hookimpl
            def guizhang_pages():
                yield Page(key="cash", title="现金日记", screen=CashBook)
        """
