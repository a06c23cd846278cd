"""Major decisions: prepared, decided by a body, carried out, evaluated; and the functions a principal leaves alone."""

from core.family import Family
from core.hookspec import hookimpl
from plugins.decisions.ledgers import LEDGERS
from plugins.decisions.matters import accountability, afterwards, decision, key_work, portfolio, working_order
from plugins.decisions.rules import accountability as accountability_rules
from plugins.decisions.rules import backing, procedure
from plugins.decisions.rules import portfolio as portfolio_rules
from plugins.decisions.rules import working_order as working_order_rules
from plugins.decisions.settings import SETTINGS


@hookimpl
def guizhang_family() -> Family:
    """The decisions family."""
    return Family(
        key="decisions",
        title="决策",
        matters=(
            *decision.MATTERS,
            *afterwards.MATTERS,
            *accountability.MATTERS,
            *portfolio.MATTERS,
            *working_order.MATTERS,
            *key_work.MATTERS,
        ),
        rules=(
            *procedure.KINDS,
            *backing.KINDS,
            *portfolio_rules.KINDS,
            *accountability_rules.KINDS,
            *working_order_rules.KINDS,
        ),
        ledgers=LEDGERS,
        settings=SETTINGS,
    )
