"""Rules about the functions that a principal leaves to deputies: each is held, each is reported on."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.finding import Problem
from core.rule_kinds import FieldKey, FunctionKey, PostKey, Proposal, rule

OVERSIGHT = "core.oversight"


@dataclass(frozen=True, slots=True)
class EveryFunction:
    """The rows that must name each of these functions, in the column `function`."""

    rows: FieldKey
    functions: tuple[FunctionKey, ...]


@rule("decisions.every-function", "各项工作齐全", EveryFunction)
def every_function(parameters: EveryFunction, proposal: Proposal) -> Iterator[Problem]:
    """Each of the functions is told of; none is passed over."""
    named = {str(row.get("function")) for row in proposal.matter.rows(parameters.rows)}
    titles = proposal.office.organisation.functions
    if missing := [titles[each] for each in parameters.functions if each not in named]:
        yield Problem(f"没有写：{'、'.join(missing)}", f"补上{'、'.join(missing)}各一行", parameters.rows)


@dataclass(frozen=True, slots=True)
class FunctionsHeld:
    """Functions that always have a holder of one of the posts in charge."""

    functions: tuple[FunctionKey, ...]
    posts: tuple[PostKey, ...]


@rule("decisions.functions-held", "各项工作有人分管", FunctionsHeld, matters=(OVERSIGHT,))
def functions_held(parameters: FunctionsHeld, proposal: Proposal) -> Iterator[Problem]:
    """No change of charges leaves one of the functions without a holder of the posts in charge of it."""
    matter, office = proposal.matter, proposal.office
    organisation, person = office.organisation, matter.text("person")
    day = matter.day("since") or office.day
    kept = {str(row["function"]) for row in matter.rows("functions") if "function" in row}
    able = {each for post in parameters.posts for each in organisation.holders(post, day)}
    left = []
    for function in parameters.functions:
        holders = set(organisation.overseers(day, function=function)) & able
        if holders == {person} and function not in kept:
            left.append(organisation.functions[function])
    if left:
        names = "、".join(left)
        yield Problem(f"改分工以后，{names}没有人分管", f"先登记由另一位分管{names}，再改这一位的分工", "functions")


KINDS = (every_function, functions_held)
