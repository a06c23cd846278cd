"""The plugin host: loads the families an agency enables, and keeps each one's failures to itself."""

import importlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from types import ModuleType
from typing import Any

import pluggy

from core.family import Family, LedgerType, MatterType, Outcome, Setting
from core.finding import Problem
from core.hookspec import PROJECT, Hooks
from core.papers import Paper, paper_faults
from core.records import Effect
from core.registers.family import CORE
from core.rule_kinds import Proposal


class PluginState(Enum):
    """Whether a family is in use."""

    ON = "on"
    FAULT = "fault"

    @property
    def title(self) -> str:
        return {"on": "启用", "fault": "故障"}[self.value]


@dataclass(frozen=True, slots=True)
class Loaded:
    """One family of the allow list: loaded, or why not."""

    name: str
    title: str
    state: PluginState
    reason: str = ""
    family: Family | None = None


def reason_of(error: BaseException) -> str:
    """An exception as one line that names it, whatever its own words come to."""
    try:
        words = str(error)
    except Exception:
        words = ""
    return f"{type(error).__name__}: {words}".splitlines()[0]


def _module(name: str) -> ModuleType:
    """The family's package: ours, else one that another distribution offers under the entry point group."""
    try:
        return importlib.import_module(f"plugins.{name}")
    except ModuleNotFoundError as error:
        if error.name != f"plugins.{name}":
            raise
    from importlib.metadata import entry_points

    for entry in entry_points(group=PROJECT, name=name):
        return entry.load()  # type: ignore[no-any-return]
    raise ModuleNotFoundError(f"没有名为“{name}”的业务模块")


class Host:
    """The families of one agency. Hook implementations are called one by one, since pluggy contains no failure."""

    def __init__(self, names: Iterable[str]) -> None:
        self._manager = pluggy.PluginManager(PROJECT)
        self._manager.add_hookspecs(Hooks)
        self.loaded: list[Loaded] = []
        for name in names:
            self.loaded.append(self._load(name))

    def _load(self, name: str) -> Loaded:
        try:
            module = _module(name)
            self._manager.register(module, name)
            self._manager.check_pending()
            family = module.guizhang_family()
            if not isinstance(family, Family):
                raise TypeError("guizhang_family 没有返回业务模块的声明")
            self._refuse_duplicates(family)
            if faults := paper_faults(family):
                raise ValueError("；".join(faults))
        except (Exception, SystemExit) as error:  # A module may be a script that ends itself when it is read.
            if self._manager.has_plugin(name):
                self._manager.unregister(name=name)
            return Loaded(name, name, PluginState.FAULT, reason_of(error))
        return Loaded(name, family.title, PluginState.ON, family=family)

    def _refuse_duplicates(self, family: Family) -> None:
        mine = _keys(family)
        taken = {key for other in self.families for key in _keys(other)}
        if again := sorted(taken.intersection(mine)):
            raise ValueError(f"与其他模块重名：{'、'.join(again)}")

    @property
    def families(self) -> list[Family]:
        """The core's own declarations, then every family that loaded."""
        return [CORE, *(each.family for each in self.loaded if each.family)]

    def package(self, name: str) -> str:
        """The dotted name of a loaded family's package; KeyError when no such family is in use."""
        module = self._manager.get_plugin(name)
        if module is None:
            raise KeyError(name)
        return str(module.__name__)

    @cached_property
    def matter_types(self) -> dict[str, MatterType]:
        return {kind.key: kind for family in self.families for kind in family.matters}

    @cached_property
    def ledgers(self) -> dict[str, LedgerType]:
        return {ledger.key: ledger for family in self.families for ledger in family.ledgers}

    @cached_property
    def papers(self) -> dict[str, Paper]:
        """The printed forms that families declare, by the kind of matter or the ledger they are of."""
        return {paper.of: paper for family in self.families for paper in family.papers}

    @cached_property
    def settings(self) -> dict[str, Setting]:
        return {f"{family.key}.{each.key}": each for family in self.families for each in family.settings}

    def check(self, proposal: Proposal) -> Iterator[tuple[str, str, Problem | Exception]]:
        """What each family's `guizhang_check` says: family, clause, problem; a family that fails yields its error."""
        for implementation in self._manager.hook.guizhang_check.get_hookimpls():
            try:
                for clause, problem in _called(implementation, proposal):
                    yield implementation.plugin_name, clause, problem
            except Exception as error:
                yield implementation.plugin_name, "", error

    def settled(self, outcome: Outcome) -> Iterator[Effect]:
        """What follows from an act by every family's `guizhang_settled`; a failure stops the act."""
        for implementation in self._manager.hook.guizhang_settled.get_hookimpls():
            yield from _called(implementation, outcome)


def _keys(family: Family) -> list[str]:
    """Every name a family puts into use; no two families may share one."""
    return [
        *(name for kind in family.matters for name in (kind.key, f"《{kind.title}》", f"{kind.prefix}-")),
        *(kind.key for kind in family.rules),
        *(ledger.key for ledger in family.ledgers),
    ]


def _called(implementation: pluggy.HookImpl, argument: Any) -> Iterable[Any]:
    found: Iterable[Any] | None = implementation.function(argument)  # type: ignore[assignment]
    return found or ()
